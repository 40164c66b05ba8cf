//! Who holds 5 % of the subject (section 3).

use std::collections::BTreeMap;

use dashu_ratio::RBig;

use super::control::{self, Pairs};
use super::readings::Readings;
use super::state::State;
use super::world::Set;

/// What is asked about holdings in one state.
pub struct Holders<'s, 'w> {
    state: &'s State<'w>,
    readings: &'s Readings,
    pairs: &'s Pairs,
    groups: Vec<control::Group>,
}

impl<'s, 'w> Holders<'s, 'w> {
    pub fn new(state: &'s State<'w>, readings: &'s Readings, pairs: &'s Pairs) -> Self {
        let groups = control::groups_about(state, state.subject, readings);
        Self { state, readings, pairs, groups }
    }

    /// Direct percentage of `g` in `h`.
    fn percent(&self, g: usize, h: usize) -> RBig {
        let rows = self.state.holdings.iter().filter(|row| row.holder == g && row.company == h);
        rows.fold(RBig::ZERO, |sum, row| sum + &row.percent)
    }

    fn stake(&self, h: usize) -> RBig {
        self.percent(h, self.state.subject)
    }

    /// What `x` reaches for this purpose: an authority's companies are not added together.
    fn reach(&self, x: usize) -> Set {
        if self.state.world.is_state_body(x) { Set::from([x]) } else { control::reach(self.pairs, x) }
    }

    /// Whether concert is pooled for `p` at all.
    fn pools(&self, p: usize) -> bool {
        self.readings.is("pool_concert", "all")
            || self.readings.is("pool_concert", "organisations") && self.state.world.is_organisation(p)
    }

    /// Those in concert about the subject with any of `own`; here every group counts for all its members.
    fn in_concert_with(&self, own: &Set) -> Set {
        let groups = self.groups.iter().filter(|group| !group.members.is_disjoint(own));
        groups.flat_map(|group| group.members.iter().copied()).collect()
    }

    fn block(&self, p: usize) -> Set {
        let own = self.reach(p);
        let mut block = own.clone();
        if self.pools(p) {
            for member in self.in_concert_with(&own) {
                block.extend(self.reach(member));
            }
        }
        block.remove(&self.state.subject);
        block
    }

    /// `p` and those in concert with it, without what any of them controls.
    fn bare_block(&self, p: usize) -> Set {
        let own = Set::from([p]);
        let mut block = own.clone();
        if self.pools(p) {
            block.extend(self.in_concert_with(&own));
        }
        block.remove(&self.state.subject);
        block
    }

    fn sum_of_stakes(&self, parties: &Set) -> RBig {
        parties.iter().fold(RBig::ZERO, |sum, h| sum + self.stake(*h))
    }

    fn controlled(&self, p: usize) -> RBig {
        self.sum_of_stakes(&self.block(p))
    }

    /// The part of every party's stake that is attributed to `block`.
    ///
    /// The least solution gives nothing to a party behind which `block` is nowhere found, such as a closed circle; left
    /// with the others the system has exactly one solution, which elimination finds.
    fn attributed(&self, block: &Set) -> BTreeMap<usize, RBig> {
        let subject = self.state.subject;
        let hundred = RBig::from(100);
        let mut known: BTreeMap<usize, RBig> = block.iter().map(|h| (*h, RBig::ONE)).collect();
        known.remove(&subject);
        let mut behind: Set = known.keys().copied().collect();
        loop {
            let before = behind.len();
            for h in self.state.world.all().filter(|h| *h != subject) {
                if behind.iter().any(|g| self.percent(*g, h) > RBig::ZERO) {
                    behind.insert(h);
                }
            }
            if behind.len() == before {
                break;
            }
        }
        let unknown: Vec<usize> = behind.into_iter().filter(|h| !known.contains_key(h)).collect();
        // Row of h: w(h) − Σ share(g in h) · w(g) over unknown g = Σ share(g in h) over g of the block.
        let mut system: Vec<Vec<RBig>> = unknown
            .iter()
            .map(|h| {
                let mut row: Vec<RBig> = unknown
                    .iter()
                    .map(|g| {
                        let diagonal = if g == h { RBig::ONE } else { RBig::ZERO };
                        diagonal - self.percent(*g, *h) / &hundred
                    })
                    .collect();
                row.push(known.keys().fold(RBig::ZERO, |sum, g| sum + self.percent(*g, *h) / &hundred));
                row
            })
            .collect();
        solve(&mut system);
        for (row, h) in system.iter().zip(&unknown) {
            known.insert(*h, row[unknown.len()].clone());
        }
        known
    }

    fn look_through_of(&self, block: &Set) -> RBig {
        self.attributed(block).into_iter().fold(RBig::ZERO, |sum, (h, part)| sum + self.stake(h) * part)
    }

    fn look_through(&self, p: usize) -> RBig {
        self.look_through_of(&self.block(p))
    }

    /// Article 7(1), by the threshold.
    pub fn person(&self, p: usize) -> bool {
        let held = if self.readings.is("person_indirect", "look_through") {
            self.look_through(p)
        } else if self.readings.is("person_indirect", "multiply") {
            self.look_through_of(&self.bare_block(p))
        } else {
            self.controlled(p)
        };
        held >= RBig::from(5)
    }

    /// Article 5(4). `own_group` is what the subject controls.
    pub fn organisation(&self, p: usize, own_group: &Set) -> bool {
        let five = RBig::from(5);
        if self.readings.is("organisation_indirect", "direct") {
            return self.sum_of_stakes(&self.bare_block(p)) >= five;
        }
        if self.readings.is("organisation_indirect", "look_through") {
            return self.look_through(p) >= five;
        }
        let world = self.state.world;
        let may_head = |q: usize| !world.is_state_body(q) && q != self.state.subject && !own_group.contains(&q);
        self.controlled(p) >= five
            || self.stake(p) > RBig::ZERO
                && world.all().any(|q| self.pairs.contains(&(q, p)) && may_head(q) && self.controlled(q) >= five)
    }
}

/// Solves a square system with its right side as last column, in place, by elimination.
fn solve(system: &mut [Vec<RBig>]) {
    let size = system.len();
    for pivot in 0..size {
        let with = (pivot..size).find(|row| system[*row][pivot] != RBig::ZERO).expect("a system with one solution");
        system.swap(pivot, with);
        let divisor = system[pivot][pivot].clone();
        for cell in &mut system[pivot] {
            *cell = &*cell / &divisor;
        }
        let pivot_row = system[pivot].clone();
        for row in (0..size).filter(|row| *row != pivot) {
            let factor = system[row][pivot].clone();
            for (cell, other) in system[row].iter_mut().zip(&pivot_row) {
                *cell = &*cell - &factor * other;
            }
        }
    }
}
