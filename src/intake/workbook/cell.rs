//! One cell of a sheet as the text that a CSV file would have.

use super::super::code::Code;
use super::super::schema::Cell;
use super::super::text::{Text, both};
use calamine::{CellErrorType, DataRef, ExcelDateTime};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Digits of a number that spreadsheets keep.
const KEPT: usize = 15;

/// Why a cell has no text.
pub(super) struct Fault {
    pub(super) code: Code,
    /// What the cell shows.
    pub(super) shown: String,
    pub(super) message: Text,
    pub(super) remedy: Text,
}

/// The text of a cell in a column of this kind. `percent` says whether the cell's number is shown as a percentage.
pub(super) fn text<'c>(value: &'c DataRef<'_>, percent: bool, kind: Cell) -> Result<Cow<'c, str>, Box<Fault>> {
    Ok(match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Bool(true) => Cow::Borrowed("yes"),
        DataRef::Bool(false) => Cow::Borrowed("no"),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(plain(*number, percent, kind)?),
        DataRef::DateTime(moment) => Cow::Owned(day(moment)),
        DataRef::DateTimeIso(text) => Cow::Borrowed(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::DurationIso(text) => Cow::Borrowed(text),
        DataRef::Error(error) => return Err(Box::new(error_value(&shown(error)))),
    })
}

/// A cell that shows an error.
pub(super) fn error_value(shown: &str) -> Fault {
    Fault {
        code: Code::CellError,
        shown: shown.to_owned(),
        message: both!("the cell shows {shown}", "单元格显示 {shown}"),
        remedy: both!("correct the formula, or write the value itself", "请修正公式，或者直接填写数值"),
    }
}

/// A formula whose value is not in the file.
pub(super) fn never_calculated() -> Fault {
    Fault {
        code: Code::CellError,
        shown: String::new(),
        message: both!("the formula has no value in the file", "公式在文件中没有计算结果"),
        remedy: both!(
            "open the workbook in a spreadsheet program and save it, or write the value itself",
            "请用表格软件打开工作簿并保存，或者直接填写数值"
        ),
    }
}

/// Whether a number format shows numbers as percentages: a percent sign outside quotation marks, brackets and escapes.
pub(super) fn is_percent(format: &str) -> bool {
    let (mut letters, mut quoted, mut bracketed) = (format.chars(), false, false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            // What follows is shown as it is, or only takes its room.
            '\\' | '_' | '*' => drop(letters.next()),
            '[' => bracketed = true,
            ']' => bracketed = false,
            '%' if !bracketed => return true,
            _ => {}
        }
    }
    false
}

/// The shortest decimal that stands for the number: what was typed, as long as it had no more digits than are kept. A
/// percentage is that decimal with its point moved, never a product of binary numbers.
fn plain(number: f64, percent: bool, kind: Cell) -> Result<String, Box<Fault>> {
    let decimal = match number.to_string() {
        zero if zero == "-0" => "0".to_owned(),
        decimal => decimal,
    };
    let whole = decimal.trim_start_matches('-').split('.').next().unwrap_or_default();
    if whole.len() > KEPT {
        return Err(Box::new(Fault {
            code: Code::DigitsLost,
            message: both!(
                "the number has more than {KEPT} digits, of which spreadsheets keep only the first {KEPT}",
                "数字超过 {KEPT} 位，表格软件只保留前 {KEPT} 位"
            ),
            remedy: both!(
                "format the cell as text and write the number again in full",
                "请将单元格格式设为文本，重新完整填写"
            ),
            shown: decimal,
        }));
    }
    if let Cell::Code(list) = kind
        && let longer = format!("{decimal}0")
        && list().iter().any(|(code, _)| *code == longer)
    {
        return Err(Box::new(Fault {
            code: Code::DigitsLost,
            message: both!(
                "the cell holds the number {decimal}, and whether {decimal} or {longer} was written is not kept",
                "单元格是数字 {decimal}，无法分辨原填写的是 {decimal} 还是 {longer}"
            ),
            remedy: both!("write the code as text, or its name", "请以文本格式填写代码，或者填写其名称"),
            shown: decimal,
        }));
    }
    if !percent {
        return Ok(decimal);
    }
    let moved = hundredfold(&decimal);
    // Elsewhere than in a share, the sign says what the reader of the sheet sees.
    Ok(if matches!(kind, Cell::Share) { moved } else { format!("{moved}%") })
}

