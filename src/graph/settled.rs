//! Companies whose control by votes is settled once and for all: one holder has more than half of the votes, from some
//! day on without an end, and nobody else can ever have as many. Minority holdings in such a company, of which a
//! nominee has tens of thousands, need not be followed when somebody asks what their holder controls.

use super::links::Traits;
use super::tally::plain_units;
use super::{ControlRules, Network, Node, node};
use crate::facts::{Facts, Share};
use chrono::{Datelike, NaiveDate};

/// No such day.
pub(super) const NEVER: i32 = i32::MAX;

/// All votes, in units.
pub(super) const WHOLE: u64 = 100 * Share::PERCENT;

/// Half of all votes.
pub(super) const HALF: u64 = WHOLE / 2;

/// In which companies control by votes is settled, as far as the rules of control go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled {
    /// Up to this day (by number) a majority has to be there for good; nothing is settled where groups about every
    /// company, or kin, may bring it to somebody else.
    by: Option<i32>,
    subject: Option<Node>,
}

impl Settled {
    /// By these rules, for days from the first on.
    pub(super) fn new(network: &Network, rules: &ControlRules, first: NaiveDate) -> Self {
        let pooled = rules.joint && (rules.family_block || !network.concert().universal().is_empty());
        let half = plain_units(&rules.majority) >= HALF;
        Self { by: (half && !pooled).then(|| first.num_days_from_ce()), subject: rules.subject }
    }

    /// Whether a company is one: nobody comes to control it by votes but by controlling the holder of its majority.
    pub(super) fn holds(&self, network: &Network, company: Node) -> bool {
        let by = self.by.filter(|_| Some(company) != self.subject);
        by.is_some_and(|day| network.settled_since(company) <= day)
    }
}

/// For each party the day (by number) from which on a single plain row gives its holder more than half of the votes,
/// while all rows in force from then on come to no more than the whole; [`NEVER`] where there is none, where the company
/// is listed (less may control it), where its votes are not plain or not certain, and where concert groups name it.
/// O(rows).
pub(super) fn settled_since(facts: &Facts, traits: &[u8]) -> Vec<i32> {
    let mut since = vec![NEVER; facts.parties().len()];
    let ends = |row: usize| {
        let (holder, company) = facts.holding_ends(row);
        (node(holder), node(company) as usize)
    };
    for row in 0..facts.holdings().len() {
        let (holder, company) = ends(row);
        if let (Some(units), Some(begins)) = (facts.votes(row).units(), facts.holding_code(row).begins_for_good())
            && units > HALF
            && holder as usize != company
            && let Some(known) = since.get_mut(company)
        {
            *known = begins;
        }
    }
    let mut total = vec![0u64; since.len()];
    for row in 0..facts.holdings().len() {
        let company = ends(row).1;
        let Some(begins) = since.get(company).filter(|begins| **begins != NEVER) else { continue };
        if !facts.holding_code(row).ends_before(*begins) {
            let units = facts.votes(row).units().unwrap_or(u64::MAX);
            total[company] = total[company].saturating_add(units);
        }
    }
    for (company, begins) in since.iter_mut().enumerate() {
        let open = traits.get(company).is_none_or(|own| Traits(*own).contains(Traits::OPEN_VOTES));
        let listed = facts.is_listed(crate::facts::PartyId::new(company));
        if total[company] > WHOLE || open || listed {
            *begins = NEVER;
        }
    }
    since
}
