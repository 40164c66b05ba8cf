//! `relata announce DATA ID`: a draft of the announcement of a transaction.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::session::Session;
use crate::inquiry::Deals;
use crate::report::Form;
use std::path::PathBuf;

/// The forms there are: Markdown, to be edited, where none is asked for.
const FORMS: [Form; 7] = [Form::Markdown, Form::Table, Form::Json, Form::Csv, Form::Html, Form::Page, Form::Xlsx];

/// Arguments of `announce`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// The transaction, by id; the draft is for its day
    #[arg(value_name = "ID", required_unless_present = "propose")]
    id: Option<String>,
    /// Draft for a transaction that is not in the books, as in `assess`
    #[arg(long, value_name = "COLUMN=VALUE,…", conflicts_with = "id")]
    propose: Option<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.choose(&FORMS, Form::name)?;
    options.for_terminal(form)?;
    Session::open(options, &args.data)?.answered(|session| {
        let inquiry = session.inquiry()?;
        let deals = Deals { ids: args.id.as_slice(), proposals: args.propose.as_slice() };
        let answered = inquiry.announce(deals, |report| {
            let day = report.context.question.as_of;
            if options.as_of.is_some_and(|asked| asked != day) {
                output::say(&session.lang.pick(
                    format!("注意：公告以交易日{day}为准，--as-of 不起作用"),
                    format!("note: the draft is for {day}, the day of the transaction; --as-of does not bear on it"),
                ));
            }
            session.say(inquiry.early(day));
            session.answer(form, report)?;
            Ok(session.status(report.announcement.is_undetermined(report.assessment)))
        });
        answered.map_err(session.refused())?
    })
}
