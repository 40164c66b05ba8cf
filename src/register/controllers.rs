//! Ultimate controllers of every company on one day (control of `rules-sse-2022.md`, section 2).
//!
//! Unlike for groups, a state body controls like anyone else here. Parties that control each other (a circle) count as
//! one, for which the smallest id stands. What is not known for certain gives nobody control.

use super::resolve::Resolver;
use crate::facts::{Facts, PartyId, PartyKind};
use crate::graph::{Forest, Lens, Node, Side, node, party};
use crate::law::{Pack, Readings};
use crate::packs::sse_2022::control_rules;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is asked about the whole graph: like a [`super::Question`], but there need be no subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlQuestion<'p> {
    /// The party that counts as listed whatever the data say, if any.
    pub subject: Option<PartyId>,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// The rule pack.
    pub pack: &'p Pack,
    /// The readings of its switches.
    pub readings: Readings,
}

/// Who controls whom on one day.
pub struct Controllers<'f> {
    facts: &'f Facts,
    forest: Forest,
    /// The member with the smallest id, by the first member, for circles where that is another.
    representatives: BTreeMap<Node, Node>,
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ControlCounts {
    /// Parties that are no persons.
    pub companies: u64,
    /// Of these, those that somebody controls.
    pub controlled: u64,
    /// Of these, those with more than one ultimate controller.
    pub several: u64,
    /// Parties or circles that control somebody, and that nobody outside controls.
    pub ultimate: u64,
    /// Circles of parties that control each other.
    pub circles: u64,
    /// Pairs of a party and another that it controls.
    pub pairs: u64,
}

/// One company with its ultimate controllers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controlled {
    /// The company.
    pub company: PartyId,
    /// How many control it, ultimately or not.
    pub controllers: usize,
    /// Its ultimate controllers by position (itself where it stands for the circle that is one); none where nobody
    /// controls it.
    pub ultimate: Vec<PartyId>,
}

impl<'f> Resolver<'f> {
    /// Control over the whole graph on the day asked about. O(rows), by as many threads as there are.
    #[must_use]
    pub fn controllers(&self, question: &ControlQuestion) -> Controllers<'f> {
        let numbers = question.pack.numbers(question.as_of);
        let lens =
            Lens { asked: question.as_of, day: question.as_of, side: Side::Least, months: numbers.window_months };
        let rules = control_rules(&question.readings, numbers, question.subject.map(node));
        let (facts, forest) = (self.facts(), Forest::new(self.network(), &lens, &rules));
        let representatives = forest
            .circles()
            .iter()
            .filter_map(|circle| {
                let smallest = circle.iter().copied().min_by_key(|member| facts.id(party(*member)))?;
                circle.first().filter(|first| **first != smallest).map(|first| (*first, smallest))
            })
            .collect();
        Controllers { facts, forest, representatives }
    }
}

impl Controllers<'_> {
    /// Everything that was found.
    #[must_use]
    pub fn forest(&self) -> &Forest {
        &self.forest
    }

    /// The facts it was found in.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        self.facts
    }

    fn representative(&self, top: Node) -> PartyId {
        party(self.representatives.get(&top).copied().unwrap_or(top))
    }

    /// What there is to say of a party; nothing of a person. O(1).
    #[must_use]
    pub fn company(&self, company: PartyId) -> Option<Controlled> {
        if self.facts.kind(company) == PartyKind::Person {
            return None;
        }
        let controllers = self.forest.controller_count(node(company));
        let mut ultimate = Vec::new();
        if controllers > 0 {
            ultimate.extend(self.forest.tops(node(company)).iter().map(|top| self.representative(*top)));
            ultimate.sort_unstable();
        }
        Some(Controlled { company, controllers, ultimate })
    }

    /// Those that nobody outside their circle controls and that control somebody, one for each circle, with how many
    /// they control: the most first, then by position. O(parties log parties).
    #[must_use]
    pub fn largest(&self, most: usize) -> Vec<(PartyId, usize)> {
        let mut tops: Vec<(Reverse<usize>, PartyId)> = self
            .ultimate()
            .map(|top| (Reverse(self.forest.controlled_count(top)), self.representative(top)))
            .filter(|(Reverse(count), _)| *count > 0)
            .collect();
        tops.sort_unstable();
        tops.into_iter().take(most).map(|(Reverse(count), top)| (top, count)).collect()
    }

    /// Parties that stand for themselves among tops.
    fn ultimate(&self) -> impl Iterator<Item = Node> + '_ {
        let own = |party: &Node| {
            let circle = self.forest.circle(party);
            circle.first() == Some(party) && self.forest.controller_count(*party) == circle.len() - 1
        };
        (0..self.forest.party_count() as Node).filter(own)
    }

    /// How many there are of what. O(parties).
    #[must_use]
    pub fn counts(&self) -> ControlCounts {
        let mut counts = ControlCounts {
            circles: self.forest.circles().len() as u64,
            pairs: self.forest.pairs(),
            ..ControlCounts::default()
        };
        for company in self.facts.party_ids() {
            let party = node(company);
            if self.facts.kind(company) != PartyKind::Person {
                counts.companies += 1;
                if self.forest.is_controlled(party) {
                    counts.controlled += 1;
                    counts.several += u64::from(self.forest.tops(party).len() > 1);
                }
            }
        }
        counts.ultimate = self.ultimate().filter(|top| self.forest.controlled_count(*top) > 0).count() as u64;
        counts
    }
}
