//! How parties are kept and found by their ids.

use super::append::Shift;
use super::coded::DayCode;
use super::grouped::Grouped;
use super::hashed::Hashed;
use super::heap::{Heap, TextRef};
use super::recent::Recent;
use super::table::{Record, Rows, Stored};
use super::{Columns, Facts, Party, PartyId, PartyKind};
use crate::store::Column;
use bytemuck::{Pod, Zeroable};
use std::sync::OnceLock;
use xxhash_rust::xxh3::xxh3_64;

/// 32 bytes; what most parties do not have stands in a [`RareRecord`].
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct PartyRecord {
    pub(crate) id: TextRef,
    pub(crate) name: TextRef,
    pub(crate) identifier: TextRef,
    pub(crate) birth_date: DayCode,
    /// One more than the position of the rare things, nought for none.
    pub(crate) rare: u32,
}

/// 24 bytes. Parties for which these are the same share one record, if they do not stand too far apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct RareRecord {
    /// Texts with [`BETWEEN`] between them.
    pub(crate) aliases: TextRef,
    listed: TextRef,
    country: TextRef,
}

/// Stands between aliases: no byte of any text.
const BETWEEN: u8 = 0xFF;
/// In a mark: the party is listed. The other bits are the kind.
const LISTED: u8 = 0x80;
/// Rare records kept in mind while facts are being read in.
const RECENT: usize = 1 << 10;

/// The table of parties with its indexes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    /// Parties have no sources: that column stays empty.
    pub(crate) stored: Stored<PartyRecord>,
    rare: Column<RareRecord>,
    /// The kind of each party and whether it is listed: all that kernels ask of most parties.
    pub(crate) marks: Column<u8>,
    ids: Hashed,
    /// Positions of parties by a hash of each of their names ([`super::names`]), once somebody looks for a name.
    pub(crate) names: OnceLock<Grouped<u32>>,
    recent: Recent<u32>,
    /// Rare records that stood before these and were handed over.
    gone: usize,
    /// Whether parties are not to be found by their ids until somebody asks for it.
    pub(crate) unindexed: bool,
}

impl Parties {
    pub(crate) fn visit(&mut self, columns: &mut impl Columns) {
        columns.visit("parties", &mut self.stored.records);
        columns.visit("parties.rare", &mut self.rare);
        columns.visit("parties.marks", &mut self.marks);
        self.ids.visit("parties.ids", columns);
        let mut names = self.names.take().unwrap_or_default();
        names.visit(["parties.names.groups", "parties.names"], columns);
        let _ = self.names.set(names);
    }

    /// Hands the columns over, but for those of the indexes.
    pub(crate) fn hand_over(&mut self, columns: &mut impl Columns) {
        self.gone += self.rare.len();
        columns.visit("parties", &mut self.stored.records);
        columns.visit("parties.rare", &mut self.rare);
        columns.visit("parties.marks", &mut self.marks);
        self.stored.records.as_vec_mut().clear();
        self.rare.as_vec_mut().clear();
        self.marks.as_vec_mut().clear();
        self.recent = Recent::default();
    }

    /// How many rare records there are.
    pub(crate) fn rare_records(&self) -> usize {
        self.rare.len()
    }

    /// Puts all parties of a piece at the end; their texts are in the heap already. O(parties), amortised.
    pub(crate) fn append(&mut self, more: &Self, shift: Shift, heap: &Heap) {
        let first = self.stored.records.len();
        self.stored.append(&more.stored, shift);
        let moved = |rare: RareRecord| RareRecord {
            aliases: shift.text(rare.aliases),
            listed: shift.text(rare.listed),
            country: shift.text(rare.country),
        };
        self.rare.extend(more.rare.iter().map(moved));
        self.marks.extend_from_slice(more.marks.slice(0..more.marks.len()));
        for index in first..self.stored.records.len() {
            self.index(index, heap);
        }
    }

    /// Lets the party at a position be found by its id; all before it are.
    fn index(&mut self, index: usize, heap: &Heap) {
        let records = &self.stored.records;
        self.ids.insert(index, index + 1, |at| heap.bytes(records.at(at).id));
        self.names.take();
    }

    /// One more than the position of what is rare about a party; nought where there is nothing.
    fn keep_rare(&mut self, party: &Party<'_>, heap: &mut Heap) -> u32 {
        let aliases: Vec<u8> = party.aliases.iter().map(|alias| alias.as_bytes()).collect::<Vec<_>>().join(&BETWEEN);
        let aliases = if party.aliases.is_empty() { 0 } else { heap.add(&aliases) };
        let record = RareRecord { aliases, listed: heap.maybe(party.listed), country: heap.maybe(party.country) };
        if record == RareRecord::zeroed() {
            return 0;
        }
        let hash = xxh3_64(bytemuck::bytes_of(&record));
        if let Some(known) =
            self.recent.get(hash).filter(|known| self.rare.at((*known as usize - 1).wrapping_sub(self.gone)) == record)
        {
            return known;
        }
        self.rare.push(record);
        let new = u32::try_from(self.gone + self.rare.len()).unwrap_or(u32::MAX);
        self.recent.keep(hash, new, RECENT);
        new
    }
}

impl Record for PartyRecord {
    type Row<'f> = Party<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self {
            id: shift.text(self.id),
            name: shift.text(self.name),
            identifier: shift.text(self.identifier),
            rare: shift.rare(self.rare),
            ..self
        }
    }

    fn row<'f>(self, facts: &'f Facts, index: usize, _: Option<&'f str>) -> Party<'f> {
        let rare = facts.rare(self);
        Party {
            id: facts.heap.text(self.id),
            name: facts.heap.text(self.name),
            kind: facts.kind(PartyId::new(index)),
            identifier: facts.heap.optional(self.identifier),
            birth_date: self.birth_date.day(),
            listed: facts.heap.optional(rare.listed),
            aliases: facts.aliases(rare).collect(),
            country: facts.heap.optional(rare.country),
        }
    }
}

