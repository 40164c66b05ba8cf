//! Sets of days within a window: what holds when, for everything a question looks at.
//!
//! Nearly everything holds on every day of a window or on none, so these two cost nothing; the rest is a bit for each
//! day. Set operations are a few machine words, whatever the dates.

use crate::facts::Span;
use chrono::{Days as Count, NaiveDate};
use std::rc::Rc;

/// The days a kernel looks at, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    first: NaiveDate,
    len: usize,
}

impl Window {
    /// The days of a span. An empty span is taken as its first day.
    #[must_use]
    pub fn new(span: Span) -> Self {
        let len = span.last.signed_duration_since(span.first).num_days().max(0);
        Self { first: span.first, len: usize::try_from(len).unwrap_or(0) + 1 }
    }

    /// The position of a day, clamped to the window.
    #[must_use]
    pub fn position(&self, day: NaiveDate) -> usize {
        let at = day.signed_duration_since(self.first).num_days().max(0);
        usize::try_from(at).unwrap_or(0).min(self.len - 1)
    }

    /// The day at a position.
    #[must_use]
    pub fn day(&self, position: usize) -> NaiveDate {
        self.first.checked_add_days(Count::new(position as u64)).unwrap_or(NaiveDate::MAX)
    }

    /// Those days of a span that lie in the window.
    #[must_use]
    pub fn days(&self, span: Span) -> Days {
        let last = self.day(self.len - 1);
        if span.first <= self.first && span.last >= last {
            return Days::All;
        }
        if span.first > last || span.last < self.first || span.first > span.last {
            return Days::None;
        }
        Days::between(self.position(span.first), self.position(span.last), self.len)
    }

    /// One day of the window.
    #[must_use]
    pub fn only(&self, position: usize) -> Days {
        self.between(position, position)
    }

    /// The days from one position to another, both included.
    #[must_use]
    pub fn between(&self, first: usize, last: usize) -> Days {
        Days::between(first, last, self.len)
    }

    /// The days around a position that stand alike in `days`: all in it, or all outside. Open ends of the window are
    /// open ends of the span.
    #[must_use]
    pub fn alike(&self, days: &Days, position: usize) -> Span {
        let Days::Some(words) = days else { return Span::ALWAYS };
        let within = words.contains(position);
        let after = words.next(position, !within);
        let before = words.previous(position, !within);
        Span {
            first: before.map_or(NaiveDate::MIN, |at| self.day(at + 1)),
            last: after.and_then(|at| self.day(at).pred_opt()).unwrap_or(NaiveDate::MAX),
        }
    }
}

/// A set of days of one window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Days {
    /// No day.
    #[default]
    None,
    /// Every day of the window.
    All,
    /// Some, but not all.
    Some(Rc<Bits>),
}

/// A bit for each day of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

const WORD: usize = u64::BITS as usize;

impl Bits {
    fn empty(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WORD)], len }
    }

    fn contains(&self, position: usize) -> bool {
        self.words.get(position / WORD).is_some_and(|word| word >> (position % WORD) & 1 == 1)
    }

    /// The bits of one word that belong to the window.
    fn mask(&self, word: usize) -> u64 {
        let rest = self.len - word * WORD;
        if rest >= WORD { u64::MAX } else { (1 << rest) - 1 }
    }

    fn word(&self, word: usize, value: bool) -> u64 {
        let bits = self.words.get(word).copied().unwrap_or(0);
        if value { bits } else { !bits & self.mask(word) }
    }

    /// The first position after `from` whose bit is `value`.
    fn next(&self, from: usize, value: bool) -> Option<usize> {
        self.first(from + 1, value)
    }

    /// The first position at or after `from` whose bit is `value`.
    fn first(&self, from: usize, value: bool) -> Option<usize> {
        let mut word = from / WORD;
        let mut bits = if word < self.words.len() { self.word(word, value) & (u64::MAX << (from % WORD)) } else { 0 };
        while bits == 0 {
            word += 1;
            if word >= self.words.len() {
                return None;
            }
            bits = self.word(word, value);
        }
        Some(word * WORD + bits.trailing_zeros() as usize)
    }

    /// The last position before `from` whose bit is `value`.
    fn previous(&self, from: usize, value: bool) -> Option<usize> {
        let mut word = from / WORD;
        let mut bits = self.word(word, value) & !(u64::MAX << (from % WORD));
        while bits == 0 {
            word = word.checked_sub(1)?;
            bits = self.word(word, value);
        }
        Some(word * WORD + (WORD - 1 - bits.leading_zeros() as usize))
    }

    fn combine(&self, other: &Self, with: impl Fn(u64, u64) -> u64) -> Days {
        let words = self.words.iter().zip(&other.words).map(|(a, b)| with(*a, *b)).collect();
        Self { words, len: self.len }.normal()
    }

    fn normal(self) -> Days {
        if self.words.iter().all(|word| *word == 0) {
            Days::None
        } else if (0..self.words.len()).all(|word| self.words[word] == self.mask(word)) {
            Days::All
        } else {
            Days::Some(Rc::new(self))
        }
    }
}

impl Days {
    /// The positions `first..=last` of a window of `len` days.
    fn between(first: usize, last: usize, len: usize) -> Self {
        let mut bits = Bits::empty(len);
        for word in first / WORD..=last / WORD {
            let from = if word == first / WORD { u64::MAX << (first % WORD) } else { u64::MAX };
            let to = if word == last / WORD { u64::MAX >> (WORD - 1 - last % WORD) } else { u64::MAX };
            bits.words[word] = from & to;
        }
        bits.normal()
    }

