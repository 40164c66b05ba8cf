//! When a row holds: first day, last day, the day it was agreed, and what is not known of them.

use chrono::{Months, NaiveDate};
use serde::Serialize;

/// One end of a period as the dataset states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Empty: since before anything we ask about, or still in force.
    Open,
    /// On this day.
    On(NaiveDate),
    /// `?`: on some day that we do not know.
    Unknown,
    /// `2019-04-30?`: as `from` not after that day, as `until` not before it, otherwise unknown.
    Near(NaiveDate),
}

impl Bound {
    /// Whether the day is not known exactly.
    #[must_use]
    pub fn is_uncertain(self) -> bool {
        matches!(self, Self::Unknown | Self::Near(_))
    }

    /// The day written, exact or not.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) | Self::Near(day) => Some(day),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// The days on which a row holds: `from` the first, `until` the last, `agreed` when the arrangement took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Period {
    /// First day on which the row holds.
    pub from: Bound,
    /// Last day on which the row holds.
    pub until: Bound,
    /// Day on which the agreement or arrangement took effect.
    pub agreed: Option<NaiveDate>,
}

/// A closed interval of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

impl Span {
    /// All days.
    pub const ALWAYS: Self = Self { first: NaiveDate::MIN, last: NaiveDate::MAX };

    /// Whether `day` lies within.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Default for Period {
    fn default() -> Self {
        Self::ALWAYS
    }
}

impl Period {
    /// In force at all times.
    pub const ALWAYS: Self = Self { from: Bound::Open, until: Bound::Open, agreed: None };

    /// The days on which the row is in force for certain, as a question of day `asked` sees it
    /// (`rules-sse-2022.md`, section 1): a row that begins after `asked` counts only if it was agreed by then and
    /// begins within `months` of the agreement.
    #[must_use]
    pub fn certain(&self, asked: NaiveDate, months: u32) -> Option<Span> {
        use Bound::{Near, On, Open, Unknown};
        let span = match (self.from, self.until) {
            (Open, Open) => Span::ALWAYS,
            (Open, On(until) | Near(until)) => Span { first: NaiveDate::MIN, last: until },
            (On(from) | Near(from), Open) => Span { first: from, last: NaiveDate::MAX },
            (On(from), On(until)) => Span { first: from, last: until },
            // The row held on its first day, however soon it ended; and on its last, however late it began.
            (On(from), Near(until)) => Span { first: from, last: from.max(until) },
            (On(from), Unknown) => Span { first: from, last: from },
            (Near(from), On(until)) => Span { first: from.min(until), last: until },
            (Unknown, On(until)) => Span { first: until, last: until },
            (Near(from), Near(until)) => Span { first: from, last: until },
            (Open | Near(_), Unknown) | (Unknown, Open | Near(_) | Unknown) => return None,
        };
        let known_by = match self.from {
            Open => NaiveDate::MIN,
            On(from) | Near(from) => from,
            // Only reached with a known last day: the row began by then.
            Unknown => span.last,
        };
        (span.first <= span.last && self.settled(known_by, asked, months)).then_some(span)
    }

    /// The days on which the row may be in force, whatever the unknown days are.
    #[must_use]
    pub fn possible(&self, asked: NaiveDate, months: u32) -> Option<Span> {
        let first = match self.from {
            Bound::On(from) => from,
            Bound::Open | Bound::Unknown | Bound::Near(_) => NaiveDate::MIN,
        };
        let last = match self.until {
            Bound::On(until) => until,
            Bound::Open | Bound::Unknown | Bound::Near(_) => NaiveDate::MAX,
        };
        (first <= last && self.settled(first, asked, months)).then_some(Span { first, last })
    }

    /// Whether a row that begins on `from` is known and settled at `asked`.
    fn settled(&self, from: NaiveDate, asked: NaiveDate, months: u32) -> bool {
        from <= asked || self.agreed.is_some_and(|agreed| agreed <= asked && from <= add_months(agreed, months))
    }

    /// Whether either end is unknown.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.from.is_uncertain() || self.until.is_uncertain()
    }
}

/// The corresponding day `months` later, clamped to the month's last day.
#[must_use]
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The corresponding day `months` earlier, clamped to the month's last day.
#[must_use]
pub fn sub_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}
