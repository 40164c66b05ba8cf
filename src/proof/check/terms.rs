//! Adding up over twelve months (article 16): the terms of both sums, what is left out of them, and the tops.

use super::book::Set;
use super::dealing_answer::{TermDoc, TransactionDoc};
use super::ledger::{Deal, Deals, OnDay, adds, expect, leaves, row_of, told};
use super::reach::reach;
use super::reason::Reason;
use crate::facts::{Approval, PartyId, Transaction, Yuan, sub_months};
use chrono::NaiveDate;

/// Whether a day lies in the twelve months that end on `end`: `(end − 12 months, end]`.
pub(super) fn within(day: NaiveDate, end: NaiveDate, months: u32) -> bool {
    sub_months(end, months) < day && day <= end
}

/// Whether the shareholders' meeting had decided on a transaction by a day.
fn is_decided(row: Option<&Transaction<'_>>, day: NaiveDate) -> bool {
    row.is_some_and(|row| {
        row.approved == Some(Approval::Shareholders) && row.approved_on.is_none_or(|approved| approved <= day)
    })
}

/// The sums of one transaction, on its day.
pub(super) struct Sums<'s, 'b, 'a> {
    pub(super) day: &'s OnDay<'b, 'a>,
    pub(super) deals: &'s Deals<'s>,
    pub(super) deal: Deal<'s>,
    pub(super) shown: &'s TransactionDoc,
}

