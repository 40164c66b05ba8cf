//! The pooled holding over time (`relata.movements/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::stakes::RangeJson;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::{Percent, RowRef};
use crate::proof::rows::Rows;
use crate::register::{Causes, Certainty, Count, Missing, Movements, PoolMember, Range};
use chrono::NaiveDate;
use serde::Serialize;
use std::io;

/// The pooled holding of a party or a concert group over time.
pub struct MovementsReport<'a> {
    /// What it is about; its day is the last one.
    pub context: &'a Context<'a>,
    /// Whose holding was asked about, in the words of the question.
    pub asked: &'a str,
    /// The first day asked about, where one was named.
    pub from: Option<NaiveDate>,
    /// What was found.
    pub movements: &'a Movements,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    asked: &'a str,
    company: &'a str,
    company_name: &'a str,
    from: Option<String>,
    to: String,
    step: &'a Percent,
    members: Vec<MemberJson<'a>>,
    lines: Vec<LineJson<'a>>,
    totals: CausesJson<'a>,
    change: RangeJson<'a>,
    counts: Vec<CountJson>,
    unexplained: Vec<UnexplainedJson<'a>>,
    contradicted: &'a [RowRef],
    missing: &'a [Missing],
}

#[derive(Serialize)]
struct MemberJson<'a> {
    party: &'a str,
    name: &'a str,
    rows: &'a [RowRef],
}

#[derive(Serialize)]
struct CausesJson<'a> {
    bought: RangeJson<'a>,
    sold: RangeJson<'a>,
    diluted: RangeJson<'a>,
    concentrated: RangeJson<'a>,
    joined: RangeJson<'a>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    day: String,
    before: RangeJson<'a>,
    #[serde(flatten)]
    causes: CausesJson<'a>,
    after: RangeJson<'a>,
    cumulative: RangeJson<'a>,
    reached: Certainty,
    rows: &'a [RowRef],
}

#[derive(Serialize)]
struct CountJson {
    since: String,
    possibly: Option<String>,
    certainly: Option<String>,
    stated: Option<RowRef>,
    report: Option<RowRef>,
}

#[derive(Serialize)]
struct UnexplainedJson<'a> {
    first: String,
    last: String,
    shown: RangeJson<'a>,
    told: RangeJson<'a>,
    rows: &'a [RowRef],
}

fn causes_json(causes: &Causes) -> CausesJson<'_> {
    CausesJson {
        bought: RangeJson(&causes.bought),
        sold: RangeJson(&causes.sold),
        diluted: RangeJson(&causes.diluted),
        concentrated: RangeJson(&causes.concentrated),
        joined: RangeJson(&causes.joined),
    }
}

/// The causes in the order of the columns.
fn parts(causes: &Causes) -> [&Range; 5] {
    [&causes.bought, &causes.sold, &causes.diluted, &causes.concentrated, &causes.joined]
}

