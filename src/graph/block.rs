//! The block of a party about the subject, and what it adds up to (`rules-sse-2022.md`, section 3).
//!
//! For the 5 % rules a block is the party with all it controls, everyone in concert about the company with one of
//! these, and all that they control; every concert group counts for all its members, and a state body reaches only
//! itself.

use super::ballot::{Entry, tally};
use super::tally::{Tally, least};
use super::{Days, Kernel, Members, Node, Side, Via};
use crate::facts::PartyKind;
use dashu_int::UBig;
use dashu_ratio::RBig;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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

/// Who stands with a party about a company on one day, and what shows it.
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

/// Which holders of the company each party is or controls, and through which of their members it belongs to groups
/// about it, with the days on which that is so.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    holders: BTreeMap<Node, Vec<(Node, Days)>>,
    groups: BTreeMap<Node, Vec<(u32, Node, Days)>>,
    /// Members of each group over the window.
    members: BTreeMap<u32, BTreeMap<Node, Days>>,
    /// The most each holder has on any day, in units.
    most: BTreeMap<Node, UBig>,
}

impl Reach {
    /// Whether a party belongs to a group about the company, itself or through somebody it controls.
    pub(super) fn is_grouped(&self, party: Node) -> bool {
        self.groups.contains_key(&party)
    }

    /// No less than the stake of the holders that a party is or controls, on any day.
    fn most(&self, party: Node) -> UBig {
        let holders = self.holders.get(&party).map_or(&[][..], Vec::as_slice);
        holders.iter().filter_map(|(holder, _)| self.most.get(holder)).fold(UBig::ZERO, |sum, units| sum + units)
    }
}

impl Kernel<'_, '_> {
    /// Whether a party is an authority that manages state-owned assets.
    #[must_use]
    pub fn is_state_body(&self, party: Node) -> bool {
        self.network().kind(party) == PartyKind::StateBody
    }

    /// The parties of whom a holder of `company` is part or partner. O(holders and their controllers) the first time.
    pub fn reach(&mut self, company: Node) -> Rc<Reach> {
        if let Some(reach) = self.reach.get(&company) {
            return Rc::clone(reach);
        }
        let value = Rc::new(self.apart(|kernel| kernel.work_out_reach(company)));
        self.reach.insert(company, Rc::clone(&value));
        value
    }

    /// A party with its controllers, state bodies left out: whose block it belongs to, and when.
    fn blocks_of(&mut self, party: Node) -> Vec<(Node, Days)> {
        let controllers = self.controllers(party);
        let above = controllers.all().filter(|(controller, _)| !self.is_state_body(*controller));
        let above: Vec<(Node, Days)> = above.map(|(controller, days)| (controller, days.clone())).collect();
        std::iter::once((party, Days::All)).chain(above).collect()
    }

    fn work_out_reach(&mut self, company: Node) -> Reach {
        let mut reach = Reach::default();
        let shares = self.shares(company);
        for (holder, held) in self.holders_over(company).into_iter().filter(|(holder, _)| *holder != company) {
            for (party, days) in self.blocks_of(holder) {
                let days = days.and(&held);
                if !days.is_empty() {
                    reach.holders.entry(party).or_default().push((holder, days));
                }
            }
            reach.most.insert(holder, tally(shares.of(holder)).most());
        }
        for group in self.groups_reaching(company, &reach) {
            let members = self.members_over(group, company);
            for (member, own) in &members {
                for (party, days) in self.blocks_of(*member) {
                    let days = days.and(own);
                    if !days.is_empty() {
                        reach.groups.entry(party).or_default().push((group, *member, days));
                    }
                }
            }
            reach.members.insert(group, members);
        }
        reach
    }

    /// Groups about the company: those that name it, and those about every company that one behind it belongs to.
    fn groups_reaching(&mut self, company: Node, reach: &Reach) -> BTreeSet<u32> {
        let concert = self.network.concert();
        let mut groups: BTreeSet<u32> = concert.naming(company).iter().copied().collect();
        if !concert.universal().is_empty() {
            // Whoever something of the company is attributed to, or controls such a party, may bring it into a group.
            let most = self.most_through(company);
            let mut behind: BTreeSet<Node> = reach.holders.keys().chain(&most.reached).copied().collect();
            for party in &most.reached {
                behind.extend(self.controllers(*party).all().map(|(controller, _)| controller));
            }
            groups.extend(behind.into_iter().flat_map(|party| concert.universal_of(party)));
        }
        groups
    }

    /// The members of a group about a company over the window.
    fn members_over(&self, group: u32, company: Node) -> BTreeMap<Node, Days> {
        let mut members: BTreeMap<Node, Days> = BTreeMap::new();
        for (_, member, period) in self.network.concert().rows_about(group, company) {
            let days = self.days(&period);
            if !days.is_empty() {
                members.entry(member).or_default().add(&days);
            }
        }
        members
    }

