//! What can only be seen by looking across rows. One file for each family of checks.

mod dealings;
mod duplicates;
mod identifiers;
mod kinds;
mod kinship;
mod names;
mod partnerships;
mod shares;
mod subject;
mod sweep;

pub use subject::check_subject;

use super::build::{Built, Places};
use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::text::Text;
use crate::facts::{Facts, PartyId, Table};
use rayon::prelude::*;

/// The facts, where their rows stand, and what is found about them.
pub(super) struct Checker<'b> {
    facts: &'b Facts,
    places: &'b Places,
    findings: Collected,
}

/// Positions that one thread looks at before it asks for more.
const AT_ONCE: usize = 1 << 15;

impl<'b> Checker<'b> {
    /// Looks at every position up to `count`, at many of them at once.
    fn each(&mut self, count: usize, look: impl Fn(&mut Checker<'b>, usize) + Sync) {
        let (facts, places) = (self.facts, self.places);
        let parts = (0..count.div_ceil(AT_ONCE)).into_par_iter().map(|part| {
            let mut checker = Checker { facts, places, findings: Collected::default() };
            let begin = part * AT_ONCE;
            (begin..count.min(begin + AT_ONCE)).for_each(|at| look(&mut checker, at));
            checker.findings
        });
        let found = parts.reduce(Collected::default, |mut all, more| {
            all.append(more);
            all
        });
        self.findings.append(found);
    }

    /// Adds a finding about one row.
    fn found(&mut self, table: Table, index: usize, finding: Finding) {
        self.findings.push(self.places.row(finding, table, index));
    }

    /// A finding about one cell of a row, with the party that it names.
    fn about(&self, code: Code, column: &str, party: PartyId, message: Text) -> Finding {
        Finding::new(code, message).column(column).value(self.facts.id(party))
    }

    /// The party for a reader: its name, and its id where that is something else.
    fn name(&self, party: PartyId) -> String {
        let (name, id) = (self.facts.name(party), self.facts.id(party));
        if name == id { name.to_owned() } else { format!("{name} ({id})") }
    }
}

/// Runs every check.
pub(crate) fn run(built: &Built, file: &str) -> Collected {
    let mut checker = Checker { facts: &built.facts, places: &built.places, findings: Collected::default() };
    duplicates::check(&mut checker);
    dealings::check(&mut checker);
    kinds::check(&mut checker);
    shares::check(&mut checker);
    kinship::check(&mut checker);
    identifiers::check(&mut checker);
    partnerships::check(&mut checker);
    names::check(&mut checker);
    if built.parties_complete {
        let file = if built.places.settings.is_empty() { file } else { &built.places.settings };
        subject::check_settings(&mut checker, &built.broken, file);
    }
    checker.findings
}
