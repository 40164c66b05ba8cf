//! Why one party controls another: one well-founded step at a time, for proofs.

use super::control::Reason;
use super::{Kernel, Node, Partners, Tie, Way};
use crate::facts::Percent;
use dashu_int::UBig;

/// Through whom a holder's votes count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Via {
    /// The controller asked about, or a partner in concert with it.
    pub holder_of_control: Node,
    /// Whose votes they are: that party itself or one it controls.
    pub voter: Node,
}

/// One step towards "x controls z".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A row of `controls` names x and z.
    Declared {
        /// The row's position.
        row: u32,
    },
    /// The votes of x's block.
    Votes {
        /// Whether they only suffice for the presumption.
        presumption: bool,
        /// How many, in percent, at the bound.
        votes: Percent,
        /// Whose votes count, and through whom.
        block: Vec<Via>,
        /// What brings in each partner whose votes, or whose controlled parties' votes, count.
        ways: Vec<Way>,
        /// Members of the block without votes that keep a group from standing wholly outside it.
        silencers: Vec<Via>,
    },
    /// x controls `via`, and `via` controls z.
    Through {
        /// Who stands between.
        via: Node,
    },
}

impl Kernel<'_, '_> {
    /// Why `controller` controls `controlled`, by the search backwards: a step of its own or one through a party
    /// found earlier. `None` where it does not.
    pub fn why(&mut self, controller: Node, controlled: Node) -> Option<Evidence> {
        if let Some(evidence) = self.why_alone(controller, controlled) {
            return Some(evidence);
        }
        let link = self.link(controller, controlled)?;
        if link.via == controlled {
            self.why_run(controller, controlled)
        } else {
            Some(Evidence::Through { via: link.via })
        }
    }

    /// Whether control was found by the controller's own run, so that [`Kernel::why_run`] tells why.
    pub fn found_by_run(&mut self, controller: Node, controlled: Node) -> bool {
        // A tie of its own is seen at once; only without one is it worth asking who else controls the party.
        !self.controls_alone(controller, controlled)
            && self.link(controller, controlled).is_some_and(|link| link.via == controlled)
    }

    /// Whether a single declaration, or votes of the controller's own, give control.
    pub fn controls_alone(&mut self, controller: Node, controlled: Node) -> bool {
        self.why_alone(controller, controlled).is_some()
    }

    /// A single declaration, or votes of the controller's own.
    fn why_alone(&mut self, controller: Node, controlled: Node) -> Option<Evidence> {
        let mut declared: Option<u32> = None;
        for (from, tie) in self.network.into(controlled) {
            if let Tie::Control(row) = tie
                && from == controller
                && self.declares(row)
                && self.lens.has(&self.network.period(tie))
            {
                declared = Some(declared.map_or(row, |known| known.min(row)));
            }
        }
        if let Some(row) = declared {
            return Some(Evidence::Declared { row });
        }
        if !self.is_voted(controlled) {
            return None;
        }
        let votes = self.votes(controlled);
        let position = votes.position(controller)?;
        if !self.alone_controls(controlled, position, controller) {
            return None;
        }
        let units = votes.units(position, self.lens.side);
        Some(Evidence::Votes {
            presumption: !votes.exceeds(units, self.rules.majority.value()),
            votes: votes.percent(units),
            block: vec![Via { holder_of_control: controller, voter: controller }],
            ways: Vec::new(),
            silencers: Vec::new(),
        })
    }

    /// Why `controlled` belongs to the run of `controller`: rests only on members found before it.
    pub fn why_run(&mut self, controller: Node, controlled: Node) -> Option<Evidence> {
        if !self.controls(controller, controlled) {
            return None;
        }
        let (stamp, reason) = self.joined(controller, controlled).map(|joined| (joined.stamp, joined.reason))?;
        match reason {
            Reason::Itself => None,
            Reason::Declared { controller: by, row } if by == controller => Some(Evidence::Declared { row }),
            Reason::Declared { controller: by, .. } | Reason::Through(by) => Some(Evidence::Through { via: by }),
            Reason::Majority => self.block_votes(controller, controlled, stamp, false),
            Reason::Presumption => self.block_votes(controller, controlled, stamp, true),
        }
    }

