//! What hangs on a single tie is folded: many holders or holdings of one party, and in large drawings whole branches,
//! stand below one another along a rail, like the lines of an outline. A layered drawing would set them side by side,
//! and a group of three thousand would be half a kilometre wide.

use super::figure::{Drawn, Figure, Label, Line, Rect, Stretch};
use super::plan::{Node, Plan};
use crate::proof::chart::TieKind;
use std::collections::BTreeMap;

/// As many leaves of one party as this are folded, and as many in drawings of more boxes than `SEVERAL`.
const MANY: usize = 5;
const FEW: usize = 3;
const SEVERAL: usize = 20;
/// Drawings of more boxes than this have their branches folded, too.
const LARGE: usize = 80;
/// The room between rows, before a label, and after one (where the arrowhead is).
const ROW: i32 = 12;
const BEFORE: i32 = 10;
const AFTER: i32 = 20;
/// How far from the left edge of a box the rail of its branches runs.
const RAIL: i32 = 16;

/// Boxes along a rail that hang on one box of the layered drawing.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) figure: Figure,
    /// On which box.
    pub(super) at: usize,
    /// Whether it stands above that box, its ties leading down to it.
    pub(super) above: bool,
    /// Where its rail meets its edge.
    pub(super) port: i32,
    /// The kind of all its ties, where they are of one.
    pub(super) kind: Option<TieKind>,
}

/// The blocks of a plan, and which boxes are in one.
pub(super) fn fold(plan: &Plan) -> (Vec<Block>, Vec<bool>) {
    let mut folding = Folding::new(plan);
    folding.holders();
    folding.branches();
    (folding.blocks, folding.folded)
}

struct Folding<'p> {
    plan: &'p Plan,
    /// Edges at each node.
    edges: Vec<Vec<usize>>,
    folded: Vec<bool>,
    blocks: Vec<Block>,
    /// How many boxes a block may have.
    most: usize,
}

impl<'p> Folding<'p> {
    fn new(plan: &'p Plan) -> Self {
        let mut edges = vec![Vec::new(); plan.nodes.len()];
        for (number, edge) in plan.edges.iter().enumerate() {
            for end in [edge.from, edge.to] {
                if let Some(at) = edges.get_mut(end) {
                    at.push(number);
                }
            }
        }
        let most = 3 * plan.nodes.len().isqrt();
        Self { plan, edges, folded: vec![false; plan.nodes.len()], blocks: Vec::new(), most }
    }

    fn is_folded(&self, node: usize) -> bool {
        self.folded.get(node).copied().unwrap_or(false)
    }

    fn may_fold(&self, node: usize) -> bool {
        !self.is_folded(node) && self.plan.nodes.get(node).is_some_and(|node| !node.subject)
    }

    fn many(&self) -> usize {
        if self.plan.nodes.len() > SEVERAL { FEW } else { MANY }
    }

    /// How many rows a column of `many` leaves has.
    fn column(&self, many: usize) -> usize {
        if self.plan.nodes.len() > LARGE { self.most } else { 12 }.max(2 * many.isqrt())
    }

    /// Folds parties that do nothing but hold one other, above it.
    fn holders(&mut self) {
        for at in 0..self.plan.nodes.len() {
            let mut by_kind: BTreeMap<TieKind, Vec<usize>> = BTreeMap::new();
            for number in self.edges.get(at).into_iter().flatten() {
                let Some(edge) = self.plan.edges.get(*number).filter(|edge| edge.to == at) else { continue };
                let alone = self.edges.get(edge.from).is_some_and(|edges| edges.len() == 1);
                if alone && self.may_fold(edge.from) {
                    by_kind.entry(edge.kind).or_default().push(*number);
                }
            }
            for (kind, edges) in by_kind.into_iter() {
                if edges.len() < self.many() {
                    continue;
                }
                for edges in edges.chunks(self.column(edges.len())) {
                    let figure = above(self.plan, edges, kind);
                    self.folded_from(edges);
                    let port = figure.width;
                    self.blocks.push(Block { figure, at, above: true, port, kind: Some(kind) });
                }
            }
        }
    }

    fn folded_from(&mut self, edges: &[usize]) {
        for edge in edges.iter().filter_map(|edge| self.plan.edges.get(*edge)) {
            if let Some(folded) = self.folded.get_mut(edge.from) {
                *folded = true;
            }
        }
    }

