//! One thing found wrong with a dataset: what, where, what was expected and what to do about it.

use super::code::{Code, Severity};
use super::schema;
use super::text::{Lang, Text, both};
use crate::facts::{Table, mask_identifier};
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// Longer values are shown by their beginning, marked with an ellipsis.
const VALUE_LENGTH: usize = 120;

/// One finding about a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name of the kind of fault: `unknown-party` (see [`super::CODES`]).
    pub code: &'static str,
    /// Whether it stops an answer.
    pub severity: Severity,
    /// The file.
    pub file: String,
    /// The sheet of a workbook, by its own name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The table; `None` where the finding is about the whole file or about `settings`.
    pub table: Option<Table>,
    /// The data row, counted from 1. Rows without any content are not counted.
    pub row: Option<u32>,
    /// The line of a CSV file on which the row begins, or the row of a sheet; counted from 1, the header included.
    pub line: Option<u64>,
    /// The column, by its English name.
    pub column: Option<String>,
    /// What was found there; an identifier is masked.
    pub value: Option<String>,
    /// What is wrong.
    pub message: Text,
    /// What was expected.
    pub expected: Option<Text>,
    /// What to do.
    pub remedy: Option<Text>,
}

impl Finding {
    pub(crate) fn new(code: Code, message: Text) -> Self {
        Self::bare(code.code(), code.severity(), message)
    }

    /// A finding of which nothing but its kind is known.
    pub(crate) fn bare(code: &'static str, severity: Severity, message: Text) -> Self {
        Self {
            code,
            severity,
            file: String::new(),
            sheet: None,
            table: None,
            row: None,
            line: None,
            column: None,
            value: None,
            message,
            expected: None,
            remedy: None,
        }
    }

    pub(crate) fn file(mut self, file: &str, table: Option<Table>) -> Self {
        file.clone_into(&mut self.file);
        self.table = table;
        self
    }

    /// Must be called after `file`.
    #[cfg(feature = "xlsx")]
    pub(crate) fn sheet(mut self, sheet: &str) -> Self {
        self.sheet = Some(sheet.to_owned());
        self
    }

    pub(crate) fn row(mut self, row: u32, line: Option<u64>) -> Self {
        self.row = Some(row);
        self.line = line;
        self
    }

    pub(crate) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// Must be called after `column`, which says whether the value is personal data.
    pub(crate) fn value(mut self, value: &str) -> Self {
        let shown = if matches!(self.column.as_deref(), Some("identifier" | "证件号码")) {
            mask_identifier(value)
        } else if value.chars().count() > VALUE_LENGTH {
            value.chars().take(VALUE_LENGTH).chain(['…']).collect()
        } else {
            value.to_owned()
        };
        self.value = Some(shown);
        self
    }

    pub(crate) fn expected(mut self, expected: Text) -> Self {
        self.expected = Some(expected);
        self
    }

    pub(crate) fn remedy(mut self, remedy: Text) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Whether it stops an answer.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where it is, for a reader: `holdings.csv, row 3 (line 4), column percent`.
    #[must_use]
    pub fn place(&self, lang: Lang) -> String {
        let mut place = self.file.clone();
        if let Some(sheet) = &self.sheet {
            let sheet = both!("sheet {sheet}", "工作表“{sheet}”");
            let _ = write!(place, ": {}", sheet.text(lang));
        } else if let Some(table) = self.table
            && !names_table(&self.file, table)
        {
            let name = if lang == Lang::Zh { table.zh() } else { table.code() };
            let _ = write!(place, "{}{name}", if place.is_empty() { "" } else { ": " });
        }
        let parts = [
            self.row.map(|row| both!("row {row}", "第 {row} 行")),
            self.line.map(|line| match self.sheet {
                Some(_) => both!("line {line} of the sheet", "工作表第 {line} 行"),
                None => both!("line {line} of the file", "文件第 {line} 行"),
            }),
            self.column.as_deref().map(|column| {
                let zh = self.table.and_then(|table| schema::of(table).column(column)).map_or(column, |c| c.zh);
                both!("column {column}", "“{zh}”列")
            }),
        ];
        for part in parts.iter().flatten() {
            place.push_str(if lang == Lang::Zh { "，" } else { ", " });
            place.push_str(part.text(lang));
        }
        place
    }

    /// The whole finding on one line, in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let severity = match (self.severity, lang) {
            (Severity::Error, Lang::En) => "error",
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Warning, Lang::Zh) => "提示",
        };
        let mut text = format!("{severity}[{}] {}: {}", self.code, self.place(lang), self.message.text(lang));
        if let Some(expected) = &self.expected {
            let lead = if lang == Lang::Zh { "；应为：" } else { "; expected: " };
            let _ = write!(text, "{lead}{}", expected.text(lang));
        }
        if let Some(remedy) = &self.remedy {
            let lead = if lang == Lang::Zh { "；处理：" } else { "; to mend it: " };
            let _ = write!(text, "{lead}{}", remedy.text(lang));
        }
        text
    }
}

/// Whether the file's own name already says which table it is.
fn names_table(file: &str, table: Table) -> bool {
    file.rsplit_once('.').is_some_and(|(stem, _)| stem.eq_ignore_ascii_case(table.code()) || stem == table.zh())
}

/// Errors first, then by table and file, row, column and code.
pub(crate) fn compare(a: &Finding, b: &Finding) -> Ordering {
    fn column(finding: &Finding) -> Option<(usize, &str)> {
        let column = finding.column.as_deref()?;
        let position = finding.table.and_then(|table| schema::of(table).position(column));
        Some((position.unwrap_or(usize::MAX), column))
    }
    // What is said of no table (a whole file, the settings) comes after the tables.
    let table = |finding: &Finding| (finding.table.is_none(), finding.table);
    (a.severity.cmp(&b.severity))
        .then_with(|| table(a).cmp(&table(b)))
        .then_with(|| (&a.file, a.row).cmp(&(&b.file, b.row)))
        .then_with(|| column(a).cmp(&column(b)))
        .then_with(|| (a.code, &a.value, &a.message).cmp(&(b.code, &b.value, &b.message)))
}
