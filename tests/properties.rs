//! What must be true of every world: the resolver agrees with the plain second reading, every proof is accepted, and
//! what should change nothing changes nothing.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod naive;
mod support;
mod worlds;

use naive::Basis;
use naive::readings::SWITCHES;
use relata::facts::Facts;
use relata::proof::check::{Claim, check_steps};
use relata::register::{Question, Register, Resolver};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use support::{Lines, facts, ids, line, pack, question, related};
use worlds::{Case, SUBJECT};

/// Worlds of the ordinary run; set `RELATA_WORLDS` for a longer one.
fn count(ordinary: u64) -> u64 {
    std::env::var("RELATA_WORLDS").ok().and_then(|text| text.parse::<u64>().ok()).map_or(ordinary, |n| n.max(ordinary))
}

fn naive_lines(answer: &naive::register::Answer) -> Lines {
    answer
        .related
        .iter()
        .map(|(party, grounds)| {
            let lines = grounds
                .iter()
                .map(|(ground, basis)| match basis {
                    Basis::Current => format!("{ground} current"),
                    Basis::LookedBack { last_day, expires } => format!("{ground} looked_back {last_day} {expires}"),
                    Basis::Arranged { begins } => format!("{ground} arranged {begins}"),
                })
                .collect();
            (party.clone(), lines)
        })
        .collect()
}

fn compare(case: &Case, switch: Option<(&str, &str)>) {
    let facts = facts(&case.dataset);
    let pack = pack();
    let flips: Vec<String> = switch.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
    let flips: Vec<&str> = flips.iter().map(String::as_str).collect();
    let question = question(&facts, &pack, SUBJECT, case.as_of, &flips);
    let standing = Resolver::new(&facts).standing(&question);
    let chosen = switch.iter().map(|(name, reading)| ((*name).to_owned(), (*reading).to_owned())).collect();
    let expected = naive::register(&case.dataset, SUBJECT, case.as_of, &chosen);
    assert_eq!(naive_lines(&expected), related(&facts, &standing), "{switch:?} as of {}\n{}", case.as_of, case.dataset);
    assert_eq!(expected.exempt, ids(&facts, standing.exempt.clone()), "{switch:?} exempt\n{}", case.dataset);
    assert!(standing.undetermined.is_empty());
}

#[test]
fn agrees_with_the_second_reading() {
    for seed in 0..count(20_000) {
        compare(&worlds::case(seed), None);
    }
}

#[test]
fn agrees_with_the_second_reading_under_every_switch() {
    let flips: Vec<(&str, &str)> = SWITCHES
        .iter()
        .flat_map(|(name, readings)| readings[1..].iter().map(move |reading| (*name, *reading)))
        .collect();
    for seed in 0..count(8_000) {
        let flip = flips[usize::try_from(seed).unwrap() % flips.len()];
        compare(&worlds::case(seed + 1_000_000), Some(flip));
    }
}

#[test]
fn tops_agree_with_the_second_reading() {
    for seed in 0..count(3_000) {
        let case = worlds::case(seed + 2_000_000);
        let facts = facts(&case.dataset);
        let pack = pack();
        let question = question(&facts, &pack, SUBJECT, case.as_of, &[]);
        let groups = Resolver::new(&facts).groups(&question, &[]);
        let tops: BTreeMap<String, Vec<String>> = groups
            .tops
            .iter()
            .map(|(party, tops)| (facts.id(*party).to_owned(), ids(&facts, tops.iter().copied()).into_iter().collect()))
            .collect();
        assert_eq!(naive::tops(&case.dataset, SUBJECT, case.as_of), tops, "{}", case.dataset);
    }
}

/// Every line of a register has a proof that the checker accepts.
fn check_proofs(facts: &Facts, question: &Question, register: &Register, dataset: &Value) {
    let claim = Claim {
        facts,
        subject: question.subject,
        as_of: question.as_of,
        numbers: question.pack.numbers(question.as_of).clone(),
        readings: question.readings.clone(),
    };
    let refusals = check_steps(&claim, &register.proofs);
    assert!(refusals.is_empty(), "{refusals:#?}\n{:#?}\nas of {}\n{dataset}", register.proofs, question.as_of);
    let steps: BTreeMap<u32, &relata::proof::Step> = register.proofs.iter().map(|step| (step.id, step)).collect();
    for entry in &register.related {
        for l in &entry.grounds {
            let id = facts.id(entry.party);
            let conclusion = relata::proof::line_conclusion(id, l.ground, l.basis, question.as_of);
            assert_eq!(steps[&l.proof].conclusion, conclusion);
        }
    }
}

