//! Which rows concern which party: compressed rows in columns, from either end of every tie.

use super::settled::{NEVER, settled_since};
use super::{Node, Tie, node};
use crate::facts::{Bound, Columns, Facts, Grouped, Period, Share};
use crate::store::Column;
use bytemuck::{Pod, Zeroable};
use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

/// A tie as one of its ends sees it, eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct End {
    /// The party at the other end.
    pub(super) other: Node,
    /// The table in the upper two bits, the row's position in the others.
    tie: u32,
}

const ROW_BITS: u32 = 30;
/// Tables of ties have fewer rows than this (a thousand million).
const ROWS: u32 = 1 << ROW_BITS;

impl End {
    fn new(other: Node, tie: Tie) -> Self {
        let (table, row) = match tie {
            Tie::Holding(row) => (0, row),
            Tie::Proxy(row) => (1, row),
            Tie::Control(row) => (2, row),
        };
        Self { other, tie: table << ROW_BITS | row.min(ROWS - 1) }
    }

    pub(super) fn tie(self) -> Tie {
        let row = self.tie & (ROWS - 1);
        match self.tie >> ROW_BITS {
            0 => Tie::Holding(row),
            1 => Tie::Proxy(row),
            _ => Tie::Control(row),
        }
    }
}

/// The links of a dataset: what [`super::Network`] looks rows up in. Made once, or mapped from a packed file.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// What each party holds or controls.
    pub(super) out: Grouped<End>,
    /// Who holds or controls each party.
    pub(super) into: Grouped<End>,
    /// Rows of `proxies` by company.
    pub(super) proxies: Grouped<u32>,
    /// Rows of `positions` by person.
    pub(super) posts_of: Grouped<u32>,
    /// Rows of `positions` by organisation.
    pub(super) posts_in: Grouped<u32>,
    /// Rows of `kinships` by either side.
    pub(super) kin: Grouped<u32>,
    /// Rows of `concert` by group; groups are numbered by their first rows.
    pub(super) concert_rows: Grouped<u32>,
    /// Concert groups by member.
    pub(super) groups_of: Grouped<u32>,
    /// Concert groups by company that they name.
    pub(super) groups_naming: Grouped<u32>,
    /// One group: the concert groups about every company.
    pub(super) groups_universal: Grouped<u32>,
    /// Days, counted from the common era, on which something about the party may change.
    pub(super) changes: Grouped<i32>,
    /// What is to be known of each party before its ties are looked at.
    traits: Column<u8>,
    /// The day from which on a majority of the votes settles who controls each party by votes.
    settled: Column<i32>,
    /// One group: the first rows, if any, of which something is known only within bounds.
    uncertain: Grouped<u32>,
}

/// Rows of a table with the position that stands for each in links.
fn numbers(rows: usize) -> impl Iterator<Item = (u32, usize)> {
    (0u32..).zip(0..rows)
}

impl Links {
    /// Links all rows. O(rows), and the changes of each party are sorted.
    #[must_use]
    pub fn new(facts: &Facts) -> Self {
        let parties = facts.parties().len();
        let (proxies, posts) = (facts.proxies().len(), facts.positions().len());
        let kin = || {
            numbers(facts.kinships().len()).flat_map(|(number, row)| {
                let (person, relative) = facts.kinship_ends(row);
                let second = (person != relative).then_some((node(relative), number));
                [Some((node(person), number)), second].into_iter().flatten()
            })
        };
        let labels = concert_groups(facts);
        let concert = || labels.iter().copied().zip(0usize..).map(|(group, row)| (group, row, facts.concert_ends(row)));
        let groups = labels.iter().max().map_or(0, |last| *last as usize + 1);
        let traits = traits(facts);
        Self {
            settled: settled_since(facts, &traits).into(),
            concert_rows: Grouped::new(groups, || labels.iter().copied().zip(0u32..)),
            groups_of: Grouped::sets(parties, || concert().map(|(group, _, (member, _))| (node(member), group))),
            groups_naming: Grouped::sets(parties, || {
                concert().filter_map(|(group, _, (_, company))| Some((node(company?), group)))
            }),
            groups_universal: Grouped::sets(1, || {
                concert().filter(|(_, _, (_, company))| company.is_none()).map(|(group, _, _)| (0, group))
            }),
            out: Grouped::new(parties, || ties(facts).map(|(from, to, tie)| (from, End::new(to, tie)))),
            into: Grouped::new(parties, || ties(facts).map(|(from, to, tie)| (to, End::new(from, tie)))),
            proxies: Grouped::new(parties, || {
                numbers(proxies).map(|(number, row)| (node(facts.proxy_ends(row).2), number))
            }),
            posts_of: Grouped::new(parties, || {
                numbers(posts).map(|(number, row)| (node(facts.position_ends(row).0), number))
            }),
            posts_in: Grouped::new(parties, || {
                numbers(posts).map(|(number, row)| (node(facts.position_ends(row).1), number))
            }),
            kin: Grouped::new(parties, kin),
            changes: Grouped::sets(parties, || {
                dated(facts).flat_map(|(ends, period)| {
                    let days = change_days(period);
                    ends.into_iter()
                        .flatten()
                        .flat_map(move |end| days.into_iter().flatten().map(move |day| (end, day)))
                })
            }),
            traits: traits.into(),
            uncertain: Grouped::new(1, || open(facts).then_some((0, 1)).into_iter()),
        }
    }

