//! What the articles ask of a transaction besides its duties: procedure recorded, renewal (27), asset deals (28, 29), joint
//! investment (31, 32), pricing (35 to 37).

use super::{Assessment, Case, Duty, Remark, pricing};
use crate::facts::{Approval, Direction, Facts, Item, Kind, PartyId, RowRef, Table, Yuan, add_months};
use crate::law::Numbers;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Months of a year.
const YEAR: u32 = 12;

/// What there is to say of a transaction whose case is known; `has_share`: whether the group may have a share in the target.
pub(super) fn remarks(assessment: &Assessment, facts: &Facts, numbers: &Numbers, has_share: bool) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let transaction = &assessment.deal.transaction;
    if matches!(assessment.case[1], Case::NotRelated | Case::NotOurs | Case::Exempt) {
        return remarks;
    }
    if assessment.deal.amount.is_none() && !transaction.kind.is_daily() && transaction.kind != Kind::Guarantee {
        remarks.push(Remark::AmountMissing);
    }
    outstanding(assessment, &mut remarks);
    renewal(assessment, numbers, &mut remarks);
    if transaction.kind == Kind::Waiver {
        waiver(assessment, has_share, &mut remarks);
    }
    if assessment.duties[1].is_empty() {
        return remarks;
    }
    let stated = stated(facts, transaction.id);
    match transaction.kind {
        Kind::Assets => asset_deal(assessment, facts, numbers, &stated, &mut remarks),
        Kind::Investment | Kind::JointInvestment => own_amount(assessment, &mut remarks),
        _ => {}
    }
    if transaction.kind != Kind::Guarantee {
        pricing::check(transaction, &stated, &mut remarks);
    }
    remarks
}

/// What is stated of a transaction in the table of particulars.
pub(super) fn stated(facts: &Facts, id: &str) -> BTreeSet<Item> {
    facts.particulars().iter().filter(|row| row.transaction == id).map(|row| row.item).collect()
}

/// The procedure that is recorded against what is due for certain (articles 13 to 15).
fn outstanding(assessment: &Assessment, remarks: &mut Vec<Remark>) {
    let Some(approved) = assessment.deal.transaction.approved else { return };
    let duties = missing_steps(&assessment.duties[0], done(approved));
    if !duties.is_empty() {
        remarks.push(Remark::Outstanding { duties, approved });
    }
}

/// The steps that a recorded procedure has gone through.
pub(super) fn done(approved: Approval) -> &'static [Duty] {
    match approved {
        Approval::None => &[],
        Approval::Disclosed => &[Duty::Disclose],
        Approval::Board => &[Duty::Disclose, Duty::Board],
        Approval::Shareholders => &[Duty::Disclose, Duty::Board, Duty::Shareholders],
    }
}

/// The steps that are due and not done; opinions and reports are no steps that are recorded.
pub(super) fn missing_steps(due: &[Duty], done: &[Duty]) -> Vec<Duty> {
    let steps = [Duty::Disclose, Duty::Board, Duty::Shareholders];
    due.iter().copied().filter(|duty| steps.contains(duty) && !done.contains(duty)).collect()
}

/// The days on which an agreement of more than three years is due again (article 27): every three years while it runs.
pub(super) fn renewals(begins: NaiveDate, ends: NaiveDate, years: u32) -> Vec<NaiveDate> {
    let due = (1u32..).map(|times| add_months(begins, years.saturating_mul(times).saturating_mul(YEAR)));
    let mut days: Vec<NaiveDate> = Vec::new();
    for day in due.take_while(|day| *day <= ends) {
        if days.last() == Some(&day) {
            break;
        }
        days.push(day);
    }
    days
}

fn renewal(assessment: &Assessment, numbers: &Numbers, remarks: &mut Vec<Remark>) {
    let transaction = &assessment.deal.transaction;
    let Some(ends) = transaction.ends.filter(|_| transaction.kind.is_daily()) else { return };
    let due = renewals(transaction.date, ends, numbers.agreement_years);
    if !due.is_empty() {
        remarks.push(Remark::Renewal { due });
    }
}

