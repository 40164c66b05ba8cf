//! What supposed changes would make of the register.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use relata::facts::Lang;
use relata::inquiry::{Dataset, Inquiry, Supposition, Suppositions, Terms};
use relata::report::{Form, write};
use serde_json::{Value, json};

fn terms(day: &str) -> Terms {
    Terms { as_of: Some(day.parse().unwrap()), ..Terms::new(day.parse().unwrap()) }
}

fn dataset(tables: &Value) -> Dataset {
    let dataset = Dataset::from_json(&tables.to_string(), "dataset.json");
    assert!(dataset.sound().is_ok(), "{:?}", dataset.findings().iter().collect::<Vec<_>>());
    dataset
}

fn small() -> Dataset {
    dataset(&json!({
        "parties": [
            {"id": "L", "name": "上市公司", "kind": "company", "listed": "SSE"},
            {"id": "H", "name": "持股公司", "kind": "company"},
            {"id": "S", "name": "子公司", "kind": "company"},
            {"id": "P", "name": "张三", "kind": "person"},
        ],
        "holdings": [
            {"holder": "H", "company": "L", "percent": "4.99"},
            {"holder": "P", "company": "S", "percent": "60"},
        ],
        "positions": [{"person": "P", "organisation": "L", "role": "director"}],
        "settings": [{"key": "subject", "value": "L"}],
    }))
}

/// Each difference in a line: what happened to whom, before, after, because of which rows.
fn told(dataset: &Dataset, changes: &[Supposition]) -> Vec<String> {
    let inquiry = Inquiry::new(dataset, terms("2022-06-30")).unwrap();
    let mut text = Vec::new();
    let written = inquiry.whatif(changes, |report| write(report, Form::Csv, None, &mut text));
    written.unwrap_or_else(|refusal| panic!("{}", refusal.text(Lang::En))).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| [2, 0, 5, 6, 7].map(|at| row[at].to_owned()).join("|")).collect()
}

#[test]
fn what_is_added_ended_and_changed() {
    let data = small();
    let add = |text: &str| Supposition::add(text).unwrap();
    let end = |text: &str| Supposition::end(text).unwrap();
    let set = |text: &str| Supposition::set(text).unwrap();
    for (changes, expected) in [
        (vec![set("holdings:1:percent=5")], vec!["entered|H||5.4 current|holdings 1"]),
        (vec![set("持股:1:持股比例=4.9999")], vec![]),
        (vec![add("holdings:holder=H,company=L,percent=0.01")], vec!["entered|H||5.4 current|holdings 3"]),
        // He no longer directs, and is related by having done so in the last twelve months; so is his company.
        (
            vec![end("positions:1=2022-05-31")],
            vec![
                "changed|P|7.2 current|7.2 looked_back|positions 1",
                "changed|S|5.3 current|5.3 looked_back|positions 1",
            ],
        ),
        (
            vec![end("positions:1=2021-05-31")],
            vec!["left|P|7.2 current||positions 1", "left|S|5.3 current||positions 1"],
        ),
        (vec![set("holdings:2:percent=50")], vec!["left|S|5.3 current||holdings 2"]),
        // Somebody new, in two rows that belong together.
        (
            vec![add("parties:id=N,name=新公司,kind=company"), add("holdings:holder=N,company=上市公司,percent=30")],
            vec!["entered|N||5.4 current|holdings 3"],
        ),
        // Two changes, each the cause of its own difference.
        (
            vec![set("holdings:1:percent=5"), end("positions:1=2021-05-31")],
            vec![
                "entered|H||5.4 current|holdings 1",
                "left|P|7.2 current||positions 1",
                "left|S|5.3 current||positions 1",
            ],
        ),
    ] {
        assert_eq!(told(&data, &changes), expected, "{changes:?}");
    }
    // The data stay as they are.
    assert_eq!(told(&data, &[set("holdings:1:percent=5")]).len(), 1);
}

