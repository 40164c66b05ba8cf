//! The second reading of the law is itself held against every worked and every random case before anything is held
//! against it.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod naive;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use naive::Basis;
use serde_json::Value;

fn cases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases")
}

fn day(value: &Value) -> NaiveDate {
    value.as_str().unwrap().parse().unwrap()
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().map_or_else(BTreeSet::new, |all| all.iter().map(|one| one.as_str().unwrap().to_owned()).collect())
}

fn tops_of(value: &Value) -> BTreeMap<String, Vec<String>> {
    let all = value.as_object().unwrap();
    all.iter().map(|(party, tops)| (party.clone(), strings(tops).into_iter().collect())).collect()
}

fn differences<V: PartialEq + std::fmt::Debug>(
    what: &str,
    expected: &BTreeMap<String, V>,
    found: &BTreeMap<String, V>,
) -> Vec<String> {
    let keys: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    keys.into_iter()
        .filter(|key| expected.get(*key) != found.get(*key))
        .map(|key| format!("{what} {key}: expected {:?}, found {:?}", expected.get(key), found.get(key)))
        .collect()
}

fn basis_of(ground: &Value) -> Basis {
    match ground["basis"].as_str().unwrap() {
        "current" => Basis::Current,
        "looked_back" => Basis::LookedBack { last_day: day(&ground["last_day"]), expires: day(&ground["expires"]) },
        "arranged" => Basis::Arranged { begins: day(&ground["begins"]) },
        other => panic!("unknown basis {other}"),
    }
}

/// Every way in which the answer to a random case differs from what it expects.
fn random_case(case: &Value) -> Vec<String> {
    let (subject, as_of) = (case["subject"].as_str().unwrap(), day(&case["as_of"]));
    let answer = naive::register(&case["dataset"], subject, as_of, &BTreeMap::new());
    let mut expected: BTreeMap<String, BTreeMap<String, Basis>> = BTreeMap::new();
    for (party, grounds) in case["expect"]["related"].as_object().unwrap() {
        for ground in grounds.as_array().unwrap() {
            let number = ground["ground"].as_str().unwrap().to_owned();
            expected.entry(party.clone()).or_default().insert(number, basis_of(ground));
        }
    }
    let mut wrong = differences("related", &expected, &answer.related);
    let exempt = strings(&case["expect"]["exempt"]);
    if exempt != answer.exempt {
        wrong.push(format!("exempt: expected {exempt:?}, found {:?}", answer.exempt));
    }
    let tops = naive::tops(&case["dataset"], subject, as_of);
    wrong.extend(differences("tops", &tops_of(&case["expect"]["tops"]), &tops));
    wrong.into_iter().map(|line| format!("{}: {line}", case["id"].as_str().unwrap())).collect()
}

/// Every way in which the answer to a worked case differs from what it expects; these state bases without days.
fn worked_case(case: &Value) -> Vec<String> {
    let (subject, as_of) = (case["subject"].as_str().unwrap(), day(&case["as_of"]));
    let answer = naive::register(&case["dataset"], subject, as_of, &BTreeMap::new());
    let expect = &case["expect"];
    let expected: BTreeMap<String, BTreeSet<String>> = expect["related"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(party, grounds)| (party.clone(), strings(grounds)))
        .collect();
    let found: BTreeMap<String, BTreeSet<String>> = answer
        .related
        .iter()
        .map(|(party, grounds)| {
            let line = |(ground, basis): (&String, &Basis)| match basis {
                Basis::Current => format!("{ground} current"),
                Basis::LookedBack { .. } => format!("{ground} looked_back"),
                Basis::Arranged { .. } => format!("{ground} arranged"),
            };
            (party.clone(), grounds.iter().map(line).collect())
        })
        .collect();
    // A case lists all related parties, unless it asks about tops alone.
    let only_tops = expect["related"].as_object().unwrap().is_empty() && expect["tops"].is_object();
    let mut wrong = if only_tops { Vec::new() } else { differences("related", &expected, &found) };
    for party in strings(&expect["not_related"]).iter().filter(|party| found.contains_key(*party)) {
        wrong.push(format!("{party} is expected not to be related"));
    }
    let exempt = strings(&expect["exempt"]);
    if exempt != answer.exempt {
        wrong.push(format!("exempt: expected {exempt:?}, found {:?}", answer.exempt));
    }
    if expect["tops"].is_object() {
        let expected = tops_of(&expect["tops"]);
        let mut tops = naive::tops(&case["dataset"], subject, as_of);
        tops.retain(|party, _| expected.contains_key(party));
        wrong.extend(differences("tops", &expected, &tops));
    }
    wrong.into_iter().map(|line| format!("{}: {line}", case["id"].as_str().unwrap())).collect()
}

fn report(wrong: &[String], cases: usize) {
    assert!(wrong.is_empty(), "{} differences in {cases} cases\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn worked_cases_come_out_as_expected() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(cases().join("worked")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        wrong.extend(worked_case(&serde_json::from_str(&text).unwrap()));
        count += 1;
    }
    assert!(count > 50, "only {count} worked cases were found");
    report(&wrong, count);
}

#[test]
fn random_cases_come_out_as_expected() {
    let text = fs::read_to_string(cases().join("random.jsonl")).unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 400);
    let wrong: Vec<String> = cases.iter().flat_map(random_case).collect();
    report(&wrong, cases.len());
}

/// The cases about transactions say of each counterparty whether it is related on the transaction's own day.
#[test]
fn counterparties_of_dealings_come_out_as_expected() {
    let text = fs::read_to_string(cases().join("dealings.jsonl")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let subject = case["subject"].as_str().unwrap();
        let transactions = case["dataset"]["transactions"].as_array().unwrap();
        for expected in case["expect"]["assess"].as_array().unwrap() {
            let transaction = transactions.iter().find(|transaction| transaction["id"] == expected["id"]).unwrap();
            let party = transaction["counterparty"].as_str().unwrap();
            let answer = naive::register(&case["dataset"], subject, day(&transaction["date"]), &BTreeMap::new());
            let related = answer.related.contains_key(party);
            if related != expected["related"].as_bool().unwrap() {
                wrong.push(format!("{} {}: {party} is found related: {related}", case["id"], expected["id"]));
            }
            count += 1;
        }
    }
    report(&wrong, count);
}
