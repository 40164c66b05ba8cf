//! What transactions set off and who must stand aside: every case, random worlds against the naive second reading, and
//! tables of both sides of every threshold.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod naive;
mod support;
mod worlds;

use dashu_ratio::RBig;
use naive::world::decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::dealings::{assess, propose, recuse, texts, transaction};
use worlds::SUBJECT;

/// Random worlds in the ordinary run; more with RELATA_WORLDS.
fn seeds() -> u64 {
    std::env::var("RELATA_WORLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// An amount, which the cases write as a whole number or as a fraction.
fn amount(value: &Value) -> Option<RBig> {
    let text = value.as_str()?;
    Some(text.split_once('/').map_or_else(|| decimal(text), |(over, under)| decimal(over) / decimal(under)))
}

fn items(standers: &Value) -> BTreeMap<String, Vec<String>> {
    let one = |stander: &Value| {
        let items = texts(&stander["items"]).into_iter().map(str::to_owned).collect();
        (stander["party"].as_str().unwrap().to_owned(), items)
    };
    standers.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn every_case_of_dealings_differs_nowhere() {
    let text = std::fs::read_to_string(support::data("cases/dealings.jsonl")).unwrap();
    let mut count = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (subject, id) = (case["subject"].as_str().unwrap(), &case["id"]);
        let answer = assess(&case["dataset"], subject, &[]);
        let expected = case["expect"]["assess"].as_array().unwrap();
        let found = answer["transactions"].as_array().unwrap();
        assert_eq!(found.len(), expected.len(), "{id}");
        for (expected, found) in expected.iter().zip(found) {
            for field in ["id", "related", "duties", "exempt"] {
                assert_eq!(found[field], expected[field], "{id} {field}: {found}");
            }
            for field in ["same_party", "same_subject"] {
                assert_eq!(amount(&found[field]), amount(&expected[field]), "{id} {field}: {found}");
            }
        }
        for (counterparty, expected) in case["expect"]["recuse"].as_object().unwrap() {
            let answer = recuse(&case["dataset"], subject, counterparty, case["as_of"].as_str().unwrap());
            for role in ["directors", "shareholders"] {
                let wanted: BTreeMap<String, Vec<String>> = serde_json::from_value(expected[role].clone()).unwrap();
                assert_eq!(items(&answer[role]), wanted, "{id} {counterparty} {role}");
            }
            assert_eq!(answer["board"], expected["board"], "{id} {counterparty}");
        }
        count += 1;
    }
    assert_eq!(count, 150);
}

#[test]
fn random_worlds_are_judged_as_the_naive_reading_judges_them() {
    for seed in 0..seeds() {
        let case = worlds::dealings_case(seed);
        let answer = assess(&case.dataset, SUBJECT, &[]);
        let naive = naive::naive_assess(&case.dataset, SUBJECT, &BTreeMap::new());
        let found = answer["transactions"].as_array().unwrap();
        assert_eq!(found.len(), naive.len(), "{seed}");
        for (found, naive) in found.iter().zip(&naive) {
            let place = format!("seed {seed}: {found}\n{naive:?}");
            assert_eq!(found["id"], naive.id, "{place}");
            assert_eq!(found["related"], naive.related, "{place}");
            assert_eq!(found["category"], naive.category, "{place}");
            assert_eq!(texts(&found["tops"]), naive.tops, "{place}");
            assert_eq!(amount(&found["same_party"]), naive.same_party, "{place}");
            assert_eq!(amount(&found["same_subject"]), naive.same_subject, "{place}");
            assert_eq!(texts(&found["counted"]), naive.counted, "{place}");
            assert_eq!(texts(&found["duties"]), naive.duties, "{place}");
            assert_eq!(found["exempt"].as_str(), naive.exempt.as_deref(), "{place}");
            assert_eq!(found["undetermined"], json!([]), "{place}");
        }
    }
}

#[test]
fn in_random_worlds_the_same_stand_aside_as_by_the_naive_reading() {
    for seed in 0..seeds() {
        let case = worlds::dealings_case(seed);
        for party in case.dataset["parties"].as_array().unwrap() {
            let id = party["id"].as_str().unwrap();
            if id == SUBJECT {
                continue;
            }
            let found = recuse(&case.dataset, SUBJECT, id, &case.as_of.to_string());
            let naive = naive::naive_recuse(&case.dataset, SUBJECT, id, case.as_of, &BTreeMap::new());
            assert_eq!(items(&found["directors"]), naive.directors, "seed {seed} {id}");
            assert_eq!(items(&found["shareholders"]), naive.shareholders, "seed {seed} {id}");
            let board = &naive.board;
            let expected = json!({
                "directors": board.directors, "unrelated": board.unrelated, "quorum": board.quorum,
                "majority": board.majority, "to_shareholders": board.to_shareholders,
            });
            assert_eq!(found["board"], expected, "seed {seed} {id}");
            assert_eq!(found["undetermined"], json!([]), "seed {seed} {id}");
        }
    }
}

/// L (listed), its controller P with companies X and Y, director D, a stranger S, the subsidiary C; net assets as given.
fn company(net_assets: &str, transactions: Value) -> Value {
    json!({
        "parties": [
            {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
            {"id": "P", "name": "乙集团有限公司", "kind": "company"},
            {"id": "X", "name": "丙有限公司", "kind": "company"},
            {"id": "Y", "name": "丁有限公司", "kind": "company"},
            {"id": "C", "name": "甲之子公司", "kind": "company"},
            {"id": "S", "name": "生人有限公司", "kind": "company"},
            {"id": "D", "name": "戊", "kind": "person"},
            {"id": "E", "name": "己", "kind": "person"}
        ],
        "holdings": [
            {"holder": "P", "company": "L", "percent": "60"},
            {"holder": "P", "company": "X", "percent": "100"},
            {"holder": "P", "company": "Y", "percent": "80"},
            {"holder": "L", "company": "C", "percent": "100"}
        ],
        "positions": [
            {"person": "D", "organisation": "L", "role": "director"},
            {"person": "E", "organisation": "L", "role": "director", "until": "2021-09-30"}
        ],
        "financials": [{"party": "L", "period_end": "2021-12-31", "net_assets": net_assets}],
        "transactions": transactions
    })
}

fn deal(id: &str, date: &str, counterparty: &str, kind: &str, amount: &str) -> Value {
    json!({"id": id, "date": date, "counterparty": counterparty, "kind": kind, "amount": amount})
}

fn with(mut row: Value, cells: Value) -> Value {
    row.as_object_mut().unwrap().extend(cells.as_object().unwrap().clone());
    row
}

/// The duties of the last transaction.
fn duties(net_assets: &str, transactions: Value) -> Vec<String> {
    let answer = assess(&company(net_assets, transactions), "L", &[]);
    let last = answer["transactions"].as_array().unwrap().last().unwrap();
    texts(&last["duties"]).into_iter().map(str::to_owned).collect()
}

const MAJOR: &str = "disclose independent_directors audit_committee board shareholders valuation";
const DAILY: &str = "disclose independent_directors audit_committee board shareholders";

#[test]
fn thresholds_have_two_sides() {
    for (what, net_assets, counterparty, kind, amount, expected) in [
        ("a person, below", "600000000", "D", "9.1", "299999.99", ""),
        ("a person, at it", "600000000", "D", "9.1", "300000", "disclose"),
        ("an organisation, below in yuan", "100000000", "X", "9.1", "2999999.99", ""),
        ("an organisation, at it, half a percent exactly", "600000000", "X", "9.1", "3000000", "disclose"),
        ("an organisation, below half a percent", "600000000.2", "X", "9.1", "3000000", ""),
        ("of large net assets, below half a percent", "2000000000", "X", "9.1", "9999999.99", ""),
        ("of large net assets, half a percent", "2000000000", "X", "9.1", "10000000", "disclose"),
        ("major, below in yuan", "100000000", "X", "9.1", "29999999.99", "disclose"),
        ("major, five percent exactly", "600000000", "X", "9.1", "30000000", MAJOR),
        ("major, below five percent", "600000000.2", "X", "9.1", "30000000", "disclose"),
        ("major with a person", "600000000", "D", "9.1", "30000000", MAJOR),
        ("not major with a person, below five percent", "600000000.2", "D", "9.1", "30000000", "disclose"),
        ("major daily business needs no valuation", "600000000", "X", "9.13", "30000000", DAILY),
        ("negative net assets count by their absolute value", "-600000000", "X", "9.1", "3000000", "disclose"),
        ("the same, a hair more", "-600000000.2", "X", "9.1", "3000000", ""),
        ("net assets of nothing", "0", "X", "9.1", "3000000", "disclose"),
        ("a guarantee of one yuan", "600000000", "X", "9.4", "1", "disclose board shareholders"),
        ("a stranger", "600000000", "S", "9.1", "900000000", ""),
        ("somebody looked back", "600000000", "E", "9.1", "300000", "disclose"),
        ("a company of the own group", "600000000", "C", "9.1", "900000000", ""),
    ] {
        let expected: Vec<&str> = expected.split(' ').filter(|duty| !duty.is_empty()).collect();
        let found = duties(net_assets, json!([deal("t", "2022-06-30", counterparty, kind, amount)]));
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn twelve_months_end_on_the_corresponding_day() {
    for (first, expected) in [("2021-06-30", ""), ("2021-07-01", "disclose"), ("2022-06-30", "disclose")] {
        let rows = json!([deal("a", first, "X", "9.1", "2000000"), deal("b", "2022-06-30", "X", "9.5", "1000000")]);
        // The statement has to be there on the first day too.
        let mut dataset = company("600000000", rows);
        dataset["financials"][0]["period_end"] = json!("2020-12-31");
        let answer = assess(&dataset, "L", &[]);
        assert_eq!(texts(&transaction(&answer, "b")["duties"]).join(" "), expected, "{first}");
    }
}

#[test]
fn the_same_deal_split_in_three_sets_off_the_same() {
    let whole = duties("600000000", json!([deal("t", "2022-06-30", "X", "9.1", "30000000")]));
    let parts = json!([
        deal("a", "2022-03-01", "X", "9.1", "10000000"),
        deal("b", "2022-05-01", "Y", "9.5", "10000000"),
        deal("c", "2022-06-30", "P", "9.1", "10000000")
    ]);
    assert_eq!(duties("600000000", parts), whole);
}

#[test]
fn what_is_left_out_of_the_sums() {
    let last = deal("b", "2022-06-30", "X", "9.1", "1000000");
    for (what, first, expected) in [
        ("counted", deal("a", "2022-03-01", "Y", "9.5", "2000000"), "disclose"),
        ("a guarantee", deal("a", "2022-03-01", "Y", "9.4", "2000000"), ""),
        ("exempt", with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"exemption": "48.1"})), ""),
        (
            "no exemption that is none",
            with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"exemption": "48.10"})),
            "disclose",
        ),
        (
            "decided by the shareholders",
            with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"approved": "shareholders"})),
            "",
        ),
        (
            "decided on the day",
            with(
                deal("a", "2022-03-01", "Y", "9.5", "2000000"),
                json!({"approved": "shareholders", "approved_on": "2022-06-30"}),
            ),
            "",
        ),
        (
            "decided the day after",
            with(
                deal("a", "2022-03-01", "Y", "9.5", "2000000"),
                json!({"approved": "shareholders", "approved_on": "2022-07-01"}),
            ),
            "disclose",
        ),
        (
            "decided by the board only",
            with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"approved": "board"})),
            "disclose",
        ),
        ("by a stranger for us", with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"side": "S"})), ""),
        ("by a subsidiary", with(deal("a", "2022-03-01", "Y", "9.5", "2000000"), json!({"side": "C"})), "disclose"),
        ("with a stranger", deal("a", "2022-03-01", "S", "9.5", "2000000"), ""),
        ("without an amount", json!({"id": "a", "date": "2022-03-01", "counterparty": "Y", "kind": "9.13"}), ""),
        ("with a person, other matter", deal("a", "2022-03-01", "D", "9.5", "2000000"), ""),
        ("of an earlier row of the day", deal("a", "2022-06-30", "Y", "9.5", "2000000"), "disclose"),
    ] {
        assert_eq!(duties("600000000", json!([first, last])).join(" "), expected, "{what}");
    }
    // Later on the same day is not before.
    let answer = assess(&company("600000000", json!([last, deal("c", "2022-06-30", "Y", "9.5", "2000000")])), "L", &[]);
    assert_eq!(texts(&transaction(&answer, "b")["duties"]), [""; 0]);
    assert_eq!(texts(&transaction(&answer, "c")["duties"]), ["disclose"]);
}