impl Sums<'_, '_, '_> {
    /// Everything about the sums; `counts` where the transaction is added up for certain.
    pub(super) fn check(&self, counts: bool) -> Result<(), Reason> {
        let shown = self.shown;
        let tops = self.tops()?;
        let lists = [(&shown.terms.same_party, true), (&shown.terms.same_subject, false)];
        for (list, party) in lists {
            let mut before = None;
            for term in list {
                let place = self.term(term, party, &tops)?;
                if before.is_some_and(|last| last >= place) {
                    return Err(Reason::NotSorted {});
                }
                before = Some(place);
            }
        }
        if counts {
            self.nothing_missing()?;
        }
        self.totals(counts)?;
        let positive = lists.into_iter().flat_map(|(list, _)| list).filter(|term| term.amount.is_positive());
        let mut counted: Vec<_> = positive.filter_map(|term| self.deals.get(&term.id)).collect();
        counted.sort_by_key(|deal| deal.place);
        counted.dedup_by_key(|deal| deal.place);
        let ids: Vec<&str> = counted.into_iter().map(|deal| deal.doc.id.as_str()).collect();
        expect("counted", &shown.counted.join(" "), &ids.join(" "))
    }

    fn totals(&self, counts: bool) -> Result<(), Reason> {
        let shown = self.shown;
        let own = leaves(&shown.deal).filter(|_| counts);
        let total =
            |terms: &[TermDoc]| own.map(|own| terms.iter().fold(own.clone(), |sum, term| sum + term.amount.clone()));
        let least = |field, stated: &Option<Yuan>, terms: &[TermDoc]| {
            expect(field, &told(stated.as_ref()), &told(total(terms).as_ref()))
        };
        least("same_party", &shown.same_party, &shown.terms.same_party)?;
        least("same_subject", &shown.same_subject, &shown.terms.same_subject)?;
        let terms = || shown.terms.same_party.iter().chain(&shown.terms.same_subject);
        let Some(most) = &shown.at_most else {
            let more = terms().any(|term| term.at_most.is_some()) || (!counts && terms().next().is_some());
            return if more { Err(Reason::Contradiction {}) } else { Ok(()) };
        };
        // What a forecast leaves at the most is not told.
        let own = shown.deal.amount.as_ref().filter(|_| shown.deal.forecast.is_none());
        let Some(own) = own else { return Ok(()) };
        let total = |terms: &[TermDoc]| {
            let each = terms.iter().map(|term| term.at_most.as_ref().unwrap_or(&term.amount));
            each.fold(own.clone(), |sum, amount| sum + amount.clone())
        };
        expect("at_most.same_party", &told(most.same_party.as_ref()), &total(&shown.terms.same_party).exact())?;
        expect("at_most.same_subject", &told(most.same_subject.as_ref()), &total(&shown.terms.same_subject).exact())
    }

    /// One term; where it stands in the order.
    fn term(&self, term: &TermDoc, party: bool, tops: &Set) -> Result<super::ledger::Place, Reason> {
        let id = || term.id.clone();
        let (book, own) = (self.day.book, &self.shown.deal);
        let earlier = self.deals.get(&term.id).ok_or_else(|| Reason::TermUnshown { id: id() })?;
        let other = earlier.doc;
        let months = book.claim.numbers.cumulation_months;
        if earlier.place >= self.deal.place || !within(other.date, own.date, months) {
            return Err(Reason::TermNotEarlier { id: id() });
        }
        if is_decided(row_of(book.facts, other).as_ref(), own.date) {
            return Err(Reason::TermDecided { id: id() });
        }
        if !party && !self.is_same_subject(other.kind.as_str(), other.subject_matter.as_deref()) {
            return Err(Reason::TermOtherSubject { id: id() });
        }
        let adds = adds(other);
        if term.at_most.is_none() && adds.is_none() {
            return Err(Reason::TermNotCounted { id: id() });
        }
        if term.at_most.as_ref().is_some_and(|most| *most <= term.amount || other.amount.as_ref() < Some(most)) {
            return Err(Reason::TermAmount { id: id(), expected: told(other.amount.as_ref()) });
        }
        let (one, another) = (book.id(&own.counterparty)?, book.id(&other.counterparty)?);
        let open = !term.amount.is_positive() && term.at_most.is_some() && party;
        if open && !self.day.plain.share(one, another) {
            return Ok(earlier.place);
        }
        let expected = adds.cloned().unwrap_or_default();
        if term.amount != expected {
            return Err(Reason::TermAmount { id: id(), expected: expected.exact() });
        }
        if party && one != another && term.amount.is_positive() {
            self.linked(term, [one, another], tops)?;
        } else if !term.proofs.is_empty() && !party {
            return Err(Reason::WrongPremises {});
        }
        Ok(earlier.place)
    }

    /// That one top named controls both counterparties, or is one of them.
    fn linked(&self, term: &TermDoc, parties: [PartyId; 2], tops: &Set) -> Result<(), Reason> {
        let unlinked = || Reason::TermNotLinked { id: term.id.clone() };
        let top = self.day.book.id(term.top.as_deref().ok_or_else(unlinked)?)?;
        if self.day.book.is_state_body(top) {
            return Err(Reason::StateBody { party: self.day.book.name(top) });
        }
        if !tops.contains(&top) {
            return Err(unlinked());
        }
        for party in parties.into_iter().filter(|party| *party != top) {
            let mut shown = false;
            for proof in &term.proofs {
                shown |= self.day.shows_control(*proof, top, party)?;
            }
            if !shown {
                return Err(unlinked());
            }
        }
        Ok(())
    }

    fn is_same_subject(&self, kind: &str, subject: Option<&str>) -> bool {
        let own = &self.shown.deal;
        let named = own.subject_matter.as_deref().filter(|subject| !subject.trim().is_empty());
        kind == own.kind && named.is_some() && named == subject
    }

    /// That no earlier transaction is left out with the same counterparty, in the same subject matter or, among those
    /// of the answer, with somebody plainly under the same control.
    fn nothing_missing(&self) -> Result<(), Reason> {
        let (book, own) = (self.day.book, &self.shown.deal);
        let party = book.id(&own.counterparty)?;
        let months = book.claim.numbers.cumulation_months;
        for (at, row) in book.facts.transactions().iter().enumerate() {
            let number = u32::try_from(at).ok().and_then(|at| at.checked_add(1)).unwrap_or(u32::MAX);
            let before = (row.date, number) < (self.deal.place.0, self.deal.place.1);
            if !before || !within(row.date, own.date, months) || is_decided(Some(&row), own.date) {
                continue;
            }
            let subject = self.is_same_subject(row.kind.code(), row.subject_matter);
            match self.deals.get(row.id) {
                None if subject || row.counterparty == party => {
                    return Err(Reason::TermUnshown { id: row.id.to_owned() });
                }
                Some(earlier) => self.counted(earlier, row.counterparty, (party, subject))?,
                None => {}
            }
        }
        let proposed = self.deals.all.iter().filter(|deal| deal.doc.row.is_none() && deal.place < self.deal.place);
        for earlier in proposed.filter(|deal| within(deal.doc.date, own.date, months)) {
            let subject = self.is_same_subject(&earlier.doc.kind, earlier.doc.subject_matter.as_deref());
            self.counted(earlier, book.id(&earlier.doc.counterparty)?, (party, subject))?;
        }
        Ok(())
    }

    /// That an earlier transaction that adds something stands in the sums it belongs to.
    fn counted(&self, earlier: &Deal<'_>, other: PartyId, (party, subject): (PartyId, bool)) -> Result<(), Reason> {
        if !adds(earlier.doc).is_some_and(Yuan::is_positive) {
            return Ok(());
        }
        let (terms, id) = (&self.shown.terms, &earlier.doc.id);
        let lacks = |terms: &[TermDoc]| !terms.iter().any(|term| term.id == *id && term.amount.is_positive());
        let missing =
            (lacks(&terms.same_party) && self.day.plain.share(party, other)) || (subject && lacks(&terms.same_subject));
        if missing { Err(Reason::TermMissing { id: id.clone() }) } else { Ok(()) }
    }

    /// The tops named: each may control the counterparty and is not plainly under anybody outside its circle, and
    /// whoever plainly controls the counterparty is one of them or under one.
    fn tops(&self) -> Result<Set, Reason> {
        let (book, day) = (self.day.book, self.day.day());
        let party = book.id(&self.shown.deal.counterparty)?;
        let mut tops = Set::default();
        let mut before: Option<&str> = None;
        for name in &self.shown.tops {
            let top = book.id(name)?;
            let over = !book.is_state_body(top) && reach(book, top, day).contains(&party);
            if top != party && !over {
                return Err(Reason::NotATop { party: name.clone() });
            }
            let above = self.day.plain.above(top);
            if above.iter().any(|x| !book.is_state_body(*x) && !reach(book, top, day).contains(x)) {
                return Err(Reason::TopControlled { party: name.clone() });
            }
            if before.is_some_and(|last| last >= name.as_str()) {
                return Err(Reason::NotSorted {});
            }
            before = Some(name);
            tops.insert(top);
        }
        let mut above = self.day.plain.above(party);
        above.insert(party);
        let covered =
            |x: &PartyId| book.is_state_body(*x) || tops.iter().any(|t| t == x || reach(book, *t, day).contains(x));
        match above.iter().find(|x| !covered(x)) {
            Some(x) if *x != party || tops.is_empty() => Err(Reason::TopMissing { party: book.name(*x) }),
            _ => Ok(tops),
        }
    }
}
