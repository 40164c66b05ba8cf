//! differential dataflow with two workers: the least fixpoint, sums by `reduce` within the iteration.

use super::Contestant;
use super::split::Split;
use crate::edges::{Edges, MAJORITY};
use crate::tally::Tally;
use differential_dataflow::input::Input;
use differential_dataflow::operators::Iterate;
use std::sync::{Arc, Mutex};

const WORKERS: usize = 2;

pub struct Dataflow(Arc<Split>);

impl Contestant for Dataflow {
    fn load(edges: &Edges) -> Self {
        Self(Arc::new(Split::new(edges)))
    }

    fn pairs(&mut self) -> Tally {
        let split = Arc::clone(&self.0);
        let total = Arc::new(Mutex::new(Tally::default()));
        let sum = Arc::clone(&total);
        timely::execute(timely::Config::process(WORKERS), move |worker| {
            let mine = std::rc::Rc::new(std::cell::RefCell::new(Tally::default()));
            let seen = std::rc::Rc::clone(&mine);
            let (mut seeds, mut direct, mut pooled) = worker.dataflow::<u32, _, _>(|scope| {
                let (seed_input, seeds) = scope.new_collection::<(u32, u32), isize>();
                let (direct_input, direct) = scope.new_collection::<(u32, u32), isize>();
                let (pooled_input, pooled) = scope.new_collection::<(u32, (u32, u64)), isize>();
                // (holder, party): the party has the votes of the holder.
                let has = seeds.clone().iterate(|scope, has| {
                    let (seeds, direct, pooled) = (seeds.enter(scope), direct.enter(scope), pooled.enter(scope));
                    let alone = has.clone().join_map(direct, |_, party, company| (*company, *party));
                    let votes = has.join_map(pooled, |_, party, (company, share)| ((*company, *party), *share));
                    let enough = votes.reduce(|_, shares, enough| {
                        let sum: u64 = shares.iter().map(|(share, times)| **share * *times as u64).sum();
                        if sum > MAJORITY {
                            enough.push(((), 1));
                        }
                    });
                    alone.concat(enough.map(|(pair, ())| pair)).concat(seeds).distinct()
                });
                has.inspect(move |((company, party), _, times)| {
                    assert_eq!(*times, 1);
                    if company != party {
                        seen.borrow_mut().add(*party, *company);
                    }
                });
                (seed_input, direct_input, pooled_input)
            });
            let (index, peers) = (worker.index(), worker.peers());
            let own = |position: &usize| position % peers == index;
            (0..split.holders.len()).filter(own).for_each(|at| seeds.insert((split.holders[at], split.holders[at])));
            (0..split.direct.len()).filter(own).for_each(|at| direct.insert(split.direct[at]));
            (0..split.pooled.len()).filter(own).for_each(|at| {
                let (holder, company, share) = split.pooled[at];
                pooled.insert((holder, (company, share)));
            });
            seeds.close();
            direct.close();
            pooled.close();
            while worker.step_or_park(None) {}
            let mut sum = sum.lock().unwrap();
            *sum = sum.join(*mine.borrow());
        })
        .unwrap();
        *total.lock().unwrap()
    }
}
