//! 7.4: close family of a person of 7.1 or 7.2 (article 7(4)); who that is, article 51 says.
//!
//! Readings taken: exactly the nine relations, children from 18 years on (switch `minor_children`); not the families of
//! persons of 7.3 (switch `family_of`).

use super::ground::each_once;
use super::{Ground, Number, Standing, State};
use crate::graph::{Days, Node};
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// 7.4
pub struct CloseFamily;

/// The grounds whose families count.
fn grounds(state: &State) -> &'static [Number] {
    const ALL: [Number; 3] = [Number::N71, Number::N72, Number::N73];
    if state.choices.family_of_7_3 { &ALL } else { &ALL[..2] }
}

impl Ground for CloseFamily {
    fn number(&self) -> Number {
        Number::N74
    }

    fn parties(&self, state: &mut State) -> Standing {
        let relatives = relatives(state);
        relatives
            .iter()
            .map(|(relative, ways)| (*relative, ways.iter().fold(Days::None, |days, way| days.or(&way.days))))
            .collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let relatives = relatives(state);
        let age = state.choices.age;
        let today = state.today();
        let mut insiders: BTreeMap<Node, Number> = BTreeMap::new();
        for way in relatives.get(&party)?.iter().filter(|way| way.days.contains(today)) {
            insiders.entry(way.insider).or_insert(way.number);
        }
        let mut ways = Vec::new();
        for (person, number) in insiders {
            let family = state.kernel().family(person, age);
            let kin = family.iter().find(|kin| kin.relative == party)?;
            let insider = state.prove_counting_as(number, person, book)?;
            ways.push((insider, book.family(state.kernel(), person, kin)));
        }
        if ways.is_empty() {
            return None;
        }
        Some(state.ground_step(self.number(), party, "7.4", each_once(ways), Vec::new(), book))
    }
}

/// Whose relative somebody is, by which ground of that insider, and on which days.
pub struct Way {
    insider: Node,
    number: Number,
    days: Days,
}

/// The insiders' families: for each relative the insiders by whom it counts.
pub type Relatives = BTreeMap<Node, Vec<Way>>;

/// Everyone in the close family of an insider. O(rows of the insiders' relatives) the first time.
fn relatives(state: &mut State) -> Rc<Relatives> {
    let choices = state.choices.bearing_on(Number::N74);
    if let Some(relatives) = state.shared().relatives.get(&choices) {
        return relatives;
    }
    let age = state.choices.age;
    let mut relatives = Relatives::new();
    for number in grounds(state) {
        for (insider, days) in state.counting_as(*number) {
            for (days, family) in state.kernel().over(&days, |kernel| kernel.family(insider, age)) {
                for kin in family {
                    let way = Way { insider, number: *number, days: days.clone() };
                    relatives.entry(kin.relative).or_default().push(way);
                }
            }
        }
    }
    state.shared().relatives.keep(choices, relatives)
}
