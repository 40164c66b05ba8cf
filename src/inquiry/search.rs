//! Parties found while somebody types: by any part of an id, a name, an alias, or by a whole identifier.

use super::Dataset;
use crate::facts::{PartyId, fold};
use rayon::prelude::*;

/// A party that a text may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub party: PartyId,
    /// From 100 for the same text down to 60 for a name that merely contains it.
    pub score: u8,
}

impl Dataset {
    /// The parties that a text may mean, the likeliest first, at most so many. Full-width and half-width letters, kinds of
    /// brackets, blanks and capitals make no difference. O(parties).
    #[must_use]
    pub fn search(&self, text: &str, most: usize) -> Vec<Hit> {
        let (facts, wanted) = (self.facts(), fold(text));
        if wanted.is_empty() || most == 0 {
            return Vec::new();
        }
        let parties: Vec<PartyId> = facts.party_ids().collect();
        let mut hits: Vec<Hit> = parties
            .into_par_iter()
            .filter_map(|party| {
                let row = facts.party(party);
                let names = [row.id, row.name].into_iter().chain(row.aliases);
                let of_names = names.filter_map(|name| score(&fold(name), &wanted)).max();
                // Part of an identifier would give the rest of it away.
                let identified = row.identifier.is_some_and(|identifier| fold(identifier) == wanted);
                let score = if identified { Some(100) } else { of_names };
                score.map(|score| Hit { party, score })
            })
            .collect();
        let order =
            |hit: &Hit| (std::cmp::Reverse(hit.score), facts.name(hit.party).chars().count(), facts.id(hit.party));
        hits.sort_by(|a, b| order(a).cmp(&order(b)));
        hits.truncate(most);
        hits
    }
}

fn score(name: &str, wanted: &str) -> Option<u8> {
    if name == wanted {
        Some(100)
    } else if name.starts_with(wanted) {
        Some(80)
    } else if name.contains(wanted) {
        Some(60)
    } else {
        None
    }
}
