//! Every tie of a dataset as one graph, with what is needed to find ties from either end.

use super::Node;
use super::concert::Concert;
use super::links::{End, Links, Traits, day};
use super::party;
use crate::facts::{Effect, Facts, PartyKind, Period, PeriodCode, Span};
use chrono::{Datelike, NaiveDate};
use std::sync::Arc;

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

/// The dated graph of a dataset. Built once, in O(rows), or put together in no time from links that were
/// kept; read by any number of questions. The algorithms of petgraph walk it as it is.
pub struct Network<'f> {
    facts: &'f Facts,
    links: Arc<Links>,
}

impl<'f> Network<'f> {
    /// Links the rows of the dataset.
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        Self::with_links(facts, Arc::new(Links::new(facts)))
    }

    /// The network of facts whose links are known.
    #[must_use]
    pub fn with_links(facts: &'f Facts, links: impl Into<Arc<Links>>) -> Self {
        Self { facts, links: links.into() }
    }

    /// The facts it was built from.
    #[must_use]
    pub fn facts(&self) -> &'f Facts {
        self.facts
    }

    /// Who acts in concert with whom.
    pub(super) fn concert(&self) -> Concert<'_> {
        Concert { links: &self.links, facts: self.facts }
    }

    /// Whether any tie is known only within bounds; where none is, both bounds are the same.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.links.is_uncertain()
    }

    /// The number of ties between parties that can give control.
    #[must_use]
    pub fn tie_count(&self) -> usize {
        self.links.out.len()
    }

    /// The number of parties.
    #[must_use]
    pub fn party_count(&self) -> usize {
        self.facts.parties().len()
    }

    /// Ties from a party to what it holds or controls, whatever their period: holdings, proxies, controls, each in the
    /// order of the table.
    pub fn out(&self, of: Node) -> Ends<'_> {
        self.ends(self.links.out.of(of as usize))
    }

    /// Ties to a party from those who hold or control it, whatever their period; in the same order.
    pub fn into(&self, of: Node) -> Ends<'_> {
        self.ends(self.links.into.of(of as usize))
    }

    fn ends<'n>(&self, ends: &'n [End]) -> Ends<'n> {
        Ends { ends: ends.iter(), parties: super::node(crate::facts::PartyId::new(self.party_count())) }
    }

    /// The period of a tie.
    #[must_use]
    pub fn period(&self, tie: Tie) -> Period {
        match tie {
            Tie::Holding(i) => self.facts.holding_period(i as usize),
            Tie::Proxy(i) => self.facts.proxy_period(i as usize),
            Tie::Control(i) => self.facts.control_period(i as usize),
        }
    }

    /// The same, not decoded yet.
    #[must_use]
    pub fn period_code(&self, tie: Tie) -> PeriodCode {
        match tie {
            Tie::Holding(i) => self.facts.holding_code(i as usize),
            Tie::Proxy(i) => self.facts.proxy_code(i as usize),
            Tie::Control(i) => self.facts.control_code(i as usize),
        }
    }

    /// What a party is.
    #[must_use]
    pub fn kind(&self, of: Node) -> PartyKind {
        self.facts.kind(party(of))
    }

    /// Whether a party is listed somewhere.
    #[must_use]
    pub fn is_listed(&self, of: Node) -> bool {
        self.facts.is_listed(party(of))
    }

    /// What a row of `controls` says, and whether it is one of several that control jointly.
    #[must_use]
    pub fn control_effect(&self, row: u32) -> (Effect, bool) {
        (self.facts.control_effect(row as usize), self.facts.is_joint(row as usize))
    }

    /// Whether every vote in a company is a plain decimal of one of its holders: no proxy, no range, nothing unknown.
    #[must_use]
    pub fn is_plain(&self, company: Node) -> bool {
        !self.links.traits_of(company).contains(Traits::TABLED)
    }

    /// The same of the shares of a company.
    #[must_use]
    pub fn has_plain_shares(&self, company: Node) -> bool {
        !self.links.traits_of(company).contains(Traits::OPEN_SHARES)
    }

    /// Whether concert groups name a company as the one they are about.
    #[must_use]
    pub fn is_named(&self, company: Node) -> bool {
        self.links.traits_of(company).contains(Traits::NAMED)
    }

    /// Whether anything about a company is known only within bounds.
    #[must_use]
    pub fn is_uncertain_about(&self, company: Node) -> bool {
        self.links.traits_of(company).contains(Traits::UNSURE)
    }

    /// The day (by number) from which on one holder has the majority of the votes in a company for good.
    pub(super) fn settled_since(&self, company: Node) -> i32 {
        self.links.settled_since(company)
    }

    /// The votes of a row of `holdings` in units, where they are a plain decimal.
    #[must_use]
    pub fn vote_units(&self, row: u32) -> Option<u64> {
        self.facts.votes(row as usize).units()
    }

    /// The share of a row of `holdings` in units, where it is a plain decimal.
    #[must_use]
    pub fn share_units(&self, row: u32) -> Option<u64> {
        self.facts.share(row as usize).units()
    }

    /// Whether the tie is a finding that there is *no* control.
    #[must_use]
    pub fn is_denial(&self, tie: Tie) -> bool {
        matches!(tie, Tie::Control(i) if self.facts.control_effect(i as usize) == Effect::Denies)
    }

    /// Rows of `proxies` about a company, in their order.
    #[must_use]
    pub fn proxies_about(&self, company: Node) -> &[u32] {
        self.links.proxies.of(company as usize)
    }

    /// Rows of `positions` of a person.
    #[must_use]
    pub fn posts_of(&self, person: Node) -> &[u32] {
        self.links.posts_of.of(person as usize)
    }

    /// Rows of `positions` in an organisation.
    #[must_use]
    pub fn posts_in(&self, organisation: Node) -> &[u32] {
        self.links.posts_in.of(organisation as usize)
    }

    /// Rows of `kinships` that name a person on either side.
    #[must_use]
    pub fn kin_rows(&self, person: Node) -> &[u32] {
        self.links.kin.of(person as usize)
    }

    /// The span of days around `day` in which no tie of the party begins or ends.
    #[must_use]
    pub fn steady(&self, of: Node, around: NaiveDate) -> Span {
        let days = self.links.changes.of(of as usize);
        let next = days.partition_point(|change| *change <= around.num_days_from_ce());
        let before = next.checked_sub(1).and_then(|i| days.get(i)).copied();
        let last = days.get(next).and_then(|change| day(change.saturating_sub(1)));
        Span { first: before.and_then(day).unwrap_or(NaiveDate::MIN), last: last.unwrap_or(NaiveDate::MAX) }
    }
}

/// Ties of one party: who is at the other end, and by which row.
#[derive(Debug, Clone)]
pub struct Ends<'n> {
    ends: std::slice::Iter<'n, End>,
    parties: Node,
}

impl Iterator for Ends<'_> {
    type Item = (Node, Tie);

    fn next(&mut self) -> Option<(Node, Tie)> {
        let end = self.ends.next()?;
        // A damaged link leads to the first party, not to none.
        Some((if end.other < self.parties { end.other } else { 0 }, end.tie()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ends.size_hint()
    }
}

impl ExactSizeIterator for Ends<'_> {}
