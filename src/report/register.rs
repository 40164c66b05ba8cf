//! The register in every form (`relata.register/1`).

use super::beside::{Chain, NamedGrid};
use super::header::Header;
use super::{Answer, Context, Grid, Page, forms, remark_text, words};
use crate::facts::{PartyId, PartyKind};
use crate::law::Basis;
use crate::proof::brief::Brief;
use crate::proof::{Step, StepId};
use crate::register::{Entry, GroundLine, Missing, Register, Remark, Verdict};
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
        let subject = context.id(context.question.subject);
        let brief = Brief::new(context.facts, context.names, subject, lang, &self.register.proofs);
        let mut grid =
            Grid::new(lang.pick(["编号", "名称", "条款", "事由", "状态"], ["id", "name", "article", "why", "footing"]))
                .unwrapped([0, 2])
                .narrow([(1, 30), (4, 24)])
                .repeated([0, 1]);
        for entry in entries {
            for (i, line) in entry.grounds.iter().enumerate() {
                let first = |text: String| if i == 0 { text } else { String::new() };
                grid.push(vec![
                    first(context.id(entry.party).to_owned()),
                    first(context.name_beside_id(entry.party).to_owned()),
                    line.ground.to_owned(),
                    brief.reason(line.proof),
                    words::basis(line.basis, lang),
                ]);
            }
        }
        let count = entries.len();
        page.table(lang.pick(format!("{heading}（{count}）"), format!("{heading} ({count})")), grid);
    }

    fn rest(&self, page: &mut Page) {
        let (context, register, lang) = (self.context, self.register, self.context.lang);
        let comma = lang.pick("、", ", ");
        let brief =
            Brief::new(context.facts, context.names, context.id(context.question.subject), lang, &register.proofs);
        let mut grid = Grid::new(lang.pick(["编号", "名称", "条款", "事由"], ["id", "name", "article", "why"]))
            .unwrapped([0, 2])
            .narrow([(1, 32)]);
        for entry in &register.exempt {
            let party = entry.party;
            grid.push(vec![
                context.id(party).to_owned(),
                context.name_beside_id(party).to_owned(),
                "6".to_owned(),
                brief.reason(entry.proof),
            ]);
        }
        let count = register.exempt.len();
        page.table(lang.pick(format!("豁免（{count}）"), format!("Exempt ({count})")), grid);
        let mut grid = Grid::new(
            lang.pick(["编号", "名称", "可能适用", "取决于"], ["id", "name", "may fall under", "depends on"]),
        )
        .unwrapped([0])
        .narrow([(1, 32)]);
        for entry in &register.undetermined {
            let missing: Vec<String> = entry.missing.iter().map(|cell| words::missing(cell, lang)).collect();
            grid.push(vec![
                context.id(entry.party).to_owned(),
                context.name_beside_id(entry.party).to_owned(),
                entry.grounds.join(comma),
                missing.join(comma),
            ]);
        }
        let count = register.undetermined.len();
        page.table(lang.pick(format!("无法确定（{count}）"), format!("Undetermined ({count})")), grid);
        self.contested(page);
        let remarks: Vec<String> =
            self.remarks.iter().map(|remark| remark_text(remark, context.names, context.facts, lang)).collect();
        if !remarks.is_empty() {
            page.heading(lang.pick("提示", "Remarks"));
            page.list(remarks);
        }
    }

    /// Everybody whose verdict another reading would change, whatever it is now.
    fn contested(&self, page: &mut Page) {
        let (context, register, lang) = (self.context, self.register, self.context.lang);
        let comma = lang.pick("、", ", ");
        let mut found: Vec<(PartyId, Verdict, &[String])> = Vec::new();
        found.extend(register.related.iter().map(|e| (e.party, Verdict::Related, &e.contested_by[..])));
        found.extend(register.exempt.iter().map(|e| (e.party, Verdict::NotRelated, &e.contested_by[..])));
        found.extend(register.undetermined.iter().map(|e| (e.party, Verdict::Undetermined, &e.contested_by[..])));
        found.extend(register.contested.iter().map(|e| (e.party, Verdict::NotRelated, &e.contested_by[..])));
        found.retain(|(_, _, switches)| !switches.is_empty());
        found.sort_by_key(|(party, ..)| context.id(*party));
        let mut grid =
            Grid::new(lang.pick(["编号", "名称", "现结论", "解释开关"], ["id", "name", "verdict now", "switches"]))
                .unwrapped([0, 2])
                .narrow([(1, 32)]);
        for (party, verdict, switches) in found {
            grid.push(vec![
                context.id(party).to_owned(),
                context.name_beside_id(party).to_owned(),
                words::verdict(verdict, lang).to_owned(),
                switches.join(comma),
            ]);
        }
        let count = grid.rows.len();
        page.table(
            lang.pick(
                format!("换一种解释结论即不同（{count}）"),
                format!("Another reading would change the verdict ({count})"),
            ),
            grid,
        );
    }
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
                    party.id.to_owned(),
                    party.name.to_owned(),
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

    fn beside(&self) -> Vec<NamedGrid> {
        let steps = &self.register.proofs;
        let chain = |party, ground, basis, proof| Chain { of: None, party, ground, basis, proof, steps };
        let related = self.register.related.iter().flat_map(|entry| {
            entry.grounds.iter().map(move |line| chain(entry.party, line.ground, Some(line.basis), line.proof))
        });
        let exempt = self.register.exempt.iter().map(|entry| chain(entry.party, "6", None, entry.proof));
        let chains: Vec<Chain> = related.chain(exempt).collect();
        self.context.beside_chains(&chains)
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        forms::json(&self.document(), out)
    }
}

impl RegisterReport<'_> {
    /// The JSON on a single line.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn json_line(&self, out: &mut dyn io::Write) -> io::Result<()> {
        forms::json_line(&self.document(), out)
    }

    fn document(&self) -> Document<'_> {
        let (context, register) = (self.context, self.register);
        Document {
            header: context.header("relata.register/1"),
            related: register
                .related
                .iter()
                .map(|entry| {
                    let party = context.facts.party(entry.party);
                    RelatedJson {
                        party: party.id,
                        name: party.name,
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
        }
    }
}
