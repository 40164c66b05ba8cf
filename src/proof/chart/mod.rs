//! What is drawn of a proof or of rows: parties with their names and the grounds shown, ties with share, role, relation
//! or group and the rows they rest on. Written as DOT ([`Chart::dot`]) and as Mermaid ([`Chart::mermaid`]); `report`
//! writes the same as JSON and draws it. Kinds of tie differ by line and label, never by colour alone.

mod dot;
mod drawn;
mod mermaid;

use super::words::Names;
use crate::facts::{Facts, Lang, PartyKind, RowRef};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a line of the drawing stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Capital held: from the holder to the company.
    Holding,
    /// Votes passed: from the principal to the agent.
    Proxy,
    /// Control, declared or by votes: from the controller to the controlled.
    Control,
    /// Acting in concert; neither end comes first.
    Concert,
    /// A post: from the person to the organisation.
    Post,
    /// A family tie: from the relative to the person.
    Family,
    /// Somebody treats the party as related to the subject.
    Designation,
}

impl TieKind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Holding, Self::Proxy, Self::Control, Self::Concert, Self::Post, Self::Family, Self::Designation];
}

/// A line of the drawing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Where it begins: the id of a party.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What it stands for.
    pub kind: TieKind,
    /// What is written on it, in the reader's language.
    pub label: String,
}

/// A party of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartParty<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its name as texts have it, with the id where two parties bear one name.
    pub name: String,
    /// What it is; `None` where the facts do not know it.
    pub kind: Option<PartyKind>,
    /// The grounds that the proof shows for it, by number.
    pub grounds: &'c BTreeSet<String>,
    /// Whether article 6 exempts it.
    pub exempt: bool,
    /// Whether it is the listed company asked about.
    pub subject: bool,
}

impl ChartParty<'_> {
    /// What stands below the name: the grounds and the exemption; nothing where there are none.
    #[must_use]
    pub fn marks(&self, lang: Lang) -> Option<String> {
        let exempt = self.exempt.then(|| lang.pick("6 豁免", "6 exempt"));
        let mut marks: Vec<&str> = self.grounds.iter().map(String::as_str).chain(exempt).collect();
        marks.sort_unstable();
        (!marks.is_empty()).then(|| marks.join(" · "))
    }
}

/// What is known of a party of the drawing besides its name.
#[derive(Debug, Default)]
struct Shown {
    grounds: BTreeSet<String>,
    exempt: bool,
}

/// Parties and ties, ready to be drawn.
pub struct Chart<'a> {
    facts: &'a Facts,
    names: &'a Names<'a>,
    subject: &'a str,
    lang: Lang,
    parties: BTreeMap<String, Shown>,
    /// Ties with the rows they rest on.
    ties: BTreeMap<Tie, BTreeSet<RowRef>>,
    /// Whether the row that is being drawn may not be in force on the day.
    unsure: bool,
}

impl<'a> Chart<'a> {
    /// The parties, by id.
    pub fn parties(&self) -> impl ExactSizeIterator<Item = ChartParty<'_>> {
        self.parties.iter().map(|(id, shown)| ChartParty {
            id,
            name: self.names.of(id),
            kind: self.facts.party_id(id).map(|party| self.facts.kind(party)),
            grounds: &shown.grounds,
            exempt: shown.exempt,
            subject: id == self.subject,
        })
    }

    /// The ties with the rows they rest on, by the ids of their ends.
    pub fn ties(&self) -> impl ExactSizeIterator<Item = (&Tie, &BTreeSet<RowRef>)> {
        self.ties.iter()
    }

    /// The reader's language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Draws a party even where no step names it.
    pub fn show(&mut self, party: &str) {
        self.party(party);
    }

    fn party(&mut self, id: &str) -> &mut Shown {
        self.parties.entry(id.to_owned()).or_default()
    }
}
