//! Proofs: why a conclusion holds, down to the rows of the dataset, as a shared graph of steps.
//!
//! A proof is a list of [`Step`]s. A step's premises are ids of earlier steps (always smaller than its own), its
//! facts are rows of the dataset. Steps are shared, never copied: what two conclusions both rest on stands once.
//! A proof shows what holds *for certain*: every row it cites is in force for certain on the conclusion's day, and
//! amounts count at the least they can be.
//!
//! | rule | conclusion | premises | facts |
//! |---|---|---|---|
//! | `control.declared` | controls(x, z) | – | the `controls` row (`asserts`) |
//! | `control.majority` | controls(x, z), `votes` | controls(x, h) for every h whose votes count because x controls it; controls(c, h) for every h that counts because a concert partner c controls it | rows of `holdings` in z (and `proxies` about z) of those whose votes count; the `concert` rows (under `family_block=on`, also `kinships` rows) that bring partners in |
//! | `control.presumption` | controls(x, z), `votes` | the same, and controls for any member of the block that would else be a rival | the same; z is listed, nobody outside the block has as many votes, no `denies` row for (x, z) |
//! | `control.through` | controls(x, z) | controls(x, y), controls(y, z) | – |
//! | `stake.controlled` | stake(p), percent of L | controls(p, h) and controls(c, h) as above | `holdings` rows in L of the block, `concert` rows about L |
//! | `stake.look_through` | stake(p), percent of L | the same | all `holdings` rows through which the stake is attributed, `concert` rows about L |
//! | `family` | family(p, q, relation) | – | the one to three `kinships` rows of the path, and the `parties` row of every child whose age matters |
//! | `officer` | officer(p, x, role) | – | the `positions` row |
//! | `5.1` | ground | controls(x, L) | – |
//! | `5.2` | ground | controls(g, L), controls(g, x), g an organisation and no state body | – |
//! | `5.2.exception` | ground | controls(g, L), controls(g, x), then officer(p, x), officer(p, L) for each shared officer that takes the exemption away | – |
//! | `5.3` | ground | one or more pairs: ground(7.x, p) or deemed(7.x, p), then controls(p, x) or officer(p, x) | – |
//! | `5.4` | ground | stake(x) | – |
//! | `5.4.common_control` | ground | stake(q), controls(q, x) | a `holdings` row of x in L |
//! | `7.1` | ground | stake(p); under `controlling_person=related` instead controls(p, L) | – |
//! | `7.2` | ground | one or more of officer(p, L) | – |
//! | `7.3` | ground | one or more pairs: ground(5.1, g) or deemed(5.1, g), officer(p, g) | – |
//! | `7.4` | ground | one or more pairs: ground or deemed of 7.1 or 7.2 (7.3 under `family_of=7.1-7.3`), family(p, q) | – |
//! | `8.2` | ground | – | the `designations` row |
//! | `8.1` | deemed(ground, basis) | the ground on the last day or the day it begins | – |
//! | `6` | exempt(x) | controls(g, L), controls(g, x) for a state body g | – |
//!
//! Where several persons or posts lead to the same ground (5.3, 7.2 to 7.4), its step shows all of them.
//!
//! What a step needs *not* to hold (x in the company's own group, a dual independent seat, a rival, a denial, an
//! exemption) has no row to show; the checker establishes it from the dataset by itself.

pub mod brief;
pub mod chart;
pub mod check;
pub mod render;
pub mod rows;
pub mod sentence;
pub mod sums;
pub mod words;

use crate::facts::{Percent, RowRef};
use crate::law::Basis;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A step's number within one answer; premises have smaller numbers.
pub type StepId = u32;

/// How a stake of 5 % is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The whole stake of everyone in the block (organisations).
    Controlled,
    /// The stakes attributed to the block by multiplying along chains (persons).
    LookThrough,
    /// The own stakes of the party and those in concert with it (`organisation_indirect=direct`).
    Direct,
    /// Look-through to the party and those in concert with it (`person_indirect=multiply`).
    Multiply,
}

