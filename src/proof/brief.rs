//! Why a ground holds, in the few words that a table has room for: the ties that decide, with their numbers.
//!
//! The words name no day and have no tense, so that the same words serve a ground of today and one of the past.

use super::words::{self, Names};
use super::{Conclusion, Step, StepId, sums};
use crate::facts::{ControlBasis, Facts, Lang, Percent, Relation, Role, RowRef, Table};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Puts the reasons of one answer's lines into a few words.
pub struct Brief<'a> {
    /// The dataset.
    facts: &'a Facts,
    /// How parties are named.
    names: &'a Names<'a>,
    /// Id of the listed company.
    subject: &'a str,
    /// In which language.
    lang: Lang,
    steps: FxHashMap<StepId, &'a Step>,
}

impl<'a> Brief<'a> {
    /// Reasons among these steps.
    #[must_use]
    pub fn new(facts: &'a Facts, names: &'a Names<'a>, subject: &'a str, lang: Lang, steps: &'a [Step]) -> Self {
        Self { facts, names, subject, lang, steps: steps.iter().map(|step| (step.id, step)).collect() }
    }

    /// The reason of the line that this step proves; of a deemed one, that of the ground it is deemed by.
    #[must_use]
    pub fn reason(&self, proof: StepId) -> String {
        let Some(step) = self.steps.get(&proof) else { return String::new() };
        match (&step.conclusion, self.premise(step, 0)) {
            (Conclusion::Deemed { .. }, Some(ground)) => self.ground(ground),
            _ => self.ground(step),
        }
    }

    /// Who controls whom by this step, and how; nothing of a step about anything else.
    #[must_use]
    pub fn controls(&self, proof: StepId) -> Option<String> {
        let step = self.steps.get(&proof)?;
        let Conclusion::Controls { controller, controlled, .. } = &step.conclusion else { return None };
        let (x, z, how) = (self.names.of(controller), self.names.of(controlled), self.control(step));
        Some(self.lang.pick(format!("{x}控制{z}（{how}）"), format!("{x} controls {z} ({how})")))
    }

    /// The rows that these steps rest on, through all their premises, in the order of the tables. O(steps below them).
    #[must_use]
    pub fn rows(&self, proofs: &[StepId]) -> Vec<RowRef> {
        let (mut rows, mut seen): (BTreeSet<RowRef>, BTreeSet<StepId>) = Default::default();
        let mut open: Vec<StepId> = proofs.to_vec();
        while let Some(id) = open.pop() {
            if let Some(step) = self.steps.get(&id).filter(|_| seen.insert(id)) {
                rows.extend(&step.facts);
                open.extend(&step.premises);
            }
        }
        rows.into_iter().collect()
    }

