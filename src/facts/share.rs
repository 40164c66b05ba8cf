//! Amounts in eight bytes each: decimal shares as whole numbers, all others as texts beside them.

use super::Columns;
use super::append::Shift;
use super::heap::{Heap, TextRef};
use super::percent::{Amount, Percent};
use super::recent::Recent;
use crate::store::Column;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// A share as the tables keep it, to be counted with without making a number of any size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Share {
    /// Exactly so many hundred-millionths of a percent ([`Share::PERCENT`] of them are one percent).
    Units(u64),
    /// A fraction that is no such decimal, a range, or an unknown amount: see [`super::Facts::amount`].
    Other(u32),
}

impl Share {
    /// Units that make one percent.
    pub const PERCENT: u64 = 100_000_000;
    /// Units that make the whole.
    pub const WHOLE: u64 = 100 * Self::PERCENT;
    /// More units do not fit beside the tag.
    const MOST: u64 = (1 << TAG) - 1;

    /// The units, if it is exactly so many.
    #[must_use]
    pub fn units(self) -> Option<u64> {
        match self {
            Self::Units(units) => Some(units),
            Self::Other(_) => None,
        }
    }

    /// The units that are exactly this percentage, if there are such.
    #[must_use]
    pub fn of(percent: &Percent) -> Option<Self> {
        let denominator = u64::try_from(percent.value().denominator()).ok()?;
        let numerator = u64::try_from(percent.value().numerator()).ok()?;
        // The fraction is in lowest terms.
        let each = Self::PERCENT.checked_div(denominator)?;
        let units = numerator.checked_mul(each)?;
        (each * denominator == Self::PERCENT && units <= Self::MOST).then_some(Self::Units(units))
    }

    /// The percentage that so many units are.
    #[must_use]
    pub fn percent(units: u64) -> Percent {
        Percent::from(RBig::from_parts(IBig::from(units), UBig::from(Self::PERCENT)))
    }

    fn code(self) -> u64 {
        match self {
            Self::Units(units) => 1 << TAG | units,
            Self::Other(index) => 2 << TAG | u64::from(index),
        }
    }

    /// Every code says something: none is no amount.
    fn from_code(code: u64) -> Option<Self> {
        let value = code & Self::MOST;
        match code >> TAG {
            0 => None,
            1 => Some(Self::Units(value)),
            _ => Some(Self::Other(u32::try_from(value).unwrap_or(u32::MAX))),
        }
    }
}

/// The code of a share after its texts were put at the end of others, so many.
pub(crate) fn moved(code: u64, by: usize) -> u64 {
    match Share::from_code(code) {
        Some(Share::Other(index)) => Share::Other(u32::try_from(index as usize + by).unwrap_or(u32::MAX)).code(),
        _ => code,
    }
}

/// Where the tag begins in the code of a share.
const TAG: u32 = 62;
/// Amounts kept in mind while facts are being read in.
const RECENT: usize = 1 << 10;

/// The amounts that do not stand in the rows themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Amounts {
    /// Codes of amounts that few rows have, such as votes that differ from the capital.
    pub(crate) codes: Column<u64>,
    /// Texts of amounts that are no units.
    pub(crate) others: Column<TextRef>,
    recent_codes: Recent<u32>,
    recent_others: Recent<u32>,
    /// Codes and others that stood before these and were handed over.
    gone: [usize; 2],
}

impl Amounts {
    /// Hands the columns over.
    pub(crate) fn hand_over(&mut self, columns: &mut impl Columns) {
        self.gone = [self.gone[0] + self.codes.len(), self.gone[1] + self.others.len()];
        columns.visit("amounts.codes", &mut self.codes);
        columns.visit("amounts.others", &mut self.others);
        self.codes.as_vec_mut().clear();
        self.others.as_vec_mut().clear();
        // A zero is the value of what is not there; nothing kept before may stand for it.
        (self.recent_codes, self.recent_others) = (Recent::default(), Recent::default());
    }

    /// Puts all amounts of a piece at the end.
    pub(crate) fn append(&mut self, more: &Self, shift: Shift) {
        self.codes.extend(more.codes.iter().map(|code| shift.amount(code)));
        self.others.extend(more.others.iter().map(|text| shift.text(text)));
    }

    /// The code of an amount, for a row.
    pub(crate) fn code(&mut self, amount: &Amount, heap: &mut Heap) -> u64 {
        if let Amount::Exact(percent) = amount
            && let Some(share) = Share::of(percent)
        {
            return share.code();
        }
        let text = heap.intern(&text(amount));
        Share::Other(keep(&mut self.others, &mut self.recent_others, self.gone[1], text)).code()
    }

    /// One more than the position of an amount's code beside the rows; nought for none.
    pub(crate) fn aside(&mut self, amount: Option<&Amount>, heap: &mut Heap) -> u32 {
        let Some(amount) = amount else { return 0 };
        let code = self.code(amount, heap);
        keep(&mut self.codes, &mut self.recent_codes, self.gone[0], code).saturating_add(1)
    }

