//! Shares attributed through chains of holdings, circles included, exactly (`rules-sse-2022.md`, section 3).
//!
//! What flows into a party is its own stake plus, from every company it holds, its share of what flows into that
//! company. Companies are taken in topological order; inside a circle the system is solved by elimination. Chains are
//! never enumerated. Flow stops at the parties that keep it (the block a stake is attributed to) and never passes
//! through the root itself.
//!
//! Fractions along a chain of ten thousand links grow without end, so beyond a size they are rounded, always in the
//! direction asked for, and the result says so: a comparison that the rounded values do not settle is repeated exactly.

use super::linear::solve;
use super::ways::{Ways, WholeUnits, in_units};
use super::{Kernel, Node, Side};
use crate::facts::Share;
use dashu_base::BitTest;
use dashu_int::UBig;
use dashu_ratio::RBig;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Denominators up to this many bits are kept exact.
const EXACT_BITS: usize = 4096;

/// The same where a rough bound will do.
const ROUGH_BITS: usize = 64;

/// Parts with so many more ties than parties among themselves are bounded in whole units: elimination would fill them.
const DENSE: usize = 128;

/// So are parts of more parties: fractions around a circle grow with its length.
const LONG: usize = 256;

/// What to do with fractions that have grown too large to carry along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Round them down: the result is a lower bound.
    Down,
    /// Round them up: the result is an upper bound.
    Up,
    /// Keep them, whatever it costs.
    Exact,
    /// Round them up soon: an upper bound that is cheap.
    Rough,
}

/// What flows into each party, in percent of the root's capital (or of each party's, for [`Kernel::owned_shares`]).
#[derive(Debug, Clone, Default)]
pub struct LookThrough {
    values: FxHashMap<Node, RBig>,
    unbounded: FxHashSet<Node>,
    circular: FxHashSet<Node>,
    /// Every party reached, nearest first.
    pub reached: Vec<Node>,
    /// Whether any value was rounded.
    pub rounded: bool,
}

impl LookThrough {
    /// What flows into a party; zero where nothing does, `None` where circles that are closed in themselves (or known
    /// only within bounds) leave it without a finite bound.
    #[must_use]
    pub fn of(&self, party: Node) -> Option<RBig> {
        if self.unbounded.contains(&party) {
            None
        } else {
            Some(self.values.get(&party).cloned().unwrap_or(RBig::ZERO))
        }
    }

    /// Whether the party lies in a circle, so that what flows into it counts what has passed through it before.
    #[must_use]
    pub fn is_circular(&self, party: Node) -> bool {
        self.circular.contains(&party)
    }

    /// Whether anything flows into the party.
    #[must_use]
    pub fn reaches(&self, party: Node) -> bool {
        self.values.contains_key(&party)
    }
}

/// Where flow starts and how it is passed on: `links[a]` lists `(b, fraction of a's inflow that b receives)`.
#[derive(Default)]
struct System {
    base: FxHashMap<Node, RBig>,
    links: FxHashMap<Node, Vec<(Node, RBig)>>,
    reached: Vec<Node>,
}

impl System {
    fn solve(self, rounding: Rounding) -> LookThrough {
        let mut graph: DiGraph<Node, (), u32> = DiGraph::default();
        let index: FxHashMap<Node, NodeIndex<u32>> =
            self.reached.iter().map(|node| (*node, graph.add_node(*node))).collect();
        for from in &self.reached {
            for (to, _) in self.links.get(from).map_or(&[][..], Vec::as_slice) {
                graph.add_edge(index[from], index[to], ());
            }
        }
        let mut flow =
            LookThrough { values: self.base.clone(), reached: self.reached.clone(), ..LookThrough::default() };
        for mut part in kosaraju_scc(&graph).into_iter().rev() {
            // In the order reached, so that rounds follow the flow.
            part.sort_unstable();
            let nodes: Vec<Node> = part.into_iter().map(|node| graph[node]).collect();
            self.solve_part(&nodes, rounding, &mut flow);
        }
        flow
    }

