//! Single cells: texts to days, numbers and shares. Nothing here knows of rows or findings.

use crate::facts::{Amount, Bound, Percent};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// `YYYY-MM-DD`, and nothing else.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(i, byte)| if i == 4 || i == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    if !shaped {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(part(0..4)?).ok()?, part(5..7)?, part(8..10)?)
}

/// What day a text of another form may mean: `2022/1/5`, `2022年1月5日`, `20220105`.
pub(crate) fn day_meant(text: &str) -> Option<NaiveDate> {
    if text.len() > 64 {
        return None;
    }
    let plain: String = text.nfkc().collect();
    let mut numbers: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if let [whole] = numbers.as_slice()
        && whole.len() == 8
    {
        numbers = vec![whole.get(0..4)?, whole.get(4..6)?, whole.get(6..8)?];
    }
    match numbers.as_slice() {
        // A spreadsheet's midnight may follow.
        [year, month, day, rest @ ..] if year.len() == 4 && rest.iter().all(|part| part.bytes().all(|b| b == b'0')) => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}

/// A first or last day: empty, `?`, a day, or a day followed by `?`.
pub(crate) fn bound(text: &str) -> Option<Bound> {
    match text {
        "" => Some(Bound::Open),
        "?" => Some(Bound::Unknown),
        _ => match text.strip_suffix('?') {
            Some(near) => day(near).map(Bound::Near),
            None => day(text).map(Bound::On),
        },
    }
}

/// A plain decimal of at most 28 digits: no sign but a minus, no separators, no exponent.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

/// What plain number a text of another form may mean: `42.86%`, `1,000`, `１２`.
pub(crate) fn number_meant(text: &str) -> Option<String> {
    if text.len() > 64 {
        return None;
    }
    let plain: String =
        text.nfkc().filter(|c| !matches!(c, '%' | ',' | '，' | '_' | '¥' | '元' | '股' | ' ' | '+')).collect();
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
    let plain = plain.strip_suffix('.').unwrap_or(&plain);
    number(plain).map(|_| plain.to_owned())
}

/// Why a text is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShareFault {
    /// It is no number, no range and no fraction.
    Unreadable,
    /// It lies outside 0 to 100.
    OutOfBounds,
    /// The range begins above its end.
    Reversed,
}

/// A share in percent: a decimal, a range of decimals, or an exact fraction such as `100/3`.
pub(crate) fn share(text: &str) -> Result<Amount, ShareFault> {
    match text.split_once('-') {
        Some((low, high)) if !low.is_empty() => {
            let (low, high) = (percent(low.trim())?, percent(high.trim())?);
            match low.cmp(&high) {
                std::cmp::Ordering::Less => Ok(Amount::Range(low, high)),
                std::cmp::Ordering::Equal => Ok(Amount::Exact(low)),
                std::cmp::Ordering::Greater => Err(ShareFault::Reversed),
            }
        }
        _ => percent(text).map(Amount::Exact),
    }
}

fn percent(text: &str) -> Result<Percent, ShareFault> {
    let digits = |part: &str| (1..=60).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let value = match text.split_once('/') {
        Some((over, under)) if digits(over) && digits(under) => {
            Percent::from_str(text).map_err(|_| ShareFault::Unreadable)?
        }
        Some(_) => return Err(ShareFault::Unreadable),
        None => number(text).map(Percent::from).ok_or(ShareFault::Unreadable)?,
    };
    if (Percent::ZERO..=Percent::hundred()).contains(&value) { Ok(value) } else { Err(ShareFault::OutOfBounds) }
}

/// How many decimals a plain decimal is written with.
pub(crate) fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_strictly() {
        assert!(day("2022-02-28").is_some());
        for text in ["2022-02-30", "2022-2-28", "2022/02/28", "", "２０２２-02-28", "+022-02-28", "20220228"] {
            assert_eq!(day(text), None, "{text}");
        }
        for text in ["2022/2/8", "2022年2月8日", "20220208", "2022.02.08", "2022-02-08 00:00:00"] {
            assert_eq!(day_meant(text), day("2022-02-08"), "{text}");
        }
        assert_eq!(day_meant("8/2/2022"), None);
    }

    #[test]
    fn numbers_are_plain_decimals() {
        assert_eq!(number("5.00"), number("5"));
        for text in
            ["5.", ".5", "+5", "1_000", "1,000", "5%", "1e3", "--5", "", "-", "99999999999999999999999999999999"]
        {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number_meant("1,234.5%").as_deref(), Some("1234.5"));
        assert_eq!(number_meant("４２").as_deref(), Some("42"));
        assert_eq!(number_meant("三成"), None);
    }

    #[test]
    fn shares_are_decimals_ranges_or_fractions() {
        assert_eq!(share("25-25.0"), share("25"));
        assert!(matches!(share("0-100"), Ok(Amount::Range(..))));
        assert_eq!(share("50-25"), Err(ShareFault::Reversed));
        assert_eq!(share("-5"), Err(ShareFault::OutOfBounds));
        assert_eq!(share("100.0001"), Err(ShareFault::OutOfBounds));
        assert_eq!(share("5-"), Err(ShareFault::Unreadable));
        assert_eq!(share("1/0"), Err(ShareFault::Unreadable));
        assert_eq!(share("300/9"), share("100/3"));
    }
}
