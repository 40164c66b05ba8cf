//! Every tie of a dataset as a petgraph multigraph, with what is needed to find ties from either end.

use super::concert::ConcertIndex;
use super::{Node, node};
use crate::facts::{Bound, Effect, Facts, Period, Span};
use chrono::NaiveDate;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Direction, Incoming, Outgoing};

/// A tie that can give control: from holder, agent or controller to the company. The number is the row's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tie {
    /// A row of `holdings`.
    Holding(u32),
    /// A row of `proxies`, from the agent.
    Proxy(u32),
    /// A row of `controls`, asserting or denying.
    Control(u32),
}

/// The dated graph of a dataset. Built once, in O(rows log rows); read by any number of questions.
pub struct Network<'f> {
    facts: &'f Facts,
    ties: DiGraph<(), Tie, u32>,
    proxies: Vec<Vec<u32>>,
    pub(super) concert: ConcertIndex,
    posts_of: Vec<Vec<u32>>,
    posts_in: Vec<Vec<u32>>,
    kin: Vec<Vec<u32>>,
    /// Days on which something about the party may change, sorted.
    changes: Vec<Vec<NaiveDate>>,
    uncertain: bool,
}

/// Row positions are `u32`; a table beyond that does not fit in memory.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'f> Network<'f> {
    /// Links the rows of the dataset.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        let parties = facts.parties().len();
        let mut ties = DiGraph::with_capacity(parties, facts.holdings().len() + facts.controls().len());
        for _ in 0..parties {
            ties.add_node(());
        }
        let mut changes: Vec<Vec<NaiveDate>> = vec![Vec::new(); parties];
        let mut uncertain = false;
        let mut note = |ends: &[Node], period: &Period, amounts_uncertain: bool| {
            uncertain |= amounts_uncertain || period.is_uncertain();
            for end in ends {
                changes[*end as usize].extend(change_days(period));
            }
        };
        for (i, row) in facts.holdings().iter().enumerate() {
            let (holder, company) = (node(row.holder), node(row.company));
            ties.add_edge(NodeIndex::new(holder as usize), NodeIndex::new(company as usize), Tie::Holding(number(i)));
            let open = row.percent.is_uncertain() || row.votes_percent.as_ref().is_some_and(|v| v.is_uncertain());
            note(&[holder, company], &row.period, open);
        }
        let mut proxies = vec![Vec::new(); parties];
        for (i, row) in facts.proxies().iter().enumerate() {
            let (principal, agent, company) = (node(row.principal), node(row.agent), node(row.company));
            ties.add_edge(NodeIndex::new(agent as usize), NodeIndex::new(company as usize), Tie::Proxy(number(i)));
            proxies[company as usize].push(number(i));
            let open = row.votes_percent.as_ref().is_some_and(|v| v.is_uncertain());
            note(&[principal, agent, company], &row.period, open);
        }
        for (i, row) in facts.controls().iter().enumerate() {
            let (controller, controlled) = (node(row.controller), node(row.controlled));
            ties.add_edge(
                NodeIndex::new(controller as usize),
                NodeIndex::new(controlled as usize),
                Tie::Control(number(i)),
            );
            note(&[controller, controlled], &row.period, false);
        }
        let concert = ConcertIndex::new(facts);
        for row in facts.concert().iter() {
            note(&[node(row.member)], &row.period, false);
            if let Some(company) = row.company {
                note(&[node(company)], &row.period, false);
            }
        }
        let mut posts_of = vec![Vec::new(); parties];
        let mut posts_in = vec![Vec::new(); parties];
        for (i, row) in facts.positions().iter().enumerate() {
            posts_of[row.person.index()].push(number(i));
            posts_in[row.organisation.index()].push(number(i));
            note(&[node(row.person), node(row.organisation)], &row.period, false);
        }
        let mut kin = vec![Vec::new(); parties];
        for (i, row) in facts.kinships().iter().enumerate() {
            kin[row.person.index()].push(number(i));
            if row.relative != row.person {
                kin[row.relative.index()].push(number(i));
            }
            note(&[node(row.person), node(row.relative)], &row.period, false);
        }
        for row in facts.designations().iter() {
            note(&[node(row.party)], &row.period, false);
        }
        for days in &mut changes {
            days.sort_unstable();
            days.dedup();
        }
        Self { facts, ties, proxies, concert, posts_of, posts_in, kin, changes, uncertain }
    }

    /// The facts it was built from.
    #[must_use]
    pub fn facts(&self) -> &'f Facts {
        self.facts
    }

    /// Whether any tie is known only within bounds; where none is, both bounds are the same.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// The number of ties between parties that can give control.
    #[must_use]
    pub fn tie_count(&self) -> usize {
        self.ties.edge_count()
    }

    /// Ties from a party to what it holds or controls, whatever their period.
    pub fn out(&self, of: Node) -> impl Iterator<Item = (Node, Tie)> + '_ {
        self.directed(of, Outgoing)
    }

    /// Ties to a party from those who hold or control it, whatever their period.
    pub fn into(&self, of: Node) -> impl Iterator<Item = (Node, Tie)> + '_ {
        self.directed(of, Incoming)
    }

    fn directed(&self, of: Node, direction: Direction) -> impl Iterator<Item = (Node, Tie)> + '_ {
        self.ties.edges_directed(NodeIndex::new(of as usize), direction).map(move |edge| {
            let end = if direction == Outgoing { edge.target() } else { edge.source() };
            (number(end.index()), *edge.weight())
        })
    }

    /// The period of a tie.
    #[must_use]
    pub fn period(&self, tie: Tie) -> Period {
        match tie {
            Tie::Holding(i) => self.facts.holdings().row(i as usize).period,
            Tie::Proxy(i) => self.facts.proxies().row(i as usize).period,
            Tie::Control(i) => self.facts.controls().row(i as usize).period,
        }
    }

    /// Whether the tie is a finding that there is *no* control.
    #[must_use]
    pub fn is_denial(&self, tie: Tie) -> bool {
        matches!(tie, Tie::Control(i) if self.facts.controls().row(i as usize).effect == Effect::Denies)
    }

    /// Rows of `proxies` about a company, in their order.
    #[must_use]
    pub fn proxies_about(&self, company: Node) -> &[u32] {
        &self.proxies[company as usize]
    }

    /// Rows of `positions` of a person.
    #[must_use]
    pub fn posts_of(&self, person: Node) -> &[u32] {
        &self.posts_of[person as usize]
    }

    /// Rows of `positions` in an organisation.
    #[must_use]
    pub fn posts_in(&self, organisation: Node) -> &[u32] {
        &self.posts_in[organisation as usize]
    }

    /// Rows of `kinships` that name a person on either side.
    #[must_use]
    pub fn kin_rows(&self, person: Node) -> &[u32] {
        &self.kin[person as usize]
    }

    /// The span of days around `day` in which no tie of the party begins or ends.
    #[must_use]
    pub fn steady(&self, of: Node, day: NaiveDate) -> Span {
        let days = &self.changes[of as usize];
        let next = days.partition_point(|change| *change <= day);
        let first = next.checked_sub(1).map_or(NaiveDate::MIN, |i| days[i]);
        let last = days.get(next).and_then(|change| change.pred_opt()).unwrap_or(NaiveDate::MAX);
        Span { first, last }
    }
}

/// The days from which a row's standing differs from the day before.
fn change_days(period: &Period) -> impl Iterator<Item = NaiveDate> {
    let after = |bound: Bound| bound.day().and_then(|day| day.succ_opt());
    // An unknown end leaves the known end's single day certain, so the days next to it are changes as well.
    let open = period.is_uncertain();
    [period.from.day(), after(period.until), period.until.day().filter(|_| open), after(period.from).filter(|_| open)]
        .into_iter()
        .flatten()
}
