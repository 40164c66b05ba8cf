//! Control as a least fixpoint (`rules-sse-2022.md`, section 2): what a party controls, found by a work list.
//!
//! `K(x)`, a party with all it controls, is a [`Run`]: it grows from x along ties; every member brings its votes in
//! the companies it holds, and a company whose votes are reached joins in turn, on the days on which they are. A run
//! covers the whole window: each member carries the days on which it is one, so that a tie that ends in the middle
//! costs what hangs on it and no more. Concert makes runs depend on one another (what a partner controls counts as
//! well), so a run watches the runs of its partners and checks a company again when one of them grows. Members carry
//! stamps in the order they were found, over all runs: every reason rests on smaller stamps only, so control out of
//! nothing cannot arise and every proof is well founded.

use super::run::{Joined, Member, Reached, Run, Task};
use super::settled::HALF;
use super::{Days, Kernel, Node, Tie, VoteTable};
use crate::facts::Percent;
use dashu_int::UBig;
use std::collections::hash_map::Entry;

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

/// A party that joins a run.
type Joining = (Node, Days, Reason);

impl Kernel<'_, '_> {
    /// Everything `of` controls on the day looked at, itself first, in the order it was found. O(ties of all of them).
    pub fn controlled_by(&mut self, of: Node) -> Vec<Node> {
        let members = self.controlled_over(of);
        members.into_iter().filter(|(_, days)| self.holds(days)).map(|(member, _)| member).collect()
    }

    /// Everything `of` controls on some day of the window, itself first, with the days. O(ties of all of them).
    pub fn controlled_over(&mut self, of: Node) -> Vec<(Node, Days)> {
        self.advance(of, |_, _| false);
        let Some(run) = self.runs.get(&of) else { return vec![(of, Days::All)] };
        run.order.iter().map(|member| (*member, run.days_of(*member))).collect()
    }

    /// Whether `of` controls `target` (or is it) on the day looked at; stops as soon as that is clear.
    pub fn controls(&mut self, of: Node, target: Node) -> bool {
        if of == target || self.is_member(of, target) {
            return true;
        }
        let today = self.today();
        self.grow_until(of, &mut |member, days| member == target && days.contains(today));
        self.is_member(of, target)
    }

    /// The days on which `of` controls `target`. O(ties of all it controls).
    pub fn controls_over(&mut self, of: Node, target: Node) -> Days {
        self.grow_until(of, &mut |member, days| member == target && days.is_all());
        self.runs.get(&of).map_or(Days::None, |run| run.days_of(target))
    }

    /// Shows the members of the run of `of`, those known first, until `stop` is satisfied or the run is complete.
    pub(super) fn advance(&mut self, of: Node, mut stop: impl FnMut(Node, &Days) -> bool) -> bool {
        if let Some(run) = self.runs.get(&of) {
            let mut known = run.order.iter().skip(1);
            if known.any(|member| run.members.get(member).is_some_and(|m| stop(*member, &m.days))) {
                return true;
            }
        }
        self.grow_until(of, &mut stop)
    }

    /// Grows the run of `of` until a joining member satisfies `stop` or nothing is left to do.
    fn grow_until(&mut self, of: Node, stop: &mut impl FnMut(Node, &Days) -> bool) -> bool {
        self.start(of);
        let stopped = self.apart(|kernel| kernel.grow(of, stop));
        if !stopped && let Some(run) = self.runs.get_mut(&of) {
            run.complete = true;
        }
        stopped
    }

    fn start(&mut self, of: Node) {
        if self.runs.contains_key(&of) {
            return;
        }
        self.stamp += 1;
        let first = Joined { stamp: self.stamp, reason: Reason::Itself, days: Days::All };
        let mut run = Run { order: vec![of], ..Run::default() };
        run.todo.push_back(Task::Expand(of, Days::All));
        run.members.insert(of, Member { days: Days::All, first, later: Vec::new() });
        self.runs.insert(of, run);
    }

