//! `relata groups DATA [PARTY…]`: counterparties under common control.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
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
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let answered = session.inquiry_today()?.groups(&args.parties, |report| session.answer(form, report));
        answered.map_err(session.refused())??;
        Ok(Status::Answered)
    })
}
