//! The network as petgraph sees it: parties are nodes, ties are edges, whatever their period. Any algorithm of petgraph
//! that asks for no more than these traits walks the whole network as it is kept, without a copy of it.

use super::network::Ends;
use super::{Network, Node, Tie};
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};

/// One bit for each party.
type Visited = <DiGraph<(), ()> as Visitable>::Map;

/// A tie with both its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieRef {
    source: Node,
    target: Node,
    tie: Tie,
}

impl EdgeRef for TieRef {
    type NodeId = Node;
    type EdgeId = Tie;
    type Weight = Tie;

    fn source(&self) -> Node {
        self.source
    }

    fn target(&self) -> Node {
        self.target
    }

    fn weight(&self) -> &Tie {
        &self.tie
    }

    fn id(&self) -> Tie {
        self.tie
    }
}

/// Ties of one party in one direction.
#[derive(Debug, Clone)]
pub struct TiesOf<'n> {
    of: Node,
    direction: Direction,
    ends: Ends<'n>,
}

impl Iterator for TiesOf<'_> {
    type Item = TieRef;

    fn next(&mut self) -> Option<TieRef> {
        let (other, tie) = self.ends.next()?;
        Some(match self.direction {
            Direction::Outgoing => TieRef { source: self.of, target: other, tie },
            Direction::Incoming => TieRef { source: other, target: self.of, tie },
        })
    }
}

/// Those at the other ends of a party's ties; one as often as there are ties with it.
#[derive(Debug, Clone)]
pub struct Neighbours<'n>(Ends<'n>);

impl Iterator for Neighbours<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.0.next().map(|(other, _)| other)
    }
}

/// All ties, party by party.
#[derive(Clone)]
pub struct AllTies<'n, 'f> {
    network: &'n Network<'f>,
    rest: std::ops::Range<Node>,
    current: Option<TiesOf<'n>>,
}

impl Iterator for AllTies<'_, '_> {
    type Item = TieRef;

    fn next(&mut self) -> Option<TieRef> {
        loop {
            if let Some(tie) = self.current.as_mut().and_then(Iterator::next) {
                return Some(tie);
            }
            self.current = Some(self.network.edges(self.rest.next()?));
        }
    }
}

impl Network<'_> {
    fn directed(&self, of: Node, direction: Direction) -> Ends<'_> {
        match direction {
            Direction::Outgoing => self.out(of),
            Direction::Incoming => self.into(of),
        }
    }

    fn nodes(&self) -> std::ops::Range<Node> {
        0..super::node(crate::facts::PartyId::new(self.party_count()))
    }
}

impl GraphBase for Network<'_> {
    type NodeId = Node;
    type EdgeId = Tie;
}

impl GraphProp for Network<'_> {
    type EdgeType = petgraph::Directed;
}

impl Data for Network<'_> {
    type NodeWeight = ();
    type EdgeWeight = Tie;
}

impl NodeCount for Network<'_> {
    fn node_count(&self) -> usize {
        self.party_count()
    }
}

impl EdgeCount for Network<'_> {
    fn edge_count(&self) -> usize {
        self.tie_count()
    }
}

impl NodeIndexable for Network<'_> {
    fn node_bound(&self) -> usize {
        self.party_count()
    }

    fn to_index(&self, node: Node) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> Node {
        super::node(crate::facts::PartyId::new(index))
    }
}

impl NodeCompactIndexable for Network<'_> {}

impl Visitable for Network<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited::with_capacity(self.party_count())
    }

    fn reset_map(&self, map: &mut Visited) {
        map.clear();
        map.grow(self.party_count());
    }
}

impl IntoNodeIdentifiers for &Network<'_> {
    type NodeIdentifiers = std::ops::Range<Node>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.nodes()
    }
}

impl<'n> IntoNeighbors for &'n Network<'_> {
    type Neighbors = Neighbours<'n>;

    fn neighbors(self, of: Node) -> Neighbours<'n> {
        Neighbours(self.out(of))
    }
}

impl<'n> IntoNeighborsDirected for &'n Network<'_> {
    type NeighborsDirected = Neighbours<'n>;

    fn neighbors_directed(self, of: Node, direction: Direction) -> Neighbours<'n> {
        Neighbours(self.directed(of, direction))
    }
}

impl<'n, 'f> IntoEdgeReferences for &'n Network<'f> {
    type EdgeRef = TieRef;
    type EdgeReferences = AllTies<'n, 'f>;

    fn edge_references(self) -> AllTies<'n, 'f> {
        AllTies { network: self, rest: self.nodes(), current: None }
    }
}

impl<'n> IntoEdges for &'n Network<'_> {
    type Edges = TiesOf<'n>;

    fn edges(self, of: Node) -> TiesOf<'n> {
        self.edges_directed(of, Direction::Outgoing)
    }
}

impl<'n> IntoEdgesDirected for &'n Network<'_> {
    type EdgesDirected = TiesOf<'n>;

    fn edges_directed(self, of: Node, direction: Direction) -> TiesOf<'n> {
        TiesOf { of, direction, ends: self.directed(of, direction) }
    }
}
