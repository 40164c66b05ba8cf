//! A synthetic dataset written straight into a packed file.

use super::about::{About, CONTENT};
use super::sections::{Spilling, Writing};
use super::write::write_about;
use crate::facts::{
    Amount, Bound, ConcertMembership, Control, Designation, Facts, Holding, Kinship, Outgoing, Party, PartyId, Period,
    Position, Proxy, Share as Units, VoteRestriction,
};
use crate::graph::Links;
use crate::intake::{Findings, digest};
use crate::store::{PackError, StoreWriter};
use crate::synth::{
    ConcertRow, ControlRow, Day, DesignationRow, HoldingRow, KinshipRow, PartyRow, PositionRow, ProxyRow, Ref,
    RestrictionRow, Share, Sink, Term, WHOLE,
};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Rows that are held in memory before they are handed over.
const AT_ONCE: u64 = 1 << 16;

/// Writes the rows into a packed file. Records and texts go to the disk as they come; in memory are, at the end, the
/// indexes, for none of which the rows are needed in memory.
pub struct MarketPack<'w> {
    writer: StoreWriter,
    outgoing: Outgoing,
    spilling: Spilling,
    settings: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u64>,
    held: u64,
    watch: &'w mut dyn FnMut(u64),
}

fn io_error(error: PackError) -> io::Error {
    match error {
        PackError::Io(error) => error,
        error => io::Error::other(error),
    }
}

impl<'w> MarketPack<'w> {
    /// Begins a packed file that is to stand at this path; `watch` is told from time to time how many more rows there
    /// are.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn create(path: &Path, watch: &'w mut dyn FnMut(u64)) -> io::Result<Self> {
        Ok(Self {
            writer: StoreWriter::create(path).map_err(io_error)?,
            outgoing: Outgoing::default(),
            spilling: Spilling::default(),
            settings: BTreeMap::new(),
            counts: BTreeMap::new(),
            held: 0,
            watch,
        })
    }

    /// Makes the indexes and completes the file; the rows of each table, and how many listed companies there are.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn finish(mut self) -> io::Result<BTreeMap<&'static str, u64>> {
        self.hand_over()?;
        let counts = std::mem::take(&mut self.counts);
        self.complete().map_err(io_error)?;
        Ok(counts)
    }

    fn complete(mut self) -> Result<(), PackError> {
        let mut facts = Facts::default();
        facts.settings = self.settings;
        self.spilling.append(&mut self.writer, &mut facts)?;
        facts.index();
        let mut nothing = |_| {};
        let mut writing = Writing::new(&mut self.writer, &mut nothing);
        self.spilling.appended().for_each(|name| writing.pass_over(name));
        facts.visit_columns(&mut writing);
        // A synthetic dataset has no faults.
        Findings::default().visit_columns(&mut writing);
        Links::new(&facts).visit_columns(&mut writing);
        writing.done()?;
        let (digest, rows) = (digest(&facts), facts.row_count());
        write_about(&mut self.writer, &About { content: CONTENT, digest, rows, settings: facts.settings })?;
        self.writer.finish()
    }

    fn hand_over(&mut self) -> io::Result<()> {
        (self.watch)(std::mem::take(&mut self.held));
        self.spilling.take(&self.writer, &mut self.outgoing).map_err(io_error)
    }

    /// Counts a row of a table that was told.
    fn told(&mut self, table: &'static str) -> io::Result<()> {
        *self.counts.entry(table).or_default() += 1;
        self.held += 1;
        if self.held >= AT_ONCE { self.hand_over() } else { Ok(()) }
    }
}

fn party(of: Ref) -> PartyId {
    PartyId::new(of.place as usize)
}

fn amount(share: Share) -> Amount {
    let exact = |units: u32| Units::percent(u64::from(units) * (Units::WHOLE / u64::from(WHOLE)));
    match share {
        Share::Range(low, high) if low != high => Amount::Range(exact(low), exact(high)),
        Share::Exact(units) | Share::Range(units, _) => Amount::Exact(exact(units)),
        Share::Unknown => Amount::Unknown,
    }
}

