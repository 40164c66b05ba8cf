//! The chain of a proof as a drawing, in Graphviz DOT or Mermaid: parties with their names and the grounds shown,
//! ties with share, role, relation or group. Kinds of tie differ by line and label, never by colour alone.

use super::rows::amount;
use super::words::{self, Names};
use super::{Conclusion, Step, StepId};
use crate::facts::{Facts, Lang, PartyId, PartyKind, Percent, RowRef, Table};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a line of the drawing stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TieKind {
    Holding,
    Proxy,
    Control,
    Concert,
    Post,
    Family,
    Designation,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Tie {
    from: String,
    to: String,
    kind: TieKind,
    label: String,
}

/// Parties and ties of a proof, ready to be drawn.
pub struct Chart<'a> {
    facts: &'a Facts,
    names: &'a Names<'a>,
    subject: &'a str,
    lang: Lang,
    /// Party ids with the grounds the proof shows for them.
    parties: BTreeMap<String, BTreeSet<String>>,
    ties: BTreeSet<Tie>,
}

impl<'a> Chart<'a> {
    /// Draws everything the steps `roots` rest on.
    #[must_use]
    pub fn new(
        facts: &'a Facts,
        names: &'a Names<'a>,
        subject: &'a str,
        lang: Lang,
        steps: &[Step],
        roots: &[StepId],
    ) -> Self {
        let by_id: FxHashMap<StepId, &Step> = steps.iter().map(|step| (step.id, step)).collect();
        let mut chart = Self { facts, names, subject, lang, parties: BTreeMap::new(), ties: BTreeSet::new() };
        chart.parties.insert(subject.to_owned(), BTreeSet::new());
        let (mut pending, mut seen) = (roots.to_vec(), FxHashSet::default());
        let mut concert: BTreeMap<String, BTreeSet<PartyId>> = BTreeMap::new();
        while let Some(id) = pending.pop() {
            let Some(step) = by_id.get(&id).filter(|step| seen.insert(step.id)) else {
                continue;
            };
            chart.conclusion(step);
            for row in &step.facts {
                chart.row(*row, &mut concert);
            }
            pending.extend(&step.premises);
        }
        chart.concert(&concert);
        chart
    }

    /// Draws a party even where no step names it.
    pub fn show(&mut self, party: &str) {
        self.party(party);
    }

    fn conclusion(&mut self, step: &Step) {
        match &step.conclusion {
            Conclusion::Ground { party, ground, .. } | Conclusion::Deemed { party, ground, .. } => {
                self.party(party).insert(ground.clone());
            }
            Conclusion::Exempt { party, .. } => {
                let exempt = self.lang.pick("6 豁免", "6 exempt").to_owned();
                self.party(party).insert(exempt);
            }
            // A declared control is drawn from its row, which says how it works, a chain from its links.
            Conclusion::Controls { controller, controlled, votes: Some(votes), .. } => {
                let label = self.control_label(&step.rule, votes);
                self.tie(controller, controlled, TieKind::Control, label);
            }
            _ => {}
        }
    }

    fn control_label(&self, rule: &str, votes: &Percent) -> String {
        let presumed = rule == "control.presumption";
        match (self.lang, presumed) {
            (Lang::Zh, false) => format!("控制：表决权{votes}%"),
            (Lang::Zh, true) => format!("推定控制：表决权{votes}%"),
            (Lang::En, false) => format!("controls: {votes} % of votes"),
            (Lang::En, true) => format!("presumed control: {votes} % of votes"),
        }
    }

    fn row(&mut self, row: RowRef, concert: &mut BTreeMap<String, BTreeSet<PartyId>>) {
        let (facts, lang, i) = (self.facts, self.lang, row.index());
        match row.table {
            Table::Holdings => {
                if let Some(r) = facts.holdings().get(i) {
                    self.between(r.holder, r.company, TieKind::Holding, amount(&r.percent, lang));
                }
            }
            Table::Proxies => {
                if let Some(r) = facts.proxies().get(i) {
                    let share = r.votes_percent.as_ref().map(|votes| amount(votes, lang));
                    let share = share.unwrap_or_else(|| lang.pick("全部", "all").to_owned());
                    let company = self.names.of(facts.id(r.company));
                    let label = lang
                        .pick(format!("表决权委托：{company}{share}"), format!("proxy: {share} of votes in {company}"));
                    self.between(r.principal, r.agent, TieKind::Proxy, label);
                }
            }
            Table::Controls => {
                if let Some(r) = facts.controls().get(i) {
                    let how = words::control_basis(r.basis, lang);
                    let label = lang.pick(format!("控制：{how}"), format!("controls {how}"));
                    let joint = lang.pick("（共同控制）", " (jointly)");
                    let label = if r.joint.is_some() { label + joint } else { label };
                    self.between(r.controller, r.controlled, TieKind::Control, label);
                }
            }
            Table::Concert => {
                if let Some(r) = facts.concert().get(i) {
                    concert.entry(r.group.to_owned()).or_default().insert(r.member);
                }
            }
            Table::Positions => {
                if let Some(r) = facts.positions().get(i) {
                    self.between(r.person, r.organisation, TieKind::Post, words::role(r.role, lang));
                }
            }
            Table::Kinships => {
                if let Some(r) = facts.kinships().get(i) {
                    let relation = words::relation(r.relation, lang);
                    // The line is read from the relative to the person: "spouse of".
                    let label = lang.pick(relation.clone(), format!("{relation} of"));
                    self.between(r.relative, r.person, TieKind::Family, label);
                }
            }
            Table::Designations => {
                if let Some(r) = facts.designations().get(i) {
                    let by = lang.pick(r.authority.zh(), r.authority.code());
                    let label = lang.pick(format!("{by}认定"), format!("designated by {by}"));
                    let (party, subject) = (facts.id(r.party).to_owned(), self.subject);
                    self.tie(&party, subject, TieKind::Designation, label);
                }
            }
            Table::Parties
            | Table::VoteRestrictions
            | Table::Financials
            | Table::Transactions
            | Table::Forecasts
            | Table::Particulars
            | Table::Declarations
            | Table::Movements => {}
        }
    }

