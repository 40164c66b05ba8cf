//! Words of dealings in both languages: kinds, duties, cases, exemptions, remarks.

use super::Context;
use crate::dealings::{Case, Duty, Remark, Shortcoming, Unknown};
use crate::facts::{Approval, Item, Kind, Lang, Pricing};
use crate::proof::words::article;

/// A kind of transaction.
#[must_use]
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    let en = match kind {
        Kind::Assets => "purchase or sale of assets",
        Kind::Investment => "outward investment",
        Kind::Assistance => "financial assistance",
        Kind::Guarantee => "guarantee",
        Kind::Lease => "lease",
        Kind::Management => "entrusted management",
        Kind::Gift => "gift",
        Kind::Debt => "debt restructuring",
        Kind::Licence => "licence",
        Kind::Research => "transfer of research projects",
        Kind::Waiver => "waiver of rights",
        Kind::Materials => "purchase of raw materials, fuel, power",
        Kind::Sale => "sale of products",
        Kind::Services => "services",
        Kind::Commission => "commission sale",
        Kind::Loans => "deposits and loans",
        Kind::JointInvestment => "joint investment",
        Kind::Other => "other",
    };
    lang.pick(kind.zh(), en)
}

/// A duty.
#[must_use]
pub fn duty(duty: Duty, lang: Lang) -> &'static str {
    match duty {
        Duty::Disclose => lang.pick("及时披露", "publish"),
        Duty::IndependentDirectors => lang.pick("独立董事事前认可", "independent directors' consent"),
        Duty::AuditCommittee => lang.pick("审计委员会书面意见", "audit committee's opinion"),
        Duty::Board => lang.pick("董事会审议", "board"),
        Duty::Shareholders => lang.pick("股东大会审议", "shareholders' meeting"),
        Duty::Valuation => lang.pick("审计或者评估", "audit or valuation"),
    }
}

/// Several duties in one line; a dash for none.
#[must_use]
pub fn duties(duties: &[Duty], lang: Lang) -> String {
    if duties.is_empty() {
        return "–".to_owned();
    }
    duties.iter().map(|one| duty(*one, lang)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// Which case applies.
#[must_use]
pub fn case(case: Case, lang: Lang) -> &'static str {
    match case {
        Case::NotRelated => lang.pick("交易对方不是关联人", "the counterparty is not related"),
        Case::NotOurs => lang.pick("我方主体不属于公司及其控制的主体", "our side is not of the company's group"),
        Case::Exempt => lang.pick("豁免", "exempt"),
        Case::Guarantee => lang.pick("为关联人提供担保", "a guarantee, whatever its amount"),
        Case::NoTotal => lang.pick("日常关联交易协议没有总交易金额", "daily business without a total amount"),
        Case::Covered => lang.pick("在已审议的日常预计范围内", "within an approved forecast"),
        Case::Major => lang.pick("重大关联交易", "major"),
        Case::Person => lang.pick("与关联自然人的交易达到披露标准", "to be published (a person)"),
        Case::Organisation => lang.pick("与关联法人的交易达到披露标准", "to be published (an organisation)"),
        Case::Below => lang.pick("未达到披露标准", "below every threshold"),
    }
}

/// The basis of a price.
#[must_use]
pub fn pricing(pricing: Pricing, lang: Lang) -> &'static str {
    let en = match pricing {
        Pricing::Government => "government price",
        Pricing::Guided => "government-guided price",
        Pricing::Market => "market price of independent third parties",
        Pricing::Comparable => "price of comparable unrelated dealings",
        Pricing::Constructed => "constructed price",
        Pricing::CostPlus => "cost plus",
        Pricing::Resale => "resale price",
        Pricing::Uncontrolled => "comparable uncontrolled price",
        Pricing::NetMargin => "transactional net margin",
        Pricing::ProfitSplit => "profit split",
        Pricing::Other => "other",
    };
    lang.pick(pricing.zh(), en)
}

