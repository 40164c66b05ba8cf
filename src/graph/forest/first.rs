//! The first pass: every company by itself, from the rows that name it. Finds who is declared to control it or has
//! the majority alone, and whether anybody else may come to control it through others or in concert.

use super::parents::{NONE, Parents};
use crate::facts::{Effect, PartyKind};
use crate::graph::settled::{HALF, Settled};
use crate::graph::tally::plain_units;
use crate::graph::{ControlRules, Lens, Network, Node, Tie};
use rayon::prelude::*;

/// Parties that one thread takes at a time.
const CHUNK: usize = 1 << 14;

/// Votes decide about control of it.
pub(super) const VOTED: u8 = 1;
/// Pooled votes may give control of it: to be looked at again whenever more is known about its holders.
pub(super) const OPEN: u8 = 2;
/// It is, or is controlled by, a member of a concert group that bears on every company.
pub(super) const BROUGHT: u8 = 4;
/// Somebody so marked has votes in it.
pub(super) const GROUPED: u8 = 8;

/// What is looked at, and the numbers that votes are compared with.
pub(super) struct World<'n, 'f> {
    pub(super) network: &'n Network<'f>,
    pub(super) lens: Lens,
    pub(super) rules: ControlRules,
    /// No more than so many units are no majority.
    majority: u64,
    /// Where a majority settles who controls.
    settled: Settled,
    /// No more than so many units of a listed company are no control.
    presumption: u64,
    /// Whether a person may be controlled, by declaration.
    persons_controlled: bool,
}

/// What the first pass has found.
pub(super) struct First {
    pub(super) parents: Parents,
    pub(super) flags: Vec<u8>,
    /// Companies in which pooled votes are to be looked at.
    pub(super) open: Vec<Node>,
}

/// Of some parties: further parents, and the companies to be looked at.
type Looked = (Vec<(Node, Node)>, Vec<Node>);

/// What is known of one company by itself.
enum Look {
    /// Nothing but the parents found can control it.
    Closed,
    /// More may.
    Open,
}

#[derive(Default)]
struct Scratch {
    parents: Vec<Node>,
    votes: Vec<(Node, u64)>,
}

impl<'n, 'f> World<'n, 'f> {
    pub(super) fn new(network: &'n Network<'f>, lens: &Lens, rules: &ControlRules) -> Self {
        let majority = plain_units(&rules.majority);
        let facts = network.facts();
        let persons_controlled = (0..facts.controls().len()).any(|row| {
            facts.control_effect(row) == Effect::Asserts && facts.kind(facts.control_ends(row).1) == PartyKind::Person
        });
        Self {
            network,
            lens: *lens,
            rules: rules.clone(),
            majority,
            settled: Settled::new(network, rules, lens.day.min(lens.asked)),
            presumption: rules.presumption.as_ref().map_or(majority, plain_units).min(majority),
            persons_controlled,
        }
    }

    pub(super) fn is_listed(&self, company: Node) -> bool {
        self.rules.presumption.is_some() && (Some(company) == self.rules.subject || self.network.is_listed(company))
    }

    /// More than this much of a company's votes is presumed to control it, if anything is.
    pub(super) fn presumed(&self, company: Node) -> Option<&crate::facts::Percent> {
        self.rules.presumption.as_ref().filter(|_| self.is_listed(company))
    }

    fn is_voted(&self, company: Node) -> bool {
        !matches!(self.network.kind(company), PartyKind::Partnership | PartyKind::Person)
    }

    /// The units that are not yet enough to control a company by votes of holders that are no rivals to each other.
    pub(super) fn majority(&self) -> u64 {
        self.majority
    }

    /// Whether near kin among the holders of a company may act in concert about it.
    pub(super) fn has_kin(&self, company: Node) -> bool {
        self.rules.joint
            && self.rules.family_block
            && self
                .network
                .into(company)
                .any(|(holder, tie)| matches!(tie, Tie::Holding(_)) && !self.network.kin_rows(holder).is_empty())
    }

    /// Whether concert groups name the company and count.
    pub(super) fn is_concerted(&self, company: Node) -> bool {
        self.rules.joint && !self.network.concert().naming(company).is_empty()
    }

    /// The votes in a company all of whose votes are plain, row by row, at this bound on this day.
    pub(super) fn plain_votes(&self, company: Node, mut each: impl FnMut(Node, u64)) {
        for (holder, tie) in self.network.into(company) {
            if let Tie::Holding(row) = tie
                && holder != company
            {
                self.plain_row(row, |units| each(holder, units));
            }
        }
    }

    fn plain_row(&self, row: u32, each: impl FnOnce(u64)) {
        let units = self.network.vote_units(row).unwrap_or(0);
        if units > 0 && self.has_holding(row as usize) {
            each(units);
        }
    }

    fn has_holding(&self, row: usize) -> bool {
        let facts = self.network.facts();
        let known = if self.lens.asked == self.lens.day { facts.holding_holds(row, self.lens.day) } else { None };
        known.unwrap_or_else(|| self.lens.has(&facts.holding_period(row)))
    }

