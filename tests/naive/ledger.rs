//! What section 11 reads beside the world: transactions, forecasts, net assets and restrictions of votes.

use chrono::NaiveDate;
use dashu_ratio::RBig;
use serde_json::Value;

use super::world::{Span, World, cell, date, decimal, rows, span};

pub struct Transaction {
    pub id: String,
    pub date: NaiveDate,
    pub counterparty: usize,
    /// Whoever deals for the group; nobody named means the subject.
    pub side: Option<usize>,
    pub kind: String,
    pub amount: Option<RBig>,
    pub subject_matter: String,
    pub exemption: String,
    pub exemption_facts: String,
    pub approval: Approval,
    pub forecast: String,
}

pub struct Forecast {
    pub label: String,
    /// The party whose control defines the group, or one counterparty.
    pub group: usize,
    pub kind: String,
    pub year: i32,
    pub amount: RBig,
    pub approval: Approval,
}

/// Which body decided, and when.
pub struct Approval {
    pub by: String,
    pub on: Option<NaiveDate>,
}

pub struct NetAssets {
    pub party: usize,
    pub period_end: NaiveDate,
    pub amount: RBig,
}

pub struct Restriction {
    pub shareholder: usize,
    pub beneficiary: usize,
    pub company: usize,
    pub span: Span,
}

/// The rows of all these tables; transactions in the order of date, then row.
pub struct Ledger {
    pub transactions: Vec<Transaction>,
    pub forecasts: Vec<Forecast>,
    pub net_assets: Vec<NetAssets>,
    pub restrictions: Vec<Restriction>,
}

impl Approval {
    fn read(row: &Value) -> Self {
        Self { by: cell(row, "approved").to_owned(), on: date(row, "approved_on") }
    }

    /// Whether one of `bodies` has decided on or before `day`; a decision without a day has always been taken.
    pub fn decided(&self, bodies: &[&str], day: NaiveDate) -> bool {
        bodies.contains(&self.by.as_str()) && self.on.is_none_or(|on| on <= day)
    }
}

fn amount(row: &Value, column: &str) -> Option<RBig> {
    let text = cell(row, column);
    (!text.is_empty()).then(|| decimal(text))
}

impl Ledger {
    pub fn read(dataset: &Value, world: &World) -> Self {
        let party = |row: &Value, column: &str| world.id(cell(row, column));
        let text = |row: &Value, column: &str| cell(row, column).to_owned();
        let mut transactions: Vec<Transaction> = rows(dataset, "transactions")
            .iter()
            .map(|row| Transaction {
                id: text(row, "id"),
                date: date(row, "date").expect("a transaction has a day"),
                counterparty: party(row, "counterparty"),
                side: (!cell(row, "side").is_empty()).then(|| party(row, "side")),
                kind: text(row, "kind"),
                amount: amount(row, "amount"),
                subject_matter: text(row, "subject_matter"),
                exemption: text(row, "exemption"),
                exemption_facts: text(row, "exemption_facts"),
                approval: Approval::read(row),
                forecast: text(row, "forecast"),
            })
            .collect();
        // The sort keeps rows of one day in their order.
        transactions.sort_by_key(|transaction| transaction.date);
        let forecasts = rows(dataset, "forecasts")
            .iter()
            .map(|row| Forecast {
                label: text(row, "forecast"),
                group: party(row, "group"),
                kind: text(row, "kind"),
                year: cell(row, "year").parse().expect("a year"),
                amount: amount(row, "amount").expect("a forecast has an amount"),
                approval: Approval::read(row),
            })
            .collect();
        let net_assets = rows(dataset, "financials")
            .iter()
            .filter_map(|row| {
                Some(NetAssets {
                    party: party(row, "party"),
                    period_end: date(row, "period_end").expect("a statement has an end"),
                    amount: amount(row, "net_assets")?,
                })
            })
            .collect();
        let restrictions = rows(dataset, "vote_restrictions")
            .iter()
            .map(|row| Restriction {
                shareholder: party(row, "shareholder"),
                beneficiary: party(row, "beneficiary"),
                company: party(row, "company"),
                span: span(row),
            })
            .collect();
        Self { transactions, forecasts, net_assets, restrictions }
    }

    /// The absolute value of the net assets of `party` of the latest period that ended by `day`.
    pub fn net_assets_of(&self, party: usize, day: NaiveDate) -> Option<RBig> {
        let ended = self.net_assets.iter().filter(|row| row.party == party && row.period_end <= day);
        let latest = ended.max_by_key(|row| row.period_end)?;
        let amount = latest.amount.clone();
        Some(if amount < RBig::ZERO { -amount } else { amount })
    }
}