    /// Who holds something of a company on some day of the window, with the days, ascending.
    pub fn holders_over(&mut self, company: Node) -> Vec<(Node, Days)> {
        let shares = self.shares(company);
        let held = |entries: &[Entry]| entries.iter().fold(Days::None, |days, entry| days.or(&entry.days));
        shares.by_holder().map(|(holder, entries)| (holder, held(entries))).collect()
    }

    /// Parties whose block may have at least `threshold` percent of the company on some day, ascending.
    pub fn stakeholders(&mut self, company: Node, threshold: &RBig) -> Vec<Node> {
        let reach = self.reach(company);
        let scale = self.shares(company).scale.clone();
        let enough = least(&scale, threshold);
        let family = self.rules.family_block;
        let parties: BTreeSet<Node> = reach.holders.keys().chain(reach.groups.keys()).copied().collect();
        parties
            .into_iter()
            .filter(|party| *party != company)
            .filter(|party| {
                let kin = family && !self.network.kin_rows(*party).is_empty();
                kin || reach.is_grouped(*party) || reach.most(*party) >= enough
            })
            .collect()
    }

    /// Who stands with a party about a company on the day looked at.
    pub fn partners_about(&mut self, party: Node, company: Node, pooling: Pooling) -> Partners {
        let mut partners = Partners::default();
        if pooling == Pooling::Nobody {
            return partners;
        }
        let reach = self.reach(company);
        for (group, trigger, days) in reach.groups.get(&party).map_or(&[][..], Vec::as_slice) {
            if pooling == Pooling::Own && *trigger != party || !self.holds(days) {
                continue;
            }
            let members: Members = self.group(*group, company);
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

    /// The same over the window: the partners with their days.
    pub(super) fn partners_over(&mut self, party: Node, company: Node, pooling: Pooling) -> BTreeMap<Node, Days> {
        let mut partners: BTreeMap<Node, Days> = BTreeMap::new();
        if pooling == Pooling::Nobody {
            return partners;
        }
        let reach = self.reach(company);
        for (group, trigger, days) in reach.groups.get(&party).map_or(&[][..], Vec::as_slice) {
            if pooling == Pooling::All || *trigger == party {
                for (partner, own) in reach.members[group].iter().filter(|(partner, _)| **partner != party) {
                    partners.entry(*partner).or_default().add(&own.and(days));
                }
            }
        }
        if self.rules.family_block && !self.network.kin_rows(party).is_empty() {
            for (days, kin) in self.over(&Days::All, |kernel| kernel.family_partners(party, company)) {
                for (relative, _) in kin {
                    partners.entry(relative).or_default().add(&days);
                }
            }
        }
        partners.retain(|_, days| !days.is_empty());
        partners
    }

    /// The days on which the whole stakes of a party's block reach `threshold`. With `controlled` false, only the party
    /// and its partners themselves count.
    pub fn block_reaches(
        &mut self,
        party: Node,
        company: Node,
        pooling: Pooling,
        controlled: bool,
        threshold: &RBig,
    ) -> Days {
        let reach = self.reach(company);
        let mut holders: BTreeMap<Node, Days> = BTreeMap::new();
        let partners = self.partners_over(party, company, pooling);
        for (member, own) in std::iter::once((party, Days::All)).chain(partners) {
            for (holder, days) in reach.holders.get(&member).map_or(&[][..], Vec::as_slice) {
                if *holder != company && (controlled || *holder == member) {
                    holders.entry(*holder).or_default().add(&days.and(&own));
                }
            }
        }
        let shares = self.shares(company);
        let mut sum = Tally::default();
        for (holder, days) in holders {
            for entry in shares.of(holder) {
                sum.add(entry.days.and(&days), &entry.units);
            }
        }
        sum.reaching(&least(&shares.scale, threshold), &self.window)
    }

    /// The holders of `company` in a party's block on the day looked at, and through whom each belongs to it. With
    /// `controlled` false, only the party and its partners themselves.
    pub fn block_holders(&mut self, party: Node, company: Node, partners: &Partners, controlled: bool) -> Vec<Via> {
        let reach = self.reach(company);
        let mut vias: BTreeMap<Node, Node> = BTreeMap::new();
        for member in std::iter::once(&party).chain(partners.parties()) {
            for (holder, days) in reach.holders.get(member).map_or(&[][..], Vec::as_slice) {
                if *holder != company && (controlled || holder == member) && self.holds(days) {
                    vias.entry(*holder).or_insert(*member);
                }
            }
        }
        vias.into_iter().map(|(voter, holder_of_control)| Via { holder_of_control, voter }).collect()
    }

    /// The whole stake of these holders in the company on the day looked at, in percent.
    pub fn stake_of(&mut self, company: Node, holders: &[Via]) -> RBig {
        let side: Side = self.lens.side;
        let capital = self.capital(company);
        holders.iter().filter_map(|via| capital.of(via.voter)).fold(RBig::ZERO, |sum, stake| sum + stake.at(side))
    }

    /// Whether `member` belongs on the day looked at to the block that a party and its partners form.
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
            .any(|of| !self.is_state_body(*of) && self.holds(controllers.days(*of)))
    }
}
