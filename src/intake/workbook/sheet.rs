//! One sheet as a table: where its headings are, and its rows below them.

use super::super::code::Code;
use super::super::collected::Collected;
use super::super::finding::Finding;
use super::super::headings::{Headings, unnamed_column};
use super::super::marks::RowMark;
use super::super::raw::RawTable;
use super::super::schema::Cell;
use super::super::text::both;
use super::cell::{self, Fault};
use super::guard;
use calamine::{DataRef, Xlsx, XlsxCellReader, XlsxError};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// Rows with content among which the headings are looked for.
const LOOK: usize = 50;

/// The cells of a row that have content.
struct Row<'b> {
    /// Counted from 0.
    number: u32,
    cells: Vec<(u32, DataRef<'b>, bool)>,
    /// Errors that cannot be told the cell of.
    lost: Vec<String>,
}

/// The rows of a sheet, one after another.
struct Rows<'b, R: Read + Seek> {
    cells: XlsxCellReader<'b, R>,
    /// Of each style, whether it shows percentages.
    percent: Vec<bool>,
    ahead: Option<(u32, u32, DataRef<'b>, bool)>,
    /// Formulas without a value.
    bare: FxHashSet<(u32, u32)>,
    ended: bool,
}

impl<'b, R: Read + Seek> Rows<'b, R> {
    fn new(cells: XlsxCellReader<'b, R>, bare: FxHashSet<(u32, u32)>) -> Self {
        let format =
            |style: &calamine::Style| style.number_format.as_ref().is_some_and(|f| cell::is_percent(&f.format_code));
        let percent = cells.styles().iter().map(format).collect();
        Self { cells, percent, ahead: None, bare, ended: false }
    }

    fn next(&mut self) -> Result<Option<Row<'b>>, XlsxError> {
        let mut row: Option<Row<'b>> = None;
        let mut lost = Vec::new();
        loop {
            let (number, column, value, percent) = match self.ahead.take() {
                Some(ahead) => ahead,
                None if self.ended => break,
                None => match self.cells.next_cell_with_style_id() {
                    Ok(Some((found, style))) => {
                        let (number, column) = found.get_position();
                        let percent = self.percent.get(style).copied().unwrap_or_default();
                        (number, column, found.get_value().clone(), percent)
                    }
                    Ok(None) => {
                        self.ended = true;
                        break;
                    }
                    // An error value newer than the reader: its cell is passed over, and the next one is read.
                    Err(XlsxError::CellError(shown)) => {
                        lost.push(shown);
                        continue;
                    }
                    Err(fault) => return Err(fault),
                },
            };
            let empty = matches!(&value, DataRef::Empty) && !self.bare.contains(&(number, column));
            if empty {
                continue;
            }
            match &mut row {
                Some(row) if row.number != number => {
                    self.ahead = Some((number, column, value, percent));
                    break;
                }
                Some(row) => row.cells.push((column, value, percent)),
                None => row = Some(Row { number, cells: vec![(column, value, percent)], lost: Vec::new() }),
            }
        }
        match row {
            Some(row) => Ok(Some(Row { lost, ..row })),
            None if lost.is_empty() => Ok(None),
            None => Ok(Some(Row { number: 0, cells: Vec::new(), lost })),
        }
    }
}

/// Whether a sheet has a cell with content, or cannot be read.
pub(super) fn has_content<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> bool {
    let Ok(cells) = book.worksheet_cells_reader(name) else { return true };
    !matches!(Rows::new(cells, FxHashSet::default()).next(), Ok(None))
}

/// Reads one sheet into a table.
pub(super) struct SheetReader<'t> {
    table: RawTable,
    findings: Collected,
    /// Bytes of text that may still be read.
    texts: &'t mut u64,
    empty: bool,
}

impl<'t> SheetReader<'t> {
    pub(super) fn new(table: RawTable, texts: &'t mut u64) -> Self {
        Self { table, findings: Collected::default(), texts, empty: false }
    }

    /// The table, unless nothing at all stands on the sheet, and what was found.
    pub(super) fn finish(self) -> (Option<RawTable>, Collected) {
        ((!self.empty).then_some(self.table), self.findings)
    }

