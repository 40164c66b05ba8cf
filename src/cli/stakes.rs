//! `relata owners DATA PARTY` and `relata owned DATA PARTY`: who stands behind a party, and what it holds.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::facts::{Lang, Percent};
use crate::proof::words::Names;
use crate::register::{Certainty, Verdict};
use crate::report::{Direction, StakesReport};
use std::path::PathBuf;

/// Arguments of `owners` and `owned`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
    /// An id, an exact name, an alias or an identifier
    party: String,
    /// Leave out look-through shares below this; their sum is stated
    #[arg(long, value_name = "PERCENT")]
    at_least: Option<String>,
}

pub(super) fn run(options: &Options, args: &Args, direction: Direction) -> Result<Status, Failure> {
    let form = options.form()?;
    let at_least = args.at_least.as_deref().map(|text| percent(options.early_lang(), text)).transpose()?;
    Session::open(options, &args.data)?.answered(|session| {
        let party = session.party(&args.party)?;
        let pack = session.pack()?;
        let question = session.question(&pack, session.day())?;
        let resolver = session.resolver();
        let stakes = match direction {
            Direction::Owners => resolver.owners(&question, party, at_least.as_ref()),
            Direction::Owned => resolver.owned(&question, party, at_least.as_ref()),
        };
        let names = Names::new(&session.facts, session.lang);
        let context = session.context(&names, &question);
        session.answer(form, &StakesReport { context: &context, direction, stakes: &stakes })?;
        let open = |line: &crate::register::StakeLine| {
            line.verdict == Verdict::Undetermined || line.controls == Certainty::Unknown
        };
        let open = options.strict && stakes.lines.iter().any(open);
        Ok(if open { Status::Undetermined } else { Status::Answered })
    })
}

/// Reads `1%`, `1 %` or `1`.
fn percent(lang: Lang, text: &str) -> Result<Percent, Failure> {
    let number = text.trim().trim_end_matches(['%', '％']).trim();
    let within = |percent: &Percent| *percent >= Percent::ZERO && *percent <= Percent::hundred();
    number.parse().ok().filter(within).ok_or_else(|| {
        Failure::usage(
            lang,
            format!("--at-least 的值`{text}`不是0%至100%之间的百分数；例如 1%"),
            format!("--at-least `{text}` is no percentage between 0 and 100; write 1% for example"),
        )
    })
}
