//! Who holds which post where, on one day.

use super::{Days, Kernel, Lens, Node, node};
use crate::facts::{Period, Position, Role};

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
        self.touch(person);
        self.posts(self.network().posts_of(person), &lens)
    }

    /// Posts in an organisation in force at the lens's bound.
    pub fn posts_in(&mut self, organisation: Node) -> Vec<Post> {
        let lens = self.lens;
        self.touch(organisation);
        self.posts(self.network().posts_in(organisation), &lens)
    }

    /// The same at the opposite bound, for posts that exclude or exempt.
    pub fn posts_in_against(&mut self, organisation: Node) -> Vec<Post> {
        let lens = self.lens.opposite();
        self.touch(organisation);
        self.posts(self.network().posts_in(organisation), &lens)
    }

    /// Posts of a person on some day of the window, with the days.
    pub fn posts_of_over(&mut self, person: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_of(person), |kernel, period| kernel.days(period))
    }

    /// Posts in an organisation on some day of the window, with the days.
    pub fn posts_in_over(&mut self, organisation: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_in(organisation), |kernel, period| kernel.days(period))
    }

    /// The same at the opposite bound, for posts that exclude or exempt.
    pub fn posts_in_against_over(&mut self, organisation: Node) -> Vec<(Post, Days)> {
        self.posts_over(self.network().posts_in(organisation), |kernel, period| kernel.days_against(period))
    }

    fn posts_over(&self, rows: &[u32], days: impl Fn(&Self, &Period) -> Days) -> Vec<(Post, Days)> {
        let facts = self.network().facts();
        rows.iter()
            .map(|i| (*i, facts.positions().row(*i as usize)))
            .map(|(i, row)| (post(i, &row), days(self, &row.period)))
            .filter(|(_, days)| !days.is_empty())
            .collect()
    }

    fn posts(&self, rows: &[u32], lens: &Lens) -> Vec<Post> {
        let facts = self.network().facts();
        rows.iter()
            .map(|i| (*i, facts.positions().row(*i as usize)))
            .filter(|(_, row)| lens.has(&row.period))
            .map(|(i, row)| post(i, &row))
            .collect()
    }
}

fn post(position: u32, row: &Position<'_>) -> Post {
    Post { row: position, person: node(row.person), organisation: node(row.organisation), role: row.role }
}
