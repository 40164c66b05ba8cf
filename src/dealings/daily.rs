//! Daily business of a year (articles 21 to 27): forecasts and what they needed, what was dealt, the table to publish.

use super::{Assessments, Case, Duty, NetAssets, checks, duties};
use crate::facts::{Approval, Kind, PartyId, PartyKind, Yuan};
use crate::graph::Side;
use crate::register::{Question, Resolver};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Whom a line of the table to publish is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// A party by itself: what is dealt with it reaches the threshold of publication.
    Itself(PartyId),
    /// Others under the common control of this top.
    Merged(PartyId),
}

/// A line of the table to publish (article 21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The kind of business.
    pub kind: Kind,
    /// Whom it is about.
    pub line: Line,
    /// The parties in it, by id.
    pub parties: Vec<PartyId>,
    /// What was forecast for them; none where nothing was.
    pub forecast: Option<Yuan>,
    /// What was dealt, at the least.
    pub actual: Yuan,
}

/// What a forecast itself had to go through (articles 13 to 15 and 25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastDuties {
    /// Its place among the forecasts.
    pub forecast: usize,
    /// The case its amount falls under by itself; `Major` at the most where net assets are not known.
    pub case: Case,
    /// Whether net assets are known, on which the case depends.
    pub is_certain: bool,
    /// What is due for certain and not recorded as done.
    pub outstanding: Vec<Duty>,
}

/// Daily business of one year.
#[derive(Debug, Clone)]
pub struct Daily {
    /// The year.
    pub year: i32,
    /// The forecasts of the year, by row.
    pub forecasts: Vec<ForecastDuties>,
    /// Agreements whose three years end in the year, with the day: places among the transactions.
    pub renewals: Vec<(usize, NaiveDate)>,
    /// Agreements of the year without a total amount: places among the transactions.
    pub without_total: Vec<usize>,
    /// The table to publish, by kind, then by whom it is about.
    pub published: Vec<Published>,
}

/// What is dealt with one party in one kind of business.
#[derive(Default)]
struct Business {
    forecast: Option<Yuan>,
    actual: Yuan,
}

/// Daily business of the question's year. O(transactions × tops).
#[must_use]
pub fn daily(resolver: &Resolver<'_>, question: &Question, assessments: &Assessments) -> Daily {
    let (facts, year) = (resolver.facts(), question.as_of.year());
    let numbers = question.pack.numbers(question.as_of);
    let mut found =
        Daily { year, forecasts: Vec::new(), renewals: Vec::new(), without_total: Vec::new(), published: Vec::new() };
    let mut business: BTreeMap<(Kind, PartyId), Business> = BTreeMap::new();
    for (at, standing) in assessments.forecasts.iter().enumerate().filter(|(_, one)| one.forecast.year == year) {
        let forecast = &standing.forecast;
        let amount = Yuan::from(forecast.amount);
        let day = forecast.approved_on.or_else(|| NaiveDate::from_ymd_opt(year, 1, 1)).unwrap_or(question.as_of);
        let net_assets = NetAssets::on(facts, question.subject, day).map(|net| net.absolute());
        // A person stands for itself where nothing was dealt with its companies.
        let counterparty = |deal: usize| assessments.all.get(deal).map(|found| found.deal.transaction.counterparty);
        let is_person = facts.kind(forecast.group) == PartyKind::Person
            && standing.lines.iter().all(|line| counterparty(line.deal) == Some(forecast.group));
        let reached = |unknown| duties::reached(&amount, is_person, net_assets.as_ref(), unknown, numbers);
        let done = checks::done(forecast.approved.unwrap_or(Approval::None));
        let outstanding = checks::missing_steps(&reached(false).duties(forecast.kind), done);
        let (case, is_certain) = (reached(true), reached(true) == reached(false));
        found.forecasts.push(ForecastDuties { forecast: at, case, is_certain, outstanding });
        let known = business.entry((forecast.kind, forecast.group)).or_default();
        known.forecast = Some(known.forecast.take().unwrap_or_default() + amount);
    }
    for (at, assessment) in assessments.all.iter().enumerate() {
        let transaction = &assessment.deal.transaction;
        let left_out = matches!(assessment.case[0], Case::NotRelated | Case::NotOurs | Case::Exempt);
        if !transaction.kind.is_daily() || left_out {
            continue;
        }
        if let Some(ends) = transaction.ends {
            let due = checks::renewals(transaction.date, ends, numbers.agreement_years);
            found.renewals.extend(due.into_iter().filter(|day| day.year() == year).map(|day| (at, day)));
        }
        if transaction.date.year() != year {
            continue;
        }
        match &assessment.deal.amount {
            None => found.without_total.push(at),
            Some(amount) => {
                business.entry((transaction.kind, transaction.counterparty)).or_default().actual += amount;
            }
        }
    }
    found.renewals.sort_by_key(|(_, due)| *due);
    found.published = published(resolver, question, business);
    found
}

/// Puts parties that reach the threshold of publication on lines of their own, the others together by common control.
fn published(
    resolver: &Resolver<'_>,
    question: &Question,
    business: BTreeMap<(Kind, PartyId), Business>,
) -> Vec<Published> {
    let facts = resolver.facts();
    let numbers = question.pack.numbers(question.as_of);
    let net_assets = NetAssets::on(facts, question.subject, question.as_of).map(|net| net.absolute());
    let mut control = resolver.common_control(question, Side::Least);
    let mut lines: BTreeMap<(Kind, Line), Published> = BTreeMap::new();
    for ((kind, party), of) in business {
        let largest = of.forecast.clone().unwrap_or_default().max(of.actual.clone());
        let is_person = facts.kind(party) == PartyKind::Person;
        // Of net assets that are not known, a party rather stands by itself.
        let case = duties::reached(&largest, is_person, net_assets.as_ref(), true, numbers);
        let line = match case {
            Case::Below => Line::Merged(control.tops(party).first().copied().unwrap_or(party)),
            _ => Line::Itself(party),
        };
        let entry = lines.entry((kind, line)).or_insert_with(|| Published {
            kind,
            line,
            parties: Vec::new(),
            forecast: None,
            actual: Yuan::ZERO,
        });
        entry.parties.push(party);
        entry.actual += &of.actual;
        if let Some(forecast) = of.forecast {
            entry.forecast = Some(entry.forecast.take().unwrap_or_default() + forecast);
        }
    }
    let mut lines: Vec<Published> = lines.into_values().collect();
    for line in &mut lines {
        line.parties.sort_by_key(|party| facts.id(*party));
    }
    lines
}
