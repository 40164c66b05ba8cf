//! Who acts in concert about a company: groups, their members and leads.

use super::links::{Links, Traits};
use super::{Lens, Network, Node, Side, node};
use crate::facts::{Facts, Period};

/// Concert groups by member and by company, whatever the day.
#[derive(Clone, Copy)]
pub(super) struct Concert<'n> {
    pub(super) links: &'n Links,
    pub(super) facts: &'n Facts,
}

impl<'n> Concert<'n> {
    /// The groups a party belongs to.
    pub(super) fn of(self, member: Node) -> &'n [u32] {
        self.links.groups_of.of(member as usize)
    }

    /// Which of some groups (ascending) a party belongs to. O(the fewer of both, and a logarithm): a nominee belongs to
    /// tens of thousands.
    pub(super) fn of_among<'g>(self, member: Node, groups: &'g [u32]) -> impl Iterator<Item = u32> + use<'n, 'g>
    where
        'n: 'g,
    {
        let own = self.of(member);
        let (few, many) = if own.len() < groups.len() { (own, groups) } else { (groups, own) };
        few.iter().copied().filter(move |group| many.binary_search(group).is_ok())
    }

    /// The groups about every company that a party belongs to.
    pub(super) fn universal_of(self, member: Node) -> impl Iterator<Item = u32> + 'n {
        self.of_among(member, self.universal())
    }

    /// Groups that name the company.
    pub(super) fn naming(self, company: Node) -> &'n [u32] {
        if self.links.traits_of(company).contains(Traits::NAMED) {
            self.links.groups_naming.of(company as usize)
        } else {
            &[]
        }
    }

    /// Groups with a row about every company, ascending.
    pub(super) fn universal(self) -> &'n [u32] {
        self.links.groups_universal.of(0)
    }

    /// Groups that may be about the company: those that name it and those about every company.
    pub(super) fn bearing_on(self, company: Node) -> impl Iterator<Item = u32> + 'n {
        let naming = self.naming(company);
        // A group may name this company in one row and none in another.
        let universal = self.universal().iter().filter(move |group| naming.binary_search(group).is_err());
        naming.iter().chain(universal).copied()
    }

    fn rows(self, group: u32) -> impl Iterator<Item = u32> + 'n {
        self.links.concert_rows.of(group as usize).iter().copied()
    }

    /// Everyone named as a member of a group.
    pub(super) fn everyone(self, group: u32) -> impl Iterator<Item = Node> + 'n {
        self.rows(group).map(move |row| node(self.facts.concert_ends(row as usize).0))
    }

    /// The companies that the rows of a group name.
    pub(super) fn named(self, group: u32) -> impl Iterator<Item = Node> + 'n {
        self.rows(group).filter_map(move |row| self.facts.concert_ends(row as usize).1.map(node))
    }

    /// The rows of a group about a company, each with its member and period.
    pub(super) fn rows_about(self, group: u32, company: Node) -> impl Iterator<Item = (u32, Node, Period)> + 'n {
        self.rows(group).filter_map(move |row| {
            let (member, about) = self.facts.concert_ends(row as usize);
            about
                .is_none_or(|about| node(about) == company)
                .then(|| (row, node(member), self.facts.concert_period(row as usize)))
        })
    }
}

/// One group about one company on one day: members and leads, certain and possible.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Members for certain.
    pub certain: Vec<Node>,
    /// Members for certain or possibly.
    pub possible: Vec<Node>,
    certain_leads: Vec<Node>,
    possible_leads: Vec<Node>,
    /// Rows that count at the lens's bound, with their member.
    pub rows: Vec<(u32, Node)>,
}

impl Members {
    /// The members of `group` about `company`: rows that name the company or none.
    pub(super) fn of(network: &Network, lens: &Lens, group: u32, company: Node) -> Self {
        let mut members = Self::default();
        for (row, member, period) in network.concert().rows_about(group, company) {
            if !lens.possible(&period) {
                continue;
            }
            let certain = lens.certain(&period);
            let lead = network.facts().concert_lead(row as usize);
            members.possible.push(member);
            if lead {
                members.possible_leads.push(member);
            }
            if certain {
                members.certain.push(member);
                if lead {
                    members.certain_leads.push(member);
                }
            }
            if certain || lens.side == Side::Greatest {
                members.rows.push((row, member));
            }
        }
        for list in
            [&mut members.certain, &mut members.possible, &mut members.certain_leads, &mut members.possible_leads]
        {
            list.sort_unstable();
            list.dedup();
        }
        members
    }

    /// Those the group brings at a bound.
    #[must_use]
    pub fn at(&self, side: Side) -> &[Node] {
        match side {
            Side::Least => &self.certain,
            Side::Greatest => &self.possible,
        }
    }

    /// The rows of these members that count.
    #[must_use]
    pub fn rows_of(&self, members: &[Node]) -> Vec<u32> {
        self.rows.iter().filter(|(_, member)| members.contains(member)).map(|(row, _)| *row).collect()
    }

    /// Members of a set of parties that show that the group counts for it: a lead that is certain, else all leads
    /// there may be and a member. `first` is preferred.
    #[must_use]
    pub fn triggers(&self, side: Side, first: Node, within: impl Fn(Node) -> bool) -> Vec<Node> {
        let inside = |list: &[Node]| -> Vec<Node> {
            let mut inside: Vec<Node> = list.iter().copied().filter(|member| within(*member)).collect();
            inside.sort_by_key(|member| *member != first);
            inside
        };
        if let Some(lead) = inside(&self.certain_leads).first() {
            return vec![*lead];
        }
        let mut triggers = inside(&self.possible_leads);
        let member = inside(self.at(side)).into_iter().next();
        triggers.extend(member.filter(|member| !triggers.contains(member)));
        triggers
    }

    /// Whether the group counts for a set of parties, `within`, as far as control goes: a lead decides where there
    /// is one, else any member. At the least, a possible lead outside the set stands in the way.
    pub fn counts_for_control(&self, side: Side, within: impl Fn(Node) -> bool) -> bool {
        if !self.at(side).iter().any(|member| within(*member)) {
            return false;
        }
        match side {
            Side::Least => {
                self.certain_leads.iter().any(|lead| within(*lead))
                    || self.possible_leads.iter().all(|lead| within(*lead))
            }
            Side::Greatest => self.certain_leads.is_empty() || self.possible_leads.iter().any(|lead| within(*lead)),
        }
    }
}
