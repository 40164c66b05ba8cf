//! Writes rows with what every row has: numbers, names, dates, sources; and makes persons as they are needed.

use super::dice::{ASKED, Dice, FIRST, Keys, LAST, Purpose, date};
use super::names;
use super::rows::{
    ConcertRow, ControlRow, Day, DesignationRow, HoldingRow, KinshipRow, Outline, PartyRow, PositionRow, ProxyRow, Ref,
    RestrictionRow, Share, Sink, Term, WHOLE,
};
use crate::facts::{Authority, ControlBasis, Effect, PartyKind, Relation, Role};
use std::io;

/// Persons that may be met again: those last seen, and others from before.
const RECENT: usize = 512;
const EARLIER: usize = 1 << 16;

/// A year, in days.
pub(super) const YEAR: i32 = 365;

/// A change of hands within the two years around the day asked.
#[derive(Clone, Copy)]
pub(super) struct Change {
    /// The last day of what was before.
    pub(super) last: i32,
    /// When it was agreed.
    pub(super) agreed: Option<i32>,
}

/// Writes rows.
pub(super) struct Scribe<'s, S: Sink + ?Sized> {
    pub(super) sink: &'s mut S,
    pub(super) dice: Dice,
    pub(super) keys: Keys,
    organisations: u32,
    persons: u32,
    /// How many cells in a thousand are left unknown.
    unknown: u32,
    name: Vec<u8>,
    identifier: Vec<u8>,
    recent: Vec<Ref>,
    earlier: Vec<Ref>,
    met: usize,
}

impl<'s, S: Sink + ?Sized> Scribe<'s, S> {
    pub(super) fn new(sink: &'s mut S, seed: u64, outline: Outline, unknown: u32) -> io::Result<Self> {
        sink.begin(outline)?;
        Ok(Self {
            sink,
            dice: Dice::new(seed),
            keys: Keys::new(seed),
            organisations: outline.organisations,
            persons: 0,
            unknown,
            name: Vec::new(),
            identifier: Vec::new(),
            recent: Vec::new(),
            earlier: Vec::new(),
            met: 0,
        })
    }

    /// The organisation at this place.
    pub(super) fn organisation_at(place: u32) -> Ref {
        Ref { place, serial: place + 1, person: false }
    }

    /// Tells the organisation at this place.
    pub(super) fn organisation(&mut self, place: u32, kind: PartyKind, listed: Option<&str>) -> io::Result<Ref> {
        let party = Self::organisation_at(place);
        let number = self.keys.at(Purpose::Name, place);
        names::organisation(&mut self.name, number, party.serial, kind, listed.is_some());
        let identified = self.keys.below(Purpose::Identifier, place, 100);
        if identified < 60 {
            names::credit_code(&mut self.identifier, party.serial);
        }
        let mut alias = String::new();
        if identified % 50 == 7 {
            alias = format!("江州老字号{}厂", party.serial);
        }
        self.sink.party(&PartyRow {
            party,
            name: text(&self.name),
            kind,
            identifier: (identified < 60).then(|| text(&self.identifier)),
            birth_date: None,
            listed,
            alias: (!alias.is_empty()).then_some(alias.as_str()),
        })?;
        Ok(party)
    }

    /// Makes a person who was born on this day.
    pub(super) fn born(&mut self, born: i32, dated: bool) -> io::Result<Ref> {
        let party = Ref { place: self.organisations + self.persons, serial: self.persons + 1, person: true };
        self.persons += 1;
        names::person(&mut self.name, self.keys.at(Purpose::Name, party.place), party.serial);
        let identified = self.keys.below(Purpose::Identifier, party.place, 100) < 30;
        if identified {
            names::identity_card(&mut self.identifier, party.serial, born);
        }
        self.sink.party(&PartyRow {
            party,
            name: text(&self.name),
            kind: PartyKind::Person,
            identifier: identified.then(|| text(&self.identifier)),
            birth_date: dated.then(|| date(born)),
            listed: None,
            alias: None,
        })?;
        Ok(party)
    }

