//! What every question needs: the data, the language, the subject, the day and the rules.

use super::failure::Failure;
use super::options::Options;
use super::{locale, output};
use crate::facts::{Directory, Facts, Lang, PartyId};
use crate::intake::{self, Finding};
use crate::law::{Pack, Readings};
use crate::packs;
use crate::proof::words::Names;
use crate::register::Question;
use crate::report::{Context, Dataset, findings_text};
use chrono::NaiveDate;
use std::path::Path;

/// The rule pack taken where neither the command nor the dataset names one.
const DEFAULT_RULES: &str = "sse-2022";

/// Warnings listed on standard error; the rest are counted.
const WARNINGS_SHOWN: usize = 5;

/// A dataset opened for questions.
pub(super) struct Session<'o> {
    pub(super) options: &'o Options,
    pub(super) facts: Facts,
    pub(super) findings: Vec<Finding>,
    pub(super) dataset: Dataset,
    pub(super) lang: Lang,
}

impl<'o> Session<'o> {
    /// Opens the data, whatever is wrong with it.
    pub(super) fn read(options: &'o Options, data: &Path) -> Result<Self, Failure> {
        let early = options.early_lang();
        let loaded = intake::open(data).map_err(|error| Failure::open(early, &error))?;
        let settings = loaded.facts.settings.get("language").and_then(|language| Lang::from_tag(language));
        let lang = options.asked_lang().or(settings).unwrap_or(early);
        let dataset = Dataset { digest: loaded.digest, rows: loaded.rows };
        Ok(Self { options, facts: loaded.facts, findings: loaded.findings, dataset, lang })
    }

    /// Opens the data for a question: errors stop it, warnings are listed in short.
    pub(super) fn open(options: &'o Options, data: &Path) -> Result<Self, Failure> {
        let session = Self::read(options, data)?;
        session.stop_at_errors(&session.findings)?;
        session.warn(&session.findings, data);
        Ok(session)
    }

    fn stop_at_errors(&self, findings: &[Finding]) -> Result<(), Failure> {
        if findings.iter().any(Finding::is_error) {
            return Err(Failure::Data(findings_text(findings, self.lang)));
        }
        Ok(())
    }

    fn warn(&self, findings: &[Finding], data: &Path) {
        let shown = findings.get(..WARNINGS_SHOWN).unwrap_or(findings);
        output::say(&findings_text(shown, self.lang));
        let rest = findings.len() - shown.len();
        if rest > 0 {
            let data = data.display();
            output::say(&self.lang.pick(
                format!("另有{rest}项提示，见 relata validate {data}"),
                format!("{rest} more warnings: relata validate {data}"),
            ));
        }
    }

    /// The rule pack asked for.
    pub(super) fn pack(&self) -> Result<Pack, Failure> {
        let settings = self.facts.settings.get("rules").map(String::as_str);
        let name = self.options.rules.as_deref().or(settings).unwrap_or(DEFAULT_RULES);
        packs::load(name).map_err(|error| {
            let known = packs::NAMES.join(self.lang.pick("、", ", "));
            let (zh, en) = (format!("没有规则包`{name}`；可用：{known}"), error.to_string());
            if self.options.rules.is_some() {
                Failure::usage(self.lang, zh, en)
            } else {
                Failure::data(self.lang, format!("数据的设置表：{zh}"), format!("the dataset's settings: {en}"))
            }
        })
    }

    /// The readings asked for.
    pub(super) fn readings(&self, pack: &Pack) -> Result<Readings, Failure> {
        Readings::choose(&pack.switches, self.options.switches.iter().map(String::as_str))
            .map_err(|error| Failure::usage(self.lang, format!("解释开关有误：{error}"), error.to_string()))
    }

    /// The party that the command or the dataset names as listed company, if either does.
    pub(super) fn named_subject(&self) -> Result<Option<PartyId>, Failure> {
        let directory = Directory::new(&self.facts);
        match (&self.options.subject, self.facts.settings.get("subject")) {
            (Some(text), _) => directory.find(text).map(Some).map_err(|error| Failure::lookup(self.lang, &error)),
            (None, Some(text)) => directory.find(text).map(Some).map_err(|error| {
                let place = self.lang.pick("数据的设置表：", "the dataset's settings: ");
                Failure::Data(format!("{place}{}", Failure::lookup(self.lang, &error).text()))
            }),
            (None, None) => Ok(None),
        }
    }

    /// The listed company: as asked for, else as the dataset has it.
    pub(super) fn subject(&self) -> Result<PartyId, Failure> {
        let subject = self.named_subject()?;
        let Some(subject) = subject else {
            return Err(Failure::data(
                self.lang,
                "未指明上市公司：请使用 --subject，或者在设置表中填写 subject",
                "no subject is given: name the listed company with --subject, or in the table `settings`",
            ));
        };
        let finding: Vec<Finding> = intake::check_subject(&self.facts, subject).into_iter().collect();
        self.stop_at_errors(&finding)?;
        // A warning about the subject of the settings stands among the data's own findings already.
        if self.options.subject.is_some() {
            output::say(&findings_text(&finding, self.lang));
        }
        Ok(subject)
    }

    /// The day asked about; today where none is named, and then it says so.
    pub(super) fn day(&self) -> NaiveDate {
        self.options.as_of.unwrap_or_else(|| {
            let today = locale::today();
            output::say(&self.lang.pick(
                format!("未指定日期，以今日{today}为准（--as-of）"),
                format!("no day was named; the answer is for today, {today} (--as-of)"),
            ));
            today
        })
    }

    /// The question about `day`.
    pub(super) fn question<'p>(&self, pack: &'p Pack, day: NaiveDate) -> Result<Question<'p>, Failure> {
        let question = Question { subject: self.subject()?, as_of: day, pack, readings: self.readings(pack)? };
        self.note_early(pack, day);
        Ok(question)
    }

    /// Says so where the day is before the pack's first.
    pub(super) fn note_early(&self, pack: &Pack, day: NaiveDate) {
        if day < pack.in_force_from {
            let from = pack.in_force_from;
            output::say(&self.lang.pick(
                format!("注意：{}自{from}起施行，早于该日的问题按其首版数值作答", pack.title_zh),
                format!(
                    "note: {} is in force from {from}; an earlier day is answered by its first numbers",
                    pack.title_en
                ),
            ));
        }
    }

    /// The party a text names.
    pub(super) fn party(&self, text: &str) -> Result<PartyId, Failure> {
        Directory::new(&self.facts).find(text).map_err(|error| Failure::lookup(self.lang, &error))
    }

    /// The parties that texts name, each once, in the order given; all that cannot be found are reported together.
    pub(super) fn parties(&self, texts: &[String]) -> Result<Vec<PartyId>, Failure> {
        let directory = Directory::new(&self.facts);
        let (mut parties, mut faults) = (Vec::new(), Vec::new());
        for text in texts {
            match directory.find(text) {
                Ok(party) if !parties.contains(&party) => parties.push(party),
                Ok(_) => {}
                Err(error) => faults.push(Failure::lookup(self.lang, &error).text()),
            }
        }
        if faults.is_empty() { Ok(parties) } else { Err(Failure::Several(faults.join("\n"))) }
    }

    /// How the answer is to be shown.
    pub(super) fn context<'a>(&'a self, names: &'a Names<'a>, question: &'a Question<'a>) -> Context<'a> {
        Context {
            facts: &self.facts,
            names,
            question,
            dataset: self.dataset.clone(),
            lang: self.lang,
            show_identifiers: self.options.show_identifiers,
        }
    }
}
