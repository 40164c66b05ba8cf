//! 5.2: an organisation that an organisation of 5.1 controls, other than the company and what it controls
//! (article 5(2)), unless article 6 exempts it.
//!
//! Article 6: where every controlling organisation that controls it is a state body, the party is exempt, unless its
//! legal representative, chair, general manager, or at least half of its directors are directors, supervisors or senior
//! managers of the company in the same state. Readings taken: directors are counted as distinct persons; who has no
//! recorded directors has no half; the exemption touches 5.2 alone. What exempts or excludes is taken from the other
//! bound: at the least nobody is brought in whom an unknown may exempt.

use super::{Ground, Number, Standing, State};
use crate::facts::Role;
use crate::graph::{Days, Node, Post};
use crate::packs::Book;
use crate::proof::{Conclusion, StepId};
use dashu_ratio::RBig;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// 5.2
pub struct SameController;

impl Ground for SameController {
    fn number(&self) -> Number {
        Number::N52
    }

    fn parties(&self, state: &mut State) -> Standing {
        let reached = reached(state);
        let mut parties = reached.plain.clone();
        for (party, days) in &reached.state_only {
            let brought_in = state.days_when(days, |state| exception(state, *party).is_some());
            parties.entry(*party).or_default().add(&brought_in);
        }
        parties
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let today = state.today();
        let by_state = !reached(state).plain.get(&party).is_some_and(|days| days.contains(today));
        let controller = controller_of(state, party, by_state)?;
        let mut premises = controlling(state, controller, party, book)?;
        if by_state {
            premises.extend(exception(state, party)?.iter().map(|post| book.officer(state.kernel(), post)));
            return Some(state.ground_step(self.number(), party, "5.2.exception", premises, Vec::new(), book));
        }
        Some(state.ground_step(self.number(), party, "5.2", premises, Vec::new(), book))
    }
}

/// Those whom article 6 exempts, with the days: only state bodies of 5.1 control them, and no exception holds.
pub(super) fn exempt(state: &mut State) -> Standing {
    let reached = reached(state);
    let mut exempt = Standing::new();
    for (party, days) in &reached.state_only {
        exempt.insert(*party, state.days_when(days, |state| exception(state, *party).is_none()));
    }
    exempt
}

/// Shows that article 6 exempts a party.
pub fn prove_exempt(state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
    let controller = controller_of(state, party, true)?;
    let premises = controlling(state, controller, party, book)?;
    let conclusion = Conclusion::Exempt { party: book.name(party), day: state.day() };
    Some(book.add(conclusion, "6", premises, Vec::new()))
}

/// The steps "g is of 5.1" (or counts as it) and "g controls the party".
fn controlling(state: &mut State, controller: Node, party: Node, book: &mut Book) -> Option<Vec<StepId>> {
    let subject = state.subject;
    let over_subject = if state.kernel().is_controller(controller, subject) {
        book.controls(state.kernel(), controller, subject)?
    } else {
        state.prove_counting_as(Number::N51, controller, book)?
    };
    let forwards = state.kernel().controls(controller, party);
    let over_party = if forwards {
        book.controls_forward(state.kernel(), controller, party)?
    } else {
        book.controls(state.kernel(), controller, party)?
    };
    Some(vec![over_subject, over_party])
}

/// A controlling organisation, of the kind asked for, that controls the party.
fn controller_of(state: &mut State, party: Node, state_body: bool) -> Option<Node> {
    // The furthest reaches the most, so its run is shared by the most proofs.
    let today = state.today();
    let organisations = state.controlling_organisations();
    organisations
        .iter()
        .rev()
        .filter(|(_, days)| days.contains(today))
        .map(|(g, _)| *g)
        .find(|g| *g != party && state.is_state_body(*g) == state_body && state.kernel().controls(*g, party))
}

/// Organisations under a controlling organisation, outside the company's own group, with the days.
pub struct Reached {
    /// Under one that is no state body.
    plain: Standing,
    /// Under state bodies alone.
    state_only: Standing,
}

