//! The rows of a synthetic dataset, and where they go.

use crate::facts::{Authority, ControlBasis, Effect, PartyKind, Relation, Role};
use chrono::NaiveDate;
use std::fmt;
use std::io;

/// A party of the dataset being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref {
    /// The place among all parties, counted from 0 in the order in which they are told to the sink.
    pub place: u32,
    /// The number in the id, counted from 1 for organisations and for persons.
    pub serial: u32,
    /// Whether it is a person.
    pub person: bool,
}

impl Ref {
    /// Appends the id: `P12` or `C12`.
    pub fn push_id(self, text: &mut Vec<u8>) {
        text.push(if self.person { b'P' } else { b'C' });
        push_number(text, self.serial);
    }
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.person { 'P' } else { 'C' }, self.serial)
    }
}

/// Appends a number in decimal digits.
pub(super) fn push_number(text: &mut Vec<u8>, mut number: u32) {
    let start = text.len();
    loop {
        text.push(b'0'.wrapping_add((number % 10) as u8));
        number /= 10;
        if number == 0 {
            break;
        }
    }
    if let Some(digits) = text.get_mut(start..) {
        digits.reverse();
    }
}

/// A share in ten-thousandths of a percent: the whole is 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Exactly so much.
    Exact(u32),
    /// From so much to so much.
    Range(u32, u32),
    /// Held, amount unknown.
    Unknown,
}

/// The whole of a company's capital, in the units of [`Share`].
pub const WHOLE: u32 = 1_000_000;

/// One end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Empty: since ever, or still in force.
    Open,
    /// On this day.
    On(NaiveDate),
    /// `?`: on some day that is not known.
    Unknown,
    /// `2019-04-30?`: not after that day as `from`, not before it as `until`, and otherwise unknown.
    Near(NaiveDate),
}

/// When a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Day on which the agreement took effect.
    pub agreed: Option<NaiveDate>,
}

impl Term {
    /// Since ever and still in force.
    pub const ALWAYS: Self = Self { from: Day::Open, until: Day::Open, agreed: None };
}

/// A row of `parties`.
#[derive(Debug, Clone, Copy)]
pub struct PartyRow<'t> {
    /// The id, and the place, which is one more than that of the row before.
    pub party: Ref,
    /// Full name.
    pub name: &'t str,
    /// What it is.
    pub kind: PartyKind,
    /// Identity-card number or unified social credit code.
    pub identifier: Option<&'t str>,
    /// Birth date of a person.
    pub birth_date: Option<NaiveDate>,
    /// Exchange of a listed company.
    pub listed: Option<&'t str>,
    /// Another name.
    pub alias: Option<&'t str>,
}

/// A row of `holdings`.
#[derive(Debug, Clone, Copy)]
pub struct HoldingRow<'t> {
    /// 持有人
    pub holder: Ref,
    /// 被持有主体
    pub company: Ref,
    /// 持股比例
    pub share: Share,
    /// When it holds.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `proxies`.
#[derive(Debug, Clone, Copy)]
pub struct ProxyRow<'t> {
    /// 委托方
    pub principal: Ref,
    /// 受托方
    pub agent: Ref,
    /// 公司
    pub company: Ref,
    /// The votes passed; `None`: all that the principal has.
    pub votes: Option<Share>,
    /// When it holds.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `controls`.
#[derive(Debug, Clone, Copy)]
pub struct ControlRow<'t> {
    /// 控制人
    pub controller: Ref,
    /// 被控制主体
    pub controlled: Ref,
    /// How the control works; given on every row that asserts one.
    pub basis: Option<ControlBasis>,
    /// Label of those who control jointly.
    pub joint: Option<&'t str>,
    /// Whether the row finds control or denies it.
    pub effect: Effect,
    /// When it holds.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `concert`.
#[derive(Debug, Clone, Copy)]
pub struct ConcertRow<'t> {
    /// Label of the group.
    pub group: &'t str,
    /// 成员
    pub member: Ref,
    /// The company the concert is about; `None`: every company.
    pub company: Option<Ref>,
    /// Whether this member's will decides.
    pub lead: bool,
    /// When it holds.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `positions`.
#[derive(Debug, Clone, Copy)]
pub struct PositionRow<'t> {
    /// 任职人
    pub person: Ref,
    /// 任职单位
    pub organisation: Ref,
    /// 职务
    pub role: Role,
    /// When it holds.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `kinships`: `relative` is the `relation` of `person`.
#[derive(Debug, Clone, Copy)]
pub struct KinshipRow<'t> {
    /// 本人
    pub person: Ref,
    /// 亲属
    pub relative: Ref,
    /// 亲属关系
    pub relation: Relation,
    /// When it holds; nothing is agreed here.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `designations`.
#[derive(Debug, Clone, Copy)]
pub struct DesignationRow<'t> {
    /// 主体
    pub party: Ref,
    /// 认定机构
    pub authority: Authority,
    /// 理由
    pub reason: &'t str,
    /// When it holds; nothing is agreed here.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// A row of `vote_restrictions`.
#[derive(Debug, Clone, Copy)]
pub struct RestrictionRow<'t> {
    /// 股东
    pub shareholder: Ref,
    /// 相对方
    pub beneficiary: Ref,
    /// 公司
    pub company: Ref,
    /// 原因
    pub reason: &'t str,
    /// When it holds; nothing is agreed here.
    pub term: Term,
    /// Where the fact comes from.
    pub source: &'t str,
}

/// What is known before the first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outline {
    /// The parties that are no persons: exactly this many, at the places from 0.
    pub organisations: u32,
    /// Holdings, about.
    pub holdings: u64,
    /// Rows of all tables, about.
    pub rows: u64,
}

/// Where the rows of a synthetic dataset go, one by one.
///
/// Every organisation is told first, in the order of its place; persons follow between the other rows. No row names
/// a party before [`Sink::party`] has told it.
pub trait Sink {
    /// Called once, before anything else.
    ///
    /// # Errors
    /// Where the rows cannot be taken.
    fn begin(&mut self, outline: Outline) -> io::Result<()> {
        let _ = outline;
        Ok(())
    }
    /// A party; every row that names it comes later.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn party(&mut self, row: &PartyRow<'_>) -> io::Result<()>;
    /// A row of `holdings`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn holding(&mut self, row: &HoldingRow<'_>) -> io::Result<()>;
    /// A row of `proxies`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn proxy(&mut self, row: &ProxyRow<'_>) -> io::Result<()>;
    /// A row of `controls`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn control(&mut self, row: &ControlRow<'_>) -> io::Result<()>;
    /// A row of `concert`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn concert(&mut self, row: &ConcertRow<'_>) -> io::Result<()>;
    /// A row of `positions`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn position(&mut self, row: &PositionRow<'_>) -> io::Result<()>;
    /// A row of `kinships`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn kinship(&mut self, row: &KinshipRow<'_>) -> io::Result<()>;
    /// A row of `designations`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn designation(&mut self, row: &DesignationRow<'_>) -> io::Result<()>;
    /// A row of `vote_restrictions`.
    ///
    /// # Errors
    /// Where the row cannot be written.
    fn restriction(&mut self, row: &RestrictionRow<'_>) -> io::Result<()>;
    /// A listed company, for the list of subjects.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn listed(&mut self, company: Ref) -> io::Result<()>;
    /// The subject of the dataset's settings.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn subject(&mut self, subject: Ref) -> io::Result<()>;
}
