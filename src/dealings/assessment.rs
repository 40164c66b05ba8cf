//! What is found of one transaction.

use super::{Both, Case, Coverage, Deal, Duty, Exemption, ForecastStanding, Remark};
use crate::facts::{Facts, PartyId, RowRef, Table, Yuan};
use crate::proof::{Step, StepId};
use crate::register::{Missing, PartyStanding};
use chrono::NaiveDate;

/// Why two parties are added together: the top that both are under, and the steps that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The top.
    pub top: PartyId,
    /// That it controls the one, and the other; nothing of the top itself.
    pub steps: Vec<StepId>,
}

/// One earlier transaction that is added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its place among the transactions.
    pub deal: usize,
    /// What it adds, at the least and at the most.
    pub amount: Both<Yuan>,
    /// Why its counterparty is of the same group; none where it is the same, or where the subject matter is what counts.
    pub link: Option<Link>,
}

/// A sum over twelve months (article 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// What the transaction itself adds.
    pub own: Both<Yuan>,
    /// The earlier transactions, in their order.
    pub terms: Vec<Term>,
}

impl Sum {
    /// Everything together, at the least and at the most.
    #[must_use]
    pub fn total(&self) -> Both<Yuan> {
        let mut total = self.own.clone();
        for term in &self.terms {
            for (sum, amount) in total.iter_mut().zip(&term.amount) {
                *sum += amount;
            }
        }
        total
    }

    /// The earlier transactions together, at the least and at the most.
    #[must_use]
    pub fn before(&self) -> Both<Yuan> {
        let mut before = Both::<Yuan>::default();
        for term in &self.terms {
            for (sum, amount) in before.iter_mut().zip(&term.amount) {
                *sum += amount;
            }
        }
        before
    }
}

/// The company's net assets that count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetAssets {
    /// The row of `financials`.
    pub row: RowRef,
    /// The end of the period.
    pub period_end: NaiveDate,
    /// As audited; they may be below zero.
    pub audited: Yuan,
}

impl NetAssets {
    /// The latest audited net assets on or before a day, if any are known. O(rows of `financials`).
    #[must_use]
    pub fn on(facts: &Facts, subject: PartyId, day: NaiveDate) -> Option<Self> {
        let rows = facts.financials().iter().enumerate();
        let own = rows.filter(|(_, row)| row.party == subject && row.period_end <= day);
        let known = own.filter_map(|(i, row)| Some((i, row.period_end, row.net_assets?)));
        let (i, period_end, audited) = known.max_by_key(|(_, period_end, _)| *period_end)?;
        Some(Self { row: RowRef::new(Table::Financials, i), period_end, audited: Yuan::from(audited) })
    }

    /// Their absolute value, which is what shares are of.
    #[must_use]
    pub fn absolute(&self) -> Yuan {
        self.audited.abs()
    }
}

/// What is not known and matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// A cell of a row.
    Cell(Missing),
    /// The company's audited net assets at the latest period end before the transaction.
    NetAssets,
}

/// What is found of one transaction.
#[derive(Debug, Clone)]
pub struct Assessment<'f> {
    /// The transaction.
    pub deal: Deal<'f>,
    /// Whether the counterparty is a person.
    pub is_person: bool,
    /// Where the counterparty stands on the day, with proofs among those of the day.
    pub standing: PartyStanding,
    /// The tops of the counterparty, by id.
    pub tops: Vec<PartyId>,
    /// Whether our side is the company or controlled by it, at each bound.
    pub ours: Both<bool>,
    /// The step that shows that the company controls our side; none of the company itself.
    pub side_proof: Option<StepId>,
    /// The exemption relied on.
    pub exemption: Option<Exemption>,
    /// What its forecast leaves of it, at each bound.
    pub coverage: Both<Coverage>,
    /// Dealings with the same party; none where the transaction is not added up.
    pub same_party: Option<Sum>,
    /// Dealings of the kind in related subject matter; likewise.
    pub same_subject: Option<Sum>,
    /// The net assets that count; none where they are not known.
    pub net_assets: Option<NetAssets>,
    /// The case that applies, as it sets off the least and the most.
    pub case: Both<Case>,
    /// The duties for certain, and all that there may be.
    pub duties: Both<Vec<Duty>>,
    /// What is not known and matters.
    pub undetermined: Vec<Unknown>,
    /// What else is to be said.
    pub remarks: Vec<Remark>,
}

impl Assessment<'_> {
    /// The amount that is compared with the thresholds: the larger of the two sums, at the least and at the most.
    #[must_use]
    pub fn cumulative(&self) -> Option<Both<Yuan>> {
        let (party, subject) = (self.same_party.as_ref()?.total(), self.same_subject.as_ref()?.total());
        let [least, most] = party;
        let [other_least, other_most] = subject;
        Some([least.max(other_least), most.max(other_most)])
    }

    /// What it adds to later sums, at each bound; none where it is left out of them.
    #[must_use]
    pub fn adds(&self) -> Both<Option<Yuan>> {
        let counted = |at: usize| {
            let out = matches!(self.case.get(at)?, Case::NotRelated | Case::NotOurs | Case::Exempt | Case::Guarantee);
            let amount = self.deal.amount.as_ref().filter(|_| !out)?;
            self.coverage.get(at)?.leaves(amount)
        };
        [counted(0), counted(1)]
    }

    /// The code of the exemption, where it is accepted.
    #[must_use]
    pub fn accepted(&self) -> Option<&str> {
        self.exemption.as_ref().filter(|exemption| exemption.is_accepted()).map(|exemption| exemption.code.as_str())
    }

    /// Whether anything about it is undetermined.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        !self.undetermined.is_empty() || self.case[0] != self.case[1]
    }
}

/// The steps that show what holds on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayProofs {
    /// The day.
    pub day: NaiveDate,
    /// The steps, numbered within the day.
    pub steps: Vec<Step>,
}

/// What is found of all transactions.
#[derive(Debug, Clone, Default)]
pub struct Assessments<'f> {
    /// The transactions in the order in which they are judged.
    pub all: Vec<Assessment<'f>>,
    /// The forecasts, in the order of their rows.
    pub forecasts: Vec<ForecastStanding<'f>>,
    /// The proofs, day by day.
    pub proofs: Vec<DayProofs>,
}

impl<'f> Assessments<'f> {
    /// The steps of a day.
    #[must_use]
    pub fn steps(&self, day: NaiveDate) -> &[Step] {
        self.proofs.iter().find(|proofs| proofs.day == day).map_or(&[], |proofs| &proofs.steps)
    }

    /// The transaction with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(usize, &Assessment<'f>)> {
        self.all.iter().enumerate().find(|(_, assessment)| assessment.deal.transaction.id == id)
    }
}
