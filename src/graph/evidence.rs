//! Why one party controls another: one well-founded step at a time, for proofs.

use super::control::Reason;
use super::{Kernel, Node, Tie};
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
        /// Members of the run through which a concert group counts (x itself left out).
        triggers: Vec<Node>,
        /// Rows of `concert` that bring partners in.
        concert: Vec<u32>,
        /// Rows of `kinships` that do (under `family_block`).
        kinships: Vec<u32>,
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
        let controllers = self.controllers(controlled);
        match controllers.link(controller) {
            Some(link) if link.via != controlled => Some(Evidence::Through { via: link.via }),
            Some(_) => self.why_run(controller, controlled),
            None => None,
        }
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
                && self.lens.has(self.network.period(tie))
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
            triggers: Vec::new(),
            concert: Vec::new(),
            kinships: Vec::new(),
        })
    }

    /// Why `controlled` belongs to the run of `controller`: rests only on members found before it.
    pub fn why_run(&mut self, controller: Node, controlled: Node) -> Option<Evidence> {
        self.advance(controller, |member| member == controlled)?;
        let joined = *self.runs.get(&controller)?.members.get(&controlled)?;
        match joined.reason {
            Reason::Itself => None,
            Reason::Declared { controller: by, row } if by == controller => Some(Evidence::Declared { row }),
            Reason::Declared { controller: by, .. } | Reason::Through(by) => Some(Evidence::Through { via: by }),
            Reason::Majority => self.block_votes(controller, controlled, joined.stamp, false),
            Reason::Presumption => self.block_votes(controller, controlled, joined.stamp, true),
        }
    }

    /// Whether `party` belonged to the run of `of` before `stamp`.
    fn before(&self, of: Node, party: Node, stamp: u64) -> bool {
        self.runs.get(&of).and_then(|run| run.members.get(&party)).is_some_and(|joined| joined.stamp < stamp)
    }

    /// The block of `controller` about `controlled` as it stood when its votes were found to be enough.
    fn block_votes(&mut self, controller: Node, controlled: Node, stamp: u64, presumption: bool) -> Option<Evidence> {
        let side = self.lens.side;
        let mut partners: Vec<Node> = Vec::new();
        let (mut triggers, mut concert, mut kinships) = (Vec::new(), Vec::new(), Vec::new());
        if self.rules.joint {
            let grouped = self.runs.get(&controller)?.grouped_before(stamp);
            let mut groups: Vec<u32> =
                grouped.iter().flat_map(|member| self.network.concert.of(*member)).copied().collect();
            groups.sort_unstable();
            groups.dedup();
            for group in groups {
                let members = self.group(group, controlled);
                if members.counts_for_control(side, |party| self.before(controller, party, stamp)) {
                    partners.extend(members.at(side));
                    triggers.extend(members.at(side).iter().filter(|m| self.before(controller, **m, stamp)));
                    concert.extend(members.rows.iter().map(|(row, _)| *row));
                }
            }
            for (partner, rows) in self.family_partners(controller, controlled) {
                partners.push(partner);
                kinships.extend(rows);
            }
        }
        partners.sort_unstable();
        partners.dedup();
        partners.retain(|partner| !self.before(controller, *partner, stamp));
        triggers.retain(|member| *member != controller);
        let votes = self.votes(controlled);
        let mut sum = UBig::ZERO;
        let mut block = Vec::new();
        for (position, voter) in votes.holders() {
            if voter == controlled || !votes.has_some(position, side) {
                continue;
            }
            let through = if self.before(controller, voter, stamp) {
                Some(controller)
            } else {
                partners.iter().copied().find(|partner| self.before(*partner, voter, stamp))
            };
            if let Some(holder_of_control) = through {
                sum += votes.units(position, side);
                block.push(Via { holder_of_control, voter });
            }
        }
        for rows in [&mut concert, &mut kinships] {
            rows.sort_unstable();
            rows.dedup();
        }
        triggers.sort_unstable();
        triggers.dedup();
        Some(Evidence::Votes { presumption, votes: votes.percent(&sum), block, triggers, concert, kinships })
    }
}

impl super::control::Run {
    /// Members of concert groups that had joined before `stamp`.
    fn grouped_before(&self, stamp: u64) -> Vec<Node> {
        self.grouped().iter().copied().filter(|m| self.members.get(m).is_some_and(|j| j.stamp < stamp)).collect()
    }
}
