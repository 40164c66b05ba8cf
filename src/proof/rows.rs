//! What one row of the dataset says, in a sentence, with its place and its source.

use super::words::{self, Names};
use crate::facts::{Amount, Effect, Facts, Lang, RowRef, Table};

/// Speaks for the rows a proof rests on.
pub struct Rows<'f> {
    facts: &'f Facts,
    names: &'f Names<'f>,
    lang: Lang,
}

impl<'f> Rows<'f> {
    /// Rows of these facts, with parties named as `names` has it.
    #[must_use]
    pub fn new(facts: &'f Facts, names: &'f Names<'f>, lang: Lang) -> Self {
        Self { facts, names, lang }
    }

    /// `持股表第5行：甲持有乙42.86%，2019-01-01起（来源：…）` or `holdings row 5: A holds 42.86 % of B, from … (source: …)`.
    #[must_use]
    pub fn line(&self, row: RowRef) -> String {
        let source = self.facts.source(row).filter(|source| !source.trim().is_empty());
        let source = source
            .map(|source| self.lang.pick(format!("（来源：{source}）"), format!(" (source: {source})")))
            .unwrap_or_default();
        format!("{}{source}", self.short(row))
    }

    /// The same without the source.
    #[must_use]
    pub fn short(&self, row: RowRef) -> String {
        let place = words::row(row, self.lang);
        let Some(said) = self.said(row) else {
            return place;
        };
        let period = self.facts.period(row).map(|period| words::period(&period, self.lang)).unwrap_or_default();
        let period = if period.is_empty() { period } else { format!("{}{period}", self.lang.pick("，", ", ")) };
        format!("{place}{}{said}{period}", self.lang.pick("：", ": "))
    }

    /// What the row says, without its place and its days; the place of a row that nothing is said of.
    #[must_use]
    pub fn words(&self, row: RowRef) -> String {
        self.said(row).unwrap_or_else(|| words::row(row, self.lang))
    }

