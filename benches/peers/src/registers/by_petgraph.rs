//! petgraph the straightforward way: one graph of the whole market with dated ties; for each subject, on each day on
//! which anything that was looked at changes, a search backwards for who may control or hold, a closure forwards from
//! each of them, boards, families and stakes by walking. The whole law of the default readings; those in concert are
//! taken with what they control by themselves, without further concert.

use super::{Registers, add_line};
use crate::rows::{
    ASKED, CONCERT, CONTROLS, DESIGNATIONS, EVER, HOLDINGS, KINSHIPS, OPEN, POSITIONS, PROXIES, PartyRecord, Row, Rows,
};
use crate::tally::Tally;
use chrono::{Datelike, NaiveDate};
use dashu_ratio::RBig;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use relata::facts::{PartyKind, Relation, Role, add_months, sub_months};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

type Node = NodeIndex;
type Set = HashSet<Node>;

#[derive(Clone, Copy, PartialEq)]
enum Tie {
    Holds,
    Controls,
    Proxy,
}

pub struct ByPetgraph {
    graph: DiGraph<PartyRecord, (Tie, Row)>,
    proxies: HashMap<Node, Vec<Row>>,
    concert: HashMap<Node, Vec<Row>>,
    denials: HashMap<(Node, Node), Vec<Row>>,
    posts_of: HashMap<Node, Vec<Row>>,
    posts_in: HashMap<Node, Vec<Row>>,
    kin: HashMap<Node, Vec<(Node, Relation, Row)>>,
    designations: Vec<Row>,
}

fn at(party: u32) -> Node {
    Node::new(party as usize)
}

fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).unwrap()
}

impl Registers for ByPetgraph {
    fn load(rows: &Rows) -> Self {
        let ties = rows.table(HOLDINGS).len() + rows.table(CONTROLS).len() + rows.table(PROXIES).len();
        let mut graph = DiGraph::with_capacity(rows.parties().len(), ties);
        for party in rows.parties() {
            graph.add_node(*party);
        }
        for row in rows.table(HOLDINGS) {
            graph.add_edge(at(row.a), at(row.b), (Tie::Holds, *row));
        }
        let mut denials: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows.table(CONTROLS) {
            if row.x & 1 == 1 {
                graph.add_edge(at(row.a), at(row.b), (Tie::Controls, *row));
            } else {
                denials.entry((at(row.a), at(row.b))).or_default().push(*row);
            }
        }
        let by = |table: usize, key: fn(&Row) -> u32| {
            let mut map: HashMap<Node, Vec<Row>> = HashMap::new();
            rows.table(table).iter().for_each(|row| map.entry(at(key(row))).or_default().push(*row));
            map
        };
        for row in rows.table(PROXIES) {
            graph.add_edge(at(row.b), at(row.c), (Tie::Proxy, *row));
        }
        let mut kin: HashMap<_, Vec<_>> = HashMap::new();
        for row in rows.table(KINSHIPS) {
            let relation = Relation::ALL[row.x as usize];
            kin.entry(at(row.a)).or_default().push((at(row.b), relation, *row));
            kin.entry(at(row.b)).or_default().push((at(row.a), relation.inverse(), *row));
        }
        Self {
            graph,
            proxies: by(PROXIES, |row| row.c),
            concert: by(CONCERT, |row| row.c),
            denials,
            posts_of: by(POSITIONS, |row| row.a),
            posts_in: by(POSITIONS, |row| row.b),
            kin,
            designations: rows.table(DESIGNATIONS).to_vec(),
        }
    }

