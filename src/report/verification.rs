//! What the checker says of a saved answer (`relata.verify/1`).

use super::{Answer, Dataset, Grid, Page, forms};
use crate::facts::Lang;
use crate::proof::StepId;
use crate::proof::check::{Head, Refusal};
use serde::Serialize;
use std::io;

/// The verdict on a saved answer.
pub struct VerificationReport<'a> {
    /// What the answer says of itself.
    pub answer: &'a Head,
    /// How many steps it has.
    pub steps: usize,
    /// The data it was held against.
    pub dataset: Dataset,
    /// Why the answer as a whole is refused, in Chinese and in English, before any step is looked at.
    pub objections: &'a [(String, String)],
    /// The steps and lines refused.
    pub refusals: &'a [Refusal],
    /// The reader's language.
    pub lang: Lang,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    answer: AnswerJson<'a>,
    dataset: &'a Dataset,
    accepted: bool,
    steps: usize,
    refusals: Vec<RefusalJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    format: &'a str,
    subject: &'a str,
    as_of: String,
    rules: &'a str,
    digest: Option<&'a str>,
}

#[derive(Serialize)]
struct RefusalJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<StepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    en: String,
    zh: String,
}

impl VerificationReport<'_> {
    /// Whether nothing is refused.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.objections.is_empty() && self.refusals.is_empty()
    }

    fn refused(&self) -> Vec<RefusalJson<'_>> {
        let whole = self.objections.iter().map(|(zh, en)| RefusalJson {
            step: None,
            party: None,
            transaction: None,
            day: None,
            en: en.clone(),
            zh: zh.clone(),
        });
        let parts = self.refusals.iter().map(|refusal| RefusalJson {
            step: refusal.step,
            party: refusal.party.as_deref(),
            transaction: refusal.transaction.as_deref(),
            day: refusal.day.map(|day| day.to_string()),
            en: refusal.reason.en(),
            zh: refusal.reason.zh(),
        });
        whole.chain(parts).collect()
    }
}

impl Answer for VerificationReport<'_> {
    fn page(&self) -> Page {
        let (lang, answer) = (self.lang, self.answer);
        let mut page = Page::default();
        page.about.lang = Some(lang);
        let (subject, day, steps) = (&answer.subject, answer.as_of, self.steps);
        let verdict = if self.accepted() {
            lang.pick("证明全部成立", "accepted: every proof holds")
        } else {
            lang.pick("不予认可", "refused")
        };
        page.title(lang.pick(
            format!("{verdict}（{subject}，{day}，{steps}个步骤）"),
            format!("{verdict} ({subject}, {day}, {steps} steps)"),
        ));
        let mut grid = Grid::new(
            lang.pick(["日期", "步骤", "主体", "交易", "原因"], ["day", "step", "party", "transaction", "why"]),
        );
        for refusal in self.refused() {
            grid.push(vec![
                refusal.day.unwrap_or_default(),
                refusal.step.map(|step| step.to_string()).unwrap_or_default(),
                refusal.party.unwrap_or_default().to_owned(),
                refusal.transaction.unwrap_or_default().to_owned(),
                lang.pick(refusal.zh, refusal.en),
            ]);
        }
        page.table(lang.pick("不予认可之处", "What is refused"), grid);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new(["day", "step", "party", "transaction", "reason"]);
        for refusal in self.refused() {
            grid.push(vec![
                refusal.day.unwrap_or_default(),
                refusal.step.map(|step| step.to_string()).unwrap_or_default(),
                refusal.party.unwrap_or_default().to_owned(),
                refusal.transaction.unwrap_or_default().to_owned(),
                self.lang.pick(refusal.zh, refusal.en),
            ]);
        }
        grid
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let answer = self.answer;
        let document = Document {
            format: "relata.verify/1",
            answer: AnswerJson {
                format: &answer.format,
                subject: &answer.subject,
                as_of: answer.as_of.to_string(),
                rules: &answer.rules,
                digest: answer.dataset.as_ref().and_then(|dataset| dataset.digest.as_deref()),
            },
            dataset: &self.dataset,
            accepted: self.accepted(),
            steps: self.steps,
            refusals: self.refused(),
        };
        forms::json(&document, out)
    }
}
