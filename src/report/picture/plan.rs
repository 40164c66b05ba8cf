//! From the parties and ties of a chart to boxes and lines, before they have a place.
//!
//! Ties of one kind between the same two parties become one line, and control goes with the holding it rests on, also where
//! that is the holding of somebody controlled: a line from the top to each of a hundred subsidiaries would say no more.
//! Acting in concert has no direction: each group is a node of its own, tied to its members. A tie of a party to itself
//! is a note in its box.

use super::letters;
use crate::facts::{Lang, PartyKind, RowRef};
use crate::proof::chart::{Chart, ChartParty, TieKind};
use std::collections::{BTreeMap, BTreeSet};

/// Half-width letters on a line of a name, and of a label.
const NAME_COLUMNS: usize = 22;
const LABEL_COLUMNS: usize = 20;
/// Sizes of letters, and the heights of their lines, in pixels.
pub(super) const NAME_SIZE: i32 = 14;
pub(super) const NAME_LINE: i32 = 19;
pub(super) const SMALL_SIZE: i32 = 12;
pub(super) const SMALL_LINE: i32 = 16;
/// The room between the edge of a box and its text.
const PADDING: (i32, i32) = (14, 9);

/// The shape of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Round ends.
    Person,
    /// A plain box.
    Company,
    /// A box with a second line at either side.
    Partnership,
    /// A hexagon.
    StateBody,
    /// A box with one corner cut.
    Organisation,
    /// A concert group.
    Hub,
}

/// A box without a place.
#[derive(Debug)]
pub(super) struct Node {
    /// The party's id; `None` for a concert group.
    pub(super) party: Option<String>,
    pub(super) shape: Shape,
    pub(super) subject: bool,
    pub(super) name: Vec<String>,
    /// Grounds and notes below the name.
    pub(super) small: Vec<String>,
    pub(super) size: (i32, i32),
}

/// A line without a place.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: TieKind,
    pub(super) label: Vec<String>,
    pub(super) size: (i32, i32),
}

/// Boxes and lines.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

impl Plan {
    pub(super) fn new(chart: &Chart<'_>) -> Self {
        let mut plan = Self::default();
        let parties: Vec<ChartParty<'_>> = chart.parties().collect();
        let numbers: BTreeMap<&str, usize> = parties.iter().zip(0..).map(|(party, i)| (party.id, i)).collect();
        let mut notes: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        let mut bundles: BTreeMap<(usize, usize, TieKind), (TieKind, Vec<&str>)> = BTreeMap::new();
        let mut groups: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let holders = holders(chart);
        for (tie, rows) in chart.ties() {
            // Control that rests on a single holding of somebody in between is drawn on that holding: the holder has these
            // votes and controls by them, and is itself under the control that the lines above it show.
            let through = match rows.first() {
                Some(row) if tie.kind == TieKind::Control && rows.len() == 1 => holders.get(row).copied(),
                _ => None,
            };
            let own_from = through.filter(|(_, to)| *to == tie.to).map_or(tie.from.as_str(), |(from, _)| from);
            let (Some(from), Some(to)) = (numbers.get(own_from), numbers.get(tie.to.as_str())) else {
                continue;
            };
            if tie.kind == TieKind::Concert {
                groups.entry(&tie.label).or_default().extend([*from, *to]);
                continue;
            }
            if from == to {
                notes.entry(*from).or_default().push(&tie.label);
                continue;
            }
            let family = if tie.kind == TieKind::Control { TieKind::Holding } else { tie.kind };
            let (kind, labels) = bundles.entry((*from, *to, family)).or_insert((tie.kind, Vec::new()));
            if tie.kind == TieKind::Control {
                *kind = TieKind::Control;
            }
            if !labels.contains(&tie.label.as_str()) {
                labels.push(&tie.label);
            }
        }
        for (number, party) in parties.iter().enumerate() {
            let notes = notes.get(&number).map(Vec::as_slice).unwrap_or_default();
            plan.nodes.push(Node::party(party, notes, chart.lang()));
        }
        for ((from, to, _), (kind, labels)) in bundles {
            plan.edges.push(Edge::new(from, to, kind, &labels));
        }
        for (label, members) in groups {
            let hub = plan.nodes.len();
            plan.nodes.push(Node::hub(label));
            plan.edges.extend(members.into_iter().map(|member| Edge::new(hub, member, TieKind::Concert, &[])));
        }
        plan
    }
}

