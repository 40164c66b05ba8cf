//! Words of announcements in both languages: parts, elements, what is needed, why something is not asked for.

use super::{Context, dealing_words};
use crate::dealings::{Announcement, Assessment, Case, Element, Need, Part, Publish, Reason};
use crate::facts::{Lang, RowRef, Table};
use crate::proof::words::{article, row};

/// The heading of a part.
pub(super) fn part(part: Part, lang: Lang) -> String {
    let (zh, en, articles) = match part {
        Part::General => ("公告内容", "The announcement", "40"),
        Part::Daily => ("日常关联交易公告内容", "The announcement of daily business", "42"),
        Part::MajorAssets => ("重大资产收购、出售", "Major purchase or sale of assets", "43"),
        Part::Target => ("购买、出售资产的其他要求", "What else a purchase or sale of assets asks for", "28 29 30"),
        Part::Joint => ("共同投资", "Joint investment", "44"),
        Part::Debt => ("债权债务与担保", "Debts and guarantees", "45"),
        Part::Price => ("定价说明", "The price", "37"),
        Part::Decision => ("回避与表决", "Who stands aside, and the vote", "18 19"),
        Part::Exempt => ("豁免", "Exemption", "48"),
        Part::Established => ("豁免", "Exemption", "49"),
        Part::Increase => ("豁免", "Exemption", "33"),
        Part::Documents => ("报送文件", "Documents to hand in", "39"),
    };
    let articles: Vec<String> = articles.split(' ').map(|number| article(number, lang)).collect();
    let (title, articles) = (lang.pick(zh, en), articles.join(lang.pick("、", ", ")));
    lang.pick(format!("{title}（{articles}）"), format!("{title} ({articles})"))
}

/// The name of an element.
pub(super) fn element(element: Element, lang: Lang) -> &'static str {
    let (zh, en) = match element {
        Element::Overview => ("交易概述", "Overview"),
        Element::Counterparty => ("关联人及关联关系", "The related party and its relation"),
        Element::Business => ("关联人主要业务", "What the related party does"),
        Element::SubjectMatter => ("交易标的", "Subject matter"),
        Element::BookValue => ("账面价值", "Book value"),
        Element::Appraisal => ("评估价值", "Appraised value"),
        Element::MarketPrice => ("市场价格", "Market price"),
        Element::PriceDifference => ("价格差异的原因", "Why the price differs"),
        Element::Amount => ("交易金额", "Amount"),
        Element::Terms => ("协议主要内容", "Main terms"),
        Element::Content => ("交易内容", "What is dealt"),
        Element::Price => ("交易价格", "Price"),
        Element::PricingPolicy => ("定价政策", "Pricing policy"),
        Element::Fairness => ("定价方法与公允性", "How the price was found, and why it is fair"),
        Element::Settlement => ("结算方式", "Settlement"),
        Element::ShareOfKind => ("占同类交易的比例", "Share of dealings of the kind"),
        Element::Returns => ("大额销货退回", "Large returns of goods sold"),
        Element::Necessity => ("必要性、持续性、独立性与依赖程度", "Need, duration, independence and dependence"),
        Element::Performance => ("日常预计及其履行", "The forecast and what came of it"),
        Element::Purpose => ("交易目的", "Purpose"),
        Element::Effects => ("对公司的影响", "Effects on the company"),
        Element::PriorConsent => ("独立董事事前认可", "Independent directors' consent beforehand"),
        Element::IndependentOpinion => ("独立董事意见", "Independent directors' opinion"),
        Element::AdviserOpinion => ("独立财务顾问意见", "Independent financial adviser's opinion"),
        Element::AuditCommitteeOpinion => ("审计委员会意见", "Audit committee's opinion"),
        Element::History => ("十二个月内的历史关联交易", "Earlier dealings within twelve months"),
        Element::Commitments => ("控股股东承诺", "Controlling shareholder's commitments"),
        Element::TargetProfile => ("标的公司基本情况", "The target company"),
        Element::TargetFigures => ("标的公司主要财务指标", "The target's figures"),
        Element::TargetChanges => ("标的公司评估、增减资与改制", "The target's valuations and changes"),
        Element::PremiumReason => ("溢价的原因与保障措施", "The premium, and what protects the company"),
        Element::OccupationPlan => ("资金占用的解决方案", "How an occupation of funds is resolved"),
        Element::InvesteeProfile => ("被投资企业", "The company invested in"),
        Element::InvesteeFigures => ("被投资企业财务数据", "Figures of the company invested in"),
        Element::Construction => ("重大在建项目进展", "Large projects under construction"),
        Element::DebtReason => ("债权债务、担保的成因", "How the debt or guarantee came about"),
        Element::DirectorsAside => ("应回避的董事", "Directors who stand aside"),
        Element::ShareholdersAside => ("应回避的股东", "Shareholders who stand aside"),
        Element::VoteResult => ("非关联股东表决情况", "How the unrelated shareholders voted"),
        Element::Exemption => ("所依据的豁免", "The exemption relied on"),
        Element::Draft => ("公告文稿", "Text of the announcement"),
        Element::Agreement => ("协议或者意向书", "Agreement or letter of intent"),
        Element::BoardResolution => ("董事会决议及其公告文稿", "The board's resolution"),
        Element::Permits => ("有权机关批文", "Approvals of authorities"),
        Element::Report => ("审计或者评估报告", "Audit or valuation report"),
        Element::Others => ("交易所要求的其他文件", "Other documents the exchange asks for"),
    };
    lang.pick(zh, en)
}

