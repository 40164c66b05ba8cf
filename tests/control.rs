//! Control and holding where textbooks and boundaries have something to say: the classics of company control, one half
//! and a hair more, circles, chains of any length.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::facts::{Facts, Percent, Share};
use relata::graph::{ControlRules, Kernel, Lens, Network, Rounding, Side, node};
use relata::register::{Certainty, Register, Resolver, Stakes};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{day, facts, pack, question, related};

/// A world of companies (persons where the name begins with `p`) with holdings `holder company percent`.
fn world(holdings: &[(&str, &str, &str)]) -> Value {
    let mut names: BTreeSet<&str> = holdings.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    names.insert("L");
    let parties: Vec<Value> = names
        .iter()
        .map(|name| match *name {
            "L" => json!({"id": "L", "name": "L", "kind": "company", "listed": "SSE"}),
            name if name.starts_with('p') => json!({"id": name, "name": name, "kind": "person"}),
            name => json!({"id": name, "name": name, "kind": "company"}),
        })
        .collect();
    let holdings: Vec<Value> = holdings
        .iter()
        .map(|(holder, company, percent)| json!({"holder": holder, "company": company, "percent": percent}))
        .collect();
    json!({"parties": parties, "holdings": holdings})
}

fn owned(dataset: &Value, of: &str) -> (Facts, Stakes) {
    let facts = facts(dataset);
    let pack = pack();
    let stakes = {
        let question = question(&facts, &pack, "L", day("2022-06-30"), &[]);
        Resolver::new(&facts).owned(&question, facts.party_id(of).unwrap(), None)
    };
    (facts, stakes)
}

