//! What was looked at.
use super::Near;
use super::resolve::Case;
use crate::graph::Node;
pub(super) fn looked_at(_case: &mut Case, _party: Node) -> Vec<Near> {
    Vec::new()
}
