//! `relata filing DATA`: the form in which related parties are filed.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::register::Filing;
use crate::report::FilingReport;
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
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let register = session.resolver().register(&question);
        let filing = Filing::new(&session.facts, question.subject, &register);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &FilingReport { context: &context, register: &register, filing: &filing })?;
        let open = options.strict && !register.undetermined.is_empty();
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}
