//! The same answer the straightforward way: on every day on which something changes a fresh petgraph graph of the ties
//! in force, control by following majorities from each party in turn, stakes by walking every path. Default readings,
//! amounts and days all known, no proxies, no partnerships, concert about the subject alone: as far as the generated
//! datasets need it.

use chrono::{Datelike, Months, NaiveDate};
use dashu_ratio::RBig;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef, Reversed, Walker};
use relata::facts::{Bound, Effect, Facts, PartyId, PartyKind, Period, Relation, Role};
use relata::law::Basis;
use std::collections::{BTreeMap, BTreeSet};

type Set = BTreeSet<NodeIndex>;
/// Who is on which ground on one day.
type Lines = BTreeSet<(NodeIndex, &'static str)>;

/// Who stands where.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plain {
    pub related: BTreeMap<PartyId, Vec<(&'static str, Basis)>>,
    pub exempt: BTreeSet<PartyId>,
}

fn year_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_months(Months::new(12)).unwrap()
}

fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap()
}

fn in_force(period: &Period, day: NaiveDate, asked: NaiveDate) -> bool {
    let begun = |on: NaiveDate| period.from.day().is_none_or(|from| from <= on);
    let settled = begun(asked) || period.agreed.is_some_and(|agreed| agreed <= asked && begun(year_after(agreed)));
    begun(day) && period.until.day().is_none_or(|until| day <= until) && (day <= asked || settled)
}

fn of_age(birth: NaiveDate) -> NaiveDate {
    let year = birth.year() + 18;
    birth.with_year(year).unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 3, 1).unwrap())
}

/// The subject's related parties by the window of a year either way.
pub fn standing(facts: &Facts, subject: PartyId, asked: NaiveDate) -> Plain {
    let (first, last) = (year_before(asked), year_after(asked));
    let mut days = BTreeSet::from([first, asked, asked.succ_opt().unwrap()]);
    let mut note = |period: &Period| {
        days.extend(period.from.day());
        days.extend(period.until.day().and_then(|day| day.succ_opt()));
    };
    facts.holdings().iter().for_each(|row| note(&row.period));
    facts.controls().iter().for_each(|row| note(&row.period));
    facts.concert().iter().for_each(|row| note(&row.period));
    facts.positions().iter().for_each(|row| note(&row.period));
    facts.kinships().iter().for_each(|row| note(&row.period));
    days.extend(facts.parties().iter().filter_map(|party| party.birth_date).map(of_age).filter(|day| *day <= asked));
    let days: Vec<NaiveDate> = days.into_iter().filter(|day| first <= *day && *day <= last).collect();

    let mut plain = Plain::default();
    let mut bases: BTreeMap<(NodeIndex, &'static str), Basis> = BTreeMap::new();
    let mut own_group = Set::new();
    for (i, day) in days.iter().enumerate() {
        let state = State::new(facts, subject, *day, asked);
        let (lines, exempt) = state.lines();
        let last_alike = days.get(i + 1).map_or(last, |next| next.pred_opt().unwrap());
        if *day == asked {
            own_group = state.controlled(state.subject);
            plain.exempt = exempt.iter().map(|party| PartyId::new(party.index())).collect();
        }
        for line in lines {
            let basis = match day.cmp(&asked) {
                std::cmp::Ordering::Equal => Basis::Current,
                std::cmp::Ordering::Less => Basis::LookedBack { last_day: last_alike, expires: expiry(last_alike) },
                std::cmp::Ordering::Greater => match bases.get(&line) {
                    Some(known) => *known,
                    None => Basis::Arranged { begins: *day },
                },
            };
            bases.insert(line, basis);
        }
    }
    for ((party, ground), basis) in bases {
        if basis == Basis::Current || !own_group.contains(&party) {
            plain.related.entry(PartyId::new(party.index())).or_default().push((ground, basis));
        }
    }
    plain.exempt.retain(|party| !plain.related.contains_key(party));
    plain
}

/// The last day whose window still contains a day.
fn expiry(last_day: NaiveDate) -> NaiveDate {
    let mut day = year_after(last_day);
    while year_before(day.succ_opt().unwrap()) <= last_day {
        day = day.succ_opt().unwrap();
    }
    day
}

enum Tie {
    Holds(RBig),
    Controls,
}

struct State<'f> {
    facts: &'f Facts,
    subject: NodeIndex,
    day: NaiveDate,
    asked: NaiveDate,
    graph: DiGraph<PartyKind, Tie>,
    /// Members of each concert group about the subject.
    groups: Vec<Set>,
    /// Everyone above the subject by holdings.
    above: Set,
}

