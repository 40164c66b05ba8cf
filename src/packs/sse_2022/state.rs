//! One state seen with the eyes of the pack: kernels at both bounds, readings, numbers, and what has been found.

use super::{Choices, GROUNDS, Number};
use crate::facts::{PartyKind, Span};
use crate::graph::{ControlRules, Days, Kernel, Lens, Network, Node, Side};
use crate::law::Numbers;
use crate::packs::Book;
use crate::proof::{Conclusion, StepId};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The kernels at both bounds; one serves as both where nothing is unknown.
pub struct Kernels<'n, 'f> {
    least: Kernel<'n, 'f>,
    greatest: Option<Kernel<'n, 'f>>,
    /// What has been found at either bound.
    shared: [Shared; 2],
}

/// Parties, with the days of the window on which something holds of them.
pub type Standing = BTreeMap<Node, Days>;

/// Something found over the window, by the readings that bear on it.
pub(super) struct Kept<T>(Vec<(Choices, Rc<T>)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Kept<T> {
    /// What has been found by these readings.
    pub(super) fn get(&self, choices: &Choices) -> Option<Rc<T>> {
        self.0.iter().find(|(by, _)| by == choices).map(|(_, value)| Rc::clone(value))
    }

    /// Keeps what has been found by these readings.
    pub(super) fn keep(&mut self, choices: Choices, value: T) -> Rc<T> {
        let value = Rc::new(value);
        self.0.push((choices, Rc::clone(&value)));
        value
    }
}

/// What has been found over the window: parties by ground, and what grounds have worked out for all parties at once.
#[derive(Default)]
pub(super) struct Shared {
    found: [Kept<Standing>; Number::ALL.len()],
    exempt: Kept<Standing>,
    pub(super) persons_companies: Kept<super::ground_5_3::Companies>,
    pub(super) relatives: Kept<super::ground_7_4::Relatives>,
    own_group: Option<Rc<FxHashMap<Node, Days>>>,
    pub(super) under_controllers: Option<Rc<super::ground_5_2::Reached>>,
}

impl<'n, 'f> Kernels<'n, 'f> {
    /// Kernels for questions of day `asked` about the days of `span`.
    #[must_use]
    pub fn new(network: &'n Network<'f>, asked: NaiveDate, months: u32, rules: &ControlRules, span: Span) -> Self {
        let lens = Lens { asked, day: asked, side: Side::Least, months };
        let greatest = Lens { side: Side::Greatest, ..lens };
        Self {
            least: Kernel::new(network, lens, rules.clone(), span),
            greatest: network.is_uncertain().then(|| Kernel::new(network, greatest, rules.clone(), span)),
            shared: Default::default(),
        }
    }

    /// The bounds that differ: both, or the least alone.
    #[must_use]
    pub fn sides(&self) -> &'static [Side] {
        if self.greatest.is_some() { &[Side::Least, Side::Greatest] } else { &[Side::Least] }
    }

    /// Makes them ready for another subject: what has been found of the last one's grounds is forgotten.
    pub fn forget_subject(&mut self) {
        self.shared = Default::default();
    }

    /// About how many results both keep.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.least.weight() + self.greatest.as_ref().map_or(0, Kernel::weight)
    }

    /// Moves both to a day.
    pub fn move_to(&mut self, day: NaiveDate) {
        self.least.move_to(day);
        if let Some(greatest) = &mut self.greatest {
            greatest.move_to(day);
        }
    }

    /// How long everything asked of either stays true.
    #[must_use]
    pub fn valid(&self) -> Span {
        let least = self.least.valid();
        let greatest = self.greatest.as_ref().map_or(Span::ALWAYS, Kernel::valid);
        Span { first: least.first.max(greatest.first), last: least.last.min(greatest.last) }
    }

    /// Notes for both how long something asked before stays true.
    fn note(&self, span: Span) {
        self.least.note(span);
        if let Some(greatest) = &self.greatest {
            greatest.note(span);
        }
    }

    /// The kernel at a bound.
    pub fn at(&mut self, side: Side) -> &mut Kernel<'n, 'f> {
        match (&mut self.greatest, side) {
            (Some(greatest), Side::Greatest) => greatest,
            _ => &mut self.least,
        }
    }
}

/// Those deemed related by article 8(1), who under `lookback=composed` count for others as if they were: ground and
/// basis, by party.
#[derive(Debug, Clone, Default)]
pub struct Deemed {
    /// For each ground, party and the day on which it held or will hold.
    pub grounds: BTreeMap<(Number, Node), crate::law::Basis>,
}

impl Deemed {
    /// Nobody.
    #[must_use]
    pub fn nobody() -> Self {
        Self::default()
    }

