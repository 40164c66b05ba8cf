//! The header of a packed file, and where everything stands.

use super::error::PackError;
use xxhash_rust::xxh3::xxh3_64;

/// The format this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// Bytes of the header. It has one size whatever it holds, so that sections can be written before their number is
/// known.
pub(super) const HEADER: usize = 16 * 1024;

/// Bytes with one checksum: a page, below which the machine loads nothing anyway.
pub(super) const BLOCK: usize = 4096;

/// Sections begin at multiples of this, enough for any value's alignment and a line of the cache.
pub(super) const ALIGN: usize = 64;

/// Checksums in a block.
const FANOUT: usize = BLOCK / SUM;

/// Bytes of a checksum.
pub(super) const SUM: usize = 8;

/// Like that of PNG: no text begins with it, and a transfer that changes the ends of lines destroys it.
pub(super) const MAGIC: [u8; 8] = *b"\x89relata\n";

/// Reads otherwise where the bytes of a number stand the other way round.
const ENDIAN: u32 = 0x0a0b_0c0d;

/// Bytes of an entry of the table of sections, and of the fixed part before it.
const ENTRY: usize = 64;

/// Bytes of a section's name, the zero after it included.
const NAME: usize = 32;

/// How many sections a header has room for, between its fixed part and the line with its checksum.
pub(super) const MAX_SECTIONS: usize = HEADER / ENTRY - 2;

/// One named array in a packed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is asked for by.
    pub name: String,
    /// Bytes of one value.
    pub element_size: usize,
    /// How many values there are.
    pub count: usize,
    /// Where the first one begins, in bytes from the beginning of the file.
    pub offset: usize,
}

impl Section {
    /// Where the section ends. Sections that were read or written fit the file, so this is no more than its length.
    pub(super) fn end(&self) -> usize {
        self.offset.saturating_add(self.element_size.saturating_mul(self.count))
    }
}

/// One storey of the checked part of the file: the body, or the checksums of the storey below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    /// Its first block, counted from the end of the header.
    pub first: usize,
    /// How many blocks it has.
    pub blocks: usize,
}

/// What a header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub sections: Vec<Section>,
    /// The body first, the topmost block last; none where the body is empty.
    pub levels: Vec<Level>,
    /// The checksum of the topmost block.
    pub root: u64,
}

/// The storeys over a body of so many blocks.
pub(super) fn levels(body: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    if body == 0 {
        return levels;
    }
    let mut level = Level { first: 0, blocks: body };
    loop {
        levels.push(level);
        // Every body has at least one storey of checksums, and the topmost has one block.
        if level.blocks == 1 && levels.len() > 1 {
            return levels;
        }
        level = Level { first: level.first.saturating_add(level.blocks), blocks: level.blocks.div_ceil(FANOUT) };
    }
}

/// Where the checksum of a storey's block stands: the block of the storey above, and the byte in it.
pub(super) fn place_of_sum(index: usize) -> (usize, usize) {
    (index / FANOUT, index % FANOUT * SUM)
}

/// Whether a section can have this name.
pub(super) fn is_name(name: &str) -> bool {
    (1..NAME).contains(&name.len()) && !name.bytes().any(|byte| byte == 0)
}

/// Bytes of the whole file, if a file can be so long.
fn total(levels: &[Level]) -> Option<usize> {
    let blocks = levels.last().map_or(Some(0), |top| top.first.checked_add(top.blocks))?;
    blocks.checked_mul(BLOCK)?.checked_add(HEADER)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    u64_at(bytes, at).and_then(|number| usize::try_from(number).ok())
}

