//! Pricing (articles 34 to 37): the basis recorded, its place in the order of preference, its fitness for the kind.

use super::Remark;
use crate::facts::{Item, Kind, Pricing, Transaction};
use std::collections::BTreeSet;

/// The principles of article 35 in their order of preference.
const ORDER: [Pricing; 5] =
    [Pricing::Government, Pricing::Guided, Pricing::Market, Pricing::Comparable, Pricing::Constructed];

/// Checks the basis of a transaction's price.
pub(super) fn check(transaction: &Transaction<'_>, stated: &BTreeSet<Item>, remarks: &mut Vec<Remark>) {
    let Some(pricing) = transaction.pricing else {
        remarks.push(Remark::PricingMissing);
        return;
    };
    // What the state sets, and the market's price, come first; whoever goes further down has to rule them out.
    if let Some(at) = ORDER.iter().position(|basis| *basis == pricing).filter(|at| *at > 2) {
        let before = ORDER.get(..at).unwrap_or_default().to_vec();
        remarks.push(Remark::PricingOrder { pricing, before });
    }
    if !is_fit(pricing, transaction.kind) {
        remarks.push(Remark::PricingUnfit { pricing, kind: transaction.kind });
    }
    if pricing == Pricing::Other && !stated.contains(&Item::Fairness) {
        remarks.push(Remark::Demanded { item: Item::Fairness, article: "37" });
    }
}

/// Whether a method is made for a kind of transaction (article 36). Principles, and prices of the state, are for all kinds.
fn is_fit(pricing: Pricing, kind: Kind) -> bool {
    let goods = matches!(kind, Kind::Materials | Kind::Sale);
    let use_of_assets = matches!(kind, Kind::Assets | Kind::Lease);
    match pricing {
        Pricing::CostPlus => goods || use_of_assets || matches!(kind, Kind::Services | Kind::Assistance | Kind::Loans),
        Pricing::Resale => goods || kind == Kind::Commission,
        Pricing::NetMargin => goods || use_of_assets || kind == Kind::Services,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Article 36, method by method: fit for, and not fit for.
    #[test]
    fn methods_are_for_the_kinds_the_article_names() {
        let table: [(Pricing, &[Kind], &[Kind]); 5] = [
            (
                Pricing::CostPlus,
                &[
                    Kind::Materials,
                    Kind::Sale,
                    Kind::Assets,
                    Kind::Lease,
                    Kind::Services,
                    Kind::Loans,
                    Kind::Assistance,
                ],
                &[Kind::Licence, Kind::JointInvestment, Kind::Research],
            ),
            (Pricing::Resale, &[Kind::Materials, Kind::Sale, Kind::Commission], &[Kind::Services, Kind::Assets]),
            (Pricing::Uncontrolled, Kind::ALL, &[]),
            (
                Pricing::NetMargin,
                &[Kind::Materials, Kind::Sale, Kind::Assets, Kind::Lease, Kind::Services],
                &[Kind::Loans, Kind::Assistance, Kind::Licence],
            ),
            (Pricing::ProfitSplit, Kind::ALL, &[]),
        ];
        for (pricing, fit, unfit) in table {
            assert!(fit.iter().all(|kind| is_fit(pricing, *kind)), "{pricing:?}");
            assert!(!unfit.iter().any(|kind| is_fit(pricing, *kind)), "{pricing:?}");
        }
    }
}
