//! Rows of the dataset as they were written: what an answer rests on.

use super::{Dataset, Refusal};
use crate::export;
use crate::facts::{RowRef, Table, mask_identifier};
use crate::intake::{Cell, both, schema_named, schema_of};
use serde::Serialize;

/// A row of the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The table.
    pub table: Table,
    /// Its Chinese name.
    pub zh: &'static str,
    /// The row, counted from 1.
    pub row: u32,
    /// Its cells that have content, in the order of the columns.
    pub cells: Vec<RowCell>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowCell {
    /// The column.
    pub column: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// What stands there.
    pub value: String,
    /// The name of the party it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

impl Dataset {
    /// The rows named, as `holdings:12`; identifiers masked unless they are to be shown.
    ///
    /// # Errors
    /// Where a text names no row.
    pub fn rows_named(&self, names: &[String], show_identifiers: bool) -> Result<Vec<Row>, Refusal> {
        names
            .iter()
            .map(|name| {
                let row = self.row_named(name).ok_or_else(|| {
                    Refusal::Usage(both!(
                        "`{name}` names no row; write it as holdings:12",
                        "“{name}”不是数据行；请写作 holdings:12"
                    ))
                })?;
                Ok(self.row(row, show_identifiers))
            })
            .collect()
    }

    fn row_named(&self, name: &str) -> Option<RowRef> {
        let (table, row) = name.split_once(':')?;
        let table = schema_named(table)?.table?;
        let at = row.trim().parse::<usize>().ok()?.checked_sub(1)?;
        (at < self.facts().rows_of(table)).then(|| RowRef::new(table, at))
    }

    fn row(&self, row: RowRef, show_identifiers: bool) -> Row {
        let facts = self.facts();
        let schema = schema_of(row.table);
        let texts = schema.columns.iter().zip(export::table_row(facts, schema, row.index()));
        let cells = texts.filter(|(_, text)| !text.is_empty()).map(|(column, text)| {
            let party = matches!(column.cell, Cell::Party).then(|| facts.party_id(&text)).flatten();
            let is_masked = column.en == "identifier" && !show_identifiers;
            RowCell {
                column: column.en,
                zh: column.zh,
                value: if is_masked { mask_identifier(&text) } else { text.into_owned() },
                party: party.map(|party| facts.name(party).to_owned()),
            }
        });
        Row { table: row.table, zh: row.table.zh(), row: row.row, cells: cells.collect() }
    }
}
