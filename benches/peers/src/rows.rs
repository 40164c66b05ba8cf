//! The whole market as everybody who makes registers reads it: one file of rows of fixed size, mapped.

use crate::edges::{self, DECLARED};
use bytemuck::{Pod, Zeroable};
use chrono::{Datelike, NaiveDate};
use memmap2::Mmap;
use relata::facts::{Authority, Effect, PartyKind};
use relata::synth::{
    ConcertRow, ControlRow, Day, DesignationRow, HoldingRow, KinshipRow, PartyRow, PositionRow, ProxyRow, Ref,
    RestrictionRow, Share, Sink, Term,
};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const MARK: u64 = u64::from_le_bytes(*b"rows 1\n\0");
const HEADER: usize = 9 * 8;
/// No first day.
pub const EVER: i32 = i32::MIN;
/// No last day, or no day of agreement.
pub const OPEN: i32 = i32::MAX;
/// 2022-06-30 in days of the common era.
pub const ASKED: i32 = 738_336;

/// A party.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct PartyRecord {
    /// Position in [`PartyKind::ALL`], with 128 for a listed company.
    pub kind: u32,
    /// Birth date in days of the common era, or [`EVER`].
    pub birth: i32,
}

/// A dated row of any table; what `a`, `b`, `c` and `x` are depends on the table.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct Row {
    pub a: u32,
    pub b: u32,
    pub c: u32,
    pub x: u32,
    pub from: i32,
    pub until: i32,
    pub agreed: i32,
}

/// Tables: holdings (holder, company, share), proxies (principal, agent, company), controls (controller, controlled,
/// joint label or nought; whether it asserts, with twice the basis), concert (group, member, company; lead), positions
/// (person, organisation; role), kinships (person, relative; relation), designations (party; authority).
pub const HOLDINGS: usize = 0;
pub const PROXIES: usize = 1;
pub const CONTROLS: usize = 2;
pub const CONCERT: usize = 3;
pub const POSITIONS: usize = 4;
pub const KINSHIPS: usize = 5;
pub const DESIGNATIONS: usize = 6;
const TABLES: usize = 7;

/// The mapped file.
pub struct Rows {
    map: Mmap,
    pub path: PathBuf,
    parties: usize,
    tables: [usize; TABLES],
}

impl Rows {
    pub fn open(path: &Path) -> io::Result<Self> {
        // SAFETY: the file was written by this run and nobody changes it.
        let map = unsafe { Mmap::map(&File::open(path)?)? };
        let words: &[u64] = bytemuck::cast_slice(&map[..HEADER]);
        assert_eq!(words[0], MARK, "{} is no file of rows", path.display());
        let mut tables = [0; TABLES];
        for (table, word) in tables.iter_mut().zip(&words[2..]) {
            *table = *word as usize;
        }
        let parties = words[1] as usize;
        Ok(Self { map, path: path.to_owned(), parties, tables })
    }

    pub fn parties(&self) -> &[PartyRecord] {
        bytemuck::cast_slice(&self.map[HEADER..self.table_start(0)])
    }

    fn table_start(&self, table: usize) -> usize {
        let rows: usize = self.tables[..table].iter().sum();
        HEADER + self.parties * size_of::<PartyRecord>() + rows * size_of::<Row>()
    }

    pub fn table(&self, table: usize) -> &[Row] {
        bytemuck::cast_slice(&self.map[self.table_start(table)..self.table_start(table + 1)])
    }

    pub fn listed(&self) -> &[u32] {
        bytemuck::cast_slice(&self.map[self.table_start(TABLES)..])
    }
}

/// Whether a row is in force on the day asked about.
fn in_force(row: &Row) -> bool {
    row.from <= ASKED && ASKED <= row.until
}

/// Takes the generated market.
#[derive(Default)]
pub struct Collector {
    parties: Vec<PartyRecord>,
    tables: [Vec<Row>; TABLES],
    listed: Vec<u32>,
    groups: HashMap<String, u32>,
    labels: HashMap<String, u32>,
}

fn number(labels: &mut HashMap<String, u32>, label: &str) -> u32 {
    let next = labels.len() as u32 + 1;
    if let Some(known) = labels.get(label) {
        return *known;
    }
    labels.insert(label.to_owned(), next);
    next
}

