//! Where boxes and lines stand: layer by layer, owners above, by the method of Sugiyama.
//!
//! The layers, the order within them and the places are `dagre`'s (a port of dagre.js). It was chosen over `layout-rs`, which
//! took more than a minute for a tree of 3,000 boxes where dagre takes 1.5 seconds, and over `rust-sugiyama`, which is faster
//! still (0.4 s) but knows neither labels nor the way of a line around boxes. Labels are boxes of a layer of their own, so
//! nothing lies over them. Lines are drawn here: upright through every layer at the place kept for them, and bent only
//! between layers, where no box is.

use super::figure::{Figure, Label, Line, Rect, Stretch};
use super::fold::{Block, drawn, fold};
use super::plan::Plan;
use crate::proof::chart::TieKind;
use dagre::graph::{Graph, GraphOptions};
use dagre::layout::types::{Acyclicer, EdgeLabel, LabelPos, LayoutOptions, NodeLabel, Ranker};
use std::collections::BTreeMap;

/// The room between boxes of a layer, between lines, and between layers (labels stand between).
const BESIDE: f64 = 28.0;
const LINES: f64 = 16.0;
const LAYERS: f64 = 80.0;
/// The room between parts that have nothing to do with each other.
const PARTS: i32 = 48;
/// Layers are balanced as well as can be up to this many boxes, beyond it well enough.
const BALANCED: usize = 600;
/// The room above and below a box that heads of lines take.
const HEADS: i32 = 14;
/// How far apart lines leave a box.
const PORTS: i32 = 26;
const LEAST_PORTS: i32 = 16;

/// Something with a place in a layer: a box of its own or a block of folded ones.
struct Item {
    of: ItemOf,
    size: (i32, i32),
}

enum ItemOf {
    Node(usize),
    Block(usize),
}

/// A line between items.
struct Link {
    from: usize,
    to: usize,
    kind: Option<TieKind>,
    label: Vec<String>,
    size: (i32, i32),
    arrow: bool,
    tail: bool,
}

/// Gives all boxes and lines their places.
pub(super) fn place(plan: &Plan) -> Figure {
    let (blocks, folded) = fold(plan);
    let mut items: Vec<Item> = Vec::new();
    let mut numbers: Vec<Option<usize>> = vec![None; plan.nodes.len()];
    for (node, _) in folded.iter().enumerate().filter(|(_, hidden)| !**hidden) {
        if let (Some(number), Some(own)) = (numbers.get_mut(node), plan.nodes.get(node)) {
            *number = Some(items.len());
            items.push(Item { of: ItemOf::Node(node), size: own.size });
        }
    }
    let number = |node: usize| numbers.get(node).copied().flatten();
    let mut links: Vec<Link> = Vec::new();
    for edge in &plan.edges {
        if let (Some(from), Some(to)) = (number(edge.from), number(edge.to)) {
            let (label, size) = (edge.label.clone(), edge.size);
            links.push(Link { from, to, kind: Some(edge.kind), label, size, arrow: true, tail: true });
        }
    }
    for (i, block) in blocks.iter().enumerate() {
        let Some(at) = number(block.at) else { continue };
        let own = items.len();
        items.push(Item { of: ItemOf::Block(i), size: (block.figure.width, block.figure.height) });
        let (from, to) = if block.above { (own, at) } else { (at, own) };
        let (label, size) = (Vec::new(), (0, 0));
        links.push(Link { from, to, kind: block.kind, label, size, arrow: block.above, tail: false });
    }
    widen(&mut items, &links);
    let parts = parts(items.len(), &links);
    let parts = parts.into_iter().map(|part| Part { plan, blocks: &blocks, items: &items, links: &links, part });
    Figure::packed(parts.map(|part| part.place()).collect(), PARTS)
}

/// Makes boxes at which many lines arrive wide enough for them.
fn widen(items: &mut [Item], links: &[Link]) {
    let mut ends = vec![(0, 0); items.len()];
    for link in links {
        ends[link.from].0 += 1;
        ends[link.to].1 += 1;
    }
    for (item, (out, into)) in items.iter_mut().zip(ends) {
        if matches!(item.of, ItemOf::Node(_)) {
            item.size.0 = item.size.0.max(LEAST_PORTS * out.max(into) + 24);
        }
    }
}