    /// Members of one group form a line, each tied to the next, so that a large group stays readable.
    fn concert(&mut self, groups: &BTreeMap<String, BTreeSet<PartyId>>) {
        for (group, members) in groups {
            let members: Vec<PartyId> = members.iter().copied().collect();
            for pair in members.windows(2) {
                if let [a, b] = pair {
                    let label = self.lang.pick(format!("一致行动（{group}）"), format!("in concert ({group})"));
                    self.between(*a, *b, TieKind::Concert, label);
                }
            }
        }
    }

    fn between(&mut self, from: PartyId, to: PartyId, kind: TieKind, label: String) {
        let facts = self.facts;
        self.tie(facts.id(from), facts.id(to), kind, label);
    }

    fn tie(&mut self, from: &str, to: &str, kind: TieKind, label: String) {
        self.party(from);
        self.party(to);
        self.ties.insert(Tie { from: from.to_owned(), to: to.to_owned(), kind, label });
    }

    fn party(&mut self, id: &str) -> &mut BTreeSet<String> {
        self.parties.entry(id.to_owned()).or_default()
    }

    fn kind(&self, id: &str) -> Option<PartyKind> {
        self.facts.party_id(id).map(|party| self.facts.kind(party))
    }

    /// The drawing in Graphviz DOT.
    #[must_use]
    pub fn dot(&self) -> String {
        let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "").replace('\n', "\\n");
        let mut text = String::from("digraph relata {\n  rankdir=TB;\n  node [shape=box];\n");
        for (id, grounds) in &self.parties {
            let shape = match self.kind(id) {
                Some(PartyKind::Person) => ", shape=ellipse",
                Some(PartyKind::StateBody) => ", shape=hexagon",
                Some(PartyKind::Partnership) => ", shape=component",
                _ => "",
            };
            let subject = if id == self.subject { ", peripheries=2" } else { "" };
            let label = quote(&self.names.of(id))
                + &grounds_label(grounds).map(|g| format!("\\n{}", quote(&g))).unwrap_or_default();
            let _ = writeln!(text, "  \"{}\" [label=\"{label}\"{shape}{subject}];", quote(id));
        }
        for tie in &self.ties {
            let style = match tie.kind {
                TieKind::Holding => "style=solid",
                TieKind::Control => "style=bold, penwidth=3",
                TieKind::Proxy => "style=solid, arrowhead=empty, arrowtail=odot, dir=both",
                TieKind::Concert => "style=solid, dir=none, color=\"black:invis:black\"",
                TieKind::Post => "style=dashed, arrowhead=open",
                TieKind::Family => "style=dotted, penwidth=2, dir=none",
                TieKind::Designation => "style=solid, arrowhead=diamond",
            };
            let (from, to, label) = (quote(&tie.from), quote(&tie.to), quote(&tie.label));
            let _ = writeln!(text, "  \"{from}\" -> \"{to}\" [label=\"{label}\", {style}];");
        }
        text.push_str("}\n");
        text
    }

    /// The drawing in Mermaid.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let quote = |text: &str| {
            let mut quoted = String::with_capacity(text.len());
            for letter in text.chars() {
                match letter {
                    '#' => quoted.push_str("#35;"),
                    '"' => quoted.push_str("#quot;"),
                    '<' => quoted.push_str("#lt;"),
                    '>' => quoted.push_str("#gt;"),
                    '&' => quoted.push_str("#amp;"),
                    '`' => quoted.push_str("#96;"),
                    '\n' | '\r' => quoted.push(' '),
                    _ => quoted.push(letter),
                }
            }
            quoted
        };
        let mut text = String::from("flowchart TB\n");
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, (id, grounds)) in self.parties.iter().enumerate() {
            numbers.insert(id, number);
            let label = quote(&self.names.of(id))
                + &grounds_label(grounds).map(|g| format!("<br/>{}", quote(&g))).unwrap_or_default();
            let (open, close) = match self.kind(id) {
                _ if id == self.subject => ("[[", "]]"),
                Some(PartyKind::Person) => ("([", "])"),
                Some(PartyKind::StateBody) => ("{{", "}}"),
                _ => ("[", "]"),
            };
            let _ = writeln!(text, "  p{number}{open}\"{label}\"{close}");
        }
        for tie in &self.ties {
            let line = match tie.kind {
                TieKind::Holding => "-->",
                TieKind::Control => "==>",
                TieKind::Proxy => "--o",
                TieKind::Concert => "o--o",
                TieKind::Post => "-.->",
                TieKind::Family => "-.-",
                TieKind::Designation => "--x",
            };
            if let (Some(from), Some(to)) = (numbers.get(tie.from.as_str()), numbers.get(tie.to.as_str())) {
                let _ = writeln!(text, "  p{from} {line}|\"{}\"| p{to}", quote(&tie.label));
            }
        }
        text
    }
}

fn grounds_label(grounds: &BTreeSet<String>) -> Option<String> {
    (!grounds.is_empty()).then(|| grounds.iter().map(String::as_str).collect::<Vec<_>>().join(" · "))
}
