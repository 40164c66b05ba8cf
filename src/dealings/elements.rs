//! What an announcement has to say (articles 28 to 30, 37 and 39 to 45), as tables: for each part its elements with
//! their articles, and for each element what states it.

use super::{Assessment, Case, Duty};
use crate::facts::{Item, Kind, Pricing};
use serde::Serialize;

/// A part of the draft: a list of the law, for certain transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The ten points of an announcement (article 40): everything but daily business.
    General,
    /// The eight points of daily business (article 42).
    Daily,
    /// Major purchases and sales of assets (article 43).
    MajorAssets,
    /// Purchases and sales of assets that are to be published (articles 28 to 30).
    Target,
    /// Joint investment (article 44).
    Joint,
    /// Debts and guarantees (article 45).
    Debt,
    /// A price on none of the bases of articles 35 and 36 (article 37).
    Price,
    /// The decision: who stands aside, how the vote went (articles 18 and 19).
    Decision,
    /// An exemption of article 48.
    Exempt,
    /// The exemption of article 49.
    Established,
    /// The exemption of article 33.
    Increase,
    /// The documents to hand in (article 39).
    Documents,
}

/// One thing to be said or handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Element {
    /// What is dealt, between whom, and what it comes to.
    Overview,
    /// The related party, and how it is related.
    Counterparty,
    /// What the related party does.
    Business,
    /// What is dealt in.
    SubjectMatter,
    /// Its book value.
    BookValue,
    /// Its appraised value.
    Appraisal,
    /// The price of the market.
    MarketPrice,
    /// Why the price differs from book value, appraisal or market.
    PriceDifference,
    /// The amount.
    Amount,
    /// The main terms.
    Terms,
    /// What daily business is done in.
    Content,
    /// The price of daily business.
    Price,
    /// On what the price rests.
    PricingPolicy,
    /// How the price was found, and why it is fair.
    Fairness,
    /// How it is settled.
    Settlement,
    /// What part of the dealings of its kind it is.
    ShareOfKind,
    /// Large returns of goods sold.
    Returns,
    /// Why it is needed, and what the company depends on.
    Necessity,
    /// The forecast of daily business, and what came of it.
    Performance,
    /// What it is for.
    Purpose,
    /// What it does to the company.
    Effects,
    /// The independent directors' consent beforehand.
    PriorConsent,
    /// The independent directors' opinion.
    IndependentOpinion,
    /// The independent financial adviser's opinion.
    AdviserOpinion,
    /// The audit committee's opinion.
    AuditCommitteeOpinion,
    /// Earlier dealings with the same group.
    History,
    /// The controlling shareholder's commitments.
    Commitments,
    /// The company whose equity is dealt in.
    TargetProfile,
    /// Its figures.
    TargetFigures,
    /// Its valuations, and changes of its capital or form.
    TargetChanges,
    /// Why so much more than book value is paid without assurance.
    PremiumReason,
    /// How an occupation of the company's funds is resolved.
    OccupationPlan,
    /// The company invested in.
    InvesteeProfile,
    /// Its figures.
    InvesteeFigures,
    /// Large projects under construction.
    Construction,
    /// How the debt or guarantee came about.
    DebtReason,
    /// Directors who stand aside, and what is left of the board.
    DirectorsAside,
    /// Shareholders who stand aside, and the votes left out.
    ShareholdersAside,
    /// How the vote went.
    VoteResult,
    /// The exemption relied on: what was checked, what is taken on trust.
    Exemption,
    /// The text of the announcement.
    Draft,
    /// The agreement or letter of intent.
    Agreement,
    /// The board's resolution.
    BoardResolution,
    /// Approvals of authorities.
    Permits,
    /// The audit or valuation report.
    Report,
    /// Other documents.
    Others,
}