    /// Whether `party` belonged to the run of `of` before `stamp`.
    fn before(&self, of: Node, party: Node, stamp: u64) -> bool {
        of == party || self.joined(of, party).is_some_and(|joined| joined.stamp < stamp)
    }

    /// The block of `controller` about `controlled` as it stood when its votes were found to be enough.
    fn block_votes(&mut self, controller: Node, controlled: Node, stamp: u64, presumption: bool) -> Option<Evidence> {
        let side = self.lens.side;
        let mut partners = Partners::default();
        if self.rules.joint {
            for group in self.network.concert().bearing_on(controlled) {
                let members = self.group(group, controlled);
                let within = |party: Node| self.before(controller, party, stamp);
                if !members.counts_for_control(side, within) {
                    continue;
                }
                let triggers = members.triggers(side, controller, within);
                for partner in members.at(side).iter().filter(|partner| !within(**partner)) {
                    partners.add(*partner, || {
                        let mut cited = triggers.clone();
                        cited.push(*partner);
                        Way {
                            triggers: triggers.iter().copied().filter(|member| *member != controller).collect(),
                            concert: members.rows_of(&cited),
                            kinships: Vec::new(),
                        }
                    });
                }
            }
            for (kin, kinships) in self.family_partners(controller, controlled) {
                partners.add(kin, || Way { kinships, ..Way::default() });
            }
        }
        let votes = self.votes(controlled);
        let mut sum = UBig::ZERO;
        let mut block = Vec::new();
        for (position, voter) in votes.holders() {
            if voter == controlled || !votes.has_some(position, side) {
                continue;
            }
            if let Some(via) = self.via(controller, voter, &partners, stamp) {
                sum += votes.units(position, side);
                block.push(via);
            }
        }
        let used = partners.parties().filter(|partner| block.iter().any(|via| via.holder_of_control == **partner));
        let mut ways: Vec<Way> = used.filter_map(|partner| partners.way(*partner)).cloned().collect();
        let mut silencers = Vec::new();
        if presumption {
            silencers = self.silencers(controller, controlled, &partners, stamp, &sum);
            let behind =
                |party: &Node| silencers.iter().any(|via| via.holder_of_control == *party && *party != controller);
            ways.extend(partners.parties().filter(|p| behind(p)).filter_map(|p| partners.way(*p)).cloned());
        }
        Some(Evidence::Votes { presumption, votes: votes.percent(&sum), block, ways, silencers })
    }

    /// Through whom a party belonged to the block before `stamp`.
    fn via(&self, controller: Node, voter: Node, partners: &Partners, stamp: u64) -> Option<Via> {
        let holder_of_control = if self.before(controller, voter, stamp) {
            controller
        } else {
            partners.parties().copied().find(|partner| self.before(*partner, voter, stamp))?
        };
        Some(Via { holder_of_control, voter })
    }

    /// For every group that would else have as many votes as the block, a member of it that belongs to the block.
    fn silencers(&mut self, controller: Node, company: Node, partners: &Partners, stamp: u64, sum: &UBig) -> Vec<Via> {
        let against = self.lens.side.opposite();
        let votes = self.votes(company);
        let outside: Vec<Node> = votes
            .holders()
            .map(|(_, holder)| holder)
            .filter(|holder| self.via(controller, *holder, partners, stamp).is_none())
            .collect();
        let concert = self.network.concert();
        let is_outside = |group: &u32| concert.everyone(*group).any(|member| outside.contains(&member));
        let mut groups: Vec<u32> = concert.bearing_on(company).filter(is_outside).collect();
        groups.sort_unstable();
        let mut silencers: Vec<Via> = Vec::new();
        // A member of the block that may have as many votes, but has none for certain, would else look like a rival.
        for (position, holder) in votes.holders() {
            if !votes.has_some(position, self.lens.side) && votes.units(position, against) >= sum {
                silencers.extend(self.via(controller, holder, partners, stamp));
            }
        }
        for group in groups {
            let members = self.group(group, company);
            let total = members
                .possible
                .iter()
                .filter(|member| outside.contains(member))
                .filter_map(|member| votes.position(*member))
                .fold(UBig::ZERO, |total, position| total + votes.units(position, against));
            if total >= *sum {
                let inside = members.certain.iter().find_map(|m| self.via(controller, *m, partners, stamp));
                silencers.extend(inside);
            }
        }
        silencers
    }
}
