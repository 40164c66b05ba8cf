//! Control over the whole graph at once against the search from each party, for every party of every dataset.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;
mod worlds;

use relata::facts::{Facts, Percent};
use relata::graph::{ControlRules, Forest, Kernel, Lens, Network, Node, Side, node};
use relata::intake;
use relata::synth::{self, CsvFolder, Options, Shape};
use std::collections::BTreeSet;
use support::{day, facts};
use worlds::SUBJECT;

fn rules(subject: Node, variant: u64) -> ControlRules {
    ControlRules {
        subject: Some(subject),
        majority: Percent::from(50),
        presumption: (variant & 1 == 0).then(|| Percent::from(30)),
        family_block: variant & 6 == 6,
        joint: variant & 8 == 0,
    }
}

/// Everything the forest says of every party, against the kernel.
fn compare(facts: &Facts, lens: Lens, rules: &ControlRules, told: &dyn Fn() -> String) -> Forest {
    compare_but(facts, lens, rules, told, &|_, _| false)
}

/// The same, but what the forest alone finds may be `certain` by other means.
fn compare_but(
    facts: &Facts,
    lens: Lens,
    rules: &ControlRules,
    told: &dyn Fn() -> String,
    certain: &dyn Fn(Node, Node) -> bool,
) -> Forest {
    let network = Network::new(facts);
    let forest = Forest::new(&network, &lens, rules);
    let mut kernel = Kernel::on_day(&network, lens, rules.clone());
    let parties = network.party_count() as Node;
    let mut above: Vec<BTreeSet<Node>> =
        (0..parties).map(|party| kernel.controllers_on_day(party).into_iter().collect()).collect();
    for (party, above) in (0..parties).zip(&mut above) {
        let more = forest.controllers(party).into_iter().filter(|controller| !above.contains(controller));
        let more: Vec<Node> = more.filter(|controller| certain(*controller, party)).collect();
        above.extend(more);
    }
    let mut below: Vec<BTreeSet<Node>> = vec![BTreeSet::new(); above.len()];
    let over = |party: Node| &above[party as usize];
    for party in 0..parties {
        let own = over(party);
        let found: BTreeSet<Node> = forest.controllers(party).into_iter().collect();
        assert_eq!(&found, own, "controllers of {}\n{}", facts.id(relata::graph::party(party)), told());
        assert_eq!(forest.controller_count(party), own.len(), "{}", told());
        own.iter().for_each(|controller| {
            below[*controller as usize].insert(party);
        });
        let mut tops: BTreeSet<Node> = BTreeSet::new();
        for top in own.iter().copied().chain([party]) {
            if over(top).iter().all(|other| over(*other).contains(&top)) {
                tops.insert(over(top).iter().copied().chain([top]).min().unwrap());
            }
        }
        assert_eq!(forest.tops(party).iter().copied().collect::<BTreeSet<Node>>(), tops, "{}", told());
    }
    assert_eq!(forest.pairs(), above.iter().map(|above| above.len() as u64).sum::<u64>());
    for party in 0..parties {
        let under: Vec<Node> = forest.subtree(party).collect();
        let set: BTreeSet<Node> = under.iter().copied().collect();
        assert_eq!(under.len(), set.len(), "{}", told());
        assert_eq!(set, below[party as usize], "under {}\n{}", facts.id(relata::graph::party(party)), told());
        assert_eq!(forest.controlled_count(party), set.len());
        if forest.is_exact_for(party) {
            let range = forest.sequence()[forest.range(party)].iter().copied().filter(|member| *member != party);
            assert_eq!(range.collect::<Vec<Node>>(), under);
        }
    }
    forest
}

fn lens(day: chrono::NaiveDate, side: Side) -> Lens {
    Lens { asked: day, day, side, months: 12 }
}

fn compare_world(case: &worlds::Case, seed: u64) {
    let facts = facts(&case.dataset);
    let subject = node(facts.party_id(SUBJECT).unwrap());
    for side in [Side::Least, Side::Greatest] {
        let rules = rules(subject, seed % 16);
        let told = || format!("{seed} {side:?} {rules:?}\n{}", case.dataset);
        // What may be a rival, but is controlled, silences itself only where the kernel happens to find it first.
        compare_but(&facts, lens(case.as_of, side), &rules, &told, &|controller, controlled| {
            let id = |node: Node| facts.id(relata::graph::party(node)).to_owned();
            side == Side::Least
                && (0..24).all(|choice| {
                    let fixed = support::facts(&worlds::fix(&case.dataset, case.as_of, choice));
                    let here = |of: Node| node(fixed.party_id(&id(of)).unwrap());
                    let network = Network::new(&fixed);
                    let rules = ControlRules { subject: Some(here(subject)), ..rules.clone() };
                    let mut kernel = Kernel::on_day(&network, lens(case.as_of, side), rules);
                    kernel.controls(here(controller), here(controlled))
                })
        });
    }
}

