//! 5.3: an organisation that a related natural person controls, or in which such a person is a director or senior
//! manager, other than the company and what it controls (article 5(3)).
//!
//! Readings taken: related natural persons are those of 7.1 to 7.4 in the same state; a supervisor's seat is none that
//! counts; the seat of somebody who is independent director on both sides is left out, whatever else makes that person
//! related (switch `independent_director`); a state body is never brought in by its officers.

use super::state::RelatedPersons;
use super::{Ground, Independent, Number, State};
use crate::facts::Role;
use crate::graph::{Node, Post};
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::BTreeSet;

/// 5.3
pub struct PersonsCompany;

/// The grounds of related natural persons (section 6).
const PERSONS: [Number; 4] = [Number::N71, Number::N72, Number::N73, Number::N74];

impl Ground for PersonsCompany {
    fn number(&self) -> Number {
        Number::N53
    }

    fn parties(&self, state: &mut State) -> BTreeSet<Node> {
        let own_group = state.own_group();
        let independents = subject_independents(state);
        let persons = state.related_persons();
        let mut parties: BTreeSet<Node> = persons.companies.keys().copied().collect();
        for person in persons.grounds.keys().copied() {
            let posts = state.kernel().posts_of(person);
            parties.extend(posts.iter().filter(|post| seat_counts(state, &independents, post)).map(|p| p.organisation));
        }
        parties.retain(|party| !own_group.contains(party) && !state.is_state_body(*party));
        parties
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let independents = subject_independents(state);
        let persons = state.related_persons();
        let posts = state.kernel().posts_in(party);
        let seat = posts
            .iter()
            .filter(|post| persons.grounds.contains_key(&post.person))
            .find(|post| seat_counts(state, &independents, post));
        let (person, tie) = match seat {
            Some(post) => (post.person, book.officer(state.kernel(), post)),
            None => {
                let person = *persons.companies.get(&party)?;
                (person, book.controls_forward(state.kernel(), person, party)?)
            }
        };
        let related = state.prove_counting_as(persons.grounds[&person], person, book)?;
        Some(state.ground_step(self.number(), party, "5.3", vec![related, tie], Vec::new(), book))
    }
}

/// The related natural persons, and what they control. O(ties of all of it).
pub(super) fn related_persons(state: &mut State) -> RelatedPersons {
    let mut persons = RelatedPersons::default();
    for number in PERSONS {
        for person in state.counting_as(number) {
            persons.grounds.entry(person).or_insert(number);
        }
    }
    for person in persons.grounds.keys() {
        for company in state.kernel().controlled_by(*person).into_iter().skip(1) {
            persons.companies.entry(company).or_insert(*person);
        }
    }
    persons
}

/// Who is an independent director of the company, at the bound that leaves out the most.
fn subject_independents(state: &mut State) -> BTreeSet<Node> {
    let subject = state.subject;
    state
        .kernel()
        .posts_in_against(subject)
        .iter()
        .filter(|post| post.role == Role::IndependentDirector)
        .map(|post| post.person)
        .collect()
}

/// Whether a post makes the organisation related.
fn seat_counts(state: &State, independents: &BTreeSet<Node>, post: &Post) -> bool {
    if !(post.role.is_director() || post.role.is_senior_manager(state.choices.representatives)) {
        return false;
    }
    let independent_seat = post.role == Role::IndependentDirector;
    match state.choices.independent {
        Independent::Dual => !(independent_seat && independents.contains(&post.person)),
        Independent::NoneLeftOut => true,
        Independent::OfSubject => !independents.contains(&post.person),
        Independent::Post => !independent_seat,
    }
}
