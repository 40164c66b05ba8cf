//! Words that proofs and answers share: names of parties, articles, periods, codes.

use super::rows::amount;
use crate::facts::{
    Authority, Bound, ControlBasis, Facts, Lang, Movement, MovementKind, Period, Relation, Role, RowRef, Table,
};

/// Names parties in texts: by name alone, with the id beside it where two parties of the dataset bear one name.
pub struct Names<'f> {
    facts: &'f Facts,
    lang: Lang,
}

impl<'f> Names<'f> {
    /// Names of the parties of some facts. O(1).
    #[must_use]
    pub fn new(facts: &'f Facts, lang: Lang) -> Self {
        Self { facts, lang }
    }

    /// The party's name; its id where the dataset knows no such party.
    #[must_use]
    pub fn of(&self, id: &str) -> String {
        let Some(name) = self.facts.party_id(id).map(|party| self.facts.name(party)) else {
            return id.to_owned();
        };
        if self.facts.named(name).nth(1).is_some() { with_id(name, id, self.lang) } else { name.to_owned() }
    }

    /// The party's name with its id beside it.
    #[must_use]
    pub fn in_full(&self, id: &str) -> String {
        match self.facts.party_id(id).map(|party| self.facts.name(party)) {
            Some(name) if name != id => with_id(name, id, self.lang),
            _ => id.to_owned(),
        }
    }
}

fn with_id(name: &str, id: &str, lang: Lang) -> String {
    lang.pick(format!("{name}（{id}）"), format!("{name} ({id})"))
}

/// `第五条（三）` or `article 5.3` for `5.3`.
#[must_use]
pub fn article(number: &str, lang: Lang) -> String {
    let chinese = || -> Option<String> {
        Some(match number.split_once('.') {
            None => format!("第{}条", chinese_number(number)?),
            Some((article, item)) => format!("第{}条（{}）", chinese_number(article)?, chinese_number(item)?),
        })
    };
    match lang {
        Lang::Zh => chinese().unwrap_or_else(|| format!("第{number}条")),
        Lang::En => format!("article {number}"),
    }
}

/// 1 to 99 in Chinese numerals.
fn chinese_number(text: &str) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number: usize = text.parse().ok().filter(|n| (1..100).contains(n))?;
    let (tens, ones) = (number / 10, number % 10);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        _ => format!("{}十", DIGITS.get(tens)?),
    };
    Some(format!("{tens}{}", DIGITS.get(ones)?))
}

/// `持股表第5行` or `holdings row 5`.
#[must_use]
pub fn row(row: RowRef, lang: Lang) -> String {
    lang.pick(format!("{}表第{}行", row.table.zh(), row.row), format!("{} row {}", table(row.table), row.row))
}

fn table(table: Table) -> String {
    table.code().replace('_', " ")
}

/// A role in words.
#[must_use]
pub fn role(role: Role, lang: Lang) -> String {
    match lang {
        Lang::Zh => role.zh().to_owned(),
        Lang::En => match role {
            Role::PartnerDelegate => "delegate of the executive partner".to_owned(),
            _ => role.code().replace('_', " "),
        },
    }
}

/// A role as it stands after "is": `a director`, `chair`.
#[must_use]
pub fn as_role(of: Role, lang: Lang) -> String {
    let word = role(of, lang);
    match (lang, of) {
        (Lang::Zh, _) => word,
        (Lang::En, Role::Chair | Role::GeneralManager | Role::LegalRepresentative | Role::PartnerDelegate) => word,
        (Lang::En, Role::IndependentDirector | Role::Employee) => format!("an {word}"),
        (Lang::En, _) => format!("a {word}"),
    }
}

/// Who designates, in words.
#[must_use]
pub fn authority(authority: Authority, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => authority.zh(),
        Lang::En => match authority {
            Authority::Csrc => "the CSRC",
            Authority::Exchange => "the exchange",
            Authority::Company => "the company",
        },
    }
}

/// A family relation in words.
#[must_use]
pub fn relation(relation: Relation, lang: Lang) -> String {
    let english = match relation {
        Relation::Spouse => "spouse",
        Relation::Parent => "parent",
        Relation::Child => "child",
        Relation::Sibling => "sibling",
        Relation::SpouseParent => "spouse's parent",
        Relation::ChildSpouse => "child's spouse",
        Relation::SiblingSpouse => "sibling's spouse",
        Relation::SpouseSibling => "spouse's sibling",
        Relation::ChildSpouseParent => "parent of a child's spouse",
    };
    lang.pick(relation.zh(), english).to_owned()
}

