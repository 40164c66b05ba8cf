//! What is to be filed of each related party (article 12): every layer of direct control or holding between it and the
//! company.
//!
//! The layers are those on which the proofs of its grounds rest, so of everyone whose votes or shares are counted with
//! the party's. They are counted from the company outwards. A post or a family tie is no layer: where only such a tie
//! joins the company to somebody, what that person holds or controls stands in the first layer.

use super::Register;
use crate::facts::{Facts, PartyId, RowRef, Table};
use crate::proof::{StepId, find};
use std::collections::{BTreeMap, BTreeSet};

/// One direct holding, control or proxy between the company and a related party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Layers from the company, counted from 1.
    pub layer: u32,
    /// Who holds, controls or votes.
    pub holder: PartyId,
    /// What is held, controlled or voted in.
    pub held: PartyId,
    /// The row of `holdings`, `controls` or `proxies`.
    pub row: RowRef,
}

/// A related party with its layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledParty {
    /// Who.
    pub party: PartyId,
    /// From the company outwards, by row within a layer; none where neither control nor holdings make it related.
    pub layers: Vec<Layer>,
}

/// What is to be filed of every related party of a register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filing {
    /// In the order of the register.
    pub parties: Vec<FiledParty>,
}

impl Filing {
    /// The layers of every related party of the subject's register. O(steps and rows of its proofs) for each.
    #[must_use]
    pub fn new(facts: &Facts, subject: PartyId, register: &Register) -> Self {
        let filed = register.related.iter().map(|entry| {
            let rows = rows_under(register, entry.grounds.iter().map(|line| line.proof));
            FiledParty { party: entry.party, layers: layers(facts, subject, &rows) }
        });
        Self { parties: filed.collect() }
    }
}

/// Every row on which these steps rest.
fn rows_under(register: &Register, proofs: impl Iterator<Item = StepId>) -> BTreeSet<RowRef> {
    let mut pending: Vec<StepId> = proofs.collect();
    let (mut seen, mut rows) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = pending.pop() {
        if let Some(step) = find(&register.proofs, id).filter(|_| seen.insert(id)) {
            rows.extend(&step.facts);
            pending.extend(&step.premises);
        }
    }
    rows
}

/// Who is tied to whom, and how many layers that is.
type Ties = BTreeMap<PartyId, Vec<(PartyId, u32)>>;

fn layers(facts: &Facts, subject: PartyId, rows: &BTreeSet<RowRef>) -> Vec<Layer> {
    let mut ties = Ties::new();
    let mut all = Ties::new();
    let mut found: Vec<(PartyId, PartyId, RowRef)> = Vec::new();
    for row in rows {
        let at = row.index();
        match row.table {
            Table::Holdings => found.extend(facts.holdings().get(at).map(|r| (r.holder, r.company, *row))),
            Table::Controls => found.extend(facts.controls().get(at).map(|r| (r.controller, r.controlled, *row))),
            Table::Proxies => {
                if let Some(proxy) = facts.proxies().get(at) {
                    found.push((proxy.agent, proxy.company, *row));
                    // Principal and agent vote as one.
                    join(&mut ties, proxy.principal, proxy.agent, 0);
                }
            }
            Table::Positions => {
                facts.positions().get(at).into_iter().for_each(|r| join(&mut all, r.person, r.organisation, 0));
            }
            Table::Kinships => {
                facts.kinships().get(at).into_iter().for_each(|r| join(&mut all, r.person, r.relative, 0));
            }
            _ => {}
        }
    }
    for (holder, held, _) in &found {
        join(&mut ties, *holder, *held, 1);
    }
    let mut away = BTreeMap::from([(subject, 0)]);
    spread(&ties, &mut away);
    // Whoever no holding and no control joins to the company: from where a post or a family tie does.
    for (party, others) in ties {
        all.entry(party).or_default().extend(others);
    }
    spread(&all, &mut away);
    let beyond = away.values().max().copied().unwrap_or_default();
    let mut layers: Vec<Layer> = found
        .into_iter()
        .map(|(holder, held, row)| {
            let nearer = [holder, held].iter().filter_map(|end| away.get(end)).min().copied().unwrap_or(beyond);
            Layer { layer: nearer.saturating_add(1), holder, held, row }
        })
        .collect();
    layers.sort_by_key(|layer| (layer.layer, layer.row));
    layers
}

fn join(ties: &mut Ties, one: PartyId, other: PartyId, layers: u32) {
    ties.entry(one).or_default().push((other, layers));
    ties.entry(other).or_default().push((one, layers));
}

/// How far everyone is whom these ties join to somebody whose distance is known; distances known before stay.
fn spread(ties: &Ties, away: &mut BTreeMap<PartyId, u32>) {
    let known: BTreeSet<PartyId> = away.keys().copied().collect();
    let mut pending: BTreeSet<(u32, PartyId)> = away.iter().map(|(party, far)| (*far, *party)).collect();
    while let Some((far, party)) = pending.pop_first() {
        for (next, layers) in ties.get(&party).into_iter().flatten().filter(|(next, _)| !known.contains(next)) {
            let further = far.saturating_add(*layers);
            if away.get(next).is_none_or(|before| further < *before) {
                away.insert(*next, further);
                pending.insert((further, *next));
            }
        }
    }
}
