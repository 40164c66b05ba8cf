//! A digest of what a dataset says, whatever format it is written in.
//!
//! Hashed are the typed values, in the order of tables, rows and columns: the same facts from CSV and JSON, under
//! English or Chinese headings, with `5` or `5.00`, have one digest. Every value is preceded by its length, so that
//! no two datasets run together to the same bytes.

use crate::facts::{Amount, Approval, Bound, Direction, Facts, PartyId, Period, Pricing, Share, Table};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The digest, written `sha256:…`.
#[must_use]
pub fn digest(facts: &Facts) -> String {
    let mut writer = Writer { facts, hasher: Sha256::new(), number: String::new() };
    writer.text("relata.facts/3");
    for table in Table::ALL {
        writer.text(table.code());
        writer.table(*table);
    }
    writer.text("settings");
    writer.count(facts.settings.len());
    for (key, value) in &facts.settings {
        writer.text(key);
        writer.text(value);
    }
    let mut text = String::from("sha256:");
    for byte in writer.hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

struct Writer<'f> {
    facts: &'f Facts,
    hasher: Sha256,
    number: String,
}

impl Writer<'_> {
    fn count(&mut self, count: usize) {
        self.hasher.update(u64::try_from(count).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.hasher.update(text.as_bytes());
    }

    /// A value that may be missing, which is not the same as an empty one.
    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            None => self.hasher.update([0]),
            Some(value) => {
                self.hasher.update([1]);
                write(self, value);
            }
        }
    }

    fn option(&mut self, text: Option<&str>) {
        self.maybe(text, Self::text);
    }

    fn party(&mut self, party: PartyId) {
        let facts = self.facts;
        self.text(facts.id(party));
    }

    fn shown(&mut self, value: impl std::fmt::Display) {
        let mut number = std::mem::take(&mut self.number);
        number.clear();
        let _ = write!(number, "{value}");
        self.text(&number);
        self.number = number;
    }

    fn day(&mut self, day: Option<NaiveDate>) {
        self.maybe(day, Self::shown);
    }

    fn decimal(&mut self, number: Option<Decimal>) {
        self.maybe(number, |writer, number| writer.shown(number.normalize()));
    }

    fn amount(&mut self, amount: &Amount) {
        match amount {
            Amount::Exact(share) => self.text(&share.exact()),
            Amount::Range(low, high) => {
                self.text("range");
                self.text(&low.exact());
                self.text(&high.exact());
            }
            Amount::Unknown => self.text("unknown"),
        }
    }

    /// The same for an amount in a row, most of which are decimals.
    fn share(&mut self, share: Share) {
        let Some(units) = share.units() else {
            let facts = self.facts;
            return self.amount(&facts.amount(share));
        };
        let (whole, part) = (units / Share::PERCENT, units % Share::PERCENT);
        if part == 0 {
            return self.shown(whole);
        }
        let mut number = std::mem::take(&mut self.number);
        number.clear();
        let _ = write!(number, "{whole}.{part:08}");
        self.text(number.trim_end_matches('0'));
        self.number = number;
    }

    fn bound(&mut self, bound: Bound) {
        match bound {
            Bound::Open => self.text(""),
            Bound::On(day) => self.shown(day),
            Bound::Unknown => self.text("?"),
            Bound::Near(day) => self.shown(format_args!("{day}?")),
        }
    }

    fn period(&mut self, period: &Period) {
        self.bound(period.from);
        self.bound(period.until);
        self.day(period.agreed);
    }

    fn rows<T>(&mut self, rows: impl ExactSizeIterator<Item = T>, write: impl Fn(&mut Self, T)) {
        self.count(rows.len());
        for row in rows {
            write(self, row);
        }
    }

    fn table(&mut self, table: Table) {
        let facts = self.facts;
        match table {
            Table::Parties => self.rows(facts.parties().iter(), |w, row| {
                w.text(row.id);
                w.text(row.name);
                w.text(row.kind.code());
                w.option(row.identifier);
                w.day(row.birth_date);
                w.option(row.listed);
                w.rows(row.aliases.iter(), |w, alias| w.text(alias));
                w.option(row.country);
            }),
            Table::Holdings => self.rows(0..facts.holdings().len(), |w, row| {
                let (holder, company) = facts.holding_ends(row);
                w.party(holder);
                w.party(company);
                w.share(facts.share(row));
                w.maybe(facts.stated_votes(row), Self::share);
                w.period(&facts.holding_period(row));
                w.option(facts.holdings().source(row));
            }),
            Table::Proxies => self.rows(facts.proxies().iter(), |w, row| {
                w.party(row.principal);
                w.party(row.agent);
                w.party(row.company);
                w.maybe(row.votes_percent.as_ref(), Self::amount);
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Controls => self.rows(facts.controls().iter(), |w, row| {
                w.party(row.controller);
                w.party(row.controlled);
                w.option(row.basis.map(crate::facts::ControlBasis::code));
                w.option(row.joint);
                w.text(row.effect.code());
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Concert => self.rows(facts.concert().iter(), |w, row| {
                w.text(row.group);
                w.party(row.member);
                w.maybe(row.company, Self::party);
                w.text(if row.lead { "yes" } else { "no" });
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Positions => self.rows(facts.positions().iter(), |w, row| {
                w.party(row.person);
                w.party(row.organisation);
                w.text(row.role.code());
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Kinships => self.rows(facts.kinships().iter(), |w, row| {
                w.party(row.person);
                w.party(row.relative);
                w.text(row.relation.code());
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Designations => self.rows(facts.designations().iter(), |w, row| {
                w.party(row.party);
                w.text(row.authority.code());
                w.option(row.reason);
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::VoteRestrictions => self.rows(facts.vote_restrictions().iter(), |w, row| {
                w.party(row.shareholder);
                w.party(row.beneficiary);
                w.party(row.company);
                w.option(row.reason);
                w.period(&row.period);
                w.option(row.source);
            }),
            Table::Particulars => self.rows(facts.particulars().iter(), |w, row| {
                w.text(row.transaction);
                w.text(row.item.code());
                w.text(row.text);
                w.option(row.source);
            }),
            Table::Declarations => self.rows(facts.declarations().iter(), |w, row| {
                w.party(row.declarant);
                w.party(row.party);
                w.shown(row.date);
                w.option(row.relation);
                w.option(row.grounds);
                w.option(row.source);
            }),
            Table::Movements => self.rows(facts.movements().iter(), |w, row| {
                w.maybe(row.holder, Self::party);
                w.option(row.group);
                w.party(row.company);
                w.text(row.kind.code());
                w.amount(&row.percent);
                w.shown(row.date);
                w.day(row.since);
                w.option(row.source);
            }),
            Table::Financials | Table::Transactions | Table::Forecasts => self.figures(table),
        }
    }

    fn figures(&mut self, table: Table) {
        let facts = self.facts;
        match table {
            Table::Financials => self.rows(facts.financials().iter(), |w, row| {
                w.party(row.party);
                w.shown(row.period_end);
                for number in [row.net_assets, row.total_assets, row.revenue, row.net_profit, row.market_value] {
                    w.decimal(number);
                }
                w.option(row.source);
            }),
            Table::Transactions => self.rows(facts.transactions().iter(), |w, row| {
                w.text(row.id);
                w.shown(row.date);
                w.party(row.counterparty);
                w.maybe(row.side, Self::party);
                w.text(row.kind.code());
                w.decimal(row.amount);
                w.option(row.subject_matter);
                w.option(row.exemption);
                w.option(row.exemption_facts);
                w.option(row.approved.map(Approval::code));
                w.day(row.approved_on);
                w.option(row.forecast);
                w.option(row.currency);
                w.day(row.ends);
                w.option(row.direction.map(Direction::code));
                w.maybe(row.target, Self::party);
                for number in [row.rate, row.book_value, row.total_amount] {
                    w.decimal(number);
                }
                w.option(row.assurance.map(|assured| if assured { "yes" } else { "no" }));
                w.option(row.pricing.map(Pricing::code));
                w.option(row.source);
            }),
            _ => self.rows(facts.forecasts().iter(), |w, row| {
                w.text(row.forecast);
                w.party(row.group);
                w.text(row.kind.code());
                w.shown(row.year);
                w.decimal(Some(row.amount));
                w.option(row.approved.map(Approval::code));
                w.day(row.approved_on);
                w.option(row.source);
            }),
        }
    }
}
