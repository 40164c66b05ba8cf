//! What transactions set off, as a reader is told it: an overview, then transaction by transaction why.

use super::assess::{AssessReport, sum};
use super::check::titled;
use super::recuse::RecuseReport;
use super::{Grid, Page, dealing_words, words};
use crate::dealings::{Assessment, Before, Both, Case, Coverage, Sum};
use crate::facts::{RowRef, Table, Yuan};
use crate::proof::brief::Brief;
use crate::proof::words::{article, row};

/// The overview and the reasons.
pub(super) fn page(report: &AssessReport<'_>) -> Page {
    let (context, lang) = (report.context, report.context.lang);
    let mut page = context.opening("", "");
    let subject = context.in_full(context.question.subject);
    page.retitle(lang.pick(
        format!("{subject}：关联交易的审议与披露（各以交易当日为准）"),
        format!("{subject}: what transactions set off, each on its own day"),
    ));
    let mut grid = Grid::new(lang.pick(
        ["编号", "日期", "交易对方", "类型", "金额", "关联", "累计", "应履行的程序"],
        ["id", "date", "counterparty", "kind", "amount", "related", "cumulative", "to be done"],
    ))
    .unwrapped([0, 1, 4, 6])
    .numbers([4, 6])
    .narrow([(2, 20), (3, 14)]);
    for assessment in report.shown() {
        let transaction = &assessment.deal.transaction;
        let to_do = match assessment.case[0] {
            case if assessment.case[0] != assessment.case[1] => {
                let (least, most) = (&assessment.duties[0], &assessment.duties[1]);
                let _ = case;
                lang.pick(
                    format!(
                        "{}；无法确定，至多：{}",
                        dealing_words::duties(least, lang),
                        dealing_words::duties(most, lang)
                    ),
                    format!(
                        "{}; undetermined, at most {}",
                        dealing_words::duties(least, lang),
                        dealing_words::duties(most, lang)
                    ),
                )
            }
            _ => dealing_words::duties(&assessment.duties[0], lang),
        };
        grid.push(vec![
            transaction.id.to_owned(),
            transaction.date.to_string(),
            context.in_full(transaction.counterparty),
            dealing_words::kind(transaction.kind, lang).to_owned(),
            assessment.deal.amount.as_ref().map_or_else(|| "–".to_owned(), Yuan::display),
            words::verdict(assessment.standing.verdict, lang).to_owned(),
            cumulative(assessment).map_or_else(|| "–".to_owned(), |yuan| yuan.display()),
            to_do,
        ]);
    }
    let count = grid.rows.len();
    if count == 0 {
        page.text(lang.pick("交易表中没有交易。", "There are no transactions in the books."));
    }
    page.table(lang.pick(format!("交易（{count}）"), format!("Transactions ({count})")), grid);
    for assessment in report.shown().filter(|assessment| speaks(assessment)) {
        reasons(report, assessment, &mut page);
    }
    for before in report.before {
        headroom(report, before, &mut page);
        RecuseReport { context, recusal: &before.recusal }.blocks(&mut page);
    }
    forecasts(report, &mut page);
    page
}

