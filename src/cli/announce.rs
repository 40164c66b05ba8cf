//! `relata announce DATA ID`: a draft of the announcement of a transaction.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::proposals::{Proposals, unknown_transaction};
use super::session::Session;
use crate::dealings::{Announcement, Assessor, Ledger};
use crate::proof::words::Names;
use crate::report::{AnnouncementReport, Form};
use std::path::PathBuf;

/// The forms there are: Markdown, to be edited, where none is asked for.
const FORMS: [Form; 5] = [Form::Markdown, Form::Table, Form::Json, Form::Csv, Form::Html];

/// Arguments of `announce`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json file or a packed file
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
    Session::open(options, &args.data)?.answered(|session| {
        let pack = session.pack()?;
        let proposals = Proposals::new(session, args.propose.as_slice())?;
        let proposed = proposals.transactions(session)?;
        let ledger = Ledger::new(&session.facts, &proposed);
        let id = match (&args.id, proposed.first()) {
            (Some(id), _) => id.as_str(),
            (None, Some(proposal)) => proposal.id,
            (None, None) => "",
        };
        let deal = ledger.deals.iter().position(|deal| deal.transaction.id == id);
        let place = deal.ok_or_else(|| unknown_transaction(session, id))?;
        let day = ledger.deals.get(place).map(|deal| deal.date()).ok_or_else(|| unknown_transaction(session, id))?;
        if options.as_of.is_some_and(|asked| asked != day) {
            output::say(&session.lang.pick(
                format!("注意：公告以交易日{day}为准，--as-of 不起作用"),
                format!("note: the draft is for {day}, the day of the transaction; --as-of does not bear on it"),
            ));
        }
        let question = session.question(&pack, day)?;
        let resolver = session.resolver();
        let assessments = Assessor::new(&resolver, &question).assess(&ledger);
        let found = assessments.all.get(place).zip(Announcement::new(&resolver, &question, &assessments, place));
        let (assessment, announcement) = found.ok_or_else(|| unknown_transaction(session, id))?;
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        let report = AnnouncementReport {
            context: &context,
            assessments: &assessments,
            assessment,
            announcement: &announcement,
        };
        session.answer(form, &report)?;
        let open = announcement.is_undetermined(assessment);
        Ok(if options.strict && open { Status::Undetermined } else { Status::Answered })
    })
}
