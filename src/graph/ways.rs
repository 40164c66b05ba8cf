//! What flows along holdings in whole units, bounded from above or from below: sums are rounded one way throughout, so
//! that comparisons come out right whenever the bound settles them. A circle costs as many rounds as it takes until
//! rounding stops it, and not the elimination of a system.

use super::Node;
use super::settled::WHOLE;
use crate::facts::Share;
use dashu_int::IBig;
use dashu_ratio::RBig;
use rustc_hash::FxHashMap;

/// Stands for more than can be told.
pub(super) const UNBOUNDED: u64 = u64::MAX;

/// Rounds after which a circle is left as it is.
const ROUNDS: usize = 1000;

/// Which way sums are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WholeUnits {
    /// No more than what flows.
    Down,
    /// No less than what flows.
    Up,
}

impl WholeUnits {
    /// Units of units, in whole units.
    fn of(self, sum: u128) -> u64 {
        let whole = match self {
            Self::Down => sum / u128::from(WHOLE),
            Self::Up => sum.div_ceil(u128::from(WHOLE)),
        };
        u64::try_from(whole).unwrap_or(UNBOUNDED)
    }
}

/// Parties in the order they are reached, and how much of what flows to each goes on to whom.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub(super) reached: Vec<Node>,
    place: FxHashMap<Node, usize>,
    /// For each, the places of its holders and their shares.
    pub(super) links: Vec<Vec<(usize, u64)>>,
}

/// A percentage in whole units.
pub(super) fn in_units(percent: &RBig, round: WholeUnits) -> u64 {
    let units = percent * RBig::from(Share::PERCENT);
    let whole: IBig = if round == WholeUnits::Down { units.floor() } else { units.ceil() };
    u64::try_from(whole).unwrap_or(UNBOUNDED)
}

impl Ways {
    /// Parties with their places, and nothing that goes on from them yet.
    pub(super) fn of(parties: &[Node]) -> Self {
        let mut ways = Self::default();
        parties.iter().for_each(|party| {
            ways.place(*party);
        });
        ways
    }

    /// The place of a party, the next one where it has none yet.
    pub(super) fn place(&mut self, party: Node) -> usize {
        let next = self.reached.len();
        let place = *self.place.entry(party).or_insert(next);
        if place == next {
            self.reached.push(party);
        }
        place
    }

    /// Who holds which companies.
    pub(super) fn held(&self) -> FxHashMap<Node, Vec<Node>> {
        let mut held: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for (company, links) in self.reached.iter().zip(&self.links) {
            for (holder, _) in links {
                held.entry(self.reached[*holder]).or_default().push(*company);
            }
        }
        held
    }

    /// What flows to each party, by place, given what flows to some from the start. `None` where circles leave it without
    /// an upper bound, or with one that many rounds do not reach; a lower bound there is always. O(links), with circles
    /// O(links) a round.
    pub(super) fn flow(&self, base: &[(usize, u64)], round: WholeUnits) -> Option<Vec<u64>> {
        let mut flow = vec![0u64; self.reached.len()];
        for (holder, units) in base {
            flow[*holder] = flow[*holder].saturating_add(*units);
        }
        if self.pass_on(&mut flow, round) { Some(flow) } else { self.go_round(base, round) }
    }

    /// Passes on what flows in, each once all that flows into it is there; false where there are circles.
    fn pass_on(&self, flow: &mut [u64], round: WholeUnits) -> bool {
        let mut waiting = vec![0u32; self.reached.len()];
        for (to, _) in self.links.iter().flatten() {
            waiting[*to] += 1;
        }
        let mut ready: Vec<usize> = (0..waiting.len()).filter(|place| waiting[*place] == 0).collect();
        let mut done = 0;
        while let Some(at) = ready.pop() {
            done += 1;
            for (to, share) in &self.links[at] {
                let part = round.of(u128::from(flow[at]) * u128::from(*share));
                flow[*to] = flow[*to].saturating_add(part);
                waiting[*to] -= 1;
                if waiting[*to] == 0 {
                    ready.push(*to);
                }
            }
        }
        done == flow.len()
    }

    /// With circles: from nothing upwards, until nothing grows. Rounded down, each round is less than what flows. Rounded
    /// up, nobody in the end has less than its due from the others, and so no less than what really flows.
    fn go_round(&self, base: &[(usize, u64)], round: WholeUnits) -> Option<Vec<u64>> {
        let count = self.reached.len();
        let mut due: Vec<u128> = vec![0; count];
        for (holder, units) in base {
            due[*holder] += u128::from(*units) * u128::from(WHOLE);
        }
        let mut from: Vec<Vec<(usize, u64)>> = vec![Vec::new(); count];
        for (place, links) in self.links.iter().enumerate() {
            for (to, share) in links {
                from[*to].push((place, *share));
            }
        }
        let mut flow = vec![0u64; count];
        for _ in 0..ROUNDS {
            let mut grown = false;
            for place in 0..count {
                let more = from[place].iter().map(|(other, share)| u128::from(flow[*other]) * u128::from(*share));
                let sum = round.of(more.fold(due[place], u128::saturating_add));
                if sum == UNBOUNDED {
                    return (round == WholeUnits::Down).then_some(flow);
                }
                grown |= sum > flow[place];
                flow[place] = sum;
            }
            if !grown {
                return Some(flow);
            }
        }
        (round == WholeUnits::Down).then_some(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What flows to each of `parties` places that pass on shares (from, to, percent), the first being given the whole.
    fn bounds(parties: usize, links: &[(usize, usize, u64)]) -> [Option<Vec<u64>>; 2] {
        let mut ways = Ways::default();
        for party in 0..parties {
            ways.place(party as Node);
            let own = links.iter().filter(|(from, ..)| *from == party);
            ways.links.push(own.map(|(_, to, percent)| (*to, percent * WHOLE / 100)).collect());
        }
        [WholeUnits::Down, WholeUnits::Up].map(|round| ways.flow(&[(0, WHOLE)], round))
    }

    #[test]
    fn a_circle_is_bounded_from_both_sides() {
        // 1 + 1/4 + 1/16 + … = 4/3.
        let [least, most] = bounds(2, &[(0, 1, 50), (1, 0, 50)]);
        let (least, most) = (least.unwrap_or_default(), most.unwrap_or_default());
        let third = WHOLE * 4 / 3;
        assert!(least[0] <= third && third < most[0], "{least:?} {most:?}");
        assert!(most[0] - least[0] < 8, "{least:?} {most:?}");
    }

    #[test]
    fn what_comes_out_even_is_not_rounded() {
        let [least, most] = bounds(4, &[(0, 1, 20), (1, 2, 25), (0, 2, 5), (2, 3, 100)]);
        assert_eq!(least, most);
        assert_eq!(most.unwrap_or_default()[3], WHOLE / 10);
    }

    #[test]
    fn a_closed_circle_has_no_upper_bound() {
        let [least, most] = bounds(2, &[(0, 1, 100), (1, 0, 100)]);
        assert!(least.is_some_and(|least| least[0] > WHOLE));
        assert_eq!(most, None);
    }
}
