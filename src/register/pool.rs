//! The holding of those who act in concert about a company, taken together (takeover rules, articles 12 and 83): who
//! is in it, by which rows, and how much it is on a day.

use super::resolve::Resolver;
use super::{Holders, PoolMember, Question, Range};
use crate::facts::{Facts, MovementKind, PartyId, Percent, Period, RowRef, Span, Table};
use crate::graph::{Tie, node};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The days on which something holds for certain, and on which it may.
#[derive(Clone, Copy)]
struct Days {
    certain: Option<Span>,
    possible: Option<Span>,
}

/// How something stands on one day: not at all, perhaps, or for certain, in whole numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    least: bool,
    greatest: bool,
}

impl Days {
    const ALWAYS: Self = Self { certain: Some(Span::ALWAYS), possible: Some(Span::ALWAYS) };

    fn of(period: &Period, asked: NaiveDate, months: u32) -> Self {
        Self { certain: period.certain(asked, months), possible: period.possible(asked, months) }
    }

    fn and(self, other: Self) -> Self {
        let both = |a: Option<Span>, b: Option<Span>| {
            let (a, b) = (a?, b?);
            let span = Span { first: a.first.max(b.first), last: a.last.min(b.last) };
            (span.first <= span.last).then_some(span)
        };
        Self { certain: both(self.certain, other.certain), possible: both(self.possible, other.possible) }
    }

    fn on(self, day: NaiveDate) -> Standing {
        let has = |span: Option<Span>| span.is_some_and(|span| span.contains(day));
        Standing { least: has(self.certain), greatest: has(self.possible) }
    }

    /// The days on which the standing may differ from that of the day before.
    fn turns(self) -> impl Iterator<Item = NaiveDate> {
        [self.certain, self.possible].into_iter().flatten().flat_map(|span| {
            let first = (span.first != NaiveDate::MIN).then_some(span.first);
            [first, span.last.succ_opt()].into_iter().flatten()
        })
    }
}

impl Standing {
    /// What of an amount counts.
    fn part(self, amount: &Range) -> Range {
        Range {
            least: if self.least { amount.least.clone() } else { Percent::ZERO },
            greatest: if self.greatest { amount.greatest.clone() } else { Percent::ZERO },
        }
    }

    /// What the way from one standing to another adds of an amount, or takes.
    fn change(from: Self, to: Self, amount: &Range) -> Range {
        let or_less = |range: Range, certain: bool| if certain { range } else { range.or_less() };
        match (from.greatest, to.greatest) {
            _ if from == to => Range::ZERO,
            (false, _) => or_less(amount.clone(), to.least),
            (_, false) => or_less(amount.negated(), from.least),
            // It stood for certain and now perhaps, or the other way round: nothing, or all of it.
            _ if to.least => amount.clone().or_less(),
            _ => amount.negated().or_less(),
        }
    }
}

/// A reason to be in the pool: a row of a concert group, and the row of the party asked about in the same group.
struct Stay {
    rows: Vec<RowRef>,
    days: Days,
}

/// A row of holdings of a member.
struct Held {
    row: RowRef,
    holder: PartyId,
    amount: Range,
    days: Days,
}

/// What a row of movements tells of the pool.
pub(super) struct Told {
    pub(super) row: RowRef,
    /// Whose; of all of the group where none is named.
    holder: Option<PartyId>,
    pub(super) kind: MovementKind,
    /// How much, without a sign.
    pub(super) amount: Range,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

impl Told {
    /// Whether it is told that the holding changed.
    pub(super) fn is_change(&self) -> bool {
        self.kind.is_change()
    }

    /// How much of it lies after one day and not after another; some of it, where it is told over more days.
    pub(super) fn between(&self, after: NaiveDate, last: NaiveDate) -> Range {
        if self.last <= after || self.first > last {
            Range::ZERO
        } else if self.first > after && self.last <= last {
            self.amount.clone()
        } else {
            self.amount.clone().or_less()
        }
    }

