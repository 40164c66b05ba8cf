//! `relata assess DATA [ID…]`: what each transaction sets off.

use super::failure::{Failure, Status};
use super::options::Options;
use super::proposals::{Proposals, unknown_transaction};
use super::session::Session;
use crate::dealings::{Assessment, Assessor, Before, Deal, Ledger};
use crate::proof::words::Names;
use crate::report::AssessReport;
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
        let pack = session.pack()?;
        let proposals = Proposals::new(session, &args.propose)?;
        let proposed = proposals.transactions(session)?;
        let resolver = session.resolver();
        let ledger = Ledger::new(&session.facts, &proposed);
        // Every transaction has its own day; the answer as a whole is of the last one, so that it does not change by itself.
        let last = options.as_of.or_else(|| ledger.deals.last().map(Deal::date));
        let question = session.question(&pack, last.unwrap_or_else(super::locale::today))?;
        let assessments = Assessor::new(&resolver, &question).assess(&ledger);
        let is_proposed = |at: &usize| assessments.all.get(*at).is_some_and(|found| found.deal.row.is_none());
        let mut shown = chosen(session, &args.ids, &assessments.all)?;
        if args.ids.is_empty() && !proposed.is_empty() {
            shown.retain(is_proposed);
        }
        let before: Vec<Before> = (0..assessments.all.len())
            .filter(is_proposed)
            .filter_map(|at| Before::new(&resolver, &question, &assessments, at))
            .collect();
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = AssessReport { context: &context, assessments: &assessments, shown: &shown, before: &before };
        session.answer(form, &report)?;
        let mut of = shown.iter().filter_map(|at| assessments.all.get(*at));
        Ok(if options.strict && of.any(Assessment::is_undetermined) { Status::Undetermined } else { Status::Answered })
    })
}

/// Places of the transactions named; of all where none is.
fn chosen(session: &Session<'_>, ids: &[String], all: &[Assessment<'_>]) -> Result<Vec<usize>, Failure> {
    if ids.is_empty() {
        return Ok((0..all.len()).collect());
    }
    let place = |id: &String| all.iter().position(|assessment| assessment.deal.transaction.id == id);
    let unknown = ids.iter().filter(|id| place(id).is_none()).map(|id| unknown_transaction(session, id).text());
    let unknown: Vec<String> = unknown.collect();
    if !unknown.is_empty() {
        return Err(Failure::Several(unknown.join("\n")));
    }
    let mut shown: Vec<usize> = ids.iter().filter_map(place).collect();
    shown.sort_unstable();
    shown.dedup();
    Ok(shown)
}
