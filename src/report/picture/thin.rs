//! What is too dense to be laid out in layers: each party hangs on one tie, the others are written in its box. Nothing is
//! left out, and the drawing says that it is so.
//!
//! Measured with dagre on random knots: 300 parties with 900 ties take 3.6 s, 1,000 with 2,500 take 37 s, 3,000 with 6,000
//! more than 100 s, while a tree of 3,000 takes 1.5 s. What takes the time are ties beyond those of a tree.

use super::letters;
use super::plan::{Edge, Plan};
use std::collections::VecDeque;

/// Ties beyond those of a tree that are still laid out.
const BEYOND: usize = 350;

impl Plan {
    /// Writes ties into boxes where there are too many of them; whether it did. O(parties + ties).
    pub(super) fn thin(&mut self) -> bool {
        if self.edges.len() <= self.nodes.len() + BEYOND {
            return false;
        }
        let kept = self.tree();
        let (mut edges, mut notes) = (Vec::new(), Vec::new());
        for (edge, kept) in std::mem::take(&mut self.edges).into_iter().zip(kept) {
            if kept { edges.push(edge) } else { notes.push(edge) }
        }
        self.edges = edges;
        for edge in notes {
            self.note(&edge);
        }
        self.nodes.iter_mut().for_each(super::plan::Node::measure);
        true
    }

    /// Which ties are kept: each party's first from above, found from the tops down; from the first party of a circle.
    fn tree(&self) -> Vec<bool> {
        let mut kept = vec![false; self.edges.len()];
        let (mut out, mut tops) = (vec![Vec::new(); self.nodes.len()], vec![true; self.nodes.len()]);
        for (number, edge) in self.edges.iter().enumerate() {
            out[edge.from].push((number, edge.to));
            tops[edge.to] = false;
        }
        let mut seen = vec![false; self.nodes.len()];
        let first = (0..self.nodes.len()).filter(|node| tops[*node]);
        for top in first.chain(0..self.nodes.len()) {
            let mut pending = VecDeque::from([top]);
            if std::mem::replace(&mut seen[top], true) {
                continue;
            }
            while let Some(at) = pending.pop_front() {
                for (number, to) in &out[at] {
                    if !std::mem::replace(&mut seen[*to], true) {
                        kept[*number] = true;
                        pending.push_back(*to);
                    }
                }
            }
        }
        kept
    }

    fn note(&mut self, edge: &Edge) {
        let to = self.nodes.get(edge.to).map(|node| node.name.concat()).unwrap_or_default();
        let text = format!("→ {to} {}", edge.label.concat());
        if let Some(from) = self.nodes.get_mut(edge.from) {
            from.small.extend(letters::lines(text.trim(), 24));
        }
    }
}
