//! `relata daily DATA`: daily business of a year against its forecasts.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use std::path::PathBuf;

/// Arguments of `daily`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        session.inquiry_today()?.daily(|report| {
            session.answer(form, report)?;
            Ok(session.status(report.daily.forecasts.iter().any(|forecast| !forecast.is_certain)))
        })
    })
}
