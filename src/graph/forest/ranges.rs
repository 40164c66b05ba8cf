//! A numbering in which everybody is followed by what it controls.

use super::Forest;
use super::parents::NONE;
use crate::graph::Node;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Places of parties in the numbering. Those who neither control nor are controlled have none.
#[derive(Debug)]
pub(super) struct Ranges {
    sequence: Vec<Node>,
    /// Where the range of each head begins.
    begin: Vec<u32>,
    /// Where it ends.
    end: Vec<u32>,
    /// Ranges that belong to somebody elsewhere too: the place of that somebody, and the head of the range; ascending.
    beside: Vec<(u32, Node)>,
}

impl Ranges {
    /// Numbers all parties. O(parties).
    pub(super) fn new(forest: &Forest) -> Self {
        let tops = forest.tops_of_all();
        let parties = forest.party_count();
        let mut size = vec![1u32; parties];
        for circle in forest.circles() {
            if let Some(head) = circle.first() {
                size[*head as usize] = circle.len() as u32;
            }
        }
        for head in tops.order.heads.iter().rev() {
            let up = tops.up[*head as usize];
            if up != NONE {
                size[up as usize] += size[*head as usize];
            }
        }
        let mut begin = vec![NONE; parties];
        // Until all have a place, the place of the next below each.
        let mut end = vec![0u32; parties];
        let mut next = 0;
        let mut place = |head: Node, end: &mut [u32]| {
            let at = head as usize;
            let up = tops.up[at];
            let from = if up == NONE { &mut next } else { &mut end[up as usize] };
            let own = *from;
            *from += size[at];
            begin[at] = own;
            end[at] = own + tops.order.circle(&head).len() as u32;
        };
        // Who is only a further controller stands alone.
        let further: FxHashSet<Node> = tops.beside.iter().map(|(parent, _)| *parent).collect();
        for party in 0..parties as Node {
            if !forest.is_controlled(party) && (size[party as usize] > 1 || further.contains(&party)) {
                place(party, &mut end);
            }
        }
        tops.order.heads.iter().for_each(|head| place(*head, &mut end));
        let mut sequence = vec![0; next as usize];
        for (head, from) in (0..).zip(&begin).filter(|(_, from)| **from != NONE) {
            for (place, member) in (*from as usize..).zip(tops.order.circle(&head)) {
                sequence[place] = *member;
            }
        }
        let further = tops.beside.iter().map(|(parent, head)| (begin[*parent as usize], *head));
        let mut beside: Vec<(u32, Node)> = further.collect();
        beside.sort_unstable();
        Self { sequence, begin, end, beside }
    }

    pub(super) fn sequence(&self) -> &[Node] {
        &self.sequence
    }

    /// The range of a head; none of one that neither controls nor is controlled.
    pub(super) fn range(&self, head: Node) -> Range<usize> {
        match self.begin.get(head as usize) {
            Some(begin) if *begin != NONE => *begin as usize..self.end[head as usize] as usize,
            _ => 0..0,
        }
    }

    fn within(&self, range: &Range<usize>) -> &[(u32, Node)] {
        let first = self.beside.partition_point(|(place, _)| (*place as usize) < range.start);
        let count = self.beside[first..].partition_point(|(place, _)| (*place as usize) < range.end);
        &self.beside[first..first + count]
    }

    pub(super) fn is_whole(&self, head: Node) -> bool {
        self.within(&self.range(head)).is_empty()
    }

    /// A head's circle and all below, each once.
    pub(super) fn under(&self, head: Node) -> impl Iterator<Item = Node> + '_ {
        let mut heads = vec![head];
        let mut seen: FxHashSet<Node> = FxHashSet::default();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        while let Some(head) = heads.pop() {
            if seen.insert(head) {
                let range = self.range(head);
                heads.extend(self.within(&range).iter().map(|(_, head)| *head));
                ranges.push(range);
            }
        }
        // Ranges lie within each other or apart.
        ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        ranges.dedup_by(|later, earlier| later.end <= earlier.end);
        ranges.into_iter().flat_map(|range| self.sequence.get(range).unwrap_or_default().iter().copied())
    }
}
