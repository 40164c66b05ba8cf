//! Headings of a CSV file or keys of JSON rows, matched to the columns of a table.

use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::near::nearest;
use super::raw::RawTable;
use super::schema::{TABLES, TableSchema};
use super::text::{Text, both};

/// The headings of one CSV file.
pub(crate) struct Headings {
    /// For each column of the schema, its position in the file.
    positions: Vec<Option<usize>>,
    /// Positions without a heading.
    unnamed: Vec<usize>,
    width: usize,
}

impl Headings {
    /// Matches headings, and finds what is double or unknown.
    pub(crate) fn new(headings: &[&str], table: &mut RawTable, findings: &mut Collected) -> Self {
        let schema = table.schema;
        let mut positions = vec![None; schema.columns.len()];
        let mut unnamed = Vec::new();
        for (at, heading) in headings.iter().map(|heading| heading.trim()).enumerate() {
            if heading.is_empty() {
                unnamed.push(at);
                continue;
            }
            let Some(column) = schema.position(heading) else {
                findings.push(table.place(unknown_column(schema, heading)));
                continue;
            };
            match positions.get_mut(column) {
                Some(position @ None) => *position = Some(at),
                _ => findings.push(table.place(duplicate_column(schema, column, heading))),
            }
        }
        table.present = positions.iter().map(Option::is_some).collect();
        Self { positions, unnamed, width: headings.len() }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The cells in the order of the schema.
    pub(crate) fn in_order<'c>(&self, cell: impl Fn(usize) -> &'c str) -> impl Iterator<Item = &'c str> {
        self.positions.iter().map(move |at| at.map(&cell).unwrap_or_default())
    }

    /// How many columns have no heading.
    pub(crate) fn unnamed(&self) -> usize {
        self.unnamed.len()
    }

    /// Notes whether columns without a heading hold anything: empty ones are left by spreadsheets and mean nothing.
    pub(crate) fn note_content<'c>(&self, noted: &mut [bool], cell: impl Fn(usize) -> &'c str) {
        for (at, content) in self.unnamed.iter().zip(noted) {
            *content |= !cell(*at).trim().is_empty();
        }
    }

    /// A finding for each column that has content and no heading.
    pub(crate) fn with_content(&self, noted: &[bool]) -> Vec<Finding> {
        let with_content = self.unnamed.iter().zip(noted).filter(|(_, content)| **content);
        with_content
            .map(|(at, _)| {
                let number = at + 1;
                unnamed(both!("column number {number}", "第 {number} 列"))
            })
            .collect()
    }
}

/// A column of a sheet that has content and no heading, by its letters.
#[cfg(feature = "xlsx")]
pub(crate) fn unnamed_column(letters: &str) -> Finding {
    unnamed(both!("column {letters}", "{letters} 列"))
}

fn unnamed(column: Text) -> Finding {
    let Text { en, zh } = column;
    let message = both!("{en} has content and no heading; it was not read", "{zh}有内容而无表头，未读取");
    Finding::new(Code::UnknownColumn, message).column("")
}

/// A heading that no column has.
pub(crate) fn unknown_column(schema: &TableSchema, heading: &str) -> Finding {
    let (en, zh) = (schema.en, schema.zh);
    let message = both!("`{heading}` is no column of {en}; it was not read", "“{heading}”不是{zh}表的列，未读取");
    let headings = schema.columns.iter().flat_map(|column| [column.en, column.zh]);
    let finding = Finding::new(Code::UnknownColumn, message).column(heading).expected(columns(schema));
    suggest(finding, &nearest(heading, headings))
}

/// A column that is there twice, under one name or under its English and its Chinese name.
pub(crate) fn duplicate_column(schema: &TableSchema, column: usize, heading: &str) -> Finding {
    let (en, zh) = schema.columns.get(column).map_or((heading, heading), |column| (column.en, column.zh));
    let message =
        both!("the column {en} ({zh}) is given twice; here as `{heading}`", "{zh}（{en}）列重复，此处写作“{heading}”");
    let remedy = both!("keep one of the two", "请只保留一列");
    Finding::new(Code::DuplicateColumn, message).column(en).remedy(remedy)
}

/// A file or key that no table has.
pub(crate) fn unknown_table(name: &str) -> Finding {
    let message = both!("`{name}` is no table of a dataset; it was not read", "“{name}”不是数据集的表，未读取");
    let names = TABLES.iter().flat_map(|schema| [schema.en, schema.zh]);
    let list =
        |name: fn(&TableSchema) -> &'static str, comma: &str| TABLES.iter().map(name).collect::<Vec<_>>().join(comma);
    let (en, zh) = (list(|schema| schema.en, ", "), list(|schema| schema.zh, "、"));
    let finding = Finding::new(Code::UnknownTable, message).value(name);
    suggest(finding.expected(both!("one of {en}", "以下之一：{zh}")), &nearest(name, names))
}

fn columns(schema: &TableSchema) -> Text {
    let en = schema.columns.iter().map(|column| column.en).collect::<Vec<_>>().join(", ");
    let zh = schema.columns.iter().map(|column| column.zh).collect::<Vec<_>>().join("、");
    both!("one of {en}", "以下之一：{zh}")
}

/// Adds "did you mean", where something suggests itself.
pub(crate) fn suggest(finding: Finding, near: &[&str]) -> Finding {
    if near.is_empty() {
        return finding;
    }
    let en = near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
    let zh = near.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("或");
    finding.remedy(both!("did you mean {en}?", "是否应为{zh}？"))
}