    fn said(&self, row: RowRef) -> Option<String> {
        let (zh, i) = (self.lang == Lang::Zh, row.index());
        let name = |party| self.names.of(self.facts.id(party));
        Some(match row.table {
            Table::Parties => {
                let party = self.facts.parties().get(i)?;
                let who = self.names.of(party.id);
                match party.birth_date {
                    Some(day) if zh => format!("{who}，出生日期{day}"),
                    Some(day) => format!("{who}, born on {day}"),
                    None if party.is_person() && zh => format!("{who}，出生日期未填"),
                    None if party.is_person() => format!("{who}, birth date not given"),
                    None => who,
                }
            }
            Table::Holdings => {
                let r = self.facts.holdings().get(i)?;
                let (holder, company, share) = (name(r.holder), name(r.company), amount(&r.percent, self.lang));
                let votes = r.votes_percent.as_ref().map(|votes| amount(votes, self.lang));
                match (zh, votes) {
                    (true, None) => format!("{holder}持有{company}{share}"),
                    (true, Some(votes)) => format!("{holder}持有{company}{share}（表决权{votes}）"),
                    (false, None) => format!("{holder} holds {share} of {company}"),
                    (false, Some(votes)) => format!("{holder} holds {share} of {company} (votes: {votes})"),
                }
            }
            Table::Proxies => {
                let r = self.facts.proxies().get(i)?;
                let (from, to, company) = (name(r.principal), name(r.agent), name(r.company));
                match (zh, r.votes_percent.as_ref().map(|votes| amount(votes, self.lang))) {
                    (true, Some(votes)) => format!("{from}将{company}{votes}的表决权委托给{to}"),
                    (true, None) => format!("{from}将其在{company}的全部表决权委托给{to}"),
                    (false, Some(votes)) => format!("{from} has passed {votes} of the votes in {company} to {to}"),
                    (false, None) => format!("{from} has passed all its votes in {company} to {to}"),
                }
            }
            Table::Controls => {
                let r = self.facts.controls().get(i)?;
                let (a, b) = (name(r.controller), name(r.controlled));
                let how = words::control_basis(r.basis, self.lang);
                let joint = r.joint;
                let joint =
                    joint.map(|label| self.lang.pick(format!("（共同控制组{label}）"), format!(" (jointly: {label})")));
                let joint = joint.unwrap_or_default();
                match (zh, r.effect) {
                    (true, Effect::Asserts) => format!("{a}控制{b}，控制方式：{how}{joint}"),
                    (true, Effect::Denies) => format!("认定{a}不控制{b}{joint}"),
                    (false, Effect::Asserts) => format!("{a} controls {b} {how}{joint}"),
                    (false, Effect::Denies) => format!("{a} is found not to control {b}{joint}"),
                }
            }
            Table::Concert => {
                let r = self.facts.concert().get(i)?;
                let (member, group) = (name(r.member), &r.group);
                let about = match r.company.map(name) {
                    Some(company) => self.lang.pick(format!("就{company}"), format!(" about {company}")),
                    None => String::new(),
                };
                let lead = if r.lead { self.lang.pick("（主导方）", ", as its lead") } else { "" };
                self.lang.pick(
                    format!("{member}{about}属于一致行动组“{group}”{lead}"),
                    format!("{member} belongs to the concert group “{group}”{about}{lead}"),
                )
            }
            Table::Positions => {
                let r = self.facts.positions().get(i)?;
                let (who, place, role) = (name(r.person), name(r.organisation), words::as_role(r.role, self.lang));
                self.lang.pick(format!("{who}任{place}{role}"), format!("{who} is {role} of {place}"))
            }
            Table::Kinships => {
                let r = self.facts.kinships().get(i)?;
                let relation = words::relation(r.relation, self.lang);
                let (a, b) = (name(r.person), name(r.relative));
                self.lang.pick(format!("{b}是{a}的{relation}"), format!("{b} is the {relation} of {a}"))
            }
            Table::Designations => {
                let r = self.facts.designations().get(i)?;
                let (who, reason) = (name(r.party), r.reason.filter(|reason| !reason.trim().is_empty()));
                let en = words::authority(r.authority, Lang::En);
                let reason =
                    reason.map(|r| self.lang.pick(format!("，理由：{r}"), format!(": {r}"))).unwrap_or_default();
                self.lang.pick(
                    format!("{}认定{who}为关联人{reason}", r.authority.zh()),
                    format!("{en} treats {who} as related{reason}"),
                )
            }
            Table::VoteRestrictions => {
                let r = self.facts.vote_restrictions().get(i)?;
                let (a, b, company) = (name(r.shareholder), name(r.beneficiary), name(r.company));
                self.lang.pick(
                    format!("{a}在{company}的表决权因{b}受限"),
                    format!("the votes of {a} in {company} are restricted in favour of {b}"),
                )
            }
            Table::Declarations => {
                let r = self.facts.declarations().get(i)?;
                let (who, party, day) = (name(r.declarant), name(r.party), r.date);
                let said = [r.relation, r.grounds].into_iter().flatten().filter(|text| !text.trim().is_empty());
                let said = said.collect::<Vec<_>>().join(self.lang.pick("，", ", "));
                let said = match said.is_empty() {
                    true => said,
                    false => self.lang.pick(format!("（{said}）"), format!(" ({said})")),
                };
                self.lang.pick(
                    format!("{who}于{day}申报{party}为关联人{said}"),
                    format!("on {day} {who} declared {party} as related{said}"),
                )
            }
            Table::Movements => {
                let r = self.facts.movements().get(i)?;
                let who = r.holder.map_or_else(|| r.group.unwrap_or_default().to_owned(), name);
                words::movement(&r, &who, &name(r.company), self.lang)
            }
            Table::Financials | Table::Transactions | Table::Forecasts | Table::Particulars => return None,
        })
    }
}

/// A share as the dataset states it.
#[must_use]
pub fn amount(amount: &Amount, lang: Lang) -> String {
    match amount {
        Amount::Exact(value) => lang.pick(format!("{value}%"), format!("{value} %")),
        Amount::Range(least, greatest) => {
            lang.pick(format!("{least}%至{greatest}%"), format!("{least} to {greatest} %"))
        }
        Amount::Unknown => lang.pick("（比例不详）", "an unknown share").to_owned(),
    }
}
