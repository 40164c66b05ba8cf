//! `relata owners DATA PARTY` and `relata owned DATA PARTY`: who stands behind a party, and what it holds.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::inquiry;
use crate::register::{Certainty, StakeLine, Verdict};
use crate::report::Direction;
use std::path::PathBuf;

/// Arguments of `owners` and `owned`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// An id, an exact name, an alias or an identifier
    party: String,
    /// Leave out look-through shares below this; their sum is stated
    #[arg(long, value_name = "PERCENT")]
    at_least: Option<String>,
}

pub(super) fn run(options: &Options, args: &Args, direction: Direction) -> Result<Status, Failure> {
    let form = options.form()?;
    let at_least = args.at_least.as_deref().map(inquiry::at_least).transpose();
    let at_least = at_least.map_err(|refusal| Failure::Refused(options.early_lang(), refusal))?;
    Session::open(options, &args.data)?.answered(|session| {
        let answered = session.inquiry_today()?.stakes(&args.party, direction, at_least.as_ref(), |report| {
            session.answer(form, report)?;
            let open = |line: &StakeLine| line.verdict == Verdict::Undetermined || line.controls == Certainty::Unknown;
            Ok(session.status(report.stakes.lines.iter().any(open)))
        });
        answered.map_err(session.refused())?
    })
}
