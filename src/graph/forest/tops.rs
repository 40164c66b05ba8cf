//! Circles, tops and numbers of controllers, once the links are known.

use super::order::{Order, order};
use super::parents::{Climb, NONE, Parents, Sets};
use crate::graph::Node;

/// In the top of a party: it has several, and this is their number.
const SEVERAL: Node = 1 << 31;

/// What is above each party, by the heads of circles.
pub(super) struct Tops {
    pub(super) order: Order,
    /// The head of the parent in the forest, for heads; several have a first one here.
    pub(super) up: Vec<Node>,
    /// How many control each head from outside its circle.
    pub(super) above: Vec<u32>,
    /// The head of each head's top, or the number of several with a mark.
    top: Vec<Node>,
    sets: Sets,
    /// Heads with further parents beside the one in the forest: further parent, head.
    pub(super) beside: Vec<(Node, Node)>,
    /// Pairs of a party and another that it controls.
    pub(super) pairs: u64,
}

impl Tops {
    /// O(parties + links + controllers of those with several parents).
    pub(super) fn new(parents: &Parents) -> Self {
        let parties = parents.len();
        let mut tops = Self {
            order: order(parents, parties),
            up: vec![NONE; parties],
            above: vec![0; parties],
            top: (0..parties as Node).collect(),
            sets: Sets::default(),
            beside: Vec::new(),
            pairs: 0,
        };
        tops.gather(parents);
        tops
    }

    /// Tops and numbers of controllers, from above. O(controlled parties + controllers of those with several parents).
    fn gather(&mut self, parents: &Parents) {
        let heads = std::mem::take(&mut self.order.heads);
        let mut climb = Climb::new();
        let mut over: Vec<Node> = Vec::new();
        for head in &heads {
            let circle = self.order.circle(head);
            over.clear();
            over.extend(circle.iter().flat_map(|member| parents.of(*member)).map(|parent| self.order.head(*parent)));
            if over.len() > 1 {
                over.sort_unstable();
                over.dedup();
                over.retain(|parent| parent != head);
            }
            let size = circle.len() as u32;
            if over.len() > 1 {
                self.above_several(parents, *head, &mut over, &mut climb);
            }
            let at = *head as usize;
            if let Some(parent) = over.first().copied() {
                self.up[at] = parent;
                if let [parent] = over[..] {
                    self.above[at] = self.above[parent as usize] + self.order.circle(&parent).len() as u32;
                    self.top[at] = self.top[parent as usize];
                } else {
                    self.beside.extend(over.iter().skip(1).map(|further| (*further, *head)));
                }
            }
            self.pairs += u64::from(size) * u64::from(self.above[at] + size - 1);
        }
        self.order.heads = heads;
    }

    /// Leaves of several parents those from which the others are not met, and works out tops where several are left.
    fn above_several(&mut self, parents: &Parents, head: Node, over: &mut Vec<Node>, climb: &mut Climb) {
        let mut all: Vec<Node> = Vec::new();
        let mut covered: Vec<Node> = Vec::new();
        for parent in over.iter() {
            let above = climb.up(parents, *parent, NONE);
            covered.extend(above.iter().map(|party| self.order.head(*party)).filter(|above| above != parent));
            all.extend(above);
        }
        covered.sort_unstable();
        over.retain(|parent| covered.binary_search(parent).is_err());
        all.sort_unstable();
        all.dedup();
        let tops: Vec<Node> = over.iter().flat_map(|parent| self.top_heads(*parent)).copied().collect();
        if over.len() > 1 {
            let mut tops = tops;
            tops.sort_unstable();
            tops.dedup();
            let at = head as usize;
            self.above[at] = all.len() as u32;
            self.top[at] = match tops[..] {
                [top] => top,
                _ => self.sets.number(tops) | SEVERAL,
            };
        }
    }

    /// The heads of the tops of a head.
    pub(super) fn top_heads(&self, head: Node) -> &[Node] {
        match self.top.get(head as usize) {
            Some(top) if *top & SEVERAL != 0 => self.sets.get(*top & !SEVERAL),
            Some(top) => std::slice::from_ref(top),
            None => &[],
        }
    }
}
