//! Close family: exactly the nine relations of article 51, on one day.
//!
//! Reading taken (`rules-sse-2022.md`, section 4): children of one parent are siblings; a declared in-law relation
//! stands for the path it names, with a child of age; a child whose birth date is unknown counts as of age; ages are
//! taken on the day looked at, but never after the day asked about.

use super::{Kernel, Network, Node, node, party};
use crate::facts::Relation;
use chrono::{Datelike, NaiveDate};

/// A close relative: `relative` is the `relation` of the person asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Who.
    pub relative: Node,
    /// One of the nine relations.
    pub relation: Relation,
    /// Positions of the rows of `kinships` that make the path.
    pub rows: Vec<u32>,
    /// Children on the path whose age counts.
    pub children: Vec<Node>,
}

/// A relative one step away, with the rows that say so.
type Step = (Node, Vec<u32>);

/// The day on which somebody born on `birth` completes `years`; for 29 February 1 March of a year without one.
#[must_use]
pub fn birthday_of_age(birth: NaiveDate, years: u32) -> NaiveDate {
    let year = birth.year().saturating_add(i32::try_from(years).unwrap_or(i32::MAX));
    birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(NaiveDate::MAX)
}

/// Rows that state `relation` of a person directly, written from either side.
fn stated(kernel: &mut Kernel, person: Node, relation: Relation) -> Vec<Step> {
    let network = kernel.network();
    let facts = network.facts();
    let mut steps = Vec::new();
    for i in network.kin_rows(person) {
        let row = *i as usize;
        let (one, other) = facts.kinship_ends(row);
        let period = facts.kinship_period(row);
        kernel.note_period(&period);
        if one == other || !kernel.lens().has(&period) {
            continue;
        }
        let relation_stated = facts.kinship_relation(row);
        let forward = node(one) == person;
        let (relative, stated) =
            if forward { (node(other), relation_stated) } else { (node(one), relation_stated.inverse()) };
        if stated == relation {
            steps.push((relative, vec![*i]));
        }
    }
    steps
}

fn join(first: &[u32], second: &[u32]) -> Vec<u32> {
    first.iter().chain(second).copied().collect()
}

/// Siblings by a row, or by a common parent.
fn siblings(kernel: &mut Kernel, person: Node) -> Vec<Step> {
    let mut found = stated(kernel, person, Relation::Sibling);
    for (parent, up) in stated(kernel, person, Relation::Parent) {
        for (child, down) in stated(kernel, parent, Relation::Child) {
            if child != person {
                found.push((child, join(&up, &down)));
            }
        }
    }
    found
}

/// Whoever may be a spouse, parent, child or sibling of a person, on whatever day.
pub(super) fn may_be_near(network: &Network, person: Node) -> impl Iterator<Item = Node> {
    let one_step = move |of: Node| {
        network.kin_rows(of).iter().map(move |i| {
            let (one, other) = network.facts().kinship_ends(*i as usize);
            if node(one) == of { node(other) } else { node(one) }
        })
    };
    one_step(person).flat_map(move |near| std::iter::once(near).chain(one_step(near))).filter(move |kin| *kin != person)
}

/// Spouses, parents, children and siblings: those whom the switch `family_block` pools.
pub(super) fn bloc(kernel: &mut Kernel, person: Node) -> Vec<Step> {
    let mut kin = stated(kernel, person, Relation::Spouse);
    kin.extend(stated(kernel, person, Relation::Parent));
    kin.extend(stated(kernel, person, Relation::Child));
    kin.extend(siblings(kernel, person));
    kin
}

impl Kernel<'_, '_> {
    /// The close family of a person. `age` is the age from which a child counts; `None`: every child does.
    /// O(rows of the person's relatives).
    pub fn family(&mut self, person: Node, age: Option<u32>) -> Vec<Kin> {
        let mut family: Vec<Kin> = Vec::new();
        let mut add = |relative: Node, relation: Relation, rows: Vec<u32>, children: Vec<Node>| {
            if relative != person {
                family.push(Kin { relative, relation, rows, children });
            }
        };
        for (spouse, way) in stated(self, person, Relation::Spouse) {
            for (parent, up) in stated(self, spouse, Relation::Parent) {
                add(parent, Relation::SpouseParent, join(&way, &up), Vec::new());
            }
            for (sibling, side) in siblings(self, spouse) {
                add(sibling, Relation::SpouseSibling, join(&way, &side), Vec::new());
            }
            add(spouse, Relation::Spouse, way, Vec::new());
        }
        for (parent, way) in stated(self, person, Relation::Parent) {
            add(parent, Relation::Parent, way, Vec::new());
        }
        for (sibling, way) in siblings(self, person) {
            for (spouse, on) in stated(self, sibling, Relation::Spouse) {
                add(spouse, Relation::SiblingSpouse, join(&way, &on), Vec::new());
            }
            add(sibling, Relation::Sibling, way, Vec::new());
        }
        for (child, way) in stated(self, person, Relation::Child) {
            if !self.is_of_age(child, age) {
                continue;
            }
            for (spouse, on) in stated(self, child, Relation::Spouse) {
                for (parent, up) in stated(self, spouse, Relation::Parent) {
                    add(parent, Relation::ChildSpouseParent, join(&join(&way, &on), &up), vec![child]);
                }
                add(spouse, Relation::ChildSpouse, join(&way, &on), vec![child]);
            }
            for (parent, on) in stated(self, child, Relation::SpouseParent) {
                add(parent, Relation::ChildSpouseParent, join(&way, &on), vec![child]);
            }
            add(child, Relation::Child, way, vec![child]);
        }
        for (spouse, way) in stated(self, person, Relation::ChildSpouse) {
            for (parent, up) in stated(self, spouse, Relation::Parent) {
                add(parent, Relation::ChildSpouseParent, join(&way, &up), Vec::new());
            }
            add(spouse, Relation::ChildSpouse, way, Vec::new());
        }
        for relation in
            [Relation::SpouseParent, Relation::SiblingSpouse, Relation::SpouseSibling, Relation::ChildSpouseParent]
        {
            for (relative, way) in stated(self, person, relation) {
                add(relative, relation, way, Vec::new());
            }
        }
        family
    }

    /// Whether a child counts by its age on the day looked at (on the day asked about, if that is earlier).
    fn is_of_age(&mut self, child: Node, age: Option<u32>) -> bool {
        let Some(years) = age else { return true };
        let Some(birth) = self.network().facts().birth_date(party(child)) else { return true };
        let from = birthday_of_age(birth, years);
        if from <= self.lens().asked {
            self.cut(from);
        }
        from <= self.lens().day.min(self.lens().asked)
    }
}
