//! All-pairs control on one day, worked out by several contestants.

mod by_ascent;
mod by_dataflow;
mod by_petgraph;
pub mod ours;
mod plain;
mod split;

pub use by_petgraph::Petgraph;
pub use ours::Ours;
pub use plain::{ALL, Closures, Compressed, Plain};

use crate::edges::Edges;
use crate::tally::Tally;

/// One way to all pairs.
pub trait Contestant: Sized {
    /// From the mapped ties to whatever it counts with.
    fn load(edges: &Edges) -> Self;
    /// Every controller with everything it controls.
    fn pairs(&mut self) -> Tally;
}

pub use by_ascent::Ascent;
pub use by_dataflow::Dataflow;
