//! What ends or begins by itself (`relata.calendar/1`), for a reader, a program, a spreadsheet and a calendar.

use super::beside::NamedGrid;
use super::header::Header;
use super::{Answer, Context, Grid, Page, dealing_words, forms, words};
use crate::dealings::{Assessments, Entry, Occasion};
use crate::facts::{RowRef, Yuan};
use crate::law::Basis;
use crate::proof::words::article;
use crate::register::Verdict;
use chrono::{NaiveDate, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike};
use serde::Serialize;
use std::io;

/// A calendar.
pub struct CalendarReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The transactions and forecasts that entries point to.
    pub assessments: &'a Assessments<'a>,
    /// The entries, by day.
    pub entries: &'a [Entry],
    /// The first and the last day.
    pub span: (NaiveDate, NaiveDate),
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    from: String,
    to: String,
    entries: Vec<EntryJson<'a>>,
}

#[derive(Serialize)]
struct EntryJson<'a> {
    day: String,
    occasion: &'static str,
    article: &'static str,
    party: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<String>,
    text: String,
    rows: &'a [RowRef],
}

impl CalendarReport<'_> {
    fn code(entry: &Entry) -> &'static str {
        match &entry.occasion {
            Occasion::Register(change) => words::change_code(change.kind),
            Occasion::Dropped { .. } => "dropped",
            Occasion::Renewal { .. } => "renewal",
            Occasion::AgreementEnds { .. } => "agreement_ends",
            Occasion::ForecastEnds { .. } => "forecast_ends",
        }
    }

    fn id(&self, deal: usize) -> &str {
        self.assessments.all.get(deal).map_or("", |assessment| assessment.deal.transaction.id)
    }

    /// The transaction or forecast an entry points to.
    fn points_to(&self, entry: &Entry) -> Option<String> {
        match &entry.occasion {
            Occasion::Register(_) => None,
            Occasion::Dropped { deal, .. } | Occasion::Renewal { deal } | Occasion::AgreementEnds { deal } => {
                Some(self.id(*deal).to_owned())
            }
            Occasion::ForecastEnds { forecast } => {
                self.assessments.forecasts.get(*forecast).map(|standing| standing.forecast.forecast.to_owned())
            }
        }
    }

    /// An entry in a sentence, without its day.
    fn text(&self, entry: &Entry) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let who = context.in_full(entry.party);
        match &entry.occasion {
            Occasion::Register(change) => {
                let lines = |lines: &[(&str, Basis)], verdict: Verdict| {
                    let lines = lines.iter().map(|(ground, basis)| {
                        let (article, footing) = (article(ground, lang), words::basis(*basis, lang));
                        lang.pick(format!("{article}（{footing}）"), format!("{article} ({footing})"))
                    });
                    let lines: Vec<String> = lines.collect();
                    match lines.is_empty() {
                        true => words::verdict(verdict, lang).to_owned(),
                        false => lines.join(lang.pick("、", ", ")),
                    }
                };
                let what = words::change(change.kind, lang);
                let (before, after) =
                    (lines(&change.before, change.verdicts.0), lines(&change.after, change.verdicts.1));
                lang.pick(
                    format!("关联人名录{what}：{who}，{before} → {after}"),
                    format!("register, {what}: {who}, {before} → {after}"),
                )
            }
            Occasion::Dropped { deal, amount } => {
                let id = self.id(*deal);
                lang.pick(
                    format!("交易{id}（{who}，{amount}元）不再计入连续十二个月累计"),
                    format!("transaction {id} ({who}, {amount} yuan) is added up no more"),
                )
            }
            Occasion::Renewal { deal } => {
                let id = self.id(*deal);
                lang.pick(
                    format!("交易{id}（{who}）的日常关联交易协议满三年，应重新履行程序"),
                    format!("the daily agreement {id} with {who} is due again after three years"),
                )
            }
            Occasion::AgreementEnds { deal } => {
                let id = self.id(*deal);
                lang.pick(
                    format!("交易{id}（{who}）的协议期满；续签须重新履行程序"),
                    format!("last day of agreement {id} with {who}; to renew it is to decide again"),
                )
            }
            Occasion::ForecastEnds { forecast } => {
                let standing = self.assessments.forecasts.get(*forecast);
                let (label, left) = standing.map_or((String::new(), Yuan::ZERO), |standing| {
                    let [_, most] = standing.actual();
                    let whole = Yuan::from(standing.forecast.amount);
                    (standing.forecast.forecast.to_owned(), &whole - &most)
                });
                let kind = standing.map_or("", |standing| dealing_words::kind(standing.forecast.kind, lang));
                lang.pick(
                    format!("日常预计“{label}”（{who}，{kind}）年度届满，尚余{left}元；下一年度须另行预计"),
                    format!(
                        "last day of forecast `{label}` ({who}, {kind}), {left} yuan left; the next year needs another"
                    ),
                )
            }
        }
    }

    /// Writes the entries as an iCalendar file: a whole-day event for each. The stamp of an event is its own day, so that
    /// the same answer gives the same bytes.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn ics(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut calendar = Calendar::new();
        let subject = self.context.id(self.context.question.subject);
        for (at, entry) in self.entries.iter().enumerate() {
            let number = article(entry.article(), self.context.lang);
            let mut event = Event::new();
            event
                .uid(&format!("{}-{}-{}@relata", entry.day, Self::code(entry), at + 1))
                .timestamp(entry.day.and_time(NaiveTime::MIN).and_utc())
                // Without an end the event takes the whole of its day.
                .starts(entry.day)
                .summary(&self.text(entry))
                .description(&format!("{subject}; {number}; {}", words::rows(&entry.rows, self.context.lang)));
            calendar.push(event.done());
        }
        write!(out, "{}", calendar.done())
    }
}

impl Answer for CalendarReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("日历", "calendar");
        let (from, to) = self.span;
        let columns = lang.pick(["日期", "条款", "事项", "依据"], ["day", "article", "what happens", "rows"]);
        let mut grid = Grid::new(columns).unwrapped([0]).narrow([(1, 12), (3, 20)]);
        for entry in self.entries {
            grid.push(vec![
                entry.day.to_string(),
                article(entry.article(), lang),
                self.text(entry),
                words::rows(&entry.rows, lang),
            ]);
        }
        if grid.rows.is_empty() {
            page.text(
                lang.pick("期间内没有自行开始或者届满的事项。", "Nothing begins or ends by itself in these days."),
            );
        }
        page.table(lang.pick(format!("{from}至{to}"), format!("From {from} to {to}")), grid);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new(["day", "occasion", "article", "party", "name", "about", "text", "rows"]);
        for entry in self.entries {
            let rows: Vec<String> = entry.rows.iter().map(|row| format!("{}:{}", row.table.code(), row.row)).collect();
            grid.push(vec![
                entry.day.to_string(),
                Self::code(entry).to_owned(),
                entry.article().to_owned(),
                self.context.id(entry.party).to_owned(),
                self.context.name(entry.party).to_owned(),
                self.points_to(entry).unwrap_or_default(),
                self.text(entry),
                rows.join(";"),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let entries = self.entries.iter().map(|entry| EntryJson {
            day: entry.day.to_string(),
            occasion: Self::code(entry),
            article: entry.article(),
            party: self.context.id(entry.party),
            name: self.context.name(entry.party),
            about: self.points_to(entry),
            text: self.text(entry),
            rows: &entry.rows,
        });
        let document = Document {
            header: self.context.header("relata.calendar/1"),
            from: self.span.0.to_string(),
            to: self.span.1.to_string(),
            entries: entries.collect(),
        };
        forms::json(&document, out)
    }
}