    /// A day on which somebody now between these ages was born.
    pub(super) fn birthday(&mut self, youngest: i32, oldest: i32) -> i32 {
        self.dice.day(ASKED - oldest * YEAR, ASKED - youngest * YEAR)
    }

    /// Makes a grown-up person, who may be met again.
    pub(super) fn newcomer(&mut self) -> io::Result<Ref> {
        let born = self.birthday(24, 75);
        let dated = self.dice.percent(60);
        let person = self.born(born, dated)?;
        self.meet(person);
        Ok(person)
    }

    /// Remembers a person for [`Self::somebody`].
    pub(super) fn meet(&mut self, person: Ref) {
        self.met += 1;
        if self.recent.len() < RECENT {
            self.recent.push(person);
        } else if let Some(slot) = self.recent.get_mut(self.met % RECENT) {
            *slot = person;
        }
        if self.earlier.len() < EARLIER {
            self.earlier.push(person);
        } else if self.dice.percent(5) {
            let at = self.dice.below(EARLIER as u32) as usize;
            if let Some(slot) = self.earlier.get_mut(at) {
                *slot = person;
            }
        }
    }

    /// A grown-up person: so many times in a hundred one met before.
    pub(super) fn somebody(&mut self, again: u32) -> io::Result<Ref> {
        if self.dice.percent(again) {
            let met = if self.dice.percent(60) { &self.recent } else { &self.earlier };
            if let Some(person) = self.dice.pick(met) {
                return Ok(person);
            }
        }
        self.newcomer()
    }

    /// A period that began years ago and is open.
    pub(super) fn since(&mut self) -> Term {
        if self.dice.percent(25) {
            return Term::ALWAYS;
        }
        let from = self.dice.day(ASKED - 22 * YEAR, FIRST - 1);
        Term { from: Day::On(date(from)), ..Term::ALWAYS }
    }

    /// So many times in a thousand, a change of hands within the two years.
    pub(super) fn change(&mut self, times: u32) -> Option<Change> {
        if !self.dice.permille(times) {
            return None;
        }
        let last = self.dice.day(FIRST, LAST - 2);
        let agreed = if last >= ASKED {
            // What is still to come is known because it was agreed.
            Some(self.dice.day(ASKED - 90, ASKED - 1))
        } else {
            self.dice.percent(70).then(|| last - self.dice.day(0, 120))
        };
        Some(Change { last, agreed })
    }

    /// The period before a change.
    pub(super) fn before(&mut self, change: Change) -> Term {
        Term { until: Day::On(date(change.last)), ..self.since() }
    }

    /// The period after a change.
    pub(super) fn after(change: Change) -> Term {
        Term { from: Day::On(date(change.last + 1)), until: Day::Open, agreed: change.agreed.map(date) }
    }

