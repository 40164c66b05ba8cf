//! What ends or begins by itself: ties and look-backs (article 8), twelve-month sums (article 16), forecasts (article 25),
//! agreements (articles 26 and 27).

use super::cumulation::{drops_on, is_decided};
use super::{Assessments, checks};
use crate::facts::{PartyId, RowRef, Yuan};
use crate::register::{Change, Question, Resolver};
use chrono::NaiveDate;

/// What happens on a day.
#[derive(Debug, Clone)]
pub enum Occasion {
    /// A party comes into the register, leaves it or changes its ground.
    Register(Change),
    /// A transaction is added up no more.
    Dropped {
        /// Its place among the transactions.
        deal: usize,
        /// What it added, at the least.
        amount: Yuan,
    },
    /// A daily agreement of more than three years is due again.
    Renewal {
        /// Its place among the transactions.
        deal: usize,
    },
    /// The last day of an agreement.
    AgreementEnds {
        /// Its place among the transactions.
        deal: usize,
    },
    /// The last day of a forecast's year.
    ForecastEnds {
        /// Its place among the forecasts.
        forecast: usize,
    },
}

/// An entry of the calendar.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The day.
    pub day: NaiveDate,
    /// What happens.
    pub occasion: Occasion,
    /// Whom it is about.
    pub party: PartyId,
    /// The rows that bring it about.
    pub rows: Vec<RowRef>,
}

impl Entry {
    /// The article it comes from.
    #[must_use]
    pub fn article(&self) -> &'static str {
        match &self.occasion {
            Occasion::Register(_) => "8",
            Occasion::Dropped { .. } => "16",
            Occasion::Renewal { .. } => "27",
            Occasion::AgreementEnds { .. } => "26",
            Occasion::ForecastEnds { .. } => "25",
        }
    }
}

/// Everything that happens by itself from one day to another, by day. As [`Resolver::changes`], and O(transactions).
#[must_use]
pub fn calendar(
    resolver: &Resolver<'_>,
    question: &Question,
    assessments: &Assessments,
    (from, to): (NaiveDate, NaiveDate),
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (day, changes) in resolver.changes(question, from, to) {
        entries.extend(changes.into_iter().map(|change| Entry {
            day,
            party: change.party,
            rows: change.causes.clone(),
            occasion: Occasion::Register(change),
        }));
    }
    let numbers = question.pack.numbers(to);
    for (deal, assessment) in assessments.all.iter().enumerate() {
        let transaction = &assessment.deal.transaction;
        let mut add = |day: NaiveDate, occasion: Occasion| {
            let rows = assessment.deal.row.into_iter().collect();
            entries.push(Entry { day, occasion, party: transaction.counterparty, rows });
        };
        let drops = drops_on(transaction.date, numbers.cumulation_months);
        if let [Some(amount), _] = assessment.adds()
            && !is_decided(transaction, drops)
        {
            add(drops, Occasion::Dropped { deal, amount });
        }
        if let Some(ends) = transaction.ends.filter(|_| transaction.kind.is_daily()) {
            for due in checks::renewals(transaction.date, ends, numbers.agreement_years) {
                add(due, Occasion::Renewal { deal });
            }
            add(ends, Occasion::AgreementEnds { deal });
        }
    }
    for (forecast, standing) in assessments.forecasts.iter().enumerate() {
        if let Some(day) = NaiveDate::from_ymd_opt(standing.forecast.year, 12, 31) {
            let (party, rows) = (standing.forecast.group, vec![standing.row]);
            entries.push(Entry { day, occasion: Occasion::ForecastEnds { forecast }, party, rows });
        }
    }
    entries.retain(|entry| (from..=to).contains(&entry.day));
    // Stable: what happens on one day stays in the order of the articles above.
    entries.sort_by_key(|entry| entry.day);
    entries
}
