//! Who controls a party most nearly, where the rows about it leave no doubt: then everyone else who controls it does so
//! by controlling that one, and a chain of such parties is followed without a search.

use super::settled::{HALF, WHOLE};
use super::{Kernel, Node, Tie};

/// Who controls a party most nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearest {
    /// Nobody does on any day of the window.
    Nobody,
    /// One party does on every day, by a declaration or by votes of its own; others only by controlling it (or, as
    /// concert groups about every company go, by being in concert with it or with somebody who controls it).
    One(Node),
    /// The same by the votes of several that it controls, or of its own and theirs.
    Through(Node),
    /// The rows do not tell by themselves.
    Open,
}

/// Pooled votes above one another further than this are left to a search.
const DEPTH: u8 = 3;

/// Tells who controls a party most nearly.
type Above<'a, 'n, 'f> = &'a mut dyn FnMut(&mut Kernel<'n, 'f>, Node) -> Nearest;

/// Chains of those who control a holder are followed so far first.
const NEAR: usize = 4;

/// Chains longer than this are left to a search.
const FAR: usize = 32;

/// Plain votes of one holder, in units.
#[derive(Debug, Clone, Copy)]
struct Holder {
    party: Node,
    /// On every day.
    steady: u64,
    /// Whatever the day.
    most: u64,
}

impl<'n, 'f> Kernel<'n, 'f> {
    /// Who controls a party most nearly. O(rows about it and about those above its holders) the first time.
    pub(super) fn nearest(&mut self, of: Node) -> Nearest {
        self.nearest_within(of, DEPTH)
    }

    /// The same as far as it can be told by looking so many times through holders at those who control them.
    fn nearest_within(&mut self, of: Node, depth: u8) -> Nearest {
        if self.network.into(of).len() == 0 {
            return Nearest::Nobody;
        }
        if let Some(nearest) = self.nearest.get(&(of, depth)) {
            return *nearest;
        }
        let nearest = self.tell_nearest(of, depth);
        self.nearest.insert((of, depth), nearest);
        nearest
    }

    fn tell_nearest(&mut self, of: Node, depth: u8) -> Nearest {
        match depth.checked_sub(1) {
            None => self.nearest_by(of, None),
            Some(less) => self.nearest_by(of, Some(&mut |kernel, at| kernel.nearest_within(at, less))),
        }
    }

    /// Who controls a party most nearly: as far as its own rows tell, or by way of those who control its holders.
    pub(super) fn nearest_by(&mut self, of: Node, above: Option<Above<'_, 'n, 'f>>) -> Nearest {
        let by_votes = if self.is_voted(of) { self.nearest_by_votes(of, above) } else { Nearest::Nobody };
        self.with_declared(of, by_votes)
    }

    /// The same only where a majority settles it; nothing is told of anybody else.
    pub(super) fn nearest_settled(&self, of: Node) -> Nearest {
        self.chief(of).map_or(Nearest::Open, |chief| self.with_declared(of, Nearest::One(chief)))
    }

    fn with_declared(&self, of: Node, by_votes: Nearest) -> Nearest {
        if by_votes == Nearest::Open {
            return Nearest::Open;
        }
        let mut nearest = by_votes;
        for (other, tie) in self.network.into(of).filter(|(other, _)| *other != of) {
            if let Tie::Control(row) = tie
                && self.declares(row)
            {
                let days = self.days_of(tie);
                if days.is_empty() {
                    continue;
                }
                if !days.is_all() || !matches!(nearest, Nearest::Nobody) && nearest != Nearest::One(other) {
                    return Nearest::Open;
                }
                nearest = Nearest::One(other);
            }
        }
        nearest
    }

    /// The holder of the majority that settles a company, if one does.
    fn chief(&self, of: Node) -> Option<Node> {
        let [_, majority] = self.plain_limits;
        if majority != HALF || !self.is_voted(of) || !self.is_settled(of) {
            return None;
        }
        let network = self.network;
        let mut rows = network.into(of).filter_map(|(holder, tie)| match tie {
            Tie::Holding(row) => Some((holder, row)),
            Tie::Proxy(_) | Tie::Control(_) => None,
        });
        let (first, second) = (rows.next()?, rows.next());
        if second.is_none() {
            return Some(first.0);
        }
        // One that had the majority before may have rows as well.
        let mut all = std::iter::once(first).chain(second).chain(rows);
        all.find(|(_, row)| {
            let lasts = network.period_code(Tie::Holding(*row)).begins_for_good().is_some();
            lasts && network.vote_units(*row) > Some(HALF)
        })
        .map(|(holder, _)| holder)
    }

    /// Who has votes in a party, each once.
    fn plain_holders(&self, of: Node) -> Vec<Holder> {
        let mut holders: Vec<Holder> = Vec::new();
        for (party, tie) in self.network.into(of).filter(|(party, _)| *party != of) {
            if let Tie::Holding(row) = tie {
                let days = self.days_of(tie);
                let units = self.network.vote_units(row).unwrap_or(0);
                if units > 0 && !days.is_empty() {
                    holders.push(Holder { party, most: units, steady: if days.is_all() { units } else { 0 } });
                }
            }
        }
        holders.sort_unstable_by_key(|holder| holder.party);
        holders.dedup_by(|again, holder| {
            let same = again.party == holder.party;
            if same {
                holder.most = holder.most.saturating_add(again.most);
                holder.steady = holder.steady.saturating_add(again.steady);
            }
            same
        });
        holders
    }