#[test]
fn matters_alike_are_added_whoever_deals() {
    let subject = json!({"subject_matter": "土地"});
    let of = |kind: &str, matter: &Value| with(deal("a", "2022-03-01", "D", kind, "2900000"), matter.clone());
    let last = with(deal("b", "2022-06-30", "X", "9.1", "100000"), subject.clone());
    for (what, first, expected) in [
        ("the same kind and matter", of("9.1", &subject), "disclose"),
        ("another kind", of("9.5", &subject), ""),
        ("another matter", of("9.1", &json!({"subject_matter": "房屋"})), ""),
        ("no matter", of("9.1", &json!({})), ""),
    ] {
        assert_eq!(duties("600000000", json!([first, last])).join(" "), expected, "{what}");
    }
}

#[test]
fn joint_control_stands_in_two_groups_and_merges_none() {
    let mut dataset = company(
        "600000000",
        json!([
            deal("p", "2022-01-10", "X", "9.1", "1000000"),
            deal("q", "2022-02-10", "Z", "9.1", "1000000"),
            deal("j", "2022-03-10", "J", "9.1", "1000000"),
            deal("z", "2022-04-10", "Z", "9.1", "500000")
        ]),
    );
    // J is controlled jointly by P and by Q, who is related too and holds Z.
    for (table, rows) in [
        (
            "parties",
            json!([
                {"id": "Q", "name": "庚有限公司", "kind": "company"}, {"id": "Z", "name": "辛有限公司", "kind": "company"},
                {"id": "J", "name": "合营有限公司", "kind": "company"}
            ]),
        ),
        (
            "holdings",
            json!([{"holder": "Q", "company": "L", "percent": "10"}, {"holder": "Q", "company": "Z", "percent": "100"}]),
        ),
        ("designations", json!([{"party": "Z", "authority": "company"}])),
        (
            "controls",
            json!([
                {"controller": "P", "controlled": "J", "basis": "agreement", "joint": "合"},
                {"controller": "Q", "controlled": "J", "basis": "agreement", "joint": "合"}
            ]),
        ),
    ] {
        let mut all = dataset[table].as_array().cloned().unwrap_or_default();
        all.extend(rows.as_array().unwrap().clone());
        dataset[table] = json!(all);
    }
    let answer = assess(&dataset, "L", &[]);
    let sum = |id: &str| transaction(&answer, id)["same_party"].as_str().unwrap().to_owned();
    assert_eq!(texts(&transaction(&answer, "j")["tops"]), ["P", "Q"]);
    assert_eq!(
        (sum("p"), sum("q"), sum("j"), sum("z")),
        ("1000000".into(), "1000000".into(), "3000000".into(), "2500000".into())
    );
    assert_eq!(texts(&transaction(&answer, "z")["counted"]), ["q", "j"]);
}

