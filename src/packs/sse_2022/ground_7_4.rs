//! 7.4: close family of a person of 7.1 or 7.2 (article 7(4)); who that is, article 51 says.
//!
//! Readings taken: exactly the nine relations, children from 18 years on (switch `minor_children`); not the families of
//! persons of 7.3 (switch `family_of`).

use super::ground::each_once;
use super::{Ground, Number, State};
use crate::graph::Node;
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::{BTreeMap, BTreeSet};
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

    fn parties(&self, state: &mut State) -> BTreeSet<Node> {
        relatives(state).keys().copied().collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let relatives = relatives(state);
        let age = state.choices.age;
        let mut ways = Vec::new();
        for (person, number) in relatives.get(&party)? {
            let family = state.kernel().family(*person, age);
            let kin = family.iter().find(|kin| kin.relative == party)?;
            let insider = state.prove_counting_as(*number, *person, book)?;
            ways.push((insider, book.family(state.kernel(), *person, kin)));
        }
        Some(state.ground_step(self.number(), party, "7.4", each_once(ways), Vec::new(), book))
    }
}

/// The insiders' families: for each relative the persons by whom it counts, each with a ground.
pub type Relatives = BTreeMap<Node, BTreeMap<Node, Number>>;

/// Everyone in the close family of an insider. O(rows of the insiders' relatives) the first time.
fn relatives(state: &mut State) -> Rc<Relatives> {
    if let Some(relatives) = &state.relatives {
        return Rc::clone(relatives);
    }
    let age = state.choices.age;
    let mut relatives = Relatives::new();
    for number in grounds(state) {
        for person in state.counting_as(*number) {
            for kin in state.kernel().family(person, age) {
                relatives.entry(kin.relative).or_default().entry(person).or_insert(*number);
            }
        }
    }
    let relatives = Rc::new(relatives);
    state.relatives = Some(Rc::clone(&relatives));
    relatives
}