    fn grow(&mut self, of: Node, stop: &mut impl FnMut(Node, &Days) -> bool) -> bool {
        let mut active = vec![of];
        // A partner's growth may give an earlier run something to do again.
        'again: loop {
            let mut i = 0;
            while i < active.len() {
                let source = active[i];
                while let Some(task) = self.runs.get_mut(&source).and_then(|run| run.todo.pop_front()) {
                    let known = self.runs.get(&source).map_or(0, |run| run.order.len());
                    let joining = match task {
                        Task::Expand(member, days) if days.is_all() && self.absorb(source, member) => Vec::new(),
                        Task::Expand(member, days) => self.expand(source, member, &days),
                        Task::Check(company) => self.check(source, company),
                    };
                    let mut hit = false;
                    if source == of
                        && let Some(run) = self.runs.get(&of)
                    {
                        hit |= run.order[known..].iter().any(|member| stop(*member, &run.days_of(*member)));
                    }
                    for (member, days, reason) in joining {
                        self.join(source, member, &days, reason);
                        hit |= source == of && self.runs.get(&of).is_some_and(|run| stop(member, &run.days_of(member)));
                    }
                    if hit {
                        return true;
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
            return false;
        }
    }

    /// Takes over all that a new member controls, where that has been worked out and none of it is known to the run:
    /// what is below the member need not be followed once more.
    fn absorb(&mut self, source: Node, member: Node) -> bool {
        if self.cone.is_some() || source == member {
            return false;
        }
        let whole = |run: &Run| run.complete && run.todo.is_empty() && run.uses.is_empty();
        let Some(below) = self.runs.remove(&member) else { return false };
        let absorbed = whole(&below)
            && self
                .runs
                .get_mut(&source)
                .is_some_and(|run| !below.order[1..].iter().any(|known| run.members.contains_key(known)));
        if absorbed {
            self.take_over(source, &below);
        }
        self.runs.insert(member, below);
        absorbed
    }

    /// Adds the members of a finished run, which share none with the run of `source`, and the votes they reach.
    fn take_over(&mut self, source: Node, below: &Run) {
        let Some(mut run) = self.runs.remove(&source) else { return };
        let member = below.order[0];
        run.members.reserve(below.order.len());
        for (party, known) in below.order[1..].iter().filter_map(|party| Some((*party, below.members.get(party)?))) {
            self.stamp += 1;
            let first = Joined { stamp: self.stamp, reason: Reason::Through(member), days: known.days.clone() };
            run.members.insert(party, Member { days: known.days.clone(), first, later: Vec::new() });
            run.order.push(party);
        }
        for (company, more) in &below.reached {
            if run.members.get(company).is_some_and(|known| known.days.is_all()) {
                continue;
            }
            match run.reached.entry(*company) {
                Entry::Vacant(place) => {
                    place.insert(Reached { pending: false, ..more.clone() });
                }
                Entry::Occupied(mut reached) => reached.get_mut().add(more),
            }
        }
        if self.rules.joint && self.rules.family_block {
            for (company, reached) in &mut run.reached {
                reached.joint |= self.kin_hold(source, *company);
            }
        }
        let due = |(company, reached): (&Node, &Reached)| {
            let may_do = reached.joint || reached.votes.most() > UBig::from(self.plain_limit(*company));
            may_do.then_some(*company)
        };
        let due: Vec<Node> = run.reached.iter().filter_map(due).collect();
        due.into_iter().for_each(|company| run.push_check(company));
        let watchers = run.watchers.clone();
        self.runs.insert(source, run);
        for (watcher, company) in watchers {
            if let Some(run) = self.runs.get_mut(&watcher) {
                run.push_check(company);
            }
        }
    }

    fn join(&mut self, source: Node, member: Node, days: &Days, reason: Reason) {
        let Some(run) = self.runs.get_mut(&source) else { return };
        let gained = days.minus(&run.days_of(member));
        if gained.is_empty() {
            return;
        }
        self.stamp += 1;
        let joined = Joined { stamp: self.stamp, reason, days: gained.clone() };
        if let Some(known) = run.members.get_mut(&member) {
            known.days.add(&gained);
            known.later.push(joined);
        } else {
            run.members.insert(member, Member { days: gained.clone(), first: joined, later: Vec::new() });
            run.order.push(member);
        }
        run.todo.push_back(Task::Expand(member, gained));
        for (watcher, company) in run.watchers.clone() {
            if let Some(run) = self.runs.get_mut(&watcher) {
                run.push_check(company);
            }
        }
    }

    /// Follows a new member's ties: what it is declared to control joins, its votes are added.
    fn expand(&mut self, source: Node, member: Node, gained: &Days) -> Vec<Joining> {
        let mut joining = Vec::new();
        let mut tabled: Vec<Node> = Vec::new();
        let network = self.network;
        let cone = self.cone.clone();
        let (all, some) = match &cone {
            None => (Some(network.out(member)), None),
            Some(cone) => (None, Some(cone.out(member).iter().copied())),
        };
        for (company, tie) in all.into_iter().flatten().chain(some.into_iter().flatten()) {
            if company == member || company == source {
                continue;
            }
            if let Tie::Control(row) = tie {
                let days = self.days_of(tie).and(gained);
                if !days.is_empty() && self.declares(row) {
                    joining.push((company, days, Reason::Declared { controller: member, row }));
                }
            } else if self.is_voted(company) && !self.runs.get(&source).is_some_and(|run| run.days_of(company).is_all())
            {
                match tie {
                    Tie::Holding(row) if network.is_plain(company) && !network.is_uncertain_about(company) => {
                        let units = network.vote_units(row).unwrap_or(0);
                        // Where somebody has the majority for good, less leads nowhere.
                        if units > HALF || units > 0 && !self.is_settled(company) {
                            let days = self.days_of(tie).and(gained);
                            self.reach_plain(source, company, days, &UBig::from(units));
                        }
                    }
                    _ => tabled.push(company),
                }
            }
        }
        tabled.sort_unstable();
        tabled.dedup();
        for company in tabled {
            let ballot = self.ballot(company);
            for entry in ballot.of(member) {
                let days = entry.days.and(gained);
                self.reach_votes(source, company, days, &entry.units, &ballot.scale);
            }
            // Somebody whose votes are only possible stands in the way as a rival until it joins.
            if let Some(run) = self.runs.get_mut(&source) {
                run.push_check(company);
            }
        }
        if self.rules.joint
            && let Some(run) = self.runs.get_mut(&source)
        {
            // A new member of a group may bring partners about any company in which there are votes already.
            let concert = network.concert();
            let groups = concert.of(member);
            let mut about: Vec<Node> = Vec::new();
            if concert.universal_of(member).next().is_some() {
                about.extend(run.reached.keys());
            } else if groups.len() > run.reached.len() {
                let named =
                    |company: &&Node| concert.naming(**company).iter().any(|group| groups.binary_search(group).is_ok());
                about.extend(run.reached.keys().filter(named));
            } else {
                about.extend(groups.iter().flat_map(|group| concert.named(*group)));
            }
            about.sort_unstable();
            about.into_iter().for_each(|company| run.push_check(company));
        }
        joining
    }

    /// Adds plain votes of a run's member in a company, and has them checked unless they are clearly not enough.
    fn reach_plain(&mut self, source: Node, company: Node, days: Days, units: &UBig) {
        let limit = UBig::from(self.plain_limit(company));
        let joint =
            self.rules.joint && (self.grouped || self.network.is_named(company) || self.kin_hold(source, company));
        let Some(run) = self.runs.get_mut(&source).filter(|_| !days.is_empty()) else { return };
        let reached = run.reached.entry(company).or_insert_with(|| Reached::new(None, joint));
        reached.some.add(&days);
        reached.votes.add(days, units);
        if reached.joint || reached.votes.most() > limit {
            run.push_check(company);
        }
    }

    /// Adds votes of any kind, to be checked.
    fn reach_votes(&mut self, source: Node, company: Node, days: Days, units: &UBig, scale: &UBig) {
        let Some(run) = self.runs.get_mut(&source).filter(|_| !days.is_empty()) else { return };
        let reached = run.reached.entry(company).or_insert_with(|| Reached::new(Some(scale), true));
        reached.some.add(&days);
        reached.votes.add(days, units);
        run.push_check(company);
    }

    /// Whether a party belongs to the run of `source` on the day looked at, as far as it is known by now.
    pub(super) fn is_member(&self, source: Node, party: Node) -> bool {
        let member = self.runs.get(&source).and_then(|run| run.members.get(&party));
        member.is_some_and(|member| self.holds(&member.days))
    }

    /// When and why a party joined the run of `source`, for the day looked at.
    pub(super) fn joined(&self, source: Node, party: Node) -> Option<&Joined> {
        self.runs.get(&source)?.members.get(&party)?.joined(self.today())
    }

    /// On which more days the votes of the block of `source` about `company` are enough by now, and why.
    fn check(&mut self, source: Node, company: Node) -> Vec<Joining> {
        let Some(run) = self.runs.get_mut(&source) else { return Vec::new() };
        let known = run.days_of(company);
        let Some(reached) = run.reached.get_mut(&company) else { return Vec::new() };
        reached.pending = false;
        let open = reached.some.minus(&known);
        if open.is_empty() {
            return Vec::new();
        }
        let mut joining: Vec<Joining> = Vec::new();
        let mut doubtful = open.clone();
        if !self.may_have_partners(source, company) {
            let above = |percent: &Percent| {
                let reached = self.runs.get(&source).and_then(|run| run.reached.get(&company));
                reached
                    .map_or(Days::None, |reached| reached.votes.above(&reached.limit(percent), &self.window).and(&open))
            };
            let majority = above(&self.rules.majority);
            doubtful = match &self.rules.presumption {
                Some(presumption) if self.is_listed(company) => above(presumption).minus(&majority),
                _ => Days::None,
            };
            if !majority.is_empty() {
                joining.push((company, majority, Reason::Majority));
            }
        }
        for (days, reason) in self.over(&doubtful, |kernel| kernel.check_on_day(source, company)) {
            joining.extend(reason.map(|reason| (company, days, reason)));
        }
        joining
    }

    /// The same on the day looked at, with partners, denials and rivals.
    fn check_on_day(&mut self, source: Node, company: Node) -> Option<Reason> {
        let votes = self.votes(company);
        let partners = self.partners(source, company);
        for partner in &partners {
            if self.may_bring_more(*partner, company) {
                self.watch(source, *partner, company);
            }
        }
        let side = self.lens.side;
        let voters = self.voters_of(source, &partners, &votes);
        let sum = voters
            .into_iter()
            .filter(|position| votes.holder(*position) != company)
            .fold(UBig::ZERO, |sum, position| sum + votes.units(position, side));
        if votes.exceeds(&sum, self.rules.majority.value()) {
            return Some(Reason::Majority);
        }
        let presumption = self.rules.presumption.clone()?;
        if !self.is_listed(company) || !votes.exceeds(&sum, presumption.value()) {
            return None;
        }
        if self.denied(source, company) {
            return self.through_member(source, company);
        }
        let in_block = |kernel: &Self, party: Node| {
            kernel.is_member(source, party)
                || partners.iter().any(|partner| *partner == party || kernel.is_member(*partner, party))
        };
        (!self.has_rival(company, &votes, &sum, in_block)).then_some(Reason::Presumption)
    }

    /// Positions of the holders that `source` or one of the partners is or controls by now, found from whichever are
    /// fewer.
    fn voters_of(&self, source: Node, partners: &[Node], votes: &VoteTable) -> Vec<usize> {
        let of = || std::iter::once(source).chain(partners.iter().copied());
        let runs = || of().filter_map(|party| self.runs.get(&party));
        let members: usize = runs().map(|run| run.order.len()).sum();
        if members > votes.holders().len() {
            let controlled = |holder: Node| of().any(|party| party == holder || self.is_member(party, holder));
            return votes.holders().filter(|(_, holder)| controlled(*holder)).map(|(position, _)| position).collect();
        }
        let mut positions: Vec<usize> = runs()
            .flat_map(|run| &run.members)
            .filter_map(|(member, known)| votes.position(*member).filter(|_| self.holds(&known.days)))
            .chain(partners.iter().filter_map(|partner| votes.position(*partner)))
            .collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The votes in a company that a party's block reaches, in percent at the lens's bound, without asking whether they
    /// are enough. For answers about control that is not there.
    pub fn votes_reached(&mut self, source: Node, company: Node) -> Percent {
        self.advance(source, |_, _| false);
        let votes = self.votes(company);
        let partners = self.partners(source, company);
        for partner in &partners {
            self.advance(*partner, |_, _| false);
        }
        let side = self.lens.side;
        let sum = self
            .voters_of(source, &partners, &votes)
            .into_iter()
            .filter(|position| votes.holder(*position) != company)
            .fold(UBig::ZERO, |sum, position| sum + votes.units(position, side));
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
    fn through_member(&mut self, source: Node, company: Node) -> Option<Reason> {
        let members: Vec<Node> = self.runs.get(&source).map(|run| run.order[1..].to_vec()).unwrap_or_default();
        let members: Vec<Node> = members.into_iter().filter(|member| self.is_member(source, *member)).collect();
        for member in &members {
            self.watch(source, *member, company);
        }
        members.into_iter().find(|member| self.is_member(*member, company)).map(Reason::Through)
    }
}
