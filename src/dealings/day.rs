//! What is known about one day: where counterparties stand, and under whose control they are, at both bounds.

use super::{Both, Link};
use crate::facts::PartyId;
use crate::graph::{Side, Tie, node, party};
use crate::packs::Book;
use crate::proof::StepId;
use crate::register::{CommonControl, Missing, PartyStanding, Question, Resolver, Verdict};
use std::collections::{BTreeMap, BTreeSet};

const SIDES: [Side; 2] = [Side::Least, Side::Greatest];

/// One day on which something is dealt.
pub(super) struct Day<'r, 'f> {
    standings: BTreeMap<PartyId, PartyStanding>,
    control: Both<CommonControl<'r, 'r, 'f>>,
    tops: Both<BTreeMap<PartyId, Vec<PartyId>>>,
    pub(super) book: Book<'f>,
}

impl<'r, 'f> Day<'r, 'f> {
    /// The question's day, for dealings with these parties.
    pub(super) fn new(resolver: &'r Resolver<'f>, question: &Question, parties: BTreeSet<PartyId>) -> Self {
        let mut book = Book::new(resolver.facts());
        let standings = resolver.stand(question, parties, &mut book);
        let control = SIDES.map(|side| resolver.common_control(question, side));
        Self { standings, control, tops: Default::default(), book }
    }

    /// Where a counterparty of the day stands.
    pub(super) fn standing(&self, party: PartyId) -> PartyStanding {
        self.standings.get(&party).cloned().unwrap_or_default()
    }

    /// Whether it is related, at each bound.
    pub(super) fn related(&self, party: PartyId) -> Both<bool> {
        match self.standings.get(&party).map(|standing| standing.verdict) {
            Some(Verdict::Related) => [true, true],
            Some(Verdict::Undetermined) => [false, true],
            _ => [false, false],
        }
    }

    /// Its grounds, on any basis, at each bound.
    pub(super) fn grounds(&self, party: PartyId) -> Both<Vec<&'static str>> {
        let Some(standing) = self.standings.get(&party) else { return Default::default() };
        let certain = standing.grounds.iter().map(|line| line.ground).collect();
        [certain, standing.possible.clone()]
    }

    /// Whether a party is the company or controlled by it, at each bound.
    pub(super) fn own(&mut self, party: PartyId) -> Both<bool> {
        self.control.each_mut().map(|control| control.is_own(party))
    }

    /// Whether the company or what it controls may have a share in a party, or control it.
    pub(super) fn has_share(&mut self, target: PartyId) -> bool {
        let [_, most] = &mut self.control;
        let ties = most.kernel().network().into(node(target));
        let holders: Vec<PartyId> =
            ties.filter(|(_, tie)| matches!(tie, Tie::Holding(_))).map(|(holder, _)| party(holder)).collect();
        std::iter::once(target).chain(holders).any(|one| most.is_own(one))
    }

    /// Whether one party is under the control of another, authorities controlling nobody, at each bound.
    pub(super) fn is_under(&mut self, head: PartyId, of: PartyId) -> Both<bool> {
        self.control.each_mut().map(|control| control.is_under(head, of))
    }

    /// The tops of a party, at each bound.
    pub(super) fn tops(&mut self, party: PartyId) -> Both<&[PartyId]> {
        let [tops, possible] = &mut self.tops;
        let [control, at_most] = &mut self.control;
        let tops = tops.entry(party).or_insert_with(|| control.tops(party));
        let possible = possible.entry(party).or_insert_with(|| at_most.tops(party));
        [tops, possible]
    }

    /// A top that two parties share, at each bound.
    pub(super) fn shared(&mut self, one: PartyId, other: PartyId) -> Both<Option<PartyId>> {
        let own = self.tops(one).map(<[PartyId]>::to_vec);
        let theirs = self.tops(other);
        let common = |at: usize| {
            let (own, theirs): (&[PartyId], &[PartyId]) = match at {
                0 => (&own[0], theirs[0]),
                _ => (&own[1], theirs[1]),
            };
            own.iter().copied().find(|top| theirs.contains(top))
        };
        [common(0), common(1)]
    }

    /// Why two parties that share a top are added together.
    pub(super) fn link(&mut self, top: PartyId, one: PartyId, other: PartyId) -> Link {
        let [control, _] = &mut self.control;
        let steps = [one, other].map(|of| control.prove(top, of, &mut self.book));
        Link { top, steps: steps.into_iter().flatten().collect() }
    }

    /// The step that shows that one party controls another; none of the party itself.
    pub(super) fn shown(&mut self, head: PartyId, of: PartyId) -> Option<StepId> {
        let [control, _] = &mut self.control;
        if head == of { None } else { control.prove(head, of, &mut self.book) }
    }

    /// The unknown cells on which it rests that two parties share a top.
    pub(super) fn open_cells(&mut self, top: PartyId, one: PartyId, other: PartyId) -> BTreeSet<Missing> {
        let [_, control] = &mut self.control;
        let mut cells = control.open_cells(top, one);
        cells.extend(control.open_cells(top, other));
        cells
    }
}
