//! Which unknown cells an undetermined answer depends on.

use super::Missing;
use super::resolve::Case;
use crate::facts::{Facts, RowRef, Table};
use crate::graph::{Kernel, Node, Side, Tie, node};
use crate::packs::Book;
use crate::packs::sse_2022::{Deemed, GROUNDS};
use crate::proof::Conclusion;
use std::collections::BTreeSet;

/// The unknown cells by which a party may be related: those its possible grounds rest on, and those by which the
/// company's own group, an exemption or a dual independent seat may leave it out.
pub(super) fn cells(facts: &Facts, case: &mut Case, party: Node) -> Vec<Missing> {
    let asked = case.sweep.asked;
    let lines: Vec<_> = case.swept.greatest.of(party).collect();
    let deemed = case.swept.greatest.deemed.clone();
    let nobody = Deemed::nobody();
    let mut rows: BTreeSet<RowRef> = BTreeSet::new();
    let mut companies: BTreeSet<Node> = BTreeSet::new();
    for (number, basis) in lines {
        let day = basis.day(asked);
        let deemed = if day == asked { &deemed } else { &nobody };
        case.with_state(day, Side::Greatest, deemed, |state| {
            let mut book = Book::new(facts);
            GROUNDS[number as usize].prove(state, party, &mut book);
            let subject = state.subject;
            // The greatest bound may reach a party that the least leaves out as one of the company's own group.
            book.controls(state.kernel(), subject, party);
            companies.extend([party, subject]);
            for step in book.into_steps() {
                rows.extend(step.facts);
                if let Conclusion::Controls { controlled, .. } = step.conclusion {
                    companies.extend(facts.party_id(&controlled).map(node));
                }
            }
        });
    }
    let mut missing: BTreeSet<Missing> = rows.iter().flat_map(|row| open_cells(facts, *row)).collect();
    if missing.is_empty() {
        // What stands in the way is a rival, a denial, a proxy, a lead or a post: rows about the same companies.
        for company in companies {
            let about = case.with_state(asked, Side::Greatest, &nobody, |state| rows_about(state.kernel(), company));
            missing.extend(about.into_iter().flat_map(|row| open_cells(facts, row)));
        }
    }
    missing.into_iter().collect()
}

/// Rows about a company that can stand in the way of control or bring an exemption.
fn rows_about(kernel: &Kernel, company: Node) -> Vec<RowRef> {
    let network = kernel.network();
    let mut rows: Vec<RowRef> = network
        .into(company)
        .map(|(_, tie)| match tie {
            Tie::Holding(i) => RowRef::new(Table::Holdings, i as usize),
            Tie::Proxy(i) => RowRef::new(Table::Proxies, i as usize),
            Tie::Control(i) => RowRef::new(Table::Controls, i as usize),
        })
        .collect();
    rows.extend(network.posts_in(company).iter().map(|i| RowRef::new(Table::Positions, *i as usize)));
    let facts = network.facts();
    rows.extend(
        facts
            .concert()
            .iter()
            .enumerate()
            .filter(|(_, row)| row.company.is_none_or(|about| node(about) == company))
            .map(|(i, _)| RowRef::new(Table::Concert, i)),
    );
    rows
}

/// The unknown cells of a row.
pub(super) fn open_cells(facts: &Facts, row: RowRef) -> Vec<Missing> {
    let mut columns: Vec<&'static str> = Vec::new();
    match row.table {
        Table::Holdings => {
            if let Some(holding) = facts.holdings().get(row.index()) {
                if holding.percent.is_uncertain() {
                    columns.push("percent");
                }
                if holding.votes_percent.as_ref().is_some_and(|votes| votes.is_uncertain()) {
                    columns.push("votes_percent");
                }
            }
        }
        Table::Proxies => {
            let votes = facts.proxies().get(row.index()).and_then(|proxy| proxy.votes_percent);
            if votes.is_some_and(|votes| votes.is_uncertain()) {
                columns.push("votes_percent");
            }
        }
        Table::Movements => {
            if let Some(movement) = facts.movements().get(row.index()) {
                if movement.percent.is_uncertain() && movement.kind.is_change() {
                    columns.push("percent");
                }
                if movement.since.is_some() {
                    columns.push("since");
                }
            }
        }
        _ => {}
    }
    if let Some(period) = facts.period(row) {
        if period.from.is_uncertain() {
            columns.push("from");
        }
        if period.until.is_uncertain() {
            columns.push("until");
        }
    }
    columns.into_iter().map(|column| Missing { table: row.table, row: row.row, column }).collect()
}
