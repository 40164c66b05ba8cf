//! The three samples from end to end: what each party is, on its day and on others, and that every answer about them
//! can be verified and no altered one is.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use assert_cmd::Command;
use chrono::{Days, NaiveDate};
use relata::facts::{Directory, Facts, Lang, Percent, RowRef, Table};
use relata::intake;
use relata::proof::check::{AnswerDoc, Claim, check_register};
use relata::proof::words::Names;
use relata::register::{Certainty, Question, Resolver, Verdict};
use relata::report::{Answer, CheckReport, Context, Dataset, ExplainForm, ExplainReport, RegisterReport};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use support::{Lines, data, day, ids, line, pack, question};

/// A sample, opened.
struct Sample {
    name: &'static str,
    facts: Facts,
    dataset: Dataset,
    subject: String,
}

fn sample(name: &'static str) -> Sample {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
    let loaded = intake::open(&path).unwrap();
    assert!(!loaded.has_errors(), "{:#?}", loaded.findings);
    let subject = loaded.facts.settings["subject"].clone();
    Sample { name, facts: loaded.facts, dataset: Dataset { digest: loaded.digest, rows: loaded.rows }, subject }
}

fn expected(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(data(&format!("samples/{name}.json"))).unwrap()).unwrap()
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// `party → lines` of an expected register.
fn lines(value: &Value) -> Lines {
    let text = |ground: &Value| {
        let columns = ["ground", "basis", "last_day", "expires", "begins"];
        columns.iter().filter_map(|column| ground[*column].as_str()).collect::<Vec<_>>().join(" ")
    };
    let parties = value.as_object().unwrap().iter();
    parties.map(|(party, grounds)| (party.clone(), grounds.as_array().unwrap().iter().map(text).collect())).collect()
}

/// Every party's lines and verdict, from a check of all of them; the register must say the same.
fn answers(sample: &Sample, as_of: NaiveDate) -> (Lines, BTreeMap<String, Verdict>, BTreeSet<String>) {
    let pack = pack();
    let question = question(&sample.facts, &pack, &sample.subject, as_of, &[]);
    let resolver = Resolver::new(&sample.facts);
    let everyone: Vec<_> = sample.facts.party_ids().collect();
    let answers = resolver.check(&question, &everyone);
    let (mut found, mut verdicts, mut exempt) = (Lines::new(), BTreeMap::new(), BTreeSet::new());
    for answer in &answers.parties {
        let id = sample.facts.id(answer.party).to_owned();
        if !answer.grounds.is_empty() {
            found.insert(id.clone(), answer.grounds.iter().map(|l| line(l.ground, l.basis)).collect());
        }
        if answer.exempt.is_some() {
            exempt.insert(id.clone());
        }
        verdicts.insert(id, answer.verdict);
    }
    let register = resolver.register(&question);
    let listed: Lines = register
        .related
        .iter()
        .map(|entry| {
            let lines = entry.grounds.iter().map(|l| line(l.ground, l.basis)).collect();
            (sample.facts.id(entry.party).to_owned(), lines)
        })
        .collect();
    assert_eq!(found, listed, "{} on {as_of}: check and register differ", sample.name);
    assert_eq!(exempt, ids(&sample.facts, register.exempt.iter().map(|entry| entry.party)));
    let open = verdicts.iter().filter(|(_, verdict)| **verdict == Verdict::Undetermined);
    let open: BTreeSet<String> = open.map(|(id, _)| id.clone()).collect();
    assert_eq!(open, ids(&sample.facts, register.undetermined.iter().map(|entry| entry.party)));
    (found, verdicts, exempt)
}

/// The whole answer of a sample is the expected one, and every party stands in it.
fn compare(sample: &Sample, expected: &Value) {
    let (found, verdicts, exempt) = answers(sample, day(expected["as_of"].as_str().unwrap()));
    assert_eq!(lines(&expected["related"]), found);
    assert_eq!(strings(&expected["exempt"]), exempt);
    let with = |verdict: Verdict| -> BTreeSet<String> {
        verdicts.iter().filter(|(_, one)| **one == verdict).map(|(id, _)| id.clone()).collect()
    };
    assert_eq!(strings(&expected["undetermined"]), with(Verdict::Undetermined));
    let outside: BTreeSet<String> = strings(&expected["not_related"]).union(&exempt).cloned().collect();
    assert_eq!(outside, with(Verdict::NotRelated));
}