/// A purchase or sale of assets: the target's figures (article 28) and a price far above book value (article 29).
fn asset_deal(
    assessment: &Assessment,
    facts: &Facts,
    numbers: &Numbers,
    stated: &BTreeSet<Item>,
    remarks: &mut Vec<Remark>,
) {
    let transaction = &assessment.deal.transaction;
    if let Some(target) = transaction.target {
        let missing = missing_figures(facts, target, transaction.date);
        if !missing.is_empty() {
            remarks.push(Remark::TargetFigures { missing });
        }
        for item in [Item::TargetProfile, Item::TargetChanges] {
            if !stated.contains(&item) {
                remarks.push(Remark::Demanded { item, article: "28" });
            }
        }
    }
    if !assessment.duties[1].contains(&Duty::Shareholders) {
        return;
    }
    match transaction.direction {
        Some(Direction::Sell) => return,
        Some(Direction::Buy) => {}
        None => remarks.push(Remark::FactMissing { column: "direction", article: "29" }),
    }
    let (Some(book_value), Some(amount)) = (transaction.book_value.map(Yuan::from), &assessment.deal.amount) else {
        remarks.push(Remark::FactMissing { column: "book_value", article: "29" });
        return;
    };
    let premium = amount - &book_value;
    if premium > book_value.part(&numbers.premium_share) && transaction.assurance != Some(true) {
        let percent = premium.percent_of(&book_value).map(|percent| percent.display());
        remarks.push(Remark::Premium { percent, assurance: transaction.assurance });
        if !stated.contains(&Item::PremiumReason) {
            remarks.push(Remark::Demanded { item: Item::PremiumReason, article: "29" });
        }
    }
}

/// Which of the target's figures are not on file: the latest year, and a period after it.
fn missing_figures(facts: &Facts, target: PartyId, on: NaiveDate) -> Vec<&'static str> {
    let found = figures(facts, target, on);
    let missing = found.iter().zip(["year", "interim"]).filter(|(row, _)| row.is_none());
    missing.map(|(_, name)| name).collect()
}

/// The rows of a company's figures on a day: of the latest year, and of the latest period after it (article 28).
pub(super) fn figures(facts: &Facts, target: PartyId, on: NaiveDate) -> [Option<RowRef>; 2] {
    let rows = facts.financials().iter().enumerate().filter(|(_, row)| row.party == target && row.period_end <= on);
    let ends: BTreeMap<NaiveDate, RowRef> =
        rows.map(|(at, row)| (row.period_end, RowRef::new(Table::Financials, at))).collect();
    let closes_year = |day: &NaiveDate| (day.month(), day.day()) == (12, 31);
    let year = ends.iter().rev().find(|(day, _)| closes_year(day));
    // Early in a year the year before the last may be the latest whose figures are there.
    let recent = year.filter(|(day, _)| day.year() >= on.year().saturating_sub(2));
    let interim = ends.iter().rev().find(|(day, _)| !closes_year(day));
    let interim = interim.filter(|(day, _)| year.is_none_or(|(year, _)| *day > year));
    [recent, interim].map(|found| found.map(|(_, row)| *row))
}

/// A joint investment is measured by the company's own amount (article 31).
fn own_amount(assessment: &Assessment, remarks: &mut Vec<Remark>) {
    let transaction = &assessment.deal.transaction;
    match (transaction.total_amount.map(Yuan::from), &assessment.deal.amount) {
        (Some(total), Some(amount)) if *amount >= total => remarks.push(Remark::NotOwnAmount { total }),
        (None, _) if transaction.kind == Kind::JointInvestment => {
            remarks.push(Remark::FactMissing { column: "total_amount", article: "31" });
        }
        _ => {}
    }
}

/// A waiver of rights: in which company, and whether the group has a share in it (article 32).
fn waiver(assessment: &Assessment, has_share: bool, remarks: &mut Vec<Remark>) {
    remarks.push(match assessment.deal.transaction.target {
        None => Remark::FactMissing { column: "target", article: "32" },
        Some(_) if has_share => Remark::OneSided,
        Some(_) => Remark::NoShareInTarget,
    });
}
