//! A chart as data (`relata.chart/1`): parties and ties for whoever draws them.

use super::header::Header;
use super::picture::Picture;
use super::{Context, forms};
use crate::facts::{PartyId, PartyKind, RowRef};
use crate::proof::chart::{Chart, TieKind};
use crate::proof::{Step, StepId};
use crate::register::{Answers, Group, Groups, PartyAnswer, Register, Resolver, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;

/// A chart with what it shows.
pub struct ChartReport<'a> {
    context: &'a Context<'a>,
    title: String,
    chart: Chart<'a>,
    /// Parties of whom too little is known to draw a chain.
    undetermined: Vec<PartyId>,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    parties: Vec<PartyJson<'a>>,
    ties: Vec<TieJson<'a>>,
    undetermined: Vec<&'a str>,
}

#[derive(Serialize)]
struct PartyJson<'a> {
    party: &'a str,
    name: &'a str,
    kind: Option<PartyKind>,
    grounds: &'a BTreeSet<String>,
    exempt: bool,
    subject: bool,
}

#[derive(Serialize)]
struct TieJson<'a> {
    from: &'a str,
    to: &'a str,
    kind: TieKind,
    label: &'a str,
    rows: &'a BTreeSet<RowRef>,
}

impl<'a> ChartReport<'a> {
    fn drawn(context: &'a Context<'a>, steps: &[Step], roots: &[StepId]) -> Chart<'a> {
        let subject = context.id(context.question.subject);
        Chart::new(context.facts, context.names, subject, context.lang, steps, roots)
    }

    /// The whole register: all lines of all parties.
    #[must_use]
    pub fn register(context: &'a Context<'a>, register: &Register) -> Self {
        let lines = register.related.iter().flat_map(|entry| &entry.grounds).map(|line| line.proof);
        let roots: Vec<StepId> = lines.chain(register.exempt.iter().map(|entry| entry.proof)).collect();
        let title = context.lang.pick("关联人", "related parties").to_owned();
        let undetermined = register.undetermined.iter().map(|entry| entry.party).collect();
        Self { context, title, chart: Self::drawn(context, &register.proofs, &roots), undetermined }
    }

    /// The chain of one party, which is drawn even where nothing ties it to the company.
    #[must_use]
    pub fn party(context: &'a Context<'a>, answers: &Answers, answer: &PartyAnswer) -> Self {
        let roots: Vec<StepId> = answer.grounds.iter().map(|line| line.proof).chain(answer.exempt).collect();
        let mut chart = Self::drawn(context, &answers.proofs, &roots);
        chart.show(context.id(answer.party));
        let name = context.in_full(answer.party);
        let title = context.lang.pick(format!("与{name}的关联关系"), format!("how {name} is related"));
        let undetermined = (answer.verdict == Verdict::Undetermined).then_some(answer.party).into_iter().collect();
        Self { context, title, chart, undetermined }
    }

    /// The direct ties of a party on the day asked about, of every kind.
    #[must_use]
    pub fn around(context: &'a Context<'a>, resolver: &Resolver, party: PartyId) -> Self {
        let subject = context.id(context.question.subject);
        let rows = resolver.ties_of(context.question, party);
        let chart = Chart::around(context.facts, context.names, subject, context.lang, party, &rows);
        let name = context.in_full(party);
        let title = context.lang.pick(format!("{name}的直接关系"), format!("direct ties of {name}"));
        Self { context, title, chart, undetermined: Vec::new() }
    }

    /// The group under a top: its members, and the chains by which the top controls them.
    #[must_use]
    pub fn group(context: &'a Context<'a>, groups: &Groups, group: &Group) -> Self {
        let roots: Vec<StepId> = group.members.iter().filter_map(|member| member.proof).collect();
        let mut chart = Chart::of_steps(
            context.facts,
            context.names,
            context.id(context.question.subject),
            context.lang,
            &groups.proofs,
            &roots,
        );
        group.members.iter().for_each(|member| chart.show(context.id(member.party)));
        let top = context.in_full(group.top);
        let title = context.lang.pick(format!("{top}控制的主体"), format!("under {top}"));
        Self { context, title, chart, undetermined: Vec::new() }
    }

    /// The chart as SVG.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let mut picture = Picture::new(self.context, &self.title);
        picture.add("", &self.chart);
        picture
    }

    /// What is drawn.
    #[must_use]
    pub fn chart(&self) -> &Chart<'a> {
        &self.chart
    }

    /// The chart as one JSON value.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let parties: Vec<_> = self.chart.parties().collect();
        let parties = parties
            .iter()
            .map(|party| PartyJson {
                party: party.id,
                name: &party.name,
                kind: party.kind,
                grounds: party.grounds,
                exempt: party.exempt,
                subject: party.subject,
            })
            .collect();
        let ties = self.chart.ties();
        let ties = ties
            .map(|(tie, rows)| TieJson { from: &tie.from, to: &tie.to, kind: tie.kind, label: &tie.label, rows })
            .collect();
        let undetermined = self.undetermined.iter().map(|party| self.context.id(*party)).collect();
        forms::json(&Document { header: self.context.header("relata.chart/1"), parties, ties, undetermined }, out)
    }
}
