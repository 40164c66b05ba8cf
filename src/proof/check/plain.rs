//! Control that is plain to see: a declaration in force, or one holder with a majority of the votes, upwards step by
//! step. It is less than all control there is for certain, and what an omission is judged by.

use super::book::{Book, Extent, Set};
use super::votes::votes;
use crate::facts::{Effect, PartyId};
use crate::proof::{Conclusion, Step};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Control on one day that needs no proof, and what the steps of that day show.
pub(super) struct Plain<'b, 'a> {
    book: &'b Book<'a>,
    day: NaiveDate,
    /// Controllers shown by steps.
    shown: FxHashMap<PartyId, Vec<PartyId>>,
}

impl<'b, 'a> Plain<'b, 'a> {
    pub(super) fn new(book: &'b Book<'a>, day: NaiveDate, steps: &[Step]) -> Self {
        let mut shown: FxHashMap<PartyId, Vec<PartyId>> = FxHashMap::default();
        for step in steps {
            let Conclusion::Controls { controller, controlled, day: on, .. } = &step.conclusion else { continue };
            if let (Ok(x), Ok(z), true) = (book.id(controller), book.id(controlled), *on == day) {
                shown.entry(z).or_default().push(x);
            }
        }
        Self { book, day, shown }
    }

    fn directly(&self, party: PartyId) -> Vec<PartyId> {
        let (book, day) = (self.book, self.day);
        let declared = book.controls_of(party).filter(|(_, row)| {
            row.effect == Effect::Asserts
                && (row.joint.is_none() || book.concert_controls())
                && book.in_force(&row.period, day, Extent::Certain)
        });
        let mut found: Vec<PartyId> = declared.map(|(_, row)| row.controller).collect();
        if book.votes_control(party) {
            let needed = book.claim.numbers.control_majority.value();
            let votes = votes(book, party, day);
            found.extend(votes.iter().filter(|(_, share)| share.least > *needed).map(|(holder, _)| *holder));
        }
        found.extend(self.shown.get(&party).into_iter().flatten());
        found
    }

    /// Who plainly controls a party.
    pub(super) fn above(&self, party: PartyId) -> Set {
        let mut found = Set::default();
        let mut queue = vec![party];
        while let Some(z) = queue.pop() {
            for x in self.directly(z) {
                if x != party && found.insert(x) {
                    queue.push(x);
                }
            }
        }
        found
    }

    /// Whether one party plainly controls another.
    pub(super) fn controls(&self, one: PartyId, other: PartyId) -> bool {
        self.above(other).contains(&one)
    }

    /// Whether two parties plainly share a top: they are the same, or one that is no state body controls both.
    pub(super) fn share(&self, one: PartyId, other: PartyId) -> bool {
        let with = |party: PartyId| {
            let mut all = self.above(party);
            all.insert(party);
            all
        };
        one == other || with(one).intersection(&with(other)).any(|party| !self.book.is_state_body(*party))
    }
}
