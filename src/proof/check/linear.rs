//! Exact linear equations `w(h) = Σ a(h, g) · w(g) + c(h)` with nothing negative, solved by elimination.

use crate::facts::PartyId;
use dashu_ratio::RBig;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The factors of other unknowns, and the constant.
pub(super) type Equation = (FxHashMap<PartyId, RBig>, RBig);

/// The least solution, or `None` where there is no finite one (a circle passes on as much as it takes, or more).
/// Unknowns without an equation are zero.
///
/// Every pivot of such a system is above zero exactly if the sum over all chains is finite, and then the one solution
/// is that sum. A circle that takes in nothing passes on nothing, so it is left out beforehand: it may hold all of
/// itself.
pub(super) fn solve(equations: FxHashMap<PartyId, Equation>) -> Option<FxHashMap<PartyId, RBig>> {
    let mut open = fed(equations);
    let mut users: FxHashMap<PartyId, FxHashSet<PartyId>> = FxHashMap::default();
    for (h, (factors, _)) in &open {
        for g in factors.keys() {
            users.entry(*g).or_default().insert(*h);
        }
    }
    // Those with the fewest factors and users first: chains without circles then cost nothing extra.
    let cost = |open: &FxHashMap<PartyId, Equation>, users: &FxHashMap<PartyId, FxHashSet<PartyId>>, h: PartyId| {
        open.get(&h).map_or(0, |(factors, _)| factors.len()) * users.get(&h).map_or(0, FxHashSet::len)
    };
    let mut order: BTreeSet<(usize, PartyId)> = open.keys().map(|h| (cost(&open, &users, *h), *h)).collect();
    let mut done: Vec<(PartyId, Equation)> = Vec::new();
    while let Some((known, h)) = order.pop_first() {
        let now = cost(&open, &users, h);
        if now > known && order.first().is_some_and(|(next, _)| *next < now) {
            order.insert((now, h));
            continue;
        }
        let (mut factors, mut constant) = open.remove(&h)?;
        if let Some(own) = factors.remove(&h) {
            let pivot = RBig::ONE - own;
            if pivot <= RBig::ZERO {
                return None;
            }
            for factor in factors.values_mut() {
                *factor = &*factor / &pivot;
            }
            constant = &constant / &pivot;
        }
        for g in factors.keys() {
            if let Some(users) = users.get_mut(g) {
                users.remove(&h);
            }
        }
        for user in users.remove(&h).unwrap_or_default() {
            let Some((theirs, sum)) = open.get_mut(&user) else { continue };
            let Some(share) = theirs.remove(&h) else { continue };
            *sum += &share * &constant;
            for (g, factor) in &factors {
                *theirs.entry(*g).or_default() += &share * factor;
                users.entry(*g).or_default().insert(user);
            }
        }
        done.push((h, (factors, constant)));
    }
    let mut solution: FxHashMap<PartyId, RBig> = FxHashMap::default();
    for (h, (factors, constant)) in done.into_iter().rev() {
        let value = factors.iter().fold(constant, |sum, (g, factor)| match solution.get(g) {
            Some(w) => sum + factor * w,
            None => sum,
        });
        solution.insert(h, value);
    }
    Some(solution)
}

/// The equations of those who take in something, however far round, without zero factors.
fn fed(equations: FxHashMap<PartyId, Equation>) -> FxHashMap<PartyId, Equation> {
    let mut users: FxHashMap<PartyId, Vec<PartyId>> = FxHashMap::default();
    let mut queue: Vec<PartyId> = Vec::new();
    for (h, (factors, constant)) in &equations {
        if *constant > RBig::ZERO {
            queue.push(*h);
        }
        for g in factors.iter().filter(|(_, factor)| **factor > RBig::ZERO).map(|(g, _)| g) {
            users.entry(*g).or_default().push(*h);
        }
    }
    let mut fed: FxHashSet<PartyId> = FxHashSet::default();
    while let Some(h) = queue.pop() {
        if fed.insert(h) {
            queue.extend(users.get(&h).into_iter().flatten());
        }
    }
    equations
        .into_iter()
        .filter(|(h, _)| fed.contains(h))
        .map(|(h, (mut factors, constant))| {
            factors.retain(|g, factor| fed.contains(g) && *factor > RBig::ZERO);
            (h, (factors, constant))
        })
        .collect()
}
