//! How the pooled holding of those who act in concert changed, day by day, and when the change since the last report
//! reached the step (takeover rules, articles 13 and 14).
//!
//! # Readings
//!
//! * **What counts.** The change of the pooled percentage, whatever brought it about: bought, sold, diluted, brought or
//!   taken away by a member. So the reply on 卫宁健康 counts: its 9.11 points are 5.95 sold and 3.58 diluted less 0.42
//!   bought, and without the dilution 5 points could not have been reached on the day it names, with at most 2.30 sold
//!   by then.
//! * **From when.** From the day after the last report, whose own day ends the count before it; before the first report
//!   from the first day on record.
//!   What the pool holds on that first day is no change unless a movement of the same day says that it was acquired.
//! * **Once reached, reached**: a change back does not undo it, only a report begins a new count.
//! * **Holdings before movements.** Where the rows of holdings say exactly what was held before and after, the
//!   difference is the change, and movements tell its causes; what they do not explain is a finding. Where the rows
//!   leave it open, the movements told are the change. What neither settles stays within bounds.
//! * **A day named.** A row `reached` settles what would be undetermined and nothing else: one that the certain changes
//!   contradict is a finding.

use super::pool::{Pool, Told, Turn};
use super::resolve::Resolver;
use super::{Certainty, Missing, Question, Range, missing};
use crate::facts::{MovementKind, PartyId, Percent, RowRef};
use chrono::NaiveDate;

/// Whose holding is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holders<'a> {
    /// A party, with whoever acts in concert with it about the company.
    Party(PartyId),
    /// The members of the concert group of this label.
    Group(&'a str),
}

/// A party whose holding counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolMember {
    /// The party.
    pub party: PartyId,
    /// The rows of concert that make it a member; none for the party asked about.
    pub rows: Vec<RowRef>,
}

/// How much was bought, sold and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    /// 增持
    pub bought: Range,
    /// 减持
    pub sold: Range,
    /// 被动稀释
    pub diluted: Range,
    /// 被动增加
    pub concentrated: Range,
    /// Brought by members that joined, less what those that left took with them.
    pub joined: Range,
}

/// A day on which the pooled holding changed, or on which something is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementLine {
    /// The day.
    pub day: NaiveDate,
    /// The pooled holding on the day before.
    pub before: Range,
    /// What is told of this day; of several days that end with it, the whole.
    pub causes: Causes,
    /// The pooled holding at the end of the day.
    pub after: Range,
    /// The change since the last report.
    pub cumulative: Range,
    /// Whether it has reached the step since then.
    pub reached: Certainty,
    /// The rows that begin, end or are told on the day.
    pub rows: Vec<RowRef>,
}

/// One count: from one report to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The first day that counts.
    pub since: NaiveDate,
    /// The first day on which the step may have been reached.
    pub possibly: Option<NaiveDate>,
    /// The first day on which it was reached for certain.
    pub certainly: Option<NaiveDate>,
    /// The row that names that day, where the changes do not settle it.
    pub stated: Option<RowRef>,
    /// The report that ended the count.
    pub report: Option<RowRef>,
}

/// Days over which holdings and movements do not tell the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplained {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// What the holdings changed by, members that joined or left apart.
    pub shown: Range,
    /// What the movements add up to.
    pub told: Range,
    /// The rows of these days.
    pub rows: Vec<RowRef>,
}

/// The pooled holding over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movements {
    /// What is held.
    pub company: PartyId,
    /// Whose holdings count.
    pub members: Vec<PoolMember>,
    /// The change that is to be reported.
    pub step: Percent,
    /// The days, oldest first.
    pub lines: Vec<MovementLine>,
    /// Bought, sold and so on in the days asked about.
    pub totals: Causes,
    /// The change in these days.
    pub change: Range,
    /// The counts from report to report that reach into these days, oldest first.
    pub counts: Vec<Count>,
    /// What holdings and movements do not tell alike.
    pub unexplained: Vec<Unexplained>,
    /// Rows `reached` that the certain changes contradict.
    pub contradicted: Vec<RowRef>,
    /// Where something is undetermined, the cells that leave it open.
    pub missing: Vec<Missing>,
}

impl Movements {
    /// Whether some change, or the day on which the step was reached, is not known.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        let open = |count: &Count| count.possibly != count.certainly;
        !self.change.is_exact()
            || self.lines.iter().any(|line| !line.cumulative.is_exact())
            || self.counts.iter().any(open)
    }
}

impl Resolver<'_> {
    /// How the pooled holding of these parties in a company changed up to the day asked about; lines and totals from a
    /// day on. O(days of change × rows of the pool).
    #[must_use]
    pub fn movements(
        &self,
        question: &Question,
        holders: Holders,
        company: PartyId,
        from: Option<NaiveDate>,
    ) -> Movements {
        let pool = Pool::new(self, question, holders, company);
        let mut walk = Walk::new(question, pool, from.unwrap_or(NaiveDate::MIN));
        for day in walk.pool.days(question.as_of) {
            walk.pass(day);
        }
        let rows = walk.pool.rows();
        let mut movements = walk.end(company);
        if movements.is_undetermined() {
            let cells = rows.iter().flat_map(|row| missing::open_cells(self.facts(), *row));
            movements.missing = cells.filter(|cell| cell.column != "votes_percent").collect();
        }
        movements
    }
}

