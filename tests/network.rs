//! The network of a random dataset: the same ties from either end, and the algorithms of petgraph walk it as it is.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytemuck::Pod;
use chrono::NaiveDate;
use petgraph::algo::{has_path_connecting, kosaraju_scc, tarjan_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Bfs, EdgeRef, IntoEdgeReferences, IntoEdgesDirected, Reversed, Walker};
use petgraph::{Incoming, Outgoing};
use proptest::prelude::*;
use relata::facts::{
    Amount, Bound, Columns, ConcertMembership, Control, Designation, Effect, Facts, Holding, Kinship, Party, PartyId,
    PartyKind, Percent, Period, Position, Proxy, Relation, Role, Span,
};
use relata::graph::{Links, Network, Tie};
use relata::store::Column;
use std::collections::{BTreeMap, BTreeSet};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(730_000 + number as i32).unwrap()
}

fn bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        4 => Just(Bound::Open),
        3 => (0u32..40).prop_map(|n| Bound::On(day(n))),
        1 => Just(Bound::Unknown),
        1 => (0u32..40).prop_map(|n| Bound::Near(day(n))),
    ]
}

/// Rows of seven tables between a few parties.
fn dataset() -> impl Strategy<Value = Facts> {
    let row = (0usize..7, 0usize..12, 0usize..12, 0usize..12, bound(), bound());
    proptest::collection::vec(row, 0..60).prop_map(|rows| {
        let ids: Vec<String> = (0..12).map(|i| format!("c{i}")).collect();
        let mut facts = Facts::with_parties(ids.iter().map(|id| Party::new(id, id, PartyKind::Company)));
        for (table, a, b, c, from, until) in rows {
            let (a, b, c) = (PartyId::new(a), PartyId::new(b), PartyId::new(c));
            let (period, source) = (Period { from, until, agreed: None }, None);
            let percent = Amount::Exact(Percent::from(5));
            match table {
                0 => {
                    facts.push_holding(&Holding { holder: a, company: b, percent, votes_percent: None, period, source })
                }
                1 => {
                    facts.push_proxy(&Proxy { principal: a, agent: b, company: c, votes_percent: None, period, source })
                }
                2 => {
                    let (joint, effect) = (None, Effect::Denies);
                    facts.push_control(&Control {
                        controller: a,
                        controlled: b,
                        basis: None,
                        joint,
                        effect,
                        period,
                        source,
                    });
                }
                3 => facts.push_concert(&ConcertMembership {
                    group: "g",
                    member: a,
                    company: (b != c).then_some(c),
                    lead: false,
                    period,
                    source,
                }),
                4 => facts.push_position(&Position { person: a, organisation: b, role: Role::Chair, period, source }),
                5 => {
                    facts.push_kinship(&Kinship { person: a, relative: b, relation: Relation::Spouse, period, source })
                }
                _ => {
                    let authority = relata::facts::Authority::Company;
                    facts.push_designation(&Designation { party: a, authority, reason: None, period, source });
                }
            }
        }
        facts
    })
}

/// The ties in the order of the tables, one petgraph edge each.
fn plain(facts: &Facts) -> DiGraph<(), Tie> {
    let mut graph = DiGraph::new();
    for _ in facts.party_ids() {
        graph.add_node(());
    }
    let at = |party: PartyId| NodeIndex::new(party.index());
    for (i, row) in (0..).zip(facts.holdings().iter()) {
        graph.add_edge(at(row.holder), at(row.company), Tie::Holding(i));
    }
    for (i, row) in (0..).zip(facts.proxies().iter()) {
        graph.add_edge(at(row.agent), at(row.company), Tie::Proxy(i));
    }
    for (i, row) in (0..).zip(facts.controls().iter()) {
        graph.add_edge(at(row.controller), at(row.controlled), Tie::Control(i));
    }
    graph
}

fn parts(parts: Vec<Vec<u32>>) -> BTreeSet<BTreeSet<u32>> {
    parts.into_iter().map(|part| part.into_iter().collect()).collect()
}

/// The days about a day on which none of the party's rows changes, day by day.
fn steady(facts: &Facts, party: PartyId, around: u32) -> Span {
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut note = |ends: &[PartyId], period: &Period| {
        if !ends.contains(&party) {
            return;
        }
        let after = |bound: Bound| bound.day().and_then(|day| day.succ_opt());
        days.extend(period.from.day());
        days.extend(after(period.until));
        if period.is_uncertain() {
            days.extend(period.until.day());
            days.extend(after(period.from));
        }
    };
    facts.holdings().iter().for_each(|row| note(&[row.holder, row.company], &row.period));
    facts.proxies().iter().for_each(|row| note(&[row.principal, row.agent, row.company], &row.period));
    facts.controls().iter().for_each(|row| note(&[row.controller, row.controlled], &row.period));
    facts.concert().iter().for_each(|row| note(&[row.member, row.company.unwrap_or(row.member)], &row.period));
    facts.positions().iter().for_each(|row| note(&[row.person, row.organisation], &row.period));
    facts.kinships().iter().for_each(|row| note(&[row.person, row.relative], &row.period));
    facts.designations().iter().for_each(|row| note(&[row.party], &row.period));
    Span {
        first: days.range(..=day(around)).next_back().copied().unwrap_or(NaiveDate::MIN),
        last: days.range(day(around + 1)..).next().and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX),
    }
}

