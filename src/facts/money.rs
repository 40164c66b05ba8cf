//! Exact amounts of money.

use super::percent::{decimal_text, rational};
use dashu_ratio::RBig;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

/// An exact amount in yuan. Never binary floating point, never rounded, however many amounts are added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yuan(RBig);

impl Yuan {
    /// Nothing.
    pub const ZERO: Self = Self(RBig::ZERO);

    /// The exact value.
    #[must_use]
    pub fn value(&self) -> &RBig {
        &self.0
    }

    /// So many times the amount.
    #[must_use]
    pub fn times(&self, factor: Decimal) -> Self {
        Self(&self.0 * rational(factor))
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.0 < RBig::ZERO { Self(-self.0.clone()) } else { self.clone() }
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.0 > RBig::ZERO
    }

    /// Whether it is at least so many percent of `whole`. Exact; of nothing, any amount is.
    #[must_use]
    pub fn is_at_least(&self, percent: &super::Percent, whole: &Self) -> bool {
        self.0 >= percent.fraction() * &whole.0
    }

    /// So many percent of the amount.
    #[must_use]
    pub fn part(&self, percent: &super::Percent) -> Self {
        Self(percent.fraction() * &self.0)
    }

    /// How many percent of `whole` it is; `None` of nothing.
    #[must_use]
    pub fn percent_of(&self, whole: &Self) -> Option<super::Percent> {
        whole.is_positive().then(|| super::Percent::from(&self.0 * RBig::from(100) / &whole.0))
    }

    /// The decimal text: `1250000.5`, never `1250000.50`. (Every sum and product of decimals has one.)
    #[must_use]
    pub fn exact(&self) -> String {
        decimal_text(&self.0).unwrap_or_else(|| format!("{}/{}", self.0.numerator(), self.0.denominator()))
    }

    /// The same for a reader, with separators of thousands: `1,250,000.5`.
    #[must_use]
    pub fn display(&self) -> String {
        let text = self.exact();
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, rest) = text.find(['.', '/']).map_or((text, ""), |at| text.split_at(at));
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{sign}{grouped}{rest}")
    }
}

impl From<Decimal> for Yuan {
    fn from(value: Decimal) -> Self {
        Self(rational(value))
    }
}

impl Add for Yuan {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign<&Yuan> for Yuan {
    fn add_assign(&mut self, other: &Self) {
        self.0 = &self.0 + &other.0;
    }
}

impl Sub<&Yuan> for &Yuan {
    type Output = Yuan;

    fn sub(self, other: &Yuan) -> Yuan {
        Yuan(&self.0 - &other.0)
    }
}

impl Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, |sum, amount| sum + amount)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display())
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact())
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let percent: super::Percent = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Self(percent.value().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Yuan {
        Yuan::from(Decimal::from_str_exact(text).unwrap())
    }

    #[test]
    fn sums_are_exact_beyond_what_a_decimal_holds() {
        let large = yuan("79228162514264337593543950335");
        assert_eq!((large.clone() + yuan("0.01")).exact(), "79228162514264337593543950335.01");
        assert_eq!((large.clone() + large).exact(), "158456325028528675187087900670");
    }

    #[test]
    fn an_answer_is_read_back_however_many_digits_it_has() {
        let large = yuan("79228162514264337593543950335");
        for amount in [large.clone() + yuan("0.01"), large.clone() + large, yuan("-0.5"), Yuan::ZERO] {
            let text = serde_json::to_string(&amount).unwrap();
            assert_eq!(serde_json::from_str::<Yuan>(&text).unwrap(), amount, "{text}");
        }
        for text in ["1/0", "", "-", ".5", "5.", "1e3", "+1", "1_0", "1-1"] {
            assert!(serde_json::from_str::<Yuan>(&format!("\"{text}\"")).is_err(), "{text}");
        }
    }

    #[test]
    fn a_rate_multiplies_exactly() {
        assert_eq!(yuan("1000000.01").times(Decimal::from_str_exact("6.3757").unwrap()).exact(), "6375700.063757");
    }

    #[test]
    fn shown_with_separators() {
        for (text, shown) in [("0", "0"), ("999", "999"), ("-1250000.50", "-1,250,000.5"), ("30000000", "30,000,000")] {
            assert_eq!(yuan(text).display(), shown);
        }
    }

    #[test]
    fn a_share_of_the_whole_has_two_sides() {
        let half: super::super::Percent = "0.5".parse().unwrap();
        let whole = yuan("600000000");
        assert!(yuan("3000000").is_at_least(&half, &whole));
        assert!(!yuan("2999999.99").is_at_least(&half, &whole));
    }
}