    /// The same with its sign.
    pub(super) fn change_between(&self, after: NaiveDate, last: NaiveDate) -> Range {
        match self.kind {
            MovementKind::Bought | MovementKind::Concentrated => self.between(after, last),
            MovementKind::Sold | MovementKind::Diluted => self.between(after, last).negated(),
            MovementKind::Reached | MovementKind::Reported => Range::ZERO,
        }
    }
}

/// Who holds together, and what.
pub(super) struct Pool {
    members: BTreeMap<PartyId, Vec<Stay>>,
    held: Vec<Held>,
    pub(super) told: Vec<Told>,
}

/// How the pool changed on a day, by its rows of holdings and of concert.
pub(super) struct Turn {
    /// What it was the day before.
    pub(super) before: Range,
    /// What it is.
    pub(super) after: Range,
    /// What members brought with them or took away.
    pub(super) joined: Range,
    /// What rows of holdings that begin or end say of the members' own holdings.
    pub(super) own: Range,
    /// Of that, what is of holders of whom no movement of the day is told.
    pub(super) untold: Range,
}

impl Pool {
    pub(super) fn new(resolver: &Resolver, question: &Question, holders: Holders, company: PartyId) -> Self {
        let (facts, asked) = (resolver.facts(), question.as_of);
        let months = question.pack.numbers(asked).window_months;
        let days = |period: &Period| Days::of(period, asked, months);
        let rows: Vec<_> = facts.concert().iter().enumerate().collect();
        let about = rows.iter().filter(|(_, row)| row.company.is_none_or(|about| about == company));
        let about: Vec<_> =
            about.map(|(i, row)| (RowRef::new(Table::Concert, *i), row.group, row.member, days(&row.period))).collect();
        let mut members: BTreeMap<PartyId, Vec<Stay>> = BTreeMap::new();
        let mut groups: BTreeSet<&str> = BTreeSet::new();
        match holders {
            Holders::Party(party) => {
                members.insert(party, vec![Stay { rows: Vec::new(), days: Days::ALWAYS }]);
                for (own, group, _, own_days) in about.iter().filter(|(_, _, member, _)| *member == party) {
                    groups.insert(group);
                    for (row, _, member, days) in about.iter().filter(|(_, of, ..)| of == group) {
                        let days = own_days.and(*days);
                        if *member != party && days.possible.is_some() {
                            members.entry(*member).or_default().push(Stay { rows: vec![*own, *row], days });
                        }
                    }
                }
            }
            Holders::Group(label) => {
                groups.insert(label);
                for (row, _, member, days) in about.iter().filter(|(_, of, ..)| *of == label) {
                    members.entry(*member).or_default().push(Stay { rows: vec![*row], days: *days });
                }
            }
        }
        let mut held: Vec<Held> = resolver
            .network()
            .into(node(company))
            .filter_map(|(_, tie)| match tie {
                Tie::Holding(i) => facts.holdings().get(i as usize).map(|row| (i as usize, row)),
                _ => None,
            })
            .filter(|(_, row)| members.contains_key(&row.holder))
            .map(|(i, row)| Held {
                row: RowRef::new(Table::Holdings, i),
                holder: row.holder,
                amount: Range::of(&row.percent),
                days: days(&row.period),
            })
            .collect();
        held.sort_by_key(|held| held.row);
        let mut pool = Self { members, held, told: Vec::new() };
        pool.told = pool.told(facts, asked, company, &groups);
        pool
    }

    /// The movements of the pool up to the day asked about: those of a group asked about, whenever its members joined,
    /// since the row itself takes them together; those of a member while it is one.
    fn told(&self, facts: &Facts, asked: NaiveDate, company: PartyId, groups: &BTreeSet<&str>) -> Vec<Told> {
        let mut told = Vec::new();
        for (i, row) in facts.movements().iter().enumerate().filter(|(_, row)| row.company == company) {
            let first = row.since.unwrap_or(row.date);
            let standing = match (row.holder, row.group) {
                (Some(holder), _) => self.stays(holder, first, row.date),
                (None, group) => {
                    let ours = group.is_some_and(|group| groups.contains(group));
                    Standing { least: ours, greatest: ours }
                }
            };
            if standing.greatest && first <= asked {
                let amount = standing.part(&Range::of(&row.percent));
                told.push(Told {
                    row: RowRef::new(Table::Movements, i),
                    holder: row.holder,
                    kind: row.kind,
                    amount,
                    first,
                    last: row.date,
                });
            }
        }
        told
    }

