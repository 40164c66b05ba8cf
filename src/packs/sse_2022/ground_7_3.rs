//! 7.3: a director, supervisor or senior manager of an organisation of 5.1 (article 7(3)).
//!
//! Readings taken: a state body has no such officers; the families of these persons are not brought in (see 7.4).

use super::ground::each_once;
use super::ground_7_2::officers_over;
use super::{Ground, Number, Standing, State};
use crate::graph::Node;
use crate::packs::Book;
use crate::proof::StepId;

/// 7.3
pub struct ControllersOfficer;

impl Ground for ControllersOfficer {
    fn number(&self) -> Number {
        Number::N73
    }

    fn parties(&self, state: &mut State) -> Standing {
        let mut parties = Standing::new();
        for (organisation, own) in state.controlling_organisations().iter() {
            if !state.is_state_body(*organisation) {
                for (person, days) in officers_over(state, *organisation) {
                    parties.entry(person).or_default().add(&days.and(own));
                }
            }
        }
        parties
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let representatives = state.choices.representatives;
        let mut posts = state.kernel().posts_of(party);
        posts.retain(|post| {
            post.role.is_officer(representatives)
                && state.is_controlling(post.organisation)
                && !state.is_state_body(post.organisation)
        });
        let mut ways = Vec::new();
        for post in &posts {
            let controller = state.prove_counting_as(Number::N51, post.organisation, book)?;
            ways.push((controller, book.officer(state.kernel(), post)));
        }
        if ways.is_empty() {
            return None;
        }
        Some(state.ground_step(self.number(), party, "7.3", each_once(ways), Vec::new(), book))
    }
}