    /// Reads the sheet. `formulas` says whether the workbook has any.
    pub(super) fn read<R: Read + Seek>(&mut self, book: &mut Xlsx<R>, formulas: bool) {
        let name = self.table.sheet.clone().unwrap_or_default();
        let bare = if formulas { bare(book, &name) } else { Ok(FxHashSet::default()) };
        let read = bare.and_then(|bare| {
            let cells = book.worksheet_cells_reader(&name)?;
            self.rows(&mut Rows::new(cells, bare))
        });
        if let Err(fault) = read {
            self.findings.push(self.table.place(*guard::damaged(&fault.to_string())));
            // Rows are missing, so that nothing can be said of what refers to them; nor of columns that were not read.
            self.table.count = self.table.count.saturating_add(1);
            if self.table.rows.is_empty() {
                self.table.present.fill(true);
            }
        }
    }

    fn rows<R: Read + Seek>(&mut self, rows: &mut Rows<'_, R>) -> Result<(), XlsxError> {
        let mut first = Vec::new();
        while first.len() < LOOK
            && let Some(row) = rows.next()?
        {
            first.push(row);
            if first.last().is_some_and(|row| self.has_all(row)) {
                break;
            }
        }
        let Some(at) = self.best(&first) else {
            self.empty = true;
            return Ok(());
        };
        let mut below = first.split_off(at);
        let columns = below.first().map(headings).unwrap_or_default();
        let below = below.drain(1..);
        if let (Some(from), Some(to)) = (first.first(), first.last()) {
            self.above(from, to);
        }
        let texts: Vec<&str> = columns.iter().map(|(_, heading)| heading.as_str()).collect();
        let headings = Headings::new(&texts, &mut self.table, &mut self.findings);
        let mut sheet = Columns::new(self.table.schema, &columns);
        for row in below {
            self.row(&row, &headings, &mut sheet);
        }
        while let Some(row) = rows.next()? {
            self.row(&row, &headings, &mut sheet);
            if *self.texts == 0 {
                let finding = guard::too_large(super::LIMIT);
                self.findings.push(self.table.place(*finding));
                self.table.count = self.table.count.saturating_add(1);
                break;
            }
        }
        let unnamed = sheet.unnamed.iter().map(|column| unnamed_column(&letters(*column)));
        self.findings.extend(unnamed.map(|finding| self.table.place(finding)));
        Ok(())
    }

    /// How many columns of the table a row names.
    fn known(&self, row: &Row<'_>) -> usize {
        let names: FxHashSet<usize> =
            headings(row).iter().filter_map(|(_, heading)| self.table.schema.position(heading)).collect();
        names.len()
    }

    fn has_all(&self, row: &Row<'_>) -> bool {
        let names: FxHashSet<usize> =
            headings(row).iter().filter_map(|(_, heading)| self.table.schema.position(heading)).collect();
        let mut columns = self.table.schema.columns.iter().enumerate();
        columns.all(|(at, column)| !column.required || names.contains(&at))
    }

