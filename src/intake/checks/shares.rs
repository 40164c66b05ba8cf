//! Shares of a company that cannot all be true.

use super::Checker;
use super::sweep::{Excess, Held, first_excess};
use crate::facts::{Amount, Facts, Grouped, Holding, PartyId, Share, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::{Text, both};
use chrono::NaiveDate;

/// Holders that are named; the number of the others is said.
const NAMED: usize = 12;

/// The capital or the votes of a row of holdings.
type ShareOf = fn(&Facts, usize) -> Share;

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let of = |row: u32| u32::try_from(facts.holding_ends(row as usize).1.index()).unwrap_or(u32::MAX);
    let rows = u32::try_from(facts.holdings().len()).unwrap_or(u32::MAX);
    let held = Grouped::new(facts.parties().len(), || (0..rows).map(|row| (of(row), row)));
    checker.each(facts.parties().len(), |checker, at| company(checker, held.of(at)));
    checker.each(facts.holdings().len(), |checker, index| {
        let (holder, company) = facts.holding_ends(index);
        if holder == company {
            let name = checker.name(company);
            let message = both!("{name} holds shares of itself", "{name}持有自身股份");
            let remedy = both!(
                "shares that a company holds in itself carry no votes; check that no other holder is meant",
                "公司持有的自身股份没有表决权；请确认持有人填写无误"
            );
            let finding = checker.about(Code::SelfHolding, "holder", holder, message).remedy(remedy);
            checker.found(Table::Holdings, index, finding);
        }
    });
}

/// Checks the holdings in one company; `rows` are in the order of the file.
fn company(checker: &mut Checker<'_>, rows: &[u32]) {
    if rows.is_empty() {
        return;
    }
    let facts = checker.facts;
    repeated(checker, rows);
    if never_exceeds(facts, rows) {
        return;
    }
    let rows: Vec<usize> = rows.iter().map(|row| *row as usize).collect();
    let held = |share: ShareOf, own: bool| -> Vec<Held> {
        let mut held = Vec::new();
        for index in rows.iter().copied() {
            let (holder, company) = facts.holding_ends(index);
            let span = facts.holding_period(index).certain(NaiveDate::MAX, 0);
            if let Some(span) = span.filter(|_| own || holder != company) {
                held.push(Held { index, span, amount: facts.amount(share(facts, index)) });
            }
        }
        held
    };
    if let Some(excess) = first_excess(&held(Facts::share, true)) {
        let finding = exceeding(checker, Code::CapitalOver100, &excess, Facts::share);
        checker.found(Table::Holdings, excess.last, finding.column("percent").value(&excess.sum.display()));
        return;
    }
    // Without votes of their own the votes are the capital.
    if rows.iter().all(|index| facts.stated_votes(*index).is_none()) {
        return;
    }
    if let Some(excess) = first_excess(&held(Facts::votes, false)) {
        let finding = exceeding(checker, Code::VotesOver100, &excess, Facts::votes);
        checker.found(Table::Holdings, excess.last, finding.column("votes_percent").value(&excess.sum.display()));
    }
}

/// Whether all shares ever held do not exceed the whole together, and the votes are the capital: then they never do.
fn never_exceeds(facts: &Facts, rows: &[u32]) -> bool {
    let mut sum = 0u64;
    rows.iter().map(|row| *row as usize).all(|row| {
        let units = facts.share(row).units().unwrap_or(u64::MAX);
        sum = sum.saturating_add(units);
        sum <= Share::WHOLE && facts.stated_votes(row).is_none()
    })
}

fn exceeding(checker: &Checker<'_>, code: Code, excess: &Excess, share: ShareOf) -> Finding {
    let facts = checker.facts;
    let company = checker.name(facts.holding_ends(excess.last).1);
    let when = since(excess.day);
    let what = match code {
        Code::CapitalOver100 => both!("of the capital", "资本"),
        _ => both!("of the votes", "表决权"),
    };
    let mut list = String::new();
    for index in excess.rows.iter().take(NAMED) {
        let number = checker.places.number(Table::Holdings, *index);
        let share = match facts.amount(share(facts, *index)) {
            Amount::Exact(share) => format!("{share} %"),
            Amount::Range(low, high) => format!("{low}-{high} %"),
            Amount::Unknown => "? %".to_owned(),
        };
        let comma = if list.is_empty() { "" } else { "; " };
        list.push_str(&format!("{comma}{} {share} [{number}]", checker.name(facts.holding_ends(*index).0)));
    }
    let others = excess.rows.len().saturating_sub(NAMED);
    let others = match others {
        0 => both!("", ""),
        _ => both!(" and {others} more rows", "，另有 {others} 行"),
    };
    let (sum, (en, zh)) = (&excess.sum, (&what, &what));
    let (en, zh, others_en, others_zh) = (&en.en, &zh.zh, &others.en, &others.zh);
    let (when_en, when_zh) = (&when.en, &when.zh);
    let message = if excess.by_unknown {
        both!(
            "{when_en} {sum} % {en} of {company} is held by known amounts, and somebody else holds an unknown amount beside them: {list}{others_en} (rows in brackets)",
            "{when_zh}，{company}的{zh}已知合计 {sum}%，此外还有比例未知的持有人：{list}{others_zh}（方括号内为行号）"
        )
    } else {
        both!(
            "{when_en} at least {sum} % {en} of {company} is held: {list}{others_en} (rows in brackets)",
            "{when_zh}，{company}的{zh}合计至少 {sum}%：{list}{others_zh}（方括号内为行号）"
        )
    };
    Finding::new(code, message).expected(both!("at most 100 % on every day", "任何一日合计不超过 100%")).remedy(both!(
        "correct a share, or end a row that was replaced by a later one (until)",
        "请更正比例；已被后来的行取代的，请填写截止日"
    ))
}

fn since(day: NaiveDate) -> Text {
    if day == NaiveDate::MIN { both!("from the beginning", "自始") } else { both!("on {day}", "{day} 当日") }
}

/// Rows that say the same twice: they would be added together.
fn repeated(checker: &mut Checker<'_>, rows: &[u32]) {
    let facts = checker.facts;
    let mut held: Vec<(PartyId, usize)> =
        rows.iter().map(|row| (facts.holding_ends(*row as usize).0, *row as usize)).collect();
    held.sort_unstable();
    let same_holder = held.chunk_by(|a, b| a.0 == b.0).filter(|rows| rows.len() > 1);
    let mut known = Vec::new();
    for (at, (_, index)) in same_holder.flat_map(|rows| rows.iter().enumerate()) {
        if at == 0 {
            known.clear();
        }
        let Some(row) = facts.holdings().get(*index) else { continue };
        let same = |other: Holding<'_>| {
            other.percent == row.percent && other.votes_percent == row.votes_percent && other.period == row.period
        };
        // One holder has few rows that differ; of the same row only the first is kept.
        match known.iter().take(64).find(|other| facts.holdings().get(**other).is_some_and(same)) {
            None => known.push(*index),
            Some(other) => {
                let number = checker.places.number(Table::Holdings, *other);
                let (holder, company) = (checker.name(row.holder), checker.name(row.company));
                let message = both!(
                    "row {number} says of {holder} and {company} the same already, and the two are added together",
                    "第 {number} 行已填写{holder}对{company}的同一持股，两行将相加计算"
                );
                let remedy = both!("delete one of the two if they are one holding", "若为同一持股，请删除其中一行");
                let finding = checker.about(Code::RepeatedHolding, "holder", row.holder, message).remedy(remedy);
                checker.found(Table::Holdings, *index, finding);
            }
        }
    }
}
