//! Control as a least fixpoint (`rules-sse-2022.md`, section 2): what a party controls, found by a work list.
//!
//! `K(x)`, a party with all it controls, is a [`Run`]: it grows from x along ties; every member brings its votes in
//! the companies it holds, and a company whose votes are reached joins in turn. Concert makes runs depend on one
//! another (what a partner controls counts as well), so a run watches the runs of its partners and checks a company
//! again when one of them grows. Members carry stamps in the order they were found, over all runs: every reason rests
//! on smaller stamps only, so control out of nothing cannot arise and every proof is well founded.

use super::{Lens, Network, Node, Tie, VoteTable};
use crate::facts::{Percent, Span};
use chrono::NaiveDate;
use dashu_int::UBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::rc::Rc;

/// The parameters of control; a rule pack fills them in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ControlRules {
    /// The subject, which counts as listed.
    pub subject: Node,
    /// More than this much of the votes controls.
    pub majority: Percent,
    /// More than this much of a listed company's votes is presumed to control; `None`: there is no such presumption.
    pub presumption: Option<Percent>,
    /// Whether near kin who both hold shares of a company act in concert about it.
    pub family_block: bool,
    /// Whether concert and joint control give control.
    pub joint: bool,
}

/// Why a party belongs to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The run starts from it.
    Itself,
    /// A row of `controls` names it and the run's own party or one it controls.
    Declared {
        /// Who the row names as controller.
        controller: Node,
        /// The row's position.
        row: u32,
    },
    /// The votes of the block exceed the majority.
    Majority,
    /// They exceed the presumption, and nothing rebuts it.
    Presumption,
    /// A controlled party controls it by itself, where the presumption is denied for the run's own party.
    Through(Node),
}

/// A member of a run: when and why it joined.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joined {
    pub(super) stamp: u64,
    pub(super) reason: Reason,
}

enum Task {
    /// Follow the ties of a new member.
    Expand(Node),
    /// See whether the votes in a company are reached by now.
    Check(Node),
}

/// What one party controls, as far as it has been worked out.
pub(super) struct Run {
    pub(super) members: FxHashMap<Node, Joined>,
    pub(super) order: Vec<Node>,
    todo: VecDeque<Task>,
    /// Votes of the members in each company where they have any.
    sums: FxHashMap<Node, UBig>,
    /// Members that belong to a concert group.
    grouped: Vec<Node>,
    /// Runs this one looks at.
    uses: FxHashSet<Node>,
    /// Runs, and the company they have to check, that look at this one.
    watchers: Vec<(Node, Node)>,
    valid: Span,
}

impl Run {
    pub(super) fn grouped(&self) -> &[Node] {
        &self.grouped
    }
}

pub(super) struct Memo<T> {
    pub(super) value: T,
    pub(super) valid: Span,
}

/// Works out control, votes and holdings on one day at one bound, and keeps what stays true on the next day.
pub struct Kernel<'n, 'f> {
    pub(super) network: &'n Network<'f>,
    pub(super) lens: Lens,
    pub(super) rules: ControlRules,
    /// The span of days in which nothing looked at so far changes.
    pub(super) valid: Span,
    stamp: u64,
    tables: FxHashMap<Node, Memo<Rc<VoteTable>>>,
    pub(super) runs: FxHashMap<Node, Run>,
    pub(super) controllers: FxHashMap<Node, Memo<Rc<super::Controllers>>>,
    pub(super) capital: FxHashMap<Node, Memo<Rc<super::Capital>>>,
    pub(super) reach: FxHashMap<Node, Memo<Rc<super::Reach>>>,
    pub(super) overview: FxHashMap<Node, Memo<Rc<super::Overview>>>,
}

pub(super) fn meet(a: Span, b: Span) -> Span {
    Span { first: a.first.max(b.first), last: a.last.min(b.last) }
}

impl<'n, 'f> Kernel<'n, 'f> {
    /// A kernel that has worked out nothing yet.
    #[must_use]
    pub fn new(network: &'n Network<'f>, lens: Lens, rules: ControlRules) -> Self {
        Self {
            network,
            lens,
            rules,
            valid: Span::ALWAYS,
            stamp: 0,
            tables: FxHashMap::default(),
            runs: FxHashMap::default(),
            controllers: FxHashMap::default(),
            capital: FxHashMap::default(),
            reach: FxHashMap::default(),
            overview: FxHashMap::default(),
        }
    }

