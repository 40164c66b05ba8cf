//! Who holds which post where, on one day.

use super::{Kernel, Lens, Node, node};
use crate::facts::Role;

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

    fn posts(&self, rows: &[u32], lens: &Lens) -> Vec<Post> {
        let facts = self.network().facts();
        rows.iter()
            .map(|i| (*i, facts.positions().row(*i as usize)))
            .filter(|(_, row)| lens.has(&row.period))
            .map(|(i, row)| Post {
                row: i,
                person: node(row.person),
                organisation: node(row.organisation),
                role: row.role,
            })
            .collect()
    }
}
