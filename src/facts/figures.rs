//! How the rows of figures are kept: balances, transactions, forecasts.

use super::Facts;
use super::append::Shift;
use super::coded::{DayCode, NumberCode, party, party_or_none};
use super::codes::{Approval, Direction, Kind, Pricing};
use super::heap::{Heap, TextRef};
use super::rows::{Financial, Forecast, Transaction};
use super::table::Record;
use bytemuck::{Pod, Zeroable};

/// 88 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct FinancialRecord {
    party: u32,
    period_end: DayCode,
    net_assets: NumberCode,
    total_assets: NumberCode,
    revenue: NumberCode,
    net_profit: NumberCode,
    market_value: NumberCode,
}

impl FinancialRecord {
    pub(crate) fn new(row: &Financial<'_>) -> Self {
        Self {
            party: party(row.party),
            period_end: DayCode::new(Some(row.period_end)),
            net_assets: NumberCode::new(row.net_assets),
            total_assets: NumberCode::new(row.total_assets),
            revenue: NumberCode::new(row.revenue),
            net_profit: NumberCode::new(row.net_profit),
            market_value: NumberCode::new(row.market_value),
        }
    }
}

impl Record for FinancialRecord {
    type Row<'f> = Financial<'f>;

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Financial<'f> {
        Financial {
            party: facts.known(self.party),
            period_end: self.period_end.day().unwrap_or_default(),
            net_assets: self.net_assets.number(),
            total_assets: self.total_assets.number(),
            revenue: self.revenue.number(),
            net_profit: self.net_profit.number(),
            market_value: self.market_value.number(),
            source,
        }
    }
}

/// 144 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct TransactionRecord {
    id: TextRef,
    subject_matter: TextRef,
    exemption: TextRef,
    exemption_facts: TextRef,
    forecast: TextRef,
    currency: TextRef,
    date: DayCode,
    approved_on: DayCode,
    ends: DayCode,
    counterparty: u32,
    /// One more than the party's number, nought for none.
    side: u32,
    /// Likewise.
    target: u32,
    amount: NumberCode,
    rate: NumberCode,
    book_value: NumberCode,
    total_amount: NumberCode,
    /// One more than the code, nought for none.
    direction: u8,
    /// Likewise.
    pricing: u8,
    /// Nought for none, one for no, two for yes.
    assurance: u8,
    kind: u8,
    /// One more than the code, nought for none.
    approved: u8,
    spare: [u8; 3],
}

impl TransactionRecord {
    pub(crate) fn new(row: &Transaction<'_>, heap: &mut Heap) -> Self {
        Self {
            id: heap.add(row.id.as_bytes()),
            subject_matter: heap.maybe(row.subject_matter),
            exemption: heap.maybe(row.exemption),
            exemption_facts: heap.maybe(row.exemption_facts),
            forecast: heap.maybe(row.forecast),
            date: DayCode::new(Some(row.date)),
            approved_on: DayCode::new(row.approved_on),
            counterparty: party(row.counterparty),
            side: party_or_none(row.side),
            amount: NumberCode::new(row.amount),
            currency: heap.maybe(row.currency),
            rate: NumberCode::new(row.rate),
            ends: DayCode::new(row.ends),
            direction: row.direction.map_or(0, |direction| direction.byte() + 1),
            target: party_or_none(row.target),
            book_value: NumberCode::new(row.book_value),
            total_amount: NumberCode::new(row.total_amount),
            assurance: row.assurance.map_or(0, |assured| u8::from(assured) + 1),
            pricing: row.pricing.map_or(0, |pricing| pricing.byte() + 1),
            kind: row.kind.byte(),
            approved: row.approved.map_or(0, |approved| approved.byte() + 1),
            spare: [0; 3],
        }
    }
}

impl Record for TransactionRecord {
    type Row<'f> = Transaction<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self {
            id: shift.text(self.id),
            subject_matter: shift.text(self.subject_matter),
            exemption: shift.text(self.exemption),
            exemption_facts: shift.text(self.exemption_facts),
            forecast: shift.text(self.forecast),
            currency: shift.text(self.currency),
            ..self
        }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Transaction<'f> {
        Transaction {
            id: facts.heap.text(self.id),
            date: self.date.day().unwrap_or_default(),
            counterparty: facts.known(self.counterparty),
            side: facts.known_or_none(self.side),
            kind: Kind::from_byte(self.kind),
            amount: self.amount.number(),
            subject_matter: facts.heap.optional(self.subject_matter),
            exemption: facts.heap.optional(self.exemption),
            exemption_facts: facts.heap.optional(self.exemption_facts),
            approved: self.approved.checked_sub(1).map(Approval::from_byte),
            approved_on: self.approved_on.day(),
            forecast: facts.heap.optional(self.forecast),
            currency: facts.heap.optional(self.currency),
            rate: self.rate.number(),
            ends: self.ends.day(),
            direction: self.direction.checked_sub(1).map(Direction::from_byte),
            target: facts.known_or_none(self.target),
            book_value: self.book_value.number(),
            total_amount: self.total_amount.number(),
            assurance: self.assurance.checked_sub(1).map(|assured| assured != 0),
            pricing: self.pricing.checked_sub(1).map(Pricing::from_byte),
            source,
        }
    }
}

/// 40 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct ForecastRecord {
    forecast: TextRef,
    group: u32,
    year: i32,
    amount: NumberCode,
    approved_on: DayCode,
    kind: u8,
    /// One more than the code, nought for none.
    approved: u8,
    spare: [u8; 2],
}

impl ForecastRecord {
    pub(crate) fn new(row: &Forecast<'_>, heap: &mut Heap) -> Self {
        Self {
            forecast: heap.intern(row.forecast),
            group: party(row.group),
            year: row.year,
            amount: NumberCode::new(Some(row.amount)),
            approved_on: DayCode::new(row.approved_on),
            kind: row.kind.byte(),
            approved: row.approved.map_or(0, |approved| approved.byte() + 1),
            spare: [0; 2],
        }
    }
}

impl Record for ForecastRecord {
    type Row<'f> = Forecast<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { forecast: shift.text(self.forecast), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Forecast<'f> {
        Forecast {
            forecast: facts.heap.text(self.forecast),
            group: facts.known(self.group),
            kind: Kind::from_byte(self.kind),
            year: self.year,
            amount: self.amount.number().unwrap_or_default(),
            approved: self.approved.checked_sub(1).map(Approval::from_byte),
            approved_on: self.approved_on.day(),
            source,
        }
    }
}