fn at(party: PartyId) -> NodeIndex {
    NodeIndex::new(party.index())
}

impl<'f> State<'f> {
    fn new(facts: &'f Facts, subject: PartyId, day: NaiveDate, asked: NaiveDate) -> Self {
        let has = |period: &Period| in_force(period, day, asked);
        let mut graph = DiGraph::new();
        for party in facts.parties().iter() {
            graph.add_node(party.kind);
        }
        for row in facts.holdings().iter().filter(|row| has(&row.period)) {
            graph.add_edge(at(row.holder), at(row.company), Tie::Holds(row.percent.least().value().clone()));
        }
        for row in facts.controls().iter().filter(|row| has(&row.period) && row.effect == Effect::Asserts) {
            graph.add_edge(at(row.controller), at(row.controlled), Tie::Controls);
        }
        let mut groups: BTreeMap<&str, Set> = BTreeMap::new();
        for row in facts.concert().iter().filter(|row| has(&row.period)) {
            groups.entry(row.group).or_default().insert(at(row.member));
        }
        let subject = at(subject);
        let above = petgraph::visit::Dfs::new(Reversed(&graph), subject).iter(Reversed(&graph)).collect();
        Self { facts, subject, day, asked, graph, groups: groups.into_values().collect(), above }
    }

    /// All a party controls.
    fn controlled(&self, of: NodeIndex) -> Set {
        self.controlled_by(of, true)
    }

    /// All a party controls, with or without those in concert with it about the subject.
    fn controlled_by(&self, of: NodeIndex, concert: bool) -> Set {
        let mut controlled = Set::from([of]);
        let mut votes: BTreeMap<NodeIndex, RBig> = BTreeMap::new();
        let mut open = vec![of];
        loop {
            while let Some(party) = open.pop() {
                for edge in self.graph.edges(party).filter(|edge| edge.target() != party) {
                    let company = edge.target();
                    let enough = match edge.weight() {
                        Tie::Controls => true,
                        Tie::Holds(percent) => {
                            let sum = votes.entry(company).or_insert(RBig::ZERO);
                            *sum += percent;
                            *sum > RBig::from(50)
                        }
                    };
                    if enough && controlled.insert(company) {
                        open.push(company);
                    }
                }
            }
            // The subject is listed, and the only company about which others may act in concert.
            let has_votes = concert && votes.contains_key(&self.subject);
            if !has_votes || controlled.contains(&self.subject) || !self.controls_subject(&controlled) {
                controlled.remove(&of);
                return controlled;
            }
            controlled.insert(self.subject);
            open.push(self.subject);
        }
    }

    /// Whether these and those in concert with them have the majority, or more than 30 % without a rival.
    fn controls_subject(&self, parties: &Set) -> bool {
        let block = self.block(parties);
        let sum = block.iter().fold(RBig::ZERO, |sum, holder| sum + self.stake(*holder));
        if sum > RBig::from(50) {
            return true;
        }
        let outside = |party: &NodeIndex| !block.contains(party);
        sum > RBig::from(30)
            && !self
                .graph
                .neighbors_directed(self.subject, Direction::Incoming)
                .any(|holder| outside(&holder) && self.stake(holder) >= sum)
            && !self
                .groups
                .iter()
                .filter(|group| group.iter().all(outside))
                .any(|group| group.iter().fold(RBig::ZERO, |total, member| total + self.stake(*member)) >= sum)
    }

    fn stake(&self, holder: NodeIndex) -> RBig {
        self.graph.edges_connecting(holder, self.subject).fold(RBig::ZERO, |sum, edge| match edge.weight() {
            Tie::Holds(percent) if holder != self.subject => sum + percent,
            _ => sum,
        })
    }

    /// Parties with everyone in concert with them about the subject, and what those control (by themselves: whether
    /// they control the subject in concert makes no difference to the votes in it).
    fn block(&self, parties: &Set) -> Set {
        let mut block = parties.clone();
        for group in self.groups.iter().filter(|group| !group.is_disjoint(parties)) {
            for member in group.iter().filter(|member| !parties.contains(member)) {
                block.insert(*member);
                if self.graph[*member] != PartyKind::StateBody {
                    block.extend(self.controlled_by(*member, false));
                }
            }
        }
        block.remove(&self.subject);
        block
    }

    fn block_of(&self, party: NodeIndex) -> Set {
        let mut own = Set::from([party]);
        if self.graph[party] != PartyKind::StateBody {
            own.extend(self.controlled(party));
        }
        self.block(&own)
    }

