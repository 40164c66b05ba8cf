//! Who must stand aside (articles 18, 19, 52 and 53): every item shown, the board and the votes counted again.
//!
//! What is left out is judged as far as it is plain: somebody who is the counterparty, plainly controls it, holds a post
//! in it, is designated or has votes restricted in its favour.

use super::board;
use super::book::{Book, Extent, label};
use super::dealing_answer::{RecusalDoc, RecuseDoc, StanderDoc, WhyDoc};
use super::grounds::is_officer;
use super::plain::Plain;
use super::reach::reach;
use super::reason::{Reason, Refusal};
use super::steps::{self, Known, known};
use super::{Claim, lines};
use crate::facts::{Authority, Designation, PartyId, Period, Role, RowRef, Table, VoteRestriction};
use crate::proof::Conclusion;

/// Checks an answer about who must stand aside. The rule pack and the dataset's digest are for the caller to compare.
#[must_use]
pub fn check_recusal(claim: &Claim<'_>, answer: &RecuseDoc) -> Vec<Refusal> {
    let book = Book::new(claim);
    let head = &answer.head;
    let mut refusals = lines::header(&book, (&head.subject, head.as_of), &head.switches);
    if head.format != "relata.recuse/1" {
        refusals.push(Refusal::of_all(Reason::Header { field: "format" }));
    }
    refusals.extend(body(&book, &answer.recusal));
    refusals
}

/// Everything of such an answer but its head.
pub(super) fn body(book: &Book<'_>, doc: &RecusalDoc) -> Vec<Refusal> {
    let mut refusals = steps::check(book, &doc.proofs);
    let x = match book.id(&doc.counterparty) {
        Ok(x) => x,
        Err(reason) => return vec![Refusal::of_all(reason)],
    };
    let aside = Aside { book, x, known: known(&doc.proofs), plain: Plain::new(book, book.claim.as_of, &doc.proofs) };
    let mut note = |party: &str, outcome: Result<(), Reason>| {
        refusals.extend(outcome.err().map(|reason| Refusal::of_party(party, reason)));
    };
    for (standers, director) in [(&doc.directors, true), (&doc.shareholders, false)] {
        let mut before: Option<&str> = None;
        for stander in standers {
            if before.is_some_and(|last| last >= stander.party.as_str()) {
                note(&stander.party, Err(Reason::NotSorted {}));
            }
            before = Some(&stander.party);
            note(&stander.party, aside.stander(stander, director));
        }
        let all = if director { board::directors(book) } else { board::shareholders(book) };
        for who in all {
            let name = book.name(who);
            let items = standers.iter().find(|stander| stander.party == name).map_or(&[][..], |stander| &stander.items);
            let missing = aside.plainly(who, director).into_iter().find(|item| !items.iter().any(|one| one == item));
            note(&name, missing.map_or(Ok(()), |item| Err(Reason::ItemMissing { item: item.to_owned() })));
        }
    }
    for open in &doc.undetermined {
        let standers = if open.role == "director" { &doc.directors } else { &doc.shareholders };
        let certain = standers.iter().find(|stander| stander.party == open.party).map_or(&[][..], |one| &one.items);
        note(&open.party, book.id(&open.party).map(|_| ()));
        if open.items.is_empty() || open.items.iter().any(|item| certain.contains(item)) {
            note(&open.party, Err(Reason::Contradiction {}));
        }
    }
    refusals.extend(board::check(book, doc));
    refusals
}

struct Aside<'b, 'a> {
    book: &'b Book<'a>,
    x: PartyId,
    known: Known<'b>,
    plain: Plain<'b, 'a>,
}

impl Aside<'_, '_> {
    fn stander(&self, stander: &StanderDoc, director: bool) -> Result<(), Reason> {
        let who = self.book.id(&stander.party)?;
        if director && !board::directors(self.book).contains(&who) {
            return Err(Reason::NoDirector { party: stander.party.clone() });
        }
        if !director && !board::shareholders(self.book).contains(&who) {
            return Err(Reason::NoShareholder { party: stander.party.clone() });
        }
        if director == stander.votes.is_some() {
            return Err(Reason::VotesOutOfPlace {});
        }
        let reasons = stander.reasons.iter().map(|reason| &reason.item);
        if stander.items.is_empty() || !stander.items.iter().eq(reasons) {
            return Err(Reason::Contradiction {});
        }
        if stander.items.windows(2).any(|pair| matches!(pair, [one, next] if one >= next)) {
            return Err(Reason::NotSorted {});
        }
        for why in &stander.reasons {
            let outcome = if director { self.director(who, why) } else { self.shareholder(who, why) };
            outcome.map_err(|reason| match reason {
                Reason::WrongPremises {} => Reason::ItemNotShown { item: why.item.clone() },
                other => other,
            })?;
        }
        Ok(())
    }

