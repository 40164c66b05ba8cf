//! The listed company that a question is about.

use super::Checker;
use crate::facts::{Directory, Facts, LookupError, PartyId, RowRef, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::near::Meant;
use crate::intake::row::unknown_party;
use crate::intake::text::both;
use rustc_hash::FxHashSet;

/// Whether the party can be a subject: an organisation that is listed somewhere.
///
/// The finding names no file, as the facts do not know theirs; its row is the party's.
#[must_use]
pub fn check_subject(facts: &Facts, subject: PartyId) -> Option<Finding> {
    let party = facts.party(subject);
    if party.listed.is_some() && !party.is_person() {
        return None;
    }
    let row = RowRef::new(Table::Parties, subject.index()).row;
    let finding = not_listed(facts, subject).file("", Some(Table::Parties)).row(row, None).column("listed");
    Some(finding.value(party.listed.unwrap_or_default()))
}

fn not_listed(facts: &Facts, subject: PartyId) -> Finding {
    let party = facts.party(subject);
    let (id, name) = (&party.id, &party.name);
    let message = if party.is_person() {
        both!("the subject {name} ({id}) is a person", "所问主体{name}（{id}）是自然人")
    } else {
        both!("the subject {name} ({id}) is not listed anywhere", "所问主体{name}（{id}）未填写上市地")
    };
    Finding::new(Code::SubjectNotListed, message).expected(both!("a listed company", "上市公司")).remedy(both!(
        "write its exchange (SSE, SZSE, ...) in the column listed",
        "请在“上市地”列填写交易所代码（如 SSE、SZSE）"
    ))
}

/// Checks the subject that the settings name, by id or by a name that only one party has.
pub(super) fn check_settings(checker: &mut Checker<'_>, broken: &FxHashSet<String>, file: &str) {
    let facts = checker.facts;
    let Some(text) = facts.settings.get("subject") else { return };
    if broken.contains(text) {
        return;
    }
    let finding = match Directory::new(facts).find(text) {
        Ok(subject) if check_subject(facts, subject).is_none() => return,
        Ok(subject) => not_listed(facts, subject),
        Err(LookupError::Unknown { near, .. }) if near.is_empty() => unknown_party(text, Meant::Nothing),
        Err(LookupError::Unknown { near, .. } | LookupError::Ambiguous { candidates: near, .. }) => {
            unknown_party(text, Meant::Near(near.into_iter().map(|(id, _)| id).collect()))
        }
    };
    checker.findings.push(finding.file(file, None).column("value").value(text));
}
