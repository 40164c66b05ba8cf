//! The register as an answer: every related party with its grounds, the exempt, the undetermined, the contested.

use crate::facts::{PartyId, Table};
use crate::law::Basis;
use crate::proof::{Step, StepId};
use serde::Serialize;

/// Whether a party is related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A ground holds whatever the unknowns are.
    Related,
    /// None holds for any value of them.
    NotRelated,
    /// It depends on what is not known.
    Undetermined,
}

/// One ground of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundLine {
    /// Article and item: `5.3`.
    pub ground: &'static str,
    /// On what footing.
    pub basis: Basis,
    /// The step that proves it.
    pub proof: StepId,
}

/// A related party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub party: PartyId,
    /// Its grounds, by number.
    pub grounds: Vec<GroundLine>,
    /// The switches that would change the verdict, by name.
    pub contested_by: Vec<String>,
}

/// A party whose every way in is exempt (article 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptEntry {
    /// Who.
    pub party: PartyId,
    /// The step that proves it.
    pub proof: StepId,
    /// The switches that would change the verdict, by name.
    pub contested_by: Vec<String>,
}

/// A cell whose unknown value matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Missing {
    /// The table.
    pub table: Table,
    /// The data row, counted from 1.
    pub row: u32,
    /// `percent`, `votes_percent`, `from` or `until`.
    pub column: &'static str,
}

/// A party of whom the dataset does not say enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeterminedEntry {
    /// Who.
    pub party: PartyId,
    /// The grounds that may hold, by number.
    pub grounds: Vec<&'static str>,
    /// The cells that matter.
    pub missing: Vec<Missing>,
    /// The switches that would change the verdict, by name.
    pub contested_by: Vec<String>,
}

/// A party that is not related (nor exempt), but would be by another reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRelated {
    /// Who.
    pub party: PartyId,
    /// The switches that would change the verdict, by name.
    pub contested_by: Vec<String>,
}

/// The related-party register of one company on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The related parties, by id.
    pub related: Vec<Entry>,
    /// The exempt, by id.
    pub exempt: Vec<ExemptEntry>,
    /// The undetermined, by id.
    pub undetermined: Vec<UndeterminedEntry>,
    /// Those outside the register whom another reading would bring in, by id.
    pub contested: Vec<NotRelated>,
    /// Persons who control the subject and are on no ground by that (`controlling_person=literal`), by id.
    pub controlling_persons: Vec<PartyId>,
    /// The proofs of all of it.
    pub proofs: Vec<Step>,
}
