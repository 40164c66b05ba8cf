//! A saved answer as the checker reads it: a register, a check of single parties, an explanation, or one that is shaped
//! like a check.

use crate::proof::{Step, StepId};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An answer of format `relata.register/1`, `relata.check/1` or `relata.explain/1`, or one whose parties stand as in a
/// check (`relata.declarations/1`, `relata.filing/1`). What the checker does not judge (names, kinds, what is
/// undetermined, contested or declared) is passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct AnswerDoc {
    /// Which of them it is.
    pub format: String,
    /// Id of the subject.
    pub subject: String,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// Name of the rule pack.
    pub rules: String,
    /// The readings that depart from the defaults.
    #[serde(default)]
    pub switches: BTreeMap<String, String>,
    /// From which dataset it was drawn.
    #[serde(default)]
    pub dataset: Option<DatasetStamp>,
    /// The lines of a register.
    #[serde(default)]
    pub related: Vec<RelatedEntry>,
    /// The exempt of a register.
    #[serde(default)]
    pub exempt: Vec<ExemptEntry>,
    /// The parties of a check.
    #[serde(default)]
    pub parties: Vec<CheckedEntry>,
    /// The party of an explanation.
    #[serde(default)]
    pub party: Option<String>,
    /// The verdict of an explanation.
    #[serde(default)]
    pub verdict: Option<String>,
    /// The lines of an explanation.
    #[serde(default)]
    pub grounds: Vec<AnswerLine>,
    /// The step of an explanation that shows the party exempt.
    #[serde(default)]
    pub exempt_proof: Option<StepId>,
    /// The proofs of all of it.
    #[serde(default)]
    pub proofs: Vec<Step>,
}

/// What every answer says of itself.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// Which kind of answer it is.
    pub format: String,
    /// Id of the subject.
    pub subject: String,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// Name of the rule pack.
    pub rules: String,
    /// The readings that depart from the defaults.
    #[serde(default)]
    pub switches: BTreeMap<String, String>,
    /// From which dataset it was drawn.
    #[serde(default)]
    pub dataset: Option<DatasetStamp>,
}

/// Which dataset an answer was drawn from.
#[derive(Debug, Clone, Deserialize)]
pub struct DatasetStamp {
    /// Digest of its content.
    #[serde(default)]
    pub digest: Option<String>,
}

/// A related party.
#[derive(Debug, Clone, Deserialize)]
pub struct RelatedEntry {
    /// Its id.
    pub party: String,
    /// Its grounds.
    pub grounds: Vec<AnswerLine>,
}

/// One ground of one party.
#[derive(Debug, Clone, Deserialize)]
pub struct AnswerLine {
    /// Article and item.
    pub ground: String,
    /// `current`, `looked_back` or `arranged`.
    pub basis: String,
    /// The last day on which it held.
    #[serde(default)]
    pub last_day: Option<NaiveDate>,
    /// The last day on which that counts.
    #[serde(default)]
    pub expires: Option<NaiveDate>,
    /// The first day on which it will hold.
    #[serde(default)]
    pub begins: Option<NaiveDate>,
    /// The step that proves it.
    pub proof: StepId,
}

/// An exempt party.
#[derive(Debug, Clone, Deserialize)]
pub struct ExemptEntry {
    /// Its id.
    pub party: String,
    /// `6`
    pub article: String,
    /// The step that proves it.
    pub proof: StepId,
}

/// A party asked about by itself.
#[derive(Debug, Clone, Deserialize)]
pub struct CheckedEntry {
    /// Its id.
    pub party: String,
    /// `related`, `not_related` or `undetermined`.
    pub verdict: String,
    /// Its grounds.
    #[serde(default)]
    pub grounds: Vec<AnswerLine>,
    /// The step that shows it exempt.
    #[serde(default)]
    pub exempt_proof: Option<StepId>,
}
