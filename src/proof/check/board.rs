//! The board and the meeting without those who stand aside (articles 18 and 19).

use super::book::{Book, Extent};
use super::dealing_answer::{BoardDoc, RecusalDoc};
use super::reason::{Reason, Refusal};
use super::votes::votes;
use crate::facts::{PartyId, Percent};
use dashu_ratio::RBig;
use std::collections::BTreeSet;

/// The directors of the company in office for certain.
pub(super) fn directors(book: &Book<'_>) -> BTreeSet<PartyId> {
    let day = book.claim.as_of;
    let seats = book.positions_in(book.subject());
    seats
        .filter(|(_, row)| row.role.is_director() && book.in_force(&row.period, day, Extent::Certain))
        .map(|(_, row)| row.person)
        .collect()
}

/// Those who hold shares of the company for certain, itself apart.
pub(super) fn shareholders(book: &Book<'_>) -> BTreeSet<PartyId> {
    let (day, subject) = (book.claim.as_of, book.subject());
    let stakes = book.holdings_in(subject).filter(|(_, row)| {
        row.holder != subject && row.percent.is_certainly_positive() && book.in_force(&row.period, day, Extent::Certain)
    });
    stakes.map(|(_, row)| row.holder).collect()
}

/// The numbers of the board and the votes left out.
pub(super) fn check(book: &Book<'_>, doc: &RecusalDoc) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let expected = board(book, doc);
    let mut hold = |field: &'static str, stated: String, expected: String| {
        if stated != expected {
            refusals.push(Refusal::of_all(Reason::Expected { field, expected }));
        }
    };
    let stated = &doc.board;
    hold("board.directors", stated.directors.to_string(), expected.directors.to_string());
    hold("board.unrelated", stated.unrelated.to_string(), expected.unrelated.to_string());
    hold("board.quorum", stated.quorum.to_string(), expected.quorum.to_string());
    hold("board.majority", stated.majority.to_string(), expected.majority.to_string());
    hold("board.to_shareholders", stated.to_shareholders.to_string(), expected.to_shareholders.to_string());
    let least = |board: &BoardDoc| board.unrelated_at_least.map_or("none".to_owned(), |number| number.to_string());
    hold("board.unrelated_at_least", least(stated), least(&expected));
    let votes = votes(book, book.subject(), book.claim.as_of);
    let mut left_out = RBig::ZERO;
    for stander in &doc.shareholders {
        let party = book.facts.party_id(&stander.party);
        let own = party.and_then(|party| votes.get(&party)).map_or(RBig::ZERO, |share| share.least.clone());
        hold("votes", stander.votes.clone().unwrap_or_default(), Percent::from(own.clone()).exact());
        left_out += own;
    }
    hold("votes_left_out", doc.votes_left_out.clone(), Percent::from(left_out).exact());
    refusals
}

fn board(book: &Book<'_>, doc: &RecusalDoc) -> BoardDoc {
    let in_office = directors(book);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let aside: BTreeSet<PartyId> =
        doc.directors.iter().filter_map(|stander| book.facts.party_id(&stander.party)).collect();
    let open = doc.undetermined.iter().filter(|open| open.role == "director");
    let open: BTreeSet<PartyId> = open.filter_map(|open| book.facts.party_id(&open.party)).collect();
    let left = in_office.difference(&aside).count();
    let at_least = in_office.iter().filter(|one| !aside.contains(one) && !open.contains(one)).count();
    let unrelated = number(left);
    let numbers = &book.claim.numbers;
    let share = numbers.board_majority.fraction() * RBig::from(unrelated);
    let over = (0..=unrelated).find(|count| RBig::from(*count) > share).unwrap_or(0);
    BoardDoc {
        directors: number(in_office.len()),
        unrelated,
        quorum: over,
        majority: over,
        to_shareholders: unrelated < numbers.board_minimum,
        unrelated_at_least: (at_least != left).then(|| number(at_least)),
    }
}
