//! 5.4: an organisation that holds 5 % of the company or more, with those acting in concert (article 5(4)), other than
//! the company and what it controls.
//!
//! Readings taken: an organisation's holding is the whole stake of its block (switch `organisation_indirect`); and an
//! organisation with shares of its own is a holder too where a party controls it whose block reaches the threshold,
//! since holders under one control act in concert (takeover rules, article 83). A state body is no such party.

use super::{Ground, Number, Standing, State, holder};
use crate::facts::Table;
use crate::graph::Node;
use crate::packs::Book;
use crate::packs::book::row_ref;
use crate::proof::{Measure, StepId};

/// 5.4
pub struct HoldingOrganisation;

impl Ground for HoldingOrganisation {
    fn number(&self) -> Number {
        Number::N54
    }

    fn parties(&self, state: &mut State) -> Standing {
        let measure = state.choices.organisation;
        let mut parties = holder::holders(state, measure, false);
        if measure == Measure::Controlled {
            for (party, days) in under_common_control(state) {
                parties.entry(party).or_default().add(&days);
            }
        }
        parties.retain(|party, _| !state.is_person(*party));
        state.leave_out_own_group(&mut parties);
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

/// Direct holders that a party controls whose own block reaches the threshold, with the days.
fn under_common_control(state: &mut State) -> Standing {
    let subject = state.subject;
    let own_group = state.own_group();
    let mut under = Standing::new();
    let mut reaching = Standing::new();
    for (party, held) in state.kernel().holders_over(subject) {
        if party == subject {
            continue;
        }
        let controllers = state.kernel().controllers(party);
        for (controller, days) in controllers.all() {
            if state.is_state_body(controller) {
                continue;
            }
            let own = own_group.get(&controller).cloned().unwrap_or_default();
            let days = days.and(&held).minus(&own);
            if days.is_empty() {
                continue;
            }
            let reaches = reaching
                .entry(controller)
                .or_insert_with(|| holder::reaches_over(state, controller, Measure::Controlled))
                .clone();
            under.entry(party).or_default().add(&days.and(&reaches));
        }
    }
    under
}

/// A controller of the party, no state body and outside the company's group, whose block reaches the threshold on the
/// day looked at.
fn common_controller(state: &mut State, party: Node) -> Option<Node> {
    let controllers = state.kernel().controllers_on_day(party);
    controllers.into_iter().find(|controller| {
        !state.is_own(*controller)
            && !state.is_state_body(*controller)
            && holder::reaches(state, *controller, Measure::Controlled)
    })
}
