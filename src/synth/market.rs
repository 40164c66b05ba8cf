//! The market: groups, listed companies with what is around them, circles, and everything else.

use super::dice::{Purpose, date};
use super::names::EXCHANGES;
use super::plan::{Capital, Plan};
use super::rows::{Day, Ref, Sink, Term, WHOLE};
use super::scribe::Scribe;
use crate::facts::{ControlBasis, PartyKind, Role};
use std::io;
use std::ops::Range;

/// What a cross-holding may take at most.
const CROSS: u32 = 40_000;

/// Writes a market.
pub(super) struct Market<'s, S: Sink + ?Sized> {
    pub(super) plan: Plan,
    pub(super) scribe: Scribe<'s, S>,
    /// The first director of each planted group: its board follows.
    pub(super) boards: Vec<Option<Ref>>,
    /// Holders of the company at hand.
    pub(super) holders: Vec<Ref>,
    /// Shares of the company at hand.
    pub(super) shares: Vec<u32>,
    /// Relatives that nothing more is said of.
    others: Vec<Ref>,
}

impl<'s, S: Sink + ?Sized> Market<'s, S> {
    pub(super) fn new(plan: Plan, scribe: Scribe<'s, S>) -> Self {
        Self { plan, scribe, boards: Vec::new(), holders: Vec::new(), shares: Vec::new(), others: Vec::new() }
    }

    /// Writes every row.
    pub(super) fn write(mut self) -> io::Result<()> {
        for place in 0..self.plan.count {
            let index = self.plan.index(place);
            let listed = if self.plan.is_listed(index) {
                let choice = self.plan.keys.below(Purpose::Listed, index, EXCHANGES.len() as u32);
                EXCHANGES.get(choice as usize).copied()
            } else {
                None
            };
            self.scribe.organisation(place, self.plan.kind(index), listed)?;
        }
        for order in 0..self.plan.listed.len() {
            let listed = self.at(self.plan.layout(order).listed());
            self.scribe.sink.listed(listed)?;
        }
        let typical = self.at(self.plan.layout(self.typical()).listed());
        self.scribe.sink.subject(typical)?;
        for index in self.plan.nominees.clone() {
            let owner = self.scribe.newcomer()?;
            self.hold(owner, index, WHOLE, 0)?;
        }
        for order in 0..self.plan.groups.len() {
            self.group(order)?;
        }
        for index in self.plan.vehicles.clone() {
            self.member(index, None)?;
        }
        for order in 0..self.plan.listed.len() {
            self.listed(order)?;
        }
        for circle in self.plan.circles() {
            self.circle(circle)?;
        }
        let ring = self.plan.ring.clone();
        if !ring.is_empty() {
            self.circle(ring)?;
        }
        for index in self.plan.market.clone() {
            let parent = self.plan.market_parent(index);
            self.member(index, parent)?;
        }
        Ok(())
    }

    /// The order of a listed company with two or three companies above it, near the middle.
    fn typical(&self) -> usize {
        let count = self.plan.listed.len();
        let orders = (count / 2..count).chain(0..count / 2);
        orders.clone().find(|order| (2..4).contains(&self.plan.layout(*order).above)).unwrap_or(count / 2)
    }

    /// The organisation with this index.
    pub(super) fn at(&self, index: u32) -> Ref {
        Scribe::<'s, S>::organisation_at(self.plan.place(index))
    }

    /// A planted group: its head, held by a state body or a family, and its members.
    fn group(&mut self, order: usize) -> io::Result<()> {
        let start = self.plan.groups.get(order).copied().unwrap_or_default();
        let end = self.plan.groups.get(order + 1).copied().unwrap_or(self.plan.vehicles.start);
        let number = self.plan.keys.below(Purpose::Group, start, 100);
        let owner = if number < 40 {
            let states = self.plan.states.clone();
            let state = self.plan.keys.below(Purpose::Owner, start, states.end - states.start);
            self.at(states.start + state)
        } else {
            self.family()?
        };
        let share = self.scribe.dice.between(510_000, WHOLE);
        self.hold(owner, start, share, 20)?;
        let rest = self.scribe.dice.below(3);
        self.rest(start, WHOLE - share, rest)?;
        let large = end - start > 60;
        let board = self.board(start, owner.person.then_some(owner), large)?;
        self.boards.push(Some(board));
        for index in start + 1..end {
            let parent = self.plan.group_parent(index, start);
            self.member(index, Some(parent))?;
        }
        Ok(())
    }

    /// Companies of which each has a majority of the next.
    fn circle(&mut self, circle: Range<u32>) -> io::Result<()> {
        for index in circle.clone() {
            let next = if index + 1 == circle.end { circle.start } else { index + 1 };
            let share = self.scribe.dice.between(500_100, 700_000);
            let (holder, company) = (self.at(index), self.at(next));
            let term = self.scribe.since();
            self.scribe.holding(holder, company, share, term)?;
            self.holders.clear();
            self.holders.push(holder);
            let rest = self.scribe.dice.below(2);
            self.rest(next, WHOLE - share, rest)?;
            self.officers(next, None)?;
        }
        Ok(())
    }

