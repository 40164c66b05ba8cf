//! Who controls a party: backwards from it, never through the whole graph.
//!
//! Whoever alone has the votes, or is declared to control, is found by looking at the party's own ties, and so on
//! upwards (control through others). Only where votes may be pooled, through several controlled holders or in concert,
//! the remaining candidates among those above are tried forwards, nearest first; each trial stops at the first party
//! already known to lead to the target. A chain of any length costs its own length.

use super::control::Memo;
use super::{Kernel, Node, Side, Tie};
use crate::facts::Percent;
use dashu_int::UBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::rc::Rc;

/// Voters of one company up to which the pooled votes of every candidate are estimated before it is tried.
const ESTIMATED_VOTERS: usize = 256;

/// How a controller was found: it controls `via`, which is the target or was found before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) via: Node,
    /// Whether `via` is controlled by a single tie or by votes of its own.
    pub(super) direct: bool,
}

/// All controllers of a party (the party itself is none), in the order they were found.
#[derive(Debug, Clone, Default)]
pub struct Controllers {
    order: Vec<Node>,
    links: FxHashMap<Node, Link>,
}

impl Controllers {
    /// In the order found: nobody rests on a later one.
    #[must_use]
    pub fn all(&self) -> &[Node] {
        &self.order
    }

    /// Whether the party is among them.
    #[must_use]
    pub fn contains(&self, party: Node) -> bool {
        self.links.contains_key(&party)
    }

    pub(super) fn link(&self, party: Node) -> Option<Link> {
        self.links.get(&party).copied()
    }
}

impl Kernel<'_, '_> {
    /// Everyone who controls `target`.
    pub fn controllers(&mut self, target: Node) -> Rc<Controllers> {
        if let Some(memo) = self.controllers.get(&target) {
            self.valid = super::control::meet(self.valid, memo.valid);
            return Rc::clone(&memo.value);
        }
        let (value, valid) = self.noted(|kernel| Rc::new(kernel.search(&[target])));
        self.controllers.insert(target, Memo { value: Rc::clone(&value), valid });
        value
    }

    /// Everyone who controls at least one of `targets` other than itself. O(ties above them), as for one target.
    pub fn controllers_of_any(&mut self, targets: &[Node]) -> Controllers {
        self.search(targets)
    }

    fn search(&mut self, targets: &[Node]) -> Controllers {
        let mut found = Controllers::default();
        let single = match targets {
            [target] => Some(*target),
            _ => None,
        };
        let goals: FxHashSet<Node> = targets.iter().copied().collect();
        let mut open: VecDeque<Node> = targets.iter().copied().collect();
        let mut candidates: VecDeque<Node> = VecDeque::new();
        let mut proposed: FxHashSet<Node> = FxHashSet::default();
        let mut climbed: FxHashSet<Node> = FxHashSet::default();
        loop {
            while let Some(company) = open.pop_front() {
                for controller in self.direct_controllers(company) {
                    if Some(controller) != single && !found.contains(controller) {
                        found.links.insert(controller, Link { via: company, direct: true });
                        found.order.push(controller);
                        if !goals.contains(&controller) {
                            open.push_back(controller);
                        }
                    }
                }
                if !self.is_closed(company) {
                    let pooling = self.pooling_candidates(company, &mut climbed);
                    candidates.extend(pooling.into_iter().filter(|candidate| proposed.insert(*candidate)));
                }
            }
            let Some(candidate) = candidates.pop_front() else { return found };
            if Some(candidate) == single || found.contains(candidate) {
                continue;
            }
            let hit = self.advance(candidate, |member| goals.contains(&member) || found.links.contains_key(&member));
            if let Some(via) = hit {
                found.links.insert(candidate, Link { via, direct: false });
                found.order.push(candidate);
                if !goals.contains(&candidate) {
                    open.push_back(candidate);
                }
            }
        }
    }

