//! The register in every form (`relata.register/1`).

use super::header::Header;
use super::{Answer, Context, Grid, Page, forms, remark_text, words};
use crate::facts::{PartyId, PartyKind};
use crate::law::Basis;
use crate::proof::sentence::Sentences;
use crate::proof::words::article;
use crate::proof::{Step, StepId};
use crate::register::{Entry, GroundLine, Missing, Register, Remark};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::io;

/// A register with the remarks on its facts.
pub struct RegisterReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The register.
    pub register: &'a Register,
    /// Remarks on the facts.
    pub remarks: &'a [Remark],
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    related: Vec<RelatedJson<'a>>,
    exempt: Vec<ExemptJson<'a>>,
    undetermined: Vec<UndeterminedJson<'a>>,
    contested: Vec<ContestedJson<'a>>,
    controlling_persons: Vec<&'a str>,
    warnings: Vec<super::remarks::RemarkJson<'a>>,
    proofs: &'a [Step],
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    party: &'a str,
    name: &'a str,
    kind: PartyKind,
    category: &'static str,
    grounds: Vec<GroundJson>,
    contested_by: &'a [String],
}

/// One ground of one party.
#[derive(Serialize)]
pub(super) struct GroundJson {
    ground: &'static str,
    #[serde(flatten)]
    basis: Basis,
    proof: StepId,
}

impl From<&GroundLine> for GroundJson {
    fn from(line: &GroundLine) -> Self {
        Self { ground: line.ground, basis: line.basis, proof: line.proof }
    }
}

#[derive(Serialize)]
struct ExemptJson<'a> {
    party: &'a str,
    name: &'a str,
    article: &'static str,
    proof: StepId,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    contested_by: &'a [String],
}

#[derive(Serialize)]
struct UndeterminedJson<'a> {
    party: &'a str,
    name: &'a str,
    grounds: &'a [&'static str],
    missing: &'a [Missing],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    contested_by: &'a [String],
}

#[derive(Serialize)]
struct ContestedJson<'a> {
    party: &'a str,
    name: &'a str,
    contested_by: &'a [String],
}

impl RegisterReport<'_> {
    fn entries(&self, page: &mut Page, heading: &str, entries: &[&Entry]) {
        let (context, lang) = (self.context, self.context.lang);
        let steps: FxHashMap<StepId, &Step> = self.register.proofs.iter().map(|step| (step.id, step)).collect();
        let sentences = Sentences {
            facts: context.facts,
            pack: context.pack(),
            names: context.names,
            subject: context.id(context.question.subject),
            lang,
        };
        let mut grid = Grid::new(lang.pick(
            ["编号", "名称", "类型", "条款", "依据", "状态", "争议解释"],
            ["id", "name", "kind", "article", "why", "footing", "contested by"],
        ))
        .unwrapped([0, 3]);
        for entry in entries {
            for (i, line) in entry.grounds.iter().enumerate() {
                let first = |text: String| if i == 0 { text } else { String::new() };
                grid.push(vec![
                    first(context.id(entry.party).to_owned()),
                    first(context.name(entry.party).to_owned()),
                    first(context.kind(entry.party)),
                    line.ground.to_owned(),
                    reason(&sentences, &steps, line.proof),
                    words::basis(line.basis, lang),
                    first(entry.contested_by.join(lang.pick("、", ", "))),
                ]);
            }
        }
        let count = entries.len();
        page.table(lang.pick(format!("{heading}（{count}）"), format!("{heading} ({count})")), grid);
    }

    fn rest(&self, page: &mut Page) {
        let (context, register, lang) = (self.context, self.register, self.context.lang);
        let comma = lang.pick("、", ", ");
        let mut grid = Grid::new(lang.pick(["主体", "条款", "争议解释"], ["party", "article", "contested by"]));
        for entry in &register.exempt {
            grid.push(vec![context.in_full(entry.party), article("6", lang), entry.contested_by.join(comma)]);
        }
        page.table(lang.pick("豁免", "Exempt"), grid);
        let mut grid = Grid::new(lang.pick(
            ["主体", "可能适用", "取决于", "争议解释"],
            ["party", "may fall under", "depends on", "contested by"],
        ));
        for entry in &register.undetermined {
            let missing: Vec<String> = entry.missing.iter().map(|cell| words::missing(cell, lang)).collect();
            let grounds: Vec<String> = entry.grounds.iter().map(|ground| article(ground, lang)).collect();
            grid.push(vec![
                context.in_full(entry.party),
                grounds.join(comma),
                missing.join(lang.pick("、", ", ")),
                entry.contested_by.join(comma),
            ]);
        }
        page.table(lang.pick("无法确定", "Undetermined"), grid);
        let mut grid = Grid::new(lang.pick(["主体", "争议解释"], ["party", "contested by"]));
        for entry in &register.contested {
            grid.push(vec![context.in_full(entry.party), entry.contested_by.join(comma)]);
        }
        page.table(
            lang.pick("未列入，但另一种解释下结论不同", "Outside the register, but not under another reading"),
            grid,
        );
        let remarks: Vec<String> =
            self.remarks.iter().map(|remark| remark_text(remark, context.names, context.facts, lang)).collect();
        if !remarks.is_empty() {
            page.heading(lang.pick("提示", "Remarks"));
            page.list(remarks);
        }
    }
}

