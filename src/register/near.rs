//! What was looked at for a party that is not related, and how close it came: one line for each ground that can apply
//! to a party of its kind, nearest first within the ground.

use super::resolve::Case;
use super::sweep::{expiry, window};
use super::{KinMiss, Miss, Near, PostMiss};
use crate::facts::{Percent, Period, Role, RowRef, Table};
use crate::graph::{Node, Side, Tie, node};
use crate::law::Basis;
use crate::packs::Book;
use crate::packs::sse_2022::{Deemed, Number, State, most_held};
use crate::proof::Measure;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Steps along family ties up to which somebody is named as a relative beyond the nine.
const DISTANT_STEPS: usize = 3;

/// What was looked at.
pub(super) fn looked_at(case: &mut Case, party: Node) -> Vec<Near> {
    if party == case.sweep.subject {
        let grounds = [Number::N51, Number::N52, Number::N53, Number::N54];
        let itself = |number: Number| Near { ground: number.text(), miss: Miss::Itself, rows: Vec::new() };
        return grounds.map(itself).to_vec();
    }
    let asked = case.sweep.asked;
    let is_person = case.with_state(asked, Side::Greatest, &Deemed::nobody(), |state| state.is_person(party));
    if is_person { person(case, party) } else { organisation(case, party) }
}

fn person(case: &mut Case, party: Node) -> Vec<Near> {
    let measure = case.sweep.readings[0].choices.person;
    let mut near = vec![stake(case, party, Number::N71, measure)];
    let subject = case.sweep.subject;
    near.extend(or_no_tie(Number::N72, posts(case, Number::N72, &[party], &[subject])));
    let controllers = on(case, &[Number::N51]);
    let controllers: Vec<Node> = controllers.into_iter().collect();
    near.extend(or_no_tie(Number::N73, posts(case, Number::N73, &[party], &controllers)));
    near.extend(or_no_tie(Number::N74, kin(case, party)));
    near
}

fn organisation(case: &mut Case, party: Node) -> Vec<Near> {
    let asked = case.sweep.asked;
    let subject = case.sweep.subject;
    let (own_group, exempt) = case.with_state(asked, Side::Greatest, &Deemed::nobody(), |state| {
        let today = state.today();
        let exempt = state.exempt().get(&party).is_some_and(|days| days.contains(today));
        (state.kernel().controls(subject, party), exempt)
    });
    let mut near = or_no_tie(Number::N51, votes(case, Number::N51, &[party], subject));
    if own_group {
        let rows = rows_of_control(case, subject, party);
        for number in [Number::N52, Number::N53, Number::N54] {
            near.push(Near { ground: number.text(), miss: Miss::OwnGroup, rows: rows.clone() });
        }
        return near;
    }
    if exempt {
        near.push(Near { ground: Number::N52.text(), miss: Miss::Exempt, rows: Vec::new() });
    } else {
        let controllers: Vec<Node> = on(case, &[Number::N51]).into_iter().collect();
        near.extend(or_no_tie(Number::N52, votes(case, Number::N52, &controllers, party)));
    }
    let persons: Vec<Node> = on(case, &[Number::N71, Number::N72, Number::N73, Number::N74]).into_iter().collect();
    let mut fifth = posts(case, Number::N53, &persons, &[party]);
    fifth.extend(votes(case, Number::N53, &persons, party));
    near.extend(or_no_tie(Number::N53, fifth));
    let measure = case.sweep.readings[0].choices.organisation;
    near.push(stake(case, party, Number::N54, measure));
    near
}

/// The rows by which one party controls another on the day asked about.
fn rows_of_control(case: &mut Case, controller: Node, controlled: Node) -> Vec<RowRef> {
    let asked = case.sweep.asked;
    case.with_state(asked, Side::Greatest, &Deemed::nobody(), |state| {
        let mut book = Book::new(state.kernel().network().facts());
        book.controls_forward(state.kernel(), controller, controlled);
        let rows: BTreeSet<RowRef> = book.into_steps().into_iter().flat_map(|step| step.facts).collect();
        rows.into_iter().collect()
    })
}

fn or_no_tie(number: Number, found: Vec<Near>) -> Vec<Near> {
    if found.is_empty() { vec![Near { ground: number.text(), miss: Miss::NoTie, rows: Vec::new() }] } else { found }
}

/// Everyone who may be on one of these grounds, on whatever footing.
fn on(case: &Case, numbers: &[Number]) -> BTreeSet<Node> {
    let lines = case.swept.greatest.lines.keys();
    lines.filter(|(_, number)| numbers.contains(number)).map(|(party, _)| *party).collect()
}

