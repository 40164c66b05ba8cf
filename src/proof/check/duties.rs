//! Which case applies and what has to be done (articles 13 to 15, 17 and 24).

use super::dealing_answer::{DealDoc, TransactionDoc};
use super::ledger::{OnDay, expect, leaves, told};
use super::reason::Reason;
use super::relief::Holds;
use crate::facts::{Kind, Percent, RowRef, Table, Yuan};

/// The case as far as it is decided without adding up; `counted` where the sums decide.
pub(super) fn case_of(doc: &DealDoc, ours: bool, code: &str, holds: Holds) -> &'static str {
    let kind = Kind::from_code(&doc.kind);
    let full = code.starts_with("48.")
        && (doc.exempt.is_some() || (holds == Holds::Open && doc.case == "exempt" && doc.related == Some(true)));
    if doc.related != Some(true) {
        "not_related"
    } else if !ours {
        "not_ours"
    } else if full {
        "exempt"
    } else if kind == Some(Kind::Guarantee) {
        "guarantee"
    } else if doc.amount.is_none() {
        if kind.is_some_and(Kind::is_daily) { "no_total" } else { "below" }
    } else if leaves(doc).is_none() {
        "covered"
    } else {
        "counted"
    }
}

/// That the case named is the one decided so.
pub(super) fn case(doc: &DealDoc, decided: &str) -> Result<(), Reason> {
    if decided != "counted" {
        return expect("case", &doc.case, decided);
    }
    let by_amount = ["major", "person", "organisation", "below"];
    if by_amount.contains(&doc.case.as_str()) { Ok(()) } else { expect("case", &doc.case, &by_amount.join(" / ")) }
}

/// The case that an amount added up brings.
fn reached(day: &OnDay<'_, '_>, amount: &Yuan, person: bool, net: Option<&Yuan>) -> &'static str {
    let numbers = &day.book.claim.numbers;
    let part = |share: &Percent| net.is_some_and(|net| amount.value() >= &(share.fraction() * net.value()));
    if *amount >= numbers.major_amount && part(&numbers.major_share) {
        "major"
    } else if person && *amount >= numbers.disclosure_person {
        "person"
    } else if !person && *amount >= numbers.disclosure_organisation && part(&numbers.disclosure_share) {
        "organisation"
    } else {
        "below"
    }
}

/// The article by which a case applies.
pub(super) fn article(case: &str) -> &'static str {
    match case {
        "exempt" => "48",
        "guarantee" => "15.2",
        "no_total" => "24",
        "covered" => "25",
        "major" => "15.1",
        "person" => "13",
        "organisation" => "14",
        "below" => "16",
        _ => "9",
    }
}

/// The net assets that count on the day: those audited at the latest period end on or before it.
fn net_assets(day: &OnDay<'_, '_>) -> Option<(u32, Yuan)> {
    let rows = day.book.facts.financials().iter().enumerate();
    let own = rows.filter(|(_, row)| row.party == day.book.subject() && row.period_end <= day.day());
    let known = own.filter_map(|(at, row)| Some((row.period_end, at, row.net_assets?)));
    let (_, at, amount) = known.max_by_key(|(end, at, _)| (*end, *at))?;
    Some((RowRef::new(Table::Financials, at).row, Yuan::from(amount).abs()))
}

/// Net assets, case, article and duties of a transaction whose case is decided so far.
pub(super) fn check(
    day: &OnDay<'_, '_>,
    shown: &TransactionDoc,
    decided: &str,
    (code, holds): (&str, Holds),
) -> Result<(), Reason> {
    let net = net_assets(day);
    let amount = net.as_ref().map(|(_, amount)| amount);
    expect("net_assets", &told(shown.net_assets.as_ref()), &told(amount))?;
    let number = |row: Option<u32>| row.map_or("null".to_owned(), |row| row.to_string());
    expect("net_assets_row", &number(shown.net_assets_row), &number(net.as_ref().map(|(row, _)| *row)))?;
    let sums = [&shown.same_party, &shown.same_subject];
    let larger = sums.into_iter().flatten().max().cloned().unwrap_or_default();
    let case = match decided {
        "counted" => reached(day, &larger, shown.deal.category == "person", amount),
        _ => decided,
    };
    expect("case", &shown.deal.case, case)?;
    expect("article", &shown.article, article(case))?;
    let daily = Kind::from_code(&shown.deal.kind).is_some_and(Kind::is_daily);
    let all = match case {
        "guarantee" | "no_total" => vec!["disclose", "board", "shareholders"],
        "major" if daily => vec!["disclose", "independent_directors", "audit_committee", "board", "shareholders"],
        "major" => {
            vec!["disclose", "independent_directors", "audit_committee", "board", "shareholders", "valuation"]
        }
        "person" | "organisation" => vec!["disclose"],
        _ => Vec::new(),
    };
    let spared = match code {
        "49" => "shareholders",
        "33" => "valuation",
        _ => "",
    };
    let relieved: Vec<&str> = all.iter().copied().filter(|duty| *duty != spared).collect();
    // For certain there is less to do where an exemption may hold.
    let expected = if holds == Holds::No { &all } else { &relieved };
    if holds == Holds::Open && shown.deal.exempt.is_none() && shown.duties == all {
        return Ok(());
    }
    expect("duties", &shown.duties.join(" "), &expected.join(" "))
}
