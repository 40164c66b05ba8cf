//! The links of the forest: who controls each party most nearly, asked of a kernel party by party.

use super::order::order;
use super::parents::{NONE, OPEN, Parents};
use crate::graph::nearest::Nearest;
use crate::graph::{ControlRules, Kernel, Lens, Network, Node};
use rayon::prelude::*;

/// Parties that one thread takes at a time.
const CHUNK: usize = 1 << 14;

/// The same of parties that have to be searched for.
const FEW: usize = 512;

/// A kernel that keeps more results than this forgets them.
const HEAVY: u64 = 1 << 20;

/// Links from every party to those who control it, so that all of its controllers are met by going on from one to the
/// next. O(rows + what lies above companies whose rows leave it open), by as many threads as there are.
pub(super) fn nearest(network: &Network, lens: &Lens, rules: &ControlRules) -> Parents {
    let mut parents = Parents::none(network.party_count());
    let fresh = || Kernel::on_day(network, *lens, rules.clone());
    let settle = |(chunk, firsts): (usize, &mut [Node])| {
        let kernel = fresh();
        for (party, first) in ((chunk * CHUNK) as Node..).zip(firsts) {
            if network.into(party).len() > 0 {
                *first = link(kernel.nearest_settled(party));
            }
        }
    };
    parents.first().par_chunks_mut(CHUNK).enumerate().for_each(settle);
    let mut open: Vec<Node> = (0..network.party_count() as Node).filter(|party| parents.one(*party) == OPEN).collect();
    // What is told of some tells more of those below them.
    loop {
        let tell = |kernel: &mut Kernel, party: &Node| {
            let nearest = kernel.nearest_by(*party, Some(&mut |_, at| told(parents.one(at))));
            (*party, link(nearest))
        };
        let found: Vec<(Node, Node)> =
            open.par_iter().with_min_len(FEW).map_init(fresh, tell).filter(|(_, link)| *link != OPEN).collect();
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|(party, link)| parents.set(party, link));
        open.retain(|party| parents.one(*party) == OPEN);
    }
    search(&fresh, &open, &mut parents);
    if rules.joint && !network.concert().universal().is_empty() {
        let grouped = grouped(network, &parents);
        search(&fresh, &grouped, &mut parents);
    }
    parents
}

/// What stands for the nearest controller of a party.
fn link(nearest: Nearest) -> Node {
    match nearest {
        Nearest::Nobody => NONE,
        Nearest::One(parent) | Nearest::Through(parent) => parent,
        Nearest::Open => OPEN,
    }
}

fn told(link: Node) -> Nearest {
    match link {
        NONE => Nearest::Nobody,
        OPEN => Nearest::Open,
        parent => Nearest::One(parent),
    }
}

/// Searches for those who control each of some parties.
fn search<'n, 'f: 'n>(fresh: &(impl Fn() -> Kernel<'n, 'f> + Sync), parties: &[Node], parents: &mut Parents) {
    let find = |kernel: &mut Kernel<'n, 'f>, party: &Node| {
        if kernel.weight() > HEAVY {
            *kernel = fresh();
        }
        (*party, links(kernel, *party))
    };
    let found: Vec<(Node, Vec<Node>)> = parties.par_iter().with_min_len(FEW).map_init(fresh, find).collect();
    for (party, links) in found {
        if parents.one(party) == OPEN {
            parents.set(party, NONE);
        }
        links.into_iter().for_each(|parent| parents.add(party, parent));
    }
}

/// Of those who control a party, the ones found before anybody else who does: all others are met through these. Where one
/// of them is itself controlled by the party, it may have been found through the others in turn, and all are kept.
fn links(kernel: &mut Kernel, party: Node) -> Vec<Node> {
    let controllers = kernel.controllers(party);
    let mut first: Vec<Node> =
        controllers.ways().filter(|(_, via)| *via == party).map(|(controller, _)| controller).collect();
    let alone = kernel.network().out(party).len() == 0;
    if !alone && first.iter().any(|controller| kernel.is_controller(party, *controller)) {
        return controllers.all().map(|(controller, _)| controller).collect();
    }
    first.sort_unstable();
    first.dedup();
    first
}

/// Parties of concert groups about every company, and those below them: what such a group has may bring further
/// controllers to whoever seems to have one. O(parties + links).
fn grouped(network: &Network, parents: &Parents) -> Vec<Node> {
    let concert = network.concert();
    let mut marked = vec![false; network.party_count()];
    for member in concert.universal().iter().flat_map(|group| concert.everyone(*group)) {
        marked[member as usize] = true;
    }
    let order = order(parents, marked.len());
    for head in &order.heads {
        let circle = order.circle(head);
        let is = |party: &Node| marked[*party as usize];
        if circle.iter().any(|member| is(member) || parents.of(*member).iter().any(is)) {
            circle.iter().for_each(|member| marked[*member as usize] = true);
        }
    }
    (0..).zip(marked).filter(|(party, marked)| *marked && parents.has(*party)).map(|(party, _)| party).collect()
}