    /// The network looked at.
    #[must_use]
    pub fn network(&self) -> &'n Network<'f> {
        self.network
    }

    /// The state looked at.
    #[must_use]
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The parameters of control.
    #[must_use]
    pub fn rules(&self) -> &ControlRules {
        &self.rules
    }

    /// Moves to another day, keeping what is still true there, and starts to note afresh how long answers stay true.
    pub fn move_to(&mut self, day: NaiveDate) {
        self.valid = Span::ALWAYS;
        if day == self.lens.day {
            return;
        }
        self.lens.day = day;
        self.tables.retain(|_, memo| memo.valid.contains(day));
        self.controllers.retain(|_, memo| memo.valid.contains(day));
        self.capital.retain(|_, memo| memo.valid.contains(day));
        self.reach.retain(|_, memo| memo.valid.contains(day));
        self.overview.retain(|_, memo| memo.valid.contains(day));
        // A run falls with any run it looks at.
        let mut fallen: Vec<Node> =
            self.runs.iter().filter(|(_, run)| !run.valid.contains(day)).map(|(node, _)| *node).collect();
        while let Some(node) = fallen.pop() {
            if let Some(run) = self.runs.remove(&node) {
                fallen.extend(run.watchers.iter().map(|(watcher, _)| *watcher));
            }
        }
    }

    /// How long everything asked since [`Kernel::move_to`] stays true.
    #[must_use]
    pub fn valid(&self) -> Span {
        self.valid
    }

    /// Notes that something about a party was looked at.
    pub fn touch(&mut self, party: Node) {
        self.valid = meet(self.valid, self.network.steady(party, self.lens.day));
    }

    /// Notes that the answer differs before `day` from what it is from `day` on.
    pub fn cut(&mut self, day: NaiveDate) {
        if day <= self.lens.day {
            self.valid.first = self.valid.first.max(day);
        } else if let Some(before) = day.pred_opt() {
            self.valid.last = self.valid.last.min(before);
        }
    }

