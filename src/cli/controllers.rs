//! `relata controllers DATA`: the ultimate controllers of every company.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::session::Session;
use crate::inquiry;
use crate::register::ControlQuestion;
use crate::report::{ControllersForm, ControllersReport};
use std::path::PathBuf;

/// What is counted as control.
const ABOUT: &str = "\
Control is that of section 2 of the rules, over the whole graph on one day. A state body controls like anyone else here; \
`groups` leaves state bodies out, so its tops can differ. Only what is certain counts. Parties that control each other count \
as one, for which the smallest id stands. --format table: counts and the largest controllers; csv: a row for each company \
and ultimate controller, in the order of the parties; jsonl: a line with the counts, then one for each company. No listed \
company need be named; one that is named counts as listed.
控制按规则第二节认定，针对某一日的全部数据。国家机关与其他主体同样视为控制方；groups 命令不计国家机关，最终控制方因此可能不同。仅计确定的控制。\
相互控制的各方视为一方，以编号最小者代表。--format table：合计与控制主体最多者；csv：每家公司及其每一最终控制方一行，按主体的次序；jsonl：首行为合计，其后每家公司一行。\
无须指明上市公司；指明的视为上市。";

/// Arguments of `controllers`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.choose(ControllersForm::ALL, ControllersForm::name)?;
    let session = Session::open(options, &args.data)?;
    let (dataset, terms) = (&session.dataset, session.terms());
    dataset.check_file().map_err(session.refused())?;
    let pack = dataset.pack(&terms).map_err(session.refused())?;
    let subject = dataset.named_subject(&terms).map_err(session.refused())?;
    let readings = inquiry::readings(&pack, &terms).map_err(session.refused())?;
    let as_of = session.day();
    let question = ControlQuestion { subject, as_of, pack: &pack, readings };
    session.say(inquiry::early(&pack, as_of));
    let controllers = dataset.resolver().controllers(&question);
    let report = ControllersReport {
        question: &question,
        controllers: &controllers,
        dataset: dataset.stamp(),
        lang: session.lang,
    };
    output::emit(options, session.lang, |out| report.write(form, output::terminal(options), out))?;
    Ok(Status::Answered)
}
