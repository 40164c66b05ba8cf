//! The block that a step shows: who acts with a party in a company, as far as premises and rows prove it.

use super::book::{Book, Extent, Set, label};
use super::case::{Case, same_day};
use super::reason::Reason;
use crate::facts::{PartyId, Relation, RowRef, Table};
use crate::proof::Conclusion;
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// For what the block is formed, which decides what may enter it.
pub(super) struct Terms<'t> {
    /// Whether concert brings partners in.
    pub(super) concert: bool,
    /// Whether a group with a lead brings its votes to its leads only.
    pub(super) leads: bool,
    /// Whether what this party controls belongs to the block.
    pub(super) reaches: &'t dyn Fn(PartyId) -> bool,
}

/// A proven part of `block(x, z)`.
pub(super) struct Block {
    /// x and what it is shown to control.
    pub(super) own: Set,
    /// All of it; never z.
    pub(super) members: Set,
}

/// Forms the block of `x` in `z` out of the case's premises and its `concert` and `kinships` rows. A premise or row
/// that brings nobody in is refused.
pub(super) fn block(
    case: &Case<'_, '_>,
    (x, z): (PartyId, PartyId),
    on: NaiveDate,
    terms: &Terms<'_>,
) -> Result<Block, Reason> {
    let mut own: Set = std::iter::once(x).collect();
    let mut others = Vec::new();
    for premise in &case.premises {
        let idle = Reason::IdlePremise { premise: premise.id };
        let Conclusion::Controls { controller, controlled, day, .. } = &premise.conclusion else { return Err(idle) };
        same_day(*day, on)?;
        let (controller, controlled) = (case.book.id(controller)?, case.book.id(controlled)?);
        // For a stake in z, control of z may show that x belongs to a group by way of z; for control it would be
        // what is to be shown.
        if (controlled == z && terms.leads) || !(terms.reaches)(controller) {
            return Err(idle);
        }
        if controller == x {
            own.insert(controlled);
        } else {
            others.push((controller, controlled, idle));
        }
    }
    let mut partners = Set::default();
    partners_by_concert(case, &own, z, on, terms, &mut partners)?;
    partners_by_family(case, &own, z, on, terms, &mut partners)?;
    let mut members: Set = own.union(&partners).copied().collect();
    for (controller, controlled, idle) in others {
        if !partners.contains(&controller) {
            return Err(idle);
        }
        members.insert(controlled);
    }
    members.remove(&z);
    Ok(Block { own, members })
}

fn wrong(row: RowRef) -> Reason {
    Reason::WrongRow { row: label(row) }
}

fn partners_by_concert(
    case: &Case<'_, '_>,
    own: &Set,
    z: PartyId,
    on: NaiveDate,
    terms: &Terms<'_>,
    partners: &mut Set,
) -> Result<(), Reason> {
    let mut groups: FxHashMap<&str, Vec<RowRef>> = FxHashMap::default();
    let concert = case.book.facts.concert();
    for row in case.rows.iter().filter(|row| row.table == Table::Concert) {
        let member = concert.get(row.index()).filter(|m| terms.concert && m.company.is_none_or(|c| c == z));
        groups.entry(member.ok_or_else(|| wrong(*row))?.group).or_default().push(*row);
    }
    for (name, rows) in groups {
        let members = || rows.iter().filter_map(|row| concert.get(row.index()));
        let ours = members().any(|m| own.contains(&m.member));
        let led = members().any(|m| m.lead && own.contains(&m.member));
        // Where every lead there may be is ours, the group counts: through a lead, or because it has none.
        let led_elsewhere = || {
            case.book
                .group(name, z)
                .any(|m| m.lead && !own.contains(&m.member) && case.book.in_force(&m.period, on, Extent::Possible))
        };
        let counts = ours && (!terms.leads || led || !led_elsewhere());
        match rows.first() {
            Some(row) if !counts => return Err(wrong(*row)),
            _ => partners.extend(members().map(|m| m.member).filter(|m| !own.contains(m))),
        }
    }
    Ok(())
}

fn partners_by_family(
    case: &Case<'_, '_>,
    own: &Set,
    z: PartyId,
    on: NaiveDate,
    terms: &Terms<'_>,
    partners: &mut Set,
) -> Result<(), Reason> {
    let rows: Vec<RowRef> = case.rows.iter().copied().filter(|row| row.table == Table::Kinships).collect();
    if rows.is_empty() {
        return Ok(());
    }
    if !terms.concert || !case.book.family_counts() {
        return Err(Reason::Reading { switch: "family_block" });
    }
    let mut pairs: Vec<(PartyId, PartyId, Vec<RowRef>)> = Vec::new();
    let mut lines: Vec<(PartyId, PartyId, RowRef)> = Vec::new();
    for row in rows.iter().copied() {
        let Some(kin) = case.book.facts.kinships().get(row.index()) else { return Err(wrong(row)) };
        match kin.relation {
            Relation::Parent => lines.push((kin.relative, kin.person, row)),
            Relation::Child => lines.push((kin.person, kin.relative, row)),
            Relation::Spouse | Relation::Sibling => {}
            _ => return Err(wrong(row)),
        }
        pairs.push((kin.person, kin.relative, vec![row]));
    }
    for (parent, child, row) in &lines {
        for (other, sibling, second) in &lines {
            if parent == other && child != sibling {
                pairs.push((*child, *sibling, vec![*row, *second]));
            }
        }
    }
    let mut used: BTreeSet<RowRef> = BTreeSet::new();
    for (a, b, why) in pairs {
        let holds = |p: PartyId| case.book.holds(p, z, on, Extent::Certain);
        let (ours, theirs) = if own.contains(&a) { (a, b) } else { (b, a) };
        if own.contains(&ours) && !own.contains(&theirs) && holds(ours) && holds(theirs) {
            partners.insert(theirs);
            used.extend(why);
        }
    }
    rows.into_iter().find(|row| !used.contains(row)).map_or(Ok(()), |row| Err(wrong(row)))
}

/// The parties whose votes may have come to a member of the block by proxies about z: the block, and every principal
/// on the way.
pub(super) fn sources(book: &Book<'_>, members: &Set, z: PartyId, on: NaiveDate) -> FxHashSet<PartyId> {
    let mut found = members.clone();
    loop {
        let before = found.len();
        for (_, row) in book.proxies_about(z) {
            if found.contains(&row.agent) && book.in_force(&row.period, on, Extent::Certain) {
                found.insert(row.principal);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}