    /// Works something out while noting separately how long it stays true.
    pub(super) fn noted<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Span) {
        let outer = std::mem::replace(&mut self.valid, Span::ALWAYS);
        let value = work(self);
        let inner = self.valid;
        self.valid = meet(outer, inner);
        (value, inner)
    }

    /// The votes in a company. O(rows about it) the first time.
    pub fn votes(&mut self, company: Node) -> Rc<VoteTable> {
        if let Some(memo) = self.tables.get(&company) {
            self.valid = meet(self.valid, memo.valid);
            return Rc::clone(&memo.value);
        }
        let valid = self.network.steady(company, self.lens.day);
        self.valid = meet(self.valid, valid);
        let value = Rc::new(VoteTable::new(self.network, &self.lens, company));
        self.tables.insert(company, Memo { value: Rc::clone(&value), valid });
        value
    }

    /// Whether votes decide about control of it: an organisation other than a partnership.
    pub(super) fn is_voted(&self, company: Node) -> bool {
        use crate::facts::PartyKind::{Partnership, Person};
        !matches!(self.network.facts().kind(super::party(company)), Partnership | Person)
    }

    /// Whether the presumption from part of the votes applies to it.
    pub(super) fn is_listed(&self, company: Node) -> bool {
        company == self.rules.subject || self.network.facts().is_listed(super::party(company))
    }

    /// Everything `of` controls, itself first, in the order it was found. O(ties of all of them).
    pub fn controlled_by(&mut self, of: Node) -> Vec<Node> {
        self.advance(of, |_| false);
        self.runs.get(&of).map_or_else(|| vec![of], |run| run.order.clone())
    }

    /// Whether `of` controls `target` (or is it); stops as soon as that is clear.
    pub fn controls(&mut self, of: Node, target: Node) -> bool {
        if self.is_member(of, target) {
            // Known already; the answer stays true as long as the run does.
            self.rest_on(of);
            return true;
        }
        of == target || self.advance(of, |member| member == target).is_some()
    }

    /// Grows the run of `of` until a member satisfies `stop` or nothing is left to do.
    pub(super) fn advance(&mut self, of: Node, stop: impl Fn(Node) -> bool) -> Option<Node> {
        self.start(of);
        let hit = self.runs.get(&of).and_then(|run| run.order.iter().skip(1).copied().find(|member| stop(*member)));
        let hit = hit.or_else(|| self.grow(of, &stop));
        self.rest_on(of);
        hit
    }

    /// Notes that the answer rests on a run and on every run that one looks at.
    fn rest_on(&mut self, of: Node) {
        let mut seen: FxHashSet<Node> = FxHashSet::default();
        let mut open = vec![of];
        while let Some(node) = open.pop() {
            if let (true, Some(run)) = (seen.insert(node), self.runs.get(&node)) {
                self.valid = meet(self.valid, run.valid);
                open.extend(run.uses.iter().copied());
            }
        }
    }

    fn start(&mut self, of: Node) {
        if self.runs.contains_key(&of) {
            return;
        }
        let mut run = Run {
            members: FxHashMap::default(),
            order: vec![of],
            todo: VecDeque::from([Task::Expand(of)]),
            sums: FxHashMap::default(),
            grouped: Vec::new(),
            uses: FxHashSet::default(),
            watchers: Vec::new(),
            valid: Span::ALWAYS,
        };
        self.stamp += 1;
        run.members.insert(of, Joined { stamp: self.stamp, reason: Reason::Itself });
        self.runs.insert(of, run);
    }

    fn grow(&mut self, of: Node, stop: &impl Fn(Node) -> bool) -> Option<Node> {
        let mut active = vec![of];
        // A partner's growth may give an earlier run something to do again.
        'again: loop {
            let mut i = 0;
            while i < active.len() {
                let source = active[i];
                while let Some(task) = self.runs.get_mut(&source).and_then(|run| run.todo.pop_front()) {
                    let (joined, valid) = self.noted(|kernel| match task {
                        Task::Expand(member) => kernel.expand(source, member),
                        Task::Check(company) => kernel.check(source, company).into_iter().collect(),
                    });
                    if let Some(run) = self.runs.get_mut(&source) {
                        run.valid = meet(run.valid, valid);
                    }
                    let mut hit = None;
                    for (member, reason) in joined {
                        self.join(source, member, reason);
                        if source == of && stop(member) {
                            hit = hit.or(Some(member));
                        }
                    }
                    if hit.is_some() {
                        return hit;
                    }
                }
                if let Some(run) = self.runs.get(&source) {
                    let more: Vec<Node> = run.uses.iter().filter(|used| !active.contains(used)).copied().collect();
                    active.extend(more);
                }
                i += 1;
            }
            for source in &active {
                if self.runs.get(source).is_some_and(|run| !run.todo.is_empty()) {
                    continue 'again;
                }
            }
            return None;
        }
    }

    fn join(&mut self, source: Node, member: Node, reason: Reason) {
        self.stamp += 1;
        let stamp = self.stamp;
        let Some(run) = self.runs.get_mut(&source) else { return };
        if run.members.contains_key(&member) {
            return;
        }
        run.members.insert(member, Joined { stamp, reason });
        run.order.push(member);
        run.todo.push_back(Task::Expand(member));
        for (watcher, company) in run.watchers.clone() {
            if let Some(run) = self.runs.get_mut(&watcher) {
                run.todo.push_back(Task::Check(company));
            }
        }
    }

    /// Follows a new member's ties: what it is declared to control joins, its votes are added.
    fn expand(&mut self, source: Node, member: Node) -> Vec<(Node, Reason)> {
        self.touch(member);
        let mut joined = Vec::new();
        let mut companies: Vec<Node> = Vec::new();
        for (company, tie) in self.network.out(member) {
            if company == member || !self.lens.has(&self.network.period(tie)) {
                continue;
            }
            match tie {
                Tie::Control(row) => {
                    if self.declares(row) {
                        joined.push((company, Reason::Declared { controller: member, row }));
                    }
                }
                Tie::Holding(_) | Tie::Proxy(_) => companies.push(company),
            }
        }
        companies.sort_unstable();
        companies.dedup();
        let side = self.lens.side;
        for company in companies {
            if !self.is_voted(company) {
                continue;
            }
            let votes = self.votes(company);
            let Some(position) = votes.position(member).filter(|position| votes.has_some(*position, side)) else {
                continue;
            };
            let Some(run) = self.runs.get_mut(&source) else { return joined };
            *run.sums.entry(company).or_default() += votes.units(position, side);
            run.todo.push_back(Task::Check(company));
        }
        if self.rules.joint && self.network.concert.has(member) {
            // A new member of a group may bring partners about any company in which there are votes already.
            if let Some(run) = self.runs.get_mut(&source) {
                run.grouped.push(member);
                let open: Vec<Node> = run.sums.keys().copied().collect();
                run.todo.extend(open.into_iter().map(Task::Check));
            }
        }
        joined
    }

    /// Whether a row of `controls` gives control (its period apart).
    pub(super) fn declares(&self, row: u32) -> bool {
        let control = self.network.facts().controls().row(row as usize);
        control.effect == crate::facts::Effect::Asserts && (self.rules.joint || control.joint.is_none())
    }

    /// Whether a party belongs to the run of `source` by now.
    pub(super) fn is_member(&self, source: Node, party: Node) -> bool {
        self.runs.get(&source).is_some_and(|run| run.members.contains_key(&party))
    }

    /// Whether the votes of the block of `source` about `company` are enough by now.
    fn check(&mut self, source: Node, company: Node) -> Option<(Node, Reason)> {
        if source == company || self.is_member(source, company) || !self.is_voted(company) {
            return None;
        }
        let votes = self.votes(company);
        let mut sum = self.runs.get(&source).and_then(|run| run.sums.get(&company)).cloned()?;
        let partners = self.partners(source, company);
        for partner in &partners {
            self.watch(source, *partner, company);
        }
        let side = self.lens.side;
        if !partners.is_empty() {
            for position in self.voters_of(&partners, &votes) {
                let holder = votes.holder(position);
                if holder != company && !self.is_member(source, holder) {
                    sum += votes.units(position, side);
                }
            }
        }
        if votes.exceeds(&sum, self.rules.majority.value()) {
            return Some((company, Reason::Majority));
        }
        let presumption = self.rules.presumption.clone()?;
        if !self.is_listed(company) || !votes.exceeds(&sum, presumption.value()) {
            return None;
        }
        if self.denied(source, company) {
            return self.through_member(source, company);
        }
        let in_block = |kernel: &Self, party: Node| {
            kernel.is_member(source, party) || partners.iter().any(|partner| kernel.is_member(*partner, party))
        };
        (!self.has_rival(company, &votes, &sum, in_block)).then_some((company, Reason::Presumption))
    }

    /// Positions of the holders that one of the partners is or controls by now, found from whichever are fewer.
    fn voters_of(&self, partners: &[Node], votes: &VoteTable) -> Vec<usize> {
        let runs = || partners.iter().filter_map(|partner| self.runs.get(partner));
        let members: usize = runs().map(|run| run.order.len()).sum();
        if members > votes.holders().len() {
            let controlled = |holder: Node| runs().any(|run| run.members.contains_key(&holder));
            return votes.holders().filter(|(_, holder)| controlled(*holder)).map(|(position, _)| position).collect();
        }
        let mut positions: Vec<usize> =
            runs().flat_map(|run| &run.order).filter_map(|member| votes.position(*member)).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The votes in a company that a party's block reaches, in percent at the lens's bound, without asking whether they
    /// are enough. For answers about control that is not there.
    pub fn votes_reached(&mut self, source: Node, company: Node) -> Percent {
        self.advance(source, |_| false);
        let votes = self.votes(company);
        let partners = self.partners(source, company);
        for partner in &partners {
            self.advance(*partner, |_| false);
        }
        let side = self.lens.side;
        let sum = votes
            .holders()
            .filter(|(_, holder)| {
                *holder != company
                    && (self.is_member(source, *holder) || partners.iter().any(|p| self.is_member(*p, *holder)))
            })
            .fold(UBig::ZERO, |sum, (position, _)| sum + votes.units(position, side));
        votes.percent(&sum)
    }

    fn watch(&mut self, source: Node, other: Node, company: Node) {
        self.start(other);
        if let Some(run) = self.runs.get_mut(&source) {
            run.uses.insert(other);
        }
        if let Some(run) = self.runs.get_mut(&other)
            && !run.watchers.contains(&(source, company))
        {
            run.watchers.push((source, company));
        }
    }

    /// A controlled party that controls the company by itself, for a party of whom the presumption is denied.
    fn through_member(&mut self, source: Node, company: Node) -> Option<(Node, Reason)> {
        let members: Vec<Node> = self.runs.get(&source).map(|run| run.order[1..].to_vec()).unwrap_or_default();
        for member in &members {
            self.watch(source, *member, company);
        }
        let through = members.into_iter().find(|member| self.is_member(*member, company))?;
        Some((company, Reason::Through(through)))
    }
}
