//! `relata declarations DATA`: what insiders declared, held against the register.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::register::Certainty;
use crate::report::DeclarationsReport;
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
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let resolver = session.resolver();
        let register = resolver.register(&question);
        let declarations = resolver.declarations(&question, &register);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = DeclarationsReport { context: &context, declarations: &declarations, proofs: &register.proofs };
        session.answer(form, &report)?;
        let unknown = declarations.outsiders.iter().any(|declarant| declarant.insider == Certainty::Unknown);
        let open = options.strict && (unknown || !register.undetermined.is_empty());
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}
