//! Who controls whom over the whole graph on one day, all at once.
//!
//! Where the votes in every company come to at most the whole and none are pooled, those who control a company form a
//! chain, up to circles of parties that control each other: control is a forest. So each party keeps a link to the
//! nearest that controls it (a few have several), found company by company in one pass over the rows; companies in which
//! votes are pooled through several holders, brought by concert or enough only by the presumption follow, again and
//! again until nothing is new ([`super::Kernel`] answers the same question for one party, over many days). Numbered so
//! that everybody stands before all that it controls, what one party controls is one range, and one more for each
//! company below it that has other controllers beside it.

mod first;
mod local;
mod order;
mod parents;
mod ranges;
mod rounds;

use super::{ControlRules, Lens, Network, Node};
use first::World;
use order::Order;
use parents::{Climb, NONE, Parents, Sets};
use ranges::Ranges;
use std::sync::OnceLock;

/// In the top of a party: it has several, and this is their number.
const SEVERAL: Node = 1 << 31;

/// Control over the whole graph on one day at one bound: for every party exactly what [`super::Kernel`] finds.
pub struct Forest {
    parents: Parents,
    order: Order,
    /// The head of the parent in the forest, for heads; several have a first one here.
    up: Vec<Node>,
    /// How many control each head from outside its circle.
    above: Vec<u32>,
    /// The head of each head's top, or the number of several with a mark.
    top: Vec<Node>,
    sets: Sets,
    /// Heads with further parents beside the one in the forest: further parent, head.
    beside: Vec<(Node, Node)>,
    pairs: u64,
    open: usize,
    rounds: usize,
    ranges: OnceLock<Ranges>,
}

impl Forest {
    /// Finds all control on the lens's day. O(rows + rounds of what is pooled), by as many threads as there are; about
    /// forty bytes for each party.
    #[must_use]
    pub fn new(network: &Network, lens: &Lens, rules: &ControlRules) -> Self {
        let world = World::new(network, lens, rules);
        let settled = rounds::settle(&world, world.first());
        let parties = network.party_count();
        let mut forest = Self {
            order: order::order(&settled.parents, parties),
            parents: settled.parents,
            up: vec![NONE; parties],
            above: vec![0; parties],
            top: (0..parties as Node).collect(),
            sets: Sets::default(),
            beside: Vec::new(),
            pairs: 0,
            open: settled.open,
            rounds: settled.rounds,
            ranges: OnceLock::new(),
        };
        forest.gather();
        forest
    }

    /// Tops and numbers of controllers, from above. O(controlled parties + controllers of those with several parents).
    fn gather(&mut self) {
        let heads = std::mem::take(&mut self.order.heads);
        let mut climb = Climb::new();
        let mut over: Vec<Node> = Vec::new();
        for head in &heads {
            let circle = self.order.circle(head);
            over.clear();
            over.extend(
                circle.iter().flat_map(|member| self.parents.of(*member)).map(|parent| self.order.head(*parent)),
            );
            if over.len() > 1 {
                over.sort_unstable();
                over.dedup();
                over.retain(|parent| parent != head);
            }
            let size = circle.len() as u32;
            if over.len() > 1 {
                self.above_several(*head, &mut over, &mut climb);
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
    fn above_several(&mut self, head: Node, over: &mut Vec<Node>, climb: &mut Climb) {
        let mut all: Vec<Node> = Vec::new();
        let mut covered: Vec<Node> = Vec::new();
        for parent in over.iter() {
            let above = climb.up(&self.parents, *parent, NONE);
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

    fn top_heads(&self, head: Node) -> &[Node] {
        match self.top.get(head as usize) {
            Some(top) if *top & SEVERAL != 0 => self.sets.get(*top & !SEVERAL),
            Some(top) => std::slice::from_ref(top),
            None => &[],
        }
    }

    /// The number of parties.
    #[must_use]
    pub fn party_count(&self) -> usize {
        self.top.len()
    }

    /// How many pairs there are of a party and another that it controls. O(1).
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// How many companies were looked at with pooled votes, concert or the presumption in mind, and how many times they
    /// were gone through.
    #[must_use]
    pub fn effort(&self) -> (usize, usize) {
        (self.open, self.rounds)
    }

    /// Circles of parties that control each other, each ascending.
    #[must_use]
    pub fn circles(&self) -> &[Vec<Node>] {
        &self.order.circles
    }

    /// The parties that a party controls and is controlled by, itself among them, ascending. O(1).
    #[must_use]
    pub fn circle<'a>(&'a self, party: &'a Node) -> &'a [Node] {
        self.order.circle(party)
    }

    /// Whether anybody controls a party. O(1).
    #[must_use]
    pub fn is_controlled(&self, party: Node) -> bool {
        self.parents.has(party)
    }

    /// How many control a party. O(1).
    #[must_use]
    pub fn controller_count(&self, party: Node) -> usize {
        let circle = self.order.circle(&party);
        let head = circle.first().copied().unwrap_or(party);
        self.above.get(head as usize).map_or(0, |above| *above as usize) + circle.len() - 1
    }

    /// Everyone who controls a party, near ones first. O(controllers).
    #[must_use]
    pub fn controllers(&self, party: Node) -> Vec<Node> {
        if !self.is_controlled(party) {
            return Vec::new();
        }
        let mut climb = Climb::new();
        climb.up(&self.parents, party, NONE).get(1..).unwrap_or_default().to_vec()
    }

    /// The tops of a party: those of its controllers whom nobody outside their own circle controls (one for each circle,
    /// the first of its members), or itself where nobody outside its circle controls it; ascending. O(1).
    #[must_use]
    pub fn tops(&self, party: Node) -> &[Node] {
        self.top_heads(self.order.head(party))
    }

    fn ranges(&self) -> &Ranges {
        self.ranges.get_or_init(|| Ranges::new(self))
    }

    /// Everything a party controls. O(what it controls); the numbering of all parties comes with the first such question,
    /// O(parties).
    pub fn subtree(&self, party: Node) -> impl Iterator<Item = Node> + '_ {
        self.ranges().under(self.order.head(party)).filter(move |under| *under != party)
    }

    /// Where in [`Forest::sequence`] a party with what it controls stands: its circle, then all below in the forest. All
    /// that it controls is there only if [`Forest::is_exact_for`] it; it controls nothing else than is there and below
    /// what else [`Forest::subtree`] goes on with. O(1) after the numbering.
    #[must_use]
    pub fn range(&self, party: Node) -> std::ops::Range<usize> {
        self.ranges().range(self.order.head(party))
    }

    /// All parties that control or are controlled, each before what it controls in the forest.
    #[must_use]
    pub fn sequence(&self) -> &[Node] {
        self.ranges().sequence()
    }

    /// Whether the range of a party is all that it controls: nothing below it has other parents beside it. O(log n).
    #[must_use]
    pub fn is_exact_for(&self, party: Node) -> bool {
        self.ranges().is_whole(self.order.head(party))
    }

    /// How many parties a party controls. O(1), or O(what it controls) where that is no single range.
    #[must_use]
    pub fn controlled_count(&self, party: Node) -> usize {
        if self.is_exact_for(party) { self.range(party).len().saturating_sub(1) } else { self.subtree(party).count() }
    }
}