/// Whether one party controls another, as the stakes below it have it.
fn controls(sample: &Sample, controller: &str, controlled: &str, as_of: NaiveDate) -> Certainty {
    let pack = pack();
    let question = question(&sample.facts, &pack, &sample.subject, as_of, &[]);
    let from = sample.facts.party_id(controller).unwrap();
    let to = sample.facts.party_id(controlled).unwrap();
    let stakes = Resolver::new(&sample.facts).owned(&question, from, None);
    stakes.lines.iter().find(|line| line.company == to).map_or(Certainty::No, |line| line.controls)
}

#[test]
fn tour_is_as_its_readme_says() {
    compare(&sample("tour"), &expected("tour_expected"));
}

#[test]
fn winning_is_as_its_readme_says() {
    let (sample, expected) = (sample("winning"), expected("winning_expected"));
    compare(&sample, &expected);
    let as_of = day(expected["as_of"].as_str().unwrap());
    for party in strings(&expected["controlled_by_subject"]) {
        assert_eq!(controls(&sample, "WN", &party, as_of), Certainty::Yes, "{party}");
    }
}

#[test]
fn the_owners_of_kx_are_looked_through_to_the_last_digit() {
    let (sample, expected) = (sample("winning"), expected("winning_expected"));
    let pack = pack();
    let question = question(&sample.facts, &pack, "WN", day(expected["as_of"].as_str().unwrap()), &[]);
    let party = sample.facts.party_id("KX").unwrap();
    let stakes = Resolver::new(&sample.facts).owners(&question, party, None);
    // Those who stand behind `WN` stand behind `KX` too; the expected holders are those below it.
    for holder in expected["owners"]["KX"].as_array().unwrap() {
        let id = holder["party"].as_str().unwrap();
        let lines: Vec<_> = stakes.lines.iter().filter(|line| sample.facts.party(line.holder).id == id).collect();
        assert!(!lines.is_empty(), "{id} stands behind KX");
        let share: Percent = holder["look_through"].as_str().unwrap().parse().unwrap();
        for line in &lines {
            assert_eq!((&line.look_through.least, &line.look_through.greatest), (&share, &share), "{id}");
        }
        let direct = lines.iter().find(|line| line.company == party).and_then(|line| line.direct.as_ref());
        let wanted = holder["direct"].as_str().map(|text| text.parse::<Percent>().unwrap());
        assert_eq!(direct.map(|range| range.least.clone()), wanted, "{id} directly");
    }
    // Each partner's share is the partnership's share multiplied by the partner's, and the seven add up to it.
    let partners = ["DHW", "XF", "LQ", "LG", "XZ2", "MQ", "SK"];
    let share = |id: &str| {
        let line = stakes.lines.iter().find(|line| sample.facts.party(line.holder).id == id).unwrap();
        line.look_through.least.clone()
    };
    let sum: Percent = partners.map(share).iter().sum();
    assert_eq!(sum, "14.89".parse().unwrap());
    assert_eq!(share("DHW").exact(), "3.780571");
}

