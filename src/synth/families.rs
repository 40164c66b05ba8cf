//! Families over three generations.

use super::dice::{ASKED, date};
use super::rows::{Day, Ref, Sink, Term};
use super::scribe::{Scribe, YEAR};
use crate::facts::Relation;
use std::io;

/// A person whose birth date is known here.
#[derive(Clone, Copy)]
struct Member {
    who: Ref,
    born: i32,
}

impl<S: Sink + ?Sized> Scribe<'_, S> {
    /// Makes a person with a family around; the grown-up relatives are added to `relatives`, and the person returned.
    pub(super) fn with_family(&mut self, relatives: &mut Vec<Ref>) -> io::Result<Ref> {
        let born = self.birthday(32, 72);
        let head = Member { who: self.born(born, true)?, born };
        let first = relatives.len();
        let spouse = if self.dice.percent(88) { Some(self.married(head)?) } else { None };
        relatives.extend(spouse.map(|spouse| spouse.who));
        self.parents(head, relatives)?;
        if let Some(spouse) = spouse {
            self.in_laws(head, spouse, relatives)?;
        }
        self.siblings(head, relatives)?;
        for _ in 0..self.dice.below(3) {
            self.child(head, spouse, relatives)?;
        }
        self.meet(head.who);
        for order in first..relatives.len() {
            if let Some(relative) = relatives.get(order).copied().filter(|_| self.dice.percent(40)) {
                self.meet(relative);
            }
        }
        Ok(head.who)
    }

    /// Somebody born so many years after `than`, from `least` to `most`.
    fn relative(&mut self, than: i32, least: i32, most: i32) -> io::Result<Member> {
        let born = self.dice.day(than + least * YEAR, than + most * YEAR);
        Ok(Member { who: self.born(born, true)?, born })
    }

    /// Marries somebody of about the same age; some marriages begin or end in the two years.
    fn married(&mut self, one: Member) -> io::Result<Member> {
        let other = self.relative(one.born, -5, 5)?;
        let Some(change) = self.change(80) else {
            let term = self.since();
            self.kin_for(one.who, other.who, Relation::Spouse, term)?;
            return Ok(other);
        };
        if self.dice.percent(40) {
            let term = Term { from: Day::On(date(change.last)), ..Term::ALWAYS };
            self.kin_for(one.who, other.who, Relation::Spouse, term)?;
            return Ok(other);
        }
        let before = self.before(change);
        self.kin_for(one.who, other.who, Relation::Spouse, before)?;
        if self.dice.percent(30) {
            let next = self.relative(one.born, -5, 9)?;
            let term = Term { from: Day::On(date(change.last + 45)), ..Term::ALWAYS };
            self.kin_for(one.who, next.who, Relation::Spouse, term)?;
        }
        Ok(other)
    }

    fn parents(&mut self, head: Member, relatives: &mut Vec<Ref>) -> io::Result<()> {
        if self.dice.percent(25) {
            return Ok(());
        }
        let father = self.relative(head.born, -32, -22)?;
        self.kin(head.who, father.who, Relation::Parent)?;
        relatives.push(father.who);
        if self.dice.percent(80) {
            let mother = self.relative(head.born, -30, -21)?;
            self.kin(mother.who, head.who, Relation::Child)?;
            relatives.push(mother.who);
            if self.dice.percent(60) {
                self.kin(father.who, mother.who, Relation::Spouse)?;
            }
        }
        if self.dice.percent(40) {
            let sister = self.relative(head.born, -8, 10)?;
            // Two children of one parent are siblings without a row that says so.
            self.kin(father.who, sister.who, Relation::Child)?;
            relatives.push(sister.who);
        }
        Ok(())
    }

    fn in_laws(&mut self, head: Member, spouse: Member, relatives: &mut Vec<Ref>) -> io::Result<()> {
        let way = self.dice.below(100);
        if way < 60 {
            let elder = self.relative(spouse.born, -32, -22)?;
            if way < 40 {
                self.kin(spouse.who, elder.who, Relation::Parent)?;
            } else {
                self.kin(head.who, elder.who, Relation::SpouseParent)?;
            }
            relatives.push(elder.who);
        }
        let way = self.dice.below(100);
        if way < 35 {
            let sibling = self.relative(spouse.born, -8, 8)?;
            if way < 20 {
                self.kin(spouse.who, sibling.who, Relation::Sibling)?;
            } else {
                self.kin(head.who, sibling.who, Relation::SpouseSibling)?;
            }
            relatives.push(sibling.who);
        }
        Ok(())
    }

    fn siblings(&mut self, head: Member, relatives: &mut Vec<Ref>) -> io::Result<()> {
        if self.dice.percent(55) {
            return Ok(());
        }
        let brother = self.relative(head.born, -10, 10)?;
        self.kin(head.who, brother.who, Relation::Sibling)?;
        relatives.push(brother.who);
        let way = self.dice.below(100);
        if way < 50 {
            let wife = self.relative(brother.born, -4, 4)?;
            if way < 35 {
                self.kin(brother.who, wife.who, Relation::Spouse)?;
            } else {
                self.kin(head.who, wife.who, Relation::SiblingSpouse)?;
            }
            relatives.push(wife.who);
        }
        Ok(())
    }

    fn child(&mut self, head: Member, spouse: Option<Member>, relatives: &mut Vec<Ref>) -> io::Result<()> {
        let elder = spouse.map_or(head.born, |spouse| spouse.born.max(head.born));
        let born = self.dice.day(elder + 21 * YEAR, elder + 34 * YEAR);
        if born > ASKED - 90 {
            return Ok(());
        }
        let child = Member { who: self.born(born, true)?, born };
        self.kin(head.who, child.who, Relation::Child)?;
        if let Some(spouse) = spouse.filter(|_| self.dice.percent(70)) {
            self.kin(child.who, spouse.who, Relation::Parent)?;
        }
        if born > ASKED - 18 * YEAR {
            return Ok(());
        }
        relatives.push(child.who);
        if born > ASKED - 25 * YEAR || self.dice.percent(40) {
            return Ok(());
        }
        let partner = self.relative(born, -3, 3)?;
        relatives.push(partner.who);
        if self.dice.percent(25) {
            return self.kin(head.who, partner.who, Relation::ChildSpouse);
        }
        self.kin(child.who, partner.who, Relation::Spouse)?;
        let way = self.dice.below(100);
        if way < 50 {
            let elder = self.relative(partner.born, -32, -22)?;
            relatives.push(elder.who);
            if way < 30 {
                self.kin(partner.who, elder.who, Relation::Parent)?;
            } else {
                self.kin(head.who, elder.who, Relation::ChildSpouseParent)?;
            }
        }
        Ok(())
    }
}
