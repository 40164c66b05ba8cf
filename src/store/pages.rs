//! A file in memory whose blocks are checked when they are first read.

use super::error::{Damage, PackError};
use super::layout::{BLOCK, HEADER, Layout, place_of_sum, u64_at};
use memmap2::{Mmap, MmapMut};
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use xxhash_rust::xxh3::xxh3_64;

/// Blocks that one word of the notes speaks of.
const WORD: usize = u64::BITS as usize;

/// Stands for no damaged block.
const NONE: usize = usize::MAX;

/// The bytes of a file and what is known of them. All notes are taken relaxed: they speak of bytes that nobody writes,
/// so there is nothing whose order they would have to keep; and whoever misses a note only checks once more.
#[derive(Debug)]
pub(super) struct Pages {
    map: Mmap,
    pub(super) layout: Layout,
    /// Whether every block is known to be right.
    sound: AtomicBool,
    /// A bit for every block that is known to be right.
    checked: Box<[AtomicU64]>,
    /// The first block known to be wrong.
    damaged: AtomicUsize,
}

/// Maps a whole file.
#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the mapping is only read, and only as plain bytes and numbers for which every content is valid. What
    // cannot be ruled out here is that another program writes into the file, or shortens it, while it is mapped: then
    // values change after they were checked, or the system ends this program. This program never does so (it replaces
    // packed files by renaming, which leaves the mapped one as it is), a file that is too short is refused when it is
    // opened, and `Store::open` tells its callers.
    unsafe { Mmap::map(file) }
}

impl Pages {
    /// The bytes of a file this program has written itself a moment ago: there is nothing to check.
    pub(super) fn trusted(file: &File) -> io::Result<Self> {
        Ok(Self::new(map(file)?, Layout::default(), true))
    }

    /// Maps a packed file.
    pub(super) fn open(file: &File) -> Result<Self, PackError> {
        if file.metadata()?.len() == 0 {
            return Err(PackError::NotAPack);
        }
        Self::packed(map(file)?)
    }

    /// Takes over the bytes of a packed file.
    pub(super) fn copy(bytes: &[u8]) -> Result<Self, PackError> {
        if bytes.is_empty() {
            return Err(PackError::NotAPack);
        }
        // Pages of their own, so that the values are aligned as they are in a mapped file.
        let mut own = MmapMut::map_anon(bytes.len())?;
        own.copy_from_slice(bytes);
        Self::packed(own.make_read_only()?)
    }

    fn packed(map: Mmap) -> Result<Self, PackError> {
        let layout = Layout::decode(&map)?;
        let top = layout.levels.len().saturating_sub(1);
        let pages = Self::new(map, layout, false);
        if !pages.layout.levels.is_empty() {
            pages.check(top, 0);
        }
        match pages.damage() {
            Some(damage) => Err(damage.into()),
            None => Ok(pages),
        }
    }

    fn new(map: Mmap, layout: Layout, sound: bool) -> Self {
        let blocks = layout.levels.last().map_or(0, |top| top.first + top.blocks);
        let checked = (0..blocks.div_ceil(WORD)).map(|_| AtomicU64::new(0)).collect();
        Self { map, layout, sound: AtomicBool::new(sound), checked, damaged: AtomicUsize::new(NONE) }
    }

    /// Some bytes of the body, if they are there and are what was written.
    #[inline]
    pub(super) fn bytes(&self, offset: usize, length: usize) -> Option<&[u8]> {
        if length == 0 {
            return Some(&[]);
        }
        let bytes = self.map.get(offset..offset.checked_add(length)?)?;
        (self.sound.load(Relaxed) || self.are_right(offset, length)).then_some(bytes)
    }

    /// Whether the blocks with these bytes (at least one) are right.
    #[inline]
    fn are_right(&self, offset: usize, length: usize) -> bool {
        let body = offset.saturating_sub(HEADER);
        let (first, last) = (body / BLOCK, (body + length - 1) / BLOCK);
        (first == last && self.is_checked(first)) || self.check_all(first, last)
    }

    #[inline]
    fn is_checked(&self, block: usize) -> bool {
        self.checked.get(block / WORD).is_some_and(|word| word.load(Relaxed) >> (block % WORD) & 1 == 1)
    }

    /// Checks the blocks of the body from the first to the last that are not known to be right; every one of them, so
    /// that the damage that is told does not depend on where the reading began. Whole words of known blocks are passed
    /// over at once.
    #[inline(never)]
    fn check_all(&self, first: usize, last: usize) -> bool {
        let mut right = true;
        for index in first / WORD..=last / WORD {
            let Some(word) = self.checked.get(index) else { return false };
            let base = index * WORD;
            let (from, to) = (first.saturating_sub(base), (last - base).min(WORD - 1));
            let wanted = (u64::MAX << from) & (u64::MAX >> (WORD - 1 - to));
            let mut missing = wanted & !word.load(Relaxed);
            while missing != 0 {
                right &= self.check(0, base + missing.trailing_zeros() as usize);
                missing &= missing - 1;
            }
        }
        right
    }

    /// Checks a block of a storey against its checksum in the storey above, which is checked first. There are fewer
    /// than ten storeys.
    fn check(&self, storey: usize, index: usize) -> bool {
        let Some(level) = self.layout.levels.get(storey).filter(|level| index < level.blocks) else { return false };
        let block = level.first + index;
        if self.is_checked(block) {
            return true;
        }
        let expected = match self.layout.levels.get(storey + 1) {
            None => Some(self.layout.root),
            Some(above) => {
                let (parent, place) = place_of_sum(index);
                if !self.check(storey + 1, parent) {
                    return false;
                }
                self.block(above.first + parent).and_then(|bytes| u64_at(bytes, place))
            }
        };
        let right = expected.is_some() && self.block(block).map(xxh3_64) == expected;
        if !right {
            self.damaged.fetch_min(block, Relaxed);
        } else if let Some(word) = self.checked.get(block / WORD) {
            word.fetch_or(1 << (block % WORD), Relaxed);
        }
        right
    }

    fn block(&self, block: usize) -> Option<&[u8]> {
        let start = HEADER + block * BLOCK;
        self.map.get(start..start + BLOCK)
    }

    /// Checks every block.
    pub(super) fn check_everything(&self) {
        let body = self.layout.levels.first().map_or(0, |level| level.blocks);
        // What the words of the body's blocks cover, in pieces large enough to be worth handing out.
        let right = (0..body.div_ceil(WORD))
            .into_par_iter()
            .map(|word| self.check_all(word * WORD, (word * WORD + WORD).min(body) - 1))
            .reduce(|| true, |left, right| left && right);
        if right {
            self.sound.store(true, Relaxed);
        }
    }

    /// The first damage met so far.
    pub(super) fn damage(&self) -> Option<Damage> {
        let block = self.damaged.load(Relaxed);
        if block == NONE {
            return None;
        }
        let start = HEADER + block * BLOCK;
        let touched = |section: &&super::Section| section.offset < start + BLOCK && section.end() > start;
        let section = self.layout.sections.iter().find(touched).map(|section| section.name.clone());
        Some(Damage { section, offset: start as u64 })
    }
}
