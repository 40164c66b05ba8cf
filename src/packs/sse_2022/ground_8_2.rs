//! 8.2: a party that the securities regulator, the exchange or the company treats as related, substance over form
//! (article 8(2)).
//!
//! Readings taken: only a designation in force on the day asked about counts; it is neither looked back nor arranged.

use super::{Ground, Number, Standing, State};
use crate::facts::Table;
use crate::graph::{Node, node};
use crate::packs::Book;
use crate::packs::book::row_ref;
use crate::proof::StepId;

/// 8.2
pub struct Designated;

/// Designations in force on the day asked about: party and the row's position.
fn designations(state: &mut State) -> Vec<(Node, u32)> {
    let subject = state.subject;
    let kernel = state.kernel();
    let lens = *kernel.lens();
    if lens.day != lens.asked {
        return Vec::new();
    }
    kernel
        .network()
        .facts()
        .designations()
        .iter()
        .enumerate()
        .filter(|(_, row)| lens.has(&row.period) && node(row.party) != subject)
        .map(|(i, row)| (node(row.party), u32::try_from(i).unwrap_or(u32::MAX)))
        .collect()
}

impl Ground for Designated {
    fn number(&self) -> Number {
        Number::N82
    }

    fn parties(&self, state: &mut State) -> Standing {
        let window = *state.kernel().window();
        let asked = window.only(window.position(state.kernel().lens().asked));
        let found = state.over(&asked, designations);
        let parties = found.into_iter().flat_map(|(days, found)| found.into_iter().map(move |f| (f.0, days.clone())));
        parties.collect()
    }

    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId> {
        let (_, row) = designations(state).into_iter().find(|(designated, _)| *designated == party)?;
        Some(state.ground_step(self.number(), party, "8.2", Vec::new(), vec![row_ref(Table::Designations, row)], book))
    }
}
