//! The second reading of the rules on dealings, checked on random worlds by what must be true of any world.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod naive;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use dashu_ratio::RBig;
use naive::{NaiveAssessment, NaiveRecusal};
use serde_json::{Map, Value};
use worlds::{Case, SUBJECT};

const SEEDS: u64 = 200;

fn assess(dataset: &Value) -> Vec<NaiveAssessment> {
    naive::naive_assess(dataset, SUBJECT, &BTreeMap::new())
}

fn recuse(case: &Case, counterparty: &str) -> NaiveRecusal {
    naive::naive_recuse(&case.dataset, SUBJECT, counterparty, case.as_of, &BTreeMap::new())
}

fn transactions(dataset: &mut Value) -> &mut Vec<Value> {
    dataset["transactions"].as_array_mut().unwrap()
}

fn cell<'r>(row: &'r Value, column: &str) -> &'r str {
    row.get(column).and_then(Value::as_str).unwrap_or_default()
}

/// The parties of a world other than the subject.
fn counterparties(case: &Case) -> Vec<String> {
    let ids = case.dataset["parties"].as_array().unwrap().iter().map(|party| cell(party, "id").to_owned());
    ids.filter(|id| id != SUBJECT).collect()
}

fn find<'a>(answer: &'a [NaiveAssessment], id: &str) -> &'a NaiveAssessment {
    answer.iter().find(|one| one.id == id).unwrap()
}

