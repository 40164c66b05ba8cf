//! Parties found by any of their names: the name, an alias, the identifier.

use super::grouped::Grouped;
use super::{Facts, PartyId};
use xxhash_rust::xxh3::xxh3_64;

impl Facts {
    /// Every text that names a party, trimmed; one may come twice.
    fn each_name(&self, party: PartyId) -> impl Iterator<Item = &str> {
        let record = self.parties.stored.records.at(party.index());
        let first = [Some(self.heap.text(record.name)), self.heap.optional(record.identifier)];
        first.into_iter().flatten().chain(self.aliases(self.rare(record))).map(str::trim)
    }

    /// Looks at every name once, the first time. O(all names).
    pub(crate) fn index_names(&self) -> &Grouped<u32> {
        self.parties.names.get_or_init(|| {
            let parties = self.parties.stored.records.len();
            let groups = parties / 2 + 1;
            Grouped::new(groups, || {
                self.party_ids().zip(0u32..).flat_map(move |(party, number)| {
                    self.each_name(party).map(move |name| (group_of(name, groups), number))
                })
            })
        })
    }

    /// Parties that bear a name like this one, among others; each once, ascending.
    fn candidates(&self, text: &str) -> impl Iterator<Item = PartyId> {
        let names = self.index_names();
        let mut last = None;
        let numbers = names.of(group_of(text, names.groups()) as usize).iter();
        numbers.filter(move |number| last.replace(**number) != Some(**number)).map(|number| self.known(*number))
    }

    /// Every party whose name, alias or identifier is this text, blanks around either left aside; in the order of the
    /// table. O(1) expected, after O(parties) the first time for facts that were not packed.
    pub fn called(&self, text: &str) -> impl Iterator<Item = PartyId> {
        let text = text.trim();
        self.candidates(text).filter(move |party| self.each_name(*party).any(|name| name == text))
    }

    /// Every party with exactly this name, in the order of the table. As cheap as [`Facts::called`].
    pub fn named(&self, name: &str) -> impl Iterator<Item = PartyId> {
        self.candidates(name.trim()).filter(move |party| self.name(*party) == name)
    }
}

/// The group of a name, of so many.
fn group_of(name: &str, groups: usize) -> u32 {
    // Fewer groups than parties, which have numbers of 32 bits.
    (xxh3_64(name.as_bytes()) % (groups.max(1) as u64)) as u32
}
