//! relata: one resolver, a standing for each subject.

use super::{Registers, add_line};
use crate::control::ours::{keep, packed};
use crate::rows::{CONCERT, CONTROLS, DESIGNATIONS, EVER, HOLDINGS, KINSHIPS, OPEN, POSITIONS, PROXIES, Row, Rows};
use crate::tally::Tally;
use chrono::{Datelike, NaiveDate};
use relata::facts::{
    Amount, Authority, Bound, ConcertMembership, Control, ControlBasis, Designation, Effect, Facts, Holding, Kinship,
    Party, PartyId, PartyKind, Percent, Period, Position, Proxy, Relation, Role,
};
use relata::law::Basis;
use relata::packed::Opened;
use relata::register::{Question, Resolver, Workshop};
use rust_decimal::Decimal;

pub struct Ours(Opened);

/// Packs all rows.
pub fn pack(rows: &Rows) {
    keep(facts(rows), &rows.path);
}

fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap()
}

fn period(row: &Row) -> Period {
    Period {
        from: if row.from == EVER { Bound::Open } else { Bound::On(date(row.from)) },
        until: if row.until == OPEN { Bound::Open } else { Bound::On(date(row.until)) },
        agreed: (row.agreed != OPEN).then(|| date(row.agreed)),
    }
}

fn party(number: u32) -> PartyId {
    PartyId::new(number as usize)
}

fn facts(rows: &Rows) -> Facts {
    let mut facts = Facts::default();
    for (number, record) in rows.parties().iter().enumerate() {
        let id = number.to_string();
        let mut given = Party::new(&id, "", PartyKind::ALL[record.kind as usize & 127]);
        given.listed = (record.kind & 128 != 0).then_some("SSE");
        given.birth_date = (record.birth != EVER).then(|| date(record.birth));
        facts.push_party(&given);
    }
    let source = None;
    for row in rows.table(HOLDINGS) {
        let percent = Amount::Exact(Percent::from(Decimal::new(i64::from(row.c), 4)));
        let (holder, company) = (party(row.a), party(row.b));
        facts.push_holding(&Holding { holder, company, percent, votes_percent: None, period: period(row), source });
    }
    for row in rows.table(PROXIES) {
        let (principal, agent, company) = (party(row.a), party(row.b), party(row.c));
        facts.push_proxy(&Proxy { principal, agent, company, votes_percent: None, period: period(row), source });
    }
    for row in rows.table(CONTROLS) {
        let joint = (row.c != 0).then(|| row.c.to_string());
        facts.push_control(&Control {
            controller: party(row.a),
            controlled: party(row.b),
            basis: (row.x >> 1).checked_sub(1).map(|at| ControlBasis::ALL[at as usize]),
            joint: joint.as_deref(),
            effect: if row.x & 1 == 1 { Effect::Asserts } else { Effect::Denies },
            period: period(row),
            source,
        });
    }
    for row in rows.table(CONCERT) {
        facts.push_concert(&ConcertMembership {
            group: &row.a.to_string(),
            member: party(row.b),
            company: Some(party(row.c)),
            lead: row.x != 0,
            period: period(row),
            source,
        });
    }
    for row in rows.table(POSITIONS) {
        let role = Role::ALL[row.x as usize];
        let (person, organisation) = (party(row.a), party(row.b));
        facts.push_position(&Position { person, organisation, role, period: period(row), source });
    }
    for row in rows.table(KINSHIPS) {
        let relation = Relation::ALL[row.x as usize];
        let (person, relative) = (party(row.a), party(row.b));
        facts.push_kinship(&Kinship { person, relative, relation, period: period(row), source });
    }
    for row in rows.table(DESIGNATIONS) {
        let authority = Authority::ALL[row.x as usize];
        facts.push_designation(&Designation {
            party: party(row.a),
            authority,
            reason: None,
            period: period(row),
            source,
        });
    }
    facts
}

impl Registers for Ours {
    fn load(rows: &Rows) -> Self {
        Self(relata::packed::open(&packed(&rows.path)).unwrap())
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let links = self.0.links.take().unwrap();
        let resolver = Resolver::with_links(&self.0.facts, links);
        let mut workshop = Workshop::default();
        let pack = relata::packs::load("sse-2022").unwrap();
        let mut tally = Tally::default();
        for subject in subjects {
            let as_of = date(crate::rows::ASKED);
            let question = Question { subject: party(*subject), as_of, pack: &pack, readings: pack.default_readings() };
            let standing = resolver.standing_in(&mut workshop, &question, false);
            assert!(standing.undetermined.is_empty());
            for (related, grounds) in &standing.related {
                tally.count += 1;
                for (ground, basis) in grounds {
                    let (kind, day) = match basis {
                        Basis::Current => (0, 0),
                        Basis::LookedBack { last_day, .. } => (1, last_day.num_days_from_ce()),
                        Basis::Arranged { begins } => (2, begins.num_days_from_ce()),
                    };
                    add_line(&mut tally, *subject, related.index() as u32, ground, kind, day);
                    if std::env::var_os("PEERS_LINES").is_some() {
                        eprintln!("{subject} {} {ground} {kind} {day}", related.index());
                    }
                }
            }
        }
        tally
    }
}
