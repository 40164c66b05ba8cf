//! petgraph the straightforward way: a graph of the ties, for each party a search that adds up votes in a map.

use super::Contestant;
use crate::edges::{DECLARED, Edges, MAJORITY};
use crate::tally::Tally;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{HashMap, HashSet, VecDeque};

pub struct Petgraph {
    pub graph: DiGraph<(), u64>,
}

impl Petgraph {
    /// What a party controls, and the party.
    pub fn controlled(&self, party: NodeIndex) -> HashSet<NodeIndex> {
        let mut votes: HashMap<NodeIndex, u64> = HashMap::new();
        let mut controlled = HashSet::from([party]);
        let mut open = VecDeque::from([party]);
        while let Some(holder) = open.pop_front() {
            for edge in self.graph.edges(holder) {
                let company = edge.target();
                let enough = *edge.weight() == DECLARED || {
                    let sum = votes.entry(company).or_default();
                    *sum += edge.weight();
                    *sum > MAJORITY
                };
                if enough && controlled.insert(company) {
                    open.push_back(company);
                }
            }
        }
        controlled
    }
}

impl Contestant for Petgraph {
    fn load(edges: &Edges) -> Self {
        let mut graph = DiGraph::with_capacity(edges.parties as usize, edges.ties().len());
        for _ in 0..edges.parties {
            graph.add_node(());
        }
        for tie in edges.ties() {
            graph.add_edge(NodeIndex::new(tie.holder as usize), NodeIndex::new(tie.company as usize), tie.share);
        }
        Self { graph }
    }

    fn pairs(&mut self) -> Tally {
        let mut tally = Tally::default();
        for party in self.graph.node_indices() {
            if self.graph.first_edge(party, petgraph::Direction::Outgoing).is_none() {
                continue;
            }
            for company in self.controlled(party) {
                if company != party {
                    tally.add(party.index() as u32, company.index() as u32);
                }
            }
        }
        tally
    }
}
