//! The rows of one table: records of fixed size, given out as rows that borrow their texts.

use super::append::Shift;
use super::heap::TextRef;
use super::period::Period;
use super::{Columns, Facts};
use crate::store::Column;
use bytemuck::Pod;

/// How one row of a table is kept.
pub trait Record: Pod {
    /// The row as it is given out.
    type Row<'f>;

    /// The row at a position. Every pattern of bits is some row.
    fn row<'f>(self, facts: &'f Facts, index: usize, source: Option<&'f str>) -> Self::Row<'f>;

    /// The record after what it refers to has moved.
    #[must_use]
    fn moved(self, shift: Shift) -> Self {
        let _ = shift;
        self
    }

    /// When the row holds, where it has such days.
    fn period(self) -> Option<Period> {
        None
    }
}

/// The columns of one table. Sources stand apart: nothing that counts reads them.
#[derive(Debug, Clone)]
pub(crate) struct Stored<R: Pod> {
    pub(crate) records: Column<R>,
    pub(crate) sources: Column<TextRef>,
}

impl<R: Pod> Default for Stored<R> {
    fn default() -> Self {
        Self { records: Column::default(), sources: Column::default() }
    }
}

impl<R: Pod> Stored<R> {
    pub(crate) fn push(&mut self, record: R, source: TextRef) {
        self.records.push(record);
        self.sources.push(source);
    }

    pub(crate) fn hand_over(&mut self, names: [&'static str; 2], columns: &mut impl Columns) {
        self.visit(names, columns);
        self.records.as_vec_mut().clear();
        self.sources.as_vec_mut().clear();
    }

    /// Puts all rows of a piece at the end. O(rows).
    pub(crate) fn append(&mut self, more: &Self, shift: Shift)
    where
        R: Record,
    {
        self.records.extend(more.records.iter().map(|record| record.moved(shift)));
        self.sources.extend(more.sources.iter().map(|source| shift.text(source)));
    }

    pub(crate) fn visit(&mut self, names: [&'static str; 2], columns: &mut impl Columns) {
        columns.visit(names[0], &mut self.records);
        columns.visit(names[1], &mut self.sources);
    }
}

/// The rows of one table, in the order of the dataset. A handle that costs nothing to copy.
pub struct Rows<'f, R: Pod> {
    facts: &'f Facts,
    stored: &'f Stored<R>,
}

impl<R: Pod> Clone for Rows<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Pod> Copy for Rows<'_, R> {}

impl<'f, R: Record> Rows<'f, R> {
    pub(crate) fn new(facts: &'f Facts, stored: &'f Stored<R>) -> Self {
        Self { facts, stored }
    }

    /// How many rows the table has.
    #[must_use]
    pub fn len(self) -> usize {
        self.stored.records.len()
    }

    /// Whether the table has no rows.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The row at a position, counted from 0; beyond the end a row of zeros (the first party, nothing held, at all
    /// times). O(1).
    #[must_use]
    pub fn row(self, index: usize) -> R::Row<'f> {
        self.stored.records.at(index).row(self.facts, index, self.text_of_source(index))
    }

    /// The row at a position, if there is one. O(1).
    #[must_use]
    pub fn get(self, index: usize) -> Option<R::Row<'f>> {
        (index < self.len()).then(|| self.row(index))
    }

    /// When the row at a position holds; `None` where there is no such row, or the table's rows have no days. O(1).
    #[must_use]
    pub fn period(self, index: usize) -> Option<Period> {
        if index < self.len() { self.stored.records.at(index).period() } else { None }
    }

    /// Where the row at a position comes from, as the dataset has it. O(1).
    #[must_use]
    pub fn source(self, index: usize) -> Option<&'f str> {
        if index < self.len() { self.text_of_source(index) } else { None }
    }

    fn text_of_source(self, index: usize) -> Option<&'f str> {
        self.facts.heap.optional(self.stored.sources.at(index))
    }

    /// Every row in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = R::Row<'f>> + ExactSizeIterator + use<'f, R> {
        (0..self.len()).map(move |index| self.row(index))
    }
}
