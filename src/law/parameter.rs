//! The numbers of the law as dated data.

use super::PackError;
use crate::facts::{Percent, Yuan};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

/// In what a parameter is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Percent, exact.
    Percent,
    /// Calendar months.
    Months,
    /// Whole years.
    Years,
    /// Yuan, exact.
    Yuan,
    /// Persons.
    Persons,
}

/// One value of a parameter, from a day on, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// First day on which the value is the law.
    pub from: NaiveDate,
    /// The number, as text.
    pub value: String,
    /// Where the law says so.
    pub source: String,
}

/// A named number of the law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// `holder.threshold` and the like.
    pub name: String,
    /// In what it is measured.
    pub unit: Unit,
    /// Its values, oldest first.
    pub value: Vec<Value>,
}

impl Parameter {
    /// The value in force on `day`, or the oldest one where the day lies before it.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&Value> {
        self.value.iter().rev().find(|value| value.from <= day).or_else(|| self.value.first())
    }
}

/// The numbers of a pack on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// `holder.threshold`: a holder of at least this much of the capital is related.
    pub holder_threshold: Percent,
    /// `control.majority`: more than this much of the votes controls.
    pub control_majority: Percent,
    /// `control.presumption`: more than this much of a listed company's votes is presumed to control.
    pub control_presumption: Percent,
    /// `window.months`: how far the window reaches back and ahead, and how long an agreement carries.
    pub window_months: u32,
    /// `family.age`: a child counts from this age.
    pub family_age: u32,
    /// `exemption.directors`: the share of shared directors from which article 6 gives no exemption.
    pub exemption_directors: Percent,
    /// `cumulation.months`: how far back dealings are added up (article 16).
    pub cumulation_months: u32,
    /// `disclosure.person`: dealings with a person of at least this much are published (article 13).
    pub disclosure_person: Yuan,
    /// `disclosure.organisation`: dealings with an organisation of at least this much (article 14) ...
    pub disclosure_organisation: Yuan,
    /// `disclosure.organisation.share`: ... and of this share of net assets.
    pub disclosure_share: Percent,
    /// `major.amount`: dealings of at least this much go to the shareholders (article 15(1)) ...
    pub major_amount: Yuan,
    /// `major.share`: ... if they are this share of net assets.
    pub major_share: Percent,
    /// `agreement.years`: after so many years a daily agreement is due again (article 27).
    pub agreement_years: u32,
    /// `board.minimum`: with fewer unrelated directors the matter goes to the shareholders (article 18).
    pub board_minimum: u32,
    /// `board.majority`: more than this share of the unrelated directors attend, and approve (article 18).
    pub board_majority: Percent,
    /// `premium.share`: a price above book value by more than this share is to be explained (article 29).
    pub premium_share: Percent,
    /// `history.months`: how far back a target's changes and the history of dealings are told (articles 28 and 40).
    pub history_months: u32,
    /// `movement.step`: the change of a pooled holding that is to be reported (takeover rules, articles 13 and 14).
    pub movement_step: Percent,
}

impl Numbers {
    /// The numbers in force on `day`.
    ///
    /// # Errors
    /// Where a parameter is missing, has no value or cannot be read.
    pub fn on(parameters: &[Parameter], day: NaiveDate) -> Result<Self, PackError> {
        let text = |name: &str, unit: Unit| {
            parameters
                .iter()
                .find(|parameter| parameter.name == name && parameter.unit == unit)
                .and_then(|parameter| parameter.on(day))
                .map(|value| value.value.as_str())
                .ok_or_else(|| PackError::Parameter(name.to_owned()))
        };
        let percent = |name: &str| {
            text(name, Unit::Percent)?.parse::<Percent>().map_err(|_| PackError::Parameter(name.to_owned()))
        };
        let whole = |name: &str, unit: Unit| {
            text(name, unit)?.parse::<u32>().map_err(|_| PackError::Parameter(name.to_owned()))
        };
        let yuan = |name: &str| {
            let number = text(name, Unit::Yuan)?.parse::<Decimal>();
            number.map(Yuan::from).map_err(|_| PackError::Parameter(name.to_owned()))
        };
        Ok(Self {
            holder_threshold: percent("holder.threshold")?,
            control_majority: percent("control.majority")?,
            control_presumption: percent("control.presumption")?,
            window_months: whole("window.months", Unit::Months)?,
            family_age: whole("family.age", Unit::Years)?,
            exemption_directors: percent("exemption.directors")?,
            cumulation_months: whole("cumulation.months", Unit::Months)?,
            disclosure_person: yuan("disclosure.person")?,
            disclosure_organisation: yuan("disclosure.organisation")?,
            disclosure_share: percent("disclosure.organisation.share")?,
            major_amount: yuan("major.amount")?,
            major_share: percent("major.share")?,
            agreement_years: whole("agreement.years", Unit::Years)?,
            board_minimum: whole("board.minimum", Unit::Persons)?,
            board_majority: percent("board.majority")?,
            premium_share: percent("premium.share")?,
            history_months: whole("history.months", Unit::Months)?,
            movement_step: percent("movement.step")?,
        })
    }
}
