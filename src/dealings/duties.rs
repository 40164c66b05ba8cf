//! Which duties an amount brings (articles 13 to 15, 17 and 24; `rules-sse-2022.md`, section 11.2).

use crate::facts::{Kind, Yuan};
use crate::law::Numbers;
use serde::Serialize;

/// What the company has to do before, or after, it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Publish it (及时披露).
    Disclose,
    /// The independent directors' consent beforehand and their opinion (article 17).
    IndependentDirectors,
    /// The audit committee's written opinion (article 17).
    AuditCommittee,
    /// The board decides (article 18).
    Board,
    /// The shareholders' meeting decides (article 19).
    Shareholders,
    /// An audit or a valuation by a securities firm (article 15(1)).
    Valuation,
}

impl Duty {
    /// Every duty, in the order of an answer.
    pub const ALL: [Self; 6] = [
        Self::Disclose,
        Self::IndependentDirectors,
        Self::AuditCommittee,
        Self::Board,
        Self::Shareholders,
        Self::Valuation,
    ];

    /// The name in answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Disclose => "disclose",
            Self::IndependentDirectors => "independent_directors",
            Self::AuditCommittee => "audit_committee",
            Self::Board => "board",
            Self::Shareholders => "shareholders",
            Self::Valuation => "valuation",
        }
    }

    /// The article by which it is due where a case applies.
    #[must_use]
    pub fn article(self, case: Case) -> &'static str {
        match self {
            Self::Disclose | Self::Board | Self::Shareholders => case.article(),
            Self::IndependentDirectors | Self::AuditCommittee => "17",
            Self::Valuation => "15.1",
        }
    }
}

/// Which case applies: the first that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// The counterparty is not related on the day.
    NotRelated,
    /// Our side is neither the company nor controlled by it.
    NotOurs,
    /// Exempt under article 48.
    Exempt,
    /// A guarantee (article 15(2)).
    Guarantee,
    /// Daily business without a total amount (article 24).
    NoTotal,
    /// Within an approved forecast (article 25).
    Covered,
    /// Major (article 15(1)).
    Major,
    /// To be published, the counterparty a person (article 13).
    Person,
    /// To be published, the counterparty an organisation (article 14).
    Organisation,
    /// Below every threshold.
    Below,
}

impl Case {
    /// The article by which it applies.
    #[must_use]
    pub fn article(self) -> &'static str {
        match self {
            Self::NotRelated | Self::NotOurs => "9",
            Self::Exempt => "48",
            Self::Guarantee => "15.2",
            Self::NoTotal => "24",
            Self::Covered => "25",
            Self::Major => "15.1",
            Self::Person => "13",
            Self::Organisation => "14",
            Self::Below => "16",
        }
    }

    /// What has to be done; of daily business nothing has to be valued.
    #[must_use]
    pub fn duties(self, kind: Kind) -> Vec<Duty> {
        match self {
            Self::Guarantee | Self::NoTotal => vec![Duty::Disclose, Duty::Board, Duty::Shareholders],
            Self::Major => {
                let all = Duty::ALL.into_iter();
                all.filter(|duty| *duty != Duty::Valuation || !kind.is_daily()).collect()
            }
            Self::Person | Self::Organisation => vec![Duty::Disclose],
            Self::NotRelated | Self::NotOurs | Self::Exempt | Self::Covered | Self::Below => Vec::new(),
        }
    }
}

/// Which threshold a cumulative amount reaches. Of net assets that are not known, a share counts as reached if `unknown`.
pub(super) fn reached(
    cumulative: &Yuan,
    is_person: bool,
    net_assets: Option<&Yuan>,
    unknown: bool,
    numbers: &Numbers,
) -> Case {
    let share = |percent| net_assets.map_or(unknown, |whole| cumulative.is_at_least(percent, whole));
    if *cumulative >= numbers.major_amount && share(&numbers.major_share) {
        Case::Major
    } else if is_person && *cumulative >= numbers.disclosure_person {
        Case::Person
    } else if !is_person && *cumulative >= numbers.disclosure_organisation && share(&numbers.disclosure_share) {
        Case::Organisation
    } else {
        Case::Below
    }
}

/// The least amount that reaches the threshold of a case; `None` where net assets are needed and not known.
pub(super) fn threshold(case: Case, net_assets: Option<&Yuan>, numbers: &Numbers) -> Option<Yuan> {
    let larger = |amount: &Yuan, percent| net_assets.map(|whole| whole.part(percent).max(amount.clone()));
    match case {
        Case::Major => larger(&numbers.major_amount, &numbers.major_share),
        Case::Person => Some(numbers.disclosure_person.clone()),
        Case::Organisation => larger(&numbers.disclosure_organisation, &numbers.disclosure_share),
        _ => None,
    }
}
