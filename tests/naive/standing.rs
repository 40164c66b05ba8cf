//! Where a transaction stands before anything is added up: with whom it is, on whose behalf, on what exemption.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;

use super::control::{self, Pairs};
use super::exemptions;
use super::groups;
use super::ledger::Transaction;
use super::readings::Readings;
use super::register::{self, Answer};
use super::state::State;
use super::world::World;

/// What holds on one day, whichever transaction is asked about.
pub struct Day {
    pub register: Answer,
    /// The tops of all parties by their numbers.
    pub tops: Vec<Vec<String>>,
    pub pairs: Pairs,
    pub grouping_pairs: Pairs,
}

/// A transaction and what holds of it on its own day.
pub struct Standing<'l> {
    pub transaction: &'l Transaction,
    pub day: Rc<Day>,
    /// Whether the counterparty is related.
    pub related: bool,
    /// Whether it is the subject or what it controls that deals.
    pub is_ours: bool,
    /// The exemption relied on, where it is accepted. Who needs none has none.
    pub exempt: Option<String>,
}

impl Day {
    pub fn new(world: &World, subject: usize, date: NaiveDate, readings: &Readings) -> Self {
        let state = State::on(world, subject, date, date);
        let tops = groups::tops(&state, readings);
        Self {
            register: register::register(world, subject, date, readings),
            tops: world.parties.iter().map(|party| tops[&party.id].clone()).collect(),
            pairs: control::controls(&state, readings),
            grouping_pairs: groups::grouping_pairs(&state, readings),
        }
    }
}

impl Transaction {
    pub fn is_guarantee(&self) -> bool {
        self.kind == "9.4"
    }

    pub fn is_daily(&self) -> bool {
        ["9.12", "9.13", "9.14", "9.15", "9.16"].contains(&self.kind.as_str())
    }
}

impl<'l> Standing<'l> {
    pub fn of(transaction: &'l Transaction, day: Rc<Day>, world: &World, subject: usize) -> Self {
        let grounds = day.register.related.get(&world.parties[transaction.counterparty].id);
        let is_ours = transaction.side.is_none_or(|side| side == subject || day.pairs.contains(&(subject, side)));
        let exempt = grounds.filter(|_| is_ours).and_then(|grounds| {
            let numbers: BTreeSet<String> = grounds.keys().cloned().collect();
            exemptions::accepted(transaction, &numbers)
        });
        Self { transaction, related: grounds.is_some(), is_ours, exempt, day }
    }

    /// Whether the transaction is one of the group's with a related party and not exempt under article 48. One exempt under
    /// article 49 brings duties, only fewer.
    pub fn brings_duties(&self) -> bool {
        self.is_ours && self.related && self.exempt.as_ref().is_none_or(|code| code == "49")
    }

    /// Whether two parties have a top in common on this day.
    pub fn share_a_top(&self, one: usize, other: usize) -> bool {
        self.day.tops[one].iter().any(|top| self.day.tops[other].contains(top))
    }
}
