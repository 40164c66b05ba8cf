//! The draft of an announcement (`relata.announce/1`).

use super::assess::{AssessReport, UnknownJson, related, unknown_json};
use super::beside::NamedGrid;
use super::header::Header;
use super::recuse::{RecusalJson, RecuseReport};
use super::{Answer, Context, Grid, Page, announcement_words as own, assess_page, dealing_words, forms, words};
use crate::dealings::{
    Announcement, Assessment, Assessments, Case, Duty, Element, Need, Part, Past, Point, Publish, State,
};
use crate::facts::{Item, RowRef, Table, Yuan};
use crate::proof::Step;
use crate::proof::words::article;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io;

/// The draft of an announcement.
pub struct AnnouncementReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// All transactions.
    pub assessments: &'a Assessments<'a>,
    /// What was found of the one it announces.
    pub assessment: &'a Assessment<'a>,
    /// The draft.
    pub announcement: &'a Announcement,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    transaction: TransactionJson<'a>,
    publish: Publish,
    case: Case,
    article: &'static str,
    duties: Vec<DutyJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<PossibleJson>,
    elements: Vec<ElementJson>,
    history: HistoryJson<'a>,
    recusal: RecusalJson<'a>,
    remarks: Vec<RemarkJson>,
    undetermined: Vec<UnknownJson<'a>>,
    proofs: &'a [Step],
}

#[derive(Serialize)]
struct TransactionJson<'a> {
    id: &'a str,
    row: Option<u32>,
    date: String,
    counterparty: &'a str,
    name: &'a str,
    side: &'a str,
    kind: &'static str,
    amount: &'a Option<Yuan>,
    related: Option<bool>,
}

#[derive(Serialize)]
struct DutyJson {
    duty: Duty,
    article: &'static str,
}

/// What there may be to do besides what is certain.
#[derive(Serialize)]
struct PossibleJson {
    case: Case,
    duties: Vec<DutyJson>,
}

#[derive(Serialize)]
struct ElementJson {
    part: Part,
    article: &'static str,
    element: Element,
    state: &'static str,
    text: String,
    rows: Vec<RowRef>,
    needed: Vec<NeedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// Where something is to be written.
#[derive(Serialize)]
struct NeedJson {
    table: Table,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'static str>,
}

#[derive(Serialize)]
struct HistoryJson<'a> {
    total: Yuan,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_at_most: Option<Yuan>,
    transactions: Vec<PastJson<'a>>,
}

#[derive(Serialize)]
struct PastJson<'a> {
    id: &'a str,
    row: Option<u32>,
    date: String,
    counterparty: &'a str,
    kind: &'static str,
    amount: &'a Option<Yuan>,
    certain: bool,
    counted: bool,
}

#[derive(Serialize)]
struct RemarkJson {
    article: &'static str,
    text: String,
}

fn state_code(state: &State) -> &'static str {
    match state {
        State::Filled => "filled",
        State::Stated => "stated",
        State::Missing(_) => "missing",
        State::NotApplicable(_) => "not_applicable",
    }
}

/// A value's name in JSON.
fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn duties(duties: &[Duty], case: Case) -> Vec<DutyJson> {
    duties.iter().map(|duty| DutyJson { duty: *duty, article: duty.article(case) }).collect()
}

/// The rows of a point: those that state it, then those that show what the data say.
fn rows(point: &Point) -> Vec<RowRef> {
    point.stated.iter().chain(&point.rows).copied().collect()
}

impl<'a> AnnouncementReport<'a> {
    pub(super) fn is_unasked(&self, point: &Point) -> bool {
        matches!(point.state, State::NotApplicable(_))
    }

    fn needs(&self, point: &Point) -> Option<String> {
        let (context, lang) = (self.context, self.context.lang);
        let State::Missing(needs) = &point.state else { return None };
        let needs: Vec<String> = needs.iter().map(|need| own::need(need, self.assessment.deal.row, context)).collect();
        let needs = needs.join(lang.pick("；", "; "));
        Some(lang.pick(format!("【缺：{needs}】"), format!("【missing: {needs}】")))
    }

