//! Who holds how much of a company's capital on a day, at the least and at the greatest.

use super::votes::leftover;
use super::{Lens, Network, Node, Side, Tie};
use crate::facts::Percent;
use dashu_ratio::RBig;
use std::collections::BTreeMap;

/// One holder's share of the capital, all its rows in force together, in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stake {
    /// The least it can be.
    pub least: RBig,
    /// The greatest it can be.
    pub greatest: RBig,
    /// Whether it is above zero for certain, however little.
    pub some: bool,
    /// Positions of the rows of `holdings` in force for certain.
    pub certain_rows: Vec<u32>,
    /// Positions of those that may be in force.
    pub possible_rows: Vec<u32>,
}

impl Stake {
    /// The share at a bound.
    #[must_use]
    pub fn at(&self, side: Side) -> &RBig {
        match side {
            Side::Least => &self.least,
            Side::Greatest => &self.greatest,
        }
    }

    /// The rows that count at a bound.
    #[must_use]
    pub fn rows(&self, side: Side) -> &[u32] {
        match side {
            Side::Least => &self.certain_rows,
            Side::Greatest => &self.possible_rows,
        }
    }

    /// Whether there is anything at a bound.
    #[must_use]
    pub fn has_some(&self, side: Side) -> bool {
        self.some || (side == Side::Greatest && self.greatest > RBig::ZERO)
    }
}

/// The capital of one company by holder.
#[derive(Debug, Clone, Default)]
pub struct Capital {
    stakes: BTreeMap<Node, Stake>,
}

impl Capital {
    /// All holders, ascending.
    pub fn holders(&self) -> impl Iterator<Item = (Node, &Stake)> {
        self.stakes.iter().map(|(holder, stake)| (*holder, stake))
    }

    /// The share of one holder.
    #[must_use]
    pub fn of(&self, holder: Node) -> Option<&Stake> {
        self.stakes.get(&holder)
    }

    /// Whether a party holds anything at a bound.
    #[must_use]
    pub fn has_some(&self, holder: Node, side: Side) -> bool {
        self.of(holder).is_some_and(|stake| stake.has_some(side))
    }
}

impl Capital {
    /// Adds up the rows in force. O(rows about the company).
    pub(super) fn new(network: &Network, lens: &Lens, company: Node) -> Self {
        let facts = network.facts();
        let mut capital = Self::default();
        let mut rest: Option<Percent> = None;
        for (holder, tie) in network.into(company) {
            let Tie::Holding(i) = tie else { continue };
            let row = facts.holdings().row(i as usize);
            if !lens.possible(&row.period) {
                continue;
            }
            let stake = capital.stakes.entry(holder).or_default();
            if lens.certain(&row.period) {
                stake.least += row.percent.least().value();
                stake.some |= row.percent.is_certainly_positive();
                stake.certain_rows.push(i);
            }
            stake.greatest += match row.percent.greatest() {
                Some(greatest) => greatest.value(),
                None => rest.get_or_insert_with(|| leftover(network, lens, company)).value(),
            };
            stake.possible_rows.push(i);
        }
        for stake in capital.stakes.values_mut() {
            stake.certain_rows.sort_unstable();
            stake.possible_rows.sort_unstable();
        }
        capital
    }
}
