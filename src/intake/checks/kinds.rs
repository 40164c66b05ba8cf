//! Persons where a person is needed, organisations where an organisation is.

use super::Checker;
use crate::facts::{PartyId, Table};
use crate::intake::code::Code;
use crate::intake::text::both;

/// One cell that names a party: where it stands and whether a person is needed.
struct Needed {
    table: Table,
    index: usize,
    column: &'static str,
    party: PartyId,
    person: bool,
}

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let organisation = |table, index, column, party| Needed { table, index, column, party, person: false };
    let person = |table, index, column, party| Needed { table, index, column, party, person: true };

    for (i, row) in facts.holdings().iter().enumerate() {
        one(checker, &organisation(Table::Holdings, i, "company", row.company));
    }
    for (i, row) in facts.proxies().iter().enumerate() {
        one(checker, &organisation(Table::Proxies, i, "company", row.company));
    }
    for (i, row) in facts.controls().iter().enumerate() {
        one(checker, &organisation(Table::Controls, i, "controlled", row.controlled));
    }
    for (i, row) in facts.concert().iter().enumerate() {
        if let Some(company) = row.company {
            one(checker, &organisation(Table::Concert, i, "company", company));
        }
    }
    for (i, row) in facts.positions().iter().enumerate() {
        one(checker, &person(Table::Positions, i, "person", row.person));
        one(checker, &organisation(Table::Positions, i, "organisation", row.organisation));
    }
    for (i, row) in facts.vote_restrictions().iter().enumerate() {
        one(checker, &organisation(Table::VoteRestrictions, i, "company", row.company));
    }
    for (i, row) in facts.kinships().iter().enumerate() {
        one(checker, &person(Table::Kinships, i, "person", row.person));
        if row.person != row.relative {
            one(checker, &person(Table::Kinships, i, "relative", row.relative));
            continue;
        }
        let name = checker.name(row.person);
        let message = both!("{name} is stated to be kin of oneself", "{name}被写为自己的亲属");
        let remedy = both!("correct person or relative", "请更正本人或亲属");
        let finding = checker.about(Code::OwnKin, "relative", row.relative, message).remedy(remedy);
        checker.found(Table::Kinships, i, finding);
    }
}

fn one(checker: &mut Checker<'_>, needed: &Needed) {
    let party = checker.facts.party(needed.party);
    if party.is_person() == needed.person {
        return;
    }
    let (name, kind, zh) = (checker.name(needed.party), party.kind.code(), party.kind.zh());
    let finding = if needed.person {
        let message = both!("{name} is no person but a {kind}", "{name}不是自然人，而是{zh}");
        let finding = checker.about(Code::PersonExpected, needed.column, needed.party, message);
        finding.expected(both!("a party of kind person", "类型为自然人的主体"))
    } else {
        let message = both!("{name} is a person", "{name}是自然人");
        let finding = checker.about(Code::OrganisationExpected, needed.column, needed.party, message);
        finding.expected(both!("a party of any kind but person", "类型不是自然人的主体"))
    };
    let remedy = both!("correct this cell, or the kind of the party", "请更正此处，或更正该主体的类型");
    checker.found(needed.table, needed.index, finding.remedy(remedy));
}