/// Where an element is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Wherever its part is for the transaction.
    Always,
    /// Where there is such a thing, which the data cannot tell.
    IfAny,
    /// Where this has, or may have, to be done.
    Due(Duty),
    /// Of a counterparty that is an organisation.
    Organisation,
    /// Where assets are bought or sold.
    Assets,
    /// Where a company is named whose equity is dealt in.
    Target,
    /// Where there is a total: daily business may have none.
    Total,
    /// Where there is a price: a guarantee has none.
    Price,
    /// Where the transaction is under a forecast.
    Forecast,
    /// Where the price is not the book value.
    Differs,
    /// Where the price is so far above book value that article 29 asks why.
    Premium,
    /// Where the board or the shareholders' meeting has to do with it: not of unrelated or exempt dealings.
    Decided,
}

use Element as E;
use When as W;

/// An element of a part: its article and item, which it is, where it is asked for.
pub(super) type Entry = (&'static str, Element, When);

/// Every part with its elements, in the order of the draft.
pub(super) const PARTS: &[(Part, &[Entry])] = &[
    (
        Part::General,
        &[
            ("40.1", E::Overview, W::Always),
            ("40.2", E::Counterparty, W::Always),
            ("40.2", E::Business, W::Organisation),
            ("40.3", E::SubjectMatter, W::Always),
            ("40.3", E::BookValue, W::Assets),
            ("40.4", E::Amount, W::Total),
            ("40.4", E::Terms, W::Always),
            ("40.4", E::PricingPolicy, W::Price),
            ("40.5", E::Purpose, W::Always),
            ("40.5", E::Effects, W::Always),
            ("40.6", E::PriorConsent, W::Always),
            ("40.6", E::IndependentOpinion, W::Always),
            ("40.7", E::AdviserOpinion, W::IfAny),
            ("40.8", E::AuditCommitteeOpinion, W::Due(Duty::AuditCommittee)),
            ("40.9", E::History, W::Always),
            ("40.10", E::Commitments, W::IfAny),
        ],
    ),
    (
        Part::Daily,
        &[
            ("42.1", E::Counterparty, W::Always),
            ("42.2", E::Content, W::Always),
            ("42.3", E::PricingPolicy, W::Price),
            ("42.4", E::Price, W::Always),
            ("42.4", E::MarketPrice, W::IfAny),
            ("42.4", E::PriceDifference, W::IfAny),
            ("42.5", E::Amount, W::Total),
            ("42.5", E::ShareOfKind, W::Always),
            ("42.5", E::Settlement, W::Always),
            ("42.6", E::Returns, W::IfAny),
            ("42.7", E::Necessity, W::Always),
            ("42.8", E::Performance, W::Forecast),
        ],
    ),
    (
        Part::MajorAssets,
        &[
            ("43.1", E::Counterparty, W::Always),
            ("43.2", E::Terms, W::Always),
            ("43.3", E::PricingPolicy, W::Price),
            ("43.4", E::BookValue, W::Always),
            ("43.4", E::Appraisal, W::Due(Duty::Valuation)),
            ("43.4", E::MarketPrice, W::Always),
            ("43.4", E::Amount, W::Total),
            ("43.4", E::PriceDifference, W::Differs),
            ("43.5", E::Settlement, W::Always),
            ("43.5", E::Effects, W::Always),
        ],
    ),
    (
        Part::Target,
        &[
            ("28", E::TargetProfile, W::Target),
            ("28", E::TargetFigures, W::Target),
            ("28", E::TargetChanges, W::Target),
            ("29", E::PremiumReason, W::Premium),
            ("30", E::OccupationPlan, W::IfAny),
        ],
    ),
    (
        Part::Joint,
        &[
            ("44.1", E::Counterparty, W::Always),
            ("44.2", E::InvesteeProfile, W::Always),
            ("44.2", E::InvesteeFigures, W::Always),
            ("44.3", E::Construction, W::IfAny),
        ],
    ),
    (Part::Debt, &[("45", E::DebtReason, W::Always), ("45", E::Effects, W::Always)]),
    (Part::Price, &[("37", E::Fairness, W::Always)]),
    (
        Part::Decision,
        &[
            ("18", E::DirectorsAside, W::Decided),
            ("19", E::ShareholdersAside, W::Decided),
            ("19", E::VoteResult, W::Due(Duty::Shareholders)),
        ],
    ),
    (Part::Exempt, &[("48", E::Exemption, W::Always)]),
    (Part::Established, &[("49", E::Exemption, W::Always)]),
    (Part::Increase, &[("33", E::Exemption, W::Always)]),
    (
        Part::Documents,
        &[
            ("39.1", E::Draft, W::Always),
            ("39.2", E::Agreement, W::Always),
            ("39.2", E::BoardResolution, W::Due(Duty::Board)),
            ("39.2", E::Permits, W::IfAny),
            ("39.2", E::Report, W::Due(Duty::Valuation)),
            ("39.3", E::PriorConsent, W::Always),
            ("39.4", E::IndependentOpinion, W::Always),
            ("39.5", E::AuditCommitteeOpinion, W::Due(Duty::AuditCommittee)),
            ("39.6", E::Others, W::IfAny),
        ],
    ),
];

impl Part {
    /// Whether the part is for a transaction.
    pub(super) fn applies(self, assessment: &Assessment) -> bool {
        let transaction = &assessment.deal.transaction;
        let kind = transaction.kind;
        let relied = transaction.exemption.map(|code| match code {
            "49" => Self::Established,
            "33" => Self::Increase,
            _ => Self::Exempt,
        });
        match self {
            Self::General => !kind.is_daily(),
            Self::Daily => kind.is_daily(),
            Self::MajorAssets => kind == Kind::Assets && assessment.case[1] == Case::Major,
            Self::Target => kind == Kind::Assets && !assessment.duties[1].is_empty(),
            Self::Joint => kind == Kind::JointInvestment,
            Self::Debt => matches!(kind, Kind::Assistance | Kind::Guarantee | Kind::Debt | Kind::Loans),
            Self::Price => transaction.pricing == Some(Pricing::Other),
            Self::Decision | Self::Documents => true,
            Self::Exempt | Self::Established | Self::Increase => relied == Some(self),
        }
    }
}

impl Element {
    /// The item of `particulars` that states it; none of what only the data, or nothing, can tell.
    #[must_use]
    pub fn item(self) -> Option<Item> {
        Some(match self {
            Self::Business => Item::Business,
            Self::SubjectMatter => Item::SubjectMatter,
            Self::Appraisal => Item::Appraisal,
            Self::MarketPrice => Item::MarketPrice,
            Self::PriceDifference => Item::PriceDifference,
            Self::Terms | Self::Content | Self::Price => Item::Terms,
            Self::PricingPolicy => Item::PricingPolicy,
            Self::Fairness => Item::Fairness,
            Self::Settlement => Item::Settlement,
            Self::ShareOfKind => Item::ShareOfKind,
            Self::Returns => Item::Returns,
            Self::Necessity => Item::Necessity,
            Self::Performance => Item::Performance,
            Self::Purpose => Item::Purpose,
            Self::Effects => Item::Effects,
            Self::PriorConsent => Item::PriorConsent,
            Self::IndependentOpinion => Item::IndependentOpinion,
            Self::AdviserOpinion => Item::AdviserOpinion,
            Self::AuditCommitteeOpinion => Item::AuditCommitteeOpinion,
            Self::Commitments => Item::Commitments,
            Self::TargetProfile => Item::TargetProfile,
            Self::TargetChanges => Item::TargetChanges,
            Self::PremiumReason => Item::PremiumReason,
            Self::OccupationPlan => Item::OccupationPlan,
            Self::InvesteeProfile | Self::InvesteeFigures => Item::InvesteeProfile,
            Self::Construction => Item::Construction,
            Self::DebtReason => Item::DebtReason,
            Self::VoteResult => Item::VoteResult,
            Self::Agreement => Item::Agreement,
            Self::Report => Item::Report,
            Self::Overview
            | Self::Counterparty
            | Self::BookValue
            | Self::Amount
            | Self::History
            | Self::TargetFigures
            | Self::DirectorsAside
            | Self::ShareholdersAside
            | Self::Exemption
            | Self::Draft
            | Self::BoardResolution
            | Self::Permits
            | Self::Others => return None,
        })
    }
}