    /// How the element stands, in a line: from where it is, what is missing, or why it is not asked for.
    fn state(&self, point: &Point) -> String {
        let lang = self.context.lang;
        let place = |rows: &[RowRef]| match rows {
            [] if self.assessment.deal.row.is_none() => lang.pick("拟议交易", "the proposal").to_owned(),
            [] => lang.pick("无相应行", "there is no such row").to_owned(),
            rows => words::rows(rows, lang),
        };
        let noted = match &point.state {
            State::Filled if point.element == Element::Draft => lang.pick("本稿", "this draft").to_owned(),
            State::Filled => {
                let place = place(&point.rows);
                lang.pick(format!("数据：{place}"), format!("from the data: {place}"))
            }
            State::Stated => {
                let place = place(&rows(point));
                lang.pick(format!("公司所述：{place}"), format!("as stated: {place}"))
            }
            State::Missing(_) => return self.needs(point).unwrap_or_default(),
            State::NotApplicable(reason) => {
                let reason = own::reason(*reason, point.element.item(), lang);
                lang.pick(format!("不适用：{reason}"), format!("not applicable: {reason}"))
            }
        };
        lang.pick(format!("〔{noted}〕"), format!("({noted})"))
    }

    /// How many elements stand how, and which are missing, each once.
    fn summary(&self, page: &mut Page) {
        let (lang, points) = (self.context.lang, &self.announcement.points);
        let count = |code: &str| points.iter().filter(|point| state_code(&point.state) == code).count();
        let (filled, stated) = (count("filled"), count("stated"));
        let (missing, unasked) = (count("missing"), count("not_applicable"));
        page.text(lang.pick(
            format!("要素：数据已填{filled}项，公司已述{stated}项，缺{missing}项，不适用{unasked}项。"),
            format!(
                "Elements: {filled} from the data, {stated} as stated, {missing} missing, {unasked} not applicable."
            ),
        ));
        let missing: BTreeSet<Element> =
            points.iter().filter(|point| matches!(point.state, State::Missing(_))).map(|point| point.element).collect();
        let names: Vec<&str> = missing.into_iter().map(|one| own::element(one, lang)).collect();
        if !names.is_empty() {
            let names = names.join(lang.pick("；", "; "));
            page.text(lang.pick(format!("所缺：{names}。"), format!("Missing: {names}.")));
        }
    }

    fn part(&self, part: Part, page: &mut Page) {
        let lang = self.context.lang;
        page.heading(own::part(part, lang));
        let of = |point: &&Point| point.part == part;
        if part == Part::Documents {
            let line = |point: &Point| {
                let done = matches!(point.state, State::Filled | State::Stated);
                let mut text = vec![own::titled(point.element, point.article, lang)];
                text.extend(self.lines(point));
                text.push(self.state(point));
                (done, text.join(lang.pick("　", " – ")))
            };
            return page.checklist(self.announcement.points.iter().filter(of).map(line).collect());
        }
        for (at, point) in self.announcement.points.iter().enumerate().filter(|(_, point)| point.part == part) {
            page.subheading(own::titled(point.element, point.article, lang));
            let mut before = self.announcement.points.iter().take(at);
            let alike = |other: &&Point| other.element == point.element && other.state == point.state;
            if let Some(earlier) = before.find(alike).filter(|_| !self.is_unasked(point)) {
                let number = article(earlier.article, lang);
                page.text(lang.pick(format!("见上文{number}。"), format!("See {number} above.")));
                continue;
            }
            let lines = self.lines(point);
            match lines.as_slice() {
                [one] => page.text(one),
                _ => page.list(lines),
            }
            page.text(self.state(point));
        }
    }

    /// What has to be done, each with its article.
    fn duties(&self, page: &mut Page) {
        let (lang, assessment) = (self.context.lang, self.assessment);
        page.heading(lang.pick("应履行的程序", "What has to be done"));
        let [least, most] = &assessment.duties;
        let line = |duty: &Duty, case: Case| {
            let (name, number) = (dealing_words::duty(*duty, lang), article(duty.article(case), lang));
            lang.pick(format!("{name}（{number}）"), format!("{name} ({number})"))
        };
        let mut lines: Vec<String> = least.iter().map(|duty| line(duty, assessment.case[0])).collect();
        if lines.is_empty() {
            lines.push(lang.pick("无", "nothing").to_owned());
        }
        let open = most.iter().filter(|duty| !least.contains(duty)).map(|duty| line(duty, assessment.case[1]));
        lines.extend(open.map(|line| lang.pick(format!("无法确定：{line}"), format!("undetermined: {line}"))));
        page.list(lines);
    }

