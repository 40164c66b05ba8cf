//! Questions about parties. Each hands its answer, ready to be written in any form, to whoever asked.

use super::{Inquiry, Refusal};
use crate::dealings::{Assessor, Ledger, dealt};
use crate::facts::{ConcertMembership, PartyId, Percent};
use crate::intake::both;
use crate::register::{Filing, Holders};
use crate::report::{
    CheckReport, DeclarationsReport, DiffReport, Direction, ExplainReport, FilingReport, GroupsReport, MovementsReport,
    RegisterReport, StakesReport,
};
use chrono::NaiveDate;

/// Which pooled holding is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Pooled<'a> {
    /// A party, or the label of a concert group.
    pub holders: &'a str,
    /// The company that is held; the listed company where there is none.
    pub company: Option<&'a str>,
    /// The first day to list.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: NaiveDate,
}

impl Inquiry<'_> {
    /// The related-party register.
    pub fn register<R>(&self, then: impl FnOnce(&RegisterReport<'_>) -> R) -> R {
        let (question, resolver) = (self.question(), self.resolver());
        let register = resolver.register(&question);
        let remarks = resolver.review(&question, Some(&register));
        self.show(&question, |context| then(&RegisterReport { context, register: &register, remarks: &remarks }))
    }

    /// The verdict on each party.
    ///
    /// # Errors
    /// Where a text names no single party.
    pub fn check<R>(&self, parties: &[String], then: impl FnOnce(&CheckReport<'_>) -> R) -> Result<R, Refusal> {
        let (parties, question) = (self.dataset.parties(parties)?, self.question());
        let answers = self.resolver().check(&question, &parties);
        Ok(self.show(&question, |context| then(&CheckReport { context, answers: &answers })))
    }

    /// The whole proof about one party.
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn explain<R>(&self, party: &str, then: impl FnOnce(&ExplainReport<'_>) -> R) -> Result<R, Refusal> {
        let (party, question) = (self.party(party)?, self.question());
        let answers = self.resolver().check(&question, &[party]);
        let answer = answers
            .parties
            .first()
            .ok_or_else(|| Refusal::Failed(both!("there is no answer about the party", "没有得到答案")))?;
        Ok(self.show(&question, |context| then(&ExplainReport { context, answers: &answers, answer })))
    }

    /// Who stands behind a party, or what it holds; look-through shares below `at_least` left out, their sum stated.
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn stakes<R>(
        &self,
        party: &str,
        direction: Direction,
        at_least: Option<&Percent>,
        then: impl FnOnce(&StakesReport<'_>) -> R,
    ) -> Result<R, Refusal> {
        let (party, question, resolver) = (self.party(party)?, self.question(), self.resolver());
        let stakes = match direction {
            Direction::Owners => resolver.owners(&question, party, at_least),
            Direction::Owned => resolver.owned(&question, party, at_least),
        };
        Ok(self.show(&question, |context| then(&StakesReport { context, direction, stakes: &stakes })))
    }

    /// Counterparties under common control, with what was dealt with them; of all parties where none is named.
    ///
    /// # Errors
    /// Where a text names no single party.
    pub fn groups<R>(&self, parties: &[String], then: impl FnOnce(&GroupsReport<'_>) -> R) -> Result<R, Refusal> {
        let parties = self.dataset.parties(parties)?;
        let (question, resolver) = (self.question(), self.resolver());
        let groups = resolver.groups(&question, &parties);
        let assessments = Assessor::new(&resolver, &question).assess(&Ledger::new(self.dataset.facts(), &[]));
        let dealt = dealt(&assessments, question.as_of, self.pack.numbers(question.as_of).cumulation_months);
        Ok(self.show(&question, |context| then(&GroupsReport { context, groups: &groups, dealt: &dealt })))
    }

    /// What changed in the register between two days.
    ///
    /// # Errors
    /// Where they are the wrong way round.
    pub fn diff<R>(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        then: impl FnOnce(&DiffReport<'_>) -> R,
    ) -> Result<R, Refusal> {
        in_order(from, to)?;
        let question = self.on(to);
        let changes = self.resolver().diff(&question, from, to);
        Ok(self.show(&question, |context| then(&DiffReport { context, from, to, changes: &changes })))
    }

    /// What insiders declared, held against the register.
    pub fn declarations<R>(&self, then: impl FnOnce(&DeclarationsReport<'_>, bool) -> R) -> R {
        let (question, resolver) = (self.question(), self.resolver());
        let register = resolver.register(&question);
        let declarations = resolver.declarations(&question, &register);
        self.show(&question, |context| {
            let report = DeclarationsReport { context, declarations: &declarations, proofs: &register.proofs };
            then(&report, !register.undetermined.is_empty())
        })
    }

    /// The form in which related parties are filed.
    pub fn filing<R>(&self, then: impl FnOnce(&FilingReport<'_>) -> R) -> R {
        let question = self.question();
        let register = self.resolver().register(&question);
        let filing = Filing::new(self.dataset.facts(), question.subject, &register);
        self.show(&question, |context| then(&FilingReport { context, register: &register, filing: &filing }))
    }

    /// A pooled holding day by day, and when its change is to be reported.
    ///
    /// # Errors
    /// Where a text names no single party and no concert group, or the days are the wrong way round.
    pub fn movements<R>(&self, asked: Pooled<'_>, then: impl FnOnce(&MovementsReport<'_>) -> R) -> Result<R, Refusal> {
        if let Some(from) = asked.from {
            in_order(from, asked.to)?;
        }
        let question = self.on(asked.to);
        let company = asked.company.map(|text| self.party(text)).transpose()?.unwrap_or(question.subject);
        let holders = self.holders(asked.holders, company)?;
        let movements = self.resolver().movements(&question, holders, company, asked.from);
        Ok(self.show(&question, |context| {
            let name = match holders {
                Holders::Party(party) => context.in_full(party),
                Holders::Group(label) => label.to_owned(),
            };
            then(&MovementsReport { context, asked: &name, from: asked.from, movements: &movements })
        }))
    }

    /// The party a text names, or else the concert group about the company.
    fn holders<'a>(&self, text: &'a str, company: PartyId) -> Result<Holders<'a>, Refusal> {
        self.party(text).map(Holders::Party).or_else(|refusal| {
            let about = |row: &ConcertMembership<'_>| row.company.is_none_or(|about| about == company);
            let is_group = self.dataset.facts().concert().iter().any(|row| row.group == text && about(&row));
            if is_group { Ok(Holders::Group(text)) } else { Err(refusal) }
        })
    }
}

/// Reads the least stake that is asked for: `1%`, `1 %` or `1`.
///
/// # Errors
/// Where it is no percentage between 0 and 100.
pub fn at_least(text: &str) -> Result<Percent, Refusal> {
    let number = text.trim().trim_end_matches(['%', '％']).trim();
    let within = |percent: &Percent| *percent >= Percent::ZERO && *percent <= Percent::hundred();
    number.parse().ok().filter(within).ok_or_else(|| {
        Refusal::Usage(both!(
            "--at-least `{text}` is no percentage between 0 and 100; write 1% for example",
            "--at-least 的值`{text}`不是0%至100%之间的百分数；例如 1%"
        ))
    })
}

/// Days that are asked about as a span.
pub(super) fn in_order(from: NaiveDate, to: NaiveDate) -> Result<(), Refusal> {
    if from <= to {
        return Ok(());
    }
    Err(Refusal::Usage(both!(
        "--from `{from}` is later than --to `{to}`; exchange them",
        "--from `{from}`晚于 --to `{to}`；请对调"
    )))
}
