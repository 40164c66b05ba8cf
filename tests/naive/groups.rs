//! Counterparties under common control (section 8).

use std::collections::{BTreeMap, BTreeSet};

use super::control::{self, Pairs};
use super::readings::Readings;
use super::state::State;

/// The pairs of section 2 without those whose controller is a state body.
pub fn grouping_pairs(state: &State, readings: &Readings) -> Pairs {
    control::controls(state, readings).into_iter().filter(|(x, _)| !state.world.is_state_body(*x)).collect()
}

/// The tops of every party; a circle is named by its smallest id.
pub fn tops(state: &State, readings: &Readings) -> BTreeMap<String, Vec<String>> {
    let world = state.world;
    let pairs = grouping_pairs(state, readings);
    let same_circle = |x: usize, y: usize| x == y || pairs.contains(&(x, y)) && pairs.contains(&(y, x));
    let is_top = |c: usize| world.all().all(|x| !pairs.contains(&(x, c)) || same_circle(x, c));
    let name = |c: usize| {
        let circle = world.all().filter(|x| same_circle(*x, c)).map(|x| world.parties[x].id.clone());
        circle.min().expect("a circle has a member")
    };
    let mut answer = BTreeMap::new();
    for x in world.all() {
        let mut names: BTreeSet<String> =
            world.all().filter(|c| (*c == x || pairs.contains(&(*c, x))) && is_top(*c)).map(name).collect();
        if names.is_empty() {
            names.insert(name(x));
        }
        answer.insert(world.parties[x].id.clone(), names.into_iter().collect());
    }
    answer
}
