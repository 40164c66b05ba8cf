//! The grounds of articles 5, 7 and 8(2).

use super::book::{Book, Extent, label};
use super::case::{Case, same_day};
use super::exempt;
use super::reach::reach;
use super::reason::Reason;
use crate::facts::{PartyId, Role, Table};
use crate::proof::{Conclusion, Measure};
use chrono::NaiveDate;

/// A party on a ground on a day, as the step claims it.
pub(super) struct Claimed {
    /// The party.
    pub(super) party: PartyId,
    /// The day.
    pub(super) on: NaiveDate,
}

/// The rules whose conclusion is a ground.
pub(super) const RULES: &[&str] =
    &["5.1", "5.2", "5.2.exception", "5.3", "5.4", "5.4.common_control", "7.1", "7.2", "7.3", "7.4", "8.2"];

/// Any of these rules.
pub(super) fn ground(case: &Case<'_, '_>, rule: &str) -> Result<(), Reason> {
    let Conclusion::Ground { party, ground, day } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    let number = match rule {
        "5.2.exception" => "5.2",
        "5.4.common_control" => "5.4",
        other => other,
    };
    if ground != number {
        return Err(Reason::WrongGround { ground: ground.clone() });
    }
    let claimed = Claimed { party: case.book.id(party)?, on: *day };
    if claimed.party == case.book.subject() {
        return Err(Reason::IsSubject {});
    }
    match rule {
        "5.1" => controls_subject(case, &claimed),
        "5.2" => under_same_controller(case, &claimed),
        "5.2.exception" => {
            organisation(case.book, claimed.party)?;
            outside_group(case.book, claimed.party, claimed.on)?;
            exempt::exception(case, &claimed)
        }
        "5.3" => person_of(case, &claimed),
        "5.4" => holder(case, &claimed),
        "5.4.common_control" => holders_under_one_control(case, &claimed),
        "7.1" => person_holder(case, &claimed),
        "7.2" => officer_of_subject(case, &claimed),
        "7.3" => officer_of_controller(case, &claimed),
        "7.4" => relative(case, &claimed),
        "8.2" => designated(case, &claimed),
        _ => Err(Reason::UnknownRule { rule: rule.to_owned() }),
    }
}

pub(super) fn organisation(book: &Book<'_>, party: PartyId) -> Result<(), Reason> {
    if book.kind(party).is_organisation() { Ok(()) } else { Err(Reason::WrongKind { party: book.name(party) }) }
}

fn person(book: &Book<'_>, party: PartyId) -> Result<(), Reason> {
    if book.kind(party).is_organisation() { Err(Reason::WrongKind { party: book.name(party) }) } else { Ok(()) }
}

fn no_state_body(book: &Book<'_>, party: PartyId) -> Result<(), Reason> {
    if book.is_state_body(party) { Err(Reason::StateBody { party: book.name(party) }) } else { Ok(()) }
}

/// Neither the subject nor possibly controlled by it.
pub(super) fn outside_group(book: &Book<'_>, party: PartyId, on: NaiveDate) -> Result<(), Reason> {
    if party == book.subject() {
        return Err(Reason::IsSubject {});
    }
    if reach(book, book.subject(), on).contains(&party) {
        return Err(Reason::OwnGroup { party: book.name(party) });
    }
    Ok(())
}

/// Director, supervisor or senior manager.
pub(super) fn is_officer(book: &Book<'_>, role: Role) -> bool {
    role.is_officer(representatives(book))
}

fn representatives(book: &Book<'_>) -> bool {
    book.reads("representatives", "senior_managers")
}

/// Premise `i` as the post of a person.
pub(super) fn post(case: &Case<'_, '_>, i: usize, on: NaiveDate) -> Result<(PartyId, PartyId, Role), Reason> {
    match case.premise(i)? {
        Conclusion::Officer { person, organisation, role, day } => {
            same_day(*day, on)?;
            let role = Role::from_code(role).ok_or_else(|| Reason::Role { role: role.clone() })?;
            Ok((case.book.id(person)?, case.book.id(organisation)?, role))
        }
        _ => Err(Reason::WrongPremises {}),
    }
}

