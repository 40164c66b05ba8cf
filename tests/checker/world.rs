//! Small datasets and hand-written proofs.

use chrono::NaiveDate;
use relata::facts::{
    Amount, Authority, Bound, ConcertMembership, Control, ControlBasis, Designation, Effect, Facts, Holding, Kinship,
    Party, PartyId, PartyKind, Period, Position, Proxy, Relation, Role, RowRef, Table,
};
use relata::law::{Pack, Readings};
use relata::proof::check::{AnswerDoc, Claim, Reason, Refusal, check_register, check_steps};
use relata::proof::{Conclusion, Measure, Step, StepId};

pub const TODAY: &str = "2022-06-30";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn amount(text: &str) -> Amount {
    match text.split_once('-') {
        _ if text.is_empty() => Amount::Unknown,
        Some((least, most)) => Amount::Range(least.parse().expect("least"), most.parse().expect("most")),
        None => Amount::Exact(text.parse().expect("percent")),
    }
}

fn bound(text: &str) -> Bound {
    match text.strip_suffix('?') {
        _ if text.is_empty() => Bound::Open,
        Some("") => Bound::Unknown,
        Some(near) => Bound::Near(day(near)),
        None => Bound::On(day(text)),
    }
}

/// A dataset with subject `L`, the readings taken and the day asked about.
#[derive(Clone)]
pub struct World {
    pub facts: Facts,
    pub readings: Readings,
    pub as_of: NaiveDate,
    pack: Pack,
}

/// A row that a test changes.
pub enum Changed<'a, 'f> {
    Parties(&'a mut Party<'f>),
    Holdings(&'a mut Holding<'f>),
    Proxies(&'a mut Proxy<'f>),
    Controls(&'a mut Control<'f>),
    Concert(&'a mut ConcertMembership<'f>),
    Positions(&'a mut Position<'f>),
    Kinships(&'a mut Kinship<'f>),
    Designations(&'a mut Designation<'f>),
}

impl<'a> Changed<'a, '_> {
    fn period(self) -> &'a mut Period {
        match self {
            Self::Holdings(row) => &mut row.period,
            Self::Proxies(row) => &mut row.period,
            Self::Controls(row) => &mut row.period,
            Self::Concert(row) => &mut row.period,
            Self::Positions(row) => &mut row.period,
            Self::Kinships(row) => &mut row.period,
            Self::Designations(row) => &mut row.period,
            Self::Parties(_) => panic!("no dated table"),
        }
    }
}

impl World {
    /// `"L company, X company, P person"`
    pub fn of(parties: &str) -> Self {
        let parties = parties.split(',').map(|text| {
            let (id, kind) = text.trim().split_once(' ').expect("id and kind");
            Party::new(id, id, PartyKind::from_code(kind).expect("a kind"))
        });
        let pack = Pack::from_toml(
            include_str!("../../data/packs/sse-2022/pack.toml"),
            include_str!("../../data/packs/sse-2022/parameters.toml"),
            include_str!("../../data/packs/sse-2022/loan_prime_rates.toml"),
        )
        .expect("the pack");
        let readings = pack.default_readings();
        Self { facts: Facts::with_parties(parties), readings, as_of: day(TODAY), pack }
    }

    pub fn id(&self, party: &str) -> PartyId {
        self.facts.party_id(party).unwrap_or_else(|| panic!("no party {party}"))
    }

    pub fn read(mut self, switch: &str, reading: &str) -> Self {
        self.readings = self.readings.with(&self.pack.switches, switch, reading).expect("a reading");
        self
    }

    pub fn born(&mut self, party: &str, birth: &str) -> RowRef {
        let i = self.id(party).index();
        let row = RowRef::new(Table::Parties, i);
        let birth = day(birth);
        self.change(row, |row| match row {
            Changed::Parties(row) => row.birth_date = Some(birth),
            _ => panic!("no party"),
        });
        row
    }

    pub fn hold(&mut self, holder: &str, company: &str, percent: &str) -> RowRef {
        let (holder, company, period) = (self.id(holder), self.id(company), Period::ALWAYS);
        let percent = amount(percent);
        self.facts.push_holding(&Holding { holder, company, percent, votes_percent: None, period, source: None });
        RowRef::new(Table::Holdings, self.facts.holdings().len() - 1)
    }

    /// `votes` is `all` or an amount.
    pub fn proxy(&mut self, principal: &str, agent: &str, company: &str, votes: &str) -> RowRef {
        let (principal, agent, company) = (self.id(principal), self.id(agent), self.id(company));
        let votes_percent = (votes != "all").then(|| amount(votes));
        let period = Period::ALWAYS;
        self.facts.push_proxy(&Proxy { principal, agent, company, votes_percent, period, source: None });
        RowRef::new(Table::Proxies, self.facts.proxies().len() - 1)
    }