#[test]
fn a_person_and_a_company_of_his_are_added_together() {
    let mut dataset = company(
        "600000000",
        json!([deal("a", "2022-03-01", "O", "9.1", "250000"), deal("b", "2022-04-01", "D", "9.1", "50000")]),
    );
    dataset["parties"].as_array_mut().unwrap().push(json!({"id": "O", "name": "戊之公司", "kind": "company"}));
    dataset["holdings"].as_array_mut().unwrap().push(json!({"holder": "D", "company": "O", "percent": "100"}));
    let answer = assess(&dataset, "L", &[]);
    let last = transaction(&answer, "b");
    assert_eq!((last["same_party"].as_str(), texts(&last["duties"])), (Some("300000"), vec!["disclose"]));
    assert_eq!(last["terms"]["same_party"][0]["top"], "D");
}

#[test]
fn exemptions_are_checked_as_far_as_the_data_go() {
    let deal = |counterparty: &str, kind: &str, code: &str, facts: &str| {
        with(
            deal("t", "2022-06-30", counterparty, kind, "90000000"),
            json!({"exemption": code, "exemption_facts": facts}),
        )
    };
    for (what, row, exempt) in [
        ("48.1", deal("X", "9.7", "48.1", ""), Some("48.1")),
        ("48.2 at the prime rate of the day", deal("X", "9.16", "48.2", "rate=3.70; security=no"), Some("48.2")),
        ("48.2 above it", deal("X", "9.16", "48.2", "rate=3.71; security=no"), None),
        (
            "48.2 above it, but for six years",
            deal("X", "9.16", "48.2", "rate=4.45; security=no; years=6"),
            Some("48.2"),
        ),
        ("48.2 above that", deal("X", "9.16", "48.2", "rate=4.46; security=no; years=6"), None),
        ("48.2 with security", deal("X", "9.16", "48.2", "rate=3; security=yes"), None),
        ("48.2 without a word of security", deal("X", "9.16", "48.2", "rate=3"), None),
        ("48.2 without a rate", deal("X", "9.16", "48.2", "security=no"), None),
        ("48.2 in Chinese", deal("X", "9.16", "48.2", "利率＝3.7%；担保＝否"), Some("48.2")),
        ("48.7 to a director", deal("D", "9.13", "48.7", ""), Some("48.7")),
        ("48.7 to one looked back", deal("E", "9.14", "48.7", ""), Some("48.7")),
        ("48.7 to an organisation", deal("X", "9.13", "48.7", ""), None),
        ("48.7 of another kind", deal("D", "9.1", "48.7", ""), None),
        ("48.6", deal("X", "9.1", "48.6", ""), Some("48.6")),
        ("48.9", deal("X", "9.1", "48.9", ""), Some("48.9")),
        ("49", deal("X", "9.17", "49", "cash=yes; proportional=yes"), Some("49")),
        ("49 not all in cash", deal("X", "9.17", "49", "cash=no; proportional=yes"), None),
        ("49 out of proportion", deal("X", "9.2", "49", "cash=yes"), None),
        ("49 of another kind", deal("X", "9.1", "49", "cash=yes; proportional=yes"), None),
        ("no such code", deal("X", "9.1", "48", ""), None),
    ] {
        let answer = assess(&company("600000000", json!([row])), "L", &[]);
        let found = transaction(&answer, "t");
        assert_eq!(found["exempt"].as_str(), exempt, "{what}");
        let remark = if exempt.is_some() { "exemption_accepted" } else { "exemption_refused" };
        assert!(found["remarks"].as_array().unwrap().iter().any(|one| one["code"] == remark), "{what}: {found}");
        let free = exempt.is_some_and(|code| code.starts_with("48."));
        assert_eq!(texts(&found["duties"]).is_empty(), free, "{what}");
        assert_eq!(texts(&found["duties"]).contains(&"shareholders"), !free && exempt != Some("49"), "{what}");
    }
}

