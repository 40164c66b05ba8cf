//! From steps of proofs, or from rows alone, to parties and ties.

use super::super::rows::amount;
use super::super::words::{self, Names};
use super::super::{Conclusion, Step, StepId};
use super::{Chart, Tie, TieKind};
use crate::facts::{Effect, Facts, Lang, PartyId, Percent, RowRef, Table};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The rows of each concert group that is drawn, by label and by member.
type Groups = BTreeMap<String, BTreeMap<PartyId, Vec<RowRef>>>;

impl<'a> Chart<'a> {
    /// Draws everything the steps `roots` rest on: the chain of one party, of a group, or of a whole register.
    /// O(steps · log).
    #[must_use]
    pub fn new(
        facts: &'a Facts,
        names: &'a Names<'a>,
        subject: &'a str,
        lang: Lang,
        steps: &[Step],
        roots: &[StepId],
    ) -> Self {
        let mut chart = Self::of_steps(facts, names, subject, lang, steps, roots);
        chart.show(subject);
        chart
    }

    /// The same without the subject where no step names it: a group that has nothing to do with it.
    #[must_use]
    pub fn of_steps(
        facts: &'a Facts,
        names: &'a Names<'a>,
        subject: &'a str,
        lang: Lang,
        steps: &[Step],
        roots: &[StepId],
    ) -> Self {
        let by_id: FxHashMap<StepId, &Step> = steps.iter().map(|step| (step.id, step)).collect();
        let mut chart = Self::empty(facts, names, subject, lang);
        let (mut pending, mut seen) = (roots.to_vec(), FxHashSet::default());
        let mut groups = Groups::new();
        while let Some(id) = pending.pop() {
            let Some(step) = by_id.get(&id).filter(|step| seen.insert(step.id)) else {
                continue;
            };
            chart.conclusion(step);
            for row in &step.facts {
                chart.row(*row, &mut groups);
            }
            pending.extend(&step.premises);
        }
        // Members of one group form a line, each tied to the next, so that a large group stays readable.
        for (group, members) in &groups {
            for ((a, a_rows), (b, b_rows)) in members.iter().zip(members.iter().skip(1)) {
                chart.in_concert(group, (*a, a_rows), (*b, b_rows));
            }
        }
        chart
    }

    /// Draws rows around one party, as they stand: each tie of its own, and one to each member of its concert groups.
    /// A row that is not in force for certain says so on its line. The subject stands in the drawing only where a row names it; findings that there is no control are no ties.
    #[must_use]
    pub fn around(
        facts: &'a Facts,
        names: &'a Names<'a>,
        subject: &'a str,
        lang: Lang,
        party: PartyId,
        rows: &[(RowRef, bool)],
    ) -> Self {
        let mut chart = Self::empty(facts, names, subject, lang);
        chart.party(facts.id(party));
        let mut groups = Groups::new();
        for (row, certain) in rows {
            chart.unsure = !certain;
            chart.row(*row, &mut groups);
        }
        chart.unsure = false;
        for (group, members) in &groups {
            let Some(own) = members.get(&party) else { continue };
            for (member, rows) in members.iter().filter(|(member, _)| **member != party) {
                chart.in_concert(group, (party, own), (*member, rows));
            }
        }
        chart
    }

    fn empty(facts: &'a Facts, names: &'a Names<'a>, subject: &'a str, lang: Lang) -> Self {
        Self { facts, names, subject, lang, parties: BTreeMap::new(), ties: BTreeMap::new(), unsure: false }
    }

