//! The facts seen through one lens, over a window of days: what has been worked out, and for which days it is true.
//!
//! Two kinds of results live here. What grows along ties (who controls whom) is worked out once for the whole window:
//! everything found carries the [`Days`] on which it holds. What is a matter of one company or one family is worked out
//! day by day, but only on the days on which something it looked at changes ([`Kernel::over`]).

use super::ballot::Ballot;
use super::cone::Cone;
use super::memo::Memos;
use super::nearest::Nearest;
use super::run::Run;
use super::settled::Settled;
use super::tally::plain_units;
use super::{Capital, Controllers, Days, Lens, Network, Node, Overview, Reach, Tie, VoteTable, Window};
use crate::facts::{Percent, Period, PeriodCode, Span};
use chrono::{Datelike, NaiveDate};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::Cell;
use std::rc::Rc;

/// The parameters of control; a rule pack fills them in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ControlRules {
    /// The subject, which counts as listed, where the facts do not say so themselves.
    pub subject: Option<Node>,
    /// More than this much of the votes controls.
    pub majority: Percent,
    /// More than this much of a listed company's votes is presumed to control; `None`: there is no such presumption.
    pub presumption: Option<Percent>,
    /// Whether near kin who both hold shares of a company act in concert about it.
    pub family_block: bool,
    /// Whether concert and joint control give control.
    pub joint: bool,
}

/// Works out control, votes and holdings over a window of days at one bound, and keeps what it has found.
pub struct Kernel<'n, 'f> {
    pub(super) network: &'n Network<'f>,
    pub(super) lens: Lens,
    pub(super) window: Window,
    /// The first and the last day of the window, by number.
    ends: (i32, i32),
    pub(super) rules: ControlRules,
    settled: Settled,
    /// Whether concert groups about every company may bring anybody's votes together.
    pub(super) grouped: bool,
    /// Units of plain votes that do not control a company yet: listed, and any other.
    pub(super) plain_limits: [u64; 2],
    /// The span of days, around the one looked at, in which nothing looked at so far changes.
    valid: Cell<Span>,
    pub(super) stamp: u64,
    tables: Memos<Rc<VoteTable>>,
    capital: Memos<Rc<Capital>>,
    ballots: FxHashMap<Node, Rc<Ballot>>,
    shares: FxHashMap<Node, Rc<Ballot>>,
    pub(super) runs: FxHashMap<Node, Run>,
    /// While controllers are searched for: the only ties that runs have to look at.
    pub(super) cone: Option<Rc<Cone>>,
    pub(super) nearest: FxHashMap<(Node, u8), Nearest>,
    pub(super) controllers: FxHashMap<Node, Rc<Controllers>>,
    /// Those who control a party by a declaration or by votes of their own alone.
    pub(super) direct: FxHashMap<Node, Rc<Vec<(Node, Days)>>>,
    pub(super) reach: FxHashMap<Node, Rc<Reach>>,
    pub(super) above: FxHashMap<Node, Rc<FxHashSet<Node>>>,
    pub(super) overview: FxHashMap<Node, Rc<Overview>>,
    /// Companies of which near kin of a person hold shares.
    pub(super) kin_holdings: FxHashMap<Node, FxHashSet<Node>>,
    /// Of those behind a company: whom each controls.
    pub(super) under_each: FxHashMap<Node, Rc<FxHashMap<Node, Vec<Node>>>>,
}

pub(super) fn meet(a: Span, b: Span) -> Span {
    Span { first: a.first.max(b.first), last: a.last.min(b.last) }
}

impl<'n, 'f> Kernel<'n, 'f> {
    /// A kernel that has worked out nothing yet, for questions about the days of `span`.
    #[must_use]
    pub fn new(network: &'n Network<'f>, lens: Lens, rules: ControlRules, span: Span) -> Self {
        let first = span.first.num_days_from_ce();
        let grouped = rules.joint && !network.concert().universal().is_empty();
        let least = rules.presumption.as_ref().map_or(&rules.majority, |presumption| presumption.min(&rules.majority));
        Self {
            network,
            lens,
            window: Window::new(span),
            ends: (first, span.last.max(span.first).num_days_from_ce()),
            grouped,
            settled: Settled::new(network, &rules, span.first),
            plain_limits: [plain_units(least), plain_units(&rules.majority)],
            rules,
            valid: Cell::new(Span::ALWAYS),
            stamp: 0,
            tables: Memos::default(),
            capital: Memos::default(),
            ballots: FxHashMap::default(),
            shares: FxHashMap::default(),
            runs: FxHashMap::default(),
            cone: None,
            nearest: FxHashMap::default(),
            controllers: FxHashMap::default(),
            direct: FxHashMap::default(),
            reach: FxHashMap::default(),
            above: FxHashMap::default(),
            overview: FxHashMap::default(),
            kin_holdings: FxHashMap::default(),
            under_each: FxHashMap::default(),
        }
    }

