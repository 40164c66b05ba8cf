//! Who acts in concert about a company: groups, their members and leads.

use super::{Lens, Network, Node, Side, node};
use crate::facts::{Facts, Period};
use rustc_hash::{FxHashMap, FxHashSet};

/// Concert groups by label and by member.
pub(super) struct ConcertIndex {
    groups: Vec<Vec<u32>>,
    everyone: Vec<Vec<Node>>,
    of_member: FxHashMap<Node, Vec<u32>>,
    /// Companies that the rows of a group name; `None` where one names none, and so bears on every company.
    about: Vec<Option<FxHashSet<Node>>>,
    /// Groups that bear on every company.
    universal: Vec<u32>,
    /// Groups whose rows name a company.
    naming: FxHashMap<Node, Vec<u32>>,
}

impl ConcertIndex {
    pub(super) fn new(facts: &Facts) -> Self {
        let mut labels: FxHashMap<&str, u32> = FxHashMap::default();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut everyone: Vec<Vec<Node>> = Vec::new();
        let mut of_member: FxHashMap<Node, Vec<u32>> = FxHashMap::default();
        let mut about: Vec<Option<FxHashSet<Node>>> = Vec::new();
        let mut naming: FxHashMap<Node, Vec<u32>> = FxHashMap::default();
        for (i, row) in facts.concert().iter().enumerate() {
            let next = groups.len() as u32;
            let group = *labels.entry(row.group).or_insert(next);
            if group == next {
                groups.push(Vec::new());
                everyone.push(Vec::new());
                about.push(Some(FxHashSet::default()));
            }
            match (row.company.map(node), &mut about[group as usize]) {
                (Some(company), Some(named)) => {
                    named.insert(company);
                }
                (None, about) => *about = None,
                (Some(_), None) => {}
            }
            if let Some(company) = row.company.map(node) {
                let groups: &mut Vec<u32> = naming.entry(company).or_default();
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
            groups[group as usize].push(i as u32);
            everyone[group as usize].push(node(row.member));
            let memberships = of_member.entry(node(row.member)).or_default();
            if !memberships.contains(&group) {
                memberships.push(group);
            }
        }
        let universal = about.iter().zip(0..).filter(|(about, _)| about.is_none()).map(|(_, group)| group).collect();
        Self { groups, everyone, of_member, about, universal, naming }
    }

    /// Whether the party belongs to any group, whatever the day and company.
    pub(super) fn has(&self, member: Node) -> bool {
        self.of_member.contains_key(&member)
    }

    /// Groups that, on whatever day, may be about the company: those that name it and those about every company.
    pub(super) fn bearing_on(&self, company: Node) -> impl Iterator<Item = u32> + '_ {
        // A group may name this company in one row and none in another.
        let universal = self.universal.iter().copied().filter(move |group| !self.naming(company).contains(group));
        self.naming(company).iter().copied().chain(universal)
    }

    /// The companies that a group is about; `None` where it is about every company.
    pub(super) fn about(&self, group: u32) -> Option<&FxHashSet<Node>> {
        self.about[group as usize].as_ref()
    }

    /// Groups that name the company, whatever the day.
    pub(super) fn naming(&self, company: Node) -> &[u32] {
        self.naming.get(&company).map_or(&[], Vec::as_slice)
    }

    /// Groups that bear on every company.
    pub(super) fn universal(&self) -> &[u32] {
        &self.universal
    }

    /// Members of a group about a company, with the period of each row.
    pub(super) fn rows_about<'a>(
        &'a self,
        facts: &'a Facts,
        group: u32,
        company: Node,
    ) -> impl Iterator<Item = (Node, Period)> + 'a {
        let rows = self.groups[group as usize].iter().map(|i| facts.concert().row(*i as usize));
        let about = rows.filter(move |row| row.company.is_none_or(|about| node(about) == company));
        about.map(|row| (node(row.member), row.period))
    }

    /// Everyone named as a member of a group, whatever the day and company.
    pub(super) fn everyone(&self, group: u32) -> &[Node] {
        &self.everyone[group as usize]
    }

    /// The groups a party belongs to, whatever the day and company.
    pub(super) fn of(&self, member: Node) -> &[u32] {
        self.of_member.get(&member).map_or(&[], Vec::as_slice)
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
        let facts = network.facts();
        let mut members = Self::default();
        for i in &network.concert.groups[group as usize] {
            let row = facts.concert().row(*i as usize);
            if row.company.is_some_and(|about| node(about) != company) || !lens.possible(&row.period) {
                continue;
            }
            let member = node(row.member);
            let certain = lens.certain(&row.period);
            members.possible.push(member);
            if row.lead {
                members.possible_leads.push(member);
            }
            if certain {
                members.certain.push(member);
                if row.lead {
                    members.certain_leads.push(member);
                }
            }
            if certain || lens.side == Side::Greatest {
                members.rows.push((*i, member));
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
