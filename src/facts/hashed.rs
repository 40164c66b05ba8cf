//! Positions found by a text: a table with open addressing in one column.

use super::Columns;
use crate::store::Column;
use xxhash_rust::xxh3::xxh3_64;

/// Each slot holds one more than a position, or nought. The texts themselves stand elsewhere; a lookup compares them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hashed {
    slots: Column<u32>,
    /// The slots instead, while positions are being added.
    growing: Vec<u32>,
}

impl Hashed {
    /// The position of a text. O(1) expected.
    pub(crate) fn find<'t>(&self, text: &str, text_at: impl Fn(usize) -> &'t str) -> Option<usize> {
        let slots = self.len();
        if !slots.is_power_of_two() {
            return None;
        }
        let home = xxh3_64(text.as_bytes()) as usize;
        for step in 0..slots {
            let position = self.slot(home.wrapping_add(step) & (slots - 1)).checked_sub(1)? as usize;
            if text_at(position) == text {
                return Some(position);
            }
        }
        None
    }

    /// Puts in the text at a position, of `count` positions so far with this one; of the same text the later one is
    /// found from now on. O(1) expected, amortised.
    pub(crate) fn insert<'t>(&mut self, position: usize, count: usize, text_at: impl Fn(usize) -> &'t str) {
        if self.growing.is_empty() {
            self.growing = {
                let slots = std::mem::take(&mut self.slots);
                slots.slice(0..slots.len()).to_vec()
            };
        }
        // At most seven slots of ten are taken.
        if count * 10 > self.growing.len() * 7 {
            let doubled = (self.growing.len() * 2).max(16);
            let old = std::mem::replace(&mut self.growing, vec![0; doubled]);
            for slot in old.into_iter().filter(|slot| *slot != 0) {
                self.put(slot, &text_at);
            }
        }
        self.put(u32::try_from(position).unwrap_or(u32::MAX - 1) + 1, &text_at);
    }

    fn put<'t>(&mut self, slot: u32, text_at: &impl Fn(usize) -> &'t str) {
        let text = text_at(slot as usize - 1);
        let mask = self.growing.len() - 1;
        let mut at = xxh3_64(text.as_bytes()) as usize & mask;
        while self.growing[at] != 0 && text_at(self.growing[at] as usize - 1) != text {
            at = (at + 1) & mask;
        }
        self.growing[at] = slot;
    }

    fn len(&self) -> usize {
        if self.growing.is_empty() { self.slots.len() } else { self.growing.len() }
    }

    fn slot(&self, at: usize) -> u32 {
        match self.growing.get(at) {
            Some(slot) => *slot,
            None => self.slots.at(at),
        }
    }

    /// Shows its column.
    pub(crate) fn visit(&mut self, name: &'static str, columns: &mut impl Columns) {
        if !self.growing.is_empty() {
            self.slots = std::mem::take(&mut self.growing).into();
        }
        columns.visit(name, &mut self.slots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_the_same_text_is_found() {
        let texts: Vec<String> = (0..1000).map(|i| format!("t{}", i % 700)).collect();
        let mut hashed = Hashed::default();
        assert_eq!(hashed.find("t1", |at| &texts[at]), None);
        for position in 0..texts.len() {
            hashed.insert(position, position + 1, |at| &texts[at]);
        }
        for i in 0..700 {
            let expected = if i < 300 { i + 700 } else { i };
            assert_eq!(hashed.find(&texts[i], |at| &texts[at]), Some(expected));
        }
        assert_eq!(hashed.find("no such", |at| &texts[at]), None);
    }
}
