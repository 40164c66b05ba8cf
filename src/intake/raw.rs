//! What both readers produce: tables of trimmed texts, with the place each row came from.

use super::collected::Collected;
use super::csv_file::CsvFile;
use super::finding::Finding;
use super::marks::RowMark;
use super::schema::TableSchema;
use std::path::PathBuf;

/// One table as it was read, or a piece of it. All cells lie in one string, as tables of millions of rows are read.
pub(crate) struct RawTable {
    pub(crate) file: String,
    /// The sheet of a workbook, by its own name.
    pub(crate) sheet: Option<String>,
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
            sheet: None,
            schema,
            present: vec![false; schema.columns.len()],
            rows: Vec::new(),
            count: 0,
            ends: Vec::new(),
            text: String::new(),
        }
    }

    /// Whether it has every column that is needed.
    pub(crate) fn has_columns(&self) -> bool {
        self.schema.columns.iter().zip(&self.present).all(|(column, present)| *present || !column.required)
    }

    /// The same table with no rows yet.
    pub(crate) fn without_rows(&self) -> Self {
        Self { present: self.present.clone(), sheet: self.sheet.clone(), ..Self::new(&self.file, self.schema) }
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
        let mut finding = finding.file(&self.file, self.schema.table);
        finding.sheet.clone_from(&self.sheet);
        finding
    }
}

/// A table, and where the rows are that are not in it yet.
pub(crate) struct Source {
    pub(crate) table: RawTable,
    pub(crate) rest: Rest,
}

/// Rows still to be read.
pub(crate) enum Rest {
    /// None: all are in the table.
    Nothing,
    /// All rows of a file.
    File { path: PathBuf, file: Box<CsvFile> },
}

/// A dataset as it was read.
#[derive(Default)]
pub(crate) struct RawDataset {
    /// At most one for each table.
    pub(crate) tables: Vec<Source>,
    /// What was found while reading.
    pub(crate) findings: Collected,
    /// Where a table that is missing should have been.
    pub(crate) file: String,
    /// Whether the whole could not be read, so that nothing can be said about what is missing.
    pub(crate) unreadable: bool,
}

impl RawDataset {
    /// The table of this schema, if the dataset has it.
    pub(crate) fn table(&self, schema: &TableSchema) -> Option<&RawTable> {
        self.tables.iter().map(|source| &source.table).find(|table| std::ptr::eq(table.schema, schema))
    }
}
