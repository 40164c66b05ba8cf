//! `relata assess DATA [ID…]`: what each transaction sets off.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::{Assessment, Assessor, Ledger};
use crate::proof::words::Names;
use crate::report::AssessReport;
use std::path::PathBuf;

/// Arguments of `assess`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json file or a packed file
    data: PathBuf,
    /// Show only these transactions, by id [default: all]; all are counted with
    #[arg(value_name = "ID")]
    ids: Vec<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let pack = session.pack()?;
        let day = options.as_of.unwrap_or_else(super::locale::today);
        let question = session.question(&pack, day)?;
        let resolver = session.resolver();
        let ledger = Ledger::new(&session.facts, &[]);
        let assessments = Assessor::new(&resolver, &question).assess(&ledger);
        let shown = chosen(session, &args.ids, &assessments.all)?;
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &AssessReport { context: &context, assessments: &assessments, shown: &shown })?;
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
    let unknown: Vec<&str> = ids.iter().filter(|id| place(id).is_none()).map(String::as_str).collect();
    if !unknown.is_empty() {
        let list = unknown.join(session.lang.pick("、", ", "));
        return Err(Failure::usage(
            session.lang,
            format!("交易表中没有编号`{list}`"),
            format!("no transaction has the id {list}"),
        ));
    }
    let mut shown: Vec<usize> = ids.iter().filter_map(place).collect();
    shown.sort_unstable();
    shown.dedup();
    Ok(shown)
}
