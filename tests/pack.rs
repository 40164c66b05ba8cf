//! Packed datasets: every answer from a packed file is that from the data it was made from, to the byte.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;
mod worlds;

use assert_cmd::Command;
use chrono::NaiveDate;
use relata::facts::Lang;
use relata::intake;
use relata::packed::{self, Opened};
use relata::proof::words::Names;
use relata::register::Resolver;
use relata::report::{Answer, Context, Dataset, RegisterReport};
use std::path::{Path, PathBuf};
use std::process::Output;
use support::{pack, question};
use tempfile::TempDir;
use worlds::SUBJECT;

const SAMPLES: [&str; 3] = ["neusoft", "tour", "winning"];

/// Worlds of the ordinary run; set `RELATA_WORLDS` for a longer one.
fn count(ordinary: u64) -> u64 {
    std::env::var("RELATA_WORLDS").ok().and_then(|text| text.parse::<u64>().ok()).map_or(ordinary, |n| n.max(ordinary))
}

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name)
}

fn relata(arguments: &[&str]) -> Output {
    Command::cargo_bin("relata").unwrap().args(arguments).output().unwrap()
}

fn packed_file(data: &Path, folder: &TempDir) -> String {
    let target = folder.path().join("packed");
    let target = target.to_str().unwrap().to_owned();
    let output = relata(&["pack", data.to_str().unwrap(), "-o", &target]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target
}

fn register(opened: &Opened, subject: &str, as_of: NaiveDate) -> String {
    let rules = pack();
    let question = question(&opened.facts, &rules, subject, as_of, &[]);
    let resolver = match &opened.links {
        Some(links) => Resolver::with_links(&opened.facts, links.clone()),
        None => Resolver::new(&opened.facts),
    };
    let names = Names::new(&opened.facts, Lang::Zh);
    let context = Context {
        facts: &opened.facts,
        names: &names,
        question: &question,
        dataset: Dataset { digest: opened.digest.clone(), rows: opened.rows },
        lang: Lang::Zh,
        findings: None,
        show_identifiers: false,
    };
    let (register, remarks) = (resolver.register(&question), resolver.review(&question, None));
    let mut text = Vec::new();
    RegisterReport { context: &context, register: &register, remarks: &remarks }.json(&mut text).unwrap();
    assert_eq!(opened.damage(), None);
    String::from_utf8(text).unwrap()
}

/// The dataset as a text of JSON, packed and opened again.
fn twice(dataset: &str) -> (Opened, Opened) {
    let plain = Opened::from_loaded(intake::from_json(dataset, "dataset.json"));
    assert!(!plain.has_errors());
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("world.relata");
    packed::write(plain.clone(), &path, &mut |_, _| {}).unwrap();
    (plain, packed::open(&path).unwrap())
}

#[test]
fn every_command_says_the_same() {
    for name in SAMPLES {
        let folder = TempDir::new().unwrap();
        let data = sample(name);
        let file = packed_file(&data, &folder);
        let data = data.to_str().unwrap();
        let plain = intake::open(Path::new(data)).unwrap();
        let party = plain.facts.id(plain.facts.party_ids().nth(1).unwrap()).to_owned();
        let answer = folder.path().join("answer.json");
        let answer = answer.to_str().unwrap();
        assert!(
            relata(&["register", data, "--as-of", "2022-06-30", "--format", "json", "-o", answer]).status.success()
        );
        let commands: Vec<Vec<&str>> = vec![
            vec!["validate"],
            vec!["validate", "--format", "json"],
            vec!["register", "--as-of", "2022-06-30"],
            vec!["register", "--as-of", "2022-06-30", "--format", "json"],
            vec!["register", "--as-of", "2022-06-30", "--format", "csv", "--lang", "en"],
            vec!["check", &party, "--as-of", "2022-06-30", "--format", "json"],
            vec!["explain", &party, "--as-of", "2022-06-30"],
            vec!["owners", &party, "--as-of", "2022-06-30", "--format", "json"],
            vec!["owned", &party, "--as-of", "2022-06-30", "--format", "json"],
            vec!["groups", &party, "--as-of", "2022-06-30", "--format", "json"],
            vec!["diff", "--from", "2021-06-30", "--to", "2022-06-30", "--format", "json"],
            vec!["verify", answer],
            vec!["check", "nobody", "--as-of", "2022-06-30"],
            vec!["register", "--subject", &party, "--as-of", "2022-06-30"],
        ];
        for command in commands {
            let outputs = [data, &file].map(|source| {
                let mut arguments = command.clone();
                // `verify` takes the answer first; the others the data.
                arguments.insert(if command[0] == "verify" { 2 } else { 1 }, source);
                relata(&arguments)
            });
            let [plain, packed] = outputs.map(|output| {
                let text = |bytes| String::from_utf8(bytes).unwrap().replace(&file, data);
                (output.status.code(), text(output.stdout), text(output.stderr))
            });
            assert_eq!(plain, packed, "{name}: {command:?}");
        }
    }
}

#[test]
fn every_world_has_the_same_register() {
    for seed in 0..count(300) {
        let case = worlds::case(seed + 5_000_000);
        let (plain, packed) = twice(&case.dataset.to_string());
        assert_eq!(plain.digest, packed.digest);
        assert_eq!(plain.digest, intake::digest(&packed.facts));
        assert_eq!(register(&plain, SUBJECT, case.as_of), register(&packed, SUBJECT, case.as_of), "{seed}");
    }
}

#[test]
fn a_packed_file_packed_again_is_the_same() {
    let folder = TempDir::new().unwrap();
    let first = packed_file(&sample("tour"), &folder);
    let second = folder.path().join("again");
    let second = second.to_str().unwrap();
    assert!(relata(&["pack", &first, "-o", second]).status.success());
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(second).unwrap());
    // Onto itself, too.
    assert!(relata(&["pack", second, "-o", second]).status.success());
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(second).unwrap());
}

