//! Kinship that cannot be, or that leaves an age open.

use super::Checker;
use crate::facts::{Kinship, PartyId, Relation, Span, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::both;
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) fn check(checker: &mut Checker<'_>) {
    marriages(checker);
    contradictions(checker);
    parents(checker);
}

fn certain(row: &Kinship) -> Option<Span> {
    row.period.certain(NaiveDate::MAX, 0)
}

/// Rows between two different persons; the others have their own finding.
fn pairs<'c>(checker: &Checker<'c>) -> impl Iterator<Item = (usize, Kinship<'c>)> + use<'c> {
    checker.facts.kinships().iter().enumerate().filter(|(_, row)| row.person != row.relative)
}

/// One finding for each person who has two spouses on one day.
fn marriages(checker: &mut Checker<'_>) {
    let mut marriages: FxHashMap<PartyId, Vec<(Span, PartyId, usize)>> = FxHashMap::default();
    for (index, row) in pairs(checker).filter(|(_, row)| row.relation == Relation::Spouse) {
        if let Some(span) = certain(&row) {
            marriages.entry(row.person).or_default().push((span, row.relative, index));
            marriages.entry(row.relative).or_default().push((span, row.person, index));
        }
    }
    let mut persons: Vec<_> = marriages.into_iter().collect();
    persons.sort_by_key(|(person, _)| *person);
    for (person, mut rows) in persons {
        rows.sort_by_key(|(span, spouse, index)| (span.first, span.last, *spouse, *index));
        // The marriage that lasts longest of those begun so far overlaps with the next one, if any does.
        let mut longest: Option<(Span, PartyId, usize)> = None;
        for (span, spouse, index) in rows {
            if let Some((before, other, first)) = longest
                && other != spouse
                && span.first <= before.last
            {
                let (index, first) = (index.max(first), index.min(first));
                let row = checker.places.number(Table::Kinships, first);
                let (name, a, b) = (checker.name(person), checker.name(other), checker.name(spouse));
                let message = both!(
                    "{name} is married to {a} and to {b} at once (the other row: {row})",
                    "{name}同时与{a}、{b}存在婚姻关系（另一行：第 {row} 行）"
                );
                let remedy = both!("write until for the marriage that ended first", "请为已结束的婚姻填写截止日");
                let finding = checker.about(Code::TwoMarriages, "relative", person, message).remedy(remedy);
                checker.found(Table::Kinships, index, finding);
                break;
            }
            if longest.is_none_or(|(before, ..)| span.last > before.last) {
                longest = Some((span, spouse, index));
            }
        }
    }
}

/// What the second person of a pair is to the first, for a relation that excludes the others.
type Reading = (Span, Relation, usize);

/// Two persons are at most one of spouse, parent, child and sibling to each other. In-law relations may well stand
/// beside each other: two brothers may marry two sisters.
fn contradictions(checker: &mut Checker<'_>) {
    let mut kin: FxHashMap<(PartyId, PartyId), Vec<Reading>> = FxHashMap::default();
    for (index, row) in pairs(checker) {
        let exclusive =
            matches!(row.relation, Relation::Spouse | Relation::Parent | Relation::Child | Relation::Sibling);
        if let (true, Some(span)) = (exclusive, certain(&row)) {
            let (pair, relation) = if row.person < row.relative {
                ((row.person, row.relative), row.relation)
            } else {
                ((row.relative, row.person), row.relation.inverse())
            };
            kin.entry(pair).or_default().push((span, relation, index));
        }
    }
    let mut kin: Vec<_> = kin.into_iter().collect();
    kin.sort_by_key(|(pair, _)| *pair);
    for ((first, second), mut rows) in kin {
        rows.sort_by_key(|(span, relation, index)| (span.first, span.last, *relation, *index));
        let mut longest: Vec<Reading> = Vec::new();
        for (span, relation, index) in rows {
            let clash = longest.iter().find(|(before, other, _)| *other != relation && span.first <= before.last);
            if let Some((_, other, at)) = clash {
                let (index, at) = (index.max(*at), index.min(*at));
                let row = checker.places.number(Table::Kinships, at);
                let (p, q) = (checker.name(first), checker.name(second));
                let (a, b, za, zb) = (other.code(), relation.code(), other.zh(), relation.zh());
                let message = both!(
                    "{q} is stated to be both {a} and {b} of {p} (the other row: {row})",
                    "{q}既被写为{p}的{za}，又被写为{zb}（另一行：第 {row} 行）"
                );
                let remedy = both!(
                    "correct one of the rows: relative is the relation of person",
                    "请更正其中一行：“亲属”是“本人”的“亲属关系”"
                );
                let code = checker.facts.kinships().get(index).map_or("", |row| row.relation.code());
                let finding = Finding::new(Code::ContradictoryKinship, message).column("relation").value(code);
                checker.found(Table::Kinships, index, finding.remedy(remedy));
                break;
            }
            match longest.iter_mut().find(|(_, other, _)| *other == relation) {
                Some(before) if span.last > before.0.last => *before = (span, relation, index),
                Some(_) => {}
                None => longest.push((span, relation, index)),
            }
        }
    }
}

/// Ages of parents and children.
fn parents(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let mut missing: FxHashSet<PartyId> = FxHashSet::default();
    for (index, row) in pairs(checker) {
        let (parent, child) = match row.relation {
            Relation::Parent => (row.relative, row.person),
            Relation::Child => (row.person, row.relative),
            _ => continue,
        };
        let (elder, younger) = (facts.party(parent), facts.party(child));
        if !elder.is_person() || !younger.is_person() {
            continue;
        }
        match (elder.birth_date, younger.birth_date) {
            (_, None) if missing.insert(child) => {
                let (name, of) = (checker.name(child), checker.name(parent));
                let message = both!(
                    "the birth date of {name}, a child of {of}, is missing; the child counts as of age",
                    "{of}的子女{name}缺少出生日期，按已成年处理"
                );
                let remedy = both!(
                    "write the birth date: a child under 18 is no close family",
                    "请填写出生日期；未满十八周岁的子女不属于关系密切的家庭成员"
                );
                let finding = Finding::new(Code::BirthDateMissing, message).column("birth_date").value("");
                checker.found(Table::Parties, child.index(), finding.remedy(remedy));
            }
            (Some(before), Some(after)) if before >= after => {
                let (a, b) = (checker.name(parent), checker.name(child));
                let message = both!(
                    "{a}, born {before}, is stated to be a parent of {b}, born {after}",
                    "{a}（{before} 出生）被写为{b}（{after} 出生）的父母"
                );
                let remedy = both!(
                    "relative is the relation of person: check which of the two is the child, and both birth dates",
                    "“亲属”是“本人”的“亲属关系”；请核对父母与子女是否写反及双方出生日期"
                );
                let finding = Finding::new(Code::ParentYounger, message).column("relation").value(row.relation.code());
                checker.found(Table::Kinships, index, finding.remedy(remedy));
            }
            _ => {}
        }
    }
}
