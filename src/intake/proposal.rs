//! A transaction that is not in the books: columns of the table of transactions and their values, read as a row is.

use super::build;
use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::headings::suggest;
use super::marks::RowMark;
use super::near::{Meant, nearest};
use super::raw::RawTable;
use super::row::{Known, RowReader, mend};
use super::schema;
use super::text::both;
use crate::facts::{Facts, Table, Transaction};
use rustc_hash::FxHashSet;

/// The id of a proposed transaction that is given none.
const ID: &str = "proposed";

/// A transaction that is proposed.
pub struct Proposal {
    table: RawTable,
    findings: Vec<Finding>,
}

impl Proposal {
    /// Takes columns (English or Chinese) and values; parties by id.
    #[must_use]
    pub fn new<'t>(cells: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let schema = schema::of(Table::Transactions);
        let mut table = RawTable::new("--propose", schema);
        table.present.fill(true);
        table.count = 1;
        let mut row = vec![""; schema.columns.len()];
        let mut findings = Vec::new();
        if let Some(id) = schema.position("id").and_then(|at| row.get_mut(at)) {
            *id = ID;
        }
        for (column, value) in cells {
            match schema.position(column.trim()).and_then(|at| row.get_mut(at)) {
                Some(cell) => *cell = value,
                None => {
                    let message = both!("transactions has no column `{column}`", "交易表没有“{column}”列");
                    let finding = table.place(Finding::new(Code::UnknownColumn, message)).column(column).value(value);
                    let names = schema.columns.iter().flat_map(|column| [column.en, column.zh]);
                    findings.push(suggest(finding, &nearest(column, names)));
                }
            }
        }
        table.push(RowMark { number: 1, line: None }, row.into_iter());
        Self { table, findings }
    }

    /// The transaction.
    ///
    /// # Errors
    /// All that is wrong with it, unknown columns included.
    pub fn read<'a>(&'a self, facts: &'a Facts) -> Result<Transaction<'a>, Vec<Finding>> {
        let mut found = Collected::default();
        let broken = FxHashSet::default();
        let mut row = RowReader {
            table: &self.table,
            index: 0,
            mark: RowMark { number: 1, line: None },
            facts,
            known: Known { broken: &broken, complete: true },
            findings: &mut found,
            next: 0,
        };
        let transaction = build::transaction(&mut row);
        let mut findings = self.findings.clone();
        findings.extend(found.finish(|finding, text| mend(finding, text, Meant::Nothing)));
        match transaction {
            Some(transaction) if findings.is_empty() => Ok(transaction),
            _ => Err(findings),
        }
    }
}
