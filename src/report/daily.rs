//! Daily business of a year (`relata.daily/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::{Answer, Context, Grid, Page, dealing_words, forms};
use crate::dealings::{Assessments, Case, Daily, Duty, Line, Published};
use crate::facts::{PartyId, Yuan};
use crate::proof::words::article;
use serde::Serialize;
use std::io;

/// Daily business of a year.
pub struct DailyReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The transactions and forecasts it speaks of.
    pub assessments: &'a Assessments<'a>,
    /// The year's business.
    pub daily: &'a Daily,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    year: i32,
    forecasts: Vec<ForecastJson<'a>>,
    renewals: Vec<RenewalJson<'a>>,
    without_total: Vec<&'a str>,
    published: Vec<LineJson<'a>>,
}

#[derive(Serialize)]
struct ForecastJson<'a> {
    forecast: &'a str,
    row: u32,
    group: &'a str,
    kind: &'static str,
    amount: Yuan,
    actual: Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual_at_most: Option<Yuan>,
    left: Yuan,
    exceeded_by: Option<&'a str>,
    excess: Option<Yuan>,
    case: Case,
    certain: bool,
    outstanding: &'a [Duty],
}

#[derive(Serialize)]
struct RenewalJson<'a> {
    id: &'a str,
    due: String,
}

#[derive(Serialize)]
struct LineJson<'a> {
    kind: &'static str,
    party: &'a str,
    name: &'a str,
    merged: bool,
    parties: Vec<&'a str>,
    forecast: &'a Option<Yuan>,
    actual: &'a Yuan,
}

impl<'a> DailyReport<'a> {
    fn id(&self, deal: usize) -> &'a str {
        self.assessments.all.get(deal).map_or("", |assessment| assessment.deal.transaction.id)
    }

    fn forecasts(&self) -> impl Iterator<Item = ForecastJson<'a>> {
        let (context, assessments) = (self.context, self.assessments);
        self.daily.forecasts.iter().filter_map(move |duties| {
            let standing = assessments.forecasts.get(duties.forecast)?;
            let forecast = &standing.forecast;
            let (whole, [actual, most], exceeded) =
                (Yuan::from(forecast.amount), standing.actual(), standing.exceeded());
            Some(ForecastJson {
                forecast: forecast.forecast,
                row: standing.row.row,
                group: context.id(forecast.group),
                kind: forecast.kind.code(),
                left: &whole - &most,
                amount: whole,
                actual_at_most: (actual != most).then_some(most),
                actual,
                exceeded_by: exceeded
                    .as_ref()
                    .and_then(|(deal, _)| assessments.all.get(*deal))
                    .map(|assessment| assessment.deal.transaction.id),
                excess: exceeded.map(|(_, excess)| excess),
                case: duties.case,
                certain: duties.is_certain,
                outstanding: &duties.outstanding,
            })
        })
    }

    fn about(line: Line) -> (PartyId, bool) {
        match line {
            Line::Itself(party) => (party, false),
            Line::Merged(top) => (top, true),
        }
    }

    fn whom(&self, published: &Published) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let (party, merged) = Self::about(published.line);
        let who = context.in_full(party);
        if !merged || published.parties.as_slice() == [party] {
            return who;
        }
        let parties: Vec<String> = published.parties.iter().map(|party| context.in_full(*party)).collect();
        let parties = parties.join(lang.pick("、", ", "));
        lang.pick(format!("{who}同一控制下：{parties}"), format!("under {who}: {parties}"))
    }

    fn forecast_table(&self, page: &mut Page) {
        let (context, lang) = (self.context, self.context.lang);
        let mut grid = Grid::new(lang.pick(
            ["预计", "主体或其集团", "类型", "预计金额", "实际发生", "尚余", "首笔超出", "预计应履行的程序"],
            ["forecast", "group", "kind", "forecast amount", "actual", "left", "first beyond", "the forecast itself"],
        ))
        .unwrapped([3, 4, 5])
        .numbers([3, 4, 5]);
        for (forecast, duties) in self.forecasts().zip(&self.daily.forecasts) {
            let Some(standing) = self.assessments.forecasts.get(duties.forecast) else { continue };
            let beyond = forecast
                .exceeded_by
                .zip(forecast.excess.as_ref())
                .map(|(id, excess)| lang.pick(format!("{id}，超出{excess}"), format!("{id}, by {excess}")));
            let (name, number) = (dealing_words::case(duties.case, lang), article(duties.case.article(), lang));
            let mut itself = lang.pick(format!("{name}（{number}）"), format!("{name} ({number})"));
            if !duties.is_certain {
                itself =
                    lang.pick(format!("净资产不详，至多为{itself}"), format!("net assets not known, at most {itself}"));
            }
            if !duties.outstanding.is_empty() {
                let due = dealing_words::duties(&duties.outstanding, lang);
                itself.push_str(&lang.pick(format!("；尚缺：{due}"), format!("; still due: {due}")));
            }
            let actual = forecast.actual_at_most.as_ref().map_or_else(
                || forecast.actual.display(),
                |most| lang.pick(format!("{}至{most}", forecast.actual), format!("{} to {most}", forecast.actual)),
            );
            grid.push(vec![
                forecast.forecast.to_owned(),
                context.in_full(standing.forecast.group),
                dealing_words::kind(standing.forecast.kind, lang).to_owned(),
                forecast.amount.display(),
                actual,
                forecast.left.display(),
                beyond.unwrap_or_default(),
                itself,
            ]);
        }
        page.table(
            lang.pick("预计与实际（第二十二条、第二十五条）", "Forecasts and actual dealings (articles 22 and 25)"),
            grid,
        );
    }
}

