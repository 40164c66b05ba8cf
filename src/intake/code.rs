//! The table of finding codes: what may be wrong with a dataset, and whether it stops an answer.

use serde::{Deserialize, Serialize};

/// Whether a finding stops an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// No answer is given until it is mended.
    Error,
    /// The answer stands, and the reader should know.
    Warning,
}

/// One code, its severity and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeInfo {
    /// Stable name: `unknown-party`.
    pub code: &'static str,
    /// Whether it stops an answer.
    pub severity: Severity,
    /// What it means, in English.
    pub en: &'static str,
    /// What it means, in Chinese.
    pub zh: &'static str,
}

/// Declares the codes and the table of them.
macro_rules! finding_codes {
    ($($severity:ident $variant:ident $code:literal $en:literal $zh:literal;)+) => {
        /// A code of the table.
        // Those of workbooks stand in the table also where workbooks are not read: a packed file may tell of them.
        #[cfg_attr(not(feature = "xlsx"), allow(dead_code))]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code { $($variant,)+ }

        /// Every code there is, errors first.
        pub const CODES: &[CodeInfo] =
            &[$(CodeInfo { code: $code, severity: Severity::$severity, en: $en, zh: $zh },)+];

        impl Code {
            pub(crate) fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            pub(crate) fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

finding_codes! {
    Error MissingTable "missing-table" "a table that every dataset needs is missing" "缺少必备的表";
    Error NotUtf8 "not-utf8" "the file is not written in UTF-8" "文件编码不是 UTF-8";
    Error NotJson "not-json" "the file is not JSON" "文件不是有效的 JSON";
    Error NotWorkbook "not-a-workbook" "the file cannot be read as a workbook" "文件无法作为工作簿读取";
    Error WrongShape "wrong-shape" "the JSON is not an object of tables of rows of plain values" "JSON 结构不符：应为“表 → 行 → 单值”";
    Error UnclosedQuote "unclosed-quote" "a quotation mark is opened and never closed" "引号未闭合";
    Error WrongCellCount "wrong-cell-count" "a row has more or fewer cells than the header" "单元格数与表头不一致";
    Error DuplicateTable "duplicate-table" "a table is given twice" "同一张表出现两次";
    Error DuplicateColumn "duplicate-column" "a column is given twice" "同一列出现两次";
    Error MissingColumn "missing-column" "a required column is missing" "缺少必填列";
    Error DuplicateSetting "duplicate-setting" "a setting is given twice" "同一设置出现两次";
    Error RequiredCellEmpty "required-cell-empty" "a required cell is empty" "必填单元格为空";
    Error CellError "cell-error" "a cell shows an error, or has a formula without a value" "单元格为错误值，或者公式没有计算结果";
    Error DigitsLost "digits-lost" "a number in a workbook has lost digits that were written" "工作簿中的数字丢失了原填写的数位";
    Error BadDate "bad-date" "a date cannot be read" "日期无法识别";
    Error BadNumber "bad-number" "a number cannot be read" "数字无法识别";
    Error RangeReversed "range-reversed" "a range begins above its end" "区间下限大于上限";
    Error NotOnList "unknown-code" "a value is not on its fixed list" "取值不在规定清单内";
    Error UnknownParty "unknown-party" "a party is named that is not in the table of parties" "引用了主体表中没有的主体";
    Error PercentOutOfBounds "percent-out-of-bounds" "a share lies outside 0 to 100 %" "比例不在 0 至 100% 之间";
    Error SharesDisagree "shares-disagree" "the percentage and the ratio of the shares differ" "持股比例与按股数计算的比例不一致";
    Error SharesIncomplete "shares-incomplete" "only one of shares and total shares is given" "持股数与总股本只填了一项";
    Error NegativeAmount "negative-amount" "an amount is negative" "金额或股数为负";
    Error RateMissing "rate-missing" "an amount in another currency has no rate, or one in yuan has one" "外币金额缺少汇率，或者人民币金额填写了汇率";
    Error UntilBeforeFrom "until-before-from" "a row ends before it begins" "截止日早于起始日";
    Error BasisMissing "basis-missing" "a row that asserts control does not say how" "认定控制的行未写控制方式";
    Error DuplicateParty "duplicate-party" "two parties have one id" "主体编号重复";
    Error DuplicateTransaction "duplicate-transaction" "two transactions have one id" "交易编号重复";
    Error DuplicateFinancials "duplicate-financials" "two rows give one party's figures for one day" "同一主体同一期末有两行财务数据";
    Error PersonExpected "person-expected" "a person is needed and the party is none" "此处应为自然人";
    Error OrganisationExpected "organisation-expected" "an organisation is needed and the party is a person" "此处应为组织而非自然人";
    Error UnknownTransaction "unknown-transaction" "a transaction is named that is not in the table of transactions" "引用了交易表中没有的交易";
    Error HolderUnclear "holder-unclear" "a movement names neither a holder nor a group, or both" "权益变动未写明持有人或者一致行动组，或者两项都填写了";
    Error OwnKin "own-kin" "somebody is stated to be kin of oneself" "本人与亲属为同一人";
    Error CapitalOver100 "capital-over-100" "more than 100 % of a company is held on one day" "某日持股比例合计超过 100%";
    Error SubjectNotListed "subject-not-listed" "the subject is not a listed company" "所问主体不是上市公司";
    Warning UnknownTable "unknown-table" "a table is not one of a dataset's and was not read" "不认识的表，未读取";
    Warning RowsAboveHeadings "rows-above-headings" "rows of a sheet stand above its headings and were not read" "工作表表头之上有内容，未读取";
    Warning UnknownColumn "unknown-column" "a column is not one of its table's and was not read" "不认识的列，未读取";
    Warning UnknownForecast "unknown-forecast" "a forecast is named that is not in the table of forecasts" "引用了日常预计表中没有的预计";
    Warning UnknownGroup "unknown-group" "a concert group is named that is not in the table of concert" "引用了一致行动表中没有的组";
    Warning UnknownSetting "unknown-setting" "a setting is not known and was not used" "不认识的设置，未使用";
    Warning BeginsBeforeAgreed "begins-before-agreed" "a row begins before its agreement took effect" "起始日早于协议生效日";
    Warning VotesOver100 "votes-over-100" "more than 100 % of a company's votes are stated for one day" "某日表决权合计超过 100%";
    Warning SelfHolding "self-holding" "a company holds shares of itself" "公司持有自身股份";
    Warning RepeatedHolding "repeated-holding" "one holding is written twice and counts twice" "同一持股重复填写，将被重复计算";
    Warning TwoMarriages "two-marriages" "somebody has two spouses at once" "同一时间有两个配偶";
    Warning ParentYounger "parent-younger" "a parent is not older than the child" "父母不比子女年长";
    Warning ContradictoryKinship "contradictory-kinship" "two persons are kin in ways that exclude each other" "两人的亲属关系互相矛盾";
    Warning NoExecutivePartner "no-executive-partner" "nobody is stated to be a partnership's executive partner" "合伙企业没有执行事务合伙人";
    Warning BirthDateMissing "birth-date-missing" "a child's birth date is missing, and the child counts as of age" "子女缺少出生日期，按已成年处理";
    Warning BadIdentifier "bad-identifier" "an identifier fails its check digit or has the wrong length" "证件号码校验不通过";
    Warning BirthDateDiffers "birth-date-differs" "the identity card and the birth date differ" "身份证号码与出生日期不一致";
    Warning SimilarNames "similar-names" "two parties have nearly the same name" "两个主体名称几乎相同";
}