/// Items and links that hang together, in the order of their first items.
fn parts(items: usize, links: &[Link]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut heads: Vec<usize> = (0..items).collect();
    for link in links {
        let (a, b) = (head(&mut heads, link.from), head(&mut heads, link.to));
        heads[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for item in 0..items {
        parts.entry(head(&mut heads, item)).or_default().0.push(item);
    }
    for (number, link) in links.iter().enumerate() {
        parts.entry(head(&mut heads, link.from)).or_default().1.push(number);
    }
    parts.into_values().collect()
}

fn head(heads: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while heads[at] != at {
        heads[at] = heads[heads[at]];
        at = heads[at];
    }
    at
}

/// One part of the drawing on its way.
struct Part<'p> {
    plan: &'p Plan,
    blocks: &'p [Block],
    items: &'p [Item],
    links: &'p [Link],
    part: (Vec<usize>, Vec<usize>),
}

/// Where an item's middle is.
type Middles = BTreeMap<usize, (i32, i32)>;
/// The way of a line between its ends, and the middle of its label.
type Ways = BTreeMap<usize, (Vec<(i32, i32)>, Option<(i32, i32)>)>;
/// Where lines leave and reach items: by link, first the start, then the end.
type Ports = BTreeMap<(usize, bool), (i32, i32)>;

/// An end of a line at an item: where it leads, which line, whether its start.
type PortEnd = (i32, usize, bool);

impl Part<'_> {
    fn place(&self) -> Figure {
        let (middles, ways) = self.layered();
        let bands = self.bands(&middles, &ways);
        let ports = self.ports(&middles, &ways);
        let mut figure = Figure::default();
        for item in &self.part.0 {
            let (Some(own), Some((x, y))) = (self.items.get(*item), middles.get(item)) else { continue };
            let (x, y) = (x - own.size.0 / 2, y - own.size.1 / 2);
            match own.of {
                ItemOf::Node(node) => figure.boxes.extend(self.plan.nodes.get(node).map(|node| {
                    let mut drawn = drawn(node, x, y);
                    drawn.rect.w = own.size.0;
                    drawn
                })),
                ItemOf::Block(block) => {
                    if let Some(block) = self.blocks.get(block) {
                        let mut inner = block.figure.clone();
                        inner.shift(x, y);
                        figure.take(inner);
                    }
                }
            }
        }
        for (link, (way, label)) in &ways {
            let Some(own) = self.links.get(*link) else { continue };
            let (Some(start), Some(end)) = (ports.get(&(*link, true)), ports.get(&(*link, false))) else { continue };
            let path = path(*start, way, *end, &bands);
            figure.lines.push(Line { kind: own.kind, start: *start, path, arrow: own.arrow, tail: own.tail });
            if let (Some((x, y)), (w, h)) = (label, own.size)
                && w > 0
            {
                let rect = Rect { x: x - w / 2, y: y - h / 2, w, h };
                figure.labels.push(Label { rect, text: own.label.clone() });
            }
        }
        fit(&mut figure);
        figure
    }

    /// Asks dagre.
    fn layered(&self) -> (Middles, Ways) {
        let options = GraphOptions { directed: true, multigraph: true, compound: false };
        let mut graph: Graph<NodeLabel, EdgeLabel> = Graph::with_options(options);
        let name = |item: usize| format!("n{item}");
        for item in &self.part.0 {
            let Some((w, h)) = self.items.get(*item).map(|item| item.size) else { continue };
            let label = NodeLabel { width: f64::from(w), height: f64::from(h), ..NodeLabel::default() };
            graph.set_node(name(*item), Some(label));
        }
        for number in &self.part.1 {
            let Some(link) = self.links.get(*number) else { continue };
            let weight = match link.kind {
                Some(TieKind::Control | TieKind::Holding) | None => 3,
                Some(_) => 1,
            };
            let (width, height) = (f64::from(link.size.0), f64::from(link.size.1));
            let label = EdgeLabel { width, height, weight, labelpos: LabelPos::Center, ..EdgeLabel::default() };
            graph.set_edge(name(link.from), name(link.to), Some(label), Some(&format!("e{number}")));
        }
        let ranker = if self.part.0.len() <= BALANCED { Ranker::NetworkSimplex } else { Ranker::TightTree };
        let (nodesep, edgesep, ranksep, acyclicer) = (BESIDE, LINES, LAYERS, Some(Acyclicer::Greedy));
        let options = LayoutOptions { nodesep, edgesep, ranksep, ranker, acyclicer, ..LayoutOptions::default() };
        dagre::layout::layout(&mut graph, Some(options));
        let mut middles = Middles::new();
        for item in &self.part.0 {
            if let Some(node) = graph.node(&name(*item)) {
                middles.insert(*item, (whole(node.x.unwrap_or(0.0)), whole(node.y.unwrap_or(0.0))));
            }
        }
        let mut ways = Ways::new();
        for number in &self.part.1 {
            let Some(link) = self.links.get(*number) else { continue };
            let Some(edge) = graph.edge(&name(link.from), &name(link.to), Some(&format!("e{number}"))) else {
                continue;
            };
            let inner = edge.points.len().saturating_sub(2);
            let way = edge.points.iter().skip(1).take(inner).map(|point| (whole(point.x), whole(point.y))).collect();
            let label = edge.x.zip(edge.y).map(|(x, y)| (whole(x), whole(y)));
            ways.insert(*number, (way, label));
        }
        (middles, ways)
    }

    /// How far each layer reaches above and below its middle.
    fn bands(&self, middles: &Middles, ways: &Ways) -> BTreeMap<i32, i32> {
        let mut bands: BTreeMap<i32, i32> = BTreeMap::new();
        let mut widen = |y: i32, half: i32| {
            let known = bands.entry(y).or_default();
            *known = (*known).max(half);
        };
        for (item, (_, y)) in middles {
            self.items.get(*item).into_iter().for_each(|item| widen(*y, item.size.1 / 2 + HEADS));
        }
        for (link, (_, label)) in ways {
            if let (Some(link), Some((_, y))) = (self.links.get(*link), label) {
                widen(*y, link.size.1 / 2 + 1);
            }
        }
        bands
    }

    /// Lines leave a box at its lower or upper edge, in the order in which they part, about its middle.
    fn ports(&self, middles: &Middles, ways: &Ways) -> Ports {
        let mut sides: BTreeMap<(usize, bool), Vec<PortEnd>> = BTreeMap::new();
        for (number, (way, _)) in ways {
            let Some(link) = self.links.get(*number) else { continue };
            let ends = [(link.from, link.to, way.first(), true), (link.to, link.from, way.last(), false)];
            for (item, other, next, start) in ends {
                let (Some(own), Some(other)) = (middles.get(&item), middles.get(&other)) else { continue };
                let next = next.unwrap_or(other);
                sides.entry((item, next.1 > own.1)).or_default().push((next.0, *number, start));
            }
        }
        let mut ports = Ports::new();
        for ((item, below), mut lines) in sides {
            lines.sort_unstable();
            let (Some(own), Some((x, y))) = (self.items.get(item), middles.get(&item)) else { continue };
            let y = if below { y - own.size.1 / 2 + own.size.1 } else { y - own.size.1 / 2 };
            let last = i32::try_from(lines.len()).unwrap_or(i32::MAX).saturating_sub(1).max(1);
            let apart = PORTS.min((own.size.0 - 32).max(1) / last);
            let rail = match own.of {
                ItemOf::Block(block) => self.blocks.get(block).map(|block| x - own.size.0 / 2 + block.port),
                ItemOf::Node(_) => None,
            };
            let only = lines.len() == 1;
            let mut at = if only { *x } else { x - apart * last / 2 };
            for (_, link, start) in lines {
                ports.insert((link, start), (rail.unwrap_or(at), y));
                at += apart;
            }
        }
        ports
    }
}

