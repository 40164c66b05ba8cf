//! Votes after proxies, each holder's between the least and the most they can be (section 2 with section 10).

use super::book::{Book, Extent};
use crate::facts::{Amount, PartyId};
use chrono::NaiveDate;
use dashu_ratio::RBig;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The votes of one holder in one company.
#[derive(Debug, Clone, Default)]
pub(super) struct Share {
    /// At the least.
    pub(super) least: RBig,
    /// Whether they are certainly more than `least` (some part of unknown size, but above zero).
    pub(super) open: bool,
    /// At the most.
    pub(super) most: RBig,
    /// Whether there may be any.
    pub(super) perhaps: bool,
}

impl Share {
    /// Whether there are some for certain.
    pub(super) fn some(&self) -> bool {
        self.open || self.least > RBig::ZERO
    }
}

/// Everybody's votes in one company on one day.
pub(super) type Votes = FxHashMap<PartyId, Share>;

fn smaller(a: &RBig, b: &RBig) -> RBig {
    if a < b { a.clone() } else { b.clone() }
}

fn rest(from: &RBig, taken: &RBig) -> RBig {
    if from > taken { from - taken } else { RBig::ZERO }
}

/// What the known holders leave of 100 %: the most that an unknown amount can be.
fn left(book: &Book<'_>, company: PartyId, day: NaiveDate) -> RBig {
    let known = book
        .holdings_in(company)
        .filter(|(_, row)| book.in_force(&row.period, day, Extent::Certain))
        .fold(RBig::ZERO, |sum, (_, row)| sum + row.percent.least().value());
    rest(&RBig::from(100), &known)
}

/// The votes in `company` on `day`.
pub(super) fn votes(book: &Book<'_>, company: PartyId, day: NaiveDate) -> Rc<Votes> {
    if let Some(known) = book.votes.borrow().get(&(company, day)) {
        return Rc::clone(known);
    }
    let mut votes = Votes::default();
    let left = left(book, company, day);
    for (_, row) in book.holdings_in(company) {
        // Shares a company holds in itself carry no votes, and so none can be passed on.
        if row.holder == company || !book.in_force(&row.period, day, Extent::Possible) {
            continue;
        }
        let share = votes.entry(row.holder).or_default();
        let unknown = row.votes().greatest().is_none();
        let most = row.votes().greatest().map_or_else(|| left.clone(), |most| most.value().clone());
        share.perhaps |= unknown || most > RBig::ZERO;
        share.most = &share.most + most;
        if book.in_force(&row.period, day, Extent::Certain) {
            share.least = &share.least + row.votes().least().value();
            share.open |= unknown;
        }
    }
    for (_, row) in book.proxies_about(company) {
        if row.principal != row.agent && book.in_force(&row.period, day, Extent::Possible) {
            let certain = book.in_force(&row.period, day, Extent::Certain);
            pass(&mut votes, company, (row.principal, row.agent), row.votes_percent.as_ref(), certain);
        }
    }
    let votes = Rc::new(votes);
    book.votes.borrow_mut().insert((company, day), Rc::clone(&votes));
    votes
}

/// Moves the votes of one proxy. The principal keeps at the least what is left if it takes the most it can, the
/// agent gets at the least what a certain proxy passes at the least.
fn pass(votes: &mut Votes, company: PartyId, (from, to): (PartyId, PartyId), amount: Option<&Amount>, certain: bool) {
    let Some(giver) = votes.get_mut(&from) else { return };
    let before = giver.clone();
    let most = amount.and_then(Amount::greatest).map(|p| p.value());
    let least = amount.map(|a| a.least().value());
    let mut passed = Share { perhaps: before.perhaps, ..Share::default() };
    passed.most = most.map_or_else(|| before.most.clone(), |most| smaller(most, &before.most));
    match most {
        Some(most) if *most <= before.least => giver.least = &before.least - most,
        _ => (giver.least, giver.open) = (RBig::ZERO, false),
    }
    if certain {
        match (amount, least) {
            (Some(amount), Some(least)) => {
                passed.least = smaller(least, &before.least);
                passed.open = if matches!(amount, Amount::Unknown) {
                    before.some()
                } else {
                    before.open && *least > before.least
                };
                giver.most = rest(&before.most, least);
            }
            _ => {
                (passed.least, passed.open) = (before.least.clone(), before.open);
                (giver.most, giver.perhaps) = (RBig::ZERO, false);
            }
        }
    }
    // Votes given to the company itself are lost.
    if to != company {
        let taker = votes.entry(to).or_default();
        taker.least = &taker.least + passed.least;
        taker.most = &taker.most + passed.most;
        taker.open |= passed.open;
        taker.perhaps |= passed.perhaps;
    }
}
