//! One workbook: a sheet for each table, with what helps to fill it in.
//!
//! A cell is a number or a date only where a spreadsheet keeps exactly what it says; all else is text. Text is written
//! as text also where it looks like a formula, and columns of ids and codes are formatted as text, so that what is
//! typed there (`007`, `9.10`) stays what it is.

use super::lists::Lists;
use super::{Content, ExportError, meanings, notes, sheet};
use crate::facts::Lang;
use crate::intake::{Cell, Column, TABLES, TableSchema};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, Formula, Note, Workbook, Worksheet, XlsxError,
};
use std::io::{Seek, Write};

/// The last row of a sheet, counted from 0.
const LAST: u32 = 1_048_575;

/// Writes the workbook.
pub(super) fn write(content: &Content<'_>, out: &mut (impl Write + Seek + Send)) -> Result<(), ExportError> {
    let mut book = sheet::workbook().map_err(sheet::failed)?;
    notes::write(content, &mut book).map_err(sheet::failed)?;
    let mut lists = Lists::default();
    for schema in &TABLES {
        table(content, schema, &mut lists, &mut book)?;
    }
    lists.write(&mut book).map_err(sheet::failed)?;
    Ok(book.save_to_writer(out).map_err(sheet::failed)?)
}

fn table(
    content: &Content<'_>,
    schema: &'static TableSchema,
    lists: &mut Lists,
    book: &mut Workbook,
) -> Result<(), ExportError> {
    let page = book.add_worksheet();
    page.set_name(content.name(schema)).map_err(sheet::failed)?;
    let mut widths = Vec::new();
    for (at, column) in (0u16..).zip(schema.columns) {
        head(page, at, schema, column, content.lang).map_err(sheet::failed)?;
        validate(page, at, column, lists, content.lang).map_err(sheet::failed)?;
        let heading = content.lang.pick(column.zh, column.en);
        widths.push(sheet::width(heading).max(if is_day(column.cell) { 10 } else { 0 }) + 2);
    }
    let formats: Vec<Format> = schema.columns.iter().map(|column| format(column.cell)).collect();
    let mut count = 0;
    for (number, cells) in (1usize..).zip(content.rows(schema)) {
        let row = u32::try_from(number).unwrap_or(u32::MAX);
        for (at, (cell, (column, format))) in (0u16..).zip(cells.iter().zip(schema.columns.iter().zip(&formats))) {
            if cell.is_empty() {
                continue;
            }
            put(page, row, at, cell, column.cell, format).map_err(|fault| too_large(fault, schema, number))?;
            if let Some(width) = widths.get_mut(usize::from(at)) {
                *width = (*width).max(sheet::width(cell));
            }
        }
        count = row;
    }
    for (at, width) in (0u16..).zip(&widths) {
        sheet::set_width(page, at, *width).map_err(sheet::failed)?;
    }
    let last = u16::try_from(schema.columns.len()).unwrap_or_default().saturating_sub(1);
    page.set_freeze_panes(1, 0).map_err(sheet::failed)?;
    page.autofilter(0, 0, count.max(1), last).map_err(sheet::failed)?;
    Ok(())
}

/// The heading of a column, with a note of what it means and what is expected.
fn head(page: &mut Worksheet, at: u16, schema: &TableSchema, column: &Column, lang: Lang) -> Result<(), XlsxError> {
    let heading = sheet::heading();
    let heading = if column.required { heading.set_background_color(Color::RGB(0x00F4_C98B)) } else { heading };
    page.write_string_with_format(0, at, lang.pick(column.zh, column.en), &heading)?;
    page.set_column_format(at, &format(column.cell))?;
    let required = if column.required { lang.pick("必填", "required") } else { lang.pick("选填", "optional") };
    let mut lines = vec![format!("{} {}（{required}）", column.zh, column.en)];
    if lang == Lang::En {
        lines = vec![format!("{} {} ({required})", column.en, column.zh)];
    }
    lines.extend(meanings::of_column(schema, column, lang).map(str::to_owned));
    if let Cell::Code(_) | Cell::YesNo = column.cell {
        lines.push(lang.pick("请从下拉列表中选取", "choose from the list").to_owned());
    } else {
        let expected = column.cell.expected();
        lines.push(format!("{}{}", lang.pick("应填：", "expected: "), expected.text(lang)));
    }
    let height = lines.iter().map(|line| 1 + sheet::width(line) / 38).sum::<usize>() * 20 + 12;
    let note = Note::new(lines.join("\n")).add_author_prefix(false).set_author("relata").set_width(300);
    page.insert_note(0, at, &note.set_height(u32::try_from(height).unwrap_or(100)))?;
    Ok(())
}

/// What a cell of the column accepts without asking back.
fn validate(page: &mut Worksheet, at: u16, column: &Column, lists: &mut Lists, lang: Lang) -> Result<(), XlsxError> {
    let letter = char::from(b'A' + u8::try_from(at).unwrap_or_default());
    let day = format!("ISNUMBER({letter}2)");
    let rule = match column.cell {
        Cell::Day => Some(format!("={day}")),
        Cell::Bound => Some(format!("=OR({day},RIGHT({letter}2,1)=\"?\")")),
        _ => None,
    };
    let validation = match rule {
        Some(rule) => {
            let validation = DataValidation::new().allow_custom(Formula::new(rule));
            let message = column.cell.expected();
            // The program reads days written as text as well, so that this only warns.
            Some(
                validation
                    .set_error_style(DataValidationErrorStyle::Warning)
                    .set_error_title(lang.pick("日期", "date"))?
                    .set_error_message(message.text(lang))?,
            )
        }
        None => lists.choice(column, lang),
    };
    match validation {
        Some(validation) => page.add_data_validation(1, at, LAST, at, &validation).map(drop),
        None => Ok(()),
    }
}

fn is_day(cell: Cell) -> bool {
    matches!(cell, Cell::Day | Cell::Bound)
}

/// How the cells of a column are shown.
fn format(cell: Cell) -> Format {
    let format = Format::new();
    match cell {
        Cell::Day | Cell::Bound => format.set_num_format(sheet::DAY),
        Cell::Shares | Cell::Money | Cell::Balance => format.set_num_format("#,##0.########"),
        Cell::Share | Cell::Year => format,
        // Text, so that nothing that is typed is taken for a number.
        _ => format.set_num_format("@"),
    }
}

fn put(page: &mut Worksheet, row: u32, at: u16, text: &str, cell: Cell, format: &Format) -> Result<(), XlsxError> {
    let (mut number, mut day) = (None, None);
    match cell {
        Cell::Day | Cell::Bound => day = sheet::day(text),
        Cell::Share | Cell::Shares | Cell::Money | Cell::Balance | Cell::Year => number = sheet::number(text),
        _ => {}
    }
    match (number, day) {
        (Some(number), _) => page.write_number_with_format(row, at, number, format),
        (_, Some(day)) => page.write_datetime_with_format(row, at, &day, format),
        _ => page.write_string_with_format(row, at, text, format),
    }
    .map(drop)
}

fn too_large(fault: XlsxError, schema: &'static TableSchema, row: usize) -> ExportError {
    match fault {
        XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => {
            ExportError::TooLarge { table: schema.en, row, limit: fault.to_string() }
        }
        fault => sheet::failed(fault).into(),
    }
}
