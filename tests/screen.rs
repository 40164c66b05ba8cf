//! Lists of counterparties held against the register.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use assert_cmd::Command;
use relata::inquiry::{self, Dataset, Inquiry, Terms};
use relata::register::{Match, Wanted};
use std::fs;
use std::path::Path;

const TOUR: &str = "data/samples/tour";

fn terms(day: &str) -> Terms {
    Terms { as_of: Some(day.parse().unwrap()), ..Terms::new(day.parse().unwrap()) }
}

/// A line for each line of the list: what it came to, whom it means, its verdict, and candidates.
fn screened(dataset: &Dataset, list: &[Wanted]) -> Vec<String> {
    let inquiry = Inquiry::new(dataset, terms("2022-06-30")).unwrap();
    let mut text = Vec::new();
    inquiry.screen(list, |report| relata::report::write(report, relata::report::Form::Csv, None, &mut text)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| [2, 3, 5, 6, 8].map(|at| row[at].to_owned()).join("|").trim_end_matches('|').to_owned()).collect()
}

#[test]
fn a_list_of_suppliers() {
    let dataset = Dataset::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOUR)).unwrap();
    let list = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lists/suppliers.csv")).unwrap();
    let list = inquiry::read_list(&list).unwrap();
    assert_eq!(
        screened(&dataset, &list),
        [
            // Half-width brackets.
            "alike|PORT|related|5.2;5.3",
            // One letter that looks like another: offered, not decided.
            "unknown||||PORT 云山港口有限公司（示例） 91;WATER 云山水务有限公司（示例） 83;HILL 云山控股集团有限公司（示例） 71;\
             HOUSE 云山物业服务有限公司（示例） 71",
            "exact|WILLOW|related|5.3",
            // The name of one company and the code of another.
            "ambiguous||||HILL 云山控股集团有限公司（示例）;WILLOW 垂柳食品有限公司（示例）",
            "exact|LARK|not_related",
            "unknown",
            "exact|WATER|not_related",
            "exact|YIXIAO|not_related",
            "alike|OAK|related|5.4",
        ]
    );
}

#[test]
fn nothing_is_decided_by_likeness() {
    let party = |id: &str, name: &str| serde_json::json!({"id": id, "name": name, "kind": "company"});
    let dataset = serde_json::json!({
        "parties": [
            {"id": "L", "name": "上市公司", "kind": "company", "listed": "SSE"},
            party("A", "宏图科技有限公司"), party("B", "宏图科技股份有限公司"), party("C", "宏图（中国）有限公司"),
            party("D", "宏图(中国)有限公司"), party("E", "无关有限公司"),
        ],
        "holdings": [
            {"holder": "A", "company": "L", "percent": "5"}, {"holder": "B", "company": "L", "percent": "6"},
            {"holder": "C", "company": "L", "percent": "7"},
        ],
        "settings": [{"key": "subject", "value": "L"}],
    });
    let dataset = Dataset::from_json(&dataset.to_string(), "dataset.json");
    let list = inquiry::names(
        ["宏图科技有限责任公司", "宏图 （中国） 有限公司", "宏图（中国）有限公司", "宏图科枝有限公司", "无关责任公司"]
            .map(str::to_owned),
    );
    assert_eq!(
        screened(&dataset, &list),
        [
            "unknown||||A 宏图科技有限公司 99;B 宏图科技股份有限公司 99",
            "ambiguous||||C 宏图（中国）有限公司;D 宏图(中国)有限公司",
            // An exact name is no proof either where another differs only by its brackets.
            "ambiguous||||C 宏图（中国）有限公司;D 宏图(中国)有限公司",
            "unknown||||A 宏图科技有限公司 75;B 宏图科技股份有限公司 75",
            // Only parties of the register are offered.
            "unknown",
        ]
    );
}

#[test]
fn a_hundred_thousand_names_are_screened_at_once() {
    let dataset = Dataset::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOUR)).unwrap();
    let inquiry = Inquiry::new(&dataset, terms("2022-06-30")).unwrap();
    let names = (0..100_000).map(|at| match at % 1000 {
        0 => "云山港口有限公司（示例）".to_owned(),
        at => format!("云山{at}号有限公司（示例）"),
    });
    let list = inquiry::names(names);
    let counts = inquiry.screen(&list, |report| report.counts());
    assert_eq!((counts.lines, counts.related, counts.unknown), (100_000, 100, 99_900));
}

#[test]
fn every_line_is_accounted_for() {
    let dataset = Dataset::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOUR)).unwrap();
    let inquiry = Inquiry::new(&dataset, terms("2022-06-30")).unwrap();
    // Every party by every name it has means itself, or is told to be ambiguous.
    let facts = dataset.facts();
    let names = facts.party_ids().flat_map(|party| {
        let row = facts.party(party);
        [Some(row.id), Some(row.name), row.identifier].into_iter().flatten().map(move |name| (party, name))
    });
    let (parties, list): (Vec<_>, Vec<_>) = names.map(|(party, name)| (party, name.to_owned())).unzip();
    let found = inquiry.screen(&inquiry::names(list), |report| report.screened.to_vec());
    assert_eq!(found.len(), parties.len());
    for (found, party) in found.iter().zip(parties) {
        assert_eq!(found.found, Match::Exact(party), "{}", facts.id(party));
    }
}

#[test]
fn exit_statuses_and_refusals() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let run = |list: &str, args: &[&str]| {
        let mut command = Command::cargo_bin("relata").unwrap();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["screen", TOUR, list, "--as-of=2022-06-30", "--lang=en"]);
        command.args(args).output().unwrap()
    };
    let related = list("related.txt", "WILLOW\n");
    for (list, args, status) in [
        (&related, &[][..], 0),
        (&related, &["--exit-code"], 10),
        (&related, &["--strict"], 0),
        (&list("unknown.txt", "查无此人\n"), &["--strict"], 4),
        (&list("water.txt", "WATER\n"), &["--exit-code", "--strict"], 0),
        (&list("empty.txt", "\n\n"), &[], 2),
        (&"no-such-list.csv".to_owned(), &[], 1),
    ] {
        let out = run(list, args);
        assert_eq!(out.status.code(), Some(status), "{list} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
    // An identifier of the list is personal data as one of the dataset is.
    let identifier = list("identifier.csv", "身份证号\n119901197011050013\n");
    for list in [identifier, list("names.txt", "119901197011050013\n119901197011059999\n")] {
        let masked = String::from_utf8(run(&list, &[]).stdout).unwrap();
        assert!(masked.contains("YI") && !masked.contains("1199011970110500"), "{masked}");
        let shown = String::from_utf8(run(&list, &["--show-identifiers"]).stdout).unwrap();
        assert!(shown.contains("119901197011050013"), "{shown}");
    }
}