/// What a company states of a transaction.
#[must_use]
pub fn item(item: Item, lang: Lang) -> String {
    lang.pick(item.zh().to_owned(), item.code().replace('_', " "))
}

fn approval(approval: Approval, lang: Lang) -> &'static str {
    lang.pick(approval.zh(), approval.code())
}

/// What an exemption rests on that the data cannot show.
#[must_use]
pub fn assumption(name: &str, lang: Lang) -> &'static str {
    match name {
        "no_consideration" => lang.pick("公司不支付对价", "the company pays no consideration"),
        "no_obligation" => lang.pick("不附任何义务", "no obligation is attached"),
        "cash" => lang.pick("以现金认购", "subscription is in cash"),
        "public_issue" => lang.pick("属于公开发行", "the issue is public"),
        "underwriting_syndicate" => lang.pick("一方为承销团成员", "one side is of the underwriting syndicate"),
        "shareholders_resolution" => {
            lang.pick("依据股东大会决议领取", "it is paid by resolution of a shareholders' meeting")
        }
        "public_tender" => lang.pick("公开招标、拍卖", "the tender or auction is public"),
        "fair_price" => lang.pick("能够形成公允价格", "a fair price can form"),
        "same_terms" => lang.pick("与非关联人同等交易条件", "the terms are those of unrelated parties"),
        "price_set_by_state" => lang.pick("定价为国家规定", "the state sets the price"),
        "found_by_exchange" => lang.pick("经上海证券交易所认定", "the exchange has so found"),
        "joint_establishment" => lang.pick("共同出资设立公司，股权按出资比例确定", "a company is jointly established"),
        "loan_prime_rate" => lang.pick(
            "利率不高于当日贷款市场报价利率（数据中无该日报价）",
            "the rate is not above the loan prime rate, of which the table says nothing for the day",
        ),
        "target_controlled" => lang.pick("标的企业由公司控制", "the company controls what is invested in"),
        "same_price" => lang.pick("以同等对价增资", "all pay the same price"),
        _ => lang.pick("其他条件", "other conditions"),
    }
}

fn fact(key: &str, lang: Lang) -> &'static str {
    match key {
        "rate" => lang.pick("利率（rate）", "rate"),
        "security" => lang.pick("担保（security）", "security"),
        "years" => lang.pick("年限（years）", "years"),
        "cash" => lang.pick("现金（cash）", "cash"),
        "proportional" => lang.pick("同比例（proportional）", "proportional"),
        "direction" => lang.pick("方向", "direction"),
        "book_value" => lang.pick("账面值", "book_value"),
        "total_amount" => lang.pick("各方合计金额", "total_amount"),
        "target" => lang.pick("标的公司", "target"),
        "kind" => lang.pick("交易类型", "kind"),
        "grounds" => lang.pick("关联情形", "grounds"),
        _ => lang.pick("该项", "this"),
    }
}

fn shortcoming(shortcoming: &Shortcoming, lang: Lang) -> String {
    match shortcoming {
        Shortcoming::UnknownCode => lang.pick("没有该豁免情形", "there is no such exemption").to_owned(),
        Shortcoming::Kind => lang.pick("交易类型不符", "it is not for this kind of transaction").to_owned(),
        Shortcoming::Grounds => lang
            .pick(
                "交易对方不属于第七条（二）至（四）所列关联自然人",
                "the counterparty is on none of the grounds 7.2 to 7.4",
            )
            .to_owned(),
        Shortcoming::Fact { key } => {
            let fact = fact(key, lang);
            lang.pick(format!("豁免依据未写明{fact}"), format!("exemption_facts does not state `{fact}`"))
        }
        Shortcoming::Otherwise { key, value } => {
            let fact = fact(key, lang);
            lang.pick(format!("{fact}为“{value}”"), format!("{fact} is `{value}`"))
        }
        Shortcoming::Rate { rate, prime } => lang.pick(
            format!("利率{rate}%高于贷款市场报价利率{prime}%"),
            format!("the rate of {rate} % is above the loan prime rate of {prime} %"),
        ),
        Shortcoming::Target => {
            lang.pick("标的企业不受公司控制", "the company does not control what is invested in").to_owned()
        }
    }
}

