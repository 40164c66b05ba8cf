//! How the rows of statements are kept: what is said of transactions, and who declared whom.

use super::Facts;
use super::append::Shift;
use super::coded::{DayCode, party};
use super::codes::Item;
use super::heap::{Heap, TextRef};
use super::rows::{Declaration, Particular};
use super::table::Record;
use bytemuck::{Pod, Zeroable};

/// 24 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct ParticularRecord {
    transaction: TextRef,
    text: TextRef,
    item: u8,
    spare: [u8; 7],
}

impl ParticularRecord {
    pub(crate) fn new(row: &Particular<'_>, heap: &mut Heap) -> Self {
        Self {
            transaction: heap.intern(row.transaction),
            text: heap.add(row.text.as_bytes()),
            item: row.item.byte(),
            spare: [0; 7],
        }
    }
}

impl Record for ParticularRecord {
    type Row<'f> = Particular<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { transaction: shift.text(self.transaction), text: shift.text(self.text), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Particular<'f> {
        Particular {
            transaction: facts.heap.text(self.transaction),
            item: Item::from_byte(self.item),
            text: facts.heap.text(self.text),
            source,
        }
    }
}

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct DeclarationRecord {
    relation: TextRef,
    grounds: TextRef,
    declarant: u32,
    party: u32,
    date: DayCode,
    spare: u32,
}

impl DeclarationRecord {
    pub(crate) fn new(row: &Declaration<'_>, heap: &mut Heap) -> Self {
        Self {
            relation: heap.maybe(row.relation),
            grounds: heap.maybe(row.grounds),
            declarant: party(row.declarant),
            party: party(row.party),
            date: DayCode::new(Some(row.date)),
            spare: 0,
        }
    }
}

impl Record for DeclarationRecord {
    type Row<'f> = Declaration<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { relation: shift.text(self.relation), grounds: shift.text(self.grounds), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Declaration<'f> {
        Declaration {
            declarant: facts.known(self.declarant),
            party: facts.known(self.party),
            date: self.date.day().unwrap_or_default(),
            relation: facts.heap.optional(self.relation),
            grounds: facts.heap.optional(self.grounds),
            source,
        }
    }
}
