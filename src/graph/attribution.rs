//! What of a company is attributed to a party's block by look-through, and on which days that is enough.
//!
//! Most parties are settled without following any share: the whole stakes of the block's own members are attributed to
//! it, and nobody gets more than what flows to its block when every row of the window counts at once. Only where
//! neither settles it are the shares followed, along the ties that lead to the block, on the days on which one of them
//! changes.

use super::most::{Most, least_units};
use super::ways::{UNBOUNDED, Ways, WholeUnits};
use super::{Days, Kernel, Node, Partners, Pooling, Rounding};
use dashu_int::UBig;
use dashu_ratio::RBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What may flow to whom on any day, and who may control somebody it flows to.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// An upper bound of what flows to each party when nobody keeps it.
    pub(super) most: Most,
    /// For everyone who controls a party that much may flow to: those parties.
    under: FxHashMap<Node, Vec<Node>>,
    /// What flows to all the others together, in units.
    light: u64,
}

impl Overview {
    /// No less than what flows to a party and to all it controls, in units.
    fn bound(&self, party: Node) -> u64 {
        let under = self.under.get(&party).map_or(&[][..], Vec::as_slice);
        let own = self.most.of(party).saturating_add(self.light);
        under.iter().fold(own, |sum, member| sum.saturating_add(self.most.of(*member)))
    }

    /// Everyone to whom something flows, or who controls somebody to whom much does.
    pub(super) fn behind(&self) -> impl Iterator<Item = Node> + '_ {
        self.most.reached.iter().chain(self.under.keys()).copied()
    }
}

impl Kernel<'_, '_> {
    /// What may be attributed when nobody keeps it, and who controls a party to which much of it may flow: the smallest
    /// flows are taken together, as many as come to a tenth of `threshold` at most, and nobody has to be found who
    /// controls where they go. O(ties behind the company) the first time.
    pub(super) fn overview(&mut self, company: Node, threshold: &RBig) -> Rc<Overview> {
        if let Some(overview) = self.overview.get(&company) {
            return Rc::clone(overview);
        }
        let value = self.apart(|kernel| {
            let most = kernel.most_through(company);
            let mut flows: Vec<(u64, Node)> = most.reached.iter().map(|party| (most.of(*party), *party)).collect();
            flows.sort_unstable();
            let little = u64::try_from(least_units(threshold)).unwrap_or(UNBOUNDED) / 10;
            let (mut light, mut first) = (0u64, 0);
            while let Some(sum) =
                flows.get(first).and_then(|(flow, _)| light.checked_add(*flow)).filter(|s| *s <= little)
            {
                (light, first) = (sum, first + 1);
            }
            let mut under: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
            for (_, member) in &flows[first..] {
                for (controller, _) in kernel.controllers(*member).all() {
                    under.entry(controller).or_default().push(*member);
                }
            }
            Rc::new(Overview { most, under, light })
        });
        self.overview.insert(company, Rc::clone(&value));
        value
    }

    /// Parties to whom `threshold` percent of the company may be attributed on some day, ascending.
    pub fn attribution_candidates(&mut self, company: Node, threshold: &RBig) -> Vec<Node> {
        let overview = self.overview(company, threshold);
        let reach = self.reach(company);
        let enough = u64::try_from(least_units(threshold)).unwrap_or(UNBOUNDED);
        let mut candidates: BTreeSet<Node> = self.stakeholders(company, threshold).into_iter().collect();
        candidates.extend(overview.behind().filter(|party| {
            reach.is_grouped(*party)
                || overview.bound(*party) >= enough
                || self.rules.family_block && !self.network.kin_rows(*party).is_empty()
        }));
        candidates.remove(&company);
        candidates.into_iter().collect()
    }

    /// The days on which what is attributed to a party's block reaches `threshold`.
    pub fn attribution_reaches(
        &mut self,
        party: Node,
        company: Node,
        pooling: Pooling,
        controlled: bool,
        threshold: &RBig,
    ) -> Days {
        let settled = self.block_reaches(party, company, pooling, controlled, threshold);
        if settled.is_all() {
            return settled;
        }
        let partners = self.partners_over(party, company, pooling);
        let overview = self.overview(company, threshold);
        let within: Vec<Node> = std::iter::once(party).chain(partners.keys().copied()).collect();
        let most = within.iter().fold(0u64, |sum, of| {
            sum.saturating_add(if controlled { overview.bound(*of) } else { overview.most.of(*of) })
        });
        if most != UNBOUNDED && UBig::from(most) < least_units(threshold) {
            return settled;
        }
        let mut members: FxHashSet<Node> = within.iter().copied().collect();
        if controlled {
            members.extend(self.behind_and_under(company, threshold, &within));
        }
        members.remove(&company);
        let between = Self::between(&overview, &members);
        let open = Days::All.minus(&settled);
        let enough = u64::try_from(least_units(threshold)).unwrap_or(UNBOUNDED);
        let matters = |party: Node| members.contains(&party) || between.contains(&party);
        let found = self.days_when(&open, |kernel| {
            let partners = kernel.partners_about(party, company, pooling);
            let mut keeps = |kernel: &mut Self, member| kernel.in_block(member, party, &partners, controlled);
            if let Some((least, most)) = kernel.kept_within(company, &mut keeps, &matters)
                && (least >= enough || most < enough)
            {
                return least >= enough;
            }
            let mut attributed =
                |rounding| kernel.attributed_among(party, company, &partners, controlled, &matters, rounding);
            // First with large fractions rounded down, then up, and exactly only where neither settles it.
            let (least, rounded) = attributed(Rounding::Down);
            if least >= *threshold || !rounded {
                return least >= *threshold;
            }
            attributed(Rounding::Up).0 >= *threshold && attributed(Rounding::Exact).0 >= *threshold
        });
        settled.or(&found)
    }

