//! Daily business that a forecast covers (section 11.4).

use chrono::Datelike;
use dashu_ratio::RBig;

use super::ledger::{Forecast, Ledger};
use super::standing::Standing;

/// Whether a transaction is one of those whose actual amounts `forecast` is about: under its label, of its kind and year,
/// by the group with a related party under the common control that it names, and not exempt.
fn is_about(forecast: &Forecast, standing: &Standing) -> bool {
    let transaction = standing.transaction;
    let counterparty = transaction.counterparty;
    let same_group =
        counterparty == forecast.group || standing.day.grouping_pairs.contains(&(forecast.group, counterparty));
    standing.brings_duties()
        && transaction.is_daily()
        && transaction.forecast == forecast.label
        && transaction.kind == forecast.kind
        && transaction.date.year() == forecast.year
        && same_group
}

/// What is left of the amount of a transaction to be held against the thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It states no amount.
    NoAmount,
    /// A forecast covers it whole.
    Nothing,
    /// What a forecast does not cover; all of it where there is none.
    Amount(RBig),
}

pub fn left_of(ledger: &Ledger, earlier: &[Standing], standing: &Standing) -> Left {
    let transaction = standing.transaction;
    let Some(amount) = transaction.amount.clone() else { return Left::NoAmount };
    let Some(forecast) = ledger.forecasts.iter().find(|forecast| is_about(forecast, standing)) else {
        return Left::Amount(amount);
    };
    if !forecast.approval.decided(&["board", "shareholders"], transaction.date) {
        return Left::Amount(amount);
    }
    let used = earlier
        .iter()
        .filter(|other| is_about(forecast, other))
        .fold(RBig::ZERO, |sum, other| sum + other.transaction.amount.clone().unwrap_or(RBig::ZERO));
    let total = used.clone() + &amount;
    if total <= forecast.amount {
        Left::Nothing
    } else if used <= forecast.amount {
        // The first to exceed it.
        Left::Amount(total - &forecast.amount)
    } else {
        Left::Amount(amount)
    }
}