#[test]
fn a_capital_increase_in_proportion_needs_no_valuation() {
    for (target, cash, needed) in [("C", "yes", false), ("X", "yes", true), ("C", "no", true)] {
        let facts = format!("cash={cash}; proportional=yes");
        let row = with(
            deal("t", "2022-06-30", "X", "9.17", "90000000"),
            json!({"exemption": "33", "exemption_facts": facts, "target": target, "total_amount": "200000000"}),
        );
        let found = duties("600000000", json!([row]));
        assert_eq!(found.contains(&"valuation".to_owned()), needed, "{target} {cash}");
        assert!(found.contains(&"shareholders".to_owned()));
    }
}

#[test]
fn a_forecast_covers_until_it_is_exceeded() {
    let sale = |id: &str, date: &str, party: &str, amount: &str| {
        with(deal(id, date, party, "9.13", amount), json!({"forecast": "F"}))
    };
    let mut dataset = company(
        "600000000",
        json!([
            sale("a", "2022-02-01", "X", "6000000"),
            sale("b", "2022-03-01", "Y", "4000000"),
            sale("c", "2022-04-01", "X", "3000000"),
            sale("d", "2022-05-01", "Y", "1000000"),
            deal("e", "2022-06-01", "X", "9.5", "1"),
            sale("f", "2023-01-01", "X", "1"),
            with(deal("g", "2022-06-02", "X", "9.12", "1"), json!({"forecast": "F"})),
            with(deal("h", "2022-06-03", "S", "9.13", "1"), json!({"forecast": "F"}))
        ]),
    );
    dataset["forecasts"] = json!([{"forecast": "F", "group": "P", "kind": "9.13", "year": "2022", "amount": "10000000", "approved": "board", "approved_on": "2022-02-01"}]);
    let answer = assess(&dataset, "L", &[]);
    let of = |id: &str, field: &str| transaction(&answer, id)[field].clone();
    for id in ["a", "b"] {
        assert_eq!(
            (of(id, "case"), of(id, "same_party"), of(id, "duties")),
            (json!("covered"), json!(null), json!([])),
            "{id}"
        );
    }
    // The first to exceed it counts with what is beyond it, the next whole; what is covered is in no sum.
    assert_eq!((of("c", "same_party"), of("c", "duties")), (json!("3000000"), json!(["disclose"])));
    assert_eq!(of("d", "same_party"), json!("4000000"));
    assert_eq!((of("e", "same_party"), of("e", "counted")), (json!("4000001"), json!(["c", "d"])));
    let forecast = &answer["forecasts"][0];
    assert_eq!(
        (&forecast["actual"], &forecast["exceeded_by"], &forecast["excess"]),
        (&json!("14000000"), &json!("c"), &json!("3000000"))
    );
    for (id, why) in [("f", "kind_or_year"), ("g", "kind_or_year"), ("h", "group")] {
        let remarks = of(id, "remarks");
        let said =
            remarks.as_array().unwrap().iter().any(|remark| remark["code"] == "forecast_unfit" && remark["why"] == why);
        assert!(said, "{id}: {remarks}");
    }
    // Before it is approved it covers nothing.
    dataset["forecasts"][0]["approved_on"] = json!("2022-02-02");
    let answer = assess(&dataset, "L", &[]);
    assert_eq!(transaction(&answer, "a")["same_party"], "6000000");
    assert_eq!(transaction(&answer, "b")["case"], "covered");
}