    /// Parties behind the company that one of these controls on some day, state bodies apart.
    fn behind_and_under(&mut self, company: Node, threshold: &RBig, owners: &[Node]) -> Vec<Node> {
        let under = self.under_each(company, threshold);
        let owners = owners.iter().filter(|owner| !self.is_state_body(**owner));
        owners.flat_map(|owner| under.get(owner).into_iter().flatten()).copied().collect()
    }

    /// For everyone who controls a party behind the company on some day: those parties.
    fn under_each(&mut self, company: Node, threshold: &RBig) -> Rc<FxHashMap<Node, Vec<Node>>> {
        if let Some(under) = self.under_each.get(&company) {
            return Rc::clone(under);
        }
        let overview = self.overview(company, threshold);
        let mut under: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for member in &overview.most.reached {
            for (controller, _) in self.controllers(*member).all() {
                under.entry(controller).or_default().push(*member);
            }
        }
        let under = Rc::new(under);
        self.under_each.insert(company, Rc::clone(&under));
        under
    }

    /// Parties behind the company through which its shares may flow to one of `members`.
    fn between(overview: &Overview, members: &FxHashSet<Node>) -> FxHashSet<Node> {
        let most = &overview.most;
        let mut between: FxHashSet<Node> = FxHashSet::default();
        let mut open: Vec<Node> = members.iter().copied().filter(|member| most.reaches(*member)).collect();
        while let Some(holder) = open.pop() {
            for below in most.held_by(holder) {
                if !members.contains(below) && between.insert(*below) {
                    open.push(*below);
                }
            }
        }
        between
    }

    /// What of `company` is attributed to a party with its partners on the day looked at, and whether it was rounded.
    /// Without a finite bound, everything is.
    pub fn attributed(
        &mut self,
        party: Node,
        company: Node,
        partners: &Partners,
        controlled: bool,
        rounding: Rounding,
    ) -> (RBig, bool) {
        self.attributed_among(party, company, partners, controlled, &|_| true, rounding)
    }

    /// Bounds in whole units of what of `company` flows to the parties that keep it on the day looked at; none where shares
    /// are not plain, or where circles leave it open. O(ties between), with circles O(ties) a round.
    pub fn kept_within(
        &mut self,
        company: Node,
        keeps: &mut dyn FnMut(&mut Self, Node) -> bool,
        matters: &dyn Fn(Node) -> bool,
    ) -> Option<(u64, u64)> {
        let mut ways = Ways::default();
        let mut kept: Vec<usize> = Vec::new();
        let held = self.plain_stakes(company, company, matters)?;
        let base: Vec<(usize, u64)> = held.into_iter().map(|(holder, units)| (ways.place(holder), units)).collect();
        let mut next = 0;
        while let Some(member) = ways.reached.get(next).copied() {
            let links = if keeps(self, member) {
                kept.push(next);
                Vec::new()
            } else {
                let held = self.plain_stakes(member, company, matters)?;
                held.into_iter().map(|(holder, units)| (ways.place(holder), units)).collect()
            };
            ways.links.push(links);
            next += 1;
        }
        let sum = |flow: Vec<u64>| kept.iter().fold(0u64, |sum, place| sum.saturating_add(flow[*place]));
        Some((sum(ways.flow(&base, WholeUnits::Down)?), sum(ways.flow(&base, WholeUnits::Up)?)))
    }

    /// Who of those that matter holds how many whole units of a company on the day looked at, the root left out; `None`
    /// where they are not told in whole units.
    fn plain_stakes(&mut self, company: Node, root: Node, matters: &dyn Fn(Node) -> bool) -> Option<Vec<(Node, u64)>> {
        let shares = self.shares(company);
        if shares.scale != super::ballot::plain_scale() {
            return None;
        }
        let all = shares.by_holder().flat_map(|(_, entries)| entries);
        let counted = all.filter(|entry| entry.holder != root && matters(entry.holder) && self.holds(&entry.days));
        counted.map(|entry| Some((entry.holder, u64::try_from(&entry.units).ok()?))).collect()
    }

    fn attributed_among(
        &mut self,
        party: Node,
        company: Node,
        partners: &Partners,
        controlled: bool,
        matters: &dyn Fn(Node) -> bool,
        rounding: Rounding,
    ) -> (RBig, bool) {
        let mut keeps = |kernel: &mut Self, member| kernel.in_block(member, party, partners, controlled);
        let flow = self.look_through_some(company, matters, &mut keeps, rounding);
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
}
