//! Exemptions relied on and what the data can show of them (section 11.5).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_ratio::RBig;

use super::ledger::Transaction;
use super::world::decimal;

/// The one-year loan prime rate in percent, from the day each was published.
const PRIME_RATES: [(&str, &str); 11] = [
    ("2019-08-20", "4.25"),
    ("2019-09-20", "4.20"),
    ("2019-11-20", "4.15"),
    ("2020-02-20", "4.05"),
    ("2020-04-20", "3.85"),
    ("2021-12-20", "3.80"),
    ("2022-01-20", "3.70"),
    ("2022-08-22", "3.65"),
    ("2023-06-20", "3.55"),
    ("2023-08-21", "3.45"),
    ("2024-07-22", "3.35"),
];

fn prime_rate(day: NaiveDate) -> Option<RBig> {
    let published = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let rate = PRIME_RATES.iter().rfind(|(from, _)| published(from) <= day);
    rate.map(|(_, rate)| decimal(rate))
}

/// `name=value; name=value`.
fn stated(facts: &str) -> BTreeMap<&str, &str> {
    let pairs = facts.split(';').filter_map(|fact| fact.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim())).collect()
}

/// The code that a transaction relies on, where it is known and passes its check. `grounds` are the counterparty's, on
/// any basis.
pub fn accepted(transaction: &Transaction, grounds: &BTreeSet<String>) -> Option<String> {
    let facts = stated(&transaction.exemption_facts);
    let says = |name: &str, value: &str| facts.get(name) == Some(&value);
    let is_of_kind = |kinds: &[&str]| kinds.contains(&transaction.kind.as_str());
    let passes = match transaction.exemption.as_str() {
        "48.1" | "48.3" | "48.4" | "48.5" | "48.6" | "48.8" | "48.9" => true,
        "48.2" => {
            let rate = facts.get("rate").map(|text| decimal(text));
            let low = rate.is_some_and(|rate| prime_rate(transaction.date).is_some_and(|prime| rate <= prime));
            low && says("security", "no")
        }
        "48.7" => is_of_kind(&["9.13", "9.14"]) && ["7.2", "7.3", "7.4"].iter().any(|ground| grounds.contains(*ground)),
        "49" => is_of_kind(&["9.2", "9.17"]) && says("cash", "yes") && says("proportional", "yes"),
        _ => false,
    };
    passes.then(|| transaction.exemption.clone())
}
