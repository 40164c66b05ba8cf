//! Why a proof or a line of an answer is refused, in English and in Chinese.

use crate::facts::Percent;
use crate::proof::StepId;
use chrono::NaiveDate;
use std::fmt;

/// Declares [`Reason`] with the English and the Chinese text of every variant.
macro_rules! reasons {
    ($($name:ident { $($field:ident : $ty:ty),* } = $en:literal, $zh:literal;)+) => {
        /// Why something is refused.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Reason {
            $(#[doc = $en] $name { $(#[doc = concat!("The `", stringify!($field), "` of the text.")] $field: $ty),* },)+
        }

        impl Reason {
            /// The English text.
            #[must_use]
            #[allow(clippy::useless_format)]
            pub fn en(&self) -> String {
                match self { $(Self::$name { $($field),* } => format!($en),)+ }
            }

            /// The Chinese text.
            #[must_use]
            #[allow(clippy::useless_format)]
            pub fn zh(&self) -> String {
                match self { $(Self::$name { $($field),* } => format!($zh),)+ }
            }
        }
    };
}

reasons! {
    DuplicateStep {} = "another step has the same id", "步骤编号重复";
    UnknownPremise { premise: StepId } = "there is no step {premise}", "不存在步骤 {premise}";
    PremiseNotEarlier { premise: StepId } = "premise {premise} is no earlier step", "前提 {premise} 不是更早的步骤";
    UnknownParty { party: String } = "the dataset has no party `{party}`", "数据中没有主体“{party}”";
    NoSuchRow { row: String } = "the dataset has no row {row}", "数据中没有 {row} 行";
    NotInForce { row: String, day: NaiveDate } = "row {row} is not in force for certain on {day}", "{row} 行在 {day} 并非确定有效";
    UnknownRule { rule: String } = "there is no rule `{rule}`", "没有规则“{rule}”";
    WrongConclusion {} = "the rule does not lead to such a conclusion", "该规则得不出此类结论";
    WrongPremises {} = "the premises are not those the rule needs", "前提与规则所需不符";
    IdlePremise { premise: StepId } = "premise {premise} has no bearing on the conclusion", "前提 {premise} 与结论无关";
    WrongRow { row: String } = "row {row} has no bearing on the conclusion", "{row} 行与结论无关";
    MissingRow { table: String } = "a row of `{table}` that the rule needs is not cited", "未引用规则所需的“{table}”表的行";
    Reading { switch: &'static str } = "the reading taken of `{switch}` does not allow this", "所选解释（{switch}）不允许此推论";
    Circular { party: String } = "`{party}` cannot control itself", "“{party}”不能控制自身";
    NotByVotes { party: String } = "`{party}` is not controlled by votes", "“{party}”不以表决权确定控制";
    NoVotes { party: String } = "neither `{party}` nor what it is shown to control has votes there for certain", "“{party}”及所证明受其控制者在该公司并无确定的表决权";
    VotesUnstated {} = "the votes that decide are not stated", "未写明起决定作用的表决权";
    VotesOutOfPlace {} = "votes are stated where they do not decide", "在表决权不起作用之处写明了表决权";
    VotesNotShown { claimed: Percent, shown: Percent } = "{claimed} % of the votes are claimed, {shown} % are shown", "声称表决权 {claimed}%，仅证明 {shown}%";
    VotesTooFew { votes: Percent, needed: Percent } = "{votes} % of the votes are not more than {needed} %", "{votes}% 的表决权未超过 {needed}%";
    NotListed { party: String } = "`{party}` is not listed", "“{party}”不是上市公司";
    Denied { row: String } = "row {row} may deny the control presumed", "{row} 行可能否定推定的控制";
    Rival { party: String } = "`{party}` may have as many votes outside the block", "一致控制范围之外的“{party}”可能有同样多的表决权";
    StakeNotShown { claimed: Percent, shown: Percent } = "a stake of {claimed} % is claimed, {shown} % is shown", "声称持股 {claimed}%，仅证明 {shown}%";
    StakeTooSmall { stake: Percent, needed: Percent } = "a stake of {stake} % is less than {needed} %", "{stake}% 的持股不足 {needed}%";
    WrongMeasure {} = "the stake is not measured as the rules and readings want it", "持股的计量方式与规则或所选解释不符";
    Overfull {} = "the holdings of a circle add up to more than the whole", "循环持股合计超过全部";
    NotFamily {} = "the rows do not make the relative one of the nine of article 51", "所引用的行不构成第五十一条所列的亲属";
    Minor { party: String } = "`{party}` is not of age", "“{party}”未成年";
    WrongKind { party: String } = "`{party}` is not the kind of party the ground is about", "“{party}”不属于该条款所指的主体类型";
    IsSubject {} = "the company itself is not its own related party", "公司自身不是自己的关联人";
    OwnGroup { party: String } = "`{party}` may be controlled by the company itself", "“{party}”可能受公司自身控制";
    StateBody { party: String } = "`{party}` is a state body", "“{party}”是国有资产管理机构";
    Role { role: String } = "the post `{role}` does not count here", "职务“{role}”在此不算";
    IndependentSeat { party: String } = "the independent seat of `{party}` is left out", "“{party}”的独立董事席位不计入";
    WrongGround { ground: String } = "ground {ground} does not count here", "第{ground}项在此不算";
    NoException {} = "the officers shown do not take the exemption away", "所列人员不足以排除豁免";
    NotExempt { party: String } = "`{party}` may control both, and is no state body", "“{party}”可能同时控制双方，且不是国有资产管理机构";
    ExceptionPossible {} = "shared officers may take the exemption away", "人员交叉可能使豁免不成立";
    OtherDay { day: NaiveDate } = "the conclusion is about another day than {day}", "结论的日期不是 {day}";
    OutsideWindow { day: NaiveDate } = "{day} does not lie in the window on the side that the basis wants", "{day} 不在该依据所要求一侧的十二个月之内";
    Header { field: &'static str } = "the answer's `{field}` is not that of the question", "答案的“{field}”与问题不符";
    NotSorted {} = "the line is out of order or stands twice", "该行次序错误或重复";
    NoGrounds {} = "the party is called related without a ground", "列为关联人却没有依据";
    Contradiction {} = "the verdict and the lines contradict each other", "结论与所列内容相互矛盾";
    WrongDates { ground: String } = "the dates given for ground {ground} are not those of its basis", "第{ground}项所给日期与其依据类型不符";
    WrongExpiry { ground: String, expected: NaiveDate } = "ground {ground} expires on {expected}", "第{ground}项应于 {expected} 到期";
    UnknownBasis { basis: String } = "there is no basis `{basis}`", "没有依据类型“{basis}”";
    NoSuchProof { proof: StepId } = "there is no step {proof}", "不存在步骤 {proof}";
    OtherProof { proof: StepId } = "step {proof} proves something else", "步骤 {proof} 证明的是别的结论";
    WrongBasis { proof: StepId } = "step {proof} shows the ground on a day that rules the basis out", "步骤 {proof} 表明该依据类型不成立";
    NoSuchTransaction { id: String } = "there is no transaction `{id}`", "没有交易“{id}”";
    Differs { field: &'static str } = "the `{field}` is not that of the dataset", "“{field}”与数据不符";
    Expected { field: &'static str, expected: String } = "the `{field}` should be {expected}", "“{field}”应为 {expected}";
    TermNotEarlier { id: String } = "`{id}` is no earlier transaction of the twelve months", "“{id}”不是十二个月内在先的交易";
    TermDecided { id: String } = "the shareholders' meeting had decided on `{id}`", "“{id}”已经股东大会审议";
    TermNotCounted { id: String } = "`{id}` is not counted on its own day", "“{id}”在其发生之日即不计入";
    TermOtherSubject { id: String } = "`{id}` is of another kind or subject matter", "“{id}”的类型或者标的不同";
    TermNotLinked { id: String } = "no step shows one top over the counterparty and that of `{id}`", "没有步骤证明交易对方与“{id}”的交易对方受同一主体控制";
    TermAmount { id: String, expected: String } = "`{id}` counts with {expected}", "“{id}”应计入 {expected}";
    TermMissing { id: String } = "the earlier transaction `{id}` is left out", "遗漏了在先的交易“{id}”";
    TermUnshown { id: String } = "the answer does not say where the earlier transaction `{id}` stands", "答案未载明在先的交易“{id}”的情况";
    NotATop { party: String } = "`{party}` does not control the counterparty", "“{party}”不控制交易对方";
    TopControlled { party: String } = "`{party}` is itself controlled by another", "“{party}”自身受他人控制";
    TopMissing { party: String } = "no top named is over the counterparty's controller `{party}`", "所列最终控制方均不在交易对方的控制人“{party}”之上";
    ExemptionUnfounded { code: String } = "exemption {code} does not hold by the row", "依交易所载，豁免 {code} 不成立";
    ExemptionLeftOut { code: String } = "exemption {code} holds by the row and is not taken", "依交易所载，豁免 {code} 成立而未适用";
    SideShown { party: String } = "`{party}` is one of the company's own group", "“{party}”属于公司自身集团";
    NoDirector { party: String } = "`{party}` is no director in office for certain", "“{party}”并非确定在任的董事";
    NoShareholder { party: String } = "`{party}` holds no shares for certain", "“{party}”并非确定的股东";
    ItemNotShown { item: String } = "item {item} is not shown", "第{item}项未获证明";
    ItemMissing { item: String } = "item {item} holds and is left out", "第{item}项成立而被遗漏";
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl std::error::Error for Reason {}

/// One thing the checker does not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The step it is about.
    pub step: Option<StepId>,
    /// The party whose line it is about.
    pub party: Option<String>,
    /// The transaction it is about.
    pub transaction: Option<String>,
    /// The day whose steps or lines it is about, where an answer speaks of several days.
    pub day: Option<NaiveDate>,
    /// Why.
    pub reason: Reason,
}

impl Refusal {
    /// About the answer as a whole.
    pub(super) fn of_all(reason: Reason) -> Self {
        Self { step: None, party: None, transaction: None, day: None, reason }
    }

    /// About a step.
    pub(super) fn of_step(step: StepId, reason: Reason) -> Self {
        Self { step: Some(step), ..Self::of_all(reason) }
    }

    /// About the line of a party.
    pub(super) fn of_party(party: &str, reason: Reason) -> Self {
        Self { party: Some(party.to_owned()), ..Self::of_all(reason) }
    }

    /// About a transaction.
    pub(super) fn of_transaction(id: &str, reason: Reason) -> Self {
        Self { transaction: Some(id.to_owned()), ..Self::of_all(reason) }
    }

    /// The Chinese text.
    #[must_use]
    pub fn zh(&self) -> String {
        let day = self.day.map(|day| format!("{day} ")).unwrap_or_default();
        let reason = self.reason.zh();
        match (self.step, &self.party, &self.transaction) {
            (Some(step), ..) => format!("{day}步骤 {step}：{reason}"),
            (None, Some(party), _) => format!("{day}主体“{party}”：{reason}"),
            (None, None, Some(id)) => format!("{day}交易“{id}”：{reason}"),
            (None, None, None) => format!("{day}{reason}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write!(f, "{day}, ")?;
        }
        match (self.step, &self.party, &self.transaction) {
            (Some(step), ..) => write!(f, "step {step}: {}", self.reason),
            (None, Some(party), _) => write!(f, "party `{party}`: {}", self.reason),
            (None, None, Some(id)) => write!(f, "transaction `{id}`: {}", self.reason),
            (None, None, None) => write!(f, "{}", self.reason),
        }
    }
}

impl std::error::Error for Refusal {}
