//! The block of a party about the subject, and what it adds up to (`rules-sse-2022.md`, section 3).
//!
//! For the 5 % rules a block is the party with all it controls, everyone in concert about the company with one of
//! these, and all that they control; every concert group counts for all its members, and a state body reaches only
//! itself.

use super::control::{Memo, meet};
use super::{Kernel, LookThrough, Members, Node, Rounding, Via};
use crate::facts::PartyKind;
use dashu_ratio::RBig;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Up to so many controlled parties a block is bounded before what is attributed to it is worked out.
const FEW: usize = 64;

/// Who belongs to a block, apart from what its parties control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pooling {
    /// Everyone in concert with the party or with one it controls.
    All,
    /// Everyone in concert with the party itself.
    Own,
    /// Nobody.
    Nobody,
}

/// What makes somebody a partner: rows, and the members through which the party belongs to the group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// Members of the group that the party controls, itself left out.
    pub triggers: Vec<Node>,
    /// Rows of `concert`.
    pub concert: Vec<u32>,
    /// Rows of `kinships` (under `family_block`).
    pub kinships: Vec<u32>,
}

/// Who stands with a party about a company, and what shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partners {
    ways: BTreeMap<Node, Way>,
}

impl Partners {
    /// The partners, ascending; parties that the party controls may be among them.
    pub fn parties(&self) -> impl Iterator<Item = &Node> {
        self.ways.keys()
    }

    /// Whether a party is a partner.
    #[must_use]
    pub fn contains(&self, party: Node) -> bool {
        self.ways.contains_key(&party)
    }

    /// What makes a party a partner.
    #[must_use]
    pub fn way(&self, party: Node) -> Option<&Way> {
        self.ways.get(&party)
    }

    /// Notes a partner, unless it is one already.
    pub(super) fn add(&mut self, partner: Node, way: impl FnOnce() -> Way) {
        self.ways.entry(partner).or_insert_with(way);
    }
}

/// Which holders of the company each party is or controls, and which groups about it each belongs to.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    holders: BTreeMap<Node, Vec<Node>>,
    groups: BTreeMap<Node, Vec<(u32, Node)>>,
    members: BTreeMap<u32, Members>,
}

impl Kernel<'_, '_> {
    /// Whether a party is an authority that manages state-owned assets.
    #[must_use]
    pub fn is_state_body(&self, party: Node) -> bool {
        self.network().facts().kind(super::party(party)) == PartyKind::StateBody
    }

    /// The parties of whom a holder of `company` is part or partner. O(holders and their controllers) the first time.
    pub fn reach(&mut self, company: Node) -> Rc<Reach> {
        if let Some(memo) = self.reach.get(&company) {
            self.valid = meet(self.valid, memo.valid);
            return Rc::clone(&memo.value);
        }
        let (value, valid) = self.noted(|kernel| Rc::new(kernel.work_out_reach(company)));
        self.reach.insert(company, Memo { value: Rc::clone(&value), valid });
        value
    }

    fn work_out_reach(&mut self, company: Node) -> Reach {
        let side = self.lens.side;
        let mut reach = Reach::default();
        let capital = self.capital(company);
        for (holder, stake) in capital.holders() {
            if holder == company || !stake.has_some(side) {
                continue;
            }
            reach.holders.entry(holder).or_default().push(holder);
            for controller in self.controllers(holder).all() {
                if !self.is_state_body(*controller) {
                    reach.holders.entry(*controller).or_default().push(holder);
                }
            }
        }
        // Whoever something of the company is attributed to, or controls such a party, may bring it into a group.
        let overview = self.overview(company);
        let attributed = overview.whole.reached.iter().chain(&overview.above);
        let within: BTreeSet<Node> = reach.holders.keys().chain(attributed).copied().collect();
        let mut groups: BTreeSet<u32> = BTreeSet::new();
        for party in &within {
            groups.extend(self.network.concert.of(*party));
            if self.network.concert.has(*party) {
                self.touch(*party);
            }
        }
        for group in groups {
            let members = self.group(group, company);
            for member in members.at(side) {
                reach.groups.entry(*member).or_default().push((group, *member));
                for controller in self.controllers(*member).all() {
                    if !self.is_state_body(*controller) {
                        reach.groups.entry(*controller).or_default().push((group, *member));
                    }
                }
            }
            reach.members.insert(group, members);
        }
        reach
    }

