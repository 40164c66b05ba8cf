//! Who controls a party where the rows about it do not tell: backwards from it, never through the whole graph.
//!
//! Whoever alone has the votes, or is declared to control, is found by looking at the party's own ties, and so on
//! upwards (control through others). Only where votes may be pooled, through several controlled holders or in concert,
//! the remaining candidates among those above are tried forwards, nearest first; each trial stops when every day of the
//! window leads to a party already known to lead to the target.

use super::ballot::{Entry, tally};
use super::controllers::{Controllers, Link};
use super::tally::limit;
use super::{Days, Kernel, Node, Tie};
use crate::facts::{PartyKind, Percent};
use dashu_int::UBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// Voters of one company up to which the pooled votes of every candidate are estimated before it is tried.
const ESTIMATED_VOTERS: usize = 256;

/// A search backwards for those who control a party.
struct Search {
    found: Controllers,
    target: Node,
    /// Parties that lead to the target, and the days for which their own controllers are still to be found.
    open: VecDeque<(Node, Days)>,
    candidates: VecDeque<Node>,
    proposed: FxHashSet<Node>,
    /// Companies whose candidates have been proposed.
    pooled: FxHashSet<Node>,
    climbed: FxHashSet<Node>,
    /// Concert groups that bear on every company.
    universal: Vec<u32>,
}

impl Search {
    fn add(&mut self, party: Node, days: &Days, link: Link) {
        if party == self.target {
            return;
        }
        let gained = self.found.add(party, days, link);
        if !gained.is_empty() {
            self.open.push_back((party, gained));
        }
    }
}

impl Kernel<'_, '_> {
    /// Searches with runs of its own that keep to the parties that can matter: what a candidate controls elsewhere is
    /// not worked out for this.
    pub(super) fn search(&mut self, target: Node) -> Controllers {
        let (cone, universal) = self.cone(target);
        let runs = std::mem::take(&mut self.runs);
        let outer = self.cone.replace(Rc::new(cone));
        let found = self.search_within(target, universal);
        self.cone = outer;
        self.runs = runs;
        found
    }

    fn search_within(&mut self, target: Node, universal: Vec<u32>) -> Controllers {
        let mut search = Search {
            found: Controllers::default(),
            target,
            open: VecDeque::from([(target, Days::All)]),
            candidates: VecDeque::new(),
            proposed: FxHashSet::default(),
            pooled: FxHashSet::default(),
            climbed: FxHashSet::default(),
            universal,
        };
        loop {
            while let Some((company, days)) = search.open.pop_front() {
                for (controller, own) in self.direct_controllers(company).iter() {
                    search.add(*controller, &own.and(&days), Link { via: company, direct: true });
                }
                if search.pooled.insert(company) && !self.is_closed(company, &search.universal) {
                    let candidates = self.pooling_candidates(company, &search.universal, &mut search.climbed);
                    search.candidates.extend(candidates.into_iter().filter(|party| search.proposed.insert(*party)));
                }
            }
            let Some(candidate) = search.candidates.pop_front() else { return search.found };
            if candidate == search.target || search.found.days(candidate).is_all() {
                continue;
            }
            for (days, via) in self.leads(candidate, &search) {
                search.add(candidate, &days, Link { via, direct: false });
            }
        }
    }

    /// The days on which a candidate controls the target or somebody known to lead to it, and whom.
    fn leads(&mut self, candidate: Node, search: &Search) -> Vec<(Days, Node)> {
        let mut covered = search.found.days(candidate).clone();
        let mut ways: Vec<(Days, Node)> = Vec::new();
        self.advance(candidate, |member, days| {
            let leads = if member == search.target { days.clone() } else { days.and(search.found.days(member)) };
            let gained = leads.minus(&covered);
            if !gained.is_empty() {
                covered.add(&gained);
                ways.push((gained, member));
            }
            covered.is_all()
        });
        ways
    }

    /// Those who control a party by a declaration or by votes of their own alone, with the days.
    fn direct_controllers(&mut self, company: Node) -> Rc<Vec<(Node, Days)>> {
        if let Some(direct) = self.direct.get(&company) {
            return Rc::clone(direct);
        }
        let direct = Rc::new(self.work_out_direct(company));
        self.direct.insert(company, Rc::clone(&direct));
        direct
    }

    fn work_out_direct(&mut self, company: Node) -> Vec<(Node, Days)> {
        let mut direct: Vec<(Node, Days)> = Vec::new();
        for (controller, tie) in self.network.into(company) {
            if let Tie::Control(row) = tie
                && controller != company
                && self.declares(row)
            {
                let days = self.days_of(tie);
                if !days.is_empty() {
                    direct.push((controller, days));
                }
            }
        }
        if self.is_voted(company) {
            let ballot = self.ballot(company);
            let least = limit(&ballot.scale, self.least_percent(company).value());
            for (holder, entries) in ballot.by_holder() {
                if holder != company && tally(entries).most() > least {
                    direct.push((holder, self.alone_over(company, entries, &ballot.scale)));
                }
            }
        }
        // Ascending, as several may be nearest; a declaration and votes may give one of them different days.
        direct.sort_by_key(|(controller, _)| *controller);
        direct
    }

    /// The days on which the votes of one holder, by themselves, control the company.
    fn alone_over(&mut self, company: Node, entries: &[Entry], scale: &UBig) -> Days {
        let votes = tally(entries);
        let mut days = votes.above(&limit(scale, self.rules.majority.value()), &self.window);
        let Some(presumption) = self.rules.presumption.clone().filter(|_| self.is_listed(company)) else { return days };
        let doubtful = votes.above(&limit(scale, presumption.value()), &self.window).minus(&days);
        if let Some(holder) = entries.first().map(|entry| entry.holder) {
            days.add(&self.days_when(&doubtful, |kernel| {
                let table = kernel.votes(company);
                table.position(holder).is_some_and(|position| kernel.alone_controls(company, position, holder))
            }));
        }
        days
    }

