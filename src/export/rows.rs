//! Facts as rows of texts: for each table, its columns as the readers take them.

use super::Rows;
use crate::facts::{
    Amount, Bound, ConcertMembership, Control, Declaration, Designation, Facts, Financial, Forecast, Holding, Kinship,
    Lang, Movement, Particular, Party, PartyId, Period, Position, Proxy, Table, Transaction, VoteRestriction,
};
use crate::intake::{TableSchema, schema_of};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// The rows of a table, cells in the order of its columns.
pub(super) fn of(facts: &Facts, table: Table, lang: Lang) -> Rows<'_> {
    macro_rules! tables {
        ($($table:ident, $rows:ident, $write:ident;)+) => {
            match table {
                $(Table::$table => Box::new(facts.$rows().iter().map(move |row| {
                    let mut cells = Cells::new(facts, schema_of(table), lang);
                    $write(&mut cells, row);
                    cells.cells
                })),)+
            }
        };
    }
    tables! {
        Parties, parties, party;
        Holdings, holdings, holding;
        Proxies, proxies, proxy;
        Controls, controls, control;
        Concert, concert, membership;
        Positions, positions, position;
        Kinships, kinships, kinship;
        Designations, designations, designation;
        VoteRestrictions, vote_restrictions, vote_restriction;
        Financials, financials, financial;
        Transactions, transactions, transaction;
        Forecasts, forecasts, forecast;
        Particulars, particulars, particular;
        Declarations, declarations, declaration;
        Movements, movements, movement;
    }
}

/// The cells of one row.
struct Cells<'f> {
    facts: &'f Facts,
    schema: &'static TableSchema,
    lang: Lang,
    cells: Vec<Cow<'f, str>>,
    /// The column after the one that was written last: they are mostly written in their order.
    next: usize,
}

impl<'f> Cells<'f> {
    fn new(facts: &'f Facts, schema: &'static TableSchema, lang: Lang) -> Self {
        Self { facts, schema, lang, cells: vec![Cow::Borrowed(""); schema.columns.len()], next: 0 }
    }

    fn put(&mut self, column: &str, text: impl Into<Cow<'f, str>>) {
        let is_next = self.schema.columns.get(self.next).is_some_and(|next| next.en == column);
        let at = if is_next { Some(self.next) } else { self.schema.position(column) };
        if let Some(at) = at
            && let Some(cell) = self.cells.get_mut(at)
        {
            *cell = text.into();
            self.next = at + 1;
        }
    }

    fn text(&mut self, column: &str, text: Option<&'f str>) {
        self.put(column, text.unwrap_or_default());
    }

    fn party(&mut self, column: &str, party: impl Into<Option<PartyId>>) {
        let facts = self.facts;
        self.text(column, party.into().map(|party| facts.id(party)));
    }

    fn day(&mut self, column: &str, day: impl Into<Option<NaiveDate>>) {
        if let Some(day) = day.into() {
            self.put(column, day.to_string());
        }
    }

    fn bound(&mut self, column: &str, bound: Bound) {
        match bound {
            Bound::Open => {}
            Bound::On(day) => self.put(column, day.to_string()),
            Bound::Unknown => self.put(column, "?"),
            Bound::Near(day) => self.put(column, format!("{day}?")),
        }
    }

    fn period(&mut self, period: &Period) {
        self.bound("from", period.from);
        self.bound("until", period.until);
        self.day("agreed", period.agreed);
    }

    fn decimal(&mut self, column: &str, number: impl Into<Option<Decimal>>) {
        if let Some(number) = number.into() {
            self.put(column, number.normalize().to_string());
        }
    }

    fn share(&mut self, column: &str, amount: Option<&Amount>) {
        match amount {
            None | Some(Amount::Unknown) => {}
            Some(Amount::Exact(percent)) => self.put(column, percent.exact()),
            Some(Amount::Range(low, high)) => self.put(column, format!("{}-{}", low.exact(), high.exact())),
        }
    }

    /// A code: by its name in Chinese.
    fn code(&mut self, column: &str, code: &'static str, zh: &'static str) {
        self.put(column, self.lang.pick(zh, code));
    }

    fn yes_no(&mut self, column: &str, yes: bool) {
        self.code(column, if yes { "yes" } else { "no" }, if yes { "是" } else { "否" });
    }
}

fn party<'f>(cells: &mut Cells<'f>, row: Party<'f>) {
    cells.put("id", row.id);
    cells.put("name", row.name);
    cells.code("kind", row.kind.code(), row.kind.zh());
    cells.text("identifier", row.identifier);
    cells.day("birth_date", row.birth_date);
    cells.text("listed", row.listed);
    cells.put("aliases", row.aliases.join(";"));
    cells.text("country", row.country);
}

