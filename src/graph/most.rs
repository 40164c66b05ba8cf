//! No less than what of a company's capital flows to each party behind it on any day of the window: every row counts
//! that does so on some day, nobody keeps anything, and everything is rounded up to whole units. What it leaves out of
//! the question need not be followed exactly.

use super::ballot::tally;
use super::ways::{UNBOUNDED, Ways, WholeUnits, in_units};
use super::{Kernel, Node, Rounding, Tie};
use dashu_int::UBig;
use dashu_ratio::RBig;
use rustc_hash::FxHashMap;

/// Upper bounds by party, in units.
#[derive(Debug, Clone, Default)]
pub(super) struct Most {
    units: FxHashMap<Node, u64>,
    /// Every party reached, nearest first.
    pub(super) reached: Vec<Node>,
    /// Companies behind the root that each of these holds.
    held: FxHashMap<Node, Vec<Node>>,
}

impl Most {
    /// No less than what flows to a party; [`UNBOUNDED`] where circles leave it without a finite bound.
    pub(super) fn of(&self, party: Node) -> u64 {
        self.units.get(&party).copied().unwrap_or(0)
    }

    /// Whether anything may flow to a party.
    pub(super) fn reaches(&self, party: Node) -> bool {
        self.units.contains_key(&party)
    }

    /// The companies behind the root (apart from the root) that a party holds.
    pub(super) fn held_by(&self, party: Node) -> &[Node] {
        self.held.get(&party).map_or(&[], Vec::as_slice)
    }
}

impl Kernel<'_, '_> {
    /// No less than what of `root`'s capital flows to each party behind it on any day. O(ties behind the root) outside
    /// circles.
    pub(super) fn most_through(&mut self, root: Node) -> Most {
        let mut ways = Ways::default();
        let base: Vec<(usize, u64)> =
            self.most_held(root, root).into_iter().map(|(holder, share)| (ways.place(holder), share)).collect();
        let mut next = 0;
        while let Some(company) = ways.reached.get(next).copied() {
            next += 1;
            let held = self.most_held(company, root);
            let links = held.into_iter().map(|(holder, share)| (ways.place(holder), share)).collect();
            ways.links.push(links);
        }
        let units = match ways.flow(&base, WholeUnits::Up) {
            Some(flow) => ways.reached.iter().copied().zip(flow).collect(),
            None => self.most_around(root),
        };
        Most { units, held: ways.held(), reached: ways.reached }
    }

    /// Who holds how much of a company when everything counts at once; the root, which keeps nothing, left out.
    fn most_held(&mut self, company: Node, root: Node) -> Vec<(Node, u64)> {
        let network = self.network;
        if network.has_plain_shares(company) {
            let row = |(holder, tie)| match tie {
                Tie::Holding(row) if holder != root && !self.days_of(tie).is_empty() => {
                    Some((holder, network.share_units(row).unwrap_or(0)))
                }
                _ => None,
            };
            return network.into(company).filter_map(row).collect();
        }
        let shares = self.shares(company);
        let most = |entries| RBig::from_parts(tally(entries).most().into(), shares.scale.clone());
        let holders = shares.by_holder().filter(|(holder, _)| *holder != root);
        holders.map(|(holder, entries)| (holder, in_units(&most(entries), WholeUnits::Up))).collect()
    }

    /// The same where circles need it: solved exactly but for rounding.
    fn most_around(&mut self, root: Node) -> FxHashMap<Node, u64> {
        let stakes = &mut |kernel: &mut Self, company: Node| {
            let shares = kernel.shares(company);
            let most = |entries| RBig::from_parts(tally(entries).most().into(), shares.scale.clone());
            shares.by_holder().map(|(holder, entries)| (holder, most(entries))).collect()
        };
        let flow = self.flow(root, stakes, &mut |_, _| false, Rounding::Rough);
        let bound = |party: &Node| flow.of(*party).map_or(UNBOUNDED, |value| in_units(&value, WholeUnits::Up));
        flow.reached.iter().map(|party| (*party, bound(party))).collect()
    }
}

/// The least units that are no less than a percentage.
pub(super) fn least_units(percent: &RBig) -> UBig {
    super::tally::least(&super::ballot::plain_scale(), percent)
}
