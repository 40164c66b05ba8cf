//! `relata explain DATA PARTY`: the whole proof.

use super::check::status;
use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::report::{ExplainForm, ExplainReport};
use std::path::PathBuf;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// An id, an exact name, an alias or an identifier
    party: String,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.choose(ExplainForm::ALL, ExplainForm::name)?;
    Session::open(options, &args.data)?.answered(|session| {
        let party = session.party(&args.party)?;
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let answers = session.resolver().check(&question, &[party]);
        let Some(answer) = answers.parties.first() else {
            return Err(Failure::failed(session.lang, "没有得到答案", "there is no answer about the party"));
        };
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = ExplainReport { context: &context, answers: &answers, answer };
        session.emit(|out| report.write(form, out))?;
        Ok(status(options, &answers.parties))
    })
}
