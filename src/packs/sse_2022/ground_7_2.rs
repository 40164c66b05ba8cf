//! 7.2: a director, supervisor or senior manager of the company (article 7(2)).
//!
//! Readings taken: a legal representative and a partner's delegate count as senior managers (switch `representatives`);
//! other employees, department heads among them, do not.

use super::{Ground, Number, Standing, State};
use crate::graph::{Node, Post};
use crate::packs::Book;
use crate::proof::StepId;

/// 7.2
pub struct Officer;

/// Posts of directors, supervisors and senior managers in an organisation.
pub(super) fn officers(state: &mut State, organisation: Node) -> Vec<Post> {
    let representatives = state.choices.representatives;
    let mut posts = state.kernel().posts_in(organisation);
    posts.retain(|post| post.role.is_officer(representatives));
    posts
}

/// Directors, supervisors and senior managers of an organisation, with the days.
pub(super) fn officers_over(state: &mut State, organisation: Node) -> Standing {
    let representatives = state.choices.representatives;
    let mut officers = Standing::new();
    for (post, days) in state.kernel().posts_in_over(organisation) {
        if post.role.is_officer(representatives) {
            officers.entry(post.person).or_default().add(&days);
        }
    }
    officers
}

impl Ground for Officer {
    fn number(&self) -> Number {
        Number::N72
    }

    fn parties(&self, state: &mut State) -> Standing {
        let subject = state.subject;
        officers_over(state, subject)
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let subject = state.subject;
        let posts: Vec<Post> = officers(state, subject).into_iter().filter(|post| post.person == party).collect();
        let premises: Vec<StepId> = posts.iter().map(|post| book.officer(state.kernel(), post)).collect();
        if premises.is_empty() {
            return None;
        }
        Some(state.ground_step(self.number(), party, "7.2", without_repeats(premises), Vec::new(), book))
    }
}

/// The same steps in the same order, each once: two rows may show one post.
fn without_repeats(mut steps: Vec<StepId>) -> Vec<StepId> {
    steps.sort_unstable();
    steps.dedup();
    steps
}
