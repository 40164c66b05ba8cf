//! 5.3: an organisation that a related natural person controls, or in which such a person is a director or senior
//! manager, other than the company and what it controls (article 5(3)).
//!
//! Readings taken: related natural persons are those of 7.1 to 7.4 in the same state; a supervisor's seat is none that
//! counts; the seat of somebody who is independent director on both sides is left out, whatever else makes that person
//! related (switch `independent_director`); a state body is never brought in by its officers.

use super::ground::each_once;
use super::{Ground, Independent, Number, State};
use crate::facts::Role;
use crate::graph::{Node, Post};
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// 5.3
pub struct PersonsCompany;

/// The grounds of related natural persons (section 6).
const PERSONS: [Number; 4] = [Number::N71, Number::N72, Number::N73, Number::N74];

impl Ground for PersonsCompany {
    fn number(&self) -> Number {
        Number::N53
    }

    fn parties(&self, state: &mut State) -> BTreeSet<Node> {
        companies(state).keys().copied().collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let companies = companies(state);
        let mut ways = Vec::new();
        for (person, seat) in companies.get(&party)? {
            let number = PERSONS.into_iter().find(|number| state.counts_as(*number, *person))?;
            let related = state.prove_counting_as(number, *person, book)?;
            let tie = match seat {
                Some(post) => book.officer(state.kernel(), post),
                None => book.controls_forward(state.kernel(), *person, party)?,
            };
            ways.push((related, tie));
        }
        Some(state.ground_step(self.number(), party, "5.3", each_once(ways), Vec::new(), book))
    }
}

/// The related persons' companies: for each the persons, and the seat of each that counts (`None`: the person
/// controls it). Seats come first, as they are seen at once, while control may take a chain to show.
pub type Companies = BTreeMap<Node, Vec<(Node, Option<Post>)>>;

/// Everything related persons control or direct. O(ties of these persons and of what they control) the first time.
fn companies(state: &mut State) -> Rc<Companies> {
    if let Some(companies) = &state.persons_companies {
        return Rc::clone(companies);
    }
    let own_group = state.own_group();
    let independents = subject_independents(state);
    let persons: BTreeSet<Node> = PERSONS.iter().flat_map(|number| state.counting_as(*number)).collect();
    let mut companies = Companies::new();
    for person in persons {
        for company in state.kernel().controlled_by(person).into_iter().skip(1) {
            companies.entry(company).or_default().push((person, None));
        }
        for post in state.kernel().posts_of(person) {
            if seat_counts(state, &independents, &post) {
                companies.entry(post.organisation).or_default().push((person, Some(post)));
            }
        }
    }
    companies.retain(|party, _| !own_group.contains(party) && !state.is_state_body(*party));
    for ways in companies.values_mut() {
        ways.sort_by_key(|(person, seat)| (seat.is_none(), *person, seat.map(|post| post.row)));
    }
    let companies = Rc::new(companies);
    state.persons_companies = Some(Rc::clone(&companies));
    companies
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
