//! Days, periods, numbers and parties in the fixed form they have in rows. Every pattern of bits reads as something.

use super::party::PartyId;
use super::period::{Bound, Period};
use bytemuck::{Pod, Zeroable};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// A day, its number from the common era in the upper 30 bits, with a tag in the lower two.
fn coded(day: NaiveDate, tag: i32) -> i32 {
    // Chrono's days need 28 bits.
    day.num_days_from_ce() << 2 | tag
}

/// The day of a code; one beyond the calendar is its first or its last.
fn decoded(code: i32) -> NaiveDate {
    let end = if code < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    NaiveDate::from_num_days_from_ce_opt(code >> 2).unwrap_or(end)
}

/// A day or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub struct DayCode(i32);

impl DayCode {
    pub(crate) fn new(day: Option<NaiveDate>) -> Self {
        Self(day.map_or(0, |day| coded(day, 1)))
    }

    pub(crate) fn day(self) -> Option<NaiveDate> {
        (self.0 != 0).then(|| decoded(self.0))
    }
}

/// One end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub struct BoundCode(i32);

impl BoundCode {
    fn new(bound: Bound) -> Self {
        Self(match bound {
            Bound::Open => 0,
            Bound::On(day) => coded(day, 1),
            Bound::Unknown => 2,
            Bound::Near(day) => coded(day, 3),
        })
    }

    fn bound(self) -> Bound {
        match self.0 & 3 {
            0 => Bound::Open,
            1 => Bound::On(decoded(self.0)),
            2 => Bound::Unknown,
            _ => Bound::Near(decoded(self.0)),
        }
    }
}

/// A period, twelve bytes; zeros are all times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct PeriodCode {
    from: BoundCode,
    until: BoundCode,
    agreed: DayCode,
}

impl PeriodCode {
    pub(crate) fn new(period: &Period) -> Self {
        let (from, until) = (BoundCode::new(period.from), BoundCode::new(period.until));
        Self { from, until, agreed: DayCode::new(period.agreed) }
    }

    /// Whether it holds on a day on which it is asked about, where both ends are known. No day is decoded.
    pub(crate) fn holds_on(self, day: NaiveDate) -> Option<bool> {
        // Codes are in the order of their days.
        let code = coded(day, 1);
        let known = |bound: BoundCode| bound.0 == 0 || bound.0 & 3 == 1;
        let begun = self.from.0 == 0 || self.from.0 <= code;
        let lasts = self.until.0 == 0 || self.until.0 >= code;
        (known(self.from) && known(self.until)).then_some(begun && lasts)
    }

    /// Whether the row is in force for certain on every day from one number to another (as `num_days_from_ce` has
    /// them), and began by the first of them. One that does not say so may be for all that.
    #[must_use]
    pub fn covers(self, first: i32, last: i32) -> bool {
        let begun = self.from.0 == 0 || self.from.0 & 3 == 1 && self.from.0 >> 2 <= first;
        let lasts = self.until.0 == 0 || self.until.0 & 3 == 1 && self.until.0 >> 2 >= last;
        begun && lasts
    }

    /// Whether the row is for certain not in force on any day from one number to another. One that does not say so may
    /// be out of force for all that.
    #[must_use]
    pub fn misses(self, first: i32, last: i32) -> bool {
        self.ends_before(first) || self.from.0 & 3 == 1 && self.from.0 >> 2 > last
    }

    /// The day (as `num_days_from_ce` has it) from which on the row is in force for certain and without an end; before
    /// all days where it always is.
    #[must_use]
    pub fn begins_for_good(self) -> Option<i32> {
        match (self.from.0, self.until.0) {
            (0, 0) => Some(i32::MIN),
            (from, 0) if from & 3 == 1 => Some(from >> 2),
            _ => None,
        }
    }

    /// Whether the row is over for certain before a day (as `num_days_from_ce` has it).
    #[must_use]
    pub fn ends_before(self, day: i32) -> bool {
        self.until.0 & 3 == 1 && self.until.0 >> 2 < day
    }

    /// The period.
    #[must_use]
    pub fn period(self) -> Period {
        Period { from: self.from.bound(), until: self.until.bound(), agreed: self.agreed.day() }
    }
}

/// A decimal number or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct NumberCode {
    digits: [u32; 3],
    /// Bit 0: there is a number; bit 1: it is below zero; from bit 8: decimal places.
    flags: u32,
}

impl NumberCode {
    pub(crate) fn new(number: Option<Decimal>) -> Self {
        let Some(number) = number.map(|number| number.unpack()) else { return Self::zeroed() };
        let flags = 1 | u32::from(number.negative) << 1 | number.scale << 8;
        Self { digits: [number.lo, number.mid, number.hi], flags }
    }

    pub(crate) fn number(self) -> Option<Decimal> {
        let [low, middle, high] = self.digits;
        let places = (self.flags >> 8).min(Decimal::MAX_SCALE);
        (self.flags & 1 != 0).then(|| Decimal::from_parts(low, middle, high, self.flags & 2 != 0, places))
    }
}

/// The number of a party in a row.
pub(crate) fn party(id: PartyId) -> u32 {
    u32::try_from(id.index()).unwrap_or(u32::MAX)
}

/// One more than the number of a party, nought for none.
pub(crate) fn party_or_none(id: Option<PartyId>) -> u32 {
    id.map_or(0, |id| party(id).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day() -> impl Strategy<Value = NaiveDate> {
        let (first, last) = (NaiveDate::MIN.num_days_from_ce(), NaiveDate::MAX.num_days_from_ce());
        (first..=last).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
    }

    fn bound() -> impl Strategy<Value = Bound> {
        prop_oneof![Just(Bound::Open), Just(Bound::Unknown), day().prop_map(Bound::On), day().prop_map(Bound::Near)]
    }

    proptest! {
        #[test]
        fn periods_come_back(from in bound(), until in bound(), agreed in proptest::option::of(day())) {
            let period = Period { from, until, agreed };
            prop_assert_eq!(PeriodCode::new(&period).period(), period);
        }

        #[test]
        fn a_day_asked_about_is_seen_without_decoding(from in bound(), until in bound(), day in day()) {
            let period = Period { from, until, agreed: None };
            let has = |span: Option<super::super::Span>| span.is_some_and(|span| span.contains(day));
            let ends = (has(period.certain(day, 12)), has(period.possible(day, 12)));
            match PeriodCode::new(&period).holds_on(day) {
                Some(holds) => prop_assert_eq!(ends, (holds, holds)),
                None => prop_assert!(period.is_uncertain()),
            }
        }

        #[test]
        fn numbers_come_back(mantissa in -(1i128 << 96) + 1..1i128 << 96, places in 0u32..=28) {
            let number = Decimal::from_i128_with_scale(mantissa, places);
            let back = NumberCode::new(Some(number)).number().unwrap();
            prop_assert_eq!((back, back.scale()), (number, places));
        }

        #[test]
        fn every_pattern_of_bits_reads(bits in any::<[u32; 4]>()) {
            let period: PeriodCode = bytemuck::cast([bits[0], bits[1], bits[2]]);
            let _ = period.period();
            let number: NumberCode = bytemuck::cast(bits);
            number.number();
        }
    }

    #[test]
    fn zeros_are_all_times_and_nothing() {
        assert_eq!(PeriodCode::zeroed().period(), Period::ALWAYS);
        assert_eq!((NumberCode::zeroed().number(), DayCode::zeroed().day()), (None, None));
        for day in [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()] {
            assert_eq!(DayCode::new(Some(day)).day(), Some(day));
        }
    }
}
