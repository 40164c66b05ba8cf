//! Finding a party by what a user types: id, exact name, alias or identifier.

use super::{Facts, PartyId};

/// Why a text names no single party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// More than one party answers to the text.
    #[error("`{text}` may be any of {}", list(candidates))]
    Ambiguous {
        /// What was typed.
        text: String,
        /// `(id, name)` of every party it may be, sorted by id.
        candidates: Vec<(String, String)>,
    },
    /// No party answers to it.
    #[error("no party is called `{text}`{}", suggest(near))]
    Unknown {
        /// What was typed.
        text: String,
        /// `(id, name)` of parties with similar names, nearest first.
        near: Vec<(String, String)>,
    },
}

fn list(candidates: &[(String, String)]) -> String {
    candidates.iter().map(|(id, name)| format!("`{id}` ({name})")).collect::<Vec<_>>().join(", ")
}

fn suggest(near: &[(String, String)]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", list(near)) }
}

/// Parties by every text that names them.
pub struct Directory<'f> {
    facts: &'f Facts,
}

impl<'f> Directory<'f> {
    /// The directory of some facts. O(1): the index of names is theirs, and is made when the first name is looked up.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        Self { facts }
    }

    /// The party called `text`: an id first, then an exact name, alias or identifier.
    ///
    /// # Errors
    /// [`LookupError::Ambiguous`] where several parties bear the name, [`LookupError::Unknown`] where none does.
    pub fn find(&self, text: &str) -> Result<PartyId, LookupError> {
        let text = text.trim();
        if let Some(id) = self.facts.party_id(text) {
            return Ok(id);
        }
        let found: Vec<PartyId> = self.facts.called(text).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(LookupError::Unknown { text: text.to_owned(), near: self.near(text) }),
            several => {
                let mut candidates: Vec<_> = several.iter().map(|id| self.describe(*id)).collect();
                candidates.sort();
                Err(LookupError::Ambiguous { text: text.to_owned(), candidates })
            }
        }
    }

    fn describe(&self, id: PartyId) -> (String, String) {
        (self.facts.id(id).to_owned(), self.facts.name(id).to_owned())
    }

    /// Up to three parties whose id, name or alias contains the text, is contained in it or is spelt much like it.
    fn near(&self, text: &str) -> Vec<(String, String)> {
        if text.is_empty() {
            return Vec::new();
        }
        let length = text.chars().count();
        let mut ranked: Vec<(usize, PartyId)> = Vec::new();
        for id in self.facts.party_ids() {
            let party = self.facts.party(id);
            let distance = [party.id, party.name]
                .into_iter()
                .chain(party.aliases)
                .filter(|name| !name.is_empty())
                .filter_map(|name| {
                    if name.contains(text) || (text.contains(name) && name.chars().count() > 1) {
                        return Some(0);
                    }
                    let distance = strsim::levenshtein(name, text);
                    (distance * 3 <= length.max(name.chars().count())).then_some(distance)
                })
                .min();
            ranked.extend(distance.map(|distance| (distance, id)));
        }
        ranked.sort_by(|a, b| (a.0, self.facts.id(a.1)).cmp(&(b.0, self.facts.id(b.1))));
        ranked.into_iter().take(3).map(|(_, id)| self.describe(id)).collect()
    }
}