/// The name of an element with its article.
pub(super) fn titled(which: Element, number: &str, lang: Lang) -> String {
    let (name, number) = (element(which, lang), article(number, lang));
    lang.pick(format!("{name}（{number}）"), format!("{name} ({number})"))
}

/// What is needed, and where it is to be written.
pub(super) fn need(need: &Need, place: Option<RowRef>, context: &Context<'_>) -> String {
    let lang = context.lang;
    let table = |table: Table| lang.pick(format!("{}表{}", table.zh(), table.code()), table.code().to_owned());
    match need {
        Need::Item(item) => {
            let (name, code, table) = (dealing_words::item(*item, lang), item.code(), table(Table::Particulars));
            lang.pick(format!("{name}（{table}，要素{code}）"), format!("{name} ({table}, item {code})"))
        }
        Need::Column(of, column) => {
            let place = place.filter(|place| place.table == *of).map(|place| row(place, lang));
            let (name, place) = (self::column(column, lang), place.unwrap_or_else(|| table(*of)));
            lang.pick(format!("{name}（{place}，{column}列）"), format!("{name} ({place}, column {column})"))
        }
        Need::Figures(party, which) => {
            let (who, table) = (context.in_full(*party), table(Table::Financials));
            let period = match *which {
                "year" => lang.pick("最近一年", "of the latest year"),
                "interim" => lang.pick("年末之后最近一期", "of a period after the latest year"),
                _ => lang.pick("最近一期", "of the latest period"),
            };
            lang.pick(format!("{who}{period}的财务数据（{table}）"), format!("figures of {who} {period} ({table})"))
        }
    }
}

fn column(column: &str, lang: Lang) -> &'static str {
    match column {
        "amount" => lang.pick("金额", "the amount"),
        "rate" => lang.pick("汇率", "the rate of exchange"),
        "book_value" => lang.pick("账面值", "the book value"),
        "pricing" => lang.pick("定价依据", "the basis of the price"),
        "approved" => lang.pick("董事会审议情况", "that the board has decided"),
        "direction" => lang.pick("方向", "the direction"),
        "target" => lang.pick("标的公司", "the company invested in"),
        "forecast" => lang.pick("该日常预计", "the forecast that is named"),
        _ => lang.pick("该项", "this"),
    }
}

/// The code of a reason, for programs.
pub(super) fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::IfAny => "if_any",
        Reason::NotDue(_) => "not_due",
        Reason::Person => "person",
        Reason::NotAssets => "not_assets",
        Reason::NoTarget => "no_target",
        Reason::NoTotal => "no_total",
        Reason::NoPrice => "no_price",
        Reason::NoForecast => "no_forecast",
        Reason::SamePrice => "same_price",
        Reason::NoPremium => "no_premium",
        Reason::NotDecided => "not_decided",
    }
}

