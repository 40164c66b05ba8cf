//! Who controls whom (section 2), by iterating the rules over all pairs until nothing is added.

use std::collections::{BTreeMap, BTreeSet};

use dashu_ratio::RBig;

use super::family;
use super::readings::Readings;
use super::state::State;
use super::world::Set;

/// Pairs of controller and controlled.
pub type Pairs = BTreeSet<(usize, usize)>;

/// Those who act in concert about one company.
#[derive(Default)]
pub struct Group {
    pub members: Set,
    pub leads: Set,
}

/// Votes in `z` of every party, after proxies in the order of their rows.
pub fn votes(state: &State, z: usize) -> Vec<RBig> {
    let mut votes = vec![RBig::ZERO; state.world.parties.len()];
    for holding in state.holdings.iter().filter(|holding| holding.company == z) {
        votes[holding.holder] += &holding.votes;
    }
    votes[z] = RBig::ZERO;
    for proxy in state.proxies.iter().filter(|proxy| proxy.company == z) {
        let has = votes[proxy.principal].clone();
        let given = proxy.votes.clone().map_or(has.clone(), |stated| stated.min(has));
        votes[proxy.principal] -= &given;
        votes[proxy.agent] += &given;
        // What is given to the company itself is lost.
        votes[z] = RBig::ZERO;
    }
    votes
}

/// The concert groups about `z`, and under `family_block` the pairs of relatives who both hold shares of it.
pub fn groups_about(state: &State, z: usize, readings: &Readings) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for row in state.concert.iter().filter(|row| row.company.is_none_or(|company| company == z)) {
        let group = groups.entry(&row.group).or_default();
        group.members.insert(row.member);
        if row.lead {
            group.leads.insert(row.member);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    if readings.is("family_block", "on") {
        let holds = |party: usize| {
            state.holdings.iter().any(|row| row.holder == party && row.company == z && row.percent > RBig::ZERO)
        };
        for p in state.world.all().filter(|p| holds(*p)) {
            for q in family::nearest(state, p).into_iter().filter(|q| p < *q && holds(*q)) {
                groups.push(Group { members: Set::from([p, q]), leads: Set::new() });
            }
        }
    }
    groups
}

/// `x` and all that it controls.
pub fn reach(pairs: &Pairs, x: usize) -> Set {
    let mut reached: Set = pairs.iter().filter(|(controller, _)| *controller == x).map(|(_, z)| *z).collect();
    reached.insert(x);
    reached
}

/// The parties whose votes in `z` are counted together for `x` when control is asked about.
fn block(pairs: &Pairs, x: usize, z: usize, groups: &[Group]) -> Set {
    let own = reach(pairs, x);
    let mut block = own.clone();
    for group in groups {
        let who_must_be_own = if group.leads.is_empty() { &group.members } else { &group.leads };
        if !who_must_be_own.is_disjoint(&own) {
            for member in &group.members {
                block.extend(reach(pairs, *member));
            }
        }
    }
    block.remove(&z);
    block
}

fn total(votes: &[RBig], parties: &Set) -> RBig {
    parties.iter().fold(RBig::ZERO, |sum, party| sum + &votes[*party])
}

/// Whether votes give `x` control of `z`, as far as `pairs` go.
fn by_votes(
    state: &State,
    readings: &Readings,
    pairs: &Pairs,
    x: usize,
    z: usize,
    votes: &[RBig],
    groups: &[Group],
) -> bool {
    let world = state.world;
    if world.is_person(z) || world.is_partnership(z) || total(votes, &reach(pairs, x)) == RBig::ZERO {
        return false;
    }
    let none = Vec::new();
    let pooled = if readings.is("joint_control", "counts") { groups } else { &none };
    let block = block(pairs, x, z, pooled);
    let together = total(votes, &block);
    if together > RBig::from(50) {
        return true;
    }
    let listed = world.parties[z].listed || z == state.subject;
    if !listed || readings.is("defacto_30", "off") || together <= RBig::from(30) {
        return false;
    }
    let denied = state.controls.iter().any(|row| row.denies && row.controller == x && row.controlled == z);
    let rival_holder = world.all().any(|h| !block.contains(&h) && votes[h] >= together);
    let rival_group =
        groups.iter().any(|group| group.members.is_disjoint(&block) && total(votes, &group.members) >= together);
    !denied && !rival_holder && !rival_group
}

/// The least relation closed under the three rules.
pub fn controls(state: &State, readings: &Readings) -> Pairs {
    let all = state.world.all();
    let votes: Vec<Vec<RBig>> = all.clone().map(|z| votes(state, z)).collect();
    let groups: Vec<Vec<Group>> = all.clone().map(|z| groups_about(state, z, readings)).collect();
    let mut pairs = Pairs::new();
    for row in state.controls.iter().filter(|row| !row.denies && row.controller != row.controlled) {
        if !row.joint || readings.is("joint_control", "counts") {
            pairs.insert((row.controller, row.controlled));
        }
    }
    loop {
        let mut more = pairs.clone();
        for x in all.clone() {
            for z in all.clone().filter(|z| x != *z) {
                let through_others = all.clone().any(|y| pairs.contains(&(x, y)) && pairs.contains(&(y, z)));
                if pairs.contains(&(x, z))
                    || through_others
                    || by_votes(state, readings, &pairs, x, z, &votes[z], &groups[z])
                {
                    more.insert((x, z));
                }
            }
        }
        if more == pairs {
            return pairs;
        }
        pairs = more;
    }
}
