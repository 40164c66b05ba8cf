//! All texts of the facts in one column of bytes.

use super::Columns;
use super::recent::Recent;
use crate::store::Column;
use xxhash_rust::xxh3::xxh3_64;

/// A text of the heap: where its bytes begin (the high 40 bits) and how many they are (the low 24 bits). Nought is no
/// text; a text that is there and empty has a place.
pub(crate) type TextRef = u64;

const LENGTH_BITS: u32 = 24;
/// Stands for the length of a text that is too long for 24 bits: its length is in the eight bytes before it.
const LONG: u64 = (1 << LENGTH_BITS) - 1;
/// Texts of any kind that is often repeated, kept in mind while facts are being read in.
const RECENT: usize = 1 << 12;

/// Texts one after another. What is read is a slice of the heap; nothing is copied.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heap {
    pub(crate) bytes: Column<u8>,
    recent: Recent<TextRef>,
    /// Bytes that stood before these and were handed over.
    gone: usize,
}

/// A text after its heap was put at the end of another one, of so many bytes.
pub(crate) fn moved(text: TextRef, by: usize) -> TextRef {
    if text == 0 { 0 } else { text.wrapping_add((by as u64) << LENGTH_BITS) }
}

impl Heap {
    /// Puts all texts of another heap at the end. O(bytes).
    pub(crate) fn append(&mut self, more: &Self) {
        self.bytes.extend_from_slice(more.bytes.slice(0..more.bytes.len()));
    }

    /// Puts bytes at the end. O(bytes).
    pub(crate) fn add(&mut self, bytes: &[u8]) -> TextRef {
        if self.bytes.is_empty() && self.gone == 0 {
            // No text begins at nought, so that an empty one differs from none.
            self.bytes.push(0);
        }
        let mut length = bytes.len() as u64;
        if length >= LONG {
            self.bytes.extend_from_slice(&length.to_le_bytes());
            length = LONG;
        }
        let at = (self.gone + self.bytes.len()) as u64;
        self.bytes.extend_from_slice(bytes);
        at << LENGTH_BITS | length
    }

    /// Puts a text at the end, or finds it where it was put not long ago. O(length).
    pub(crate) fn intern(&mut self, text: &str) -> TextRef {
        let hash = xxh3_64(text.as_bytes());
        if let Some(known) = self.recent.get(hash).filter(|known| self.bytes(*known) == text.as_bytes()) {
            return known;
        }
        let new = self.add(text.as_bytes());
        self.recent.keep(hash, new, RECENT);
        new
    }

    /// The same for a text that may be missing.
    pub(crate) fn maybe(&mut self, text: Option<&str>) -> TextRef {
        text.map_or(0, |text| self.intern(text))
    }

    /// Hands the bytes over.
    pub(crate) fn hand_over(&mut self, columns: &mut impl Columns) {
        self.gone += self.bytes.len();
        columns.visit("texts", &mut self.bytes);
        self.bytes.as_vec_mut().clear();
        self.recent = Recent::default();
    }

    /// The bytes; none where the reference leads nowhere.
    pub(crate) fn bytes(&self, text: TextRef) -> &[u8] {
        // What was handed over is beyond every end.
        let at = ((text >> LENGTH_BITS) as usize).wrapping_sub(self.gone);
        let mut length = text & LONG;
        if length == LONG {
            let before = self.bytes.slice(at.saturating_sub(8)..at);
            length = before.try_into().map(u64::from_le_bytes).unwrap_or_default();
        }
        self.bytes.slice(at..at.saturating_add(length as usize))
    }

    /// The text; empty where there is none, or where damage has left something that is no text.
    pub(crate) fn text(&self, text: TextRef) -> &str {
        std::str::from_utf8(self.bytes(text)).unwrap_or_default()
    }

    /// The text, or none.
    pub(crate) fn optional(&self, text: TextRef) -> Option<&str> {
        (text != 0).then(|| self.text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_is_not_a_missing_one() {
        let mut heap = Heap::default();
        let (none, empty, text) = (heap.maybe(None), heap.maybe(Some("")), heap.maybe(Some("年报")));
        assert_eq!((heap.optional(none), heap.optional(empty), heap.optional(text)), (None, Some(""), Some("年报")));
        assert_eq!(heap.intern("年报"), text, "a repeated text is kept once");
    }

    #[test]
    fn a_very_long_text_is_kept_whole() {
        let mut heap = Heap::default();
        for length in [LONG as usize - 1, LONG as usize, LONG as usize + 7] {
            let long = "x".repeat(length);
            let at = heap.add(long.as_bytes());
            assert!(heap.text(at) == long, "{length}");
        }
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_empty() {
        let mut heap = Heap::default();
        heap.add("年".as_bytes());
        for text in [u64::MAX, LONG, 5 << LENGTH_BITS | 9, 1 << LENGTH_BITS | 2, 2 << LENGTH_BITS | 1] {
            assert_eq!(heap.text(text), "");
        }
    }
}
