//! Asking the resolver about datasets written as JSON.

use chrono::NaiveDate;
use relata::facts::Facts;
use relata::intake;
use relata::law::{Pack, Readings};
use relata::packs;
use relata::register::{Question, Standing};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[allow(dead_code, reason = "asked for by the tests of dealings alone")]
pub mod dealings;

/// A ground with its basis in one line: `5.3 current`, `7.2 looked_back 2022-01-10 2023-01-10`.
pub type Lines = BTreeMap<String, BTreeSet<String>>;

pub fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no day"))
}

/// The facts of a dataset that has no errors.
pub fn facts(dataset: &Value) -> Facts {
    let loaded = intake::from_json(&dataset.to_string(), "dataset.json");
    assert!(!loaded.has_errors(), "{:#?}\n{dataset}", loaded.findings);
    loaded.facts
}

pub fn pack() -> Pack {
    packs::load("sse-2022").expect("the pack loads")
}

pub fn question<'p>(facts: &Facts, pack: &'p Pack, subject: &str, as_of: NaiveDate, flips: &[&str]) -> Question<'p> {
    Question {
        subject: facts.party_id(subject).expect("the subject is a party"),
        as_of,
        pack,
        readings: Readings::choose(&pack.switches, flips.iter().copied()).expect("the readings exist"),
    }
}

pub fn line(ground: &str, basis: relata::law::Basis) -> String {
    use relata::law::Basis;
    match basis {
        Basis::Current => format!("{ground} current"),
        Basis::LookedBack { last_day, expires } => format!("{ground} looked_back {last_day} {expires}"),
        Basis::Arranged { begins } => format!("{ground} arranged {begins}"),
    }
}

pub fn related(facts: &Facts, standing: &Standing) -> Lines {
    standing
        .related
        .iter()
        .map(|(party, grounds)| {
            (facts.id(*party).to_owned(), grounds.iter().map(|(ground, basis)| line(ground, *basis)).collect())
        })
        .collect()
}

pub fn ids(facts: &Facts, parties: impl IntoIterator<Item = relata::facts::PartyId>) -> BTreeSet<String> {
    parties.into_iter().map(|party| facts.id(party).to_owned()).collect()
}
