//! Holding 5 %: whose block reaches the threshold, by each of the four measures (`rules-sse-2022.md`, section 3).

use super::{Pool, Standing, State};
use crate::facts::{Percent, RowRef, Table};
use crate::graph::{Days, Node, Partners, Pooling, Rounding, Side, Via};
use crate::packs::Book;
use crate::packs::book::row_ref;
use crate::proof::{Conclusion, Measure, StepId};
use dashu_ratio::RBig;
use std::collections::BTreeSet;

/// A party's stake by one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldStake {
    /// How much of the subject.
    pub percent: Percent,
    /// The rows of the block's own holdings in the subject.
    pub rows: Vec<RowRef>,
}

/// Whom a party's block pools, by measure and switch `pool_concert`.
fn pooling(state: &mut State, party: Node, measure: Measure) -> Pooling {
    let pooled = match state.choices.pool {
        Pool::All => true,
        Pool::Organisations => !state.is_person(party),
        Pool::Nobody => false,
    };
    match measure {
        _ if !pooled => Pooling::Nobody,
        Measure::Controlled | Measure::LookThrough => Pooling::All,
        Measure::Direct | Measure::Multiply => Pooling::Own,
    }
}

/// Whether what the block's members control belongs to it.
fn with_controlled(measure: Measure) -> bool {
    matches!(measure, Measure::Controlled | Measure::LookThrough)
}

/// The whole stake of a party's block.
fn whole_stake(state: &mut State, party: Node, measure: Measure) -> (RBig, Partners, Vec<Via>) {
    let subject = state.subject;
    let pooling = pooling(state, party, measure);
    let kernel = state.kernel();
    let partners = kernel.partners_about(party, subject, pooling);
    let holders = kernel.block_holders(party, subject, &partners, with_controlled(measure));
    (kernel.stake_of(subject, &holders), partners, holders)
}

/// Whether a party reaches the threshold on the day looked at by a measure that adds whole stakes.
pub(super) fn reaches(state: &mut State, party: Node, measure: Measure) -> bool {
    whole_stake(state, party, measure).0 >= *state.numbers.holder_threshold.value()
}

/// The days on which a party reaches the threshold.
pub(super) fn reaches_over(state: &mut State, party: Node, measure: Measure) -> Days {
    let threshold = state.numbers.holder_threshold.value().clone();
    let subject = state.subject;
    let pooling = pooling(state, party, measure);
    let controlled = with_controlled(measure);
    let kernel = state.kernel();
    match measure {
        Measure::Controlled | Measure::Direct => kernel.block_reaches(party, subject, pooling, controlled, &threshold),
        Measure::LookThrough | Measure::Multiply => {
            kernel.attribution_reaches(party, subject, pooling, controlled, &threshold)
        }
    }
}

/// Persons, or organisations, that reach the threshold, with the days.
pub(super) fn holders(state: &mut State, measure: Measure, persons: bool) -> Standing {
    let subject = state.subject;
    let threshold = state.numbers.holder_threshold.value().clone();
    let mut candidates = match measure {
        Measure::Controlled | Measure::Direct => state.kernel().stakeholders(subject, &threshold),
        Measure::LookThrough | Measure::Multiply => state.kernel().attribution_candidates(subject, &threshold),
    };
    candidates.retain(|party| state.is_person(*party) == persons);
    candidates.into_iter().map(|party| (party, reaches_over(state, party, measure))).collect()
}

/// What is attributed to a party's block on the day looked at, and whether it was rounded.
fn attributed(state: &mut State, party: Node, measure: Measure, rounding: Rounding) -> (RBig, bool) {
    let subject = state.subject;
    let pooling = pooling(state, party, measure);
    let kernel = state.kernel();
    let partners = kernel.partners_about(party, subject, pooling);
    kernel.attributed(party, subject, &partners, with_controlled(measure), rounding)
}

/// How much of the subject a party has by a measure, with the rows; for answers about parties below the threshold.
pub fn most_held(state: &mut State, party: Node, measure: Measure) -> HeldStake {
    let side = state.kernel().lens().side;
    let (whole, _, holders) = whole_stake(state, party, measure);
    let percent = match measure {
        Measure::Controlled | Measure::Direct => whole,
        Measure::LookThrough | Measure::Multiply => attributed(state, party, measure, Rounding::Down).0,
    };
    HeldStake { percent: Percent::from(percent), rows: holding_rows(state, &holders, side) }
}

fn holding_rows(state: &mut State, holders: &[Via], side: Side) -> Vec<RowRef> {
    let subject = state.subject;
    let capital = state.kernel().capital(subject);
    let mut rows: Vec<RowRef> = holders
        .iter()
        .filter_map(|via| capital.of(via.voter))
        .flat_map(|stake| stake.rows(side))
        .map(|row| row_ref(Table::Holdings, *row))
        .collect();
    rows.sort_unstable();
    rows
}

/// Shows that a party reaches the threshold. `None` where it does not.
pub(super) fn prove(state: &mut State, party: Node, measure: Measure, book: &mut Book) -> Option<StepId> {
    let side = state.kernel().lens().side;
    let threshold = state.numbers.holder_threshold.value().clone();
    let (whole, partners, holders) = whole_stake(state, party, measure);
    let (percent, members, rule, own) = match measure {
        Measure::Controlled | Measure::Direct => {
            let rows = holding_rows(state, &holders, side);
            (whole, holders, "stake.controlled", rows)
        }
        Measure::LookThrough | Measure::Multiply => {
            let (percent, rounded) = attributed(state, party, measure, Rounding::Down);
            let percent = if percent < threshold && rounded {
                attributed(state, party, measure, Rounding::Exact).0
            } else {
                percent
            };
            let (members, rows) = attributed_by(state, party, &partners, with_controlled(measure));
            (percent, members, "stake.look_through", rows)
        }
    };
    if percent < threshold {
        return None;
    }
    let (premises, mut facts) = book.block(state.kernel(), party, &partners, &members);
    facts.extend(own);
    facts.sort_unstable();
    facts.dedup();
    let conclusion = Conclusion::Stake {
        party: book.name(party),
        measure,
        percent: Percent::from(percent),
        day: state.kernel().lens().day,
    };
    Some(book.add(conclusion, rule, premises, facts))
}

/// Members of the block that keep what flows to them, through whom they belong to it, and the rows it flows through.
fn attributed_by(state: &mut State, party: Node, partners: &Partners, controlled: bool) -> (Vec<Via>, Vec<RowRef>) {
    let subject = state.subject;
    let kernel = state.kernel();
    let rows =
        kernel.look_through_rows(subject, &mut |kernel, member| kernel.in_block(member, party, partners, controlled));
    let facts = kernel.network().facts();
    let keepers: BTreeSet<Node> =
        rows.iter().map(|row| crate::graph::node(facts.holdings().row(*row as usize).holder)).collect();
    let mut members = Vec::new();
    for member in keepers {
        if member == party || partners.contains(member) {
            members.push(Via { holder_of_control: member, voter: member });
        } else if kernel.in_block(member, party, partners, controlled) {
            let through = std::iter::once(&party)
                .chain(partners.parties())
                .find(|of| kernel.is_controller(**of, member) && !kernel.is_state_body(**of));
            members.extend(through.map(|of| Via { holder_of_control: *of, voter: member }));
        }
    }
    (members, rows.into_iter().map(|row| row_ref(Table::Holdings, row)).collect())
}