    fn control(&mut self, controller: &str, controlled: &str, joint: Option<&str>, effect: Effect) -> RowRef {
        let (controller, controlled, joint) = (self.id(controller), self.id(controlled), joint);
        let (basis, period) = (Some(ControlBasis::Agreement), Period::ALWAYS);
        self.facts.push_control(&Control { controller, controlled, basis, joint, effect, period, source: None });
        RowRef::new(Table::Controls, self.facts.controls().len() - 1)
    }

    pub fn declare(&mut self, controller: &str, controlled: &str) -> RowRef {
        self.control(controller, controlled, None, Effect::Asserts)
    }

    pub fn joint(&mut self, controller: &str, controlled: &str) -> RowRef {
        self.control(controller, controlled, Some("j"), Effect::Asserts)
    }

    pub fn deny(&mut self, controller: &str, controlled: &str) -> RowRef {
        self.control(controller, controlled, None, Effect::Denies)
    }

    pub fn concert(&mut self, group: &str, member: &str, company: &str, lead: bool) -> RowRef {
        let company = (!company.is_empty()).then(|| self.id(company));
        let (member, period) = (self.id(member), Period::ALWAYS);
        self.facts.push_concert(&ConcertMembership { group, member, company, lead, period, source: None });
        RowRef::new(Table::Concert, self.facts.concert().len() - 1)
    }

    pub fn post(&mut self, person: &str, organisation: &str, role: &str) -> RowRef {
        let (person, organisation) = (self.id(person), self.id(organisation));
        let (role, period) = (Role::from_code(role).expect("a role"), Period::ALWAYS);
        self.facts.push_position(&Position { person, organisation, role, period, source: None });
        RowRef::new(Table::Positions, self.facts.positions().len() - 1)
    }

    /// `relative` is the `relation` of `person`.
    pub fn kin(&mut self, person: &str, relation: &str, relative: &str) -> RowRef {
        let (person, relative, period) = (self.id(person), self.id(relative), Period::ALWAYS);
        let relation = Relation::from_code(relation).expect("a relation");
        self.facts.push_kinship(&Kinship { person, relative, relation, period, source: None });
        RowRef::new(Table::Kinships, self.facts.kinships().len() - 1)
    }

    pub fn designate(&mut self, party: &str) -> RowRef {
        let (party, authority, period) = (self.id(party), Authority::Csrc, Period::ALWAYS);
        self.facts.push_designation(&Designation { party, authority, reason: None, period, source: None });
        RowRef::new(Table::Designations, self.facts.designations().len() - 1)
    }

    /// Gives a row its days.
    pub fn when(&mut self, row: RowRef, from: &str, until: &str, agreed: &str) -> RowRef {
        let period =
            Period { from: bound(from), until: bound(until), agreed: (!agreed.is_empty()).then(|| day(agreed)) };
        self.change(row, |row| *row.period() = period);
        row
    }

    /// Changes one row: the facts are written once more with it.
    pub fn change(&mut self, at: RowRef, change: impl Fn(Changed<'_, '_>)) {
        let old = std::mem::take(&mut self.facts);
        macro_rules! copy {
            ($($table:ident, $variant:ident, $push:ident;)+) => {$(
                for (i, mut row) in old.$table().iter().enumerate() {
                    if at == RowRef::new(Table::$variant, i) {
                        change(Changed::$variant(&mut row));
                    }
                    self.facts.$push(&row);
                }
            )+};
        }
        copy! {
            parties, Parties, push_party;
            holdings, Holdings, push_holding;
            proxies, Proxies, push_proxy;
            controls, Controls, push_control;
            concert, Concert, push_concert;
            positions, Positions, push_position;
            kinships, Kinships, push_kinship;
            designations, Designations, push_designation;
        }
    }

    pub fn lead(&mut self, row: RowRef, lead: bool) {
        self.change(row, |row| match row {
            Changed::Concert(row) => row.lead = lead,
            _ => panic!("no membership"),
        });
    }

    pub fn listed(&mut self, party: &str, exchange: &'static str) {
        self.change(RowRef::new(Table::Parties, self.id(party).index()), |row| match row {
            Changed::Parties(row) => row.listed = Some(exchange),
            _ => panic!("no party"),
        });
    }

    pub fn role(&mut self, row: RowRef, role: &str) {
        self.change(row, |row| match row {
            Changed::Positions(row) => row.role = Role::from_code(role).expect("a role"),
            _ => panic!("no position"),
        });
    }