fn day(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

fn row(parts: [u32; 4], term: Term) -> Row {
    let bound = |bound: Day, open: i32| match bound {
        Day::Open => open,
        Day::On(date) => day(date),
        Day::Unknown | Day::Near(_) => panic!("every day is known in the market of the peers"),
    };
    let [a, b, c, x] = parts;
    Row {
        a,
        b,
        c,
        x,
        from: bound(term.from, EVER),
        until: bound(term.until, OPEN),
        agreed: term.agreed.map_or(OPEN, day),
    }
}

impl Collector {
    /// Writes the rows, and the day's ties of the control problem.
    pub fn write(&self, rows: &Path, ties: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(rows)?);
        let counts = self.tables.iter().map(|table| table.len() as u64);
        let header: Vec<u64> = [MARK, self.parties.len() as u64].into_iter().chain(counts).collect();
        file.write_all(bytemuck::cast_slice(&header))?;
        file.write_all(bytemuck::cast_slice(&self.parties))?;
        for table in &self.tables {
            file.write_all(bytemuck::cast_slice(table))?;
        }
        file.write_all(bytemuck::cast_slice(&self.listed))?;
        file.flush()?;
        edges::write(ties, self.parties.len() as u32, &self.day(), &self.listed)
    }

    /// The control problem: votes in whoever is voted about, and unjoint declarations, of one day.
    fn day(&self) -> Vec<edges::Tie> {
        let voted = |party: u32| {
            let kind = PartyKind::ALL[self.parties[party as usize].kind as usize & 127];
            !matches!(kind, PartyKind::Partnership | PartyKind::Person)
        };
        let votes = self.tables[HOLDINGS].iter().filter(|row| in_force(row) && row.a != row.b && voted(row.b));
        let votes = votes.map(|row| edges::Tie { holder: row.a, company: row.b, share: u64::from(row.c) });
        let declared = self.tables[CONTROLS].iter().filter(|row| in_force(row) && row.x & 1 == 1 && row.c == 0);
        let declared = declared.filter(|row| row.a != row.b);
        votes.chain(declared.map(|row| edges::Tie { holder: row.a, company: row.b, share: DECLARED })).collect()
    }
}

impl Sink for Collector {
    fn party(&mut self, party: &PartyRow<'_>) -> io::Result<()> {
        assert_eq!(party.party.place as usize, self.parties.len());
        let listed = if party.listed.is_some() { 128 } else { 0 };
        let birth = party.birth_date.map_or(EVER, day);
        self.parties.push(PartyRecord { kind: place(PartyKind::ALL, party.kind) | listed, birth });
        Ok(())
    }

    fn holding(&mut self, holding: &HoldingRow<'_>) -> io::Result<()> {
        let Share::Exact(share) = holding.share else {
            panic!("every share is known in the market of the peers");
        };
        self.tables[HOLDINGS].push(row([holding.holder.place, holding.company.place, share, 0], holding.term));
        Ok(())
    }

    fn proxy(&mut self, proxy: &ProxyRow<'_>) -> io::Result<()> {
        assert!(proxy.votes.is_none(), "every proxy passes all votes in the market of the peers");
        let parts = [proxy.principal.place, proxy.agent.place, proxy.company.place, 0];
        self.tables[PROXIES].push(row(parts, proxy.term));
        Ok(())
    }

    fn control(&mut self, control: &ControlRow<'_>) -> io::Result<()> {
        let joint = control.joint.map_or(0, |label| number(&mut self.labels, label));
        let asserts = u32::from(control.effect == Effect::Asserts);
        let basis = control.basis.map_or(0, |basis| place(relata::facts::ControlBasis::ALL, basis) + 1);
        let parts = [control.controller.place, control.controlled.place, joint, asserts | basis << 1];
        self.tables[CONTROLS].push(row(parts, control.term));
        Ok(())
    }

    fn concert(&mut self, concert: &ConcertRow<'_>) -> io::Result<()> {
        let Some(company) = concert.company else {
            panic!("every concert is about a company in the market of the peers");
        };
        let group = number(&mut self.groups, concert.group);
        let parts = [group, concert.member.place, company.place, u32::from(concert.lead)];
        self.tables[CONCERT].push(row(parts, concert.term));
        Ok(())
    }

    fn position(&mut self, post: &PositionRow<'_>) -> io::Result<()> {
        let role = place(relata::facts::Role::ALL, post.role);
        self.tables[POSITIONS].push(row([post.person.place, post.organisation.place, 0, role], post.term));
        Ok(())
    }

    fn kinship(&mut self, kin: &KinshipRow<'_>) -> io::Result<()> {
        let relation = place(relata::facts::Relation::ALL, kin.relation);
        self.tables[KINSHIPS].push(row([kin.person.place, kin.relative.place, 0, relation], kin.term));
        Ok(())
    }

    fn designation(&mut self, designation: &DesignationRow<'_>) -> io::Result<()> {
        let authority = place(Authority::ALL, designation.authority);
        self.tables[DESIGNATIONS].push(row([designation.party.place, 0, 0, authority], designation.term));
        Ok(())
    }

    fn restriction(&mut self, _: &RestrictionRow<'_>) -> io::Result<()> {
        Ok(())
    }

    fn listed(&mut self, company: Ref) -> io::Result<()> {
        self.listed.push(company.place);
        Ok(())
    }

    fn subject(&mut self, _: Ref) -> io::Result<()> {
        Ok(())
    }
}

/// The position of a code among all of its kind.
fn place<T: PartialEq>(all: &[T], code: T) -> u32 {
    all.iter().position(|known| *known == code).map_or(0, |at| at as u32)
}
