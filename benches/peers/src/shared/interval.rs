//! Control as ranges of a preorder numbering.
//!
//! Every company hangs below whoever has the majority of it alone or, where nobody has, below one who is declared to
//! control it. What a party controls is then the range of its subtree, and further subtrees that are reached by ties
//! outside the forest: other declarations, and votes in companies where holders without a majority could have one
//! together. Whether there are few of these is up to the data; the answer is right in any case.

use super::Sharing;
use crate::control::{ALL, Compressed};
use crate::edges::{Edges, MAJORITY};
use crate::tally::Tally;
use std::collections::HashMap;

const NOBODY: u32 = u32::MAX;

pub struct Interval {
    /// Below whom a party hangs, circles not broken.
    parent: Vec<u32>,
    /// The party whose subtree is what a party controls: itself, or where its circle was broken.
    head: Vec<u32>,
    /// Positions of each party's subtree.
    range: Vec<(u32, u32)>,
    /// The party at each position.
    order: Vec<u32>,
    /// Ties outside the forest by the position of the holder: company and share.
    others: Vec<(u32, u32, u32)>,
    /// Holders by ties outside the forest, by company.
    holders: HashMap<u32, Vec<u32>>,
}

/// Disjoint ranges, and the votes outside them.
#[derive(Default)]
struct Reached {
    ranges: Vec<(u32, u32)>,
    votes: HashMap<u32, u64>,
    open: Vec<u32>,
}

impl Reached {
    fn has(&self, position: u32) -> bool {
        self.ranges.iter().any(|(first, end)| *first <= position && position < *end)
    }
}

impl Interval {
    /// Hangs every company, and keeps the ties that do not fit.
    fn hang(edges: &Edges) -> (Vec<u32>, Vec<(u32, u32, u32)>) {
        let into = Compressed::new(edges.parties, edges.ties(), |tie| (tie.company, tie.holder));
        let mut parent = vec![NOBODY; edges.parties as usize];
        let mut others = Vec::new();
        let mut votes: Vec<(u32, u64)> = Vec::new();
        for company in 0..edges.parties {
            votes.clear();
            votes.extend(into.of(company).iter().filter(|(_, share)| *share != ALL).map(|(h, s)| (*h, u64::from(*s))));
            votes.sort_unstable_by_key(|(holder, _)| *holder);
            votes.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                kept.1 += if same { later.1 } else { 0 };
                same
            });
            let above = &mut parent[company as usize];
            let mut rest = 0;
            for (holder, share) in &votes {
                if *share <= MAJORITY {
                    rest += share;
                } else if *above == NOBODY {
                    *above = *holder;
                } else {
                    others.push((*holder, company, ALL));
                }
            }
            if rest > MAJORITY {
                let minor = votes.iter().filter(|(_, share)| *share <= MAJORITY);
                others.extend(minor.map(|(holder, share)| (*holder, company, *share as u32)));
            }
            for (holder, _) in into.of(company).iter().filter(|(_, share)| *share == ALL) {
                if *above == NOBODY {
                    *above = *holder;
                } else if *above != *holder {
                    others.push((*holder, company, ALL));
                }
            }
        }
        (parent, others)
    }

    /// All that a party controls.
    fn reach(&self, party: u32, reached: &mut Reached) {
        reached.ranges.clear();
        reached.votes.clear();
        reached.open.push(party);
        while let Some(party) = reached.open.pop() {
            let (first, end) = self.range[self.head[party as usize] as usize];
            if reached.has(first) {
                continue;
            }
            let mut inside: Vec<(u32, u32)> = Vec::new();
            reached.ranges.retain(|range| {
                let within = first <= range.0 && range.1 <= end;
                if within {
                    inside.push(*range);
                }
                !within
            });
            inside.sort_unstable();
            inside.push((end, end));
            let mut from = first;
            for (begins, ends) in inside {
                self.follow(from, begins, reached);
                from = ends;
            }
            reached.ranges.push((first, end));
        }
    }

    /// Follows the ties that leave these positions outside the forest.
    fn follow(&self, first: u32, end: u32, reached: &mut Reached) {
        let start = self.others.partition_point(|(at, ..)| *at < first);
        for (at, company, share) in &self.others[start..] {
            if *at >= end {
                break;
            }
            let enough = *share == ALL || {
                let sum = reached.votes.entry(*company).or_default();
                *sum += u64::from(*share);
                *sum > MAJORITY
            };
            if enough {
                reached.open.push(*company);
            }
        }
    }

    /// Everyone from whom forest and other ties lead to the subject, nearest first.
    fn candidates(&self, subject: u32) -> Vec<u32> {
        let mut seen = std::collections::HashSet::from([subject]);
        let mut found = vec![subject];
        let mut next = 0;
        while let Some(company) = found.get(next).copied() {
            next += 1;
            let above = self.parent[company as usize];
            if above != NOBODY && seen.insert(above) {
                found.push(above);
            }
            for holder in self.holders.get(&company).into_iter().flatten() {
                if seen.insert(*holder) {
                    found.push(*holder);
                }
            }
        }
        found.remove(0);
        found
    }
}

