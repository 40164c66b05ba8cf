//! Answers about dealings, checked by the independent checker: those of the program are accepted, altered ones are not,
//! each for its own reason.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;
mod worlds;

use assert_cmd::Command;
use chrono::NaiveDate;
use relata::dealings::{Assessor, Before, Ledger, recusal};
use relata::facts::{Facts, Kind, Lang, Transaction};
use relata::proof::check::{AssessDoc, Matter, RecuseDoc, Refusal, check_assessment, check_recusal};
use relata::proof::words::Names;
use relata::register::{Question, Resolver};
use relata::report::{Answer, AssessReport, Context, Dataset, RecuseReport};
use relata::{intake, packs};
use serde_json::{Value, json};
use std::path::PathBuf;
use support::{data, day, facts, pack, question};

/// A dataset and the company whose dealings they are.
struct World {
    facts: Facts,
    subject: String,
    as_of: NaiveDate,
    flips: Vec<String>,
}

fn tour() -> World {
    let loaded = intake::open(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/samples/tour")).unwrap();
    let subject = loaded.facts.settings["subject"].clone();
    World { facts: loaded.facts, subject, as_of: day("2022-06-30"), flips: Vec::new() }
}

impl World {
    fn of(dataset: &Value, subject: &str, as_of: NaiveDate) -> Self {
        World { facts: facts(dataset), subject: subject.to_owned(), as_of, flips: Vec::new() }
    }

    fn ask(&self, write: impl FnOnce(&Resolver<'_>, &Question<'_>, &Context<'_>, &mut Vec<u8>)) -> Value {
        let (pack, names) = (pack(), Names::new(&self.facts, Lang::En));
        let flips: Vec<&str> = self.flips.iter().map(String::as_str).collect();
        let question = question(&self.facts, &pack, &self.subject, self.as_of, &flips);
        let context = Context {
            facts: &self.facts,
            names: &names,
            question: &question,
            dataset: Dataset { digest: format!("sha256:{:064}", 0), rows: 0 },
            lang: Lang::En,
            findings: None,
            show_identifiers: false,
        };
        let mut out = Vec::new();
        write(&Resolver::new(&self.facts), &question, &context, &mut out);
        serde_json::from_slice(&out).unwrap()
    }

    /// The assessment of the transactions for which `shown` holds, by their ids; of the proposed ones where there are any.
    fn assess(&self, proposed: &[Transaction<'_>], shown: impl Fn(&str) -> bool) -> Value {
        self.ask(|resolver, question, context, out| {
            let ledger = Ledger::new(&self.facts, proposed);
            let assessments = Assessor::new(resolver, question).assess(&ledger);
            let all = || assessments.all.iter().enumerate();
            let new = all().filter(|(_, one)| one.deal.row.is_none());
            let before: Vec<Before> =
                new.filter_map(|(at, _)| Before::new(resolver, question, &assessments, at)).collect();
            let kept =
                all().filter(
                    |(_, one)| {
                        if proposed.is_empty() { shown(one.deal.transaction.id) } else { one.deal.row.is_none() }
                    },
                );
            let shown: Vec<usize> = kept.map(|(at, _)| at).collect();
            let report = AssessReport { context, assessments: &assessments, shown: &shown, before: &before };
            report.json(out).unwrap();
        })
    }

    fn recuse(&self, party: &str) -> Value {
        self.ask(|resolver, question, context, out| {
            let found = recusal(resolver, question, self.facts.party_id(party).unwrap());
            RecuseReport { context, recusal: &found }.json(out).unwrap();
        })
    }

    /// What the checker refuses; an answer that cannot be read is refused.
    fn refusals(&self, answer: &Value) -> Vec<String> {
        let pack = packs::load("sse-2022").unwrap();
        let flips: Vec<&str> = self.flips.iter().map(String::as_str).collect();
        let question = question(&self.facts, &pack, &self.subject, self.as_of, &flips);
        let readings = question.readings.clone();
        let matter = Matter { facts: &self.facts, subject: question.subject, pack: &pack, readings };
        let told = |refusals: Vec<Refusal>| refusals.iter().map(ToString::to_string).collect();
        if answer["format"] == "relata.recuse/1" {
            let read = serde_json::from_value::<RecuseDoc>(answer.clone());
            read.map_or_else(|error| vec![error.to_string()], |doc| told(check_recusal(&matter.on(self.as_of), &doc)))
        } else {
            let read = serde_json::from_value::<AssessDoc>(answer.clone());
            read.map_or_else(|error| vec![error.to_string()], |doc| told(check_assessment(&matter, &doc)))
        }
    }

    fn accept(&self, answer: &Value, what: &str) {
        let refused = self.refusals(answer);
        assert!(refused.is_empty(), "{what}: {refused:#?}\n{answer:#}");
    }
}

fn proposal<'f>(world: &'f World, counterparty: &str, kind: Kind, amount: &str, date: &str) -> Transaction<'f> {
    let counterparty = world.facts.party_id(counterparty).unwrap();
    Transaction { amount: Some(amount.parse().unwrap()), ..Transaction::new("proposed", day(date), counterparty, kind) }
}

const PARTIES: [&str; 12] =
    ["PORT", "WILLOW", "HILL", "SNOW", "FOG", "REN", "JIA", "YI", "MILL", "BAMBOO", "LAKE", "HOUSE"];

#[test]
fn answers_about_the_tour_are_accepted() {
    let world = tour();
    let all = world.assess(&[], |_| true);
    assert_eq!(all["transactions"].as_array().unwrap().len(), 22);
    world.accept(&all, "all");
    for one in all["transactions"].as_array().unwrap() {
        let id = one["id"].as_str().unwrap();
        world.accept(&world.assess(&[], |other| other == id), id);
    }
    for (party, kind, amount, date) in [
        ("WILLOW", Kind::Sale, "1500000", "2022-06-01"),
        ("HILL", Kind::Assets, "1000000", "2023-01-31"),
        ("REED", Kind::Assets, "1000000", "2022-06-30"),
        ("FOG", Kind::Lease, "1000000", "2022-06-30"),
        ("YI", Kind::Assets, "300000", "2022-06-30"),
    ] {
        world.accept(&world.assess(&[proposal(&world, party, kind, amount, date)], |_| true), party);
    }
    for party in PARTIES {
        world.accept(&world.recuse(party), party);
    }
}

/// The answers about all worlds are accepted, whole, one transaction at a time, and about everybody.
#[test]
fn answers_about_the_worlds_are_accepted() {
    let text = std::fs::read_to_string(data("cases/dealings.jsonl")).unwrap();
    let mut terms = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (id, subject) = (case["id"].as_str().unwrap(), case["subject"].as_str().unwrap());
        let world = World::of(&case["dataset"], subject, day(case["as_of"].as_str().unwrap()));
        terms += hold(&world, id);
    }
    assert!(terms > 40, "only {terms} terms");
}

