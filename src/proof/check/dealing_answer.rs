//! Saved answers about dealings as the checker reads them: what transactions set off, and who must stand aside.

use super::answer::{AnswerLine, Head};
use crate::facts::{RowRef, Yuan};
use crate::proof::{Step, StepId};
use chrono::NaiveDate;
use serde::Deserialize;

/// An answer of format `relata.assess/1`. What the checker does not judge (names, remarks, what may be) is passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct AssessDoc {
    /// What it says of itself.
    #[serde(flatten)]
    pub head: Head,
    /// The transactions shown.
    pub transactions: Vec<TransactionDoc>,
    /// Earlier ones that bear on them.
    #[serde(default)]
    pub earlier: Vec<DealDoc>,
    /// What is to be known before the proposed ones are signed.
    #[serde(default)]
    pub proposals: Vec<ProposalDoc>,
    /// The forecasts.
    pub forecasts: Vec<ForecastDoc>,
    /// The proofs, day by day.
    pub proofs: Vec<DayDoc>,
}

/// The steps of one day, numbered within it.
#[derive(Debug, Clone, Deserialize)]
pub struct DayDoc {
    /// The day.
    pub day: NaiveDate,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// One transaction, as far as later ones depend on it.
#[derive(Debug, Clone, Deserialize)]
pub struct DealDoc {
    /// Its id.
    pub id: String,
    /// Its row; none of a proposed one.
    pub row: Option<u32>,
    /// Its day.
    pub date: NaiveDate,
    /// The counterparty's id.
    pub counterparty: String,
    /// Who deals on our side.
    pub side: String,
    /// The step that shows that the company controls our side; none of the company itself.
    #[serde(default)]
    pub side_proof: Option<StepId>,
    /// The kind of article 9.
    pub kind: String,
    /// The subject matter.
    pub subject_matter: Option<String>,
    /// Whether the counterparty is related; none where that is not known.
    pub related: Option<bool>,
    /// `person` or `organisation`.
    pub category: String,
    /// The grounds of the counterparty on the day.
    pub grounds: Vec<AnswerLine>,
    /// The amount in yuan.
    pub amount: Option<Yuan>,
    /// Which case applies.
    pub case: String,
    /// The exemption accepted.
    pub exempt: Option<String>,
    /// What its forecast leaves of it.
    pub forecast: Option<CoverageDoc>,
}

/// What a forecast leaves of a transaction.
#[derive(Debug, Clone, Deserialize)]
pub struct CoverageDoc {
    /// The forecast's label.
    pub label: String,
    /// Whether it is covered whole; none where that is not known.
    pub covered: Option<bool>,
    /// What is beyond the forecast.
    pub excess: Option<Yuan>,
}

/// One transaction with its sums and duties.
#[derive(Debug, Clone, Deserialize)]
pub struct TransactionDoc {
    /// What later ones depend on.
    #[serde(flatten)]
    pub deal: DealDoc,
    /// The tops of the counterparty.
    pub tops: Vec<String>,
    /// Dealings with the same party, at the least.
    pub same_party: Option<Yuan>,
    /// Dealings of the kind in the same subject matter, at the least.
    pub same_subject: Option<Yuan>,
    /// Both at the most, where that is more.
    #[serde(default)]
    pub at_most: Option<AtMostDoc>,
    /// Ids of what is added up for certain.
    pub counted: Vec<String>,
    /// The terms of both sums.
    pub terms: TermsDoc,
    /// The net assets that count.
    pub net_assets: Option<Yuan>,
    /// Their row of `financials`.
    pub net_assets_row: Option<u32>,
    /// The article by which the case applies.
    pub article: String,
    /// What has to be done for certain.
    pub duties: Vec<String>,
}

/// Sums at the most.
#[derive(Debug, Clone, Deserialize)]
pub struct AtMostDoc {
    /// Dealings with the same party.
    pub same_party: Option<Yuan>,
    /// Dealings in the same subject matter.
    pub same_subject: Option<Yuan>,
}

/// The terms of both sums of article 16.
#[derive(Debug, Clone, Deserialize)]
pub struct TermsDoc {
    /// Of dealings with the same party.
    pub same_party: Vec<TermDoc>,
    /// Of dealings in the same subject matter.
    pub same_subject: Vec<TermDoc>,
}

/// One earlier transaction that is added up.
#[derive(Debug, Clone, Deserialize)]
pub struct TermDoc {
    /// Its id.
    pub id: String,
    /// What it adds for certain.
    pub amount: Yuan,
    /// What it adds at the most, where that is more.
    #[serde(default)]
    pub at_most: Option<Yuan>,
    /// The top that both counterparties are under, where they differ.
    #[serde(default)]
    pub top: Option<String>,
    /// The steps that show it.
    #[serde(default)]
    pub proofs: Vec<StepId>,
}

/// A forecast and what was dealt under it.
#[derive(Debug, Clone, Deserialize)]
pub struct ForecastDoc {
    /// Its label.
    pub forecast: String,
    /// Its row.
    pub row: u32,
    /// The party whose group it is for.
    pub group: String,
    /// The kind of article 9.
    pub kind: String,
    /// The calendar year.
    pub year: i32,
    /// Its amount.
    pub amount: Yuan,
    /// What has been done about it.
    pub approved: Option<String>,
    /// Since when.
    pub approved_on: Option<NaiveDate>,
    /// What was dealt under it for certain.
    pub actual: Yuan,
    /// The first transaction with which it is exceeded.
    pub exceeded_by: Option<String>,
    /// By how much that one goes beyond it.
    pub excess: Option<Yuan>,
    /// Ids of what was dealt under it.
    pub transactions: Vec<String>,
}

/// What is to be known before a transaction is signed.
#[derive(Debug, Clone, Deserialize)]
pub struct ProposalDoc {
    /// The transaction's id.
    pub id: String,
    /// The room left under each threshold.
    pub headroom: Option<HeadroomDoc>,
    /// Who must stand aside.
    pub recusal: RecusalDoc,
}

/// The room left.
#[derive(Debug, Clone, Deserialize)]
pub struct HeadroomDoc {
    /// What is added up already, for certain.
    pub used: Yuan,
    /// The same at the most, where that is more.
    #[serde(default)]
    pub used_at_most: Option<Yuan>,
    /// The room under each threshold.
    pub thresholds: Vec<RoomDoc>,
    /// When what is added up drops out.
    pub drops: Vec<DropDoc>,
}

/// The room under one threshold.
#[derive(Debug, Clone, Deserialize)]
pub struct RoomDoc {
    /// The case that begins there.
    pub case: String,
    /// The article by which it does.
    pub article: String,
    /// The least amount that reaches it.
    pub threshold: Option<String>,
    /// What is missing to it.
    pub left: Option<String>,
}

/// A day from which earlier transactions are added up no more.
#[derive(Debug, Clone, Deserialize)]
pub struct DropDoc {
    /// The day.
    pub on: NaiveDate,
    /// Their ids.
    pub transactions: Vec<String>,
    /// What is still added up, for certain.
    pub used: Yuan,
    /// The same at the most, where that is more.
    #[serde(default)]
    pub used_at_most: Option<Yuan>,
}

/// An answer of format `relata.recuse/1`.
#[derive(Debug, Clone, Deserialize)]
pub struct RecuseDoc {
    /// What it says of itself.
    #[serde(flatten)]
    pub head: Head,
    /// Who must stand aside.
    #[serde(flatten)]
    pub recusal: RecusalDoc,
}

/// Who must stand aside.
#[derive(Debug, Clone, Deserialize)]
pub struct RecusalDoc {
    /// The counterparty's id.
    pub counterparty: String,
    /// Directors who must.
    pub directors: Vec<StanderDoc>,
    /// Shareholders who must.
    pub shareholders: Vec<StanderDoc>,
    /// What is left of the board.
    pub board: BoardDoc,
    /// The votes left out, in percent.
    pub votes_left_out: String,
    /// Who may have to besides.
    pub undetermined: Vec<OpenDoc>,
    /// The proofs.
    pub proofs: Vec<Step>,
}

/// A director or shareholder who must stand aside.
#[derive(Debug, Clone, Deserialize)]
pub struct StanderDoc {
    /// The party's id.
    pub party: String,
    /// Numbers of the items.
    pub items: Vec<String>,
    /// Of a shareholder: the votes.
    #[serde(default)]
    pub votes: Option<String>,
    /// What shows each item.
    pub reasons: Vec<WhyDoc>,
}

/// What shows an item.
#[derive(Debug, Clone, Deserialize)]
pub struct WhyDoc {
    /// Its number.
    pub item: String,
    /// The party through whom it holds.
    #[serde(default)]
    pub through: Option<String>,
    /// The steps.
    pub proofs: Vec<StepId>,
    /// The rows.
    pub facts: Vec<RowRef>,
}

/// What is left of the board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BoardDoc {
    /// Directors in office.
    pub directors: u32,
    /// Those who need not stand aside.
    pub unrelated: u32,
    /// How many of them must attend.
    pub quorum: u32,
    /// How many of them must approve.
    pub majority: u32,
    /// Whether the shareholders' meeting decides.
    pub to_shareholders: bool,
    /// Those who are left if all stand aside who may have to.
    #[serde(default)]
    pub unrelated_at_least: Option<u32>,
}

/// Somebody who may have to stand aside by items that are not certain.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenDoc {
    /// The party's id.
    pub party: String,
    /// `director` or `shareholder`.
    pub role: String,
    /// Numbers of the items.
    pub items: Vec<String>,
}
