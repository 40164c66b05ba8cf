//! All that a party may control, whatever the unknowns are: the least relation of section 2 with everything that
//! brings control at its greatest, and with rivals and denials only where they are certain.
//!
//! It is what an absence is judged by: that a party is not in the company's own group, that nobody but a state body
//! controls both. A proof of control is never judged by it.

use super::book::{Book, Extent::Certain, Extent::Possible, Set};
use super::rivals::{Measured, rival};
use super::votes::votes;
use crate::facts::{Effect, PartyId, PartyKind};
use chrono::NaiveDate;
use dashu_ratio::RBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// One party, what it reaches so far and what it may yet reach.
struct Root {
    party: PartyId,
    reach: Set,
    open: FxHashSet<PartyId>,
    concert: Vec<usize>,
    through: FxHashSet<PartyId>,
}

/// The closure for one or more parties at once, since partners' reach counts for each other.
struct Spread<'b, 'a> {
    book: &'b Book<'a>,
    day: NaiveDate,
    roots: Vec<Root>,
    at: FxHashMap<PartyId, usize>,
}

/// The party and all that it may control on `day`.
pub(super) fn reach(book: &Book<'_>, party: PartyId, day: NaiveDate) -> Rc<Set> {
    if let Some(known) = book.reach.borrow().get(&(party, day)) {
        return Rc::clone(known);
    }
    let mut spread = Spread { book, day, roots: Vec::new(), at: FxHashMap::default() };
    spread.root(party);
    spread.run();
    let mut memo = book.reach.borrow_mut();
    for root in spread.roots {
        memo.insert((root.party, day), Rc::new(root.reach));
    }
    memo.get(&(party, day)).map(Rc::clone).unwrap_or_default()
}

impl Spread<'_, '_> {
    /// Takes the party up among the roots.
    fn root(&mut self, party: PartyId) {
        if self.at.contains_key(&party) || self.book.reach.borrow().contains_key(&(party, self.day)) {
            return;
        }
        let root = Root {
            party,
            reach: Set::default(),
            open: FxHashSet::default(),
            concert: Vec::new(),
            through: FxHashSet::default(),
        };
        self.at.insert(party, self.roots.len());
        self.roots.push(root);
        self.admit(self.roots.len() - 1, party);
    }

    fn run(&mut self) {
        loop {
            let mut changed = false;
            let mut i = 0;
            while i < self.roots.len() {
                changed |= self.round(i);
                i += 1;
            }
            if !changed {
                return;
            }
        }
    }

    /// Tries once every company the root might gain. Whether anything changed.
    fn round(&mut self, i: usize) -> bool {
        let before = (self.roots.len(), self.roots[i].through.len());
        let mut gained: Vec<PartyId> = Vec::new();
        for y in &self.roots[i].through {
            gained.extend(self.known(*y).iter().filter(|z| !self.roots[i].reach.contains(z)));
        }
        let open: Vec<PartyId> = self.roots[i].open.iter().copied().collect();
        for z in open {
            if self.by_votes(i, z) {
                gained.push(z);
            }
        }
        for z in &gained {
            self.admit(i, *z);
        }
        !gained.is_empty() || before != (self.roots.len(), self.roots[i].through.len())
    }

    /// What another party reaches so far.
    fn known(&self, party: PartyId) -> Rc<Set> {
        match self.at.get(&party) {
            Some(i) => Rc::new(self.roots[*i].reach.clone()),
            None => self.book.reach.borrow().get(&(party, self.day)).map(Rc::clone).unwrap_or_default(),
        }
    }

    /// Adds a party to the reach of the root, with all that declarations add to it.
    fn admit(&mut self, i: usize, first: PartyId) {
        let (book, day) = (self.book, self.day);
        let root = &mut self.roots[i];
        let mut queue = vec![first];
        while let Some(m) = queue.pop() {
            if !root.reach.insert(m) {
                continue;
            }
            root.open.remove(&m);
            for (_, row) in book.controls_by(m) {
                let counts = row.effect == Effect::Asserts && (row.joint.is_none() || book.concert_controls());
                if counts && book.in_force(&row.period, day, Possible) {
                    queue.push(row.controlled);
                }
            }
            let held = book.holdings_of(m).filter(|(_, row)| book.in_force(&row.period, day, Possible));
            let given = book.proxies_to(m).filter(|(_, row)| book.in_force(&row.period, day, Possible));
            let companies = held.map(|(_, row)| row.company).chain(given.map(|(_, row)| row.company));
            let fresh: Vec<PartyId> = companies.filter(|z| book.votes_control(*z) && !root.reach.contains(z)).collect();
            root.open.extend(fresh);
            let member = book.concert_of(m).filter(|(_, row)| book.in_force(&row.period, day, Possible));
            root.concert.extend(member.map(|(i, _)| i));
        }
    }

