//! The tables and their columns: English name, Chinese name, whether required, and what kind of cell.
//!
//! This is the one description of `dataset.md` in the code. The readers, the template and the findings all use it.

use super::text::{Text, both};
use crate::facts::{
    Approval, Authority, ControlBasis, Direction, Effect, Item, Kind, MovementKind, PartyKind, Pricing, Relation, Role,
    Table,
};

/// The code and the Chinese name of one entry of a fixed list.
pub(crate) type CodeName = (&'static str, &'static str);

/// What a cell holds.
#[derive(Clone, Copy)]
pub(crate) enum Cell {
    /// Free text or a label.
    Text,
    /// A key that is unique in its table.
    Key,
    /// Several names.
    Names,
    /// The id of a party.
    Party,
    /// One day.
    Day,
    /// First or last day, which may be unknown.
    Bound,
    /// A share in percent, a range of it.
    Share,
    /// A count of shares.
    Shares,
    /// An amount in yuan that is not negative.
    Money,
    /// An amount in yuan that may be negative.
    Balance,
    /// A calendar year.
    Year,
    /// A currency other than the yuan.
    Currency,
    /// Yes or no.
    YesNo,
    /// One of a fixed list.
    Code(fn() -> Vec<CodeName>),
}

impl Cell {
    /// What a reader is told to write there.
    pub(crate) fn expected(self) -> Text {
        match self {
            Self::Text => both!("text", "文字"),
            Self::Key => both!("a key that no other row has", "不重复的编号"),
            Self::Names => both!("names separated by `;`", "以“;”分隔的名称"),
            Self::Party => both!("the `id` of a row of parties", "主体表中的编号"),
            Self::Day => both!("a date written YYYY-MM-DD", "日期，格式 YYYY-MM-DD"),
            Self::Bound => both!(
                "a date written YYYY-MM-DD, empty, `?`, or a date followed by `?`",
                "日期（格式 YYYY-MM-DD）、空、“?”或日期后加“?”"
            ),
            Self::Share => both!(
                "a percentage from 0 to 100 such as 42.86, or a range such as 25-50",
                "0 至 100 之间的百分数（如 42.86）或区间（如 25-50）"
            ),
            Self::Shares => both!("a number of shares that is not negative", "非负的股数"),
            Self::Money => {
                both!("an amount in yuan, not negative, such as 1250000.50", "非负金额（元），如 1250000.50")
            }
            Self::Balance => both!("an amount in yuan such as -1250000.50", "金额（元），如 -1250000.50"),
            Self::Year => both!("a year such as 2022", "年份，如 2022"),
            Self::Currency => both!(
                "empty for yuan, or the three letters of a currency such as USD",
                "人民币留空，其他币种填三位代码，如 USD"
            ),
            Self::YesNo => both!("`yes` or `no`, or empty", "“是”或“否”，或空"),
            Self::Code(list) => {
                let join = |name: fn(&CodeName) -> &'static str, comma: &str| {
                    list().iter().map(name).collect::<Vec<_>>().join(comma)
                };
                let (en, zh) = (join(|name| name.0, ", "), join(|name| name.1, "、"));
                both!("one of {en}", "以下之一：{zh}")
            }
        }
    }
}

/// One column.
pub(crate) struct Column {
    /// English heading.
    pub(crate) en: &'static str,
    /// Chinese heading.
    pub(crate) zh: &'static str,
    /// Whether every row needs it.
    pub(crate) required: bool,
    /// What it holds.
    pub(crate) cell: Cell,
}

/// One table.
pub(crate) struct TableSchema {
    /// The table; `None` for `settings`.
    pub(crate) table: Option<Table>,
    /// English name.
    pub(crate) en: &'static str,
    /// Chinese name.
    pub(crate) zh: &'static str,
    /// Its columns, in the order of `dataset.md`.
    pub(crate) columns: &'static [Column],
}

impl TableSchema {
    /// The position of the column with this heading, English or Chinese.
    pub(crate) fn position(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.en == heading || column.zh == heading)
    }

    /// The column with this heading.
    pub(crate) fn column(&self, heading: &str) -> Option<&'static Column> {
        self.position(heading).and_then(|position| self.columns.get(position))
    }
}

const fn must(en: &'static str, zh: &'static str, cell: Cell) -> Column {
    Column { en, zh, required: true, cell }
}

