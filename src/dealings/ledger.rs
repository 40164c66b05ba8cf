//! The transactions in the order in which they are judged.

use crate::facts::{Facts, RowRef, Table, Transaction, Yuan};
use chrono::NaiveDate;

/// One transaction.
#[derive(Debug, Clone)]
pub struct Deal<'f> {
    /// What the row says.
    pub transaction: Transaction<'f>,
    /// The row; none for a transaction that is only proposed.
    pub row: Option<RowRef>,
    /// The amount in yuan.
    pub amount: Option<Yuan>,
}

impl Deal<'_> {
    /// The day it is entered into.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.transaction.date
    }
}

/// Transactions in the order of date, then row; one proposed for a day comes last on it.
#[derive(Debug, Clone, Default)]
pub struct Ledger<'f> {
    /// The transactions in their order.
    pub deals: Vec<Deal<'f>>,
}

impl<'f> Ledger<'f> {
    /// The transactions of a dataset, and proposed ones. O(n log n).
    #[must_use]
    pub fn new(facts: &'f Facts, proposed: &[Transaction<'f>]) -> Self {
        let rows = facts.transactions();
        let kept = rows.iter().enumerate().map(|(i, row)| (row, Some(RowRef::new(Table::Transactions, i))));
        let proposed = proposed.iter().map(|transaction| (transaction.clone(), None));
        let mut deals: Vec<Deal<'f>> = kept
            .chain(proposed)
            .map(|(transaction, row)| Deal { amount: transaction.yuan(), transaction, row })
            .collect();
        // Stable: within a day the order of rows stays.
        deals.sort_by_key(Deal::date);
        Self { deals }
    }
}