    fn claim(&self) -> Claim<'_> {
        Claim {
            facts: &self.facts,
            subject: self.id("L"),
            as_of: self.as_of,
            numbers: self.pack.numbers(self.as_of).clone(),
            readings: self.readings.clone(),
        }
    }

    pub fn check(&self, proof: &Proof) -> Vec<Refusal> {
        check_steps(&self.claim(), &proof.0)
    }

    pub fn answer(&self, answer: &serde_json::Value) -> Vec<Refusal> {
        let doc: AnswerDoc = serde_json::from_value(answer.clone()).expect("an answer");
        check_register(&self.claim(), &doc)
    }

    #[track_caller]
    pub fn accepts(&self, proof: &Proof) {
        let refusals = self.check(proof);
        assert!(refusals.is_empty(), "{}", texts(&refusals));
    }

    /// Every refusal is of the last step, and for this reason.
    #[track_caller]
    pub fn refuses(&self, proof: &Proof, reason: &str) {
        let refusals = self.check(proof);
        let last = proof.0.last().map(|step| step.id);
        let only_last = refusals.len() == 1 && refusals[0].step == last;
        assert!(only_last && variant(&refusals[0].reason) == reason, "wanted {reason}, got: {}", texts(&refusals));
        assert!(!refusals[0].zh().is_empty() && refusals[0].zh() != refusals[0].to_string());
    }
}

pub fn texts(refusals: &[Refusal]) -> String {
    refusals.iter().map(|refusal| format!("{refusal} ({:?})", refusal.reason)).collect::<Vec<_>>().join("; ")
}

pub fn variant(reason: &Reason) -> String {
    let text = format!("{reason:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}

/// A proof under construction.
#[derive(Clone, Default)]
pub struct Proof(pub Vec<Step>);

impl Proof {
    pub fn step(&mut self, rule: &str, conclusion: Conclusion, premises: &[StepId], facts: &[RowRef]) -> StepId {
        let id = StepId::try_from(self.0.len()).expect("few steps") + 1;
        let (rule, premises, facts) = (rule.to_owned(), premises.to_vec(), facts.to_vec());
        self.0.push(Step { id, conclusion, rule, premises, facts });
        id
    }

    pub fn with(mut self, rule: &str, conclusion: Conclusion, premises: &[StepId], facts: &[RowRef]) -> Self {
        self.step(rule, conclusion, premises, facts);
        self
    }

    /// The same proof with its last step changed.
    pub fn forged(&self, change: impl FnOnce(&mut Step)) -> Self {
        let mut forged = self.clone();
        change(forged.0.last_mut().expect("a step"));
        forged
    }
}

pub fn controls(controller: &str, controlled: &str) -> Conclusion {
    let (controller, controlled) = (controller.to_owned(), controlled.to_owned());
    Conclusion::Controls { controller, controlled, day: day(TODAY), votes: None }
}

pub fn votes(controller: &str, controlled: &str, percent: &str) -> Conclusion {
    let (controller, controlled) = (controller.to_owned(), controlled.to_owned());
    let votes = Some(percent.parse().expect("percent"));
    Conclusion::Controls { controller, controlled, day: day(TODAY), votes }
}

pub fn stake(party: &str, measure: Measure, percent: &str) -> Conclusion {
    let percent = percent.parse().expect("percent");
    Conclusion::Stake { party: party.to_owned(), measure, percent, day: day(TODAY) }
}

pub fn family(person: &str, relative: &str, relation: &str) -> Conclusion {
    let (person, relative, relation) = (person.to_owned(), relative.to_owned(), relation.to_owned());
    Conclusion::Family { person, relative, relation, day: day(TODAY) }
}

pub fn officer(person: &str, organisation: &str, role: &str) -> Conclusion {
    let (person, organisation, role) = (person.to_owned(), organisation.to_owned(), role.to_owned());
    Conclusion::Officer { person, organisation, role, day: day(TODAY) }
}

pub fn ground(party: &str, ground: &str) -> Conclusion {
    Conclusion::Ground { party: party.to_owned(), ground: ground.to_owned(), day: day(TODAY) }
}

pub fn exempt(party: &str) -> Conclusion {
    Conclusion::Exempt { party: party.to_owned(), day: day(TODAY) }
}

pub fn deemed(party: &str, ground: &str, basis: &str, on: &str) -> Conclusion {
    let (party, ground, basis) = (party.to_owned(), ground.to_owned(), basis.to_owned());
    Conclusion::Deemed { party, ground, basis, day: day(on), as_of: day(TODAY) }
}

/// The same conclusion on another day.
pub fn on(mut conclusion: Conclusion, text: &str) -> Conclusion {
    match &mut conclusion {
        Conclusion::Ground { day: d, .. }
        | Conclusion::Deemed { day: d, .. }
        | Conclusion::Exempt { day: d, .. }
        | Conclusion::Controls { day: d, .. }
        | Conclusion::Stake { day: d, .. }
        | Conclusion::Family { day: d, .. }
        | Conclusion::Officer { day: d, .. } => *d = day(text),
    }
    conclusion
}
