//! What one party controls, as far as it has been worked out: a run (see [`super::control`]).

use super::ballot::plain_scale;
use super::tally::{Tally, limit};
use super::{Days, Node, Reason};
use crate::facts::Percent;
use dashu_int::UBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// When a member of a run was found, why, and for which days.
#[derive(Debug, Clone)]
pub(super) struct Joined {
    pub(super) stamp: u64,
    pub(super) reason: Reason,
    pub(super) days: Days,
}

/// A member of a run.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The days on which it is one.
    pub(super) days: Days,
    pub(super) first: Joined,
    /// Where it was found for different days on different grounds.
    pub(super) later: Vec<Joined>,
}

impl Member {
    /// How it was found for a day.
    pub(super) fn joined(&self, today: usize) -> Option<&Joined> {
        std::iter::once(&self.first).chain(&self.later).find(|joined| joined.days.contains(today))
    }
}

pub(super) enum Task {
    /// Follow the ties of a member, for days on which it is a new one.
    Expand(Node, Days),
    /// See on which days the votes in a company are reached by now.
    Check(Node),
}

/// The votes of a run's members in one company.
#[derive(Clone)]
pub(super) struct Reached {
    pub(super) votes: Tally,
    /// How many units make one percent, where the votes are not plain.
    pub(super) scale: Option<Box<UBig>>,
    /// The days on which they have any.
    pub(super) some: Days,
    /// Whether a check is on the list already.
    pub(super) pending: bool,
    /// Whether others may be in concert about the company, so that it is checked whatever the votes are.
    pub(super) joint: bool,
}

impl Reached {
    pub(super) fn new(scale: Option<&UBig>, joint: bool) -> Self {
        let scale = scale.map(|scale| Box::new(scale.clone()));
        Self { votes: Tally::default(), scale, some: Days::None, pending: false, joint }
    }

    /// Adds the votes of others.
    pub(super) fn add(&mut self, more: &Self) {
        self.votes.add_all(&more.votes);
        self.some.add(&more.some);
        self.joint |= more.joint;
    }

    pub(super) fn limit(&self, percent: &Percent) -> UBig {
        self.scale
            .as_ref()
            .map_or_else(|| limit(&plain_scale(), percent.value()), |scale| limit(scale, percent.value()))
    }
}

/// What one party controls, as far as it has been worked out.
#[derive(Default)]
pub(super) struct Run {
    pub(super) members: FxHashMap<Node, Member>,
    pub(super) order: Vec<Node>,
    pub(super) todo: VecDeque<Task>,
    pub(super) reached: FxHashMap<Node, Reached>,
    /// Runs this one looks at.
    pub(super) uses: FxHashSet<Node>,
    /// Runs, and the company they have to check, that look at this one.
    pub(super) watchers: Vec<(Node, Node)>,
    /// Whether it has grown to its end.
    pub(super) complete: bool,
}

impl Run {
    pub(super) fn days_of(&self, party: Node) -> Days {
        self.members.get(&party).map_or(Days::None, |member| member.days.clone())
    }

    pub(super) fn push_check(&mut self, company: Node) {
        if let Some(reached) = self.reached.get_mut(&company)
            && !std::mem::replace(&mut reached.pending, true)
        {
            self.todo.push_back(Task::Check(company));
        }
    }
}
