//! Datasets from one format to another: nothing is lost.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod worlds;

use assert_cmd::Command;
use proptest::prelude::*;
use relata::export::{DatasetFormat, write_dataset};
use relata::facts::{Facts, Lang};
use relata::intake::{Loaded, from_json, open};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn path(folder: &Path, name: &str, format: DatasetFormat) -> PathBuf {
    folder.join(if format == DatasetFormat::Csv { name.to_owned() } else { format!("{name}.{}", format.name()) })
}

/// The files of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Writes facts and reads them back.
fn through(facts: &Facts, folder: &Path, name: &str, format: DatasetFormat, lang: Lang) -> Loaded {
    let path = path(folder, name, format);
    write_dataset(facts, &path, format, lang).unwrap();
    let loaded = open(&path).unwrap();
    assert!(!loaded.has_errors(), "{}: {:#?}", path.display(), loaded.findings);
    loaded
}

/// CSV → XLSX → JSON → CSV: the digest is the same all the way, and the folder at the end is that at the beginning.
fn round(loaded: &Loaded, lang: Lang, what: &str) {
    let folder = tempfile::tempdir().unwrap();
    let (mut facts, digest) = (&loaded.facts, &loaded.digest);
    let mut last;
    let way = [DatasetFormat::Csv, DatasetFormat::Xlsx, DatasetFormat::Json, DatasetFormat::Csv];
    for (step, format) in way.into_iter().enumerate() {
        last = through(facts, folder.path(), &format!("d{step}"), format, lang);
        assert_eq!(&last.digest, digest, "{what}: step {step}");
        assert_eq!(last.rows, loaded.rows, "{what}: step {step}");
        facts = &last.facts;
    }
    assert_eq!(files(&folder.path().join("d0")), files(&folder.path().join("d3")), "{what}");
}

#[test]
fn the_samples_come_back() {
    for name in ["neusoft", "tour", "winning"] {
        let loaded = open(&root().join("data/samples").join(name)).unwrap();
        assert!(!loaded.has_errors() && loaded.rows > 50);
        for lang in [Lang::Zh, Lang::En] {
            round(&loaded, lang, name);
        }
    }
}

#[test]
fn the_worlds_of_the_cases_come_back() {
    let mut count = 0;
    let mut datasets: Vec<(String, Value)> = Vec::new();
    for entry in fs::read_dir(root().join("tests/data/cases/worked")).unwrap() {
        let path = entry.unwrap().path();
        let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        datasets.push((path.display().to_string(), case["dataset"].clone()));
    }
    for file in ["random.jsonl", "dealings.jsonl"] {
        let text = fs::read_to_string(root().join("tests/data/cases").join(file)).unwrap();
        // One in nine of the many random ones.
        for (number, line) in text.lines().enumerate().step_by(9) {
            let case: Value = serde_json::from_str(line).unwrap();
            datasets.push((format!("{file}:{number}"), case["dataset"].clone()));
        }
    }
    for (what, dataset) in datasets.iter().filter(|(_, dataset)| dataset.is_object()) {
        let loaded = from_json(&dataset.to_string(), "case.json");
        assert!(!loaded.has_errors(), "{what}: {:#?}", loaded.findings);
        round(&loaded, if count % 2 == 0 { Lang::Zh } else { Lang::En }, what);
        count += 1;
    }
    assert!(count > 60, "{count}");
}

#[test]
fn random_worlds_come_back() {
    for seed in 0..12 {
        for dataset in [worlds::dealings(seed), worlds::unknown_case(seed).dataset] {
            let loaded = from_json(&dataset.to_string(), "world.json");
            assert!(!loaded.has_errors(), "{seed}: {:#?}", loaded.findings);
            round(&loaded, Lang::Zh, &seed.to_string());
        }
    }
}

/// Texts that formats like to change, and numbers that binary ones cannot hold.
fn awkward() -> Value {
    json!({
        "parties": [
            {"id": "1", "name": "=1+1", "kind": "company", "listed": "SSE", "identifier": "91310000MA1FL0000X"},
            {"id": "007", "name": "+86", "kind": "company", "aliases": "@x;-y;a,b"},
            {"id": "1e5", "name": "line\nbreak \"quoted\", comma", "kind": "company"},
            {"id": "2022-01-05", "name": "a\r\nb\tc", "kind": "person", "birth_date": "1899-12-31", "identifier": "110101199001010015"},
            {"id": "TRUE", "name": "_x0041_ _x000d_ _x000D_ &amp; <b> ]]>", "kind": "company"},
            {"id": "'q", "name": "\u{1F600}\u{FFFE}\u{7} ", "kind": "company"},
        ],
        "holdings": [
            {"holder": "007", "company": "1", "percent": "100/3", "from": "1900-02-28", "until": "9999-12-31"},
            {"holder": "1e5", "company": "1", "percent": "25-30.5", "from": "?", "until": "2019-04-30?"},
            {"holder": "TRUE", "company": "1", "percent": "0.1234567890123456789012345678", "agreed": "0001-01-01"},
            {"holder": "'q", "company": "1", "percent": "0.00000001", "votes_percent": "100/7-50/3"},
            {"holder": "2022-01-05", "company": "007", "shares": "1", "total_shares": "3", "source": "0.10"},
            {"holder": "1", "company": "007", "source": "5%"},
        ],
        "financials": [
            {"party": "1", "period_end": "2021-12-31", "net_assets": "-7922816251426433759354395033", "revenue": "0.1",
             "net_profit": "-0.30", "total_assets": "123456789012345.6789"},
        ],
        "transactions": [
            {"id": "01", "date": "2022-01-01", "counterparty": "007", "kind": "9.10", "amount": "9007199254740993",
             "currency": "USD", "rate": "6.3757", "assurance": "no", "exemption_facts": "rate=3.6; security=no"},
            {"id": "1", "date": "2022-01-01", "counterparty": "007", "kind": "9.1", "amount": "1.50", "side": "1"},
        ],
        "settings": {"subject": "1", "rules": "sse-2022", "language": "en"},
    })
}

