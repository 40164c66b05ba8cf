//! Datasets for the benches: one large group structure and a few plain shapes, the same for a seed on every machine.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation
)]

pub mod plain;
pub mod text;

use chrono::NaiveDate;
use relata::facts::{
    Amount, Authority, Bound, ConcertMembership, Control, ControlBasis, Designation, Effect, Facts, Holding, Kinship,
    Party, PartyId, PartyKind, Percent, Period, Position, Relation, Role,
};
use relata::law::{Pack, Readings};
use relata::packs;
use relata::register::Question;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The seed of every bench.
pub const SEED: u64 = 20_220_630;

/// The whole of a company's capital: shares are counted in ten-thousandths of a percent.
const WHOLE: u32 = 1_000_000;

/// The day every question is asked of.
pub fn asked() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, 30).unwrap()
}

pub fn pack() -> Pack {
    packs::load("sse-2022").unwrap()
}

/// The question of the benches, with the default readings.
pub fn question<'p>(facts: &Facts, pack: &'p Pack) -> Question<'p> {
    Question {
        subject: facts.party_id("L").unwrap(),
        as_of: asked(),
        pack,
        readings: Readings::defaults(&pack.switches),
    }
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below((most - least + 1) as usize) as u32
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of the last so many, so that trees grow deep as well as wide.
    fn recent<T: Copy>(&mut self, of: &[T], last: usize) -> T {
        let first = of.len().saturating_sub(last);
        of[first + self.below(of.len() - first)]
    }
}

/// Rows being written.
struct Builder {
    dice: Dice,
    rows: Facts,
    held: BTreeSet<(PartyId, PartyId)>,
    /// How much of each party's capital has a holder.
    sold: Vec<u32>,
    ties: usize,
    dated: bool,
}

impl Builder {
    fn new(seed: u64, dated: bool) -> Self {
        Self { dice: Dice(seed), rows: Facts::default(), held: BTreeSet::new(), sold: Vec::new(), ties: 0, dated }
    }

    fn add(&mut self, id: String, kind: PartyKind) -> PartyId {
        self.sold.push(0);
        self.rows.push_party(&Party::new(&id, &id, kind))
    }

    fn subject(&mut self) -> PartyId {
        self.sold.push(0);
        self.rows.push_party(&Party { listed: Some("SSE"), ..Party::new("L", "L", PartyKind::Company) })
    }

    fn company(&mut self) -> PartyId {
        let id = format!("C{}", self.sold.len());
        self.add(id, PartyKind::Company)
    }

    fn person(&mut self) -> PartyId {
        self.born(None)
    }

    fn born(&mut self, birth_date: Option<NaiveDate>) -> PartyId {
        let id = format!("P{}", self.sold.len());
        self.sold.push(0);
        self.rows.push_party(&Party { birth_date, ..Party::new(&id, &id, PartyKind::Person) })
    }

    /// For one tie in twenty-five a period that begins or ends on the first of a month within the window.
    fn period(&mut self) -> Period {
        if !self.dated || !self.dice.chance(4) {
            return Period::ALWAYS;
        }
        let month = self.dice.below(23) as i32 + 6;
        let day = NaiveDate::from_ymd_opt(2021 + month / 12, (month % 12) as u32 + 1, 1).unwrap();
        if self.dice.chance(50) {
            return Period { until: Bound::On(day), ..Period::ALWAYS };
        }
        let agreed = self.dice.chance(70).then(|| NaiveDate::from_ymd_opt(2022, 5, 20).unwrap().min(day));
        Period { from: Bound::On(day), until: Bound::Open, agreed }
    }

    /// A holding of so many ten-thousandths of a percent, unless there is one already or the capital is gone.
    fn hold(&mut self, holder: PartyId, company: PartyId, units: u32) -> bool {
        if holder == company || units == 0 || self.sold[company.index()] + units > WHOLE {
            return false;
        }
        if !self.held.insert((holder, company)) {
            return false;
        }
        self.sold[company.index()] += units;
        let period = self.period();
        let percent = Amount::Exact(Percent::from(Decimal::new(i64::from(units), 4)));
        self.rows.push_holding(&Holding { holder, company, percent, votes_percent: None, period, source: None });
        self.ties += 1;
        true
    }

    fn post(&mut self, person: PartyId, organisation: PartyId, role: Role) {
        let period = self.period();
        self.rows.push_position(&Position { person, organisation, role, period, source: None });
        self.ties += 1;
    }

    fn kin(&mut self, person: PartyId, relative: PartyId, relation: Relation) {
        let period = Period::ALWAYS;
        self.rows.push_kinship(&Kinship { person, relative, relation, period, source: None });
        self.ties += 1;
    }

    /// A company under one of `members`, with up to two small holders beside it; it joins the members.
    fn subsidiary(&mut self, members: &mut Vec<PartyId>, depth: usize) {
        let parent = self.dice.recent(members, depth);
        let company = self.company();
        let share = self.dice.between(510_000, 990_000);
        self.hold(parent, company, share);
        for _ in 0..self.dice.below(3) {
            let holder = if self.dice.chance(50) { self.dice.pick(members) } else { self.person() };
            let share = self.dice.between(1, 90_000);
            self.hold(holder, company, share);
        }
        members.push(company);
    }