    /// Folds what hangs below one box by a single tie.
    fn branches(&mut self) {
        let trees = Trees::new(self.plan, &self.edges, |node| self.may_fold(node));
        let large = self.plan.nodes.len() > LARGE;
        let mut pending: Vec<usize> =
            (0..self.plan.nodes.len()).filter(|node| !trees.hangs(*node) && !self.is_folded(*node)).collect();
        while let Some(at) = pending.pop() {
            let below = trees.below(at);
            let sizes: Vec<usize> = below.iter().map(|(_, node)| trees.size(*node)).collect();
            let leaves = sizes.iter().all(|size| *size == 1);
            let worth = below.len() >= self.many() && leaves || large && sizes.iter().sum::<usize>() > 2;
            let most = if leaves { self.column(below.len()) } else { self.most };
            let (mut part, mut held) = (Vec::new(), 0);
            for ((edge, node), size) in below.iter().zip(sizes) {
                if !worth || size > self.most {
                    pending.push(*node);
                    continue;
                }
                if held + size > most {
                    self.push_below(at, &std::mem::take(&mut part), &trees);
                    held = 0;
                }
                part.push(*edge);
                held += size;
            }
            self.push_below(at, &part, &trees);
        }
    }

    fn push_below(&mut self, at: usize, edges: &[usize], trees: &Trees) {
        if edges.is_empty() {
            return;
        }
        let (figure, nodes) = Outline::drawn(self.plan, trees, edges);
        for node in nodes {
            if let Some(folded) = self.folded.get_mut(node) {
                *folded = true;
            }
        }
        let kind = one_kind(self.plan, edges.iter().copied());
        self.blocks.push(Block { figure, at, above: false, port: RAIL, kind });
    }
}

/// What hangs on what by a single tie that leads down to it.
struct Trees {
    /// The tie by which a node hangs.
    by: Vec<Option<usize>>,
    below: Vec<Vec<(usize, usize)>>,
    sizes: Vec<usize>,
}

impl Trees {
    /// Takes off leaf after leaf. O(ties).
    fn new(plan: &Plan, edges: &[Vec<usize>], may: impl Fn(usize) -> bool) -> Self {
        let nodes = plan.nodes.len();
        let mut trees = Self { by: vec![None; nodes], below: vec![Vec::new(); nodes], sizes: vec![1; nodes] };
        let mut degrees: Vec<usize> = edges.iter().map(Vec::len).collect();
        let mut pending: Vec<usize> = (0..nodes).rev().collect();
        while let Some(node) = pending.pop() {
            if degrees[node] != 1 || trees.hangs(node) || !may(node) {
                continue;
            }
            let open = |number: &usize| {
                plan.edges.get(*number).is_some_and(|edge| edge.from == node || !trees.hangs(edge.from))
                    && plan.edges.get(*number).is_some_and(|edge| edge.to == node || !trees.hangs(edge.to))
            };
            let Some(number) = edges[node].iter().copied().find(open) else { continue };
            let Some(edge) = plan.edges.get(number).filter(|edge| edge.to == node) else { continue };
            trees.by[node] = Some(number);
            trees.below[edge.from].push((number, node));
            trees.sizes[edge.from] += trees.sizes[node];
            degrees[edge.from] -= 1;
            pending.push(edge.from);
        }
        trees.below.iter_mut().for_each(|below| below.sort_unstable());
        trees
    }

    fn hangs(&self, node: usize) -> bool {
        self.by.get(node).is_some_and(Option::is_some)
    }

    fn below(&self, node: usize) -> &[(usize, usize)] {
        self.below.get(node).map(Vec::as_slice).unwrap_or_default()
    }

    fn size(&self, node: usize) -> usize {
        self.sizes.get(node).copied().unwrap_or(1)
    }
}

/// The kind of all these ties, where they are of one.
fn one_kind(plan: &Plan, edges: impl Iterator<Item = usize>) -> Option<TieKind> {
    let mut kinds: Vec<TieKind> = edges.filter_map(|edge| plan.edges.get(edge)).map(|edge| edge.kind).collect();
    kinds.dedup();
    match kinds.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The widest label of these ties.
fn widest(plan: &Plan, edges: impl Iterator<Item = usize>) -> i32 {
    edges.filter_map(|edge| plan.edges.get(edge)).map(|edge| edge.size.0).max().unwrap_or(0)
}

pub(super) fn drawn(node: &Node, x: i32, y: i32) -> Drawn {
    Drawn {
        party: node.party.clone(),
        rect: Rect { x, y, w: node.size.0, h: node.size.1 },
        shape: node.shape,
        subject: node.subject,
        name: node.name.clone(),
        small: node.small.clone(),
    }
}

/// Holders in rows, with a rail to their right that leads down.
fn above(plan: &Plan, edges: &[usize], kind: TieKind) -> Figure {
    let ties = || edges.iter().filter_map(|edge| plan.edges.get(*edge));
    let wide = ties().filter_map(|edge| plan.nodes.get(edge.from)).map(|node| node.size.0).max().unwrap_or(0);
    let rail = wide + BEFORE + widest(plan, edges.iter().copied()) + BEFORE;
    let mut figure = Figure { width: rail, ..Figure::default() };
    let (mut y, mut first) = (0, None);
    for edge in ties() {
        let Some(node) = plan.nodes.get(edge.from) else { continue };
        let height = node.size.1.max(edge.size.1);
        let middle = y + height / 2;
        figure.boxes.push(drawn(node, wide - node.size.0, middle - node.size.1 / 2));
        figure.lines.push(Line {
            kind: Some(kind),
            start: (wide, middle),
            path: vec![Stretch::Straight(rail, middle)],
            arrow: false,
            tail: true,
        });
        if edge.size.0 > 0 {
            let (w, h) = edge.size;
            let rect = Rect { x: wide + BEFORE, y: middle - h / 2, w, h };
            figure.labels.push(Label { rect, text: edge.label.clone() });
        }
        first = first.or(Some(middle));
        y += height + ROW;
    }
    figure.height = y;
    let (start, path) = ((rail, first.unwrap_or(0)), vec![Stretch::Straight(rail, y)]);
    figure.lines.push(Line { kind: Some(kind), start, path, arrow: false, tail: false });
    figure
}

/// A box of an outline that is to be drawn.
struct Row {
    edge: usize,
    node: usize,
    x: i32,
    hung: Hung,
}

/// On what a row hangs: on a rail, or straight below the box whose lower edge is there.
enum Hung {
    Rail(usize),
    Straight(i32),
}

/// Branches in rows, indented layer by layer; an only child stands straight below its parent.
struct Outline<'p> {
    plan: &'p Plan,
    trees: &'p Trees,
    figure: Figure,
    rails: Vec<(Option<TieKind>, i32, i32, i32)>,
    pending: Vec<Row>,
}

