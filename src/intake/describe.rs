//! The tables of a dataset, told to a program: what a form or a spreadsheet offers.

use super::schema::{Cell, TABLES};
use serde::Serialize;

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct TableInfo {
    /// Its English name.
    pub table: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnInfo {
    /// Its English name.
    pub column: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Whether every row needs it.
    pub required: bool,
    /// What its cells hold.
    pub kind: &'static str,
    /// The codes of a fixed list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeLabel>,
}

/// A code of a fixed list.
#[derive(Debug, Clone, Serialize)]
pub struct CodeLabel {
    /// The code.
    pub code: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
}

/// Every table of a dataset, in the order of its description.
#[must_use]
pub fn tables() -> Vec<TableInfo> {
    let codes = |cell: Cell| match cell {
        Cell::Code(list) => list().into_iter().map(|(code, zh)| CodeLabel { code, zh }).collect(),
        _ => Vec::new(),
    };
    let column = |column: &super::schema::Column| ColumnInfo {
        column: column.en,
        zh: column.zh,
        required: column.required,
        kind: kind(column.cell),
        codes: codes(column.cell),
    };
    let table = |table: &super::schema::TableSchema| TableInfo {
        table: table.en,
        zh: table.zh,
        columns: table.columns.iter().map(column).collect(),
    };
    TABLES.iter().map(table).collect()
}

fn kind(cell: Cell) -> &'static str {
    match cell {
        Cell::Text => "text",
        Cell::Key => "key",
        Cell::Names => "names",
        Cell::Party => "party",
        Cell::Day => "day",
        Cell::Bound => "bound",
        Cell::Share => "share",
        Cell::Shares => "shares",
        Cell::Money => "money",
        Cell::Balance => "balance",
        Cell::Year => "year",
        Cell::Currency => "currency",
        Cell::YesNo => "yes_no",
        Cell::Code(_) => "code",
    }
}
