//! What is to be known before a transaction is signed: the room left under each threshold, and when it grows again.

use super::dealing_answer::{HeadroomDoc, TermDoc, TransactionDoc};
use super::duties::article;
use super::ledger::{Deals, OnDay, expect};
use super::reason::Reason;
use super::terms::within;
use crate::facts::{Yuan, add_months};
use chrono::NaiveDate;

/// Checks the room before a transaction whose sums are checked.
pub(super) fn check(
    day: &OnDay<'_, '_>,
    deals: &Deals<'_>,
    shown: &TransactionDoc,
    headroom: Option<&HeadroomDoc>,
) -> Result<(), Reason> {
    let added = shown.same_party.is_some() || shown.at_most.is_some();
    let Some(room) = headroom else {
        return if added { Err(Reason::Contradiction {}) } else { Ok(()) };
    };
    if !added {
        return Err(Reason::Contradiction {});
    }
    let used = used(shown, |_| true);
    let [least, most] = &used;
    expect("headroom.used", &room.used.exact(), &least.exact())?;
    expect("headroom.used_at_most", &room.used_at_most.as_ref().unwrap_or(&room.used).exact(), &most.exact())?;
    let numbers = &day.book.claim.numbers;
    let net = shown.net_assets.as_ref();
    let larger = |amount: &Yuan, share| net.map(|net| net.part(share).max(amount.clone()));
    let publish = if shown.deal.category == "person" {
        ("person", Some(numbers.disclosure_person.clone()))
    } else {
        ("organisation", larger(&numbers.disclosure_organisation, &numbers.disclosure_share))
    };
    let rooms = [publish, ("major", larger(&numbers.major_amount, &numbers.major_share))];
    let told = |amount: Option<String>| amount.unwrap_or_else(|| "null".to_owned());
    let line = |case: &str, article: &str, threshold: Option<String>, left: Option<String>| {
        format!("{case} {article} {} {}", told(threshold), told(left))
    };
    let expected = rooms.iter().map(|(case, threshold)| {
        let left = threshold.as_ref().map(|threshold| (threshold - most).exact());
        line(case, article(case), threshold.as_ref().map(Yuan::exact), left)
    });
    let stated =
        room.thresholds.iter().map(|room| line(&room.case, &room.article, room.threshold.clone(), room.left.clone()));
    expect("headroom.thresholds", &joined(stated), &joined(expected))?;
    drops(day, deals, shown, room)
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join(", ")
}

/// What the terms for which `kept` holds add up to, in the larger of both sums: at the least and at the most.
fn used(shown: &TransactionDoc, kept: impl Fn(&TermDoc) -> bool) -> [Yuan; 2] {
    let sum = |terms: &[TermDoc], most: bool| {
        let each = terms.iter().filter(|term| kept(term));
        let amounts = each.map(|term| if most { term.at_most.as_ref().unwrap_or(&term.amount) } else { &term.amount });
        amounts.cloned().sum::<Yuan>()
    };
    let larger = |most| sum(&shown.terms.same_party, most).max(sum(&shown.terms.same_subject, most));
    [larger(false), larger(true)]
}

/// The first day on which what was dealt on a day is added up no more.
fn drops_on(day: NaiveDate, months: u32) -> NaiveDate {
    let first = add_months(day, months);
    first.iter_days().find(|end| !within(day, *end, months)).unwrap_or(first)
}

fn drops(day: &OnDay<'_, '_>, deals: &Deals<'_>, shown: &TransactionDoc, room: &HeadroomDoc) -> Result<(), Reason> {
    let months = day.book.claim.numbers.cumulation_months;
    let terms = shown.terms.same_party.iter().chain(&shown.terms.same_subject);
    let mut dropped: Vec<_> = terms.filter_map(|term| deals.get(&term.id)).collect();
    dropped.sort_by_key(|deal| deal.place);
    dropped.dedup_by_key(|deal| deal.place);
    let gone = |id: &str| deals.get(id).map(|deal| drops_on(deal.doc.date, months));
    let mut expected: Vec<(NaiveDate, String)> = Vec::new();
    for deal in dropped {
        let on = drops_on(deal.doc.date, months);
        match expected.last_mut() {
            Some((last, ids)) if *last == on => ids.push_str(&format!(" {}", deal.doc.id)),
            _ => expected.push((on, deal.doc.id.clone())),
        }
    }
    let expected = expected.into_iter().map(|(on, ids)| {
        let [still, most] = used(shown, |term| gone(&term.id).is_some_and(|drops| drops > on));
        format!("{on} {ids} {} {}", still.exact(), most.exact())
    });
    let stated = room.drops.iter().map(|drop| {
        let most = drop.used_at_most.as_ref().unwrap_or(&drop.used);
        format!("{} {} {} {}", drop.on, drop.transactions.join(" "), drop.used.exact(), most.exact())
    });
    expect("headroom.drops", &joined(stated), &joined(expected))
}
