//! The difference between the registers of two days, and the rows that caused it.

use super::resolve::{Case, Resolver};
use super::sweep::window;
use super::{Change, ChangeKind, Question, Verdict};
use crate::facts::{Facts, RowRef, Span, Table};
use crate::graph::{Node, party};
use crate::law::Basis;
use crate::packs::Book;
use crate::packs::sse_2022::Number;
use crate::proof::{Conclusion, Step};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// How a row stands to a question: within its window before, on, or after the day asked about, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowStanding {
    Outside,
    Past,
    Present,
    Future,
}

type Lines = Vec<(Number, Basis)>;

impl Resolver<'_> {
    /// What differs between the register of `from` and that of `to`, by party id. The question's own day is not used.
    #[must_use]
    pub fn diff(&self, question: &Question, from: NaiveDate, to: NaiveDate) -> Vec<Change> {
        let on = |day: NaiveDate| Question { as_of: day, ..question.clone() };
        let causes = |node: Node, steps: &[Step]| self.causes(question, (from, to), node, steps);
        compare((self, &on(from)), (self, &on(to)), causes)
    }

    /// What differs between the register drawn from these facts and that drawn from others, in which some rows were
    /// added, ended or changed and every other row stands where it stood; by party id. What a change rests on are those of
    /// the `moved` rows that a proof of either register cites, or all of them where something fell away that stood in the
    /// way.
    #[must_use]
    pub fn compare(
        &self,
        question: &Question,
        (other, otherwise): (&Resolver<'_>, &Question),
        moved: &BTreeSet<RowRef>,
    ) -> Vec<Change> {
        let causes = |_: Node, steps: &[Step]| {
            let cited = steps.iter().flat_map(|step| step.facts.iter().copied()).filter(|row| moved.contains(row));
            let cited: BTreeSet<RowRef> = cited.collect();
            if cited.is_empty() { moved.iter().copied().collect() } else { cited.into_iter().collect() }
        };
        compare((self, question), (other, otherwise), causes)
    }

    /// The proofs of all lines of one party.
    fn steps_of(&self, case: &mut Case, party: Node) -> Vec<Step> {
        let mut book = Book::new(self.facts());
        self.prove_lines(case, &BTreeSet::from([party]), &mut book);
        book.into_steps()
    }

    /// Rows that stand otherwise on the later day than on the earlier one: those the proofs rest on, or else (where
    /// something fell away that stood in the way) those about the parties the proofs speak of.
    fn causes(
        &self,
        question: &Question,
        (from, to): (NaiveDate, NaiveDate),
        about: Node,
        steps: &[Step],
    ) -> Vec<RowRef> {
        let facts = self.facts();
        let months = question.pack.numbers(to).window_months;
        let moved = |row: &RowRef| standing(facts, *row, from, months) != standing(facts, *row, to, months);
        let cited: BTreeSet<RowRef> = steps.iter().flat_map(|step| step.facts.iter().copied()).filter(moved).collect();
        if !cited.is_empty() {
            return cited.into_iter().collect();
        }
        let mut named: BTreeSet<&str> = BTreeSet::from([facts.id(party(about))]);
        for step in steps {
            if let Conclusion::Controls { controller, controlled, .. } = &step.conclusion {
                named.extend([controller.as_str(), controlled.as_str()]);
            }
        }
        named.insert(facts.id(question.subject));
        let mut rows = rows_among(facts, &named);
        rows.retain(moved);
        rows
    }
}

/// What differs between two registers, of the same company or of the same company as it would be, by party id. Parties
/// of the first are in the second, under the same numbers.
fn compare(
    (one, before): (&Resolver<'_>, &Question),
    (other, after): (&Resolver<'_>, &Question),
    causes: impl Fn(Node, &[Step]) -> Vec<RowRef>,
) -> Vec<Change> {
    let (mut before, mut after) = (one.case(before, false), other.case(after, false));
    let mut parties: BTreeSet<Node> = before.swept.greatest.parties();
    parties.extend(after.swept.greatest.parties());
    let mut changes = Vec::new();
    for node in other.by_id(parties) {
        let lines = |case: &Case| -> Lines { case.swept.least.of(node).collect() };
        let (old, new) = (lines(&before), lines(&after));
        let verdicts = (before.verdict(node), after.verdict(node));
        if old == new && verdicts.0 == verdicts.1 {
            continue;
        }
        let kind = match verdicts {
            (Verdict::Related, Verdict::Related) => ChangeKind::Changed,
            (Verdict::Related, _) => ChangeKind::Left,
            (_, Verdict::Related) => ChangeKind::Entered,
            _ => ChangeKind::Changed,
        };
        let mut steps = one.steps_of(&mut before, node);
        steps.extend(other.steps_of(&mut after, node));
        let causes = causes(node, &steps);
        let texts = |lines: Lines| lines.into_iter().map(|(number, basis)| (number.text(), basis)).collect();
        changes.push(Change { party: party(node), kind, verdicts, before: texts(old), after: texts(new), causes });
    }
    changes
}

/// How a row stands for certain, and how it may stand.
fn standing(facts: &Facts, row: RowRef, asked: NaiveDate, months: u32) -> [RowStanding; 2] {
    let window = window(asked, months, true);
    let stands = |span: Option<Span>| match span {
        Some(span) if span.contains(asked) => RowStanding::Present,
        Some(span) if span.last < asked && span.last >= window.first => RowStanding::Past,
        Some(span) if span.first > asked && span.first <= window.last => RowStanding::Future,
        _ => RowStanding::Outside,
    };
    facts.period(row).map_or([RowStanding::Outside; 2], |period| {
        [stands(period.certain(asked, months)), stands(period.possible(asked, months))]
    })
}

/// Ties of which both ends are among the parties named.
fn rows_among(facts: &Facts, named: &BTreeSet<&str>) -> Vec<RowRef> {
    let is = |id: crate::facts::PartyId| named.contains(facts.id(id));
    let mut rows = Vec::new();
    let mut add = |table: Table, index: usize, ends: &[crate::facts::PartyId]| {
        if ends.iter().all(|end| is(*end)) {
            rows.push(RowRef::new(table, index));
        }
    };
    for (i, row) in facts.holdings().iter().enumerate() {
        add(Table::Holdings, i, &[row.company]);
    }
    for (i, row) in facts.proxies().iter().enumerate() {
        add(Table::Proxies, i, &[row.company]);
    }
    for (i, row) in facts.controls().iter().enumerate() {
        add(Table::Controls, i, &[row.controller, row.controlled]);
    }
    for (i, row) in facts.concert().iter().enumerate() {
        add(Table::Concert, i, &[row.member]);
    }
    for (i, row) in facts.positions().iter().enumerate() {
        add(Table::Positions, i, &[row.organisation]);
    }
    for (i, row) in facts.kinships().iter().enumerate() {
        add(Table::Kinships, i, &[row.person]);
    }
    rows
}
