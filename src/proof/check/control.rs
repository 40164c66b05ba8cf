//! The rules of control (section 2), each judged at the least.

use super::block::{Block, Terms, block, sources};
use super::book::{Extent, Set, label};
use super::case::Case;
use super::reason::Reason;
use super::rivals::{Measured, rival};
use super::votes::{Votes, votes};
use crate::facts::{Effect, PartyId, Percent, RowRef, Table};
use crate::proof::Conclusion;
use chrono::NaiveDate;
use dashu_ratio::RBig;
use rustc_hash::FxHashMap;

/// What a control step claims.
struct Claimed<'c> {
    x: PartyId,
    z: PartyId,
    on: NaiveDate,
    votes: Option<&'c Percent>,
}

fn claimed<'c>(case: &'c Case<'_, '_>) -> Result<Claimed<'c>, Reason> {
    let Conclusion::Controls { controller, controlled, day, votes } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    let (x, z) = (case.book.id(controller)?, case.book.id(controlled)?);
    if x == z {
        return Err(Reason::Circular { party: controller.clone() });
    }
    Ok(Claimed { x, z, on: *day, votes: votes.as_ref() })
}

/// `control.declared`
pub(super) fn declared(case: &Case<'_, '_>) -> Result<(), Reason> {
    let claimed = claimed(case)?;
    case.no_premises()?;
    let cited = case.one_row(Table::Controls)?;
    let row = case.book.facts.controls().get(cited.index());
    let named =
        row.filter(|row| row.controller == claimed.x && row.controlled == claimed.z && row.effect == Effect::Asserts);
    let row = named.ok_or_else(|| Reason::WrongRow { row: label(cited) })?;
    if row.joint.is_some() && !case.book.concert_controls() {
        return Err(Reason::Reading { switch: "joint_control" });
    }
    no_votes_stated(&claimed)
}

/// `control.through`
pub(super) fn through(case: &Case<'_, '_>) -> Result<(), Reason> {
    let claimed = claimed(case)?;
    case.no_rows()?;
    case.count(2)?;
    let (first, middle) = case.controls(0, claimed.on)?;
    let (second, last) = case.controls(1, claimed.on)?;
    if (first, middle, last) != (claimed.x, second, claimed.z) {
        return Err(Reason::WrongPremises {});
    }
    no_votes_stated(&claimed)
}

fn no_votes_stated(claimed: &Claimed<'_>) -> Result<(), Reason> {
    if claimed.votes.is_none() { Ok(()) } else { Err(Reason::VotesOutOfPlace {}) }
}

/// `control.majority`
pub(super) fn majority(case: &Case<'_, '_>) -> Result<(), Reason> {
    let claimed = claimed(case)?;
    by_votes(case, &claimed, &case.book.claim.numbers.control_majority).map(|_| ())
}

/// `control.presumption`
pub(super) fn presumption(case: &Case<'_, '_>) -> Result<(), Reason> {
    let claimed = claimed(case)?;
    let (book, on) = (case.book, claimed.on);
    if !book.reads("defacto_30", "on") {
        return Err(Reason::Reading { switch: "defacto_30" });
    }
    if !book.is_listed(claimed.z) {
        return Err(Reason::NotListed { party: book.name(claimed.z) });
    }
    let (block, votes) = by_votes(case, &claimed, &book.claim.numbers.control_presumption)?;
    let denial = book.controls_of(claimed.z).find(|(_, row)| {
        row.controller == claimed.x && row.effect == Effect::Denies && book.in_force(&row.period, on, Extent::Possible)
    });
    if let Some((i, _)) = denial {
        return Err(Reason::Denied { row: label(RowRef::new(Table::Controls, i)) });
    }
    let shares = || block.members.iter().filter_map(|member| votes.get(member));
    let sum = shares().fold(RBig::ZERO, |sum, share| sum + &share.least);
    let open = shares().any(|share| share.open);
    let inside = |party: PartyId| block.members.contains(&party);
    let measured = Measured { inside: &inside, votes: &sum, open };
    match rival(book, (claimed.z, on), &votes, &measured, Extent::Possible) {
        Some(party) => Err(Reason::Rival { party: book.name(party) }),
        None => Ok(()),
    }
}

/// What both rules of votes share: the block, its votes for certain, and that they are more than needed.
fn by_votes(
    case: &Case<'_, '_>,
    claimed: &Claimed<'_>,
    needed: &Percent,
) -> Result<(Block, std::rc::Rc<Votes>), Reason> {
    let book = case.book;
    if !book.votes_control(claimed.z) {
        return Err(Reason::NotByVotes { party: book.name(claimed.z) });
    }
    let terms = Terms { concert: book.concert_controls(), leads: true, reaches: &|_| true };
    let block = block(case, (claimed.x, claimed.z), claimed.on, &terms)?;
    let votes = votes(book, claimed.z, claimed.on);
    let caps = cited(case, &block.members, claimed)?;
    if !votes.iter().any(|(holder, share)| block.own.contains(holder) && share.some()) {
        return Err(Reason::NoVotes { party: book.name(claimed.x) });
    }
    let (mut sum, mut open) = (RBig::ZERO, false);
    for (member, cap) in &caps {
        let Some(share) = votes.get(member) else { continue };
        match cap {
            Some(cap) if *cap < share.least => sum += cap,
            _ => {
                sum += &share.least;
                open |= share.open;
            }
        }
    }
    let stated = claimed.votes.ok_or(Reason::VotesUnstated {})?;
    if *stated.value() > sum {
        return Err(Reason::VotesNotShown { claimed: stated.clone(), shown: Percent::from(sum) });
    }
    let enough = stated > needed || (stated == needed && sum == *stated.value() && open);
    if !enough {
        return Err(Reason::VotesTooFew { votes: stated.clone(), needed: needed.clone() });
    }
    Ok((block, votes))
}

/// How many votes of each member of the block the cited rows can account for: `None` where a proxy passes all that a
/// principal has. Members of whom no row is cited show no votes. Rows about anything else are refused.
fn cited(
    case: &Case<'_, '_>,
    members: &Set,
    claimed: &Claimed<'_>,
) -> Result<FxHashMap<PartyId, Option<RBig>>, Reason> {
    let facts = case.book.facts;
    let sources = sources(case.book, members, claimed.z, claimed.on);
    let mut caps: FxHashMap<PartyId, Option<RBig>> = FxHashMap::default();
    let mut add = |party: PartyId, votes: Option<&RBig>| {
        if members.contains(&party) {
            let cap = caps.entry(party).or_insert(Some(RBig::ZERO));
            *cap = cap.take().zip(votes).map(|(sum, more)| sum + more);
        }
    };
    for row in &case.rows {
        let bears = match row.table {
            Table::Holdings => facts.holdings().get(row.index()).is_some_and(|holding| {
                add(holding.holder, Some(holding.votes().least().value()));
                holding.company == claimed.z && sources.contains(&holding.holder)
            }),
            Table::Proxies => facts.proxies().get(row.index()).is_some_and(|proxy| {
                add(proxy.agent, proxy.votes_percent.as_ref().map(|votes| votes.least().value()));
                proxy.company == claimed.z && (sources.contains(&proxy.agent) || members.contains(&proxy.principal))
            }),
            Table::Concert | Table::Kinships => true,
            _ => false,
        };
        if !bears {
            return Err(Reason::WrongRow { row: label(*row) });
        }
    }
    Ok(caps)
}
