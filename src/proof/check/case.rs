//! One step under examination, with the steps it rests on.

use super::book::{Book, label};
use super::reason::Reason;
use crate::facts::{PartyId, RowRef, Table};
use crate::proof::{Conclusion, Step};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A step, its premises in order, and its rows without repetition.
pub(super) struct Case<'c, 'a> {
    pub(super) book: &'c Book<'a>,
    pub(super) step: &'c Step,
    pub(super) premises: Vec<&'c Step>,
    pub(super) rows: BTreeSet<RowRef>,
}

impl Case<'_, '_> {
    /// The rule takes no rows.
    pub(super) fn no_rows(&self) -> Result<(), Reason> {
        match self.rows.first() {
            None => Ok(()),
            Some(row) => Err(Reason::WrongRow { row: label(*row) }),
        }
    }

    /// The rule takes no premises.
    pub(super) fn no_premises(&self) -> Result<(), Reason> {
        self.count(0)
    }

    /// The rule takes so many premises.
    pub(super) fn count(&self, wanted: usize) -> Result<(), Reason> {
        if self.premises.len() == wanted { Ok(()) } else { Err(Reason::WrongPremises {}) }
    }

    /// The only row, which is of this table.
    pub(super) fn one_row(&self, table: Table) -> Result<RowRef, Reason> {
        let wanted = self.rows.iter().find(|row| row.table == table);
        let row = *wanted.ok_or_else(|| Reason::MissingRow { table: table.code().to_owned() })?;
        match self.rows.iter().find(|other| **other != row) {
            Some(other) => Err(Reason::WrongRow { row: label(*other) }),
            None => Ok(row),
        }
    }

    /// The step at place `i` of the premises.
    pub(super) fn premise(&self, i: usize) -> Result<&Conclusion, Reason> {
        self.premises.get(i).map(|step| &step.conclusion).ok_or(Reason::WrongPremises {})
    }

    /// Premise `i` as `controls(x, z)` of that day.
    pub(super) fn controls(&self, i: usize, on: NaiveDate) -> Result<(PartyId, PartyId), Reason> {
        match self.premise(i)? {
            Conclusion::Controls { controller, controlled, day, .. } => {
                same_day(*day, on)?;
                Ok((self.book.id(controller)?, self.book.id(controlled)?))
            }
            _ => Err(Reason::WrongPremises {}),
        }
    }

    /// Premise `i` as `controls(x, z)` with that z.
    pub(super) fn controller_of(&self, i: usize, controlled: PartyId, on: NaiveDate) -> Result<PartyId, Reason> {
        let (controller, found) = self.controls(i, on)?;
        if found == controlled { Ok(controller) } else { Err(Reason::WrongPremises {}) }
    }

    /// Premise `i` as a party on one of these grounds, on that day; under `lookback=composed` a party deemed related
    /// on the day asked about stands for it.
    pub(super) fn standing(&self, i: usize, grounds: &[&str], on: NaiveDate) -> Result<PartyId, Reason> {
        let (party, ground) = match self.premise(i)? {
            Conclusion::Ground { party, ground, day } => {
                same_day(*day, on)?;
                (party, ground)
            }
            Conclusion::Deemed { party, ground, as_of, .. } => {
                if !self.book.reads("lookback", "composed") {
                    return Err(Reason::Reading { switch: "lookback" });
                }
                same_day(*as_of, on)?;
                same_day(self.book.claim.as_of, on)?;
                (party, ground)
            }
            _ => return Err(Reason::WrongPremises {}),
        };
        if !grounds.contains(&ground.as_str()) {
            return Err(Reason::WrongGround { ground: ground.clone() });
        }
        self.book.id(party)
    }
}

/// Both are the same day.
pub(super) fn same_day(found: NaiveDate, wanted: NaiveDate) -> Result<(), Reason> {
    if found == wanted { Ok(()) } else { Err(Reason::OtherDay { day: wanted }) }
}
