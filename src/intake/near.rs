//! Suggestions: what somebody who wrote a text may have meant.

use crate::facts::Facts;
use rustc_hash::FxHashMap;

/// Longer texts are no misspelt codes or ids.
const LONGEST: usize = 64;
/// Unknown parties for which near ids are looked up; each look-up walks over all parties.
const LOOKUPS: usize = 64;

/// The candidates spelt most like `text`, at most three, nearest first.
pub(crate) fn nearest<'c>(text: &str, candidates: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let wanted = text.to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return Vec::new();
    }
    let mut ranked: Vec<(usize, &str)> = candidates
        .filter(|candidate| candidate.len() <= LONGEST * 4)
        .filter_map(|candidate| {
            let distance = strsim::osa_distance(&wanted, &candidate.to_lowercase());
            let longest = length.max(candidate.chars().count());
            (distance * 5 <= longest * 2 || (distance == 1 && longest > 1)).then_some((distance, candidate))
        })
        .collect();
    ranked.sort_unstable();
    ranked.truncate(3);
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What a text that is no id of a party may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    /// The name of exactly this party (its id).
    NameOf(String),
    /// One of these ids, nearest first.
    Near(Vec<String>),
    /// Nothing suggests itself.
    Nothing,
}

/// Finds what unknown texts may stand for, and remembers it.
#[derive(Default)]
pub(crate) struct Suggester {
    known: FxHashMap<String, Meant>,
}

impl Suggester {
    pub(crate) fn party(&mut self, facts: &Facts, text: &str) -> Meant {
        if let Some(meant) = self.known.get(text) {
            return meant.clone();
        }
        let mut named = facts.named(text);
        if let (Some(one), None) = (named.next(), named.next()) {
            return Meant::NameOf(facts.id(one).to_owned());
        }
        if self.known.len() >= LOOKUPS {
            return Meant::Nothing;
        }
        let near = nearest(text, facts.party_ids().map(|party| facts.id(party)));
        let meant =
            if near.is_empty() { Meant::Nothing } else { Meant::Near(near.into_iter().map(str::to_owned).collect()) };
        self.known.insert(text.to_owned(), meant.clone());
        meant
    }
}
