//! What ends or begins by itself: every kind of entry, the days on both sides, and the iCalendar form.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;

fn run(dataset: &Path, args: &[&str]) -> String {
    let mut command = Command::cargo_bin("relata").unwrap();
    let path = dataset.display().to_string();
    let output = command.args(["calendar", &path, "--lang", "en"]).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn dataset() -> Value {
    json!({
        "settings": {"subject": "L"},
        "parties": [
            {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
            {"id": "H", "name": "乙有限公司", "kind": "company"},
            {"id": "N", "name": "丙有限公司", "kind": "company"},
            {"id": "D", "name": "丁", "kind": "person"},
            {"id": "K", "name": "丁之子", "kind": "person", "birth_date": "2004-09-10"}
        ],
        "holdings": [
            {"holder": "H", "company": "L", "percent": "6", "until": "2022-08-31"},
            {"holder": "N", "company": "L", "percent": "6", "from": "2023-03-15", "agreed": "2022-07-20"}
        ],
        "positions": [{"person": "D", "organisation": "L", "role": "director", "until": "2022-02-28"}],
        "kinships": [{"person": "D", "relative": "K", "relation": "child"}],
        "financials": [{"party": "L", "period_end": "2021-12-31", "net_assets": "600000000"}],
        "transactions": [
            {"id": "a", "date": "2022-03-10", "counterparty": "H", "kind": "9.13", "amount": "500000", "ends": "2026-03-09"},
            {"id": "b", "date": "2022-03-11", "counterparty": "H", "kind": "9.5", "amount": "700000",
                "approved": "shareholders", "approved_on": "2022-04-01"},
            {"id": "c", "date": "2022-03-12", "counterparty": "H", "kind": "9.4", "amount": "700000"}
        ],
        "forecasts": [{"forecast": "F", "group": "H", "kind": "9.14", "year": "2022", "amount": "1000", "approved": "board"}]
    })
}

fn entries(args: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset.json");
    std::fs::write(&path, dataset().to_string()).unwrap();
    let answer: Value = serde_json::from_str(&run(&path, &[args, &["--format", "json"]].concat())).unwrap();
    let told = |entry: &Value| {
        let about = entry["about"].as_str().or(entry["party"].as_str()).unwrap();
        format!("{} {} {about}", entry["day"].as_str().unwrap(), entry["occasion"].as_str().unwrap())
    };
    answer["entries"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn every_kind_of_entry_stands_on_its_day() {
    assert_eq!(
        entries(&["--from", "2022-07-01", "--to", "2026-12-31"]),
        [
            // The agreement counts from the day it takes effect; the purchase completes within twelve months.
            "2022-07-20 entered N",
            "2022-09-01 changed H",
            "2022-12-31 forecast_ends F",
            // A director looked back until the corresponding day; the son, of age only after that, never counted.
            "2023-03-01 left D",
            "2023-03-10 dropped a",
            "2023-03-15 changed N",
            "2023-09-01 left H",
            "2025-03-10 renewal a",
            "2026-03-09 agreement_ends a",
        ]
    );
}

#[test]
fn the_span_includes_both_its_days() {
    assert_eq!(entries(&["--from", "2022-09-01", "--to", "2022-09-01"]), ["2022-09-01 changed H"]);
    assert_eq!(entries(&["--from", "2022-09-02", "--to", "2022-12-30"]), [""; 0]);
    // Twelve months where no last day is named.
    assert_eq!(entries(&["--from", "2022-09-02"]).last().unwrap(), "2023-09-01 left H");
}

#[test]
fn calendars_open_in_a_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dataset.json");
    std::fs::write(&path, dataset().to_string()).unwrap();
    let args = ["--from", "2022-07-01", "--to", "2023-12-31", "--format", "ics"];
    let text = run(&path, &args);
    assert_eq!(text, run(&path, &args));
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.trim_end().ends_with("END:VCALENDAR"), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 7);
    assert!(text.contains("DTSTART;VALUE=DATE:20220901\r\n"), "{text}");
    // No line is longer than the 75 octets the standard allows, and none is cut within a letter.
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
}