/// So are those about other worlds, under other readings, and where amounts and days are not known.
#[test]
fn answers_under_readings_and_about_what_is_not_known_are_accepted() {
    let switches = pack().switches;
    let mut terms = 0;
    for seed in 0..120 {
        let case = worlds::dealings_case(seed);
        let mut world = World::of(&case.dataset, worlds::SUBJECT, case.as_of);
        let switch = &switches[usize::try_from(seed).unwrap() % switches.len()];
        world.flips = switch.readings.last().map(|reading| format!("{}={reading}", switch.name)).into_iter().collect();
        terms += hold(&world, &format!("{seed} {:?}", world.flips));
        let blurred = worlds::unknown::blur(&case.dataset, case.as_of, seed);
        terms += hold(&World::of(&blurred, worlds::SUBJECT, case.as_of), &format!("{seed} blurred"));
    }
    assert!(terms > 60, "only {terms} terms");
}

/// How many terms the answers about a world have, all of them accepted.
fn hold(world: &World, id: &str) -> usize {
    let all = world.assess(&[], |_| true);
    world.accept(&all, id);
    let transactions = all["transactions"].as_array().unwrap();
    for one in transactions.iter().rev().take(3) {
        let own = one["id"].as_str().unwrap();
        world.accept(&world.assess(&[], |other| other == own), &format!("{id} {own}"));
    }
    for party in world.facts.party_ids().map(|party| world.facts.id(party)).filter(|party| *party != world.subject) {
        world.accept(&world.recuse(party), &format!("{id} {party}"));
    }
    transactions.iter().map(|one| one["terms"]["same_party"].as_array().unwrap().len()).sum()
}

