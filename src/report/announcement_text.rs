//! What a draft announcement says under each element, from the data.

use super::announcement::AnnouncementReport;
use super::check::titled;
use super::recuse::RecuseReport;
use super::{dealing_words, words};
use crate::dealings::{Assessment, Both, Case, Element, Past, Point, Remark, Stander};
use crate::facts::{Direction, Lang, Percent, RowRef, Table, Yuan};
use crate::proof::brief::Brief;
use crate::proof::rows::Rows;
use crate::proof::words::article;
use crate::register::Verdict;
use rust_decimal::Decimal;

/// `35,000,000元` or `35,000,000 yuan`.
fn yuan(amount: &Yuan, lang: Lang) -> String {
    lang.pick(format!("{amount}元"), format!("{amount} yuan"))
}

fn between(both: &Both<Yuan>, lang: Lang) -> String {
    match both {
        [least, most] if least == most => yuan(least, lang),
        [least, most] => lang.pick(format!("{least}至{most}元"), format!("{least} to {most} yuan")),
    }
}

impl<'a> AnnouncementReport<'a> {
    /// What is said of an element: first as it was stated, then as the data have it.
    pub(super) fn lines(&self, point: &Point) -> Vec<String> {
        let particulars = self.context.facts.particulars();
        let stated = point.stated.iter().filter_map(|row| particulars.get(row.index()));
        let mut lines: Vec<String> = stated.map(|row| row.text.to_owned()).collect();
        lines.extend(self.data(point));
        lines
    }

