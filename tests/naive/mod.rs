//! A second reading of the law, written from the rules alone and sharing no code with the library, so that the two can
//! be held against each other. It favours the plainest way of saying each rule over speed: every day of the window is
//! looked at, every fixpoint is iterated over all pairs, every linear system is solved whole.

pub mod control;
pub mod dealings;
pub mod exemptions;
pub mod family;
pub mod forecasts;
pub mod grounds;
pub mod groups;
pub mod holding;
pub mod ledger;
pub mod readings;
pub mod recusal;
pub mod register;
pub mod standing;
pub mod state;
pub mod world;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

// Each test takes what it needs of these.
#[allow(unused_imports)]
pub use dealings::NaiveAssessment;
#[allow(unused_imports)]
pub use recusal::NaiveRecusal;
#[allow(unused_imports)]
pub use register::{Answer, Basis};

/// The register of `subject` on `as_of`: grounds with their bases, and who is exempt.
pub fn register(dataset: &Value, subject: &str, as_of: NaiveDate, readings: &BTreeMap<String, String>) -> Answer {
    let world = world::World::read(dataset);
    register::register(&world, world.id(subject), as_of, &readings::Readings::new(readings))
}

/// The tops of every party on `as_of` (section 8), under the default readings.
///
/// The subject matters because it counts as listed even if the dataset does not say so.
pub fn tops(dataset: &Value, subject: &str, as_of: NaiveDate) -> BTreeMap<String, Vec<String>> {
    let world = world::World::read(dataset);
    let readings = readings::Readings::new(&BTreeMap::new());
    groups::tops(&state::State::on(&world, world.id(subject), as_of, as_of), &readings)
}

/// Every pair of controller and controlled in the state of `day` as known on `as_of` (section 2).
pub fn controls(
    dataset: &Value,
    subject: &str,
    as_of: NaiveDate,
    day: NaiveDate,
    readings: &BTreeMap<String, String>,
) -> BTreeSet<(String, String)> {
    let world = world::World::read(dataset);
    let state = state::State::on(&world, world.id(subject), day, as_of);
    control::controls(&state, &readings::Readings::new(readings))
        .into_iter()
        .map(|(x, z)| (world.parties[x].id.clone(), world.parties[z].id.clone()))
        .collect()
}

/// What sections 11.2 to 11.5 say of every transaction, in the order of date, then row.
pub fn naive_assess(dataset: &Value, subject: &str, readings: &BTreeMap<String, String>) -> Vec<NaiveAssessment> {
    let world = world::World::read(dataset);
    let ledger = ledger::Ledger::read(dataset, &world);
    dealings::assess(&world, &ledger, world.id(subject), &readings::Readings::new(readings))
}

/// Who must stand aside on `day` in a matter with `counterparty`, and what is left of the board (section 11.6).
pub fn naive_recuse(
    dataset: &Value,
    subject: &str,
    counterparty: &str,
    day: NaiveDate,
    readings: &BTreeMap<String, String>,
) -> NaiveRecusal {
    let world = world::World::read(dataset);
    let ledger = ledger::Ledger::read(dataset, &world);
    let state = state::State::on(&world, world.id(subject), day, day);
    recusal::recuse(&state, &ledger, world.id(counterparty), &readings::Readings::new(readings))
}