impl Sharing for Interval {
    fn load(edges: &Edges) -> Self {
        let (parent, mut others) = Self::hang(edges);
        let count = parent.len();
        // Circles: where a walk upwards comes back to itself, it is broken.
        let mut tree = parent.clone();
        let mut head: Vec<u32> = (0..count as u32).collect();
        let mut walk = vec![0u32; count];
        for start in 0..count as u32 {
            let mut at = start;
            while at != NOBODY && walk[at as usize] == 0 {
                walk[at as usize] = start + 1;
                at = tree[at as usize];
            }
            if at != NOBODY && walk[at as usize] == start + 1 {
                let root = at;
                loop {
                    head[at as usize] = root;
                    at = parent[at as usize];
                    if at == root {
                        break;
                    }
                }
                tree[root as usize] = NOBODY;
            }
        }
        // Children by parent, then the numbering.
        let mut starts = vec![0u32; count + 2];
        tree.iter().filter(|above| **above != NOBODY).for_each(|above| starts[*above as usize + 2] += 1);
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut children = vec![0u32; starts[count + 1] as usize];
        for (child, above) in tree.iter().enumerate().filter(|(_, above)| **above != NOBODY) {
            let at = &mut starts[*above as usize + 1];
            children[*at as usize] = child as u32;
            *at += 1;
        }
        let mut range = vec![(0, 0); count];
        let mut order = Vec::with_capacity(count);
        let mut open = Vec::new();
        for root in (0..count as u32).filter(|party| tree[*party as usize] == NOBODY) {
            open.push((root, false));
            while let Some((party, left)) = open.pop() {
                let at = party as usize;
                if left {
                    range[at].1 = order.len() as u32;
                    continue;
                }
                range[at].0 = order.len() as u32;
                order.push(party);
                let own = &children[starts[at] as usize..starts[at + 1] as usize];
                if own.is_empty() {
                    range[at].1 = order.len() as u32;
                    continue;
                }
                open.push((party, true));
                open.extend(own.iter().map(|child| (*child, false)));
            }
        }
        let mut holders: HashMap<u32, Vec<u32>> = HashMap::new();
        for (holder, company, _) in &mut others {
            holders.entry(*company).or_default().push(*holder);
            *holder = range[*holder as usize].0;
        }
        others.sort_unstable();
        Self { parent, head, range, order, others, holders }
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let mut tally = Tally::default();
        let mut reached = Reached::default();
        for subject in subjects {
            let position = self.range[*subject as usize].0;
            let mut union: Vec<(u32, u32)> = Vec::new();
            for candidate in self.candidates(*subject).into_iter().rev() {
                let at = self.range[candidate as usize].0;
                // One who is controlled by a controller adds nothing.
                if union.iter().any(|(first, end)| *first <= at && at < *end) {
                    continue;
                }
                self.reach(candidate, &mut reached);
                if reached.has(position) {
                    union.extend(&reached.ranges);
                }
            }
            union.sort_unstable();
            let mut from = 0;
            for (first, end) in union {
                let first = first.max(from);
                for party in self.order.get(first as usize..end as usize).unwrap_or_default() {
                    if party != subject {
                        tally.add(*subject, *party);
                    }
                }
                from = from.max(end);
            }
        }
        tally
    }
}
