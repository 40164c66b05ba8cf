//! Answers as a table on a terminal, as JSON, CSV, Markdown, HTML or a workbook: one trait that every answer implements, one
//! writer for
//! each form.

mod announcement;
mod announcement_text;
mod announcement_words;
mod assess;
mod assess_page;
mod batch;
mod beside;
mod calendar;
mod chart;
mod check;
mod controllers;
mod daily;
mod dealing_words;
mod declarations;
mod diff;
mod earlier;
mod explain;
mod filing;
mod findings;
mod forms;
mod groups;
mod header;
mod html;
mod misses;
mod movements;
mod page;
pub mod picture;
mod recuse;
mod register;
mod register_annex;
mod remarks;
mod screen;
mod stakes;
mod verification;
mod whatif;
mod words;
#[cfg(feature = "xlsx")]
mod workbook;

pub use announcement::AnnouncementReport;
pub use assess::AssessReport;
pub use batch::{BATCH_COLUMNS, batch_line, batch_rows};
pub use beside::NamedGrid;
pub use calendar::CalendarReport;
pub use chart::ChartReport;
pub use check::CheckReport;
pub use controllers::{ControllersForm, ControllersReport};
pub use daily::DailyReport;
pub use declarations::DeclarationsReport;
pub use diff::DiffReport;
pub use explain::{ExplainForm, ExplainReport};
pub use filing::FilingReport;
pub use findings::{FindingsReport, findings_text};
pub use forms::{Form, Terminal, json, write};
pub use groups::{GroupsForm, GroupsReport};
pub use header::{Context, Dataset};
pub use movements::MovementsReport;
pub use page::{About, Block, Grid, Page};
pub use recuse::RecuseReport;
pub use register::RegisterReport;
pub use remarks::remark_text;
pub use screen::{Counts, ScreenReport};
pub use stakes::{Direction, StakesReport};
pub use verification::VerificationReport;
pub use whatif::WhatifReport;

use maud::Markup;
use std::io;

/// An answer that can be written in every form.
pub trait Answer {
    /// For a reader: headed paragraphs and tables, in the reader's language.
    fn page(&self) -> Page;

    /// For a spreadsheet: one table with English column names.
    fn grid(&self) -> Grid;

    /// What a workbook says beside the tables of the page: chains of proofs, findings about the data, what the answer is
    /// about.
    fn beside(&self) -> Vec<NamedGrid> {
        Vec::new()
    }

    /// What a page in a browser shows below the rest: proofs and drawings; nothing of most answers.
    fn annex(&self) -> Markup {
        Markup::default()
    }

    /// For a program: one JSON value with its `format`.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    fn json(&self, out: &mut dyn io::Write) -> io::Result<()>;
}
