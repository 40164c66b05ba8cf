//! One state seen with the eyes of the pack: kernels at both bounds, readings, numbers, and what has been found.

use super::{Choices, GROUNDS, Number};
use crate::facts::PartyKind;
use crate::graph::{ControlRules, Kernel, Lens, Network, Node, Side};
use crate::law::Numbers;
use crate::packs::Book;
use crate::proof::{Conclusion, StepId};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The kernels at both bounds; one serves as both where nothing is unknown.
pub struct Kernels<'n, 'f> {
    least: Kernel<'n, 'f>,
    greatest: Option<Kernel<'n, 'f>>,
    /// What has been found on the day they stand on, at the least and at the greatest, for all readings they serve.
    shared: [Shared; 2],
}

/// What has been found in a state: parties by ground and by those readings that bear on it.
#[derive(Default)]
struct Shared {
    found: Vec<(Number, Choices, Rc<BTreeSet<Node>>)>,
    own_group: Option<Rc<FxHashSet<Node>>>,
    under_controllers: Option<Rc<UnderControllers>>,
}

/// Organisations under a controlling organisation, outside the company's own group.
#[derive(Debug)]
pub(super) struct UnderControllers {
    /// Under one that is no state body.
    pub(super) plain: BTreeSet<Node>,
    /// Under state bodies alone.
    pub(super) state_only: BTreeSet<Node>,
}

impl<'n, 'f> Kernels<'n, 'f> {
    /// Kernels for questions of day `asked`.
    #[must_use]
    pub fn new(network: &'n Network<'f>, asked: NaiveDate, months: u32, rules: &ControlRules) -> Self {
        let lens = Lens { asked, day: asked, side: Side::Least, months };
        let greatest = Lens { side: Side::Greatest, ..lens };
        Self {
            least: Kernel::new(network, lens, rules.clone()),
            greatest: network.is_uncertain().then(|| Kernel::new(network, greatest, rules.clone())),
            shared: Default::default(),
        }
    }

    /// The bounds that differ: both, or the least alone.
    #[must_use]
    pub fn sides(&self) -> &'static [Side] {
        if self.greatest.is_some() { &[Side::Least, Side::Greatest] } else { &[Side::Least] }
    }

    /// Moves both to a day.
    pub fn move_to(&mut self, day: NaiveDate) {
        self.shared = Default::default();
        self.least.move_to(day);
        if let Some(greatest) = &mut self.greatest {
            greatest.move_to(day);
        }
    }

    /// How long everything asked of either stays true.
    #[must_use]
    pub fn valid(&self) -> crate::facts::Span {
        let least = self.least.valid();
        let greatest = self.greatest.as_ref().map_or(crate::facts::Span::ALWAYS, Kernel::valid);
        crate::facts::Span { first: least.first.max(greatest.first), last: least.last.min(greatest.last) }
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

/// One state at one bound, with what has been found in it.
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
    exempt: Option<Rc<BTreeSet<Node>>>,
    related_persons: Option<Rc<RelatedPersons>>,
}

/// The related natural persons of a state, and what they control.
#[derive(Debug, Default)]
pub(super) struct RelatedPersons {
    /// Each with the first of its grounds.
    pub(super) grounds: BTreeMap<Node, Number>,
    /// What they control, each with the first of them that does.
    pub(super) companies: FxHashMap<Node, Node>,
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
        Self {
            kernels,
            side,
            subject,
            numbers,
            choices,
            deemed,
            apart: Shared::default(),
            exempt: None,
            related_persons: None,
        }
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
    pub fn kind(&mut self, party: Node) -> PartyKind {
        self.kernel().network().facts().party(crate::graph::party(party)).kind
    }

    /// Whether a party is a person.
    pub fn is_person(&mut self, party: Node) -> bool {
        self.kind(party) == PartyKind::Person
    }

    /// Whether a party is an authority that manages state-owned assets.
    pub fn is_state_body(&mut self, party: Node) -> bool {
        self.kind(party) == PartyKind::StateBody
    }

