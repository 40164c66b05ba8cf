//! Who outside a block has as many votes as it, so that nobody is presumed to control (section 2, rule 1).
//!
//! A concert group is a rival only where concert gives control at all: under `joint_control=ignored` it does not, and
//! its members are then rivals one by one.

use super::book::{Book, Extent};
use super::votes::{Share, Votes};
use crate::facts::PartyId;
use chrono::NaiveDate;
use dashu_ratio::RBig;
use rustc_hash::FxHashSet;

/// The block whose votes are measured against those outside it.
pub(super) struct Measured<'m> {
    /// Whether a party belongs to the block.
    pub(super) inside: &'m dyn Fn(PartyId) -> bool,
    /// The votes of the block.
    pub(super) votes: &'m RBig,
    /// Whether the block certainly has more than these.
    pub(super) open: bool,
}

/// A rival that there may be (`Possible`, others at their most) or that there is (`Certain`, others at their least).
pub(super) fn rival(
    book: &Book<'_>,
    (company, day): (PartyId, NaiveDate),
    votes: &Votes,
    block: &Measured<'_>,
    extent: Extent,
) -> Option<PartyId> {
    let of = |share: &Share| match extent {
        Extent::Certain => share.least.clone(),
        Extent::Possible => share.most.clone(),
    };
    let reaches = |sum: &RBig| sum > block.votes || (sum == block.votes && !block.open);
    let single = votes.iter().find(|(holder, share)| !(block.inside)(**holder) && reaches(&of(share)));
    if let Some((holder, _)) = single {
        return Some(*holder);
    }
    if !book.concert_controls() {
        return None;
    }
    let own = |party: PartyId| votes.get(&party).map_or(RBig::ZERO, &of);
    let opposite = match extent {
        Extent::Certain => Extent::Possible,
        Extent::Possible => Extent::Certain,
    };
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for holder in votes.keys().filter(|holder| !(block.inside)(**holder)) {
        for (_, row) in book.concert_of(*holder) {
            if row.company.is_some_and(|c| c != company) || !seen.insert(row.group) {
                continue;
            }
            // Only a group wholly outside the block is a rival.
            let joined = book
                .group(row.group, company)
                .any(|member| (block.inside)(member.member) && book.in_force(&member.period, day, opposite));
            let members: FxHashSet<PartyId> = book
                .group(row.group, company)
                .filter(|member| !(block.inside)(member.member) && book.in_force(&member.period, day, extent))
                .map(|member| member.member)
                .collect();
            if !joined && !members.is_empty() && reaches(&members.into_iter().fold(RBig::ZERO, |sum, m| sum + own(m))) {
                return Some(*holder);
            }
        }
        if book.family_counts() && book.holds(*holder, company, day, extent) {
            let pair = book.kin(*holder, day, extent).into_iter().find(|kin| {
                !(block.inside)(*kin) && book.holds(*kin, company, day, extent) && reaches(&(own(*holder) + own(*kin)))
            });
            if pair.is_some() {
                return Some(*holder);
            }
        }
    }
    None
}
