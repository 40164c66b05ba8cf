//! 5.3: an organisation that a related natural person controls, or in which such a person is a director or senior
//! manager, other than the company and what it controls (article 5(3)).
//!
//! Readings taken: related natural persons are those of 7.1 to 7.4 in the same state; a supervisor's seat is none that
//! counts; the seat of somebody who is independent director on both sides is left out, whatever else makes that person
//! related (switch `independent_director`); a state body is never brought in by its officers.

use super::ground::each_once;
use super::{Ground, Independent, Number, Standing, State};
use crate::facts::Role;
use crate::graph::{Days, Node, Post};
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// 5.3
pub struct PersonsCompany;

/// The grounds of related natural persons (section 6).
const PERSONS: [Number; 4] = [Number::N71, Number::N72, Number::N73, Number::N74];

impl Ground for PersonsCompany {
    fn number(&self) -> Number {
        Number::N53
    }

    fn parties(&self, state: &mut State) -> Standing {
        let companies = companies(state);
        companies
            .iter()
            .map(|(company, ways)| (*company, ways.iter().fold(Days::None, |days, way| days.or(&way.days))))
            .collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let companies = companies(state);
        let today = state.today();
        let mut ways = Vec::new();
        for way in companies.get(&party)?.iter().filter(|way| way.days.contains(today)) {
            let number = PERSONS.into_iter().find(|number| state.counts_as(*number, way.person))?;
            let related = state.prove_counting_as(number, way.person, book)?;
            let tie = match &way.seat {
                Some(post) => book.officer(state.kernel(), post),
                None => book.controls_forward(state.kernel(), way.person, party)?,
            };
            ways.push((related, tie));
        }
        if ways.is_empty() {
            return None;
        }
        Some(state.ground_step(self.number(), party, "5.3", each_once(ways), Vec::new(), book))
    }
}

/// How a related person is tied to a company, and on which days: by a seat that counts, or (`None`) by control.
pub struct Way {
    person: Node,
    seat: Option<Post>,
    days: Days,
}

/// The related persons' companies: for each the persons and how they are tied to it. Seats come first, as they are seen
/// at once, while control may take a chain to show.
pub type Companies = BTreeMap<Node, Vec<Way>>;

/// Everything related persons control or direct. O(ties of these persons and of what they control) the first time.
fn companies(state: &mut State) -> Rc<Companies> {
    let choices = state.choices.bearing_on(Number::N53);
    if let Some(companies) = state.shared().persons_companies.get(&choices) {
        return companies;
    }
    let own_group = state.own_group();
    let independents = subject_independents(state);
    let mut persons = Standing::new();
    for number in PERSONS {
        for (person, days) in state.counting_as(number) {
            persons.entry(person).or_default().add(&days);
        }
    }
    let mut companies = Companies::new();
    for (person, related) in persons {
        for (company, days) in state.kernel().controlled_over(person).into_iter().skip(1) {
            let days = days.and(&related);
            companies.entry(company).or_default().push(Way { person, seat: None, days });
        }
        for (post, days) in state.kernel().posts_of_over(person) {
            let days = days.and(&related).minus(&left_out(state, &independents, &post));
            companies.entry(post.organisation).or_default().push(Way { person, seat: Some(post), days });
        }
    }
    companies.retain(|party, ways| {
        for way in ways.iter_mut() {
            if let Some(own) = own_group.get(party) {
                way.days = way.days.minus(own);
            }
        }
        ways.retain(|way| !way.days.is_empty());
        !ways.is_empty() && !state.is_state_body(*party)
    });
    for ways in companies.values_mut() {
        ways.sort_by_key(|way| (way.seat.is_none(), way.person, way.seat.map(|post| post.row)));
    }
    state.shared().persons_companies.keep(choices, companies)
}

/// Who is an independent director of the company, at the bound that leaves out the most, with the days.
fn subject_independents(state: &mut State) -> Standing {
    let subject = state.subject;
    let mut independents = Standing::new();
    for (post, days) in state.kernel().posts_in_against_over(subject) {
        if post.role == Role::IndependentDirector {
            independents.entry(post.person).or_default().add(&days);
        }
    }
    independents
}

/// The days on which a post does not make the organisation related.
fn left_out(state: &State, independents: &Standing, post: &Post) -> Days {
    if !(post.role.is_director() || post.role.is_senior_manager(state.choices.representatives)) {
        return Days::All;
    }
    let independent_seat = post.role == Role::IndependentDirector;
    let independent = || independents.get(&post.person).cloned().unwrap_or_default();
    match state.choices.independent {
        Independent::Dual if independent_seat => independent(),
        Independent::OfSubject => independent(),
        Independent::Post if independent_seat => Days::All,
        Independent::Dual | Independent::NoneLeftOut | Independent::Post => Days::None,
    }
}
