//! `relata assess DATA [ID…]`: what each transaction sets off.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::Assessment;
use crate::inquiry::Deals;
use std::path::PathBuf;

/// Arguments of `assess`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// Show only these transactions, by id [default: all, or the proposed ones]; all are counted with
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Judge a transaction that is not in the books: counterparty, kind, date and amount, and any other column of the
    /// table of transactions; may be repeated
    #[arg(long, value_name = "COLUMN=VALUE,…")]
    propose: Vec<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let inquiry = session.inquiry()?;
        let deals = Deals { ids: &args.ids, proposals: &args.propose };
        let answered = inquiry.assess(deals, |report| {
            session.say(inquiry.early(report.context.question.as_of));
            session.answer(form, report)?;
            let mut of = report.shown.iter().filter_map(|at| report.assessments.all.get(*at));
            Ok(session.status(of.any(Assessment::is_undetermined)))
        });
        answered.map_err(session.refused())?
    })
}
