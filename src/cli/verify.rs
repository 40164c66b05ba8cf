//! `relata verify ANSWER.json DATA`: every proof of a saved answer, checked against the data by code of its own.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::law::Readings;
use crate::packs;
use crate::proof::check::{AnswerDoc, Claim, check_register};
use crate::report::{Dataset, VerificationReport};
use std::path::PathBuf;

/// Formats of answers that carry proofs.
const FORMATS: &[&str] =
    &["relata.register/1", "relata.check/1", "relata.explain/1", "relata.declarations/1", "relata.filing/1"];

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An answer of register, check, explain, declarations or filing, saved as JSON
    answer: PathBuf,
    /// A folder of CSV files, a .json file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    let early = options.early_lang();
    let path = args.answer.display();
    let text = std::fs::read_to_string(&args.answer).map_err(|error| {
        Failure::failed(early, format!("无法读取`{path}`：{error}"), format!("cannot read `{path}`: {error}"))
    })?;
    let answer: AnswerDoc = serde_json::from_str(&text).map_err(|error| {
        Failure::failed(
            early,
            format!("`{path}`不是已保存的答案：{error}"),
            format!("`{path}` is no saved answer: {error}"),
        )
    })?;
    Session::open(options, &args.data)?.answered(|session| {
        let mut objections = Vec::new();
        let refusals = match claim(session, &answer, &mut objections) {
            Some(claim) => check_register(&claim, &answer),
            None => Vec::new(),
        };
        let report = VerificationReport {
            answer: &answer,
            dataset: session.dataset.clone(),
            objections: &objections,
            refusals: &refusals,
            lang: session.lang,
        };
        session.answer(form, &report)?;
        Ok(if report.accepted() { Status::Answered } else { Status::Refused })
    })
}

/// What the answer says it is about, or why that cannot be held against these data, in Chinese and in English.
fn claim<'a>(
    session: &'a Session<'_>,
    answer: &AnswerDoc,
    objections: &mut Vec<(String, String)>,
) -> Option<Claim<'a>> {
    let mut object = |zh: String, en: String| objections.push((zh, en));
    if !FORMATS.contains(&answer.format.as_str()) {
        let (format, known) = (&answer.format, FORMATS);
        object(
            format!("格式`{format}`不含证明；可核对：{}", known.join("、")),
            format!("an answer of format `{format}` carries no proofs; those of {} do", known.join(", ")),
        );
        return None;
    }
    check_digest(&session.dataset, answer, &mut object);
    let subject = session.facts.party_id(&answer.subject);
    if subject.is_none() {
        let id = &answer.subject;
        object(format!("数据中没有主体`{id}`"), format!("the dataset has no party `{id}`"));
    }
    let pack = packs::load(&answer.rules);
    if let Err(error) = &pack {
        object(format!("没有规则包`{}`", answer.rules), error.to_string());
    }
    let pack = pack.ok()?;
    let choices: Vec<String> = answer.switches.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
    let readings = Readings::choose(&pack.switches, choices.iter().map(String::as_str));
    if let Err(error) = &readings {
        object(format!("解释开关有误：{error}"), error.to_string());
    }
    let numbers = pack.numbers(answer.as_of).clone();
    Some(Claim { facts: &session.facts, subject: subject?, as_of: answer.as_of, numbers, readings: readings.ok()? })
}

fn check_digest(dataset: &Dataset, answer: &AnswerDoc, object: &mut impl FnMut(String, String)) {
    let theirs = answer.dataset.as_ref().and_then(|dataset| dataset.digest.as_deref());
    let ours = &dataset.digest;
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