impl Facts {
    /// Facts that name these parties and no ties yet; of several parties with one id the last is the one found by it.
    #[must_use]
    pub fn with_parties<'p>(parties: impl IntoIterator<Item = Party<'p>>) -> Self {
        let mut facts = Self::default();
        for party in parties {
            facts.push_party(&party);
        }
        facts
    }

    /// Appends a party. O(its texts), amortised.
    pub fn push_party(&mut self, party: &Party<'_>) -> PartyId {
        let id = self.add_party(party);
        if !self.parties.unindexed {
            self.parties.index(id.index(), &self.heap);
        }
        id
    }

    /// Appends a party that is not found by its id: for a piece, which is appended to other facts as a whole.
    pub(crate) fn add_party(&mut self, party: &Party<'_>) -> PartyId {
        let index = self.parties.stored.records.len();
        let record = PartyRecord {
            id: self.heap.add(party.id.as_bytes()),
            name: self.heap.add(party.name.as_bytes()),
            identifier: party.identifier.map_or(0, |identifier| self.heap.add(identifier.as_bytes())),
            birth_date: DayCode::new(party.birth_date),
            rare: self.parties.keep_rare(party, &mut self.heap),
        };
        self.parties.stored.records.push(record);
        self.parties.marks.push(party.kind.byte() | if party.listed.is_some() { LISTED } else { 0 });
        PartyId::new(index)
    }

    /// Makes the indexes of parties anew, by ids and by names, from what the columns hold. O(parties).
    pub fn index(&mut self) {
        let Parties { stored, ids, names, unindexed, .. } = &mut self.parties;
        *ids = Hashed::new(stored.records.len(), |at| self.heap.bytes(stored.records.at(at).id));
        names.take();
        *unindexed = false;
        self.index_names();
    }

    /// `parties` 主体
    #[must_use]
    pub fn parties(&self) -> Rows<'_, PartyRecord> {
        Rows::new(self, &self.parties.stored)
    }

    /// The party with this id. O(1) expected.
    #[must_use]
    pub fn party_id(&self, id: &str) -> Option<PartyId> {
        let found = self.parties.ids.find(id.as_bytes(), |at| self.heap.bytes(self.parties.stored.records.at(at).id));
        found.filter(|at| *at < self.parties.stored.records.len()).map(PartyId::new)
    }

    /// Whether no two parties have one id. O(parties), and cheap.
    #[must_use]
    pub fn ids_differ(&self) -> bool {
        self.parties.ids.len() == self.parties.stored.records.len()
    }

    /// The party's own row; one of zeros for an id that these facts did not hand out.
    #[must_use]
    pub fn party(&self, id: PartyId) -> Party<'_> {
        self.parties().row(id.index())
    }

    /// Every party id, in the order of the table.
    pub fn party_ids(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.parties.stored.records.len()).map(PartyId::new)
    }

    /// The party's id as the dataset writes it, alone. O(1).
    #[must_use]
    pub fn id(&self, party: PartyId) -> &str {
        self.heap.text(self.parties.stored.records.at(party.index()).id)
    }

    /// The party's name, alone. O(1).
    #[must_use]
    pub fn name(&self, party: PartyId) -> &str {
        self.heap.text(self.parties.stored.records.at(party.index()).name)
    }

    /// The party's identifier, alone. O(1).
    #[must_use]
    pub fn identifier(&self, party: PartyId) -> Option<&str> {
        self.heap.optional(self.parties.stored.records.at(party.index()).identifier)
    }

    /// What the party is, from a column of one byte each. O(1).
    #[must_use]
    pub fn kind(&self, party: PartyId) -> PartyKind {
        PartyKind::from_byte(self.parties.marks.at(party.index()) & !LISTED)
    }

    /// Whether the party is listed on any exchange, from the same column. O(1).
    #[must_use]
    pub fn is_listed(&self, party: PartyId) -> bool {
        self.parties.marks.at(party.index()) & LISTED != 0
    }

    /// The birth date of a person, where it is known. O(1).
    #[must_use]
    pub fn birth_date(&self, party: PartyId) -> Option<chrono::NaiveDate> {
        self.parties.stored.records.at(party.index()).birth_date.day()
    }

    /// The party of a number in a row; the first one where a damaged row names none.
    pub(crate) fn known(&self, number: u32) -> PartyId {
        let index = number as usize;
        PartyId::new(if index < self.parties.stored.records.len() { index } else { 0 })
    }

    /// The same of a number that is one more, or nought for none.
    pub(crate) fn known_or_none(&self, number: u32) -> Option<PartyId> {
        number.checked_sub(1).map(|number| self.known(number))
    }

    pub(crate) fn rare(&self, party: PartyRecord) -> RareRecord {
        party.rare.checked_sub(1).map_or(RareRecord::zeroed(), |at| self.parties.rare.at(at as usize))
    }

    pub(crate) fn aliases(&self, rare: RareRecord) -> impl Iterator<Item = &str> {
        let texts = (rare.aliases != 0).then(|| self.heap.bytes(rare.aliases).split(|byte| *byte == BETWEEN));
        texts.into_iter().flatten().map(|text| std::str::from_utf8(text).unwrap_or_default())
    }
}
