//! What has been worked out about a party on some day, together with the days for which it stays true.

use super::Node;
use crate::facts::Span;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Values by party and day.
pub(super) struct Memos<T> {
    by_party: FxHashMap<Node, Vec<(Span, T)>>,
}

impl<T> Default for Memos<T> {
    fn default() -> Self {
        Self { by_party: FxHashMap::default() }
    }
}

impl<T: Clone> Memos<T> {
    /// What is known about a party on a day, and for which days.
    pub(super) fn get(&self, party: Node, day: NaiveDate) -> Option<(Span, T)> {
        self.by_party.get(&party)?.iter().find(|(span, _)| span.contains(day)).cloned()
    }

    /// Keeps a value for the days for which it is true.
    pub(super) fn keep(&mut self, party: Node, span: Span, value: T) {
        self.by_party.entry(party).or_default().push((span, value));
    }
}
