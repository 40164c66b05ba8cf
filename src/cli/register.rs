//! `relata register DATA`: the related-party register.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use std::path::PathBuf;

/// Arguments of `register`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        session.inquiry_today()?.register(|report| {
            session.answer(form, report)?;
            Ok(session.status(!report.register.undetermined.is_empty()))
        })
    })
}