    /// Solves one strongly connected part, whose inflow from outside is complete, and passes its outflow on.
    fn solve_part(&self, nodes: &[Node], rounding: Rounding, flow: &mut LookThrough) {
        let links = |node: &Node| self.links.get(node).map_or(&[][..], Vec::as_slice);
        let circular = nodes.len() > 1 || links(&nodes[0]).iter().any(|(to, _)| *to == nodes[0]);
        let position: FxHashMap<Node, usize> = nodes.iter().enumerate().map(|(i, node)| (*node, i)).collect();
        if circular {
            flow.circular.extend(nodes.iter().copied());
            let among = nodes.iter().flat_map(&links).filter(|(to, _)| position.contains_key(to)).count();
            let bounds = if among > nodes.len() + DENSE || nodes.len() > LONG {
                self.bound(nodes, &position, rounding, flow)
            } else {
                None
            };
            flow.rounded |= bounds.is_some();
            match bounds.or_else(|| self.eliminate(nodes, &position, flow)) {
                Some(values) => flow.values.extend(nodes.iter().copied().zip(values)),
                None => flow.unbounded.extend(nodes.iter().copied()),
            }
        }
        for node in nodes {
            if flow.unbounded.contains(node) {
                let onward = links(node).iter().filter(|(_, share)| *share > RBig::ZERO).map(|(to, _)| *to);
                flow.unbounded.extend(onward.filter(|to| !position.contains_key(to)));
                continue;
            }
            let Some(value) = flow.values.get(node).cloned() else { continue };
            let value = round(value, rounding, &mut flow.rounded);
            for (to, share) in links(node) {
                if !position.contains_key(to) {
                    *flow.values.entry(*to).or_insert(RBig::ZERO) += &value * share;
                }
            }
            flow.values.insert(*node, value);
        }
    }
}

impl System {
    /// What flows into each party of a part, exactly; `None` where it is closed in itself.
    fn eliminate(&self, nodes: &[Node], position: &FxHashMap<Node, usize>, flow: &LookThrough) -> Option<Vec<RBig>> {
        let mut rows: Vec<BTreeMap<usize, RBig>> = vec![BTreeMap::new(); nodes.len()];
        for (i, node) in nodes.iter().enumerate() {
            for (to, share) in self.links.get(node).into_iter().flatten() {
                if let Some(j) = position.get(to) {
                    *rows[*j].entry(i).or_insert(RBig::ZERO) += share;
                }
            }
        }
        solve(rows, nodes.iter().map(|node| flow.values.get(node).cloned().unwrap_or(RBig::ZERO)).collect())
    }

    /// The same in whole units, rounded the way asked for; `None` where that is no way, or leads to no end.
    fn bound(
        &self,
        nodes: &[Node],
        position: &FxHashMap<Node, usize>,
        rounding: Rounding,
        flow: &LookThrough,
    ) -> Option<Vec<RBig>> {
        let round = match rounding {
            Rounding::Exact => return None,
            Rounding::Down => WholeUnits::Down,
            Rounding::Up | Rounding::Rough => WholeUnits::Up,
        };
        let hundred = RBig::from(100);
        let onward = |node: &Node| {
            let own = self.links.get(node).into_iter().flatten();
            own.filter_map(|(to, share)| Some((*position.get(to)?, in_units(&(share * &hundred), round)))).collect()
        };
        let mut ways = Ways::of(nodes);
        ways.links = nodes.iter().map(onward).collect();
        let inflow = |(place, node)| Some((place, in_units(flow.values.get(node)?, round)));
        let base: Vec<(usize, u64)> = nodes.iter().enumerate().filter_map(inflow).collect();
        let unit = RBig::from(Share::PERCENT);
        Some(ways.flow(&base, round)?.into_iter().map(|units| RBig::from(units) / &unit).collect())
    }
}

/// Rounds a fraction whose denominator has grown too large to a multiple of a power of two.
fn round(value: RBig, rounding: Rounding, rounded: &mut bool) -> RBig {
    let bits = if rounding == Rounding::Rough { ROUGH_BITS } else { EXACT_BITS };
    if rounding == Rounding::Exact || value.denominator().bit_len() <= bits {
        return value;
    }
    *rounded = true;
    let scale = UBig::ONE << bits;
    let scaled = value * RBig::from(scale.clone());
    let whole = if rounding == Rounding::Down { scaled.floor() } else { scaled.ceil() };
    RBig::from_parts(whole, scale)
}

/// The stakes in a company by holder, in percent.
pub(super) type Stakes<'s, K> = dyn FnMut(&mut K, Node) -> Vec<(Node, RBig)> + 's;

impl Kernel<'_, '_> {
    /// What of `root`'s capital is attributed to each party behind it on the day looked at. Flow stops at parties for
    /// which `keeps` holds. O(ties behind the root) outside circles.
    pub fn look_through(
        &mut self,
        root: Node,
        keeps: &mut dyn FnMut(&mut Self, Node) -> bool,
        rounding: Rounding,
    ) -> LookThrough {
        self.look_through_some(root, &|_| true, keeps, rounding)
    }

