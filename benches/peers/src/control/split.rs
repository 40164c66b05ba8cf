//! The ties as those prepare them who join whole relations: ties that control by themselves apart from votes that have
//! to be added up.
//!
//! Votes of others in a company matter only where all of them together exceed the majority; all others are left out,
//! which changes nothing: a block without whoever has the majority alone can't get there.

use crate::edges::{DECLARED, Edges, MAJORITY};
use std::collections::{HashMap, HashSet};

#[derive(Default)]
pub struct Split {
    /// Who holds anything at all, and is therefore worth asking about.
    pub holders: Vec<u32>,
    /// Declared, or a majority of one holder.
    pub direct: Vec<(u32, u32)>,
    /// Holder, company, votes: of each pair once.
    pub pooled: Vec<(u32, u32, u64)>,
}

impl Split {
    pub fn new(edges: &Edges) -> Self {
        let mut split = Self::default();
        let mut direct = HashSet::new();
        let mut votes: Vec<(u32, u32, u64)> = Vec::with_capacity(edges.ties().len());
        for tie in edges.ties() {
            if tie.share == DECLARED {
                direct.insert((tie.holder, tie.company));
            } else {
                votes.push((tie.holder, tie.company, tie.share));
            }
        }
        votes.sort_unstable_by_key(|(holder, company, _)| (*holder, *company));
        votes.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            kept.2 += if same { later.2 } else { 0 };
            same
        });
        let mut others: HashMap<u32, u64> = HashMap::new();
        for (holder, company, share) in votes {
            if share > MAJORITY {
                direct.insert((holder, company));
            } else {
                *others.entry(company).or_default() += share;
                split.pooled.push((holder, company, share));
            }
        }
        split.pooled.retain(|(_, company, _)| others[company] > MAJORITY);
        split.direct = direct.into_iter().collect();
        split.holders = split.direct.iter().map(|(holder, _)| *holder).collect();
        // Who controls nothing by a single tie controls nothing: votes are pooled only with those of controlled parties.
        split.holders.sort_unstable();
        split.holders.dedup();
        split
    }
}