    /// Whether the votes of one holder, by themselves, control the company on the day looked at.
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

    /// The least part of the votes that can control a company.
    fn least_percent(&self, company: Node) -> Percent {
        match &self.rules.presumption {
            Some(presumption) if self.is_listed(company) => presumption.min(&self.rules.majority).clone(),
            _ => self.rules.majority.clone(),
        }
    }

    /// Whether nobody can control the company by pooled votes but those above its single majority holder.
    fn is_closed(&mut self, company: Node, universal: &[u32]) -> bool {
        if !self.is_voted(company) {
            return true;
        }
        if !self.groups_about(company, universal).is_empty() || !self.kin_about(company).is_empty() {
            return false;
        }
        let ballot = self.ballot(company);
        let total = ballot.total();
        let least = self.least_percent(company);
        if total.most() <= limit(&ballot.scale, least.value()) {
            return true;
        }
        // Only a majority that is certain leaves nothing to the others, whatever the bound.
        if super::ballot::is_bounded(self, company) {
            return false;
        }
        let majority = limit(&ballot.scale, self.rules.majority.value());
        let single = ballot.by_holder().any(|(_, own)| tally(own).above(&majority, &self.window).is_all());
        single && total.above(&limit(&ballot.scale, Percent::hundred().value()), &self.window).is_empty()
    }

    /// Concert groups that may add votes in the company to those of others, whatever the day.
    fn groups_about(&self, company: Node, universal: &[u32]) -> Vec<u32> {
        if !self.rules.joint {
            return Vec::new();
        }
        self.network.concert().naming(company).iter().chain(universal).copied().collect()
    }

    /// Under `family_block`, persons who hold shares of the company and have near kin among its holders.
    pub(super) fn kin_about(&mut self, company: Node) -> Vec<Node> {
        if !self.rules.joint || !self.rules.family_block {
            return Vec::new();
        }
        let network = self.network;
        let mut persons: Vec<Node> = network
            .into(company)
            .filter(|(holder, tie)| matches!(tie, Tie::Holding(_)) && network.kind(*holder) == PartyKind::Person)
            .map(|(holder, _)| holder)
            .filter(|holder| !network.kin_rows(*holder).is_empty())
            .collect();
        persons.sort_unstable();
        persons.dedup();
        if persons.len() < 2 {
            return Vec::new();
        }
        let holders: FxHashSet<Node> = persons.iter().copied().collect();
        persons.retain(|person| super::kinship::may_be_near(network, *person).any(|kin| holders.contains(&kin)));
        persons
    }

    /// Those above the company who may have enough votes in it together with what they control: nearest first. Where
    /// their votes cannot be estimated they are everyone above, apart from those `climbed` to before in this search.
    fn pooling_candidates(&mut self, company: Node, universal: &[u32], climbed: &mut FxHashSet<Node>) -> Vec<Node> {
        let ballot = self.ballot(company);
        let voters: Vec<(Node, UBig)> =
            ballot.by_holder().map(|(holder, entries)| (holder, tally(entries).most())).collect();
        let mut groups = self.groups_about(company, universal);
        groups.sort_unstable();
        let estimate = voters.len() <= ESTIMATED_VOTERS;
        let mut order: Vec<Node> = Vec::new();
        let mut reach: FxHashMap<Node, UBig> = FxHashMap::default();
        // The votes that the members of a group, or near kin among the holders, are above.
        let mut brought: BTreeMap<u32, UBig> = BTreeMap::new();
        let kin: FxHashSet<Node> = self.kin_about(company).into_iter().collect();
        let mut of_kin = UBig::ZERO;
        let mut own: FxHashSet<Node> = FxHashSet::default();
        let seen = if estimate { &mut own } else { climbed };
        for (voter, units) in &voters {
            let mut bringing: BTreeSet<u32> = BTreeSet::new();
            let mut under_kin = false;
            if estimate {
                seen.clear();
            }
            self.climb(*voter, seen, |party| {
                let sum = reach.entry(party).or_insert_with(|| {
                    order.push(party);
                    UBig::ZERO
                });
                *sum += units;
                under_kin |= kin.contains(&party);
                bringing.extend(self.network.concert().of_among(party, &groups));
            });
            if under_kin {
                of_kin += units;
            }
            for group in bringing {
                *brought.entry(group).or_default() += units;
            }
        }
        order.retain(|party| *party != company);
        if !estimate {
            return order;
        }
        // Whoever may bring a group in has the votes of all that its members may bring.
        let mut pooled: FxHashMap<Node, UBig> = FxHashMap::default();
        for (group, units) in &brought {
            let mut above: FxHashSet<Node> = FxHashSet::default();
            for member in self.network.concert().everyone(*group) {
                self.climb(member, &mut above, |_| ());
            }
            for party in above {
                *pooled.entry(party).or_default() += units;
            }
        }
        for person in kin {
            *pooled.entry(person).or_default() += &of_kin;
        }
        let least = limit(&ballot.scale, self.least_percent(company).value());
        let sum = |sums: &FxHashMap<Node, UBig>, party: &Node| sums.get(party).cloned().unwrap_or_default();
        order.retain(|party| sum(&reach, party) + sum(&pooled, party) > least);
        order
    }
}
