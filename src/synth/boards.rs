//! Boards and officers.

use super::dice::{ASKED, FIRST, LAST};
use super::market::Market;
use super::rows::{Day, Ref, Sink, Term};
use super::scribe::{Change, Scribe, YEAR};
use crate::facts::Role;
use std::io;

/// The seats of a full board of a listed company.
pub(super) const SEATS: &[Role] = &[
    Role::Chair,
    Role::Director,
    Role::Director,
    Role::Director,
    Role::Director,
    Role::Director,
    Role::IndependentDirector,
    Role::IndependentDirector,
    Role::IndependentDirector,
    Role::Supervisor,
    Role::Supervisor,
    Role::Supervisor,
    Role::GeneralManager,
    Role::SeniorManager,
    Role::SeniorManager,
    Role::SeniorManager,
];

/// The seats at the head of a large group.
const HEAD: &[Role] = &[
    Role::Chair,
    Role::Director,
    Role::Director,
    Role::Director,
    Role::Director,
    Role::Supervisor,
    Role::Supervisor,
    Role::GeneralManager,
    Role::SeniorManager,
];

/// The seats at the head of a small one.
const SMALL: &[Role] = &[Role::Chair, Role::Director, Role::Director, Role::Supervisor, Role::GeneralManager];

impl<S: Sink + ?Sized> Market<'_, S> {
    /// The board at the head of a group; the person with whom it begins has the next ones after.
    pub(super) fn board(&mut self, index: u32, chair: Option<Ref>, large: bool) -> io::Result<Ref> {
        let organisation = self.at(index);
        let mut first = None;
        for role in if large { HEAD } else { SMALL } {
            let person = match chair {
                Some(chair) if *role == Role::Chair => chair,
                _ => {
                    let person = self.scribe.newcomer()?;
                    first = first.or(Some(person));
                    person
                }
            };
            let term = self.scribe.since();
            self.scribe.post_for(person, organisation, *role, term)?;
        }
        match (first, chair) {
            (Some(first), _) | (None, Some(first)) => Ok(first),
            (None, None) => self.scribe.newcomer(),
        }
    }

    /// The few officers that a small company has on record, its owner first.
    pub(super) fn officers(&mut self, index: u32, owner: Option<Ref>) -> io::Result<()> {
        let organisation = self.at(index);
        if self.scribe.dice.percent(44) {
            let person = match owner {
                Some(owner) if self.scribe.dice.percent(80) => owner,
                _ => self.scribe.somebody(40)?,
            };
            self.scribe.post(person, organisation, Role::LegalRepresentative)?;
            if self.scribe.dice.percent(18) {
                self.scribe.post(person, organisation, Role::GeneralManager)?;
            }
        }
        if self.scribe.dice.percent(12) {
            let person = self.scribe.somebody(40)?;
            let role = if self.scribe.dice.percent(60) { Role::Supervisor } else { Role::Director };
            self.scribe.post(person, organisation, role)?;
        }
        Ok(())
    }

    /// Seats the board of a listed company; one in three was elected anew in the two years, with some new faces.
    pub(super) fn elect(&mut self, listed: Ref, board: &[Ref]) -> io::Result<()> {
        let election = if self.scribe.dice.percent(35) { Some(self.scribe.dice.day(FIRST, LAST - 2)) } else { None };
        let began = self.scribe.dice.day(ASKED - 9 * YEAR, FIRST - 1);
        for (role, person) in SEATS.iter().zip(board) {
            let Some(last) = election.filter(|_| self.scribe.dice.percent(40)) else {
                self.scribe.post_for(*person, listed, *role, Self::fixed(began))?;
                continue;
            };
            let agreed = (last >= ASKED).then(|| self.scribe.dice.day(ASKED - 40, ASKED - 1));
            let ends = Term { until: Day::On(super::dice::date(last)), ..Self::fixed(began) };
            self.scribe.post_for(*person, listed, *role, ends)?;
            let successor = self.scribe.somebody(if *role == Role::IndependentDirector { 50 } else { 15 })?;
            let term = Scribe::<'_, S>::after(Change { last, agreed });
            self.scribe.post_for(successor, listed, *role, term)?;
        }
        if let Some(chair) = board.first() {
            self.scribe.post_for(*chair, listed, Role::LegalRepresentative, Self::fixed(began))?;
        }
        Ok(())
    }
}
