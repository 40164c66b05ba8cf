//! No less than what of a company's capital flows to each party behind it on any day of the window: every row counts
//! that does so on some day, nobody keeps anything, and everything is rounded up to whole units. What it leaves out of
//! the question need not be followed exactly.

use super::ballot::tally;
use super::settled::WHOLE;
use super::{Kernel, Node, Rounding, Tie};
use crate::facts::Share;
use dashu_int::UBig;
use dashu_ratio::RBig;
use rustc_hash::FxHashMap;

/// Stands for more than can be told.
pub(super) const UNBOUNDED: u64 = u64::MAX;

/// Rounds after which circles are solved by elimination.
const ROUNDS: usize = 1000;

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

/// Parties in the order they are reached, and how much of what flows to each goes on to whom.
#[derive(Default)]
struct Ways {
    reached: Vec<Node>,
    place: FxHashMap<Node, usize>,
    /// For each, the places of its holders and their shares.
    links: Vec<Vec<(usize, u64)>>,
}

impl Ways {
    fn place(&mut self, party: Node) -> usize {
        let next = self.reached.len();
        let place = *self.place.entry(party).or_insert(next);
        if place == next {
            self.reached.push(party);
        }
        place
    }

    /// Who holds which companies.
    fn held(&self) -> FxHashMap<Node, Vec<Node>> {
        let mut held: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for (company, links) in self.reached.iter().zip(&self.links) {
            for (holder, _) in links {
                held.entry(self.reached[*holder]).or_default().push(*company);
            }
        }
        held
    }

    /// Adds up what flows where, from those nearest on; `None` where circles leave it without a bound, or with one that
    /// many rounds do not reach. O(links), with circles O(links) a round.
    fn solve(&self, base: &[(usize, u64)]) -> Option<FxHashMap<Node, u64>> {
        let mut flow = vec![0u64; self.reached.len()];
        for (holder, units) in base {
            flow[*holder] = flow[*holder].saturating_add(*units);
        }
        let flow = if self.pass_on(&mut flow) { flow } else { self.go_round(base)? };
        Some(self.reached.iter().copied().zip(flow).collect())
    }

    /// Passes on what flows in, each once all that flows into it is there; false where there are circles.
    fn pass_on(&self, flow: &mut [u64]) -> bool {
        let mut waiting = vec![0u32; self.reached.len()];
        for (to, _) in self.links.iter().flatten() {
            waiting[*to] += 1;
        }
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|place| waiting[*place] == 0).collect();
        let mut done = 0;
        while let Some(at) = ready.pop() {
            done += 1;
            for (to, share) in &self.links[at] {
                flow[*to] = flow[*to].saturating_add(part(flow[at], *share));
                waiting[*to] -= 1;
                if waiting[*to] == 0 {
                    ready.push(*to);
                }
            }
        }
        done == flow.len()
    }

    /// With circles: from nothing upwards, every sum rounded up, until nothing grows. What then flows into each is no
    /// less than its due from the others, and so no less than what really flows.
    fn go_round(&self, base: &[(usize, u64)]) -> Option<Vec<u64>> {
        let count = self.reached.len();
        let mut due: Vec<u128> = vec![0; count];
        for (holder, units) in base {
            due[*holder] += u128::from(*units) * u128::from(WHOLE);
        }
        let mut from: Vec<Vec<(usize, u64)>> = vec![Vec::new(); count];
        for (place, links) in self.links.iter().enumerate() {
            for (to, share) in links {
                from[*to].push((place, *share));
            }
        }
        let mut flow = vec![0u64; count];
        for _ in 0..ROUNDS {
            let mut grown = false;
            for place in 0..count {
                let more = from[place].iter().map(|(other, share)| u128::from(flow[*other]) * u128::from(*share));
                let sum = more.fold(due[place], u128::saturating_add).div_ceil(u128::from(WHOLE));
                let sum = u64::try_from(sum).ok().filter(|sum| *sum < UNBOUNDED)?;
                grown |= sum > flow[place];
                flow[place] = sum;
            }
            if !grown {
                return Some(flow);
            }
        }
        None
    }
}

/// A share of some units, rounded up.
fn part(units: u64, share: u64) -> u64 {
    u64::try_from((u128::from(units) * u128::from(share)).div_ceil(u128::from(WHOLE))).unwrap_or(UNBOUNDED)
}

/// A percentage in units, rounded up.
fn units(percent: &RBig) -> u64 {
    let units: dashu_int::IBig = (percent * RBig::from(Share::PERCENT)).ceil();
    u64::try_from(units).unwrap_or(UNBOUNDED)
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
        let units = ways.solve(&base).unwrap_or_else(|| self.most_around(root));
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
        holders.map(|(holder, entries)| (holder, units(&most(entries)))).collect()
    }

    /// The same where circles need it: solved exactly but for rounding.
    fn most_around(&mut self, root: Node) -> FxHashMap<Node, u64> {
        let stakes = &mut |kernel: &mut Self, company: Node| {
            let shares = kernel.shares(company);
            let most = |entries| RBig::from_parts(tally(entries).most().into(), shares.scale.clone());
            shares.by_holder().map(|(holder, entries)| (holder, most(entries))).collect()
        };
        let flow = self.flow(root, stakes, &mut |_, _| false, Rounding::Rough);
        let bound = |party: &Node| flow.of(*party).map_or(UNBOUNDED, |value| units(&value));
        flow.reached.iter().map(|party| (*party, bound(party))).collect()
    }
}

/// The least units that are no less than a percentage.
pub(super) fn least_units(percent: &RBig) -> UBig {
    super::tally::least(&super::ballot::plain_scale(), percent)
}