impl MovementsReport<'_> {
    /// A holding, a change or a part of one; nothing where it is none, for parts.
    fn range(&self, range: &Range) -> String {
        let lang = self.context.lang;
        if range.least == Percent::ZERO && range.greatest == Percent::hundred() {
            return lang.pick("不详", "unknown").to_owned();
        }
        words::range(range, lang)
    }

    fn part(&self, range: &Range) -> String {
        if *range == Range::ZERO { "–".to_owned() } else { self.range(range) }
    }

    fn member(&self, member: &PoolMember) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let party = context.in_full(member.party);
        if member.rows.is_empty() {
            return party;
        }
        let rows = words::rows(&member.rows, lang);
        lang.pick(format!("{party}（{rows}）"), format!("{party} ({rows})"))
    }

    /// When the step was reached in one count.
    fn count(&self, count: &Count) -> String {
        let (lang, since, step) = (self.context.lang, count.since, &self.movements.step);
        let when = match (count.certainly, count.possibly) {
            (Some(day), Some(first)) if first == day => {
                lang.pick(format!("{day}达到{step}%"), format!("{step} % reached on {day}"))
            }
            (Some(day), Some(first)) => lang.pick(
                format!("无法确定达到{step}%之日，在{first}至{day}之间"),
                format!("{step} % reached on a day that is undetermined, from {first} to {day}"),
            ),
            (None, Some(first)) => lang.pick(
                format!("无法确定是否达到{step}%，最早可能为{first}"),
                format!("undetermined whether {step} % was reached, on {first} at the earliest"),
            ),
            _ => lang.pick(format!("未达到{step}%"), format!("{step} % not reached")),
        };
        let stated = count.stated.map(|row| {
            let row = words::rows(&[row], lang);
            lang.pick(format!("（依{row}所载）"), format!(" (as {row} states)"))
        });
        let report = count.report.map(|row| {
            let row = words::rows(&[row], lang);
            lang.pick(format!("；已披露权益变动报告书（{row}）"), format!("; reported ({row})"))
        });
        let (stated, report) = (stated.unwrap_or_default(), report.unwrap_or_default());
        lang.pick(format!("自{since}起：{when}{stated}{report}"), format!("since {since}: {when}{stated}{report}"))
    }

    /// The table of the days. Causes of which there are none have no column.
    fn days(&self) -> Grid {
        let (lang, movements) = (self.context.lang, self.movements);
        let shown: Vec<usize> = (0..5)
            .filter(|at| *at < 3 || movements.lines.iter().any(|line| *parts(&line.causes)[*at] != Range::ZERO))
            .collect();
        let names = lang.pick(
            ["增持", "减持", "被动稀释", "被动增加", "成员进出"],
            ["bought", "sold", "diluted", "concentrated", "members"],
        );
        let reached = lang.pick(format!("达到{}%", movements.step), format!("{} % reached", movements.step));
        let mut columns = lang.pick(vec!["日期", "变动前"], vec!["day", "before"]);
        columns.extend(shown.iter().map(|at| names[*at]));
        columns.extend(lang.pick(["变动后", "累计变动"], ["after", "cumulative"]));
        columns.extend([reached.as_str(), lang.pick("依据", "rows")]);
        let amounts = 1..columns.len().saturating_sub(2);
        let mut grid = Grid::new(columns).unwrapped([0]).numbers(amounts);
        for line in &movements.lines {
            let mut row = vec![line.day.to_string(), self.range(&line.before)];
            row.extend(shown.iter().map(|at| self.part(parts(&line.causes)[*at])));
            row.extend([self.range(&line.after), words::range(&line.cumulative, lang)]);
            row.extend([words::certainty(line.reached, lang).to_owned(), words::rows(&line.rows, lang)]);
            grid.push(row);
        }
        grid
    }

    fn totals(&self) -> String {
        let (lang, totals) = (self.context.lang, &self.movements.totals);
        let names = lang.pick(
            ["增持", "减持", "被动稀释", "被动增加", "成员进出"],
            ["bought", "sold", "diluted", "concentrated", "members joined or left"],
        );
        let parts: Vec<String> = names
            .iter()
            .zip(parts(totals))
            .enumerate()
            .filter(|(at, (_, range))| *at < 3 || **range != Range::ZERO)
            .map(|(_, (name, range))| {
                lang.pick(format!("{name}{}", self.range(range)), format!("{name} {}", self.range(range)))
            })
            .collect();
        let change = words::range(&self.movements.change, lang);
        let list = parts.join(lang.pick("，", ", "));
        lang.pick(format!("合计：{list}；变动{change}。"), format!("In all: {list}; change {change}."))
    }
}

