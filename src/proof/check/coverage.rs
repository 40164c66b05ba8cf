//! Daily business within a forecast (articles 21 to 25). Whether a counterparty is of a forecast's group has no step to
//! show it, so what was dealt is bounded: by those plainly of the group, and by all who may be.

use super::dealing_answer::{DealDoc, ForecastDoc};
use super::ledger::{Deal, Deals, OnDay, expect, row_of, told};
use super::reach::reach;
use super::reason::{Reason, Refusal};
use crate::facts::{Approval, Facts, Forecast, Kind, RowRef, Table, Yuan};
use chrono::Datelike;

/// One transaction and the forecasts that may bear on it, each with whether its counterparty is plainly of the group.
struct Passed<'d> {
    doc: &'d DealDoc,
    bearing: Vec<(usize, bool)>,
}

/// What has been gone through so far.
#[derive(Default)]
pub(super) struct Forecasts<'d> {
    passed: Vec<Passed<'d>>,
}

/// The year's transactions of a forecast before one: label, kind and year are the same.
fn is_of(forecast: &Forecast<'_>, label: &str, kind: &str, year: i32) -> bool {
    forecast.forecast == label && forecast.kind.code() == kind && forecast.year == year
}

impl<'d> Forecasts<'d> {
    /// Judges what the answer says a forecast leaves of a transaction, and notes it for those after it.
    pub(super) fn check(&mut self, day: &OnDay<'_, '_>, deals: &Deals<'_>, deal: &Deal<'d>) -> Result<(), Reason> {
        let (doc, facts) = (deal.doc, day.book.facts);
        let row = row_of(facts, doc);
        let label = doc.forecast.as_ref().map(|coverage| coverage.label.as_str());
        if row.as_ref().is_some_and(|row| row.forecast != label) {
            return Err(Reason::Differs { field: "forecast" });
        }
        let (Some(coverage), Some(label)) = (&doc.forecast, label) else { return Ok(()) };
        let year = doc.date.year();
        let absent = facts.transactions().iter().enumerate().find(|(at, row)| {
            let number = u32::try_from(*at).ok().and_then(|at| at.checked_add(1)).unwrap_or(u32::MAX);
            let same = row.forecast == Some(label) && row.kind.code() == doc.kind && row.date.year() == year;
            same && (row.date, number) < (deal.place.0, deal.place.1) && deals.get(row.id).is_none()
        });
        if let Some((_, row)) = absent {
            return Err(Reason::TermUnshown { id: row.id.to_owned() });
        }
        let bearing = bearing(day, doc, label)?;
        let stated = (coverage.covered, coverage.excess.as_ref());
        let fits = match (&doc.amount, bearing.as_slice()) {
            (None, _) | (_, []) => stated == (Some(false), None),
            (Some(amount), candidates) => candidates.iter().any(|(at, plain)| {
                let Some(forecast) = facts.forecasts().get(*at) else { return false };
                let none = !is_approved(&forecast, doc) || !plain;
                let bounds = self.dealt(*at).map(|before| before + amount.clone());
                (none && stated == (Some(false), None))
                    || (is_approved(&forecast, doc) && is_left(stated, amount, &forecast, bounds))
            }),
        };
        self.passed.push(Passed { doc, bearing });
        if fits { Ok(()) } else { Err(Reason::Differs { field: "forecast" }) }
    }

    /// What was dealt under a forecast for certain: at the least and at the most that the groups allow.
    fn dealt(&self, at: usize) -> [Yuan; 2] {
        self.dealt_until(at, self.passed.len())
    }

    /// The same with the first so many transactions under any forecast.
    fn dealt_until(&self, at: usize, count: usize) -> [Yuan; 2] {
        let mut sums = [Yuan::ZERO, Yuan::ZERO];
        for passed in self.passed.iter().take(count) {
            let out = matches!(passed.doc.case.as_str(), "not_related" | "not_ours" | "exempt");
            let Some(amount) = passed.doc.amount.as_ref().filter(|_| !out) else { continue };
            let Some((_, plain)) = passed.bearing.iter().find(|(one, _)| *one == at) else { continue };
            let [least, most] = &mut sums;
            *most += amount;
            if *plain && passed.bearing.len() == 1 {
                *least += amount;
            }
        }
        sums
    }

    /// The forecasts of an answer against their rows, and against what was dealt where the answer shows all of it.
    pub(super) fn lines(&self, facts: &Facts, stated: &[ForecastDoc], refusals: &mut Vec<Refusal>) {
        if stated.len() != facts.forecasts().len() {
            refusals.push(Refusal::of_all(Reason::Differs { field: "forecasts" }));
        }
        for ((at, row), doc) in facts.forecasts().iter().enumerate().zip(stated) {
            if let Err(reason) = self.line(facts, at, &row, doc) {
                refusals.push(Refusal::of_all(reason));
            }
        }
    }