#[test]
fn warnings_are_packed_and_errors_are_refused() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let dataset = |percent: &str| {
        let unknown: String = (0..9).map(|n| format!(r#""table{n}": [], "#)).collect();
        format!(
            r#"{{{unknown} "parties": [{{"id": "P", "name": "人", "kind": "person"}},
                {{"id": "L", "name": "甲", "kind": "company", "listed": "SSE"}}],
                "holdings": [{{"holder": "P", "company": "L", "percent": "{percent}"}}]}}"#
        )
    };
    std::fs::write(path("warned.json"), dataset("7")).unwrap();
    std::fs::write(path("wrong.json"), dataset("700")).unwrap();
    let target = path("market.relata");
    let output = relata(&["pack", &path("wrong.json"), "-o", &target, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("percent-out-of-bounds"));
    assert!(!Path::new(&target).exists());

    let output = relata(&["pack", &path("warned.json"), "-o", &target, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    for command in ["register", "validate"] {
        let arguments = |data| [command, data, "--subject", "L", "--as-of", "2022-06-30", "--lang", "zh"];
        let (plain, packed) = (relata(&arguments(&path("warned.json"))), relata(&arguments(&target)));
        assert_eq!(plain.status.code(), packed.status.code());
        assert_eq!(plain.stdout, packed.stdout);
        let said = String::from_utf8(packed.stderr).unwrap();
        assert_eq!(String::from_utf8(plain.stderr).unwrap(), said.replace(&target, &path("warned.json")));
        assert!(command == "validate" || said.contains("另有4项提示"), "{said}");
    }
    assert_eq!(relata(&["pack", &target]).status.code(), Some(2));
}

#[test]
fn a_generated_pack_is_that_of_the_generated_folder() {
    for (shape, unknown) in [("market", "0"), ("market", "200"), ("core", "0"), ("star", "0")] {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (csv, direct) = (path("csv"), path("direct.relata"));
        for target in [&csv, &direct] {
            let holdings = if shape == "market" { "20000" } else { "3000" };
            let asked = ["generate", "--shape", shape, "--holdings", holdings, "--unknown", unknown, "-o", target];
            let output = relata(&asked);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let packed = packed_file(Path::new(&csv), &folder);
        let [one, other] = [&direct, &packed].map(|file| packed::open(Path::new(file)).unwrap());
        assert_eq!((&one.digest, one.rows), (&other.digest, other.rows), "{shape}");
        assert_eq!(one.facts.settings, other.facts.settings);
        assert!(one.findings.is_empty() && other.findings.is_empty());
        for party in one.facts.party_ids() {
            assert_eq!(one.facts.party_id(one.facts.id(party)), Some(party));
            assert!(one.facts.called(one.facts.name(party)).any(|found| found == party));
        }
        // Where a fifth is unknown, a register of a market takes minutes.
        if shape == "market" && unknown == "0" {
            let subject = &one.facts.settings["subject"];
            let day = "2022-06-30".parse().unwrap();
            assert_eq!(register(&one, subject, day), register(&other, subject, day));
        }
    }
}