/// The room left under each threshold before a proposed transaction, and when earlier ones drop out.
fn headroom(report: &AssessReport<'_>, before: &Before, page: &mut Page) {
    let (context, lang) = (report.context, report.context.lang);
    let who = context.in_full(before.recusal.counterparty);
    page.heading(lang.pick(format!("签署前可用额度：{who}"), format!("Room left before signing: {who}")));
    let Some(headroom) = &before.headroom else {
        page.text(lang.pick("本交易不计入累计金额。", "The transaction is not added up."));
        return;
    };
    let range = |both: &Both<Yuan>| match both {
        [least, most] if least == most => lang.pick(format!("{least}元"), format!("{least} yuan")),
        [least, most] => lang.pick(format!("{least}至{most}元"), format!("{least} to {most} yuan")),
    };
    let used = range(&headroom.used);
    let mut points = vec![lang.pick(
        format!("连续十二个月内已累计（不含本次）：{used}"),
        format!("added up in twelve months without it: {used}"),
    )];
    for room in &headroom.rooms {
        let (name, number) = (dealing_words::case(room.case, lang), article(room.case.article(), lang));
        points.push(match (&room.threshold, &room.left) {
            (Some(threshold), Some(left)) if left.is_positive() => lang.pick(
                format!("{name}（{number}，{threshold}元）：本次低于{left}元则不达到"),
                format!("{name} ({number}, {threshold} yuan): not reached below {left} yuan"),
            ),
            (Some(threshold), _) => lang.pick(
                format!("{name}（{number}，{threshold}元）：已达到，无余额"),
                format!("{name} ({number}, {threshold} yuan): reached already, nothing is left"),
            ),
            _ => lang.pick(
                format!("{name}（{number}）：净资产不详，无法计算"),
                format!("{name} ({number}): depends on net assets that are not known"),
            ),
        });
    }
    for drop in &headroom.drops {
        let ids: Vec<&str> = drop.deals.iter().map(|deal| report.id_of(*deal)).collect();
        let (on, ids, used) = (drop.on, ids.join(lang.pick("、", ", ")), range(&drop.used));
        points.push(lang.pick(
            format!("自{on}起，{ids}不再计入，此前交易余{used}"),
            format!("from {on} on, {ids} no longer counts; {used} of the earlier dealings is left"),
        ));
    }
    page.list(points);
}

fn cumulative(assessment: &Assessment) -> Option<Yuan> {
    let party = sum(assessment, assessment.same_party.as_ref())?;
    let subject = sum(assessment, assessment.same_subject.as_ref())?;
    Some(party.max(subject))
}

/// Whether there is anything to say of a transaction beyond its line in the overview.
fn speaks(assessment: &Assessment) -> bool {
    assessment.case[1] != Case::NotRelated || !assessment.remarks.is_empty()
}

/// Why a transaction sets off what it does: the relation, the group, the sum, the threshold, what else is to be said.
pub(super) fn reasons(report: &AssessReport<'_>, assessment: &Assessment, page: &mut Page) {
    let (context, lang) = (report.context, report.context.lang);
    let transaction = &assessment.deal.transaction;
    let who = context.in_full(transaction.counterparty);
    let amount = assessment.deal.amount.as_ref().map(|yuan| lang.pick(format!("{yuan}元"), format!("{yuan} yuan")));
    let amount = amount.unwrap_or_else(|| lang.pick("无总金额", "no amount").to_owned());
    let (id, date, kind) = (transaction.id, transaction.date, dealing_words::kind(transaction.kind, lang));
    page.heading(
        lang.pick(format!("{id}　{date}　{who}　{kind}　{amount}"), format!("{id}, {date}, {who}, {kind}, {amount}")),
    );
    let mut points = relation(report, assessment);
    points.extend(sums(report, assessment));
    points.push(conclusion(report, assessment));
    points.extend(assessment.remarks.iter().map(|remark| dealing_words::remark(remark, lang)));
    if !assessment.undetermined.is_empty() {
        let cells: Vec<String> =
            assessment.undetermined.iter().map(|unknown| dealing_words::unknown(unknown, context)).collect();
        let cells = cells.join(lang.pick("；", "; "));
        points.push(lang.pick(format!("取决于：{cells}"), format!("it depends on {cells}")));
    }
    page.list(points);
}

/// By what the counterparty is related, and under whom it stands.
fn relation(report: &AssessReport<'_>, assessment: &Assessment) -> Vec<String> {
    let (context, lang) = (report.context, report.context.lang);
    let subject = context.id(context.question.subject);
    let steps = report.assessments.steps(assessment.deal.date());
    let brief = Brief::new(context.facts, context.names, subject, lang, steps);
    let mut points: Vec<String> = assessment
        .standing
        .grounds
        .iter()
        .map(|line| {
            let (title, why, footing) =
                (titled(line.ground, context), brief.reason(line.proof), words::basis(line.basis, lang));
            let rows = words::rows_beside(&brief.rows(&[line.proof]), lang);
            lang.pick(format!("{title}：{why}（{footing}）{rows}"), format!("{title}: {why} ({footing}){rows}"))
        })
        .collect();
    let tops: Vec<String> = assessment.tops.iter().map(|top| context.in_full(*top)).collect();
    if assessment.tops.as_slice() != [assessment.deal.transaction.counterparty] {
        let tops = tops.join(lang.pick("、", ", "));
        points.push(lang.pick(format!("最终控制方：{tops}"), format!("it stands under {tops}")));
    }
    points
}