/// Two that control each other are both controllers: the family of the one's officers stands aside for the other.
#[test]
fn officers_of_a_circle_count() {
    let party = |id: &str, kind: &str| json!({"id": id, "name": id, "kind": kind});
    let held = |by: &str, of: &str| json!({"holder": by, "company": of, "percent": "60", "source": "t"});
    let post =
        |who: &str, at: &str, role: &str| json!({"person": who, "organisation": at, "role": role, "source": "t"});
    let dataset = json!({
        "parties": [party("L", "company"), party("A", "company"), party("X", "company"), party("P", "person"), party("Q", "person")],
        "holdings": [held("A", "X"), held("X", "A")],
        "positions": [post("P", "L", "director"), post("Q", "A", "supervisor")],
        "kinships": [{"person": "P", "relative": "Q", "relation": "spouse", "source": "t"}],
    });
    let world = World::of(&dataset, "L", day("2022-06-30"));
    let answer = world.recuse("X");
    assert_eq!(answer["directors"][0]["items"], json!(["5"]));
    world.accept(&answer, "a circle");
}

fn one<'a>(answer: &'a mut Value, id: &str) -> &'a mut Value {
    answer["transactions"].as_array_mut().unwrap().iter_mut().find(|one| one["id"] == id).unwrap()
}

fn steps<'a>(answer: &'a mut Value, day: &str) -> &'a mut Vec<Value> {
    let days = answer["proofs"].as_array_mut().unwrap();
    days.iter_mut().find(|one| one["day"] == day).unwrap()["steps"].as_array_mut().unwrap()
}

type Alteration = (&'static str, &'static str, fn(&mut Value));

/// Every alteration of an answer is refused, and a reason says what is wrong.
fn refuse_all(world: &World, sound: &Value, alterations: &[Alteration]) {
    world.accept(sound, "unaltered");
    for (what, reason, alter) in alterations {
        let mut altered = sound.clone();
        alter(&mut altered);
        assert_ne!(altered, *sound, "{what}: nothing was altered");
        let refused = world.refusals(&altered);
        assert!(refused.iter().any(|one| one.contains(reason)), "{what}: no `{reason}` in {refused:#?}");
    }
}

