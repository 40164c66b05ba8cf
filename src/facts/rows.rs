//! One struct for each table of ties and figures; the columns are those of `dataset.md`. Texts are borrowed from the
//! facts, or from whatever a row is made of before it is put among them.

use super::codes::{
    Approval, Authority, ControlBasis, Direction, Effect, Item, Kind, MovementKind, Pricing, Relation, Role,
};
use super::money::Yuan;
use super::party::PartyId;
use super::percent::Amount;
use super::period::Period;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A row of `holdings` 持股.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding<'f> {
    /// 持有人
    pub holder: PartyId,
    /// 被持有主体
    pub company: PartyId,
    /// Share of the capital held directly.
    pub percent: Amount,
    /// Share of the votes where it differs from `percent`.
    pub votes_percent: Option<Amount>,
    /// When it holds.
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

impl Holding<'_> {
    /// The votes the row carries: `votes_percent`, else `percent` (`rules-sse-2022.md`, section 2).
    #[must_use]
    pub fn votes(&self) -> &Amount {
        self.votes_percent.as_ref().unwrap_or(&self.percent)
    }
}

/// A row of `proxies` 表决权委托: votes passed from principal to agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy<'f> {
    /// 委托方
    pub principal: PartyId,
    /// 受托方
    pub agent: PartyId,
    /// 公司
    pub company: PartyId,
    /// Votes passed; `None`: all that the principal has.
    pub votes_percent: Option<Amount>,
    /// When it holds.
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `controls` 控制关系.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control<'f> {
    /// 控制人
    pub controller: PartyId,
    /// 被控制主体
    pub controlled: PartyId,
    /// 控制方式; given on every `asserts` row.
    pub basis: Option<ControlBasis>,
    /// 共同控制组: rows of one `controlled` with the same label control it jointly.
    pub joint: Option<&'f str>,
    /// 效力
    pub effect: Effect,
    /// When it holds.
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `concert` 一致行动: one member of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcertMembership<'f> {
    /// 一致行动组
    pub group: &'f str,
    /// 成员
    pub member: PartyId,
    /// 公司; `None`: every company.
    pub company: Option<PartyId>,
    /// 主导方: a member whose will decides.
    pub lead: bool,
    /// When it holds.
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `positions` 任职.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<'f> {
    /// 任职人
    pub person: PartyId,
    /// 任职单位
    pub organisation: PartyId,
    /// 职务
    pub role: Role,
    /// When it holds.
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `kinships` 亲属: `relative` is the `relation` of `person`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinship<'f> {
    /// 本人
    pub person: PartyId,
    /// 亲属
    pub relative: PartyId,
    /// 亲属关系
    pub relation: Relation,
    /// When it holds (`agreed` is always empty).
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `designations` 认定.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation<'f> {
    /// 主体
    pub party: PartyId,
    /// 认定机构
    pub authority: Authority,
    /// 理由
    pub reason: Option<&'f str>,
    /// When it holds (`agreed` is always empty).
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `vote_restrictions` 表决权受限.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteRestriction<'f> {
    /// 股东
    pub shareholder: PartyId,
    /// 相对方
    pub beneficiary: PartyId,
    /// 公司
    pub company: PartyId,
    /// 原因
    pub reason: Option<&'f str>,
    /// When it holds (`agreed` is always empty).
    pub period: Period,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `financials` 财务; amounts in yuan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Financial<'f> {
    /// 主体
    pub party: PartyId,
    /// 期末
    pub period_end: NaiveDate,
    /// 经审计净资产
    pub net_assets: Option<Decimal>,
    /// 总资产
    pub total_assets: Option<Decimal>,
    /// 营业收入
    pub revenue: Option<Decimal>,
    /// 净利润
    pub net_profit: Option<Decimal>,
    /// 市值
    pub market_value: Option<Decimal>,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `transactions` 交易.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction<'f> {
    /// 编号
    pub id: &'f str,
    /// Day the transaction is entered into.
    pub date: NaiveDate,
    /// 交易对方
    pub counterparty: PartyId,
    /// Group entity that deals; `None`: the listed company.
    pub side: Option<PartyId>,
    /// Kind of article 9.
    pub kind: Kind,
    /// 金额: in yuan, or in `currency`; [`Transaction::yuan`] gives it in yuan.
    pub amount: Option<Decimal>,
    /// 币种, where it is not the yuan: ISO 4217.
    pub currency: Option<&'f str>,
    /// 汇率: yuan for one unit of `currency`.
    pub rate: Option<Decimal>,
    /// 标的
    pub subject_matter: Option<&'f str>,
    /// 豁免情形
    pub exemption: Option<&'f str>,
    /// Facts the exemption needs.
    pub exemption_facts: Option<&'f str>,
    /// 已履行程序
    pub approved: Option<Approval>,
    /// Day of that approval.
    pub approved_on: Option<NaiveDate>,
    /// 日常预计: label of the forecast that covers it.
    pub forecast: Option<&'f str>,
    /// 协议期满日: the last day of the agreement (article 27).
    pub ends: Option<NaiveDate>,
    /// 方向: which way the assets go.
    pub direction: Option<Direction>,
    /// 标的公司: the company whose equity is dealt in, or that is invested in (articles 28 to 33).
    pub target: Option<PartyId>,
    /// 账面值 of what is bought, in yuan (article 29).
    pub book_value: Option<Decimal>,
    /// 各方合计金额: what all parties to a joint investment pay together, in yuan (article 31).
    pub total_amount: Option<Decimal>,
    /// 盈利担保、补偿或者回购承诺: whether the other side gives one (article 29).
    pub assurance: Option<bool>,
    /// 定价依据 (articles 35 to 37).
    pub pricing: Option<Pricing>,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

