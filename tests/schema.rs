//! Real output of the binary, held against the published JSON Schemas.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assert_cmd::Command;
use relata::facts::Lang;
use relata::intake;
use relata::proof::words::Names;
use relata::register::Resolver;
use relata::report::{ChartReport, Context, Dataset};
use serde_json::Value;
use std::path::Path;

fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/schema/{name}.schema.json"));
    let text = std::fs::read_to_string(path).expect("a published schema");
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no valid schema");
    jsonschema::validator_for(&schema).expect("a schema that can be used")
}

fn output(args: &[&str]) -> Vec<u8> {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    let out = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .args(["--format", "json"])
        .output()
        .expect("it runs");
    assert!(!out.stdout.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn hold(name: &str, json: &[u8]) {
    let value: Value = serde_json::from_slice(json).expect("the answer is JSON");
    let faults: Vec<String> = schema(name).iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

const TOUR: &str = "data/samples/tour";
const PROPOSED: &str = "counterparty=WILLOW,kind=9.13,amount=1500000,date=2022-06-01";
const DAY: [&str; 2] = ["--as-of", "2022-06-30"];

#[test]
fn every_answer_keeps_to_its_schema() {
    let day = |args: &[&'static str]| -> Vec<&'static str> { args.iter().copied().chain(DAY).collect() };
    let parties =
        ["LARK", "SASAC", "HILL", "HOUSE", "WATER", "PORT", "NEST", "REED", "BAMBOO", "YI", "YIXIAO", "GENG", "REN"];
    for (name, args) in [
        ("register", day(&["register", TOUR])),
        ("check", day(&["check", TOUR]).into_iter().chain(parties).collect()),
        ("explain", day(&["explain", TOUR, "PORT"])),
        ("explain", day(&["explain", TOUR, "REED"])),
        ("explain", day(&["explain", TOUR, "WATER"])),
        ("owners", day(&["owners", TOUR, "LARK"])),
        ("owners", day(&["owners", TOUR, "LARK", "--at-least", "5%"])),
        ("owned", day(&["owned", TOUR, "HILL"])),
        ("groups", day(&["groups", TOUR])),
        ("screen", day(&["screen", TOUR, "tests/data/lists/suppliers.csv"])),
        ("declarations", day(&["declarations", TOUR])),
        ("filing", day(&["filing", TOUR])),
        ("filing", day(&["filing", TOUR, "--show-identifiers"])),
        ("announce", vec!["announce", TOUR, "T22"]),
        ("announce", vec!["announce", TOUR, "T11"]),
        ("announce", vec!["announce", TOUR, "T17"]),
        ("announce", vec!["announce", TOUR, "T19"]),
        ("announce", vec!["announce", TOUR, "--propose", "counterparty=FOG,kind=9.4,date=2022-06-30"]),
        ("assess", day(&["assess", TOUR])),
        ("assess", day(&["assess", TOUR, "T12", "T22"])),
        ("assess", day(&["assess", TOUR, "--propose", PROPOSED])),
        ("recuse", day(&["recuse", TOUR, "PORT"])),
        ("recuse", day(&["recuse", TOUR, "WILLOW"])),
        ("recuse", day(&["recuse", TOUR, "HILL"])),
        ("recuse", day(&["recuse", TOUR, "SNOW"])),
        ("recuse", day(&["recuse", TOUR, "FOG"])),
        ("diff", vec!["diff", TOUR, "--from", "2021-12-31", "--to", "2023-01-31"]),
        ("groups", day(&["groups", TOUR, "WILLOW", "MILL"])),
        ("daily", day(&["daily", TOUR])),
        ("calendar", vec!["calendar", TOUR, "--from", "2022-06-01", "--to", "2023-12-31"]),
        ("validate", vec!["validate", TOUR]),
    ] {
        hold(name, &output(&args));
    }
}

#[test]
fn what_is_not_known_keeps_to_the_schema_too() {
    let winning = ["data/samples/winning", "--as-of", "2020-11-27"];
    hold("register", &output(&["register", winning[0], winning[1], winning[2]]));
    hold("check", &output(&["check", winning[0], "YX", "DHW", "TJ", winning[1], winning[2]]));
    hold("declarations", &output(&["declarations", winning[0], winning[1], winning[2]]));
    hold("filing", &output(&["filing", winning[0], winning[1], winning[2]]));
    hold("owners", &output(&["owners", winning[0], "KX", winning[1], winning[2]]));
    hold("movements", &output(&["movements", winning[0], "ZW", winning[1], winning[2]]));
    hold("movements", &output(&["movements", winning[0], "ZW-WY-ZC", "--from", "2018-01-01", "--to", "2019-12-31"]));
}

/// Charts are no command's answer, so they are written here as a server would write them.
#[test]
fn every_chart_keeps_to_the_schema() {
    for (sample, day) in [("tour", "2022-06-30"), ("winning", "2020-11-27"), ("neusoft", "2017-07-14")] {
        let loaded = intake::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(sample)).unwrap();
        let facts = &loaded.facts;
        let (pack, resolver) = (support::pack(), Resolver::new(facts));
        let question = support::question(facts, &pack, &facts.settings["subject"], support::day(day), &[]);
        for lang in [Lang::Zh, Lang::En] {
            let names = Names::new(facts, lang);
            let dataset = Dataset { digest: loaded.digest.clone(), rows: loaded.rows };
            let context = Context { facts, names: &names, question: &question, dataset, lang, show_identifiers: false };
            let hold = |report: &ChartReport| {
                let mut json = Vec::new();
                report.json(&mut json).unwrap();
                hold("chart", &json);
                assert!(report.chart().parties().len() > 0, "{sample}: an empty chart");
            };
            hold(&ChartReport::register(&context, &resolver.register(&question)));
            let everyone: Vec<_> = facts.party_ids().collect();
            let answers = resolver.check(&question, &everyone);
            answers.parties.iter().for_each(|answer| hold(&ChartReport::party(&context, &answers, answer)));
            everyone.iter().for_each(|party| hold(&ChartReport::around(&context, &resolver, *party)));
            let groups = resolver.groups(&question, &[]);
            assert!(!groups.groups.is_empty(), "{sample} has no group");
            groups.groups.iter().for_each(|group| hold(&ChartReport::group(&context, &groups, group)));
        }
    }
}

#[test]
fn a_verification_keeps_to_its_schema() {
    let dir = tempfile::tempdir().expect("a folder");
    let saved = dir.path().join("answer.json");
    std::fs::write(&saved, output(&["register", TOUR, DAY[0], DAY[1]])).expect("saved");
    hold("verify", &output(&["verify", &saved.display().to_string(), TOUR]));
    hold("verify", &output(&["verify", &saved.display().to_string(), "data/samples/winning"]));
    let assessed = String::from_utf8(output(&["assess", TOUR, DAY[0], DAY[1]])).expect("text");
    for altered in [assessed.replacen("\"disclose\"", "\"board\"", 1), assessed.replacen("\"5.2\"", "\"5.1\"", 1)] {
        std::fs::write(&saved, altered).expect("saved");
        hold("verify", &output(&["verify", &saved.display().to_string(), TOUR]));
    }
}

#[test]
fn every_line_of_controllers_keeps_to_the_schema() {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["controllers", TOUR, DAY[0], DAY[1], "--format", "jsonl"]);
    let out = command.output().expect("it runs");
    let lines: Vec<&[u8]> = out.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 2);
    lines.into_iter().for_each(|line| hold("controllers", line));
}

#[test]
fn every_line_of_a_batch_keeps_to_the_schema() {
    let dir = tempfile::tempdir().expect("a folder");
    let list = dir.path().join("subjects.txt");
    std::fs::write(&list, "id\nLARK\n").expect("written");
    for (depth, name) in [("standing", "batch"), ("contested", "batch"), ("proofs", "register")] {
        let mut command = Command::cargo_bin("relata").expect("the binary");
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["batch", TOUR, DAY[0], DAY[1], "--depth", depth]);
        let out = command.arg("--subjects").arg(&list).output().expect("it runs");
        let lines: Vec<&[u8]> = out.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 1, "{}", String::from_utf8_lossy(&out.stderr));
        lines.into_iter().for_each(|line| hold(name, line));
    }
}