/// `officer`
pub(super) fn officer(case: &Case<'_, '_>) -> Result<(), Reason> {
    let Conclusion::Officer { person: who, organisation, role, .. } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    case.no_premises()?;
    let cited = case.one_row(Table::Positions)?;
    let (who, organisation) = (case.book.id(who)?, case.book.id(organisation)?);
    let row = case.book.facts.positions().get(cited.index());
    match row.filter(|row| row.person == who && row.organisation == organisation && row.role.code() == role) {
        Some(_) => Ok(()),
        None => Err(Reason::WrongRow { row: label(cited) }),
    }
}

fn controls_subject(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.no_rows()?;
    case.count(1)?;
    organisation(book, claimed.party)?;
    if book.is_state_body(claimed.party) && book.reads("state_body_itself", "not_related") {
        return Err(Reason::Reading { switch: "state_body_itself" });
    }
    let controller = case.controller_of(0, book.subject(), claimed.on)?;
    if controller == claimed.party { Ok(()) } else { Err(Reason::WrongPremises {}) }
}

/// The organisation of 5.1 that premise 0 names: it controls the subject or, where composed, is deemed to be of 5.1.
pub(super) fn head(case: &Case<'_, '_>, on: NaiveDate) -> Result<PartyId, Reason> {
    let head = match case.premise(0)? {
        Conclusion::Deemed { .. } => case.standing(0, &["5.1"], on)?,
        _ => case.controller_of(0, case.book.subject(), on)?,
    };
    organisation(case.book, head)?;
    Ok(head)
}

fn under_same_controller(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.no_rows()?;
    case.count(2)?;
    organisation(book, claimed.party)?;
    let head = head(case, claimed.on)?;
    no_state_body(book, head)?;
    if case.controller_of(1, claimed.party, claimed.on)? != head {
        return Err(Reason::WrongPremises {});
    }
    outside_group(book, claimed.party, claimed.on)
}

/// The positions of the first premise of every pair; there is at least one pair.
fn pairs(case: &Case<'_, '_>) -> Result<impl Iterator<Item = usize>, Reason> {
    let count = case.premises.len();
    if count == 0 || !count.is_multiple_of(2) { Err(Reason::WrongPremises {}) } else { Ok((0..count).step_by(2)) }
}

fn person_of(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.no_rows()?;
    organisation(book, claimed.party)?;
    no_state_body(book, claimed.party)?;
    for i in pairs(case)? {
        let who = case.standing(i, &["7.1", "7.2", "7.3", "7.4"], claimed.on)?;
        if let Conclusion::Controls { .. } = case.premise(i + 1)? {
            if case.controller_of(i + 1, claimed.party, claimed.on)? != who {
                return Err(Reason::WrongPremises {});
            }
        } else {
            let (holder, at, role) = post(case, i + 1, claimed.on)?;
            if (holder, at) != (who, claimed.party) {
                return Err(Reason::WrongPremises {});
            }
            if !role.is_director() && !role.is_senior_manager(representatives(book)) {
                return Err(Reason::Role { role: role.code().to_owned() });
            }
            independent_seats(book, who, role, claimed.on)?;
        }
    }
    outside_group(book, claimed.party, claimed.on)
}

/// What the reading of `independent_director` leaves out.
fn independent_seats(book: &Book<'_>, who: PartyId, role: Role, on: NaiveDate) -> Result<(), Reason> {
    let of_subject = || {
        book.positions_of(who).any(|(_, row)| {
            row.organisation == book.subject()
                && row.role == Role::IndependentDirector
                && book.in_force(&row.period, on, Extent::Possible)
        })
    };
    let independent = role == Role::IndependentDirector;
    let left_out = match book.claim.readings.reading("independent_director") {
        "none_left_out" => false,
        "independent_of_subject" => of_subject(),
        "independent_post" => independent,
        _ => independent && of_subject(),
    };
    if left_out { Err(Reason::IndependentSeat { party: book.name(who) }) } else { Ok(()) }
}

/// Premise `i` as a stake on that day, measured so, of the threshold or more.
fn stake(case: &Case<'_, '_>, i: usize, wanted: Measure, on: NaiveDate) -> Result<PartyId, Reason> {
    let Conclusion::Stake { party, measure, percent, day } = case.premise(i)? else {
        return Err(Reason::WrongPremises {});
    };
    same_day(*day, on)?;
    if *measure != wanted {
        return Err(Reason::WrongMeasure {});
    }
    let needed = &case.book.claim.numbers.holder_threshold;
    if percent < needed {
        return Err(Reason::StakeTooSmall { stake: percent.clone(), needed: needed.clone() });
    }
    case.book.id(party)
}

