//! A chart in Mermaid.

use super::{Chart, TieKind};
use crate::facts::PartyKind;
use std::collections::BTreeMap;
use std::fmt::Write as _;

impl Chart<'_> {
    /// The drawing in Mermaid.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let quote = |text: &str| {
            let mut quoted = String::with_capacity(text.len());
            for letter in text.chars() {
                match letter {
                    '#' => quoted.push_str("#35;"),
                    '"' => quoted.push_str("#quot;"),
                    '<' => quoted.push_str("#lt;"),
                    '>' => quoted.push_str("#gt;"),
                    '&' => quoted.push_str("#amp;"),
                    '`' => quoted.push_str("#96;"),
                    '\n' | '\r' => quoted.push(' '),
                    _ => quoted.push(letter),
                }
            }
            quoted
        };
        let mut text = String::from("flowchart TB\n");
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, party) in self.parties().enumerate() {
            let id = party.id;
            numbers.insert(id, number);
            let label =
                quote(&party.name) + &party.marks(self.lang).map(|g| format!("<br/>{}", quote(&g))).unwrap_or_default();
            let (open, close) = match party.kind {
                _ if party.subject => ("[[", "]]"),
                Some(PartyKind::Person) => ("([", "])"),
                Some(PartyKind::StateBody) => ("{{", "}}"),
                _ => ("[", "]"),
            };
            let _ = writeln!(text, "  p{number}{open}\"{label}\"{close}");
        }
        for (tie, _) in self.ties() {
            let line = match tie.kind {
                TieKind::Holding => "-->",
                TieKind::Control => "==>",
                TieKind::Proxy => "--o",
                TieKind::Concert => "o--o",
                TieKind::Post => "-.->",
                TieKind::Family => "-.-",
                TieKind::Designation => "--x",
            };
            if let (Some(from), Some(to)) = (numbers.get(tie.from.as_str()), numbers.get(tie.to.as_str())) {
                let _ = writeln!(text, "  p{from} {line}|\"{}\"| p{to}", quote(&tie.label));
            }
        }
        text
    }
}
