//! 5.1: an organisation that controls the company, directly or indirectly (article 5(1)).
//!
//! Readings taken: control is that of `rules-sse-2022.md`, section 2, joint control included; a state body counts
//! as a controller, and under `state_body_itself=not_related` only its own entry falls away, not what rests on it.
//! Not decided here: a *person* who controls the company, who is on no ground by that alone (see 7.1).

use super::{Ground, Number, Standing, State};
use crate::graph::Node;
use crate::packs::Book;
use crate::proof::StepId;

/// 5.1
pub struct Controls;

impl Ground for Controls {
    fn number(&self) -> Number {
        Number::N51
    }

    fn parties(&self, state: &mut State) -> Standing {
        let subject = state.subject;
        let controllers = state.kernel().controllers(subject);
        controllers
            .all()
            .filter(|(party, _)| !state.is_person(*party))
            .filter(|(party, _)| state.choices.state_body_itself || !state.is_state_body(*party))
            .map(|(party, days)| (party, days.clone()))
            .collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let subject = state.subject;
        let control = book.controls(state.kernel(), party, subject)?;
        Some(state.ground_step(self.number(), party, "5.1", vec![control], Vec::new(), book))
    }
}