impl<'f> Transaction<'f> {
    /// A transaction of which no more is stated than every row needs.
    #[must_use]
    pub fn new(id: &'f str, date: NaiveDate, counterparty: PartyId, kind: Kind) -> Self {
        Self {
            id,
            date,
            counterparty,
            side: None,
            kind,
            amount: None,
            currency: None,
            rate: None,
            subject_matter: None,
            exemption: None,
            exemption_facts: None,
            approved: None,
            approved_on: None,
            forecast: None,
            ends: None,
            direction: None,
            target: None,
            book_value: None,
            total_amount: None,
            assurance: None,
            pricing: None,
            source: None,
        }
    }

    /// The amount in yuan, exactly; `None` where there is none, or no rate for its currency.
    #[must_use]
    pub fn yuan(&self) -> Option<Yuan> {
        let amount = Yuan::from(self.amount?);
        match self.currency {
            None => Some(amount),
            Some(_) => Some(amount.times(self.rate?)),
        }
    }
}

/// A row of `forecasts` 日常关联交易预计; amounts in yuan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast<'f> {
    /// Label.
    pub forecast: &'f str,
    /// The party whose control defines the group, or one counterparty.
    pub group: PartyId,
    /// Kind of article 9.
    pub kind: Kind,
    /// Calendar year.
    pub year: i32,
    /// 金额
    pub amount: Decimal,
    /// 已履行程序
    pub approved: Option<Approval>,
    /// Day of that approval.
    pub approved_on: Option<NaiveDate>,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `particulars` 交易要素: what the company states of one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particular<'f> {
    /// 交易编号: the `id` of a transaction.
    pub transaction: &'f str,
    /// 要素
    pub item: Item,
    /// 内容
    pub text: &'f str,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `declarations` 关联人申报: who told the board of which related party (article 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration<'f> {
    /// 申报人
    pub declarant: PartyId,
    /// 关联人
    pub party: PartyId,
    /// 申报日
    pub date: NaiveDate,
    /// 关联关系, in the declarant's words.
    pub relation: Option<&'f str>,
    /// 适用条款: numbers of grounds, separated by `;`.
    pub grounds: Option<&'f str>,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}

/// A row of `movements` 权益变动: how a holding changed, as it was reported (takeover rules, articles 13 and 14). A
/// transfer between members of one concert group is no movement of the group and stands in no row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement<'f> {
    /// 持有人; `None` where a group is named.
    pub holder: Option<PartyId>,
    /// 一致行动组: the label of the concert group whose members are told of together; `None` where a holder is named.
    pub group: Option<&'f str>,
    /// 公司
    pub company: PartyId,
    /// 变动类型
    pub kind: MovementKind,
    /// 变动比例: in percent of the company's capital.
    pub percent: Amount,
    /// 变动日: the day, or the last of the days over which it is told.
    pub date: NaiveDate,
    /// 起算日: the first of these days, where only a total over several days is known.
    pub since: Option<NaiveDate>,
    /// Where the fact comes from.
    pub source: Option<&'f str>,
}