    /// The same with only those holders between for which `matters` holds.
    pub(super) fn look_through_some(
        &mut self,
        root: Node,
        matters: &dyn Fn(Node) -> bool,
        keeps: &mut dyn FnMut(&mut Self, Node) -> bool,
        rounding: Rounding,
    ) -> LookThrough {
        let stakes = &mut |kernel: &mut Self, company: Node| {
            let shares = kernel.shares(company);
            let mut stakes: Vec<(Node, RBig)> = Vec::new();
            for (holder, entries) in shares.by_holder().filter(|(holder, _)| matters(*holder)) {
                let held: Vec<&UBig> =
                    entries.iter().filter(|entry| kernel.holds(&entry.days)).map(|entry| &entry.units).collect();
                if !held.is_empty() {
                    let units = held.into_iter().fold(UBig::ZERO, |sum, units| sum + units);
                    stakes.push((holder, RBig::from_parts(units.into(), shares.scale.clone())));
                }
            }
            stakes
        };
        self.flow(root, stakes, keeps, rounding)
    }

    /// Follows the stakes in each company to its holders.
    pub(super) fn flow(
        &mut self,
        root: Node,
        stakes: &mut Stakes<'_, Self>,
        keeps: &mut dyn FnMut(&mut Self, Node) -> bool,
        rounding: Rounding,
    ) -> LookThrough {
        let mut system = System::default();
        let mut seen: FxHashSet<Node> = FxHashSet::from_iter([root]);
        // Shares the root holds in itself are attributed to nobody.
        for (holder, stake) in stakes(self, root).into_iter().filter(|(holder, _)| *holder != root) {
            system.base.insert(holder, stake);
            system.reached.push(holder);
            seen.insert(holder);
        }
        let mut next = 0;
        while let Some(company) = system.reached.get(next).copied() {
            next += 1;
            if keeps(self, company) {
                continue;
            }
            let held = stakes(self, company).into_iter().filter(|(holder, _)| *holder != root);
            let links: Vec<(Node, RBig)> = held.map(|(holder, stake)| (holder, stake / RBig::from(100))).collect();
            for (holder, _) in &links {
                if seen.insert(*holder) {
                    system.reached.push(*holder);
                }
            }
            system.links.insert(company, links);
        }
        system.solve(rounding)
    }

    /// What of each company's capital is attributed to `owner` through chains of holdings.
    /// O(ties below the owner) outside circles.
    pub fn owned_shares(&mut self, owner: Node, rounding: Rounding) -> LookThrough {
        let side = self.lens.side;
        let mut system = System::default();
        let mut seen: FxHashSet<Node> = FxHashSet::from_iter([owner]);
        let mut open = vec![owner];
        while let Some(holder) = open.pop() {
            self.touch(holder);
            let mut companies: Vec<Node> = self.network.out(holder).map(|(company, _)| company).collect();
            companies.sort_unstable();
            companies.dedup();
            for company in companies {
                let capital = self.capital(company);
                let Some(stake) = capital.of(holder).filter(|stake| stake.has_some(side)) else { continue };
                if company == owner {
                    continue;
                }
                if holder == owner {
                    system.base.insert(company, stake.at(side).clone());
                } else {
                    let share = stake.at(side) / RBig::from(100);
                    system.links.entry(holder).or_default().push((company, share));
                }
                if seen.insert(company) {
                    system.reached.push(company);
                    open.push(company);
                }
            }
        }
        system.solve(rounding)
    }

    /// The rows of `holdings` through which `root`'s capital reaches the parties that keep it.
    pub fn look_through_rows(&mut self, root: Node, keeps: &mut dyn FnMut(&mut Self, Node) -> bool) -> Vec<u32> {
        let flow = self.look_through(root, keeps, Rounding::Down);
        let mut kept: FxHashSet<Node> = FxHashSet::default();
        for party in &flow.reached {
            if keeps(self, *party) {
                kept.insert(*party);
            }
        }
        let side: Side = self.lens.side;
        let mut holders_of: Vec<(Node, Node, Vec<u32>)> = Vec::new();
        for company in std::iter::once(root).chain(flow.reached.iter().copied().filter(|node| !kept.contains(node))) {
            let capital = self.capital(company);
            for (holder, stake) in capital.holders() {
                if flow.reaches(holder) && holder != root && stake.has_some(side) {
                    holders_of.push((holder, company, stake.rows(side).to_vec()));
                }
            }
        }
        // Only ties that lead on to somebody who keeps the flow matter.
        let mut useful = kept;
        let mut companies_of: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for (holder, company, _) in &holders_of {
            companies_of.entry(*holder).or_default().push(*company);
        }
        let mut open: Vec<Node> = useful.iter().copied().collect();
        while let Some(holder) = open.pop() {
            for company in companies_of.get(&holder).into_iter().flatten() {
                if useful.insert(*company) {
                    open.push(*company);
                }
            }
        }
        let mut rows: Vec<u32> = holders_of
            .into_iter()
            .filter(|(holder, _, _)| useful.contains(holder))
            .flat_map(|(_, _, rows)| rows)
            .collect();
        rows.sort_unstable();
        rows
    }
}
