//! 7.1: a person who holds 5 % of the company or more, directly or indirectly (article 7(1)).
//!
//! Readings taken: a person's holding is what is attributed to the person's block by multiplying along chains of
//! holdings (switch `person_indirect`); a person who controls the company with less than that is on no ground by that
//! (`controlling_person=literal`), which the register remarks.

use super::{Ground, Number, Standing, State, holder};
use crate::graph::Node;
use crate::packs::Book;
use crate::proof::StepId;

/// 7.1
pub struct HoldingPerson;

impl Ground for HoldingPerson {
    fn number(&self) -> Number {
        Number::N71
    }

    fn parties(&self, state: &mut State) -> Standing {
        let measure = state.choices.person;
        let mut parties = holder::holders(state, measure, true);
        if state.choices.controlling_person {
            let subject = state.subject;
            for (party, days) in state.kernel().controllers(subject).all() {
                parties.entry(party).or_default().add(days);
            }
        }
        parties.retain(|party, _| state.is_person(*party));
        parties
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let measure = state.choices.person;
        let premise = match holder::prove(state, party, measure, book) {
            Some(stake) => stake,
            None if state.choices.controlling_person => {
                let subject = state.subject;
                book.controls(state.kernel(), party, subject)?
            }
            None => return None,
        };
        Some(state.ground_step(self.number(), party, "7.1", vec![premise], Vec::new(), book))
    }
}