    /// Whether there is no day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it is every day of the window.
    #[must_use]
    pub fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// Whether the day at a position is one of them.
    #[must_use]
    pub fn contains(&self, position: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Some(bits) => bits.contains(position),
        }
    }

    /// The position of the first day.
    #[must_use]
    pub fn first(&self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::All => Some(0),
            Self::Some(bits) => bits.first(0, true),
        }
    }

    /// The last day before a position.
    #[must_use]
    pub fn last_before(&self, position: usize) -> Option<usize> {
        match self {
            Self::None => None,
            Self::All => position.checked_sub(1),
            Self::Some(bits) => bits.previous(position, true),
        }
    }

    /// The first day after a position; the window must be told, as every day of it may count.
    #[must_use]
    pub fn first_after(&self, position: usize, window: &Window) -> Option<usize> {
        match self {
            Self::None => None,
            Self::All => (position + 1 < window.len).then_some(position + 1),
            Self::Some(bits) => bits.next(position, true),
        }
    }

    /// Days in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, _) | (_, Self::None) => Self::None,
            (Self::All, days) | (days, Self::All) => days.clone(),
            (Self::Some(a), Self::Some(b)) => a.combine(b, |a, b| a & b),
        }
    }

    /// Days in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::None, days) | (days, Self::None) => days.clone(),
            (Self::Some(a), Self::Some(b)) => a.combine(b, |a, b| a | b),
        }
    }

    /// Days in this and not in the other.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, _) | (_, Self::All) => Self::None,
            (days, Self::None) => days.clone(),
            (Self::All, Self::Some(b)) => b.combine(b, |_, b| !b).masked(b),
            (Self::Some(a), Self::Some(b)) => a.combine(b, |a, b| a & !b),
        }
    }

    /// Clears what lies beyond the window after a complement.
    fn masked(self, like: &Bits) -> Self {
        match self {
            Self::Some(bits) => {
                let words = (0..bits.words.len()).map(|word| bits.words[word] & like.mask(word)).collect();
                Bits { words, len: bits.len }.normal()
            }
            other => other,
        }
    }

    /// Adds days.
    pub fn add(&mut self, other: &Self) {
        if !other.is_empty() && !self.is_all() {
            *self = self.or(other);
        }
    }

    /// The longest runs of days on end, as positions.
    pub fn runs(&self, window: &Window) -> Vec<(usize, usize)> {
        let mut runs = Vec::new();
        match self {
            Self::None => {}
            Self::All => runs.push((0, window.len - 1)),
            Self::Some(bits) => {
                let mut start = bits.first(0, true);
                while let Some(from) = start {
                    let end = bits.next(from, false);
                    runs.push((from, end.map_or(bits.len - 1, |end| end - 1)));
                    start = end.and_then(|end| bits.next(end, true));
                }
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(len: usize) -> Window {
        let first = NaiveDate::from_ymd_opt(2021, 6, 30).unwrap_or_default();
        Window { first, len }
    }

    /// Every operation against plain lists of booleans, for windows around the size of a word.
    #[test]
    fn operations_agree_with_lists() {
        for len in [1, 2, 63, 64, 65, 128, 130, 732] {
            let window = window(len);
            let sets: Vec<Vec<bool>> = (0..12)
                .map(|seed: usize| {
                    (0..len).map(|i| (i * 7 + seed * i * i + seed) % (seed + 2) < 1 + seed / 4).collect()
                })
                .chain([vec![true; len], vec![false; len]])
                .collect();
            let days = |list: &[bool]| {
                list.iter().enumerate().filter(|(_, on)| **on).fold(Days::None, |days, (i, _)| days.or(&window.only(i)))
            };
            for a in &sets {
                for b in &sets {
                    let (x, y) = (days(a), days(b));
                    let list = |days: &Days| (0..len).map(|i| days.contains(i)).collect::<Vec<bool>>();
                    assert_eq!(list(&x.and(&y)), a.iter().zip(b).map(|(a, b)| *a && *b).collect::<Vec<_>>());
                    assert_eq!(list(&x.or(&y)), a.iter().zip(b).map(|(a, b)| *a || *b).collect::<Vec<_>>());
                    assert_eq!(list(&x.minus(&y)), a.iter().zip(b).map(|(a, b)| *a && !*b).collect::<Vec<_>>());
                    assert_eq!(x.minus(&y).or(&x.and(&y)), x);
                }
                let x = days(a);
                assert_eq!(x.is_all(), a.iter().all(|on| *on));
                assert_eq!(x.is_empty(), a.iter().all(|on| !*on));
                let again = x.runs(&window).into_iter().fold(Days::None, |d, (f, l)| d.or(&Days::between(f, l, len)));
                assert_eq!(again, x);
                for at in 0..len {
                    assert_eq!(x.last_before(at), (0..at).rev().find(|i| a[*i]));
                    assert_eq!(x.first_after(at, &window), (at + 1..len).find(|i| a[*i]));
                    let span = window.alike(&x, at);
                    let same = |i: usize| span.contains(window.day(i));
                    let before = (0..at).rev().take_while(|i| a[*i] == a[at]).count();
                    let after = (at..len).take_while(|i| a[*i] == a[at]).count();
                    assert!((at - before..at + after).all(same));
                    assert!(at == before || !same(at - before - 1));
                    assert!(at + after == len || !same(at + after));
                }
            }
        }
    }
}