    /// Two halves with two members: nobody but those above both controls it.
    fn joint_venture(&mut self, members: &mut Vec<PartyId>) {
        let company = self.company();
        for _ in 0..2 {
            let holder = self.dice.pick(members);
            self.hold(holder, company, WHOLE / 2);
        }
        members.push(company);
    }

    fn circle(&mut self, members: &[PartyId], least: u32, most: u32) {
        let length = self.dice.between(3, 8) as usize;
        let ring: Vec<PartyId> = (0..length).map(|_| self.dice.pick(members)).collect();
        for i in 0..length {
            let share = self.dice.between(least, most);
            self.hold(ring[i], ring[(i + 1) % length], share);
        }
    }

    fn finish(self) -> Facts {
        let mut facts = self.rows;
        facts.settings.insert("subject".to_owned(), "L".to_owned());
        facts
    }
}

/// A state-owned group of about so many ties around a listed company.
///
/// Above: an authority, a holding company, a parent with a third of the votes; companies with owners of their own and
/// thousands of small holders beside it. Around: subsidiaries, joint ventures, cross-holdings and circles of the
/// group, other companies of the authority, boards that interlock, families and their companies, groups in concert,
/// and a market that has nothing to do with any of it. One tie in twenty-five begins or ends within the window.
pub fn group(ties: usize, seed: u64) -> Facts {
    let mut b = Builder::new(seed, true);
    let l = b.subject();
    let authority = b.add("S".to_owned(), PartyKind::StateBody);
    let top = b.add("T".to_owned(), PartyKind::Company);
    let parent = b.add("H".to_owned(), PartyKind::Company);
    let founder = b.person();
    let part = |percent: usize, b: &Builder| b.ties + ties * percent / 100;
    b.hold(authority, top, 600_000);
    b.hold(founder, top, 300_000);
    b.hold(top, parent, 700_000);
    b.hold(parent, l, 340_000);

    // Holders above the company: one in three is a company that has owners of its own.
    let count = (ties * 12 / 100).max(12);
    let each = 400_000 / count as u32;
    let mut holders = Vec::new();
    let mut concert = 0;
    for i in 0..count {
        let holder = if i % 3 == 0 { b.company() } else { b.person() };
        let units = (each * b.dice.between(10, 100) / 100).max(1);
        b.hold(holder, l, units);
        let mut company = holder;
        for _ in 0..if i % 3 == 0 { b.dice.below(4) } else { 0 } {
            let owner = if b.dice.chance(60) { b.company() } else { b.person() };
            let share = b.dice.between(50_000, 900_000);
            b.hold(owner, company, share);
            if b.rows.kind(owner) == PartyKind::Person {
                break;
            }
            company = owner;
        }
        holders.push(holder);
    }
    for _ in 0..4 {
        let pool = b.company();
        let owner = b.person();
        b.hold(pool, l, 30_000);
        b.hold(owner, pool, 800_000);
        holders.push(pool);
    }
    let end = part(1, &b);
    while b.ties < end && concert < 40 {
        concert += 1;
        for _ in 0..6 {
            let member = if b.dice.chance(5) { b.dice.recent(&holders, 4) } else { b.dice.pick(&holders) };
            let group = format!("G{concert}");
            let period = b.period();
            let row = ConcertMembership { group: &group, member, company: Some(l), lead: false, period, source: None };
            b.rows.push_concert(&row);
            b.ties += 1;
        }
    }

    // The company's own group, the parent's, and the authority's.
    let mut own = vec![l];
    let end = part(12, &b);
    while b.ties < end {
        b.subsidiary(&mut own, 200);
    }
    let mut siblings = vec![top, parent];
    let end = part(20, &b);
    while b.ties < end {
        if b.dice.chance(10) { b.joint_venture(&mut siblings) } else { b.subsidiary(&mut siblings, 100) }
    }
    let mut others = vec![authority];
    let end = part(10, &b);
    while b.ties < end {
        b.subsidiary(&mut others, 50);
    }
    let owners: Vec<PartyId> =
        holders.iter().copied().filter(|holder| b.rows.kind(*holder) != PartyKind::Person).collect();
    let end = part(2, &b);
    let mut tries = 0;
    while b.ties < end && tries < ties {
        tries += 1;
        b.circle(&siblings[1..], 1_000, 90_000);
        b.circle(&own[1..], 1_000, 90_000);
        b.circle(&owners, 10_000, 200_000);
    }

    // Boards: those of the company and above it, with seats elsewhere, and those of the group.
    let mut insiders = Vec::new();
    let roles = [Role::Chair, Role::Director, Role::IndependentDirector, Role::Supervisor, Role::GeneralManager];
    for organisation in [l, l, l, parent, top] {
        for role in roles {
            let person = b.person();
            b.post(person, organisation, role);
            insiders.push(person);
        }
    }
    let mut pool = insiders.clone();
    let end = part(20, &b);
    while b.ties < end {
        let person = match b.dice.below(100) {
            0..5 => b.dice.pick(&insiders),
            5..50 => b.dice.pick(&pool),
            _ => {
                let person = b.person();
                pool.push(person);
                person
            }
        };
        let organisation = match b.dice.below(4) {
            0 => b.dice.pick(&own),
            1 => b.dice.pick(&siblings),
            2 => b.dice.pick(&others[others.len().min(2) - 1..]),
            _ => b.company(),
        };
        let role = b.dice.pick(&[Role::Director, Role::Supervisor, Role::SeniorManager, Role::IndependentDirector]);
        b.post(person, organisation, role);
    }

    // Families of insiders and of others, and companies of theirs.
    let end = part(6, &b);
    let mut relatives = Vec::new();
    let mut next = 0;
    while b.ties < end {
        let person = if next < insiders.len() { insiders[next] } else { b.dice.pick(&pool) };
        next += 1;
        let years = b.dice.between(1990, 2010) as i32;
        let birth = NaiveDate::from_ymd_opt(years, b.dice.between(1, 12), 1);
        let (spouse, mother, child, brother) = (b.person(), b.person(), b.born(birth), b.person());
        b.kin(person, spouse, Relation::Spouse);
        b.kin(person, mother, Relation::Parent);
        b.kin(person, child, Relation::Child);
        b.kin(mother, brother, Relation::Child);
        relatives.extend([spouse, mother, child, brother]);
    }
    let end = part(6, &b);
    while b.ties < end {
        let person = if b.dice.chance(50) { b.dice.pick(&insiders) } else { b.dice.pick(&relatives) };
        let mut line = vec![person];
        for _ in 0..b.dice.between(1, 6) {
            b.subsidiary(&mut line, 2);
        }
    }
    for person in [relatives[0], pool[0]] {
        let period = b.period();
        b.rows.push_designation(&Designation {
            party: person,
            authority: Authority::Exchange,
            reason: None,
            period,
            source: None,
        });
    }
    let venture = b.company();
    b.rows.push_control(&Control {
        controller: insiders[0],
        controlled: venture,
        basis: Some(ControlBasis::Agreement),
        joint: None,
        effect: Effect::Asserts,
        period: Period::ALWAYS,
        source: None,
    });

    // The market.
    let mut market = vec![b.company()];
    while b.ties < ties {
        b.subsidiary(&mut market, 400);
    }
    b.finish()
}