#[test]
fn an_ambiguous_name_lists_all_who_bear_it() {
    let (sample, expected) = (sample("winning"), expected("winning_expected"));
    let directory = Directory::new(&sample.facts);
    for (name, bearers) in expected["ambiguous_names"].as_object().unwrap() {
        let error = directory.find(name).expect_err("nobody is guessed");
        let text = format!("{error:?}");
        for bearer in strings(bearers) {
            assert!(text.contains(&bearer), "{bearer}: {text}");
        }
    }
    let output = run(&["check", "data/samples/winning", "薛征", "--as-of=2020-11-27", "--lang=en"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("`XZ`") && text.contains("`XZ2`"), "{text}");
    for alias in ["薛征（快享医疗股东）", "薛征（上海快享合伙人）"] {
        assert!(directory.find(alias).is_ok(), "{alias}");
    }
}

#[test]
fn a_former_subsidiary_is_no_related_party_on_either_side_of_its_sale() {
    let (sample, expected) = (sample("winning"), expected("winning_expected"));
    for other in expected["other_days"].as_array().unwrap() {
        let as_of = day(other["as_of"].as_str().unwrap());
        let (_, verdicts, _) = answers(&sample, as_of);
        for party in strings(&other["not_related"]) {
            assert_eq!(verdicts[&party], Verdict::NotRelated, "{party} on {as_of}");
        }
        for (key, wanted) in [("controlled_by_subject", Certainty::Yes), ("not_controlled_by_subject", Certainty::No)] {
            for party in other.get(key).map(strings).unwrap_or_default() {
                assert_eq!(controls(&sample, "WN", &party, as_of), wanted, "{party} on {as_of}");
            }
        }
    }
}

#[test]
fn neusoft_is_as_its_announcements_conclude() {
    let (sample, expected) = (sample("neusoft"), expected("neusoft_conclusions"));
    for conclusion in expected["conclusions"].as_array().unwrap() {
        let (id, as_of) = (&conclusion["id"], day(conclusion["as_of"].as_str().unwrap()));
        if conclusion["expected"] == "controls" {
            let (a, b) = (conclusion["controller"].as_str().unwrap(), conclusion["controlled"].as_str().unwrap());
            assert_eq!(controls(&sample, a, b, as_of), Certainty::Yes, "{id}: {a} controls {b} on {as_of}");
            continue;
        }
        let party = conclusion["party"].as_str().unwrap();
        let (found, verdicts, _) = answers(&sample, as_of);
        match conclusion["expected"].as_str().unwrap() {
            "related" => {
                assert_eq!(verdicts[party], Verdict::Related, "{id}: {party} on {as_of}");
                let wanted = lines(&json!({ party: conclusion["grounds"] }));
                assert_eq!(wanted[party], found[party], "{id}: {party} on {as_of}");
            }
            "not_related" => assert_eq!(verdicts[party], Verdict::NotRelated, "{id}: {party} on {as_of}"),
            other => panic!("{id}: `{other}` is no verdict"),
        }
    }
}

/// Whether China Telecom is a related party of Neusoft, on the day they sign their agreement of 2017: the announcement
/// shows no tie at all, so it is not, under no reading, and whatever the unknown cells of the other rows may be.
#[test]
fn china_telecom_is_no_related_party_of_neusoft() {
    let sample = sample("neusoft");
    let pack = pack();
    let question = question(&sample.facts, &pack, "NEU", day("2017-07-14"), &[]);
    let party = Directory::new(&sample.facts).find("中国电信集团公司").unwrap();
    let answers = Resolver::new(&sample.facts).check(&question, &[party]);
    let answer = &answers.parties[0];
    assert_eq!(answer.verdict, Verdict::NotRelated);
    assert!(answer.contested_by.is_empty() && answer.missing.is_empty() && answer.exempt.is_none());
    let looked: Vec<&str> = answer.looked_at.iter().map(|near| near.ground).collect();
    assert_eq!(looked, ["5.1", "5.2", "5.3", "5.4"]);
    assert!(answer.looked_at.iter().all(|near| near.miss == relata::register::Miss::NoTie));
    let output = run(&["check", "data/samples/neusoft", "CTG", "--as-of=2017-07-14", "--exit-code", "--strict"]);
    assert_eq!(output.status.code(), Some(0));
}

fn run(args: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("relata").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap()
}

fn context<'a>(sample: &'a Sample, names: &'a Names<'a>, question: &'a Question<'a>) -> Context<'a> {
    Context {
        facts: &sample.facts,
        names,
        question,
        dataset: sample.dataset.clone(),
        lang: Lang::En,
        findings: None,
        show_identifiers: false,
    }
}

fn parsed(write: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut out = Vec::new();
    write(&mut out);
    serde_json::from_slice(&out).unwrap()
}

fn register_json(sample: &Sample, as_of: NaiveDate, flips: &[&str]) -> Value {
    let (pack, names) = (pack(), Names::new(&sample.facts, Lang::En));
    let question = question(&sample.facts, &pack, &sample.subject, as_of, flips);
    let register = Resolver::new(&sample.facts).register(&question);
    let report = RegisterReport { context: &context(sample, &names, &question), register: &register, remarks: &[] };
    parsed(|out| report.json(out).unwrap())
}

/// The check of everybody, and the explanation of everybody one by one.
fn check_and_explain_json(sample: &Sample, as_of: NaiveDate) -> Vec<Value> {
    let (pack, names) = (pack(), Names::new(&sample.facts, Lang::En));
    let question = question(&sample.facts, &pack, &sample.subject, as_of, &[]);
    let context = context(sample, &names, &question);
    let resolver = Resolver::new(&sample.facts);
    let everyone: Vec<_> = sample.facts.party_ids().collect();
    let answers = resolver.check(&question, &everyone);
    let mut found = vec![parsed(|out| CheckReport { context: &context, answers: &answers }.json(out).unwrap())];
    for party in everyone {
        let answers = resolver.check(&question, &[party]);
        let report = ExplainReport { context: &context, answers: &answers, answer: &answers.parties[0] };
        found.push(parsed(|out| report.write(ExplainForm::Json, out).unwrap()));
    }
    found
}