fn lines_of(facts: &Facts, register: &Register) -> Lines {
    register
        .related
        .iter()
        .map(|entry| {
            let lines = entry.grounds.iter().map(|l| line(l.ground, l.basis)).collect();
            (facts.id(entry.party).to_owned(), lines)
        })
        .collect()
}

#[test]
fn every_line_is_proved_and_every_proof_accepted() {
    let pack = pack();
    let flips: Vec<String> = std::iter::once(String::new())
        .chain(SWITCHES.iter().flat_map(|(name, rs)| rs[1..].iter().map(move |r| format!("{name}={r}"))))
        .collect();
    for seed in 0..count(3_000) {
        let case = if seed % 3 == 0 { worlds::unknown_case(seed + 3_000_000) } else { worlds::case(seed + 3_000_000) };
        let facts = facts(&case.dataset);
        let flip = &flips[usize::try_from(seed).unwrap() % flips.len()];
        let chosen: Vec<&str> = if flip.is_empty() { Vec::new() } else { vec![flip] };
        let question = question(&facts, &pack, SUBJECT, case.as_of, &chosen);
        let resolver = Resolver::new(&facts);
        let register = resolver.register(&question);
        let standing = resolver.standing(&question);
        assert_eq!(related(&facts, &standing), lines_of(&facts, &register), "{flip}\n{}", case.dataset);
        assert_eq!(standing.exempt.len(), register.exempt.len());
        check_proofs(&facts, &question, &register, &case.dataset);
    }
}

/// Putting any allowed value in for every unknown never contradicts *related* or *not related*.
#[test]
fn fixing_the_unknowns_never_contradicts_an_answer() {
    let pack = pack();
    let mut open = 0;
    for seed in 0..count(2_500) {
        let case = worlds::unknown_case(seed + 4_000_000);
        let blurred = facts(&case.dataset);
        let question = question(&blurred, &pack, SUBJECT, case.as_of, &[]);
        let resolver = Resolver::new(&blurred);
        let standing = resolver.standing(&question);
        let certain = ids(&blurred, standing.related.keys().copied());
        let perhaps = ids(&blurred, standing.undetermined.keys().copied());
        let exempt = ids(&blurred, standing.exempt.iter().copied());
        open += perhaps.len();
        if seed % 5 == 0 {
            for entry in resolver.register(&question).undetermined {
                let party = blurred.id(entry.party);
                assert!(!entry.missing.is_empty(), "{party} is undetermined for no reason\n{}", case.dataset);
            }
        }
        for choice in 0..6 {
            let fixed = worlds::fix(&case.dataset, case.as_of, choice);
            let truth = naive::register(&fixed, SUBJECT, case.as_of, &BTreeMap::new());
            let truly: BTreeSet<String> = truth.related.keys().cloned().collect();
            let context = || format!("as of {}\n{}\n{fixed}", case.as_of, case.dataset);
            assert!(certain.is_subset(&truly), "said related: {certain:?}, truly {truly:?} {}", context());
            let allowed: BTreeSet<String> = certain.union(&perhaps).cloned().collect();
            assert!(truly.is_subset(&allowed), "said at most {allowed:?}, truly {truly:?} {}", context());
            assert!(exempt.is_subset(&truth.exempt), "said exempt {exempt:?}, truly {:?} {}", truth.exempt, context());
        }
    }
    assert!(open > 500, "the worlds leave too little open: {open}");
}

/// The dataset with its parties renamed by `name` and the rows of every table in reverse.
fn renamed(dataset: &Value, name: impl Fn(&str) -> String) -> Value {
    let parties: BTreeSet<String> =
        dataset["parties"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect();
    let mut renamed = json!({});
    for (table, rows) in dataset.as_object().unwrap() {
        let rows: Vec<Value> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let mut row = row.clone();
                for cell in row.as_object_mut().unwrap().values_mut() {
                    if let Some(text) = cell.as_str().filter(|text| parties.contains(*text)) {
                        *cell = Value::from(name(text));
                    }
                }
                row
            })
            // Proxies pass votes on in the order of their rows.
            .collect();
        let rows = if table == "proxies" { rows } else { rows.into_iter().rev().collect() };
        renamed[table] = Value::from(rows);
    }
    renamed
}

