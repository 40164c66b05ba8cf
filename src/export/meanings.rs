//! What tables and columns are for, for who fills them in.

use crate::facts::Lang;
use crate::intake::{Column, TableSchema};

/// What a table says.
pub(super) fn of_table(schema: &TableSchema, lang: Lang) -> &'static str {
    let (zh, en) = match schema.en {
        "parties" => (
            "所有涉及的公司、合伙企业、自然人等；其他各表均以编号引用",
            "every company, partnership, person and so on; all other sheets refer to their ids",
        ),
        "holdings" => ("直接持股（出资）：谁持有谁多少", "direct holdings: who holds how much of whom"),
        "proxies" => ("表决权委托", "votes that one party passes to another"),
        "controls" => (
            "不由表决权产生的控制，或者关于控制的认定与否认",
            "control that does not follow from votes, and findings about control",
        ),
        "concert" => ("一致行动人，每名成员一行", "acting in concert, a row for each member"),
        "positions" => ("董事、监事、高级管理人员等任职", "directors, supervisors, managers and other posts"),
        "kinships" => {
            ("关系密切的家庭成员；“亲属”是“本人”的该种亲属", "close family: `relative` is the `relation` of `person`")
        }
        "designations" => {
            ("监管机构或者公司依实质重于形式认定的关联人", "parties that an authority or the company treats as related")
        }
        "vote_restrictions" => (
            "因股权转让等协议尚未履行完毕而表决权受限的股东",
            "shareholders whose votes are limited by an agreement not yet performed",
        ),
        "financials" => ("财务数据，用于计算比例标准", "figures that thresholds are measured by"),
        "transactions" => ("交易，每笔一行", "transactions, a row for each"),
        "forecasts" => ("日常关联交易的年度预计", "annual forecasts of daily business"),
        "particulars" => ("交易公告所需、数据中没有的要素", "what people state of a transaction for its announcement"),
        "declarations" => ("关联人申报", "what insiders told the board"),
        "movements" => ("权益变动：买入、卖出、稀释等", "what was bought, sold and diluted"),
        _ => ("本数据集的上市公司、规则与语言", "the listed company, the rules and the language"),
    };
    lang.pick(zh, en)
}

/// What a column says beyond its heading, where that is not plain.
pub(super) fn of_column(schema: &TableSchema, column: &Column, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match (schema.en, column.en) {
        ("parties", "id") => {
            ("自定的唯一编号，其他各表以此引用", "a key of your own, by which all other sheets refer to the party")
        }
        ("parties", "identifier") => (
            "身份证号码或者统一社会信用代码；属个人信息，输出时默认遮盖",
            "identity-card number or credit code; masked in what is written",
        ),
        ("parties", "listed") => (
            "上市公司填写交易所代码，如 SSE、SZSE、BSE、HKEX；未上市留空",
            "exchange of a listed company such as SSE, SZSE, BSE, HKEX; else empty",
        ),
        ("parties", "country") => ("ISO 3166 两位代码，如 CN", "ISO 3166 code such as CN"),
        (_, "from") => (
            "有效的第一日；留空表示一直如此，“?”表示日期不详",
            "first day on which the row holds; empty: always; `?`: not known",
        ),
        (_, "until") => (
            "有效的最后一日；留空表示至今，“?”表示日期不详，“2019-04-30?”表示不早于该日",
            "last day on which the row holds; empty: still; `?`: not known; `2019-04-30?`: not before that day",
        ),
        (_, "agreed") => (
            "促成该事项的协议生效之日；没有协议的留空",
            "day the agreement took effect that brings the row about; empty where there is none",
        ),
        (_, "source") => ("依据何处：文件、页码、行", "where the fact is from: document, page, line"),
        ("holdings", "percent") => (
            "直接持股比例，以百分数表示：5 即 5%；也可用百分比格式的单元格",
            "share of the capital held directly, in percent: 5 is 5 %; or a cell formatted as a percentage",
        ),
        ("holdings", "shares" | "total_shares") => {
            ("可代替持股比例，两项须同时填写", "may be given instead of percent; both together")
        }
        ("holdings", "votes_percent") => {
            ("表决权比例与持股比例不同时填写", "where the share of the votes differs from percent")
        }
        ("proxies", "votes_percent") => {
            ("委托的表决权比例；留空为全部", "votes passed; empty: all that the principal has")
        }
        ("controls", "joint") => ("同一标签的各行共同控制", "rows with the same label control jointly"),
        ("controls", "effect") => (
            "留空为认定；“否认”表示认定不存在该控制",
            "empty: asserts; `denies`: a finding that there is no such control",
        ),
        ("concert", "group") => ("同一标签的成员一致行动", "members with the same label act in concert"),
        ("concert", "company") => ("就哪家公司一致行动；留空为所有公司", "of which company; empty: every company"),
        ("concert", "lead") => ("意见不一致时以其意见为准的成员填“是”", "`yes` for a member whose will decides"),
        ("transactions", "side") => {
            ("本集团哪家公司为交易一方；留空为上市公司", "which company of the group deals; empty: the listed company")
        }
        ("transactions", "kind") => ("第九条所列交易类型", "one of the kinds of article 9"),
        ("transactions", "subject_matter") => {
            ("同类交易中标签相同的累计计算", "dealings of one kind with the same label are added up")
        }
        ("transactions", "exemption") => ("所依据的豁免条款", "the exemption relied on"),
        ("transactions", "exemption_facts") => {
            ("豁免所需的事实，如 rate=3.6; security=no", "facts it needs, as `rate=3.6; security=no`")
        }
        ("transactions", "forecast") => ("所属年度预计的标签", "label of the forecast that covers it"),
        ("transactions", "rate") => ("每一单位外币折合人民币元", "yuan for one unit of the currency"),
        ("forecasts", "forecast") => ("自定标签，交易表以此引用", "a label by which transactions refer to it"),
        ("forecasts", "group") => ("交易对方，或者其控制方", "the counterparty, or who controls it"),
        ("movements", "holder" | "group") => ("持有人与一致行动组只填一项", "a holder or a group, not both"),
        ("settings", "value") => (
            "上市公司填写编号或者名称；规则如 sse-2022；语言 zh 或者 en",
            "subject: an id or a name; rules: sse-2022; language: zh or en",
        ),
        _ => return None,
    };
    Some(lang.pick(zh, en))
}