    /// Those deemed related on a ground.
    pub fn of(&self, number: Number) -> impl Iterator<Item = Node> + '_ {
        self.grounds.keys().filter(move |(ground, _)| *ground == number).map(|(_, party)| *party)
    }
}

/// The states of a window at one bound, with what has been found in them; the kernels stand on one of its days.
pub struct State<'k, 'n, 'f> {
    kernels: &'k mut Kernels<'n, 'f>,
    side: Side,
    /// The listed company.
    pub subject: Node,
    /// The numbers of the law.
    pub numbers: &'k Numbers,
    /// The readings taken.
    pub choices: &'k Choices,
    deemed: &'k Deemed,
    /// In place of what the kernels share, where some are deemed related.
    apart: Shared,
    controlling: Option<Rc<Vec<(Node, Days)>>>,
}

impl<'k, 'n, 'f> State<'k, 'n, 'f> {
    /// The state the kernels stand in, at a bound.
    pub fn new(
        kernels: &'k mut Kernels<'n, 'f>,
        side: Side,
        subject: Node,
        numbers: &'k Numbers,
        choices: &'k Choices,
        deemed: &'k Deemed,
    ) -> Self {
        Self { kernels, side, subject, numbers, choices, deemed, apart: Shared::default(), controlling: None }
    }

    /// The kernel at the state's bound.
    pub fn kernel(&mut self) -> &mut Kernel<'n, 'f> {
        self.kernels.at(self.side)
    }

    /// The kernel at the other bound, for what excludes or exempts.
    pub fn against(&mut self) -> &mut Kernel<'n, 'f> {
        self.kernels.at(self.side.opposite())
    }

    /// What a party is.
    pub fn kind(&self, party: Node) -> PartyKind {
        self.kernels.least.network().kind(party)
    }

    /// Whether a party is a person.
    pub fn is_person(&self, party: Node) -> bool {
        self.kind(party) == PartyKind::Person
    }

    /// Whether a party is an authority that manages state-owned assets.
    pub fn is_state_body(&self, party: Node) -> bool {
        self.kind(party) == PartyKind::StateBody
    }

    /// The days judged: all of the window, or only the day asked about where some are deemed related on it.
    pub fn scope(&mut self) -> Days {
        if self.deemed.grounds.is_empty() {
            return Days::All;
        }
        let window = *self.kernel().window();
        window.only(window.position(self.kernel().lens().asked))
    }

    /// Everyone on a ground, with the days.
    pub fn on(&mut self, number: Number) -> Rc<Standing> {
        let choices = self.choices.bearing_on(number);
        if let Some(found) = self.shared().found[number as usize].get(&choices) {
            return found;
        }
        let mut found = GROUNDS[number as usize].parties(self);
        found.retain(|_, days| !days.is_empty());
        self.shared().found[number as usize].keep(choices, found)
    }

    /// Whether a party is on a ground on the day looked at.
    pub fn is_on(&mut self, number: Number, party: Node) -> bool {
        let today = self.today();
        self.on(number).get(&party).is_some_and(|days| days.contains(today))
    }

    /// The position in the window of the day looked at.
    pub fn today(&mut self) -> usize {
        let day = self.day();
        self.kernel().window().position(day)
    }

    /// What is shared with other readings of the same window.
    pub(super) fn shared(&mut self) -> &mut Shared {
        match self.side {
            _ if !self.deemed.grounds.is_empty() => &mut self.apart,
            Side::Least => &mut self.kernels.shared[0],
            Side::Greatest => &mut self.kernels.shared[1],
        }
    }

    /// Everyone who counts as on a ground for the sake of others: in a state, or deemed so under `lookback=composed`.
    pub fn counting_as(&mut self, number: Number) -> Standing {
        let mut parties = (*self.on(number)).clone();
        let scope = self.scope();
        for party in self.deemed.of(number) {
            parties.entry(party).or_default().add(&scope);
        }
        parties
    }

    /// Whether a party counts as on a ground for the sake of others on the day looked at.
    pub fn counts_as(&mut self, number: Number, party: Node) -> bool {
        self.is_on(number, party) || self.deemed.grounds.contains_key(&(number, party))
    }

    /// Organisations that control the subject, whether or not they are on 5.1 themselves, nearest first.
    pub fn controlling_organisations(&mut self) -> Rc<Vec<(Node, Days)>> {
        if let Some(controlling) = &self.controlling {
            return Rc::clone(controlling);
        }
        let subject = self.subject;
        let controllers = self.kernel().controllers(subject);
        let mut organisations: Vec<(Node, Days)> = controllers
            .all()
            .filter(|(party, _)| !self.is_person(*party))
            .map(|(party, days)| (party, days.clone()))
            .collect();
        let scope = self.scope();
        for party in self.deemed.of(Number::N51) {
            match organisations.iter_mut().find(|(known, _)| *known == party) {
                Some((_, days)) => days.add(&scope),
                None => organisations.push((party, scope.clone())),
            }
        }
        let organisations = Rc::new(organisations);
        self.controlling = Some(Rc::clone(&organisations));
        organisations
    }