/// A day up to which the change is settled, and what it was by then.
struct Anchor {
    day: NaiveDate,
    total: Range,
    level: Range,
    /// Changes since then that no movement tells of.
    loose: Range,
}

/// The way through the days.
struct Walk<'q> {
    question: &'q Question<'q>,
    pool: Pool,
    from: NaiveDate,
    /// The first day on record, where what is held on it is no change.
    start: Option<NaiveDate>,
    anchor: Anchor,
    counts: Vec<Count>,
    lines: Vec<MovementLine>,
    /// Every day passed, with what changed on it.
    turns: Vec<(NaiveDate, Turn)>,
    contradicted: Vec<RowRef>,
}

impl<'q> Walk<'q> {
    fn new(question: &'q Question<'q>, pool: Pool, from: NaiveDate) -> Self {
        let first = pool.days(question.as_of).first().copied().unwrap_or(question.as_of);
        let eve = first.pred_opt().unwrap_or(first);
        let begun = pool.level(eve);
        let acquired = |told: &Told| told.is_change() && told.first == first && told.last == first;
        let start = (begun.least == Percent::ZERO && !pool.told.iter().any(acquired)).then_some(first);
        let level = if start.is_some() { pool.level(first) } else { begun };
        let anchor = Anchor { day: eve, total: Range::ZERO, level, loose: Range::ZERO };
        let (counts, lines, turns, contradicted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut walk = Self { question, pool, from, start, anchor, counts, lines, turns, contradicted };
        walk.count_from(first);
        walk
    }

    /// Begins a count.
    fn count_from(&mut self, since: NaiveDate) {
        self.counts.push(Count { since, possibly: None, certainly: None, stated: None, report: None });
    }

    /// What is told of a day, or of days that end with it.
    fn told_on(&self, day: NaiveDate) -> impl Iterator<Item = &Told> {
        self.pool.told.iter().filter(move |told| told.last == day)
    }

    fn turn(&self, day: NaiveDate) -> Turn {
        if self.start == Some(day) {
            let level = self.pool.level(day);
            let [joined, own, untold] = [Range::ZERO; 3];
            return Turn { before: level.clone(), after: level, joined, own, untold };
        }
        self.pool.turn(day)
    }

    fn pass(&mut self, day: NaiveDate) {
        let turn = self.turn(day);
        let mut total = self.total(day, &turn);
        let reached = self.reach(day, &mut total);
        // What is uncertain and told of otherwise is no news.
        let shown = turn.untold != Range::ZERO || turn.own != Range::ZERO && turn.own.is_exact();
        let is_told = self.told_on(day).next().is_some();
        if day >= self.from && (shown || is_told || turn.joined != Range::ZERO) {
            let part = |kind| self.told_on(day).filter(|told| told.kind == kind).map(|told| &told.amount).sum();
            let causes = causes(part, turn.joined.clone());
            let rows = self.pool.rows_on(day);
            let (before, after) = (turn.before.clone(), turn.after.clone());
            self.lines.push(MovementLine { day, before, causes, after, cumulative: total, reached, rows });
        }
        let report = self.told_on(day).find(|told| told.kind == MovementKind::Reported).map(|told| told.row);
        if let Some(report) = report {
            if let Some(count) = self.counts.last_mut() {
                count.report = Some(report);
            }
            self.anchor = Anchor { day, total: Range::ZERO, level: turn.after.clone(), loose: Range::ZERO };
            self.count_from(day.succ_opt().unwrap_or(day));
        }
        self.turns.push((day, turn));
    }

    /// The change since the last report at the end of a day. Where the pool is known exactly, the anchor moves up.
    fn total(&mut self, day: NaiveDate, turn: &Turn) -> Range {
        let Anchor { day: settled, total, level, loose } = &mut self.anchor;
        if level.is_exact() && turn.after.is_exact() {
            let total = total.plus(&turn.after.minus(level));
            self.anchor = Anchor { day, total: total.clone(), level: turn.after.clone(), loose: Range::ZERO };
            return total;
        }
        *loose = loose.plus(&turn.joined).plus(&turn.untold);
        let told: Range = self.pool.told.iter().map(|told| told.change_between(*settled, day)).sum();
        let total = total.plus(&told).plus(loose);
        if turn.after.is_exact() {
            self.anchor = Anchor { day, total: total.clone(), level: turn.after.clone(), loose: Range::ZERO };
        }
        total
    }

    /// Whether the step is reached, and since when. A row that names the day settles what is open.
    fn reach(&mut self, day: NaiveDate, total: &mut Range) -> Certainty {
        let step = &self.question.pack.numbers(day).movement_step;
        let fall = Percent::from(-step.value().clone());
        // Of a row that says how much was reached, only the step is of interest.
        let names_day = |told: &&Told| told.kind == MovementKind::Reached && told.amount.greatest >= *step;
        let Some(count) = self.counts.last_mut() else { return Certainty::No };
        let stated = self.pool.told.iter().filter(names_day).find(|told| told.last >= count.since);
        let possible = total.least <= fall || total.greatest >= *step;
        let mut certain = total.greatest <= fall || total.least >= *step;
        let mut ahead = false;
        if let Some(stated) = stated.filter(|_| count.certainly.is_none()) {
            ahead = day < stated.last && !certain;
            if day < stated.last && certain || day == stated.last && !possible {
                self.contradicted.push(stated.row);
            } else if day == stated.last && !certain {
                certain = true;
                count.possibly = Some(day);
                count.stated = Some(stated.row);
                if total.greatest < *step {
                    total.greatest = fall;
                } else if total.least > fall {
                    total.least = step.clone();
                }
            }
        }
        if possible {
            count.possibly.get_or_insert(day);
        }
        if certain {
            count.certainly.get_or_insert(day);
        }
        match (count.certainly, count.possibly) {
            (Some(_), _) => Certainty::Yes,
            (None, Some(_)) if !ahead => Certainty::Unknown,
            _ => Certainty::No,
        }
    }

    fn end(self, company: PartyId) -> Movements {
        let (from, last) = (self.from, self.question.as_of);
        let eve = from.pred_opt().unwrap_or(from);
        let within = || self.turns.iter().filter(|(day, _)| *day >= from);
        let part = |kind| {
            let told = self.pool.told.iter().filter(|told| told.kind == kind);
            told.map(|told| told.between(eve, last)).sum()
        };
        let totals = causes(part, within().map(|(_, turn)| &turn.joined).sum());
        let base = self
            .start
            .filter(|start| *start >= from)
            .map_or_else(|| self.pool.level(eve), |start| self.pool.level(start));
        let end = self.pool.level(last);
        let change = if base.is_exact() && end.is_exact() {
            end.minus(&base)
        } else {
            let told: Range = self.pool.told.iter().map(|told| told.change_between(eve, last)).sum();
            let untold: Range = within().map(|(_, turn)| &turn.untold).sum();
            told.plus(&untold).plus(&totals.joined)
        };
        let report_before = |count: &Count| count.report.is_some_and(|report| self.day_of(report) < from);
        let counts = self.counts.iter().filter(|count| count.since <= last && !report_before(count)).cloned().collect();
        Movements {
            company,
            members: self.pool.members(),
            step: self.question.pack.numbers(last).movement_step.clone(),
            totals,
            change,
            counts,
            unexplained: self.unexplained(),
            lines: self.lines,
            contradicted: self.contradicted,
            missing: Vec::new(),
        }
    }

    fn day_of(&self, row: RowRef) -> NaiveDate {
        self.pool.told.iter().find(|told| told.row == row).map_or(NaiveDate::MIN, |told| told.last)
    }

    /// Days over which the movements told and the holdings do not agree, whatever the unknown amounts are. Movements
    /// over several days are held against the holdings at the ends of these days.
    fn unexplained(&self) -> Vec<Unexplained> {
        let last = self.question.as_of;
        let mut spans: Vec<(NaiveDate, NaiveDate)> = self.turns.iter().map(|(day, _)| (*day, *day)).collect();
        let changes = self.pool.told.iter().filter(|told| told.is_change());
        spans.extend(changes.map(|told| (told.first, told.last.min(last))));
        spans.sort_unstable();
        let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(before) if span.0 <= before.1 => before.1 = before.1.max(span.1),
                _ => joined.push(span),
            }
        }
        let mut unexplained = Vec::new();
        for (first, last) in joined.into_iter().filter(|(_, last)| *last >= self.from) {
            let eve = first.pred_opt().unwrap_or(first);
            let start = self.start.filter(|start| *start >= first).unwrap_or(eve);
            let turns = || self.turns.iter().filter(|(day, _)| first <= *day && *day <= last);
            let joined: Range = turns().map(|(_, turn)| &turn.joined).sum();
            let shown = self.pool.level(last).minus(&self.pool.level(start)).minus(&joined);
            let told: Range = self.pool.told.iter().map(|told| told.change_between(eve, last)).sum();
            if shown.least > told.greatest || shown.greatest < told.least {
                let mut rows: Vec<RowRef> = turns().flat_map(|(day, _)| self.pool.rows_on(*day)).collect();
                rows.sort_unstable();
                rows.dedup();
                unexplained.push(Unexplained { first, last, shown, told, rows });
            }
        }
        unexplained
    }
}

fn causes(part: impl Fn(MovementKind) -> Range, joined: Range) -> Causes {
    Causes {
        bought: part(MovementKind::Bought),
        sold: part(MovementKind::Sold),
        diluted: part(MovementKind::Diluted),
        concentrated: part(MovementKind::Concentrated),
        joined,
    }
}
