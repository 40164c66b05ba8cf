//! `relata groups DATA [PARTY…]`: counterparties under common control.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::dealings::{Assessor, Ledger, dealt};
use crate::proof::words::Names;
use crate::report::{GroupsForm, GroupsReport};
use std::path::PathBuf;

/// Arguments of `groups`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json file or a packed file
    data: PathBuf,
    /// Ids, exact names, aliases or identifiers [default: every party]
    #[arg(value_name = "PARTY")]
    parties: Vec<String>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.choose(&GroupsForm::all(), GroupsForm::name)?;
    Session::open(options, &args.data)?.answered(|session| {
        let parties = session.parties(&args.parties)?;
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let resolver = session.resolver();
        let groups = resolver.groups(&question, &parties);
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(&session.facts, &[]));
        let dealt = dealt(&assessments, question.as_of, pack.numbers(question.as_of).cumulation_months);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = GroupsReport { context: &context, groups: &groups, dealt: &dealt };
        match form {
            GroupsForm::Any(form) => session.answer(form, &report)?,
            GroupsForm::Svg => session.emit(|out| out.write_all(report.picture().svg().as_bytes()))?,
        }
        Ok(Status::Answered)
    })
}
