//! Who has which votes in a company on a day, after proxies, at the least and at the greatest.

use super::ballot::plain_scale;
use super::{Lens, Network, Node, Side, Tie, node};
use crate::facts::{Amount, Percent};
use dashu_int::UBig;
use dashu_int::ops::Gcd;
use dashu_ratio::RBig;
use std::collections::BTreeMap;

/// The votes in one company: exact integers over one common denominator, so that sums cost integer additions.
#[derive(Debug, Clone, Default)]
pub struct VoteTable {
    /// How many units make one percent.
    scale: UBig,
    /// Who has (or may have) votes, ascending.
    holders: Vec<Node>,
    /// The least each has.
    least: Vec<UBig>,
    /// The greatest each may have, where that differs for anybody.
    greatest: Option<Vec<UBig>>,
    /// Whether each has some votes for certain, however few.
    some: Vec<bool>,
}

/// Bounds of one holder's votes while they are being added up.
#[derive(Debug, Clone, Default)]
struct Bounds {
    least: RBig,
    greatest: RBig,
    some: bool,
}

/// What the holders known for certain leave of a company's capital.
pub(super) fn leftover(network: &Network, lens: &Lens, company: Node) -> Percent {
    let facts = network.facts();
    let known = network
        .into(company)
        .filter_map(|(_, tie)| match tie {
            Tie::Holding(i) => Some(facts.holdings().row(i as usize)),
            Tie::Proxy(_) | Tie::Control(_) => None,
        })
        .filter(|row| lens.certain(&row.period))
        .map(|row| row.percent.least().clone())
        .sum();
    Percent::hundred().saturating_sub(&known)
}

impl VoteTable {
    /// Adds up the rows in force and passes proxies on, row by row. O(rows about the company).
    #[must_use]
    pub fn new(network: &Network, lens: &Lens, company: Node) -> Self {
        if network.is_plain(company) && !network.is_uncertain_about(company) {
            return Self::plain(network, lens, company);
        }
        let facts = network.facts();
        let mut votes: BTreeMap<Node, Bounds> = BTreeMap::new();
        let mut rest: Option<Percent> = None;
        for (holder, tie) in network.into(company) {
            let Tie::Holding(i) = tie else { continue };
            let row = facts.holdings().row(i as usize);
            // Shares that the company holds in itself carry no votes.
            if holder == company || !lens.possible(&row.period) {
                continue;
            }
            let amount = row.votes();
            let bounds = votes.entry(holder).or_default();
            if lens.certain(&row.period) {
                bounds.least += amount.least().value();
                bounds.some |= amount.is_certainly_positive();
            }
            bounds.greatest += match amount.greatest() {
                Some(greatest) => greatest.value(),
                None => rest.get_or_insert_with(|| leftover(network, lens, company)).value(),
            };
        }
        for i in network.proxies_about(company) {
            let row = facts.proxies().row(*i as usize);
            let (principal, agent) = (node(row.principal), node(row.agent));
            if principal == company || principal == agent || !lens.possible(&row.period) {
                continue;
            }
            let Some(had) = votes.get(&principal).cloned() else { continue };
            let (kept, passed) = pass(&had, row.votes_percent.as_ref(), lens.certain(&row.period));
            votes.insert(principal, kept);
            // Votes given to the company itself are lost.
            if agent != company {
                let bounds = votes.entry(agent).or_default();
                bounds.least += passed.least;
                bounds.greatest += passed.greatest;
                bounds.some |= passed.some;
            }
        }
        Self::scaled(votes)
    }

    /// The same where every vote is a plain decimal of one of the holders, and certain.
    fn plain(network: &Network, lens: &Lens, company: Node) -> Self {
        let mut votes: Vec<(Node, u64)> = Vec::new();
        for (holder, tie) in network.into(company) {
            if let Tie::Holding(row) = tie
                && holder != company
                && lens.has_known(network.period_code(tie))
            {
                votes.push((holder, network.vote_units(row).unwrap_or(0)));
            }
        }
        votes.sort_unstable();
        let mut table = Self { scale: plain_scale(), ..Self::default() };
        for own in votes.chunk_by(|a, b| a.0 == b.0) {
            let sum = own.iter().fold(UBig::ZERO, |sum, (_, units)| sum + *units);
            table.holders.extend(own.first().map(|(holder, _)| *holder));
            table.some.push(!sum.is_zero());
            table.least.push(sum);
        }
        table
    }

