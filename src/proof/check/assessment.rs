//! What transactions set off, judged day by day: each transaction by its own row, day and steps, its sums by the lines
//! of the earlier ones. Those that a sum rests on have to stand in the answer, shown or as `earlier`.
//!
//! What there may be besides what is certain (`possible`, `undetermined`) and the remarks are not judged; of an
//! `earlier` transaction only what it adds is.

use super::answer::AnswerDoc;
use super::book::Book;
use super::coverage::Forecasts;
use super::dealing_answer::AssessDoc;
use super::ledger::{Deal, Deals, OnDay, entry};
use super::plain::Plain;
use super::reason::{Reason, Refusal};
use super::steps::known;
use super::terms::Sums;
use super::{Matter, duties, lines, recusal, relief, room, steps};
use crate::proof::Step;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Checks an answer about what transactions set off. The rule pack and the dataset's digest are for the caller to
/// compare. O(days × rows).
#[must_use]
pub fn check_assessment(matter: &Matter<'_>, answer: &AssessDoc) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let head = &answer.head;
    let claim = matter.on(head.as_of);
    refusals.extend(lines::header(&Book::new(&claim), (&head.subject, head.as_of), &head.switches));
    if head.format != "relata.assess/1" {
        refusals.push(Refusal::of_all(Reason::Header { field: "format" }));
    }
    let deals = Deals::new(answer, &mut refusals);
    let mut steps: BTreeMap<NaiveDate, &[Step]> = BTreeMap::new();
    for of_day in &answer.proofs {
        if steps.insert(of_day.day, &of_day.steps).is_some() {
            refusals.push(Refusal { day: Some(of_day.day), ..Refusal::of_all(Reason::NotSorted {}) });
        }
    }
    let days: BTreeSet<NaiveDate> = deals.all.iter().map(|deal| deal.doc.date).chain(steps.keys().copied()).collect();
    let mut assessed = Assessed { matter, answer, deals: &deals, forecasts: Forecasts::default(), refusals };
    for day in days {
        assessed.day(day, steps.get(&day).copied().unwrap_or_default());
    }
    assessed.proposals();
    let Assessed { forecasts, mut refusals, .. } = assessed;
    forecasts.lines(matter.facts, &answer.forecasts, &mut refusals);
    refusals
}

struct Assessed<'s, 'a> {
    matter: &'s Matter<'a>,
    answer: &'s AssessDoc,
    deals: &'s Deals<'s>,
    forecasts: Forecasts<'s>,
    refusals: Vec<Refusal>,
}

impl Assessed<'_, '_> {
    /// The steps of a day, and the transactions on it in their order.
    fn day(&mut self, day: NaiveDate, steps: &[Step]) {
        let claim = self.matter.on(day);
        let book = Book::new(&claim);
        let deals = self.deals;
        let of_day: Vec<&Deal<'_>> = deals.all.iter().filter(|deal| deal.doc.date == day).collect();
        let standing = AnswerDoc {
            format: "relata.check/1".to_owned(),
            subject: book.name(book.subject()),
            as_of: day,
            rules: self.answer.head.rules.clone(),
            switches: BTreeMap::new(),
            dataset: None,
            related: Vec::new(),
            exempt: Vec::new(),
            parties: of_day.iter().map(|deal| entry(deal.doc)).collect(),
            party: None,
            verdict: None,
            grounds: Vec::new(),
            exempt_proof: None,
            proofs: steps.to_vec(),
        };
        let refused = steps::check(&book, steps).into_iter().chain(lines::check(&book, &standing));
        self.refusals.extend(refused.map(|refusal| Refusal { day: Some(day), ..refusal }));
        let on = OnDay { book: &book, known: known(steps), plain: Plain::new(&book, day, steps) };
        for deal in of_day {
            if let Err(reason) = self.deal(&on, deal) {
                self.refusals.push(Refusal::of_transaction(&deal.doc.id, reason));
            }
        }
    }

    fn deal(&mut self, on: &OnDay<'_, '_>, deal: &Deal<'_>) -> Result<(), Reason> {
        let doc = deal.doc;
        on.row(doc)?;
        on.standing(doc)?;
        let ours = on.ours(doc)?;
        let (code, holds) = relief::relief(on, doc, ours, &self.matter.pack.loan_prime_rates)?;
        let stored = self.deals.get(&doc.id).ok_or(Reason::NotSorted {})?;
        self.forecasts.check(on, self.deals, stored)?;
        let decided = duties::case_of(doc, ours, &code, holds);
        duties::case(doc, decided)?;
        let Some(shown) = deal.shown else { return Ok(()) };
        let sums = Sums { day: on, deals: self.deals, deal: *deal, shown };
        sums.check(decided == "counted")?;
        duties::check(on, shown, decided, (&code, holds))
    }

    /// The room before each proposed transaction, and who must stand aside.
    fn proposals(&mut self) {
        let proposed = self.answer.transactions.iter().filter(|one| one.deal.row.is_none());
        if !proposed.map(|one| &one.deal.id).eq(self.answer.proposals.iter().map(|one| &one.id)) {
            self.refusals.push(Refusal::of_all(Reason::Header { field: "proposals" }));
        }
        for proposal in &self.answer.proposals {
            let shown = self.deals.get(&proposal.id).and_then(|deal| deal.shown);
            let Some(shown) = shown.filter(|shown| shown.deal.row.is_none()) else { continue };
            let claim = self.matter.on(shown.deal.date);
            let book = Book::new(&claim);
            let on = OnDay { book: &book, known: known(&[]), plain: Plain::new(&book, shown.deal.date, &[]) };
            let mut outcome = room::check(&on, self.deals, shown, proposal.headroom.as_ref());
            if proposal.recusal.counterparty != shown.deal.counterparty {
                outcome = Err(Reason::Contradiction {});
            }
            self.refusals.extend(outcome.err().map(|reason| Refusal::of_transaction(&proposal.id, reason)));
            let aside = recusal::body(&book, &proposal.recusal);
            self.refusals.extend(aside.into_iter().map(|refusal| Refusal { day: Some(shown.deal.date), ..refusal }));
        }
    }
}
