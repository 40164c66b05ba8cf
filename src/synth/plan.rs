//! Which organisations there are and who is whose parent, computed from the index alone.
//!
//! Organisations have an *index* here. A holder's index is below that of what it holds, except in the circles and the
//! cross-holdings that are meant to be there; so nothing else is a circle. The *place* in the dataset is the index
//! shuffled, since no register stands in the order of its groups.

use super::dice::{Keys, Purpose};
use crate::facts::PartyKind;
use std::ops::Range;

/// How the capital of an organisation is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capital {
    /// One owner.
    Sole,
    /// A majority holder, and small ones.
    Majority,
    /// Two to six holders, none with a majority.
    Few,
    /// Two to four that hold the same and act together.
    Joint,
    /// Many holders.
    Wide,
    /// Nobody on record.
    Bare,
}

/// What lies around a listed company: its organisations stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Index of the first.
    pub(super) start: u32,
    /// Companies above it, the topmost first.
    pub(super) above: u32,
    /// Holders of their own: the partnership of the staff, and vehicles.
    pub(super) beside: u32,
    /// Its subsidiaries.
    pub(super) below: u32,
    /// Companies of its insiders and their families.
    pub(super) around: u32,
}

impl Layout {
    /// The listed company.
    pub(super) fn listed(self) -> u32 {
        self.start + self.above + self.beside
    }

    /// The first company of insiders.
    pub(super) fn around_start(self) -> u32 {
        self.listed() + 1 + self.below
    }

    /// How many organisations.
    pub(super) fn len(self) -> u32 {
        self.above + self.beside + 1 + self.below + self.around
    }
}

/// Companies of the planted circle.
pub(super) const RING: u32 = 500;
/// Sizes of the small majority circles, over and over.
const CIRCLES: &[u32] = &[3, 2, 23, 2, 4, 2, 2, 5, 2, 2, 3, 2, 8, 2, 3, 2, 2, 13, 2, 4];
/// No group is planted with more companies than this.
const LARGEST: u32 = 60_000;
/// Nor with fewer.
const SMALLEST: u32 = 8;

/// The organisations of a market.
pub(super) struct Plan {
    pub(super) keys: Keys,
    /// How many there are.
    pub(super) count: u32,
    pub(super) nominees: Range<u32>,
    pub(super) states: Range<u32>,
    /// Where each planted group begins; the groups end where the vehicles begin.
    pub(super) groups: Vec<u32>,
    /// Funds and investment companies.
    pub(super) vehicles: Range<u32>,
    /// Where the surroundings of each listed company begin.
    pub(super) listed: Vec<u32>,
    pub(super) circles: Range<u32>,
    pub(super) ring: Range<u32>,
    /// Everything else.
    pub(super) market: Range<u32>,
    /// How often, of a thousand, a company of the market has a company as its owner.
    owners: u32,
    step: u64,
    back: u64,
}

impl Plan {
    /// About `count` organisations, of which `listed` are listed companies.
    pub(super) fn new(keys: Keys, count: u32, listed: Option<u32>) -> Self {
        let listed = listed.unwrap_or(count / 800).max(1);
        let nominees = 0..(count / 800_000).clamp(1, 40);
        let states = nominees.end..nominees.end + (count / 8_000).clamp(3, 1_000);
        let mut groups = Vec::new();
        let mut next = states.end;
        let largest = (count / 100).min(LARGEST);
        for order in 1.. {
            let size = largest / order;
            if size < SMALLEST && order > 3 {
                break;
            }
            groups.push(next);
            next += size.max(3);
        }
        let vehicles = next..next + (count / 200).max(4);
        next = vehicles.end;
        let mut plan = Self {
            keys,
            count,
            nominees,
            states,
            groups,
            vehicles,
            listed: Vec::with_capacity(listed as usize),
            circles: 0..0,
            ring: 0..0,
            market: 0..0,
            owners: 0,
            step: 1,
            back: 1,
        };
        for order in 0..listed {
            plan.listed.push(next);
            next += plan.layout_from(order, next).len();
        }
        let sets = count / 2_000;
        let per_round: u32 = CIRCLES.iter().sum();
        let rest: u32 = CIRCLES.iter().take(sets as usize % CIRCLES.len()).sum();
        plan.circles = next..next + sets / CIRCLES.len() as u32 * per_round + rest;
        next = plan.circles.end;
        plan.ring = next..next + if count >= 10 * RING { RING } else { 0 };
        next = plan.ring.end;
        // Pairs of the market stand at even distances from its beginning.
        plan.market = next..count.max(next + 2);
        plan.count = plan.market.end;
        // One majority holder in three is a company; the groups have more than their share of those.
        let grouped = u64::from(plan.circles.end - plan.states.end);
        let wanted = (u64::from(plan.count) / 3).saturating_sub(grouped) * 1000;
        plan.owners = (wanted / u64::from(plan.market.end - plan.market.start)) as u32;
        plan.shuffle();
        plan
    }

