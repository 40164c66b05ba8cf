//! Every tie of a dataset as a petgraph multigraph, with what is needed to find ties from either end.

use super::concert::ConcertIndex;
use super::{Node, node, party};
use crate::facts::{Amount, Bound, Effect, Facts, PartyKind, Percent, Period, Span};
use dashu_ratio::RBig;
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
    /// Companies whose votes are not all plain decimals of their holders.
    tabled: Vec<bool>,
    /// Companies whose shares are not all plain decimals.
    open_shares: Vec<bool>,
    /// Parties about which a row is known only within bounds.
    unsure: Vec<bool>,
}

/// Plain shares are whole numbers of units; so many make one percent.
pub const UNITS_PER_PERCENT: u64 = 100_000_000;

/// A percentage in units, where it is a whole number of them.
fn units(percent: &Percent) -> Option<u64> {
    let scaled = percent.value() * RBig::from(UNITS_PER_PERCENT);
    scaled.is_int().then(|| u64::try_from(scaled.numerator().clone()).ok()).flatten()
}

/// Row positions are `u32`; a table beyond that does not fit in memory.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'f> Network<'f> {
    /// Links the rows of the dataset.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        let parties = facts.parties.len();
        let mut ties = DiGraph::with_capacity(parties, facts.holdings.len() + facts.controls.len());
        for _ in 0..parties {
            ties.add_node(());
        }
        let mut changes: Vec<Vec<NaiveDate>> = vec![Vec::new(); parties];
        let mut uncertain = false;
        let mut tabled = vec![false; parties];
        let mut unsure = vec![false; parties];
        let mut open_shares = vec![false; parties];
        let mut note = |ends: &[Node], period: &Period, amounts_uncertain: bool| {
            let open = amounts_uncertain || period.is_uncertain();
            uncertain |= open;
            for end in ends.iter().filter(|_| open) {
                unsure[*end as usize] = true;
            }
            for end in ends {
                changes[*end as usize].extend(change_days(period));
            }
        };
        for (i, row) in facts.holdings.iter().enumerate() {
            let (holder, company) = (node(row.holder), node(row.company));
            ties.add_edge(NodeIndex::new(holder as usize), NodeIndex::new(company as usize), Tie::Holding(number(i)));
            let open = row.percent.is_uncertain() || row.votes_percent.as_ref().is_some_and(|v| v.is_uncertain());
            note(&[holder, company], &row.period, open);
            open_shares[company as usize] |=
                !matches!(&row.percent, Amount::Exact(percent) if units(percent).is_some());
            tabled[company as usize] |= !matches!(row.votes(), Amount::Exact(percent) if units(percent).is_some());
        }
        let mut proxies = vec![Vec::new(); parties];
        for (i, row) in facts.proxies.iter().enumerate() {
            let (principal, agent, company) = (node(row.principal), node(row.agent), node(row.company));
            ties.add_edge(NodeIndex::new(agent as usize), NodeIndex::new(company as usize), Tie::Proxy(number(i)));
            proxies[company as usize].push(number(i));
            tabled[company as usize] = true;
            let open = row.votes_percent.as_ref().is_some_and(|v| v.is_uncertain());
            note(&[principal, agent, company], &row.period, open);
        }
        for (i, row) in facts.controls.iter().enumerate() {
            let (controller, controlled) = (node(row.controller), node(row.controlled));
            ties.add_edge(
                NodeIndex::new(controller as usize),
                NodeIndex::new(controlled as usize),
                Tie::Control(number(i)),
            );
            note(&[controller, controlled], &row.period, false);
        }
        let concert = ConcertIndex::new(facts);
        for row in &facts.concert {
            note(&[node(row.member)], &row.period, false);
            if let Some(company) = row.company {
                note(&[node(company)], &row.period, false);
            }
        }
        let mut posts_of = vec![Vec::new(); parties];
        let mut posts_in = vec![Vec::new(); parties];
        for (i, row) in facts.positions.iter().enumerate() {
            posts_of[row.person.index()].push(number(i));
            posts_in[row.organisation.index()].push(number(i));
            note(&[node(row.person), node(row.organisation)], &row.period, false);
        }
        let mut kin = vec![Vec::new(); parties];
        for (i, row) in facts.kinships.iter().enumerate() {
            kin[row.person.index()].push(number(i));
            if row.relative != row.person {
                kin[row.relative.index()].push(number(i));
            }
            note(&[node(row.person), node(row.relative)], &row.period, false);
        }
        for row in &facts.designations {
            note(&[node(row.party)], &row.period, false);
        }
        for days in &mut changes {
            days.sort_unstable();
            days.dedup();
        }
        Self { facts, ties, proxies, concert, posts_of, posts_in, kin, changes, uncertain, tabled, open_shares, unsure }
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
            Tie::Holding(i) => self.facts.holdings[i as usize].period,
            Tie::Proxy(i) => self.facts.proxies[i as usize].period,
            Tie::Control(i) => self.facts.controls[i as usize].period,
        }
    }

    /// What a party is.
    #[must_use]
    pub fn kind(&self, of: Node) -> PartyKind {
        self.facts.party(party(of)).kind
    }

    /// Whether a party is listed somewhere.
    #[must_use]
    pub fn is_listed(&self, of: Node) -> bool {
        self.facts.party(party(of)).listed.is_some()
    }

    /// What a row of `controls` says, and whether it is one of several that control jointly.
    #[must_use]
    pub fn control_effect(&self, row: u32) -> (Effect, bool) {
        let row = &self.facts.controls[row as usize];
        (row.effect, row.joint.is_some())
    }

    /// Whether every vote in a company is a plain decimal of one of its holders: no proxy, no range, nothing unknown.
    #[must_use]
    pub fn is_plain(&self, company: Node) -> bool {
        !self.tabled[company as usize]
    }

    /// The same of the shares of a company.
    #[must_use]
    pub fn has_plain_shares(&self, company: Node) -> bool {
        !self.open_shares[company as usize]
    }

    /// The votes of a row of `holdings` in units, where they are a plain decimal.
    #[must_use]
    pub fn vote_units(&self, row: u32) -> Option<u64> {
        match self.facts.holdings[row as usize].votes() {
            Amount::Exact(percent) => units(percent),
            _ => None,
        }
    }

    /// The share of a row of `holdings` in units, where it is a plain decimal.
    #[must_use]
    pub fn share_units(&self, row: u32) -> Option<u64> {
        match &self.facts.holdings[row as usize].percent {
            Amount::Exact(percent) => units(percent),
            _ => None,
        }
    }

    /// Whether anything about a company is known only within bounds.
    #[must_use]
    pub fn is_uncertain_about(&self, company: Node) -> bool {
        self.unsure[company as usize]
    }

    /// Whether the tie is a finding that there is *no* control.
    #[must_use]
    pub fn is_denial(&self, tie: Tie) -> bool {
        matches!(tie, Tie::Control(i) if self.facts.controls[i as usize].effect == Effect::Denies)
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