/// The way of a line: upright within layers, bent between them.
fn path(start: (i32, i32), way: &[(i32, i32)], end: (i32, i32), bands: &BTreeMap<i32, i32>) -> Vec<Stretch> {
    let down = end.1 >= start.1;
    // From the edge of a box to the edge of its layer, which a higher box may have pushed away.
    let out_of = |y: i32, down: bool| {
        let mut near = bands.range(..=y).next_back().into_iter().chain(bands.range(y..).next());
        let inside = near.find(|(middle, half)| (**middle - **half..=**middle + **half).contains(&y));
        inside.map_or(y, |(middle, half)| if down { middle + half } else { middle - half })
    };
    let mut stops: Vec<(i32, i32, i32)> = Vec::new();
    for (x, y) in way {
        let half = bands.get(y).copied().unwrap_or(0);
        stops.push(if down { (*x, y - half, y + half) } else { (*x, y + half, y - half) });
    }
    let enter = out_of(end.1, !down);
    let mut path = vec![Stretch::Straight(start.0, out_of(start.1, down))];
    let mut at = start.0;
    let mut go = |x: i32, y: i32, path: &mut Vec<Stretch>| {
        path.push(if x == at { Stretch::Straight(x, y) } else { Stretch::Bend(x, y) });
        at = x;
    };
    for (x, near, far) in stops {
        go(x, near, &mut path);
        path.push(Stretch::Straight(x, far));
    }
    go(end.0, enter, &mut path);
    path.push(Stretch::Straight(end.0, end.1));
    path
}

/// Moves a figure to the corner and says how large it is.
fn fit(figure: &mut Figure) {
    let rects = || figure.boxes.iter().map(|drawn| drawn.rect).chain(figure.labels.iter().map(|label| label.rect));
    let points =
        || figure.lines.iter().flat_map(|line| line.path.iter().map(|stretch| stretch.end()).chain([line.start]));
    let left = rects().map(|rect| rect.x).chain(points().map(|point| point.0)).min().unwrap_or(0);
    let top = rects().map(|rect| rect.y).chain(points().map(|point| point.1)).min().unwrap_or(0);
    let right = rects().map(|rect| rect.x + rect.w).chain(points().map(|point| point.0)).max().unwrap_or(0);
    let bottom = rects().map(|rect| rect.y + rect.h).chain(points().map(|point| point.1)).max().unwrap_or(0);
    figure.shift(-left, -top);
    (figure.width, figure.height) = (right - left, bottom - top);
}

/// The nearest whole pixel.
#[allow(clippy::cast_possible_truncation, reason = "a drawing is smaller than two thousand million pixels")]
fn whole(at: f64) -> i32 {
    at.round() as i32
}
