//! Counting with what is known only within bounds. Exact, like all percentages.

use super::Range;
use crate::facts::{Amount, Percent};
use dashu_ratio::RBig;

impl Range {
    /// Nothing, for certain.
    pub const ZERO: Self = Self { least: Percent::ZERO, greatest: Percent::ZERO };

    /// What a cell says; an unknown amount is anything up to the whole.
    pub(super) fn of(amount: &Amount) -> Self {
        let greatest = amount.greatest().cloned().unwrap_or_else(Percent::hundred);
        Self { least: amount.least().clone(), greatest }
    }

    /// Whether it is known exactly.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.least == self.greatest
    }

    /// The sum.
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self { least: self.least.clone() + &other.least, greatest: self.greatest.clone() + &other.greatest }
    }

    /// The other way round: sold instead of bought.
    pub(super) fn negated(&self) -> Self {
        let minus = |percent: &Percent| Percent::from(-percent.value().clone());
        Self { least: minus(&self.greatest), greatest: minus(&self.least) }
    }

    /// The difference, whatever either of them is within its bounds.
    pub(super) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// The same, or any part of it down to nothing.
    pub(super) fn or_less(self) -> Self {
        Self { least: self.least.min(Percent::ZERO), greatest: self.greatest.max(Percent::ZERO) }
    }

    /// The part that lies within 100 % either way.
    pub(super) fn within_whole(self) -> Self {
        let (low, high) = (Percent::from(RBig::from(-100)), Percent::hundred());
        Self { least: self.least.max(low), greatest: self.greatest.min(high) }
    }
}

impl<'a> std::iter::Sum<&'a Range> for Range {
    fn sum<I: Iterator<Item = &'a Range>>(ranges: I) -> Self {
        ranges.fold(Self::ZERO, |sum, range| sum.plus(range))
    }
}

impl std::iter::Sum for Range {
    fn sum<I: Iterator<Item = Range>>(ranges: I) -> Self {
        ranges.fold(Self::ZERO, |sum, range| sum.plus(&range))
    }
}
