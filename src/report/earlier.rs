//! The earlier transactions that an answer on some transactions rests on, so that it can be checked by itself.

use super::AssessReport;
use crate::dealings::{Assessment, in_window};
use std::collections::BTreeSet;

impl AssessReport<'_> {
    /// Places of the transactions that are not shown and bear on one that is: those of the twelve months with the same
    /// counterparty or in the same subject matter, those added up, and those under the same forecast.
    pub(super) fn earlier(&self) -> BTreeSet<usize> {
        let all = &self.assessments.all;
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for at in self.shown {
            let Some(shown) = all.get(*at) else { continue };
            found.extend((0..*at).filter(|place| all.get(*place).is_some_and(|other| self.bears(other, shown))));
            let sums = [&shown.same_party, &shown.same_subject];
            found.extend(sums.into_iter().flatten().flat_map(|sum| &sum.terms).map(|term| term.deal));
        }
        let forecast = |at: &usize| all.get(*at)?.deal.transaction.forecast;
        let last = found.iter().chain(self.shown).copied().max().unwrap_or_default();
        let labels: BTreeSet<&str> = found.iter().chain(self.shown).filter_map(forecast).collect();
        found.extend((0..last).filter(|at| forecast(at).is_some_and(|label| labels.contains(label))));
        found.retain(|at| !self.shown.contains(at));
        found
    }

    fn bears(&self, other: &Assessment<'_>, shown: &Assessment<'_>) -> bool {
        let months = self.context.pack().numbers(shown.deal.date()).cumulation_months;
        let (one, another) = (&shown.deal.transaction, &other.deal.transaction);
        let subject = one.subject_matter.is_some() && one.subject_matter == another.subject_matter;
        shown.same_party.is_some()
            && in_window(another.date, one.date, months)
            && (one.counterparty == another.counterparty || (subject && one.kind == another.kind))
    }
}
