//! The dataset as the checker looks rows up in it: by party, and by whether they are in force on a day.

use super::Claim;
use super::reason::Reason;
use super::votes::Votes;
use crate::facts::{
    ConcertMembership, Control, Facts, Holding, Kinship, PartyId, PartyKind, Period, Position, Proxy, Record, Relation,
    RowRef, Rows, Table,
};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::rc::Rc;

/// Some parties.
pub(super) type Set = FxHashSet<PartyId>;

/// Which rows are looked at: those in force whatever the unknown days are, or those that may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// In force for certain.
    Certain,
    /// Perhaps in force.
    Possible,
}

/// Positions of rows, by party.
type Positions = Vec<Vec<usize>>;

/// The dataset, the question and what has been worked out of them so far.
pub(super) struct Book<'a> {
    pub(super) claim: &'a Claim<'a>,
    pub(super) facts: &'a Facts,
    holdings_in: Positions,
    holdings_of: Positions,
    proxies_about: Positions,
    proxies_to: Positions,
    controls_by: Positions,
    controls_of: Positions,
    concert_of: Positions,
    positions_of: Positions,
    positions_in: Positions,
    kinships_of: Positions,
    groups: FxHashMap<&'a str, Vec<usize>>,
    pub(super) votes: RefCell<FxHashMap<(PartyId, NaiveDate), Rc<Votes>>>,
    pub(super) reach: RefCell<FxHashMap<(PartyId, NaiveDate), Rc<Set>>>,
    pub(super) above: RefCell<FxHashMap<(PartyId, NaiveDate), Rc<Set>>>,
    pub(super) heads: RefCell<FxHashMap<NaiveDate, Rc<Vec<PartyId>>>>,
}

fn by<R: Record>(parties: usize, rows: Rows<'_, R>, keys: impl Fn(R::Row<'_>) -> Vec<PartyId>) -> Positions {
    let mut found: Positions = vec![Vec::new(); parties];
    for (i, row) in rows.iter().enumerate() {
        for key in keys(row) {
            if let Some(list) = found.get_mut(key.index()).filter(|list| list.last() != Some(&i)) {
                list.push(i);
            }
        }
    }
    found
}

fn pick<'r, 'f: 'r, R: Record>(
    index: &'r Positions,
    rows: Rows<'f, R>,
    party: PartyId,
) -> impl Iterator<Item = (usize, R::Row<'f>)> + use<'r, 'f, R> {
    index.get(party.index()).into_iter().flatten().filter_map(move |&i| rows.get(i).map(|row| (i, row)))
}