    fn data(&self, point: &Point) -> Vec<String> {
        let (lang, transaction) = (self.context.lang, &self.assessment.deal.transaction);
        let one = |text: Option<String>| text.into_iter().collect::<Vec<_>>();
        let labelled = |zh: &str, en: &str, text: String| lang.pick(format!("{zh}：{text}"), format!("{en}: {text}"));
        match point.element {
            Element::Overview => self.overview(),
            Element::Counterparty => self.counterparty(point),
            Element::SubjectMatter => self.matter(),
            Element::Content => {
                let kind = dealing_words::kind(transaction.kind, lang).to_owned();
                let mut lines = vec![labelled("交易类型", "kind", kind)];
                lines.extend(self.matter());
                lines
            }
            Element::BookValue => one(transaction.book_value.map(|value| yuan(&Yuan::from(value), lang))),
            Element::Amount => one(self.amount()),
            Element::PricingPolicy => one(transaction
                .pricing
                .map(|pricing| labelled("定价依据", "basis", dealing_words::pricing(pricing, lang).to_owned()))),
            Element::PremiumReason => {
                let premium = |remark: &&Remark| matches!(remark, Remark::Premium { .. });
                let found = self.assessment.remarks.iter().filter(premium);
                found.map(|remark| dealing_words::remark(remark, lang)).collect()
            }
            Element::Performance => self.performance(),
            Element::History => self.history(),
            Element::TargetFigures | Element::InvesteeFigures => {
                point.rows.iter().filter_map(|row| self.figures(*row)).collect()
            }
            Element::BoardResolution => one(transaction.approved.filter(|_| !point.rows.is_empty()).map(|approved| {
                let on = transaction.approved_on.map(|day| format!("{}{day}", lang.pick("，", ", ")));
                let approved = lang.pick(approved.zh(), approved.code());
                format!("{approved}{}", on.unwrap_or_default())
            })),
            Element::DirectorsAside if !self.is_unasked(point) => self.directors(),
            Element::ShareholdersAside if !self.is_unasked(point) => self.shareholders(),
            Element::Exemption => {
                let exemption = |remark: &&Remark| {
                    matches!(remark, Remark::ExemptionAccepted { .. } | Remark::ExemptionRefused { .. })
                };
                let found = self.assessment.remarks.iter().filter(exemption);
                found.map(|remark| dealing_words::remark(remark, lang)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Who deals what with whom on which day for how much, and which case it is.
    fn overview(&self) -> Vec<String> {
        let (context, lang, assessment) = (self.context, self.context.lang, self.assessment);
        let transaction = &assessment.deal.transaction;
        let side = context.in_full(transaction.side.unwrap_or(context.question.subject));
        let (who, day) = (context.in_full(transaction.counterparty), transaction.date);
        let kind = dealing_words::kind(transaction.kind, lang);
        let amount = self.amount().unwrap_or_else(|| lang.pick("无总金额", "no amount").to_owned());
        let mut lines = vec![lang.pick(
            format!("{day}，{side}与{who}发生交易，类型为“{kind}”，金额：{amount}"),
            format!("On {day}, {side} deals with {who} ({kind}); amount: {amount}"),
        )];
        lines.extend(self.matter());
        let (case, number) = (assessment.case[0], article(assessment.case[0].article(), lang));
        let case = dealing_words::case(case, lang);
        let sum = assessment.cumulative().map(|sum| between(&sum, lang));
        lines.push(match sum {
            Some(sum) => lang.pick(
                format!("连续十二个月累计{sum}；{number}：{case}"),
                format!("{sum} in all over twelve months; {number}: {case}"),
            ),
            None => lang.pick(format!("{number}：{case}"), format!("{number}: {case}")),
        });
        lines
    }

    fn matter(&self) -> Vec<String> {
        let (context, lang, transaction) = (self.context, self.context.lang, &self.assessment.deal.transaction);
        let direction = transaction.direction.map(|direction| match direction {
            Direction::Buy => lang.pick("方向：公司购买", "direction: the company buys").to_owned(),
            Direction::Sell => lang.pick("方向：公司出售", "direction: the company sells").to_owned(),
        });
        let label = transaction
            .subject_matter
            .map(|label| lang.pick(format!("标的：{label}"), format!("subject matter: {label}")));
        let target = transaction.target.map(|target| {
            let target = context.in_full(target);
            lang.pick(format!("标的公司：{target}"), format!("target: {target}"))
        });
        direction.into_iter().chain(label).chain(target).collect()
    }

    fn amount(&self) -> Option<String> {
        let (lang, deal) = (self.context.lang, &self.assessment.deal);
        let amount = yuan(deal.amount.as_ref()?, lang);
        let foreign = deal.transaction.currency.zip(deal.transaction.amount).zip(deal.transaction.rate);
        Some(match foreign {
            Some(((currency, original), rate)) => {
                let original = Yuan::from(original);
                lang.pick(
                    format!("{amount}（{original} {currency}，汇率{rate}）"),
                    format!("{amount} ({original} {currency} at {rate})"),
                )
            }
            None => amount,
        })
    }

    /// The counterparty with its relation, ground by ground, and the rows that make up the chain.
    fn counterparty(&self, point: &Point) -> Vec<String> {
        let (context, lang, assessment) = (self.context, self.context.lang, self.assessment);
        let party = assessment.deal.transaction.counterparty;
        let (who, kind) = (context.in_full(party), context.kind(party));
        let identifier = context.identifier(party);
        let identifier = identifier.unwrap_or_else(|| lang.pick("未填写", "not on file").to_owned());
        let mut lines = vec![lang.pick(
            format!("{who}，{kind}，证件号码：{identifier}"),
            format!("{who}, {kind}, identifier: {identifier}"),
        )];
        let steps = self.assessments.steps(assessment.deal.date());
        let brief = Brief::new(context.facts, context.names, context.id(context.question.subject), lang, steps);
        for line in &assessment.standing.grounds {
            let (title, why) = (titled(line.ground, context), brief.reason(line.proof));
            let footing = words::basis(line.basis, lang);
            lines.push(lang.pick(format!("{title}：{why}（{footing}）"), format!("{title}: {why} ({footing})")));
        }
        if assessment.standing.verdict != Verdict::Related {
            lines.push(words::verdict(assessment.standing.verdict, lang).to_owned());
        }
        if assessment.standing.verdict == Verdict::Undetermined {
            let possible: Vec<String> =
                assessment.standing.possible.iter().map(|ground| titled(ground, context)).collect();
            let possible = possible.join(lang.pick("；", "; "));
            lines.push(lang.pick(format!("可能属于：{possible}"), format!("may be: {possible}")));
        }
        let rows = Rows::new(context.facts, context.names, lang);
        let chain = point.rows.iter().filter(|row| row.table != Table::Parties);
        lines.extend(chain.map(|row| rows.short(*row)));
        lines
    }

    /// A row of figures in words.
    fn figures(&self, row: RowRef) -> Option<String> {
        let (context, lang) = (self.context, self.context.lang);
        let figures = context.facts.financials().get(row.index())?;
        let value = |zh: &str, en: &str, amount: Option<Decimal>| {
            amount.map(|amount| {
                let amount = yuan(&Yuan::from(amount), lang);
                lang.pick(format!("{zh}{amount}"), format!("{en} {amount}"))
            })
        };
        let values = [
            value("总资产", "total assets", figures.total_assets),
            value("净资产", "net assets", figures.net_assets),
            value("营业收入", "revenue", figures.revenue),
            value("净利润", "net profit", figures.net_profit),
        ];
        let values: Vec<String> = values.into_iter().flatten().collect();
        let (who, end, values) =
            (context.in_full(figures.party), figures.period_end, values.join(lang.pick("，", ", ")));
        Some(lang.pick(format!("{who}，{end}：{values}"), format!("{who}, {end}: {values}")))
    }

    /// The forecast, and what was dealt under it up to and with the transaction.
    fn performance(&self) -> Vec<String> {
        let (lang, transaction) = (self.context.lang, &self.assessment.deal.transaction);
        let Some(label) = transaction.forecast else { return Vec::new() };
        let named = self.assessments.forecasts.iter().filter(|standing| standing.forecast.forecast == label);
        let line = |standing: &crate::dealings::ForecastStanding<'_>| {
            let line = standing.lines.iter().rfind(|line| line.deal <= self.announcement.deal);
            let dealt = line.map(|line| line.running.clone()).unwrap_or_default();
            let whole = Yuan::from(standing.forecast.amount);
            let beyond = &dealt[1] - &whole;
            let left = match beyond.is_positive() {
                true => lang.pick(format!("超出{}", yuan(&beyond, lang)), format!("beyond it {}", yuan(&beyond, lang))),
                false => {
                    let left = yuan(&beyond.abs(), lang);
                    lang.pick(format!("尚余{left}"), format!("left {left}"))
                }
            };
            let (year, dealt) = (standing.forecast.year, between(&dealt, lang));
            let whole = yuan(&whole, lang);
            lang.pick(
                format!("预计“{label}”（{year}年）：{whole}；截至本次实际发生{dealt}，{left}"),
                format!("forecast {label} of {year}: {whole}; dealt up to and with this one {dealt}, {left}"),
            )
        };
        named.map(line).collect()
    }

    /// Each earlier dealing, and what they come to.
    fn history(&self) -> Vec<String> {
        let lang = self.context.lang;
        let mut lines: Vec<String> = self.announcement.history.iter().filter_map(|past| self.past(past)).collect();
        if lines.is_empty() {
            return vec![lang.pick("无", "none").to_owned()];
        }
        let total = between(&self.announcement.history_total(self.assessments), lang);
        let count = lines.len();
        lines.push(lang.pick(
            format!("共{count}笔，合计{total}（不含本次）"),
            format!("{count} in all, {total} together without this one"),
        ));
        lines
    }

    fn past(&self, past: &Past) -> Option<String> {
        let (context, lang) = (self.context, self.context.lang);
        let earlier = self.assessments.all.get(past.deal)?;
        let transaction = &earlier.deal.transaction;
        let (id, date, who) = (transaction.id, transaction.date, context.in_full(transaction.counterparty));
        let kind = dealing_words::kind(transaction.kind, lang);
        let amount = earlier.deal.amount.as_ref().map(|amount| yuan(amount, lang));
        let amount = amount.unwrap_or_else(|| lang.pick("无总金额", "no amount").to_owned());
        let open = if past.certain { "" } else { lang.pick("；是否计入无法确定", "; undetermined") };
        let counted = if past.counted {
            lang.pick("计入累计", "added up").to_owned()
        } else {
            let why = self.uncounted(earlier, past);
            lang.pick(format!("不计入累计{why}"), format!("not added up{why}"))
        };
        Some(lang.pick(
            format!("{date}，{who}，{kind}，{amount}（{id}，{counted}{open}）"),
            format!("{date}, {who}, {kind}, {amount} ({id}, {counted}{open})"),
        ))
    }

    /// Why an earlier dealing is not added up, where that lies in the dealing itself.
    fn uncounted(&self, earlier: &Assessment, past: &Past) -> String {
        let lang = self.context.lang;
        let why = match earlier.case[0] {
            case @ (Case::Exempt | Case::Covered | Case::Guarantee) => dealing_words::case(case, lang),
            _ if past.decided => lang.pick("股东大会已审议", "the shareholders' meeting has decided on it"),
            _ => return String::new(),
        };
        lang.pick(format!("：{why}"), format!(": {why}"))
    }

    fn directors(&self) -> Vec<String> {
        let report = self.recuse();
        let [board, at_most] = self.announcement.recusal.board;
        let mut lines = self.standers(&self.announcement.recusal.directors, "52");
        lines.extend(report.board(board, at_most));
        lines
    }

    fn shareholders(&self) -> Vec<String> {
        let (lang, recusal) = (self.context.lang, &self.announcement.recusal);
        let mut lines = self.standers(&recusal.shareholders, "53");
        let out = &recusal.votes_left_out;
        lines.push(
            lang.pick(format!("不计入有效表决总数的表决权：{out}%"), format!("votes left out of the total: {out} %")),
        );
        lines
    }

    fn standers(&self, standers: &[Stander], number: &str) -> Vec<String> {
        let (context, lang) = (self.context, self.context.lang);
        let report = self.recuse();
        let mut lines = Vec::new();
        for stander in standers {
            let who = context.in_full(stander.party);
            let votes = stander.votes.as_ref().filter(|_| stander.is_certain()).map(Percent::display);
            let votes = votes.map(|votes| lang.pick(format!("，表决权{votes}%"), format!(", {votes} % of the votes")));
            let votes = votes.unwrap_or_default();
            let items: Vec<String> = stander
                .items
                .iter()
                .map(|item| {
                    let (number, why) = (article(&format!("{number}.{}", item.number), lang), report.why(item));
                    lang.pick(format!("{number}，{why}"), format!("{number}, {why}"))
                })
                .chain(stander.possible.iter().map(|item| {
                    let number = article(&format!("{number}.{item}"), lang);
                    lang.pick(format!("无法确定：{number}"), format!("undetermined: {number}"))
                }))
                .collect();
            let items = items.join(lang.pick("；", "; "));
            lines.push(lang.pick(format!("{who}{votes}：{items}"), format!("{who}{votes}: {items}")));
        }
        if lines.is_empty() {
            lines.push(lang.pick("无须回避者", "nobody").to_owned());
        }
        lines
    }

    fn recuse(&self) -> RecuseReport<'_> {
        RecuseReport { context: self.context, recusal: &self.announcement.recusal }
    }
}