impl Layout {
    /// The header's bytes, [`HEADER`] of them.
    pub(super) fn encode(&self) -> Vec<u8> {
        let body = self.levels.first().map_or(0, |level| level.blocks);
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&ENDIAN.to_le_bytes());
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        for number in [total(&self.levels).unwrap_or(0), body, self.sections.len(), BLOCK] {
            bytes.extend_from_slice(&(number as u64).to_le_bytes());
        }
        bytes.extend_from_slice(&self.root.to_le_bytes());
        bytes.resize(ENTRY, 0);
        for (index, section) in self.sections.iter().enumerate() {
            bytes.extend_from_slice(section.name.as_bytes());
            bytes.resize(ENTRY * (index + 1) + NAME, 0);
            let length = section.end().saturating_sub(section.offset);
            for number in [section.element_size, section.count, section.offset, length] {
                bytes.extend_from_slice(&(number as u64).to_le_bytes());
            }
        }
        bytes.resize(HEADER - SUM, 0);
        let sum = xxh3_64(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Reads the header at the beginning of a file. All that it says is held against the file's length and against
    /// itself before anything is made of it.
    ///
    /// # Errors
    ///
    /// The bytes are not those of a packed file this program reads, or are not all there, or contradict themselves.
    pub(super) fn decode(file: &[u8]) -> Result<Self, PackError> {
        let found = file.len() as u64;
        let cut = PackError::Truncated { expected: HEADER as u64, found };
        let start = file.get(..MAGIC.len().min(file.len())).unwrap_or_default();
        if start.is_empty() || !MAGIC.starts_with(start) {
            return Err(PackError::NotAPack);
        }
        // The mark and the version come before the checksum: another format may have its checksum elsewhere.
        let (Some(mark), Some(version)) = (u32_at(file, 8), u32_at(file, 12)) else { return Err(cut) };
        if cfg!(target_endian = "big") || mark == ENDIAN.swap_bytes() {
            return Err(PackError::BigEndian);
        }
        if mark == ENDIAN && version > FORMAT {
            return Err(PackError::Newer { found: version, known: FORMAT });
        }
        if mark == ENDIAN && version < FORMAT {
            return Err(PackError::Older { found: version });
        }
        let Some(header) = file.get(..HEADER) else { return Err(cut) };
        let damaged = |what| PackError::DamagedHeader { what };
        if header.get(..HEADER - SUM).map(xxh3_64) != u64_at(header, HEADER - SUM) || mark != ENDIAN {
            return Err(damaged("its checksum is another"));
        }
        let layout = Self::fields(header).map_err(damaged)?;
        // `fields` has seen to it that there is such a length.
        let expected = total(&layout.levels).unwrap_or(0) as u64;
        match found {
            _ if found < expected => Err(PackError::Truncated { expected, found }),
            _ if found > expected => Err(PackError::TooLong { expected, found }),
            _ => Ok(layout),
        }
    }

    /// What a header says whose checksum is right, or what cannot be right in it.
    fn fields(header: &[u8]) -> Result<Self, &'static str> {
        let number = |at| size_at(header, at).ok_or("a number is too large");
        let (length, body, sections, block) = (number(16)?, number(24)?, number(32)?, number(40)?);
        if block != BLOCK {
            return Err("its blocks have another size");
        }
        if sections > MAX_SECTIONS {
            return Err("it has too many sections");
        }
        let levels = levels(body);
        if total(&levels) != Some(length) {
            return Err("its lengths contradict each other");
        }
        let root = u64_at(header, 48).ok_or("it is too short")?;
        let table = (1..=sections).map(|entry| section(header, entry * ENTRY)).collect::<Result<Vec<_>, _>>()?;
        // Sections stand in their order, as close as their alignment lets them: none overlaps another, and no block
        // is without a section that gives cause to check it.
        let mut end = HEADER;
        for section in &table {
            if Some(section.offset) != end.checked_next_multiple_of(ALIGN) {
                return Err("a section is not where it must be");
            }
            let length = section.element_size.checked_mul(section.count).ok_or("a section is too long")?;
            end = section.offset.checked_add(length).ok_or("a section is too long")?;
        }
        let filled = end.checked_next_multiple_of(BLOCK).ok_or("a section is too long")?;
        if Some(filled) != body.checked_mul(BLOCK).and_then(|bytes| bytes.checked_add(HEADER)) {
            return Err("its sections do not fill it");
        }
        let mut names: Vec<&str> = table.iter().map(|section| section.name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err("two sections have one name");
        }
        Ok(Self { sections: table, levels, root })
    }
}

/// Reads an entry of the table.
fn section(header: &[u8], at: usize) -> Result<Section, &'static str> {
    let name = header.get(at..at + NAME).ok_or("it is too short")?;
    let length = name.iter().position(|byte| *byte == 0).ok_or("a section's name is too long")?;
    let (name, rest) = name.split_at_checked(length).ok_or("it is too short")?;
    let name = std::str::from_utf8(name).map_err(|_| "a section's name is no text")?;
    if !is_name(name) || rest.iter().any(|byte| *byte != 0) {
        return Err("a section has no proper name");
    }
    let number = |place: usize| size_at(header, at + NAME + place * 8).ok_or("a number is too large");
    let section = Section { name: name.to_owned(), element_size: number(0)?, count: number(1)?, offset: number(2)? };
    if section.element_size == 0 || section.element_size.checked_mul(section.count) != Some(number(3)?) {
        return Err("a section has another length than its values");
    }
    Ok(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_ends_in_one_block() {
        assert!(levels(0).is_empty());
        let one = Level { first: 0, blocks: 1 };
        assert_eq!(levels(1), [one, Level { first: 1, blocks: 1 }]);
        assert_eq!(levels(FANOUT).len(), 2);
        let shape = |body| levels(body).iter().map(|level| (level.first, level.blocks)).collect::<Vec<_>>();
        assert_eq!(shape(FANOUT + 1), [(0, 513), (513, 2), (515, 1)]);
        assert!(levels(usize::MAX).len() < 10);
        assert_eq!(total(&levels(usize::MAX)), None);
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        let section =
            |name: &str, element_size, count, offset| Section { name: name.to_owned(), element_size, count, offset };
        let layout = Layout {
            sections: vec![
                section("甲", 24, 3, HEADER),
                section("none", 1, 0, HEADER + 128),
                section("abcdefghijklmnopqrstuvwxyz01234", 8, 1000, HEADER + 128),
            ],
            levels: levels(2),
            root: 7,
        };
        let mut file = layout.encode();
        assert_eq!(file.len(), HEADER);
        file.resize(HEADER + 3 * BLOCK, 0);
        assert_eq!(Layout::decode(&file).unwrap(), layout);
    }

    #[test]
    fn names_have_a_length() {
        assert!(is_name("a") && is_name(&"a".repeat(31)));
        assert!(!is_name("") && !is_name(&"a".repeat(32)) && !is_name("a\0"));
    }
}
