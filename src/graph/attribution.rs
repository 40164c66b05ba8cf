//! What of a company is attributed to a party's block by look-through, and on which days that is enough.
//!
//! Most parties are settled without following any share: the whole stakes of the block's own members are attributed to
//! it, and nobody gets more than what flows to its block when every row of the window counts at once. Only where
//! neither settles it are the shares followed, along the ties that lead to the block, on the days on which one of them
//! changes.

use super::{Days, Kernel, LookThrough, Node, Partners, Pooling, Rounding, Tie};
use dashu_ratio::RBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What may flow to whom on any day, and who may control somebody it flows to.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// An upper bound of what flows to each party when nobody keeps it.
    pub(super) most: LookThrough,
    /// Those who control a party it reaches, ascending.
    pub(super) above: Vec<Node>,
}

impl Overview {
    /// Whether more than `threshold` may flow to a party by itself.
    fn may_reach(&self, party: Node, threshold: &RBig) -> bool {
        self.most.of(party).is_none_or(|most| most >= *threshold)
    }
}

impl Kernel<'_, '_> {
    /// What may be attributed when nobody keeps it, and who controls a party that is reached. O(ties behind the
    /// company) the first time.
    pub(super) fn overview(&mut self, company: Node) -> Rc<Overview> {
        if let Some(overview) = self.overview.get(&company) {
            return Rc::clone(overview);
        }
        let value = self.apart(|kernel| {
            let most = kernel.most_through(company);
            let above = kernel.controllers_of_any(&most.reached);
            let mut above: Vec<Node> = above.all().map(|(party, _)| party).collect();
            above.sort_unstable();
            Rc::new(Overview { most, above })
        });
        self.overview.insert(company, Rc::clone(&value));
        value
    }

    /// Parties behind the company by whoever controls them on some day. O(ties above each of them) the first time.
    fn under(&mut self, company: Node) -> Rc<FxHashMap<Node, Vec<Node>>> {
        if let Some(under) = self.under.get(&company) {
            return Rc::clone(under);
        }
        let overview = self.overview(company);
        let mut under: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for member in &overview.most.reached {
            for (controller, _) in self.controllers(*member).all() {
                under.entry(controller).or_default().push(*member);
            }
        }
        let under = Rc::new(under);
        self.under.insert(company, Rc::clone(&under));
        under
    }

    /// Parties to whom `threshold` percent of the company may be attributed on some day, ascending.
    pub fn attribution_candidates(&mut self, company: Node, threshold: &RBig) -> Vec<Node> {
        let overview = self.overview(company);
        let reach = self.reach(company);
        let mut candidates: BTreeSet<Node> = self.stakeholders(company, threshold).into_iter().collect();
        let behind = || overview.most.reached.iter().chain(&overview.above).copied();
        candidates.extend(behind().filter(|party| {
            reach.is_grouped(*party)
                || overview.above.binary_search(party).is_ok()
                || overview.may_reach(*party, threshold)
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
        let overview = self.overview(company);
        let within: Vec<Node> = std::iter::once(party).chain(partners.keys().copied()).collect();
        let mut members: FxHashSet<Node> = within.iter().copied().collect();
        let under = self.under(company);
        for of in within.iter().filter(|of| controlled && !self.is_state_body(**of)) {
            members.extend(under.get(of).into_iter().flatten());
        }
        members.remove(&company);
        let mut most = RBig::ZERO;
        let mut bounded = true;
        for member in overview.most.reached.iter().filter(|member| members.contains(*member)) {
            match overview.most.of(*member) {
                Some(flow) => most += flow,
                None => bounded = false,
            }
        }
        if bounded && most < *threshold {
            return settled;
        }
        let between = self.between(company, &members);
        let open = Days::All.minus(&settled);
        let matters = |party: Node| members.contains(&party) || between.contains(&party);
        let found = self.days_when(&open, |kernel| {
            let partners = kernel.partners_about(party, company, pooling);
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

    /// Parties behind the company through which its shares may flow to one of `members`.
    fn between(&mut self, company: Node, members: &FxHashSet<Node>) -> FxHashSet<Node> {
        let overview = self.overview(company);
        let reached: FxHashSet<Node> = overview.most.reached.iter().copied().collect();
        let mut between: FxHashSet<Node> = FxHashSet::default();
        let mut open: Vec<Node> = members.iter().copied().filter(|member| reached.contains(member)).collect();
        while let Some(holder) = open.pop() {
            for (below, tie) in self.network.out(holder) {
                let leads = matches!(tie, Tie::Holding(_)) && reached.contains(&below);
                if leads && !members.contains(&below) && between.insert(below) {
                    open.push(below);
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
