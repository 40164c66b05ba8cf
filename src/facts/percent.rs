//! Exact shares in percent, and amounts that may be known only within bounds.

use dashu_base::Sign;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An exact share in percent: `42.86` is 42.86 %. Never binary floating point; one third of 15 is exactly 5.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Percent(RBig);

/// Why a text is no percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a decimal number nor a fraction")]
pub struct ParsePercentError(pub String);

impl Percent {
    /// Nothing.
    pub const ZERO: Self = Self(RBig::ZERO);

    /// The whole, 100 %.
    #[must_use]
    pub fn hundred() -> Self {
        Self(RBig::from(100))
    }

    /// `shares` out of `total`, exactly. `None` where `total` is not above zero.
    #[must_use]
    pub fn of_shares(shares: Decimal, total: Decimal) -> Option<Self> {
        (total > Decimal::ZERO).then(|| Self(rational(shares) * RBig::from(100) / rational(total)))
    }

    /// The exact value, in percent.
    #[must_use]
    pub fn value(&self) -> &RBig {
        &self.0
    }

    /// The exact value as a fraction of the whole (50 % is one half).
    #[must_use]
    pub fn fraction(&self) -> RBig {
        &self.0 / RBig::from(100)
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.0 > RBig::ZERO
    }

    /// `self − other`, or zero where that would be negative.
    #[must_use]
    pub fn saturating_sub(&self, other: &Self) -> Self {
        if self.0 > other.0 { Self(&self.0 - &other.0) } else { Self::ZERO }
    }

    /// The decimal text where the value has one (`4.8`, never `4.80`), else numerator and denominator (`100/3`).
    #[must_use]
    pub fn exact(&self) -> String {
        decimal_text(&self.0).unwrap_or_else(|| format!("{}/{}", self.0.numerator(), self.0.denominator()))
    }

    /// The value for a reader: exact with at most six decimal places, else rounded half up to six and marked `≈`.
    #[must_use]
    pub fn display(&self) -> String {
        const PLACES: usize = 6;
        if let Some(text) = decimal_text(&self.0)
            && text.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= PLACES)
        {
            return text;
        }
        let scaled = &self.0 * RBig::from(IBig::from(10).pow(PLACES)) + RBig::from_parts(IBig::ONE, UBig::from(2u8));
        let rounded = RBig::from_parts(scaled.floor(), UBig::from(10u8).pow(PLACES));
        format!("≈{}", decimal_text(&rounded).unwrap_or_default())
    }
}

/// The exact rational value of a decimal.
pub(super) fn rational(value: Decimal) -> RBig {
    RBig::from_parts(IBig::from(value.mantissa()), UBig::from(10u8).pow(value.scale() as usize))
}

/// The finite decimal expansion, if there is one.
pub(super) fn decimal_text(value: &RBig) -> Option<String> {
    let mut rest = value.denominator().clone();
    let mut places = (0usize, 0usize);
    let (two, five) = (UBig::from(2u8), UBig::from(5u8));
    while (&rest % &two).is_zero() && !rest.is_zero() {
        rest /= &two;
        places.0 += 1;
    }
    while (&rest % &five).is_zero() && !rest.is_zero() {
        rest /= &five;
        places.1 += 1;
    }
    let places = places.0.max(places.1);
    if rest != UBig::ONE || places > 40 {
        return None;
    }
    let scaled = value * RBig::from(IBig::from(10).pow(places));
    let (sign, magnitude) = scaled.numerator().clone().into_parts();
    let digits = format!("{magnitude:0>width$}", magnitude = magnitude.to_string(), width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    let minus = if sign == Sign::Negative { "-" } else { "" };
    Some(if decimals.is_empty() { format!("{minus}{whole}") } else { format!("{minus}{whole}.{decimals}") })
}

impl From<RBig> for Percent {
    fn from(value: RBig) -> Self {
        Self(value)
    }
}

impl From<Decimal> for Percent {
    fn from(value: Decimal) -> Self {
        Self(rational(value))
    }
}

impl From<u32> for Percent {
    fn from(value: u32) -> Self {
        Self(RBig::from(value))
    }
}

/// The exact value of a plain decimal of any length.
fn exact_decimal(text: &str) -> Option<RBig> {
    let (minus, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || digits.ends_with('.') || !all(whole) || !all(places) {
        return None;
    }
    let value = RBig::from_parts(IBig::from_str(&format!("{whole}{places}")).ok()?, UBig::from(10u8).pow(places.len()));
    Some(if minus { -value } else { value })
}

impl FromStr for Percent {
    type Err = ParsePercentError;

    /// Reads a plain decimal (`42.86`) or an exact fraction, with as many digits as [`Percent::exact`] writes (`100/3`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParsePercentError(text.to_owned());
        match text.split_once('/') {
            None => exact_decimal(text).map(Self).ok_or_else(error),
            Some((numerator, denominator)) => {
                let numerator = IBig::from_str(numerator).map_err(|_| error())?;
                let denominator = UBig::from_str(denominator).map_err(|_| error())?;
                if denominator.is_zero() {
                    return Err(error());
                }
                Ok(Self(RBig::from_parts(numerator, denominator)))
            }
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact())
    }
}

impl<'a> std::iter::Sum<&'a Percent> for Percent {
    fn sum<I: Iterator<Item = &'a Percent>>(iter: I) -> Self {
        Self(iter.fold(RBig::ZERO, |sum, percent| sum + &percent.0))
    }
}

impl std::iter::Sum for Percent {
    fn sum<I: Iterator<Item = Percent>>(iter: I) -> Self {
        Self(iter.fold(RBig::ZERO, |sum, percent| sum + percent.0))
    }
}

impl std::ops::Add<&Percent> for Percent {
    type Output = Percent;
    fn add(self, other: &Percent) -> Percent {
        Percent(self.0 + &other.0)
    }
}

/// A share as the dataset states it: exact, within a closed range, or "held, amount unknown".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Exactly this much.
    Exact(Percent),
    /// At least the first and at most the second, both ends possible.
    Range(Percent, Percent),
    /// Anything above zero, up to what the known holders leave of 100 %.
    Unknown,
}

impl Amount {
    /// The least it can be (zero for an unknown amount, which is nevertheless above zero).
    #[must_use]
    pub fn least(&self) -> &Percent {
        const ZERO: &Percent = &Percent::ZERO;
        match self {
            Self::Exact(value) | Self::Range(value, _) => value,
            Self::Unknown => ZERO,
        }
    }

    /// The greatest it can be; `None` for an unknown amount.
    #[must_use]
    pub fn greatest(&self) -> Option<&Percent> {
        match self {
            Self::Exact(value) | Self::Range(_, value) => Some(value),
            Self::Unknown => None,
        }
    }

    /// Whether something is held for certain, however little.
    #[must_use]
    pub fn is_certainly_positive(&self) -> bool {
        matches!(self, Self::Unknown) || self.least().is_positive()
    }

    /// Whether the dataset leaves the amount open.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        !matches!(self, Self::Exact(_))
    }
}