    fn all(&mut self, subjects: &[u32]) -> Tally {
        let mut tally = Tally::default();
        let first = sub_months(date(ASKED), 12).num_days_from_ce();
        let last = add_months(date(ASKED), 12).num_days_from_ce();
        for number in subjects {
            let mut footing: HashMap<(Node, &'static str), (u64, i32)> = HashMap::new();
            let mut own_group = Rc::new(Set::new());
            let mut day = first;
            while day <= last {
                let state = State::new(self, at(*number), day);
                let lines = state.lines();
                if day == ASKED {
                    own_group = state.controlled(state.subject);
                }
                let mut next = state.next.get().min(last + 1);
                for stop in [ASKED, ASKED + 1] {
                    if day < stop {
                        next = next.min(stop);
                    }
                }
                for line in lines {
                    let known = footing.get(&line).copied();
                    let new = match day.cmp(&ASKED) {
                        std::cmp::Ordering::Less => (1, next - 1),
                        std::cmp::Ordering::Equal => (0, 0),
                        std::cmp::Ordering::Greater => known.unwrap_or((2, day)),
                    };
                    footing.insert(line, new);
                }
                day = next;
            }
            footing.retain(|(party, _), (kind, _)| *kind == 0 || !own_group.contains(party));
            let related: Set = footing.keys().map(|(party, _)| *party).collect();
            tally.count += related.len() as u64;
            for ((party, ground), (kind, day)) in footing {
                add_line(&mut tally, *number, party.index() as u32, ground, kind, day);
                if std::env::var_os("PEERS_LINES").is_some() {
                    eprintln!("{number} {} {ground} {kind} {day}", party.index());
                }
            }
        }
        tally
    }
}

type Closures = RefCell<HashMap<(Node, bool), Rc<Set>>>;

/// One day of one subject.
struct State<'m> {
    market: &'m ByPetgraph,
    subject: Node,
    day: i32,
    /// The next day on which anything that was looked at changes.
    next: Cell<i32>,
    known: Closures,
    tables: RefCell<HashMap<Node, Rc<HashMap<Node, u64>>>>,
    stakes: HashMap<Node, u64>,
}

impl<'m> State<'m> {
    fn new(market: &'m ByPetgraph, subject: Node, day: i32) -> Self {
        let mut state = Self {
            market,
            subject,
            day,
            next: Cell::new(i32::MAX),
            known: RefCell::default(),
            tables: RefCell::default(),
            stakes: HashMap::new(),
        };
        for edge in market.graph.edges_directed(subject, Direction::Incoming) {
            let (tie, row) = edge.weight();
            if *tie == Tie::Holds && edge.source() != subject && state.has(row) {
                *state.stakes.entry(edge.source()).or_default() += u64::from(row.c);
            }
        }
        state
    }

    fn kind(&self, party: Node) -> PartyKind {
        PartyKind::ALL[self.market.graph[party].kind as usize & 127]
    }

    fn is_person(&self, party: Node) -> bool {
        self.kind(party) == PartyKind::Person
    }

    fn is_state_body(&self, party: Node) -> bool {
        self.kind(party) == PartyKind::StateBody
    }

    fn change(&self, day: i32) {
        if day > self.day {
            self.next.set(self.next.get().min(day));
        }
    }

    /// Whether a row counts on the day, noting when that changes.
    fn has(&self, row: &Row) -> bool {
        self.change(row.from);
        self.change(row.until.saturating_add(1));
        row.from <= self.day
            && self.day <= row.until
            && (row.from <= ASKED
                || row.agreed <= ASKED && row.from <= add_months(date(row.agreed), 12).num_days_from_ce())
    }

    /// The votes in a company after proxies.
    fn votes(&self, company: Node) -> Rc<HashMap<Node, u64>> {
        if let Some(known) = self.tables.borrow().get(&company) {
            return Rc::clone(known);
        }
        let mut votes: HashMap<Node, u64> = HashMap::new();
        for edge in self.market.graph.edges_directed(company, Direction::Incoming) {
            let (tie, row) = edge.weight();
            if *tie == Tie::Holds && edge.source() != company && self.has(row) {
                *votes.entry(edge.source()).or_default() += u64::from(row.c);
            }
        }
        for row in self.market.proxies.get(&company).into_iter().flatten().filter(|row| self.has(row)) {
            let (principal, agent) = (at(row.a), at(row.b));
            if principal != company && principal != agent {
                let passed = votes.insert(principal, 0).unwrap_or(0);
                if agent != company {
                    *votes.entry(agent).or_default() += passed;
                }
            }
        }
        let votes = Rc::new(votes);
        self.tables.borrow_mut().insert(company, Rc::clone(&votes));
        votes
    }

    /// Concert groups about a company: members, and those who lead.
    fn groups(&self, company: Node) -> Vec<(Set, Set)> {
        let mut groups: BTreeMap<u32, (Set, Set)> = BTreeMap::new();
        for row in self.market.concert.get(&company).into_iter().flatten().filter(|row| self.has(row)) {
            let (members, leads) = groups.entry(row.a).or_default();
            members.insert(at(row.b));
            if row.x != 0 {
                leads.insert(at(row.b));
            }
        }
        groups.into_values().collect()
    }