    fn premise(&self, step: &Step, at: usize) -> Option<&'a Step> {
        step.premises.get(at).and_then(|id| self.steps.get(id)).copied()
    }

    fn ground(&self, step: &Step) -> String {
        let first = self.premise(step, 0);
        let second = self.premise(step, 1);
        let whom = first.map(|step| self.of_first(step)).unwrap_or_default();
        let how = |step: Option<&Step>| step.map(|step| self.control(step)).unwrap_or_default();
        let (zh, en) = match step.rule.as_str() {
            "5.1" => (format!("控制公司（{}）", how(first)), format!("control of the company ({})", how(first))),
            "5.2" | "5.2.exception" => {
                let (company, party) = (how(first), how(second));
                let shared = self.shared(step);
                (
                    format!("与公司（{company}）同受{whom}控制（{party}）{shared}"),
                    format!("controlled by {whom} ({party}), like the company ({company}){shared}"),
                )
            }
            "5.3" => match second.map(|step| &step.conclusion) {
                Some(Conclusion::Officer { role, .. }) => {
                    let role = self.role(role);
                    (format!("{whom}任{role}"), format!("{whom} as {role}"))
                }
                _ => (format!("受{whom}控制（{}）", how(second)), format!("controlled by {whom} ({})", how(second))),
            },
            "5.4" | "7.1" => match first.map(|step| &step.conclusion) {
                Some(Conclusion::Stake { percent, .. }) => self.held(first, percent),
                _ => (format!("控制公司（{}）", how(first)), format!("control of the company ({})", how(first))),
            },
            "5.4.common_control" => {
                let total = match first.map(|step| &step.conclusion) {
                    Some(Conclusion::Stake { percent, .. }) => self.percent(percent),
                    _ => String::new(),
                };
                let own: Percent = self.own_holdings(step);
                let own = self.percent(&own);
                (
                    format!("持股{own}；控制方{whom}控制的持股合计{total}"),
                    format!("holding {own}; its controller {whom} has {total} with all it controls"),
                )
            }
            "7.2" => match first.map(|step| &step.conclusion) {
                Some(Conclusion::Officer { role, .. }) => {
                    let role = self.role(role);
                    (format!("公司{role}"), format!("{role} of the company"))
                }
                _ => (String::new(), String::new()),
            },
            "7.3" => match second.map(|step| &step.conclusion) {
                Some(Conclusion::Officer { role, .. }) => {
                    let role = self.role(role);
                    (format!("{whom}{role}"), format!("{role} of {whom}"))
                }
                _ => (String::new(), String::new()),
            },
            "7.4" => match second.map(|step| &step.conclusion) {
                Some(Conclusion::Family { relation, .. }) => {
                    let relation = Relation::from_code(relation)
                        .map_or_else(|| relation.clone(), |relation| words::relation(relation, self.lang));
                    (format!("{whom}的{relation}"), format!("{relation} of {whom}"))
                }
                _ => (String::new(), String::new()),
            },
            "8.2" => self.designated(step),
            "6" => {
                let (company, party) = (how(first), how(second));
                (
                    format!("与公司（{company}）仅同受国有资产管理机构{whom}控制（{party}）"),
                    format!("only the state body {whom} controls both it ({party}) and the company ({company})"),
                )
            }
            _ => (String::new(), String::new()),
        };
        let ways = match step.rule.as_str() {
            "5.3" | "7.3" | "7.4" => step.premises.len() / 2,
            "7.2" => step.premises.len(),
            _ => 1,
        };
        match ways.saturating_sub(1) {
            0 => self.lang.pick(zh, en),
            more => self.lang.pick(format!("{zh}（另有{more}项）"), format!("{en} (and {more} more)")),
        }
    }

    /// `壬示例（第七条（一））`: a person or controller with the ground it is related on.
    fn of_first(&self, step: &Step) -> String {
        let name = |id: &str| self.names.of(id);
        match &step.conclusion {
            Conclusion::Ground { party, ground, .. } | Conclusion::Deemed { party, ground, .. } => {
                self.lang.pick(format!("{}（{ground}）", name(party)), format!("{} ({ground})", name(party)))
            }
            Conclusion::Exempt { party, .. } | Conclusion::Stake { party, .. } => name(party),
            Conclusion::Controls { controller, .. } => name(controller),
            Conclusion::Family { person, .. } | Conclusion::Officer { person, .. } => name(person),
        }
    }

    /// How a control works: the votes of every link, or in words where it was declared; `100 % → 51 %`.
    fn control(&self, step: &Step) -> String {
        let mut links = Vec::new();
        let mut pending = vec![step];
        while let Some(step) = pending.pop() {
            if step.rule == "control.through" {
                pending.extend(step.premises.iter().rev().filter_map(|id| self.steps.get(id).copied()));
            } else if let Conclusion::Controls { votes: Some(votes), .. } = &step.conclusion {
                links.push(match sums::votes(self.facts, step, self.lang) {
                    Some(sum) => format!("{sum} = {}", self.percent(votes)),
                    None => self.percent(votes),
                });
            } else {
                let row = step.facts.iter().find(|row: &&RowRef| row.table == Table::Controls);
                let basis: Option<ControlBasis> = row.and_then(|row| self.facts.controls().get(row.index())?.basis);
                links.push(words::control_basis(basis, self.lang).to_owned());
            }
        }
        const MOST: usize = 4;
        if links.len() > MOST {
            let count = links.len();
            return self.lang.pick(format!("{count}层控制链"), format!("a chain of {count} links"));
        }
        links.join(" → ")
    }

    fn held(&self, step: Option<&Step>, percent: &Percent) -> (String, String) {
        let percent = self.percent(percent);
        let Some(step) = step else { return (format!("持股{percent}"), format!("holding {percent}")) };
        let premises: Vec<&Step> = step.premises.iter().filter_map(|id| self.steps.get(id).copied()).collect();
        let sum = sums::stake(self.facts, step, &premises, self.subject, self.lang);
        let (equals_zh, equals) = sum.map(|sum| (format!("（{sum}）"), format!(" ({sum})"))).unwrap_or_default();
        let concert = step.facts.iter().any(|row| matches!(row.table, Table::Concert | Table::Kinships));
        let (with_zh, with) = match (premises.is_empty(), concert) {
            (true, true) => ("与一致行动人合计", " in concert"),
            (true, false) => ("", ""),
            (false, true) => ("连同所控制者及一致行动人合计", " with those it controls and in concert"),
            (false, false) => ("连同所控制者合计", " with those it controls"),
        };
        (format!("{with_zh}持股{percent}{equals_zh}"), format!("holding {percent}{with}{equals}"))
    }

    fn own_holdings(&self, step: &Step) -> Percent {
        let rows = step.facts.iter().filter(|row| row.table == Table::Holdings);
        let rows = rows.filter_map(|row| self.facts.holdings().get(row.index()));
        rows.map(|row| row.percent.least().clone()).sum()
    }

    /// Whom a state-owned organisation shares with the company, which takes the exemption of article 6 away.
    fn shared(&self, step: &Step) -> String {
        let mut persons: Vec<String> = Vec::new();
        for at in (2..step.premises.len()).step_by(2) {
            if let Some(Conclusion::Officer { person, role, .. }) = self.premise(step, at).map(|step| &step.conclusion)
            {
                let (person, role) = (self.names.of(person), self.role(role));
                persons.push(self.lang.pick(format!("其{role}{person}"), format!("{person}, its {role},")));
            }
        }
        if persons.is_empty() {
            return String::new();
        }
        let persons = persons.join(self.lang.pick("、", " "));
        self.lang.pick(format!("，{persons}在公司任职"), format!("; {persons} holds office in the company"))
    }

    fn designated(&self, step: &Step) -> (String, String) {
        let row = step.facts.iter().find(|row| row.table == Table::Designations);
        let Some(row) = row.and_then(|row| self.facts.designations().get(row.index())) else {
            return ("认定".to_owned(), "designated".to_owned());
        };
        let reason = row.reason.filter(|reason| !reason.trim().is_empty());
        let authority = words::authority(row.authority, Lang::En);
        (
            format!("{}认定{}", row.authority.zh(), reason.map(|reason| format!("：{reason}")).unwrap_or_default()),
            format!("designated by {authority}{}", reason.map(|reason| format!(": {reason}")).unwrap_or_default()),
        )
    }

    fn role(&self, code: &str) -> String {
        Role::from_code(code).map_or_else(|| code.to_owned(), |role| words::role(role, self.lang))
    }

    fn percent(&self, percent: &Percent) -> String {
        self.lang.pick(format!("{percent}%"), format!("{percent} %"))
    }
}
