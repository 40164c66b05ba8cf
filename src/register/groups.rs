//! Counterparties under common control (articles 16, 21 and 22; `rules-sse-2022.md`, section 8).
//!
//! For grouping a state body controls nothing. Parties that control each other (a circle) count as one, for which the
//! smallest id stands. What is not known for certain groups nobody.

use super::resolve::Resolver;
use super::{Group, Groups, Member, Missing, Question, missing};
use crate::facts::{PartyId, PartyKind};
use crate::graph::{Kernel, Lens, Node, Side, node, party};
use crate::packs::Book;
use crate::packs::sse_2022::control_rules;
use crate::proof::StepId;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Who is under whose control on one day, for adding up dealings.
pub struct CommonControl<'r, 'n, 'f> {
    resolver: &'r Resolver<'f>,
    subject: Node,
    kernel: Kernel<'n, 'f>,
    /// The same where concert and joint labels give no control.
    sole: Kernel<'n, 'f>,
    /// Who controls whom, as far as it was asked.
    controllers: FxHashMap<Node, Rc<[Node]>>,
}

impl<'f> Resolver<'f> {
    /// Common control on the day asked about, at one bound.
    #[must_use]
    pub fn common_control(&self, question: &Question, side: Side) -> CommonControl<'_, '_, 'f> {
        let numbers = question.pack.numbers(question.as_of);
        let lens = Lens { asked: question.as_of, day: question.as_of, side, months: numbers.window_months };
        let subject = node(question.subject);
        let rules = control_rules(&question.readings, numbers, Some(subject));
        let mut sole = rules.clone();
        sole.joint = false;
        CommonControl {
            resolver: self,
            subject,
            kernel: Kernel::on_day(self.network(), lens, rules),
            sole: Kernel::on_day(self.network(), lens, sole),
            controllers: FxHashMap::default(),
        }
    }

    /// The tops of these parties (of all, where none is named) on the day asked about, and the groups of these tops.
    #[must_use]
    pub fn groups(&self, question: &Question, parties: &[PartyId]) -> Groups {
        let mut common = self.common_control(question, Side::Least);
        let asked: Vec<Node> = if parties.is_empty() {
            self.facts().party_ids().map(node).collect()
        } else {
            parties.iter().map(|party| node(*party)).collect()
        };
        let mut groups = Groups::default();
        let mut tops: BTreeSet<Node> = BTreeSet::new();
        for asked in self.by_id(asked) {
            let own = common.nodes(asked);
            tops.extend(&own);
            groups.tops.push((party(asked), own.into_iter().map(party).collect()));
        }
        groups.tops.dedup();
        let mut book = Book::new(self.facts());
        for top in self.by_id(tops) {
            let members = common.members(top, &mut book);
            if members.len() > 1 {
                groups.groups.push(Group { top: party(top), members });
            }
        }
        groups.proofs = book.into_steps();
        groups
    }
}

impl<'n, 'f> CommonControl<'_, 'n, 'f> {
    /// The tops of a party, by id: the controllers that nobody outside their own circle controls, or the party itself.
    pub fn tops(&mut self, of: PartyId) -> Vec<PartyId> {
        self.nodes(node(of)).into_iter().map(party).collect()
    }

    /// Whether a party is the subject or controlled by it.
    pub fn is_own(&mut self, of: PartyId) -> bool {
        let subject = self.subject;
        node(of) == subject || self.kernel.is_controller(subject, node(of))
    }

    /// Whether one party is under the control of another, authorities controlling nobody.
    pub fn is_under(&mut self, head: PartyId, of: PartyId) -> bool {
        !self.is_state_body(node(head)) && self.kernel.is_controller(node(head), node(of))
    }

    /// The kernel that knows who controls whom on the day, state bodies included.
    pub fn kernel(&mut self) -> &mut Kernel<'n, 'f> {
        &mut self.kernel
    }

    /// Shows in `book` that a top controls a party; nothing to show of the top itself.
    pub fn prove(&mut self, top: PartyId, of: PartyId, book: &mut Book) -> Option<StepId> {
        if top == of { None } else { book.controls(&mut self.kernel, node(top), node(of)) }
    }

    /// The unknown cells on which it rests that a top controls a party.
    pub fn open_cells(&mut self, top: PartyId, of: PartyId) -> BTreeSet<Missing> {
        let facts = self.resolver.facts();
        let mut book = Book::new(facts);
        self.prove(top, of, &mut book);
        let rows = book.into_steps().into_iter().flat_map(|step| step.facts);
        rows.flat_map(|row| missing::open_cells(facts, row)).collect()
    }

    fn is_state_body(&self, of: Node) -> bool {
        self.resolver.facts().kind(party(of)) == PartyKind::StateBody
    }

    /// Who controls a party, state bodies apart.
    fn controllers(&mut self, of: Node) -> Rc<[Node]> {
        if let Some(known) = self.controllers.get(&of) {
            return Rc::clone(known);
        }
        let controllers = self.kernel.controllers_on_day(of);
        let found: Rc<[Node]> = controllers.into_iter().filter(|controller| !self.is_state_body(*controller)).collect();
        self.controllers.insert(of, Rc::clone(&found));
        found
    }

    /// The tops of a party. Whoever controls a controller of `c` controls `c`, so that two who control each other have as
    /// many controllers as each other, and whoever controls `c` from outside its circle has fewer: `c` is of a top if all its
    /// controllers have as many as it has, and they are its circle. O(controllers × controllers of each) the first time.
    fn nodes(&mut self, of: Node) -> Vec<Node> {
        let above = self.controllers(of);
        let (mut tops, mut seen): (BTreeSet<Node>, BTreeSet<Node>) = Default::default();
        for candidate in above.iter().copied().chain(std::iter::once(of)) {
            let over = self.controllers(candidate);
            // A state body controls nothing here, so that it is in no circle.
            if seen.contains(&candidate) || !over.is_empty() && self.is_state_body(candidate) {
                continue;
            }
            if over.iter().all(|other| self.controllers(*other).len() == over.len()) {
                let circle = over.iter().copied().chain(std::iter::once(candidate));
                seen.extend(circle.clone());
                tops.extend(circle.min_by_key(|member| self.resolver.facts().id(party(*member))));
            }
        }
        self.resolver.by_id(tops)
    }

    /// A top with all it controls, by id.
    fn members(&mut self, top: Node, book: &mut Book) -> Vec<Member> {
        if self.is_state_body(top) {
            return vec![Member { party: party(top), joint: false, proof: None }];
        }
        let all = self.kernel.controlled_by(top);
        let alone: BTreeSet<Node> = self.sole.controlled_by(top).into_iter().collect();
        let member = |of: Node| Member {
            party: party(of),
            joint: !alone.contains(&of),
            proof: if of == top { None } else { book.controls_forward(&mut self.kernel, top, of) },
        };
        self.resolver.by_id(all).into_iter().map(member).collect()
    }
}