/// The sums term by term.
fn sums(report: &AssessReport<'_>, assessment: &Assessment) -> Vec<String> {
    let lang = report.context.lang;
    let both = [
        (&assessment.same_party, lang.pick("同一关联人连续十二个月累计", "with the same party in twelve months")),
        (
            &assessment.same_subject,
            lang.pick("同类且标的相关的交易连续十二个月累计", "of the kind in related subject matter in twelve months"),
        ),
    ];
    let mut points = Vec::new();
    for (sum, title) in both {
        let Some(sum) = sum.as_ref().filter(|sum| !sum.terms.is_empty()) else { continue };
        points.push(lang.pick(
            format!("{title}：{}", addition(report, assessment, sum)),
            format!("{title}: {}", addition(report, assessment, sum)),
        ));
    }
    points.extend(links(report, assessment));
    points
}

/// `t0 1,000,000 + t1 2,200,000 = 3,200,000`, at the least, and the most where that differs.
fn addition(report: &AssessReport<'_>, assessment: &Assessment, sum: &Sum) -> String {
    let lang = report.context.lang;
    let mut terms: Vec<String> = Vec::new();
    for term in &sum.terms {
        let (id, [least, most]) = (report.id_of(term.deal), &term.amount);
        terms.push(if least == most {
            format!("{id} {least}")
        } else {
            lang.pick(format!("{id} {least}至{most}"), format!("{id} {least} to {most}"))
        });
    }
    terms.push(format!("{} {}", assessment.deal.transaction.id, sum.own[1]));
    let [least, most] = sum.total();
    let total = if least == most {
        least.display()
    } else {
        lang.pick(format!("{least}至{most}"), format!("{least} to {most}"))
    };
    let cited = sum.terms.iter().filter_map(|term| report.assessments.all.get(term.deal)?.deal.row);
    let cited: Vec<RowRef> = cited.chain(assessment.deal.row).collect();
    let (terms, rows) = (terms.join(" + "), words::rows_beside(&cited, lang));
    lang.pick(format!("{terms} = {total}元{rows}"), format!("{terms} = {total} yuan{rows}"))
}

