//! Kernels kept from one question to the next: of many companies asked about on one day, those of one group share what
//! their controllers control.

use crate::graph::ControlRules;
use crate::packs::sse_2022::Kernels;
use chrono::NaiveDate;

/// About so many results of kernels are kept before they are dropped and worked out again when needed.
const KEPT: u64 = 1_000_000;

/// Kernels that have been used, for questions of one day to one network. One for each thread.
#[derive(Default)]
pub struct Workshop<'n, 'f> {
    kept: Vec<(ControlRules, NaiveDate, Kernels<'n, 'f>)>,
}

impl<'n, 'f> Workshop<'n, 'f> {
    /// Kernels for these rules on that day, used before if there are such.
    pub(super) fn take(&mut self, rules: &ControlRules, asked: NaiveDate) -> Option<Kernels<'n, 'f>> {
        let at = self.kept.iter().position(|(known, day, _)| known == rules && *day == asked)?;
        let (_, _, mut kernels) = self.kept.swap_remove(at);
        kernels.forget_subject();
        Some(kernels)
    }

    /// Keeps kernels for the next question, unless they have grown large.
    pub(super) fn give_back(&mut self, rules: ControlRules, asked: NaiveDate, kernels: Kernels<'n, 'f>) {
        if kernels.weight() < KEPT {
            self.kept.push((rules, asked, kernels));
        }
    }
}
