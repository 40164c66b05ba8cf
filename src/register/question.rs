//! What is asked: about whom, on which day, by which law and readings.

use crate::facts::PartyId;
use crate::law::{Pack, Readings};
use chrono::NaiveDate;

/// A question names its subject, its day, its rule pack and the readings taken; there is no "today" in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'p> {
    /// The listed company.
    pub subject: PartyId,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// The rule pack.
    pub pack: &'p Pack,
    /// The readings of its switches.
    pub readings: Readings,
}