    /// Chooses a step that visits every place once.
    fn shuffle(&mut self) {
        let count = u64::from(self.count);
        let mut step = (count * 618 / 1000) | 1;
        while common_divisor(step, count) != 1 {
            step += 1;
        }
        self.step = step % count;
        self.back = inverse(self.step, count);
    }

    /// Where the organisation with this index stands.
    pub(super) fn place(&self, index: u32) -> u32 {
        (u64::from(index) * self.step % u64::from(self.count)) as u32
    }

    /// Which organisation stands there.
    pub(super) fn index(&self, place: u32) -> u32 {
        (u64::from(place) * self.back % u64::from(self.count)) as u32
    }

    /// The surroundings of the listed company of this order.
    pub(super) fn layout(&self, order: usize) -> Layout {
        let start = self.listed.get(order).copied().unwrap_or_default();
        self.layout_from(order as u32, start)
    }

    fn layout_from(&self, order: u32, start: u32) -> Layout {
        let above = match self.keys.below(Purpose::Layout, order, 100) {
            0..30 => 0,
            30..55 => 1,
            55..73 => 2,
            73..85 => 3,
            85..93 => 4,
            93..97 => 5,
            _ => 6,
        };
        Layout {
            start,
            above,
            beside: 1 + self.keys.below(Purpose::Listed, order, 3),
            below: self.keys.pareto(Purpose::Group, order, 5, (self.count / 200).clamp(10, 600)),
            around: 3 + self.keys.below(Purpose::Cross, order | 1 << 31, 10),
        }
    }

    /// The order of the listed company whose surroundings this index lies in.
    fn surroundings(&self, index: u32) -> Option<usize> {
        if !(self.vehicles.end..self.circles.start).contains(&index) {
            return None;
        }
        self.listed.partition_point(|start| *start <= index).checked_sub(1)
    }

    /// The most holders of one company: 3,000, fewer in a small market.
    pub(super) fn most_holders(&self) -> u32 {
        (self.count / 4).clamp(20, 3_000)
    }

    /// Whether this is a listed company.
    pub(super) fn is_listed(&self, index: u32) -> bool {
        self.surroundings(index).is_some_and(|order| self.layout(order).listed() == index)
    }

    /// How the capital of a company of the mixture is held.
    pub(super) fn capital(&self, index: u32) -> Capital {
        match self.keys.below(Purpose::Capital, index, 10_000) {
            0..3000 => Capital::Sole,
            3000..6800 => Capital::Majority,
            6800..9300 => Capital::Few,
            9300..9650 => Capital::Joint,
            9650..9695 => Capital::Wide,
            _ => Capital::Bare,
        }
    }

    /// Whether the company has one holder that controls it.
    pub(super) fn is_held(&self, index: u32) -> bool {
        matches!(self.capital(index), Capital::Sole | Capital::Majority)
    }

    /// What the organisation is.
    pub(super) fn kind(&self, index: u32) -> PartyKind {
        if self.states.contains(&index) {
            return PartyKind::StateBody;
        }
        let kind = self.keys.below(Purpose::Kind, index, 1000);
        if self.vehicles.contains(&index) {
            return if kind < 400 { PartyKind::Partnership } else { PartyKind::Company };
        }
        if let Some(order) = self.surroundings(index) {
            let layout = self.layout(order);
            let staff = layout.start + layout.above == index;
            return if staff { PartyKind::Partnership } else { PartyKind::Company };
        }
        if self.market.contains(&index) {
            return match self.capital(index) {
                Capital::Few if kind < 40 => PartyKind::Partnership,
                Capital::Bare if kind < 100 => PartyKind::Organisation,
                _ => PartyKind::Company,
            };
        }
        PartyKind::Company
    }