#[test]
fn awkward_texts_and_numbers_come_back() {
    let loaded = from_json(&awkward().to_string(), "awkward.json");
    assert!(!loaded.has_errors(), "{:#?}", loaded.findings);
    for lang in [Lang::Zh, Lang::En] {
        round(&loaded, lang, "awkward");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_comes_back(name in "\\PC{1,20}", other in "[_x0-9A-Fa-f\r\n\t\u{1}=+@'\"&<>;,. -]{1,24}") {
        let dataset = json!({"parties": [
            {"id": "a", "name": format!("n{name}"), "kind": "company"},
            {"id": "b", "name": format!("n{other}n"), "kind": "company"},
        ]});
        let loaded = from_json(&dataset.to_string(), "text.json");
        prop_assert_eq!(loaded.facts.row_count(), 2);
        round(&loaded, Lang::En, "text");
    }

    #[test]
    fn any_decimal_comes_back(whole in 0u64..100, part in "[0-9]{0,25}") {
        let percent = if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") };
        let dataset = json!({
            "parties": [{"id": "a", "name": "a", "kind": "company"}, {"id": "b", "name": "b", "kind": "company"}],
            "holdings": [{"holder": "a", "company": "b", "percent": percent}],
        });
        round(&from_json(&dataset.to_string(), "decimal.json"), Lang::En, &percent);
    }
}

fn relata() -> Command {
    Command::cargo_bin("relata").unwrap()
}

#[test]
fn the_command_converts_and_says_what_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let sample = root().join("data/samples/tour");
    for (from, to) in [("", "a.xlsx"), ("a.xlsx", "b.json"), ("b.json", "c"), ("c", "d.xlsx")] {
        let from = if from.is_empty() { sample.clone() } else { at(from) };
        relata().arg("convert").arg(from).arg(at(to)).args(["--lang", "zh"]).assert().success();
    }
    // Workbooks do not say when they were written.
    assert_eq!(fs::read(at("a.xlsx")).unwrap(), fs::read(at("d.xlsx")).unwrap());
    let digests = [sample.clone(), at("a.xlsx"), at("b.json"), at("c")].map(|path| open(&path).unwrap().digest);
    assert!(digests.iter().all(|digest| *digest == digests[0]));
    // From a packed file as well.
    relata().arg("pack").arg(&sample).arg("-o").arg(at("p.relata")).assert().success();
    relata().arg("convert").arg(at("p.relata")).arg(at("e.xlsx")).args(["--lang", "zh"]).assert().success();
    assert_eq!(fs::read(at("a.xlsx")).unwrap(), fs::read(at("e.xlsx")).unwrap());
    let said = |command: &mut Command, code: i32| {
        String::from_utf8(command.assert().code(code).get_output().stderr.clone()).unwrap()
    };
    // Nothing is overwritten.
    let text = said(relata().arg("convert").arg(&sample).arg(at("a.xlsx")).args(["--lang", "en"]), 1);
    assert!(text.contains("exists already"), "{text}");
    let text = said(relata().arg("convert").arg(&sample).arg(at("f.ods")).args(["--lang", "en"]), 2);
    assert!(text.contains("names no format"), "{text}");
    fs::write(
        at("lossy.json"),
        r#"{"parties": [{"id": "a", "name": "a", "kind": "company", "mood": "x"}], "more": []}"#,
    )
    .unwrap();
    let text = said(relata().arg("convert").arg(at("lossy.json")).arg(at("g")).args(["--lang", "en"]), 0);
    assert!(text.contains("NOT carried over") && text.contains("`mood`") && text.contains("`more`"), "{text}");
    fs::write(at("bad.json"), r#"{"parties": [{"id": "a", "name": "a", "kind": "firm"}]}"#).unwrap();
    let text = said(relata().arg("convert").arg(at("bad.json")).arg(at("h")).args(["--lang", "en"]), 3);
    assert!(text.contains("unknown-code") && !at("h").exists(), "{text}");
    fs::write(
        at("long.json"),
        json!({"parties": [{"id": "a", "name": "x".repeat(40_000), "kind": "company"}]}).to_string(),
    )
    .unwrap();
    let text = said(relata().arg("convert").arg(at("long.json")).arg(at("i.xlsx")).args(["--lang", "en"]), 1);
    assert!(text.contains("row 1 of parties") && !at("i.xlsx").exists(), "{text}");
}
