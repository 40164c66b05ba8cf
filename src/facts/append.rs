//! Facts that were read in pieces, put together: columns are appended, and what refers to other columns moves along.

use super::heap::TextRef;

/// By how much the columns that rows refer to have grown before those of a piece.
#[derive(Debug, Clone, Copy)]
pub struct Shift {
    /// Bytes of the heap.
    pub(crate) heap: usize,
    /// Codes of amounts beside the rows.
    pub(crate) codes: usize,
    /// Texts of amounts.
    pub(crate) others: usize,
    /// Rare records of parties.
    pub(crate) rare: usize,
}

impl Shift {
    /// A text of the piece.
    pub(crate) fn text(self, text: TextRef) -> TextRef {
        super::heap::moved(text, self.heap)
    }

    /// The code of an amount.
    pub(crate) fn amount(self, code: u64) -> u64 {
        super::share::moved(code, self.others)
    }

    /// One more than a position among the codes of amounts; nought stays nought.
    pub(crate) fn aside(self, reference: u32) -> u32 {
        later(reference, self.codes)
    }

    /// One more than a position among the rare records; nought stays nought.
    pub(crate) fn rare(self, reference: u32) -> u32 {
        later(reference, self.rare)
    }
}

fn later(reference: u32, by: usize) -> u32 {
    if reference == 0 { 0 } else { reference.saturating_add(u32::try_from(by).unwrap_or(u32::MAX)) }
}
