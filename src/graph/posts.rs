//! Who holds which post where, on one day.

use super::{Days, Kernel, Lens, Node, node};
use crate::facts::{Facts, PeriodCode, Role};

/// A post held: the row's position, the other end and the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Position of the row of `positions`.
    pub row: u32,
    /// Who holds it.
    pub person: Node,
    /// Where.
    pub organisation: Node,
    /// As what.
    pub role: Role,
}

impl Kernel<'_, '_> {
    /// Posts of a person in force at the lens's bound.
    pub fn posts_of(&mut self, person: Node) -> Vec<Post> {
        let lens = self.lens;
        self.note_posts(self.network().posts_of(person));
        self.posts(self.network().posts_of(person), &lens)
    }

    /// Posts in an organisation in force at the lens's bound.
    pub fn posts_in(&mut self, organisation: Node) -> Vec<Post> {
        let lens = self.lens;
        self.note_posts(self.network().posts_in(organisation));
        self.posts(self.network().posts_in(organisation), &lens)
    }

    /// The same at the opposite bound, for posts that exclude or exempt.
    pub fn posts_in_against(&mut self, organisation: Node) -> Vec<Post> {
        let lens = self.lens.opposite();
        self.note_posts(self.network().posts_in(organisation));
        self.posts(self.network().posts_in(organisation), &lens)
    }

    fn note_posts(&self, rows: &[u32]) {
        for row in rows {
            self.note_code(self.network().facts().position_code(*row as usize));
        }
    }

    /// Posts of a person on some day of the window, with the days.
    pub fn posts_of_over(&mut self, person: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_of(person), |kernel, code| kernel.days_coded(code))
    }

    /// Posts in an organisation on some day of the window, with the days.
    pub fn posts_in_over(&mut self, organisation: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_in(organisation), |kernel, code| kernel.days_coded(code))
    }

    /// The same at the opposite bound, for posts that exclude or exempt.
    pub fn posts_in_against_over(&mut self, organisation: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_in(organisation), |kernel, code| kernel.days_against(&code.period()))
    }

    fn posts_over(&self, rows: &[u32], days: impl Fn(&Self, PeriodCode) -> Days) -> Vec<(Post, Days)> {
        let facts = self.network().facts();
        rows.iter()
            .map(|row| (post(facts, *row), days(self, facts.position_code(*row as usize))))
            .filter(|(_, days)| !days.is_empty())
            .collect()
    }

    fn posts(&self, rows: &[u32], lens: &Lens) -> Vec<Post> {
        let facts = self.network().facts();
        rows.iter()
            .filter(|row| lens.has(&facts.position_period(**row as usize)))
            .map(|row| post(facts, *row))
            .collect()
    }
}

fn post(facts: &Facts, row: u32) -> Post {
    let (person, organisation) = facts.position_ends(row as usize);
    Post { row, person: node(person), organisation: node(organisation), role: facts.position_role(row as usize) }
}
