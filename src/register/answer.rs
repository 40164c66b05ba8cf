//! The register as an answer: every related party with its grounds, the exempt, the undetermined, the contested.

use crate::facts::{PartyId, Percent, Role, RowRef, Table};
use crate::law::Basis;
use crate::proof::{Measure, Step, StepId};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a party is related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A ground holds whatever the unknowns are.
    Related,
    /// None holds for any value of them.
    #[default]
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
    /// `percent`, `votes_percent`, `from`, `until` or `since`.
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

/// Why a ground does not hold, and how close it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Article and item.
    pub ground: &'static str,
    /// What was found.
    pub miss: Miss,
    /// The rows looked at.
    pub rows: Vec<RowRef>,
}

/// What came nearest to a ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// No tie on which the ground could rest.
    NoTie,
    /// A stake below the threshold: the most on any day of the window.
    Stake {
        /// How it is measured.
        measure: Measure,
        /// How much of the subject.
        percent: Percent,
        /// How much it takes.
        threshold: Percent,
        /// The latest day of the window on which it was that much.
        day: NaiveDate,
    },
    /// A holding of the subject whose period lies outside the window, or that is not settled.
    Holding {
        /// How much, at the most; `None` where the amount is unknown.
        percent: Option<Percent>,
        /// Why it does not count.
        why: PostMiss,
    },
    /// Votes that give no control: the most on any day of the window.
    Votes {
        /// Whose.
        controller: PartyId,
        /// In whom.
        controlled: PartyId,
        /// How many, in percent.
        percent: Percent,
        /// More than this many control.
        needed: Percent,
        /// The latest day of the window on which they were that many.
        day: NaiveDate,
    },
    /// A post whose period lies outside the window, or that does not count.
    Post {
        /// Who.
        person: PartyId,
        /// Where.
        organisation: PartyId,
        /// As what.
        role: Role,
        /// Why it does not count.
        why: PostMiss,
    },
    /// A family tie that does not count.
    Kin {
        /// A person of 7.1 or 7.2.
        person: PartyId,
        /// Why it does not count.
        why: KinMiss,
    },
    /// The party is the subject itself.
    Itself,
    /// The ground would hold, but the subject controls the party: dealings inside the group are no related dealings.
    OwnGroup,
    /// The ground would hold, but article 6 exempts the party.
    Exempt,
}

/// Why a post, or a holding, does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostMiss {
    /// It ended before the window begins.
    Ended {
        /// Its last day.
        last_day: NaiveDate,
        /// The first day asked about on which it no longer counts.
        out_since: NaiveDate,
    },
    /// It begins after the window, or is not settled on the day asked about.
    NotYet {
        /// Its first day.
        begins: NaiveDate,
    },
    /// The role is none that counts for the ground.
    Role,
    /// An independent director of both.
    Independent,
    /// The post and what would make it count never held on the same day.
    Apart,
}

/// Why a family tie does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KinMiss {
    /// A child under age.
    Minor,
    /// A tie that ended before the window begins.
    Ended {
        /// Its last day.
        last_day: NaiveDate,
    },
    /// A relative, but none of the nine of article 51.
    BeyondTheNine,
}

/// The answer about one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyAnswer {
    /// Who was asked about.
    pub party: PartyId,
    /// Related, not related or undetermined.
    pub verdict: Verdict,
    /// The grounds that hold, by number.
    pub grounds: Vec<GroundLine>,
    /// The proof that article 6 exempts the party, where that is why it is not related.
    pub exempt: Option<StepId>,
    /// The grounds that may hold, by number, where the verdict is undetermined.
    pub possible: Vec<&'static str>,
    /// The cells that matter, where the verdict is undetermined.
    pub missing: Vec<Missing>,
    /// The switches that would change the verdict, by name.
    pub contested_by: Vec<String>,
    /// What was looked at and how close it came, where the party is not related: one line for each ground that can
    /// apply to a party of its kind.
    pub looked_at: Vec<Near>,
}

/// Where a party stands on one day, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartyStanding {
    /// Related, not related or undetermined.
    pub verdict: Verdict,
    /// The grounds that hold for certain, by number.
    pub grounds: Vec<GroundLine>,
    /// The proof that article 6 exempts the party, where that is why it is not related.
    pub exempt: Option<StepId>,
    /// The grounds that hold or may hold, by number.
    pub possible: Vec<&'static str>,
    /// The cells that matter, where the verdict is undetermined.
    pub missing: Vec<Missing>,
}