    /// Who controls a company by votes most nearly, as far as plain votes go, that nobody pools in concert.
    fn nearest_by_votes(&mut self, of: Node, above: Option<Above<'_, 'n, 'f>>) -> Nearest {
        if let Some(chief) = self.chief(of) {
            return Nearest::One(chief);
        }
        let plain = self.network.is_plain(of) && !self.network.is_uncertain_about(of);
        let concert = self.rules.joint && self.network.is_named(of);
        if !plain || concert || !self.kin_about(of).is_empty() {
            return Nearest::Open;
        }
        let holders = self.plain_holders(of);
        let [_, majority] = self.plain_limits;
        let least = self.plain_limit(of);
        let total = holders.iter().fold(0u64, |sum, holder| sum.saturating_add(holder.most));
        if total <= least {
            return Nearest::Nobody;
        }
        if let Some(chief) = holders.iter().find(|holder| holder.steady > majority) {
            // A presumption from what is left is rebutted where the chief has as much.
            let rest = total - chief.most.min(total);
            let nothing_left = rest <= majority && (rest <= least || chief.steady >= rest);
            return if nothing_left && total <= WHOLE { Nearest::One(chief.party) } else { Nearest::Open };
        }
        if self.grouped {
            return Nearest::Open;
        }
        if let Some(above) = above
            && !self.is_listed(of)
            && total <= WHOLE
        {
            return self.pooling(of, &holders, above);
        }
        // A block has one holder at its root, and beside it only such as somebody may control.
        let (mut below, mut root) = (0u64, 0u64);
        for holder in holders {
            if self.network.into(holder.party).len() > 0 {
                below = below.saturating_add(holder.most);
            } else {
                root = root.max(holder.most);
            }
        }
        if below.saturating_add(root) <= least { Nearest::Nobody } else { Nearest::Open }
    }

    /// Who has the majority by controlling several holders, where each of these has a chain of those who control it; two
    /// such parties control one another, or one of them the other. Chains are followed a few steps, and further only where
    /// that does not tell.
    fn pooling(&mut self, of: Node, holders: &[Holder], nearest: Above<'_, 'n, 'f>) -> Nearest {
        let [_, majority] = self.plain_limits;
        let mut above: Vec<(Node, usize, Holder)> = Vec::new();
        for far in [NEAR, FAR] {
            above.clear();
            // Holders whose chains go on, or are not known any further.
            let (mut ends, mut cut): (Vec<Holder>, bool) = (Vec::new(), false);
            for holder in holders {
                let (start, mut at) = (above.len(), holder.party);
                loop {
                    above.push((at, above.len() - start, *holder));
                    let next = match nearest(self, at) {
                        Nearest::Nobody => break,
                        Nearest::One(next) | Nearest::Through(next) => Some(next),
                        Nearest::Open => None,
                    };
                    // A circle ends where it began.
                    if next.is_some_and(|next| next == of || above[start..].iter().any(|(party, ..)| *party == next)) {
                        break;
                    }
                    match next {
                        Some(next) if above.len() - start <= far => at = next,
                        _ => {
                            cut |= next.is_some();
                            ends.push(*holder);
                            break;
                        }
                    }
                }
            }
            above.sort_unstable_by_key(|(party, steps, _)| (*party, *steps));
            let loose = ends.iter().fold(0u64, |sum, end| sum.saturating_add(end.most));
            match lowest(&above, majority) {
                (None, most) if most.saturating_add(loose) <= majority => return Nearest::Nobody,
                (Some(lowest), _) => {
                    // Whoever is further up a chain that has passed the lowest is above it.
                    let own = || above.iter().filter(|(party, ..)| *party == lowest).map(|(.., holder)| holder);
                    if ends.iter().all(|end| own().any(|holder| holder.party == end.party)) {
                        let steady = own().all(|holder| holder.steady == holder.most);
                        return if steady { Nearest::Through(lowest) } else { Nearest::Open };
                    }
                }
                (None, _) => {}
            }
            if !cut {
                break;
            }
        }
        Nearest::Open
    }
}

/// Of those above some holders (by party, and each holder's steps to it), the lowest with more units than this; and the
/// most that anybody has.
fn lowest(above: &[(Node, usize, Holder)], majority: u64) -> (Option<Node>, u64) {
    // What the lowest has, those above it have as well.
    let (mut lowest, mut most): (Option<(u64, usize, Node)>, u64) = (None, 0);
    for own in above.chunk_by(|a, b| a.0 == b.0) {
        let sum = own.iter().fold(0u64, |sum, (.., holder)| sum.saturating_add(holder.most));
        most = most.max(sum);
        if sum > majority {
            lowest = own.first().map(|(party, steps, _)| (sum, *steps, *party)).into_iter().chain(lowest).min();
        }
    }
    (lowest.map(|(.., party)| party), most)
}
