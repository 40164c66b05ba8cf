//! The second reading of the rules on dealings is itself held against every case before anything is held against it.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod naive;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use dashu_ratio::RBig;
use naive::recusal::NaiveBoard;
use naive::world::decimal;
use naive::{NaiveAssessment, NaiveRecusal};
use serde_json::Value;

fn cases() -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases/dealings.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 150);
    cases
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// An amount, which the cases write as a whole number or as a fraction.
fn amount(value: &Value) -> Option<RBig> {
    let text = value.as_str()?;
    Some(text.split_once('/').map_or_else(|| decimal(text), |(over, under)| decimal(over) / decimal(under)))
}

/// What is wrong with one assessment, field by field.
fn compare(expected: &Value, found: &NaiveAssessment) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut hold = |field: &str, same: bool| {
        if !same {
            wrong.push(format!("{field} of {expected}: found {found:?}"));
        }
    };
    hold("related", expected["related"] == found.related);
    hold("duties", texts(&expected["duties"]) == found.duties);
    hold("exempt", expected["exempt"].as_str() == found.exempt.as_deref());
    hold("same_party", amount(&expected["same_party"]) == found.same_party);
    hold("same_subject", amount(&expected["same_subject"]) == found.same_subject);
    wrong
}

/// The answer of a case about a counterparty, in the shape of the naive one.
fn recusal(expected: &Value) -> NaiveRecusal {
    let items = |field: &str| -> BTreeMap<String, Vec<String>> {
        let parties = expected[field].as_object().unwrap().iter();
        parties.map(|(party, items)| (party.clone(), texts(items).into_iter().map(str::to_owned).collect())).collect()
    };
    let board = &expected["board"];
    let number = |field: &str| usize::try_from(board[field].as_u64().unwrap()).unwrap();
    NaiveRecusal {
        directors: items("directors"),
        shareholders: items("shareholders"),
        board: NaiveBoard {
            directors: number("directors"),
            unrelated: number("unrelated"),
            quorum: number("quorum"),
            majority: number("majority"),
            to_shareholders: board["to_shareholders"].as_bool().unwrap(),
        },
    }
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn duties_come_out_as_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        let found = naive::naive_assess(&case["dataset"], case["subject"].as_str().unwrap(), &BTreeMap::new());
        let expected = case["expect"]["assess"].as_array().unwrap();
        // The transactions stand in the same order, too.
        let ids = |found: &NaiveAssessment| Value::from(found.id.clone());
        assert!(expected.iter().map(|one| one["id"].clone()).eq(found.iter().map(ids)), "{id}");
        for (expected, found) in expected.iter().zip(&found) {
            wrong.extend(compare(expected, found).into_iter().map(|line| format!("{id}: {line}")));
        }
    }
    report(&wrong);
}

#[test]
fn those_who_stand_aside_come_out_as_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (subject, day) = (case["subject"].as_str().unwrap(), case["as_of"].as_str().unwrap().parse().unwrap());
        for (party, expected) in case["expect"]["recuse"].as_object().unwrap() {
            let found = naive::naive_recuse(&case["dataset"], subject, party, day, &BTreeMap::new());
            let expected = recusal(expected);
            if found != expected {
                wrong.push(format!("{} {party}: expected {expected:?}, found {found:?}", case["id"]));
            }
        }
    }
    report(&wrong);
}
