//! The loan prime rate as dated data.

use super::PackError;
use crate::facts::Percent;
use chrono::NaiveDate;
use serde::Deserialize;

/// The years from which the rate for five years and more applies.
const LONG: u32 = 5;

/// The loan prime rate (贷款市场报价利率) from day to day (article 48(2)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanPrimeRates {
    /// The last day the table speaks of.
    pub known_until: NaiveDate,
    /// Where the rates are announced.
    pub source: String,
    /// From each day on: the rate for one year and that for five years and more, oldest first.
    rates: Vec<(NaiveDate, Percent, Percent)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    known_until: NaiveDate,
    source: String,
    rate: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from: NaiveDate,
    one_year: String,
    five_years: String,
}

impl LoanPrimeRates {
    /// Reads `loan_prime_rates.toml`.
    ///
    /// # Errors
    /// Where it is not of the expected shape.
    pub fn from_toml(text: &str) -> Result<Self, PackError> {
        let file: File = toml::from_str(text).map_err(|e| PackError::Data(e.to_string()))?;
        let percent = |text: &str| text.parse().map_err(|_| PackError::Parameter("loan prime rate".to_owned()));
        let mut rates = Vec::with_capacity(file.rate.len());
        for row in file.rate {
            rates.push((row.from, percent(&row.one_year)?, percent(&row.five_years)?));
        }
        rates.sort_by_key(|(from, ..)| *from);
        Ok(Self { known_until: file.known_until, source: file.source, rates })
    }

    /// The rate on a day for a loan of so many years; `None` before the first announcement and after the last day the
    /// table speaks of.
    #[must_use]
    pub fn on(&self, day: NaiveDate, years: u32) -> Option<&Percent> {
        let (_, short, long) = self.rates.iter().rev().find(|(from, ..)| *from <= day)?;
        (day <= self.known_until).then_some(if years >= LONG { long } else { short })
    }
}