    fn conclusion(&mut self, step: &Step) {
        match &step.conclusion {
            Conclusion::Ground { party, ground, .. } | Conclusion::Deemed { party, ground, .. } => {
                self.party(party).grounds.insert(ground.clone());
            }
            Conclusion::Exempt { party, .. } => self.party(party).exempt = true,
            // A declared control is drawn from its row, which says how it works, a chain from its links.
            Conclusion::Controls { controller, controlled, votes: Some(votes), .. } => {
                let label = self.control_label(&step.rule, votes);
                self.tie(controller, controlled, TieKind::Control, label, &step.facts);
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

    fn row(&mut self, row: RowRef, groups: &mut Groups) {
        let (facts, lang, i) = (self.facts, self.lang, row.index());
        match row.table {
            Table::Holdings => {
                if let Some(r) = facts.holdings().get(i) {
                    self.between(r.holder, r.company, TieKind::Holding, amount(&r.percent, lang), row);
                }
            }
            Table::Proxies => {
                if let Some(r) = facts.proxies().get(i) {
                    let share = r.votes_percent.as_ref().map(|votes| amount(votes, lang));
                    let share = share.unwrap_or_else(|| lang.pick("全部", "all").to_owned());
                    let company = self.names.of(facts.id(r.company));
                    let label = lang
                        .pick(format!("表决权委托：{company}{share}"), format!("proxy: {share} of votes in {company}"));
                    self.between(r.principal, r.agent, TieKind::Proxy, label, row);
                }
            }
            Table::Controls => {
                if let Some(r) = facts.controls().get(i).filter(|r| r.effect == Effect::Asserts) {
                    let how = words::control_basis(r.basis, lang);
                    let label = lang.pick(format!("控制：{how}"), format!("controls {how}"));
                    let joint = lang.pick("（共同控制）", " (jointly)");
                    let label = if r.joint.is_some() { label + joint } else { label };
                    self.between(r.controller, r.controlled, TieKind::Control, label, row);
                }
            }
            Table::Concert => {
                if let Some(r) = facts.concert().get(i) {
                    groups.entry(r.group.to_owned()).or_default().entry(r.member).or_default().push(row);
                }
            }
            Table::Positions => {
                if let Some(r) = facts.positions().get(i) {
                    self.between(r.person, r.organisation, TieKind::Post, words::role(r.role, lang), row);
                }
            }
            Table::Kinships => {
                if let Some(r) = facts.kinships().get(i) {
                    let relation = words::relation(r.relation, lang);
                    // The line is read from the relative to the person: "spouse of".
                    let label = lang.pick(relation.clone(), format!("{relation} of"));
                    self.between(r.relative, r.person, TieKind::Family, label, row);
                }
            }
            Table::Designations => {
                if let Some(r) = facts.designations().get(i) {
                    let by = lang.pick(r.authority.zh(), r.authority.code());
                    let label = lang.pick(format!("{by}认定"), format!("designated by {by}"));
                    let (party, subject) = (facts.id(r.party).to_owned(), self.subject);
                    self.tie(&party, subject, TieKind::Designation, label, &[row]);
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

    fn in_concert(&mut self, group: &str, a: (PartyId, &Vec<RowRef>), b: (PartyId, &Vec<RowRef>)) {
        let label = self.lang.pick(format!("一致行动（{group}）"), format!("in concert ({group})"));
        let rows: Vec<RowRef> = a.1.iter().chain(b.1).copied().collect();
        let (a, b) = (self.facts.id(a.0).to_owned(), self.facts.id(b.0).to_owned());
        self.tie(&a, &b, TieKind::Concert, label, &rows);
    }

    fn between(&mut self, from: PartyId, to: PartyId, kind: TieKind, label: String, row: RowRef) {
        let facts = self.facts;
        self.tie(facts.id(from), facts.id(to), kind, label, &[row]);
    }

    fn tie(&mut self, from: &str, to: &str, kind: TieKind, label: String, rows: &[RowRef]) {
        self.party(from);
        self.party(to);
        let unsure = if self.unsure { self.lang.pick("（是否有效不详）", " (days not known)") } else { "" };
        let label = label + unsure;
        let tie = Tie { from: from.to_owned(), to: to.to_owned(), kind, label };
        self.ties.entry(tie).or_default().extend(rows);
    }
}