impl<'p> Outline<'p> {
    /// The figure, and whose boxes are in it.
    fn drawn(plan: &'p Plan, trees: &'p Trees, edges: &[usize]) -> (Figure, Vec<usize>) {
        let mut outline = Self { plan, trees, figure: Figure::default(), rails: Vec::new(), pending: Vec::new() };
        let below: Vec<(usize, usize)> =
            edges.iter().filter_map(|edge| Some((*edge, plan.edges.get(*edge)?.to))).collect();
        outline.hang(&below, RAIL, 0);
        let (mut y, mut nodes) = (ROW, Vec::new());
        while let Some(row) = outline.pending.pop() {
            nodes.push(row.node);
            y = outline.draw(&row, y);
        }
        let Self { mut figure, rails, .. } = outline;
        figure.height = y;
        figure.lines.extend(rails.into_iter().map(|(kind, x, from, to)| Line {
            kind,
            start: (x, from),
            path: vec![Stretch::Straight(x, to)],
            arrow: false,
            tail: false,
        }));
        (figure, nodes)
    }

    /// Makes a rail at `x` and hangs ties on it.
    fn hang(&mut self, below: &[(usize, usize)], x: i32, y: i32) {
        let edges = || below.iter().map(|(edge, _)| *edge);
        let rail = self.rails.len();
        self.rails.push((one_kind(self.plan, edges()), x, y, y));
        let x = x + BEFORE + widest(self.plan, edges()) + AFTER;
        let row = |(edge, node): &(usize, usize)| Row { edge: *edge, node: *node, x, hung: Hung::Rail(rail) };
        self.pending.extend(below.iter().rev().map(row));
    }

    /// Draws one row below `y` and says where the next begins.
    fn draw(&mut self, row: &Row, y: i32) -> i32 {
        let (Some(edge), Some(node)) = (self.plan.edges.get(row.edge), self.plan.nodes.get(row.node)) else {
            return y;
        };
        let ((w, h), (label_w, label_h), x) = (node.size, edge.size, row.x);
        let (top, bottom, start, end, label) = match row.hung {
            Hung::Rail(rail) => {
                let middle = y + h.max(label_h) / 2;
                let mut from = x;
                if let Some(rail) = self.rails.get_mut(rail) {
                    from = rail.1;
                    rail.3 = middle;
                }
                let bottom = y + h.max(label_h);
                (middle - h / 2, bottom, (from, middle), (x, middle), (from + BEFORE, middle - label_h / 2))
            }
            Hung::Straight(upper) => {
                let top = upper + BEFORE + label_h + AFTER;
                (top, top + h, (x + RAIL, upper), (x + RAIL, top), (x + 4, upper + BEFORE))
            }
        };
        self.figure.boxes.push(drawn(node, x, top));
        let path = vec![Stretch::Straight(end.0, end.1)];
        self.figure.lines.push(Line { kind: Some(edge.kind), start, path, arrow: true, tail: true });
        if label_w > 0 {
            let rect = Rect { x: label.0, y: label.1, w: label_w, h: label_h };
            self.figure.labels.push(Label { rect, text: edge.label.clone() });
            self.figure.width = self.figure.width.max(label.0 + label_w);
        }
        self.figure.width = self.figure.width.max(x + w);
        match self.trees.below(row.node) {
            [(edge, node)] => {
                let hung = Hung::Straight(top + h);
                self.pending.push(Row { edge: *edge, node: *node, x, hung });
                top + h
            }
            below if !below.is_empty() => {
                self.hang(below, x + RAIL, top + h);
                bottom + ROW
            }
            _ => bottom + ROW,
        }
    }
}