#[test]
fn altered_assessments_are_refused() {
    let world = tour();
    let alterations: &[Alteration] = &[
        ("an amount is changed", "the `amount` is not that", |a| one(a, "T05")["amount"] = json!("2600001")),
        ("an amount in dollars is not converted", "the `amount` is not that", |a| {
            one(a, "T18")["amount"] = json!("600000");
        }),
        ("the day of a transaction is changed", "the `date` is not that", |a| {
            one(a, "T05")["date"] = json!("2022-02-19");
        }),
        ("a counterparty is another", "the `counterparty` is not that", |a| {
            one(a, "T08")["counterparty"] = json!("FERN");
        }),
        ("a kind is another", "the `kind` is not that", |a| one(a, "T16")["kind"] = json!("9.4")),
        ("a row is another", "there is no transaction `T05`", |a| one(a, "T05")["row"] = json!(99)),
        ("a transaction stands twice", "stands twice", |a| {
            let again = one(a, "T22").clone();
            a["transactions"].as_array_mut().unwrap().push(again);
        }),
        ("the whole of a sum is changed", "`same_party` should be 46800000", |a| {
            one(a, "T02")["same_party"] = json!("46800001");
        }),
        ("a term is dropped", "`T01` is left out", |a| {
            let own = one(a, "T03");
            own["terms"] = json!({"same_party": [], "same_subject": []});
            own["same_party"] = json!("1500000");
            own["same_subject"] = json!("1500000");
            own["counted"] = json!([]);
            own["case"] = json!("below");
            own["article"] = json!("16");
            own["duties"] = json!([]);
        }),
        ("a term under common control is dropped", "`T01` is left out", |a| {
            let own = one(a, "T02");
            own["terms"]["same_party"] = json!([]);
            own["same_party"] = json!("45000000");
            own["counted"] = json!([]);
        }),
        ("a term of the same subject matter is dropped", "`T06` is left out", |a| {
            let own = one(a, "T09");
            own["terms"]["same_subject"] = json!([]);
            own["same_subject"] = json!("20000");
        }),
        ("a term is added from outside the twelve months", "`T01` is no earlier transaction", |a| {
            let own = one(a, "T20");
            own["terms"]["same_party"].as_array_mut().unwrap().insert(0, json!({"id": "T01", "amount": "1800000"}));
            own["same_party"] = json!("45300000");
            own["counted"] = json!(["T01", "T03", "T17"]);
        }),
        ("a later transaction is added up", "`T22` is no earlier transaction", |a| {
            one(a, "T20")["terms"]["same_party"].as_array_mut().unwrap().push(json!({"id": "T22", "amount": "1"}));
        }),
        ("a transaction that the shareholders decided is added up", "had decided on `T02`", |a| {
            let own = one(a, "T22");
            own["terms"]["same_party"].as_array_mut().unwrap().insert(0, json!({"id": "T02", "amount": "45000000"}));
        }),
        ("an exempt transaction is added up", "`T15` is not counted on its own day", |a| {
            let own = one(a, "T22");
            own["terms"]["same_party"].as_array_mut().unwrap().insert(1, json!({"id": "T15", "amount": "80000000"}));
        }),
        ("a stranger's transaction is added up", "over the counterparty and that of `T06`", |a| {
            let term = json!({"id": "T06", "amount": "290000"});
            one(a, "T10")["terms"]["same_party"].as_array_mut().unwrap().push(term);
        }),
        ("a stranger's transaction is added up under a top", "no step shows one top", |a| {
            let term = json!({"id": "T05", "amount": "2600000", "top": "HILL", "proofs": [8]});
            one(a, "T22")["terms"]["same_party"].as_array_mut().unwrap().insert(1, term);
        }),
        ("another kind is added up as the same subject matter", "`T03` is of another kind", |a| {
            let term = json!({"id": "T03", "amount": "1500000"});
            one(a, "T20")["terms"]["same_subject"].as_array_mut().unwrap().push(term);
        }),
        ("more is added up than a forecast leaves", "`T11` counts with 500000", |a| {
            one(a, "T12")["terms"]["same_party"][0]["amount"] = json!("2500000");
        }),
        ("a forecast leaves nothing", "the `forecast` is not that", |a| {
            one(a, "T11")["forecast"] = json!({"label": "2022-REN-采购", "covered": true, "excess": null});
        }),
        ("a forecast leaves less", "the `forecast` is not that", |a| {
            one(a, "T11")["forecast"]["excess"] = json!("499999");
        }),
        ("a forecast is larger", "the `forecasts` is not that", |a| a["forecasts"][0]["amount"] = json!("6000000")),
        ("a forecast is exceeded by another", "`forecasts.exceeded_by` should be T11", |a| {
            a["forecasts"][0]["exceeded_by"] = json!("T04");
        }),
        ("a forecast is not listed", "the `forecasts` is not that", |a| {
            a["forecasts"].as_array_mut().unwrap().pop();
        }),
        ("less was dealt under a forecast", "`forecasts.actual` should be 5500000", |a| {
            a["forecasts"][0]["actual"] = json!("5000001");
        }),
        ("a top is replaced", "`REN` does not control the counterparty", |a| one(a, "T03")["tops"] = json!(["REN"])),
        ("a top is under another", "`HOUSE` is itself controlled", |a| one(a, "T03")["tops"] = json!(["HOUSE"])),
        ("a top is left out", "no top named is over", |a| one(a, "T03")["tops"] = json!([])),
        ("the top of a term is another", "no step shows one top", |a| {
            one(a, "T02")["terms"]["same_party"][0]["top"] = json!("HOUSE");
        }),
        ("a term has no steps", "no step shows one top", |a| {
            one(a, "T02")["terms"]["same_party"][0]["proofs"] = json!([]);
        }),
        ("a duty is removed", "`duties` should be disclose independent_directors", |a| {
            one(a, "T22")["duties"].as_array_mut().unwrap().pop();
        }),
        ("a duty is added", "`duties` should be disclose", |a| {
            one(a, "T03")["duties"].as_array_mut().unwrap().push(json!("board"));
        }),
        ("a duty that article 49 takes away is kept", "`duties` should be disclose", |a| {
            let all = one(a, "T22")["duties"].clone();
            one(a, "T17")["duties"] = all;
        }),
        ("a case is lighter", "`case` should be major", |a| one(a, "T22")["case"] = json!("organisation")),
        ("an article is another", "`article` should be 15.1", |a| one(a, "T22")["article"] = json!("14")),
        ("an exemption is made up", "exemption 48.6 does not hold", |a| one(a, "T05")["exempt"] = json!("48.6")),
        ("an exemption is granted that was refused", "exemption 48.2 does not hold", |a| {
            one(a, "T16")["exempt"] = json!("48.2");
        }),
        ("an exemption is not granted", "exemption 48.2 holds", |a| one(a, "T15")["exempt"] = json!(null)),
        ("net assets are changed", "`net_assets` should be 600000000", |a| {
            one(a, "T22")["net_assets"] = json!("6000000000");
        }),
        ("net assets are those of the year before", "`net_assets` should be 600000000", |a| {
            one(a, "T22")["net_assets"] = json!("500000000");
            one(a, "T22")["net_assets_row"] = json!(1);
        }),
        ("a related party is called unrelated", "contradict", |a| one(a, "T22")["related"] = json!(false)),
        ("an unrelated party is called related", "contradict", |a| one(a, "T08")["related"] = json!(true)),
        ("a related party is called unrelated without its grounds", "contradict", |a| {
            let own = one(a, "T05");
            own["related"] = json!(false);
            own["grounds"] = json!([]);
        }),
        ("what is not known is called certain", "contradict", |a| one(a, "T19")["related"] = json!(true)),
        ("our own group is called a stranger", "is one of the company's own group", |a| {
            one(a, "T12").as_object_mut().unwrap().remove("side_proof");
        }),
        ("a stranger's dealing is called ours", "proves something else", |a| {
            one(a, "T21")["side_proof"] = json!(1);
        }),
        ("a step is removed", "there is no step", |a| {
            steps(a, "2022-06-20").pop();
        }),
        ("all steps of a day are removed", "there is no step", |a| {
            a["proofs"].as_array_mut().unwrap().retain(|day| day["day"] != "2022-06-20");
        }),
        ("a step is of another day", "another day", |a| {
            steps(a, "2022-06-20")[0]["conclusion"]["day"] = json!("2022-06-19")
        }),
        ("what is counted is not what is added up", "`counted` should be T03 T17 T20", |a| {
            one(a, "T22")["counted"] = json!(["T03", "T17"]);
        }),
        ("the answer is about another company", "`subject` is not that", |a| a["subject"] = json!("HILL")),
    ];
    refuse_all(&world, &world.assess(&[], |_| true), alterations);
}

