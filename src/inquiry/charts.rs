//! Charts: who is tied to whom, drawn.

use super::{Inquiry, Refusal};
use crate::intake::both;
use crate::register::Group;
use crate::report::ChartReport;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Drawn<'a> {
    /// The whole register.
    Register,
    /// The chain of one party.
    Chain(&'a str),
    /// The direct ties of one party.
    Around(&'a str),
    /// The group a party is in, from its top down.
    Group(&'a str),
}

impl Inquiry<'_> {
    /// Draws a chart.
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn chart<R>(&self, drawn: Drawn<'_>, then: impl FnOnce(&ChartReport<'_>) -> R) -> Result<R, Refusal> {
        let (question, resolver) = (self.question(), self.resolver());
        match drawn {
            Drawn::Register => {
                let register = resolver.register(&question);
                Ok(self.show(&question, |context| then(&ChartReport::register(context, &register))))
            }
            Drawn::Chain(party) => {
                let answers = resolver.check(&question, &[self.party(party)?]);
                let answer = answers
                    .parties
                    .first()
                    .ok_or_else(|| Refusal::Failed(both!("there is no answer about the party", "没有得到答案")))?;
                Ok(self.show(&question, |context| then(&ChartReport::party(context, &answers, answer))))
            }
            Drawn::Around(party) => {
                let party = self.party(party)?;
                Ok(self.show(&question, |context| then(&ChartReport::around(context, &resolver, party))))
            }
            Drawn::Group(party) => {
                let party = self.party(party)?;
                let groups = resolver.groups(&question, &[party]);
                let alone = Group { top: party, members: Vec::new() };
                let group = groups.groups.iter().find(|group| group.top == party).or(groups.groups.first());
                Ok(self.show(&question, |context| then(&ChartReport::group(context, &groups, group.unwrap_or(&alone)))))
            }
        }
    }
}
