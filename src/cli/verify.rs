//! `relata verify ANSWER.json DATA`: every proof of a saved answer, checked against the data by code of its own.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::law::{Pack, Readings};
use crate::packs;
use crate::proof::check::{
    AnswerDoc, AssessDoc, Head, Matter, RecuseDoc, Refusal, check_assessment, check_recusal, check_register,
};
use crate::report::VerificationReport;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Formats of answers that carry proofs.
const FORMATS: &[&str] = &[
    "relata.register/1",
    "relata.check/1",
    "relata.explain/1",
    "relata.declarations/1",
    "relata.filing/1",
    "relata.assess/1",
    "relata.recuse/1",
];

/// A saved answer.
enum Saved {
    /// About parties.
    Parties(Box<AnswerDoc>),
    /// About transactions.
    Assess(Box<AssessDoc>),
    /// About who must stand aside.
    Recuse(Box<RecuseDoc>),
    /// Of a format that carries no proofs.
    Other,
}

impl Saved {
    fn read(format: &str, text: &str) -> serde_json::Result<Self> {
        Ok(match format {
            "relata.assess/1" => Self::Assess(serde_json::from_str(text)?),
            "relata.recuse/1" => Self::Recuse(serde_json::from_str(text)?),
            other if FORMATS.contains(&other) => Self::Parties(serde_json::from_str(text)?),
            _ => Self::Other,
        })
    }

    fn steps(&self) -> usize {
        match self {
            Self::Parties(answer) => answer.proofs.len(),
            Self::Assess(answer) => {
                let aside = answer.proposals.iter().map(|proposal| proposal.recusal.proofs.len());
                answer.proofs.iter().map(|day| day.steps.len()).chain(aside).sum()
            }
            Self::Recuse(answer) => answer.recusal.proofs.len(),
            Self::Other => 0,
        }
    }

    fn check(&self, matter: &Matter<'_>, as_of: NaiveDate) -> Vec<Refusal> {
        match self {
            Self::Parties(answer) => check_register(&matter.on(as_of), answer),
            Self::Assess(answer) => check_assessment(matter, answer),
            Self::Recuse(answer) => check_recusal(&matter.on(as_of), answer),
            Self::Other => Vec::new(),
        }
    }
}

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An answer of register, check, explain, declarations, filing, assess or recuse, saved as JSON
    answer: PathBuf,
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    let early = options.early_lang();
    let path = args.answer.display();
    let text = std::fs::read_to_string(&args.answer).map_err(|error| {
        Failure::failed(early, format!("无法读取`{path}`：{error}"), format!("cannot read `{path}`: {error}"))
    })?;
    let unreadable = |error: serde_json::Error| {
        Failure::failed(
            early,
            format!("`{path}`不是已保存的答案：{error}"),
            format!("`{path}` is no saved answer: {error}"),
        )
    };
    let head: Head = serde_json::from_str(&text).map_err(unreadable)?;
    let saved = Saved::read(&head.format, &text).map_err(unreadable)?;
    Session::open(options, &args.data)?.answered(|session| {
        let mut objections = Vec::new();
        let pack = packs::load(&head.rules);
        if let Err(error) = &pack {
            objections.push((format!("没有规则包`{}`", head.rules), error.to_string()));
        }
        let matter = pack.as_ref().ok().and_then(|pack| matter(session, &head, pack, &mut objections));
        let refusals = matter.map(|matter| saved.check(&matter, head.as_of)).unwrap_or_default();
        let report = VerificationReport {
            answer: &head,
            steps: saved.steps(),
            dataset: session.dataset.stamp(),
            objections: &objections,
            refusals: &refusals,
            lang: session.lang,
        };
        session.answer(form, &report)?;
        Ok(if report.accepted() { Status::Answered } else { Status::Refused })
    })
}

/// What the answer says it is about, or why that cannot be held against these data, in Chinese and in English.
fn matter<'a>(
    session: &'a Session<'_>,
    answer: &Head,
    pack: &'a Pack,
    objections: &mut Vec<(String, String)>,
) -> Option<Matter<'a>> {
    let mut object = |zh: String, en: String| objections.push((zh, en));
    if !FORMATS.contains(&answer.format.as_str()) {
        let (format, known) = (&answer.format, FORMATS);
        object(
            format!("格式`{format}`不含证明；可核对：{}", known.join("、")),
            format!("an answer of format `{format}` carries no proofs; those of {} do", known.join(", ")),
        );
        return None;
    }
    check_digest(session.dataset.digest(), answer, &mut object);
    let subject = session.dataset.facts().party_id(&answer.subject);
    if subject.is_none() {
        let id = &answer.subject;
        object(format!("数据中没有主体`{id}`"), format!("the dataset has no party `{id}`"));
    }
    let choices: Vec<String> = answer.switches.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
    let readings = Readings::choose(&pack.switches, choices.iter().map(String::as_str));
    if let Err(error) = &readings {
        object(format!("解释开关有误：{error}"), error.to_string());
    }
    Some(Matter { facts: session.dataset.facts(), subject: subject?, pack, readings: readings.ok()? })
}

fn check_digest(ours: &str, answer: &Head, object: &mut impl FnMut(String, String)) {
    let theirs = answer.dataset.as_ref().and_then(|dataset| dataset.digest.as_deref());
    match theirs {
        Some(theirs) if theirs == ours => {}
        Some(theirs) => object(
            format!("答案出自另一份数据：其摘要为`{theirs}`，本数据为`{ours}`"),
            format!("the answer was drawn from other data: its digest is `{theirs}`, that of these data `{ours}`"),
        ),
        None => object(
            "答案未写明数据摘要（dataset.digest）".to_owned(),
            "the answer does not say from which data it was drawn (`dataset.digest`)".to_owned(),
        ),
    }
}
