//! Every step by itself: its place in the order, its rows, and its rule.

use super::book::Book;
use super::case::Case;
use super::reason::{Reason, Refusal};
use super::{control, deemed, exempt, family, grounds, stake};
use crate::proof::{Conclusion, Step, StepId};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Steps by id.
pub(super) type Known<'s> = FxHashMap<StepId, &'s Step>;

/// The steps by id; of several with one id, the first.
pub(super) fn known(steps: &[Step]) -> Known<'_> {
    let mut known = Known::default();
    for step in steps {
        known.entry(step.id).or_insert(step);
    }
    known
}

/// Checks every step.
pub(super) fn check(book: &Book<'_>, steps: &[Step]) -> Vec<Refusal> {
    let known = known(steps);
    let mut refusals = Vec::new();
    for step in steps {
        let first = known.get(&step.id).is_some_and(|first| std::ptr::eq(*first, step));
        let outcome = if first { one(book, &known, step) } else { Err(Reason::DuplicateStep {}) };
        if let Err(reason) = outcome {
            refusals.push(Refusal::of_step(step.id, reason));
        }
    }
    refusals
}

fn one(book: &Book<'_>, known: &Known<'_>, step: &Step) -> Result<(), Reason> {
    let mut premises = Vec::with_capacity(step.premises.len());
    for id in &step.premises {
        // So that nothing rests on itself, however far round.
        if *id >= step.id {
            return Err(Reason::PremiseNotEarlier { premise: *id });
        }
        premises.push(*known.get(id).ok_or(Reason::UnknownPremise { premise: *id })?);
    }
    let day = day(&step.conclusion);
    for row in &step.facts {
        book.check_row(*row, day)?;
    }
    let case = Case { book, step, premises, rows: step.facts.iter().copied().collect() };
    match step.rule.as_str() {
        "control.declared" => control::declared(&case),
        "control.majority" => control::majority(&case),
        "control.presumption" => control::presumption(&case),
        "control.through" => control::through(&case),
        "stake.controlled" => stake::stake(&case, false),
        "stake.look_through" => stake::stake(&case, true),
        "family" => family::family(&case),
        "officer" => grounds::officer(&case),
        "8.1" => deemed::deemed(&case),
        "6" => exempt::exempt(&case),
        rule if grounds::RULES.contains(&rule) => grounds::ground(&case, rule),
        rule => Err(Reason::UnknownRule { rule: rule.to_owned() }),
    }
}

fn day(conclusion: &Conclusion) -> NaiveDate {
    match conclusion {
        Conclusion::Ground { day, .. }
        | Conclusion::Deemed { day, .. }
        | Conclusion::Exempt { day, .. }
        | Conclusion::Controls { day, .. }
        | Conclusion::Stake { day, .. }
        | Conclusion::Family { day, .. }
        | Conclusion::Officer { day, .. } => *day,
    }
}
