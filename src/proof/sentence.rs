//! What one step of a proof establishes, as a sentence that a lawyer would write.

use super::words::{self, Names};
use super::{Conclusion, Measure, Step, sums};
use crate::facts::{ControlBasis, Facts, Lang, Percent, Relation, Role, RowRef, Table};
use crate::law::Pack;
use chrono::NaiveDate;

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
    /// The sentence of a step, without a full stop; `premises` are the steps it rests on, in order. It opens with its
    /// day, unless that is the day `said` already.
    #[must_use]
    pub fn of(&self, step: &Step, premises: &[&Step], said: Option<NaiveDate>) -> String {
        let text = self.undated(step, premises);
        match &step.conclusion {
            // It names both its days by itself.
            Conclusion::Deemed { .. } => text,
            conclusion => self.dated(day_of(conclusion), said, text),
        }
    }

    fn dated(&self, day: NaiveDate, said: Option<NaiveDate>, text: String) -> String {
        if said == Some(day) {
            return text;
        }
        self.lang.pick(format!("{day}，{text}"), format!("on {day}, {text}"))
    }

    fn undated(&self, step: &Step, premises: &[&Step]) -> String {
        let zh = self.lang == Lang::Zh;
        match &step.conclusion {
            Conclusion::Ground { party, ground, day } => self.ground(step, premises, party, ground, *day),
            Conclusion::Deemed { party, ground, basis, day, as_of } => {
                self.deemed(party, ground, basis == "arranged", *day, *as_of)
            }
            Conclusion::Exempt { party, .. } => self.exempt(premises, party),
            Conclusion::Controls { controller, controlled, day, votes } => {
                self.controls(step, premises, controller, controlled, *day, votes.as_ref())
            }
            Conclusion::Stake { party, measure, percent, .. } => self.stake(step, premises, party, *measure, percent),
            Conclusion::Family { person, relative, relation, .. } => {
                let (person, relative) = (self.names.of(person), self.names.of(relative));
                let relation = Relation::from_code(relation)
                    .map_or_else(|| relation.clone(), |relation| words::relation(relation, self.lang));
                let fifty_one = words::article("51", self.lang);
                if zh {
                    format!("{relative}是{person}的{relation}，属于关系密切的家庭成员（{fifty_one}）")
                } else {
                    format!("{relative} is the {relation} of {person} and thus close family ({fifty_one})")
                }
            }
            Conclusion::Officer { person, organisation, role, .. } => {
                let (person, organisation) = (self.names.of(person), self.names.of(organisation));
                let role = self.as_role(role);
                self.lang
                    .pick(format!("{person}任{organisation}{role}"), format!("{person} is {role} of {organisation}"))
            }
        }
    }

    /// A chain of control, said once for all its links: `A controls D through B and C`.
    #[must_use]
    pub fn chain(&self, parties: &[&str], day: NaiveDate, said: Option<NaiveDate>) -> String {
        let names: Vec<String> = parties.iter().map(|party| self.names.of(party)).collect();
        let (first, last) = (names.first().map_or("", String::as_str), names.last().map_or("", String::as_str));
        let path = names.join(" → ");
        let text = self.lang.pick(
            format!("{first}通过下列链条控制{last}：{path}"),
            format!("{first} controls {last} through the chain {path}"),
        );
        self.dated(day, said, text)
    }

    fn ground(&self, step: &Step, premises: &[&Step], party: &str, ground: &str, day: NaiveDate) -> String {
        let article = words::article(ground, self.lang);
        // Several persons or posts may lead to one ground; each is a reason of its own.
        let width = match step.rule.as_str() {
            "5.3" | "7.3" | "7.4" => 2,
            "7.2" => 1,
            _ => premises.len(),
        };
        let x = self.names.of(party);
        let reasons: Vec<(String, String)> =
            premises.chunks(width.max(1)).map(|way| self.reason(step, way, &x, day)).collect();
        let (zh, en) = match &reasons[..] {
            [] => self.reason(step, premises, &x, day),
            [one] => one.clone(),
            several => {
                let (zh, en): (Vec<String>, Vec<String>) = several.iter().cloned().unzip();
                (zh.join("；"), en.join("; "))
            }
        };
        self.lang.pick(format!("{zh}，属于{article}所列情形"), format!("{en}: {article}"))
    }

    fn reason(&self, step: &Step, premises: &[&Step], x: &str, day: NaiveDate) -> (String, String) {
        let subject = self.names.of(self.subject);
        let threshold = self.pack.numbers(day).holder_threshold.display();
        let other = |at: usize| premises.get(at).map(|p| self.names.of(first_party(&p.conclusion))).unwrap_or_default();
        let conclusion = |at: usize| premises.get(at).map(|step| &step.conclusion);
        let stake = match conclusion(0) {
            Some(Conclusion::Stake { percent, .. }) => percent.display(),
            _ => String::new(),
        };
        let officer = |at: usize| match conclusion(at) {
            Some(Conclusion::Officer { role, .. }) => Some(self.as_role(role)),
            _ => None,
        };
        match step.rule.as_str() {
            "5.1" => (format!("{x}控制{subject}"), format!("{x} controls {subject}")),
            "5.2" => {
                let g = other(0);
                (
                    format!("{x}与{subject}同受{g}控制"),
                    format!("{x} is controlled by {g}, which also controls {subject}"),
                )
            }
            "5.2.exception" => {
                let (g, six) = (other(0), words::article("6", self.lang));
                (
                    format!(
                        "{x}与{subject}同受{g}控制，且其负责人或者半数以上董事兼任{subject}董事、监事或者高级管理人员，不适用{six}的豁免"
                    ),
                    format!(
                        "{x} is controlled by {g}, which also controls {subject}, and it shares its head or half of its directors with {subject}, so that {six} does not exempt it"
                    ),
                )
            }
            "5.3" => {
                let (p, seven) = (other(0), self.ground_of(premises));
                match officer(1) {
                    Some(role) => (
                        format!("关联自然人{p}（{seven}）任{x}{role}"),
                        format!("{p}, related by {seven}, is {role} of {x}"),
                    ),
                    None => {
                        (format!("关联自然人{p}（{seven}）控制{x}"), format!("{p}, related by {seven}, controls {x}"))
                    }
                }
            }
            "5.4" => (
                format!("{x}{}{subject}{stake}%的股份，达到{threshold}%", self.holds(premises.first().copied())),
                format!(
                    "{x}{} {stake} % of {subject}, which reaches {threshold} %",
                    self.holds(premises.first().copied())
                ),
            ),
            "5.4.common_control" => {
                let q = other(0);
                (
                    format!(
                        "{x}持有{subject}的股份并受{q}控制；同一控制下的持有人视为一致行动人（收购管理办法{eighty_three}），{q}所控制的持股合计{stake}%，达到{threshold}%",
                        eighty_three = words::article("83", self.lang)
                    ),
                    format!(
                        "{x} holds shares of {subject} and is controlled by {q}; holders under one control act in concert (takeover rules, {eighty_three}), and those under {q} together hold {stake} %, which reaches {threshold} %",
                        eighty_three = words::article("83", self.lang)
                    ),
                )
            }
            "7.1" => match conclusion(0) {
                Some(Conclusion::Controls { .. }) => (format!("{x}控制{subject}"), format!("{x} controls {subject}")),
                _ => (
                    format!("{x}{}{subject}{stake}%的股份，达到{threshold}%", self.holds(premises.first().copied())),
                    format!(
                        "{x}{} {stake} % of {subject}, which reaches {threshold} %",
                        self.holds(premises.first().copied())
                    ),
                ),
            },
            "7.2" => match officer(0) {
                Some(role) => (
                    format!("{x}任{subject}{role}，是其董事、监事或者高级管理人员"),
                    format!("{x}, {role} of {subject}, is one of its directors, supervisors and senior managers"),
                ),
                None => (
                    format!("{x}是{subject}的董事、监事或者高级管理人员"),
                    format!("{x} is a director, supervisor or senior manager of {subject}"),
                ),
            },
            "7.3" => {
                let (g, role) = (other(0), officer(1).unwrap_or_default());
                (
                    format!("{x}任{g}{role}，而{g}控制{subject}"),
                    format!("{x} is {role} of {g}, which controls {subject}"),
                )
            }
            "7.4" => {
                let (p, seven) = (other(0), self.ground_of(premises));
                (
                    format!("{x}是关联自然人{p}（{seven}）关系密切的家庭成员"),
                    format!("{x} is close family of {p}, who is related by {seven}"),
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

    fn exempt(&self, premises: &[&Step], party: &str) -> String {
        let (x, subject) = (self.names.of(party), self.names.of(self.subject));
        let body = premises.first().map(|p| self.names.of(first_party(&p.conclusion))).unwrap_or_default();
        let six = words::article("6", self.lang);
        self.lang.pick(
            format!("{x}与{subject}仅同受国有资产管理机构{body}控制，且{x}的负责人、半数以上董事不兼任{subject}董事、监事或者高级管理人员，依{six}不因此形成关联关系"),
            format!("{x} and {subject} have only the state body {body} as common controller, and neither the head nor half of the directors of {x} hold office in {subject}, so that this makes it no related party: {six}"),
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
        let sum = sums::votes(self.facts, step, self.lang)
            .map(|sum| self.lang.pick(format!("（{sum}）"), format!(" ({sum})")));
        let (votes, sum) = (votes.map(Percent::display).unwrap_or_default(), sum.unwrap_or_default());
        let alone = premises.is_empty() && !rests_on(step, Table::Concert) && !rests_on(step, Table::Kinships);
        let (zh_who, en_who) = if alone {
            (x.clone(), x.clone())
        } else {
            (
                format!("{x}连同其控制、与其一致行动的主体"),
                format!("{x}, counting those it controls and those in concert,"),
            )
        };
        let (zh, en) = match step.rule.as_str() {
            "control.majority" => {
                let over = &numbers.control_majority;
                (
                    format!("{zh_who}拥有{z}{votes}%的表决权{sum}，超过{over}%，因此控制{z}"),
                    format!(
                        "{en_who} has {votes} % of the votes in {z}{sum}, more than {over} %, and thus controls it"
                    ),
                )
            }
            "control.presumption" => {
                let (over, source) = (&numbers.control_presumption, words::article("84", self.lang));
                (
                    format!(
                        "{zh_who}拥有上市公司{z}{votes}%的表决权{sum}，超过{over}%，又无其他方的表决权不低于此数，推定{x}控制{z}（收购管理办法{source}）"
                    ),
                    format!(
                        "{en_who} has {votes} % of the votes in the listed company {z}{sum}, more than {over} %, and nobody else has as many, so that {x} is presumed to control it (takeover rules, {source})"
                    ),
                )
            }
            "control.declared" => {
                let how = words::control_basis(self.declared_basis(step), self.lang);
                (format!("{x}控制{z}，控制方式：{how}"), format!("{x} controls {z} {how}"))
            }
            _ => (format!("{x}控制{z}"), format!("{x} controls {z}")),
        };
        self.lang.pick(zh, en)
    }

    fn stake(&self, step: &Step, premises: &[&Step], party: &str, measure: Measure, percent: &Percent) -> String {
        let (x, subject) = (self.names.of(party), self.names.of(self.subject));
        let holds = self.holds(Some(step));
        let sum = sums::stake(self.facts, step, premises, self.subject, self.lang).unwrap_or_default();
        let how = match measure {
            _ if self.only_direct(step) => "",
            Measure::LookThrough => self.lang.pick("逐层穿透计算", "looking through every layer"),
            Measure::Multiply => self.lang.pick("逐层相乘计算", "multiplying along the chains"),
            Measure::Controlled | Measure::Direct => "",
        };
        let note: Vec<&str> = [how, &sum].into_iter().filter(|part| !part.is_empty()).collect();
        let note = match note.as_slice() {
            [] => String::new(),
            parts => self.lang.pick(format!("（{}）", parts.join("：")), format!(" ({})", parts.join(": "))),
        };
        self.lang.pick(
            format!("{x}{holds}{subject}{percent}%的股份{note}"),
            format!("{x}{holds} {percent} % of {subject}{note}"),
        )
    }

    /// The verb of a stake, with whose holdings are counted: ` holds`, or `, with those it controls, holds`.
    fn holds(&self, stake: Option<&Step>) -> &'static str {
        let Some((step, Conclusion::Stake { measure, .. })) = stake.map(|step| (step, &step.conclusion)) else {
            return self.lang.pick("持有", " holds");
        };
        let concert = rests_on(step, Table::Concert) || rests_on(step, Table::Kinships);
        let whole = matches!(measure, Measure::Controlled) || self.only_direct(step);
        let (zh, en) = match (measure, step.premises.is_empty(), concert) {
            (Measure::LookThrough | Measure::Multiply, _, false) if !whole => {
                ("直接、间接合计持有", " holds, directly and indirectly,")
            }
            (Measure::LookThrough | Measure::Multiply, _, true) if !whole => (
                "连同与其一致行动的主体直接、间接合计持有",
                ", counting those in concert, holds, directly and indirectly,",
            ),
            (Measure::Direct, _, false) => ("直接持有", " directly holds"),
            (Measure::Direct, _, true) => {
                ("连同与其一致行动的主体直接持有", ", counting those in concert, directly holds")
            }
            (_, true, false) => ("持有", " holds"),
            (_, true, true) => ("连同与其一致行动的主体合计持有", ", counting those in concert, holds"),
            (_, false, false) => ("连同其控制的主体合计持有", ", counting those it controls, holds"),
            (_, false, true) => {
                ("连同其控制、与其一致行动的主体合计持有", ", counting those it controls and those in concert, holds")
            }
        };
        self.lang.pick(zh, en)
    }

    /// Whether every holding the step shows is one of the subject itself.
    fn only_direct(&self, step: &Step) -> bool {
        let subject = self.facts.party_id(self.subject);
        let mut rows = step.facts.iter().filter(|row| row.table == Table::Holdings);
        rows.all(|row| self.facts.holdings().get(row.index()).map(|holding| holding.company) == subject)
    }

    /// The article by which the first of the premises makes a party related.
    fn ground_of(&self, premises: &[&Step]) -> String {
        match premises.first().map(|step| &step.conclusion) {
            Some(Conclusion::Ground { ground, .. } | Conclusion::Deemed { ground, .. }) => {
                words::article(ground, self.lang)
            }
            _ => String::new(),
        }
    }

    fn as_role(&self, code: &str) -> String {
        Role::from_code(code).map_or_else(|| code.to_owned(), |role| words::as_role(role, self.lang))
    }

    fn declared_basis(&self, step: &Step) -> Option<ControlBasis> {
        let row = step.facts.iter().find(|row: &&RowRef| row.table == Table::Controls)?;
        self.facts.controls().get(row.index())?.basis
    }
}

fn rests_on(step: &Step, table: Table) -> bool {
    step.facts.iter().any(|row| row.table == table)
}

/// The day a conclusion is about.
pub(super) fn day_of(conclusion: &Conclusion) -> NaiveDate {
    match conclusion {
        Conclusion::Ground { day, .. }
        | Conclusion::Exempt { day, .. }
        | Conclusion::Controls { day, .. }
        | Conclusion::Stake { day, .. }
        | Conclusion::Family { day, .. }
        | Conclusion::Officer { day, .. } => *day,
        Conclusion::Deemed { as_of, .. } => *as_of,
    }
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
