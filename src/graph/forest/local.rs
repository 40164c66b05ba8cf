//! Who controls one company by its votes, given who controls its holders and those in concert about it: the rule of
//! control (`rules-sse-2022.md`, section 2) at one company, in exact integers.

use super::first::World;
use super::parents::{Climb, Parents};
use crate::graph::concert::Members;
use crate::graph::tally::limit;
use crate::graph::{Kernel, Node};
use dashu_int::UBig;
use rustc_hash::FxHashSet;

/// A party from which we go up: somebody with votes, or a member of a concert group.
struct Leaf {
    party: Node,
    units: UBig,
    /// Whether it has some votes, at the bound.
    some: bool,
}

/// One thread's means of looking at companies.
pub(super) struct Local<'w, 'n, 'f> {
    world: &'w World<'n, 'f>,
    parents: &'w Parents,
    /// For votes that are not plain, for denials and rivals.
    kernel: Kernel<'n, 'f>,
    climb: Climb,
    votes: Vec<(Node, u64)>,
    /// Who is above which leaf (or is it), and how far up.
    above: Vec<(Node, u32, u32)>,
}

impl<'w, 'n, 'f> Local<'w, 'n, 'f> {
    pub(super) fn new(world: &'w World<'n, 'f>, parents: &'w Parents) -> Self {
        Self {
            world,
            parents,
            kernel: Kernel::on_day(world.network, world.lens, world.rules.clone()),
            climb: Climb::new(),
            votes: Vec::new(),
            above: Vec::new(),
        }
    }

    /// Those who control the company by votes and are not known to control it yet, without those above others of them.
    /// `brought`: whether a group that bears on every company may bring votes. O(ties and members about the company ·
    /// their controllers).
    pub(super) fn more(&mut self, company: Node, brought: bool) -> Vec<Node> {
        let world = self.world;
        let mut enough = if world.has_kin(company) {
            // Nearness of kin is a matter of its own, and rare.
            self.kernel.controllers_on_day(company).into_iter().map(|party| (0, party)).collect()
        } else if world.is_concerted(company) || brought || world.is_listed(company) || !world.network.is_plain(company)
        {
            self.in_concert(company)
        } else {
            self.pooled(company)
        };
        if enough.is_empty() {
            return Vec::new();
        }
        let known: FxHashSet<Node> = self.climb.up(self.parents, company, Node::MAX).iter().copied().collect();
        enough.retain(|(_, party)| !known.contains(party));
        self.nearest(company, enough)
    }

    /// Of parties that all control the company, those from which the others are met without passing the company.
    fn nearest(&mut self, company: Node, mut enough: Vec<(u32, Node)>) -> Vec<Node> {
        enough.sort_unstable();
        let mut met: FxHashSet<Node> = FxHashSet::default();
        let mut nearest = Vec::new();
        for (_, party) in enough {
            if !met.contains(&party) {
                nearest.push(party);
                met.extend(self.climb.up(self.parents, party, company));
            }
        }
        nearest
    }

    fn rise(&mut self, leaf: u32, party: Node) {
        let above = self.climb.up(self.parents, party, Node::MAX);
        self.above.extend((0u32..).zip(above).map(|(steps, party)| (*party, leaf, steps)));
    }

    /// Where the votes are plain, nobody is in concert and the company is not listed: more than half through any
    /// number of holders.
    fn pooled(&mut self, company: Node) -> Vec<(u32, Node)> {
        let mut votes = std::mem::take(&mut self.votes);
        votes.clear();
        self.world.plain_votes(company, |holder, units| votes.push((holder, units)));
        // Each by itself was looked at before.
        if !votes.iter().any(|(holder, _)| self.parents.has(*holder)) {
            self.votes = votes;
            return Vec::new();
        }
        self.above.clear();
        for (leaf, (holder, _)) in (0u32..).zip(&votes) {
            self.rise(leaf, *holder);
        }
        self.above.sort_unstable();
        let mut enough = Vec::new();
        for own in self.above.chunk_by(|a, b| a.0 == b.0) {
            let units = |leaf: u32| votes.get(leaf as usize).map_or(0, |(_, units)| *units);
            let sum = own.iter().fold(0u64, |sum, (_, leaf, _)| sum.saturating_add(units(*leaf)));
            if let Some((party, _, _)) =
                own.first().filter(|(party, ..)| *party != company && sum > self.world.majority())
            {
                enough.push((own.iter().map(|(_, _, steps)| *steps).min().unwrap_or(0), *party));
            }
        }
        self.votes = votes;
        enough
    }