/// What a step establishes. Parties are named by id, so that an answer can be read without the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Conclusion {
    /// A ground holds for the party on that day.
    Ground {
        /// The party.
        party: String,
        /// Article and item.
        ground: String,
        /// The day.
        day: NaiveDate,
    },
    /// The party is deemed related on the day asked about, by article 8(1).
    Deemed {
        /// The party.
        party: String,
        /// Article and item of the ground that held or will hold.
        ground: String,
        /// `looked_back` or `arranged`.
        basis: String,
        /// The last day, or the day it begins.
        day: NaiveDate,
        /// The day asked about.
        as_of: NaiveDate,
    },
    /// Article 6 keeps the party out of 5.2.
    Exempt {
        /// The party.
        party: String,
        /// The day.
        day: NaiveDate,
    },
    /// One party controls another on that day.
    Controls {
        /// Who controls.
        controller: String,
        /// Who is controlled.
        controlled: String,
        /// The day.
        day: NaiveDate,
        /// The votes of the block in percent, where they decide.
        #[serde(skip_serializing_if = "Option::is_none", default, with = "optional_percent")]
        votes: Option<Percent>,
    },
    /// The party has at least this much of the subject's capital.
    Stake {
        /// The party.
        party: String,
        /// How it is measured.
        measure: Measure,
        /// How much, in percent.
        #[serde(with = "percent")]
        percent: Percent,
        /// The day.
        day: NaiveDate,
    },
    /// `relative` is the `relation` of `person` and close family of theirs.
    Family {
        /// Whose family.
        person: String,
        /// Who belongs to it.
        relative: String,
        /// The code of [`crate::facts::Relation`].
        relation: String,
        /// The day.
        day: NaiveDate,
    },
    /// A person holds a post.
    Officer {
        /// Who.
        person: String,
        /// Where.
        organisation: String,
        /// The code of [`crate::facts::Role`].
        role: String,
        /// The day.
        day: NaiveDate,
    },
}

/// One step of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number within the answer.
    pub id: StepId,
    /// What it establishes.
    pub conclusion: Conclusion,
    /// By which rule (see the table above).
    pub rule: String,
    /// The steps it rests on.
    pub premises: Vec<StepId>,
    /// The rows it rests on.
    pub facts: Vec<RowRef>,
}

impl Step {
    /// The party and the number of the ground that the step shows, by itself or as deemed.
    #[must_use]
    pub fn ground(&self) -> Option<(&str, &str)> {
        match &self.conclusion {
            Conclusion::Ground { party, ground, .. } | Conclusion::Deemed { party, ground, .. } => {
                Some((party, ground))
            }
            _ => None,
        }
    }
}

/// The step of that number among those of an answer, which stand in the order of their numbers. O(log steps).
#[must_use]
pub fn find(steps: &[Step], id: StepId) -> Option<&Step> {
    let at = steps.binary_search_by_key(&id, |step| step.id).ok()?;
    steps.get(at)
}

/// The conclusion that a ground's line in an answer stands for.
#[must_use]
pub fn line_conclusion(party: &str, ground: &str, basis: Basis, as_of: NaiveDate) -> Conclusion {
    let (party, ground) = (party.to_owned(), ground.to_owned());
    match basis {
        Basis::Current => Conclusion::Ground { party, ground, day: as_of },
        Basis::LookedBack { .. } | Basis::Arranged { .. } => {
            Conclusion::Deemed { party, ground, basis: basis.code().to_owned(), day: basis.day(as_of), as_of }
        }
    }
}

mod percent {
    //! Percentages in answers: exact text.
    use crate::facts::Percent;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Percent, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.exact())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Percent, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

mod optional_percent {
    //! The same, where there may be none.
    use crate::facts::Percent;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(value: &Option<Percent>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Percent::exact).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Percent>, D::Error> {
        Option::<String>::deserialize(deserializer)?.map(|text| text.parse().map_err(D::Error::custom)).transpose()
    }
}
