//! What a workbook says beside the tables of a page: the chains of proofs, what was found about the data, and what the
//! answer is about.

use super::{Context, Dataset, Grid, words};
use crate::facts::{Lang, PartyId};
use crate::intake::{Finding, Severity};
use crate::law::Basis;
use crate::proof::render::Narrator;
use crate::proof::{Step, StepId};
use rustc_hash::{FxHashMap, FxHashSet};

/// A table and what it is called.
pub type NamedGrid = (String, Grid);

/// One line of an answer that rests on a proof.
pub(super) struct Chain<'a> {
    /// A transaction, where the line is about one.
    pub(super) of: Option<&'a str>,
    pub(super) party: PartyId,
    pub(super) ground: &'static str,
    pub(super) basis: Option<Basis>,
    pub(super) proof: StepId,
    /// The steps among which the proof is.
    pub(super) steps: &'a [Step],
}

impl Context<'_> {
    /// Findings about the data, and what the answer is about.
    pub(super) fn beside(&self) -> Vec<NamedGrid> {
        let findings: Vec<Finding> = self.findings.map(|all| all.iter().collect()).unwrap_or_default();
        vec![
            (self.lang.pick("数据提示", "findings").to_owned(), findings_grid(&findings, self.lang)),
            (about_name(self.lang), self.about()),
        ]
    }

    /// The same after the chains of lines, each proof told by itself.
    pub(super) fn beside_chains(&self, chains: &[Chain<'_>]) -> Vec<NamedGrid> {
        let lang = self.lang;
        let columns = lang.pick(
            ["交易", "编号", "名称", "条款", "状态", "最后一日", "届满日", "起始日", "证明"],
            ["transaction", "id", "name", "article", "footing", "last day", "expires", "begins", "proof"],
        );
        let has_deals = chains.iter().any(|chain| chain.of.is_some());
        let mut grid = Grid::new(columns.into_iter().skip(usize::from(!has_deals)));
        let subject = self.id(self.question.subject);
        for book in chains.chunk_by(|one, next| std::ptr::eq(one.steps, next.steps)) {
            let steps = book.first().map_or(&[][..], |chain| chain.steps);
            let index: FxHashMap<StepId, &Step> = steps.iter().map(|step| (step.id, step)).collect();
            for chain in book {
                let (own, root) = (below(chain.proof, &index), [chain.proof]);
                let mut narrator = Narrator::new(self.facts, self.pack(), self.names, subject, lang, &own, &root);
                let [last_day, expires, begins] = chain.basis.map(words::basis_days).unwrap_or_default();
                let mut row = vec![
                    self.id(chain.party).to_owned(),
                    self.name(chain.party).to_owned(),
                    chain.ground.to_owned(),
                    chain.basis.map(|basis| words::basis(basis, lang)).unwrap_or_default(),
                    last_day,
                    expires,
                    begins,
                    narrator.tell(chain.proof, 0).trim_end().to_owned(),
                ];
                if has_deals {
                    row.insert(0, chain.of.unwrap_or_default().to_owned());
                }
                grid.push(row);
            }
        }
        let mut parts = vec![(lang.pick("证明", "chains").to_owned(), grid)];
        parts.extend(self.beside());
        parts
    }

    fn about(&self) -> Grid {
        let (lang, pack) = (self.lang, self.pack());
        let departures = self.question.readings.departures(&pack.switches);
        let readings: Vec<String> = departures.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
        let readings =
            if readings.is_empty() { lang.pick("默认", "default").to_owned() } else { readings.join("\n") };
        let mut grid = about(&self.dataset, lang);
        let lines = [
            (lang.pick("上市公司", "company"), self.in_full(self.question.subject)),
            (lang.pick("日期", "day"), self.question.as_of.to_string()),
            (lang.pick("规则", "rules"), format!("{} ({})", lang.pick(&pack.title_zh, &pack.title_en), pack.name)),
            (lang.pick("所取解释", "readings"), readings),
        ];
        grid.rows.splice(0..0, lines.map(|(name, value)| vec![name.to_owned(), value]));
        grid
    }
}

/// A step and all that it rests on.
fn below(root: StepId, index: &FxHashMap<StepId, &Step>) -> Vec<Step> {
    let (mut found, mut seen, mut pending) = (Vec::new(), FxHashSet::default(), vec![root]);
    while let Some(id) = pending.pop() {
        if let Some(step) = index.get(&id).filter(|_| seen.insert(id)) {
            pending.extend(&step.premises);
            found.push((*step).clone());
        }
    }
    found
}

/// What the sheet is called that says what an answer is about.
pub(super) fn about_name(lang: Lang) -> String {
    lang.pick("关于本表", "about").to_owned()
}

/// From which data an answer is, and by which program.
pub(super) fn about(dataset: &Dataset, lang: Lang) -> Grid {
    let mut grid = Grid::new(lang.pick(["项目", "内容"], ["what", "value"]));
    for (name, value) in [
        (lang.pick("数据摘要", "digest of the data"), dataset.digest.clone()),
        (lang.pick("数据行数", "data rows"), dataset.rows.to_string()),
        (lang.pick("程序", "program"), format!("relata {}", env!("CARGO_PKG_VERSION"))),
    ] {
        grid.push(vec![name.to_owned(), value]);
    }
    grid
}

/// Findings as a table for a reader.
pub(super) fn findings_grid(findings: &[Finding], lang: Lang) -> Grid {
    let mut grid = Grid::new(lang.pick(
        ["级别", "代码", "位置", "值", "问题", "应为", "处理"],
        ["severity", "code", "place", "value", "what is wrong", "expected", "to mend it"],
    ));
    let text = |text: &Option<crate::intake::Text>| text.as_ref().map(|t| t.text(lang).to_owned()).unwrap_or_default();
    for finding in findings {
        grid.push(vec![
            severity(finding.severity, lang).to_owned(),
            finding.code.to_owned(),
            finding.place(lang),
            finding.value.clone().unwrap_or_default(),
            finding.message.text(lang).to_owned(),
            text(&finding.expected),
            text(&finding.remedy),
        ]);
    }
    grid
}

/// A severity in words.
pub(super) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("提示", "warning"),
    }
}
