//! `relata register DATA`: the related-party register.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::report::RegisterReport;
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
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let resolver = session.resolver();
        let register = resolver.register(&question);
        let remarks = resolver.review(&question, Some(&register));
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = RegisterReport { context: &context, register: &register, remarks: &remarks };
        session.answer(form, &report)?;
        let open = options.strict && !register.undetermined.is_empty();
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}