    /// The share in a row.
    pub(crate) fn share(code: u64) -> Share {
        Share::from_code(code).unwrap_or(Share::Units(0))
    }

    /// The share beside the rows.
    pub(crate) fn share_aside(&self, reference: u32) -> Option<Share> {
        reference.checked_sub(1).and_then(|at| Share::from_code(self.codes.at(at as usize)))
    }

    /// Whether a share is known only within bounds.
    pub(crate) fn is_uncertain(&self, share: Share, heap: &Heap) -> bool {
        matches!(share, Share::Other(_)) && self.amount(share, heap).is_uncertain()
    }

    /// The amount; unknown where damage has left nothing to read.
    pub(crate) fn amount(&self, share: Share, heap: &Heap) -> Amount {
        let index = match share {
            Share::Units(units) => return Amount::Exact(Share::percent(units)),
            Share::Other(index) => index,
        };
        let text = heap.text(self.others.at(index as usize));
        let amount = match text.split_once(BETWEEN) {
            Some((low, high)) => low.parse().and_then(|low| Ok(Amount::Range(low, high.parse()?))),
            None => text.parse().map(Amount::Exact),
        };
        amount.unwrap_or(Amount::Unknown)
    }
}

const BETWEEN: &str = "..";

/// What an amount is, exactly: numerator and denominator, as a decimal may have more digits than a reader takes.
fn text(amount: &Amount) -> String {
    let exact = |percent: &Percent| format!("{}/{}", percent.value().numerator(), percent.value().denominator());
    match amount {
        Amount::Exact(percent) => exact(percent),
        Amount::Range(low, high) => format!("{}{BETWEEN}{}", exact(low), exact(high)),
        Amount::Unknown => "?".to_owned(),
    }
}

/// The position of a value, which is appended unless it was not long ago.
fn keep(column: &mut Column<u64>, recent: &mut Recent<u32>, gone: usize, value: u64) -> u32 {
    let hash = value.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    if let Some(known) = recent.get(hash).filter(|known| column.at((*known as usize).wrapping_sub(gone)) == value) {
        return known;
    }
    let new = u32::try_from(gone + column.len()).unwrap_or(u32::MAX);
    column.push(value);
    recent.keep(hash, new, RECENT);
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(amount: &Amount) -> (Share, Amount) {
        let (mut amounts, mut heap) = (Amounts::default(), Heap::default());
        let share = Amounts::share(amounts.code(amount, &mut heap));
        let aside = amounts.aside(Some(amount), &mut heap);
        assert_eq!(amounts.share_aside(aside), Some(share));
        assert_eq!(amounts.is_uncertain(share, &heap), amount.is_uncertain());
        (share, amounts.amount(share, &heap))
    }

    fn percent(text: &str) -> Percent {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_of_eight_places_are_units() {
        let units = |text: &str| back(&Amount::Exact(percent(text))).0.units();
        assert_eq!(units("100"), Some(Share::WHOLE));
        assert_eq!(units("0"), Some(0));
        assert_eq!(units("42.86"), Some(4_286_000_000));
        assert_eq!(units("0.00000001"), Some(1));
        assert_eq!(units("0.000000001"), None);
        assert_eq!(units("1/3"), None);
    }

    #[test]
    fn what_is_no_unit_comes_back_exactly() {
        let tiny = Percent::from(RBig::from_parts(IBig::from(7), UBig::from(10u8).pow(35)));
        for amount in [
            Amount::Unknown,
            Amount::Range(percent("25"), percent("30")),
            Amount::Range(percent("1/3"), tiny.clone()),
            Amount::Exact(tiny),
            Amount::Exact(percent("-3")),
            Amount::Exact(percent("46116860185")),
            Amount::Exact(percent("46116860184270")),
        ] {
            assert_eq!(back(&amount).1, amount);
        }
    }

    #[test]
    fn nothing_is_nothing_and_damage_is_unknown() {
        let (amounts, heap) = (Amounts::default(), Heap::default());
        assert_eq!(amounts.share_aside(0), None);
        assert_eq!(amounts.share_aside(9), None);
        assert_eq!(Amounts::share(0), Share::Units(0));
        assert_eq!(amounts.amount(Amounts::share(u64::MAX), &heap), Amount::Unknown);
    }

    proptest! {
        #[test]
        fn every_fraction_comes_back(numerator in any::<u64>(), denominator in 1..=u64::MAX) {
            let amount = Amount::Exact(RBig::from_parts(numerator.into(), denominator.into()).into());
            prop_assert_eq!(back(&amount).1, amount);
        }

        #[test]
        fn every_number_of_units_comes_back(units in 0..=Share::WHOLE) {
            let (share, amount) = back(&Amount::Exact(Share::percent(units)));
            prop_assert_eq!((share, amount), (Share::Units(units), Amount::Exact(Share::percent(units))));
        }
    }
}