    /// Whether an organisation controls the subject on the day looked at, or is deemed to.
    pub fn is_controlling(&mut self, party: Node) -> bool {
        let subject = self.subject;
        (self.kernel().is_controller(party, subject) && !self.is_person(party))
            || self.deemed.grounds.contains_key(&(Number::N51, party))
    }

    /// The subject and what it controls, with the days, at the bound that leaves out the most.
    pub fn own_group(&mut self) -> Rc<FxHashMap<Node, Days>> {
        if let Some(group) = &self.shared().own_group {
            return Rc::clone(group);
        }
        let subject = self.subject;
        let group: Rc<FxHashMap<Node, Days>> = Rc::new(self.against().controlled_over(subject).into_iter().collect());
        self.shared().own_group = Some(Rc::clone(&group));
        group
    }

    /// Takes out of a standing the days on which a party belongs to the subject's own group.
    pub fn leave_out_own_group(&mut self, parties: &mut Standing) {
        let own_group = self.own_group();
        for (party, days) in parties {
            if let Some(own) = own_group.get(party) {
                *days = days.minus(own);
            }
        }
    }

    /// Whether a party belongs to the subject's own group on the day looked at.
    pub fn is_own(&mut self, party: Node) -> bool {
        let today = self.today();
        self.own_group().get(&party).is_some_and(|days| days.contains(today))
    }

    /// Those article 6 exempts from 5.2, with the days.
    pub fn exempt(&mut self) -> Rc<Standing> {
        let choices = self.choices.bearing_on(Number::N52);
        if let Some(exempt) = self.shared().exempt.get(&choices) {
            return exempt;
        }
        let mut exempt = super::ground_5_2::exempt(self);
        exempt.retain(|_, days| !days.is_empty());
        self.shared().exempt.keep(choices, exempt)
    }

    /// Works something out on each of these days, once for days in which nothing it looks at changes.
    pub fn over<T>(&mut self, days: &Days, mut work: impl FnMut(&mut Self) -> T) -> Vec<(Days, T)> {
        let window = *self.kernel().window();
        let (day, valid) = (self.day(), self.kernels.valid());
        let mut found = Vec::new();
        let mut rest = days.clone();
        while let Some(first) = rest.first() {
            self.kernels.move_to(window.day(first));
            let value = work(self);
            let alike = window.days(self.kernels.valid()).and(&rest);
            rest = rest.minus(&alike);
            found.push((alike, value));
        }
        self.kernels.move_to(day);
        self.kernels.note(valid);
        found
    }

    /// Those of `days` on which something holds.
    pub fn days_when(&mut self, days: &Days, mut test: impl FnMut(&mut Self) -> bool) -> Days {
        let found = self.over(days, |state| test(state));
        found.into_iter().filter(|(_, holds)| *holds).fold(Days::None, |days, (alike, _)| days.or(&alike))
    }

    /// The day looked at.
    pub fn day(&mut self) -> NaiveDate {
        self.kernel().lens().day
    }

    /// Writes a ground's own step.
    pub fn ground_step(
        &mut self,
        number: Number,
        party: Node,
        rule: &str,
        premises: Vec<StepId>,
        facts: Vec<crate::facts::RowRef>,
        book: &mut Book,
    ) -> StepId {
        let conclusion = self.ground_conclusion(number, party, book);
        book.add(conclusion, rule, premises, facts)
    }

    fn ground_conclusion(&mut self, number: Number, party: Node, book: &Book) -> Conclusion {
        Conclusion::Ground { party: book.name(party), ground: number.text().to_owned(), day: self.day() }
    }

    /// Shows that a party counts as on a ground: in this state, or deemed so (then its step is in the book already).
    pub fn prove_counting_as(&mut self, number: Number, party: Node, book: &mut Book) -> Option<StepId> {
        let conclusion = self.ground_conclusion(number, party, book);
        if let Some(known) = book.find(&conclusion) {
            return Some(known);
        }
        if self.is_on(number, party) {
            return GROUNDS[number as usize].prove(self, party, book);
        }
        let basis = *self.deemed.grounds.get(&(number, party))?;
        let as_of = self.kernel().lens().asked;
        book.find(&crate::proof::line_conclusion(&book.name(party), number.text(), basis, as_of))
    }
}
