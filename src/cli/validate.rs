//! `relata validate DATA`: everything found wrong with the data.

use super::failure::{Failure, Status};
use super::locale;
use super::options::Options;
use super::session::Session;
use crate::intake::{self, Finding};
use crate::register::Question;
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
        session.check_file()?;
        let mut findings: Vec<Finding> = session.findings.iter().collect();
        let mut remarks = Vec::new();
        let asked = options.subject.is_some() || session.facts.settings.contains_key("subject");
        // Facts with errors are incomplete, and what the graph shows of them would mislead.
        if asked && !findings.iter().any(Finding::is_error) {
            let subject = session.named_subject()?;
            // What is wrong with the subject of the settings stands among the data's own findings already.
            let asked_for = subject.filter(|_| options.subject.is_some());
            findings.extend(asked_for.and_then(|subject| intake::check_subject(&session.facts, subject)));
            if let Some(subject) = subject.filter(|_| !findings.iter().any(Finding::is_error)) {
                let pack = session.pack()?;
                let as_of = options.as_of.unwrap_or_else(locale::today);
                let question = Question { subject, as_of, pack: &pack, readings: session.readings(&pack)? };
                remarks = session.resolver().review(&question, None);
            }
        }
        let report = FindingsReport {
            facts: &session.facts,
            dataset: session.dataset.clone(),
            findings: &findings,
            remarks: &remarks,
            lang: session.lang,
        };
        session.answer(form, &report)?;
        Ok(if findings.iter().any(Finding::is_error) { Status::DataErrors } else { Status::Answered })
    })
}
