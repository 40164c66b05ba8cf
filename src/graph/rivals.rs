//! What rebuts the presumption from part of a listed company's votes: a denial, or a rival outside the block.

use super::{Kernel, Node, Side, VoteTable};
use dashu_int::UBig;

impl Kernel<'_, '_> {
    /// Whether a finding rebuts the presumption for this very party.
    pub(super) fn denied(&mut self, source: Node, company: Node) -> bool {
        self.touch(source);
        self.network.into(company).any(|(from, tie)| {
            from == source && self.network.is_denial(tie) && self.lens.has_against(&self.network.period(tie))
        })
    }

    /// Whether a single holder outside the block, or a concert group wholly outside it, has as many votes.
    pub(super) fn has_rival(
        &mut self,
        company: Node,
        votes: &VoteTable,
        sum: &UBig,
        in_block: impl Fn(&Self, Node) -> bool,
    ) -> bool {
        let against = self.lens.side.opposite();
        let mut outside: Vec<Node> = Vec::new();
        for (position, holder) in votes.holders() {
            if in_block(self, holder) {
                continue;
            }
            if votes.units(position, against) >= sum {
                return true;
            }
            outside.push(holder);
        }
        let concert = self.network.concert();
        let is_outside = |group: &u32| concert.everyone(*group).any(|member| outside.binary_search(&member).is_ok());
        let groups: Vec<u32> = concert.bearing_on(company).filter(is_outside).collect();
        let own = |party: Node| votes.position(party).map(|position| votes.units(position, against).clone());
        for group in groups {
            let members = self.group(group, company);
            // At the least a rival may be formed by those of a possible group that are outside; at the greatest
            // only by a group that is certain to stand wholly outside.
            let (within, counted) = match self.lens.side {
                Side::Least => (&members.certain, &members.possible),
                Side::Greatest => (&members.possible, &members.certain),
            };
            if within.iter().any(|party| in_block(self, *party)) {
                continue;
            }
            let total = counted
                .iter()
                .filter(|party| !in_block(self, **party))
                .filter_map(|party| own(*party))
                .fold(UBig::ZERO, |total, units| total + units);
            if !counted.is_empty() && total >= *sum {
                return true;
            }
        }
        self.rules.family_block && self.has_family_rival(company, votes, sum, &outside, in_block)
    }

    fn has_family_rival(
        &mut self,
        company: Node,
        votes: &VoteTable,
        sum: &UBig,
        outside: &[Node],
        in_block: impl Fn(&Self, Node) -> bool,
    ) -> bool {
        let side = self.lens.side;
        let against = side.opposite();
        let own =
            |party: Node| votes.position(party).map_or(UBig::ZERO, |position| votes.units(position, against).clone());
        for person in outside {
            self.lens.side = against;
            let partners = self.family_partners(*person, company);
            self.lens.side = side;
            for (kin, _) in partners {
                if !in_block(self, kin) && own(*person) + own(kin) >= *sum {
                    return true;
                }
            }
        }
        false
    }
}