fn holding<'f>(cells: &mut Cells<'f>, row: Holding<'f>) {
    cells.party("holder", row.holder);
    cells.party("company", row.company);
    cells.share("percent", Some(&row.percent));
    cells.share("votes_percent", row.votes_percent.as_ref());
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn proxy<'f>(cells: &mut Cells<'f>, row: Proxy<'f>) {
    cells.party("principal", row.principal);
    cells.party("agent", row.agent);
    cells.party("company", row.company);
    cells.share("votes_percent", row.votes_percent.as_ref());
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn control<'f>(cells: &mut Cells<'f>, row: Control<'f>) {
    cells.party("controller", row.controller);
    cells.party("controlled", row.controlled);
    if let Some(basis) = row.basis {
        cells.code("basis", basis.code(), basis.zh());
    }
    cells.text("joint", row.joint);
    cells.code("effect", row.effect.code(), row.effect.zh());
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn membership<'f>(cells: &mut Cells<'f>, row: ConcertMembership<'f>) {
    cells.put("group", row.group);
    cells.party("member", row.member);
    cells.party("company", row.company);
    if row.lead {
        cells.yes_no("lead", true);
    }
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn position<'f>(cells: &mut Cells<'f>, row: Position<'f>) {
    cells.party("person", row.person);
    cells.party("organisation", row.organisation);
    cells.code("role", row.role.code(), row.role.zh());
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn kinship<'f>(cells: &mut Cells<'f>, row: Kinship<'f>) {
    cells.party("person", row.person);
    cells.party("relative", row.relative);
    cells.code("relation", row.relation.code(), row.relation.zh());
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn designation<'f>(cells: &mut Cells<'f>, row: Designation<'f>) {
    cells.party("party", row.party);
    cells.code("authority", row.authority.code(), row.authority.zh());
    cells.text("reason", row.reason);
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn vote_restriction<'f>(cells: &mut Cells<'f>, row: VoteRestriction<'f>) {
    cells.party("shareholder", row.shareholder);
    cells.party("beneficiary", row.beneficiary);
    cells.party("company", row.company);
    cells.text("reason", row.reason);
    cells.period(&row.period);
    cells.text("source", row.source);
}

fn financial<'f>(cells: &mut Cells<'f>, row: Financial<'f>) {
    cells.party("party", row.party);
    cells.day("period_end", row.period_end);
    cells.decimal("net_assets", row.net_assets);
    cells.decimal("total_assets", row.total_assets);
    cells.decimal("revenue", row.revenue);
    cells.decimal("net_profit", row.net_profit);
    cells.decimal("market_value", row.market_value);
    cells.text("source", row.source);
}

fn transaction<'f>(cells: &mut Cells<'f>, row: Transaction<'f>) {
    cells.put("id", row.id);
    cells.day("date", row.date);
    cells.party("counterparty", row.counterparty);
    cells.party("side", row.side);
    cells.code("kind", row.kind.code(), row.kind.zh());
    cells.decimal("amount", row.amount);
    cells.text("subject_matter", row.subject_matter);
    cells.text("exemption", row.exemption);
    cells.text("exemption_facts", row.exemption_facts);
    if let Some(approved) = row.approved {
        cells.code("approved", approved.code(), approved.zh());
    }
    cells.day("approved_on", row.approved_on);
    cells.text("forecast", row.forecast);
    cells.text("currency", row.currency);
    cells.decimal("rate", row.rate);
    cells.day("ends", row.ends);
    if let Some(direction) = row.direction {
        cells.code("direction", direction.code(), direction.zh());
    }
    cells.party("target", row.target);
    cells.decimal("book_value", row.book_value);
    cells.decimal("total_amount", row.total_amount);
    if let Some(assurance) = row.assurance {
        cells.yes_no("assurance", assurance);
    }
    if let Some(pricing) = row.pricing {
        cells.code("pricing", pricing.code(), pricing.zh());
    }
    cells.text("source", row.source);
}

fn forecast<'f>(cells: &mut Cells<'f>, row: Forecast<'f>) {
    cells.put("forecast", row.forecast);
    cells.party("group", row.group);
    cells.code("kind", row.kind.code(), row.kind.zh());
    cells.put("year", format!("{:04}", row.year));
    cells.decimal("amount", row.amount);
    if let Some(approved) = row.approved {
        cells.code("approved", approved.code(), approved.zh());
    }
    cells.day("approved_on", row.approved_on);
    cells.text("source", row.source);
}

fn particular<'f>(cells: &mut Cells<'f>, row: Particular<'f>) {
    cells.put("transaction", row.transaction);
    cells.code("item", row.item.code(), row.item.zh());
    cells.put("text", row.text);
    cells.text("source", row.source);
}

fn declaration<'f>(cells: &mut Cells<'f>, row: Declaration<'f>) {
    cells.party("declarant", row.declarant);
    cells.party("party", row.party);
    cells.day("date", row.date);
    cells.text("relation", row.relation);
    cells.text("grounds", row.grounds);
    cells.text("source", row.source);
}

fn movement<'f>(cells: &mut Cells<'f>, row: Movement<'f>) {
    cells.party("holder", row.holder);
    cells.text("group", row.group);
    cells.party("company", row.company);
    cells.code("kind", row.kind.code(), row.kind.zh());
    cells.share("percent", Some(&row.percent));
    cells.day("date", row.date);
    cells.day("since", row.since);
    cells.text("source", row.source);
}
