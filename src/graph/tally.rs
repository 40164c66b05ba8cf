//! Adding up units that count on some days and not on others, and the days on which the sum is enough.

use super::ballot::plain_scale;
use super::{Days, Window};
use crate::facts::Percent;
use dashu_int::UBig;
use dashu_ratio::RBig;

/// Units that count on some days: exact integers, of which a known number make one percent.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// What counts on every day of the window.
    steady: UBig,
    /// The rest, which most have none of.
    varying: Option<Box<Varying>>,
}

/// What counts on some days only.
#[derive(Debug, Clone, Default)]
struct Varying {
    rows: Vec<(Days, UBig)>,
    /// Everything at once.
    most: UBig,
}

/// The largest whole number of units that is not more than `percent`; `scale` units make one percent.
pub(super) fn limit(scale: &UBig, percent: &RBig) -> UBig {
    let numerator = UBig::try_from(percent.numerator().clone()).unwrap_or_default();
    numerator * scale / percent.denominator()
}

/// The same of plain decimals, in their units.
pub(super) fn plain_units(percent: &Percent) -> u64 {
    u64::try_from(limit(&plain_scale(), percent.value())).unwrap_or(u64::MAX)
}

/// The smallest whole number of units that is at least `percent`.
pub(super) fn least(scale: &UBig, percent: &RBig) -> UBig {
    let numerator = UBig::try_from(percent.numerator().clone()).unwrap_or_default();
    (numerator * scale + percent.denominator() - UBig::ONE) / percent.denominator()
}

impl Tally {
    /// Counts some units on these days.
    pub(super) fn add(&mut self, days: Days, units: &UBig) {
        if units.is_zero() {
            return;
        }
        match days {
            Days::None => {}
            Days::All => self.steady += units,
            days @ Days::Some(_) => {
                let varying = self.varying.get_or_insert_default();
                varying.most += units;
                varying.rows.push((days, units.clone()));
            }
        }
    }

    /// Counts all that another counts.
    pub(super) fn add_all(&mut self, more: &Self) {
        self.steady += &more.steady;
        for (days, units) in more.varying() {
            self.add(days.clone(), units);
        }
    }

    fn varying(&self) -> &[(Days, UBig)] {
        self.varying.as_ref().map_or(&[], |varying| &varying.rows)
    }

    /// The most there can be on any day: everything at once.
    pub(super) fn most(&self) -> UBig {
        self.varying.as_ref().map_or_else(|| self.steady.clone(), |varying| &self.steady + &varying.most)
    }

    /// The days on which there are more than `limit` units. O(v log v) in the number of units that vary.
    pub(super) fn above(&self, limit: &UBig, window: &Window) -> Days {
        if self.steady > *limit {
            return Days::All;
        }
        if self.varying.is_none() || self.most() <= *limit {
            return Days::None;
        }
        if let [(days, _)] = self.varying() {
            return days.clone();
        }
        // Where on the way through the window units begin (true) and cease (false) to count.
        let mut turns: Vec<(usize, bool, &UBig)> = Vec::new();
        for (days, units) in self.varying() {
            for (first, last) in days.runs(window) {
                turns.push((first, true, units));
                turns.push((last + 1, false, units));
            }
        }
        turns.sort_unstable_by_key(|(at, begins, _)| (*at, !*begins));
        let (mut sum, mut ceased) = (self.steady.clone(), UBig::ZERO);
        let (mut days, mut since) = (Days::None, None);
        let mut next = 0;
        while let Some((at, _, _)) = turns.get(next) {
            let at = *at;
            while let Some((_, begins, units)) = turns.get(next).filter(|turn| turn.0 == at) {
                if *begins {
                    sum += *units;
                } else {
                    ceased += *units;
                }
                next += 1;
            }
            match (sum > limit + &ceased, since) {
                (true, None) => since = Some(at),
                (false, Some(first)) => {
                    days.add(&window.between(first, at - 1));
                    since = None;
                }
                _ => {}
            }
        }
        days
    }

    /// The days on which there are at least `least` units.
    pub(super) fn reaching(&self, least: &UBig, window: &Window) -> Days {
        if least.is_zero() { Days::All } else { self.above(&(least - UBig::ONE), window) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Span;
    use chrono::NaiveDate;

    /// Both sides of the limit, on every day, against adding up day by day.
    #[test]
    fn the_days_above_a_limit_are_those_of_adding_up_day_by_day() {
        let day = |d| NaiveDate::from_ymd_opt(2022, 1, d).unwrap_or_default();
        let window = Window::new(Span { first: day(1), last: day(20) });
        let spans = [(1, 20, 3u32), (1, 5, 2), (4, 9, 1), (6, 20, 2), (10, 10, 4), (20, 20, 5)];
        let mut tally = Tally::default();
        for (first, last, units) in spans {
            tally.add(window.days(Span { first: day(first), last: day(last) }), &UBig::from(units));
        }
        for limit in 0..20u32 {
            let days = tally.above(&UBig::from(limit), &window);
            for d in 1..=20 {
                let sum: u32 = spans.iter().filter(|(f, l, _)| (*f..=*l).contains(&d)).map(|(_, _, units)| units).sum();
                assert_eq!(days.contains(d as usize - 1), sum > limit, "day {d}, limit {limit}");
                let reached = tally.reaching(&UBig::from(limit), &window).contains(d as usize - 1);
                assert_eq!(reached, sum >= limit, "day {d}, limit {limit}");
            }
        }
    }
}
