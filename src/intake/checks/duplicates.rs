//! Keys that two rows share.

use super::Checker;
use crate::facts::Table;
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::both;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    // The index of ids knows whether there is any.
    let ids = if facts.ids_differ() { Vec::new() } else { repeated(facts.party_ids().map(|party| facts.id(party))) };
    for (index, first) in ids {
        let (id, row) = (facts.parties().row(index).id, checker.places.number(Table::Parties, first));
        let message = both!("the id `{id}` is that of row {row} already", "编号“{id}”已用于第 {row} 行");
        let remedy = both!("give each party one row and an id of its own", "每个主体一行，编号不可重复");
        let finding = Finding::new(Code::DuplicateParty, message).column("id").value(id).remedy(remedy);
        checker.found(Table::Parties, index, finding);
    }
    for (index, first) in repeated(facts.transactions().iter().map(|transaction| transaction.id)) {
        let (id, row) = (facts.transactions().row(index).id, checker.places.number(Table::Transactions, first));
        let message = both!("the id `{id}` is that of row {row} already", "编号“{id}”已用于第 {row} 行");
        let remedy = both!("give each transaction an id of its own", "每笔交易的编号不可重复");
        let finding = Finding::new(Code::DuplicateTransaction, message).column("id").value(id).remedy(remedy);
        checker.found(Table::Transactions, index, finding);
    }
    for (index, first) in repeated(facts.financials().iter().map(|row| (row.party, row.period_end))) {
        let financial = facts.financials().row(index);
        let (day, row) = (financial.period_end, checker.places.number(Table::Financials, first));
        let name = checker.name(financial.party);
        let message = both!(
            "row {row} gives the figures of {name} for {day} already",
            "第 {row} 行已有{name}在 {day} 的财务数据"
        );
        let remedy = both!("keep one row for each party and period end", "每个主体每个期末只保留一行");
        let finding = Finding::new(Code::DuplicateFinancials, message).column("period_end").value(&day.to_string());
        checker.found(Table::Financials, index, finding.remedy(remedy));
    }
}

/// Every position whose key stood before, with the position where it stood first.
fn repeated<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> Vec<(usize, usize)> {
    let mut first: FxHashMap<K, usize> = FxHashMap::default();
    let mut repeated = Vec::new();
    for (index, key) in keys.enumerate() {
        match first.entry(key) {
            Entry::Occupied(entry) => repeated.push((index, *entry.get())),
            Entry::Vacant(entry) => {
                entry.insert(index);
            }
        }
    }
    repeated
}