impl Answer for DailyReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let year = self.daily.year;
        let mut page = context.opening(&format!("{year}年度日常关联交易"), &format!("daily business of {year}"));
        self.forecast_table(&mut page);
        let mut grid =
            Grid::new(lang.pick(["类型", "关联人", "预计金额", "实际发生"], ["kind", "party", "forecast", "actual"]))
                .unwrapped([2, 3])
                .numbers([2, 3]);
        for published in &self.daily.published {
            grid.push(vec![
                dealing_words::kind(published.kind, lang).to_owned(),
                self.whom(published),
                published.forecast.as_ref().map_or_else(|| "–".to_owned(), Yuan::display),
                published.actual.display(),
            ]);
        }
        page.table(
            lang.pick(
                "披露用表：达到披露标准的单独列示，其余按同一控制合并（第二十一条）",
                "The table to publish: parties at the threshold by themselves, others by common control (article 21)",
            ),
            grid,
        );
        let agreement = |deal: usize| {
            let assessment = self.assessments.all.get(deal);
            let who = assessment.map(|found| context.in_full(found.deal.transaction.counterparty)).unwrap_or_default();
            lang.pick(format!("{}（{who}）", self.id(deal)), format!("{} ({who})", self.id(deal)))
        };
        if !self.daily.renewals.is_empty() {
            page.heading(lang.pick(
                "满三年应重新履行程序的协议（第二十七条）",
                "Agreements due again after three years (article 27)",
            ));
            let line = |(deal, due): &(usize, chrono::NaiveDate)| format!("{due}　{}", agreement(*deal));
            page.list(self.daily.renewals.iter().map(line).collect());
        }
        if !self.daily.without_total.is_empty() {
            page.heading(lang.pick(
                "没有总交易金额、应提交股东大会的协议（第二十四条）",
                "Agreements without a total amount, for the shareholders' meeting (article 24)",
            ));
            page.list(self.daily.without_total.iter().map(|deal| agreement(*deal)).collect());
        }
        if page.blocks.len() <= 2 {
            page.text(lang.pick(
                "本年度没有日常关联交易及其预计。",
                "There is no daily business with related parties in the year, and no forecast of it.",
            ));
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new(["year", "kind", "party", "name", "merged", "parties", "forecast", "actual"]);
        for published in &self.daily.published {
            let (party, merged) = Self::about(published.line);
            let parties: Vec<&str> = published.parties.iter().map(|party| self.context.id(*party)).collect();
            grid.push(vec![
                self.daily.year.to_string(),
                published.kind.code().to_owned(),
                self.context.id(party).to_owned(),
                self.context.name(party).to_owned(),
                merged.to_string(),
                parties.join(";"),
                published.forecast.as_ref().map(Yuan::exact).unwrap_or_default(),
                published.actual.exact(),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let context = self.context;
        let published = self.daily.published.iter().map(|published| {
            let (party, merged) = Self::about(published.line);
            LineJson {
                kind: published.kind.code(),
                party: context.id(party),
                name: context.name(party),
                merged,
                parties: published.parties.iter().map(|party| context.id(*party)).collect(),
                forecast: &published.forecast,
                actual: &published.actual,
            }
        });
        let renewals =
            self.daily.renewals.iter().map(|(deal, due)| RenewalJson { id: self.id(*deal), due: due.to_string() });
        let document = Document {
            header: context.header("relata.daily/1"),
            year: self.daily.year,
            forecasts: self.forecasts().collect(),
            renewals: renewals.collect(),
            without_total: self.daily.without_total.iter().map(|deal| self.id(*deal)).collect(),
            published: published.collect(),
        };
        forms::json(&document, out)
    }
}
