//! `relata movements DATA PARTY|GROUP`: a pooled holding day by day, and when its change reached the step.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::inquiry::Pooled;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `movements`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// A party (id, exact name, alias or identifier), or the label of a concert group
    #[arg(value_name = "PARTY|GROUP")]
    holders: String,
    /// The company that is held [default: the listed company]
    #[arg(long, value_name = "ID|NAME")]
    company: Option<String>,
    /// The first day to list; the change is counted from the last report before it all the same
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// The last day [default: the day asked about]
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "as_of")]
    to: Option<NaiveDate>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let inquiry = session.inquiry()?;
        let to = args.to.unwrap_or_else(|| session.day());
        session.say(inquiry.early(to));
        let asked = Pooled { holders: &args.holders, company: args.company.as_deref(), from: args.from, to };
        let answered = inquiry.movements(asked, |report| {
            session.answer(form, report)?;
            Ok(session.status(report.movements.is_undetermined()))
        });
        answered.map_err(session.refused())?
    })
}
