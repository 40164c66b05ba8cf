//! The fixed lists of codes, each with its English and its Chinese name.

use serde::{Deserialize, Serialize};

/// Declares an enum of codes with `code()`, `zh()`, `ALL` and `from_code()` (which reads either name).
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $zh:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $code, "` ", $zh)] #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// Every code, in the order of `dataset.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code in a row of fixed size.
            #[allow(dead_code, reason = "the names of tables stand in no row")]
            pub(crate) fn byte(self) -> u8 {
                self as u8
            }

            /// The code of such a byte; of one that stands for none the first.
            #[allow(dead_code, reason = "the names of tables stand in no row")]
            pub(crate) fn from_byte(byte: u8) -> Self {
                Self::ALL.get(usize::from(byte)).copied().unwrap_or(Self::ALL[0])
            }

            /// The English code, as in the tables.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The Chinese name.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// Reads the English code or the Chinese name.
            #[must_use]
            pub fn from_code(text: &str) -> Option<Self> {
                match text { $($code | $zh => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes! {
    /// The tables of a dataset (`settings` apart).
    Table {
        Parties = "parties", "主体";
        Holdings = "holdings", "持股";
        Proxies = "proxies", "表决权委托";
        Controls = "controls", "控制关系";
        Concert = "concert", "一致行动";
        Positions = "positions", "任职";
        Kinships = "kinships", "亲属";
        Designations = "designations", "认定";
        VoteRestrictions = "vote_restrictions", "表决权受限";
        Financials = "financials", "财务";
        Transactions = "transactions", "交易";
        Forecasts = "forecasts", "日常关联交易预计";
        Particulars = "particulars", "交易要素";
        Declarations = "declarations", "关联人申报";
        Movements = "movements", "权益变动";
    }
}

codes! {
    /// What a party is. Every kind but `person` is an *organisation* in the sense of the rules.
    PartyKind {
        Person = "person", "自然人";
        Company = "company", "公司";
        Partnership = "partnership", "合伙企业";
        StateBody = "state_body", "国有资产管理机构";
        Organisation = "organisation", "其他组织";
    }
}

impl PartyKind {
    /// Any kind that is not `person` (`rules-sse-2022.md`, opening).
    #[must_use]
    pub fn is_organisation(self) -> bool {
        self != Self::Person
    }
}

codes! {
    /// How a declared control works.
    ControlBasis {
        Agreement = "agreement", "协议控制";
        GeneralPartner = "general_partner", "普通合伙人";
        BoardMajority = "board_majority", "决定半数以上董事";
        ActualController = "actual_controller", "实际控制人认定";
        Trust = "trust", "信托";
        Other = "other", "其他";
    }
}

codes! {
    /// Whether a `controls` row finds control or finds that there is none.
    Effect {
        Asserts = "asserts", "认定";
        Denies = "denies", "否认";
    }
}

codes! {
    /// A post held in an organisation.
    Role {
        Chair = "chair", "董事长";
        Director = "director", "董事";
        IndependentDirector = "independent_director", "独立董事";
        Supervisor = "supervisor", "监事";
        GeneralManager = "general_manager", "总经理";
        SeniorManager = "senior_manager", "高级管理人员";
        LegalRepresentative = "legal_representative", "法定代表人";
        PartnerDelegate = "partner_delegate", "执行事务合伙人委派代表";
        Employee = "employee", "其他任职";
    }
}

impl Role {
    /// A seat on the board: chair, director or independent director.
    #[must_use]
    pub fn is_director(self) -> bool {
        matches!(self, Self::Chair | Self::Director | Self::IndependentDirector)
    }

    /// A senior manager; `representatives` says whether a legal representative or a partner's delegate counts as one.
    #[must_use]
    pub fn is_senior_manager(self, representatives: bool) -> bool {
        match self {
            Self::GeneralManager | Self::SeniorManager => true,
            Self::LegalRepresentative | Self::PartnerDelegate => representatives,
            _ => false,
        }
    }

    /// Director, supervisor or senior manager (董事、监事、高级管理人员).
    #[must_use]
    pub fn is_officer(self, representatives: bool) -> bool {
        self.is_director() || self == Self::Supervisor || self.is_senior_manager(representatives)
    }
}

codes! {
    /// What `relative` is to `person`: four primitive relations and five that are declared for a path.
    Relation {
        Spouse = "spouse", "配偶";
        Parent = "parent", "父母";
        Child = "child", "子女";
        Sibling = "sibling", "兄弟姐妹";
        SpouseParent = "spouse_parent", "配偶的父母";
        ChildSpouse = "child_spouse", "子女的配偶";
        SiblingSpouse = "sibling_spouse", "兄弟姐妹的配偶";
        SpouseSibling = "spouse_sibling", "配偶的兄弟姐妹";
        ChildSpouseParent = "child_spouse_parent", "子女配偶的父母";
    }
}

impl Relation {
    /// The same tie read from the other side: if q is p's `self`, then p is q's `self.inverse()`.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::SpouseParent => Self::ChildSpouse,
            Self::ChildSpouse => Self::SpouseParent,
            Self::SiblingSpouse => Self::SpouseSibling,
            Self::SpouseSibling => Self::SiblingSpouse,
            Self::Spouse | Self::Sibling | Self::ChildSpouseParent => self,
        }
    }
}

codes! {
    /// Who treats a party as related, substance over form.
    Authority {
        Csrc = "csrc", "中国证监会";
        Exchange = "exchange", "交易所";
        Company = "company", "公司";
    }
}

codes! {
    /// What kind of transaction it is (article 9).
    Kind {
        Assets = "9.1", "购买或者出售资产";
        Investment = "9.2", "对外投资";
        Assistance = "9.3", "提供财务资助";
        Guarantee = "9.4", "提供担保";
        Lease = "9.5", "租入或者租出资产";
        Management = "9.6", "委托或者受托管理资产和业务";
        Gift = "9.7", "赠与或者受赠资产";
        Debt = "9.8", "债权、债务重组";
        Licence = "9.9", "签订许可使用协议";
        Research = "9.10", "转让或者受让研究与开发项目";
        Waiver = "9.11", "放弃权利";
        Materials = "9.12", "购买原材料、燃料、动力";
        Sale = "9.13", "销售产品、商品";
        Services = "9.14", "提供或者接受劳务";
        Commission = "9.15", "委托或者受托销售";
        Loans = "9.16", "存贷款业务";
        JointInvestment = "9.17", "与关联人共同投资";
        Other = "9.18", "其他";
    }
}

impl Kind {
    /// Whether it is of daily business (articles 9(12) to 9(16) and 21).
    #[must_use]
    pub fn is_daily(self) -> bool {
        matches!(self, Self::Materials | Self::Sale | Self::Services | Self::Commission | Self::Loans)
    }
}

codes! {
    /// What has been done about a transaction or a forecast.
    Approval {
        None = "none", "无";
        Disclosed = "disclosed", "已披露";
        Board = "board", "董事会";
        Shareholders = "shareholders", "股东大会";
    }
}

codes! {
    /// Which way assets go in a purchase or sale (kind 9.1).
    Direction {
        Buy = "buy", "购买";
        Sell = "sell", "出售";
    }
}

codes! {
    /// On what a price rests: the five principles of article 35 in their order, the five methods of article 36, and none of
    /// them (article 37).
    Pricing {
        Government = "government", "政府定价";
        Guided = "guided", "政府指导价";
        Market = "market", "独立第三方市场价格";
        Comparable = "comparable", "非关联交易价格";
        Constructed = "constructed", "构成价格";
        CostPlus = "cost_plus", "成本加成法";
        Resale = "resale", "再销售价格法";
        Uncontrolled = "uncontrolled", "可比非受控价格法";
        NetMargin = "net_margin", "交易净利润法";
        ProfitSplit = "profit_split", "利润分割法";
        Other = "other", "其他";
    }
}

codes! {
    /// What a company states of a transaction (articles 15, 17, 28 to 30, 37 and 39 to 45).
    Item {
        Agreement = "agreement", "协议或者意向书";
        SubjectMatter = "subject_matter", "交易标的基本情况";
        Terms = "terms", "交易主要内容";
        Purpose = "purpose", "交易目的";
        Effects = "effects", "对公司的影响";
        PriorConsent = "prior_consent", "独立董事事前认可";
        IndependentOpinion = "independent_opinion", "独立董事意见";
        AdviserOpinion = "adviser_opinion", "独立财务顾问意见";
        AuditCommitteeOpinion = "audit_committee_opinion", "审计委员会意见";
        Commitments = "commitments", "控股股东承诺";
        Report = "report", "审计或者评估报告";
        Business = "business", "关联人主要业务";
        PricingPolicy = "pricing_policy", "定价政策";
        Fairness = "fairness", "定价原则、方法与公允性说明";
        MarketPrice = "market_price", "市场参考价格";
        Appraisal = "appraisal", "评估价值";
        PriceDifference = "price_difference", "价格差异原因";
        ShareOfKind = "share_of_kind", "占同类交易比例";
        Settlement = "settlement", "结算方式";
        Returns = "returns", "大额销货退回";
        Necessity = "necessity", "必要性、持续性与依赖程度";
        Performance = "performance", "日常关联交易履行情况";
        TargetProfile = "target_profile", "标的公司基本情况";
        TargetChanges = "target_changes", "标的公司评估、增资、减资、改制";
        PremiumReason = "premium_reason", "溢价原因与保障措施";
        OccupationPlan = "occupation_plan", "资金占用解决方案";
        InvesteeProfile = "investee_profile", "被投资企业基本情况";
        Construction = "construction", "重大在建项目进展";
        DebtReason = "debt_reason", "债权债务、担保形成的原因";
        VoteResult = "vote_result", "表决情况";
    }
}

codes! {
    /// What a row of movements says of a holding (takeover rules, articles 13 and 14).
    MovementKind {
        Bought = "bought", "增持";
        Sold = "sold", "减持";
        /// The total grew and the shares held did not: options, restricted shares, placements to others.
        Diluted = "diluted", "被动稀释";
        /// The total shrank and the shares held did not: shares bought back and cancelled.
        Concentrated = "concentrated", "被动增加";
        /// The filing names this day as the one on which the change since the last report reached the step.
        Reached = "reached", "变动达到披露比例";
        /// The holders published a report of the change of their holding.
        Reported = "reported", "披露权益变动报告书";
    }
}

impl MovementKind {
    /// Whether it says that the holding changed.
    #[must_use]
    pub fn is_change(self) -> bool {
        !matches!(self, Self::Reached | Self::Reported)
    }
}
