//! Daily business within a forecast (articles 21 to 25; `rules-sse-2022.md`, section 11.4).

use super::day::Day;
use super::{Both, Deal, Remark};
use crate::facts::{Approval, Facts, Forecast, PartyId, RowRef, Table, Yuan};
use chrono::{Datelike, NaiveDate};

/// What a forecast leaves of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// No forecast bears on it.
    None,
    /// The forecast covers it whole.
    Covered,
    /// What is beyond the forecast.
    Exceeds(Yuan),
}

impl Coverage {
    /// What counts of an amount.
    pub(super) fn leaves(&self, amount: &Yuan) -> Option<Yuan> {
        match self {
            Self::None => Some(amount.clone()),
            Self::Covered => None,
            Self::Exceeds(excess) => Some(excess.clone()),
        }
    }
}

/// A transaction under a forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastLine {
    /// Its place among the transactions.
    pub deal: usize,
    /// Its amount, as it adds the least and the most.
    pub amount: Both<Yuan>,
    /// All that was dealt under the forecast up to and with it.
    pub running: Both<Yuan>,
}

/// A forecast and what was dealt under it.
#[derive(Debug, Clone)]
pub struct ForecastStanding<'f> {
    /// What the row says.
    pub forecast: Forecast<'f>,
    /// The row.
    pub row: RowRef,
    /// The transactions under it, in their order.
    pub lines: Vec<ForecastLine>,
}

impl ForecastStanding<'_> {
    /// All that was dealt under it.
    #[must_use]
    pub fn actual(&self) -> Both<Yuan> {
        self.lines.last().map_or_else(Default::default, |line| line.running.clone())
    }

    /// The first transaction with which it was exceeded for certain, and by how much at the least.
    #[must_use]
    pub fn exceeded(&self) -> Option<(usize, Yuan)> {
        let amount = Yuan::from(self.forecast.amount);
        let line = self.lines.iter().find(|line| line.running[0] > amount)?;
        Some((line.deal, &line.running[0] - &amount))
    }

    /// Whether the board or the shareholders' meeting approved it on or before a day; to have published it is not enough.
    fn is_approved(&self, day: NaiveDate) -> bool {
        let decided = matches!(self.forecast.approved, Some(Approval::Board | Approval::Shareholders));
        decided && self.forecast.approved_on.is_none_or(|on| on <= day)
    }
}

/// All forecasts, while the transactions are gone through.
pub(super) struct Forecasts<'f> {
    pub(super) all: Vec<ForecastStanding<'f>>,
}

/// The forecast that bears on a transaction.
pub(super) struct Bearing {
    at: usize,
    /// Whether the counterparty is of its group, at each bound.
    member: Both<bool>,
    approved: bool,
}

impl<'f> Forecasts<'f> {
    pub(super) fn new(facts: &'f Facts) -> Self {
        let rows = facts.forecasts().iter().enumerate();
        let standing =
            |(i, forecast)| ForecastStanding { forecast, row: RowRef::new(Table::Forecasts, i), lines: Vec::new() };
        Self { all: rows.map(standing).collect() }
    }

    /// The forecast with the transaction's label that is of its kind, its year and its counterparty's group. Where there is
    /// none, a remark says what does not fit.
    pub(super) fn bearing(&self, deal: &Deal, day: &mut Day, remarks: &mut Vec<Remark>) -> Option<Bearing> {
        let transaction = &deal.transaction;
        let label = transaction.forecast?;
        let unfit = |why| Remark::ForecastUnfit { label: label.to_owned(), why };
        if !transaction.kind.is_daily() {
            remarks.push(unfit("not_daily"));
            return None;
        }
        let (kind, year) = (transaction.kind, transaction.date.year());
        let named: Vec<usize> = (0..self.all.len()).filter(|at| self.is_named(*at, label)).collect();
        let fits = |at: &usize| self.all.get(*at).is_some_and(|s| s.forecast.kind == kind && s.forecast.year == year);
        let mut found: Option<Bearing> = None;
        for at in named.iter().copied().filter(fits) {
            let Some(standing) = self.all.get(at) else { continue };
            let member = is_member(transaction.counterparty, standing.forecast.group, day);
            let approved = standing.is_approved(transaction.date);
            if member[1] && found.as_ref().is_none_or(|known| (known.member[0], known.approved) < (member[0], approved))
            {
                found = Some(Bearing { at, member, approved });
            }
        }
        match &found {
            Some(bearing) if !bearing.approved => remarks.push(unfit("not_approved")),
            Some(_) => {}
            None if named.is_empty() => remarks.push(unfit("no_such")),
            None if !named.iter().any(fits) => remarks.push(unfit("kind_or_year")),
            None => remarks.push(unfit("group")),
        }
        found
    }

    /// The label of the forecast that bears on a transaction.
    pub(super) fn label(&self, bearing: &Bearing) -> &'f str {
        self.all.get(bearing.at).map_or("", |standing| standing.forecast.forecast)
    }

    fn is_named(&self, at: usize, label: &str) -> bool {
        self.all.get(at).is_some_and(|standing| standing.forecast.forecast == label)
    }

    /// What the forecast leaves of an amount, at each bound: where least is set off, it covers whatever it may cover.
    pub(super) fn coverage(&self, bearing: &Bearing, amount: &Yuan) -> Both<Coverage> {
        let Some(standing) = self.all.get(bearing.at).filter(|_| bearing.approved) else {
            return [Coverage::None, Coverage::None];
        };
        let forecast = Yuan::from(standing.forecast.amount);
        let before = standing.actual();
        let at = |before: &Yuan, member: bool| {
            let total = before.clone() + amount.clone();
            if !member {
                Coverage::None
            } else if total <= forecast {
                Coverage::Covered
            } else {
                Coverage::Exceeds((&total - &forecast).min(amount.clone()))
            }
        };
        [at(&before[0], bearing.member[1]), at(&before[1], bearing.member[0])]
    }

    /// Notes what was dealt under a forecast.
    pub(super) fn add(&mut self, bearing: &Bearing, deal: usize, amount: &Yuan, counts: Both<bool>) {
        let Some(standing) = self.all.get_mut(bearing.at) else { return };
        let mut running = standing.actual();
        let mut amounts = Both::<Yuan>::default();
        for at in 0..2 {
            let counted = counts.get(at).zip(bearing.member.get(at)).is_some_and(|(counts, member)| *counts && *member);
            if let (true, Some(running), Some(own)) = (counted, running.get_mut(at), amounts.get_mut(at)) {
                *running += amount;
                *own = amount.clone();
            }
        }
        standing.lines.push(ForecastLine { deal, amount: amounts, running });
    }
}

/// Whether a counterparty is the party a forecast names, or under its control, at each bound.
fn is_member(counterparty: PartyId, group: PartyId, day: &mut Day) -> Both<bool> {
    if counterparty == group { [true, true] } else { day.is_under(group, counterparty) }
}
