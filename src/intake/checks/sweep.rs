//! Adding up shares day by day.

use crate::facts::{Amount, Percent, Span};
use chrono::NaiveDate;
use dashu_ratio::RBig;
use std::collections::BTreeSet;

/// A share and the days on which it is held for certain.
pub(super) struct Held {
    /// Position of the row in its table.
    pub(super) index: usize,
    pub(super) span: Span,
    pub(super) amount: Amount,
}

/// The first day on which more than the whole is held.
pub(super) struct Excess {
    /// `NaiveDate::MIN` where it is so from the beginning.
    pub(super) day: NaiveDate,
    /// The least that is held on that day.
    pub(super) sum: Percent,
    /// Whether only a holding of unknown amount goes beyond the whole.
    pub(super) by_unknown: bool,
    /// The rows in force on that day, by position.
    pub(super) rows: Vec<usize>,
    /// The last of the rows that begin on that day.
    pub(super) last: usize,
}

/// The first day on which the least that is held exceeds 100 %, or reaches it while somebody else holds an unknown
/// amount, which is more than nothing.
pub(super) fn first_excess(held: &[Held]) -> Option<Excess> {
    let whole = RBig::from(100);
    let total: Percent = held.iter().map(|held| held.amount.least()).sum();
    let any_unknown = held.iter().any(|held| held.amount == Amount::Unknown);
    // Most companies never come near the whole, whatever the days.
    if *total.value() < whole || (*total.value() == whole && !any_unknown) {
        return None;
    }
    // On each day: what has ended by then first, then what begins.
    let mut events: Vec<(NaiveDate, bool, usize)> = Vec::with_capacity(held.len() * 2);
    for (at, row) in held.iter().enumerate() {
        events.push((row.span.first, true, at));
        events.extend(row.span.last.succ_opt().map(|day| (day, false, at)));
    }
    events.sort_unstable();
    let mut sum = RBig::ZERO;
    let mut unknown = 0usize;
    let mut in_force: BTreeSet<usize> = BTreeSet::new();
    for today in events.chunk_by(|a, b| a.0 == b.0) {
        for (_, begins, at) in today {
            let Some(row) = held.get(*at) else { continue };
            let is_unknown = usize::from(row.amount == Amount::Unknown);
            if *begins {
                sum += row.amount.least().value();
                unknown += is_unknown;
                in_force.insert(*at);
            } else {
                sum -= row.amount.least().value();
                unknown = unknown.saturating_sub(is_unknown);
                in_force.remove(at);
            }
        }
        let by_unknown = sum == whole && unknown > 0;
        if sum > whole || by_unknown {
            let day = today.first().map_or(NaiveDate::MIN, |event| event.0);
            let rows: Vec<usize> = in_force.iter().filter_map(|at| held.get(*at)).map(|row| row.index).collect();
            let begin = today.iter().filter(|event| event.1).filter_map(|event| held.get(event.2));
            let last = begin.map(|row| row.index).max().or_else(|| rows.last().copied()).unwrap_or_default();
            return Some(Excess { day, sum: Percent::from(sum), by_unknown, rows, last });
        }
    }
    None
}