    fn controlled(&self, of: Node) -> Rc<Set> {
        self.controlled_by(of, true)
    }

    /// A party and all it controls, with or without those in concert with it.
    fn controlled_by(&self, of: Node, concert: bool) -> Rc<Set> {
        if let Some(known) = self.known.borrow().get(&(of, concert)) {
            return Rc::clone(known);
        }
        let graph = &self.market.graph;
        let mut controlled = Set::from([of]);
        let mut sums: HashMap<Node, u64> = HashMap::new();
        let mut open = vec![of];
        loop {
            while let Some(party) = open.pop() {
                for edge in graph.edges(party) {
                    let (company, (tie, row)) = (edge.target(), edge.weight());
                    if controlled.contains(&company) || !self.has(row) {
                        continue;
                    }
                    let enough = match tie {
                        Tie::Controls => true,
                        _ if matches!(self.kind(company), PartyKind::Partnership | PartyKind::Person) => false,
                        Tie::Proxy => {
                            sums.entry(company).or_default();
                            false
                        }
                        Tie::Holds => {
                            let sum = sums.entry(company).or_default();
                            *sum += u64::from(row.c);
                            *sum > 500_000 && !self.market.proxies.contains_key(&company)
                        }
                    };
                    if enough {
                        controlled.insert(company);
                        open.push(company);
                    }
                }
            }
            let special = |company: &Node| {
                graph[*company].kind & 128 != 0
                    || self.market.proxies.contains_key(company)
                    || self.market.concert.contains_key(company)
            };
            let left = sums.keys().copied().filter(|company| !controlled.contains(company));
            let more: Vec<Node> = left.filter(special).filter(|z| self.wins(of, &controlled, *z, concert)).collect();
            if more.is_empty() {
                break;
            }
            controlled.extend(&more);
            open.extend(more);
        }
        let controlled = Rc::new(controlled);
        self.known.borrow_mut().insert((of, concert), Rc::clone(&controlled));
        controlled
    }

    /// Whether these parties and those in concert with them have enough votes in a company.
    fn wins(&self, of: Node, parties: &Set, company: Node, concert: bool) -> bool {
        let votes = self.votes(company);
        if !votes.iter().any(|(holder, share)| *share > 0 && parties.contains(holder)) {
            return false;
        }
        let groups = self.groups(company);
        let mut block = parties.clone();
        if concert {
            for (members, leads) in &groups {
                let speak = if leads.is_empty() { members } else { leads };
                if !speak.is_disjoint(parties) {
                    members.iter().for_each(|member| block.extend(self.controlled_by(*member, false).iter()));
                }
            }
        }
        block.remove(&company);
        let sum: u64 = votes.iter().filter(|(holder, _)| block.contains(holder)).map(|(_, share)| share).sum();
        if sum > 500_000 {
            return true;
        }
        if self.market.graph[company].kind & 128 == 0 || sum <= 300_000 {
            return false;
        }
        let own = |holder: &Node| votes.get(holder).copied().unwrap_or(0);
        if votes.iter().any(|(holder, share)| !block.contains(holder) && *share >= sum)
            || groups
                .iter()
                .any(|(members, _)| members.is_disjoint(&block) && members.iter().map(own).sum::<u64>() >= sum)
        {
            return false;
        }
        let denials = self.market.denials.get(&(of, company)).into_iter().flatten();
        let denied = denials.filter(|row| self.has(row)).count() > 0;
        let mut others = parties.iter().filter(|party| **party != of);
        !denied || others.any(|party| self.controlled_by(*party, concert).contains(&company))
    }

    /// For the five per cent: a party, all it controls, and those in concert with these about the subject.
    fn block(&self, party: Node, groups: &[(Set, Set)]) -> Set {
        let reach = |party: Node, into: &mut Set, concert: bool| {
            into.insert(party);
            if !self.is_state_body(party) {
                into.extend(self.controlled_by(party, concert).iter());
            }
        };
        let mut own = Set::new();
        reach(party, &mut own, true);
        let mut block = own.clone();
        for (members, _) in groups.iter().filter(|(members, _)| !members.is_disjoint(&own)) {
            members.iter().for_each(|member| reach(*member, &mut block, true));
        }
        block.remove(&self.subject);
        block
    }

