//! Close family (article 51): the cited rows, each read from either side, make a path to one of the nine relatives.

use super::book::{Book, label};
use super::case::Case;
use super::reason::Reason;
use crate::facts::{PartyId, Relation, RowRef, Table};
use crate::proof::Conclusion;
use chrono::{Datelike, NaiveDate};

/// `family`
pub(super) fn family(case: &Case<'_, '_>) -> Result<(), Reason> {
    let Conclusion::Family { person, relative, relation, day } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    case.no_premises()?;
    let book = case.book;
    let (p, q) = (book.id(person)?, book.id(relative)?);
    let relation = Relation::from_code(relation).filter(|r| r.code() == relation).ok_or(Reason::NotFamily {})?;
    if p == q {
        return Err(Reason::NotFamily {});
    }
    for party in [p, q] {
        if book.kind(party).is_organisation() {
            return Err(Reason::WrongKind { party: book.name(party) });
        }
    }
    if let Some(row) = case.rows.iter().find(|row| !matches!(row.table, Table::Kinships | Table::Parties)) {
        return Err(Reason::WrongRow { row: label(*row) });
    }
    let rows: Vec<RowRef> = case.rows.iter().copied().filter(|row| row.table == Table::Kinships).collect();
    if rows.is_empty() {
        return Err(Reason::MissingRow { table: Table::Kinships.code().to_owned() });
    }
    if rows.len() > 3 {
        return Err(Reason::NotFamily {});
    }
    let mut paths = Vec::new();
    walk(book, &rows, q, &mut Path { nodes: vec![p], relations: Vec::new(), used: Vec::new() }, &mut paths);
    let mut refused = Reason::NotFamily {};
    for path in paths {
        let Some((found, child_counts)) = relative_of(&path.relations) else { continue };
        if found != relation {
            continue;
        }
        match ages(case, path.nodes.get(1).copied().filter(|_| child_counts), *day) {
            Ok(()) => return Ok(()),
            Err(reason) => refused = reason,
        }
    }
    Err(refused)
}

#[derive(Clone)]
struct Path {
    nodes: Vec<PartyId>,
    relations: Vec<Relation>,
    used: Vec<RowRef>,
}

/// All ways from the path's end to `q` that use every row once and meet nobody twice.
fn walk(book: &Book<'_>, rows: &[RowRef], q: PartyId, path: &mut Path, found: &mut Vec<Path>) {
    let Some(here) = path.nodes.last().copied() else { return };
    if path.used.len() == rows.len() {
        if here == q {
            found.push(path.clone());
        }
        return;
    }
    for row in rows.iter().filter(|row| !path.used.contains(row)).copied().collect::<Vec<_>>() {
        let Some(kin) = book.facts.kinships().get(row.index()) else { continue };
        for (from, to, relation) in
            [(kin.person, kin.relative, kin.relation), (kin.relative, kin.person, kin.relation.inverse())]
        {
            // Nobody is their own sibling; otherwise contradictory rows may lead back to somebody on the path.
            let same = path.nodes.len() >= 2 && path.nodes[path.nodes.len() - 2] == to;
            let own_sibling = same && path.relations.last() == Some(&Relation::Parent) && relation == Relation::Child;
            if from == here && !own_sibling {
                path.nodes.push(to);
                path.relations.push(relation);
                path.used.push(row);
                walk(book, rows, q, path, found);
                path.nodes.pop();
                path.relations.pop();
                path.used.pop();
            }
        }
    }
}

/// Which of the nine relatives a path leads to, and whether the first one on it is a child whose age matters.
fn relative_of(path: &[Relation]) -> Option<(Relation, bool)> {
    use Relation::{
        Child, ChildSpouse, ChildSpouseParent, Parent, Sibling, SiblingSpouse, Spouse, SpouseParent, SpouseSibling,
    };
    Some(match path {
        [Child] => (Child, true),
        // A declared in-law relation stands for the path it names, with a child of age.
        [declared] => (*declared, false),
        [Child, Spouse] => (ChildSpouse, true),
        [Spouse, Parent] => (SpouseParent, false),
        [Parent, Child] => (Sibling, false),
        [Sibling, Spouse] | [Parent, Child, Spouse] => (SiblingSpouse, false),
        [Spouse, Sibling] | [Spouse, Parent, Child] => (SpouseSibling, false),
        [Child, Spouse, Parent] | [Child, SpouseParent] => (ChildSpouseParent, true),
        [ChildSpouse, Parent] => (ChildSpouseParent, false),
        _ => return None,
    })
}

/// The child is of age, and its row is shown where that is read off it; no other `parties` row is cited.
fn ages(case: &Case<'_, '_>, child: Option<PartyId>, on: NaiveDate) -> Result<(), Reason> {
    let cited = || case.rows.iter().filter(|row| row.table == Table::Parties);
    if let Some(row) = cited().find(|row| child.is_none_or(|child| child.index() != row.index())) {
        return Err(Reason::WrongRow { row: label(*row) });
    }
    let Some(child) = child else { return Ok(()) };
    if case.book.reads("minor_children", "included") {
        return Ok(());
    }
    if !of_age(case.book, child, on) {
        return Err(Reason::Minor { party: case.book.name(child) });
    }
    if case.book.facts.birth_date(child).is_some() && cited().next().is_none() {
        return Err(Reason::MissingRow { table: Table::Parties.code().to_owned() });
    }
    Ok(())
}

/// Whether a child counts. A birthday is no arrangement, so nobody comes of age after the day asked about; whose birth
/// date is unknown counts.
fn of_age(book: &Book<'_>, child: PartyId, on: NaiveDate) -> bool {
    let Some(birth) = book.facts.birth_date(child) else { return true };
    let Ok(age) = i32::try_from(book.claim.numbers.family_age) else { return false };
    let Some(year) = birth.year().checked_add(age) else { return false };
    let birthday = birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
    birthday.is_some_and(|birthday| birthday <= on.min(book.claim.as_of))
}