    fn line(&self, facts: &Facts, at: usize, row: &Forecast<'_>, doc: &ForecastDoc) -> Result<(), Reason> {
        let same = RowRef::new(Table::Forecasts, at).row == doc.row
            && is_of(row, &doc.forecast, &doc.kind, doc.year)
            && facts.id(row.group) == doc.group
            && Yuan::from(row.amount) == doc.amount
            && row.approved.map(Approval::code) == doc.approved.as_deref()
            && row.approved_on == doc.approved_on;
        if !same {
            return Err(Reason::Differs { field: "forecasts" });
        }
        if doc.excess.is_some() != (doc.actual > doc.amount) || doc.excess.is_some() != doc.exceeded_by.is_some() {
            return Err(Reason::Contradiction {});
        }
        let under = facts.transactions().iter().filter(|row| {
            row.forecast == Some(doc.forecast.as_str()) && row.kind.code() == doc.kind && row.date.year() == doc.year
        });
        let shown = |id: &str| self.passed.iter().any(|passed| passed.doc.id == id);
        if under.map(|row| row.id).all(shown) { self.dealt_as_stated(at, doc) } else { Ok(()) }
    }

    /// What the answer, which shows all that may be of the forecast, says was dealt under it.
    fn dealt_as_stated(&self, at: usize, doc: &ForecastDoc) -> Result<(), Reason> {
        let [least, most] = self.dealt(at);
        if doc.actual < least || most < doc.actual {
            return expect("forecasts.actual", &doc.actual.exact(), &least.exact());
        }
        let bearing = |plainly: bool| {
            let of = move |passed: &&Passed<'_>| {
                let plain = passed.bearing.iter().find(|(one, _)| *one == at).map(|(_, plain)| *plain);
                let only = plain == Some(true) && passed.bearing.len() == 1;
                passed.doc.amount.is_some() && if plainly { only } else { plain.is_some() }
            };
            self.passed.iter().filter(of).map(|passed| passed.doc.id.as_str()).collect::<Vec<_>>()
        };
        let (plainly, all) = (bearing(true), bearing(false));
        let listed = |id: &&str| doc.transactions.iter().any(|one| one == id);
        if !plainly.iter().all(listed) || !doc.transactions.iter().all(|id| all.contains(&id.as_str())) {
            return expect("forecasts.transactions", &doc.transactions.join(" "), &all.join(" "));
        }
        if least != most {
            return Ok(());
        }
        let first = (1..=self.passed.len()).find_map(|count| {
            let [running, _] = self.dealt_until(at, count);
            let last = self.passed.get(count.checked_sub(1)?)?;
            (running > doc.amount).then(|| (last.doc.id.clone(), &running - &doc.amount))
        });
        let (by, excess) = first.unzip();
        expect("forecasts.exceeded_by", &told_text(doc.exceeded_by.as_ref()), &told_text(by.as_ref()))?;
        expect("forecasts.excess", &told(doc.excess.as_ref()), &told(excess.as_ref()))
    }
}

fn told_text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| "null".to_owned())
}

/// The forecasts that may bear on a transaction.
fn bearing(day: &OnDay<'_, '_>, doc: &DealDoc, label: &str) -> Result<Vec<(usize, bool)>, Reason> {
    let book = day.book;
    let party = book.id(&doc.counterparty)?;
    if !Kind::from_code(&doc.kind).is_some_and(Kind::is_daily) {
        return Ok(Vec::new());
    }
    let rows = book.facts.forecasts().iter().enumerate();
    let of = rows.filter(|(_, row)| is_of(row, label, &doc.kind, doc.date.year()));
    let member = |(at, row): (usize, Forecast<'_>)| {
        let plain = row.group == party || (!book.is_state_body(row.group) && day.plain.controls(row.group, party));
        let may = plain || (!book.is_state_body(row.group) && reach(book, row.group, day.day()).contains(&party));
        may.then_some((at, plain))
    };
    Ok(of.filter_map(member).collect())
}

/// Whether the board or the shareholders' meeting had approved a forecast on the day of a transaction.
fn is_approved(forecast: &Forecast<'_>, doc: &DealDoc) -> bool {
    matches!(forecast.approved, Some(Approval::Board | Approval::Shareholders))
        && forecast.approved_on.is_none_or(|approved| approved <= doc.date)
}

/// Whether a forecast can leave what is stated, if what is dealt under it with the transaction lies within the bounds.
fn is_left(
    (covered, excess): (Option<bool>, Option<&Yuan>),
    amount: &Yuan,
    forecast: &Forecast<'_>,
    [least, most]: [Yuan; 2],
) -> bool {
    let whole = Yuan::from(forecast.amount);
    let beyond = |total: &Yuan| (total - &whole).min(amount.clone());
    match (covered, excess) {
        (Some(true) | None, None) => least <= whole,
        (Some(false), Some(excess)) => excess.is_positive() && beyond(&least) <= *excess && *excess <= beyond(&most),
        _ => false,
    }
}