    /// The row of headings: the first with all columns that are needed, else the first with most.
    fn best(&self, rows: &[Row<'_>]) -> Option<usize> {
        let last = rows.len().checked_sub(1)?;
        if rows.last().is_some_and(|row| self.has_all(row)) {
            return Some(last);
        }
        (0..rows.len()).rev().max_by_key(|at| rows.get(*at).map_or(0, |row| self.known(row)))
    }

    /// Titles and the like are told of, as they might have been rows.
    fn above(&mut self, from: &Row<'_>, to: &Row<'_>) {
        let (first, last) = (from.number.saturating_add(1), to.number.saturating_add(1));
        let message = if first == last {
            both!(
                "row {first} of the sheet stands above the headings and was not read",
                "工作表第 {first} 行在表头之上，未读取"
            )
        } else {
            both!(
                "rows {first} to {last} of the sheet stand above the headings and were not read",
                "工作表第 {first} 至 {last} 行在表头之上，未读取"
            )
        };
        let text = from.cells.first().and_then(|(_, value, percent)| cell::text(value, *percent, Cell::Text).ok());
        let mut finding = Finding::new(Code::RowsAboveHeadings, message).value(text.as_deref().unwrap_or_default());
        finding.line = Some(first.into());
        self.findings.push(self.table.place(finding).remedy(both!(
            "begin the sheet with the headings, or leave it so if these rows are titles",
            "若仅为标题可保持不变；否则请将表头放在首行"
        )));
    }

    fn row(&mut self, row: &Row<'_>, headings: &Headings, sheet: &mut Columns) {
        let mut texts: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); sheet.columns.len()];
        let mut faults: Vec<(&str, Fault)> = Vec::new();
        for (column, value, percent) in &row.cells {
            let Some(place) = sheet.columns.iter().position(|known| known.at == *column) else {
                sheet.note(*column, value);
                continue;
            };
            let Some((known, slot)) = sheet.columns.get(place).zip(texts.get_mut(place)) else { continue };
            // A column that is not one of the table's was told of already.
            let Some((name, kind)) = known.of_table else { continue };
            let read = match value {
                // Only a formula without a value comes as an empty cell.
                DataRef::Empty => Err(Box::new(cell::never_calculated())),
                value => cell::text(value, *percent, kind),
            };
            match read {
                Ok(text) => *slot = text,
                Err(fault) => faults.push((name, *fault)),
            }
        }
        let lost = row.lost.iter().map(|shown| ("", cell::error_value(shown)));
        faults.extend(lost);
        if faults.is_empty() && texts.iter().all(|text| text.trim().is_empty()) {
            return;
        }
        self.table.count = self.table.count.saturating_add(1);
        let mark = RowMark { number: self.table.count, line: Some(u64::from(row.number) + 1) };
        if faults.is_empty() {
            let bytes: usize = texts.iter().map(|text| text.len()).sum();
            *self.texts = self.texts.saturating_sub(bytes as u64);
            self.table.push(mark, headings.in_order(|at| texts.get(at).map_or("", |text| text)));
        }
        for (column, fault) in faults {
            let mut finding = self.table.place(Finding::new(fault.code, fault.message)).row(mark.number, mark.line);
            if !column.is_empty() {
                finding = finding.column(column);
            }
            self.findings.push(finding.value(&fault.shown).remedy(fault.remedy));
        }
    }
}

/// The columns of a sheet that have a heading.
struct Columns {
    columns: Vec<Column>,
    /// Columns without a heading in which a row has content.
    unnamed: BTreeSet<u32>,
}

struct Column {
    at: u32,
    /// Name and kind, where it is a column of the table.
    of_table: Option<(&'static str, Cell)>,
}

impl Columns {
    fn new(schema: &'static super::super::schema::TableSchema, headings: &[(u32, String)]) -> Self {
        let column = |(at, heading): &(u32, String)| {
            let of_table = schema.column(heading).map(|column| (column.en, column.cell));
            Column { at: *at, of_table }
        };
        Self { columns: headings.iter().map(column).collect(), unnamed: BTreeSet::new() }
    }

    fn note(&mut self, column: u32, value: &DataRef<'_>) {
        let blank = match value {
            DataRef::String(text) => text.trim().is_empty(),
            DataRef::SharedString(text) => text.trim().is_empty(),
            DataRef::Empty => true,
            _ => false,
        };
        if !blank {
            self.unnamed.insert(column);
        }
    }
}

/// The texts of a row, as headings.
fn headings(row: &Row<'_>) -> Vec<(u32, String)> {
    let text = |(column, value, percent): &(u32, DataRef<'_>, bool)| {
        let text = cell::text(value, *percent, Cell::Text).ok()?.trim().to_owned();
        (!text.is_empty()).then_some((*column, text))
    };
    row.cells.iter().filter_map(text).collect()
}

/// Formulas whose value is not in the file, as some programs write them.
fn bare<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Result<FxHashSet<(u32, u32)>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut bare = FxHashSet::default();
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(Some(found)) if found.formula.is_some() && found.value == DataRef::Empty => drop(bare.insert(found.pos)),
            Ok(Some(_)) | Err(XlsxError::CellError(_)) => {}
            Ok(None) => return Ok(bare),
            Err(fault) => return Err(fault),
        }
    }
}

/// A column as spreadsheets name it: A, B, …, AA.
fn letters(column: u32) -> String {
    let mut rest = column.saturating_add(1);
    let mut name = Vec::new();
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    name.iter().rev().collect()
}