    fn director(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        match why.item.as_str() {
            "1" => self.itself(who, why),
            "2" => self.control(why, who, self.x),
            "3" => self.post(who, why),
            "4" => self.family(who, why),
            "5" => self.officers_family(who, why),
            "6" => self.designated(who, why),
            _ => Err(Reason::WrongPremises {}),
        }
    }

    fn shareholder(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        match why.item.as_str() {
            "1" => self.itself(who, why),
            "2" => self.control(why, who, self.x),
            "3" => self.control(why, self.x, who),
            "4" => self.common(who, why),
            "5" => self.post(who, why),
            "6" => self.family(who, why),
            "7" => self.restricted(who, why),
            "8" => self.designated(who, why),
            _ => Err(Reason::WrongPremises {}),
        }
    }

    /// The conclusions that are cited, and nothing else: so many, and no rows.
    fn cited<const N: usize>(&self, why: &WhyDoc) -> Result<[&Conclusion; N], Reason> {
        if let Some(row) = why.facts.first() {
            return Err(Reason::WrongRow { row: label(*row) });
        }
        self.conclusions(why)?.try_into().map_err(|_| Reason::WrongPremises {})
    }

    fn conclusions(&self, why: &WhyDoc) -> Result<Vec<&Conclusion>, Reason> {
        let step = |id: &u32| self.known.get(id).map(|step| &step.conclusion);
        why.proofs.iter().map(|id| step(id).ok_or(Reason::NoSuchProof { proof: *id })).collect()
    }

    fn through(&self, why: &WhyDoc) -> Result<PartyId, Reason> {
        self.book.id(why.through.as_deref().ok_or(Reason::WrongPremises {})?)
    }

    fn is_control(&self, conclusion: &Conclusion, one: PartyId, other: PartyId) -> Result<(), Reason> {
        match conclusion {
            Conclusion::Controls { controller, controlled, day, .. }
                if *day == self.book.claim.as_of
                    && (self.book.id(controller)?, self.book.id(controlled)?) == (one, other) =>
            {
                Ok(())
            }
            _ => Err(Reason::WrongPremises {}),
        }
    }

    /// That a party is the counterparty or, by the steps, controls it; if `below`, or is controlled by it.
    fn tied(&self, party: PartyId, steps: &[&Conclusion], below: bool) -> Result<(), Reason> {
        match steps {
            [] if party == self.x => Ok(()),
            [step] if below && self.is_control(step, self.x, party).is_ok() => Ok(()),
            [step] => self.is_control(step, party, self.x),
            _ => Err(Reason::WrongPremises {}),
        }
    }

    fn itself(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let [] = self.cited(why)?;
        if who == self.x && why.through.is_none() { Ok(()) } else { Err(Reason::WrongPremises {}) }
    }

    fn control(&self, why: &WhyDoc, one: PartyId, other: PartyId) -> Result<(), Reason> {
        let [step] = self.cited(why)?;
        self.is_control(step, one, other)
    }

    fn common(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let top = self.through(why)?;
        let [first, second] = self.cited(why)?;
        if self.book.is_state_body(top) {
            return Err(Reason::StateBody { party: self.book.name(top) });
        }
        self.is_control(first, top, who)?;
        self.is_control(second, top, self.x)?;
        if who == self.x { Err(Reason::WrongPremises {}) } else { Ok(()) }
    }

    /// An organisation whose posts count: the counterparty, or one outside the company's own group.
    fn place(&self, place: PartyId) -> Result<(), Reason> {
        let book = self.book;
        let own = place == book.subject() || reach(book, book.subject(), book.claim.as_of).contains(&place);
        if place != self.x && own { Err(Reason::OwnGroup { party: book.name(place) }) } else { Ok(()) }
    }

    fn officer(&self, conclusion: &Conclusion) -> Result<(PartyId, PartyId, Role), Reason> {
        match conclusion {
            Conclusion::Officer { person, organisation, role, day } if *day == self.book.claim.as_of => {
                let role = Role::from_code(role).ok_or_else(|| Reason::Role { role: role.clone() })?;
                Ok((self.book.id(person)?, self.book.id(organisation)?, role))
            }
            _ => Err(Reason::WrongPremises {}),
        }
    }

    fn post(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let place = self.through(why)?;
        self.no_rows(why)?;
        let steps = self.conclusions(why)?;
        let (post, tie) = steps.split_first().ok_or(Reason::WrongPremises {})?;
        let (person, organisation, _) = self.officer(post)?;
        if (person, organisation) != (who, place) {
            return Err(Reason::WrongPremises {});
        }
        self.place(place)?;
        self.tied(place, tie, true)
    }

