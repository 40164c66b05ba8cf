//! What was found wrong with a dataset (`relata.validate/1`).

use super::beside::{NamedGrid, about, about_name, findings_grid, severity};
use super::{Answer, Dataset, Grid, Page, forms, remark_text, remarks};
use crate::facts::{Facts, Lang, Table};
use crate::intake::{Finding, Severity};
use crate::proof::words::Names;
use crate::register::Remark;
use serde::Serialize;
use std::io;

/// All findings about a dataset.
pub struct FindingsReport<'a> {
    /// The dataset's rows.
    pub facts: &'a Facts,
    /// Which data.
    pub dataset: Dataset,
    /// The findings, in their order.
    pub findings: &'a [Finding],
    /// Remarks that the graph shows, where a subject is known.
    pub remarks: &'a [Remark],
    /// The reader's language.
    pub lang: Lang,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    dataset: &'a Dataset,
    errors: usize,
    warnings: usize,
    findings: &'a [Finding],
    remarks: Vec<remarks::RemarkJson<'a>>,
}

fn severity_code(value: Severity) -> &'static str {
    severity(value, Lang::En)
}

/// Findings as lines of text, one for each: severity, code, place, what is wrong and how to mend it.
#[must_use]
pub fn findings_text(findings: &[Finding], lang: Lang) -> String {
    findings.iter().map(|finding| finding.text(lang) + "\n").collect()
}

impl FindingsReport<'_> {
    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Answer for FindingsReport<'_> {
    fn page(&self) -> Page {
        let lang = self.lang;
        let mut page = Page::default();
        let (errors, warnings, rows) = (self.count(Severity::Error), self.count(Severity::Warning), self.dataset.rows);
        page.title(lang.pick(
            format!("数据校验：{rows}行，{errors}项错误，{warnings}项提示"),
            format!("{rows} data rows: errors {errors}, warnings {warnings}"),
        ));
        page.table(lang.pick("问题清单", "Findings"), findings_grid(self.findings, lang));
        if !self.remarks.is_empty() {
            let names = Names::new(self.facts, lang);
            page.heading(lang.pick("对事实的提示", "Remarks on the facts"));
            page.list(self.remarks.iter().map(|remark| remark_text(remark, &names, self.facts, lang)).collect());
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid =
            Grid::new(["severity", "code", "file", "table", "row", "column", "value", "message", "expected", "remedy"]);
        let text = |text: &Option<crate::intake::Text>| {
            text.as_ref().map(|text| text.text(self.lang).to_owned()).unwrap_or_default()
        };
        for finding in self.findings {
            grid.push(vec![
                severity_code(finding.severity).to_owned(),
                finding.code.to_owned(),
                finding.file.clone(),
                finding.table.map(Table::code).unwrap_or_default().to_owned(),
                finding.row.map(|row| row.to_string()).unwrap_or_default(),
                finding.column.clone().unwrap_or_default(),
                finding.value.clone().unwrap_or_default(),
                finding.message.text(self.lang).to_owned(),
                text(&finding.expected),
                text(&finding.remedy),
            ]);
        }
        let names = Names::new(self.facts, self.lang);
        for remark in self.remarks {
            let message = remark_text(remark, &names, self.facts, self.lang);
            let mut row = vec!["remark".to_owned(), remark.code.to_owned()];
            row.resize(grid.columns.len(), String::new());
            if let Some(cell) = row.get_mut(7) {
                *cell = message;
            }
            grid.push(row);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        vec![(about_name(self.lang), about(&self.dataset, self.lang))]
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            format: "relata.validate/1",
            dataset: &self.dataset,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            findings: self.findings,
            remarks: remarks::json(self.remarks, self.facts),
        };
        forms::json(&document, out)
    }
}