    /// The voters of a company, all of the table where others than those with votes may matter, and the scale.
    fn voters(&mut self, company: Node) -> (Vec<Leaf>, UBig) {
        let world = self.world;
        if !world.is_listed(company) && world.network.is_plain(company) {
            let mut leaves = Vec::new();
            world.plain_votes(company, |party, units| leaves.push(Leaf { party, units: units.into(), some: true }));
            return (leaves, crate::graph::ballot::plain_scale());
        }
        let (table, side) = (self.kernel.votes(company), world.lens.side);
        let leaf = |(position, party): (usize, Node)| Leaf {
            party,
            units: if party == company { UBig::ZERO } else { table.units(position, side).clone() },
            some: party != company && table.has_some(position, side),
        };
        (table.holders().map(leaf).collect(), table.scale().clone())
    }

    /// Groups that may matter about a company, given everyone above its voters.
    fn groups(&self, company: Node) -> Vec<Members> {
        let concert = self.world.network.concert();
        let mut groups: Vec<u32> = concert.naming(company).to_vec();
        if !concert.universal().is_empty() {
            let mut last = Node::MAX;
            for (party, ..) in &self.above {
                if *party != last {
                    groups.extend(concert.of(*party).iter().filter(|group| concert.is_universal(**group)));
                }
                last = *party;
            }
        }
        groups.sort_unstable();
        groups.dedup();
        groups.into_iter().map(|group| Members::of(self.world.network, &self.world.lens, group, company)).collect()
    }

    /// With concert, the presumption and its rivals, and votes of any kind.
    fn in_concert(&mut self, company: Node) -> Vec<(u32, Node)> {
        let (mut leaves, scale) = self.voters(company);
        self.above.clear();
        for (number, leaf) in (0u32..).zip(&leaves) {
            let above = self.climb.up(self.parents, leaf.party, Node::MAX);
            self.above.extend((0u32..).zip(above).map(|(steps, party)| (*party, number, steps)));
        }
        let mut candidates: Vec<(u32, Node)> = Vec::new();
        self.above.sort_unstable();
        for own in self.above.chunk_by(|a, b| a.0 == b.0) {
            let votes = own.iter().any(|(_, leaf, _)| leaves.get(*leaf as usize).is_some_and(|leaf| leaf.some));
            if let Some((party, _, _)) = own.first().filter(|(party, ..)| *party != company && votes) {
                candidates.push((own.iter().map(|(_, _, steps)| *steps).min().unwrap_or(0), *party));
            }
        }
        let groups = self.groups(company);
        for member in groups.iter().flat_map(|members| &members.possible) {
            if !leaves.iter().any(|leaf| leaf.party == *member) {
                let number = leaves.len() as u32;
                leaves.push(Leaf { party: *member, units: UBig::ZERO, some: false });
                self.rise(number, *member);
            }
        }
        self.above.sort_unstable();
        let case = Case {
            company,
            leaves: &leaves,
            groups: &groups,
            majority: limit(&scale, self.world.rules.majority.value()),
            presumption: self.world.presumed(company).map(|percent| limit(&scale, percent.value())),
        };
        candidates.retain(|(_, party)| self.is_enough(*party, &case));
        candidates
    }

    /// The leaves that a party is or controls.
    fn under(&self, party: Node) -> impl Iterator<Item = u32> + '_ {
        let first = self.above.partition_point(|(above, ..)| *above < party);
        let own = self.above.iter().skip(first).take_while(move |(above, ..)| *above == party);
        own.map(|(_, leaf, _)| *leaf)
    }

    /// Whether the block of a party has enough votes.
    fn is_enough(&mut self, party: Node, case: &Case) -> bool {
        let side = self.world.lens.side;
        let is = |leaf: &u32, party: Node| case.leaves.get(*leaf as usize).is_some_and(|leaf| leaf.party == party);
        let own: Vec<u32> = self.under(party).collect();
        let mut block = own.clone();
        if self.world.rules.joint {
            let within = |member: Node| own.iter().any(|leaf| is(leaf, member));
            for group in case.groups.iter().filter(|group| group.counts_for_control(side, within)) {
                for partner in group.at(side).iter().filter(|member| !within(**member)) {
                    block.extend(self.under(*partner));
                }
            }
        }
        block.sort_unstable();
        block.dedup();
        let units = block.iter().filter_map(|leaf| case.leaves.get(*leaf as usize));
        let sum = units.fold(UBig::ZERO, |sum, leaf| sum + &leaf.units);
        if sum > case.majority {
            return true;
        }
        if case.presumption.as_ref().is_none_or(|least| sum <= *least) || self.kernel.denied(party, case.company) {
            return false;
        }
        let votes = self.kernel.votes(case.company);
        !self.kernel.has_rival(case.company, &votes, &sum, |_, holder| block.iter().any(|leaf| is(leaf, holder)))
    }
}

/// One company as its candidates are tried.
struct Case<'c> {
    company: Node,
    leaves: &'c [Leaf],
    groups: &'c [Members],
    /// Units that are no majority yet.
    majority: UBig,
    /// Units that give no presumption yet, where there is one.
    presumption: Option<UBig>,
}
