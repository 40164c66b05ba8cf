//! `relata recuse DATA PARTY`: who must stand aside for a counterparty.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::recusal;
use crate::proof::words::Names;
use crate::report::RecuseReport;
use std::path::PathBuf;

/// Arguments of `recuse`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// The counterparty: id, exact name, alias or identifier
    #[arg(value_name = "PARTY")]
    party: String,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let counterparty = session.party(&args.party)?;
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let recusal = recusal(&session.resolver(), &question, counterparty);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &RecuseReport { context: &context, recusal: &recusal })?;
        let standers = recusal.directors.iter().chain(&recusal.shareholders);
        let open = standers.into_iter().any(|stander| !stander.possible.is_empty());
        Ok(if options.strict && open { Status::Undetermined } else { Status::Answered })
    })
}