/// Whole fen.
fn fen(amount: &str) -> u64 {
    let (yuan, rest) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{yuan}{rest:0<2}").parse().unwrap()
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn remove(row: &mut Map<String, Value>, columns: &[&str]) {
    for column in columns {
        row.remove(*column);
    }
}

/// Makes the transaction at `place` a plain one: by the subject itself, undecided, on no exemption and under no forecast.
fn make_plain(dataset: &mut Value, place: usize) {
    let row = transactions(dataset)[place].as_object_mut().unwrap();
    remove(row, &["exemption", "exemption_facts", "forecast", "side", "approved_on"]);
    row.insert("approved".to_owned(), "none".into());
}

/// The world with the transaction at `place` in three parts of the same day, in its place.
fn split(dataset: &Value, place: usize) -> Value {
    let mut parted = dataset.clone();
    let whole = transactions(&mut parted).remove(place);
    let all = fen(cell(&whole, "amount"));
    let (first, second) = (all / 3, all / 2);
    for (n, part) in [first, second, all - first - second].into_iter().enumerate() {
        let mut row = whole.clone();
        row["id"] = format!("part {n}").into();
        row["amount"] = yuan(part).into();
        transactions(&mut parted).insert(place + n, row);
    }
    parted
}

#[test]
fn splitting_a_deal_lowers_nothing() {
    let mut with_duties = 0;
    for seed in 0..SEEDS {
        let mut dataset = worlds::dealings(seed);
        let rows = transactions(&mut dataset).clone();
        let plain = |row: &Value| {
            !["9.4", "9.12", "9.13", "9.14", "9.15", "9.16"].contains(&cell(row, "kind")) && row.get("amount").is_some()
        };
        let Some(place) = rows.iter().position(plain) else { continue };
        make_plain(&mut dataset, place);
        let whole = assess(&dataset);
        let whole = find(&whole, cell(&rows[place], "id"));
        let parts = assess(&split(&dataset, place));
        let last = find(&parts, "part 2");
        assert_eq!(
            (&whole.duties, &whole.same_party, whole.related),
            (&last.duties, &last.same_party, last.related),
            "{seed}"
        );
        // Parts without a label have no subject matter in common.
        assert!(whole.same_subject >= last.same_subject, "{seed}");
        with_duties += usize::from(!whole.duties.is_empty());
    }
    assert!(with_duties > 20, "only {with_duties}");
}

/// Nothing is said of what is left out, and what is said of the rest adds up.
#[test]
fn sums_and_duties_fit_together() {
    for seed in 0..SEEDS {
        let dataset = worlds::dealings(seed);
        let answer = assess(&dataset);
        for (place, one) in answer.iter().enumerate() {
            let at = format!("{seed} {one:?}");
            let exempt = one.exempt.as_ref().is_some_and(|code| code != "49");
            if !one.related || one.covered || exempt {
                assert!(one.duties.is_empty() && one.same_party.is_none() && one.same_subject.is_none(), "{at}");
            }
            assert!(one.related || one.exempt.is_none(), "{at}");
            assert_eq!(one.same_party.is_some(), one.same_subject.is_some(), "{at}");
            assert!(!one.tops.is_empty() && (one.same_party.is_some() || one.counted.is_empty()), "{at}");
            for id in &one.counted {
                let earlier = answer[..place].iter().find(|other| other.id == *id).expect("only earlier ones count");
                assert!(earlier.related && !earlier.covered && earlier.same_party.is_some(), "{at}");
            }
            // No sum is greater than the deal and all that is counted, nor smaller than a forecast's excess.
            if let (Some(party), Some(subject)) = (&one.same_party, &one.same_subject) {
                let amounts = one.counted.iter().map(|id| find(&answer, id).amount.clone().unwrap());
                let most = amounts.fold(one.amount.clone().unwrap(), |sum, amount| sum + amount);
                assert!(*party <= most && *subject <= most && *party > RBig::ZERO, "{at}");
            }
            if one.exempt.as_deref() == Some("49") {
                assert!(!one.duties.contains(&"shareholders"), "{at}");
            }
        }
    }
}

/// A larger amount brings what the smaller brought and perhaps more, to the deal itself and to none before it less.
#[test]
fn a_larger_amount_brings_no_less() {
    let mut more = 0;
    for seed in 0..SEEDS {
        let mut dataset = worlds::dealings(seed);
        let before = assess(&dataset);
        let count = transactions(&mut dataset).len();
        let place = usize::try_from(seed).unwrap() % count;
        let row = transactions(&mut dataset)[place].as_object_mut().unwrap();
        let Some(amount) = row.get("amount") else { continue };
        let larger = yuan(fen(amount.as_str().unwrap()) * 3 + 1);
        row.insert("amount".to_owned(), larger.into());
        let id = cell(&Value::Object(row.clone()), "id").to_owned();
        let after = assess(&dataset);
        let duties =
            |answer: &[NaiveAssessment]| -> BTreeSet<&str> { find(answer, &id).duties.iter().copied().collect() };
        assert!(duties(&after).is_superset(&duties(&before)), "{seed} {id}");
        more += usize::from(duties(&after) != duties(&before));
        let own = before.iter().position(|one| one.id == id).unwrap();
        assert_eq!(before[..own], after[..own], "{seed} {id}");
    }
    assert!(more > 5, "only {more}");
}

#[test]
fn the_board_left_is_the_board_without_those_who_stand_aside() {
    for seed in 0..SEEDS {
        let case = worlds::dealings_case(seed);
        let mut undesignated = case.clone();
        if let Some(rows) = undesignated.dataset.get_mut("designations") {
            rows.as_array_mut().unwrap().retain(|row| row["authority"] != "company");
        }
        for party in counterparties(&case) {
            let answer = recuse(&case, &party);
            let board = &answer.board;
            assert_eq!(board.unrelated, board.directors - answer.directors.len());
            assert!(board.unrelated == 0 && board.quorum == 0 || 2 * board.quorum > board.unrelated);
            assert!(board.quorum <= board.unrelated && board.quorum == board.majority);
            assert_eq!(board.to_shareholders, board.unrelated < 3);
            for (other, items) in answer.directors.iter().chain(&answer.shareholders) {
                assert_eq!(items.iter().any(|item| item == "1"), *other == party, "{seed} {party} {items:?}");
            }
            assert!(!answer.shareholders.contains_key(SUBJECT));
            assert_eq!(answer, recuse(&undesignated, &party), "a designation by the company alone says nothing here");
        }
    }
}

/// Everything that the rules tell apart occurs often enough for a comparison to mean something.
#[test]
fn worlds_show_every_rule_on_dealings() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..SEEDS {
        let mut case = worlds::dealings_case(seed);
        assert_eq!(case, worlds::dealings_case(seed));
        let mut count = |what: String| *seen.entry(what).or_default() += 1;
        let answer = assess(&case.dataset);
        let rows = transactions(&mut case.dataset).clone();
        for row in &rows {
            let one = find(&answer, cell(row, "id"));
            count(format!("duties {}", one.duties.join(" ")));
            if let Some(code) = &one.exempt {
                count(format!("exempt {code}"));
            } else if one.related && row.get("exemption").is_some() {
                count("exemption refused".to_owned());
            }
            if one.covered {
                count("covered".to_owned());
            }
            // Both sums of a deal alone fall short of its amount only by what a forecast covers.
            if one.counted.is_empty() && one.same_party.is_some() && one.same_party < one.amount {
                count("excess".to_owned());
            }
            if one.related && one.same_party < one.same_subject {
                count("same subject decides".to_owned());
            }
            if one.related && one.same_party > one.same_subject {
                count("same party decides".to_owned());
            }
            if one.tops.len() > 1 {
                count("two tops".to_owned());
            }
            let adds_up = one.related && one.exempt.is_none() && one.amount.is_some() && !one.covered;
            if adds_up && cell(row, "kind") != "9.4" && one.same_party.is_none() {
                count("not ours".to_owned());
            }
            let day: NaiveDate = cell(row, "date").parse().unwrap();
            for id in &one.counted {
                let earlier = rows.iter().find(|other| cell(other, "id") == id).unwrap();
                let first: NaiveDate = cell(earlier, "date").parse().unwrap();
                if first - Days::new(1) == day - Months::new(12) {
                    count("counted on the first day of the twelve months".to_owned());
                }
            }
        }
        for party in counterparties(&case) {
            let answer = recuse(&case, &party);
            for item in answer.directors.values().flatten() {
                count(format!("director {item}"));
            }
            for item in answer.shareholders.values().flatten() {
                count(format!("shareholder {item}"));
            }
            count(format!("to shareholders {}", answer.board.to_shareholders));
        }
    }
    println!("{seen:#?}");
    // Six lists of duties, ten exemptions and a refusal, seven more, six items and eight, two boards.
    assert_eq!(seen.values().filter(|count| **count > 2).count(), 6 + 11 + 7 + 6 + 8 + 2, "{seen:#?}");
}
