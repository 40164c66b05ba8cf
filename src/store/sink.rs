//! The bytes of a packed file on their way out, with a checksum for every block.

use super::error::PackError;
use super::layout::{BLOCK, HEADER, Level, levels};
use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes that go out at once: few enough to be still in the processor's cache after their checksums were taken.
const CHUNK: usize = 64 * BLOCK;

/// Takes the checked part of a file from its beginning to its end. The checksums are kept in memory until the end: one
/// byte for 512.
#[derive(Debug)]
pub(super) struct Sink {
    file: File,
    pending: Vec<u8>,
    sums: Vec<u64>,
    /// Bytes taken so far.
    taken: usize,
    /// Whether a write failed, so that what follows would stand in the wrong place.
    failed: bool,
}

impl Sink {
    /// A sink that writes to a new file, leaving room for the header.
    pub(super) fn new(mut file: File) -> Result<Self, PackError> {
        file.seek(SeekFrom::Start(HEADER as u64))?;
        Ok(Self { file, pending: Vec::with_capacity(CHUNK), sums: Vec::new(), taken: 0, failed: false })
    }

    /// Where the next byte will stand in the file.
    pub(super) fn offset(&self) -> usize {
        HEADER + self.taken
    }

    /// Takes bytes.
    #[inline]
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        if bytes.len() < CHUNK.saturating_sub(self.pending.len()) && !self.failed {
            self.pending.extend_from_slice(bytes);
            self.taken += bytes.len();
            return Ok(());
        }
        self.write_chunks(bytes)
    }

    #[inline(never)]
    fn write_chunks(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        if self.failed {
            return Err(PackError::Unfinished);
        }
        self.taken += bytes.len();
        let room = CHUNK.saturating_sub(self.pending.len()).min(bytes.len());
        let (fitting, rest) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
        self.pending.extend_from_slice(fitting);
        self.flush()?;
        let mut chunks = rest.chunks_exact(CHUNK);
        for chunk in chunks.by_ref() {
            self.emit(chunk)?;
        }
        self.pending.extend_from_slice(chunks.remainder());
        Ok(())
    }

    /// Lets nothing more be taken, for what was taken is wrong.
    pub(super) fn spoil(&mut self) {
        self.failed = true;
    }

    /// Takes zeros up to a multiple of some bytes.
    pub(super) fn pad(&mut self, multiple: usize) -> Result<(), PackError> {
        let length = self.taken.next_multiple_of(multiple) - self.taken;
        self.write(&vec![0; length])
    }

    /// Puts everything that was taken into the file, to be read there. What goes out in whole blocks only goes out
    /// again later, to the same place.
    pub(super) fn settle(&mut self) -> Result<(), PackError> {
        if self.failed {
            return Err(PackError::Unfinished);
        }
        self.failed = true;
        let place = self.file.stream_position()?;
        self.file.write_all(&self.pending)?;
        self.file.seek(SeekFrom::Start(place))?;
        self.failed = false;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), PackError> {
        let pending = std::mem::take(&mut self.pending);
        let done = self.emit(&pending);
        self.pending = pending;
        self.pending.clear();
        done
    }

    /// Lets whole blocks out.
    fn emit(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.sums.extend(bytes.chunks(BLOCK).map(xxh3_64));
        self.file.write_all(bytes).inspect_err(|_| self.failed = true)?;
        Ok(())
    }

    /// Ends the body, writes the tree of checksums after it and gives the file, the storeys, and the checksum of the
    /// topmost block.
    pub(super) fn finish(mut self) -> Result<(File, Vec<Level>, u64), PackError> {
        self.pad(BLOCK)?;
        self.flush()?;
        if self.failed {
            return Err(PackError::Unfinished);
        }
        let levels = levels(self.sums.len());
        for _ in levels.iter().skip(1) {
            for sum in std::mem::take(&mut self.sums) {
                self.write(&sum.to_le_bytes())?;
            }
            self.pad(BLOCK)?;
            self.flush()?;
        }
        let root = self.sums.first().copied().unwrap_or(0);
        Ok((self.file, levels, root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_any_size_give_the_same_file() {
        let bytes: Vec<u8> = (0..3 * CHUNK + 5).map(|n| ((n * 31) >> 3) as u8).collect();
        let mut results = Vec::new();
        for piece in [999, BLOCK, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK] {
            let mut sink = Sink::new(tempfile::tempfile().unwrap()).unwrap();
            for part in bytes.chunks(piece) {
                sink.write(part).unwrap();
            }
            assert_eq!(sink.offset(), HEADER + bytes.len());
            let (mut file, levels, root) = sink.finish().unwrap();
            let mut written = Vec::new();
            file.rewind().unwrap();
            std::io::Read::read_to_end(&mut file, &mut written).unwrap();
            assert_eq!(written[HEADER..HEADER + bytes.len()], bytes);
            results.push((xxh3_64(&written), levels, root));
        }
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn after_a_failure_nothing_is_taken() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut sink = Sink::new(full).unwrap();
        sink.write(&[1]).unwrap();
        assert!(matches!(sink.write(&[0; CHUNK]), Err(PackError::Io(_))));
        assert!(matches!(sink.write(&[1]), Err(PackError::Unfinished)));
        assert!(matches!(sink.finish(), Err(PackError::Unfinished)));
    }
}
