//! The facts as a graph, seen on one day: who has which votes, who controls whom, who holds how much through whom,
//! who is whose close family. The only place that knows petgraph.
//!
//! [`Network`] holds every tie of the dataset, dated. A [`Kernel`] looks at it through a [`Lens`], over a window of
//! days, as a question of some day sees it, counting everything once at its least and once at its greatest. Nothing is
//! copied for a day: whatever a kernel finds carries the [`Days`] on which it holds, and what it works out day by day
//! it works out again only where something it looked at changes.

mod attribution;
mod ballot;
mod block;
mod capital;
mod concert;
mod cone;
mod control;
mod controllers;
mod days;
mod evidence;
mod forest;
mod kernel;
mod kinship;
mod lens;
mod linear;
mod links;
mod look_through;
mod memo;
mod most;
mod nearest;
mod network;
mod partners;
mod posts;
mod rivals;
mod run;
mod search;
mod settled;
mod tally;
mod votes;
mod walk;
mod ways;

pub use attribution::Overview;
pub use block::{Partners, Pooling, Reach, Way};
pub use capital::{Capital, Stake};
pub use concert::Members;
pub use control::Reason;
pub use controllers::Controllers;
pub use days::{Days, Window};
pub use evidence::{Evidence, Via};
pub use forest::Forest;
pub use kernel::{ControlRules, Kernel};
pub use kinship::{Kin, birthday_of_age};
pub use lens::{Lens, Side};
pub use links::Links;
pub use look_through::{LookThrough, Rounding};
pub use network::{Ends, Network, Tie};
pub use posts::Post;
pub use votes::VoteTable;
pub use walk::{AllTies, Neighbours, TieRef, TiesOf};

/// A party's number within the graph (its position in the table of parties).
pub type Node = u32;

/// The number of a party.
#[must_use]
pub fn node(party: crate::facts::PartyId) -> Node {
    u32::try_from(party.index()).unwrap_or(u32::MAX)
}

/// The party with that number.
#[must_use]
pub fn party(node: Node) -> crate::facts::PartyId {
    crate::facts::PartyId::new(node as usize)
}