/// The answers about several parties, with the proofs of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// In the order asked.
    pub parties: Vec<PartyAnswer>,
    /// The steps their lines refer to.
    pub proofs: Vec<Step>,
}

/// A share that may be known only within bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The least it can be.
    pub least: Percent,
    /// The greatest it can be.
    pub greatest: Percent,
}

/// One tie of the tree behind (or below) a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StakeLine {
    /// Layers from the party asked about, counted from 1.
    pub layer: u32,
    /// Who holds (or controls).
    pub holder: PartyId,
    /// What is held, one layer nearer to the party asked about (for `owned`, one layer further from it).
    pub company: PartyId,
    /// The direct share, all rows in force together; `None` where the tie is declared control without a holding.
    pub direct: Option<Range>,
    /// For `owners` the holder's whole look-through share of the party asked about; for `owned` that party's whole
    /// look-through share of `company`.
    pub look_through: Range,
    /// Whether the holder controls the party asked about (for `owned`: whether that party controls `company`).
    pub controls: Certainty,
    /// Whether that control is shown only by way of concert or of a joint label.
    pub joint: bool,
    /// The far party's standing towards the subject.
    pub verdict: Verdict,
    /// The far party stands in an earlier line already; what is behind it is not repeated.
    pub repeated: bool,
    /// The rows of the tie.
    pub rows: Vec<RowRef>,
}

/// Yes, no, or it depends on what is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// For certain.
    Yes,
    /// Certainly not.
    No,
    /// It depends.
    Unknown,
}

/// Who stands behind a party, or what it holds: nearest layer first, then by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakes {
    /// The party asked about.
    pub party: PartyId,
    /// The ties.
    pub lines: Vec<StakeLine>,
    /// Parties left out because their look-through share is below what was asked for, and the sum of these shares.
    pub left_out: Option<(usize, Percent)>,
}

/// A top with all that it controls (`rules-sse-2022.md`, section 8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The top; the smallest id stands for a circle.
    pub top: PartyId,
    /// The group, the top included, by id.
    pub members: Vec<Member>,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub party: PartyId,
    /// Whether the top controls it only jointly.
    pub joint: bool,
    /// The step that shows that the top controls it; none of the top itself.
    pub proof: Option<StepId>,
}

/// Counterparties under common control.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// The tops of every party asked about, by id.
    pub tops: Vec<(PartyId, Vec<PartyId>)>,
    /// The groups of these tops that have more than one member, by id of the top.
    pub groups: Vec<Group>,
    /// The proofs of their members.
    pub proofs: Vec<Step>,
}

/// How a party's entry differs between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It came into the register.
    Entered,
    /// It left the register.
    Left,
    /// It stayed, on other grounds or on another footing.
    Changed,
}

/// One party's difference between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who.
    pub party: PartyId,
    /// How.
    pub kind: ChangeKind,
    /// The verdict on the earlier and on the later day.
    pub verdicts: (Verdict, Verdict),
    /// The grounds on the earlier day, by number.
    pub before: Vec<(&'static str, Basis)>,
    /// The grounds on the later day, by number.
    pub after: Vec<(&'static str, Basis)>,
    /// The rows that began, ended or left the window and that a proof of either day rests on.
    pub causes: Vec<RowRef>,
}

/// A remark on the facts that needs the graph to be seen; it stops no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A stable code: `group-holds-subject`, `presumption-alone`, `controlling-person-below-threshold`,
    /// `before-rules-in-force`.
    pub code: &'static str,
    /// The party it is about.
    pub party: PartyId,
    /// The other party, where there is one.
    pub other: Option<PartyId>,
    /// The rows it rests on.
    pub rows: Vec<RowRef>,
}

/// Who stands where, without proofs and contested readings: all that a comparison of many days or companies needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Related parties with their grounds, by number.
    pub related: BTreeMap<PartyId, Vec<(&'static str, Basis)>>,
    /// Parties that article 6 exempts.
    pub exempt: BTreeSet<PartyId>,
    /// Undetermined parties with the grounds that may hold.
    pub undetermined: BTreeMap<PartyId, Vec<&'static str>>,
    /// Where asked for: parties whose verdict another reading would change, with the switches.
    pub contested: BTreeMap<PartyId, Vec<String>>,
}
