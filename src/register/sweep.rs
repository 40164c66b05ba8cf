//! The window of article 8(1): one pass over the days on which something changes, for any number of readings at once.
//!
//! Every kernel notes how long what it has looked at stays true, so the pass jumps from one change that matters to the
//! next, and what did not change is not worked out again.

use super::Question;
use crate::facts::{Span, add_months, sub_months};
use crate::graph::{Network, Node, Side, node};
use crate::law::{Basis, Numbers, Readings};
use crate::packs::sse_2022::{Choices, Deemed, Kernels, Number, State, control_rules};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// When a ground of a party holds within the window.
#[derive(Debug, Clone, Copy, Default)]
struct Timeline {
    current: bool,
    last_before: Option<NaiveDate>,
    first_after: Option<NaiveDate>,
}

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
}

impl<'n, 'f> Sweep<'n, 'f> {
    /// Prepares kernels for each distinct set of control rules among the readings.
    pub(super) fn new(network: &'n Network<'f>, question: &Question, numbers: Numbers, all: &[Readings]) -> Self {
        let subject = node(question.subject);
        let mut rules = Vec::new();
        let mut readings = Vec::new();
        for taken in all {
            let needed = control_rules(taken, &numbers, subject);
            let kernels = rules.iter().position(|known| *known == needed).unwrap_or_else(|| {
                rules.push(needed);
                rules.len() - 1
            });
            readings.push(Reading { choices: Choices::new(taken, &numbers), kernels });
        }
        let kernels =
            rules.iter().map(|rules| Kernels::new(network, question.as_of, numbers.window_months, rules)).collect();
        Self { subject, asked: question.as_of, numbers, readings, kernels }
    }

    /// The window of a day under these readings.
    pub(super) fn window(&self, choices: &Choices) -> Span {
        window(self.asked, self.numbers.window_months, choices.window_inclusive)
    }

    /// Sweeps the window for every set of readings.
    pub(super) fn run(&mut self) -> Vec<Swept> {
        let whole = window(self.asked, self.numbers.window_months, true);
        let mut timelines: Vec<[BTreeMap<(Node, Number), Timeline>; 2]> =
            self.readings.iter().map(|_| Default::default()).collect();
        let mut day = whole.first;
        loop {
            for kernels in &mut self.kernels {
                kernels.move_to(day);
            }
            let found = self.evaluate_all();
            let valid = self.kernels.iter().fold(Span::ALWAYS, |valid, kernels| {
                let own = kernels.valid();
                Span { first: valid.first.max(own.first), last: valid.last.min(own.last) }
            });
            let last = self.last_alike(day, valid.last.min(whole.last));
            for ((reading, timelines), sides) in self.readings.iter().zip(&mut timelines).zip(found) {
                let window = self.window(&reading.choices);
                let span = Span { first: day.max(window.first), last: last.min(window.last) };
                for (timeline, parties) in timelines.iter_mut().zip(sides) {
                    note(timeline, span, self.asked, parties);
                }
            }
            match last.succ_opt() {
                Some(next) if next <= whole.last => day = next,
                _ => break,
            }
        }
        self.conclude(timelines)
    }

    /// The day asked about stands by itself: designations are judged on it alone.
    fn last_alike(&self, day: NaiveDate, last: NaiveDate) -> NaiveDate {
        match day.cmp(&self.asked) {
            std::cmp::Ordering::Less => last.min(self.asked.pred_opt().unwrap_or(self.asked)),
            std::cmp::Ordering::Equal => day,
            std::cmp::Ordering::Greater => last,
        }
    }

    /// Who is on which ground on the kernels' day, for every set of readings, at both bounds (at the least twice
    /// where nothing is unknown).
    fn evaluate_all(&mut self) -> Vec<Vec<Vec<(Node, Number)>>> {
        let nobody = Deemed::nobody();
        let mut all = Vec::with_capacity(self.readings.len());
        for reading in &self.readings {
            let kernels = &mut self.kernels[reading.kernels];
            let mut sides = Vec::with_capacity(2);
            for side in kernels.sides() {
                let mut state = State::new(kernels, *side, self.subject, &self.numbers, &reading.choices, &nobody);
                sides.push(grounds(&mut state));
            }
            all.push(sides);
        }
        all
    }

    /// Turns timelines into footings, with what has to be known of the day asked about itself.
    fn conclude(&mut self, timelines: Vec<[BTreeMap<(Node, Number), Timeline>; 2]>) -> Vec<Swept> {
        for kernels in &mut self.kernels {
            kernels.move_to(self.asked);
        }
        let mut all = Vec::with_capacity(timelines.len());
        for (reading, [least, greatest]) in self.readings.iter().zip(timelines) {
            let kernels = &mut self.kernels[reading.kernels];
            let certain = kernels.sides().len() == 1;
            let mut conclude = |side: Side, timelines| {
                let window_months = self.numbers.window_months;
                let mut found = Found::default();
                let nobody = Deemed::nobody();
                let mut state = State::new(kernels, side, self.subject, &self.numbers, &reading.choices, &nobody);
                let own_group = state.own_group();
                for ((party, number), timeline) in timelines {
                    let basis = footing(timeline, window_months, reading.choices.window_inclusive);
                    let Some(basis) = basis.filter(|b| *b == Basis::Current || !own_group.contains(&party)) else {
                        continue;
                    };
                    found.lines.insert((party, number), basis);
                    if basis != Basis::Current {
                        found.deemed.grounds.insert((number, party), basis);
                    }
                }
                found.exempt = (*state.exempt()).clone();
                if reading.choices.composed {
                    let mut composed =
                        State::new(kernels, side, self.subject, &self.numbers, &reading.choices, &found.deemed);
                    for key in grounds(&mut composed) {
                        found.lines.insert(key, Basis::Current);
                    }
                    found.exempt = (*composed.exempt()).clone();
                    found
                        .deemed
                        .grounds
                        .retain(|(number, party), basis| found.lines.get(&(*party, *number)) == Some(&*basis));
                }
                found
            };
            let least = conclude(Side::Least, least);
            let greatest = if certain { least.clone() } else { conclude(Side::Greatest, greatest) };
            all.push(Swept { least, greatest });
        }
        all
    }
}

/// Every ground and party of a state.
fn grounds(state: &mut State) -> Vec<(Node, Number)> {
    let subject = state.subject;
    Number::ALL
        .into_iter()
        .flat_map(|number| state.on(number).iter().map(move |party| (*party, number)).collect::<Vec<_>>())
        .filter(|(party, _)| *party != subject)
        .collect()
}

fn note(
    timelines: &mut BTreeMap<(Node, Number), Timeline>,
    span: Span,
    asked: NaiveDate,
    parties: Vec<(Node, Number)>,
) {
    if span.first > span.last {
        return;
    }
    for key in parties {
        let timeline = timelines.entry(key).or_default();
        if span.contains(asked) {
            timeline.current = true;
        } else if span.last < asked {
            timeline.last_before = timeline.last_before.max(Some(span.last));
        } else if timeline.first_after.is_none() {
            timeline.first_after = Some(span.first);
        }
    }
}

fn footing(timeline: Timeline, months: u32, inclusive: bool) -> Option<Basis> {
    if timeline.current {
        return Some(Basis::Current);
    }
    if let Some(last_day) = timeline.last_before {
        return Some(Basis::LookedBack { last_day, expires: expiry(last_day, months, inclusive) });
    }
    timeline.first_after.map(|begins| Basis::Arranged { begins })
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