    /// One company of the mixture: whoever holds it, and its officers. A majority holder is the parent, if one is given.
    pub(super) fn member(&mut self, index: u32, parent: Option<u32>) -> io::Result<()> {
        if self.plan.kind(index) == PartyKind::Partnership {
            return self.partnership(index, parent);
        }
        self.holders.clear();
        let cross = self.plan.cross(index);
        let whole = if cross.is_some() { WHOLE - CROSS } else { WHOLE };
        let mut owner = None;
        match self.plan.capital(index) {
            Capital::Sole => {
                let holder = self.owner(parent)?;
                self.hold(holder, index, WHOLE, 30)?;
                owner = Some(holder);
            }
            Capital::Majority => {
                let holder = self.owner(parent)?;
                let share = self.scribe.dice.between(500_100, whole.min(990_000));
                self.hold(holder, index, share, 30)?;
                let rest = match self.scribe.dice.below(100) {
                    0..42 => 0,
                    42..77 => 1,
                    77..94 => 2,
                    _ => 3,
                };
                self.rest(index, whole - share, rest)?;
                owner = Some(holder);
            }
            Capital::Few => self.few(index, whole, parent)?,
            Capital::Joint => self.joint(index, parent)?,
            Capital::Wide => {
                let holders = self.scribe.dice.pareto(10, self.plan.most_holders());
                let sold = self.scribe.dice.between(500_000, 980_000);
                self.spread(index, sold, holders)?;
            }
            Capital::Bare => {
                if self.scribe.dice.percent(5) {
                    let controller = self.owner(parent)?;
                    let company = self.at(index);
                    let basis =
                        if self.scribe.dice.percent(80) { ControlBasis::Agreement } else { ControlBasis::Trust };
                    self.scribe.control(controller, company, basis, None)?;
                }
            }
        }
        if let Some(other) = cross {
            let share = self.scribe.dice.between(1_000, CROSS);
            let (holder, company) = (self.at(other), self.at(index));
            let term = self.scribe.since();
            self.scribe.holding(holder, company, share, term)?;
        }
        self.officers(index, owner.filter(|owner| owner.person))
    }

    /// Whoever may own a company: the parent if there is one, else a person, seldom a state body.
    fn owner(&mut self, parent: Option<u32>) -> io::Result<Ref> {
        if let Some(parent) = parent {
            return Ok(self.at(parent));
        }
        if self.scribe.dice.permille(8) {
            let states = self.plan.states.clone();
            let state = states.start + self.scribe.dice.below(states.end - states.start);
            return Ok(self.at(state));
        }
        if self.scribe.dice.permille(22) {
            return self.family();
        }
        self.scribe.somebody(22)
    }

    /// A person with a family that nothing more is said of.
    fn family(&mut self) -> io::Result<Ref> {
        let mut others = std::mem::take(&mut self.others);
        others.clear();
        let person = self.scribe.with_family(&mut others);
        self.others = others;
        person
    }

