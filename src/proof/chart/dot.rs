//! A chart in Graphviz DOT.

use super::{Chart, TieKind};
use crate::facts::PartyKind;
use std::fmt::Write as _;

impl Chart<'_> {
    /// The drawing in Graphviz DOT.
    #[must_use]
    pub fn dot(&self) -> String {
        let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "").replace('\n', "\\n");
        let mut text = String::from("digraph relata {\n  rankdir=TB;\n  node [shape=box];\n");
        for party in self.parties() {
            let id = party.id;
            let shape = match party.kind {
                Some(PartyKind::Person) => ", shape=ellipse",
                Some(PartyKind::StateBody) => ", shape=hexagon",
                Some(PartyKind::Partnership) => ", shape=component",
                _ => "",
            };
            let subject = if party.subject { ", peripheries=2" } else { "" };
            let marks = party.marks(self.lang).map(|marks| format!("\\n{}", quote(&marks)));
            let label = quote(&party.name) + &marks.unwrap_or_default();
            let _ = writeln!(text, "  \"{}\" [label=\"{label}\"{shape}{subject}];", quote(id));
        }
        for (tie, _) in self.ties() {
            let style = match tie.kind {
                TieKind::Holding => "style=solid",
                TieKind::Control => "style=bold, penwidth=3",
                TieKind::Proxy => "style=solid, arrowhead=empty, arrowtail=odot, dir=both",
                TieKind::Concert => "style=solid, dir=none, color=\"black:invis:black\"",
                TieKind::Post => "style=dashed, arrowhead=open",
                TieKind::Family => "style=dotted, penwidth=2, dir=none",
                TieKind::Designation => "style=solid, arrowhead=diamond",
            };
            let (from, to, label) = (quote(&tie.from), quote(&tie.to), quote(&tie.label));
            let _ = writeln!(text, "  \"{from}\" -> \"{to}\" [label=\"{label}\", {style}];");
        }
        text.push_str("}\n");
        text
    }
}
