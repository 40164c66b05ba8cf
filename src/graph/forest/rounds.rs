//! From what each company's own rows say to the least fixpoint: companies with pooled votes are looked at again when
//! more is known about who controls their holders. What is found never has to be taken back.

use super::first::{BROUGHT, First, GROUPED, OPEN, VOTED, World};
use super::local::Local;
use super::parents::Parents;
use crate::graph::{Node, Tie};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// Fewer companies than this are looked at by one thread.
const FEW: usize = 256;
/// Companies that one thread takes at a time.
const CHUNK: usize = 512;

/// Everything known of control, complete.
pub(super) struct Settled {
    pub(super) parents: Parents,
    /// How many companies were looked at with pooled votes or concert in mind.
    pub(super) open: usize,
    /// How many times they were gone through.
    pub(super) rounds: usize,
}

/// Goes on until nothing more is found. O(rounds · (ties of what is new and all below it + companies looked at)); there
/// are as many rounds as companies with pooled votes stand above one another.
pub(super) fn settle(world: &World, first: First) -> Settled {
    let First { mut parents, mut flags, open } = first;
    let mut todo = open;
    let concert = world.network.concert();
    if world.rules.joint && !concert.universal().is_empty() {
        let members = concert.universal().iter().flat_map(|group| concert.everyone(*group)).collect();
        bring(world, &parents, &mut flags, members, &mut todo);
    }
    todo.sort_unstable();
    todo.dedup();
    let (open, mut rounds) = (todo.len(), 0);
    while !todo.is_empty() {
        rounds += 1;
        let found = look(world, &parents, &flags, &todo);
        todo.clear();
        for (company, more) in &found {
            more.iter().for_each(|parent| parents.add(*company, *parent));
        }
        let changed: Vec<Node> = found.iter().map(|(company, _)| *company).collect();
        let brought: Vec<Node> = found
            .iter()
            .filter(|(_, more)| more.iter().any(|parent| flags.get(*parent as usize).is_some_and(|f| f & BROUGHT != 0)))
            .map(|(company, _)| *company)
            .collect();
        bring(world, &parents, &mut flags, brought, &mut todo);
        wake(world, &parents, &flags, changed, &mut todo);
        todo.sort_unstable();
        todo.dedup();
    }
    Settled { parents, open, rounds }
}

fn look(world: &World, parents: &Parents, flags: &[u8], todo: &[Node]) -> Vec<(Node, Vec<Node>)> {
    let some = |companies: &[Node]| -> Vec<(Node, Vec<Node>)> {
        let mut local = Local::new(world, parents);
        let brought = |company: Node| flags.get(company as usize).is_some_and(|flags| flags & GROUPED != 0);
        let all = companies.iter().map(|company| (*company, local.more(*company, brought(*company))));
        all.filter(|(_, more)| !more.is_empty()).collect()
    };
    if todo.len() < FEW { some(todo) } else { todo.par_chunks(CHUNK).flat_map_iter(some).collect() }
}

/// Whether a company that somebody has a tie to may be controlled by whom that somebody is controlled by.
fn leads(parents: &Parents, flags: &[u8], from: Node, to: Node) -> bool {
    let open = flags.get(to as usize).is_some_and(|flags| flags & OPEN != 0);
    open && parents.has(to) || parents.of(to).contains(&from)
}

/// Marks parties and what they control as such that groups about every company may bring, and opens the companies in
/// which they have votes beside others.
fn bring(world: &World, parents: &Parents, flags: &mut [u8], from: Vec<Node>, todo: &mut Vec<Node>) {
    let mut stack = from;
    while let Some(party) = stack.pop() {
        let Some(own) = flags.get_mut(party as usize).filter(|own| **own & BROUGHT == 0) else { continue };
        *own |= BROUGHT;
        for (company, tie) in world.network.out(party) {
            if company == party {
                continue;
            }
            if leads(parents, flags, party, company) {
                stack.push(company);
            }
            let Some(flags) = flags.get_mut(company as usize) else { continue };
            if !matches!(tie, Tie::Control(_)) && *flags & VOTED != 0 && world.network.into(company).len() > 1 {
                *flags |= OPEN | GROUPED;
                todo.push(company);
            }
        }
    }
}

/// Finds the open companies about which something may have changed where these parties have new controllers.
fn wake(world: &World, parents: &Parents, flags: &[u8], changed: Vec<Node>, todo: &mut Vec<Node>) {
    let concert = world.network.concert();
    let (mut stack, mut seen, mut groups) = (changed, FxHashSet::default(), FxHashSet::default());
    let is_open = |company: Node| flags.get(company as usize).is_some_and(|flags| flags & OPEN != 0);
    while let Some(party) = stack.pop() {
        if !seen.insert(party) {
            continue;
        }
        for (company, _) in world.network.out(party) {
            if is_open(company) {
                todo.push(company);
            }
            if leads(parents, flags, party, company) && !seen.contains(&company) {
                stack.push(company);
            }
        }
        for group in concert.of(party).iter().filter(|group| groups.insert(**group)) {
            if concert.is_universal(*group) {
                stack.extend(concert.everyone(*group));
            } else {
                todo.extend(concert.named(*group).filter(|company| is_open(*company)));
            }
        }
    }
}
