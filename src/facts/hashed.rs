//! Positions found by a text: a table with open addressing in one column.

use super::Columns;
use crate::store::Column;
use xxhash_rust::xxh3::xxh3_64;

/// Each slot holds one more than a position, or nought. The texts themselves stand elsewhere; a lookup compares them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hashed {
    slots: Column<u32>,
    /// The slots instead, while positions are being added: each with the hash of its text, so that texts are compared
    /// only where hashes are the same.
    growing: Vec<(u32, u32)>,
}

/// Where a text would like to stand.
fn hash(text: &[u8]) -> u32 {
    (xxh3_64(text) >> 32) as u32
}

impl Hashed {
    /// The table of texts at positions from nought; of the same text the last is found. O(texts) expected.
    pub(crate) fn new<'t>(count: usize, text_at: impl Fn(usize) -> &'t [u8]) -> Self {
        if count == 0 {
            return Self::default();
        }
        let mut new = Self { slots: Column::default(), growing: vec![(0, 0); (count * 2).next_power_of_two().max(16)] };
        for (position, slot) in (0..count).zip(1u32..) {
            new.put(slot, hash(text_at(position)), &text_at);
        }
        new
    }

    /// The position of a text. O(1) expected.
    pub(crate) fn find<'t>(&self, text: &[u8], text_at: impl Fn(usize) -> &'t [u8]) -> Option<usize> {
        let (slots, hash) = (self.slots.len().max(self.growing.len()), hash(text));
        if !slots.is_power_of_two() {
            return None;
        }
        for step in 0..slots {
            let at = (hash as usize).wrapping_add(step) & (slots - 1);
            let (slot, same) = match self.growing.get(at) {
                Some((slot, known)) => (*slot, *known == hash),
                None => (self.slots.at(at), true),
            };
            let position = slot.checked_sub(1)? as usize;
            if same && text_at(position) == text {
                return Some(position);
            }
        }
        None
    }

    /// Puts in the text at a position, of `count` positions so far with this one; of the same text the later one is
    /// found from now on. O(1) expected, amortised.
    pub(crate) fn insert<'t>(&mut self, position: usize, count: usize, text_at: impl Fn(usize) -> &'t [u8]) {
        if !self.slots.is_empty() {
            // A table that was kept grows again.
            let kept = std::mem::take(&mut self.slots);
            self.growing = vec![(0, 0); (count * 2).next_power_of_two().max(16)];
            for slot in (0..kept.len()).map(|at| kept.at(at)).filter(|slot| (1..=count).contains(&(*slot as usize))) {
                self.put(slot, hash(text_at(slot as usize - 1)), &text_at);
            }
        }
        // At most seven slots of ten are taken.
        if count * 10 > self.growing.len() * 7 {
            let doubled = (count * 2).next_power_of_two().max(16);
            let old = std::mem::replace(&mut self.growing, vec![(0, 0); doubled]);
            for (slot, hash) in old.into_iter().filter(|(slot, _)| *slot != 0) {
                self.put(slot, hash, &text_at);
            }
        }
        self.put(u32::try_from(position).unwrap_or(u32::MAX - 1) + 1, hash(text_at(position)), &text_at);
    }

    fn put<'t>(&mut self, slot: u32, hash: u32, text_at: &impl Fn(usize) -> &'t [u8]) {
        let text = |slot: u32| text_at(slot as usize - 1);
        let mask = self.growing.len() - 1;
        let mut at = hash as usize & mask;
        while let (known @ 1.., of_known) = self.growing[at] {
            if of_known == hash && text(known) == text(slot) {
                break;
            }
            at = (at + 1) & mask;
        }
        self.growing[at] = (slot, hash);
    }

    /// How many texts there are, each counted once.
    pub(crate) fn len(&self) -> usize {
        let growing = self.growing.iter().filter(|(slot, _)| *slot != 0).count();
        growing + self.slots.iter().filter(|slot| *slot != 0).count()
    }

    /// Shows its column.
    pub(crate) fn visit(&mut self, name: &'static str, columns: &mut impl Columns) {
        if !self.growing.is_empty() {
            let growing = std::mem::take(&mut self.growing);
            self.slots = growing.into_iter().map(|(slot, _)| slot).collect::<Vec<u32>>().into();
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
        assert_eq!(hashed.find(b"t1", |at| texts[at].as_bytes()), None);
        for position in 0..texts.len() {
            hashed.insert(position, position + 1, |at| texts[at].as_bytes());
        }
        for i in 0..700 {
            let expected = if i < 300 { i + 700 } else { i };
            assert_eq!(hashed.find(texts[i].as_bytes(), |at| texts[at].as_bytes()), Some(expected));
        }
        assert_eq!(hashed.len(), 700);
        assert_eq!(hashed.find(b"no such", |at| texts[at].as_bytes()), None);
    }
}
