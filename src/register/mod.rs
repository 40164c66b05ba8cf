//! The question "who is related": the answer's shape.

mod answer;
mod question;

pub use answer::*;
pub use question::Question;

use crate::facts::{Facts, PartyId, Percent};
use chrono::NaiveDate;

/// Answers questions about one set of facts.
pub struct Resolver<'f> {
    facts: &'f Facts,
}

impl<'f> Resolver<'f> {
    /// Prepares the facts for questions.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        Self { facts }
    }

    /// The whole register, with proofs and contested readings.
    #[must_use]
    pub fn register(&self, _question: &Question) -> Register {
        Register::default()
    }

    /// What is to be said of each of these parties.
    #[must_use]
    pub fn check(&self, _question: &Question, _parties: &[PartyId]) -> Answers {
        Answers::default()
    }

    /// Who stands behind a party on the day asked about; shares below `at_least` are left out and summed.
    #[must_use]
    pub fn owners(&self, _question: &Question, party: PartyId, _at_least: Option<&Percent>) -> Stakes {
        Stakes { party, lines: Vec::new(), left_out: None }
    }

    /// What a party holds and controls on the day asked about, likewise.
    #[must_use]
    pub fn owned(&self, _question: &Question, party: PartyId, _at_least: Option<&Percent>) -> Stakes {
        Stakes { party, lines: Vec::new(), left_out: None }
    }

    /// The tops and groups of these parties (of all, where none is named) on the day asked about.
    #[must_use]
    pub fn groups(&self, _question: &Question, _parties: &[PartyId]) -> Groups {
        Groups::default()
    }

    /// What differs between the register of `from` and that of `to`, by party id (the question's own day is not used).
    #[must_use]
    pub fn diff(&self, _question: &Question, _from: NaiveDate, _to: NaiveDate) -> Vec<Change> {
        Vec::new()
    }

    /// Remarks on the facts that need the graph to be seen.
    #[must_use]
    pub fn review(&self, _question: &Question) -> Vec<Remark> {
        let _ = self.facts;
        Vec::new()
    }
}