/// A plain decimal times a hundred.
fn hundredfold(decimal: &str) -> String {
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = format!("{part:0<2}");
    let (more, rest) = part.split_at_checked(2).unwrap_or((&part, ""));
    let whole = format!("{whole}{more}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && rest.is_empty() { "" } else { sign };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// `2022-01-05`, with the time of day where there is one; the number itself where it is no moment.
fn day(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    match date.filter(|_| moment.is_datetime() && (1.0..2_958_466.0).contains(&moment.as_f64())) {
        Some(date) if (hour, minute, second) == (0, 0, 0) => date.to_string(),
        Some(date) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        None => moment.as_f64().to_string(),
    }
}

fn shown(error: &CellErrorType) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn percentages_are_the_decimal_times_a_hundred() {
        for (number, expected) in [
            (0.05, "5"),
            (0.4286, "42.86"),
            (0.07, "7"),
            (0.29, "29"),
            (0.57, "57"),
            (1.0, "100"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.001, "0.1"),
            (0.00001, "0.001"),
            (0.333333333333333, "33.3333333333333"),
            (-0.005, "-0.5"),
            (12.0, "1200"),
            (1e-7, "0.00001"),
        ] {
            assert_eq!(text(&DataRef::Float(number), true, Cell::Share).ok().as_deref(), Some(expected), "{number}");
        }
        assert_eq!(text(&DataRef::Float(5.0), false, Cell::Share).ok().as_deref(), Some("5"));
        assert_eq!(text(&DataRef::Float(0.05), true, Cell::Text).ok().as_deref(), Some("5%"));
    }

    #[test]
    fn only_a_percent_sign_that_counts_makes_a_percentage() {
        for (format, expected) in [
            ("0%", true),
            ("0.00%", true),
            ("#,##0.00%;[Red]-0.00%", true),
            ("General", false),
            ("0.00\"%\"", false),
            ("0.00\\%", false),
            ("[$%-804]0", false),
            ("0_%", false),
            ("_ * 0.00%_ ", true),
        ] {
            assert_eq!(is_percent(format), expected, "{format}");
        }
    }

    #[test]
    fn what_a_number_has_lost_is_not_guessed() {
        let code = |number, kind| text(&DataRef::Float(number), false, kind).err().map(|fault| fault.code);
        let kinds = Cell::Code(|| vec![("9.1", ""), ("9.10", ""), ("9.2", "")]);
        assert_eq!(code(9.1, kinds), Some(Code::DigitsLost));
        assert_eq!(code(9.2, kinds), None);
        assert_eq!(code(9.1, Cell::Text), None);
        assert_eq!(code(110_101_199_001_010_000.0, Cell::Text), Some(Code::DigitsLost));
        assert_eq!(code(123_456_789_012_345.0, Cell::Money), None);
        assert_eq!(code(f64::MAX, Cell::Money), Some(Code::DigitsLost));
    }

    #[test]
    fn moments_are_days() {
        let text = |value, is_1904| day(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904));
        assert_eq!(text(44566.0, false), "2022-01-05");
        assert_eq!(text(43104.0, true), "2022-01-05");
        assert_eq!(text(44566.5, false), "2022-01-05 12:00:00");
        assert_eq!(text(60.0, false), "60", "Excel has a 29 February 1900, and the calendar has none");
        for value in [f64::NAN, f64::INFINITY, -1e300, 1e300, -1.0] {
            assert_eq!(text(value, false), value.to_string());
        }
    }
}
