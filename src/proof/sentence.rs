//! What one step of a proof establishes, as a sentence that a lawyer would write.

use super::words::{self, Names};
use super::{Conclusion, Measure, Step};
use crate::facts::{ControlBasis, Facts, Lang, Percent, Relation, Role, RowRef, Table};
use crate::law::Pack;
use chrono::NaiveDate;

/// How a ground's party and the company are called in its reason.
struct Who {
    /// The party where it opens the sentence; may be empty.
    opening: String,
    /// The party elsewhere in it.
    within: String,
    /// The company.
    subject: String,
}

/// Puts steps into words, for one subject under one rule pack.
pub struct Sentences<'a> {
    /// The dataset.
    pub facts: &'a Facts,
    /// The rule pack, for its thresholds.
    pub pack: &'a Pack,
    /// How parties are named.
    pub names: &'a Names<'a>,
    /// Id of the listed company.
    pub subject: &'a str,
    /// In which language.
    pub lang: Lang,
}

impl Sentences<'_> {
    /// The sentence of a step, without a full stop; `premises` are the steps it rests on, in order.
    #[must_use]
    pub fn of(&self, step: &Step, premises: &[&Step]) -> String {
        let zh = self.lang == Lang::Zh;
        match &step.conclusion {
            Conclusion::Ground { party, ground, day } => self.ground(step, premises, party, ground, *day),
            Conclusion::Deemed { party, ground, basis, day, as_of } => {
                self.deemed(party, ground, basis == "arranged", *day, *as_of)
            }
            Conclusion::Exempt { party, day } => self.exempt(premises, party, *day),
            Conclusion::Controls { controller, controlled, day, votes } => {
                self.controls(step, premises, controller, controlled, *day, votes.as_ref())
            }
            Conclusion::Stake { party, measure, percent, day } => self.stake(step, party, *measure, percent, *day),
            Conclusion::Family { person, relative, relation, day } => {
                let (person, relative) = (self.names.of(person), self.names.of(relative));
                let relation = Relation::from_code(relation)
                    .map_or_else(|| relation.clone(), |relation| words::relation(relation, self.lang));
                let fifty_one = words::article("51", self.lang);
                if zh {
                    format!("{day}，{relative}是{person}的{relation}，属于关系密切的家庭成员（{fifty_one}）")
                } else {
                    format!("on {day}, {relative} is the {relation} of {person} and thus close family ({fifty_one})")
                }
            }
            Conclusion::Officer { person, organisation, role, day } => {
                let (person, organisation) = (self.names.of(person), self.names.of(organisation));
                let role = self.role(role);
                if zh {
                    format!("{day}，{person}任{organisation}{role}")
                } else {
                    format!("on {day}, {person} is {role} of {organisation}")
                }
            }
        }
    }

    /// A chain of control, said once for all its links: `A controls D through B and C`.
    #[must_use]
    pub fn chain(&self, parties: &[&str], day: NaiveDate) -> String {
        let names: Vec<String> = parties.iter().map(|party| self.names.of(party)).collect();
        let (first, last) = (names.first().map_or("", String::as_str), names.last().map_or("", String::as_str));
        let path = names.join(" → ");
        self.lang.pick(
            format!("{day}，{first}通过下列链条控制{last}：{path}"),
            format!("on {day}, {first} controls {last} through the chain {path}"),
        )
    }

    /// Why a ground holds, for a table that names the party and the company elsewhere: `controls the company, directly
    /// or indirectly`.
    #[must_use]
    pub fn reason(&self, step: &Step, premises: &[&Step]) -> Option<String> {
        let Conclusion::Ground { day, .. } = &step.conclusion else {
            return None;
        };
        let who = Who {
            opening: String::new(),
            within: self.lang.pick("其", "it").to_owned(),
            subject: self.lang.pick("公司", "the company").to_owned(),
        };
        let (zh, en) = self.reasons(step, premises, &who, *day);
        Some(self.lang.pick(zh, en.trim_start_matches([',', ' ']).to_owned()))
    }

    fn ground(&self, step: &Step, premises: &[&Step], party: &str, ground: &str, day: NaiveDate) -> String {
        let article = words::article(ground, self.lang);
        let name = self.names.of(party);
        let who = Who { opening: name.clone(), within: name, subject: self.names.of(self.subject) };
        let (zh, en) = self.reasons(step, premises, &who, day);
        self.lang.pick(format!("{day}，{zh}，属于{article}所列情形"), format!("on {day}, {en}: {article}"))
    }

    fn reasons(&self, step: &Step, premises: &[&Step], who: &Who, day: NaiveDate) -> (String, String) {
        let Who { opening: x, within, subject } = who;
        let threshold = self.pack.numbers(day).holder_threshold.display();
        let other = |at: usize| premises.get(at).map(|p| self.names.of(first_party(&p.conclusion))).unwrap_or_default();
        match step.rule.as_str() {
            "5.1" => {
                (format!("{x}直接或者间接控制{subject}"), format!("{x} controls {subject}, directly or indirectly"))
            }
            "5.2" => {
                let g = other(0);
                (format!("{x}与{subject}同受{g}控制"), format!("{x} is controlled by {g}, who also controls {subject}"))
            }
            "5.2.exception" => {
                let (g, six) = (other(0), words::article("6", self.lang));
                (
                    format!(
                        "{x}与{subject}同受{g}控制，且其负责人或者半数以上董事兼任{subject}董事、监事或者高级管理人员，不适用{six}的豁免"
                    ),
                    format!(
                        "{x} is controlled by {g}, who also controls {subject}, and it shares its head or half of its directors with {subject}, so that {six} does not exempt it"
                    ),
                )
            }
            "5.3" => {
                let p = other(0);
                match premises.get(1).map(|step| &step.conclusion) {
                    Some(Conclusion::Officer { role, .. }) => {
                        let role = self.role(role);
                        (
                            format!("关联自然人{p}在{within}任{role}"),
                            format!("{p}, a related person, is {role} of {within}"),
                        )
                    }
                    _ => (format!("关联自然人{p}控制{within}"), format!("{p}, a related person, controls {within}")),
                }
            }
            "5.4" => (
                format!("{x}连同其控制、与其一致行动的主体合计持有{subject}{threshold}%以上股份"),
                format!(
                    "{x}, with those it controls and those in concert with it, holds {threshold} % or more of {subject}"
                ),
            ),
            "5.4.common_control" => {
                let q = other(0);
                (
                    format!(
                        "{x}持有{subject}股份并受{q}控制；同一控制下的持有人视为一致行动人，合计持股达到{threshold}%"
                    ),
                    format!(
                        "{x} holds shares of {subject} and is controlled by {q}; holders under one control act in concert and together reach {threshold} %"
                    ),
                )
            }
            "7.1" => match premises.first().map(|step| &step.conclusion) {
                Some(Conclusion::Controls { .. }) => (format!("{x}控制{subject}"), format!("{x} controls {subject}")),
                _ => (
                    format!("{x}直接或者间接持有{subject}{threshold}%以上股份"),
                    format!("{x} holds {threshold} % or more of {subject}, directly or indirectly"),
                ),
            },
            "7.2" => (
                format!("{x}是{subject}的董事、监事或者高级管理人员"),
                format!("{x} is a director, supervisor or senior manager of {subject}"),
            ),
            "7.3" => {
                let g = other(0);
                (
                    format!("{x}是控制{subject}的{g}的董事、监事或者高级管理人员"),
                    format!("{x} is a director, supervisor or senior manager of {g}, which controls {subject}"),
                )
            }
            "7.4" => {
                let p = other(0);
                (
                    format!("{x}是关联自然人{p}关系密切的家庭成员"),
                    format!("{x} is close family of {p}, a related person"),
                )
            }
            "8.2" => (
                format!("{x}被认定为{subject}的关联人（实质重于形式）"),
                format!("{x} is designated as related to {subject}, substance over form"),
            ),
            _ => (format!("{x}是{subject}的关联人"), format!("{x} is a related party of {subject}")),
        }
    }

    fn deemed(&self, party: &str, ground: &str, arranged: bool, day: NaiveDate, as_of: NaiveDate) -> String {
        let x = self.names.of(party);
        let (article, eight) = (words::article(ground, self.lang), words::article("8.1", self.lang));
        let months = self.pack.numbers(as_of).window_months;
        match (self.lang, arranged) {
            (Lang::Zh, false) => {
                format!("{x}最后于{day}存在{article}所列情形，距{as_of}不超过{months}个月，依{eight}视同关联人")
            }
            (Lang::Zh, true) => {
                format!(
                    "因已生效的协议或者安排，{x}自{day}起将具有{article}所列情形，距{as_of}不超过{months}个月，依{eight}视同关联人"
                )
            }
            (Lang::En, false) => format!(
                "{x} last fell under {article} on {day}, not more than {months} months before {as_of}, and is deemed related by {eight}"
            ),
            (Lang::En, true) => format!(
                "{x} will fall under {article} from {day} by an arrangement already made, not more than {months} months after {as_of}, and is deemed related by {eight}"
            ),
        }
    }

    fn exempt(&self, premises: &[&Step], party: &str, day: NaiveDate) -> String {
        let (x, subject) = (self.names.of(party), self.names.of(self.subject));
        let body = premises.first().map(|p| self.names.of(first_party(&p.conclusion))).unwrap_or_default();
        let six = words::article("6", self.lang);
        self.lang.pick(
            format!("{day}，{x}与{subject}仅同受国有资产管理机构{body}控制，依{six}不因此形成关联关系"),
            format!("on {day}, {x} and {subject} have only the state body {body} as common controller, which makes no related party: {six}"),
        )
    }

    fn controls(
        &self,
        step: &Step,
        premises: &[&Step],
        controller: &str,
        controlled: &str,
        day: NaiveDate,
        votes: Option<&Percent>,
    ) -> String {
        let (x, z) = (self.names.of(controller), self.names.of(controlled));
        let numbers = self.pack.numbers(day);
        let votes = votes.map(Percent::display).unwrap_or_default();
        let alone = premises.is_empty() && !rests_on(step, Table::Concert) && !rests_on(step, Table::Kinships);
        let (zh_who, en_who, en_has) = if alone {
            (x.clone(), x.clone(), "has")
        } else {
            (
                format!("{x}连同其控制、与其一致行动的主体"),
                format!("{x}, with those it controls and those in concert with it,"),
                "has",
            )
        };
        let (zh, en) = match step.rule.as_str() {
            "control.majority" => {
                let over = &numbers.control_majority;
                (
                    format!("{zh_who}拥有{z}{votes}%的表决权，超过{over}%，{x}因此控制{z}"),
                    format!(
                        "{en_who} {en_has} {votes} % of the votes in {z}, more than {over} %, so that {x} controls it"
                    ),
                )
            }
            "control.presumption" => {
                let (over, source) = (&numbers.control_presumption, words::article("84", self.lang));
                (
                    format!(
                        "{zh_who}拥有上市公司{z}{votes}%的表决权，超过{over}%，又无其他方的表决权不低于此数，推定{x}控制{z}（收购管理办法{source}）"
                    ),
                    format!(
                        "{en_who} {en_has} {votes} % of the votes in the listed company {z}, more than {over} %, and nobody else has as many, so that {x} is presumed to control it (takeover rules, {source})"
                    ),
                )
            }
            "control.declared" => {
                let how = words::control_basis(self.declared_basis(step), self.lang);
                (format!("{x}控制{z}，控制方式：{how}"), format!("{x} controls {z} {how}"))
            }
            _ => (format!("{x}控制{z}"), format!("{x} controls {z}")),
        };
        self.lang.pick(format!("{day}，{zh}"), format!("on {day}, {en}"))
    }

    fn stake(&self, step: &Step, party: &str, measure: Measure, percent: &Percent, day: NaiveDate) -> String {
        let (x, subject) = (self.names.of(party), self.names.of(self.subject));
        let concert = rests_on(step, Table::Concert) || rests_on(step, Table::Kinships);
        let (zh, en) = match (measure, step.premises.is_empty() && !concert) {
            (Measure::Controlled, true) => ("持有", "holds"),
            (Measure::Controlled, false) => (
                "连同其控制、与其一致行动的主体合计持有",
                ", with those it controls and those in concert with it, holds",
            ),
            (Measure::Direct, true) => ("直接持有", "directly holds"),
            (Measure::Direct, false) => {
                ("连同与其一致行动的主体直接持有", ", with those in concert with it, directly holds")
            }
            (Measure::LookThrough, _) => ("直接、间接（逐层穿透计算）合计持有", "holds, directly and by look-through,"),
            (Measure::Multiply, _) => {
                ("直接、间接（逐层相乘计算）合计持有", "holds, directly and by multiplying along the chains,")
            }
        };
        let gap = if en.starts_with(',') { "" } else { " " };
        self.lang.pick(
            format!("{day}，{x}{zh}{subject}{percent}%的股份"),
            format!("on {day}, {x}{gap}{en} {percent} % of {subject}"),
        )
    }

    fn role(&self, code: &str) -> String {
        Role::from_code(code).map_or_else(|| code.to_owned(), |role| words::role(role, self.lang))
    }

    fn declared_basis(&self, step: &Step) -> Option<ControlBasis> {
        let row = step.facts.iter().find(|row: &&RowRef| row.table == Table::Controls)?;
        self.facts.controls.get(row.index())?.basis
    }
}

fn rests_on(step: &Step, table: Table) -> bool {
    step.facts.iter().any(|row| row.table == table)
}

/// The party a conclusion is about first: who controls, who holds, who is related.
fn first_party(conclusion: &Conclusion) -> &str {
    match conclusion {
        Conclusion::Ground { party, .. }
        | Conclusion::Deemed { party, .. }
        | Conclusion::Exempt { party, .. }
        | Conclusion::Stake { party, .. } => party,
        Conclusion::Controls { controller, .. } => controller,
        Conclusion::Family { person, .. } | Conclusion::Officer { person, .. } => person,
    }
}
