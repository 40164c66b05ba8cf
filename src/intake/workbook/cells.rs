//! The cells of a workbook's first sheet as texts, for lists that are no dataset.

use super::super::finding::Finding;
use super::super::schema::Cell;
use super::sheet::Rows;
use super::{LIMIT, cell, guard};
use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use rustc_hash::FxHashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Columns that are read; a list has few.
const COLUMNS: usize = 256;

/// The rows with content of the first sheet that is not hidden, cells as texts.
///
/// # Errors
/// Where the bytes are no workbook that can be read.
pub fn first_sheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, Box<Finding>> {
    // What reads the parts of the file was found to panic on nonsense.
    catch_unwind(AssertUnwindSafe(|| rows(bytes)))
        .unwrap_or_else(|_| Err(guard::damaged("its parts contradict each other")))
}

fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, Box<Finding>> {
    let mut input = Cursor::new(bytes);
    guard::examine(&mut input, LIMIT)?;
    let damaged = |fault: calamine::XlsxError| guard::damaged(&fault.to_string());
    let mut book: Xlsx<_> = Xlsx::new(input).map_err(damaged)?;
    let sheets = book.sheets_metadata().to_vec();
    let shown = sheets.iter().find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let Some(sheet) = shown else { return Ok(Vec::new()) };
    let cells = book.worksheet_cells_reader(&sheet.name).map_err(damaged)?;
    let mut reader = Rows::new(cells, FxHashSet::default());
    let mut rows = Vec::new();
    while let Some(row) = reader.next().map_err(damaged)? {
        let mut texts: Vec<String> = Vec::new();
        for (column, value, percent) in &row.cells {
            let column = *column as usize;
            if column < COLUMNS {
                // A fault in a column that nobody asks for must not stand in the way; in one that is asked for, what the
                // cell shows is nobody's name.
                let text = cell::text(value, *percent, Cell::Text).unwrap_or_else(|fault| fault.shown.into());
                texts.resize(texts.len().max(column + 1), String::new());
                if let Some(place) = texts.get_mut(column) {
                    *place = text.into_owned();
                }
            }
        }
        rows.push(texts);
    }
    Ok(rows)
}
