//! `relata movements DATA PARTY|GROUP`: a pooled holding day by day, and when its change reached the step.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::facts::PartyId;
use crate::proof::words::Names;
use crate::register::Holders;
use crate::report::MovementsReport;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Arguments of `movements`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// A party (id, exact name, alias or identifier), or the label of a concert group
    #[arg(value_name = "PARTY|GROUP")]
    holders: String,
    /// The company that is held [default: the listed company]
    #[arg(long, value_name = "ID|NAME")]
    company: Option<String>,
    /// The first day to list; the change is counted from the last report before it all the same
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// The last day [default: the day asked about]
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "as_of")]
    to: Option<NaiveDate>,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    Session::open(options, &args.data)?.answered(|session| {
        let pack = session.pack()?;
        let to = args.to.unwrap_or_else(|| session.day());
        if let Some(from) = args.from.filter(|from| *from > to) {
            return Err(Failure::usage(
                session.lang,
                format!("--from `{from}`晚于最后一日`{to}`；请对调"),
                format!("--from `{from}` is later than the last day, `{to}`; exchange them"),
            ));
        }
        let question = session.question(&pack, to)?;
        let company = args.company.as_deref().map(|text| session.party(text)).transpose()?;
        let company = company.unwrap_or(question.subject);
        let holders = holders(session, &args.holders, company)?;
        let movements = session.resolver().movements(&question, holders, company, args.from);
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let asked = match holders {
            Holders::Party(party) => context.in_full(party),
            Holders::Group(label) => label.to_owned(),
        };
        let report = MovementsReport { context: &context, asked: &asked, from: args.from, movements: &movements };
        session.answer(form, &report)?;
        let open = options.strict && movements.is_undetermined();
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}

/// The party a text names, or else the concert group about the company.
fn holders<'a>(session: &Session<'_>, text: &'a str, company: PartyId) -> Result<Holders<'a>, Failure> {
    session.party(text).map(Holders::Party).or_else(|failure| {
        let about = |row: &crate::facts::ConcertMembership<'_>| row.company.is_none_or(|about| about == company);
        let is_group = session.facts.concert().iter().any(|row| row.group == text && about(&row));
        if is_group { Ok(Holders::Group(text)) } else { Err(failure) }
    })
}
