//! The worked and the random cases: exactly the expected parties, grounds, bases, days, exemptions and tops.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::register::{Resolver, Verdict};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{Lines, data, day, facts, ids, line, pack, question};

struct Outcome {
    related: Lines,
    exempt: BTreeSet<String>,
    tops: BTreeMap<String, Vec<String>>,
    not_related: BTreeSet<String>,
}

fn resolve(case: &Value) -> Outcome {
    let facts = facts(&case["dataset"]);
    let pack = pack();
    let question =
        question(&facts, &pack, case["subject"].as_str().unwrap(), day(case["as_of"].as_str().unwrap()), &[]);
    let resolver = Resolver::new(&facts);
    let register = resolver.register(&question);
    assert!(register.undetermined.is_empty(), "nothing is unknown in this case");
    let related = register
        .related
        .iter()
        .map(|entry| {
            let lines = entry.grounds.iter().map(|l| line(l.ground, l.basis)).collect();
            (facts.id(entry.party).to_owned(), lines)
        })
        .collect();
    let groups = resolver.groups(&question, &[]);
    let tops = groups
        .tops
        .iter()
        .map(|(party, tops)| (facts.id(*party).to_owned(), ids(&facts, tops.iter().copied()).into_iter().collect()))
        .collect();
    let everyone: Vec<_> = facts.party_ids().collect();
    let not_related = resolver
        .check(&question, &everyone)
        .parties
        .iter()
        .filter(|answer| answer.verdict == Verdict::NotRelated)
        .map(|answer| facts.id(answer.party).to_owned())
        .collect();
    // A party proved on no ground would be an entry without lines.
    assert!(register.related.iter().all(|entry| !entry.grounds.is_empty()));
    Outcome { related, exempt: ids(&facts, register.exempt.iter().map(|entry| entry.party)), tops, not_related }
}

fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().map_or_else(BTreeSet::new, |all| all.iter().map(|one| one.as_str().unwrap().to_owned()).collect())
}

#[test]
fn worked_cases_differ_nowhere() {
    let mut count = 0;
    for entry in fs::read_dir(data("cases/worked")).unwrap() {
        let case: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let name = case["id"].as_str().unwrap();
        let outcome = resolve(&case);
        let expect = &case["expect"];
        // Worked cases state grounds and bases without days.
        let short: Lines = outcome
            .related
            .iter()
            .map(|(party, lines)| {
                let lines = lines.iter().map(|l| l.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
                (party.clone(), lines)
            })
            .collect();
        let wanted: Lines = expect["related"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(party, lines)| (party.clone(), strings(lines)))
            .collect();
        assert_eq!(wanted, short, "{name}");
        assert_eq!(strings(&expect["exempt"]), outcome.exempt, "{name}");
        for party in strings(&expect["not_related"]) {
            assert!(outcome.not_related.contains(&party), "{name}: {party}");
        }
        for (party, tops) in expect.get("tops").and_then(Value::as_object).into_iter().flatten() {
            assert_eq!(strings(tops), outcome.tops[party].iter().cloned().collect(), "{name}: {party}");
        }
        count += 1;
    }
    assert_eq!(count, 52);
}

#[test]
fn random_cases_differ_nowhere() {
    let text = fs::read_to_string(data("cases/random.jsonl")).unwrap();
    let mut count = 0;
    for row in text.lines() {
        let case: Value = serde_json::from_str(row).unwrap();
        let name = case["id"].as_str().unwrap();
        let outcome = resolve(&case);
        let expect = &case["expect"];
        let mut wanted = Lines::new();
        for (party, lines) in expect["related"].as_object().unwrap() {
            for l in lines.as_array().unwrap() {
                let mut text = format!("{} {}", l["ground"].as_str().unwrap(), l["basis"].as_str().unwrap());
                for column in ["last_day", "expires", "begins"] {
                    if let Some(day) = l.get(column).and_then(Value::as_str) {
                        text.push(' ');
                        text.push_str(day);
                    }
                }
                wanted.entry(party.clone()).or_default().insert(text);
            }
        }
        assert_eq!(wanted, outcome.related, "{name}");
        assert_eq!(strings(&expect["exempt"]), outcome.exempt, "{name}");
        for (party, tops) in expect["tops"].as_object().unwrap() {
            let tops: Vec<String> = strings(tops).into_iter().collect();
            assert_eq!(tops, outcome.tops[party], "{name}: {party}");
        }
        count += 1;
    }
    assert_eq!(count, 400);
}
