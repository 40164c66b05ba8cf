//! Daily business of a year: forecasts against what was dealt, what they needed themselves, the table to publish.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use relata::dealings::{Assessor, Case, Duty, Ledger, Line, daily};
use relata::register::Resolver;
use serde_json::{Value, json};
use support::{day, facts, pack, question};

/// L and its controller P with X, Y and Z; S is alone and related by designation.
fn dataset(transactions: Value, forecasts: Value) -> Value {
    let company = |id: &str| json!({"id": id, "name": format!("{id}公司"), "kind": "company"});
    let owned = |id: &str| json!({"holder": "P", "company": id, "percent": "100"});
    json!({
        "parties": [
            {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
            company("P"), company("X"), company("Y"), company("Z"), company("S")
        ],
        "holdings": [{"holder": "P", "company": "L", "percent": "60"}, owned("X"), owned("Y"), owned("Z")],
        "designations": [{"party": "S", "authority": "company"}],
        "financials": [{"party": "L", "period_end": "2021-12-31", "net_assets": "600000000"}],
        "transactions": transactions,
        "forecasts": forecasts
    })
}

fn sale(id: &str, date: &str, party: &str, amount: &str) -> Value {
    json!({"id": id, "date": date, "counterparty": party, "kind": "9.13", "amount": amount})
}

/// The table to publish: whom, the parties together, forecast and actual.
fn published(dataset: &Value) -> Vec<String> {
    let (facts, pack) = (facts(dataset), pack());
    let question = question(&facts, &pack, "L", day("2022-12-31"), &[]);
    let resolver = Resolver::new(&facts);
    let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&facts, &[]));
    let lines = daily(&resolver, &question, &assessments).published.into_iter().map(|line| {
        let whom = match line.line {
            Line::Itself(party) => facts.id(party).to_owned(),
            Line::Merged(top) => format!("under {}", facts.id(top)),
        };
        let parties: Vec<&str> = line.parties.iter().map(|party| facts.id(*party)).collect();
        let forecast = line.forecast.map_or("–".to_owned(), |forecast| forecast.exact());
        format!("{} {whom}: {} {forecast} {}", line.kind.code(), parties.join("+"), line.actual.exact())
    });
    lines.collect()
}

#[test]
fn parties_at_the_threshold_stand_by_themselves_and_the_others_together() {
    let transactions = json!([
        sale("a", "2022-02-01", "X", "3000000"),
        sale("b", "2022-03-01", "Y", "2000000"),
        sale("c", "2022-04-01", "Y", "999999.99"),
        sale("d", "2022-05-01", "Z", "1"),
        sale("e", "2022-05-01", "S", "2"),
        sale("last year", "2021-12-31", "Z", "90000000"),
        {"id": "no daily business", "date": "2022-05-01", "counterparty": "X", "kind": "9.5", "amount": "7000000"}
    ]);
    assert_eq!(
        published(&dataset(transactions, json!([]))),
        ["9.13 X: X – 3000000", "9.13 under P: Y+Z – 3000000", "9.13 under S: S – 2"].map(|line| {
            // Y and Z together: 2,000,000 + 999,999.99 + 1.
            line.replace("Y+Z – 3000000", "Y+Z – 3000000.99")
        })
    );
}

#[test]
fn a_forecast_at_the_threshold_stands_by_itself_too() {
    let forecast =
        |amount: &str| json!([{"forecast": "F", "group": "Z", "kind": "9.14", "year": "2022", "amount": amount}]);
    assert_eq!(published(&dataset(json!([]), forecast("3000000"))), ["9.14 Z: Z 3000000 0"]);
    assert_eq!(published(&dataset(json!([]), forecast("2999999"))), ["9.14 under P: Z 2999999 0"]);
}

#[test]
fn a_forecast_has_duties_of_its_own() {
    for (amount, approved, case, outstanding) in [
        ("29999999", "board", Case::Organisation, vec![]),
        ("30000000", "board", Case::Major, vec![Duty::Shareholders]),
        ("30000000", "shareholders", Case::Major, vec![]),
        ("3000000", "none", Case::Organisation, vec![Duty::Disclose]),
        ("2999999", "none", Case::Below, vec![]),
    ] {
        let row = json!([{"forecast": "F", "group": "P", "kind": "9.13", "year": "2022", "amount": amount, "approved": approved}]);
        let (facts, pack) = (facts(&dataset(json!([]), row)), pack());
        let question = question(&facts, &pack, "L", day("2022-06-30"), &[]);
        let resolver = Resolver::new(&facts);
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&facts, &[]));
        let found = daily(&resolver, &question, &assessments).forecasts.remove(0);
        assert_eq!((found.case, found.outstanding, found.is_certain), (case, outstanding, true), "{amount} {approved}");
    }
}

#[test]
fn agreements_due_again_and_without_a_total_are_listed() {
    let agreement = |id: &str, date: &str, ends: &str| json!({"id": id, "date": date, "counterparty": "X", "kind": "9.13", "ends": ends});
    let transactions = json!([
        agreement("old", "2019-05-05", "2022-05-05"),
        agreement("short", "2019-05-05", "2022-05-04"),
        agreement("older", "2016-08-01", "2030-01-01"),
        agreement("new", "2022-01-15", "2022-12-31")
    ]);
    let (facts, pack) = (facts(&dataset(transactions, json!([]))), pack());
    let question = question(&facts, &pack, "L", day("2022-06-30"), &[]);
    let resolver = Resolver::new(&facts);
    let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&facts, &[]));
    let found = daily(&resolver, &question, &assessments);
    let id = |deal: usize| assessments.all[deal].deal.transaction.id;
    let renewals: Vec<String> = found.renewals.iter().map(|(deal, due)| format!("{due} {}", id(*deal))).collect();
    assert_eq!(renewals, ["2022-05-05 old", "2022-08-01 older"]);
    assert_eq!(found.without_total.iter().map(|deal| id(*deal)).collect::<Vec<_>>(), ["new"]);
}