    /// Parties whose block has a stake in the company, ascending.
    pub fn stakeholders(&mut self, company: Node) -> Vec<Node> {
        let reach = self.reach(company);
        let parties: BTreeSet<Node> = reach.holders.keys().chain(reach.groups.keys()).copied().collect();
        parties.into_iter().filter(|party| *party != company).collect()
    }

    /// Who stands with a party about a company.
    pub fn partners_about(&mut self, party: Node, company: Node, pooling: Pooling) -> Partners {
        let mut partners = Partners::default();
        if pooling == Pooling::Nobody {
            return partners;
        }
        let reach = self.reach(company);
        for (group, trigger) in reach.groups.get(&party).map_or(&[][..], Vec::as_slice) {
            if pooling == Pooling::Own && *trigger != party {
                continue;
            }
            let members = &reach.members[group];
            for partner in members.at(self.lens.side).iter().filter(|partner| **partner != party) {
                partners.add(*partner, || Way {
                    triggers: if *trigger == party { Vec::new() } else { vec![*trigger] },
                    concert: members.rows_of(&[*trigger, *partner]),
                    kinships: Vec::new(),
                });
            }
        }
        for (kin, kinships) in self.family_partners(party, company) {
            partners.add(kin, || Way { kinships, ..Way::default() });
        }
        partners
    }

    /// The holders of `company` in a party's block, and through whom each belongs to it. With `controlled` false,
    /// only the party and its partners themselves.
    pub fn block_holders(&mut self, party: Node, company: Node, partners: &Partners, controlled: bool) -> Vec<Via> {
        let reach = self.reach(company);
        let mut vias: BTreeMap<Node, Node> = BTreeMap::new();
        for member in std::iter::once(&party).chain(partners.parties()) {
            for holder in reach.holders.get(member).map_or(&[][..], Vec::as_slice) {
                if *holder != company && (controlled || holder == member) {
                    vias.entry(*holder).or_insert(*member);
                }
            }
        }
        vias.into_iter().map(|(voter, holder_of_control)| Via { holder_of_control, voter }).collect()
    }

    /// The whole stake of these holders in the company, in percent.
    pub fn stake_of(&mut self, company: Node, holders: &[Via]) -> RBig {
        let side = self.lens.side;
        let capital = self.capital(company);
        holders.iter().filter_map(|via| capital.of(via.voter)).fold(RBig::ZERO, |sum, stake| sum + stake.at(side))
    }

    /// Whether `party` belongs to the block that the party and its partners form.
    pub fn in_block(&mut self, member: Node, party: Node, partners: &Partners, controlled: bool) -> bool {
        if member == party || partners.contains(member) {
            return true;
        }
        if !controlled {
            return false;
        }
        let controllers = self.controllers(member);
        std::iter::once(&party)
            .chain(partners.parties())
            .any(|of| controllers.contains(*of) && !self.is_state_body(*of))
    }

    /// What of `company` is attributed to a party with its partners, and whether it was rounded. Without a finite bound,
    /// everything is.
    pub fn attributed(
        &mut self,
        party: Node,
        company: Node,
        partners: &Partners,
        controlled: bool,
        overview: &Overview,
        rounding: Rounding,
    ) -> (RBig, bool) {
        // No rounding may be in the way of the direction asked for.
        let settled = !overview.whole.rounded || rounding == Rounding::Down;
        if settled
            && overview.is_plain(party, partners, controlled)
            && let Some(value) = overview.whole.of(party)
        {
            return (value, overview.whole.rounded);
        }
        let flow = self.look_through(
            company,
            &mut |kernel, member| kernel.in_block(member, party, partners, controlled),
            rounding,
        );
        let reached = flow.reached.clone();
        let mut sum = RBig::ZERO;
        for member in reached {
            if self.in_block(member, party, partners, controlled) {
                match flow.of(member) {
                    Some(value) => sum += value,
                    None => return (RBig::from(100), flow.rounded),
                }
            }
        }
        (sum.min(RBig::from(100)), flow.rounded)
    }

