//! The window of article 8(1): who is on which ground on which of its days, for any number of readings at once.
//!
//! Nothing is worked out day by day here: the grounds come with the days on which they hold.

use super::{Question, Workshop};
use crate::facts::{Span, add_months, sub_months};
use crate::graph::{ControlRules, Days, Network, Node, Side, Window, node};
use crate::law::{Basis, Numbers, Readings};
use crate::packs::sse_2022::{Choices, Deemed, Kernels, Number, Standing, State, control_rules};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Grounds and their footing, by party and number.
pub(super) type Lines = BTreeMap<(Node, Number), Basis>;

/// What one set of readings gives, at one bound.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) lines: Lines,
    /// Exempt on the day asked about.
    pub(super) exempt: BTreeSet<Node>,
    /// Deemed related on the day asked about, for `lookback=composed`.
    pub(super) deemed: Deemed,
}

impl Found {
    /// Whether any ground holds for the party.
    pub(super) fn has(&self, party: Node) -> bool {
        self.lines.range((party, Number::N51)..=(party, Number::N82)).next().is_some()
    }

    /// The party's grounds, by number.
    pub(super) fn of(&self, party: Node) -> impl Iterator<Item = (Number, Basis)> + '_ {
        self.lines.range((party, Number::N51)..=(party, Number::N82)).map(|((_, number), basis)| (*number, *basis))
    }

    /// Everyone with a ground, ascending.
    pub(super) fn parties(&self) -> BTreeSet<Node> {
        self.lines.keys().map(|(party, _)| *party).collect()
    }
}

/// What one set of readings gives, at both bounds.
#[derive(Debug, Clone, Default)]
pub(super) struct Swept {
    pub(super) least: Found,
    pub(super) greatest: Found,
}

/// One set of readings, prepared.
pub(super) struct Reading {
    pub(super) choices: Choices,
    /// Which kernels serve it.
    pub(super) kernels: usize,
}

/// The kernels and readings of one question.
pub(super) struct Sweep<'n, 'f> {
    pub(super) subject: Node,
    pub(super) asked: NaiveDate,
    pub(super) numbers: Numbers,
    pub(super) readings: Vec<Reading>,
    pub(super) kernels: Vec<Kernels<'n, 'f>>,
    rules: Vec<ControlRules>,
}

impl<'n, 'f> Sweep<'n, 'f> {
    /// Prepares kernels for each distinct set of control rules among the readings.
    pub(super) fn new(
        network: &'n Network<'f>,
        question: &Question,
        numbers: Numbers,
        all: &[Readings],
        workshop: &mut Workshop<'n, 'f>,
    ) -> Self {
        let subject = node(question.subject);
        let unlisted = (!network.is_listed(subject)).then_some(subject);
        let mut rules = Vec::new();
        let mut readings = Vec::new();
        for taken in all {
            let needed = control_rules(taken, &numbers, unlisted);
            let kernels = rules.iter().position(|known| *known == needed).unwrap_or_else(|| {
                rules.push(needed);
                rules.len() - 1
            });
            readings.push(Reading { choices: Choices::new(taken, &numbers), kernels });
        }
        let months = numbers.window_months;
        let span = window(question.as_of, months, true);
        let kernels = rules
            .iter()
            .map(|rules| {
                let used = workshop.take(rules, question.as_of);
                used.unwrap_or_else(|| Kernels::new(network, question.as_of, months, rules, span))
            })
            .collect();
        Self { subject, asked: question.as_of, numbers, readings, kernels, rules }
    }

    /// Leaves the kernels to the next question.
    pub(super) fn give_back(self, workshop: &mut Workshop<'n, 'f>) {
        for (rules, kernels) in self.rules.into_iter().zip(self.kernels) {
            workshop.give_back(rules, self.asked, kernels);
        }
    }