    /// The parent of a member of a group that begins at `start`: an earlier member, mostly one near the head, so that
    /// pyramids are wide and not deep.
    pub(super) fn group_parent(&self, index: u32, start: u32) -> u32 {
        let mut number = self.keys.at(Purpose::Parent, index);
        let span = u64::from(index - start);
        for _ in 0..4 {
            let part = |of: u64, shift: u32| (of * ((number >> shift) & 0xffff)) >> 16;
            let found = start + part(part(part(span, 0), 16), 32) as u32;
            if found == start || self.is_held(found) {
                return found;
            }
            number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        }
        start
    }

    /// The company that holds a company of the market, if one does: one that has children already is likelier.
    pub(super) fn market_parent(&self, index: u32) -> Option<u32> {
        if index <= self.market.start || self.keys.below(Purpose::Owner, index, 1000) >= self.owners {
            return None;
        }
        let mut index = index;
        loop {
            let number = self.keys.at(Purpose::Parent, index);
            let found = if number % 100 < 4 {
                self.in_groups(number >> 8)
            } else {
                let span = u64::from(index - self.market.start);
                self.market.start + (((number >> 32) * span) >> 32) as u32
            };
            let copies = self.keys.below(Purpose::Copy, index, 100) < 60;
            let held = found > self.market.start && self.is_held(found);
            if !(copies && held && self.keys.below(Purpose::Owner, found, 1000) < self.owners) {
                return Some(found);
            }
            index = found;
        }
    }

    /// A member of some planted group that is held within it, large groups more often.
    pub(super) fn in_groups(&self, mut number: u64) -> u32 {
        let span = u64::from(self.vehicles.start - self.states.end);
        for _ in 0..16 {
            let found = self.states.end + (((number & 0xffff_ffff) * span) >> 32) as u32;
            if self.is_held(found) {
                return found;
            }
            number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        }
        self.states.end
    }

    /// The other side of a cross-holding.
    pub(super) fn cross(&self, index: u32) -> Option<u32> {
        let offset = index.checked_sub(self.market.start)?;
        let other = self.market.start + (offset ^ 1);
        let crosses = self.keys.below(Purpose::Cross, offset / 2, 1000) < 10;
        let fits = |index| {
            let capital = self.capital(index);
            matches!(capital, Capital::Majority | Capital::Few) && self.kind(index) == PartyKind::Company
        };
        let parted = || self.market_parent(index) != Some(other) && self.market_parent(other) != Some(index);
        (crosses && other < self.market.end && fits(index) && fits(other) && parted()).then_some(other)
    }

    /// The majority circles: where each begins and how long it is.
    pub(super) fn circles(&self) -> impl Iterator<Item = Range<u32>> + use<> {
        let (mut next, end) = (self.circles.start, self.circles.end);
        CIRCLES.iter().cycle().map_while(move |size| {
            let start = next;
            next += size;
            (next <= end).then_some(start..next)
        })
    }
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What `number` times is one of `modulus`, which has no divisor in common with it.
fn inverse(number: u64, modulus: u64) -> u64 {
    let (mut rest, mut next) = (i128::from(modulus), i128::from(number));
    let (mut before, mut now) = (0i128, 1i128);
    while next != 0 {
        let times = rest / next;
        (rest, next) = (next, rest - times * next);
        (before, now) = (now, before - times * now);
    }
    u64::try_from(before.rem_euclid(i128::from(modulus))).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_indexes_shuffled() {
        for count in [500, 4_000, 40_001] {
            let plan = Plan::new(Keys::new(3), count, None);
            let mut places: Vec<u32> = (0..plan.count).map(|index| plan.place(index)).collect();
            assert!((0..plan.count).all(|index| plan.index(plan.place(index)) == index));
            places.sort_unstable();
            assert!(places.iter().copied().eq(0..plan.count));
        }
    }

    #[test]
    fn parents_stand_before_their_children() {
        let plan = Plan::new(Keys::new(3), 40_000, None);
        for index in plan.market.clone() {
            assert!(plan.market_parent(index).is_none_or(|parent| parent < index));
            assert!(plan.cross(index).is_none_or(|other| plan.cross(other) == Some(index)));
        }
        for index in plan.states.end + 1..plan.states.end + 300 {
            assert!(plan.group_parent(index, plan.states.end) < index);
        }
        assert_eq!(
            plan.circles().map(|circle| circle.len() as u32).sum::<u32>(),
            plan.circles.end - plan.circles.start
        );
    }
}
