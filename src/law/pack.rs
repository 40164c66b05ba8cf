//! A rule pack as data: title, in force from, grounds, switches, numbers.

use super::{LoanPrimeRates, Numbers, Parameter, Readings, Switch};
use chrono::NaiveDate;
use serde::Deserialize;

/// What a pack's data says of one ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundTitle {
    /// Article and item: `5.3`.
    pub number: String,
    /// What it catches, in English.
    pub title_en: String,
    /// What it catches, in Chinese.
    pub title_zh: String,
}

/// A rule pack's data. The code of its grounds stands in [`crate::packs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// `sse-2022`
    pub name: String,
    /// English title.
    pub title_en: String,
    /// Chinese title.
    pub title_zh: String,
    /// First day on which the rules are the law.
    pub in_force_from: NaiveDate,
    /// Where the law stands.
    pub source: String,
    /// The grounds in the order of the articles.
    pub grounds: Vec<GroundTitle>,
    /// The contested readings.
    pub switches: Vec<Switch>,
    /// The numbers, each value with its source.
    pub parameters: Vec<Parameter>,
    /// The loan prime rate from day to day.
    pub loan_prime_rates: LoanPrimeRates,
    /// The numbers together, from each day on which one of them changes; the first hold before that as well.
    first_numbers: Numbers,
    later_numbers: Vec<(NaiveDate, Numbers)>,
}

/// Why a pack's data cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The data is no pack.
    #[error("the rule pack's data cannot be read: {0}")]
    Data(String),
    /// A number is missing or unreadable.
    #[error("the rule pack has no readable parameter `{0}`")]
    Parameter(String),
    /// There is no pack of that name.
    #[error("there is no rule pack `{name}`; known: {}", known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The packs there are.
        known: Vec<String>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    name: String,
    title_en: String,
    title_zh: String,
    in_force_from: NaiveDate,
    source: String,
    ground: Vec<GroundTitle>,
    switch: Vec<Switch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    parameter: Vec<Parameter>,
}

impl Pack {
    /// Reads `pack.toml`, `parameters.toml` and `loan_prime_rates.toml`. Every number is checked to be readable.
    ///
    /// # Errors
    /// Where either text is not of the expected shape or a number is missing.
    pub fn from_toml(pack: &str, parameters: &str, rates: &str) -> Result<Self, PackError> {
        let file: PackFile = toml::from_str(pack).map_err(|e| PackError::Data(e.to_string()))?;
        let numbers: ParameterFile = toml::from_str(parameters).map_err(|e| PackError::Data(e.to_string()))?;
        let mut days: Vec<NaiveDate> =
            numbers.parameter.iter().flat_map(|parameter| &parameter.value).map(|value| value.from).collect();
        days.sort_unstable();
        days.dedup();
        let mut dated = Vec::with_capacity(days.len());
        for day in days {
            dated.push((day, Numbers::on(&numbers.parameter, day)?));
        }
        let first_numbers = Numbers::on(&numbers.parameter, file.in_force_from)?;
        Ok(Self {
            name: file.name,
            title_en: file.title_en,
            title_zh: file.title_zh,
            in_force_from: file.in_force_from,
            source: file.source,
            grounds: file.ground,
            switches: file.switch,
            parameters: numbers.parameter,
            loan_prime_rates: LoanPrimeRates::from_toml(rates)?,
            first_numbers,
            later_numbers: dated,
        })
    }

    /// The numbers in force on `day`; before the pack is in force, its first numbers.
    #[must_use]
    pub fn numbers(&self, day: NaiveDate) -> &Numbers {
        self.later_numbers
            .iter()
            .rev()
            .find(|(from, _)| *from <= day)
            .map_or(&self.first_numbers, |(_, numbers)| numbers)
    }

    /// The default reading of every switch.
    #[must_use]
    pub fn default_readings(&self) -> Readings {
        Readings::defaults(&self.switches)
    }

    /// What the data says of the ground `number`.
    #[must_use]
    pub fn ground(&self, number: &str) -> Option<&GroundTitle> {
        self.grounds.iter().find(|ground| ground.number == number)
    }
}
