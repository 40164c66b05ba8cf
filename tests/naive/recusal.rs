//! Directors and shareholders who must stand aside (section 11.6).

use std::collections::BTreeMap;

use dashu_ratio::RBig;

use super::control::{self, Pairs};
use super::family;
use super::grounds::{DIRECTORS, Judge};
use super::ledger::Ledger;
use super::readings::Readings;
use super::state::{State, belongs};
use super::world::Set;

/// The items that hold of each, and the board that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveRecusal {
    pub directors: BTreeMap<String, Vec<String>>,
    pub shareholders: BTreeMap<String, Vec<String>>,
    pub board: NaiveBoard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveBoard {
    pub directors: usize,
    pub unrelated: usize,
    pub quorum: usize,
    pub majority: usize,
    pub to_shareholders: bool,
}

/// What is around the counterparty X on the day.
struct Around<'s, 'w> {
    state: &'s State<'w>,
    pairs: &'s Pairs,
    x: usize,
    /// Close family of X or of a person who controls X.
    family: Set,
    /// Holders of any position in X, in an organisation that controls X or in one that X controls.
    employed: Set,
    /// Close family of officers of X or of an organisation that controls X.
    family_of_officers: Set,
    designated: Set,
}

impl<'s, 'w> Around<'s, 'w> {
    fn new(state: &'s State<'w>, readings: &'s Readings, pairs: &'s Pairs, x: usize) -> Self {
        let world = state.world;
        let is_own = |party: usize| party == state.subject || pairs.contains(&(state.subject, party));
        let mut above: Set = world.all().filter(|o| pairs.contains(&(*o, x)) && !is_own(*o)).collect();
        above.retain(|o| world.is_organisation(*o));
        let mut below: Set = world.all().filter(|o| pairs.contains(&(x, *o)) && !is_own(*o)).collect();
        below.insert(x);
        let rows = state.positions.iter();
        let employed = rows
            .filter(|row| above.contains(&row.organisation) || below.contains(&row.organisation))
            .map(|row| row.person)
            .collect();

        let relatives = |people: &Set| -> Set {
            people.iter().flat_map(|person| family::close_family(state, readings, *person)).collect()
        };
        let mut x_and_persons_above: Set =
            world.all().filter(|p| pairs.contains(&(*p, x)) && world.is_person(*p)).collect();
        x_and_persons_above.insert(x);
        let judge = Judge { state, readings, pairs };
        let with_officers = above.iter().copied().chain([x]).filter(|o| !world.is_state_body(*o));
        let officers: Set = with_officers.flat_map(|o| judge.officers(o)).collect();
        let designated = state
            .designations
            .iter()
            .filter(|row| ["csrc", "exchange"].contains(&row.authority.as_str()))
            .map(|row| row.party)
            .collect();
        Self {
            state,
            pairs,
            x,
            family: relatives(&x_and_persons_above),
            employed,
            family_of_officers: relatives(&officers),
            designated,
        }
    }

    fn controls(&self, one: usize, other: usize) -> bool {
        self.pairs.contains(&(one, other))
    }

    fn director_items(&self, p: usize) -> Vec<String> {
        list([
            ("1", p == self.x),
            ("2", self.controls(p, self.x)),
            ("3", self.employed.contains(&p)),
            ("4", self.family.contains(&p)),
            ("5", self.family_of_officers.contains(&p)),
            ("6", self.designated.contains(&p)),
        ])
    }

    fn shareholder_items(&self, s: usize, ledger: &Ledger) -> Vec<String> {
        let world = self.state.world;
        let shared_controller =
            world.all().any(|c| !world.is_state_body(c) && self.controls(c, s) && self.controls(c, self.x));
        list([
            ("1", s == self.x),
            ("2", self.controls(s, self.x)),
            ("3", self.controls(self.x, s)),
            ("4", s != self.x && shared_controller),
            ("5", self.employed.contains(&s)),
            ("6", self.family.contains(&s)),
            ("7", self.is_restricted(s, ledger)),
            ("8", self.designated.contains(&s)),
        ])
    }

    /// Whether the votes of `s` are restricted in favour of X, of who controls X or of whom X controls.
    fn is_restricted(&self, s: usize, ledger: &Ledger) -> bool {
        let day = self.state.day;
        ledger.restrictions.iter().any(|row| {
            let other = row.beneficiary;
            row.shareholder == s
                && row.company == self.state.subject
                && belongs(&row.span, day, day)
                && (other == self.x || self.controls(other, self.x) || self.controls(self.x, other))
        })
    }
}

/// The numbers of the items that hold.
fn list<const N: usize>(items: [(&'static str, bool); N]) -> Vec<String> {
    items.into_iter().filter(|(_, holds)| *holds).map(|(number, _)| number.to_owned()).collect()
}

/// The smallest number over half of `all`, and 0 of nobody.
fn over_half(all: usize) -> usize {
    if all == 0 { 0 } else { all / 2 + 1 }
}

pub fn recuse(state: &State, ledger: &Ledger, x: usize, readings: &Readings) -> NaiveRecusal {
    let world = state.world;
    let subject = state.subject;
    let pairs = control::controls(state, readings);
    let around = Around::new(state, readings, &pairs, x);
    let seats = state.positions.iter().filter(|row| row.organisation == subject);
    let directors: Set = seats.filter(|row| DIRECTORS.contains(&row.role.as_str())).map(|row| row.person).collect();
    let stakes = state.holdings.iter().filter(|row| row.company == subject && row.percent > RBig::ZERO);
    let shareholders: Set = stakes.map(|row| row.holder).filter(|holder| *holder != subject).collect();

    let name = |party: usize| world.parties[party].id.clone();
    let related = |items: Vec<(usize, Vec<String>)>| -> BTreeMap<String, Vec<String>> {
        items.into_iter().filter(|(_, items)| !items.is_empty()).map(|(party, items)| (name(party), items)).collect()
    };
    let count = directors.len();
    let directors = related(directors.iter().map(|p| (*p, around.director_items(*p))).collect());
    let shareholders = related(shareholders.iter().map(|s| (*s, around.shareholder_items(*s, ledger))).collect());
    let unrelated = count - directors.len();
    let board = NaiveBoard {
        directors: count,
        unrelated,
        quorum: over_half(unrelated),
        majority: over_half(unrelated),
        to_shareholders: unrelated < 3,
    };
    NaiveRecusal { directors, shareholders, board }
}