    /// What is attributed to a block: the products along every path from it down to the subject.
    fn look_through(&self, block: &Set, above: &Set) -> RBig {
        let least = RBig::from_parts(1.into(), 1_000_000_000_000u64.into());
        let whole = RBig::from(1_000_000);
        let mut sum = RBig::ZERO;
        for member in block.iter().filter(|member| above.contains(member)) {
            let mut open = vec![(*member, RBig::ONE)];
            while let Some((holder, part)) = open.pop() {
                for edge in self.market.graph.edges(holder) {
                    let (company, (tie, row)) = (edge.target(), edge.weight());
                    if *tie != Tie::Holds || !above.contains(&company) || !self.has(row) {
                        continue;
                    }
                    if company == self.subject {
                        sum += &part * RBig::from(row.c);
                    } else if !block.contains(&company) {
                        let part = &part * RBig::from(row.c) / &whole;
                        if part > least {
                            open.push((company, part));
                        }
                    }
                }
            }
        }
        sum
    }

    fn posts<'s>(
        &'s self,
        of: &'s HashMap<Node, Vec<Row>>,
        party: Node,
    ) -> impl Iterator<Item = (Node, Node, Role)> + 's {
        let rows = of.get(&party).into_iter().flatten().filter(|row| self.has(row));
        rows.map(|row| (at(row.a), at(row.b), Role::ALL[row.x as usize]))
    }

    fn officers(&self, organisation: Node) -> Set {
        let posts = self.posts(&self.market.posts_in, organisation);
        posts.filter(|(_, _, role)| role.is_officer(true)).map(|(person, ..)| person).collect()
    }

    fn kin(&self, person: Node, relation: Relation) -> Vec<Node> {
        let rows = self.market.kin.get(&person).into_iter().flatten();
        let rows = rows.filter(|(_, stated, row)| *stated == relation && self.has(row));
        rows.map(|(other, ..)| *other).collect()
    }

    fn siblings(&self, person: Node) -> Vec<Node> {
        let mut siblings = self.kin(person, Relation::Sibling);
        for parent in self.kin(person, Relation::Parent) {
            siblings.extend(self.kin(parent, Relation::Child));
        }
        siblings.retain(|sibling| *sibling != person);
        siblings
    }

    fn relatives(&self, person: Node) -> Set {
        use Relation::{
            Child, ChildSpouse, ChildSpouseParent, Parent, SiblingSpouse, Spouse, SpouseParent, SpouseSibling,
        };
        let mut family = Set::new();
        for spouse in self.kin(person, Spouse) {
            family.insert(spouse);
            family.extend(self.kin(spouse, Parent));
            family.extend(self.siblings(spouse));
        }
        family.extend(self.kin(person, Parent));
        for sibling in self.siblings(person) {
            family.insert(sibling);
            family.extend(self.kin(sibling, Spouse));
        }
        for child in self.kin(person, Child) {
            let birth = self.market.graph[child].birth;
            if birth != EVER {
                let birth = date(birth);
                let year = birth.year() + 18;
                let of_age = birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap();
                let of_age = of_age.num_days_from_ce();
                if of_age > self.day.min(ASKED) {
                    self.change(if of_age <= ASKED { of_age } else { OPEN });
                    continue;
                }
            }
            family.insert(child);
            for spouse in self.kin(child, Spouse) {
                family.insert(spouse);
                family.extend(self.kin(spouse, Parent));
            }
            family.extend(self.kin(child, SpouseParent));
        }
        for spouse in self.kin(person, ChildSpouse) {
            family.insert(spouse);
            family.extend(self.kin(spouse, Parent));
        }
        for relation in [SpouseParent, SiblingSpouse, SpouseSibling, ChildSpouseParent] {
            family.extend(self.kin(person, relation));
        }
        family.remove(&person);
        family
    }

    /// Everyone above these parties.
    fn above(&self, parties: impl IntoIterator<Item = Node>) -> Set {
        let mut open: Vec<Node> = parties.into_iter().collect();
        let mut above: Set = open.iter().copied().collect();
        while let Some(company) = open.pop() {
            for edge in self.market.graph.edges_directed(company, Direction::Incoming) {
                if self.has(&edge.weight().1) && above.insert(edge.source()) {
                    open.push(edge.source());
                }
            }
        }
        above
    }

    /// Every party and ground of the day.
    fn lines(&self) -> HashSet<(Node, &'static str)> {
        let mut lines = HashSet::new();
        let own_group = self.controlled(self.subject);
        let outside = |party: Node| !own_group.contains(&party);
        let groups = self.groups(self.subject);
        let above = self.above([self.subject]);
        let members = groups.iter().flat_map(|(members, _)| members).copied();
        let mut candidates = self.above(members.chain([self.subject]));
        candidates.remove(&self.subject);

        let controls = |party: &Node| self.controlled(*party).contains(&self.subject);
        let controllers: Vec<Node> =
            candidates.iter().copied().filter(|party| !self.is_person(*party)).filter(controls).collect();
        lines.extend(controllers.iter().map(|party| (*party, "5.1")));

        let own_officers = self.officers(self.subject);
        let (mut plain, mut state_only) = (Set::new(), Set::new());
        for controller in &controllers {
            let reach = self.controlled(*controller);
            let under = reach.iter().copied().filter(|party| party != controller);
            let under = under.filter(|party| outside(*party) && !self.is_person(*party));
            if self.is_state_body(*controller) { state_only.extend(under) } else { plain.extend(under) }
        }
        for party in state_only {
            if plain.contains(&party) {
                continue;
            }
            let posts: Vec<(Node, Role)> =
                self.posts(&self.market.posts_in, party).map(|(person, _, role)| (person, role)).collect();
            let alone = |role: Role| matches!(role, Role::LegalRepresentative | Role::Chair | Role::GeneralManager);
            let directors: Set = posts.iter().filter(|(_, role)| role.is_director()).map(|(p, _)| *p).collect();
            let shared = directors.intersection(&own_officers).count();
            if posts.iter().any(|(person, role)| alone(*role) && own_officers.contains(person))
                || shared > 0 && 2 * shared >= directors.len()
            {
                lines.insert((party, "5.2"));
            }
        }
        lines.extend(plain.into_iter().map(|party| (party, "5.2")));

        const FIVE: u64 = 50_000;
        let stake = |party: &Node| self.stakes.get(party).copied().unwrap_or(0);
        let mut holders = Set::new();
        let mut heads = Vec::new();
        for party in candidates.iter().copied() {
            let block = self.block(party, &groups);
            let whole: u64 = self.stakes.iter().filter(|(holder, _)| block.contains(holder)).map(|(_, s)| s).sum();
            if whole >= FIVE && outside(party) {
                if !self.is_person(party) {
                    lines.insert((party, "5.4"));
                }
                if !self.is_state_body(party) {
                    heads.push(party);
                }
            }
            if self.is_person(party) && self.look_through(&block, &above) >= RBig::from(FIVE) {
                holders.insert(party);
            }
        }
        for head in heads {
            for party in self.controlled(head).iter() {
                if stake(party) > 0 && !self.is_person(*party) && outside(*party) {
                    lines.insert((*party, "5.4"));
                }
            }
        }
        lines.extend(holders.iter().map(|party| (*party, "7.1")));
        lines.extend(own_officers.iter().map(|party| (*party, "7.2")));
        for controller in controllers.iter().filter(|controller| !self.is_state_body(**controller)) {
            lines.extend(self.officers(*controller).into_iter().map(|party| (party, "7.3")));
        }
        for person in holders.union(&own_officers) {
            lines.extend(self.relatives(*person).into_iter().map(|party| (party, "7.4")));
        }

        let persons: Set = lines.iter().filter(|(_, n)| n.starts_with("7.")).map(|(party, _)| *party).collect();
        let independent = |role: Role| role == Role::IndependentDirector;
        let seats = self.posts(&self.market.posts_in, self.subject);
        let independents: Set = seats.filter(|(_, _, role)| independent(*role)).map(|(person, ..)| person).collect();
        for person in persons {
            let mut companies: Set = self.controlled(person).iter().copied().collect();
            for (_, organisation, role) in self.posts(&self.market.posts_of, person) {
                let counts = role.is_director() || role.is_senior_manager(true);
                if counts && !(independent(role) && independents.contains(&person)) {
                    companies.insert(organisation);
                }
            }
            companies.retain(|p| outside(*p) && !self.is_state_body(*p) && !self.is_person(*p));
            lines.extend(companies.into_iter().map(|party| (party, "5.3")));
        }
        if self.day == ASKED {
            let named = self.market.designations.iter().filter(|row| self.has(row) && at(row.a) != self.subject);
            lines.extend(named.map(|row| (at(row.a), "8.2")));
        }
        lines
    }
}
