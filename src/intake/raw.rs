//! What both readers produce: tables of trimmed texts, with the place each row came from.

use super::finding::Finding;
use super::schema::TableSchema;

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowMark {
    /// Data row, counted from 1.
    pub(crate) number: u32,
    /// Line of a CSV file.
    pub(crate) line: Option<u64>,
}

/// One table as it was read. All cells lie in one string, as tables of millions of rows are read.
pub(crate) struct RawTable {
    pub(crate) file: String,
    pub(crate) schema: &'static TableSchema,
    /// For each column of the schema, whether the file has it.
    pub(crate) present: Vec<bool>,
    /// The rows that could be read, in the order of the file.
    pub(crate) rows: Vec<RowMark>,
    /// Rows with content, those included that could not be read.
    pub(crate) count: u32,
    ends: Vec<usize>,
    text: String,
}

impl RawTable {
    pub(crate) fn new(file: &str, schema: &'static TableSchema) -> Self {
        Self {
            file: file.to_owned(),
            schema,
            present: vec![false; schema.columns.len()],
            rows: Vec::new(),
            count: 0,
            ends: Vec::new(),
            text: String::new(),
        }
    }

    /// Adds a row; `cells` are in the order of the schema, empty where the file has no such column.
    pub(crate) fn push<'c>(&mut self, mark: RowMark, cells: impl Iterator<Item = &'c str>) {
        let mut written = 0;
        for cell in cells.take(self.schema.columns.len()) {
            self.text.push_str(cell.trim());
            self.ends.push(self.text.len());
            written += 1;
        }
        for _ in written..self.schema.columns.len() {
            self.ends.push(self.text.len());
        }
        self.rows.push(mark);
    }

    /// The cell of the row at `index` (counted from 0) in the column at `column`; empty where there is none.
    pub(crate) fn cell(&self, index: usize, column: usize) -> &str {
        let at = index * self.schema.columns.len() + column;
        let start = at.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        match (start, self.ends.get(at)) {
            (Some(start), Some(end)) => self.text.get(*start..*end).unwrap_or_default(),
            _ => "",
        }
    }

    /// A finding about the whole table.
    pub(crate) fn place(&self, finding: Finding) -> Finding {
        finding.file(&self.file, self.schema.table)
    }
}

/// A dataset as it was read.
#[derive(Default)]
pub(crate) struct RawDataset {
    /// At most one for each table.
    pub(crate) tables: Vec<RawTable>,
    /// What was found while reading.
    pub(crate) findings: Vec<Finding>,
    /// Where a table that is missing should have been.
    pub(crate) file: String,
    /// Whether the whole could not be read, so that nothing can be said about what is missing.
    pub(crate) unreadable: bool,
}
