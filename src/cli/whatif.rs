//! `relata whatif DATA --add TABLE:column=value,…`: what changes would make of the register.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::inquiry::{Refusal, Supposition, Suppositions};
use crate::register::Verdict;
use std::path::PathBuf;

/// How changes are written.
const ABOUT: &str = "\
All changes are supposed at once, and the data stay as they are. Tables and columns may be named in English or in Chinese, \
parties by id, name, alias or identifier. FILE holds {\"changes\": [{\"add\": \"holdings\", \"cells\": {\"holder\": \"X\", …}}, \
{\"end\": \"positions\", \"row\": 5, \"day\": \"2022-05-31\"}, {\"set\": \"holdings\", \"row\": 3, \"cells\": {\"percent\": \"4.99\"}}]}.
各项变更同时假设，不改动数据。表名、列名可用中文或者英文，主体可用编号、全称、曾用名或者证件号码。";

/// Arguments of `whatif`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// A row that is added; may be repeated
    #[arg(long, value_name = "TABLE:COLUMN=VALUE,…")]
    add: Vec<String>,
    /// A row that ends, and its last day; may be repeated
    #[arg(long, value_name = "TABLE:ROW=DAY")]
    end: Vec<String>,
    /// Cells of a row that are changed; may be repeated
    #[arg(long, value_name = "TABLE:ROW:COLUMN=VALUE,…")]
    set: Vec<String>,
    /// A JSON file with changes
    #[arg(long, value_name = "FILE")]
    changes: Option<PathBuf>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    let early = options.early_lang();
    let changes = changes(args).map_err(|refusal| Failure::Refused(early, refusal))?;
    Session::open(options, &args.data)?.answered(|session| {
        let answered = session.inquiry_today()?.whatif(&changes, |report| {
            session.answer(form, report)?;
            let mut changes = report.changes.iter();
            Ok(session.status(changes.any(|change| change.verdicts.1 == Verdict::Undetermined)))
        });
        answered.map_err(session.refused())?
    })
}

fn changes(args: &Args) -> Result<Vec<Supposition>, Refusal> {
    let mut changes = Vec::new();
    if let Some(path) = &args.changes {
        let shown = path.display();
        let text = std::fs::read(path).map_err(|error| Refusal::unreadable(&shown, &error))?;
        changes.extend(Suppositions::from_json(&text)?.changes);
    }
    let mut take = |texts: &[String], read: fn(&str) -> Result<Supposition, Refusal>| {
        texts.iter().try_for_each(|text| read(text).map(|change| changes.push(change)))
    };
    take(&args.add, Supposition::add)?;
    take(&args.end, Supposition::end)?;
    take(&args.set, Supposition::set)?;
    Ok(changes)
}
