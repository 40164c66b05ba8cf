//! One state seen with the eyes of the pack: kernels at both bounds, readings, numbers, and what has been found.

use super::{Choices, GROUNDS, Number};
use crate::facts::PartyKind;
use crate::graph::{ControlRules, Kernel, Lens, Network, Node, Side};
use crate::law::Numbers;
use crate::packs::Book;
use crate::proof::{Conclusion, StepId};
use chrono::NaiveDate;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The kernels at both bounds; one serves as both where nothing is unknown.
pub struct Kernels<'n, 'f> {
    least: Kernel<'n, 'f>,
    greatest: Option<Kernel<'n, 'f>>,
    /// What has been found at either bound since the last move.
    shared: [Shared; 2],
}

/// What has been found in a state: parties by ground and by the readings that bear on it.
#[derive(Default)]
pub(super) struct Shared {
    found: Vec<(Number, Choices, Rc<BTreeSet<Node>>)>,
    own_group: Option<Rc<FxHashSet<Node>>>,
    pub(super) under_controllers: Option<Rc<super::ground_5_2::Reached>>,
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
    controlling: Option<Rc<Vec<Node>>>,
    /// What each ground has worked out for all parties at once, for its proofs.
    pub(super) persons_companies: Option<Rc<super::ground_5_3::Companies>>,
    pub(super) relatives: Option<Rc<super::ground_7_4::Relatives>>,
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
            controlling: None,
            persons_companies: None,
            relatives: None,
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
        self.kernel().network().facts().kind(crate::graph::party(party))
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
        if let Some((_, _, found)) = self.shared().found.iter().find(|(of, by, _)| *of == number && *by == choices) {
            return Rc::clone(found);
        }
        let found = Rc::new(GROUNDS[number as usize].parties(self));
        self.shared().found.push((number, choices, Rc::clone(&found)));
        found
    }

    /// What is shared with other readings in the same state.
    pub(super) fn shared(&mut self) -> &mut Shared {
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

    /// Whether a party counts as on a ground for the sake of others.
    pub fn counts_as(&mut self, number: Number, party: Node) -> bool {
        self.on(number).contains(&party) || self.deemed.grounds.contains_key(&(number, party))
    }

    /// Organisations that control the subject, whether or not they are on 5.1 themselves, nearest first.
    pub fn controlling_organisations(&mut self) -> Rc<Vec<Node>> {
        if let Some(controlling) = &self.controlling {
            return Rc::clone(controlling);
        }
        let subject = self.subject;
        let controllers = self.kernel().controllers(subject);
        let mut organisations: Vec<Node> =
            controllers.all().iter().copied().filter(|party| !self.is_person(*party)).collect();
        organisations.extend(self.deemed.of(Number::N51).filter(|party| !controllers.contains(*party)));
        let organisations = Rc::new(organisations);
        self.controlling = Some(Rc::clone(&organisations));
        organisations
    }

    /// Whether an organisation controls the subject, or is deemed to.
    pub fn is_controlling(&mut self, party: Node) -> bool {
        let subject = self.subject;
        (self.kernel().controllers(subject).contains(party) && !self.is_person(party))
            || self.deemed.grounds.contains_key(&(Number::N51, party))
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