/// What the checker refuses in an answer, as text; empty where it accepts it. An answer that cannot be read is refused.
fn refusals(sample: &Sample, answer: &Value) -> Vec<String> {
    let answer: AnswerDoc = match serde_json::from_value(answer.clone()) {
        Ok(answer) => answer,
        Err(error) => return vec![error.to_string()],
    };
    let pack = pack();
    let flips: Vec<String> = answer.switches.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
    let flips: Vec<&str> = flips.iter().map(String::as_str).collect();
    let question = question(&sample.facts, &pack, &answer.subject, answer.as_of, &flips);
    let claim = Claim {
        facts: &sample.facts,
        subject: question.subject,
        as_of: answer.as_of,
        numbers: pack.numbers(answer.as_of).clone(),
        readings: question.readings.clone(),
    };
    check_register(&claim, &answer).iter().map(|refusal| format!("{refusal:?}")).collect()
}

fn accept(sample: &Sample, answer: &Value) {
    let refused = refusals(sample, answer);
    assert!(refused.is_empty(), "{} on {}: {refused:#?}", sample.name, answer["as_of"]);
}

/// The day of each sample, as its README asks about it; of `neusoft` every day a conclusion is drawn on.
fn days(sample: &Sample) -> BTreeSet<NaiveDate> {
    match sample.name {
        "tour" => [day("2022-06-30")].into(),
        "winning" => [day("2020-11-27")].into(),
        _ => {
            let expected = expected("neusoft_conclusions");
            expected["conclusions"].as_array().unwrap().iter().map(|c| day(c["as_of"].as_str().unwrap())).collect()
        }
    }
}

#[test]
fn every_answer_on_its_day_is_accepted() {
    for name in ["tour", "winning", "neusoft"] {
        let sample = sample(name);
        for as_of in days(&sample) {
            accept(&sample, &register_json(&sample, as_of, &[]));
            for answer in check_and_explain_json(&sample, as_of) {
                accept(&sample, &answer);
            }
        }
    }
}

/// Every date in the rows of a sample, with the days next to it.
fn dates_of_change(facts: &Facts) -> BTreeSet<NaiveDate> {
    let tables = [
        Table::Holdings,
        Table::Proxies,
        Table::Controls,
        Table::Concert,
        Table::Positions,
        Table::Kinships,
        Table::Designations,
    ];
    let mut days = BTreeSet::new();
    for table in tables {
        for index in 0..facts.rows_of(table) {
            let period = facts.period(RowRef::new(table, index)).unwrap();
            for date in [period.from.day(), period.until.day(), period.agreed].into_iter().flatten() {
                days.extend([date - Days::new(1), date, date + Days::new(1)]);
            }
        }
    }
    days
}

#[test]
fn registers_of_tour_on_every_date_of_change_are_accepted() {
    let sample = sample("tour");
    let days = dates_of_change(&sample.facts);
    assert!(days.len() > 60, "{}", days.len());
    for as_of in days {
        accept(&sample, &register_json(&sample, as_of, &[]));
    }
}

#[test]
fn registers_of_tour_under_every_reading_are_accepted() {
    let sample = sample("tour");
    for switch in &pack().switches {
        for reading in switch.readings.iter().skip(1) {
            let flip = format!("{}={reading}", switch.name);
            accept(&sample, &register_json(&sample, day("2022-06-30"), &[&flip]));
        }
    }
}

#[test]
fn registers_of_the_other_samples_on_other_days_are_accepted() {
    for (name, days) in [
        ("winning", ["2014-12-31", "2017-06-29", "2017-06-30", "2018-06-15", "2018-06-30", "2021-01-01"]),
        ("neusoft", ["2013-04-11", "2015-10-12", "2017-11-29", "2018-06-30", "2020-04-30", "2022-10-24"]),
    ] {
        let sample = sample(name);
        for as_of in days {
            accept(&sample, &register_json(&sample, day(as_of), &[]));
        }
    }
}