    /// Those who control a party by a declaration or by votes of their own alone.
    fn direct_controllers(&mut self, company: Node) -> Vec<Node> {
        self.touch(company);
        let mut direct: Vec<Node> = Vec::new();
        for (controller, tie) in self.network.into(company) {
            if let Tie::Control(row) = tie
                && controller != company
                && self.lens.has(&self.network.period(tie))
                && self.declares(row)
            {
                direct.push(controller);
            }
        }
        if self.is_voted(company) {
            let votes = self.votes(company);
            let holders: Vec<(usize, Node)> = votes.holders().collect();
            for (position, holder) in holders {
                if self.alone_controls(company, position, holder) {
                    direct.push(holder);
                }
            }
        }
        direct.sort_unstable();
        direct.dedup();
        direct
    }

    /// Whether the votes of one holder, by themselves, control the company.
    pub(super) fn alone_controls(&mut self, company: Node, position: usize, holder: Node) -> bool {
        let votes = self.votes(company);
        let units = votes.units(position, self.lens.side);
        if votes.exceeds(units, self.rules.majority.value()) {
            return true;
        }
        let Some(presumption) = self.rules.presumption.clone() else { return false };
        self.is_listed(company)
            && votes.exceeds(units, presumption.value())
            && !self.denied(holder, company)
            && !self.has_rival(company, &votes, units, |_, party| party == holder)
    }

    /// Whether nobody can control the company by pooled votes but those above its single majority holder.
    fn is_closed(&mut self, company: Node) -> bool {
        if !self.is_voted(company) {
            return true;
        }
        if self.may_pool(company) {
            return false;
        }
        let votes = self.votes(company);
        let total = votes.total(self.lens.side);
        let majority = &self.rules.majority;
        let least = match &self.rules.presumption {
            Some(presumption) if self.is_listed(company) => presumption.min(majority),
            _ => majority,
        };
        if !votes.exceeds(&total, least.value()) {
            return true;
        }
        // Only a majority that is certain leaves nothing to the others, whatever the bound.
        let single = votes.holders().any(|(i, _)| votes.exceeds(votes.units(i, Side::Least), majority.value()));
        single && !votes.exceeds(&total, Percent::hundred().value())
    }

    /// Whether concert, or near kin who both hold shares, may add votes in the company to those of others.
    fn may_pool(&mut self, company: Node) -> bool {
        if !self.rules.joint {
            return false;
        }
        let facts = self.network.facts();
        let family = self.rules.family_block
            && self.network.into(company).filter(|(holder, _)| facts.party(super::party(*holder)).is_person()).count()
                > 1;
        family || self.network.concert.bears_on(company)
    }

    /// Those above the company who may have enough votes in it together with what they control: nearest first. Where
    /// their votes cannot be estimated they are everyone above, apart from those `climbed` to before in this search.
    fn pooling_candidates(&mut self, company: Node, climbed: &mut FxHashSet<Node>) -> Vec<Node> {
        let votes = self.votes(company);
        let side = self.lens.side;
        let voters: Vec<(usize, Node)> = votes.holders().filter(|(i, _)| votes.has_some(*i, side)).collect();
        let estimate = voters.len() <= ESTIMATED_VOTERS && !self.may_pool(company);
        let mut order: Vec<Node> = Vec::new();
        let mut reach: FxHashMap<Node, UBig> = FxHashMap::default();
        let mut own: FxHashSet<Node> = FxHashSet::default();
        let seen = if estimate { &mut own } else { climbed };
        for (position, voter) in voters {
            if estimate {
                seen.clear();
            }
            let mut open = VecDeque::from([voter]);
            while let Some(party) = open.pop_front() {
                if party == company || !seen.insert(party) {
                    continue;
                }
                let sum = reach.entry(party).or_insert_with(|| {
                    order.push(party);
                    UBig::ZERO
                });
                if estimate {
                    *sum += votes.units(position, side);
                }
                self.touch(party);
                let voted = self.is_voted(party);
                for (above, tie) in self.network.into(party) {
                    let leads = voted || matches!(tie, Tie::Control(_));
                    if leads && self.lens.has(&self.network.period(tie)) && !self.network.is_denial(tie) {
                        open.push_back(above);
                    }
                }
            }
        }
        if estimate {
            let least = match &self.rules.presumption {
                Some(presumption) if self.is_listed(company) => presumption.min(&self.rules.majority).clone(),
                _ => self.rules.majority.clone(),
            };
            order.retain(|party| reach.get(party).is_some_and(|sum| votes.exceeds(sum, least.value())));
        }
        order
    }
}
