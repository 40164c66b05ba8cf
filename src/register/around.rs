//! The direct ties of one party: what a reader sees when a drawing is opened further at one place.

use super::{Question, Resolver};
use crate::facts::{PartyId, RowRef, Span, Table};
use crate::graph::{Tie, node};
use std::collections::BTreeSet;

impl Resolver<'_> {
    /// The rows that tie a party to others and are in force on the day asked about, or may be where days are not known:
    /// holdings both ways, proxies it gives or is given, controls, posts, kinships, designations, and its concert groups
    /// with all their members. With each row stands whether it is in force for certain. O(ties of the party + rows of proxies, concert and designations).
    #[must_use]
    pub fn ties_of(&self, question: &Question, party: PartyId) -> Vec<(RowRef, bool)> {
        let (facts, network, own) = (self.facts(), self.network(), node(party));
        let mut rows = BTreeSet::new();
        for (_, tie) in network.out(own).chain(network.into(own)) {
            let (table, row) = match tie {
                Tie::Holding(row) => (Table::Holdings, row),
                Tie::Control(row) => (Table::Controls, row),
                // Links lead from the agent to the company; a proxy ties the agent to its principal.
                Tie::Proxy(_) => continue,
            };
            rows.insert(RowRef::new(table, row as usize));
        }
        let posts = network.posts_of(own).iter().chain(network.posts_in(own));
        rows.extend(posts.map(|row| RowRef::new(Table::Positions, *row as usize)));
        rows.extend(network.kin_rows(own).iter().map(|row| RowRef::new(Table::Kinships, *row as usize)));
        let proxies = facts.proxies().iter().enumerate().filter(|(_, row)| [row.principal, row.agent].contains(&party));
        rows.extend(proxies.map(|(i, _)| RowRef::new(Table::Proxies, i)));
        let designations = facts.designations().iter().enumerate().filter(|(_, row)| row.party == party);
        rows.extend(designations.map(|(i, _)| RowRef::new(Table::Designations, i)));
        let member = |row: &crate::facts::ConcertMembership| row.member == party;
        let groups: BTreeSet<&str> = facts.concert().iter().filter(member).map(|row| row.group).collect();
        let concert = facts.concert().iter().enumerate().filter(|(_, row)| groups.contains(row.group));
        rows.extend(concert.map(|(i, _)| RowRef::new(Table::Concert, i)));
        let (day, months) = (question.as_of, question.pack.numbers(question.as_of).window_months);
        let in_force = |row: RowRef| {
            let period = facts.period(row)?;
            let holds = |span: Option<Span>| span.is_some_and(|span| span.contains(day));
            holds(period.possible(day, months)).then(|| (row, holds(period.certain(day, months))))
        };
        rows.into_iter().filter_map(in_force).collect()
    }
}