/// The proof with this id among an answer's proofs.
fn step(answer: &mut Value, id: u64) -> &mut Value {
    answer["proofs"].as_array_mut().unwrap().iter_mut().find(|step| step["id"] == id).unwrap()
}

/// The line of a party's ground in a register.
fn register_line<'a>(answer: &'a mut Value, party: &str, ground: &str) -> &'a mut Value {
    let entry = answer["related"].as_array_mut().unwrap().iter_mut().find(|entry| entry["party"] == party).unwrap();
    entry["grounds"].as_array_mut().unwrap().iter_mut().find(|line| line["ground"] == ground).unwrap()
}

/// The first step under the line (the line's own included) for which `wanted` holds.
fn find(answer: &mut Value, party: &str, ground: &str, wanted: impl Fn(&Value) -> bool) -> u64 {
    let mut pending = vec![register_line(answer, party, ground)["proof"].as_u64().unwrap()];
    while let Some(id) = pending.pop() {
        let step = step(answer, id);
        if wanted(step) {
            return id;
        }
        pending.extend(step["premises"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()));
    }
    panic!("no such step under {party} {ground}")
}

fn kind(kind: &'static str) -> impl Fn(&Value) -> bool {
    move |step| step["conclusion"]["kind"] == kind
}

/// Every alteration of a sound register is refused, in the library and on the command line.
#[test]
fn altered_registers_are_refused() {
    let sample = sample("tour");
    let sound = register_json(&sample, day("2022-06-30"), &[]);
    accept(&sample, &sound);
    type Alteration = (&'static str, fn(&mut Value));
    let alterations: &[Alteration] = &[
        ("a premise is dropped", |answer| {
            let id = register_line(answer, "WILLOW", "5.3")["proof"].as_u64().unwrap();
            step(answer, id)["premises"].as_array_mut().unwrap().pop();
        }),
        ("a holding of the sum is dropped", |answer| {
            let id = find(answer, "REN", "7.1", kind("stake"));
            step(answer, id)["facts"].as_array_mut().unwrap().pop();
        }),
        ("another row is cited", |answer| {
            let id = find(answer, "LAKE", "5.4", kind("stake"));
            step(answer, id)["facts"][0]["row"] = json!(9);
        }),
        ("a row that does not exist is cited", |answer| {
            let id = find(answer, "LAKE", "5.4", kind("stake"));
            step(answer, id)["facts"][0]["row"] = json!(999);
        }),
        ("a percentage is raised", |answer| {
            let id = find(answer, "LAKE", "5.4", kind("stake"));
            step(answer, id)["conclusion"]["percent"] = json!("8.1");
        }),
        ("votes are raised", |answer| {
            let id = find(answer, "HILL", "5.1", kind("controls"));
            step(answer, id)["conclusion"]["votes"] = json!("52");
        }),
        ("a percentage is raised by one millionth", |answer| {
            let id = find(answer, "REN", "7.1", kind("stake"));
            step(answer, id)["conclusion"]["percent"] = json!("5.200001");
        }),
        ("a day is changed in a proof", |answer| {
            let id = find(answer, "GENG", "7.2", kind("officer"));
            step(answer, id)["conclusion"]["day"] = json!("2022-01-01");
        }),
        ("the whole answer is moved to the next day", |answer| answer["as_of"] = json!("2022-07-01")),
        ("a footing lasts a day longer", |answer| {
            register_line(answer, "GENG", "7.2")["expires"] = json!("2023-01-01");
        }),
        ("a footing has another last day", |answer| {
            register_line(answer, "MAPLE", "5.3")["last_day"] = json!("2022-01-01");
        }),
        ("an arrangement begins earlier", |answer| {
            register_line(answer, "SNOW", "5.4")["begins"] = json!("2022-09-14");
        }),
        ("a footing of the past is called current", |answer| {
            let line = register_line(answer, "GENG", "7.2");
            *line = json!({"ground": "7.2", "basis": "current", "proof": line["proof"]});
        }),
        ("a line points to the proof of another", |answer| {
            let other = register_line(answer, "LAKE", "5.4")["proof"].clone();
            register_line(answer, "MIST", "5.4")["proof"] = other;
        }),
        ("a line points to a premise of its proof", |answer| {
            let id = find(answer, "MIST", "5.4", kind("stake"));
            register_line(answer, "MIST", "5.4")["proof"] = json!(id);
        }),
        ("the proof of a line is missing", |answer| {
            let id = register_line(answer, "MIST", "5.4")["proof"].clone();
            answer["proofs"].as_array_mut().unwrap().retain(|step| step["id"] != id);
        }),
        ("all proofs are missing", |answer| answer["proofs"] = json!([])),
        ("a line names another ground", |answer| register_line(answer, "BING", "7.4")["ground"] = json!("7.2")),
        ("a party takes the place of another", |answer| {
            let entries = answer["related"].as_array_mut().unwrap();
            let entry = entries.iter_mut().find(|entry| entry["party"] == "MIST").unwrap();
            entry["party"] = json!("REED");
        }),
        ("a proof speaks of another party", |answer| {
            let id = register_line(answer, "MIST", "5.4")["proof"].as_u64().unwrap();
            let stake = step(answer, id)["premises"][0].as_u64().unwrap();
            for id in [id, stake] {
                step(answer, id)["conclusion"]["party"] = json!("REED");
            }
            let entries = answer["related"].as_array_mut().unwrap();
            entries.iter_mut().find(|entry| entry["party"] == "MIST").unwrap()["party"] = json!("REED");
        }),
        ("a rule is called another", |answer| {
            let id = find(answer, "BAMBOO", "5.2", |step| step["rule"] == "control.declared");
            step(answer, id)["rule"] = json!("control.majority");
        }),
        ("a reading is claimed that the proofs do not follow", |answer| {
            answer["switches"] = json!({"state_body_itself": "not_related"});
        }),
        ("an exempt party has no proof", |answer| answer["exempt"][0]["proof"] = json!(0)),
        ("an exempt party is another", |answer| answer["exempt"][0]["party"] = json!("PORT")),
    ];
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("answer.json");
    for (what, alter) in alterations {
        let mut altered = sound.clone();
        alter(&mut altered);
        assert_ne!(altered, sound, "{what}: nothing was altered");
        assert!(!refusals(&sample, &altered).is_empty(), "{what}: not refused");
        std::fs::write(&file, altered.to_string()).unwrap();
        let output = run(&["verify", file.to_str().unwrap(), "data/samples/tour", "--lang=en"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(said.starts_with("refused") && said.lines().count() > 2, "{what}: {said}");
    }
}

#[test]
fn altered_checks_and_explanations_are_refused() {
    let sample = sample("tour");
    for sound in check_and_explain_json(&sample, day("2022-06-30")) {
        accept(&sample, &sound);
        let explained = sound["format"] == "relata.explain/1";
        let mut altered = sound.clone();
        let answer = if explained {
            &mut altered
        } else {
            let parties = altered["parties"].as_array_mut().unwrap();
            parties.iter_mut().find(|party| party["party"] == "HILL").unwrap()
        };
        if answer["grounds"].as_array().is_none_or(Vec::is_empty) {
            // A verdict without a ground to rest on.
            answer["verdict"] = json!("related");
        } else {
            let other = if answer["grounds"][0]["ground"] == "8.2" { "5.1" } else { "8.2" };
            answer["grounds"][0]["ground"] = json!(other);
        }
        assert!(!refusals(&sample, &altered).is_empty(), "{}", sound["party"]);
    }
}

/// The answers as the program writes them are those of the library, and it accepts them.
#[test]
fn the_program_verifies_its_own_answers() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("answer.json");
    let path = file.to_str().unwrap();
    for (name, as_of, party) in
        [("tour", "2022-06-30", "PORT"), ("winning", "2020-11-27", "YX"), ("neusoft", "2017-03-31", "NOKIA")]
    {
        let folder = format!("data/samples/{name}");
        for args in [
            vec!["register", &folder, "--format=json", "-o", path, "--as-of", as_of],
            vec!["check", &folder, party, "--format=json", "-o", path, "--as-of", as_of],
            vec!["explain", &folder, party, "--format=json", "-o", path, "--as-of", as_of],
        ] {
            assert_eq!(run(&args).status.code(), Some(0), "{args:?}");
            if args[0] == "register" {
                let written: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
                let sample = sample(name);
                let ours = register_json(&sample, day(as_of), &[]);
                for part in ["related", "exempt", "undetermined", "contested", "proofs"] {
                    assert_eq!(written[part], ours[part], "{name}: {part}");
                }
            }
            assert_eq!(run(&["verify", path, &folder]).status.code(), Some(0), "{args:?}");
        }
    }
}