/// A person above `companies` companies, each with 60 % of the next, the subject at the bottom.
pub fn chain(companies: usize) -> Facts {
    let mut b = Builder::new(SEED, false);
    let l = b.subject();
    let mut holder = b.person();
    for i in 0..companies {
        let company = if i + 1 == companies { l } else { b.company() };
        b.hold(holder, company, 600_000);
        holder = company;
    }
    b.finish()
}

/// One nominee with 1 % of each of `companies` companies, the subject among them, each with an owner of its own.
pub fn star(companies: usize) -> Facts {
    let mut b = Builder::new(SEED, false);
    let l = b.subject();
    let nominee = b.company();
    for i in 0..companies {
        let company = if i == 0 { l } else { b.company() };
        b.hold(nominee, company, 10_000);
        let owner = b.person();
        b.hold(owner, company, 510_000);
    }
    b.finish()
}

/// Companies of which each holds `units` ten-thousandths of a percent of the next, in one circle with the subject.
pub fn circle(companies: usize, units: u32) -> Facts {
    let mut b = Builder::new(SEED, false);
    let mut ring = vec![b.subject()];
    for _ in 1..companies {
        ring.push(b.company());
    }
    for i in 0..companies {
        b.hold(ring[i], ring[(i + 1) % companies], units);
    }
    let person = b.person();
    b.hold(person, ring[companies / 2], 400_000);
    b.finish()
}

/// A person above a tree in which every company has 60 % of ten others; the subject is the first of them.
pub fn tree(companies: usize) -> Facts {
    let mut b = Builder::new(SEED, false);
    let l = b.subject();
    let person = b.person();
    let mut all = vec![b.company()];
    b.hold(person, all[0], 600_000);
    for i in 1..companies {
        let company = if i == 1 { l } else { b.company() };
        b.hold(all[(i - 1) / 10], company, 600_000);
        all.push(company);
    }
    b.finish()
}

/// Companies that hold parts of one another in circles, three holdings for each, with two persons outside.
pub fn core(companies: usize) -> Facts {
    let mut b = Builder::new(SEED, false);
    let mut all = vec![b.subject()];
    for _ in 1..companies {
        all.push(b.company());
    }
    for i in 0..companies {
        for step in [1, 7, 11] {
            let share = b.dice.between(80_000, 250_000);
            b.hold(all[i], all[(i + step) % companies], share);
        }
    }
    for i in [1, companies / 2] {
        let person = b.person();
        b.hold(person, all[i], 200_000);
    }
    b.finish()
}