    fn whole_stake(&self, party: NodeIndex) -> RBig {
        self.block_of(party).into_iter().fold(RBig::ZERO, |sum, holder| sum + self.stake(holder))
    }

    /// What is attributed to a party: the products along every path from its block down to the subject. Circles are
    /// walked until a path carries less than a millionth of a millionth.
    fn look_through(&self, party: NodeIndex) -> RBig {
        let block = self.block_of(party);
        let least = RBig::from_parts(1.into(), 1_000_000_000_000u64.into());
        let mut sum = RBig::ZERO;
        for member in block.iter().filter(|member| self.above.contains(member)) {
            let mut open = vec![(*member, RBig::ONE)];
            while let Some((holder, part)) = open.pop() {
                for edge in self.graph.edges(holder) {
                    let Tie::Holds(percent) = edge.weight() else { continue };
                    let company = edge.target();
                    if company == self.subject {
                        sum += &part * percent;
                    } else if self.above.contains(&company) && !block.contains(&company) {
                        let part = &part * percent / RBig::from(100);
                        if part > least {
                            open.push((company, part));
                        }
                    }
                }
            }
        }
        sum
    }

    fn posts(&self) -> impl Iterator<Item = (NodeIndex, NodeIndex, Role)> + '_ {
        let rows = self.facts.positions().iter().filter(|row| in_force(&row.period, self.day, self.asked));
        rows.map(|row| (at(row.person), at(row.organisation), row.role))
    }

    fn relatives(&self, kin: &BTreeMap<NodeIndex, Vec<(NodeIndex, Relation)>>, person: NodeIndex) -> Set {
        use Relation::{Child, Parent, Sibling, Spouse};
        let of = |person: NodeIndex, relation: Relation| -> Vec<NodeIndex> {
            let all = kin.get(&person).map_or(&[][..], Vec::as_slice);
            all.iter().filter(|(_, stated)| *stated == relation).map(|(other, _)| *other).collect()
        };
        let siblings = |person: NodeIndex| -> Vec<NodeIndex> {
            let mut siblings = of(person, Sibling);
            siblings.extend(of(person, Parent).into_iter().flat_map(|parent| of(parent, Child)));
            siblings.retain(|sibling| *sibling != person);
            siblings
        };
        let mut family = Set::new();
        for spouse in of(person, Spouse) {
            family.insert(spouse);
            family.extend(of(spouse, Parent));
            family.extend(siblings(spouse));
        }
        family.extend(of(person, Parent));
        for sibling in siblings(person) {
            family.insert(sibling);
            family.extend(of(sibling, Spouse));
        }
        for child in of(person, Child) {
            let birth = self.facts.birth_date(PartyId::new(child.index()));
            if birth.is_some_and(|birth| of_age(birth) > self.day.min(self.asked)) {
                continue;
            }
            family.insert(child);
            for spouse in of(child, Spouse) {
                family.insert(spouse);
                family.extend(of(spouse, Parent));
            }
        }
        family.remove(&person);
        family
    }

    /// Every ground and party of the day, and the exempt.
    fn lines(&self) -> (Lines, Set) {
        let mut lines = Lines::new();
        let five = RBig::from(5);
        let is_person = |party: &NodeIndex| self.graph[*party] == PartyKind::Person;
        let is_state_body = |party: &NodeIndex| self.graph[*party] == PartyKind::StateBody;
        let own_group = self.controlled(self.subject);
        let outside = |party: &NodeIndex| *party != self.subject && !own_group.contains(party);

        // Whoever may control or hold stands above the subject, is in concert about it, or controls one who is.
        let mut candidates = self.above.clone();
        for member in self.groups.iter().flatten() {
            candidates.extend(petgraph::visit::Dfs::new(Reversed(&self.graph), *member).iter(Reversed(&self.graph)));
        }
        candidates.remove(&self.subject);
        let reach: BTreeMap<NodeIndex, Set> = candidates.iter().map(|x| (*x, self.controlled(*x))).collect();
        let controllers: Vec<NodeIndex> =
            candidates.iter().copied().filter(|x| !is_person(x) && reach[x].contains(&self.subject)).collect();
        lines.extend(controllers.iter().map(|party| (*party, "5.1")));

        let officers: BTreeMap<NodeIndex, Set> =
            self.posts().filter(|(_, _, role)| role.is_officer(true)).fold(BTreeMap::new(), |mut all, (p, o, _)| {
                all.entry(o).or_insert_with(Set::new).insert(p);
                all
            });
        let none = Set::new();
        let own_officers = officers.get(&self.subject).unwrap_or(&none);
        let mut plain = Set::new();
        let mut state_only = Set::new();
        for controller in &controllers {
            let under = reach[controller].iter().copied().filter(|party| outside(party) && !is_person(party));
            if is_state_body(controller) { state_only.extend(under) } else { plain.extend(under) }
        }
        let mut exempt = Set::new();
        for party in state_only.difference(&plain.clone()) {
            let posts: Vec<(NodeIndex, Role)> =
                self.posts().filter(|(_, o, _)| o == party).map(|(person, _, role)| (person, role)).collect();
            let alone = |role: Role| matches!(role, Role::LegalRepresentative | Role::Chair | Role::GeneralManager);
            let directors: Set = posts.iter().filter(|(_, role)| role.is_director()).map(|(p, _)| *p).collect();
            let shared = directors.intersection(own_officers).count();
            if posts.iter().any(|(person, role)| alone(*role) && own_officers.contains(person))
                || shared > 0 && 2 * shared >= directors.len()
            {
                plain.insert(*party);
            } else {
                exempt.insert(*party);
            }
        }
        lines.extend(plain.iter().map(|party| (*party, "5.2")));

        let whole: BTreeMap<NodeIndex, RBig> = candidates.iter().map(|x| (*x, self.whole_stake(*x))).collect();
        let heads: Vec<NodeIndex> =
            candidates.iter().copied().filter(|x| outside(x) && !is_state_body(x) && whole[x] >= five).collect();
        for party in candidates.iter().filter(|party| !is_person(party) && outside(party)) {
            let shares = self.stake(*party) > RBig::ZERO;
            if whole[party] >= five || shares && heads.iter().any(|head| reach[head].contains(party)) {
                lines.insert((*party, "5.4"));
            }
        }
        let holders: Set =
            candidates.iter().copied().filter(|p| is_person(p) && self.look_through(*p) >= five).collect();
        lines.extend(holders.iter().map(|party| (*party, "7.1")));
        lines.extend(own_officers.iter().map(|party| (*party, "7.2")));
        for controller in controllers.iter().filter(|controller| !is_state_body(controller)) {
            lines.extend(officers.get(controller).unwrap_or(&none).iter().map(|party| (*party, "7.3")));
        }
        let mut kin: BTreeMap<NodeIndex, Vec<(NodeIndex, Relation)>> = BTreeMap::new();
        for row in self.facts.kinships().iter().filter(|row| in_force(&row.period, self.day, self.asked)) {
            kin.entry(at(row.person)).or_default().push((at(row.relative), row.relation));
            kin.entry(at(row.relative)).or_default().push((at(row.person), row.relation.inverse()));
        }
        for person in holders.union(own_officers) {
            lines.extend(self.relatives(&kin, *person).into_iter().map(|party| (party, "7.4")));
        }

        let persons: Set = lines.iter().filter(|(_, n)| n.starts_with("7.")).map(|(party, _)| *party).collect();
        let independents: Set = self
            .posts()
            .filter(|(_, o, role)| *o == self.subject && *role == Role::IndependentDirector)
            .map(|(person, _, _)| person)
            .collect();
        let mut companies: Set = persons.iter().flat_map(|person| self.controlled(*person)).collect();
        companies.extend(
            self.posts()
                .filter(|(person, _, role)| {
                    persons.contains(person)
                        && (role.is_director() || role.is_senior_manager(true))
                        && !(*role == Role::IndependentDirector && independents.contains(person))
                })
                .map(|(_, organisation, _)| organisation),
        );
        companies.retain(|party| outside(party) && !is_state_body(party));
        lines.extend(companies.into_iter().map(|party| (party, "5.3")));

        if self.day == self.asked {
            for row in self.facts.designations().iter() {
                if in_force(&row.period, self.day, self.asked) && at(row.party) != self.subject {
                    lines.insert((at(row.party), "8.2"));
                }
            }
        }
        (lines, exempt)
    }
}

/// An open bound has no day, and the plain way knows no other bounds but exact days.
pub fn is_feasible(facts: &Facts) -> bool {
    let exact = |bound: Bound| matches!(bound, Bound::Open | Bound::On(_));
    facts.holdings().iter().all(|row| !row.percent.is_uncertain() && exact(row.period.from) && exact(row.period.until))
        && facts.proxies().is_empty()
        && facts.concert().iter().all(|row| row.company.is_some() && !row.lead)
}