    fn assess(&self) -> AssessReport<'a> {
        AssessReport { context: self.context, assessments: self.assessments, shown: &[], before: &[] }
    }

    fn element(&self, point: &Point) -> ElementJson {
        let needed = match &point.state {
            State::Missing(needs) => needs.iter().map(|need| self.need(need)).collect(),
            _ => Vec::new(),
        };
        let reason = match point.state {
            State::NotApplicable(reason) => Some(own::reason_code(reason)),
            _ => None,
        };
        ElementJson {
            part: point.part,
            article: point.article,
            element: point.element,
            state: state_code(&point.state),
            text: self.lines(point).join("\n"),
            rows: rows(point),
            needed,
            reason,
        }
    }

    fn need(&self, need: &Need) -> NeedJson {
        let at = |table| NeedJson { table, column: None, item: None, party: None, period: None };
        match need {
            Need::Item(item) => NeedJson { item: Some(*item), ..at(Table::Particulars) },
            Need::Column(table, column) => NeedJson { column: Some(column), ..at(*table) },
            Need::Figures(party, period) => NeedJson {
                party: Some(self.context.id(*party).to_owned()),
                period: Some(period),
                ..at(Table::Financials)
            },
        }
    }

    fn past_json(&self, past: &Past) -> Option<PastJson<'a>> {
        let earlier = self.assessments.all.get(past.deal)?;
        let transaction = &earlier.deal.transaction;
        Some(PastJson {
            id: transaction.id,
            row: earlier.deal.row.map(|row| row.row),
            date: transaction.date.to_string(),
            counterparty: self.context.id(transaction.counterparty),
            kind: transaction.kind.code(),
            amount: &earlier.deal.amount,
            certain: past.certain,
            counted: past.counted,
        })
    }

    fn document(&self) -> Document<'a> {
        let (context, assessment, announcement) = (self.context, self.assessment, self.announcement);
        let transaction = &assessment.deal.transaction;
        let certain = assessment.case[0] == assessment.case[1] && assessment.duties[0] == assessment.duties[1];
        let [total, most] = announcement.history_total(self.assessments);
        let remark = |remark: &crate::dealings::Remark| RemarkJson {
            article: remark.article(),
            text: dealing_words::remark(remark, context.lang),
        };
        Document {
            header: context.header("relata.announce/1"),
            transaction: TransactionJson {
                id: transaction.id,
                row: assessment.deal.row.map(|row| row.row),
                date: transaction.date.to_string(),
                counterparty: context.id(transaction.counterparty),
                name: context.name(transaction.counterparty),
                side: context.id(transaction.side.unwrap_or(context.question.subject)),
                kind: transaction.kind.code(),
                amount: &assessment.deal.amount,
                related: related(assessment),
            },
            publish: announcement.publish,
            case: assessment.case[0],
            article: assessment.case[0].article(),
            duties: duties(&assessment.duties[0], assessment.case[0]),
            possible: (!certain).then(|| PossibleJson {
                case: assessment.case[1],
                duties: duties(&assessment.duties[1], assessment.case[1]),
            }),
            elements: announcement.points.iter().map(|point| self.element(point)).collect(),
            history: HistoryJson {
                total_at_most: (most != total).then_some(most),
                total,
                transactions: announcement.history.iter().filter_map(|past| self.past_json(past)).collect(),
            },
            recusal: RecuseReport { context, recusal: &announcement.recusal }.body(),
            remarks: assessment.remarks.iter().map(remark).collect(),
            undetermined: assessment.undetermined.iter().map(|unknown| unknown_json(unknown, context)).collect(),
            proofs: self.assessments.steps(assessment.deal.date()),
        }
    }
}

impl Answer for AnnouncementReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let kind = dealing_words::kind(self.assessment.deal.transaction.kind, lang);
        let title = own::title(self.announcement.publish, kind, lang);
        let mut page = context.opening(&title, &title);
        page.text(own::publish(self.announcement, self.assessment, lang));
        self.summary(&mut page);
        let mut parts: Vec<Part> = self.announcement.points.iter().map(|point| point.part).collect();
        parts.dedup();
        for part in parts {
            self.part(part, &mut page);
        }
        self.duties(&mut page);
        assess_page::reasons(&self.assess(), self.assessment, &mut page);
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new(["part", "article", "element", "state", "text", "rows", "needed", "reason"]);
        for point in &self.announcement.points {
            let json = self.element(point);
            let rows: Vec<String> = json.rows.iter().map(|row| format!("{}:{}", row.table.code(), row.row)).collect();
            grid.push(vec![
                code(&json.part),
                json.article.to_owned(),
                code(&json.element),
                json.state.to_owned(),
                json.text,
                rows.join(";"),
                self.needs(point).unwrap_or_default(),
                json.reason.unwrap_or_default().to_owned(),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        forms::json(&self.document(), out)
    }
}
