//! Questions as people put them to a dataset, and their answers: the same for the command line, the server and programs
//! that embed the library. Names become parties here, the rule pack and the readings are found, what stands in the way
//! is said in both languages ([`Refusal`]). No rule of the law stands here.

mod cells;
mod charts;
mod dataset;
mod dealings;
mod lists;
mod opening;
mod parties;
mod proposals;
mod refusal;
mod register;
mod rows;
mod search;
mod whatif;

pub use charts::Drawn;
pub use dataset::Dataset;
pub use dealings::Deals;
pub use lists::{csv_list, list, names, read_list};
pub use parties::{Pooled, at_least};
pub use refusal::{Fault, Refusal};
pub use register::{Register, Related};
pub use rows::{Row, RowCell};
pub use search::Hit;
pub use whatif::{Supposition, Suppositions};

use crate::facts::{Directory, Lang, PartyId};
use crate::intake::{self, Finding, Text, both};
use crate::law::{Pack, Readings};
use crate::packs;
use crate::proof::words::Names;
use crate::register::{Question, Resolver};
use crate::report::Context;
use chrono::NaiveDate;

/// The rule pack taken where neither the question nor the dataset names one.
const DEFAULT_RULES: &str = "sse-2022";

/// What a question says besides what it asks: in whose name, for which day, by which rules, in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The listed company, by id, name, alias or identifier; the dataset's settings where there is none.
    pub subject: Option<String>,
    /// The day asked about; where there is none, the question's own: today, or the day of the last transaction.
    pub as_of: Option<NaiveDate>,
    /// Today: nothing below reads a clock.
    pub today: NaiveDate,
    /// The rule pack; the dataset's settings where there is none, else `sse-2022`.
    pub rules: Option<String>,
    /// Readings of contested phrases, as `name=reading`.
    pub switches: Vec<String>,
    /// The reader's language.
    pub lang: Lang,
    /// Whether identifiers are shown in full.
    pub show_identifiers: bool,
}

impl Terms {
    /// A question for today by the dataset's own settings, in Chinese.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        Self {
            subject: None,
            as_of: None,
            today,
            rules: None,
            switches: Vec::new(),
            lang: Lang::Zh,
            show_identifiers: false,
        }
    }
}

/// A question that can be asked: its company, rules and readings are found.
pub struct Inquiry<'d> {
    dataset: &'d Dataset,
    terms: Terms,
    pack: Pack,
    readings: Readings,
    subject: PartyId,
    remarks: Vec<Finding>,
}

impl<'d> Inquiry<'d> {
    /// Finds the company, the rules and the readings. O(1) beside the first lookup of a name.
    ///
    /// # Errors
    /// Where one of them cannot be found, or the data has errors.
    pub fn new(dataset: &'d Dataset, terms: Terms) -> Result<Self, Refusal> {
        dataset.sound()?;
        let pack = dataset.pack(&terms)?;
        let readings = readings(&pack, &terms)?;
        let subject = dataset.named_subject(&terms)?.ok_or_else(|| {
            Refusal::Data(both!(
                "no subject is given: name the listed company with --subject, or in the table `settings`",
                "未指明上市公司：请使用 --subject，或者在设置表中填写 subject"
            ))
        })?;
        let remarks = dataset.check_subjects(&[subject])?;
        // A warning about the subject of the settings stands among the data's own findings already.
        let remarks = if terms.subject.is_some() { remarks } else { Vec::new() };
        Ok(Self { dataset, terms, pack, readings, subject, remarks })
    }

    /// The dataset asked.
    #[must_use]
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// The terms of the question.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The rules it is answered by.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The listed company.
    #[must_use]
    pub fn subject(&self) -> PartyId {
        self.subject
    }

    /// What is odd about the company asked about.
    #[must_use]
    pub fn remarks(&self) -> &[Finding] {
        &self.remarks
    }