    /// The traits of a party.
    pub(super) fn traits_of(&self, party: Node) -> Traits {
        Traits(self.traits.at(party as usize))
    }

    /// The day (by number) from which on who controls a party by votes is settled by a majority.
    pub(super) fn settled_since(&self, party: Node) -> i32 {
        if self.settled.is_empty() { NEVER } else { self.settled.at(party as usize) }
    }

    /// Whether any tie is known only within bounds.
    pub(super) fn is_uncertain(&self) -> bool {
        !self.uncertain.is_empty()
    }

    /// Shows every column.
    pub fn visit_columns(&mut self, columns: &mut impl Columns) {
        self.out.visit(["links.out.parties", "links.out"], columns);
        self.into.visit(["links.into.parties", "links.into"], columns);
        self.proxies.visit(["links.proxies.parties", "links.proxies"], columns);
        self.posts_of.visit(["links.posts_of.parties", "links.posts_of"], columns);
        self.posts_in.visit(["links.posts_in.parties", "links.posts_in"], columns);
        self.kin.visit(["links.kin.parties", "links.kin"], columns);
        self.concert_rows.visit(["links.concert.groups", "links.concert"], columns);
        self.groups_of.visit(["links.groups_of.parties", "links.groups_of"], columns);
        self.groups_naming.visit(["links.groups_naming.parties", "links.groups_naming"], columns);
        self.groups_universal.visit(["links.groups_universal.all", "links.groups_universal"], columns);
        self.changes.visit(["links.changes.parties", "links.changes"], columns);
        columns.visit("links.traits", &mut self.traits);
        columns.visit("links.settled", &mut self.settled);
        self.uncertain.visit(["links.uncertain.groups", "links.uncertain"], columns);
    }
}

/// Traits of a party that spare a look at its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits(pub(super) u8);

impl Traits {
    /// Not all votes in it are plain decimals of its holders: there are proxies, fractions, ranges or unknown amounts.
    pub(super) const TABLED: Self = Self(1);
    /// Not all shares of it are plain decimals.
    pub(super) const OPEN_SHARES: Self = Self(2);
    /// Something about it is known only within bounds.
    pub(super) const UNSURE: Self = Self(4);
    /// Concert groups name it as the company they are about.
    pub(super) const NAMED: Self = Self(8);
    /// Not all votes in it are plain decimals that are certain, or concert may bring them together.
    pub(super) const OPEN_VOTES: Self = Self(1 | 4 | 8);