impl Answer for MovementsReport<'_> {
    fn page(&self) -> Page {
        let (context, lang, movements) = (self.context, self.context.lang, self.movements);
        let (asked, company) = (self.asked, context.in_full(movements.company));
        let to = context.question.as_of;
        let mut page = context.opening("", "");
        page.retitle(match self.from {
            Some(from) => lang.pick(
                format!("{asked}在{company}的权益变动（{from}至{to}）"),
                format!("Movements of the holding of {asked} in {company}, {from} to {to}"),
            ),
            None => lang.pick(
                format!("{asked}在{company}的权益变动（至{to}）"),
                format!("Movements of the holding of {asked} in {company} up to {to}"),
            ),
        });
        let members: Vec<String> = movements.members.iter().map(|member| self.member(member)).collect();
        let members = members.join(lang.pick("、", ", "));
        page.text(lang.pick(format!("合并计算：{members}。"), format!("Counted together: {members}.")));
        page.text(lang.pick(
            format!(
                "累计变动自上一次权益变动报告书之后起算，增持、减持、被动稀释均计入；步幅{}%（上市公司收购管理办法第十三条、第十四条）。",
                movements.step
            ),
            format!(
                "The change counts from the last report on, whether bought, sold or diluted; the step is {} % (takeover rules, articles 13 and 14).",
                movements.step
            ),
        ));
        if movements.lines.is_empty() {
            page.text(lang.pick("没有变动。", "Nothing changed."));
        }
        page.table(lang.pick("逐日变动", "Day by day"), self.days());
        page.text(self.totals());
        page.heading(lang.pick("是否达到披露比例", "Whether the step was reached"));
        page.list(movements.counts.iter().map(|count| self.count(count)).collect());
        let mut grid = Grid::new(lang.pick(
            ["起", "止", "持股所示变动", "所载变动合计", "依据"],
            ["first", "last", "shown by holdings", "told by movements", "rows"],
        ))
        .unwrapped([0, 1])
        .numbers([2, 3]);
        for gap in &movements.unexplained {
            let (shown, told) = (words::range(&gap.shown, lang), words::range(&gap.told, lang));
            grid.push(vec![gap.first.to_string(), gap.last.to_string(), shown, told, words::rows(&gap.rows, lang)]);
        }
        page.table(lang.pick("未能说明的变动", "Unexplained"), grid);
        let rows = Rows::new(context.facts, context.names, lang);
        if !movements.contradicted.is_empty() {
            page.heading(lang.pick("与变动数据不符的达到日", "Days stated that the changes contradict"));
            page.list(movements.contradicted.iter().map(|row| rows.line(*row)).collect());
        }
        if !movements.missing.is_empty() {
            page.heading(lang.pick("数据未载明之处", "What the data leave open"));
            page.list(words::missing_rows(&movements.missing, &rows, lang));
        }
        page
    }

    fn grid(&self) -> Grid {
        let names = ["before", "bought", "sold", "diluted", "concentrated", "joined", "after", "cumulative"];
        let both: Vec<String> =
            names.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_greatest")]).collect();
        let columns = std::iter::once("day").chain(both.iter().map(String::as_str)).chain(["reached", "rows"]);
        let mut grid = Grid::new(columns);
        for line in &self.movements.lines {
            let [bought, sold, diluted, concentrated, joined] = parts(&line.causes);
            let mut row = vec![line.day.to_string()];
            for range in [&line.before, bought, sold, diluted, concentrated, joined, &line.after, &line.cumulative] {
                row.extend([range.least.exact(), range.greatest.exact()]);
            }
            let rows: Vec<String> = line.rows.iter().map(|row| format!("{} {}", row.table.code(), row.row)).collect();
            row.extend([words::certainty(line.reached, crate::facts::Lang::En).to_owned(), rows.join(";")]);
            grid.push(row);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (context, movements) = (self.context, self.movements);
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let document = Document {
            header: context.header("relata.movements/1"),
            asked: self.asked,
            company: context.id(movements.company),
            company_name: context.name(movements.company),
            from: text(self.from),
            to: context.question.as_of.to_string(),
            step: &movements.step,
            members: movements
                .members
                .iter()
                .map(|member| MemberJson {
                    party: context.id(member.party),
                    name: context.name(member.party),
                    rows: &member.rows,
                })
                .collect(),
            lines: movements
                .lines
                .iter()
                .map(|line| LineJson {
                    day: line.day.to_string(),
                    before: RangeJson(&line.before),
                    causes: causes_json(&line.causes),
                    after: RangeJson(&line.after),
                    cumulative: RangeJson(&line.cumulative),
                    reached: line.reached,
                    rows: &line.rows,
                })
                .collect(),
            totals: causes_json(&movements.totals),
            change: RangeJson(&movements.change),
            counts: movements
                .counts
                .iter()
                .map(|count| CountJson {
                    since: count.since.to_string(),
                    possibly: text(count.possibly),
                    certainly: text(count.certainly),
                    stated: count.stated,
                    report: count.report,
                })
                .collect(),
            unexplained: movements
                .unexplained
                .iter()
                .map(|gap| UnexplainedJson {
                    first: gap.first.to_string(),
                    last: gap.last.to_string(),
                    shown: RangeJson(&gap.shown),
                    told: RangeJson(&gap.told),
                    rows: &gap.rows,
                })
                .collect(),
            contradicted: &movements.contradicted,
            missing: &movements.missing,
        };
        forms::json(&document, out)
    }
}
