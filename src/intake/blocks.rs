//! A CSV file in blocks that end where a record ends.

use memchr::{memchr, memchr_iter, memrchr2};
use std::io::{self, Read};

/// Some whole records of a file.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    /// The line on which it begins, counted from 1.
    pub(crate) line: u64,
}

impl Block {
    /// What is left after so many bytes.
    pub(crate) fn after(mut self, bytes: usize) -> Self {
        let bytes = bytes.min(self.bytes.len());
        let line = self.line + lines(self.bytes.get(..bytes).unwrap_or_default());
        self.bytes.drain(..bytes);
        Self { bytes: self.bytes, line }
    }
}

/// How often a line ends.
pub(crate) fn lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Where the reading of cells stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Outside quotation marks.
    Plain,
    /// Within a quoted cell.
    Quoted,
    /// After a quotation mark in a quoted cell: another one stands for the mark itself, anything else ends the quotation.
    Closing,
}

/// Blocks of about `size` bytes, one after another. A record that is longer makes a longer block.
pub(crate) struct Blocks<R> {
    input: R,
    size: usize,
    /// What was read and not given out yet, and the line on which it begins.
    bytes: Vec<u8>,
    line: u64,
    state: State,
    /// How far the bytes were gone through.
    seen: usize,
    /// Where the last record ends that was gone through.
    boundary: usize,
    /// Where the last quoted cell begins.
    opened: usize,
    /// The last byte of what was given out.
    before: u8,
    ended: bool,
    unclosed: Option<u64>,
}

impl<R: Read> Blocks<R> {
    pub(crate) fn new(input: R, size: usize) -> Self {
        Self {
            input,
            size: size.max(1),
            bytes: Vec::new(),
            line: 1,
            state: State::Plain,
            seen: 0,
            boundary: 0,
            opened: 0,
            // A record begins.
            before: b'\n',
            ended: false,
            unclosed: None,
        }
    }

    /// The next block, or none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Block>> {
        while !self.ended && (self.bytes.len() < self.size || self.boundary == 0) {
            // A long record is read in ever longer steps.
            let more = self.size.max(self.bytes.len()) as u64;
            self.bytes.reserve_exact(self.size.max(self.bytes.len()));
            let read = self.input.by_ref().take(more).read_to_end(&mut self.bytes)?;
            self.ended = (read as u64) < more;
            self.scan();
        }
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let cut = if self.ended { self.bytes.len() } else { self.boundary };
        if self.ended && self.state == State::Quoted {
            self.unclosed = Some(self.line + lines(self.bytes.get(..self.opened).unwrap_or_default()));
        }
        let rest = self.bytes.split_off(cut);
        let block = Block { bytes: std::mem::replace(&mut self.bytes, rest), line: self.line };
        self.line += lines(&block.bytes);
        self.before = block.bytes.last().copied().unwrap_or(self.before);
        self.seen -= cut;
        self.boundary = 0;
        self.opened = self.opened.saturating_sub(cut);
        Ok(Some(block))
    }

    /// The line on which a quoted cell begins that the end of the file cuts off, once the last block was given out. The
    /// rows it swallows would else be lost without a word.
    pub(crate) fn unclosed(&self) -> Option<u64> {
        self.unclosed
    }

    /// Goes through what was read. A quotation mark opens a quoted cell only where a cell begins.
    fn scan(&mut self) {
        while self.seen < self.bytes.len() {
            let rest = self.bytes.get(self.seen..).unwrap_or_default();
            match self.state {
                State::Plain => {
                    let quote = memchr(b'"', rest);
                    let plain = rest.get(..quote.unwrap_or(rest.len())).unwrap_or_default();
                    if let Some(end) = memrchr2(b'\n', b'\r', plain) {
                        self.boundary = self.seen + end + 1;
                    }
                    self.seen += plain.len();
                    if quote.is_some() {
                        let before = self.seen.checked_sub(1).and_then(|at| self.bytes.get(at));
                        if matches!(before.unwrap_or(&self.before), b',' | b'\n' | b'\r') {
                            (self.state, self.opened) = (State::Quoted, self.seen);
                        }
                        self.seen += 1;
                    }
                }
                State::Quoted => match memchr(b'"', rest) {
                    Some(quote) => {
                        self.seen += quote + 1;
                        self.state = State::Closing;
                    }
                    None => self.seen = self.bytes.len(),
                },
                State::Closing if rest.first() == Some(&b'"') => {
                    self.seen += 1;
                    self.state = State::Quoted;
                }
                State::Closing => self.state = State::Plain,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(bytes: &[u8], size: usize) -> (Vec<Block>, Option<u64>) {
        let mut blocks = Blocks::new(bytes, size);
        let all = std::iter::from_fn(|| blocks.next().unwrap()).collect();
        (all, blocks.unclosed())
    }

    fn records(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let records = reader.into_byte_records().map(|record| record.unwrap());
        records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
    }

    proptest! {
        #[test]
        fn blocks_hold_whole_records(text in "[a,\"\r\n]{0,40}", size in 1usize..9) {
            let (blocks, unclosed) = blocks(text.as_bytes(), size);
            let together: Vec<u8> = blocks.iter().flat_map(|block| block.bytes.clone()).collect();
            prop_assert_eq!(together, text.as_bytes());
            let apart: Vec<_> = blocks.iter().flat_map(|block| records(&block.bytes)).collect();
            prop_assert_eq!(apart, records(text.as_bytes()));
            let mut line = 1;
            for block in &blocks {
                prop_assert_eq!(block.line, line);
                line += lines(&block.bytes);
            }
            let whole = super::tests::blocks(text.as_bytes(), 1 << 20).1;
            prop_assert_eq!(unclosed, whole);
        }
    }

    #[test]
    fn a_quotation_that_is_not_closed_is_found() {
        for size in 1..20 {
            assert_eq!(blocks(b"a,b\n\"c\nd\",e\n\nf,\"g\nh\n", size).1, Some(5), "{size}");
            assert_eq!(blocks(b"\"\"\"\n", size).1, Some(1), "{size}");
            assert_eq!(blocks(b"a\"\n\"b\"\"\"\n", size).1, None, "{size}");
        }
    }
}
