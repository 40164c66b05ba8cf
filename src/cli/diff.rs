//! `relata diff DATA --from DAY --to DAY`: what changed in the register, and because of which rows.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::register::Verdict;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// The earlier day
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: NaiveDate,
    /// The later day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: NaiveDate,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    if options.as_of.is_some() {
        return Err(Failure::usage(
            options.early_lang(),
            "diff 以 --from 和 --to 指明日期，不使用 --as-of",
            "diff takes its days from --from and --to; leave out --as-of",
        ));
    }
    Session::open(options, &args.data)?.answered(|session| {
        let inquiry = session.inquiry()?;
        session.say(inquiry.early(args.to));
        let answered = inquiry.diff((args.from, args.to), |report| {
            session.answer(form, report)?;
            let mut changes = report.changes.iter();
            Ok(session.status(changes.any(|change| change.verdicts.1 == Verdict::Undetermined)))
        });
        answered.map_err(session.refused())?
    })
}