    fn scaled(votes: BTreeMap<Node, Bounds>) -> Self {
        let mut scale = UBig::ONE;
        for bounds in votes.values() {
            for value in [&bounds.least, &bounds.greatest] {
                let denominator = value.denominator();
                if !(&scale % denominator).is_zero() {
                    let common = (&scale).gcd(denominator);
                    scale = scale / common * denominator;
                }
            }
        }
        let units = |value: &RBig| -> UBig {
            UBig::try_from(value.numerator().clone()).unwrap_or_default() * (&scale / value.denominator())
        };
        let exact = votes.values().all(|bounds| bounds.least == bounds.greatest);
        Self {
            holders: votes.keys().copied().collect(),
            least: votes.values().map(|bounds| units(&bounds.least)).collect(),
            greatest: (!exact).then(|| votes.values().map(|bounds| units(&bounds.greatest)).collect()),
            some: votes.values().map(|bounds| bounds.some).collect(),
            scale,
        }
    }

    /// How many units make one percent.
    pub(super) fn scale(&self) -> &UBig {
        &self.scale
    }

    /// Positions of all holders.
    pub fn holders(&self) -> impl ExactSizeIterator<Item = (usize, Node)> + '_ {
        self.holders.iter().copied().enumerate()
    }

    /// The holder at a position.
    #[must_use]
    pub fn holder(&self, position: usize) -> Node {
        self.holders[position]
    }

    /// The position of a holder.
    #[must_use]
    pub fn position(&self, holder: Node) -> Option<usize> {
        self.holders.binary_search(&holder).ok()
    }

    /// The votes at a position, at one bound, in units.
    #[must_use]
    pub fn units(&self, position: usize, side: Side) -> &UBig {
        match (side, &self.greatest) {
            (Side::Greatest, Some(greatest)) => &greatest[position],
            _ => &self.least[position],
        }
    }

    /// Whether the holder at a position has some votes at that bound.
    #[must_use]
    pub fn has_some(&self, position: usize, side: Side) -> bool {
        match side {
            Side::Least => self.some[position],
            Side::Greatest => !self.units(position, side).is_zero() || self.some[position],
        }
    }

    /// Whether `units` are more than `percent` of all votes.
    #[must_use]
    pub fn exceeds(&self, units: &UBig, percent: &RBig) -> bool {
        let limit = UBig::try_from(percent.numerator().clone()).unwrap_or_default();
        units * percent.denominator() > limit * &self.scale
    }

    /// `units` in percent.
    #[must_use]
    pub fn percent(&self, units: &UBig) -> Percent {
        Percent::from(RBig::from_parts(units.clone().into(), self.scale.clone()))
    }

    /// All votes at a bound, in units.
    #[must_use]
    pub fn total(&self, side: Side) -> UBig {
        (0..self.holders.len()).map(|i| self.units(i, side)).fold(UBig::ZERO, |sum, units| sum + units)
    }
}

/// Splits what a principal has into what it keeps and what it passes on by one proxy.
fn pass(had: &Bounds, amount: Option<&Amount>, certain: bool) -> (Bounds, Bounds) {
    let least_passed = |votes: &RBig| match amount {
        Some(amount) => votes.clone().min(amount.least().value().clone()),
        None => votes.clone(),
    };
    let most_passed = |votes: &RBig| match amount.and_then(Amount::greatest) {
        Some(greatest) => votes.clone().min(greatest.value().clone()),
        None => votes.clone(),
    };
    let passes_some = amount.is_none_or(Amount::is_certainly_positive);
    let kept = Bounds {
        least: &had.least - most_passed(&had.least),
        greatest: if certain { &had.greatest - least_passed(&had.greatest) } else { had.greatest.clone() },
        // An unknown stake may go wholly to the agent; what is left for certain is above zero only by its amount.
        some: had.least > most_passed(&had.least),
    };
    let passed = Bounds {
        least: if certain { least_passed(&had.least) } else { RBig::ZERO },
        greatest: most_passed(&had.greatest),
        some: certain && had.some && passes_some,
    };
    (kept, passed)
}
