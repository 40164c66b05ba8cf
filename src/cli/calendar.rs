//! `relata calendar DATA --from DAY --to DAY`: what ends or begins by itself.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::{Assessor, Ledger, calendar};
use crate::facts::add_months;
use crate::proof::words::Names;
use crate::report::{CalendarReport, Form};
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
        let pack = session.pack()?;
        let from = args.from.unwrap_or_else(|| session.day());
        let to = args.to.unwrap_or_else(|| add_months(from, pack.numbers(from).window_months));
        if to < from {
            return Err(Failure::usage(
                session.lang,
                format!("--to {to} 早于 --from {from}"),
                format!("--to {to} is before --from {from}"),
            ));
        }
        let question = session.question(&pack, from)?;
        let resolver = session.resolver();
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&session.facts, &[]));
        let entries = calendar(&resolver, &question, &assessments, (from, to));
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report =
            CalendarReport { context: &context, assessments: &assessments, entries: &entries, span: (from, to) };
        match form {
            CalendarForm::Any(form) => session.answer(form, &report)?,
            CalendarForm::Ics => session.emit(|out| report.ics(out))?,
        }
        Ok(Status::Answered)
    })
}