#[derive(Default)]
struct Pack(BTreeMap<&'static str, Vec<u8>>);
struct Unpack(Pack);

impl Columns for Pack {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        let bytes = bytemuck::cast_slice(column.slice(0..column.len())).to_vec();
        assert!(self.0.insert(name, bytes).is_none(), "{name} comes twice");
    }
}

impl Columns for Unpack {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        let values = self.0.0[name].chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned::<T>);
        *column = Column::from(values.collect::<Vec<T>>());
    }
}

fn told(network: &Network) -> String {
    let mut text = format!("{} {}", network.is_uncertain(), network.tie_count());
    for node in 0..12 {
        let (out, into): (Vec<_>, Vec<_>) = (network.out(node).collect(), network.into(node).collect());
        text += &format!("\n{out:?} {into:?} {:?} {:?}", network.proxies_about(node), network.posts_of(node));
        text += &format!("{:?} {:?}", network.posts_in(node), network.kin_rows(node));
        text += &(0..42).map(|n| format!("{:?}", network.steady(node, day(n)))).collect::<String>();
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_network_is_what_the_rows_say(facts in dataset()) {
        let network = Network::new(&facts);
        let plain = plain(&facts);
        prop_assert_eq!(network.tie_count(), plain.edge_count());
        for node in 0..12u32 {
            let at = NodeIndex::new(node as usize);
            // petgraph gives the edges of a node in the reverse of the order in which they were added.
            let mut out: Vec<_> = plain.edges_directed(at, Outgoing).map(|e| (e.target().index() as u32, *e.weight())).collect();
            let mut into: Vec<_> = plain.edges_directed(at, Incoming).map(|e| (e.source().index() as u32, *e.weight())).collect();
            out.reverse();
            into.reverse();
            prop_assert_eq!(network.out(node).collect::<Vec<_>>(), out);
            let network = &network;
            prop_assert_eq!(network.into(node).collect::<Vec<_>>(), into);
            for around in 0..42 {
                prop_assert_eq!(network.steady(node, day(around)), steady(&facts, PartyId::new(node as usize), around));
            }
            let party = PartyId::new(node as usize);
            let rows = |wanted: &dyn Fn(usize) -> bool, count: usize| -> Vec<u32> {
                (0..count).filter(|row| wanted(*row)).map(|row| row as u32).collect()
            };
            prop_assert_eq!(network.proxies_about(node), rows(&|row| facts.proxy_ends(row).2 == party, facts.proxies().len()));
            prop_assert_eq!(network.posts_of(node), rows(&|row| facts.position_ends(row).0 == party, facts.positions().len()));
            prop_assert_eq!(network.posts_in(node), rows(&|row| facts.position_ends(row).1 == party, facts.positions().len()));
            let kin = |row| facts.kinship_ends(row).0 == party || facts.kinship_ends(row).1 == party;
            prop_assert_eq!(network.kin_rows(node), rows(&kin, facts.kinships().len()));
        }
    }

    #[test]
    fn petgraph_walks_the_network(facts in dataset()) {
        let network = Network::new(&facts);
        let plain = plain(&facts);
        let expected = parts(kosaraju_scc(&plain).into_iter().map(|part| part.into_iter().map(|n| n.index() as u32).collect()).collect());
        prop_assert_eq!(parts(kosaraju_scc(&network)), expected.clone());
        prop_assert_eq!(parts(tarjan_scc(&network)), expected);
        prop_assert_eq!(toposort(&network, None).is_ok(), toposort(&plain, None).is_ok());
        prop_assert_eq!(network.edge_references().count(), plain.edge_count());
        for tie in network.edge_references() {
            prop_assert!(network.edges_directed(tie.target(), Incoming).any(|other| other == tie));
        }
        for node in 0..12u32 {
            let at = NodeIndex::new(node as usize);
            prop_assert_eq!(has_path_connecting(&network, 0, node, None), has_path_connecting(&plain, NodeIndex::new(0), at, None));
            let above: BTreeSet<u32> = Bfs::new(Reversed(&network), node).iter(Reversed(&network)).collect();
            let expected = Bfs::new(Reversed(&plain), at).iter(Reversed(&plain)).map(|n| n.index() as u32).collect();
            prop_assert_eq!(above, expected);
        }
    }

    #[test]
    fn links_survive_a_way_through_bytes(facts in dataset()) {
        let mut links = Links::new(&facts);
        let mut pack = Pack::default();
        links.visit_columns(&mut pack);
        let mut back = Links::default();
        back.visit_columns(&mut Unpack(pack));
        prop_assert_eq!(told(&Network::with_links(&facts, back)), told(&Network::with_links(&facts, links)));
        // Links that are missing or belong to other facts are no reason to fail.
        told(&Network::with_links(&facts, Links::default()));
        told(&Network::with_links(&Facts::default(), Links::new(&facts)));
    }
}