const fn may(en: &'static str, zh: &'static str, cell: Cell) -> Column {
    Column { en, zh, required: false, cell }
}

const FROM: Column = may("from", "起始日", Cell::Bound);
const UNTIL: Column = may("until", "截止日", Cell::Bound);
const AGREED: Column = may("agreed", "协议生效日", Cell::Day);
const SOURCE: Column = may("source", "来源", Cell::Text);

/// The code and the Chinese name of every member of an enum of codes.
macro_rules! list {
    ($codes:ident) => {
        Cell::Code(|| $codes::ALL.iter().map(|code| (code.code(), code.zh())).collect())
    };
}

/// The settings there are.
pub(crate) const SETTINGS: &[CodeName] = &[("subject", "上市公司"), ("rules", "规则"), ("language", "语言")];

macro_rules! table {
    ($table:ident, $en:literal, $zh:literal, [$($column:expr),+ $(,)?]) => {
        TableSchema { table: Some(Table::$table), en: $en, zh: $zh, columns: &[$($column),+] }
    };
}

/// Every table, in the order of `dataset.md`, and `settings` at the end.
pub(crate) static TABLES: [TableSchema; 16] = [
    table!(
        Parties,
        "parties",
        "主体",
        [
            must("id", "编号", Cell::Key),
            must("name", "名称", Cell::Text),
            must("kind", "类型", list!(PartyKind)),
            may("identifier", "证件号码", Cell::Text),
            may("birth_date", "出生日期", Cell::Day),
            may("listed", "上市地", Cell::Text),
            may("aliases", "曾用名", Cell::Names),
            may("country", "国别", Cell::Text),
        ]
    ),
    table!(
        Holdings,
        "holdings",
        "持股",
        [
            must("holder", "持有人", Cell::Party),
            must("company", "被持有主体", Cell::Party),
            may("percent", "持股比例", Cell::Share),
            may("shares", "持股数", Cell::Shares),
            may("total_shares", "总股本", Cell::Shares),
            may("votes_percent", "表决权比例", Cell::Share),
            FROM,
            UNTIL,
            AGREED,
            SOURCE,
        ]
    ),
    table!(
        Proxies,
        "proxies",
        "表决权委托",
        [
            must("principal", "委托方", Cell::Party),
            must("agent", "受托方", Cell::Party),
            must("company", "公司", Cell::Party),
            may("votes_percent", "表决权比例", Cell::Share),
            FROM,
            UNTIL,
            AGREED,
            SOURCE,
        ]
    ),
    table!(
        Controls,
        "controls",
        "控制关系",
        [
            must("controller", "控制人", Cell::Party),
            must("controlled", "被控制主体", Cell::Party),
            may("basis", "控制方式", list!(ControlBasis)),
            may("joint", "共同控制组", Cell::Text),
            may("effect", "效力", list!(Effect)),
            FROM,
            UNTIL,
            AGREED,
            SOURCE,
        ]
    ),
    table!(
        Concert,
        "concert",
        "一致行动",
        [
            must("group", "一致行动组", Cell::Text),
            must("member", "成员", Cell::Party),
            may("company", "公司", Cell::Party),
            may("lead", "主导方", Cell::YesNo),
            FROM,
            UNTIL,
            AGREED,
            SOURCE,
        ]
    ),
    table!(
        Positions,
        "positions",
        "任职",
        [
            must("person", "任职人", Cell::Party),
            must("organisation", "任职单位", Cell::Party),
            must("role", "职务", list!(Role)),
            FROM,
            UNTIL,
            AGREED,
            SOURCE,
        ]
    ),
    table!(
        Kinships,
        "kinships",
        "亲属",
        [
            must("person", "本人", Cell::Party),
            must("relative", "亲属", Cell::Party),
            must("relation", "亲属关系", list!(Relation)),
            FROM,
            UNTIL,
            SOURCE,
        ]
    ),
    table!(
        Designations,
        "designations",
        "认定",
        [
            must("party", "主体", Cell::Party),
            must("authority", "认定机构", list!(Authority)),
            may("reason", "理由", Cell::Text),
            FROM,
            UNTIL,
            SOURCE,
        ]
    ),
    table!(
        VoteRestrictions,
        "vote_restrictions",
        "表决权受限",
        [
            must("shareholder", "股东", Cell::Party),
            must("beneficiary", "相对方", Cell::Party),
            must("company", "公司", Cell::Party),
            may("reason", "原因", Cell::Text),
            FROM,
            UNTIL,
            SOURCE,
        ]
    ),
    table!(
        Financials,
        "financials",
        "财务",
        [
            must("party", "主体", Cell::Party),
            must("period_end", "期末", Cell::Day),
            may("net_assets", "经审计净资产", Cell::Balance),
            may("total_assets", "总资产", Cell::Money),
            may("revenue", "营业收入", Cell::Balance),
            may("net_profit", "净利润", Cell::Balance),
            may("market_value", "市值", Cell::Money),
            SOURCE,
        ]
    ),
    table!(
        Transactions,
        "transactions",
        "交易",
        [
            must("id", "编号", Cell::Key),
            must("date", "日期", Cell::Day),
            must("counterparty", "交易对方", Cell::Party),
            may("side", "我方主体", Cell::Party),
            must("kind", "交易类型", list!(Kind)),
            may("amount", "金额", Cell::Money),
            may("subject_matter", "标的", Cell::Text),
            may("exemption", "豁免情形", Cell::Text),
            may("exemption_facts", "豁免依据", Cell::Text),
            may("approved", "已履行程序", list!(Approval)),
            may("approved_on", "履行程序日", Cell::Day),
            may("forecast", "日常预计", Cell::Text),
            may("currency", "币种", Cell::Currency),
            may("rate", "汇率", Cell::Money),
            may("ends", "协议期满日", Cell::Day),
            may("direction", "方向", list!(Direction)),
            may("target", "标的公司", Cell::Party),
            may("book_value", "账面值", Cell::Money),
            may("total_amount", "各方合计金额", Cell::Money),
            may("assurance", "盈利担保或者回购承诺", Cell::YesNo),
            may("pricing", "定价依据", list!(Pricing)),
            SOURCE,
        ]
    ),
    table!(
        Forecasts,
        "forecasts",
        "日常关联交易预计",
        [
            must("forecast", "日常预计", Cell::Text),
            must("group", "主体或其集团", Cell::Party),
            must("kind", "交易类型", list!(Kind)),
            must("year", "年度", Cell::Year),
            must("amount", "金额", Cell::Money),
            may("approved", "已履行程序", list!(Approval)),
            may("approved_on", "履行程序日", Cell::Day),
            SOURCE,
        ]
    ),
    table!(
        Particulars,
        "particulars",
        "交易要素",
        [
            must("transaction", "交易编号", Cell::Text),
            must("item", "要素", list!(Item)),
            must("text", "内容", Cell::Text),
            SOURCE,
        ]
    ),
    table!(
        Declarations,
        "declarations",
        "关联人申报",
        [
            must("declarant", "申报人", Cell::Party),
            must("party", "关联人", Cell::Party),
            must("date", "申报日", Cell::Day),
            may("relation", "关联关系", Cell::Text),
            may("grounds", "适用条款", Cell::Text),
            SOURCE,
        ]
    ),
    table!(
        Movements,
        "movements",
        "权益变动",
        [
            may("holder", "持有人", Cell::Party),
            may("group", "一致行动组", Cell::Text),
            must("company", "公司", Cell::Party),
            must("kind", "变动类型", list!(MovementKind)),
            may("percent", "变动比例", Cell::Share),
            must("date", "变动日", Cell::Day),
            may("since", "起算日", Cell::Day),
            SOURCE,
        ]
    ),
    TableSchema {
        table: None,
        en: "settings",
        zh: "设置",
        columns: &[must("key", "键", Cell::Code(|| SETTINGS.to_vec())), may("value", "值", Cell::Text)],
    },
];

/// The description of `settings`.
pub(crate) fn settings() -> &'static TableSchema {
    let [.., last] = &TABLES;
    last
}

/// The description of a table.
pub(crate) fn of(table: Table) -> &'static TableSchema {
    TABLES.iter().find(|schema| schema.table == Some(table)).unwrap_or_else(|| settings())
}

/// The table with this name, English (in any case of letters, as file systems differ) or Chinese.
pub(crate) fn named(name: &str) -> Option<&'static TableSchema> {
    let name = name.trim();
    TABLES.iter().find(|schema| schema.en.eq_ignore_ascii_case(name) || schema.zh == name)
}