    /// Whether a party is a member on every day from one to another; on any of them.
    fn stays(&self, party: PartyId, first: NaiveDate, last: NaiveDate) -> Standing {
        let stays = self.members.get(&party).map_or(&[][..], Vec::as_slice);
        let covers = |stay: &Stay| stay.days.certain.is_some_and(|span| span.first <= first && last <= span.last);
        let meets = |stay: &Stay| stay.days.possible.is_some_and(|span| span.first <= last && first <= span.last);
        Standing { least: stays.iter().any(covers), greatest: stays.iter().any(meets) }
    }

    fn member(&self, party: PartyId, day: NaiveDate) -> Standing {
        self.stays(party, day, day)
    }

    /// What the members of a day hold on it.
    pub(super) fn level(&self, day: NaiveDate) -> Range {
        let part = |held: &Held| self.member(held.holder, day).part(&held.days.on(day).part(&held.amount));
        self.held.iter().map(part).sum::<Range>().within_whole()
    }

    /// How the pool changed from the day before. O(rows of the pool).
    pub(super) fn turn(&self, day: NaiveDate) -> Turn {
        let eve = day.pred_opt().unwrap_or(day);
        let [mut joined, mut own, mut untold] = [Range::ZERO; 3];
        for held in &self.held {
            let (was, is) = (self.member(held.holder, eve), self.member(held.holder, day));
            let (held_then, holds) = (held.days.on(eve), held.days.on(day));
            joined = joined.plus(&Standing::change(was, is, &held_then.part(&held.amount)));
            let change = Standing::change(held_then, holds, &held.amount);
            if is.greatest {
                let change = if is.least { change } else { change.or_less() };
                own = own.plus(&change);
                if !self.is_told(held.holder, day) {
                    untold = untold.plus(&change);
                }
            }
        }
        let [joined, own, untold] = [joined, own, untold].map(Range::within_whole);
        Turn { before: self.level(eve), after: self.level(day), joined, own, untold }
    }

    /// Whether a movement of a holder, or of its group, is told of a day or of days around it.
    fn is_told(&self, holder: PartyId, day: NaiveDate) -> bool {
        let of = |told: &Told| told.is_change() && told.holder.is_none_or(|of| of == holder);
        self.told.iter().any(|told| of(told) && told.first <= day && day <= told.last)
    }

    /// Every day up to one on which something may change, or is told.
    pub(super) fn days(&self, until: NaiveDate) -> BTreeSet<NaiveDate> {
        let stays = self.members.values().flatten().flat_map(|stay| stay.days.turns());
        let held = self.held.iter().flat_map(|held| held.days.turns());
        let told = self.told.iter().flat_map(|told| [told.first, told.last]);
        stays.chain(held).chain(told).filter(|day| *day <= until).collect()
    }

    /// The rows that begin, end or are told on a day.
    pub(super) fn rows_on(&self, day: NaiveDate) -> Vec<RowRef> {
        let turned = |days: Days| days.turns().any(|turn| turn == day);
        let stays = self.members.values().flatten().filter(|stay| turned(stay.days));
        let held = self.held.iter().filter(|held| turned(held.days) && self.is_near(held.holder, day));
        let told = self.told.iter().filter(|told| told.last == day);
        let mut rows: Vec<RowRef> = stays.flat_map(|stay| stay.rows.iter().copied()).collect();
        rows.extend(held.map(|held| held.row).chain(told.map(|told| told.row)));
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Whether a party may be a member on a day or on the day before.
    fn is_near(&self, party: PartyId, day: NaiveDate) -> bool {
        self.stays(party, day.pred_opt().unwrap_or(day), day).greatest
    }

    /// Every row that bears on the pool.
    pub(super) fn rows(&self) -> BTreeSet<RowRef> {
        let stays = self.members.values().flatten().flat_map(|stay| stay.rows.iter().copied());
        stays.chain(self.held.iter().map(|held| held.row)).chain(self.told.iter().map(|told| told.row)).collect()
    }

    /// The members, with the rows that make them members.
    pub(super) fn members(&self) -> Vec<PoolMember> {
        let rows = |stays: &[Stay]| {
            let rows: BTreeSet<RowRef> = stays.iter().flat_map(|stay| stay.rows.iter().copied()).collect();
            rows.into_iter().collect()
        };
        self.members.iter().map(|(party, stays)| PoolMember { party: *party, rows: rows(stays) }).collect()
    }
}
