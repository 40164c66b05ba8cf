//! `relata recuse DATA PARTY`: who must stand aside for a counterparty.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
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
        let answered = session.inquiry_today()?.recuse(&args.party, |report| {
            session.answer(form, report)?;
            let mut standers = report.recusal.directors.iter().chain(&report.recusal.shareholders);
            Ok(session.status(standers.any(|stander| !stander.possible.is_empty())))
        });
        answered.map_err(session.refused())?
    })
}
