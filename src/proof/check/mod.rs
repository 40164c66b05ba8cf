//! The independent proof checker: it judges a finished proof, step by step, against the dataset and the text of the
//! rules, with code of its own. It shares nothing with what finds the proofs, so that a mistake there is not repeated
//! here.
//!
//! What a step claims must follow from its premises and rows *for certain*: rows in force whatever the unknown days
//! are, amounts at the least they can be. What must *not* hold (a rival, a denial, the subject's own group, an
//! exemption) is worked out from the whole dataset, with everything that would bring it about at its greatest.
//!
//! The checker judges what an answer says, not what it leaves unsaid: a register that lacks a party is not refused.
//! Of dealings an omission is refused where it is plain: an earlier transaction that is not added up, somebody who need
//! not stand aside though the rows say so without a proof (see `terms`, `recusal` and `plain`).
//!
//! Readings of the text that are taken here:
//! - Under `joint_control=ignored` a concert group is no rival, as concert gives no control; its members are rivals
//!   one by one.
//! - `family_block=on` makes concert groups, so `pool_concert` and `joint_control` bear on them too.
//! - A party's votes count only as far as the step's own rows account for them, and a child's age only if its row is
//!   shown: a proof that leaves out what it rests on is refused.

mod answer;
mod assessment;
mod block;
mod board;
mod book;
mod case;
mod control;
mod coverage;
mod dealing_answer;
mod deemed;
mod duties;
mod exempt;
mod family;
mod grounds;
mod ledger;
mod linear;
mod lines;
mod plain;
mod reach;
mod reason;
mod recusal;
mod relief;
mod rivals;
mod room;
mod stake;
mod steps;
mod terms;
mod votes;

pub use answer::{AnswerDoc, AnswerLine, CheckedEntry, DatasetStamp, ExemptEntry, Head, RelatedEntry};
pub use assessment::check_assessment;
pub use dealing_answer::{
    AssessDoc, AtMostDoc, BoardDoc, CoverageDoc, DayDoc, DealDoc, DropDoc, ForecastDoc, HeadroomDoc, OpenDoc,
    ProposalDoc, RecusalDoc, RecuseDoc, RoomDoc, StanderDoc, TermDoc, TermsDoc, TransactionDoc, WhyDoc,
};
pub use reason::{Reason, Refusal};
pub use recusal::check_recusal;

use crate::facts::{Facts, PartyId};
use crate::law::{Numbers, Pack, Readings};
use crate::proof::Step;
use book::Book;
use chrono::NaiveDate;

/// About what the proofs speak: the dataset, the question and the law.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// The dataset.
    pub facts: &'a Facts,
    /// The company the question is about.
    pub subject: PartyId,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// The numbers of the law on that day.
    pub numbers: Numbers,
    /// The readings taken.
    pub readings: Readings,
}

/// About what an answer on dealings speaks: as a [`Claim`], but every dealing has a day of its own.
#[derive(Debug, Clone)]
pub struct Matter<'a> {
    /// The dataset.
    pub facts: &'a Facts,
    /// The company whose dealings they are.
    pub subject: PartyId,
    /// The rule pack.
    pub pack: &'a Pack,
    /// The readings taken.
    pub readings: Readings,
}

impl<'a> Matter<'a> {
    /// What is claimed of one day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Claim<'a> {
        let (numbers, readings) = (self.pack.numbers(day).clone(), self.readings.clone());
        Claim { facts: self.facts, subject: self.subject, as_of: day, numbers, readings }
    }
}

/// Checks every step by itself; nothing refused means accepted. At most one refusal for each step.
#[must_use]
pub fn check_steps(claim: &Claim<'_>, steps: &[Step]) -> Vec<Refusal> {
    steps::check(&Book::new(claim), steps)
}

/// Checks an answer: its steps, and that every line is tied to a step with exactly its conclusion, with the right days.
/// The rule pack and the dataset's digest are for the caller to compare.
#[must_use]
pub fn check_register(claim: &Claim<'_>, answer: &AnswerDoc) -> Vec<Refusal> {
    let book = Book::new(claim);
    let mut refusals = steps::check(&book, &answer.proofs);
    refusals.extend(lines::check(&book, answer));
    refusals
}
