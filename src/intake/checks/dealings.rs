//! Transactions, forecasts and concert groups that other rows name.

use super::Checker;
use crate::facts::Table;
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::headings::suggest;
use crate::intake::near::nearest;
use crate::intake::text::both;
use rustc_hash::FxHashSet;

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let ids: FxHashSet<&str> = facts.transactions().iter().map(|transaction| transaction.id).collect();
    // Rows of transactions that could not be read are faults of their own.
    let complete = checker.places.is_whole(Table::Transactions);
    for (index, row) in facts.particulars().iter().enumerate() {
        let id = row.transaction;
        if complete && !ids.contains(id) {
            let message = both!("`{id}` is the id of no transaction", "交易表中没有编号“{id}”");
            let finding = Finding::new(Code::UnknownTransaction, message).column("transaction").value(id);
            let finding = suggest(finding, &nearest(id, ids.iter().copied()));
            checker.found(Table::Particulars, index, finding);
        }
    }
    let labels: FxHashSet<&str> = facts.forecasts().iter().map(|forecast| forecast.forecast).collect();
    for (index, row) in facts.transactions().iter().enumerate() {
        if let Some(label) = row.forecast.filter(|label| !labels.contains(label)) {
            let message = both!(
                "no forecast is labelled `{label}`, so that it covers nothing",
                "日常预计表中没有“{label}”，该标签不起作用"
            );
            let finding = Finding::new(Code::UnknownForecast, message).column("forecast").value(label);
            checker.found(Table::Transactions, index, suggest(finding, &nearest(label, labels.iter().copied())));
        }
    }
    let groups: FxHashSet<&str> = facts.concert().iter().map(|row| row.group).collect();
    for (index, row) in facts.movements().iter().enumerate() {
        if let Some(label) = row.group.filter(|label| !groups.contains(label)) {
            let message = both!(
                "no concert group is labelled `{label}`, so that the row is told of nobody",
                "一致行动表中没有“{label}”，该行不属于任何主体"
            );
            let finding = Finding::new(Code::UnknownGroup, message).column("group").value(label);
            checker.found(Table::Movements, index, suggest(finding, &nearest(label, groups.iter().copied())));
        }
    }
}
