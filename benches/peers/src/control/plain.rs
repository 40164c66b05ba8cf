//! A plain kernel: compressed rows, integer shares, a work list; one thread.

use super::Contestant;
use crate::edges::{DECLARED, Edges, MAJORITY, Tie};
use crate::tally::Tally;

/// Ties by one of their ends.
pub struct Compressed {
    starts: Vec<u32>,
    ends: Vec<(u32, u32)>,
}

/// In place of a share: declared.
pub const ALL: u32 = u32::MAX;

impl Compressed {
    /// Of each party, who is at the other end and with how much.
    pub fn new(parties: u32, ties: &[Tie], ends: impl Fn(&Tie) -> (u32, u32)) -> Self {
        let mut starts = vec![0u32; parties as usize + 2];
        for tie in ties {
            starts[ends(tie).0 as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut filled = vec![(0, 0); ties.len()];
        for tie in ties {
            let (one, other) = ends(tie);
            let at = &mut starts[one as usize + 1];
            let share = if tie.share == DECLARED { ALL } else { tie.share as u32 };
            filled[*at as usize] = (other, share);
            *at += 1;
        }
        Self { starts, ends: filled }
    }

    pub fn of(&self, party: u32) -> &[(u32, u32)] {
        let at = party as usize;
        &self.ends[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub fn parties(&self) -> u32 {
        self.starts.len() as u32 - 2
    }
}

/// What is noted of a party while one closure is made; of another closure where the stamp is another.
#[derive(Clone, Copy, Default)]
struct Note {
    stamp: u32,
    sum: u32,
}

/// Closures one after another without clearing anything.
pub struct Closures {
    notes: Vec<Note>,
    stamp: u32,
    /// The party and all it controls, after [`Closures::of`].
    pub found: Vec<u32>,
}

/// A sum that stands for: controlled.
const IN: u32 = u32::MAX;

impl Closures {
    pub fn new(parties: u32) -> Self {
        Self { notes: vec![Note::default(); parties as usize], stamp: 0, found: Vec::new() }
    }

    /// What a party controls, the party itself first.
    pub fn of(&mut self, party: u32, held: &Compressed) {
        self.stamp += 1;
        self.found.clear();
        self.found.push(party);
        self.notes[party as usize] = Note { stamp: self.stamp, sum: IN };
        let mut next = 0;
        while let Some(holder) = self.found.get(next).copied() {
            next += 1;
            for (company, share) in held.of(holder) {
                let note = &mut self.notes[*company as usize];
                if note.stamp != self.stamp {
                    *note = Note { stamp: self.stamp, sum: 0 };
                }
                if note.sum == IN {
                    continue;
                }
                if *share == ALL || u64::from(note.sum) + u64::from(*share) > MAJORITY {
                    note.sum = IN;
                    self.found.push(*company);
                } else {
                    note.sum += share;
                }
            }
        }
    }

    /// Whether a party was found.
    pub fn has(&self, party: u32) -> bool {
        let note = self.notes[party as usize];
        note.stamp == self.stamp && note.sum == IN
    }
}

/// The contestant.
pub struct Plain {
    held: Compressed,
}

impl Contestant for Plain {
    fn load(edges: &Edges) -> Self {
        Self { held: Compressed::new(edges.parties, edges.ties(), |tie| (tie.holder, tie.company)) }
    }

    fn pairs(&mut self) -> Tally {
        let mut tally = Tally::default();
        let mut closures = Closures::new(self.held.parties());
        for party in 0..self.held.parties() {
            if self.held.of(party).is_empty() {
                continue;
            }
            closures.of(party, &self.held);
            closures.found[1..].iter().for_each(|company| tally.add(party, *company));
        }
        tally
    }
}
