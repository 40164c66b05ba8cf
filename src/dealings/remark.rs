//! What is to be said of a transaction besides its duties: what does not fit, what is demanded, what is due again.

use super::{Duty, Shortcoming};
use crate::facts::{Approval, Item, Kind, Pricing, Yuan};
use chrono::NaiveDate;
use serde::Serialize;

/// A remark with the article it comes from ([`Remark::article`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Remark {
    /// Our side is neither the company nor controlled by it on the day.
    NotOurs,
    /// An exemption is relied on and not accepted.
    ExemptionRefused {
        /// The code relied on.
        exemption: String,
        /// Why.
        shortcomings: Vec<Shortcoming>,
    },
    /// An exemption is accepted: what was checked, and what it rests on that the data cannot show.
    ExemptionAccepted {
        /// The code.
        exemption: String,
        /// Names of what was checked.
        checked: Vec<&'static str>,
        /// Names of what is taken on trust.
        assumed: Vec<&'static str>,
    },
    /// A forecast is named that does not cover the transaction.
    ForecastUnfit {
        /// Its label.
        label: String,
        /// `no_such`, `not_daily`, `kind_or_year`, `group` or `not_approved`.
        why: &'static str,
    },
    /// With this transaction its forecast is exceeded.
    ForecastExceeded {
        /// Its label.
        label: String,
        /// By how much this transaction goes beyond it.
        excess: Yuan,
    },
    /// No amount is stated, and the transaction is not of daily business.
    AmountMissing,
    /// What has been done is less than what is due.
    Outstanding {
        /// What is due and has not been done.
        duties: Vec<Duty>,
        /// What has been done.
        approved: Approval,
    },
    /// A daily agreement that runs longer than three years is due again on these days.
    Renewal {
        /// The days.
        due: Vec<NaiveDate>,
    },
    /// Figures of the target are missing.
    TargetFigures {
        /// `year` or `interim`.
        missing: Vec<&'static str>,
    },
    /// What the company has to state is missing.
    Demanded {
        /// What.
        item: Item,
        /// By which article.
        article: &'static str,
    },
    /// The price is above book value by more than the law lets pass without assurance.
    Premium {
        /// The price in percent above book value; none of a book value of nothing.
        percent: Option<String>,
        /// Whether assurance is stated as given; none where nothing is stated.
        assurance: Option<bool>,
    },
    /// A fact is needed to judge the transaction (`direction`, `book_value`, `total_amount`).
    FactMissing {
        /// The column.
        column: &'static str,
        /// By which article.
        article: &'static str,
    },
    /// The amount of a joint investment is that of all who take part, and not the company's own.
    NotOwnAmount {
        /// What all pay together.
        total: Yuan,
    },
    /// A right in a company is waived in which the group has no share that the data show.
    NoShareInTarget,
    /// A related party alone puts capital into, or takes it out of, a company of the group, and a right is waived thereby.
    OneSided,
    /// The price basis is not recorded.
    PricingMissing,
    /// The method is not fit for the kind of transaction.
    PricingUnfit {
        /// The method.
        pricing: Pricing,
        /// The kind.
        kind: Kind,
    },
    /// A basis further down the order is taken: what stands above it has to be ruled out.
    PricingOrder {
        /// The basis taken.
        pricing: Pricing,
        /// The bases before it.
        before: Vec<Pricing>,
    },
}

impl Remark {
    /// The article it comes from.
    #[must_use]
    pub fn article(&self) -> &'static str {
        match self {
            Self::NotOurs => "9",
            Self::ExemptionRefused { exemption, .. } | Self::ExemptionAccepted { exemption, .. } => {
                match exemption.as_str() {
                    "49" => "49",
                    "33" => "33",
                    _ => "48",
                }
            }
            Self::ForecastUnfit { .. } => "21",
            Self::ForecastExceeded { .. } => "25",
            Self::AmountMissing => "16",
            Self::Outstanding { .. } => "15",
            Self::Renewal { .. } => "27",
            Self::TargetFigures { .. } => "28",
            Self::Premium { .. } => "29",
            Self::NotOwnAmount { .. } => "31",
            Self::OneSided | Self::NoShareInTarget => "32",
            Self::PricingMissing | Self::PricingOrder { .. } => "35",
            Self::PricingUnfit { .. } => "36",
            Self::Demanded { article, .. } | Self::FactMissing { article, .. } => article,
        }
    }

    /// Whether something is wrong or missing, and not only to be noted.
    #[must_use]
    pub fn is_finding(&self) -> bool {
        !matches!(
            self,
            Self::ExemptionAccepted { .. }
                | Self::ForecastExceeded { .. }
                | Self::Renewal { .. }
                | Self::OneSided
                | Self::PricingOrder { .. }
        )
    }
}