/// Works something out on every day of the window on which it may differ, at the greatest bound.
fn on_every_day<T>(case: &mut Case, mut work: impl FnMut(&mut State) -> T) -> Vec<(NaiveDate, T)> {
    let (asked, months) = (case.sweep.asked, case.sweep.numbers.window_months);
    let whole = window(asked, months, case.sweep.readings[0].choices.window_inclusive);
    let mut found = Vec::new();
    let mut day = whole.first;
    while day <= whole.last {
        let value = case.with_state(day, Side::Greatest, &Deemed::nobody(), &mut work);
        let reading = &case.sweep.readings[0];
        let mut last = case.sweep.kernels[reading.kernels].valid().last.min(whole.last);
        if day <= asked {
            last = last.min(asked);
        }
        found.push((last, value));
        match last.succ_opt() {
            Some(next) => day = next,
            None => break,
        }
    }
    found
}

/// The party's stake, the most on any day of the window.
fn stake(case: &mut Case, party: Node, number: Number, measure: Measure) -> Near {
    let asked = case.sweep.asked;
    let threshold = case.sweep.numbers.holder_threshold.clone();
    let held = on_every_day(case, |state| most_held(state, party, measure));
    let best = held.into_iter().filter(|(_, held)| held.percent.is_positive()).max_by(|(a, x), (b, y)| {
        // Of equal stakes the one of the day asked about, else the latest.
        (&x.percent, *a == asked, *a).cmp(&(&y.percent, *b == asked, *b))
    });
    let ground = number.text();
    match best {
        Some((day, held)) => {
            Near { ground, miss: Miss::Stake { measure, percent: held.percent, threshold, day }, rows: held.rows }
        }
        None => holding_outside(case, party, ground).unwrap_or(Near { ground, miss: Miss::NoTie, rows: Vec::new() }),
    }
}

/// The party's own holding of the subject before or after the window, or one that is not settled.
fn holding_outside(case: &mut Case, party: Node, ground: &'static str) -> Option<Near> {
    let (asked, months) = (case.sweep.asked, case.sweep.numbers.window_months);
    let inclusive = case.sweep.readings[0].choices.window_inclusive;
    let subject = case.sweep.subject;
    let reading = &case.sweep.readings[0];
    let network = case.sweep.kernels[reading.kernels].at(Side::Least).network();
    let first = window(asked, months, inclusive).first;
    let mut rows: Vec<u32> = network
        .into(subject)
        .filter_map(|(holder, tie)| match tie {
            Tie::Holding(row) if holder == party => Some(row),
            _ => None,
        })
        .collect();
    rows.sort_unstable();
    rows.into_iter().find_map(|i| {
        let row = network.facts().holdings().row(i as usize);
        let why = outside(&row.period, first, asked, months, inclusive)?;
        let rows = vec![RowRef::new(Table::Holdings, i as usize)];
        Some(Near { ground, miss: Miss::Holding { percent: row.percent.greatest().cloned(), why }, rows })
    })
}

/// The most votes in a company that one of these parties reaches, on any day of the window.
fn votes(case: &mut Case, number: Number, controllers: &[Node], company: Node) -> Vec<Near> {
    let asked = case.sweep.asked;
    let mut best: Option<(Percent, bool, NaiveDate, Node, Percent, Vec<RowRef>)> = None;
    let found = on_every_day(case, |state| {
        let holders: BTreeSet<Node> = state.kernel().votes(company).holders().map(|(_, holder)| holder).collect();
        let needed = needed_votes(state, company);
        let mut reached = Vec::new();
        for controller in controllers.iter().filter(|controller| **controller != company) {
            let members = state.kernel().controlled_by(*controller);
            if !members.iter().any(|member| holders.contains(member)) {
                continue;
            }
            let percent = state.kernel().votes_reached(*controller, company);
            let capital = state.kernel().capital(company);
            let rows = members
                .iter()
                .filter_map(|member| capital.of(*member))
                .flat_map(|stake| stake.rows(Side::Greatest))
                .map(|row| RowRef::new(Table::Holdings, *row as usize))
                .collect();
            reached.push((percent, needed.clone(), *controller, rows));
        }
        reached
    });
    for (day, reached) in found {
        for (percent, needed, controller, rows) in reached {
            let candidate = (percent, day == asked, day, controller, needed, rows);
            if best.as_ref().is_none_or(|best| (&best.0, best.1, best.2) < (&candidate.0, candidate.1, candidate.2)) {
                best = Some(candidate);
            }
        }
    }
    best.into_iter()
        .map(|(percent, _, day, controller, needed, rows)| Near {
            ground: number.text(),
            miss: Miss::Votes {
                controller: crate::graph::party(controller),
                controlled: crate::graph::party(company),
                percent,
                needed,
                day,
            },
            rows,
        })
        .collect()
}

/// More than this many votes control the company.
fn needed_votes(state: &mut State, company: Node) -> Percent {
    let rules = state.kernel().rules().clone();
    let facts = state.kernel().network().facts();
    let listed = company == state.subject || facts.is_listed(crate::graph::party(company));
    rules.presumption.filter(|_| listed).unwrap_or(rules.majority)
}