#[test]
fn an_empty_dataset_and_a_sample_keep_to_the_schema_of_datasets() {
    let dir = tempfile::tempdir().expect("a folder");
    for lang in ["zh", "en"] {
        let file = dir.path().join(format!("{lang}.json"));
        let mut command = Command::cargo_bin("relata").expect("the binary");
        command.args(["init", &file.display().to_string(), "--format", "json", "--lang", lang]).assert().success();
        hold("dataset", &std::fs::read(&file).expect("written"));
    }
}

#[test]
fn a_schema_refuses_what_it_should() {
    for (name, json) in [
        ("register", r#"{"format":"relata.register/2"}"#),
        ("chart", r#"{"format":"relata.chart/1","parties":[],"ties":[]}"#),
        ("dataset", r#"{"parties":[{"id":"A","name":"A"}]}"#),
        ("dataset", r#"{"parties":[{"id":"A","name":"A","kind":"human"}]}"#),
        ("dataset", r#"{"parties":[{"id":"A","name":"A","kind":"company","colour":"red"}]}"#),
    ] {
        let value: Value = serde_json::from_str(json).expect("JSON");
        assert!(!schema(name).is_valid(&value), "{name} accepts {json}");
    }
}

#[test]
fn the_schemas_of_dealings_refuse_what_they_should() {
    let assessed: Value = serde_json::from_slice(&output(&["assess", TOUR, DAY[0], DAY[1]])).expect("JSON");
    let recused: Value = serde_json::from_slice(&output(&["recuse", TOUR, "PORT", DAY[0], DAY[1]])).expect("JSON");
    let one = "/transactions/21";
    for (name, sound, at, key, wrong) in [
        ("assess", &assessed, "", "format", Some("relata.assess/2".into())),
        ("assess", &assessed, "", "colour", Some("red".into())),
        ("assess", &assessed, "", "forecasts", None),
        ("assess", &assessed, one, "colour", Some("red".into())),
        ("assess", &assessed, one, "amount", Some(35_000_000.into())),
        ("assess", &assessed, one, "kind", Some("9.19".into())),
        ("assess", &assessed, one, "case", Some("minor".into())),
        ("assess", &assessed, one, "duties", Some(vec!["publish"].into())),
        ("assess", &assessed, one, "tops", Some(Value::Array(Vec::new()))),
        ("assess", &assessed, one, "row", Some(0.into())),
        ("assess", &assessed, one, "related", Some("yes".into())),
        ("assess", &assessed, one, "terms", None),
        ("assess", &assessed, "/transactions/21/terms/same_party/0", "amount", None),
        ("assess", &assessed, "/transactions/21/remarks/0", "code", Some("other".into())),
        ("assess", &assessed, "/forecasts/0", "year", Some("2022".into())),
        ("assess", &assessed, "/proofs/0", "day", Some("June".into())),
        ("recuse", &recused, "", "format", Some("relata.assess/1".into())),
        ("recuse", &recused, "", "votes_left_out", Some(0.into())),
        ("recuse", &recused, "", "colour", Some("red".into())),
        ("recuse", &recused, "/directors/0", "items", Some(vec!["7"].into())),
        ("recuse", &recused, "/directors/0", "votes", Some("1".into())),
        ("recuse", &recused, "/directors/0", "reasons", None),
        ("recuse", &recused, "/board", "quorum", Some((-1).into())),
        ("recuse", &recused, "/board", "majority", None),
    ] {
        let mut altered = sound.clone();
        let object = altered.pointer_mut(at).and_then(Value::as_object_mut).expect("an object");
        match wrong {
            Some(value) => object.insert(key.to_owned(), value),
            None => object.remove(key),
        };
        assert!(schema(name).is_valid(sound) && !schema(name).is_valid(&altered), "{name} accepts {at}/{key}");
    }
}
