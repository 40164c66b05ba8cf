//! The form in which related parties are filed, 关联人填报表 (`relata.filing/1`).

use super::beside::NamedGrid;
use super::check::titled;
use super::header::Header;
use super::register::GroundJson;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::{Amount, Lang, PartyId, PartyKind, RowRef, Table};
use crate::proof::brief::Brief;
use crate::proof::words as proof_words;
use crate::proof::{StepId, find, rows};
use crate::register::{Entry, FiledParty, Filing, Layer, Register, Verdict};
use serde::{Serialize, Serializer};
use std::io;

/// The form for every related party of a register.
pub struct FilingReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The register.
    pub register: &'a Register,
    /// The layers of its related parties, in its order.
    pub filing: &'a Filing,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    identifiers: &'static str,
    parties: Vec<PartyJson<'a>>,
    missing_identifiers: Vec<&'a str>,
    undetermined: Vec<&'a str>,
    proofs: &'a [crate::proof::Step],
}

#[derive(Serialize)]
struct PartyJson<'a> {
    party: &'a str,
    name: &'a str,
    kind: PartyKind,
    category: &'static str,
    /// `null` where it is missing.
    identifier: Option<String>,
    verdict: Verdict,
    grounds: Vec<GroundJson>,
    layers: Vec<LayerJson<'a>>,
}

#[derive(Serialize)]
struct LayerJson<'a> {
    layer: u32,
    tie: &'static str,
    holder: &'a str,
    holder_name: &'a str,
    held: &'a str,
    held_name: &'a str,
    #[serde(flatten)]
    how: How<'a>,
    row: RowRef,
}

/// How much, or by what: what the row says, as far as it says anything.
#[derive(Default, Serialize)]
struct How<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<AmountJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<AmountJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    control: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    principal: Option<&'a str>,
}

/// A share as text where it is known, else its bounds, or `null` where neither is.
struct AmountJson(Amount);

#[derive(Serialize)]
struct BoundsJson {
    least: String,
    greatest: String,
}

impl Serialize for AmountJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Amount::Exact(value) => value.serialize(serializer),
            Amount::Range(least, greatest) => {
                BoundsJson { least: least.exact(), greatest: greatest.exact() }.serialize(serializer)
            }
            Amount::Unknown => serializer.serialize_none(),
        }
    }
}

fn tie(layer: &Layer) -> &'static str {
    match layer.row.table {
        Table::Controls => "control",
        Table::Proxies => "proxy",
        _ => "holding",
    }
}

