//! `relata groups DATA [PARTY…]`: counterparties under common control.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::report::GroupsForm;
use std::path::PathBuf;

/// Arguments of `groups`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// Ids, exact names, aliases or identifiers [default: every party]
    #[arg(value_name = "PARTY")]
    parties: Vec<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.choose(&GroupsForm::all(), GroupsForm::name)?;
    Session::open(options, &args.data)?.answered(|session| {
        let answered = session.inquiry_today()?.groups(&args.parties, |report| match form {
            GroupsForm::Any(form) => session.answer(form, report),
            GroupsForm::Svg => session.emit(|out| out.write_all(report.picture().svg().as_bytes())),
        });
        answered.map_err(session.refused())??;
        Ok(Status::Answered)
    })
}
