//! Counterparties under common control (articles 16, 21 and 22; `rules-sse-2022.md`, section 8).
//!
//! For grouping a state body controls nothing. Parties that control each other (a circle) count as one, for which the
//! smallest id stands. What is not known for certain groups nobody.

use super::resolve::Resolver;
use super::{Group, Groups, Question};
use crate::facts::{PartyId, PartyKind};
use crate::graph::{Kernel, Lens, Node, Side, node, party};
use crate::packs::sse_2022::control_rules;
use std::collections::{BTreeMap, BTreeSet};

/// Tops and groups on one day.
struct Grouping<'r, 'n, 'f> {
    resolver: &'r Resolver<'f>,
    kernel: Kernel<'n, 'f>,
    /// The same where concert and joint labels give no control.
    sole: Kernel<'n, 'f>,
}

impl Resolver<'_> {
    /// The tops of these parties (of all, where none is named) on the day asked about, and the groups of these tops.
    #[must_use]
    pub fn groups(&self, question: &Question, parties: &[PartyId]) -> Groups {
        let numbers = question.pack.numbers(question.as_of);
        let lens =
            Lens { asked: question.as_of, day: question.as_of, side: Side::Least, months: numbers.window_months };
        let rules = control_rules(&question.readings, numbers, Some(node(question.subject)));
        let mut sole = rules.clone();
        sole.joint = false;
        let mut grouping = Grouping {
            resolver: self,
            kernel: Kernel::on_day(self.network(), lens, rules),
            sole: Kernel::on_day(self.network(), lens, sole),
        };
        let asked: Vec<Node> = if parties.is_empty() {
            self.facts().party_ids().map(node).collect()
        } else {
            parties.iter().map(|party| node(*party)).collect()
        };
        let mut groups = Groups::default();
        let mut tops: BTreeSet<Node> = BTreeSet::new();
        for asked in self.by_id(asked) {
            let own = grouping.tops(asked);
            tops.extend(&own);
            groups.tops.push((party(asked), own.into_iter().map(party).collect()));
        }
        groups.tops.dedup();
        for top in self.by_id(tops) {
            let members = grouping.members(top);
            if members.len() > 1 {
                groups.groups.push(Group { top: party(top), members });
            }
        }
        groups
    }
}

impl Grouping<'_, '_, '_> {
    fn is_state_body(&self, of: Node) -> bool {
        self.resolver.facts().kind(party(of)) == PartyKind::StateBody
    }

    /// Who controls a party, state bodies apart.
    fn controllers(&mut self, of: Node) -> BTreeSet<Node> {
        let controllers = self.kernel.controllers_on_day(of);
        controllers.into_iter().filter(|controller| !self.is_state_body(*controller)).collect()
    }

    /// The party with the smallest id among those that control `of` and are controlled by it, or `of` itself.
    fn representative(&mut self, of: Node, above: &BTreeSet<Node>) -> Node {
        let mut circle = vec![of];
        if !self.is_state_body(of) {
            for other in above {
                if self.controllers(*other).contains(&of) {
                    circle.push(*other);
                }
            }
        }
        self.resolver.by_id(circle).into_iter().next().unwrap_or(of)
    }

    fn tops(&mut self, of: Node) -> Vec<Node> {
        let above = self.controllers(of);
        let mut tops: BTreeSet<Node> = BTreeSet::new();
        for candidate in above.iter().copied().chain(std::iter::once(of)) {
            let over = self.controllers(candidate);
            let circle_only = over.iter().all(|other| self.controllers(*other).contains(&candidate));
            let circle_only = circle_only && (over.is_empty() || !self.is_state_body(candidate));
            if circle_only {
                tops.insert(self.representative(candidate, &over));
            }
        }
        self.resolver.by_id(tops)
    }

    /// A top with all it controls, by id; `true` for those it controls only jointly.
    fn members(&mut self, top: Node) -> Vec<(PartyId, bool)> {
        if self.is_state_body(top) {
            return vec![(party(top), false)];
        }
        let all = self.kernel.controlled_by(top);
        let alone: BTreeSet<Node> = self.sole.controlled_by(top).into_iter().collect();
        let joint: BTreeMap<Node, bool> = all.iter().map(|member| (*member, !alone.contains(member))).collect();
        self.resolver.by_id(all).into_iter().map(|member| (party(member), joint[&member])).collect()
    }
}
