//! How the rows of statements are kept: what is said of transactions, who declared whom, how holdings changed.

use super::Facts;
use super::append::Shift;
use super::coded::{DayCode, party, party_or_none};
use super::codes::{Item, MovementKind};
use super::heap::{Heap, TextRef};
use super::rows::{Declaration, Movement, Particular};
use super::share::Amounts;
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

/// 40 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct MovementRecord {
    percent: u64,
    group: TextRef,
    /// One more than the party's number, nought for none.
    holder: u32,
    company: u32,
    date: DayCode,
    since: DayCode,
    kind: u8,
    spare: [u8; 7],
}

impl MovementRecord {
    pub(crate) fn new(row: &Movement<'_>, heap: &mut Heap, amounts: &mut Amounts) -> Self {
        Self {
            percent: amounts.code(&row.percent, heap),
            group: heap.maybe(row.group),
            holder: party_or_none(row.holder),
            company: party(row.company),
            date: DayCode::new(Some(row.date)),
            since: DayCode::new(row.since),
            kind: row.kind.byte(),
            spare: [0; 7],
        }
    }
}

impl Record for MovementRecord {
    type Row<'f> = Movement<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { percent: shift.amount(self.percent), group: shift.text(self.group), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Movement<'f> {
        Movement {
            holder: facts.known_or_none(self.holder),
            group: facts.heap.optional(self.group),
            company: facts.known(self.company),
            kind: MovementKind::from_byte(self.kind),
            percent: facts.amount(Amounts::share(self.percent)),
            date: self.date.day().unwrap_or_default(),
            since: self.since.day(),
            source,
        }
    }
}