fn holder(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    case.no_rows()?;
    case.count(1)?;
    organisation(case.book, claimed.party)?;
    let measure = match case.book.claim.readings.reading("organisation_indirect") {
        "direct" => Measure::Direct,
        "look_through" => Measure::LookThrough,
        _ => Measure::Controlled,
    };
    if stake(case, 0, measure, claimed.on)? != claimed.party {
        return Err(Reason::WrongPremises {});
    }
    outside_group(case.book, claimed.party, claimed.on)
}

fn holders_under_one_control(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.count(2)?;
    organisation(book, claimed.party)?;
    if !book.reads("organisation_indirect", "controlled") {
        return Err(Reason::Reading { switch: "organisation_indirect" });
    }
    let cited = case.one_row(Table::Holdings)?;
    let own = book.facts.holdings().get(cited.index()).filter(|row| {
        row.holder == claimed.party && row.company == book.subject() && row.percent.is_certainly_positive()
    });
    if own.is_none() {
        return Err(Reason::WrongRow { row: label(cited) });
    }
    let above = stake(case, 0, Measure::Controlled, claimed.on)?;
    no_state_body(book, above)?;
    outside_group(book, above, claimed.on)?;
    if case.controller_of(1, claimed.party, claimed.on)? != above {
        return Err(Reason::WrongPremises {});
    }
    outside_group(book, claimed.party, claimed.on)
}

fn person_holder(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.no_rows()?;
    case.count(1)?;
    person(book, claimed.party)?;
    let who = if let Conclusion::Controls { .. } = case.premise(0)? {
        if !book.reads("controlling_person", "related") {
            return Err(Reason::Reading { switch: "controlling_person" });
        }
        case.controller_of(0, book.subject(), claimed.on)?
    } else {
        let measure = match book.claim.readings.reading("person_indirect") {
            "multiply" => Measure::Multiply,
            "controlled" => Measure::Controlled,
            _ => Measure::LookThrough,
        };
        stake(case, 0, measure, claimed.on)?
    };
    if who == claimed.party { Ok(()) } else { Err(Reason::WrongPremises {}) }
}

/// Premise `i` as a post of the party, a person, as director, supervisor or senior manager; where.
fn office(case: &Case<'_, '_>, i: usize, claimed: &Claimed) -> Result<PartyId, Reason> {
    case.no_rows()?;
    person(case.book, claimed.party)?;
    let (who, at, role) = post(case, i, claimed.on)?;
    if who != claimed.party {
        return Err(Reason::WrongPremises {});
    }
    if !is_officer(case.book, role) {
        return Err(Reason::Role { role: role.code().to_owned() });
    }
    Ok(at)
}

fn officer_of_subject(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    if case.premises.is_empty() {
        return Err(Reason::WrongPremises {});
    }
    for i in 0..case.premises.len() {
        if office(case, i, claimed)? != case.book.subject() {
            return Err(Reason::WrongPremises {});
        }
    }
    Ok(())
}

fn officer_of_controller(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    for i in pairs(case)? {
        let at = office(case, i + 1, claimed)?;
        let head = case.standing(i, &["5.1"], claimed.on)?;
        no_state_body(case.book, head)?;
        if at != head {
            return Err(Reason::WrongPremises {});
        }
    }
    Ok(())
}

fn relative(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    let book = case.book;
    case.no_rows()?;
    person(book, claimed.party)?;
    let of: &[&str] = if book.reads("family_of", "7.1-7.3") { &["7.1", "7.2", "7.3"] } else { &["7.1", "7.2"] };
    for i in pairs(case)? {
        let who = case.standing(i, of, claimed.on)?;
        let Conclusion::Family { person, relative, day, .. } = case.premise(i + 1)? else {
            return Err(Reason::WrongPremises {});
        };
        same_day(*day, claimed.on)?;
        if (book.id(person)?, book.id(relative)?) != (who, claimed.party) {
            return Err(Reason::WrongPremises {});
        }
    }
    Ok(())
}

fn designated(case: &Case<'_, '_>, claimed: &Claimed) -> Result<(), Reason> {
    case.no_premises()?;
    same_day(claimed.on, case.book.claim.as_of)?;
    let cited = case.one_row(Table::Designations)?;
    match case.book.facts.designations().get(cited.index()).filter(|row| row.party == claimed.party) {
        Some(_) => Ok(()),
        None => Err(Reason::WrongRow { row: label(cited) }),
    }
}
