//! What changes would make of the register (`relata.whatif/1`).

use super::beside::NamedGrid;
use super::diff::{ChangeJson, change_grid, change_tables};
use super::header::Header;
use super::{Answer, Context, Dataset, Grid, Page, forms};
use crate::facts::RowRef;
use crate::proof::rows::Rows;
use crate::register::Change;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;

/// What changes would make of the register.
pub struct WhatifReport<'a> {
    /// What it is about: the data as they would be.
    pub context: &'a Context<'a>,
    /// The data as they are.
    pub before: &'a Dataset,
    /// The rows that are added, ended or changed.
    pub moved: &'a BTreeSet<RowRef>,
    /// The differences.
    pub changes: &'a [Change],
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    /// The data as they are; those of the header are as they would be.
    before: &'a Dataset,
    rows: &'a BTreeSet<RowRef>,
    changes: Vec<ChangeJson<'a>>,
}

impl Answer for WhatifReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("假设变更对名录的影响", "what the changes would make of the register");
        let rows = Rows::new(context.facts, context.names, lang);
        page.heading(lang.pick("假设", "Supposed"));
        page.list(self.moved.iter().map(|row| rows.line(*row)).collect());
        if self.changes.is_empty() {
            page.text(lang.pick("名录不变。", "The register would stay as it is."));
        }
        change_tables(context, self.changes, &mut page);
        page
    }

    fn grid(&self) -> Grid {
        change_grid(self.context, self.changes)
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            header: self.context.header("relata.whatif/1"),
            before: self.before,
            rows: self.moved,
            changes: self.changes.iter().map(|change| ChangeJson::new(self.context, change)).collect(),
        };
        forms::json(&document, out)
    }
}
