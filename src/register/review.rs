//! Remarks on the facts that need the graph to be seen: they stop no answer.

use super::resolve::Resolver;
use super::{Question, Register, Remark};
use crate::facts::{Percent, RowRef, Table};
use crate::graph::{Evidence, Kernel, Lens, Node, Pooling, Rounding, Side, node, party};
use crate::packs::sse_2022::control_rules;

impl Resolver<'_> {
    /// Remarks on the facts as they stand on the day asked about, by code and party id: on those of a register alone, or
    /// on all listed companies of the dataset. O(ties about them).
    #[must_use]
    pub fn review(&self, question: &Question, register: Option<&Register>) -> Vec<Remark> {
        let numbers = question.pack.numbers(question.as_of);
        let lens =
            Lens { asked: question.as_of, day: question.as_of, side: Side::Least, months: numbers.window_months };
        let subject = node(question.subject);
        let rules = control_rules(&question.readings, numbers, Some(subject));
        let mut kernel = Kernel::on_day(self.network(), lens, rules);
        let mut remarks = Vec::new();
        if question.as_of < question.pack.in_force_from {
            remarks.push(remark("before-rules-in-force", subject, None, Vec::new()));
        }
        remarks.extend(group_holds_subject(&mut kernel, subject));
        let mut without = kernel.rules().clone();
        without.presumption = None;
        let mut without = Kernel::on_day(self.network(), lens, without);
        let parties: Vec<Node> = match register {
            Some(register) => register.related.iter().map(|entry| node(entry.party)).collect(),
            None => self.facts().party_ids().map(node).collect(),
        };
        let network = self.network();
        let others = parties.into_iter().filter(|party| *party != subject && network.is_listed(*party));
        let listed: Vec<Node> = std::iter::once(subject).chain(others).collect();
        remarks.extend(presumption_alone(&mut kernel, &mut without, listed));
        let mut greatest =
            Kernel::on_day(self.network(), Lens { side: Side::Greatest, ..lens }, kernel.rules().clone());
        remarks.extend(controlling_persons(&mut kernel, &mut greatest, subject, &numbers.holder_threshold));
        remarks.sort_by_key(|remark| {
            let id = |party: crate::facts::PartyId| self.facts().id(party).to_owned();
            (remark.code, id(remark.party), remark.other.map(id))
        });
        remarks
    }
}

fn remark(code: &'static str, about: Node, other: Option<Node>, rows: Vec<RowRef>) -> Remark {
    Remark { code, party: party(about), other: other.map(party), rows }
}

fn holdings(rows: &[u32]) -> Vec<RowRef> {
    rows.iter().map(|row| RowRef::new(Table::Holdings, *row as usize)).collect()
}

/// Company law bars a subsidiary from holding shares of its parent.
fn group_holds_subject(kernel: &mut Kernel, subject: Node) -> Vec<Remark> {
    let group = kernel.controlled_by(subject);
    let capital = kernel.capital(subject);
    group
        .iter()
        .skip(1)
        .filter_map(|member| Some((*member, capital.of(*member).filter(|stake| stake.has_some(Side::Least))?)))
        .map(|(member, stake)| remark("group-holds-subject", member, Some(subject), holdings(stake.rows(Side::Least))))
        .collect()
}

/// Control of a listed company that no majority shows deserves a second look.
fn presumption_alone(kernel: &mut Kernel, without: &mut Kernel, listed: Vec<Node>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for company in listed {
        let controllers = kernel.controllers_on_day(company);
        let otherwise = without.controllers_on_day(company);
        for controller in controllers.into_iter().filter(|controller| !otherwise.contains(controller)) {
            if let Some(Evidence::Votes { presumption: true, block, .. }) = kernel.why(controller, company) {
                let capital = kernel.capital(company);
                let stakes = block.iter().filter_map(|via| capital.of(via.voter));
                let rows = stakes.flat_map(|stake| holdings(stake.rows(Side::Least))).collect();
                remarks.push(remark("presumption-alone", controller, Some(company), rows));
            }
        }
    }
    remarks
}

/// A person who controls the subject with certainly less than the threshold is on no ground by that.
fn controlling_persons(kernel: &mut Kernel, greatest: &mut Kernel, subject: Node, threshold: &Percent) -> Vec<Remark> {
    let facts = kernel.network().facts();
    let controllers = kernel.controllers_on_day(subject);
    let persons = controllers.into_iter().filter(|person| facts.party(party(*person)).is_person());
    persons
        .filter(|person| {
            let partners = greatest.partners_about(*person, subject, Pooling::All);
            let (held, _) = greatest.attributed(*person, subject, &partners, true, Rounding::Exact);
            held < *threshold.value()
        })
        .map(|person| remark("controlling-person-below-threshold", person, Some(subject), Vec::new()))
        .collect()
}
