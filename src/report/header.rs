//! What every answer says of itself: about whom, on which day, by which rules and readings, from which data.

use super::Page;
use super::words;
use crate::facts::{Facts, Lang, PartyId, mask_identifier};
use crate::intake::Findings;
use crate::law::Pack;
use crate::proof::words::Names;
use crate::register::Question;
use chrono::Months;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which data an answer was given on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dataset {
    /// `sha256:` and the digest of the data.
    pub digest: String,
    /// Data rows of all tables.
    pub rows: usize,
}

/// What an answer is about, and how it is to be shown.
pub struct Context<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// How parties are named.
    pub names: &'a Names<'a>,
    /// The question: subject, day, pack, readings.
    pub question: &'a Question<'a>,
    /// Which data.
    pub dataset: Dataset,
    /// What was found about the data, where that is to be told.
    pub findings: Option<&'a Findings>,
    /// The reader's language.
    pub lang: Lang,
    /// Whether identifiers are shown in full.
    pub show_identifiers: bool,
}

/// The head of every JSON answer.
#[derive(Debug, Serialize)]
pub(super) struct Header<'a> {
    format: &'static str,
    subject: &'a str,
    as_of: String,
    rules: &'a str,
    switches: BTreeMap<String, String>,
    dataset: &'a Dataset,
}

impl<'a> Context<'a> {
    pub(super) fn header(&'a self, format: &'static str) -> Header<'a> {
        Header {
            format,
            subject: self.id(self.question.subject),
            as_of: self.question.as_of.to_string(),
            rules: &self.question.pack.name,
            switches: self.question.readings.departures(&self.question.pack.switches),
            dataset: &self.dataset,
        }
    }

    /// The rule pack.
    #[must_use]
    pub fn pack(&self) -> &'a Pack {
        self.question.pack
    }

    /// The party's id.
    #[must_use]
    pub fn id(&self, party: PartyId) -> &'a str {
        self.facts.id(party)
    }

    /// The party's full name.
    #[must_use]
    pub fn name(&self, party: PartyId) -> &'a str {
        self.facts.name(party)
    }

    /// The name as it stands in a table beside the id: nothing where the id is the name.
    #[must_use]
    pub(super) fn name_beside_id(&self, party: PartyId) -> &'a str {
        let party = self.facts.party(party);
        if party.name == party.id { "" } else { party.name }
    }

    /// The party as a table shows it: name and id.
    #[must_use]
    pub fn in_full(&self, party: PartyId) -> String {
        self.names.in_full(self.id(party))
    }

    /// The kind's name in the reader's language.
    pub(super) fn kind(&self, party: PartyId) -> String {
        words::kind(self.facts.kind(party), self.lang)
    }

    /// The party's identifier: hidden but for its ends unless identifiers are to be shown.
    #[must_use]
    pub fn identifier(&self, party: PartyId) -> Option<String> {
        Some(self.shown_identifier(self.facts.party(party).identifier?))
    }

    /// An identifier as it is shown.
    #[must_use]
    pub fn shown_identifier(&self, identifier: &str) -> String {
        if self.show_identifiers { identifier.to_owned() } else { mask_identifier(identifier) }
    }

    /// The days article 8(1) looks at, as `2021-06-30 and 2023-06-30` after "between".
    pub(super) fn window(&self) -> String {
        let (day, months) = (self.question.as_of, Months::new(self.pack().numbers(self.question.as_of).window_months));
        let first = day.checked_sub_months(months).unwrap_or(day);
        let last = day.checked_add_months(months).unwrap_or(day);
        self.lang.pick(format!("{first}至{last}"), format!("{first} and {last}"))
    }

    /// The title and what every page says below it.
    pub(super) fn opening(&self, zh: &str, en: &str) -> Page {
        let mut page = Page::default();
        let (subject, day) = (self.in_full(self.question.subject), self.question.as_of);
        page.title(self.lang.pick(format!("{subject}：{zh}（{day}）"), format!("{subject}: {en}, {day}")));
        let pack = self.pack();
        page.text(self.lang.pick(format!("规则：{}", pack.title_zh), format!("Rules: {}", pack.title_en)));
        let departures = self.question.readings.departures(&pack.switches);
        if !departures.is_empty() {
            let list: Vec<String> = departures.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
            page.text(
                self.lang
                    .pick(format!("所取解释：{}", list.join("，")), format!("Readings taken: {}", list.join(", "))),
            );
        }
        page
    }
}
