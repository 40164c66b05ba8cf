//! Who controls a party most nearly, where the rows about it leave no doubt: then everyone else who controls it does so
//! by controlling that one, and a chain of such parties is followed without a search.

use super::{Kernel, Node, Tie};
use rustc_hash::FxHashMap;

/// Who controls a party most nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearest {
    /// Nobody does on any day of the window.
    Nobody,
    /// One party does on every day, by a declaration or by votes of its own; others only by controlling it (or, as
    /// concert groups about every company go, by being in concert with it or with somebody who controls it).
    One(Node),
    /// The rows do not tell by themselves.
    Open,
}

/// Plain votes of one holder, in units.
#[derive(Debug, Clone, Copy, Default)]
struct Holder {
    /// On every day.
    steady: u64,
    /// Whatever the day.
    most: u64,
}

impl Kernel<'_, '_> {
    /// Who controls a party most nearly. O(rows about it) the first time.
    pub(super) fn nearest(&mut self, of: Node) -> Nearest {
        if self.network.into(of).len() == 0 {
            return Nearest::Nobody;
        }
        if let Some(nearest) = self.nearest.get(&of) {
            return *nearest;
        }
        let nearest = self.work_out_nearest(of);
        self.nearest.insert(of, nearest);
        nearest
    }

    fn work_out_nearest(&mut self, of: Node) -> Nearest {
        let network = self.network;
        let voted = self.is_voted(of);
        let plain = network.is_plain(of) && !network.is_uncertain_about(of);
        let concert = voted && self.rules.joint && network.is_named(of);
        if voted && (!plain || concert || !self.kin_about(of).is_empty()) {
            return Nearest::Open;
        }
        let mut declared: Option<Node> = None;
        let mut holders: FxHashMap<Node, Holder> = FxHashMap::default();
        for (other, tie) in network.into(of).filter(|(other, _)| *other != of) {
            match tie {
                Tie::Control(row) if self.declares(row) => {
                    let days = self.days_of(tie);
                    if days.is_empty() {
                        continue;
                    }
                    if !days.is_all() || declared.replace(other).is_some_and(|known| known != other) {
                        return Nearest::Open;
                    }
                }
                Tie::Holding(row) if voted => {
                    let days = self.days_of(tie);
                    let units = network.vote_units(row).unwrap_or(0);
                    if units > 0 && !days.is_empty() {
                        let holder = holders.entry(other).or_default();
                        holder.most = holder.most.saturating_add(units);
                        holder.steady = holder.steady.saturating_add(if days.is_all() { units } else { 0 });
                    }
                }
                Tie::Control(_) | Tie::Holding(_) | Tie::Proxy(_) => {}
            }
        }
        match (declared, self.nearest_by_votes(of, &holders)) {
            (_, Nearest::Open) => Nearest::Open,
            (None, nearest) => nearest,
            (Some(declared), Nearest::Nobody) => Nearest::One(declared),
            (Some(declared), Nearest::One(holder)) if declared == holder => Nearest::One(holder),
            (Some(_), Nearest::One(_)) => Nearest::Open,
        }
    }

    /// The same as far as plain votes go, that nobody pools in concert.
    fn nearest_by_votes(&self, of: Node, holders: &FxHashMap<Node, Holder>) -> Nearest {
        let [presumption, majority] = self.plain_limits;
        let least = if self.is_listed(of) { presumption } else { majority };
        let total = holders.values().fold(0u64, |sum, holder| sum.saturating_add(holder.most));
        if total <= least {
            return Nearest::Nobody;
        }
        if let Some((chief, own)) = holders.iter().find(|(_, holder)| holder.steady > majority) {
            // A presumption from what is left is rebutted where the chief has as much.
            let rest = total - own.most.min(total);
            let nothing_left = rest <= majority && (rest <= least || own.steady >= rest);
            return if nothing_left && total <= super::settled::WHOLE { Nearest::One(*chief) } else { Nearest::Open };
        }
        // A block has one holder at its root, and beside it only such as somebody may control.
        let may_be_controlled = |holder: Node| self.network.into(holder).len() > 0;
        let (mut below, mut root) = (0u64, 0u64);
        for (holder, own) in holders {
            if may_be_controlled(*holder) {
                below = below.saturating_add(own.most);
            } else {
                root = root.max(own.most);
            }
        }
        if !self.grouped && below.saturating_add(root) <= least { Nearest::Nobody } else { Nearest::Open }
    }
}
