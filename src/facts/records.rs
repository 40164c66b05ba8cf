//! How the rows of ties are kept: records of fixed size without padding, so that a file of them can be mapped.

use super::Facts;
use super::append::Shift;
use super::coded::{PeriodCode, party, party_or_none};
use super::codes::{Authority, ControlBasis, Effect, Relation, Role};
use super::heap::{Heap, TextRef};
use super::period::Period;
use super::rows::{ConcertMembership, Control, Designation, Holding, Kinship, Position, Proxy, VoteRestriction};
use super::share::Amounts;
use super::table::Record;
use bytemuck::{Pod, Zeroable};

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct HoldingRecord {
    pub(crate) holder: u32,
    pub(crate) company: u32,
    pub(crate) percent: u64,
    pub(crate) period: PeriodCode,
    pub(crate) votes: u32,
}

impl HoldingRecord {
    pub(crate) fn new(row: &Holding<'_>, heap: &mut Heap, amounts: &mut Amounts) -> Self {
        Self {
            holder: party(row.holder),
            company: party(row.company),
            percent: amounts.code(&row.percent, heap),
            period: PeriodCode::new(&row.period),
            votes: amounts.aside(row.votes_percent.as_ref(), heap),
        }
    }
}

impl Record for HoldingRecord {
    type Row<'f> = Holding<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { percent: shift.amount(self.percent), votes: shift.aside(self.votes), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Holding<'f> {
        let votes = facts.amounts.share_aside(self.votes);
        Holding {
            holder: facts.known(self.holder),
            company: facts.known(self.company),
            percent: facts.amount(Amounts::share(self.percent)),
            votes_percent: votes.map(|share| facts.amount(share)),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 28 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct ProxyRecord {
    pub(crate) principal: u32,
    pub(crate) agent: u32,
    pub(crate) company: u32,
    pub(crate) votes: u32,
    pub(crate) period: PeriodCode,
}

impl ProxyRecord {
    pub(crate) fn new(row: &Proxy<'_>, heap: &mut Heap, amounts: &mut Amounts) -> Self {
        Self {
            principal: party(row.principal),
            agent: party(row.agent),
            company: party(row.company),
            votes: amounts.aside(row.votes_percent.as_ref(), heap),
            period: PeriodCode::new(&row.period),
        }
    }
}

impl Record for ProxyRecord {
    type Row<'f> = Proxy<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { votes: shift.aside(self.votes), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Proxy<'f> {
        let votes = facts.amounts.share_aside(self.votes);
        Proxy {
            principal: facts.known(self.principal),
            agent: facts.known(self.agent),
            company: facts.known(self.company),
            votes_percent: votes.map(|share| facts.amount(share)),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct ControlRecord {
    pub(crate) joint: TextRef,
    pub(crate) controller: u32,
    pub(crate) controlled: u32,
    pub(crate) period: PeriodCode,
    /// One more than the basis, nought for none.
    basis: u8,
    pub(crate) effect: u8,
    spare: [u8; 2],
}

impl ControlRecord {
    pub(crate) fn new(row: &Control<'_>, heap: &mut Heap) -> Self {
        Self {
            joint: heap.maybe(row.joint),
            controller: party(row.controller),
            controlled: party(row.controlled),
            period: PeriodCode::new(&row.period),
            basis: row.basis.map_or(0, |basis| basis.byte() + 1),
            effect: row.effect.byte(),
            spare: [0; 2],
        }
    }

    pub(crate) fn basis(self) -> Option<ControlBasis> {
        self.basis.checked_sub(1).map(ControlBasis::from_byte)
    }
}

impl Record for ControlRecord {
    type Row<'f> = Control<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { joint: shift.text(self.joint), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Control<'f> {
        Control {
            controller: facts.known(self.controller),
            controlled: facts.known(self.controlled),
            basis: self.basis(),
            joint: facts.heap.optional(self.joint),
            effect: Effect::from_byte(self.effect),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct ConcertRecord {
    pub(crate) group: TextRef,
    pub(crate) member: u32,
    /// One more than the company's number, nought for none.
    pub(crate) company: u32,
    pub(crate) period: PeriodCode,
    pub(crate) lead: u8,
    spare: [u8; 3],
}

impl ConcertRecord {
    pub(crate) fn new(row: &ConcertMembership<'_>, heap: &mut Heap) -> Self {
        Self {
            group: heap.intern(row.group),
            member: party(row.member),
            company: party_or_none(row.company),
            period: PeriodCode::new(&row.period),
            lead: u8::from(row.lead),
            spare: [0; 3],
        }
    }
}

impl Record for ConcertRecord {
    type Row<'f> = ConcertMembership<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { group: shift.text(self.group), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> ConcertMembership<'f> {
        ConcertMembership {
            group: facts.heap.text(self.group),
            member: facts.known(self.member),
            company: facts.known_or_none(self.company),
            lead: self.lead != 0,
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 24 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct PositionRecord {
    pub(crate) person: u32,
    pub(crate) organisation: u32,
    pub(crate) period: PeriodCode,
    pub(crate) role: u8,
    spare: [u8; 3],
}

impl PositionRecord {
    pub(crate) fn new(row: &Position<'_>) -> Self {
        Self {
            person: party(row.person),
            organisation: party(row.organisation),
            period: PeriodCode::new(&row.period),
            role: row.role.byte(),
            spare: [0; 3],
        }
    }
}

impl Record for PositionRecord {
    type Row<'f> = Position<'f>;

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Position<'f> {
        Position {
            person: facts.known(self.person),
            organisation: facts.known(self.organisation),
            role: Role::from_byte(self.role),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 24 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct KinshipRecord {
    pub(crate) person: u32,
    pub(crate) relative: u32,
    pub(crate) period: PeriodCode,
    pub(crate) relation: u8,
    spare: [u8; 3],
}

impl KinshipRecord {
    pub(crate) fn new(row: &Kinship<'_>) -> Self {
        Self {
            person: party(row.person),
            relative: party(row.relative),
            period: PeriodCode::new(&row.period),
            relation: row.relation.byte(),
            spare: [0; 3],
        }
    }
}

impl Record for KinshipRecord {
    type Row<'f> = Kinship<'f>;

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Kinship<'f> {
        Kinship {
            person: facts.known(self.person),
            relative: facts.known(self.relative),
            relation: Relation::from_byte(self.relation),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct DesignationRecord {
    reason: TextRef,
    pub(crate) party: u32,
    pub(crate) period: PeriodCode,
    authority: u8,
    spare: [u8; 7],
}

impl DesignationRecord {
    pub(crate) fn new(row: &Designation<'_>, heap: &mut Heap) -> Self {
        Self {
            reason: heap.maybe(row.reason),
            party: party(row.party),
            period: PeriodCode::new(&row.period),
            authority: row.authority.byte(),
            spare: [0; 7],
        }
    }
}

impl Record for DesignationRecord {
    type Row<'f> = Designation<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { reason: shift.text(self.reason), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> Designation<'f> {
        Designation {
            party: facts.known(self.party),
            authority: Authority::from_byte(self.authority),
            reason: facts.heap.optional(self.reason),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}

/// 32 bytes.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct VoteRestrictionRecord {
    reason: TextRef,
    shareholder: u32,
    beneficiary: u32,
    company: u32,
    period: PeriodCode,
}

impl VoteRestrictionRecord {
    pub(crate) fn new(row: &VoteRestriction<'_>, heap: &mut Heap) -> Self {
        Self {
            reason: heap.maybe(row.reason),
            shareholder: party(row.shareholder),
            beneficiary: party(row.beneficiary),
            company: party(row.company),
            period: PeriodCode::new(&row.period),
        }
    }
}

impl Record for VoteRestrictionRecord {
    type Row<'f> = VoteRestriction<'f>;

    fn moved(self, shift: Shift) -> Self {
        Self { reason: shift.text(self.reason), ..self }
    }

    fn row<'f>(self, facts: &'f Facts, _: usize, source: Option<&'f str>) -> VoteRestriction<'f> {
        VoteRestriction {
            shareholder: facts.known(self.shareholder),
            beneficiary: facts.known(self.beneficiary),
            company: facts.known(self.company),
            reason: facts.heap.optional(self.reason),
            period: self.period.period(),
            source,
        }
    }

    fn period(self) -> Option<Period> {
        Some(self.period.period())
    }
}
