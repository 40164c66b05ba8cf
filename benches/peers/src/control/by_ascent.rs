//! ascent, with the sums kept by hand: every vote is joined once, and added up in a map beside the rules.

use super::Contestant;
use super::split::Split;
use crate::edges::{Edges, MAJORITY};
use crate::tally::Tally;
use ascent::ascent_run;
use std::cell::RefCell;
use std::collections::HashMap;

pub struct Ascent(Split);

impl Contestant for Ascent {
    fn load(edges: &Edges) -> Self {
        Self(Split::new(edges))
    }

    fn pairs(&mut self) -> Tally {
        let Split { holders, direct, pooled } = std::mem::take(&mut self.0);
        let sums: RefCell<HashMap<(u32, u32), u64>> = RefCell::new(HashMap::new());
        let add = |party: u32, company: u32, share: u64| {
            let mut sums = sums.borrow_mut();
            let sum = sums.entry((party, company)).or_default();
            *sum += share;
            *sum > MAJORITY
        };
        let found = ascent_run! {
            relation has(u32, u32) = holders.into_iter().map(|holder| (holder, holder)).collect();
            relation controls(u32, u32) = direct;
            relation holds(u32, u32, u64) = pooled;
            has(party, company) <-- has(party, holder), controls(holder, company);
            has(party, company) <-- has(party, holder), holds(holder, company, share), if add(*party, *company, *share);
        };
        let mut tally = Tally::default();
        found.has.iter().filter(|(one, other)| one != other).for_each(|(one, other)| tally.add(*one, *other));
        tally
    }
}
