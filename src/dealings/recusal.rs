//! Who must stand aside (articles 18, 19, 52 and 53; `rules-sse-2022.md`, section 11.6).
//!
//! Readings taken: the articles' wider circle as written, whether or not the counterparty is related; on the day alone, with
//! nothing looked back; the company and what it controls are left out of the organisations that control the counterparty or
//! that it controls (the counterparty itself never is); an authority has no officers.

use super::Both;
use super::circle::{Circle, Reason};
use crate::facts::{PartyId, Percent, RowRef, Table};
use crate::graph::{Node, Side, node, party};
use crate::law::Numbers;
use crate::packs::Book;
use crate::proof::{Step, StepId};
use crate::register::{Question, Resolver};
use std::collections::{BTreeMap, BTreeSet};

/// One numbered item that makes somebody stand aside, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number in article 52 (directors) or 53 (shareholders).
    pub number: u8,
    /// The party through whom it holds, where there is one: the organisation of a post, the relative, the controller.
    pub through: Option<PartyId>,
    /// The steps that show it.
    pub steps: Vec<StepId>,
    /// The rows that show it and are no part of a step.
    pub rows: Vec<RowRef>,
}

/// A director or shareholder who must stand aside, or may have to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stander {
    /// Who.
    pub party: PartyId,
    /// The items that hold for certain, by number.
    pub items: Vec<Item>,
    /// Numbers of the items that may hold besides.
    pub possible: Vec<u8>,
    /// Of a shareholder: the votes in the company at the least, after proxies.
    pub votes: Option<Percent>,
}

impl Stander {
    /// Whether the party must stand aside for certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        !self.items.is_empty()
    }
}

/// What is left of the board (article 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Board {
    /// Directors in office.
    pub directors: u32,
    /// Those who need not stand aside.
    pub unrelated: u32,
    /// How many of them must attend: more than half.
    pub quorum: u32,
    /// How many of them must approve: more than half.
    pub majority: u32,
    /// Whether they are too few, so that the shareholders' meeting decides.
    pub to_shareholders: bool,
}

/// Who must stand aside for a counterparty on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The counterparty.
    pub counterparty: PartyId,
    /// Directors, by id.
    pub directors: Vec<Stander>,
    /// Shareholders, by id.
    pub shareholders: Vec<Stander>,
    /// The board, counting those who must stand aside for certain; and if all had to who may have to.
    pub board: Both<Board>,
    /// The votes that are left out for certain, in percent.
    pub votes_left_out: Percent,
    /// The proofs.
    pub proofs: Vec<Step>,
}

/// Who must stand aside. O(ties of the counterparty's group + directors and shareholders × their families).
#[must_use]
pub fn recusal(resolver: &Resolver<'_>, question: &Question, counterparty: PartyId) -> Recusal {
    let numbers = question.pack.numbers(question.as_of);
    let mut circles = [Side::Least, Side::Greatest].map(|side| Circle::new(resolver, question, counterparty, side));
    let mut book = Book::new(resolver.facts());
    let own = |circles: &mut [Circle<'_, '_>; 2]| {
        let [least, most] = circles;
        (least.directors(), most.directors(), least.shareholders(), most.shareholders())
    };
    let (in_office, maybe, holders, may_hold) = own(&mut circles);
    let directors = standers(&mut circles, &in_office, &maybe, true, &mut book);
    let mut shareholders = standers(&mut circles, &holders, &may_hold, false, &mut book);
    let [least, _] = &mut circles;
    let votes = least.votes();
    for stander in &mut shareholders {
        stander.votes = Some(votes.get(&node(stander.party)).cloned().unwrap_or_default());
    }
    let left_out = shareholders.iter().filter(|stander| stander.is_certain());
    let votes_left_out = left_out.filter_map(|stander| stander.votes.clone()).sum();
    let certain: BTreeSet<PartyId> =
        directors.iter().filter(|stander| stander.is_certain()).map(|stander| stander.party).collect();
    let any: BTreeSet<PartyId> = directors.iter().map(|stander| stander.party).collect();
    let count = |aside: &BTreeSet<PartyId>| in_office.iter().filter(|one| !aside.contains(&party(**one))).count();
    let board = [board(in_office.len(), count(&certain), numbers), board(in_office.len(), count(&any), numbers)];
    let by_id = |mut standers: Vec<Stander>| {
        standers.sort_by_key(|stander| resolver.facts().id(stander.party));
        standers
    };
    Recusal {
        counterparty,
        directors: by_id(directors),
        shareholders: by_id(shareholders),
        board,
        votes_left_out,
        proofs: book.into_steps(),
    }
}