    /// Everyone on a ground in this state.
    pub fn on(&mut self, number: Number) -> Rc<BTreeSet<Node>> {
        let choices = self.choices.bearing_on(number);
        let known = self.shared().found.iter().find(|(of, by, _)| *of == number && *by == choices);
        if let Some((_, _, found)) = known {
            return Rc::clone(found);
        }
        let found = Rc::new(GROUNDS[number as usize].parties(self));
        self.shared().found.push((number, choices, Rc::clone(&found)));
        found
    }

    /// Where what is found is kept: with the kernels, unless some are deemed related.
    fn shared(&mut self) -> &mut Shared {
        match self.side {
            _ if !self.deemed.grounds.is_empty() => &mut self.apart,
            Side::Least => &mut self.kernels.shared[0],
            Side::Greatest => &mut self.kernels.shared[1],
        }
    }

    /// Everyone who counts as on a ground for the sake of others: in this state, or deemed so under
    /// `lookback=composed`.
    pub fn counting_as(&mut self, number: Number) -> BTreeSet<Node> {
        let mut parties = (*self.on(number)).clone();
        parties.extend(self.deemed.of(number));
        parties
    }

    /// Organisations that control the subject, whether or not they are on 5.1 themselves.
    pub fn controlling_organisations(&mut self) -> Vec<Node> {
        let subject = self.subject;
        let controllers = self.kernel().controllers(subject);
        let mut organisations: Vec<Node> =
            controllers.all().iter().copied().filter(|party| !self.is_person(*party)).collect();
        organisations.extend(self.deemed.of(Number::N51).filter(|party| !controllers.contains(*party)));
        organisations
    }

    /// The subject and what it controls, at the bound that leaves out the most.
    pub fn own_group(&mut self) -> Rc<FxHashSet<Node>> {
        if let Some(group) = &self.shared().own_group {
            return Rc::clone(group);
        }
        let subject = self.subject;
        let group: Rc<FxHashSet<Node>> = Rc::new(self.against().controlled_by(subject).into_iter().collect());
        self.shared().own_group = Some(Rc::clone(&group));
        group
    }

    /// Organisations under a controlling organisation, outside the company's own group.
    pub(super) fn under_controllers(&mut self) -> Rc<UnderControllers> {
        if let Some(under) = &self.shared().under_controllers {
            return Rc::clone(under);
        }
        let under = Rc::new(super::ground_5_2::under_controllers(self));
        self.shared().under_controllers = Some(Rc::clone(&under));
        under
    }

    /// The related natural persons and what they control.
    pub(super) fn related_persons(&mut self) -> Rc<RelatedPersons> {
        if let Some(persons) = &self.related_persons {
            return Rc::clone(persons);
        }
        let persons = Rc::new(super::ground_5_3::related_persons(self));
        self.related_persons = Some(Rc::clone(&persons));
        persons
    }

    /// Those article 6 exempts from 5.2 in this state.
    pub fn exempt(&mut self) -> Rc<BTreeSet<Node>> {
        if let Some(exempt) = &self.exempt {
            return Rc::clone(exempt);
        }
        let exempt = Rc::new(super::ground_5_2::exempt(self));
        self.exempt = Some(Rc::clone(&exempt));
        exempt
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
        let conclusion =
            Conclusion::Ground { party: book.name(party), ground: number.text().to_owned(), day: self.day() };
        book.add(conclusion, rule, premises, facts)
    }

    /// Shows that a party counts as on a ground: in this state, or deemed so (then its step is in the book already).
    pub fn prove_counting_as(&mut self, number: Number, party: Node, book: &mut Book) -> Option<StepId> {
        if self.on(number).contains(&party) {
            return GROUNDS[number as usize].prove(self, party, book);
        }
        let basis = *self.deemed.grounds.get(&(number, party))?;
        let as_of = self.kernel().lens().asked;
        book.find(&crate::proof::line_conclusion(&book.name(party), number.text(), basis, as_of))
    }
}