    /// Whether what is attributed to a party with its partners reaches `threshold`, where that is clear without
    /// following the shares: the stakes of the block's own members are attributed wholly, and each member gets no
    /// more than flows to it where nobody keeps it, without what has passed through another member.
    pub fn attribution_settled(
        &mut self,
        party: Node,
        company: Node,
        partners: &Partners,
        controlled: bool,
        overview: &Overview,
        threshold: &RBig,
    ) -> Option<bool> {
        if overview.is_plain(party, partners, controlled) {
            return None;
        }
        let holders = self.block_holders(party, company, partners, controlled);
        if self.stake_of(company, &holders) >= *threshold {
            return Some(true);
        }
        if overview.whole.rounded {
            return None;
        }
        let mut members: BTreeSet<Node> = std::iter::once(party).chain(partners.parties().copied()).collect();
        if controlled {
            for of in members.clone() {
                if self.is_state_body(of) {
                    continue;
                }
                let found = Cell::new(0);
                let many = self.advance(of, |_| {
                    found.set(found.get() + 1);
                    found.get() > FEW
                });
                if many.is_some() {
                    return None;
                }
                members.extend(self.runs.get(&of).into_iter().flat_map(|run| run.order.iter().copied()));
            }
        }
        members.remove(&company);
        let mut most = RBig::ZERO;
        for member in &members {
            let flow = overview.whole.of(*member)?;
            if flow > RBig::ZERO {
                let side = self.lens.side;
                let capital = self.capital(*member);
                let passed =
                    capital.holders().filter(|(holder, stake)| stake.has_some(side) && members.contains(holder));
                let passed = passed.fold(RBig::ZERO, |sum, (_, stake)| sum + stake.at(side));
                most += flow * (RBig::ONE - passed / RBig::from(100));
            }
        }
        (most < *threshold).then_some(false)
    }

    /// What is attributed when nobody keeps it, and who controls a party that is reached. O(ties behind the company)
    /// the first time.
    pub fn overview(&mut self, company: Node) -> Rc<Overview> {
        if let Some(memo) = self.overview.get(&company) {
            self.valid = meet(self.valid, memo.valid);
            return Rc::clone(&memo.value);
        }
        let (value, valid) = self.noted(|kernel| {
            let whole = kernel.look_through(company, &mut |_, _| false, Rounding::Down);
            let above = kernel.controllers_of_any(&whole.reached);
            let mut above: Vec<Node> = above.all().to_vec();
            above.sort_unstable();
            Rc::new(Overview { whole, above })
        });
        self.overview.insert(company, Memo { value: Rc::clone(&value), valid });
        value
    }

    /// Parties to whom something of the company may be attributed, ascending.
    pub fn attribution_candidates(&mut self, company: Node, overview: &Overview) -> Vec<Node> {
        let mut candidates: BTreeSet<Node> = overview.whole.reached.iter().copied().collect();
        candidates.extend(overview.above.iter().copied());
        let groups: BTreeSet<u32> =
            candidates.iter().flat_map(|party| self.network.concert.of(*party)).copied().collect();
        for group in groups {
            let side = self.lens.side;
            for member in self.group(group, company).at(side).to_vec() {
                candidates.extend(self.controllers(member).all());
                candidates.insert(member);
            }
        }
        if self.rules.family_block {
            candidates.extend(self.stakeholders(company));
        }
        candidates.remove(&company);
        candidates.into_iter().collect()
    }
}

/// What flows to whom when nobody keeps it, and who controls somebody it flows to.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// The flow.
    pub whole: LookThrough,
    /// Those who control a party it reaches, ascending.
    pub above: Vec<Node>,
}

impl Overview {
    /// Whether a party's block is the party alone, as far as the company goes, and no circle leads back to it: what
    /// flows to it is what is attributed to it.
    fn is_plain(&self, party: Node, partners: &Partners, controlled: bool) -> bool {
        partners.ways.is_empty()
            && !(controlled && self.above.binary_search(&party).is_ok())
            && !self.whole.is_circular(party)
    }
}