/// How a declared control works, in words that follow "controls" (`by agreement`).
#[must_use]
pub fn control_basis(basis: Option<ControlBasis>, lang: Lang) -> &'static str {
    let (zh, en) = match basis {
        Some(ControlBasis::Agreement) => ("协议", "by agreement"),
        Some(ControlBasis::GeneralPartner) => ("执行事务合伙人（普通合伙人）", "as executive partner"),
        Some(ControlBasis::BoardMajority) => ("决定半数以上董事", "by deciding on a majority of the board"),
        Some(ControlBasis::ActualController) => ("实际控制人认定", "by a finding of actual control"),
        Some(ControlBasis::Trust) => ("信托", "by trust"),
        Some(ControlBasis::Other) => ("其他", "by other means"),
        None => ("未写明", "by means not stated"),
    };
    lang.pick(zh, en)
}

/// When a row holds: `from 2019-01-01 until 2021-03-01`; empty for a row without dates.
#[must_use]
pub fn period(period: &Period, lang: Lang) -> String {
    let from = match period.from {
        Bound::Open => None,
        Bound::On(day) => Some(lang.pick(format!("{day}起"), format!("from {day}"))),
        Bound::Near(day) => Some(lang.pick(format!("不晚于{day}起"), format!("from {day} or earlier"))),
        Bound::Unknown => Some(lang.pick("起始日不详".to_owned(), "from an unknown day".to_owned())),
    };
    let until = match period.until {
        Bound::Open => None,
        Bound::On(day) => Some(lang.pick(format!("至{day}"), format!("until {day}"))),
        Bound::Near(day) => Some(lang.pick(format!("至少至{day}"), format!("until {day} or later"))),
        Bound::Unknown => Some(lang.pick("截止日不详".to_owned(), "until an unknown day".to_owned())),
    };
    let agreed = period.agreed.map(|day| lang.pick(format!("协议{day}生效"), format!("agreed on {day}")));
    let parts: Vec<String> = match lang {
        Lang::Zh => [from, until, agreed].into_iter().flatten().collect(),
        Lang::En => {
            let span = [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
            [Some(span).filter(|span| !span.is_empty()), agreed].into_iter().flatten().collect()
        }
    };
    parts.join(lang.pick("，", ", "))
}

/// What a row of movements says, with `who` (a holder or a group) and `company` by name.
#[must_use]
pub fn movement(row: &Movement<'_>, who: &str, company: &str, lang: Lang) -> String {
    let (share, date) = (amount(&row.percent, lang), row.date);
    let zh = match row.kind {
        MovementKind::Bought => format!("{who}增持{company}{share}"),
        MovementKind::Sold => format!("{who}减持{company}{share}"),
        MovementKind::Diluted => format!("{who}持有{company}的比例被动稀释{share}"),
        MovementKind::Concentrated => format!("{who}持有{company}的比例被动增加{share}"),
        MovementKind::Reached => format!("{who}持有{company}的比例变动达到披露比例"),
        MovementKind::Reported => format!("{who}披露其在{company}的权益变动报告书"),
    };
    let en = match row.kind {
        MovementKind::Bought => format!("{who} bought {share} of {company}"),
        MovementKind::Sold => format!("{who} sold {share} of {company}"),
        MovementKind::Diluted => format!("{who} was diluted by {share} in {company}"),
        MovementKind::Concentrated => format!("{who} gained {share} of {company} as shares were cancelled"),
        MovementKind::Reached => format!("the change of what {who} holds in {company} is stated to reach the step"),
        MovementKind::Reported => format!("{who} published a report on its holding in {company}"),
    };
    match row.since {
        Some(since) => lang.pick(format!("{zh}，{since}至{date}合计"), format!("{en}, in all from {since} to {date}")),
        None => lang.pick(format!("{zh}，{date}"), format!("{en}, on {date}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn articles_are_cited_as_the_law_is() {
        for (number, zh) in [
            ("5.3", "第五条（三）"),
            ("6", "第六条"),
            ("51", "第五十一条"),
            ("9.10", "第九条（十）"),
            ("20", "第二十条"),
        ] {
            assert_eq!(article(number, Lang::Zh), zh);
        }
        assert_eq!(article("5.3", Lang::En), "article 5.3");
    }

    #[test]
    fn periods_say_what_is_known() {
        let day = NaiveDate::from_ymd_opt(2019, 4, 30).unwrap_or_default();
        let text = |from, until, lang| period(&Period { from, until, agreed: None }, lang);
        assert_eq!(text(Bound::Open, Bound::Open, Lang::En), "");
        assert_eq!(text(Bound::On(day), Bound::Unknown, Lang::En), "from 2019-04-30 until an unknown day");
        assert_eq!(text(Bound::Open, Bound::Near(day), Lang::Zh), "至少至2019-04-30");
    }
}