    /// Whether it has this trait.
    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The traits of every party. O(rows).
fn traits(facts: &Facts) -> Vec<u8> {
    let mut traits = vec![0u8; facts.parties().len()];
    let mut set = |party: Node, own: Traits| {
        if let Some(known) = traits.get_mut(party as usize) {
            *known |= own.0;
        }
    };
    let unsure = |share: Option<Share>| share.is_some_and(|share| facts.is_uncertain(share));
    for row in 0..facts.holdings().len() {
        let company = node(facts.holding_ends(row).1);
        if facts.votes(row).units().is_none() {
            set(company, Traits::TABLED);
        }
        if facts.share(row).units().is_none() {
            set(company, Traits::OPEN_SHARES);
        }
        if unsure(Some(facts.share(row))) || unsure(facts.stated_votes(row)) {
            set(company, Traits::UNSURE);
        }
    }
    for row in 0..facts.proxies().len() {
        let company = node(facts.proxy_ends(row).2);
        set(company, Traits::TABLED);
        if unsure(facts.proxy_votes(row)) {
            set(company, Traits::UNSURE);
        }
    }
    for row in 0..facts.concert().len() {
        facts.concert_ends(row).1.into_iter().for_each(|company| set(node(company), Traits::NAMED));
    }
    for (ends, _) in dated(facts).filter(|(_, period)| period.is_uncertain()) {
        ends.into_iter().flatten().for_each(|party| set(party, Traits::UNSURE));
    }
    traits
}

/// The group of every row of `concert`, numbered by their first rows.
fn concert_groups(facts: &Facts) -> Vec<u32> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    (0..facts.concert().len())
        .map(|row| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            *numbers.entry(facts.concert_group(row)).or_insert(next)
        })
        .collect()
}

/// Every tie that can give control, with its ends.
fn ties(facts: &Facts) -> impl Iterator<Item = (Node, Node, Tie)> {
    let holdings = numbers(facts.holdings().len()).map(|(number, row)| {
        let (holder, company) = facts.holding_ends(row);
        (node(holder), node(company), Tie::Holding(number))
    });
    let proxies = numbers(facts.proxies().len()).map(|(number, row)| {
        let (_, agent, company) = facts.proxy_ends(row);
        (node(agent), node(company), Tie::Proxy(number))
    });
    let controls = numbers(facts.controls().len()).map(|(number, row)| {
        let (controller, controlled) = facts.control_ends(row);
        (node(controller), node(controlled), Tie::Control(number))
    });
    holdings.chain(proxies).chain(controls)
}

/// Every dated row that says something about parties: whom it names and when it holds.
fn dated(facts: &Facts) -> impl Iterator<Item = ([Option<Node>; 3], Period)> {
    let two = |(one, other)| [Some(node(one)), Some(node(other)), None];
    let holdings =
        (0..facts.holdings().len()).map(move |row| (two(facts.holding_ends(row)), facts.holding_period(row)));
    let proxies = (0..facts.proxies().len()).map(|row| {
        let (principal, agent, company) = facts.proxy_ends(row);
        ([Some(node(principal)), Some(node(agent)), Some(node(company))], facts.proxy_period(row))
    });
    let controls =
        (0..facts.controls().len()).map(move |row| (two(facts.control_ends(row)), facts.control_period(row)));
    let concert = (0..facts.concert().len()).map(|row| {
        let (member, company) = facts.concert_ends(row);
        ([Some(node(member)), company.map(node), None], facts.concert_period(row))
    });
    let posts =
        (0..facts.positions().len()).map(move |row| (two(facts.position_ends(row)), facts.position_period(row)));
    let kin = (0..facts.kinships().len()).map(move |row| (two(facts.kinship_ends(row)), facts.kinship_period(row)));
    let designated = (0..facts.designations().len())
        .map(|row| ([Some(node(facts.designated(row))), None, None], facts.designation_period(row)));
    holdings.chain(proxies).chain(controls).chain(concert).chain(posts).chain(kin).chain(designated)
}

/// Whether an amount or a day of any tie is known only within bounds.
fn open(facts: &Facts) -> bool {
    let unsure = |share: Option<crate::facts::Share>| share.is_some_and(|share| facts.is_uncertain(share));
    (0..facts.holdings().len()).any(|row| unsure(Some(facts.share(row))) || unsure(facts.stated_votes(row)))
        || (0..facts.proxies().len()).any(|row| unsure(facts.proxy_votes(row)))
        || dated(facts).any(|(_, period)| period.is_uncertain())
}

/// The days from which a row's standing differs from the day before.
fn change_days(period: Period) -> [Option<i32>; 4] {
    let on = |bound: Bound| bound.day().map(|day| day.num_days_from_ce());
    let after = |bound: Bound| bound.day().and_then(|day| day.succ_opt()).map(|day| day.num_days_from_ce());
    // An unknown end leaves the known end's single day certain, so the days next to it are changes as well.
    let open = period.is_uncertain();
    let beside = |day: Option<i32>| day.filter(|_| open);
    [on(period.from), after(period.until), beside(on(period.until)), beside(after(period.from))]
}

/// The day of a number among the changes.
pub(super) fn day(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number)
}
