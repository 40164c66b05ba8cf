//! `relata check DATA PARTY…`: the verdict on each party.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::register::{PartyAnswer, Verdict};
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// Ids, exact names, aliases or identifiers
    #[arg(required = true, value_name = "PARTY")]
    parties: Vec<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let answered = session.inquiry_today()?.check(&args.parties, |report| {
            session.answer(form, report)?;
            Ok(status(options, &report.answers.parties))
        });
        answered.map_err(session.refused())?
    })
}

/// How a command that asks about parties ends. What is undetermined weighs more than what is related: it may change.
pub(super) fn status(options: &Options, answers: &[PartyAnswer]) -> Status {
    let any = |verdict: Verdict| answers.iter().any(|answer| answer.verdict == verdict);
    if options.strict && any(Verdict::Undetermined) {
        Status::Undetermined
    } else if options.exit_code && any(Verdict::Related) {
        Status::Related
    } else {
        Status::Answered
    }
}
