//! The transactions of an answer beside the rows of the dataset, and where each stands on its own day.

use super::answer::CheckedEntry;
use super::book::Book;
use super::dealing_answer::{AssessDoc, DealDoc, TransactionDoc};
use super::plain::Plain;
use super::reason::{Reason, Refusal};
use super::steps::Known;
use crate::facts::{Facts, Kind, PartyId, Transaction, Yuan};
use crate::proof::Conclusion;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Where a transaction stands in the order of date, then row; proposed ones come last on their day.
pub(super) type Place = (NaiveDate, u32, usize);

/// One transaction of an answer.
#[derive(Clone, Copy)]
pub(super) struct Deal<'d> {
    pub(super) place: Place,
    pub(super) doc: &'d DealDoc,
    /// With its sums, where the answer is about it.
    pub(super) shown: Option<&'d TransactionDoc>,
}

/// The transactions of an answer in their order.
pub(super) struct Deals<'d> {
    pub(super) all: Vec<Deal<'d>>,
    by_id: FxHashMap<&'d str, Deal<'d>>,
}

impl<'d> Deals<'d> {
    /// Those shown and those beside them; refused are those out of order, and those that stand twice.
    pub(super) fn new(answer: &'d AssessDoc, refusals: &mut Vec<Refusal>) -> Self {
        let mut deals = Self { all: Vec::new(), by_id: FxHashMap::default() };
        let shown = answer.transactions.iter().map(|one| (&one.deal, Some(one)));
        let earlier = answer.earlier.iter().map(|one| (one, None));
        let lists: [Vec<_>; 2] = [shown.collect(), earlier.collect()];
        for list in lists {
            let mut before: Option<Place> = None;
            for (at, (doc, shown)) in list.into_iter().enumerate() {
                let place = (doc.date, doc.row.unwrap_or(u32::MAX), at);
                let deal = Deal { place, doc, shown };
                if before.is_some_and(|last| last >= place) || deals.by_id.insert(&doc.id, deal).is_some() {
                    refusals.push(Refusal::of_transaction(&doc.id, Reason::NotSorted {}));
                }
                before = Some(place);
                deals.all.push(deal);
            }
        }
        deals.all.sort_by_key(|deal| deal.place);
        deals
    }

    pub(super) fn get(&self, id: &str) -> Option<&Deal<'d>> {
        self.by_id.get(id)
    }
}

/// The row of a transaction, where it has one.
pub(super) fn row_of<'f>(facts: &'f Facts, doc: &DealDoc) -> Option<Transaction<'f>> {
    let at = usize::try_from(doc.row?.checked_sub(1)?).ok()?;
    facts.transactions().get(at)
}

/// What the transaction adds to later sums for certain, by its own line.
pub(super) fn adds(doc: &DealDoc) -> Option<&Yuan> {
    if matches!(doc.case.as_str(), "not_related" | "not_ours" | "exempt" | "guarantee") {
        return None;
    }
    leaves(doc)
}

/// What its forecast leaves of the amount.
pub(super) fn leaves(doc: &DealDoc) -> Option<&Yuan> {
    match &doc.forecast {
        Some(coverage) if coverage.covered != Some(false) => None,
        Some(coverage) => coverage.excess.as_ref().or(doc.amount.as_ref()),
        None => doc.amount.as_ref(),
    }
}

/// The standing of the counterparty as a line of a check.
pub(super) fn entry(doc: &DealDoc) -> CheckedEntry {
    let verdict = match doc.related {
        Some(true) => "related",
        Some(false) => "not_related",
        None => "undetermined",
    };
    CheckedEntry {
        party: doc.counterparty.clone(),
        verdict: verdict.to_owned(),
        grounds: doc.grounds.clone(),
        exempt_proof: None,
    }
}

/// One day with its steps.
pub(super) struct OnDay<'b, 'a> {
    pub(super) book: &'b Book<'a>,
    pub(super) known: Known<'b>,
    pub(super) plain: Plain<'b, 'a>,
}

impl OnDay<'_, '_> {
    pub(super) fn day(&self) -> NaiveDate {
        self.book.claim.as_of
    }

    /// Whether a step shows that one party controls another.
    pub(super) fn shows_control(&self, proof: u32, one: PartyId, other: PartyId) -> Result<bool, Reason> {
        let step = self.known.get(&proof).ok_or(Reason::NoSuchProof { proof })?;
        Ok(match &step.conclusion {
            Conclusion::Controls { controller, controlled, day, .. } => {
                *day == self.day() && (self.book.id(controller)?, self.book.id(controlled)?) == (one, other)
            }
            _ => false,
        })
    }

    /// That the transaction is that of its row, or that there is none with its id.
    pub(super) fn row(&self, doc: &DealDoc) -> Result<(), Reason> {
        let (book, facts) = (self.book, self.book.facts);
        let party = book.id(&doc.counterparty)?;
        let category = if book.kind(party).is_organisation() { "organisation" } else { "person" };
        hold("category", doc.category == category)?;
        let none = || Reason::NoSuchTransaction { id: doc.id.clone() };
        if doc.row.is_none() {
            Kind::from_code(&doc.kind).ok_or(Reason::Differs { field: "kind" })?;
            let taken = facts.transactions().iter().any(|row| row.id == doc.id);
            return if taken { Err(Reason::Differs { field: "row" }) } else { Ok(()) };
        }
        let row = row_of(facts, doc).filter(|row| row.id == doc.id).ok_or_else(none)?;
        hold("date", row.date == doc.date)?;
        hold("counterparty", row.counterparty == party)?;
        hold("side", row.side.unwrap_or(book.subject()) == book.id(&doc.side)?)?;
        hold("kind", row.kind.code() == doc.kind)?;
        hold("subject_matter", row.subject_matter == doc.subject_matter.as_deref())?;
        hold("amount", row.yuan() == doc.amount)
    }

    /// That no step shows a ground of a party that is not called related.
    pub(super) fn standing(&self, doc: &DealDoc) -> Result<(), Reason> {
        let grounded = self.known.values().any(|step| match &step.conclusion {
            Conclusion::Ground { party, day, .. } => *party == doc.counterparty && *day == self.day(),
            Conclusion::Deemed { party, as_of, .. } => *party == doc.counterparty && *as_of == self.day(),
            _ => false,
        });
        if grounded && doc.related != Some(true) { Err(Reason::Contradiction {}) } else { Ok(()) }
    }

    /// Whether our side is the company or shown to be controlled by it.
    pub(super) fn ours(&self, doc: &DealDoc) -> Result<bool, Reason> {
        let (book, side) = (self.book, self.book.id(&doc.side)?);
        match doc.side_proof {
            None if side == book.subject() => Ok(true),
            None if self.plain.controls(book.subject(), side) => Err(Reason::SideShown { party: doc.side.clone() }),
            None => Ok(false),
            Some(proof) if self.shows_control(proof, book.subject(), side)? => Ok(true),
            Some(proof) => Err(Reason::OtherProof { proof }),
        }
    }
}

/// Refuses a field that is not that of the dataset.
fn hold(field: &'static str, same: bool) -> Result<(), Reason> {
    if same { Ok(()) } else { Err(Reason::Differs { field }) }
}

/// Refuses a field that is not as it should be.
pub(super) fn expect(field: &'static str, stated: &str, expected: &str) -> Result<(), Reason> {
    if stated == expected { Ok(()) } else { Err(Reason::Expected { field, expected: expected.to_owned() }) }
}

/// An amount that may be missing, as it is compared and told.
pub(super) fn told(amount: Option<&Yuan>) -> String {
    amount.map_or_else(|| "null".to_owned(), Yuan::exact)
}