    /// A holding that changes hands so many times in a thousand.
    pub(super) fn hold(&mut self, holder: Ref, index: u32, units: u32, times: u32) -> io::Result<()> {
        let company = self.at(index);
        self.holders.push(holder);
        let Some(change) = self.scribe.change(times) else {
            let term = self.scribe.since();
            return self.scribe.holding(holder, company, units, term);
        };
        let before = self.scribe.before(change);
        self.scribe.holding(holder, company, units, before)?;
        let buyer =
            if holder.person || self.scribe.dice.percent(50) { self.scribe.somebody(30)? } else { self.lower(index)? };
        self.scribe.holding(buyer, company, units, Scribe::<'s, S>::after(change))
    }

    /// An organisation that may hold the one with this index: it stands before.
    pub(super) fn lower(&mut self, index: u32) -> io::Result<Ref> {
        let first = self.plan.states.end;
        if index <= first {
            return self.scribe.somebody(30);
        }
        let vehicles = self.plan.vehicles.clone();
        let found = if index >= vehicles.end && self.scribe.dice.percent(35) {
            vehicles.start + self.scribe.dice.below(vehicles.end - vehicles.start)
        } else {
            first + self.scribe.dice.below(index - first)
        };
        Ok(self.at(found))
    }

    /// A small holder of a company, not one that it has already.
    pub(super) fn small_holder(&mut self, index: u32) -> io::Result<Ref> {
        let chance = self.scribe.dice.below(1000);
        let holder = if chance < 35 {
            let nominees = self.plan.nominees.clone();
            let nominee = nominees.start + self.scribe.dice.below(nominees.end - nominees.start);
            self.at(nominee)
        } else if chance < 215 {
            self.lower(index)?
        } else {
            self.scribe.somebody(18)?
        };
        if self.holders.contains(&holder) || holder == self.at(index) {
            return self.scribe.newcomer();
        }
        Ok(holder)
    }

    /// Some small holders that share a part of what is left.
    pub(super) fn rest(&mut self, index: u32, left: u32, count: u32) -> io::Result<()> {
        let mut left = left;
        for _ in 0..count {
            if left < 200 {
                break;
            }
            let share = self.scribe.dice.between(100, left * 2 / 3);
            left -= share;
            let holder = self.small_holder(index)?;
            self.hold(holder, index, share, 30)?;
        }
        Ok(())
    }

    /// Divides `sold` among `count` holders, by weights from half of `weight(order)` to all of it.
    fn divide(&mut self, sold: u32, count: u32, weight: impl Fn(u32) -> u32) {
        self.shares.clear();
        let mut sum = 0u64;
        for order in 0..count {
            let most = weight(order).max(2);
            let drawn = self.scribe.dice.between(most / 2, most);
            sum += u64::from(drawn);
            self.shares.push(drawn);
        }
        for share in &mut self.shares {
            *share = (u64::from(*share) * u64::from(sold) / sum.max(1)) as u32;
        }
    }

    /// Many holders, the first with most.
    pub(super) fn spread(&mut self, index: u32, sold: u32, count: u32) -> io::Result<()> {
        self.divide(sold, count, |order| 10_000_000 / (order + 3));
        for order in 0..self.shares.len() {
            let share = self.shares.get(order).copied().unwrap_or_default().max(1);
            let holder = self.small_holder(index)?;
            self.hold(holder, index, share, 15)?;
        }
        Ok(())
    }

    /// Two to six holders, none with a majority.
    fn few(&mut self, index: u32, whole: u32, parent: Option<u32>) -> io::Result<()> {
        let count = self.scribe.dice.between(2, 6);
        let halves = count == 2 && whole == WHOLE && self.scribe.dice.percent(20);
        let sold = self.scribe.dice.between(whole * 6 / 10, whole);
        self.divide(sold, count, |_| 1_000);
        for order in 0..self.shares.len() {
            let share = self.shares.get(order).copied().unwrap_or_default().min(500_000);
            let share = if halves { WHOLE / 2 } else { share };
            let holder = match parent {
                Some(parent) if order == 0 => self.at(parent),
                _ if self.scribe.dice.percent(26) => self.lower(index)?,
                _ => self.small_holder(index)?,
            };
            let known = self.holders.contains(&holder);
            let holder = if known { self.scribe.newcomer()? } else { holder };
            self.hold(holder, index, share, if halves { 0 } else { 30 })?;
        }
        if halves && self.scribe.dice.percent(30) {
            let company = self.at(index);
            let label = format!("J{}", company.serial);
            for holder in std::mem::take(&mut self.holders) {
                self.scribe.control(holder, company, ControlBasis::Agreement, Some(&label))?;
            }
        }
        Ok(())
    }

    /// Two to four that hold the same and act together.
    fn joint(&mut self, index: u32, parent: Option<u32>) -> io::Result<()> {
        let count = self.scribe.dice.between(2, 4);
        for order in 0..count {
            let share = WHOLE / count - self.scribe.dice.below(10_000);
            let holder = match parent {
                Some(parent) if order == 0 => self.at(parent),
                _ => self.small_holder(index)?,
            };
            let term = self.scribe.since();
            self.holders.push(holder);
            let company = self.at(index);
            self.scribe.holding(holder, company, share, term)?;
        }
        let (company, lead) = (self.at(index), self.scribe.dice.percent(30));
        let holders = std::mem::take(&mut self.holders);
        self.scribe.concert(&holders, company, lead)?;
        self.holders = holders;
        Ok(())
    }

    /// A partnership: its executive partner has little of the capital and all of the power.
    pub(super) fn partnership(&mut self, index: u32, executive: Option<u32>) -> io::Result<()> {
        self.holders.clear();
        let executive = match executive {
            Some(executive) => self.at(executive),
            None if self.scribe.dice.percent(50) => self.lower(index)?,
            None => self.scribe.somebody(25)?,
        };
        self.partners(index, executive, 2)
    }

    /// The partners of a partnership with this executive partner, at least so many besides; others may have up to a
    /// tenth of the capital already.
    pub(super) fn partners(&mut self, index: u32, executive: Ref, least: u32) -> io::Result<()> {
        let company = self.at(index);
        let share = self.scribe.dice.between(1_000, 20_000);
        self.hold(executive, index, share, 0)?;
        self.scribe.control(executive, company, ControlBasis::GeneralPartner, None)?;
        if !executive.person {
            let delegate = self.scribe.somebody(40)?;
            self.scribe.post(delegate, company, Role::PartnerDelegate)?;
        }
        let count = self.scribe.dice.between(least, least + 4);
        self.divide(WHOLE / 10 * 9 - share, count, |_| 1_000);
        for order in 0..self.shares.len() {
            let share = self.shares.get(order).copied().unwrap_or_default();
            let holder = self.small_holder(index)?;
            self.hold(holder, index, share, 30)?;
        }
        Ok(())
    }

    /// A period that began on this day and is open.
    pub(super) fn fixed(from: i32) -> Term {
        Term { from: Day::On(date(from)), ..Term::ALWAYS }
    }
}
