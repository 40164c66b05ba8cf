//! A dataset of certain facts, read into rows with parties as numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde_json::Value;

/// A set of parties.
pub type Set = BTreeSet<usize>;

/// When a row holds, and when what brings it about was agreed.
#[derive(Clone)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
}

pub struct Party {
    pub id: String,
    pub kind: String,
    pub listed: bool,
    pub birth: Option<NaiveDate>,
}

#[derive(Clone)]
pub struct Holding {
    pub holder: usize,
    pub company: usize,
    pub percent: RBig,
    pub votes: RBig,
    pub span: Span,
}

#[derive(Clone)]
pub struct Proxy {
    pub principal: usize,
    pub agent: usize,
    pub company: usize,
    pub votes: Option<RBig>,
    pub span: Span,
}

#[derive(Clone)]
pub struct Control {
    pub controller: usize,
    pub controlled: usize,
    pub joint: bool,
    pub denies: bool,
    pub span: Span,
}

#[derive(Clone)]
pub struct Concert {
    pub group: String,
    pub member: usize,
    pub company: Option<usize>,
    pub lead: bool,
    pub span: Span,
}

#[derive(Clone)]
pub struct Position {
    pub person: usize,
    pub organisation: usize,
    pub role: String,
    pub span: Span,
}

#[derive(Clone)]
pub struct Kinship {
    pub person: usize,
    pub relative: usize,
    pub relation: String,
    pub span: Span,
}

#[derive(Clone)]
pub struct Designation {
    pub party: usize,
    pub authority: String,
    pub span: Span,
}

pub struct World {
    pub parties: Vec<Party>,
    pub holdings: Vec<Holding>,
    pub proxies: Vec<Proxy>,
    pub controls: Vec<Control>,
    pub concert: Vec<Concert>,
    pub positions: Vec<Position>,
    pub kinships: Vec<Kinship>,
    pub designations: Vec<Designation>,
}

/// A cell; an absent one is empty.
pub(super) fn cell<'v>(row: &'v Value, column: &str) -> &'v str {
    row.get(column).map_or("", |value| value.as_str().expect("cells are strings"))
}

pub(super) fn rows<'v>(dataset: &'v Value, table: &str) -> &'v [Value] {
    dataset.get(table).map_or(&[], |rows| rows.as_array().expect("a table is an array"))
}

pub(super) fn date(row: &Value, column: &str) -> Option<NaiveDate> {
    let text = cell(row, column);
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{text:?} is no certain date")))
}

pub(super) fn span(row: &Value) -> Span {
    Span { from: date(row, "from"), until: date(row, "until"), agreed: date(row, "agreed") }
}

/// A decimal number, exactly.
pub fn decimal(text: &str) -> RBig {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: IBig = format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("{text:?} is no exact number"));
    RBig::from_parts(digits, UBig::from(10u8).pow(fraction.len()))
}

fn percent(row: &Value) -> RBig {
    let (stated, shares, total) = (cell(row, "percent"), cell(row, "shares"), cell(row, "total_shares"));
    if !stated.is_empty() {
        return decimal(stated);
    }
    assert!(!shares.is_empty() && !total.is_empty(), "a holding without an amount is no certain fact");
    decimal(shares) / decimal(total) * RBig::from(100)
}

impl World {
    pub fn read(dataset: &Value) -> Self {
        let parties: Vec<Party> = rows(dataset, "parties")
            .iter()
            .map(|row| Party {
                id: cell(row, "id").to_owned(),
                kind: cell(row, "kind").to_owned(),
                listed: !cell(row, "listed").is_empty(),
                birth: date(row, "birth_date"),
            })
            .collect();
        let numbers: BTreeMap<&str, usize> =
            parties.iter().enumerate().map(|(n, party)| (party.id.as_str(), n)).collect();
        let party = |row: &Value, column: &str| {
            *numbers.get(cell(row, column)).unwrap_or_else(|| panic!("unknown party {:?}", cell(row, column)))
        };
        let some_votes = |row: &Value| {
            let text = cell(row, "votes_percent");
            (!text.is_empty()).then(|| decimal(text))
        };
        let holdings = rows(dataset, "holdings")
            .iter()
            .map(|row| Holding {
                holder: party(row, "holder"),
                company: party(row, "company"),
                percent: percent(row),
                votes: some_votes(row).unwrap_or_else(|| percent(row)),
                span: span(row),
            })
            .collect();
        let proxies = rows(dataset, "proxies")
            .iter()
            .map(|row| Proxy {
                principal: party(row, "principal"),
                agent: party(row, "agent"),
                company: party(row, "company"),
                votes: some_votes(row),
                span: span(row),
            })
            .collect();
        let controls = rows(dataset, "controls")
            .iter()
            .map(|row| Control {
                controller: party(row, "controller"),
                controlled: party(row, "controlled"),
                joint: !cell(row, "joint").is_empty(),
                denies: cell(row, "effect") == "denies",
                span: span(row),
            })
            .collect();
        let concert = rows(dataset, "concert")
            .iter()
            .map(|row| Concert {
                group: cell(row, "group").to_owned(),
                member: party(row, "member"),
                company: (!cell(row, "company").is_empty()).then(|| party(row, "company")),
                lead: cell(row, "lead") == "yes",
                span: span(row),
            })
            .collect();
        let positions = rows(dataset, "positions")
            .iter()
            .map(|row| Position {
                person: party(row, "person"),
                organisation: party(row, "organisation"),
                role: cell(row, "role").to_owned(),
                span: span(row),
            })
            .collect();
        let kinships = rows(dataset, "kinships")
            .iter()
            .map(|row| Kinship {
                person: party(row, "person"),
                relative: party(row, "relative"),
                relation: cell(row, "relation").to_owned(),
                span: span(row),
            })
            .collect();
        let designations = rows(dataset, "designations")
            .iter()
            .map(|row| Designation {
                party: party(row, "party"),
                authority: cell(row, "authority").to_owned(),
                span: span(row),
            })
            .collect();
        drop(numbers);
        Self { parties, holdings, proxies, controls, concert, positions, kinships, designations }
    }

    /// The number of the party with this id.
    pub fn id(&self, id: &str) -> usize {
        self.parties.iter().position(|party| party.id == id).unwrap_or_else(|| panic!("unknown party {id:?}"))
    }

    pub fn all(&self) -> std::ops::Range<usize> {
        0..self.parties.len()
    }

    pub fn is_person(&self, party: usize) -> bool {
        self.parties[party].kind == "person"
    }

    pub fn is_organisation(&self, party: usize) -> bool {
        !self.is_person(party)
    }

    pub fn is_partnership(&self, party: usize) -> bool {
        self.parties[party].kind == "partnership"
    }

    pub fn is_state_body(&self, party: usize) -> bool {
        self.parties[party].kind == "state_body"
    }
}