/// Those of whom an item holds or may hold.
fn standers(
    circles: &mut [Circle<'_, '_>; 2],
    certain: &BTreeSet<Node>,
    possible: &BTreeSet<Node>,
    directors: bool,
    book: &mut Book,
) -> Vec<Stander> {
    let mut standers = Vec::new();
    let [least, most] = circles;
    for who in possible.union(certain) {
        let holding = if certain.contains(who) { least.reasons(*who, directors) } else { BTreeMap::new() };
        let may = most.reasons(*who, directors);
        let items: Vec<Item> =
            holding.iter().map(|(number, reason)| shown(*number, reason, *who, least, book)).collect();
        let possible: Vec<u8> = may.keys().filter(|number| !holding.contains_key(number)).copied().collect();
        if !items.is_empty() || !possible.is_empty() {
            standers.push(Stander { party: party(*who), items, possible, votes: None });
        }
    }
    standers
}

/// An item with what shows it.
fn shown(number: u8, reason: &Reason, who: Node, circle: &mut Circle<'_, '_>, book: &mut Book) -> Item {
    let x = circle.counterparty;
    let mut steps: Vec<Option<StepId>> = Vec::new();
    let (mut rows, mut through) = (Vec::new(), None);
    match reason {
        Reason::Itself => {}
        Reason::Controls => steps.push(book.controls(circle.kernel(), who, x)),
        Reason::Controlled => steps.push(book.controls(circle.kernel(), x, who)),
        Reason::Common(top) => {
            through = Some(*top);
            steps.push(book.controls(circle.kernel(), *top, who));
            steps.push(book.controls(circle.kernel(), *top, x));
        }
        Reason::Post(post) => {
            through = Some(post.organisation);
            steps.push(Some(book.officer(circle.kernel(), post)));
            steps.push(tie(circle, post.organisation, book));
        }
        Reason::Family { of, kin } => {
            through = Some(*of);
            steps.push(Some(book.family(circle.kernel(), *of, kin)));
            steps.push(tie(circle, *of, book));
        }
        Reason::OfficersFamily { post, kin } => {
            through = Some(post.person);
            steps.push(Some(book.family(circle.kernel(), post.person, kin)));
            steps.push(Some(book.officer(circle.kernel(), post)));
            steps.push(tie(circle, post.organisation, book));
        }
        Reason::Designated(row) => rows.push(RowRef::new(Table::Designations, *row)),
        Reason::Restricted { row, beneficiary } => {
            through = Some(*beneficiary);
            rows.push(RowRef::new(Table::VoteRestrictions, *row));
            steps.push(tie(circle, *beneficiary, book));
        }
    }
    Item { number, through: through.map(party), steps: steps.into_iter().flatten().collect(), rows }
}

/// Shows how a party is tied to the counterparty: it controls it, or is controlled by it; nothing of itself.
fn tie(circle: &mut Circle<'_, '_>, other: Node, book: &mut Book) -> Option<StepId> {
    let x = circle.counterparty;
    if other == x {
        return None;
    }
    let kernel = circle.kernel();
    if kernel.is_controller(other, x) { book.controls(kernel, other, x) } else { book.controls(kernel, x, other) }
}

/// The board, of whom so many need not stand aside.
fn board(directors: usize, unrelated: usize, numbers: &Numbers) -> Board {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let unrelated = count(unrelated);
    let over = more_than(&numbers.board_majority, unrelated);
    Board {
        directors: count(directors),
        unrelated,
        quorum: over,
        majority: over,
        to_shareholders: unrelated < numbers.board_minimum,
    }
}

/// The smallest number that is more than a share of so many; of none, none.
fn more_than(share: &Percent, of: u32) -> u32 {
    let part = share.fraction() * dashu_ratio::RBig::from(of);
    (0..=of).find(|number| dashu_ratio::RBig::from(*number) > part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_has_two_sides() {
        let half: Percent = "50".parse().unwrap();
        for (of, over) in [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (8, 5), (9, 5)] {
            assert_eq!(more_than(&half, of), over, "{of}");
        }
    }
}
