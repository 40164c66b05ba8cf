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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Amount, Bound, Holding, Party, PartyKind, Percent, Period};
    use crate::graph::Links;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    type Row = (&'static str, &'static str, &'static str);

    /// From which day on company 0 is settled, given its holdings: percent, first and last day (empty: open).
    fn since(rows: &[Row]) -> i32 {
        let mut facts = Facts::default();
        for id in ["C", "A", "B"] {
            facts.push_party(&Party::new(id, "", PartyKind::Company));
        }
        let bound = |text: &str| if text.is_empty() { Bound::Open } else { Bound::On(day(text)) };
        for (holder, (percent, from, until)) in (1..).zip(rows) {
            let percent: Percent = percent.parse().unwrap_or_default();
            facts.push_holding(&Holding {
                holder: crate::facts::PartyId::new(holder % 3),
                company: crate::facts::PartyId::new(0),
                percent: Amount::Exact(percent),
                votes_percent: None,
                period: Period { from: bound(from), until: bound(until), agreed: None },
                source: None,
            });
        }
        Links::new(&facts).settled_since(0)
    }

    #[test]
    fn a_majority_settles_from_its_first_day_and_only_without_an_end() {
        let first = day("2020-01-02").num_days_from_ce();
        let cases: &[(&[Row], i32)] = &[
            (&[("50", "", ""), ("50", "", "")], NEVER),
            (&[("50.00000001", "", "")], i32::MIN),
            (&[("50.01", "2020-01-02", "")], first),
            (&[("50.01", "2020-01-02", "2030-01-01")], NEVER),
            // What others have may come to the whole, and no more.
            (&[("60", "2020-01-02", ""), ("40", "", "")], first),
            (&[("60", "2020-01-02", ""), ("40.00000001", "", "")], NEVER),
            // Whoever was there before counts up to the day before.
            (&[("60", "2020-01-02", ""), ("60", "", "2020-01-01")], first),
            (&[("60", "2020-01-02", ""), ("60", "", "2020-01-02")], NEVER),
            // Shares of the company in itself carry no votes.
            (&[("10", "", ""), ("10", "", ""), ("60", "", "")], NEVER),
        ];
        for (rows, expected) in cases {
            assert_eq!(since(rows), *expected, "{rows:?}");
        }
    }
}