fn count(usual: u64) -> u64 {
    std::env::var("RELATA_WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn random_worlds() {
    for seed in 0..count(6_000) {
        compare_world(&worlds::case(seed + 3_000_000), seed);
    }
}

#[test]
fn random_worlds_with_unknowns() {
    for seed in 0..count(6_000) {
        compare_world(&worlds::unknown_case(seed + 4_000_000), seed);
    }
}

fn generated(shape: Shape, holdings: u64, unknown: u32, seed: u64) -> Facts {
    let dir = tempfile::tempdir().unwrap();
    let mut watch = |_| {};
    let mut sink = CsvFolder::create(dir.path(), &mut watch).unwrap();
    synth::write(shape, &Options { holdings, seed, listed: None, unknown }, &mut sink).unwrap();
    sink.finish().unwrap();
    intake::open(dir.path()).unwrap().facts
}

fn compare_generated(shape: Shape, holdings: u64, unknown: u32, seed: u64) {
    let facts = generated(shape, holdings, unknown, seed);
    let subject = facts.settings.get("subject").and_then(|id| facts.party_id(id)).map_or(Node::MAX, node);
    for side in [Side::Least, Side::Greatest] {
        let told = || format!("{} {holdings} {unknown} {seed} {side:?}", shape.name());
        let forest = compare(&facts, lens(day("2022-06-30"), side), &rules(subject, 0), &told);
        println!("{}: {} pairs", told(), forest.pairs());
        if unknown == 0 {
            break;
        }
    }
}

#[test]
fn shapes() {
    for shape in Shape::ALL.iter().filter(|shape| **shape != Shape::Market) {
        compare_generated(*shape, shape.usual_holdings().min(2_000), 0, 1);
    }
}

#[test]
fn markets_of_five_thousand() {
    for seed in 0..4 {
        compare_generated(Shape::Market, 5_000, if seed % 2 == 0 { 0 } else { 40 }, seed);
    }
}

#[test]
fn markets_of_fifty_thousand() {
    compare_generated(Shape::Market, 50_000, 0, 11);
    compare_generated(Shape::Market, 50_000, 20, 12);
}

/// Levels above one another, each held by two companies of the level above with 30 % each.
fn ladder(levels: u32) -> Facts {
    let (mut parties, mut holdings) = (vec!["c0".to_owned()], Vec::new());
    for n in 0..levels {
        let (upper, lower) = (format!("c{n}"), format!("c{}", n + 1));
        for part in ["a", "b"] {
            let half = format!("{part}{n}");
            holdings.push(serde_json::json!({"holder": upper, "company": half, "percent": "60"}));
            holdings.push(serde_json::json!({"holder": half, "company": lower, "percent": "30"}));
            parties.push(half);
        }
        parties.push(lower);
    }
    let parties: Vec<_> =
        parties.iter().map(|id| serde_json::json!({"id": id, "name": id, "kind": "company"})).collect();
    facts(&serde_json::json!({"parties": parties, "holdings": holdings}))
}

/// Companies each of which two held by the one before hold together: nothing but pooled votes, to any depth.
#[test]
fn pooled_votes_above_pooled_votes() {
    let facts = ladder(200);
    let forest = compare(&facts, lens(day("2022-06-30"), Side::Least), &rules(Node::MAX, 0), &String::new);
    let top = node(facts.party_id("c0").unwrap());
    assert_eq!(forest.controlled_count(top), 600);
    assert_eq!(forest.tops(node(facts.party_id("c200").unwrap())), [top]);
}

/// Every level is told from the one above it; nothing climbs to the top again and again.
#[test]
fn a_long_ladder() {
    let facts = ladder(20_000);
    let network = Network::new(&facts);
    let forest = Forest::new(&network, &lens(day("2022-06-30"), Side::Least), &rules(Node::MAX, 0));
    let top = node(facts.party_id("c0").unwrap());
    assert_eq!(forest.controlled_count(top), 60_000);
    assert_eq!(forest.tops(node(facts.party_id("c20000").unwrap())), [top]);
}

/// The same tops as those by which counterparties are grouped, where no state body is among the controllers.
#[test]
fn tops_are_those_of_groups_without_state_bodies() {
    let mut compared = 0;
    for seed in 0..400 {
        let case = worlds::case(seed + 5_000_000);
        let facts = facts(&case.dataset);
        if facts.parties().iter().any(|party| party.kind == relata::facts::PartyKind::StateBody) {
            continue;
        }
        let pack = support::pack();
        let question = support::question(&facts, &pack, SUBJECT, case.as_of, &[]);
        let groups = relata::register::Resolver::new(&facts).groups(&question, &[]);
        let network = Network::new(&facts);
        let rules = rules(node(question.subject), 0);
        let forest = Forest::new(&network, &lens(case.as_of, Side::Least), &rules);
        let smallest = |top: &Node| {
            let ids = forest.circle(top).iter().map(|member| facts.id(relata::graph::party(*member)).to_owned());
            ids.min().unwrap()
        };
        for (party, tops) in groups.tops {
            let own: BTreeSet<String> = forest.tops(node(party)).iter().map(smallest).collect();
            assert_eq!(own, tops.iter().map(|top| facts.id(*top).to_owned()).collect(), "{}", case.dataset);
        }
        compared += 1;
    }
    assert!(compared > 50);
}