/// A remark in a sentence, its article first.
#[must_use]
pub fn remark(remark: &Remark, lang: Lang) -> String {
    let text = sentence(remark, lang);
    let article = article(remark.article(), lang);
    lang.pick(format!("{article}：{text}"), format!("{article}: {text}"))
}

fn sentence(remark: &Remark, lang: Lang) -> String {
    match remark {
        Remark::NotOurs => lang
            .pick(
                "我方主体当日既不是公司，也不受公司控制，不是公司的交易",
                "our side is neither the company nor controlled by it on the day: it is not the company's transaction",
            )
            .to_owned(),
        Remark::ExemptionRefused { exemption, shortcomings } => {
            let why: Vec<String> = shortcomings.iter().map(|one| shortcoming(one, lang)).collect();
            let why = why.join(lang.pick("；", "; "));
            lang.pick(
                format!("所依据的豁免{exemption}不成立：{why}"),
                format!("exemption {exemption} is not accepted: {why}"),
            )
        }
        Remark::ExemptionAccepted { exemption, checked, assumed } => {
            let (colon, comma) = (lang.pick("：", ": "), lang.pick("、", ", "));
            let mut parts = Vec::new();
            if !checked.is_empty() {
                let names: Vec<&str> = checked.iter().map(|key| fact(key, lang)).collect();
                parts.push(format!("{}{colon}{}", lang.pick("已核对", "checked"), names.join(comma)));
            }
            if !assumed.is_empty() {
                let names: Vec<&str> = assumed.iter().map(|name| assumption(name, lang)).collect();
                parts.push(format!(
                    "{}{colon}{}",
                    lang.pick("数据无法证明、以之为前提", "taken on trust"),
                    names.join(comma)
                ));
            }
            let parts = parts.join(lang.pick("；", "; "));
            lang.pick(format!("豁免{exemption}：{parts}"), format!("exemption {exemption}: {parts}"))
        }
        Remark::ForecastUnfit { label, why } => {
            let why = match *why {
                "no_such" => lang.pick("预计表中没有该预计", "there is no such forecast"),
                "not_daily" => lang.pick("不属于日常关联交易", "the transaction is not of daily business"),
                "kind_or_year" => lang.pick("交易类型或者年度不符", "it is for another kind or year"),
                "group" => lang.pick("交易对方不在其主体或集团之内", "the counterparty is not of its group"),
                _ => lang.pick("交易当日尚未履行程序", "it was not approved on the day"),
            };
            lang.pick(
                format!("日常预计“{label}”不覆盖本交易：{why}"),
                format!("forecast `{label}` does not cover it: {why}"),
            )
        }
        Remark::ForecastExceeded { label, excess } => lang.pick(
            format!("超出日常预计“{label}”{excess}元，按超出金额重新履行程序"),
            format!("it goes {excess} yuan beyond forecast `{label}`; what is beyond it is due by itself"),
        ),
        Remark::AmountMissing => lang
            .pick("未写金额；非日常交易须有金额", "no amount is stated, which only daily business may do without")
            .to_owned(),
        Remark::Outstanding { duties: due, approved } => {
            let (due, done) = (duties(due, lang), approval(*approved, lang));
            lang.pick(
                format!("已履行程序为“{done}”，尚缺：{due}"),
                format!("recorded as done: {done}; still due: {due}"),
            )
        }
        Remark::Renewal { due } => {
            let days: Vec<String> = due.iter().map(ToString::to_string).collect();
            let days = days.join(lang.pick("、", ", "));
            lang.pick(
                format!("协议期限超过三年，须于下列日期前重新履行程序：{days}"),
                format!("the agreement runs longer than three years and is due again on {days}"),
            )
        }
        Remark::TargetFigures { missing } => {
            let names: Vec<&str> = missing
                .iter()
                .map(|name| {
                    if *name == "year" {
                        lang.pick("最近一年", "the latest year")
                    } else {
                        lang.pick("最近一期", "the period after it")
                    }
                })
                .collect();
            let names = names.join(lang.pick("、", ", "));
            lang.pick(
                format!("财务表缺少标的公司{names}的财务指标"),
                format!("financials lacks the target's figures of {names}"),
            )
        }
        Remark::Demanded { item: what, .. } => {
            let what = item(*what, lang);
            lang.pick(
                format!("须说明“{what}”，交易要素表中没有"),
                format!("`{what}` is to be stated, and particulars has none"),
            )
        }
        Remark::Premium { percent, assurance } => {
            let percent = percent.as_deref().map_or_else(
                || lang.pick("账面值为零".to_owned(), "the book value is nothing".to_owned()),
                |percent| lang.pick(format!("溢价{percent}%"), format!("the price is {percent} % above book value")),
            );
            let assured = match assurance {
                None => lang.pick(
                    "未写明对方是否提供盈利担保、补偿或者回购承诺",
                    "whether the other side gives assurance is not stated",
                ),
                Some(_) => lang.pick("对方未提供盈利担保、补偿或者回购承诺", "the other side gives no assurance"),
            };
            lang.pick(format!("{percent}，{assured}"), format!("{percent}, and {assured}"))
        }
        Remark::FactMissing { column, .. } => {
            let column = fact(column, lang);
            lang.pick(
                format!("未填写“{column}”，无法核对"),
                format!("`{column}` is empty, so that this cannot be checked"),
            )
        }
        Remark::NotOwnAmount { total } => lang.pick(
            format!("应以公司自身的投资、增资、减资金额为准，所填金额不小于各方合计{total}元"),
            format!("the company's own amount counts, and the amount stated is no less than the {total} yuan of all"),
        ),
        Remark::NoShareInTarget => lang
            .pick(
                "数据中没有公司及其控制的主体控制或者参股标的公司的记载",
                "no share in the target is on file, so that it cannot be seen whether the group has one",
            )
            .to_owned(),
        Remark::OneSided => lang
            .pick(
                "关联人单方面增资或者减资涉及放弃权利，适用放弃权利的规定",
                "a related party's one-sided increase or decrease comes with a waiver, whose rules apply",
            )
            .to_owned(),
        Remark::PricingMissing => lang.pick("未记录定价依据", "the basis of the price is not recorded").to_owned(),
        Remark::PricingUnfit { pricing: method, kind: of } => {
            let (method, of) = (pricing(*method, lang), kind(*of, lang));
            lang.pick(format!("{method}不适用于“{of}”"), format!("{method} is not made for: {of}"))
        }
        Remark::PricingOrder { pricing: basis, before } => {
            let basis = pricing(*basis, lang);
            let before: Vec<&str> = before.iter().map(|one| pricing(*one, lang)).collect();
            let before = before.join(lang.pick("、", ", "));
            lang.pick(
                format!("以{basis}定价，以不存在下列价格为前提：{before}"),
                format!("{basis} is taken only where there is no {before}"),
            )
        }
    }
}

/// What is not known and matters.
#[must_use]
pub fn unknown(unknown: &Unknown, context: &Context<'_>) -> String {
    let lang = context.lang;
    match unknown {
        Unknown::Cell(cell) => super::words::missing(cell, lang),
        Unknown::NetAssets => {
            let subject = context.in_full(context.question.subject);
            lang.pick(
                format!("财务表中{subject}交易日之前最近一期经审计净资产"),
                format!("financials: audited net assets of {subject} at the latest period end before the day"),
            )
        }
    }
}