/// Votes that are not stated are all there are; so are those whose cell would be empty.
fn votes(share: Option<Share>) -> Option<Amount> {
    share.filter(|share| *share != Share::Unknown).map(amount)
}

fn bound(day: Day) -> Bound {
    match day {
        Day::Open => Bound::Open,
        Day::On(day) => Bound::On(day),
        Day::Unknown => Bound::Unknown,
        Day::Near(day) => Bound::Near(day),
    }
}

fn period(term: Term) -> Period {
    Period { from: bound(term.from), until: bound(term.until), agreed: term.agreed }
}

/// The period in a table where nothing is agreed.
fn plain(term: Term) -> Period {
    Period { agreed: None, ..period(term) }
}

fn text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl Sink for MarketPack<'_> {
    fn party(&mut self, row: &PartyRow<'_>) -> io::Result<()> {
        let id = row.party.to_string();
        self.outgoing.push_party(&Party {
            id: &id,
            name: row.name,
            kind: row.kind,
            identifier: row.identifier.and_then(text),
            birth_date: row.birth_date,
            listed: row.listed.and_then(text),
            aliases: row.alias.and_then(text).into_iter().collect(),
            country: None,
        });
        self.told("parties")
    }

    fn holding(&mut self, row: &HoldingRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_holding(&Holding {
            holder: party(row.holder),
            company: party(row.company),
            percent: amount(row.share),
            votes_percent: None,
            period: period(row.term),
            source: text(row.source),
        });
        self.told("holdings")
    }

    fn proxy(&mut self, row: &ProxyRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_proxy(&Proxy {
            principal: party(row.principal),
            agent: party(row.agent),
            company: party(row.company),
            votes_percent: votes(row.votes),
            period: period(row.term),
            source: text(row.source),
        });
        self.told("proxies")
    }

    fn control(&mut self, row: &ControlRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_control(&Control {
            controller: party(row.controller),
            controlled: party(row.controlled),
            basis: row.basis,
            joint: row.joint.and_then(text),
            effect: row.effect,
            period: period(row.term),
            source: text(row.source),
        });
        self.told("controls")
    }

    fn concert(&mut self, row: &ConcertRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_concert(&ConcertMembership {
            group: row.group,
            member: party(row.member),
            company: row.company.map(party),
            lead: row.lead,
            period: period(row.term),
            source: text(row.source),
        });
        self.told("concert")
    }

    fn position(&mut self, row: &PositionRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_position(&Position {
            person: party(row.person),
            organisation: party(row.organisation),
            role: row.role,
            period: period(row.term),
            source: text(row.source),
        });
        self.told("positions")
    }

    fn kinship(&mut self, row: &KinshipRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_kinship(&Kinship {
            person: party(row.person),
            relative: party(row.relative),
            relation: row.relation,
            period: plain(row.term),
            source: text(row.source),
        });
        self.told("kinships")
    }

    fn designation(&mut self, row: &DesignationRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_designation(&Designation {
            party: party(row.party),
            authority: row.authority,
            reason: text(row.reason),
            period: plain(row.term),
            source: text(row.source),
        });
        self.told("designations")
    }

    fn restriction(&mut self, row: &RestrictionRow<'_>) -> io::Result<()> {
        self.outgoing.rows().push_vote_restriction(&VoteRestriction {
            shareholder: party(row.shareholder),
            beneficiary: party(row.beneficiary),
            company: party(row.company),
            reason: text(row.reason),
            period: plain(row.term),
            source: text(row.source),
        });
        self.told("vote_restrictions")
    }

    fn listed(&mut self, _: Ref) -> io::Result<()> {
        // Which companies are listed stands in their own rows.
        self.told("subjects")
    }

    fn subject(&mut self, subject: Ref) -> io::Result<()> {
        self.settings.insert("subject".to_owned(), subject.to_string());
        Ok(())
    }
}
