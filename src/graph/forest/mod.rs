//! Who controls whom over the whole graph on one day, all at once.
//!
//! Where the votes in every company come to at most the whole and none are pooled, those who control a company form a
//! chain, up to circles of parties that control each other: control is a forest. So each party keeps a link to the
//! nearest that controls it (a few have several), which a [`super::Kernel`] tells of every party by itself. Numbered so
//! that everybody stands before all that it controls, what one party controls is one range, and one more for each
//! company below it that has other controllers beside it.

mod nearest;
mod order;
mod parents;
mod ranges;
mod tops;

use super::{ControlRules, Lens, Network, Node};
use parents::{Climb, NONE, Parents};
use ranges::Ranges;
use std::sync::OnceLock;
use tops::Tops;

/// Control over the whole graph on one day at one bound: for every party exactly what [`super::Kernel`] finds. Circles, tops
/// and numbers come with the first question about them, O(parties + links), and so does the numbering by ranges.
pub struct Forest {
    parents: Parents,
    tops: OnceLock<Tops>,
    ranges: OnceLock<Ranges>,
}

impl Forest {
    /// Finds all control on the lens's day. O(rows + what lies above companies in which votes are pooled in concert), by as
    /// many threads as there are; about forty bytes for each party.
    #[must_use]
    pub fn new(network: &Network, lens: &Lens, rules: &ControlRules) -> Self {
        let parents = nearest::nearest(network, lens, rules);
        Self { parents, tops: OnceLock::new(), ranges: OnceLock::new() }
    }

    fn tops_of_all(&self) -> &Tops {
        self.tops.get_or_init(|| Tops::new(&self.parents))
    }

    /// The number of parties.
    #[must_use]
    pub fn party_count(&self) -> usize {
        self.parents.len()
    }

    /// How many pairs there are of a party and another that it controls. O(1).
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.tops_of_all().pairs
    }

    /// Circles of parties that control each other, each ascending.
    #[must_use]
    pub fn circles(&self) -> &[Vec<Node>] {
        &self.tops_of_all().order.circles
    }

    /// The parties that a party controls and is controlled by, itself among them, ascending. O(1).
    #[must_use]
    pub fn circle<'a>(&'a self, party: &'a Node) -> &'a [Node] {
        self.tops_of_all().order.circle(party)
    }

    /// Whether anybody controls a party. O(1).
    #[must_use]
    pub fn is_controlled(&self, party: Node) -> bool {
        self.parents.has(party)
    }

    /// How many control a party. O(1).
    #[must_use]
    pub fn controller_count(&self, party: Node) -> usize {
        let circle = self.tops_of_all().order.circle(&party);
        let head = circle.first().copied().unwrap_or(party);
        self.tops_of_all().above.get(head as usize).map_or(0, |above| *above as usize) + circle.len() - 1
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
        self.tops_of_all().top_heads(self.tops_of_all().order.head(party))
    }

    fn ranges(&self) -> &Ranges {
        self.ranges.get_or_init(|| Ranges::new(self))
    }

    /// Everything a party controls. O(what it controls); the numbering of all parties comes with the first such question,
    /// O(parties).
    pub fn subtree(&self, party: Node) -> impl Iterator<Item = Node> + '_ {
        self.ranges().under(self.tops_of_all().order.head(party)).filter(move |under| *under != party)
    }

    /// Where in [`Forest::sequence`] a party with what it controls stands: its circle, then all below in the forest. All
    /// that it controls is there only if [`Forest::is_exact_for`] it; it controls nothing else than is there and below
    /// what else [`Forest::subtree`] goes on with. O(1) after the numbering.
    #[must_use]
    pub fn range(&self, party: Node) -> std::ops::Range<usize> {
        self.ranges().range(self.tops_of_all().order.head(party))
    }

    /// All parties that control or are controlled, each before what it controls in the forest.
    #[must_use]
    pub fn sequence(&self) -> &[Node] {
        self.ranges().sequence()
    }

    /// Whether the range of a party is all that it controls: nothing below it has other parents beside it. O(log n).
    #[must_use]
    pub fn is_exact_for(&self, party: Node) -> bool {
        self.ranges().is_whole(self.tops_of_all().order.head(party))
    }

    /// How many parties a party controls. O(1), or O(what it controls) where that is no single range.
    #[must_use]
    pub fn controlled_count(&self, party: Node) -> usize {
        if self.is_exact_for(party) { self.range(party).len().saturating_sub(1) } else { self.subtree(party).count() }
    }
}
