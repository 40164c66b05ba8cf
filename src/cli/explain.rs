//! `relata explain DATA PARTY`: the whole proof.

use super::check::status;
use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::report::ExplainForm;
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
        let answered = session.inquiry_today()?.explain(&args.party, |report| {
            session.emit(|out| report.write(form, out))?;
            Ok(status(options, &report.answers.parties))
        });
        answered.map_err(session.refused())?
    })
}