    /// Those who may be in concert about the company with somebody the root reaches.
    fn partners(&self, i: usize, company: PartyId) -> Set {
        let (book, day, root) = (self.book, self.day, &self.roots[i]);
        let mut partners = Set::default();
        if !book.concert_controls() {
            return partners;
        }
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for row in root.concert.iter().filter_map(|i| book.facts.concert().get(*i)) {
            if row.company.is_some_and(|c| c != company) || !seen.insert(row.group) {
                continue;
            }
            // A group may count through a lead that is reached, or because nobody certainly leads it.
            let leads = || book.group(row.group, company).filter(|member| member.lead);
            let led = leads().any(|l| root.reach.contains(&l.member) && book.in_force(&l.period, day, Possible));
            if led || !leads().any(|l| book.in_force(&l.period, day, Certain)) {
                let members = book.group(row.group, company).filter(|m| book.in_force(&m.period, day, Possible));
                partners.extend(members.map(|member| member.member));
            }
        }
        if book.family_counts() {
            let voters = votes(book, company, day);
            let people = voters.keys().filter(|p| book.kind(**p) == PartyKind::Person && root.reach.contains(p));
            for person in people.filter(|p| book.holds(**p, company, day, Possible)) {
                let kin = book.kin(*person, day, Possible);
                partners.extend(kin.into_iter().filter(|k| book.holds(*k, company, day, Possible)));
            }
        }
        partners.retain(|p| !root.reach.contains(p));
        partners
    }

    /// Whether the root may control the company by votes, as far as is known yet.
    fn by_votes(&mut self, i: usize, company: PartyId) -> bool {
        let (book, day) = (self.book, self.day);
        let votes = votes(book, company, day);
        if !votes.iter().any(|(holder, share)| share.perhaps && self.roots[i].reach.contains(holder)) {
            return false;
        }
        let partners = self.partners(i, company);
        for partner in &partners {
            self.root(*partner);
        }
        let theirs: Vec<Rc<Set>> = partners.iter().map(|partner| self.known(*partner)).collect();
        let reach = &self.roots[i].reach;
        let inside = |p: PartyId| p != company && (reach.contains(&p) || theirs.iter().any(|their| their.contains(&p)));
        let most =
            votes.iter().filter(|(holder, _)| inside(**holder)).fold(RBig::ZERO, |sum, (_, share)| sum + &share.most);
        let numbers = &book.claim.numbers;
        if most > *numbers.control_majority.value() {
            return true;
        }
        if !book.is_listed(company) || !book.reads("defacto_30", "on") || most <= *numbers.control_presumption.value() {
            return false;
        }
        let block = Measured { inside: &inside, votes: &most, open: false };
        if rival(book, (company, day), &votes, &block, Certain).is_some() {
            return false;
        }
        let party = self.roots[i].party;
        let denied = book.controls_of(company).any(|(_, row)| {
            row.controller == party && row.effect == Effect::Denies && book.in_force(&row.period, day, Certain)
        });
        if denied {
            // The denial is about this controller alone: what it controls may control the company all the same.
            let others: Vec<PartyId> = self.roots[i].reach.iter().copied().filter(|y| *y != party).collect();
            for y in others {
                self.root(y);
                self.roots[i].through.insert(y);
            }
        }
        !denied
    }
}

/// All that might stand above a party, generously: whoever may hold votes in it, or declare control of it, and so on
/// upwards. Whoever may control the party is among them, since control needs some votes or a declaration.
pub(super) fn above(book: &Book<'_>, party: PartyId, day: NaiveDate) -> Rc<Set> {
    if let Some(known) = book.above.borrow().get(&(party, day)) {
        return Rc::clone(known);
    }
    let mut found = Set::default();
    let mut queue = vec![party];
    while let Some(z) = queue.pop() {
        if !found.insert(z) {
            continue;
        }
        queue.extend(
            book.controls_of(z)
                .filter(|(_, row)| row.effect == Effect::Asserts && book.in_force(&row.period, day, Possible))
                .map(|(_, row)| row.controller),
        );
        if book.votes_control(z) {
            queue.extend(votes(book, z, day).iter().filter(|(_, share)| share.perhaps).map(|(holder, _)| *holder));
        }
    }
    found.remove(&party);
    let found = Rc::new(found);
    book.above.borrow_mut().insert((party, day), Rc::clone(&found));
    found
}

/// The organisations, state bodies apart, that may control the subject.
pub(super) fn heads(book: &Book<'_>, day: NaiveDate) -> Rc<Vec<PartyId>> {
    if let Some(known) = book.heads.borrow().get(&day) {
        return Rc::clone(known);
    }
    let subject = book.subject();
    let mut heads: Vec<PartyId> = above(book, subject, day)
        .iter()
        .copied()
        .filter(|g| book.kind(*g).is_organisation() && !book.is_state_body(*g))
        .filter(|g| reach(book, *g, day).contains(&subject))
        .collect();
    heads.sort_unstable();
    let heads = Rc::new(heads);
    book.heads.borrow_mut().insert(day, Rc::clone(&heads));
    heads
}
