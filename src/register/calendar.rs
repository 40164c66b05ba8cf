//! The days on which a register changes by itself.

use super::resolve::Resolver;
use super::{Change, Question};
use crate::facts::{Facts, PartyKind, Period, RowRef, Table, add_months, sub_months};
use crate::graph::birthday_of_age;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// Days around a corresponding day on which clamping to the end of a month may put an event.
const AROUND: u64 = 2;

impl Resolver<'_> {
    /// Everything that comes into the register, leaves it or changes its ground from one day to the next, from the first
    /// day to the last, by day. O(days on which something may change × register of a day).
    #[must_use]
    pub fn changes(&self, question: &Question, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, Vec<Change>)> {
        let on = |day: NaiveDate| Question { as_of: day, ..question.clone() };
        let mut found = Vec::new();
        let mut before = None;
        for day in days(self.facts(), question, from, to) {
            let Some(eve) = day.pred_opt() else { continue };
            let earlier = match before.take() {
                Some((known, standing)) if known == eve => standing,
                _ => self.standing(&on(eve)),
            };
            let standing = self.standing(&on(day));
            if earlier != standing {
                found.push((day, self.diff(question, eve, day)));
            }
            before = Some((day, standing));
        }
        found
    }
}

/// The days of a span on which the register may differ from the day before.
fn days(facts: &Facts, question: &Question, from: NaiveDate, to: NaiveDate) -> BTreeSet<NaiveDate> {
    let numbers = question.pack.numbers(to);
    let mut days = BTreeSet::new();
    let mut add = |day: NaiveDate| {
        if (from..=to).contains(&day) {
            days.insert(day);
        }
    };
    // A tie that begins or ends changes things on the day, when the window reaches it, and when the window leaves it.
    let mut event = |day: NaiveDate| {
        add(day);
        for months in [add_months(day, numbers.window_months), sub_months(day, numbers.window_months)] {
            let first = months.checked_sub_days(Days::new(1)).unwrap_or(months);
            first.iter_days().take(usize::try_from(AROUND + 2).unwrap_or_default()).for_each(&mut add);
        }
    };
    for table in Table::ALL {
        for index in 0..facts.rows_of(*table) {
            if let Some(Period { from, until, agreed }) = facts.period(RowRef::new(*table, index)) {
                from.day().into_iter().chain(agreed).for_each(&mut event);
                until.day().and_then(|day| day.succ_opt()).into_iter().for_each(&mut event);
            }
        }
    }
    for party in facts.parties().iter().filter(|party| party.kind == PartyKind::Person) {
        if let Some(birth) = party.birth_date {
            event(birthday_of_age(birth, numbers.family_age));
        }
    }
    days
}
