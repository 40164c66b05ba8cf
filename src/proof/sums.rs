//! How a percentage comes about, as a sum a reader can follow: `2 % + 8 % × 40 %`.
//!
//! A sum is shown only where it gives exactly the percentage that the step states; where circles, ranges or many
//! chains make it long or inexact, nothing is shown and the rows speak for themselves.

use super::{Conclusion, Measure, Step};
use crate::facts::{Facts, Holding, Lang, PartyId, Percent, Table};
use std::collections::BTreeSet;

/// Sums of more terms are not shown.
const MOST_TERMS: usize = 6;

/// Chains with more links are not shown.
const MOST_FACTORS: usize = 6;

/// The holdings of a percentage multiplied along one chain, from the company upwards.
type Term = Vec<Percent>;

/// The sum behind a stake of the subject; `None` where one holding is all there is to it.
#[must_use]
pub fn stake(facts: &Facts, step: &Step, premises: &[&Step], subject: &str, lang: Lang) -> Option<String> {
    let Conclusion::Stake { party, measure, percent, .. } = &step.conclusion else { return None };
    let subject = facts.party_id(subject)?;
    let terms = match measure {
        Measure::Controlled | Measure::Direct => {
            let own = holdings(facts, step).filter(|row| row.company == subject);
            own.map(|row| vec![row.percent.least().clone()]).collect()
        }
        Measure::LookThrough | Measure::Multiply => {
            chains(facts, step, &block(facts, step, premises, party)?, subject)?
        }
    };
    shown(&terms, percent, None, lang)
}

/// The sum behind the votes of a step of control; `None` where one holding is all there is to it.
#[must_use]
pub fn votes(facts: &Facts, step: &Step, lang: Lang) -> Option<String> {
    let Conclusion::Controls { controlled, votes: Some(votes), .. } = &step.conclusion else { return None };
    let company = facts.party_id(controlled)?;
    let proxies = step.facts.iter().filter(|row| row.table == Table::Proxies);
    let principals: BTreeSet<PartyId> =
        proxies.filter_map(|row| facts.proxies().get(row.index())).map(|proxy| proxy.principal).collect();
    let terms: Vec<Term> = holdings(facts, step)
        .filter(|row| row.company == company && !principals.contains(&row.holder))
        .map(|row| vec![row.votes_percent.as_ref().unwrap_or(&row.percent).least().clone()])
        .collect();
    let own: Percent = terms.iter().flatten().sum();
    let passed = step.facts.iter().any(|row| row.table == Table::Proxies);
    let by_proxy = Some(votes.saturating_sub(&own)).filter(|rest| passed && rest.is_positive());
    shown(&terms, votes, by_proxy, lang)
}

fn holdings<'a>(facts: &'a Facts, step: &'a Step) -> impl Iterator<Item = Holding<'a>> {
    let rows = step.facts.iter().filter(|row| row.table == Table::Holdings);
    rows.filter_map(|row| facts.holdings().get(row.index()))
}

/// The parties whose holdings count whole: the party, whom it controls and who acts in concert, as the step shows them.
fn block(facts: &Facts, step: &Step, premises: &[&Step], party: &str) -> Option<BTreeSet<PartyId>> {
    let mut block = BTreeSet::from([facts.party_id(party)?]);
    for premise in premises {
        if let Conclusion::Controls { controlled, .. } = &premise.conclusion {
            block.insert(facts.party_id(controlled)?);
        }
    }
    let concert = step.facts.iter().filter(|row| row.table == Table::Concert);
    block.extend(concert.filter_map(|row| facts.concert().get(row.index())).map(|row| row.member));
    Some(block)
}

/// Every chain of the step's holdings from the subject up to a member of the block; `None` where there are too many.
fn chains(facts: &Facts, step: &Step, block: &BTreeSet<PartyId>, subject: PartyId) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    let mut pending = vec![(subject, Vec::new())];
    while let Some((company, term)) = pending.pop() {
        if term.len() >= MOST_FACTORS {
            return None;
        }
        for row in holdings(facts, step).filter(|row| row.company == company) {
            let mut longer: Term = term.clone();
            longer.push(row.percent.least().clone());
            if block.contains(&row.holder) {
                terms.push(longer);
            } else {
                pending.push((row.holder, longer));
            }
        }
        if terms.len() + pending.len() > MOST_TERMS * MOST_FACTORS {
            return None;
        }
    }
    terms.sort_by_key(Vec::len);
    Some(terms)
}

fn product(term: &Term) -> Percent {
    term.iter().skip(1).fold(term.first().cloned().unwrap_or_default(), |product, factor| {
        Percent::from(product.value() * factor.fraction())
    })
}

fn shown(terms: &[Term], total: &Percent, by_proxy: Option<Percent>, lang: Lang) -> Option<String> {
    let products: Vec<Percent> = terms.iter().map(product).chain(by_proxy.clone()).collect();
    let factors: usize = terms.iter().map(Vec::len).sum::<usize>() + usize::from(by_proxy.is_some());
    if factors < 2 || terms.len() > MOST_TERMS || &products.iter().sum::<Percent>() != total {
        return None;
    }
    let percent = |value: &Percent| lang.pick(format!("{value}%"), format!("{value} %"));
    let mut parts: Vec<String> =
        terms.iter().map(|term| term.iter().map(percent).collect::<Vec<_>>().join(" × ")).collect();
    parts.extend(by_proxy.map(|votes| {
        let votes = percent(&votes);
        lang.pick(format!("受托{votes}"), format!("{votes} by proxy"))
    }));
    Some(parts.join(" + "))
}