    fn no_rows(&self, why: &WhyDoc) -> Result<(), Reason> {
        match why.facts.first() {
            Some(row) => Err(Reason::WrongRow { row: label(*row) }),
            None => Ok(()),
        }
    }

    fn is_family(&self, conclusion: &Conclusion, of: PartyId, who: PartyId) -> Result<(), Reason> {
        match conclusion {
            Conclusion::Family { person, relative, day, .. }
                if *day == self.book.claim.as_of && (self.book.id(person)?, self.book.id(relative)?) == (of, who) =>
            {
                Ok(())
            }
            _ => Err(Reason::WrongPremises {}),
        }
    }

    fn family(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let of = self.through(why)?;
        self.no_rows(why)?;
        let steps = self.conclusions(why)?;
        let (kin, tie) = steps.split_first().ok_or(Reason::WrongPremises {})?;
        self.is_family(kin, of, who)?;
        self.tied(of, tie, false)
    }

    fn officers_family(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let of = self.through(why)?;
        self.no_rows(why)?;
        let steps = self.conclusions(why)?;
        let [kin, post, tie @ ..] = steps.as_slice() else { return Err(Reason::WrongPremises {}) };
        self.is_family(kin, of, who)?;
        let (person, place, role) = self.officer(post)?;
        if person != of {
            return Err(Reason::WrongPremises {});
        }
        if !is_officer(self.book, role) {
            return Err(Reason::Role { role: role.code().to_owned() });
        }
        if self.book.is_state_body(place) {
            return Err(Reason::StateBody { party: self.book.name(place) });
        }
        self.place(place)?;
        self.tied(place, tie, false)
    }

    /// The only row cited, which is of this table and in force for certain.
    fn row(&self, why: &WhyDoc, table: Table) -> Result<RowRef, Reason> {
        let [row] = why.facts.as_slice() else {
            return Err(Reason::MissingRow { table: table.code().to_owned() });
        };
        self.book.check_row(*row, self.book.claim.as_of)?;
        if row.table == table { Ok(*row) } else { Err(Reason::WrongRow { row: label(*row) }) }
    }

    fn designated(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let row = self.row(why, Table::Designations)?;
        let designation = self.book.facts.designations().get(row.index());
        let fits = designation.is_some_and(|row| row.party == who && by_authority(row.authority));
        if fits && why.proofs.is_empty() { Ok(()) } else { Err(Reason::WrongRow { row: label(row) }) }
    }

    fn restricted(&self, who: PartyId, why: &WhyDoc) -> Result<(), Reason> {
        let (row, favoured) = (self.row(why, Table::VoteRestrictions)?, self.through(why)?);
        let restriction = self.book.facts.vote_restrictions().get(row.index());
        let fits = restriction.is_some_and(|row| {
            row.shareholder == who && row.company == self.book.subject() && row.beneficiary == favoured
        });
        if !fits {
            return Err(Reason::WrongRow { row: label(row) });
        }
        self.tied(favoured, &self.conclusions(why)?, true)
    }

    /// The items that plainly hold of somebody.
    fn plainly(&self, who: PartyId, director: bool) -> Vec<&'static str> {
        let (book, day, x) = (self.book, self.book.claim.as_of, self.x);
        let pick = |of_director: &'static str, of_shareholder: &'static str| {
            if director { of_director } else { of_shareholder }
        };
        let mut items = Vec::new();
        if who == x {
            items.push("1");
        }
        if self.plain.controls(who, x) {
            items.push("2");
        }
        if !director && self.plain.controls(x, who) {
            items.push("3");
        }
        let certain = |period: &Period| book.in_force(period, day, Extent::Certain);
        let posts = || book.positions_of(who).filter(|(_, row)| certain(&row.period));
        if !book.kind(who).is_organisation() && posts().any(|(_, row)| row.organisation == x) {
            items.push(pick("3", "5"));
        }
        let favoured = |row: &VoteRestriction<'_>| {
            row.shareholder == who && row.company == book.subject() && row.beneficiary == x && certain(&row.period)
        };
        if !director && book.facts.vote_restrictions().iter().any(|row| favoured(&row)) {
            items.push("7");
        }
        let named = |row: &Designation<'_>| row.party == who && by_authority(row.authority) && certain(&row.period);
        if book.facts.designations().iter().any(|row| named(&row)) {
            items.push(pick("6", "8"));
        }
        items
    }
}

fn by_authority(authority: Authority) -> bool {
    matches!(authority, Authority::Csrc | Authority::Exchange)
}