/// Why an element is not asked for.
pub(super) fn reason(reason: Reason, item: Option<crate::facts::Item>, lang: Lang) -> String {
    match (reason, item) {
        (Reason::IfAny, Some(item)) => lang.pick(
            format!("仅在存在此情形时须写明，未见记载；如有，写入要素{}", item.code()),
            format!("asked for where there is such a thing; if there is, write it in item {}", item.code()),
        ),
        (Reason::NotDue(duty), _) => {
            let duty = dealing_words::duty(duty, lang);
            lang.pick(format!("本次无须“{duty}”"), format!("not due here: {duty}"))
        }
        (other, _) => short(other, lang).to_owned(),
    }
}

fn short(reason: Reason, lang: Lang) -> &'static str {
    match reason {
        Reason::IfAny | Reason::NotDue(_) => lang.pick(
            "仅在存在此情形时须提供，数据不能显示",
            "asked for where there is such a thing, which the data cannot show",
        ),
        Reason::Person => lang.pick("交易对方为自然人", "the counterparty is a person"),
        Reason::NotAssets => lang.pick("不是购买或者出售资产", "no assets are bought or sold"),
        Reason::NoTarget => lang.pick(
            "未写明标的公司（target），不作为股权交易",
            "no company is named as target, so that no equity is dealt in",
        ),
        Reason::NoTotal => lang.pick("协议没有总交易金额（第二十四条）", "the agreement has no total (article 24)"),
        Reason::NoPrice => lang.pick("担保不定价", "a guarantee has no price"),
        Reason::NoForecast => lang.pick("未列入日常预计", "it is under no forecast"),
        Reason::SamePrice => lang.pick("成交价格与账面价值相同", "the price is the book value"),
        Reason::NoPremium => lang.pick("不属于须说明溢价原因的情形", "not a premium of which article 29 asks why"),
        Reason::NotDecided => lang.pick("不作为关联交易审议", "it is not decided on as a dealing with a related party"),
    }
}

/// Whether it has to be published, and why.
pub(super) fn publish(announcement: &Announcement, assessment: &Assessment, lang: Lang) -> String {
    let why = |case: Case| {
        let (name, number) = (dealing_words::case(case, lang), article(case.article(), lang));
        lang.pick(format!("{name}（{number}）"), format!("{name} ({number})"))
    };
    let [least, most] = assessment.case.map(why);
    let later = match (announcement.publish, assessment.case[0]) {
        (Publish::NotRequired, Case::Covered) => {
            let articles = [article("41", lang), article("25", lang)];
            let articles = articles.join(lang.pick("、", ", "));
            lang.pick(
                format!("在定期报告中披露即可（{articles}）。"),
                format!(" It is told of in the periodic report ({articles})."),
            )
        }
        _ => String::new(),
    };
    match announcement.publish {
        Publish::Required if least == most => lang
            .pick(format!("本次交易须及时披露：{least}。"), format!("The transaction has to be published: {least}.")),
        Publish::Required => lang.pick(
            format!("本次交易须及时披露：至少为{least}，至多为{most}。"),
            format!("The transaction has to be published: at least {least}, at most {most}."),
        ),
        Publish::NotRequired => lang.pick(
            format!("本次交易无须公告：{least}。本稿仅供存档。{later}"),
            format!("The transaction need not be published: {least}. This draft is for the file.{later}"),
        ),
        Publish::Undetermined => lang.pick(
            format!("是否须公告无法确定：至少为{least}，至多为{most}。"),
            format!("Whether it has to be published is undetermined: at least {least}, at most {most}."),
        ),
    }
}

/// The title, after the name of the company.
pub(super) fn title(publish: Publish, kind: &str, lang: Lang) -> String {
    match publish {
        Publish::Required => lang.pick(format!("关联交易公告草稿（{kind}）"), format!("draft announcement: {kind}")),
        Publish::NotRequired => {
            lang.pick(format!("无须公告的交易存档稿（{kind}）"), format!("need not be published, for the file: {kind}"))
        }
        Publish::Undetermined => lang.pick(
            format!("是否须公告待定的草稿（{kind}）"),
            format!("draft, whether to be published undetermined: {kind}"),
        ),
    }
}