    /// Who is declared to control a company, and its plain votes.
    fn read(&self, company: Node, voted: bool, plain: bool, scratch: &mut Scratch) {
        for (other, tie) in self.network.into(company) {
            if other == company {
                continue;
            }
            match tie {
                Tie::Control(row) => {
                    let (effect, joint) = self.network.control_effect(row);
                    if effect == Effect::Asserts
                        && (self.rules.joint || !joint)
                        && self.lens.has(&self.network.period(tie))
                    {
                        scratch.parents.push(other);
                    }
                }
                Tie::Holding(row) if voted && plain => self.plain_row(row, |units| scratch.votes.push((other, units))),
                Tie::Holding(_) | Tie::Proxy(_) => {}
            }
        }
    }

    /// Who is declared to control a company, and the holder of a majority that settles the votes.
    fn read_settled(&self, company: Node, scratch: &mut Scratch) {
        self.read(company, true, false, scratch);
        let mut holders = self.network.into(company).filter_map(|(holder, tie)| match tie {
            Tie::Holding(row) => Some((holder, row)),
            Tie::Proxy(_) | Tie::Control(_) => None,
        });
        let first = holders.next();
        let mut more = holders.peekable();
        let chief = match first {
            Some(only) if more.peek().is_none() => Some(only),
            // One that had the majority before may have rows as well.
            first => first.into_iter().chain(more).find(|(_, row)| {
                let lasts = self.network.period_code(Tie::Holding(*row)).begins_for_good().is_some();
                lasts && self.network.vote_units(*row) > Some(HALF)
            }),
        };
        scratch.parents.extend(chief.map(|(holder, _)| holder));
    }

    /// Whether the others cannot control a company in which one holder has `own` of `total` votes.
    fn leaves_nothing(&self, company: Node, listed: bool, own: u64, total: u64) -> bool {
        let rest = total.saturating_sub(own);
        let rebutted = own >= rest && !self.network.is_uncertain_about(company);
        own > self.majority && rest <= self.majority && (!listed || rest <= self.presumption || rebutted)
    }

    fn look(&self, company: Node, voted: bool, scratch: &mut Scratch) -> Look {
        scratch.parents.clear();
        scratch.votes.clear();
        if voted && self.majority == HALF && self.settled.holds(self.network, company) {
            self.read_settled(company, scratch);
            return Look::Closed;
        }
        let plain = self.network.is_plain(company);
        self.read(company, voted, plain, scratch);
        if !voted {
            return Look::Closed;
        }
        if !plain {
            return Look::Open;
        }
        let listed = self.is_listed(company);
        let Scratch { parents, votes } = scratch;
        let total = votes.iter().fold(0u64, |sum, (_, units)| sum.saturating_add(*units));
        if total <= if listed { self.presumption } else { self.majority } {
            return Look::Closed;
        }
        let apart = !self.is_concerted(company) && !self.has_kin(company);
        let Some((most, own)) = votes.iter().copied().max_by_key(|(_, units)| *units) else { return Look::Closed };
        if apart && self.leaves_nothing(company, listed, own, total) {
            parents.push(most);
            return Look::Closed;
        }
        votes.sort_unstable_by_key(|(holder, _)| *holder);
        votes.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = earlier.1.saturating_add(later.1);
            }
            same
        });
        parents.extend(votes.iter().filter(|(_, units)| *units > self.majority).map(|(holder, _)| *holder));
        if !apart || listed {
            return Look::Open;
        }
        let closed = votes.iter().any(|(_, own)| self.leaves_nothing(company, listed, *own, total));
        // Whoever controls nobody else's votes has but its own.
        let pools =
            self.persons_controlled || votes.iter().any(|(holder, _)| self.network.kind(*holder) != PartyKind::Person);
        if closed || !pools { Look::Closed } else { Look::Open }
    }

    /// Looks at every company by itself. O(rows), by as many threads as there are.
    pub(super) fn first(&self) -> First {
        let parties = self.network.party_count();
        let mut parents = Parents::none(parties);
        let mut flags = vec![0u8; parties];
        let found: Vec<Looked> = parents
            .first()
            .par_chunks_mut(CHUNK)
            .zip(flags.par_chunks_mut(CHUNK))
            .enumerate()
            .map(|(chunk, (parents, flags))| self.look_at(chunk * CHUNK, parents, flags))
            .collect();
        let mut open = Vec::with_capacity(found.iter().map(|(_, open)| open.len()).sum());
        for (more, own) in found {
            more.into_iter().for_each(|(party, parent)| parents.add(party, parent));
            open.extend(own);
        }
        First { parents, flags, open }
    }

    fn look_at(&self, begin: usize, firsts: &mut [Node], flags: &mut [u8]) -> Looked {
        let (mut more, mut open) = (Vec::new(), Vec::new());
        let mut scratch = Scratch::default();
        for ((party, first), flag) in (begin as Node..).zip(firsts).zip(flags) {
            if self.network.into(party).len() == 0 {
                continue;
            }
            let voted = self.is_voted(party);
            *flag = if voted { VOTED } else { 0 };
            if let Look::Open = self.look(party, voted, &mut scratch) {
                *flag |= OPEN;
                open.push(party);
            }
            let mut parents = scratch.parents.iter().copied();
            *first = parents.next().unwrap_or(NONE);
            more.extend(parents.map(|parent| (party, parent)));
        }
        (more, open)
    }
}
