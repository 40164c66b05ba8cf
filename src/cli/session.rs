//! What every question needs: the data, the language, the subject, the day and the rules.

use super::failure::{Failure, Status};
use super::options::Options;
use super::{locale, output};
use crate::facts::{Directory, Facts, Lang, PartyId};
use crate::graph::Links;
use crate::intake::{self, Finding, Findings};
use crate::law::{Pack, Readings};
use crate::packed;
use crate::packs;
use crate::proof::words::Names;
use crate::register::{Question, Resolver};
use crate::report::{Answer, Context, Dataset, Form, findings_text, write};
use crate::store::Store;
use chrono::NaiveDate;
use std::io::{self, Write};
use std::path::Path;

/// The rule pack taken where neither the command nor the dataset names one.
const DEFAULT_RULES: &str = "sse-2022";

/// Warnings listed on standard error; the rest are counted.
const WARNINGS_SHOWN: usize = 5;

/// A dataset opened for questions.
pub(super) struct Session<'o> {
    pub(super) options: &'o Options,
    pub(super) facts: Facts,
    /// The links of the facts, where they were packed.
    links: Option<Links>,
    pub(super) findings: Findings,
    pub(super) dataset: Dataset,
    pub(super) lang: Lang,
    /// The packed file the facts come from.
    store: Option<Store>,
    path: &'o Path,
}

impl<'o> Session<'o> {
    /// Opens the data, whatever is wrong with it.
    pub(super) fn read(options: &'o Options, path: &'o Path) -> Result<Self, Failure> {
        let early = options.early_lang();
        let opened = packed::open(path).map_err(|error| Failure::open(early, &error))?;
        let packed::Opened { facts, links, findings, digest, rows, store } = opened;
        let settings = facts.settings.get("language").and_then(|language| Lang::from_tag(language));
        let lang = options.asked_lang().or(settings).unwrap_or(early);
        let dataset = Dataset { digest, rows };
        Ok(Self { options, facts, links, findings, dataset, lang, store, path })
    }

    /// Opens the data for a question: errors stop it, warnings are listed in short.
    pub(super) fn open(options: &'o Options, path: &'o Path) -> Result<Self, Failure> {
        let session = Self::read(options, path)?;
        session.sound()?;
        session.warn();
        Ok(session)
    }

    /// Stops at errors. They stand before the warnings.
    fn sound(&self) -> Result<(), Failure> {
        if self.findings.iter().next().is_some_and(|first| first.is_error()) {
            let findings: Vec<Finding> = self.findings.iter().collect();
            return Err(self.damaged().unwrap_or_else(|| Failure::Data(findings_text(&findings, self.lang))));
        }
        self.damaged().map_or(Ok(()), Err)
    }

    fn warn(&self) {
        let shown: Vec<Finding> = self.findings.iter().take(WARNINGS_SHOWN).collect();
        output::say(&findings_text(&shown, self.lang));
        let rest = self.findings.len().saturating_sub(WARNINGS_SHOWN);
        if rest > 0 {
            let data = self.path.display();
            output::say(&self.lang.pick(
                format!("另有{rest}项提示，见 relata validate {data}"),
                format!("{rest} more warnings: relata validate {data}"),
            ));
        }
    }

    /// Does the work of a command. Where a packed file turned out to be damaged on the way, whatever came out of it is
    /// wrong, a failure as well as an answer; and no answer has gone out ([`Self::emit`]).
    pub(super) fn answered(self, work: impl FnOnce(&Self) -> Result<Status, Failure>) -> Result<Status, Failure> {
        let outcome = work(&self);
        self.damaged().map_or(outcome, Err)
    }

    /// What is wrong with the packed file, as far as it was read.
    pub(super) fn damaged(&self) -> Option<Failure> {
        let damage = self.store.as_ref()?.damage()?;
        Some(Failure::pack(self.lang, self.path, &damage.into()))
    }

    /// Reads the whole of a packed file.
    pub(super) fn check_file(&self) -> Result<(), Failure> {
        match self.store.as_ref().map(Store::verify_all) {
            Some(Err(error)) => Err(Failure::pack(self.lang, self.path, &error)),
            _ => Ok(()),
        }
    }

    /// The data alone.
    pub(super) fn into_opened(self) -> packed::Opened {
        let Self { facts, links, findings, dataset: Dataset { digest, rows }, store, .. } = self;
        packed::Opened { facts, links, findings, digest, rows, store }
    }

    /// The facts, ready for questions.
    pub(super) fn resolver(&self) -> Resolver<'_> {
        match &self.links {
            Some(links) => Resolver::with_links(&self.facts, links.clone()),
            None => Resolver::new(&self.facts),
        }
    }

    /// Writes an answer in the form asked for.
    pub(super) fn answer(&self, form: Form, answer: &dyn Answer) -> Result<(), Failure> {
        let width = output::width(self.options);
        self.emit(|out| write(answer, form, width, out))
    }

    /// Writes what `produce` writes: an answer from a packed file only when everything it was drawn from was sound.
    pub(super) fn emit(&self, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if self.store.is_none() {
            return output::emit(self.options, self.lang, produce);
        }
        let mut text = Vec::new();
        produce(&mut text).map_err(|error| Failure::io(self.lang, "stdout", &error))?;
        match self.damaged() {
            Some(failure) => Err(failure),
            None => output::emit(self.options, self.lang, |out| out.write_all(&text)),
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
        let finding = self.check_subjects(&[subject])?;
        // A warning about the subject of the settings stands among the data's own findings already.
        if self.options.subject.is_some() {
            output::say(&findings_text(&finding, self.lang));
        }
        Ok(subject)
    }

    /// Whether each of these can be a listed company asked about: errors stop, all of them together; the rest is returned.
    pub(super) fn check_subjects(&self, subjects: &[PartyId]) -> Result<Vec<Finding>, Failure> {
        let check = |subject: &PartyId| intake::check_subject(&self.facts, *subject);
        let findings: Vec<Finding> = subjects.iter().filter_map(check).collect();
        if findings.iter().any(Finding::is_error) {
            return Err(Failure::Data(findings_text(&findings, self.lang)));
        }
        Ok(findings)
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
            findings: Some(&self.findings),
            lang: self.lang,
            show_identifiers: self.options.show_identifiers,
        }
    }
}
