//! Questions about transactions. Each hands its answer, ready to be written in any form, to whoever asked.

use super::parties::in_order;
use super::proposals::{Proposals, unknown_transaction};
use super::{Inquiry, Refusal};
use crate::dealings::{Announcement, Assessment, Assessor, Before, Deal, Ledger, calendar, daily, recusal};
use crate::facts::add_months;
use crate::report::{AnnouncementReport, AssessReport, CalendarReport, DailyReport, RecuseReport};
use chrono::NaiveDate;

/// Which transactions are asked about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deals<'a> {
    /// Of the books, by id; all where there is none and nothing is proposed.
    pub ids: &'a [String],
    /// Not of the books, each as `column=value,…`.
    pub proposals: &'a [String],
}

impl Inquiry<'_> {
    /// What each transaction sets off.
    ///
    /// # Errors
    /// Where a transaction or a party is unknown, or a proposal cannot be read.
    pub fn assess<R>(&self, deals: Deals<'_>, then: impl FnOnce(&AssessReport<'_>) -> R) -> Result<R, Refusal> {
        let proposals = Proposals::new(self, deals.proposals)?;
        let proposed = proposals.transactions(self)?;
        let resolver = self.resolver();
        let ledger = Ledger::new(self.dataset.facts(), &proposed);
        // Every transaction has its own day; the answer as a whole is of the last one, so that it does not change by itself.
        let last = self.terms.as_of.or_else(|| ledger.deals.last().map(Deal::date));
        let question = self.on(last.unwrap_or(self.terms.today));
        let assessments = Assessor::new(&resolver, &question).assess(&ledger);
        let is_proposed = |at: &usize| assessments.all.get(*at).is_some_and(|found| found.deal.row.is_none());
        let mut shown = self.chosen(deals.ids, &assessments.all)?;
        if deals.ids.is_empty() && !proposed.is_empty() {
            shown.retain(is_proposed);
        }
        let before: Vec<Before> = (0..assessments.all.len())
            .filter(is_proposed)
            .filter_map(|at| Before::new(&resolver, &question, &assessments, at))
            .collect();
        Ok(self.show(&question, |context| {
            then(&AssessReport { context, assessments: &assessments, shown: &shown, before: &before })
        }))
    }

    /// Places of the transactions named; of all where none is.
    fn chosen(&self, ids: &[String], all: &[Assessment<'_>]) -> Result<Vec<usize>, Refusal> {
        if ids.is_empty() {
            return Ok((0..all.len()).collect());
        }
        let place = |id: &String| all.iter().position(|assessment| assessment.deal.transaction.id == id);
        let unknown = ids.iter().filter(|id| place(id).is_none()).map(|id| unknown_transaction(self, id));
        let unknown: Vec<Refusal> = unknown.collect();
        if let Some(refusal) = Refusal::of(unknown) {
            return Err(refusal);
        }
        let mut shown: Vec<usize> = ids.iter().filter_map(place).collect();
        shown.sort_unstable();
        shown.dedup();
        Ok(shown)
    }

    /// Who must stand aside for a counterparty.
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn recuse<R>(&self, party: &str, then: impl FnOnce(&RecuseReport<'_>) -> R) -> Result<R, Refusal> {
        let (counterparty, question) = (self.party(party)?, self.question());
        let recusal = recusal(&self.resolver(), &question, counterparty);
        Ok(self.show(&question, |context| then(&RecuseReport { context, recusal: &recusal })))
    }

    /// A draft of the announcement of a transaction, of the books or proposed, for its own day.
    ///
    /// # Errors
    /// Where the transaction is unknown, or the proposal cannot be read.
    pub fn announce<R>(&self, deals: Deals<'_>, then: impl FnOnce(&AnnouncementReport<'_>) -> R) -> Result<R, Refusal> {
        let proposals = Proposals::new(self, deals.proposals)?;
        let proposed = proposals.transactions(self)?;
        let ledger = Ledger::new(self.dataset.facts(), &proposed);
        let id = match (deals.ids.first(), proposed.first()) {
            (Some(id), _) => id.as_str(),
            (None, Some(proposal)) => proposal.id,
            (None, None) => "",
        };
        let unknown = || unknown_transaction(self, id);
        let place = ledger.deals.iter().position(|deal| deal.transaction.id == id).ok_or_else(unknown)?;
        let day = ledger.deals.get(place).map(Deal::date).ok_or_else(unknown)?;
        let (question, resolver) = (self.on(day), self.resolver());
        let assessments = Assessor::new(&resolver, &question).assess(&ledger);
        let found = assessments.all.get(place).zip(Announcement::new(&resolver, &question, &assessments, place));
        let (assessment, announcement) = found.ok_or_else(unknown)?;
        Ok(self.show(&question, |context| {
            let (assessments, announcement) = (&assessments, &announcement);
            then(&AnnouncementReport { context, assessments, assessment, announcement })
        }))
    }

    /// Daily business of the year against its forecasts.
    pub fn daily<R>(&self, then: impl FnOnce(&DailyReport<'_>) -> R) -> R {
        let (question, resolver) = (self.question(), self.resolver());
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(self.dataset.facts(), &[]));
        let daily = daily(&resolver, &question, &assessments);
        self.show(&question, |context| then(&DailyReport { context, assessments: &assessments, daily: &daily }))
    }

    /// What ends or begins by itself, from the day asked about, or another, on; for the months of the window where no
    /// last day is given.
    ///
    /// # Errors
    /// Where the days are the wrong way round.
    pub fn calendar<R>(
        &self,
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        then: impl FnOnce(&CalendarReport<'_>) -> R,
    ) -> Result<R, Refusal> {
        let from = from.unwrap_or_else(|| self.day());
        let to = to.unwrap_or_else(|| add_months(from, self.pack.numbers(from).window_months));
        in_order(from, to)?;
        let (question, resolver) = (self.on(from), self.resolver());
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(self.dataset.facts(), &[]));
        let entries = calendar(&resolver, &question, &assessments, (from, to));
        Ok(self.show(&question, |context| {
            let (assessments, entries) = (&assessments, &entries);
            then(&CalendarReport { context, assessments, entries, span: (from, to) })
        }))
    }
}
