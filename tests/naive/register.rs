//! The register of a day: states of the whole window put together (sections 1 and 7).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::grounds::{self, Grounds, Outcome};
use super::readings::Readings;
use super::state::{State, a_year_after, a_year_before};
use super::world::World;

/// On what footing a ground stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It holds on the day asked about.
    Current,
    /// It held last on `last_day`, and drops out after `expires`.
    LookedBack { last_day: NaiveDate, expires: NaiveDate },
    /// It will hold from `begins` on.
    Arranged { begins: NaiveDate },
}

/// Related parties with their grounds, and parties whose every way in is exempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub related: BTreeMap<String, BTreeMap<String, Basis>>,
    pub exempt: BTreeSet<String>,
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).expect("a day of our time")
}

fn previous(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).expect("a day of our time")
}

/// First and last day of the window of `day`.
pub fn window(day: NaiveDate, readings: &Readings) -> (NaiveDate, NaiveDate) {
    let (first, last) = (a_year_before(day), a_year_after(day));
    if readings.is("window_end", "inclusive") { (first, last) } else { (next(first), previous(last)) }
}

/// The last day whose window still contains `last_day`.
fn expiry(last_day: NaiveDate, readings: &Readings) -> NaiveDate {
    let mut day = last_day;
    while window(next(day), readings).0 <= last_day {
        day = next(day);
    }
    day
}

pub fn register(world: &World, subject: usize, as_of: NaiveDate, readings: &Readings) -> Answer {
    let nothing_deemed = Grounds::new();
    // States repeat from day to day, so equal ones are judged once.
    let mut judged: BTreeMap<Vec<bool>, Outcome> = BTreeMap::new();
    let (first, last) = window(as_of, readings);
    let mut days: Vec<(NaiveDate, Vec<bool>)> = Vec::new();
    let mut day = first;
    while day <= last {
        let state = State::on(world, subject, day, as_of);
        if !judged.contains_key(&state.marks) {
            let outcome = grounds::judge(&state, readings, &nothing_deemed);
            judged.insert(state.marks.clone(), outcome);
        }
        days.push((day, state.marks));
        day = next(day);
    }

    let today = State::on(world, subject, as_of, as_of);
    let current = &judged[&today.marks];
    // For each ground, the latest day before the day asked about and the earliest day after it on which it holds.
    let mut before: BTreeMap<(usize, &'static str), NaiveDate> = BTreeMap::new();
    let mut after: BTreeMap<(usize, &'static str), NaiveDate> = BTreeMap::new();
    for (day, marks) in &days {
        for (party, grounds) in &judged[marks].grounds {
            // Dealings inside the group of today are no related-party dealings whatever held on another day.
            if current.own_group.contains(party) {
                continue;
            }
            // A designation is neither looked back nor arranged.
            for ground in grounds.iter().copied().filter(|ground| *ground != "8.2") {
                if *day < as_of {
                    before.insert((*party, ground), *day);
                } else if *day > as_of {
                    after.entry((*party, ground)).or_insert(*day);
                }
            }
        }
    }
    // Each basis gives way to the one before it: current, looked back, arranged.
    let mut bases: BTreeMap<usize, BTreeMap<&'static str, Basis>> = BTreeMap::new();
    for ((party, ground), begins) in after {
        bases.entry(party).or_default().insert(ground, Basis::Arranged { begins });
    }
    for ((party, ground), last_day) in before {
        let expires = expiry(last_day, readings);
        bases.entry(party).or_default().insert(ground, Basis::LookedBack { last_day, expires });
    }
    let composed;
    let current = if readings.is("lookback", "composed") {
        let mut deemed = Grounds::new();
        for (party, grounds) in &bases {
            deemed.insert(*party, grounds.keys().copied().collect());
        }
        composed = grounds::judge(&today, readings, &deemed);
        &composed
    } else {
        current
    };
    for (party, grounds) in &current.grounds {
        for ground in grounds {
            bases.entry(*party).or_default().insert(ground, Basis::Current);
        }
    }

    let name = |party: &usize| world.parties[*party].id.clone();
    let exempt = current.exempt.iter().filter(|party| !bases.contains_key(party)).map(name).collect();
    let related = bases
        .iter()
        .map(|(party, grounds)| {
            (name(party), grounds.iter().map(|(ground, basis)| ((*ground).to_owned(), *basis)).collect())
        })
        .collect();
    Answer { related, exempt }
}
