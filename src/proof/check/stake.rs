//! How much of the subject's capital a party has at the least (section 3), from the rows a step cites.

use super::block::{Terms, block};
use super::book::{Book, Set, label};
use super::case::Case;
use super::linear::solve;
use super::reason::Reason;
use crate::facts::{PartyId, Percent, RowRef, Table};
use crate::proof::{Conclusion, Measure};
use dashu_ratio::RBig;
use rustc_hash::{FxHashMap, FxHashSet};

/// `stake.controlled` and `stake.look_through`: the claimed stake is no more than what the block and the rows show.
pub(super) fn stake(case: &Case<'_, '_>, through: bool) -> Result<(), Reason> {
    let Conclusion::Stake { party, measure, percent, day } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    if through != matches!(measure, Measure::LookThrough | Measure::Multiply) {
        return Err(Reason::WrongMeasure {});
    }
    let book = case.book;
    let (p, subject) = (book.id(party)?, book.subject());
    if p == subject {
        return Err(Reason::IsSubject {});
    }
    let alone = matches!(measure, Measure::Direct | Measure::Multiply);
    // An authority's companies are not added together.
    let reaches = |controller: PartyId| !alone && !book.is_state_body(controller);
    let terms = Terms { concert: pools(book, p), leads: false, reaches: &reaches };
    let block = block(case, (p, subject), *day, &terms)?;
    let rows = holdings(case)?;
    let shown =
        if through { look_through(&rows, &block.members, subject)? } else { direct(&rows, &block.members, subject)? };
    if *percent.value() > shown || *percent.value() < RBig::ZERO {
        return Err(Reason::StakeNotShown { claimed: percent.clone(), shown: Percent::from(shown) });
    }
    Ok(())
}

/// Whether concert adds stakes for this party.
fn pools(book: &Book<'_>, party: PartyId) -> bool {
    match book.claim.readings.reading("pool_concert") {
        "all" => true,
        "organisations" => book.kind(party).is_organisation(),
        _ => false,
    }
}

/// A cited holding, at its least.
struct Held {
    row: RowRef,
    holder: PartyId,
    company: PartyId,
    percent: Percent,
}

impl Held {
    fn wrong(&self) -> Reason {
        Reason::WrongRow { row: label(self.row) }
    }
}

fn holdings(case: &Case<'_, '_>) -> Result<Vec<Held>, Reason> {
    let mut held = Vec::new();
    for row in case.rows.iter().copied() {
        match (row.table, case.book.facts.holdings().get(row.index())) {
            (Table::Holdings, Some(holding)) => {
                let percent = holding.percent.least().clone();
                held.push(Held { row, holder: holding.holder, company: holding.company, percent });
            }
            // The block has looked at these.
            (Table::Concert | Table::Kinships, _) => {}
            _ => return Err(Reason::WrongRow { row: label(row) }),
        }
    }
    Ok(held)
}

fn direct(rows: &[Held], block: &Set, subject: PartyId) -> Result<RBig, Reason> {
    rows.iter().try_fold(RBig::ZERO, |sum, held| {
        if held.company == subject && block.contains(&held.holder) {
            Ok(sum + held.percent.value())
        } else {
            Err(held.wrong())
        }
    })
}

fn look_through(rows: &[Held], block: &Set, subject: PartyId) -> Result<RBig, Reason> {
    let mut by_company: FxHashMap<PartyId, Vec<&Held>> = FxHashMap::default();
    let mut by_holder: FxHashMap<PartyId, Vec<&Held>> = FxHashMap::default();
    for held in rows {
        // Nothing is attributed through the subject itself, and what the block holds in its own members adds nothing.
        if held.holder == subject || block.contains(&held.company) {
            return Err(held.wrong());
        }
        by_company.entry(held.company).or_default().push(held);
        by_holder.entry(held.holder).or_default().push(held);
    }
    let above = spread([subject], |z| by_company.get(z).into_iter().flatten().map(|held| held.holder).collect());
    let below = spread(block.iter().copied(), |g| by_holder.get(g).into_iter().flatten().map(|h| h.company).collect());
    if let Some(held) = rows.iter().find(|held| !(above.contains(&held.company) && below.contains(&held.holder))) {
        return Err(held.wrong());
    }
    let equations = by_company.iter().filter(|(company, _)| **company != subject).map(|(company, rows)| {
        let (mut constant, mut factors) = (RBig::ZERO, FxHashMap::<PartyId, RBig>::default());
        for held in rows {
            if block.contains(&held.holder) {
                constant += held.percent.fraction();
            } else {
                *factors.entry(held.holder).or_default() += held.percent.fraction();
            }
        }
        (*company, (factors, constant))
    });
    let parts = solve(equations.collect()).ok_or(Reason::Overfull {})?;
    let in_subject = by_company.get(&subject).into_iter().flatten();
    Ok(in_subject.fold(RBig::ZERO, |sum, held| {
        if block.contains(&held.holder) {
            sum + held.percent.value()
        } else {
            parts.get(&held.holder).map_or_else(|| sum.clone(), |part| &sum + held.percent.value() * part)
        }
    }))
}

fn spread(from: impl IntoIterator<Item = PartyId>, next: impl Fn(&PartyId) -> Vec<PartyId>) -> FxHashSet<PartyId> {
    let mut queue: Vec<PartyId> = from.into_iter().collect();
    let mut found = FxHashSet::default();
    while let Some(party) = queue.pop() {
        if found.insert(party) {
            queue.extend(next(&party));
        }
    }
    found
}
