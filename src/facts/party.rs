//! Parties: the persons and organisations a dataset speaks of.

use super::codes::PartyKind;
use chrono::NaiveDate;
use serde::Serialize;

/// A party of one dataset: its position in the `parties` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(u32);

impl PartyId {
    /// The party at position `index` (counted from 0).
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The position in the table, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One row of `parties` 主体.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party<'f> {
    /// Unique key.
    pub id: &'f str,
    /// Full name.
    pub name: &'f str,
    /// Person, company, ...
    pub kind: PartyKind,
    /// Identity-card number or unified social credit code: personal data, masked in every output unless asked for.
    pub identifier: Option<&'f str>,
    /// Birth date of a person.
    pub birth_date: Option<NaiveDate>,
    /// Exchange code of a listed company.
    pub listed: Option<&'f str>,
    /// Other names.
    pub aliases: Vec<&'f str>,
    /// ISO 3166 code.
    pub country: Option<&'f str>,
}

impl<'f> Party<'f> {
    /// A party with an id, a name and a kind, and nothing else known.
    #[must_use]
    pub fn new(id: &'f str, name: &'f str, kind: PartyKind) -> Self {
        Self { id, name, kind, identifier: None, birth_date: None, listed: None, aliases: Vec::new(), country: None }
    }

    /// Whether the party is a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.kind == PartyKind::Person
    }
}

/// Keeps the first and the last two characters of an identifier and hides the rest.
#[must_use]
pub fn mask_identifier(identifier: &str) -> String {
    let length = identifier.chars().count();
    if length <= 4 {
        return "*".repeat(length);
    }
    identifier.chars().enumerate().map(|(i, c)| if i < 2 || i + 2 >= length { c } else { '*' }).collect()
}
