//! Findings as a list that may stand in a packed file, where each is read when it is asked for.

use super::code::CODES;
use super::{Finding, Severity, Text};
use crate::facts::{Columns, Table};
use crate::store::Column;
use serde::Deserialize;

/// A finding as it is packed: as JSON, with the code as any text.
#[derive(Deserialize)]
struct Packed {
    code: String,
    severity: Severity,
    file: String,
    #[serde(default)]
    sheet: Option<String>,
    table: Option<Table>,
    row: Option<u32>,
    line: Option<u64>,
    column: Option<String>,
    value: Option<String>,
    message: Text,
    expected: Option<Text>,
    remedy: Option<Text>,
}

/// What was found about a dataset, errors first, in columns.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Where each finding ends.
    ends: Column<u64>,
    texts: Column<u8>,
}

impl Findings {
    /// Puts the findings into columns. O(their texts).
    #[must_use]
    pub fn new(findings: &[Finding]) -> Self {
        let mut all = Self::default();
        for finding in findings {
            // Plain texts and numbers always have a form in JSON.
            let text = serde_json::to_vec(finding).unwrap_or_default();
            all.texts.extend_from_slice(&text);
            all.ends.push(all.texts.len() as u64);
        }
        all
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every finding in order; one that damage has made unreadable is left out. Each is read when it is its turn.
    pub fn iter(&self) -> impl Iterator<Item = Finding> + '_ {
        (0..self.len()).filter_map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> Option<Finding> {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends.at(before)) as usize;
        let packed: Packed = serde_json::from_slice(self.texts.slice(begin..self.ends.at(at) as usize)).ok()?;
        let code = CODES.iter().find(|info| info.code == packed.code)?.code;
        let Packed { severity, file, sheet, table, row, line, column, value, message, expected, remedy, .. } = packed;
        Some(Finding { code, severity, file, sheet, table, row, line, column, value, message, expected, remedy })
    }

    /// Shows every column.
    pub fn visit_columns(&mut self, columns: &mut impl Columns) {
        columns.visit("findings.ends", &mut self.ends);
        columns.visit("findings", &mut self.texts);
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Code;
    use super::super::text::both;
    use super::*;

    #[test]
    fn every_finding_comes_back() {
        let plain = Finding::new(Code::MissingTable, both!("a", "甲"));
        let full = Finding::new(Code::BadDate, both!("b", "乙")).file("a.csv", Some(Table::Holdings)).row(3, Some(4));
        let full = full.column("from").value("x").expected(both!("c", "丙")).remedy(both!("d", "丁"));
        let all = [plain, full];
        let findings = Findings::new(&all);
        assert_eq!((findings.len(), findings.is_empty()), (2, false));
        assert_eq!(findings.iter().collect::<Vec<_>>(), all);
        assert_eq!(Findings::default().iter().count(), 0);
    }

    #[test]
    fn nonsense_is_no_finding() {
        let mut findings = Findings::new(&[Finding::new(Code::MissingTable, both!("a", "甲"))]);
        findings.ends = vec![u64::MAX, 3, 0].into();
        assert_eq!(findings.iter().count(), 0);
    }
}