/// Who holds what by each row of `holdings` that is drawn.
fn holders<'c>(chart: &'c Chart<'_>) -> BTreeMap<RowRef, (&'c str, &'c str)> {
    let holdings = chart.ties().filter(|(tie, _)| tie.kind == TieKind::Holding);
    holdings.flat_map(|(tie, rows)| rows.iter().map(|row| (*row, (tie.from.as_str(), tie.to.as_str())))).collect()
}

impl Node {
    fn party(party: &ChartParty<'_>, notes: &[&str], lang: Lang) -> Self {
        let shape = match party.kind {
            Some(PartyKind::Person) => Shape::Person,
            Some(PartyKind::Partnership) => Shape::Partnership,
            Some(PartyKind::StateBody) => Shape::StateBody,
            Some(PartyKind::Organisation) => Shape::Organisation,
            Some(PartyKind::Company) | None => Shape::Company,
        };
        let name = letters::lines(&party.name, NAME_COLUMNS);
        let marks = party.marks(lang).map(|marks| lang.pick(format!("条款 {marks}"), format!("article {marks}")));
        let own = notes.iter().map(|note| lang.pick(format!("持有自身：{note}"), format!("of itself: {note}")));
        let small: Vec<String> = marks.into_iter().chain(own).flat_map(|text| letters::lines(&text, 24)).collect();
        let mut node =
            Self { party: Some(party.id.to_owned()), shape, subject: party.subject, name, small, size: (0, 0) };
        node.measure();
        node
    }

    fn hub(label: &str) -> Self {
        let small = letters::lines(label, LABEL_COLUMNS);
        let mut node = Self { party: None, shape: Shape::Hub, subject: false, name: Vec::new(), small, size: (0, 0) };
        node.measure();
        node
    }

    /// Makes the box as large as its text needs.
    pub(super) fn measure(&mut self) {
        let name = self.name.iter().map(|line| letters::width(line, NAME_SIZE)).max().unwrap_or(0);
        let small = self.small.iter().map(|line| letters::width(line, SMALL_SIZE)).max().unwrap_or(0);
        // Slanted and doubled sides take room of their own.
        let sides = match self.shape {
            Shape::StateBody | Shape::Partnership => 12,
            Shape::Person | Shape::Organisation => 6,
            Shape::Company | Shape::Hub => 0,
        };
        let width = (name.max(small) + 2 * (PADDING.0 + sides)).max(72);
        let height = text_height(&self.name, &self.small) + 2 * PADDING.1;
        self.size = (width, height);
    }
}

/// How high names and small lines stand above one another.
pub(super) fn text_height(name: &[String], small: &[String]) -> i32 {
    lines_height(name.len(), NAME_LINE) + lines_height(small.len(), SMALL_LINE)
}

fn lines_height(lines: usize, height: i32) -> i32 {
    i32::try_from(lines).unwrap_or(i32::MAX / 100).saturating_mul(height)
}

impl Edge {
    fn new(from: usize, to: usize, kind: TieKind, labels: &[&str]) -> Self {
        let label: Vec<String> = labels.iter().flat_map(|label| letters::lines(label, LABEL_COLUMNS)).collect();
        let wide = label.iter().map(|line| letters::width(line, SMALL_SIZE)).max().unwrap_or(0);
        let size = if label.is_empty() { (0, 0) } else { (wide + 8, lines_height(label.len(), SMALL_LINE) + 4) };
        Self { from, to, kind, label, size }
    }
}
