//! Links from each party to the nearest who control it: one for nearly all, a list for the few with several.

use crate::graph::Node;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// No parent.
pub(super) const NONE: Node = Node::MAX;
/// Several parents, which stand beside.
const MANY: Node = Node::MAX - 1;
/// Not known yet.
pub(super) const OPEN: Node = Node::MAX - 2;

/// Who is known to control each party, so that all its controllers are met by going on from one to the next.
#[derive(Debug, Default)]
pub(super) struct Parents {
    one: Vec<Node>,
    many: FxHashMap<Node, Vec<Node>>,
}

impl Parents {
    /// Nobody controls anybody. O(parties).
    pub(super) fn none(parties: usize) -> Self {
        Self { one: vec![NONE; parties], many: FxHashMap::default() }
    }

    /// The number of parties.
    pub(super) fn len(&self) -> usize {
        self.one.len()
    }

    /// The parents of a party, each once. O(1).
    pub(super) fn of(&self, party: Node) -> &[Node] {
        match self.one.get(party as usize) {
            None | Some(&(NONE | OPEN)) => &[],
            Some(&MANY) => self.many.get(&party).map_or(&[], Vec::as_slice),
            Some(one) => std::slice::from_ref(one),
        }
    }

    /// Whether anybody controls a party. O(1).
    pub(super) fn has(&self, party: Node) -> bool {
        self.one.get(party as usize).is_some_and(|parent| *parent != NONE)
    }

    /// What is known of a party as long as none has several.
    pub(super) fn one(&self, party: Node) -> Node {
        self.one.get(party as usize).copied().unwrap_or(NONE)
    }

    /// Sets the only parent of a party, or that there is none.
    pub(super) fn set(&mut self, party: Node, parent: Node) {
        if let Some(one) = self.one.get_mut(party as usize) {
            *one = parent;
        }
    }

    /// The first parents of all parties, to be written in parts by several threads: [`NONE`] or a party.
    pub(super) fn first(&mut self) -> &mut [Node] {
        &mut self.one
    }

    /// Adds a parent; nothing is ever taken away. Amortised O(parents of the party).
    pub(super) fn add(&mut self, party: Node, parent: Node) {
        let Some(one) = self.one.get_mut(party as usize) else { return };
        match *one {
            NONE | OPEN => *one = parent,
            MANY => {
                let many = self.many.entry(party).or_default();
                if !many.contains(&parent) {
                    many.push(parent);
                }
            }
            known if known == parent => {}
            known => {
                *one = MANY;
                self.many.insert(party, vec![known, parent]);
            }
        }
    }
}

/// Goes up from a party: itself first, then those who control it, near ones before those that are met through them.
/// `visit` says whether to go on beyond a party. O(controllers), and their logarithm where there are many.
pub(super) struct Climb {
    open: Vec<Node>,
    /// Where a party stands in `open`, once there are too many to look through.
    seen: rustc_hash::FxHashSet<Node>,
}

/// So many parties are looked through faster than hashed.
const FEW: usize = 16;

impl Climb {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), seen: rustc_hash::FxHashSet::default() }
    }

    fn add(&mut self, party: Node) {
        if self.open.len() < FEW {
            if !self.open.contains(&party) {
                self.open.push(party);
            }
            return;
        }
        if self.seen.is_empty() {
            self.seen.extend(&self.open);
        }
        if self.seen.insert(party) {
            self.open.push(party);
        }
    }

    /// Everyone above a party and the party itself, not going beyond `barrier`.
    pub(super) fn up(&mut self, parents: &Parents, from: Node, barrier: Node) -> &[Node] {
        self.open.clear();
        if !self.seen.is_empty() {
            self.seen.clear();
        }
        self.open.push(from);
        let mut at = 0;
        while let Some(party) = self.open.get(at).copied() {
            at += 1;
            if party != barrier {
                for parent in parents.of(party) {
                    self.add(*parent);
                }
            }
        }
        &self.open
    }
}

/// Sets of several parties that stand for the same few sets again and again.
#[derive(Debug, Default)]
pub(super) struct Sets {
    sets: Vec<Vec<Node>>,
    known: BTreeMap<Vec<Node>, u32>,
}

impl Sets {
    /// The number of a set. O(its size · log sets).
    pub(super) fn number(&mut self, set: Vec<Node>) -> u32 {
        if let Some(known) = self.known.get(&set) {
            return *known;
        }
        let number = self.sets.len() as u32;
        self.sets.push(set.clone());
        self.known.insert(set, number);
        number
    }

    pub(super) fn get(&self, number: u32) -> &[Node] {
        self.sets.get(number as usize).map_or(&[], Vec::as_slice)
    }
}
