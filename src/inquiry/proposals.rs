//! Transactions that are proposed: `counterparty=X,kind=9.1,amount=…,date=…`.

use super::cells::{cells, value};
use super::{Inquiry, Refusal};
use crate::facts::{Table, Transaction};
use crate::intake::{Finding, Proposal, both, nearest, schema_of};

/// How a proposal is written.
const EXAMPLE: &str = "counterparty=X,kind=9.1,amount=1000000,date=2022-06-01";

/// The proposals of a question.
pub(super) struct Proposals {
    read: Vec<Proposal>,
}

impl Proposals {
    /// Takes the texts apart; parties may be named by id, exact name, alias or identifier.
    pub(super) fn new(inquiry: &Inquiry<'_>, texts: &[String]) -> Result<Self, Refusal> {
        let mut read = Vec::with_capacity(texts.len());
        for (at, text) in texts.iter().enumerate() {
            let number = (texts.len() > 1).then(|| format!("proposed-{}", at + 1));
            read.push(proposal(inquiry, text, number.as_deref())?);
        }
        Ok(Self { read })
    }

    /// The transactions; all that is wrong with any of them is reported together.
    pub(super) fn transactions<'a>(&'a self, inquiry: &'a Inquiry<'_>) -> Result<Vec<Transaction<'a>>, Refusal> {
        let facts = inquiry.dataset.facts();
        let (mut proposed, mut findings): (Vec<Transaction<'a>>, Vec<Finding>) = Default::default();
        for proposal in &self.read {
            match proposal.read(facts) {
                Ok(transaction) => proposed.push(transaction),
                Err(found) => findings.extend(found),
            }
        }
        let taken = |id: &str| facts.transactions().iter().any(|row| row.id == id);
        if let Some(clash) = proposed.iter().find(|transaction| taken(transaction.id)) {
            let id = clash.id;
            return Err(Refusal::Usage(both!(
                "transactions has an id `{id}` already: give the proposal another with id=…",
                "交易表中已有编号“{id}”；请以 id=… 另给编号"
            )));
        }
        if findings.is_empty() { Ok(proposed) } else { Err(Refusal::Rows(findings)) }
    }
}

fn proposal(inquiry: &Inquiry<'_>, text: &str, number: Option<&str>) -> Result<Proposal, Refusal> {
    let (facts, schema) = (inquiry.dataset.facts(), schema_of(Table::Transactions));
    let mut row: Vec<(String, String)> = number.map(|id| ("id".to_owned(), id.to_owned())).into_iter().collect();
    for (column, text) in cells(text, EXAMPLE)? {
        let value = value(facts, schema, &column, &text)?.into_owned();
        row.push((column, value));
    }
    Ok(Proposal::new(row.iter().map(|(column, value)| (column.as_str(), value.as_str()))))
}

/// No transaction has the id: those spelt most like it are named.
pub(super) fn unknown_transaction(inquiry: &Inquiry<'_>, id: &str) -> Refusal {
    let near = nearest(id, inquiry.dataset.facts().transactions().iter().map(|row| row.id));
    let (en, zh) = (near.join(", "), near.join("、"));
    Refusal::Usage(if near.is_empty() {
        both!("no transaction has the id `{id}`", "交易表中没有编号“{id}”")
    } else {
        both!("no transaction has the id `{id}`; did you mean {en}?", "交易表中没有编号“{id}”；是否指{zh}？")
    })
}