    /// A kernel for the lens's own day alone.
    #[must_use]
    pub fn on_day(network: &'n Network<'f>, lens: Lens, rules: ControlRules) -> Self {
        Self::new(network, lens, rules, Span { first: lens.day, last: lens.day })
    }

    /// The network looked at.
    #[must_use]
    pub fn network(&self) -> &'n Network<'f> {
        self.network
    }

    /// The state looked at.
    #[must_use]
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The days looked at.
    #[must_use]
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The parameters of control.
    #[must_use]
    pub fn rules(&self) -> &ControlRules {
        &self.rules
    }

    /// About how many results are kept.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let maps =
            self.ballots.len() + self.shares.len() + self.controllers.len() + self.direct.len() + self.above.len();
        self.stamp + 4 * maps as u64 + self.nearest.len() as u64
    }

    /// Looks at another day of the window, and notes afresh how long answers stay true.
    pub fn move_to(&mut self, day: NaiveDate) {
        self.valid.set(Span::ALWAYS);
        self.lens.day = day;
    }

    /// The position in the window of the day looked at.
    pub(super) fn today(&self) -> usize {
        self.window.position(self.lens.day)
    }

    /// The days of the window on which a row counts.
    #[must_use]
    pub fn days(&self, period: &Period) -> Days {
        self.lens.span(period).map_or(Days::None, |span| self.window.days(span))
    }

    /// The days of the window on which a row counts, most often told without decoding its days.
    pub(super) fn days_coded(&self, code: PeriodCode) -> Days {
        let (first, last) = self.ends;
        if code.covers(first, last) {
            Days::All
        } else if code.misses(first, last) {
            Days::None
        } else {
            self.days(&code.period())
        }
    }

    /// The days of the window on which a tie counts.
    pub(super) fn days_of(&self, tie: Tie) -> Days {
        self.days_coded(self.network.period_code(tie))
    }

    /// The days on which a row counts that excludes or rebuts.
    #[must_use]
    pub fn days_against(&self, period: &Period) -> Days {
        self.lens.opposite().span(period).map_or(Days::None, |span| self.window.days(span))
    }

    /// How long everything asked since [`Kernel::move_to`] stays true.
    #[must_use]
    pub fn valid(&self) -> Span {
        self.valid.get()
    }

    /// Notes that an answer is true for these days only.
    pub fn note(&self, span: Span) {
        self.valid.set(meet(self.valid.get(), span));
    }

    /// Notes that something about a party was looked at.
    pub fn touch(&self, party: Node) {
        self.note(self.network.steady(party, self.lens.day));
    }

    /// Notes that a row was looked at that may count at either bound.
    pub(super) fn note_period(&self, period: &Period) {
        for span in
            [period.certain(self.lens.asked, self.lens.months), period.possible(self.lens.asked, self.lens.months)]
        {
            let days = span.map_or(Days::None, |span| self.window.days(span));
            self.note(self.window.alike(&days, self.today()));
        }
    }

    /// The same of a row that is not decoded yet.
    pub(super) fn note_code(&self, code: PeriodCode) {
        let (first, last) = self.ends;
        if !code.covers(first, last) && !code.misses(first, last) {
            self.note_period(&code.period());
        }
    }

    /// Whether something holds on the day looked at, noting how long that is so.
    pub(super) fn holds(&self, days: &Days) -> bool {
        let today = self.today();
        self.note(self.window.alike(days, today));
        days.contains(today)
    }

    /// Notes that the answer differs before `day` from what it is from `day` on.
    pub fn cut(&self, day: NaiveDate) {
        let mut span = Span::ALWAYS;
        if day <= self.lens.day {
            span.first = day;
        } else if let Some(before) = day.pred_opt() {
            span.last = before;
        }
        self.note(span);
    }

    /// Works something out on each of these days, though only once for days in which nothing it looks at changes.
    pub fn over<T>(&mut self, days: &Days, mut work: impl FnMut(&mut Self) -> T) -> Vec<(Days, T)> {
        let (day, valid) = (self.lens.day, self.valid.get());
        let mut found = Vec::new();
        let mut rest = days.clone();
        while let Some(first) = rest.first() {
            self.move_to(self.window.day(first));
            let value = work(self);
            let alike = self.window.days(self.valid.get()).and(&rest);
            rest = rest.minus(&alike);
            found.push((alike, value));
        }
        self.lens.day = day;
        self.valid.set(valid);
        found
    }

    /// Those of `days` on which something holds.
    pub fn days_when(&mut self, days: &Days, mut test: impl FnMut(&mut Self) -> bool) -> Days {
        let found = self.over(days, |kernel| test(kernel));
        found.into_iter().filter(|(_, holds)| *holds).fold(Days::None, |days, (alike, _)| days.or(&alike))
    }

    /// Works out something for the whole window; what it looks at says nothing about the day looked at now.
    pub(super) fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let (day, valid) = (self.lens.day, self.valid.get());
        let value = work(self);
        self.lens.day = day;
        self.valid.set(valid);
        value
    }

    /// The votes in a company on the day looked at. O(rows about it) the first time.
    pub fn votes(&mut self, company: Node) -> Rc<VoteTable> {
        if let Some((span, value)) = self.tables.get(company, self.lens.day) {
            self.note(span);
            return value;
        }
        let span = self.network.steady(company, self.lens.day);
        self.note(span);
        let value = Rc::new(VoteTable::new(self.network, &self.lens, company));
        self.tables.keep(company, span, Rc::clone(&value));
        value
    }

    /// The capital of a company by holder on the day looked at. O(rows about it) the first time.
    pub fn capital(&mut self, company: Node) -> Rc<Capital> {
        if let Some((span, value)) = self.capital.get(company, self.lens.day) {
            self.note(span);
            return value;
        }
        let span = self.network.steady(company, self.lens.day);
        self.note(span);
        let value = Rc::new(Capital::new(self.network, &self.lens, company));
        self.capital.keep(company, span, Rc::clone(&value));
        value
    }

    /// The votes in a company over the whole window. O(rows about it) the first time.
    pub(super) fn ballot(&mut self, company: Node) -> Rc<Ballot> {
        if let Some(ballot) = self.ballots.get(&company) {
            return Rc::clone(ballot);
        }
        let ballot = Rc::new(self.apart(|kernel| Ballot::votes(kernel, company)));
        self.ballots.insert(company, Rc::clone(&ballot));
        ballot
    }

    /// The shares of a company over the whole window. O(rows about it) the first time.
    pub(super) fn shares(&mut self, company: Node) -> Rc<Ballot> {
        if let Some(shares) = self.shares.get(&company) {
            return Rc::clone(shares);
        }
        let shares = Rc::new(self.apart(|kernel| Ballot::shares(kernel, company)));
        self.shares.insert(company, Rc::clone(&shares));
        shares
    }

    /// Whether votes decide about control of it: an organisation other than a partnership.
    pub(super) fn is_voted(&self, company: Node) -> bool {
        use crate::facts::PartyKind::{Partnership, Person};
        !matches!(self.network.kind(company), Partnership | Person)
    }

    /// Whether the presumption from part of the votes applies to it.
    pub(super) fn is_listed(&self, company: Node) -> bool {
        Some(company) == self.rules.subject || self.network.is_listed(company)
    }

    /// Whether all through the window one holder has the majority of the votes in a company, so that nobody comes to
    /// control it by votes but by controlling that holder.
    pub(super) fn is_settled(&self, company: Node) -> bool {
        self.settled.holds(self.network, company)
    }

    /// The units of plain votes in a company that do not give control of it yet.
    pub(super) fn plain_limit(&self, company: Node) -> u64 {
        self.plain_limits[usize::from(!self.is_listed(company))]
    }

    /// Whether a row of `controls` gives control (its period apart).
    pub(super) fn declares(&self, row: u32) -> bool {
        let (effect, joint) = self.network.control_effect(row);
        effect == crate::facts::Effect::Asserts && (self.rules.joint || !joint)
    }

    /// Whether a tie can lead to control on some day of the window: no denial, and in force.
    pub(super) fn may_lead(&self, tie: Tie) -> bool {
        !self.network.is_denial(tie) && !self.days_of(tie).is_empty()
    }
}