    /// A source.
    fn source(&mut self) -> &'static str {
        self.dice.pick(names::SOURCES).unwrap_or_default()
    }

    /// The period with so many of its days unknown as are asked for.
    fn blurred(&mut self, term: Term) -> Term {
        if self.unknown == 0 || !self.dice.permille(self.unknown) {
            return term;
        }
        let blur = |day: Day, near: bool| match day {
            Day::On(day) if near => Day::Near(day),
            Day::On(_) => Day::Unknown,
            other => other,
        };
        let near = self.dice.percent(50);
        if term.until == Day::Open || self.dice.percent(50) {
            Term { from: blur(term.from, near), ..term }
        } else {
            Term { until: blur(term.until, near), ..term }
        }
    }

    /// One holding, in the units of [`Share`].
    pub(super) fn holding(&mut self, holder: Ref, company: Ref, units: u32, term: Term) -> io::Result<()> {
        let mut share = Share::Exact(units);
        if self.unknown > 0 && self.dice.permille(self.unknown) {
            let (low, high) = (units / 50_000 * 50_000, (units / 50_000 + 1) * 50_000);
            share = if self.dice.percent(50) { Share::Unknown } else { Share::Range(low, high.min(WHOLE)) };
        }
        let (term, source) = (self.blurred(term), self.source());
        self.sink.holding(&HoldingRow { holder, company, share, term, source })
    }

    pub(super) fn control(
        &mut self,
        controller: Ref,
        controlled: Ref,
        basis: ControlBasis,
        joint: Option<&str>,
    ) -> io::Result<()> {
        let (term, source) = (self.since(), self.source());
        let (basis, effect) = (Some(basis), Effect::Asserts);
        self.sink.control(&ControlRow { controller, controlled, basis, joint, effect, term, source })
    }

    pub(super) fn denial(&mut self, controller: Ref, controlled: Ref) -> io::Result<()> {
        let (term, source) = (self.since(), self.source());
        let (basis, effect) = (None, Effect::Denies);
        self.sink.control(&ControlRow { controller, controlled, basis, joint: None, effect, term, source })
    }

    /// Members that act together in a company; the first leads if there is a lead.
    pub(super) fn concert(&mut self, members: &[Ref], company: Ref, lead: bool) -> io::Result<()> {
        let change = self.change(40);
        let (term, source) = (self.since(), self.source());
        let term = match change {
            Some(change) if change.last < ASKED => Term { until: Day::On(date(change.last)), ..term },
            Some(change) => Self::after(change),
            None => term,
        };
        let group = format!("G{}", company.serial);
        for (order, member) in members.iter().enumerate() {
            let (member, company, lead) = (*member, Some(company), lead && order == 0);
            self.sink.concert(&ConcertRow { group: &group, member, company, lead, term, source })?;
        }
        Ok(())
    }

    /// A post; with a successor where it changes hands.
    pub(super) fn post(&mut self, person: Ref, organisation: Ref, role: Role) -> io::Result<()> {
        let Some(change) = self.change(30) else {
            let term = self.since();
            return self.post_for(person, organisation, role, term);
        };
        let before = self.before(change);
        self.post_for(person, organisation, role, before)?;
        let successor = self.somebody(40)?;
        let after = Self::after(change);
        self.post_for(successor, organisation, role, after)
    }

    /// A post for so long.
    pub(super) fn post_for(&mut self, person: Ref, organisation: Ref, role: Role, term: Term) -> io::Result<()> {
        let (term, source) = (self.blurred(term), self.source());
        self.sink.position(&PositionRow { person, organisation, role, term, source })
    }

    /// Kinship since birth, or since a day that is not written down.
    pub(super) fn kin(&mut self, person: Ref, relative: Ref, relation: Relation) -> io::Result<()> {
        self.kin_for(person, relative, relation, Term::ALWAYS)
    }

    pub(super) fn kin_for(&mut self, person: Ref, relative: Ref, relation: Relation, term: Term) -> io::Result<()> {
        let source = self.source();
        self.sink.kinship(&KinshipRow { person, relative, relation, term, source })
    }

    pub(super) fn designation(&mut self, party: Ref, authority: Authority) -> io::Result<()> {
        let (term, source) = (self.since(), self.source());
        self.sink.designation(&DesignationRow { party, authority, reason: "实质重于形式", term, source })
    }

    pub(super) fn proxy(&mut self, principal: Ref, agent: Ref, company: Ref) -> io::Result<()> {
        let (term, source) = (self.since(), self.source());
        self.sink.proxy(&ProxyRow { principal, agent, company, votes: None, term, source })
    }

    pub(super) fn restriction(&mut self, shareholder: Ref, beneficiary: Ref, company: Ref) -> io::Result<()> {
        let (term, source) = (self.since(), self.source());
        let reason = "股权转让协议尚未履行完毕";
        self.sink.restriction(&RestrictionRow { shareholder, beneficiary, company, reason, term, source })
    }
}

/// What was written is UTF-8.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