#[test]
fn names_and_the_order_of_rows_change_nothing() {
    let pack = pack();
    for seed in 0..count(2_000) {
        let case = worlds::case(seed + 5_000_000);
        let before = facts(&case.dataset);
        let answer = Resolver::new(&before).standing(&question(&before, &pack, SUBJECT, case.as_of, &[]));
        let name = |id: &str| format!("z{}", id.chars().rev().collect::<String>());
        let after = facts(&renamed(&case.dataset, name));
        let again = Resolver::new(&after).standing(&question(&after, &pack, &name(SUBJECT), case.as_of, &[]));
        let expected: Lines =
            related(&before, &answer).into_iter().map(|(party, lines)| (name(&party), lines)).collect();
        assert_eq!(expected, related(&after, &again), "{}", case.dataset);
    }
}

#[test]
fn a_tie_that_ended_two_years_ago_changes_nothing() {
    let pack = pack();
    for seed in 0..count(2_000) {
        let case = worlds::case(seed + 6_000_000);
        let before = facts(&case.dataset);
        let answer = Resolver::new(&before).standing(&question(&before, &pack, SUBJECT, case.as_of, &[]));
        let mut dataset = case.dataset.clone();
        let parties: Vec<Value> = dataset["parties"].as_array().unwrap().clone();
        let until = (case.as_of - chrono::Days::new(731)).to_string();
        for party in &parties {
            let organisation = party["kind"] != "person";
            let (table, row) = if organisation {
                let row = json!({"controller": party["id"], "controlled": SUBJECT, "basis": "other", "until": until});
                ("controls", row)
            } else {
                let row = json!({"person": party["id"], "organisation": SUBJECT, "role": "director", "until": until});
                ("positions", row)
            };
            if party["id"] == SUBJECT {
                continue;
            }
            let rows = dataset.as_object_mut().unwrap().entry(table).or_insert_with(|| json!([]));
            rows.as_array_mut().unwrap().push(row);
        }
        let after = facts(&dataset);
        let again = Resolver::new(&after).standing(&question(&after, &pack, SUBJECT, case.as_of, &[]));
        assert_eq!(related(&before, &answer), related(&after, &again), "{}", case.dataset);
    }
}

/// Asked on every date of change and the days next to it, the answer is that of the second reading.
#[test]
fn every_date_of_change_and_its_neighbours() {
    for seed in 0..count(150) {
        let case = worlds::case(seed + 7_000_000);
        let mut days: BTreeSet<chrono::NaiveDate> = BTreeSet::new();
        for rows in case.dataset.as_object().unwrap().values() {
            for row in rows.as_array().unwrap() {
                for column in ["from", "until", "agreed"] {
                    if let Some(day) = row.get(column).and_then(Value::as_str).and_then(|text| text.parse().ok()) {
                        days.insert(day);
                    }
                }
            }
        }
        for day in days {
            for as_of in [day.pred_opt().unwrap(), day, day.succ_opt().unwrap()] {
                compare(&Case { dataset: case.dataset.clone(), as_of }, None);
            }
        }
    }
}

/// A party's entry lists exactly the switches of which some reading changes its verdict.
#[test]
fn contested_readings_agree_with_the_second_reading() {
    let pack = pack();
    for seed in 0..count(250) {
        let case = worlds::case(seed + 8_000_000);
        let facts = facts(&case.dataset);
        let question = question(&facts, &pack, SUBJECT, case.as_of, &[]);
        let everyone: Vec<_> = facts.party_ids().collect();
        let answers = Resolver::new(&facts).check(&question, &everyone);
        let found: BTreeMap<String, BTreeSet<String>> = answers
            .parties
            .iter()
            .map(|answer| (facts.id(answer.party).to_owned(), answer.contested_by.iter().cloned().collect()))
            .collect();
        let related = |chosen: &BTreeMap<String, String>| -> BTreeSet<String> {
            naive::register(&case.dataset, SUBJECT, case.as_of, chosen).related.keys().cloned().collect()
        };
        let usual = related(&BTreeMap::new());
        let mut expected: BTreeMap<String, BTreeSet<String>> =
            found.keys().map(|party| (party.clone(), BTreeSet::new())).collect();
        for (switch, readings) in SWITCHES {
            for reading in &readings[1..] {
                let flipped = related(&BTreeMap::from([((*switch).to_owned(), (*reading).to_owned())]));
                for party in usual.symmetric_difference(&flipped) {
                    expected.get_mut(party).unwrap().insert((*switch).to_owned());
                }
            }
        }
        assert_eq!(expected, found, "as of {}\n{}", case.as_of, case.dataset);
    }
}
