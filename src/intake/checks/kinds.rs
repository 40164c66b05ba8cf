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

    checker.each(facts.holdings().len(), |checker, i| {
        one(checker, &organisation(Table::Holdings, i, "company", facts.holding_ends(i).1));
    });
    checker.each(facts.proxies().len(), |checker, i| {
        one(checker, &organisation(Table::Proxies, i, "company", facts.proxy_ends(i).2));
    });
    checker.each(facts.controls().len(), |checker, i| {
        one(checker, &organisation(Table::Controls, i, "controlled", facts.control_ends(i).1));
    });
    checker.each(facts.concert().len(), |checker, i| {
        if let Some(company) = facts.concert_ends(i).1 {
            one(checker, &organisation(Table::Concert, i, "company", company));
        }
    });
    checker.each(facts.positions().len(), |checker, i| {
        let (holder, of) = facts.position_ends(i);
        one(checker, &person(Table::Positions, i, "person", holder));
        one(checker, &organisation(Table::Positions, i, "organisation", of));
    });
    for (i, row) in facts.vote_restrictions().iter().enumerate() {
        one(checker, &organisation(Table::VoteRestrictions, i, "company", row.company));
    }
    for (i, row) in facts.movements().iter().enumerate() {
        one(checker, &organisation(Table::Movements, i, "company", row.company));
    }
    checker.each(facts.kinships().len(), |checker, i| {
        let (first, relative) = facts.kinship_ends(i);
        one(checker, &person(Table::Kinships, i, "person", first));
        if first != relative {
            one(checker, &person(Table::Kinships, i, "relative", relative));
            return;
        }
        let name = checker.name(first);
        let message = both!("{name} is stated to be kin of oneself", "{name}被写为自己的亲属");
        let remedy = both!("correct person or relative", "请更正本人或亲属");
        let finding = checker.about(Code::OwnKin, "relative", relative, message).remedy(remedy);
        checker.found(Table::Kinships, i, finding);
    });
}

fn one(checker: &mut Checker<'_>, needed: &Needed) {
    let kind = checker.facts.kind(needed.party);
    if kind.is_organisation() != needed.person {
        return;
    }
    let (name, kind, zh) = (checker.name(needed.party), kind.code(), kind.zh());
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