/// Why counterparties are added together, each once.
fn links(report: &AssessReport<'_>, assessment: &Assessment) -> Vec<String> {
    let (context, lang) = (report.context, report.context.lang);
    let subject = context.id(context.question.subject);
    let steps = report.assessments.steps(assessment.deal.date());
    let brief = Brief::new(context.facts, context.names, subject, lang, steps);
    let mut points: Vec<String> = Vec::new();
    for term in assessment.same_party.iter().flat_map(|sum| &sum.terms) {
        let Some((link, other)) = term.link.as_ref().zip(report.assessments.all.get(term.deal)) else { continue };
        let (one, another) = (
            context.in_full(assessment.deal.transaction.counterparty),
            context.in_full(other.deal.transaction.counterparty),
        );
        let how: Vec<String> = link.steps.iter().filter_map(|step| brief.controls(*step)).collect();
        let rows = words::rows_beside(&brief.rows(&link.steps), lang);
        let how = format!("{}{rows}", how.join(lang.pick("；", "; ")));
        let sixteen = article("16", lang);
        let point = lang.pick(
            format!("{sixteen}：{one}与{another}合并计算——{how}"),
            format!("{sixteen}: {one} and {another} are added together: {how}"),
        );
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

/// The case, by which article, against which numbers.
fn conclusion(report: &AssessReport<'_>, assessment: &Assessment) -> String {
    let (context, lang) = (report.context, report.context.lang);
    let case = assessment.case[0];
    let (name, number) = (dealing_words::case(case, lang), article(case.article(), lang));
    let mut text = lang.pick(format!("{number}：{name}"), format!("{number}: {name}"));
    if let Some(code) = assessment.accepted() {
        let article = article(code, lang);
        text.push_str(&lang.pick(format!("（{article}）"), format!(" ({article})")));
    }
    let numbers = context.pack().numbers(assessment.deal.date());
    let share = match case {
        Case::Major => Some((numbers.major_amount.clone(), Some(&numbers.major_share))),
        Case::Organisation => Some((numbers.disclosure_organisation.clone(), Some(&numbers.disclosure_share))),
        Case::Below if !assessment.is_person => {
            Some((numbers.disclosure_organisation.clone(), Some(&numbers.disclosure_share)))
        }
        Case::Person | Case::Below => Some((numbers.disclosure_person.clone(), None)),
        _ => None,
    };
    if let (Some((amount, share)), Some(sum)) = (share, cumulative(assessment)) {
        text.push_str(
            &lang.pick(format!("；累计{sum}元，标准{amount}元"), format!("; {sum} yuan in all, against {amount} yuan")),
        );
        if let Some((share, net)) = share.zip(assessment.net_assets.as_ref()) {
            let (part, whole) = (net.absolute().part(share), net.absolute());
            let end = net.period_end;
            let place = row(RowRef { table: Table::Financials, row: net.row.row }, lang);
            text.push_str(&lang.pick(
                format!("及{end}经审计净资产绝对值{whole}元的{share}%即{part}元（{place}）"),
                format!(" and {share} % of net assets, {part} yuan of {whole} at {end} ({place})"),
            ));
        }
    }
    if let (Case::Covered, Some(label)) = (case, assessment.deal.transaction.forecast) {
        text.push_str(&lang.pick(format!("（{label}）"), format!(" ({label})")));
    }
    if let Coverage::Exceeds(excess) = &assessment.coverage[0] {
        text.push_str(&lang.pick(
            format!("；仅计超出预计的{excess}元"),
            format!("; only the {excess} yuan beyond the forecast count"),
        ));
    }
    let duties = dealing_words::duties(&assessment.duties[0], lang);
    text.push_str(&lang.pick(format!("；应履行：{duties}"), format!("; to be done: {duties}")));
    if assessment.case[0] != assessment.case[1] || assessment.duties[0] != assessment.duties[1] {
        let (name, most) =
            (dealing_words::case(assessment.case[1], lang), dealing_words::duties(&assessment.duties[1], lang));
        text.push_str(
            &lang.pick(
                format!("；无法确定，至多为“{name}”：{most}"),
                format!("; undetermined, at most “{name}”: {most}"),
            ),
        );
    }
    text
}

/// Forecasts against what was dealt (articles 21 to 25).
fn forecasts(report: &AssessReport<'_>, page: &mut Page) {
    let (context, lang) = (report.context, report.context.lang);
    let mut grid = Grid::new(lang.pick(
        ["预计", "主体或其集团", "类型", "年度", "预计金额", "实际发生", "尚余", "首笔超出"],
        ["forecast", "group", "kind", "year", "forecast amount", "actual", "left", "first beyond"],
    ))
    .unwrapped([3, 4, 5, 6])
    .numbers([4, 5, 6]);
    for standing in &report.assessments.forecasts {
        let forecast = &standing.forecast;
        let (whole, [least, most]) = (Yuan::from(forecast.amount), standing.actual());
        let actual = if least == most {
            least.display()
        } else {
            lang.pick(format!("{least}至{most}"), format!("{least} to {most}"))
        };
        let beyond = standing.exceeded().map(|(deal, excess)| {
            let id = report.id_of(deal);
            lang.pick(format!("{id}，超出{excess}"), format!("{id}, by {excess}"))
        });
        grid.push(vec![
            forecast.forecast.to_owned(),
            context.in_full(forecast.group),
            dealing_words::kind(forecast.kind, lang).to_owned(),
            forecast.year.to_string(),
            whole.display(),
            actual,
            (&whole - &most).display(),
            beyond.unwrap_or_default(),
        ]);
    }
    page.table(
        lang.pick(
            "日常关联交易预计与实际（第二十一条至第二十五条）",
            "Forecasts and actual dealings (articles 21 to 25)",
        ),
        grid,
    );
}
