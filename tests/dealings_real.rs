//! Real dealings: what the announcements behind the sample `neusoft` added up, and who had to stand aside.
//!
//! The announcements call some parties related by facts the sample does not have; there the test designates them, as the
//! announcement did, and checks what follows from it. Who stood aside in the votes of 2020 is told only for whole categories
//! of daily business and not by counterparty, so it is not held against anything here.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::dealings::{Assessor, Ledger, headroom, recusal};
use relata::facts::{Authority, Designation, Facts, Period};
use relata::intake::Proposal;
use relata::register::{Resolver, Verdict};
use std::path::Path;
use support::{day, pack, question};

fn neusoft(designated: &[&str]) -> Facts {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/neusoft");
    let mut facts = relata::intake::open(&path).expect("the sample").facts;
    for id in designated {
        let party = facts.party_id(id).expect("a party");
        facts.push_designation(&Designation {
            party,
            authority: Authority::Company,
            reason: Some("公告称其为关联法人"),
            period: Period::ALWAYS,
            source: None,
        });
    }
    facts
}

/// What is added up before a deal of this day with a party, with the ids of what is counted.
fn added_up(facts: &Facts, counterparty: &str, date: &str) -> (String, Vec<String>) {
    let pack = pack();
    let question = question(facts, &pack, "NEU", day(date), &[]);
    let resolver = Resolver::new(facts);
    let proposal = Proposal::new([("counterparty", counterparty), ("kind", "9.1"), ("date", date), ("amount", "1")]);
    let proposed = proposal.read(facts).expect("sound");
    let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(facts, &[proposed]));
    let at = assessments.all.iter().position(|one| one.deal.row.is_none()).unwrap();
    let numbers = pack.numbers(day(date));
    let room = headroom(&assessments, at, numbers).expect("added up");
    let terms = &assessments.all[at].same_party.as_ref().unwrap().terms;
    let ids = terms.iter().map(|term| assessments.all[term.deal].deal.transaction.id.to_owned()).collect();
    (room.used[0].exact(), ids)
}

#[test]
fn twelve_months_with_the_controller_before_january_2016() {
    // Announcement 2016-001: services given and taken, a waiver, and shares bought: 428,919,000 yuan with one group.
    let facts = neusoft(&["DKH"]);
    let (sum, ids) = added_up(&facts, "DKH", "2016-01-04");
    assert_eq!(sum, "428919000");
    assert_eq!(ids, ["T2015-NVC", "T2015-WH", "T2015-DKH-S1", "T2015-DKH-S2"]);
    // The fund that the controller controls is of its group.
    let facts = neusoft(&["DKH", "NVC"]);
    assert_eq!(added_up(&facts, "NVC", "2016-01-04").0, "428919000");
}

#[test]
fn twelve_months_with_the_medical_company_before_june_2017() {
    // Announcement 2017-041: 27,040,000 yuan, below the 30,000,000 that would call the shareholders' meeting.
    let (sum, ids) = added_up(&neusoft(&["NMS"]), "NMS", "2017-06-02");
    assert_eq!(sum, "27040000");
    assert_eq!(ids, ["T2017-NMS-A", "T2017-NMS-B", "T2017-NMS-C"]);
}

#[test]
fn contracts_that_no_fact_ties_to_the_company_set_off_nothing() {
    let facts = neusoft(&[]);
    let pack = pack();
    let question = question(&facts, &pack, "NEU", day("2022-10-20"), &[]);
    let resolver = Resolver::new(&facts);
    let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&facts, &[]));
    for id in ["T2017-CTG", "T2022-METRO"] {
        let (_, found) = assessments.find(id).unwrap();
        assert_eq!((found.standing.verdict, found.duties[1].len()), (Verdict::NotRelated, 0), "{id}");
    }
}

#[test]
fn directors_with_posts_in_the_counterparty_stand_aside() {
    let facts = neusoft(&[]);
    let pack = pack();
    let resolver = Resolver::new(&facts);
    for (counterparty, date, directors) in
        [("TDSL", "2021-04-29", vec!["OKITANI"]), ("NOKIA", "2017-03-31", vec!["LIU", "WANGYF"])]
    {
        let question = question(&facts, &pack, "NEU", day(date), &[]);
        let found = recusal(&resolver, &question, facts.party_id(counterparty).unwrap());
        let certain = found.directors.iter().filter(|stander| stander.is_certain());
        let items: Vec<(&str, Vec<u8>)> = certain
            .map(|stander| (facts.id(stander.party), stander.items.iter().map(|item| item.number).collect()))
            .collect();
        assert_eq!(items, directors.into_iter().map(|id| (id, vec![3])).collect::<Vec<_>>(), "{counterparty}");
    }
}
