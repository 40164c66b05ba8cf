//! Asking about the dealings of datasets written as JSON; answers as a program reads them.

use super::{day, facts, pack};
use relata::dealings::{Assessor, Before, Ledger, recusal};
use relata::facts::{Facts, Lang};
use relata::intake::Proposal;
use relata::law::Readings;
use relata::proof::words::Names;
use relata::register::{Question, Resolver};
use relata::report::{Answer, AssessReport, Context, Dataset, RecuseReport};
use serde_json::Value;

fn json(answer: &dyn Answer) -> Value {
    let mut text = Vec::new();
    answer.json(&mut text).expect("written");
    serde_json::from_slice(&text).expect("an answer is JSON")
}

fn context<'a>(facts: &'a Facts, names: &'a Names<'a>, question: &'a Question<'a>) -> Context<'a> {
    let dataset = Dataset { digest: relata::intake::digest(facts), rows: facts.row_count() };
    Context { facts, names, question, dataset, lang: Lang::En, findings: None, show_identifiers: false }
}

/// The answer of `assess`, under these readings.
pub fn assess(dataset: &Value, subject: &str, flips: &[&str]) -> Value {
    propose(dataset, subject, flips, &[])
}

/// The same with proposed transactions.
pub fn propose(dataset: &Value, subject: &str, flips: &[&str], cells: &[&[(&str, &str)]]) -> Value {
    let (facts, pack) = (facts(dataset), pack());
    let question = Question {
        subject: facts.party_id(subject).expect("the subject"),
        as_of: day("2022-06-30"),
        pack: &pack,
        readings: Readings::choose(&pack.switches, flips.iter().copied()).expect("the readings exist"),
    };
    let resolver = Resolver::new(&facts);
    let proposals: Vec<Proposal> = cells.iter().map(|cells| Proposal::new(cells.iter().copied())).collect();
    let proposed: Vec<_> = proposals.iter().map(|one| one.read(&facts).expect("a sound proposal")).collect();
    let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&facts, &proposed));
    let shown: Vec<usize> = (0..assessments.all.len()).collect();
    let is_proposed = |at: &usize| assessments.all[*at].deal.row.is_none();
    let before: Vec<Before> = shown
        .iter()
        .copied()
        .filter(is_proposed)
        .filter_map(|at| Before::new(&resolver, &question, &assessments, at))
        .collect();
    let names = Names::new(&facts, Lang::En);
    let context = context(&facts, &names, &question);
    json(&AssessReport { context: &context, assessments: &assessments, shown: &shown, before: &before })
}

/// The answer of `recuse`.
pub fn recuse(dataset: &Value, subject: &str, counterparty: &str, as_of: &str) -> Value {
    let (facts, pack) = (facts(dataset), pack());
    let question = super::question(&facts, &pack, subject, day(as_of), &[]);
    let counterparty = facts.party_id(counterparty).expect("the counterparty");
    let recusal = recusal(&Resolver::new(&facts), &question, counterparty);
    let names = Names::new(&facts, Lang::En);
    let context = context(&facts, &names, &question);
    json(&RecuseReport { context: &context, recusal: &recusal })
}

/// The transaction with an id in an answer of `assess`.
pub fn transaction<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let transactions = answer["transactions"].as_array().expect("transactions");
    transactions.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no transaction {id}"))
}

/// The texts of a list.
pub fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}