/// Posts of these persons in these organisations, whatever their period and role.
fn posts(case: &mut Case, number: Number, persons: &[Node], organisations: &[Node]) -> Vec<Near> {
    let (asked, months) = (case.sweep.asked, case.sweep.numbers.window_months);
    let choices = case.sweep.readings[0].choices.clone();
    let subject = case.sweep.subject;
    let reading = &case.sweep.readings[0];
    let network = case.sweep.kernels[reading.kernels].at(Side::Least).network();
    let facts = network.facts();
    let whole = window(asked, months, choices.window_inclusive);
    let mut found: BTreeMap<RowRef, Near> = BTreeMap::new();
    for organisation in organisations {
        for i in network.posts_in(*organisation) {
            let row = facts.positions().row(*i as usize);
            if !persons.contains(&node(row.person)) {
                continue;
            }
            let counts = if number == Number::N53 {
                row.role.is_director() || row.role.is_senior_manager(choices.representatives)
            } else {
                row.role.is_officer(choices.representatives)
            };
            let why = if !counts {
                PostMiss::Role
            } else if let Some(why) = outside(&row.period, whole.first, asked, months, choices.window_inclusive) {
                why
            } else if number == Number::N53 && row.role == Role::IndependentDirector {
                PostMiss::Independent
            } else if node(row.organisation) != subject {
                PostMiss::Apart
            } else {
                continue;
            };
            let at = RowRef::new(Table::Positions, *i as usize);
            let miss = Miss::Post { person: row.person, organisation: row.organisation, role: row.role, why };
            found.insert(at, Near { ground: number.text(), miss, rows: vec![at] });
        }
    }
    found.into_values().collect()
}

/// Why a row is out of the window, if it is.
fn outside(period: &Period, first: NaiveDate, asked: NaiveDate, months: u32, inclusive: bool) -> Option<PostMiss> {
    match period.possible(asked, months) {
        Some(span) if span.last < first => {
            let out_since = expiry(span.last, months, inclusive).succ_opt()?;
            Some(PostMiss::Ended { last_day: span.last, out_since })
        }
        Some(span) if span.first > window(asked, months, inclusive).last => {
            Some(PostMiss::NotYet { begins: span.first })
        }
        Some(_) => None,
        None => period.from.day().map(|begins| PostMiss::NotYet { begins }),
    }
}

/// Family ties to persons of 7.1 and 7.2 that do not count.
fn kin(case: &mut Case, party: Node) -> Vec<Near> {
    let asked = case.sweep.asked;
    let insiders: Vec<(Node, Basis)> = case
        .swept
        .greatest
        .lines
        .iter()
        .filter(|((_, number), _)| matches!(number, Number::N71 | Number::N72))
        .map(|((person, _), basis)| (*person, *basis))
        .collect();
    let mut near: BTreeMap<Node, Near> = BTreeMap::new();
    for (insider, basis) in insiders {
        let day = basis.day(asked);
        let minor = case.with_state(day, Side::Greatest, &Deemed::nobody(), |state| {
            state.kernel().family(insider, None).into_iter().find(|kin| kin.relative == party)
        });
        let found = match minor {
            Some(kin) => Some((KinMiss::Minor, kin.rows)),
            None => distant(case, insider, party),
        };
        if let Some((why, rows)) = found {
            let miss = Miss::Kin { person: crate::graph::party(insider), why };
            let rows = rows.into_iter().map(|row| RowRef::new(Table::Kinships, row as usize)).collect();
            near.entry(insider).or_insert(Near { ground: Number::N74.text(), miss, rows });
        }
    }
    near.into_values().collect()
}

/// A tie that ended before the window, or a relative a few steps away who is none of the nine.
fn distant(case: &mut Case, insider: Node, party: Node) -> Option<(KinMiss, Vec<u32>)> {
    let (asked, months) = (case.sweep.asked, case.sweep.numbers.window_months);
    let inclusive = case.sweep.readings[0].choices.window_inclusive;
    let reading = &case.sweep.readings[0];
    let network = case.sweep.kernels[reading.kernels].at(Side::Least).network();
    let facts = network.facts();
    let first = window(asked, months, inclusive).first;
    let mut ways: BTreeMap<Node, Vec<u32>> = BTreeMap::from([(insider, Vec::new())]);
    let mut layer = vec![insider];
    for _ in 0..DISTANT_STEPS {
        let mut next = Vec::new();
        for person in layer {
            for i in network.kin_rows(person) {
                let row = facts.kinships().row(*i as usize);
                let other = if node(row.person) == person { node(row.relative) } else { node(row.person) };
                if ways.contains_key(&other) {
                    continue;
                }
                let mut way = ways.get(&person).cloned().unwrap_or_default();
                way.push(*i);
                ways.insert(other, way);
                next.push(other);
            }
        }
        layer = next;
    }
    let way = ways.remove(&party).filter(|way| !way.is_empty())?;
    let ended = way
        .iter()
        .filter_map(|i| facts.kinships().row(*i as usize).period.possible(asked, months))
        .map(|span| span.last)
        .filter(|last| *last < first)
        .min();
    let why = ended.map_or(KinMiss::BeyondTheNine, |last_day| KinMiss::Ended { last_day });
    Some((why, way))
}