/// What `of` controls among the unlisted companies of a world.
fn controlled(holdings: &[(&str, &str, &str)], of: &str) -> BTreeSet<String> {
    let (facts, stakes) = owned(&world(holdings), of);
    let yes = stakes.lines.iter().filter(|line| line.controls == Certainty::Yes);
    yes.map(|line| facts.id(line.company).to_owned()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn thirty_and_thirty_give_nobody_control() {
    let holdings = [("a", "c", "30"), ("b", "c", "30"), ("c", "a", "30"), ("c", "b", "30")];
    for party in ["a", "b", "c"] {
        assert_eq!(controlled(&holdings, party), set(&[]));
    }
}

#[test]
fn kemp_and_stuckey() {
    let holdings = [("a", "b", "60"), ("a", "c", "52"), ("b", "a", "20"), ("b", "c", "16")];
    assert_eq!(controlled(&holdings, "a"), set(&["b", "c"]));
    assert_eq!(controlled(&holdings, "b"), set(&[]));
}

#[test]
fn ross_and_sagiv_control_out_of_nothing() {
    let holdings = [("a", "b", "30"), ("a", "c", "30"), ("b", "c", "60"), ("c", "b", "60")];
    // These companies are held to ninety per cent each; b and c control each other, a controls neither.
    assert_eq!(controlled(&holdings, "a"), set(&[]));
    assert_eq!(controlled(&holdings, "b"), set(&["c"]));
}

#[test]
fn van_gelder() {
    let holdings = [("a", "b", "40"), ("b", "a", "20")];
    assert_eq!(controlled(&holdings, "a"), set(&[]));
    assert_eq!(controlled(&holdings, "b"), set(&[]));
}

#[test]
fn faber() {
    let holdings = [("a", "b", "60"), ("a", "c", "36"), ("b", "a", "20"), ("b", "c", "16"), ("c", "a", "32")];
    assert_eq!(controlled(&holdings, "a"), set(&["b", "c"]));
}

#[test]
fn half_is_no_control_and_a_hair_more_is() {
    assert_eq!(controlled(&[("a", "b", "50")], "a"), set(&[]));
    assert_eq!(controlled(&[("a", "b", "50.0000000000000000000000001")], "a"), set(&["b"]));
    // Thirty per cent presume control of a listed company only beyond thirty.
    let of_listed = |percent: &str| {
        let (facts, stakes) = owned(&world(&[("a", "L", percent)]), "a");
        stakes.lines.iter().any(|l| facts.party(l.company).id == "L" && l.controls == Certainty::Yes)
    };
    assert!(!of_listed("30"));
    assert!(of_listed("30.0001"));
}

fn register(dataset: &Value, flips: &[&str]) -> (Facts, Register) {
    let facts = facts(dataset);
    let pack = pack();
    let register = {
        let question = question(&facts, &pack, "L", day("2022-06-30"), flips);
        Resolver::new(&facts).register(&question)
    };
    (facts, register)
}

fn is_related(holdings: &[(&str, &str, &str)], party: &str) -> bool {
    let (facts, register) = register(&world(holdings), &[]);
    register.related.iter().any(|entry| facts.party(entry.party).id == party)
}

#[test]
fn five_per_cent_to_the_last_digit() {
    assert!(is_related(&[("a", "L", "5")], "a"));
    assert!(!is_related(&[("a", "L", "4.999999999999999999999999999")], "a"));
    assert!(is_related(&[("p", "L", "5")], "p"));
    assert!(!is_related(&[("p", "L", "4.9999999")], "p"));
    // A person's stake through a company it does not control: 50 % of 10 % is 5 %.
    assert!(is_related(&[("p", "h", "50"), ("h", "L", "10")], "p"));
    assert!(!is_related(&[("p", "h", "49.99"), ("h", "L", "10")], "p"));
}

#[test]
fn a_third_of_fifteen_is_five() {
    let mut dataset = world(&[("h", "L", "15"), ("p", "L", "0.001")]);
    dataset["holdings"][1] = json!({"holder": "p", "company": "h", "shares": "1", "total_shares": "3"});
    let (facts, register) = register(&dataset, &[]);
    assert!(register.related.iter().any(|entry| facts.party(entry.party).id == "p"));
    dataset["holdings"][1] =
        json!({"holder": "p", "company": "h", "shares": "333333333", "total_shares": "1000000000"});
    let facts = support::facts(&dataset);
    let pack = pack();
    let standing = Resolver::new(&facts).standing(&question(&facts, &pack, "L", day("2022-06-30"), &[]));
    assert!(!related(&facts, &standing).contains_key("p"));
}

#[test]
fn a_circle_is_solved_exactly() {
    // h and k hold each other: p's share of h counts what comes back to it: 30 / (1 − 0.2 × 0.5) = 100/3.
    let holdings = [("p", "h", "30"), ("h", "k", "50"), ("k", "h", "20"), ("h", "L", "15"), ("q", "k", "50")];
    let dataset = world(&holdings);
    let facts = support::facts(&dataset);
    let pack = pack();
    let question = question(&facts, &pack, "L", day("2022-06-30"), &[]);
    let owners = Resolver::new(&facts).owners(&question, facts.party_id("L").unwrap(), None);
    let line = owners.lines.iter().find(|line| facts.party(line.holder).id == "p").unwrap();
    // 15 × 100/3 per cent is 5 per cent, exactly.
    assert_eq!(line.look_through.least, Percent::from(5));
    assert_eq!(line.look_through.greatest, Percent::from(5));
    assert!(is_related(&holdings, "p"));
}

/// Eighty companies that hold parts of each other, three holdings each: too dense for elimination to be worth it.
fn dense() -> Value {
    let mut parties = vec![json!({"id": "P", "name": "P", "kind": "person"})];
    let mut holdings = vec![json!({"holder": "P", "company": "c1", "percent": "20"})];
    for i in 0..80 {
        let listed = (i == 0).then_some("SSE");
        parties.push(json!({"id": format!("c{i}"), "name": format!("c{i}"), "kind": "company", "listed": listed}));
        for (step, percent) in [(1, 24), (7, 11 + i % 5), (11, 9 + i % 3)] {
            let company = format!("c{}", (i + step) % 80);
            holdings.push(json!({"holder": format!("c{i}"), "company": company, "percent": percent.to_string()}));
        }
    }
    json!({"parties": parties, "holdings": holdings})
}

/// What is bounded in whole units lies around what elimination finds, and the answers are those of exact fractions.
#[test]
fn a_dense_core_is_bounded_from_both_sides() {
    let facts = facts(&dense());
    let network = Network::new(&facts);
    let as_of = day("2022-06-30");
    let lens = Lens { asked: as_of, day: as_of, side: Side::Least, months: 12 };
    let rules = ControlRules {
        subject: None,
        majority: Percent::from(50),
        presumption: None,
        family_block: false,
        joint: true,
    };
    let mut kernel = Kernel::on_day(&network, lens, rules);
    let root = node(facts.party_id("c0").unwrap());
    let [least, exact, most] = [Rounding::Down, Rounding::Exact, Rounding::Up]
        .map(|rounding| kernel.look_through(root, &mut |_, _| false, rounding));
    assert!(least.rounded && most.rounded && !exact.rounded);
    assert_eq!(exact.reached.len(), 80);
    let apart = |a: &Percent, b: &Percent| b.value() - a.value();
    let hair: Percent = "0.00001".parse().unwrap();
    for party in &exact.reached {
        let [least, exact, most] = [&least, &exact, &most].map(|flow| Percent::from(flow.of(*party).unwrap()));
        assert!(least <= exact && exact <= most, "{least} {exact} {most}");
        assert!(apart(&least, &most) < *hair.value(), "{least} {most}");
    }
    for keeper in ["P", "c79", "c40"].map(|id| node(facts.party_id(id).unwrap())) {
        let kept = kernel.look_through(root, &mut |_, party| party == keeper, Rounding::Exact).of(keeper).unwrap();
        let (least, most) = kernel.kept_within(root, &mut |_, party| party == keeper, &|_| true).unwrap();
        let units = kept * Percent::from(Decimal::from(Share::PERCENT)).value();
        assert!(units >= least.into() && units <= most.into(), "{least} {units} {most}");
    }
}

#[test]
fn shares_of_a_company_in_itself_carry_no_votes() {
    assert_eq!(controlled(&[("b", "b", "49"), ("a", "b", "50")], "a"), set(&[]));
    assert_eq!(controlled(&[("b", "b", "49"), ("a", "b", "51")], "a"), set(&["b"]));
}

/// Half of the directors take the exemption away, less than half does not.
#[test]
fn half_of_the_directors() {
    let board = |shared: usize, others: usize| {
        let mut parties = vec![
            json!({"id": "L", "name": "L", "kind": "company", "listed": "SSE"}),
            json!({"id": "S", "name": "S", "kind": "state_body"}),
            json!({"id": "X", "name": "X", "kind": "company"}),
        ];
        let mut positions = Vec::new();
        for i in 0..shared + others {
            let id = format!("p{i}");
            parties.push(json!({"id": id, "name": id, "kind": "person"}));
            // Independent on both sides, so that 5.3 does not bring X in.
            positions.push(json!({"person": id, "organisation": "X", "role": "independent_director"}));
            if i < shared {
                positions.push(json!({"person": id, "organisation": "L", "role": "independent_director"}));
            }
        }
        let holdings =
            json!([{"holder": "S", "company": "L", "percent": "60"}, {"holder": "S", "company": "X", "percent": "60"}]);
        let (facts, register) =
            register(&json!({"parties": parties, "holdings": holdings, "positions": positions}), &[]);
        let is = |id: relata::facts::PartyId| facts.party(id).id == "X";
        (register.related.iter().any(|e| is(e.party)), register.exempt.iter().any(|e| is(e.party)))
    };
    assert_eq!(board(1, 1), (true, false));
    assert_eq!(board(2, 3), (false, true));
    assert_eq!(board(3, 3), (true, false));
    assert_eq!(board(0, 0), (false, true));
}

/// A chain of a hundred thousand companies above the subject: no recursion, no paths, no quadratic work.
#[test]
fn a_chain_of_a_hundred_thousand() {
    const LENGTH: usize = 100_000;
    let mut parties = vec![json!({"id": "L", "name": "L", "kind": "company", "listed": "SSE"})];
    let mut holdings = Vec::new();
    for i in 0..LENGTH {
        parties.push(json!({"id": format!("c{i}"), "name": format!("第{i}号"), "kind": "company"}));
        let below = if i == 0 { "L".to_owned() } else { format!("c{}", i - 1) };
        holdings.push(json!({"holder": format!("c{i}"), "company": below, "percent": "60"}));
    }
    parties.push(json!({"id": "p", "name": "p", "kind": "person"}));
    holdings.push(json!({"holder": "p", "company": format!("c{}", LENGTH - 1), "percent": "60"}));
    let facts = facts(&json!({"parties": parties, "holdings": holdings}));
    let pack = pack();
    let question = question(&facts, &pack, "L", day("2022-06-30"), &[]);
    let resolver = Resolver::new(&facts);
    let standing = resolver.standing(&question);
    assert_eq!(standing.related.len(), LENGTH + 1);
    let top = facts.party_id(&format!("c{}", LENGTH - 1)).unwrap();
    assert_eq!(standing.related[&top].iter().map(|(ground, _)| *ground).collect::<Vec<_>>(), ["5.1", "5.3", "5.4"]);
    let answers = resolver.check(&question, &[facts.party_id("p").unwrap()]);
    assert_eq!(answers.parties[0].grounds.len(), 1);
}