#[test]
fn what_is_not_known_is_not_taken_for_a_no() {
    // No statement of net assets: what depends on a share of them is open.
    let mut dataset = company(
        "1",
        json!([deal("t", "2022-06-30", "X", "9.1", "30000000"), deal("u", "2022-06-30", "D", "9.1", "300000")]),
    );
    dataset["financials"] = json!([]);
    let answer = assess(&dataset, "L", &[]);
    let open = transaction(&answer, "t");
    assert_eq!((&open["duties"], &open["possible"]["case"]), (&json!([]), &json!("major")));
    assert_eq!(open["undetermined"], json!([{"table": "financials", "party": "L", "column": "net_assets"}]));
    let person = transaction(&answer, "u");
    assert_eq!((&person["duties"], &person["undetermined"]), (&json!(["disclose"]), &json!([])));

    // Somebody who may be related, and whose group may be that of another.
    let mut dataset = company(
        "600000000",
        json!([
            deal("f", "2022-03-01", "F", "9.1", "2900000"),
            deal("g", "2022-04-01", "F", "9.1", "200000"),
            deal("x", "2022-05-01", "X", "9.1", "200000")
        ]),
    );
    dataset["parties"].as_array_mut().unwrap().push(json!({"id": "F", "name": "雾有限公司", "kind": "company"}));
    dataset["holdings"].as_array_mut().unwrap().push(json!({"holder": "P", "company": "F", "percent": "45-55"}));
    let answer = assess(&dataset, "L", &[]);
    let cell = json!([{"table": "holdings", "row": 5, "column": "percent"}]);
    let f = transaction(&answer, "f");
    assert_eq!((&f["related"], &f["duties"], &f["undetermined"]), (&json!(null), &json!([]), &cell));
    let g = transaction(&answer, "g");
    assert_eq!((&g["possible"]["duties"], &g["at_most"]["same_party"]), (&json!(["disclose"]), &json!("3100000")));
    let x = transaction(&answer, "x");
    assert_eq!(
        (&x["related"], &x["same_party"], &x["at_most"]["same_party"]),
        (&json!(true), &json!("200000"), &json!("3300000"))
    );
    assert_eq!((&x["duties"], &x["possible"]["duties"], &x["undetermined"]), (&json!([]), &json!(["disclose"]), &cell));
}