    /// The day asked about; today where none is.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.terms.as_of.unwrap_or(self.terms.today)
    }

    /// The question about a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Question<'_> {
        Question { subject: self.subject, as_of: day, pack: &self.pack, readings: self.readings.clone() }
    }

    /// The question about the day asked about.
    #[must_use]
    pub fn question(&self) -> Question<'_> {
        self.on(self.day())
    }

    /// What is said where the day is before the first of the rules.
    #[must_use]
    pub fn early(&self, day: NaiveDate) -> Option<Text> {
        early(&self.pack, day)
    }

    /// The facts, ready for questions.
    #[must_use]
    pub fn resolver(&self) -> Resolver<'d> {
        self.dataset.resolver()
    }

    /// The party a text names.
    ///
    /// # Errors
    /// Where it names none, or several.
    pub fn party(&self, text: &str) -> Result<PartyId, Refusal> {
        self.dataset.party(text)
    }

    /// Shows the answer to a question as the terms ask for it.
    pub fn show<R>(&self, question: &Question<'_>, work: impl FnOnce(&Context<'_>) -> R) -> R {
        let facts = self.dataset.facts();
        let names = Names::new(facts, self.terms.lang);
        work(&Context {
            facts,
            names: &names,
            question,
            dataset: self.dataset.stamp(),
            findings: Some(self.dataset.findings()),
            lang: self.terms.lang,
            show_identifiers: self.terms.show_identifiers,
        })
    }
}

/// What is said where a day is before the first of the rules.
#[must_use]
pub fn early(pack: &Pack, day: NaiveDate) -> Option<Text> {
    let (from, en, zh) = (pack.in_force_from, &pack.title_en, &pack.title_zh);
    (day < from).then(|| {
        both!(
            "note: {en} is in force from {from}; an earlier day is answered by its first numbers",
            "注意：{zh}自{from}起施行，早于该日的问题按其首版数值作答"
        )
    })
}

/// The readings that the terms ask for.
///
/// # Errors
/// Where a switch or a reading is not the pack's.
pub fn readings(pack: &Pack, terms: &Terms) -> Result<Readings, Refusal> {
    Readings::choose(&pack.switches, terms.switches.iter().map(String::as_str))
        .map_err(|error| Refusal::Usage(both!("{error}", "解释开关有误：{error}")))
}

impl Dataset {
    /// The rule pack that the terms, or else the settings, ask for.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub fn pack(&self, terms: &Terms) -> Result<Pack, Refusal> {
        let settings = self.facts().settings.get("rules").map(String::as_str);
        let name = terms.rules.as_deref().or(settings).unwrap_or(DEFAULT_RULES);
        packs::load(name).map_err(|error| {
            let known = packs::NAMES.join("、");
            match terms.rules {
                Some(_) => Refusal::Usage(both!("{error}", "没有规则包`{name}`；可用：{known}")),
                None => Refusal::Data(both!(
                    "the dataset's settings: {error}",
                    "数据的设置表：没有规则包`{name}`；可用：{known}"
                )),
            }
        })
    }

    /// The party that the terms or the settings name as listed company, if either does.
    ///
    /// # Errors
    /// Where the name fits no party, or several.
    pub fn named_subject(&self, terms: &Terms) -> Result<Option<PartyId>, Refusal> {
        match (&terms.subject, self.facts().settings.get("subject")) {
            (Some(text), _) => self.party(text).map(Some),
            (None, Some(text)) => self.party(text).map(Some).map_err(|refusal| {
                let (en, zh) = (refusal.message(Lang::En), refusal.message(Lang::Zh));
                Refusal::Data(both!("the dataset's settings: {en}", "数据的设置表：{zh}"))
            }),
            (None, None) => Ok(None),
        }
    }

    /// Whether each of these can be a listed company asked about.
    ///
    /// # Errors
    /// All that stops an answer about any of them; what does not is returned.
    pub fn check_subjects(&self, subjects: &[PartyId]) -> Result<Vec<Finding>, Refusal> {
        let check = |subject: &PartyId| intake::check_subject(self.facts(), *subject);
        let findings: Vec<Finding> = subjects.iter().filter_map(check).collect();
        if findings.iter().any(Finding::is_error) { Err(Refusal::Findings(findings)) } else { Ok(findings) }
    }

    /// The party a text names: an id first, then an exact name, alias or identifier.
    ///
    /// # Errors
    /// Where it names none, or several.
    pub fn party(&self, text: &str) -> Result<PartyId, Refusal> {
        Directory::new(self.facts()).find(text).map_err(Refusal::Lookup)
    }

    /// The parties that texts name, each once, in the order given.
    ///
    /// # Errors
    /// All that cannot be found, together.
    pub fn parties(&self, texts: &[String]) -> Result<Vec<PartyId>, Refusal> {
        let directory = Directory::new(self.facts());
        let (mut parties, mut faults) = (Vec::new(), Vec::new());
        for text in texts {
            match directory.find(text) {
                Ok(party) if !parties.contains(&party) => parties.push(party),
                Ok(_) => {}
                Err(error) => faults.push(Refusal::Lookup(error)),
            }
        }
        Refusal::of(faults).map_or(Ok(parties), Err)
    }
}
