//! What lies above a party: everyone who may come to control it, through ties that may lead there.

use super::nearest::Nearest;
use super::{Kernel, Node, Tie};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

/// The ties among those above a party, by the party they come from.
#[derive(Debug, Default)]
pub(super) struct Cone {
    ties: FxHashMap<Node, Vec<(Node, Tie)>>,
}

impl Cone {
    /// The ties of one party, in the order of the tables.
    pub(super) fn out(&self, of: Node) -> &[(Node, Tie)] {
        self.ties.get(&of).map_or(&[], Vec::as_slice)
    }
}

impl Kernel<'_, '_> {
    /// Shows every tie to a party by which somebody may come to control it.
    fn each_leading(&mut self, to: Node, mut each: impl FnMut(Node, Tie)) {
        let only = match self.nearest(to) {
            Nearest::Nobody => return,
            Nearest::One(nearest) if !self.grouped => Some(nearest),
            Nearest::One(_) | Nearest::Through(_) | Nearest::Open => None,
        };
        let voted = self.is_voted(to);
        for (other, tie) in self.network.into(to) {
            if only.is_none_or(|only| only == other) && (voted || matches!(tie, Tie::Control(_))) && self.may_lead(tie)
            {
                each(other, tie);
            }
        }
    }

    /// Everyone above the target, itself among them, with all who belong to a concert group that may bear on one
    /// of these, and those above them; and the groups among these that are about every company. O(ties above them).
    pub(super) fn cone(&mut self, target: Node) -> (Cone, Vec<u32>) {
        let concert = self.network.concert();
        let mut cone = Cone::default();
        let mut seen: FxHashSet<Node> = FxHashSet::default();
        let mut universal: BTreeSet<u32> = BTreeSet::new();
        let mut open: Vec<Node> = vec![target];
        while let Some(party) = open.pop() {
            if !seen.insert(party) {
                continue;
            }
            self.each_leading(party, |other, tie| {
                cone.ties.entry(other).or_default().push((party, tie));
                open.push(other);
            });
            if !self.rules.joint {
                continue;
            }
            for group in concert.universal_of(party) {
                if universal.insert(group) {
                    open.extend(concert.everyone(group));
                }
            }
            for group in concert.naming(party) {
                open.extend(concert.everyone(*group));
            }
        }
        cone.ties.values_mut().for_each(|ties| ties.sort_unstable_by_key(|(_, tie)| *tie));
        (cone, universal.into_iter().collect())
    }

    /// A party and everyone above it. O(ties above it) the first time.
    pub(super) fn above(&mut self, party: Node) -> Rc<FxHashSet<Node>> {
        if let Some(above) = self.above.get(&party) {
            return Rc::clone(above);
        }
        let mut above: FxHashSet<Node> = FxHashSet::default();
        self.climb(party, &mut above, |_| ());
        let above = Rc::new(above);
        self.above.insert(party, Rc::clone(&above));
        above
    }

    /// Visits a party and everyone above it, each once. Where the company that is asked about is among them, whoever
    /// controls it brings what it controls.
    pub(super) fn climb(&mut self, from: Node, seen: &mut FxHashSet<Node>, mut visit: impl FnMut(Node)) {
        let mut open = VecDeque::from([from]);
        while let Some(party) = open.pop_front() {
            if seen.insert(party) {
                visit(party);
                self.each_leading(party, |above, _| open.push_back(above));
            }
        }
    }
}
