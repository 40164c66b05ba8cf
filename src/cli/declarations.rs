//! `relata declarations DATA`: what insiders declared, held against the register.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::register::Certainty;
use std::path::PathBuf;

/// Arguments of `declarations`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        session.inquiry_today()?.declarations(|report, is_open| {
            session.answer(form, report)?;
            let mut outsiders = report.declarations.outsiders.iter();
            Ok(session.status(is_open || outsiders.any(|declarant| declarant.insider == Certainty::Unknown)))
        })
    })
}
