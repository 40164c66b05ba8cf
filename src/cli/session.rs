//! What every command needs: the data, the language, the question's terms, and where answers go.

use super::failure::{Failure, Status};
use super::options::Options;
use super::progress::turning;
use super::{locale, output};
use crate::facts::Lang;
use crate::inquiry::{Dataset, Inquiry, Terms};
use crate::intake::{Finding, Text};
use crate::report::{Answer, Form, findings_text, write};
use chrono::NaiveDate;
use std::io::{self, Write};
use std::path::Path;

/// Warnings listed on standard error; the rest are counted.
const WARNINGS_SHOWN: usize = 5;

/// A dataset opened for a command.
pub(super) struct Session<'o> {
    pub(super) options: &'o Options,
    pub(super) dataset: Dataset,
    pub(super) lang: Lang,
}

impl<'o> Session<'o> {
    /// Opens the data, whatever is wrong with it.
    pub(super) fn read(options: &'o Options, path: &Path) -> Result<Self, Failure> {
        let early = options.early_lang();
        let reading = early.pick("正在读取数据", "reading the data");
        let dataset =
            turning(reading, || Dataset::open(path)).map_err(|error| Failure::Refused(early, error.into()))?;
        let settings = dataset.facts().settings.get("language").and_then(|language| Lang::from_tag(language));
        let lang = options.asked_lang().or(settings).unwrap_or(early);
        Ok(Self { options, dataset, lang })
    }

    /// Opens the data for a question: errors stop it, warnings are listed in short.
    pub(super) fn open(options: &'o Options, path: &Path) -> Result<Self, Failure> {
        let session = Self::read(options, path)?;
        session.dataset.sound().map_err(session.refused())?;
        session.warn();
        Ok(session)
    }

    fn warn(&self) {
        let findings = self.dataset.findings();
        let shown: Vec<Finding> = findings.iter().take(WARNINGS_SHOWN).collect();
        output::say(&findings_text(&shown, self.lang));
        let rest = findings.len().saturating_sub(WARNINGS_SHOWN);
        if rest > 0 {
            let data = self.dataset.path().display();
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
        self.dataset.undamaged().map_err(self.refused())?;
        outcome
    }

    /// A refusal as a failure in the reader's language.
    pub(super) fn refused<R: Into<crate::inquiry::Refusal>>(&self) -> impl Fn(R) -> Failure + use<R> {
        let lang = self.lang;
        move |refusal| Failure::Refused(lang, refusal.into())
    }

    /// The terms of the question.
    pub(super) fn terms(&self) -> Terms {
        let options = self.options;
        Terms {
            subject: options.subject.clone(),
            as_of: options.as_of,
            today: locale::today(),
            rules: options.rules.clone(),
            switches: options.switches.clone(),
            lang: self.lang,
            show_identifiers: options.show_identifiers,
        }
    }

    /// The question, and what is odd about its company.
    pub(super) fn inquiry(&self) -> Result<Inquiry<'_>, Failure> {
        let inquiry = Inquiry::new(&self.dataset, self.terms()).map_err(self.refused())?;
        output::say(&findings_text(inquiry.remarks(), self.lang));
        Ok(inquiry)
    }

    /// The same for a question about the day asked about: says which day that is where none was named.
    pub(super) fn inquiry_today(&self) -> Result<Inquiry<'_>, Failure> {
        let inquiry = self.inquiry()?;
        let day = self.day();
        self.say(inquiry.early(day));
        Ok(inquiry)
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

    /// Says what is to be said besides the answer.
    pub(super) fn say(&self, text: Option<Text>) {
        output::say(text.as_ref().map_or("", |text| text.text(self.lang)));
    }

    /// How a command ends that gave an answer, some of it undetermined or not.
    pub(super) fn status(&self, is_undetermined: bool) -> Status {
        if self.options.strict && is_undetermined { Status::Undetermined } else { Status::Answered }
    }

    /// Writes an answer in the form asked for.
    pub(super) fn answer(&self, form: Form, answer: &dyn Answer) -> Result<(), Failure> {
        let terminal = output::terminal(self.options);
        self.emit(|out| write(answer, form, terminal, out))
    }

    /// Writes what `produce` writes: an answer from a packed file only when everything it was drawn from was sound.
    pub(super) fn emit(&self, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if !self.dataset.is_packed() {
            return output::emit(self.options, self.lang, produce);
        }
        let mut text = Vec::new();
        produce(&mut text).map_err(|error| Failure::io(self.lang, "stdout", &error))?;
        self.dataset.undamaged().map_err(self.refused())?;
        output::emit(self.options, self.lang, |out| out.write_all(&text))
    }
}