impl FilingReport<'_> {
    /// The related parties with their layers.
    fn parties(&self) -> impl Iterator<Item = (&Entry, &FiledParty)> {
        self.register.related.iter().zip(&self.filing.parties)
    }

    fn brief(&self) -> Brief<'_> {
        let context = self.context;
        let subject = context.id(context.question.subject);
        Brief::new(context.facts, context.names, subject, context.lang, &self.register.proofs)
    }

    /// The identifier, or that it is missing.
    fn identifier(&self, party: PartyId) -> String {
        self.context.identifier(party).unwrap_or_else(|| self.context.lang.pick("缺", "missing").to_owned())
    }

    /// What the relation to the company is: each ground with its reason, and whom it leads through.
    fn relation(&self, entry: &Entry, brief: &Brief<'_>) -> String {
        let lang = self.context.lang;
        let lines = entry.grounds.iter().map(|line| {
            let (title, footing) = (titled(line.ground, self.context), words::basis(line.basis, lang));
            let reason = [brief.reason(line.proof)].into_iter().chain(self.through(line.proof, brief));
            let reason = reason.collect::<Vec<_>>().join(lang.pick("；", "; "));
            lang.pick(format!("{title}（{footing}）：{reason}"), format!("{title} ({footing}): {reason}"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Of a ground that rests on somebody else's: theirs, and so on to the company; of several ways the first.
    fn through(&self, proof: StepId, brief: &Brief<'_>) -> Vec<String> {
        let lang = self.context.lang;
        let steps = &self.register.proofs;
        let mut reasons = Vec::new();
        let mut step = find(steps, proof);
        while let Some(next) = step.and_then(|step| step.premises.first()).and_then(|id| find(steps, *id)) {
            let Some((party, _)) = next.ground() else { break };
            // The ground behind a deemed one is the same line, told already.
            if step.is_none_or(|step| step.rule != "8.1") {
                let (who, why) = (self.context.names.of(party), brief.reason(next.id));
                reasons.push(lang.pick(format!("{who}：{why}"), format!("{who}: {why}")));
            }
            step = Some(next);
        }
        reasons
    }

    fn how(&self, layer: &Layer) -> How<'_> {
        let (facts, at) = (self.context.facts, layer.row.index());
        let how = match layer.row.table {
            Table::Holdings => facts.holdings().get(at).map(|row| How {
                percent: Some(AmountJson(row.percent)),
                votes: row.votes_percent.map(AmountJson),
                ..How::default()
            }),
            Table::Controls => facts.controls().get(at).map(|row| How {
                control: row.basis.map(crate::facts::ControlBasis::code),
                joint: row.joint,
                ..How::default()
            }),
            Table::Proxies => facts.proxies().get(at).map(|row| How {
                votes: row.votes_percent.map(AmountJson),
                principal: Some(self.context.id(row.principal)),
                ..How::default()
            }),
            _ => None,
        };
        how.unwrap_or_default()
    }

    /// `持股60%`, `控制：协议`, `受青蕨委托行使全部表决权`.
    fn how_text(&self, layer: &Layer) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let (facts, at) = (context.facts, layer.row.index());
        let text = match layer.row.table {
            Table::Holdings => facts.holdings().get(at).map(|row| {
                let share = rows::amount(&row.percent, lang);
                match row.votes_percent.map(|votes| rows::amount(&votes, lang)) {
                    None => lang.pick(format!("持股{share}"), format!("holds {share}")),
                    Some(votes) => {
                        lang.pick(format!("持股{share}（表决权{votes}）"), format!("holds {share} (votes: {votes})"))
                    }
                }
            }),
            Table::Controls => facts.controls().get(at).map(|row| {
                let how = proof_words::control_basis(row.basis, lang);
                let joint = if row.joint.is_some() { lang.pick("共同", "jointly ") } else { "" };
                lang.pick(format!("{joint}控制：{how}"), format!("{joint}controls {how}"))
            }),
            Table::Proxies => facts.proxies().get(at).map(|row| {
                let principal = context.names.of(context.id(row.principal));
                match row.votes_percent.map(|votes| rows::amount(&votes, lang)) {
                    None => lang.pick(
                        format!("受{principal}委托行使其全部表决权"),
                        format!("votes all shares of {principal} by proxy"),
                    ),
                    Some(votes) => lang.pick(
                        format!("受{principal}委托行使{votes}的表决权"),
                        format!("votes {votes} for {principal} by proxy"),
                    ),
                }
            }),
            _ => None,
        };
        text.unwrap_or_default()
    }

    fn table(&self, page: &mut Page, heading: &str, columns: [&str; 4], persons: bool) {
        let (context, brief) = (self.context, self.brief());
        let mut grid = Grid::new(columns).unwrapped([0, 2]).narrow([(1, 30)]);
        for (entry, _) in self.parties().filter(|(entry, _)| context.facts.party(entry.party).is_person() == persons) {
            grid.push(vec![
                context.id(entry.party).to_owned(),
                context.name_beside_id(entry.party).to_owned(),
                self.identifier(entry.party),
                self.relation(entry, &brief),
            ]);
        }
        let count = grid.rows.len();
        page.table(context.lang.pick(format!("{heading}（{count}）"), format!("{heading} ({count})")), grid);
    }

    fn layers(&self, page: &mut Page) {
        let (context, lang) = (self.context, self.context.lang);
        let mut grid = Grid::new(lang.pick(
            ["关联人", "层次", "控制或者持有方", "被控制或者持有方", "方式", "期间", "数据"],
            ["related party", "layer", "holder", "held", "how", "when", "row"],
        ))
        .unwrapped([0, 1, 6])
        .repeated([0]);
        for (entry, filed) in self.parties() {
            for (i, layer) in filed.layers.iter().enumerate() {
                let period = context.facts.period(layer.row);
                grid.push(vec![
                    if i == 0 { context.id(entry.party).to_owned() } else { String::new() },
                    layer.layer.to_string(),
                    context.names.of(context.id(layer.holder)),
                    context.names.of(context.id(layer.held)),
                    self.how_text(layer),
                    period.map(|period| proof_words::period(&period, lang)).unwrap_or_default(),
                    proof_words::row(layer.row, lang),
                ]);
            }
        }
        let heading = lang.pick("各层次的直接控制或者持股", "Each layer of direct control or holding");
        page.table(heading, grid);
    }

    /// Related parties of whom no identifier is known.
    fn without_identifier(&self) -> Vec<PartyId> {
        let known = |party: PartyId| self.context.facts.party(party).identifier.is_some();
        self.register.related.iter().map(|entry| entry.party).filter(|party| !known(*party)).collect()
    }
}

impl Answer for FilingReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("关联人填报表", "filing of related parties");
        if !context.show_identifiers {
            page.text(lang.pick(
                "证件号码、组织机构代码已遮盖（--show-identifiers 显示全部）。",
                "Identifiers are masked (--show-identifiers shows them).",
            ));
        }
        if self.register.related.is_empty() {
            page.text(lang.pick("没有可以确定的关联人。", "No party is related for certain."));
        }
        self.table(
            &mut page,
            lang.pick("关联法人（或者其他组织）", "Related organisations"),
            lang.pick(["编号", "名称", "组织机构代码", "关联关系"], ["id", "name", "organisation code", "relation"]),
            false,
        );
        self.table(
            &mut page,
            lang.pick("关联自然人", "Related natural persons"),
            lang.pick(["编号", "姓名", "身份证件号码", "关联关系"], ["id", "name", "identity number", "relation"]),
            true,
        );
        self.layers(&mut page);
        let missing: Vec<String> = self.without_identifier().into_iter().map(|party| context.in_full(party)).collect();
        if !missing.is_empty() {
            let count = missing.len();
            page.heading(lang.pick(
                format!("缺证件号码或者组织机构代码，须补全（{count}）"),
                format!("Identifier missing, to be supplied ({count})"),
            ));
            page.text(missing.join(lang.pick("、", ", ")));
        }
        let open: Vec<String> = self.register.undetermined.iter().map(|entry| context.in_full(entry.party)).collect();
        if !open.is_empty() {
            let count = open.len();
            page.heading(lang.pick(
                format!("是否为关联人无法确定，未列入（{count}）"),
                format!("Undetermined whether related, and not filed ({count})"),
            ));
            page.text(open.join(lang.pick("、", ", ")));
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "party",
            "name",
            "kind",
            "category",
            "identifier",
            "grounds",
            "bases",
            "relation",
            "layer",
            "tie",
            "holder",
            "held",
            "how",
            "row",
        ]);
        let brief = self.brief();
        for (entry, filed) in self.parties() {
            let party = self.context.facts.party(entry.party);
            let grounds = |text: &dyn Fn(&crate::register::GroundLine) -> &'static str| {
                entry.grounds.iter().map(text).collect::<Vec<_>>().join(";")
            };
            let head = [
                party.id.to_owned(),
                party.name.to_owned(),
                party.kind.code().to_owned(),
                words::category(party.kind).to_owned(),
                self.identifier(entry.party),
                grounds(&|line| line.ground),
                grounds(&|line| line.basis.code()),
                self.relation(entry, &brief),
            ];
            let mut push = |tail: [String; 6]| grid.push(head.iter().cloned().chain(tail).collect());
            for layer in &filed.layers {
                push([
                    layer.layer.to_string(),
                    tie(layer).to_owned(),
                    self.context.id(layer.holder).to_owned(),
                    self.context.id(layer.held).to_owned(),
                    self.how_text(layer),
                    proof_words::row(layer.row, Lang::En),
                ]);
            }
            if filed.layers.is_empty() {
                push(Default::default());
            }
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let context = self.context;
        let layer = |layer: &Layer| LayerJson {
            layer: layer.layer,
            tie: tie(layer),
            holder: context.id(layer.holder),
            holder_name: context.name(layer.holder),
            held: context.id(layer.held),
            held_name: context.name(layer.held),
            how: self.how(layer),
            row: layer.row,
        };
        let document = Document {
            header: context.header("relata.filing/1"),
            identifiers: if context.show_identifiers { "shown" } else { "masked" },
            parties: self
                .parties()
                .map(|(entry, filed)| PartyJson {
                    party: context.id(entry.party),
                    name: context.name(entry.party),
                    kind: context.facts.kind(entry.party),
                    category: words::category(context.facts.kind(entry.party)),
                    identifier: context.identifier(entry.party),
                    verdict: Verdict::Related,
                    grounds: entry.grounds.iter().map(GroundJson::from).collect(),
                    layers: filed.layers.iter().map(layer).collect(),
                })
                .collect(),
            missing_identifiers: self.without_identifier().into_iter().map(|party| context.id(party)).collect(),
            undetermined: self.register.undetermined.iter().map(|entry| context.id(entry.party)).collect(),
            proofs: &self.register.proofs,
        };
        forms::json(&document, out)
    }
}
