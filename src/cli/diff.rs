//! `relata diff DATA --from DAY --to DAY`: what changed in the register, and because of which rows.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::proof::words::Names;
use crate::register::Verdict;
use crate::report::DiffReport;
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
    let (from, to) = (args.from, args.to);
    if options.as_of.is_some() {
        return Err(Failure::usage(
            options.early_lang(),
            "diff 以 --from 和 --to 指明日期，不使用 --as-of",
            "diff takes its days from --from and --to; leave out --as-of",
        ));
    }
    if from > to {
        return Err(Failure::usage(
            options.early_lang(),
            format!("--from `{from}`晚于 --to `{to}`；请对调"),
            format!("--from `{from}` is later than --to `{to}`; exchange them"),
        ));
    }
    Session::open(options, &args.data)?.answered(|session| {
        let pack = session.pack()?;
        let question = session.question(&pack, to)?;
        let changes = session.resolver().diff(&question, from, to);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &DiffReport { context: &context, from, to, changes: &changes })?;
        let open = options.strict && changes.iter().any(|change| change.verdicts.1 == Verdict::Undetermined);
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}
