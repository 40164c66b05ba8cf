//! 5.4: an organisation that holds 5 % of the company or more, with those acting in concert (article 5(4)), other than
//! the company and what it controls.
//!
//! Readings taken: an organisation's holding is the whole stake of its block (switch `organisation_indirect`); and an
//! organisation with shares of its own is a holder too where a party controls it whose block reaches the threshold,
//! since holders under one control act in concert (takeover rules, article 83). A state body is no such party.

use super::{Ground, Number, State, holder};
use crate::facts::Table;
use crate::graph::Node;
use crate::packs::Book;
use crate::packs::book::row_ref;
use crate::proof::{Measure, StepId};
use std::collections::BTreeSet;

/// 5.4
pub struct HoldingOrganisation;

impl Ground for HoldingOrganisation {
    fn number(&self) -> Number {
        Number::N54
    }

    fn parties(&self, state: &mut State) -> BTreeSet<Node> {
        let own_group = state.own_group();
        let measure = state.choices.organisation;
        let mut parties = holder::holders(state, measure, false);
        if measure == Measure::Controlled {
            parties.extend(under_common_control(state));
        }
        parties.retain(|party| !own_group.contains(party) && !state.is_person(*party));
        parties
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let measure = state.choices.organisation;
        if let Some(stake) = holder::prove(state, party, measure, book) {
            return Some(state.ground_step(self.number(), party, "5.4", vec![stake], Vec::new(), book));
        }
        let (subject, side) = (state.subject, state.kernel().lens().side);
        let controller = common_controller(state, party)?;
        let stake = holder::prove(state, controller, Measure::Controlled, book)?;
        let control = book.controls(state.kernel(), controller, party)?;
        let capital = state.kernel().capital(subject);
        let rows = capital.of(party)?.rows(side).iter().take(1).map(|row| row_ref(Table::Holdings, *row)).collect();
        Some(state.ground_step(self.number(), party, "5.4.common_control", vec![stake, control], rows, book))
    }
}

/// Direct holders that a party controls whose own block reaches the threshold.
fn under_common_control(state: &mut State) -> Vec<Node> {
    let (subject, side) = (state.subject, state.kernel().lens().side);
    let capital = state.kernel().capital(subject);
    let holders: Vec<Node> =
        capital.holders().filter(|(_, stake)| stake.has_some(side)).map(|(holder, _)| holder).collect();
    holders.into_iter().filter(|party| *party != subject && common_controller(state, *party).is_some()).collect()
}

/// A controller of the party, no state body and outside the company's group, whose block reaches the threshold.
fn common_controller(state: &mut State, party: Node) -> Option<Node> {
    let own_group = state.own_group();
    let controllers = state.kernel().controllers(party);
    controllers.all().iter().copied().find(|controller| {
        !own_group.contains(controller)
            && !state.is_state_body(*controller)
            && holder::reaches(state, *controller, Measure::Controlled)
    })
}
