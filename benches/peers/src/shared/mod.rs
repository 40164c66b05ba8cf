//! The part that registers share: for each listed company its controllers with everything they control, on one day.

mod interval;

use crate::control::{Closures, Compressed, Contestant, Ours, Petgraph};
use crate::edges::Edges;
use crate::tally::Tally;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use relata::graph::Network;
use std::collections::HashSet;

pub use interval::Interval;

/// One way to it.
pub trait Sharing: Sized {
    fn load(edges: &Edges) -> Self;
    /// The controllers of each subject and what they control, the subject apart.
    fn all(&mut self, subjects: &[u32]) -> Tally;
}

/// A closure for each party above the subject, over compressed rows.
pub struct PerCompany {
    held: Compressed,
    holders: Compressed,
}

impl Sharing for PerCompany {
    fn load(edges: &Edges) -> Self {
        Self {
            held: Compressed::new(edges.parties, edges.ties(), |tie| (tie.holder, tie.company)),
            holders: Compressed::new(edges.parties, edges.ties(), |tie| (tie.company, tie.holder)),
        }
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let mut tally = Tally::default();
        let mut closures = Closures::new(self.held.parties());
        let (mut above, mut member) =
            (vec![0u32; self.held.parties() as usize], vec![0u32; self.held.parties() as usize]);
        let mut candidates = Vec::new();
        for (subject, stamp) in subjects.iter().zip(1..) {
            candidates.clear();
            candidates.push(*subject);
            above[*subject as usize] = stamp;
            let mut next = 0;
            while let Some(company) = candidates.get(next).copied() {
                next += 1;
                for (holder, _) in self.holders.of(company) {
                    if above[*holder as usize] != stamp {
                        above[*holder as usize] = stamp;
                        candidates.push(*holder);
                    }
                }
            }
            member[*subject as usize] = stamp;
            for candidate in &candidates[1..] {
                closures.of(*candidate, &self.held);
                if !closures.has(*subject) {
                    continue;
                }
                for party in &closures.found {
                    if member[*party as usize] != stamp {
                        member[*party as usize] = stamp;
                        tally.add(*subject, *party);
                    }
                }
            }
        }
        tally
    }
}

/// The same with petgraph and sets.
impl Sharing for Petgraph {
    fn load(edges: &Edges) -> Self {
        <Self as Contestant>::load(edges)
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let mut tally = Tally::default();
        for number in subjects {
            let subject = NodeIndex::new(*number as usize);
            let mut above = HashSet::from([subject]);
            let mut open = vec![subject];
            while let Some(company) = open.pop() {
                open.extend(self.graph.neighbors_directed(company, Direction::Incoming).filter(|h| above.insert(*h)));
            }
            above.remove(&subject);
            let mut members = HashSet::new();
            for candidate in above {
                let controlled = self.controlled(candidate);
                if controlled.contains(&subject) {
                    members.extend(controlled);
                }
            }
            members.remove(&subject);
            members.iter().for_each(|party| tally.add(*number, party.index() as u32));
        }
        tally
    }
}

/// relata's kernel, kept from one subject to the next until it has found a million results, as a batch keeps it.
impl Sharing for Ours {
    fn load(edges: &Edges) -> Self {
        <Self as Contestant>::load(edges)
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let network: Network = self.network();
        let mut tally = Tally::default();
        let mut kernel = Self::kernel(&network);
        for subject in subjects {
            if kernel.weight() > 1_000_000 {
                kernel = Self::kernel(&network);
            }
            let mut members = HashSet::new();
            // The furthest control what the nearer ones do.
            for controller in kernel.controllers_on_day(*subject).into_iter().rev() {
                if !members.contains(&controller) {
                    members.extend(kernel.controlled_by(controller));
                }
            }
            members.remove(subject);
            members.iter().for_each(|party| tally.add(*subject, *party));
        }
        tally
    }
}
