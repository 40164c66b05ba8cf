//! `relata calendar DATA --from DAY --to DAY`: what ends or begins by itself.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::report::Form;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `calendar`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// The first day [default: the day asked about]
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// The last day [default: twelve months after the first]
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<NaiveDate>,
}

/// The form of a calendar: as any answer, or iCalendar.
#[derive(Clone, Copy)]
enum CalendarForm {
    Any(Form),
    Ics,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let forms: Vec<CalendarForm> =
        Form::ALL.iter().copied().map(CalendarForm::Any).chain([CalendarForm::Ics]).collect();
    let form = options.choose(&forms, |form| match form {
        CalendarForm::Any(form) => form.name(),
        CalendarForm::Ics => "ics",
    })?;
    if let CalendarForm::Any(form) = form {
        options.for_terminal(form)?;
    }
    Session::open(options, &args.data)?.answered(|session| {
        let inquiry = session.inquiry()?;
        let from = args.from.unwrap_or_else(|| session.day());
        session.say(inquiry.early(from));
        let answered = inquiry.calendar((Some(from), args.to), |report| match form {
            CalendarForm::Any(form) => session.answer(form, report),
            CalendarForm::Ics => session.emit(|out| report.ics(out)),
        });
        answered.map_err(session.refused())??;
        Ok(Status::Answered)
    })
}
