//! `relata daily DATA`: daily business of a year against its forecasts.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::{Assessor, Ledger, daily};
use crate::proof::words::Names;
use crate::report::DailyReport;
use std::path::PathBuf;

/// Arguments of `daily`.
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
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&session.facts, &[]));
        let daily = daily(&resolver, &question, &assessments);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &DailyReport { context: &context, assessments: &assessments, daily: &daily })?;
        let open = daily.forecasts.iter().any(|forecast| !forecast.is_certain);
        Ok(if options.strict && open { Status::Undetermined } else { Status::Answered })
    })
}