#[test]
fn altered_answers_about_a_proposal_are_refused() {
    let world = tour();
    let sound = world.assess(&[proposal(&world, "WILLOW", Kind::Sale, "1500000", "2022-06-01")], |_| true);
    let ids: Vec<&str> = sound["earlier"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["T04", "T11", "T12"]);
    let alterations: &[Alteration] = &[
        ("a term's own line is left out", "does not say where the earlier transaction `T12` stands", |a| {
            a["earlier"].as_array_mut().unwrap().retain(|one| one["id"] != "T12");
        }),
        ("a term is dropped", "`T12` is left out", |a| {
            let own = &mut a["transactions"][0];
            own["terms"]["same_party"].as_array_mut().unwrap().pop();
            own["same_party"] = json!("2000000");
            own["counted"] = json!(["T11"]);
        }),
        ("an earlier transaction is larger", "the `amount` is not that", |a| {
            a["earlier"].as_array_mut().unwrap().last_mut().unwrap()["amount"] = json!("1300000");
        }),
        ("the proposal has the id of a row", "the `row` is not that", |a| {
            a["transactions"][0]["id"] = json!("T11");
            a["transactions"][0]["date"] = json!("2022-06-02");
        }),
        ("there is more room", "`headroom.thresholds` should be organisation 14 3000000 1300000", |a| {
            a["proposals"][0]["headroom"]["thresholds"][0]["left"] = json!("1300001");
        }),
        ("less is used", "`headroom.used` should be 1700000", |a| {
            a["proposals"][0]["headroom"]["used"] = json!("1699999");
        }),
        ("something drops out a day earlier", "`headroom.drops` should be 2023-05-10", |a| {
            a["proposals"][0]["headroom"]["drops"][0]["on"] = json!("2023-05-09");
        }),
        ("somebody need not stand aside", "party `REN`: item 2 holds", |a| {
            a["proposals"][0]["recusal"]["shareholders"] = json!([]);
        }),
        ("those aside are of another counterparty", "contradict", |a| {
            a["proposals"][0]["recusal"]["counterparty"] = json!("MILL");
        }),
        ("an exemption is made up", "exemption 49 does not hold", |a| a["transactions"][0]["exempt"] = json!("49")),
        ("a proposal has no answer", "`proposals` is not that", |a| a["proposals"] = json!([])),
    ];
    refuse_all(&world, &sound, alterations);
}

