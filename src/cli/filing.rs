//! `relata filing DATA`: the form in which related parties are filed.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use std::path::PathBuf;

/// Arguments of `filing`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        session.inquiry_today()?.filing(|report| {
            session.answer(form, report)?;
            Ok(session.status(!report.register.undetermined.is_empty()))
        })
    })
}
