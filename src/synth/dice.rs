//! Chance: a stream for what is written in order, and numbers by index for what is looked up from elsewhere.
//! Integers only, so that a seed gives the same rows on every machine.

use chrono::NaiveDate;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

/// The day the market is made around, 2022-06-30, in days of the common era.
pub(super) const ASKED: i32 = 738_336;
/// First day of the two years in which ties begin and end.
pub(super) const FIRST: i32 = ASKED - 365;
/// Last day of the two years.
pub(super) const LAST: i32 = ASKED + 365;

/// The date of a day of the common era.
pub(super) fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default()
}

/// A stream of chance.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        scale(self.0.next_u32(), end)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// A day from `first` to `last`, both included.
    pub(super) fn day(&mut self, first: i32, last: i32) -> i32 {
        first.saturating_add_unsigned(self.below((last - first).unsigned_abs() + 1))
    }

    /// True so many times in a thousand.
    pub(super) fn permille(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.below(100) < times
    }

    /// One of these; the first where chance finds none.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u32) as usize).copied()
    }

    /// A number from `least` to `most` by Pareto's law with exponent one.
    pub(super) fn pareto(&mut self, least: u32, most: u32) -> u32 {
        pareto(self.0.next_u32(), least, most)
    }
}

/// `number` of 2³² scaled to `end`.
fn scale(number: u32, end: u32) -> u32 {
    ((u64::from(number) * u64::from(end)) >> 32) as u32
}

/// Pareto's law, cut off at `most`: the reciprocal is even between those of the ends.
fn pareto(number: u32, least: u32, most: u32) -> u32 {
    let (least, most) = (u128::from(least.max(1)), u128::from(most.max(least).max(1)));
    let all = 1u128 << 32;
    let value = least * most * all / (most * all - u128::from(number) * (most - least));
    value as u32
}

/// Numbers by purpose and index, the same whenever they are asked for.
#[derive(Clone, Copy)]
pub(super) struct Keys(u64);

/// What a number by index is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Capital = 1,
    Owner,
    Parent,
    Copy,
    Kind,
    Cross,
    Group,
    Layout,
    Name,
    Identifier,
    Listed,
}

impl Keys {
    pub(super) fn new(seed: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(1);
        Self(stream.next_u64())
    }

    /// A number of 64 bits.
    pub(super) fn at(self, purpose: Purpose, index: u32) -> u64 {
        let mixed = (u64::from(index) << 8 | purpose as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ self.0;
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(super) fn below(self, purpose: Purpose, index: u32, end: u32) -> u32 {
        scale((self.at(purpose, index) >> 32) as u32, end)
    }

    /// A number from `least` to `most` by Pareto's law.
    pub(super) fn pareto(self, purpose: Purpose, index: u32, least: u32, most: u32) -> u32 {
        pareto((self.at(purpose, index) >> 32) as u32, least, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_asked() {
        assert_eq!(date(ASKED).to_string(), "2022-06-30");
    }

    #[test]
    fn pareto_stays_between_its_ends() {
        assert_eq!(pareto(0, 10, 3000), 10);
        assert!(pareto(u32::MAX, 10, 3000) >= 2999 - 10 && pareto(u32::MAX, 10, 3000) <= 3000);
        assert_eq!(pareto(1 << 31, 10, 3000), 19);
        assert_eq!(pareto(7, 5, 5), 5);
    }

    #[test]
    fn chance_is_the_same_everywhere() {
        let mut dice = Dice::new(7);
        let drawn: Vec<u32> = (0..4).map(|_| dice.below(1000)).collect();
        let mut again = Dice::new(7);
        assert_eq!(drawn, (0..4).map(|_| again.below(1000)).collect::<Vec<_>>());
        assert_ne!(Keys::new(1).at(Purpose::Name, 1), Keys::new(2).at(Purpose::Name, 1));
    }
}
