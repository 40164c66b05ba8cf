//! Who acts in concert about a company with a party, as far as control goes: groups, and near kin under `family_block`.

use super::concert::Members;
use super::{Kernel, Node, Tie, kinship};
use crate::facts::PartyKind;

impl Kernel<'_, '_> {
    /// Whether anybody can be in concert about `company` with a member of `K(source)` as it is by now, on any day.
    pub(super) fn may_have_partners(&mut self, source: Node, company: Node) -> bool {
        if self.rules.joint && self.kin_hold(source, company) {
            return true;
        }
        let concert = self.network.concert();
        let run = self.runs.get(&source);
        let joined = |party: Node| run.is_some_and(|run| run.members.contains_key(&party));
        self.rules.joint && concert.bearing_on(company).any(|group| concert.everyone(group).any(joined))
    }

    /// Whether near kin of a person hold shares of the company, on whatever day, so that under `family_block` they may be
    /// in concert about it. O(1) after the first question about the person.
    pub(super) fn kin_hold(&mut self, person: Node, company: Node) -> bool {
        if !self.rules.family_block || self.network.kin_rows(person).is_empty() {
            return false;
        }
        let network = self.network;
        let held = self.kin_holdings.entry(person).or_insert_with(|| {
            let ties = super::kinship::may_be_near(network, person).flat_map(|kin| network.out(kin));
            ties.filter(|(_, tie)| matches!(tie, Tie::Holding(_))).map(|(company, _)| company).collect()
        });
        held.contains(&company)
    }

    /// Whether what a partner controls can matter about `company` besides the partner itself: whether it is above
    /// anybody who has votes there or belongs to a group about it. Only then its own run has to be looked at.
    pub(super) fn may_bring_more(&mut self, partner: Node, company: Node) -> bool {
        let network = self.network;
        let voters = network.into(company).map(|(holder, _)| holder);
        let concert = network.concert();
        let members = concert.bearing_on(company).flat_map(|group| concert.everyone(group));
        let searching = self.cone.is_some();
        voters.chain(members).any(|party| {
            // A search must not lead to another one: it takes whoever may control for one who does.
            party != partner
                && self.above(party).contains(&partner)
                && (searching || !self.controllers(party).days(partner).is_empty())
        })
    }

    /// Those outside `K(source)` in concert about `company` with a member of it, as far as control goes.
    pub(super) fn partners(&mut self, source: Node, company: Node) -> Vec<Node> {
        let mut partners = Vec::new();
        if self.rules.joint {
            for group in self.network.concert().bearing_on(company) {
                let members = self.group(group, company);
                if members.counts_for_control(self.lens.side, |party| self.is_member(source, party)) {
                    partners.extend(members.at(self.lens.side).iter().copied());
                }
            }
            partners.extend(self.family_partners(source, company).into_iter().map(|(partner, _)| partner));
        }
        partners.sort_unstable();
        partners.dedup();
        // The company itself may be a partner: it never counts, but what it controls does.
        partners.retain(|partner| !self.is_member(source, *partner));
        partners
    }

    /// The members of a group about a company, noting that they were looked at.
    pub(super) fn group(&mut self, group: u32, company: Node) -> Members {
        let members = Members::of(self.network, &self.lens, group, company);
        for (_, _, period) in self.network.concert().rows_about(group, company) {
            self.note_period(&period);
        }
        members
    }

    /// Under `family_block`, near kin of a person where both hold shares of the company, with the rows of kinship.
    pub(super) fn family_partners(&mut self, person: Node, company: Node) -> Vec<(Node, Vec<u32>)> {
        if self.network.kind(person) != PartyKind::Person || !self.kin_hold(person, company) {
            return Vec::new();
        }
        let side = self.lens.side;
        let capital = self.capital(company);
        if !capital.has_some(person, side) {
            return Vec::new();
        }
        kinship::bloc(self, person).into_iter().filter(|(kin, _)| capital.has_some(*kin, side)).collect()
    }
}