#[test]
fn altered_recusals_are_refused() {
    let world = tour();
    let first: &[Alteration] = &[
        ("another item is named", "item 4 is not shown", |a| {
            a["directors"][0]["items"] = json!(["4"]);
            a["directors"][0]["reasons"][0]["item"] = json!("4");
        }),
        ("an item is added", "contradict", |a| a["directors"][0]["items"] = json!(["3", "4"])),
        ("an item is added with the steps of another", "item 5 is not shown", |a| {
            let director = &mut a["directors"][0];
            director["items"] = json!(["3", "5"]);
            let mut reason = director["reasons"][0].clone();
            reason["item"] = json!("5");
            director["reasons"].as_array_mut().unwrap().push(reason);
        }),
        ("a director is left out", "item 3 holds and is left out", |a| {
            a["directors"] = json!([]);
            a["board"] = json!({"directors": 4, "unrelated": 4, "quorum": 3, "majority": 3, "to_shareholders": false});
        }),
        ("somebody who is no director stands aside", "`GENG` is no director", |a| {
            a["directors"][0]["party"] = json!("GENG");
        }),
        ("a reason has no step", "item 3 is not shown", |a| a["directors"][0]["reasons"][0]["proofs"] = json!([])),
        ("a step is removed", "there is no step 1", |a| a["proofs"] = json!([])),
        ("a step cites another row", "has no bearing", |a| a["proofs"][0]["facts"][0]["row"] = json!(1)),
        ("an item holds through another", "item 3 is not shown", |a| {
            a["directors"][0]["reasons"][0]["through"] = json!("HILL");
        }),
        ("the board is larger", "`board.directors` should be 4", |a| a["board"]["directors"] = json!(5)),
        ("more are left", "`board.unrelated` should be 3", |a| a["board"]["unrelated"] = json!(4)),
        ("the quorum is smaller", "`board.quorum` should be 2", |a| a["board"]["quorum"] = json!(1)),
        ("the majority is larger", "`board.majority` should be 2", |a| a["board"]["majority"] = json!(3)),
        ("the shareholders decide", "`board.to_shareholders` should be false", |a| {
            a["board"]["to_shareholders"] = json!(true);
        }),
        ("the counterparty is another", "is not shown", |a| a["counterparty"] = json!("HOUSE")),
        ("the day is another", "`as_of` is not that", |a| a["as_of"] = json!("2022-07-01")),
        ("somebody is open and certain", "contradict", |a| {
            let open = json!({"party": "JIA", "name": "", "role": "director", "items": ["3"]});
            a["undetermined"].as_array_mut().unwrap().push(open);
        }),
    ];
    refuse_all(&world, &world.recuse("PORT"), first);
    let second: &[Alteration] = &[
        ("votes are changed", "`votes` should be 2", |a| a["shareholders"][0]["votes"] = json!("3")),
        ("fewer votes are left out", "`votes_left_out` should be 2", |a| a["votes_left_out"] = json!("0")),
        ("a shareholder is left out", "item 2 holds and is left out", |a| {
            a["shareholders"] = json!([]);
            a["votes_left_out"] = json!("0");
        }),
        ("somebody who holds nothing stands aside", "`PORT` holds no shares", |a| {
            a["shareholders"][0]["party"] = json!("PORT");
        }),
        ("control is called control by the counterparty", "item 3 is not shown", |a| {
            a["shareholders"][0]["items"] = json!(["3"]);
            a["shareholders"][0]["reasons"][0]["item"] = json!("3");
        }),
    ];
    refuse_all(&world, &world.recuse("WILLOW"), second);
}

/// The answers as the program writes them are accepted by it, and an altered one is refused.
#[test]
fn the_program_verifies_its_answers_about_dealings() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("answer.json");
    let path = file.to_str().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("relata").unwrap();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap()
    };
    let tour = "data/samples/tour";
    let proposed = "counterparty=WILLOW,kind=9.13,amount=1500000,date=2022-06-01";
    for args in [
        vec!["assess", tour, "--as-of=2022-06-30"],
        vec!["assess", tour, "T22", "--as-of=2022-06-30"],
        vec!["assess", tour, "--propose", proposed, "--as-of=2022-06-30"],
        vec!["recuse", tour, "PORT", "--as-of=2022-06-30"],
    ] {
        let args: Vec<&str> = args.into_iter().chain(["--format=json", "-o", path]).collect();
        assert_eq!(run(&args).status.code(), Some(0), "{args:?}");
        assert_eq!(run(&["verify", path, tour]).status.code(), Some(0), "{args:?}");
        let text = std::fs::read_to_string(&file).unwrap();
        let (from, to) = if args[0] == "assess" { ("\"disclose\"", "\"board\"") } else { ("\"3\"", "\"2\"") };
        std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let refused = run(&["verify", path, tour, "--lang=zh"]);
        let said = String::from_utf8(refused.stdout).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.starts_with("不予认可") && said.lines().count() > 2, "{said}");
    }
}
