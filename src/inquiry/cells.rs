//! Cells of a row as people type them: `column=value,…`.

use super::Refusal;
use crate::facts::{Directory, Facts};
use crate::intake::{Cell, TableSchema, both};
use std::borrow::Cow;

/// Takes a text apart into columns and values; `example` shows how it is written.
pub(super) fn cells(text: &str, example: &str) -> Result<Vec<(String, String)>, Refusal> {
    let cells = text.split([',', '，']).filter(|cell| !cell.trim().is_empty());
    cells
        .map(|cell| {
            let (column, value) = cell.split_once(['=', '＝']).ok_or_else(|| {
                Refusal::Usage(both!(
                    "`{cell}` is no column=value, as in {example}",
                    "“{cell}”应写作 列名=值，例如 {example}"
                ))
            })?;
            Ok((column.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

/// The value as a row has it: a party, which may be named by id, exact name, alias or identifier, by its id.
///
/// # Errors
/// Where the column holds a party and the text names none, or several.
pub(super) fn value<'v>(
    facts: &Facts,
    schema: &TableSchema,
    column: &str,
    text: &'v str,
) -> Result<Cow<'v, str>, Refusal> {
    match schema.column(column).map(|column| column.cell) {
        Some(Cell::Party) if !text.is_empty() => {
            let party = Directory::new(facts).find(text).map_err(Refusal::Lookup)?;
            Ok(Cow::Owned(facts.id(party).to_owned()))
        }
        _ => Ok(Cow::Borrowed(text)),
    }
}
