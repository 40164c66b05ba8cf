//! Article 6: who is exempt from 5.2, and what takes the exemption away.

use super::book::{Book, Extent, Set};
use super::case::Case;
use super::grounds::{Claimed, head, is_officer, organisation, outside_group, post};
use super::reach::{above, heads, reach};
use super::reason::Reason;
use crate::facts::{PartyId, Role};
use crate::proof::Conclusion;
use chrono::NaiveDate;
use dashu_ratio::RBig;

/// Whether one shared holder of the post is enough.
fn decides_alone(role: Role) -> bool {
    matches!(role, Role::LegalRepresentative | Role::Chair | Role::GeneralManager)
}

/// Whether so many shared directors, beside so many others, are half of the board (or what the law's number says).
fn half(book: &Book<'_>, shared: usize, others: usize) -> bool {
    let needed = book.claim.numbers.exemption_directors.value();
    shared > 0 && RBig::from(shared) * RBig::from(100) >= needed * RBig::from(shared + others)
}

/// `5.2.exception`, the party already being an organisation outside the subject's group: shared officers are shown,
/// and they are enough even if everybody who may be a director besides them is one.
pub(super) fn exception(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    let (x, on) = (claimed.party, claimed.on);
    case.no_rows()?;
    let head = head(case, on)?;
    if case.controller_of(1, x, on)? != head || case.premises.len() < 4 {
        return Err(Reason::WrongPremises {});
    }
    let mut there: Vec<(PartyId, Role)> = Vec::new();
    let mut here = Set::default();
    for i in 2..case.premises.len() {
        let (who, at, role) = post(case, i, on)?;
        if at == x && (decides_alone(role) || role.is_director()) {
            there.push((who, role));
        } else if at == book.subject() && is_officer(book, role) {
            here.insert(who);
        } else {
            return Err(Reason::Role { role: role.code().to_owned() });
        }
    }
    if there.iter().any(|(who, _)| !here.contains(who))
        || here.iter().any(|who| !there.iter().any(|(other, _)| other == who))
    {
        return Err(Reason::WrongPremises {});
    }
    if there.iter().any(|(_, role)| decides_alone(*role)) {
        return Ok(());
    }
    let shared: Set = there.iter().map(|(who, _)| *who).collect();
    let others = directors(book, x, on, Extent::Possible).difference(&shared).count();
    if half(book, shared.len(), others) { Ok(()) } else { Err(Reason::NoException {}) }
}

/// The directors of an organisation, each once.
fn directors(book: &Book<'_>, x: PartyId, on: NaiveDate, extent: Extent) -> Set {
    book.positions_in(x)
        .filter(|(_, row)| row.role.is_director() && book.in_force(&row.period, on, extent))
        .map(|(_, row)| row.person)
        .collect()
}

/// Whether shared officers might take the exemption of `x` away.
fn exception_possible(book: &Book<'_>, x: PartyId, on: NaiveDate) -> bool {
    let here: Set = book
        .positions_in(book.subject())
        .filter(|(_, row)| is_officer(book, row.role) && book.in_force(&row.period, on, Extent::Possible))
        .map(|(_, row)| row.person)
        .collect();
    let alone = book.positions_in(x).any(|(_, row)| {
        decides_alone(row.role) && here.contains(&row.person) && book.in_force(&row.period, on, Extent::Possible)
    });
    if alone {
        return true;
    }
    let shared: Set = directors(book, x, on, Extent::Possible).intersection(&here).copied().collect();
    let others = directors(book, x, on, Extent::Certain).difference(&shared).count();
    half(book, shared.len(), others)
}

/// `6`: a state body controls both, nobody else of 5.1 may control the party, and no exception can apply.
///
/// Under `lookback=composed` organisations deemed to be of 5.1 count too; those the answer itself shows are looked at
/// with the lines of the answer.
pub(super) fn exempt(case: &Case<'_, '_>) -> Result<(), Reason> {
    let Conclusion::Exempt { party, day } = &case.step.conclusion else { return Err(Reason::WrongConclusion {}) };
    let book = case.book;
    let x = book.id(party)?;
    case.no_rows()?;
    case.count(2)?;
    organisation(book, x)?;
    let head = head(case, *day)?;
    if case.controller_of(1, x, *day)? != head {
        return Err(Reason::WrongPremises {});
    }
    if !book.is_state_body(head) {
        return Err(Reason::NotExempt { party: book.name(head) });
    }
    outside_group(book, x, *day)?;
    let candidates = above(book, x, *day);
    let other = heads(book, *day)
        .iter()
        .copied()
        .find(|g| *g != x && candidates.contains(g) && reach(book, *g, *day).contains(&x));
    if let Some(other) = other {
        return Err(Reason::NotExempt { party: book.name(other) });
    }
    if exception_possible(book, x, *day) {
        return Err(Reason::ExceptionPossible {});
    }
    Ok(())
}

/// Whether an organisation deemed to be of 5.1 might control a party that the answer calls exempt.
pub(super) fn deemed_head(book: &Book<'_>, deemed: &Conclusion, x: PartyId, on: NaiveDate) -> Result<(), Reason> {
    let Conclusion::Deemed { party, ground, .. } = deemed else { return Ok(()) };
    if ground != "5.1" || !book.reads("lookback", "composed") {
        return Ok(());
    }
    let head = book.id(party)?;
    if head != x && !book.is_state_body(head) && reach(book, head, on).contains(&x) {
        return Err(Reason::NotExempt { party: book.name(head) });
    }
    Ok(())
}