#[test]
fn what_fell_away_is_a_cause_too() {
    // More than 30 % of the votes, and a finding that there is no control.
    let data = dataset(&json!({
        "parties": [
            {"id": "L", "name": "上市公司", "kind": "company", "listed": "SSE"},
            {"id": "H", "name": "持股公司", "kind": "company"}, {"id": "D", "name": "下属公司", "kind": "company"},
        ],
        "holdings": [{"holder": "H", "company": "L", "percent": "35"}, {"holder": "H", "company": "D", "percent": "80"}],
        "controls": [{"controller": "H", "controlled": "L", "basis": "actual_controller", "effect": "denies"}],
        "settings": [{"key": "subject", "value": "L"}],
    }));
    let changes = [Supposition::end("controls:1=2020-01-01").unwrap()];
    let told = told(&data, &changes);
    assert!(told.contains(&"entered|D||5.2 current|controls 1".to_owned()), "{told:?}");
}

#[test]
fn what_cannot_be_supposed_says_why() {
    let data = small();
    let inquiry = Inquiry::new(&data, terms("2022-06-30")).unwrap();
    let refusal = |changes: &[Supposition]| inquiry.whatif(changes, |_| ()).unwrap_err().text(Lang::En);
    let read =
        |text: &str| Supposition::end(text).or_else(|_| Supposition::set(text)).or_else(|_| Supposition::add(text));
    for (change, parts) in [
        ("holding:holder=H,company=L", &["`holding`", "holdings"][..]),
        ("holdings:holdr=H", &["holdings has no column `holdr`", "holder"]),
        ("holdings:holder=H,company=NOBODY,percent=5", &["whatif", "row 3", "NOBODY"]),
        ("holdings:holder=H,company=L,percent=101", &["row 3", "101"]),
        ("holdings:9=2022-01-01", &["holdings has no row 9", "1 to 2"]),
        ("parties:1=2022-01-01", &["parties do not end"]),
        ("holdings:0:percent=5", &["no row 0"]),
    ] {
        let text = refusal(&[read(change).unwrap()]);
        assert!(parts.iter().all(|part| text.contains(part)), "{change}: {text}");
    }
    assert!(refusal(&[]).contains("no change"));
    // All that is wrong is told at once.
    let both = refusal(&[read("holding:holder=H").unwrap(), read("holdings:9=2022-01-01").unwrap()]);
    assert!(both.contains("`holding`") && both.contains("no row 9"), "{both}");
    for text in ["holdings", "holdings:x=y", "holdings:1:percent", ""] {
        assert!(Supposition::end(text).is_err() && Supposition::set(text).is_err(), "{text}");
    }
    for text in [
        "{}",
        "[]",
        r#"{"changes":[{"add":"holdings"}]}"#,
        r#"{"changes":[{"end":"holdings","row":-1,"day":"2022-01-01"}]}"#,
    ] {
        assert!(Suppositions::from_json(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn a_file_says_the_same_as_the_command_line() {
    let text = r#"{"changes": [
        {"add": "holdings", "cells": {"holder": "H", "company": "L", "percent": "0.01"}},
        {"end": "positions", "row": 1, "day": "2022-05-31"},
        {"set": "holdings", "row": 2, "cells": {"percent": "50"}}
    ]}"#;
    let changes = Suppositions::from_json(text.as_bytes()).unwrap().changes;
    let same = [
        Supposition::add("holdings:holder=H,company=L,percent=0.01").unwrap(),
        Supposition::end("positions:1=2022-05-31").unwrap(),
        Supposition::set("holdings:2:percent=50").unwrap(),
    ];
    assert_eq!(changes, same);
}

#[test]
fn a_row_supposed_to_be_as_it_is_changes_nothing() {
    // Writing the facts out and reading them again must lose nothing: every row of the samples, set to what it is.
    for sample in ["tour", "winning", "neusoft"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(sample);
        let data = Dataset::open(&path).unwrap();
        let change = Supposition::set("parties:1:country=CN").unwrap();
        let (supposed, moved) = data.supposing(&[change]).unwrap();
        assert_eq!(moved.len(), 1);
        let same =
            data.rows_named(&["parties:1".to_owned()], true).unwrap()[0].cells.iter().any(|cell| cell.value == "CN");
        assert_eq!(supposed.digest() == data.digest(), same, "{sample}");
        assert_eq!(supposed.rows(), data.rows(), "{sample}");
    }
}
