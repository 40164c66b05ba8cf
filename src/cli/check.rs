//! `relata check DATA PARTY…`: the verdict on each party.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::register::{PartyAnswer, Verdict};
use crate::report::CheckReport;
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
        let parties = session.parties(&args.parties)?;
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let answers = session.resolver().check(&question, &parties);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &CheckReport { context: &context, answers: &answers })?;
        Ok(status(options, &answers.parties))
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