    /// Judges the window by every set of readings.
    pub(super) fn run(&mut self) -> Vec<Swept> {
        (0..self.readings.len())
            .map(|reading| {
                let least = self.find(reading, Side::Least);
                let certain = self.kernels[self.readings[reading].kernels].sides().len() == 1;
                let greatest = if certain { least.clone() } else { self.find(reading, Side::Greatest) };
                Swept { least, greatest }
            })
            .collect()
    }

    /// Everyone with a ground by one set of readings at one bound, and on what footing.
    fn find(&mut self, reading: usize, side: Side) -> Found {
        let reading = &self.readings[reading];
        let (months, inclusive) = (self.numbers.window_months, reading.choices.window_inclusive);
        let kernels = &mut self.kernels[reading.kernels];
        kernels.move_to(self.asked);
        let nobody = Deemed::nobody();
        let mut state = State::new(kernels, side, self.subject, &self.numbers, &reading.choices, &nobody);
        let whole = *state.kernel().window();
        let within = whole.days(window(self.asked, months, inclusive));
        let today = whole.position(self.asked);
        let own_group = state.own_group();
        let mut found = Found::default();
        for number in Number::ALL {
            for (party, days) in state.on(number).iter().filter(|(party, _)| **party != self.subject) {
                let days = days.and(&within);
                // What the subject controls on the day asked about is neither looked back nor arranged.
                let own = || own_group.get(party).is_some_and(|own| own.contains(today));
                let Some(basis) = footing(&days, &whole, today, months, inclusive) else { continue };
                if basis != Basis::Current && own() {
                    continue;
                }
                found.lines.insert((*party, number), basis);
                if basis != Basis::Current {
                    found.deemed.grounds.insert((number, *party), basis);
                }
            }
        }
        found.exempt = on_day(&state.exempt(), today);
        if reading.choices.composed {
            let mut composed = State::new(kernels, side, self.subject, &self.numbers, &reading.choices, &found.deemed);
            for number in Number::ALL {
                let parties = on_day(&composed.on(number), today);
                let lines = parties.into_iter().filter(|party| *party != self.subject);
                found.lines.extend(lines.map(|party| ((party, number), Basis::Current)));
            }
            found.exempt = on_day(&composed.exempt(), today);
            found.deemed.grounds.retain(|(number, party), basis| found.lines.get(&(*party, *number)) == Some(&*basis));
        }
        found
    }
}

/// Those of whom something holds on one day.
fn on_day(standing: &Standing, position: usize) -> BTreeSet<Node> {
    standing.iter().filter(|(_, days)| days.contains(position)).map(|(party, _)| *party).collect()
}

/// By what a ground counts that holds on these days.
fn footing(days: &Days, window: &Window, today: usize, months: u32, inclusive: bool) -> Option<Basis> {
    if days.contains(today) {
        return Some(Basis::Current);
    }
    if let Some(last) = days.last_before(today) {
        let last_day = window.day(last);
        return Some(Basis::LookedBack { last_day, expires: expiry(last_day, months, inclusive) });
    }
    days.first_after(today, window).map(|first| Basis::Arranged { begins: window.day(first) })
}

/// The window of a day: the corresponding days months back and ahead, included or left out.
pub(super) fn window(asked: NaiveDate, months: u32, inclusive: bool) -> Span {
    let (first, last) = (sub_months(asked, months), add_months(asked, months));
    if inclusive {
        Span { first, last }
    } else {
        Span { first: first.succ_opt().unwrap_or(first), last: last.pred_opt().unwrap_or(last) }
    }
}

/// The last day whose window still contains `last_day`.
pub(super) fn expiry(last_day: NaiveDate, months: u32, inclusive: bool) -> NaiveDate {
    let still = |day: NaiveDate| window(day, months, inclusive).first <= last_day;
    let mut day = add_months(last_day, months);
    while let Some(next) = day.succ_opt().filter(|next| still(*next)) {
        day = next;
    }
    while let Some(before) = day.pred_opt().filter(|_| !still(day)) {
        day = before;
    }
    day
}
