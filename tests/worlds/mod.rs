//! Random small worlds for properties: `world` from a seed, `worlds` as a strategy that shrinks by taking rows away,
//! and the same with unknowns, which `fix` replaces by values they may have.
//!
//! Amounts and days cluster around the thresholds and the ends of the window, because that is where readings part. Of no
//! company do more than 100 % exist: all rows of a company together stay within it, whatever their days.

pub mod build;
pub mod dealings;
pub mod dice;
pub mod shrink;
pub mod unknown;

use chrono::{Days, Months, NaiveDate};
use serde_json::Value;

// Each test takes what it needs of these.
#[allow(unused_imports)]
pub use shrink::{Worlds, dealings_worlds, unknown_worlds, worlds};
#[allow(unused_imports)]
pub use unknown::fix;

/// The listed company of every world.
pub const SUBJECT: &str = "o0";

/// A world and the day to ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub dataset: Value,
    pub as_of: NaiveDate,
}

/// The day most questions are asked on, that of the random cases.
pub fn usual_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, 30).expect("a day")
}

/// The world of a seed, made for `usual_day`.
pub fn world(seed: u64) -> Value {
    build::world(seed, usual_day())
}

/// The world of a seed, asked about on the usual day or near a leap day.
pub fn case(seed: u64) -> Case {
    let mut dice = dice::Dice::new(seed ^ 0xda75);
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let leap = [day(2024, 2, 29), day(2023, 2, 28), day(2024, 3, 31)];
    let as_of = if dice.chance(75) { usual_day() } else { *dice.pick(&leap) };
    Case { dataset: build::world(seed, as_of), as_of }
}

/// Like `case`, with transactions, forecasts, statements, restrictions of votes and more designations and directors.
pub fn dealings_case(seed: u64) -> Case {
    let Case { dataset, as_of } = case(seed);
    Case { dataset: dealings::deal(dataset, as_of, seed), as_of }
}

/// The dataset of `dealings_case`.
pub fn dealings(seed: u64) -> Value {
    dealings_case(seed).dataset
}

/// Like `case`, with some amounts and days unknown.
pub fn unknown_case(seed: u64) -> Case {
    let Case { dataset, as_of } = case(seed);
    Case { dataset: unknown::blur(&dataset, as_of, seed), as_of }
}

/// The days on which it shows whether a bound of the window of `as_of` is read rightly, in order.
pub fn boundary_days(as_of: NaiveDate) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for middle in [
        as_of.checked_sub_months(Months::new(12)).expect("a day"),
        as_of,
        as_of.checked_add_months(Months::new(12)).expect("a day"),
    ] {
        days.extend([middle - Days::new(1), middle, middle + Days::new(1)]);
    }
    days.extend([as_of - Days::new(400), as_of - Days::new(160), as_of + Days::new(31), as_of + Days::new(200)]);
    days.push(as_of + Days::new(499));
    days.sort_unstable();
    days
}
