//! Facts on their way to a file: rows go in, and from time to time the columns are handed over and emptied.

use super::{Columns, Facts, Party, PartyId};

/// Facts of which little stays in memory. Rows are pushed as into any others ([`Outgoing::rows`]); what was handed over
/// cannot be read here any more, and the indexes are left to whoever has all the columns ([`Facts::index`]).
#[derive(Debug)]
pub struct Outgoing {
    facts: Facts,
    parties: usize,
}

impl Default for Outgoing {
    fn default() -> Self {
        let mut facts = Facts::default();
        facts.parties.unindexed = true;
        Self { facts, parties: 0 }
    }
}

impl Outgoing {
    /// Appends a party. O(its texts).
    pub fn push_party(&mut self, party: &Party<'_>) -> PartyId {
        self.facts.push_party(party);
        self.parties += 1;
        PartyId::new(self.parties - 1)
    }

    /// Where ties are appended; they name parties by the numbers that [`Outgoing::push_party`] gave.
    pub fn rows(&mut self) -> &mut Facts {
        &mut self.facts
    }

    /// Shows every column but those of the indexes, to be appended to what was handed over before, and empties it.
    pub fn hand_over(&mut self, columns: &mut impl Columns) {
        self.facts.hand_over(columns);
    }
}
