//! From links to circles, in an order in which everybody comes after those who control it: Tarjan's strongly connected
//! components, without recursion and without a look at parties that nobody controls.

use super::parents::Parents;
use crate::graph::Node;
use rustc_hash::FxHashMap;

/// Reached, and all above it known.
const DONE: u32 = u32::MAX;

/// Circles of control, and the order of all that is controlled.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Everybody who has a controller, one for each circle, after those who control it.
    pub(super) heads: Vec<Node>,
    /// The circle of a party, for those in circles alone.
    circle_of: FxHashMap<Node, u32>,
    /// Members of each circle, ascending; the first is its head.
    pub(super) circles: Vec<Vec<Node>>,
}

impl Order {
    /// The circle of a party, ascending, or the party alone. O(1).
    pub(super) fn circle<'a>(&'a self, party: &'a Node) -> &'a [Node] {
        let circle = if self.circles.is_empty() { None } else { self.circle_of.get(party) };
        circle.and_then(|circle| self.circles.get(*circle as usize)).map_or(std::slice::from_ref(party), Vec::as_slice)
    }

    /// The party that stands for a party's circle.
    pub(super) fn head(&self, party: Node) -> Node {
        self.circle(&party).first().copied().unwrap_or(party)
    }

    fn close(&mut self, mut members: Vec<Node>) {
        members.sort_unstable();
        self.heads.extend(members.first());
        if members.len() > 1 {
            let number = self.circles.len() as u32;
            self.circle_of.extend(members.iter().map(|member| (*member, number)));
            self.circles.push(members);
        }
    }
}

/// A party whose parents are being looked at.
struct Frame {
    party: Node,
    /// The next of its parents.
    next: u32,
    /// The earliest party on the way that it leads back to.
    low: u32,
}

/// Circles and order of everybody. O(parties + links).
pub(super) fn order(parents: &Parents, parties: usize) -> Order {
    let mut order = Order::default();
    let mut reached = vec![0u32; parties];
    let (mut frames, mut way): (Vec<Frame>, Vec<Node>) = (Vec::new(), Vec::new());
    let mut count = 0;
    for start in 0..parties as Node {
        if !parents.has(start) || reached[start as usize] != 0 {
            continue;
        }
        let mut next = Some(start);
        loop {
            if let Some(party) = next.take() {
                count += 1;
                reached[party as usize] = count;
                way.push(party);
                frames.push(Frame { party, next: 0, low: count });
            }
            let Some(frame) = frames.last_mut() else { break };
            if let Some(parent) = parents.of(frame.party).get(frame.next as usize).copied() {
                frame.next += 1;
                match reached[parent as usize] {
                    0 if parents.has(parent) => next = Some(parent),
                    0 | DONE => {}
                    earlier => frame.low = frame.low.min(earlier),
                }
                continue;
            }
            let Some(Frame { party, low, .. }) = frames.pop() else { break };
            if low < reached[party as usize] {
                if let Some(below) = frames.last_mut() {
                    below.low = below.low.min(low);
                }
                continue;
            }
            if way.last() == Some(&party) {
                way.pop();
                reached[party as usize] = DONE;
                order.heads.push(party);
                continue;
            }
            let begin = way.iter().rposition(|member| *member == party).unwrap_or(0);
            let members = way.split_off(begin);
            members.iter().for_each(|member| reached[*member as usize] = DONE);
            order.close(members);
        }
    }
    order
}