#[test]
fn other_currencies_count_in_yuan() {
    for (rate, expected) in [("6", "disclose"), ("5.999999", "")] {
        let row = with(deal("t", "2022-06-30", "X", "9.1", "500000"), json!({"currency": "USD", "rate": rate}));
        assert_eq!(duties("600000000", json!([row])).join(" "), expected, "{rate}");
    }
}

/// Remarks of the only transaction, by code and article.
fn remarks(dataset: &Value) -> Vec<String> {
    let answer = assess(dataset, "L", &[]);
    let last = answer["transactions"].as_array().unwrap().last().unwrap();
    let told = |remark: &Value| {
        let more = ["item", "column", "method"].iter().find_map(|key| remark[*key].as_str());
        let (code, article) = (remark["code"].as_str().unwrap(), remark["article"].as_str().unwrap());
        format!("{article} {code} {}", more.unwrap_or_default()).trim_end().to_owned()
    };
    last["remarks"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn articles_27_to_37_ask_for_what_is_missing() {
    let row = |kind: &str, amount: &str, cells: Value| {
        with(deal("t", "2022-06-30", "X", kind, amount), with(json!({"pricing": "market"}), cells))
    };
    let asked = |row: Value| remarks(&company("600000000", json!([row])));
    // Article 27: three years are not longer than three years.
    assert_eq!(asked(row("9.13", "1000", json!({"ends": "2025-06-29"}))), [""; 0]);
    assert_eq!(asked(row("9.13", "1000", json!({"ends": "2025-06-30"}))), ["27 renewal"]);
    // Article 29: twice the book value is a premium of 100 %, which is not above it.
    let bought = |book: &str, cells: Value| {
        asked(row("9.1", "90000000", with(json!({"direction": "buy", "book_value": book}), cells)))
    };
    assert_eq!(bought("45000000", json!({})), [""; 0]);
    assert_eq!(bought("44999999.99", json!({})), ["29 premium", "29 demanded premium_reason"]);
    assert_eq!(bought("44999999.99", json!({"assurance": "yes"})), [""; 0]);
    assert_eq!(bought("0", json!({"assurance": "no"})), ["29 premium", "29 demanded premium_reason"]);
    assert_eq!(asked(row("9.1", "90000000", json!({}))), ["29 fact_missing direction", "29 fact_missing book_value"]);
    assert_eq!(asked(row("9.1", "90000000", json!({"direction": "sell"}))), [""; 0]);
    // Below the shareholders' threshold the article does not ask.
    assert_eq!(asked(row("9.1", "3000000", json!({}))), [""; 0]);
    // Article 28: the target's figures and profile, of what has to be published.
    assert_eq!(
        asked(row("9.1", "3000000", json!({"target": "Y"}))),
        ["28 target_figures", "28 demanded target_profile", "28 demanded target_changes"]
    );
    assert_eq!(asked(row("9.1", "2999999", json!({"target": "Y"}))), [""; 0]);
    // Article 31: the company's own amount.
    assert_eq!(asked(row("9.17", "3000000", json!({}))), ["31 fact_missing total_amount"]);
    assert_eq!(asked(row("9.17", "3000000", json!({"total_amount": "3000000"}))), ["31 not_own_amount"]);
    assert_eq!(asked(row("9.17", "3000000", json!({"total_amount": "3000000.01"}))), [""; 0]);
    // Article 32: a waiver names the company in which the right is.
    assert_eq!(asked(row("9.11", "1000", json!({}))), ["32 fact_missing target"]);
    assert_eq!(asked(row("9.11", "1000", json!({"target": "C"}))), ["32 one_sided"]);
    assert_eq!(asked(row("9.11", "1000", json!({"target": "S"}))), ["32 no_share_in_target"]);
    assert_eq!(asked(row("9.11", "1000", json!({"target": "X"}))), ["32 no_share_in_target"]);
    // Articles 35 to 37.
    assert_eq!(asked(row("9.13", "3000000", json!({"pricing": ""}))), ["35 pricing_missing"]);
    assert_eq!(asked(row("9.13", "3000000", json!({"pricing": "comparable"}))), ["35 pricing_order"]);
    assert_eq!(asked(row("9.9", "3000000", json!({"pricing": "cost_plus"}))), ["36 pricing_unfit"]);
    assert_eq!(asked(row("9.13", "3000000", json!({"pricing": "other"}))), ["37 demanded fairness"]);
    let mut dataset = company("600000000", json!([row("9.13", "3000000", json!({"pricing": "other"}))]));
    dataset["particulars"] = json!([{"transaction": "t", "item": "fairness", "text": "按成本"}]);
    assert_eq!(remarks(&dataset), [""; 0]);
    // What was done against what is due.
    assert_eq!(asked(row("9.13", "3000000", json!({"approved": "none"}))), ["15 outstanding"]);
    assert_eq!(asked(row("9.13", "3000000", json!({"approved": "disclosed"}))), [""; 0]);
    assert_eq!(asked(row("9.13", "90000000", json!({"approved": "board"}))), ["15 outstanding"]);
    assert_eq!(asked(row("9.13", "90000000", json!({"approved": "shareholders"}))), [""; 0]);
    assert_eq!(asked(row("9.13", "90000000", json!({"side": "S"}))), ["9 not_ours"]);
}

#[test]
fn a_proposal_is_told_the_room_that_is_left() {
    let dataset = company(
        "600000000",
        json!([
            deal("a", "2021-09-15", "Y", "9.1", "1200000"),
            deal("b", "2022-03-01", "X", "9.1", "800000"),
            deal("later", "2022-07-01", "X", "9.1", "99000000")
        ]),
    );
    let mut dataset = dataset;
    dataset["financials"][0]["period_end"] = json!("2020-12-31");
    for (amount, duties) in [("999999.99", json!([])), ("1000000", json!(["disclose"]))] {
        let answer = propose(
            &dataset,
            "L",
            &[],
            &[&[("counterparty", "X"), ("date", "2022-06-01"), ("kind", "9.5"), ("amount", amount)]],
        );
        let proposed = transaction(&answer, "proposed");
        assert_eq!((&proposed["duties"], &proposed["row"]), (&duties, &json!(null)), "{amount}");
        let before = &answer["proposals"][0];
        let room = &before["headroom"];
        assert_eq!(
            (&room["used"], &room["thresholds"][0]["left"], &room["thresholds"][1]["left"]),
            (&json!("2000000"), &json!("1000000"), &json!("28000000"))
        );
        assert_eq!(room["drops"][0], json!({"on": "2022-09-15", "transactions": ["a"], "used": "800000"}));
        assert_eq!(room["drops"][1], json!({"on": "2023-03-01", "transactions": ["b"], "used": "0"}));
        assert_eq!(items(&before["recusal"]["shareholders"])["P"], ["2"]);
    }
}

#[test]
fn every_member_of_a_group_is_shown_to_be_under_its_top() {
    use relata::proof::Conclusion;
    use relata::proof::check::{Claim, check_steps};
    let text = std::fs::read_to_string(support::data("cases/random.jsonl")).unwrap();
    let mut shown = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (facts, pack) = (support::facts(&case["dataset"]), support::pack());
        let day = support::day(case["as_of"].as_str().unwrap());
        let question = support::question(&facts, &pack, case["subject"].as_str().unwrap(), day, &[]);
        let groups = relata::register::Resolver::new(&facts).groups(&question, &[]);
        let claim = Claim {
            facts: &facts,
            subject: question.subject,
            as_of: day,
            numbers: pack.numbers(day).clone(),
            readings: question.readings.clone(),
        };
        let refused = check_steps(&claim, &groups.proofs);
        assert!(refused.is_empty(), "{}: {refused:?}", case["id"]);
        for group in &groups.groups {
            for member in group.members.iter().filter(|member| member.party != group.top) {
                let step = groups.proofs.iter().find(|step| Some(step.id) == member.proof).unwrap();
                let Conclusion::Controls { controller, controlled, .. } = &step.conclusion else { panic!("{step:?}") };
                assert_eq!((controller.as_str(), controlled.as_str()), (facts.id(group.top), facts.id(member.party)));
                shown += 1;
            }
        }
    }
    assert!(shown > 200, "{shown}");
}
