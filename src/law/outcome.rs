//! On what footing a ground holds.

use chrono::NaiveDate;
use serde::Serialize;

/// The footing of one ground of one party (`rules-sse-2022.md`, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "basis", rename_all = "snake_case")]
pub enum Basis {
    /// It holds on the day asked about.
    Current,
    /// It held on an earlier day of the window (article 8(1)).
    LookedBack {
        /// The latest such day.
        last_day: NaiveDate,
        /// The last day whose window still contains it.
        expires: NaiveDate,
    },
    /// An arrangement will bring it about later in the window (article 8(1)).
    Arranged {
        /// The first such day.
        begins: NaiveDate,
    },
}

impl Basis {
    /// `current`, `looked_back` or `arranged`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::LookedBack { .. } => "looked_back",
            Self::Arranged { .. } => "arranged",
        }
    }

    /// The day on which the ground is shown to hold: the day asked about, the last day or the day it begins.
    #[must_use]
    pub fn day(self, as_of: NaiveDate) -> NaiveDate {
        match self {
            Self::Current => as_of,
            Self::LookedBack { last_day, .. } => last_day,
            Self::Arranged { begins } => begins,
        }
    }
}
