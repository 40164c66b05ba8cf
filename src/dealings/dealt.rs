//! What was dealt with each party in twelve months, for groups of counterparties (article 16).

use super::Assessments;
use super::cumulation::{in_window, is_decided};
use crate::facts::{PartyId, Yuan};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Dealings with a party, or with all parties of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Dealt {
    /// How many transactions.
    pub transactions: usize,
    /// Their amounts together; those without an amount are only counted.
    pub amount: Yuan,
    /// What of it is added up for certain: not with strangers, exempt, covered, a guarantee, or decided on by the
    /// shareholders' meeting.
    pub counted: Yuan,
}

impl Dealt {
    /// Both together.
    #[must_use]
    pub fn and(mut self, more: &Self) -> Self {
        self.transactions += more.transactions;
        self.amount += &more.amount;
        self.counted += &more.counted;
        self
    }
}

/// The company's dealings in the months that end on a day, by counterparty.
#[must_use]
pub fn dealt(assessments: &Assessments, day: NaiveDate, months: u32) -> BTreeMap<PartyId, Dealt> {
    let mut by_party: BTreeMap<PartyId, Dealt> = BTreeMap::new();
    for assessment in &assessments.all {
        let transaction = &assessment.deal.transaction;
        if !in_window(transaction.date, day, months) || !assessment.ours[0] {
            continue;
        }
        let [counted, _] = assessment.adds();
        let counted = counted.filter(|_| !is_decided(transaction, day)).unwrap_or_default();
        let amount = assessment.deal.amount.clone().unwrap_or_default();
        let one = Dealt { transactions: 1, amount, counted };
        let known = by_party.entry(transaction.counterparty).or_default();
        *known = std::mem::take(known).and(&one);
    }
    by_party
}