/// Who is under which kind of controlling organisation. O(ties of all of them) the first time.
fn reached(state: &mut State) -> Rc<Reached> {
    if let Some(reached) = &state.shared().under_controllers {
        return Rc::clone(reached);
    }
    let organisations = state.controlling_organisations();
    let (state_bodies, others): (Vec<_>, Vec<_>) =
        organisations.iter().cloned().partition(|(party, _)| state.is_state_body(*party));
    let mut plain = under_any(state, &others);
    let mut state_only = under_any(state, &state_bodies);
    for (party, days) in &mut state_only {
        if let Some(others) = plain.get(party) {
            *days = days.minus(others);
        }
    }
    for standing in [&mut plain, &mut state_only] {
        state.leave_out_own_group(standing);
        standing.retain(|party, days| !days.is_empty() && !state.is_person(*party));
    }
    let reached = Rc::new(Reached { plain, state_only });
    state.shared().under_controllers = Some(Rc::clone(&reached));
    reached
}

/// Everything that one of `controllers` other than itself controls, while that one controls the company. Whoever is
/// under another one all the while adds nothing.
fn under_any(state: &mut State, controllers: &[(Node, Days)]) -> Standing {
    let mut under = Standing::new();
    let mut tops: Vec<(Node, Days)> = Vec::new();
    for (controller, own) in controllers.iter().rev() {
        let open = under.get(controller).map_or(own.clone(), |days| own.minus(days));
        if open.is_empty() {
            continue;
        }
        for (party, days) in state.kernel().controlled_over(*controller).into_iter().skip(1) {
            under.entry(party).or_default().add(&days.and(&open));
        }
        tops.push((*controller, open));
    }
    // A top that one under it controls in turn (a circle) is itself under a controller.
    for (top, days) in tops {
        let above = state.kernel().controllers(top);
        for (controller, own) in controllers.iter().filter(|(controller, _)| *controller != top) {
            let circle = above.days(*controller).and(own).and(&days);
            if !circle.is_empty() {
                under.entry(top).or_default().add(&circle);
            }
        }
    }
    under
}

/// The posts that take the exemption away, in pairs of a post in the party and one in the company; `None` where the
/// exemption stands.
fn exception(state: &mut State, party: Node) -> Option<Vec<Post>> {
    let officers = subject_officers(state);
    let posts = state.kernel().posts_in(party);
    let alone = |post: &&Post| matches!(post.role, Role::LegalRepresentative | Role::Chair | Role::GeneralManager);
    for post in posts.iter().filter(alone) {
        if let Some(own) = officers.get(&post.person) {
            return Some(vec![*post, *own]);
        }
    }
    let shared: BTreeMap<Node, Post> = posts
        .iter()
        .filter(|post| post.role.is_director() && officers.contains_key(&post.person))
        .map(|post| (post.person, *post))
        .collect();
    if shared.is_empty() {
        return None;
    }
    // The others are counted at the bound that keeps the exemption.
    let others: BTreeSet<Node> = state
        .kernel()
        .posts_in_against(party)
        .iter()
        .filter(|post| post.role.is_director() && !shared.contains_key(&post.person))
        .map(|post| post.person)
        .collect();
    let half = state.numbers.exemption_directors.fraction();
    let enough = RBig::from(shared.len()) >= RBig::from(shared.len() + others.len()) * half;
    enough.then(|| shared.iter().flat_map(|(person, post)| [*post, officers[person]]).collect())
}

/// Directors, supervisors and senior managers of the company, each with a post.
fn subject_officers(state: &mut State) -> BTreeMap<Node, Post> {
    let representatives = state.choices.representatives;
    let subject = state.subject;
    state
        .kernel()
        .posts_in(subject)
        .into_iter()
        .filter(|post| post.role.is_officer(representatives))
        .map(|post| (post.person, post))
        .collect()
}
