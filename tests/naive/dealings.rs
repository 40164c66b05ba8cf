//! Cumulative amounts and duties of every transaction (sections 11.2 and 11.3).

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use dashu_ratio::RBig;

use super::forecasts::{self, Left};
use super::ledger::Ledger;
use super::readings::Readings;
use super::standing::{Day, Standing};
use super::state::a_year_before;
use super::world::World;

/// What is said of one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaiveAssessment {
    pub id: String,
    pub related: bool,
    pub category: &'static str,
    pub tops: Vec<String>,
    pub amount: Option<RBig>,
    pub same_party: Option<RBig>,
    pub same_subject: Option<RBig>,
    /// The earlier transactions in either sum, in their order.
    pub counted: Vec<String>,
    pub duties: Vec<&'static str>,
    pub exempt: Option<String>,
    /// Whether a forecast covers it whole.
    pub covered: bool,
}

/// A transaction with what is left of its amount to be added up.
struct Deal<'l> {
    standing: Standing<'l>,
    left: Left,
}

impl Deal<'_> {
    /// What the deal adds to a sum; none where it is left out of all sums and has none of its own.
    fn addend(&self) -> Option<&RBig> {
        match &self.left {
            Left::Amount(amount) if self.standing.brings_duties() && !self.standing.transaction.is_guarantee() => {
                Some(amount)
            }
            _ => None,
        }
    }

    /// Whether an earlier `other` is to be added to this one wherever the two have something in common.
    fn looks_back_on(&self, other: &Deal) -> bool {
        let day = self.standing.transaction.date;
        let (earlier, meeting) = (other.standing.transaction.date, &other.standing.transaction.approval);
        other.addend().is_some() && earlier > a_year_before(day) && !meeting.decided(&["shareholders"], day)
    }

    fn is_with_the_party_of(&self, other: &Deal) -> bool {
        self.standing.share_a_top(self.standing.transaction.counterparty, other.standing.transaction.counterparty)
    }

    fn is_of_the_matter_of(&self, other: &Deal) -> bool {
        let (one, other) = (self.standing.transaction, other.standing.transaction);
        !one.subject_matter.is_empty() && one.subject_matter == other.subject_matter && one.kind == other.kind
    }

    /// This deal and `others` added up; none where this deal does not add up at all.
    fn sum(&self, others: &[&Deal]) -> Option<RBig> {
        let own = self.addend()?.clone();
        Some(others.iter().filter_map(|other| other.addend()).fold(own, |sum, addend| sum + addend))
    }
}

/// The duties that follow from the amounts of a deal that is added up.
fn duties_by_amount(
    cumulative: &RBig,
    net_assets: Option<&RBig>,
    is_person: bool,
    is_daily: bool,
) -> Vec<&'static str> {
    let at_least = |amount: u32, thousandths: u32| {
        let share = || {
            let net_assets = net_assets.expect("net assets are certain where they decide");
            net_assets * RBig::from(thousandths) / RBig::from(1000)
        };
        *cumulative >= RBig::from(amount) && *cumulative >= share()
    };
    if at_least(30_000_000, 50) {
        let mut duties = vec!["disclose", "independent_directors", "audit_committee", "board", "shareholders"];
        if !is_daily {
            duties.push("valuation");
        }
        duties
    } else if is_person && *cumulative >= RBig::from(300_000) || !is_person && at_least(3_000_000, 5) {
        vec!["disclose"]
    } else {
        Vec::new()
    }
}

/// The duties of `deal`; the first case of section 11.2 that applies decides.
fn duties(deal: &Deal, cumulative: Option<&RBig>, net_assets: Option<&RBig>, is_person: bool) -> Vec<&'static str> {
    let transaction = deal.standing.transaction;
    let brings_any = deal.standing.brings_duties() && deal.left != Left::Nothing;
    let without_amount = transaction.is_daily() && deal.left == Left::NoAmount;
    let mut duties = if !brings_any {
        Vec::new()
    } else if transaction.is_guarantee() || without_amount {
        vec!["disclose", "board", "shareholders"]
    } else {
        let cumulative = cumulative.expect("only daily business may have no amount");
        duties_by_amount(cumulative, net_assets, is_person, transaction.is_daily())
    };
    if deal.standing.exempt.as_deref() == Some("49") {
        duties.retain(|duty| *duty != "shareholders");
    }
    duties
}

fn assess_one(world: &World, ledger: &Ledger, subject: usize, earlier: &[Deal], deal: &Deal) -> NaiveAssessment {
    let transaction = deal.standing.transaction;
    let added: Vec<&Deal> = match deal.addend() {
        Some(_) => earlier.iter().filter(|other| deal.looks_back_on(other)).collect(),
        None => Vec::new(),
    };
    let by_party: Vec<&Deal> = added.iter().copied().filter(|other| deal.is_with_the_party_of(other)).collect();
    let by_matter: Vec<&Deal> = added.iter().copied().filter(|other| deal.is_of_the_matter_of(other)).collect();
    let same_party = deal.sum(&by_party);
    let same_subject = deal.sum(&by_matter);
    let cumulative = same_party.as_ref().max(same_subject.as_ref());
    let is_person = world.is_person(transaction.counterparty);
    let net_assets = ledger.net_assets_of(subject, transaction.date);
    let in_a_sum = |other: &&Deal| deal.is_with_the_party_of(other) || deal.is_of_the_matter_of(other);
    NaiveAssessment {
        id: transaction.id.clone(),
        related: deal.standing.related,
        category: if is_person { "person" } else { "organisation" },
        tops: deal.standing.day.tops[transaction.counterparty].clone(),
        amount: transaction.amount.clone(),
        duties: duties(deal, cumulative, net_assets.as_ref(), is_person),
        counted: added.iter().copied().filter(in_a_sum).map(|other| other.standing.transaction.id.clone()).collect(),
        same_party,
        same_subject,
        exempt: deal.standing.exempt.clone(),
        covered: deal.standing.brings_duties() && deal.left == Left::Nothing,
    }
}

pub fn assess(world: &World, ledger: &Ledger, subject: usize, readings: &Readings) -> Vec<NaiveAssessment> {
    let mut days: BTreeMap<NaiveDate, Rc<Day>> = BTreeMap::new();
    let mut standings: Vec<Standing> = Vec::new();
    for row in &ledger.transactions {
        let day = days.entry(row.date).or_insert_with(|| Rc::new(Day::new(world, subject, row.date, readings)));
        standings.push(Standing::of(row, Rc::clone(day), world, subject));
    }
    let left: Vec<Left> = standings
        .iter()
        .enumerate()
        .map(|(n, standing)| forecasts::left_of(ledger, &standings[..n], standing))
        .collect();
    let deals: Vec<Deal> = standings.into_iter().zip(left).map(|(standing, left)| Deal { standing, left }).collect();
    deals.iter().enumerate().map(|(n, deal)| assess_one(world, ledger, subject, &deals[..n], deal)).collect()
}
