//! `relata validate DATA`: everything found wrong with the data.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::inquiry::Inquiry;
use crate::intake::{self, Finding};
use crate::report::FindingsReport;
use std::path::PathBuf;

/// Arguments of `validate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::read(options, &args.data)?.answered(|session| {
        let (dataset, terms) = (&session.dataset, session.terms());
        dataset.check_file().map_err(session.refused())?;
        let mut findings: Vec<Finding> = dataset.findings().iter().collect();
        let mut remarks = Vec::new();
        let asked = options.subject.is_some() || dataset.facts().settings.contains_key("subject");
        // Facts with errors are incomplete, and what the graph shows of them would mislead.
        if asked && !findings.iter().any(Finding::is_error) {
            let subject = dataset.named_subject(&terms).map_err(session.refused())?;
            // What is wrong with the subject of the settings stands among the data's own findings already.
            let asked_for = subject.filter(|_| options.subject.is_some());
            findings.extend(asked_for.and_then(|subject| intake::check_subject(dataset.facts(), subject)));
            if !findings.iter().any(Finding::is_error) {
                let inquiry = Inquiry::new(dataset, terms).map_err(session.refused())?;
                remarks = inquiry.resolver().review(&inquiry.question(), None);
            }
        }
        let report = FindingsReport {
            facts: dataset.facts(),
            dataset: dataset.stamp(),
            findings: &findings,
            remarks: &remarks,
            lang: session.lang,
        };
        session.answer(form, &report)?;
        Ok(if findings.iter().any(Finding::is_error) { Status::DataErrors } else { Status::Answered })
    })
}
