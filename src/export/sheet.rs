//! What every workbook that is written has in common: cells that say exactly what they are to say, and the same bytes
//! for the same content.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::io;

/// Digits of a number that spreadsheets keep.
const KEPT: u32 = 15;

/// Letters of the widest column; longer texts are wrapped.
const WIDEST: usize = 60;

/// How dates are shown.
pub(crate) const DAY: &str = "yyyy-mm-dd";

/// A workbook that does not say when it was written, so that the same content gives the same bytes.
pub(crate) fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    Ok(book)
}

/// How headings look.
pub(crate) fn heading() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E6F0)).set_text_wrap().set_align(FormatAlign::Top)
}

/// The number that a plain decimal is, where a spreadsheet keeps all of it.
pub(crate) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !digits.starts_with('.');
    let decimal = plain.then(|| Decimal::from_str_exact(text).ok()).flatten()?.normalize();
    let few = decimal.mantissa().unsigned_abs() < 10u128.pow(KEPT);
    let number: f64 = text.parse().ok()?;
    // Written out again, it must be the very same decimal.
    (few && number.to_string() == decimal.to_string()).then_some(number)
}

/// The day that a text is, where a spreadsheet has it in its calendar: before March 1900 theirs is wrong.
pub(crate) fn day(text: &str) -> Option<ExcelDateTime> {
    let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
    let is_theirs = day >= NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let (year, month, of_month) =
        (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    is_theirs.then(|| ExcelDateTime::from_ymd(year, month, of_month).ok()).flatten()
}

/// Columns that a text takes on its longest line; Chinese letters take two.
pub(crate) fn width(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|letter| if letter < '\u{2E80}' { 1 } else { 2 }).sum::<usize>();
    text.lines().map(of_line).max().unwrap_or_default()
}

/// Makes a column as wide as its widest text, within bounds.
pub(crate) fn set_width(sheet: &mut Worksheet, column: u16, widest: usize) -> Result<(), XlsxError> {
    let width = u16::try_from(widest.clamp(8, WIDEST)).unwrap_or(8) + 2;
    sheet.set_column_width(column, width).map(drop)
}

/// A failure of the writer as one of writing.
pub(crate) fn failed(fault: XlsxError) -> io::Error {
    match fault {
        XlsxError::IoError(fault) => fault,
        fault => io::Error::other(fault.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_only_where_all_of_them_is_kept() {
        for (text, exact) in [
            ("5", true),
            ("42.86", true),
            ("0.00000001", true),
            ("-1250000.5", true),
            ("999999999999999", true),
            ("1000000000000001", false),
            ("1234567890123.456", false),
            ("9999999999999999999999999999", false),
            ("100/3", false),
            ("25-50", false),
            ("", false),
            ("-", false),
            (".5", false),
            ("1e5", false),
            ("5%", false),
        ] {
            assert_eq!(number(text).is_some(), exact, "{text}");
        }
    }

    #[test]
    fn days_are_days_only_in_their_calendar() {
        for (text, known) in [
            ("2022-01-05", true),
            ("1900-03-01", true),
            ("1900-02-28", false),
            ("0001-01-01", false),
            ("2022-02-30", false),
            ("2022-1-5", false),
            ("2022-01-05?", false),
            ("9999-12-31", true),
        ] {
            assert_eq!(day(text).is_some(), known, "{text}");
        }
    }

    #[test]
    fn chinese_letters_take_two_columns() {
        assert_eq!((width("ab"), width("主体"), width("a主\n主体主"), width("")), (2, 4, 6, 0));
    }
}