/// The reason of a ground for a table; of a deemed one, that of the ground it is deemed by.
fn reason(sentences: &Sentences<'_>, steps: &FxHashMap<StepId, &Step>, id: StepId) -> String {
    let Some(step) = steps.get(&id) else { return String::new() };
    let premises: Vec<&Step> = step.premises.iter().filter_map(|id| steps.get(id).copied()).collect();
    if let Some(reason) = sentences.reason(step, &premises) {
        return reason;
    }
    let Some(held) = premises.first() else { return String::new() };
    let below: Vec<&Step> = held.premises.iter().filter_map(|id| steps.get(id).copied()).collect();
    sentences.reason(held, &below).unwrap_or_default()
}

impl Answer for RegisterReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("关联人名录", "related-party register");
        let is_person = |party: PartyId| context.facts.party(party).is_person();
        let (persons, organisations): (Vec<&Entry>, Vec<&Entry>) =
            self.register.related.iter().partition(|entry| is_person(entry.party));
        if self.register.related.is_empty() {
            page.text(lang.pick("没有关联人。", "No party is related."));
        }
        self.entries(&mut page, lang.pick("关联法人（或者其他组织）", "Related organisations"), &organisations);
        self.entries(&mut page, lang.pick("关联自然人", "Related natural persons"), &persons);
        self.rest(&mut page);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "party",
            "name",
            "kind",
            "category",
            "ground",
            "basis",
            "last_day",
            "expires",
            "begins",
            "contested_by",
        ]);
        for entry in &self.register.related {
            let party = self.context.facts.party(entry.party);
            for line in &entry.grounds {
                let [last_day, expires, begins] = words::basis_days(line.basis);
                grid.push(vec![
                    party.id.clone(),
                    party.name.clone(),
                    party.kind.code().to_owned(),
                    words::category(party.kind).to_owned(),
                    line.ground.to_owned(),
                    line.basis.code().to_owned(),
                    last_day,
                    expires,
                    begins,
                    entry.contested_by.join(";"),
                ]);
            }
        }
        grid
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (context, register) = (self.context, self.register);
        let document = Document {
            header: context.header("relata.register/1"),
            related: register
                .related
                .iter()
                .map(|entry| {
                    let party = context.facts.party(entry.party);
                    RelatedJson {
                        party: &party.id,
                        name: &party.name,
                        kind: party.kind,
                        category: words::category(party.kind),
                        grounds: entry.grounds.iter().map(GroundJson::from).collect(),
                        contested_by: &entry.contested_by,
                    }
                })
                .collect(),
            exempt: register
                .exempt
                .iter()
                .map(|entry| ExemptJson {
                    party: context.id(entry.party),
                    name: context.name(entry.party),
                    article: "6",
                    proof: entry.proof,
                    contested_by: &entry.contested_by,
                })
                .collect(),
            undetermined: register
                .undetermined
                .iter()
                .map(|entry| UndeterminedJson {
                    party: context.id(entry.party),
                    name: context.name(entry.party),
                    grounds: &entry.grounds,
                    missing: &entry.missing,
                    contested_by: &entry.contested_by,
                })
                .collect(),
            contested: register
                .contested
                .iter()
                .map(|entry| ContestedJson {
                    party: context.id(entry.party),
                    name: context.name(entry.party),
                    contested_by: &entry.contested_by,
                })
                .collect(),
            controlling_persons: register.controlling_persons.iter().map(|party| context.id(*party)).collect(),
            warnings: super::remarks::json(self.remarks, context.facts),
            proofs: &register.proofs,
        };
        forms::json(&document, out)
    }
}