impl<'a> Book<'a> {
    pub(super) fn new(claim: &'a Claim<'a>) -> Self {
        let facts = claim.facts;
        let n = facts.parties().len();
        let mut groups: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, row) in facts.concert().iter().enumerate() {
            groups.entry(row.group).or_default().push(i);
        }
        Self {
            claim,
            facts,
            holdings_in: by(n, facts.holdings(), |r| vec![r.company]),
            holdings_of: by(n, facts.holdings(), |r| vec![r.holder]),
            proxies_about: by(n, facts.proxies(), |r| vec![r.company]),
            proxies_to: by(n, facts.proxies(), |r| vec![r.agent]),
            controls_by: by(n, facts.controls(), |r| vec![r.controller]),
            controls_of: by(n, facts.controls(), |r| vec![r.controlled]),
            concert_of: by(n, facts.concert(), |r| vec![r.member]),
            positions_of: by(n, facts.positions(), |r| vec![r.person]),
            positions_in: by(n, facts.positions(), |r| vec![r.organisation]),
            kinships_of: by(n, facts.kinships(), |r| vec![r.person, r.relative]),
            groups,
            votes: RefCell::default(),
            reach: RefCell::default(),
            above: RefCell::default(),
            heads: RefCell::default(),
        }
    }

    /// The company the question is about.
    pub(super) fn subject(&self) -> PartyId {
        self.claim.subject
    }

    pub(super) fn id(&self, party: &str) -> Result<PartyId, Reason> {
        self.facts.party_id(party).ok_or_else(|| Reason::UnknownParty { party: party.to_owned() })
    }

    pub(super) fn name(&self, party: PartyId) -> String {
        self.facts.id(party).to_owned()
    }

    pub(super) fn kind(&self, party: PartyId) -> PartyKind {
        self.facts.kind(party)
    }

    pub(super) fn is_state_body(&self, party: PartyId) -> bool {
        self.kind(party) == PartyKind::StateBody
    }

    /// Whether the switch is read so.
    pub(super) fn reads(&self, switch: &str, reading: &str) -> bool {
        self.claim.readings.reading(switch) == reading
    }

    /// Whether concert brings control.
    pub(super) fn concert_controls(&self) -> bool {
        !self.reads("joint_control", "ignored")
    }

    /// Whether close kin who both hold shares count as a concert group.
    pub(super) fn family_counts(&self) -> bool {
        self.reads("family_block", "on")
    }

    /// Whether votes, and not only a declaration, can control the party.
    pub(super) fn votes_control(&self, party: PartyId) -> bool {
        !matches!(self.kind(party), PartyKind::Person | PartyKind::Partnership)
    }

    /// Whether more than 30 % can be enough: the subject, and whoever is listed anywhere.
    pub(super) fn is_listed(&self, party: PartyId) -> bool {
        party == self.subject() || self.facts.is_listed(party)
    }

    pub(super) fn in_force(&self, period: &Period, day: NaiveDate, extent: Extent) -> bool {
        let (asked, months) = (self.claim.as_of, self.claim.numbers.window_months);
        match extent {
            Extent::Certain => period.certain(asked, months),
            Extent::Possible => period.possible(asked, months),
        }
        .is_some_and(|span| span.contains(day))
    }

    /// Whether the cited row exists and, if it has a period, is in force for certain.
    pub(super) fn check_row(&self, row: RowRef, day: NaiveDate) -> Result<(), Reason> {
        let missing = || Reason::NoSuchRow { row: label(row) };
        if row.row == 0 {
            return Err(missing());
        }
        if row.table == Table::Parties {
            return self.facts.parties().get(row.index()).map(|_| ()).ok_or_else(missing);
        }
        let period = self.facts.period(row).ok_or_else(missing)?;
        if self.in_force(&period, day, Extent::Certain) {
            Ok(())
        } else {
            Err(Reason::NotInForce { row: label(row), day })
        }
    }

    pub(super) fn holdings_in(&self, company: PartyId) -> impl Iterator<Item = (usize, Holding<'a>)> {
        pick(&self.holdings_in, self.facts.holdings(), company)
    }

    pub(super) fn holdings_of(&self, holder: PartyId) -> impl Iterator<Item = (usize, Holding<'a>)> {
        pick(&self.holdings_of, self.facts.holdings(), holder)
    }

    pub(super) fn proxies_about(&self, company: PartyId) -> impl Iterator<Item = (usize, Proxy<'a>)> {
        pick(&self.proxies_about, self.facts.proxies(), company)
    }

    pub(super) fn proxies_to(&self, agent: PartyId) -> impl Iterator<Item = (usize, Proxy<'a>)> {
        pick(&self.proxies_to, self.facts.proxies(), agent)
    }

    pub(super) fn controls_by(&self, controller: PartyId) -> impl Iterator<Item = (usize, Control<'a>)> {
        pick(&self.controls_by, self.facts.controls(), controller)
    }

    pub(super) fn controls_of(&self, controlled: PartyId) -> impl Iterator<Item = (usize, Control<'a>)> {
        pick(&self.controls_of, self.facts.controls(), controlled)
    }

    pub(super) fn concert_of(&self, member: PartyId) -> impl Iterator<Item = (usize, ConcertMembership<'a>)> {
        pick(&self.concert_of, self.facts.concert(), member)
    }

    pub(super) fn positions_of(&self, person: PartyId) -> impl Iterator<Item = (usize, Position<'a>)> {
        pick(&self.positions_of, self.facts.positions(), person)
    }

    pub(super) fn positions_in(&self, organisation: PartyId) -> impl Iterator<Item = (usize, Position<'a>)> {
        pick(&self.positions_in, self.facts.positions(), organisation)
    }

    fn kinships_of(&self, party: PartyId) -> impl Iterator<Item = (usize, Kinship<'a>)> {
        pick(&self.kinships_of, self.facts.kinships(), party)
    }

    /// The memberships of one concert group as far as they are about the company.
    pub(super) fn group(&self, name: &str, company: PartyId) -> impl Iterator<Item = ConcertMembership<'a>> {
        self.groups
            .get(name)
            .into_iter()
            .flatten()
            .filter_map(|&i| self.facts.concert().get(i))
            .filter(move |row| row.company.is_none_or(|c| c == company))
    }

    /// Whether the party holds shares of the company.
    pub(super) fn holds(&self, holder: PartyId, company: PartyId, day: NaiveDate, extent: Extent) -> bool {
        self.holdings_of(holder).any(|(_, row)| {
            row.company == company
                && self.in_force(&row.period, day, extent)
                && match extent {
                    Extent::Certain => row.percent.is_certainly_positive(),
                    Extent::Possible => row.percent.greatest().is_none_or(|most| most.is_positive()),
                }
        })
    }

    /// Parents (`up`) or children of a party.
    fn line(&self, party: PartyId, day: NaiveDate, extent: Extent, up: bool) -> Vec<PartyId> {
        let wanted = if up { Relation::Parent } else { Relation::Child };
        self.kin_by(party, day, extent, |relation| relation == wanted)
    }

    fn kin_by(
        &self,
        party: PartyId,
        day: NaiveDate,
        extent: Extent,
        wanted: impl Fn(Relation) -> bool,
    ) -> Vec<PartyId> {
        self.kinships_of(party)
            .filter(|(_, row)| self.in_force(&row.period, day, extent))
            .filter_map(|(_, row)| {
                let (other, relation) = if row.person == party {
                    (row.relative, row.relation)
                } else {
                    (row.person, row.relation.inverse())
                };
                wanted(relation).then_some(other)
            })
            .collect()
    }

    /// Spouses, parents, children and siblings: the kin that `family_block=on` takes for a concert group.
    pub(super) fn kin(&self, party: PartyId, day: NaiveDate, extent: Extent) -> Set {
        use Relation::{Child, Parent, Sibling, Spouse};
        let mut kin: Set =
            self.kin_by(party, day, extent, |r| matches!(r, Spouse | Parent | Child | Sibling)).into_iter().collect();
        for parent in self.line(party, day, extent, true) {
            kin.extend(self.line(parent, day, extent, false));
        }
        kin.remove(&party);
        kin
    }
}

/// How a row is called in a refusal: `holdings 12`.
pub(super) fn label(row: RowRef) -> String {
    format!("{} {}", row.table.code(), row.row)
}
