//! How much more can be dealt with a group before a threshold is reached, and when earlier dealings drop out.

use super::cumulation::drops_on;
use super::{Assessments, Both, Case, Recusal, Sum, duties, recusal};
use crate::facts::{PartyId, Yuan};
use crate::law::Numbers;
use crate::register::{Question, Resolver};
use chrono::NaiveDate;

/// The room left under one threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The case that begins at the threshold.
    pub case: Case,
    /// The least amount that reaches it; none where it depends on net assets that are not known.
    pub threshold: Option<Yuan>,
    /// What is missing to the threshold before the transaction, at the most that earlier dealings may add: an amount below
    /// it does not reach it. Not above zero where the threshold has been reached already.
    pub left: Option<Yuan>,
}

/// A day on which earlier dealings are added up no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// The first day without them.
    pub on: NaiveDate,
    /// Their places among the transactions.
    pub deals: Vec<usize>,
    /// What of the earlier dealings is still added up on that day, at the least and at the most.
    pub used: Both<Yuan>,
}

/// How much room a group leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headroom {
    /// The counterparty.
    pub counterparty: PartyId,
    /// What is added up already, at the least and at the most.
    pub used: Both<Yuan>,
    /// The room under each threshold that applies to the counterparty: publication, then the shareholders' meeting.
    pub rooms: Vec<Room>,
    /// When what is added up drops out, day by day.
    pub drops: Vec<Drop>,
}

/// What is to be known before a transaction is signed.
#[derive(Debug, Clone)]
pub struct Before {
    /// Its place among the transactions.
    pub deal: usize,
    /// The room under each threshold; none where it is not added up.
    pub headroom: Option<Headroom>,
    /// Who must stand aside on its day.
    pub recusal: Recusal,
}

impl Before {
    /// What is to be known before the transaction at a place is signed; none where there is no such place.
    #[must_use]
    pub fn new(resolver: &Resolver, question: &Question, assessments: &Assessments, deal: usize) -> Option<Self> {
        let transaction = &assessments.all.get(deal)?.deal.transaction;
        let numbers = question.pack.numbers(transaction.date);
        let question = Question { as_of: transaction.date, ..question.clone() };
        let recusal = recusal(resolver, &question, transaction.counterparty);
        Some(Self { deal, headroom: headroom(assessments, deal, numbers), recusal })
    }
}

/// The headroom before a transaction; none where it is not added up.
#[must_use]
pub fn headroom(assessments: &Assessments, at: usize, numbers: &Numbers) -> Option<Headroom> {
    let assessment = assessments.all.get(at)?;
    let (party, subject) = (assessment.same_party.as_ref()?, assessment.same_subject.as_ref()?);
    let used = larger(party.before(), subject.before());
    let net_assets = assessment.net_assets.as_ref().map(|net| net.absolute());
    let publish = if assessment.is_person { Case::Person } else { Case::Organisation };
    let room = |case: Case| {
        let threshold = duties::threshold(case, net_assets.as_ref(), numbers);
        let left = threshold.as_ref().map(|threshold| threshold - &used[1]);
        Room { case, threshold, left }
    };
    let rooms = vec![room(publish), room(Case::Major)];
    let drops = drops(assessments, [party, subject], numbers);
    Some(Headroom { counterparty: assessment.deal.transaction.counterparty, used, rooms, drops })
}

fn larger(one: Both<Yuan>, other: Both<Yuan>) -> Both<Yuan> {
    let ([least, most], [other_least, other_most]) = (one, other);
    [least.max(other_least), most.max(other_most)]
}

fn drops(assessments: &Assessments, sums: [&Sum; 2], numbers: &Numbers) -> Vec<Drop> {
    let day = |deal: usize| {
        let date = assessments.all.get(deal).map(|other| other.deal.date());
        date.map(|date| drops_on(date, numbers.cumulation_months))
    };
    let dealt = || sums.iter().flat_map(|sum| &sum.terms).map(|term| term.deal);
    let mut days: Vec<NaiveDate> = dealt().filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    let still = |sum: &Sum, on: NaiveDate| {
        let terms = sum.terms.iter().filter(|term| day(term.deal).is_some_and(|drops| drops > on));
        Sum { own: Both::default(), terms: terms.cloned().collect() }.total()
    };
    let drop = |on: NaiveDate| {
        let mut deals: Vec<usize> = dealt().filter(|deal| day(*deal) == Some(on)).collect();
        deals.sort_unstable();
        deals.dedup();
        Drop { on, deals, used: larger(still(sums[0], on), still(sums[1], on)) }
    };
    days.into_iter().map(drop).collect()
}
