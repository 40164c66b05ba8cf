//! On which day, for a question of which day, and at which bound the facts are looked at.

use crate::facts::{Amount, Percent, Period, PeriodCode, Span};
use chrono::{Datelike, NaiveDate};

/// At which bound what is not known is counted (`rules-sse-2022.md`, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Everything at its least: what holds here holds whatever the unknowns are.
    Least,
    /// Everything at its greatest: what does not hold here holds for no value of them.
    Greatest,
}

impl Side {
    /// The other bound: what excludes or exempts is taken from there.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Least => Self::Greatest,
            Self::Greatest => Self::Least,
        }
    }
}

/// One state of the facts: the rows in force on `day`, as a question of day `asked` sees them, at one bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lens {
    /// The day asked about (`t`).
    pub asked: NaiveDate,
    /// The day looked at (`u`).
    pub day: NaiveDate,
    /// The bound.
    pub side: Side,
    /// How many months an agreement carries.
    pub months: u32,
}

impl Lens {
    /// Whether a row counts: in force for certain at the least, possibly in force at the greatest.
    #[must_use]
    pub fn has(&self, period: &Period) -> bool {
        match self.side {
            Side::Least => self.certain(period),
            Side::Greatest => self.possible(period),
        }
    }

    /// The days on which a row counts.
    #[must_use]
    pub fn span(&self, period: &Period) -> Option<Span> {
        match self.side {
            Side::Least => period.certain(self.asked, self.months),
            Side::Greatest => period.possible(self.asked, self.months),
        }
    }

    /// Whether a row that excludes or rebuts counts: the other way round.
    #[must_use]
    pub fn has_against(&self, period: &Period) -> bool {
        match self.side {
            Side::Least => self.possible(period),
            Side::Greatest => self.certain(period),
        }
    }

    /// Whether the row is in force for certain.
    #[must_use]
    pub fn certain(&self, period: &Period) -> bool {
        period.certain(self.asked, self.months).is_some_and(|span| span.contains(self.day))
    }

    /// Whether the row may be in force.
    #[must_use]
    pub fn possible(&self, period: &Period) -> bool {
        period.possible(self.asked, self.months).is_some_and(|span| span.contains(self.day))
    }

    /// Whether a row whose ends are both known counts, most often told without decoding its days.
    pub(super) fn has_known(&self, code: PeriodCode) -> bool {
        let (asked, day) = (self.asked.num_days_from_ce(), self.day.num_days_from_ce());
        // What begins after the day asked about counts by agreement only.
        code.covers(day.min(asked), day) || !code.misses(day, day) && self.certain(&code.period())
    }

    /// Whether an amount is above zero at this bound; an unknown amount is held, however little.
    #[must_use]
    pub fn positive(&self, amount: &Amount) -> bool {
        match self.side {
            Side::Least => amount.is_certainly_positive(),
            Side::Greatest => amount.greatest().is_none_or(Percent::is_positive),
        }
    }

    /// The same with the bounds exchanged.
    #[must_use]
    pub fn opposite(&self) -> Self {
        Self { side: self.side.opposite(), ..*self }
    }
}
