//! Reads one CSV file: its headings first, then its rows in pieces, several at once.

use super::blocks::{Block, Blocks};
use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::headings::Headings;
use super::marks::RowMark;
use super::raw::RawTable;
use super::text::{Text, both};
use csv::{ByteRecord, ReaderBuilder};
use std::io::{self, Read};
use std::sync::Arc;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A file whose headings were read.
pub(crate) struct CsvFile {
    blocks: Blocks<Box<dyn Read + Send>>,
    /// What follows the headings in their block.
    first: Option<Block>,
    /// None where they could not be read: then no row can.
    headings: Option<Arc<Headings>>,
}

/// What was found in a piece of a file besides its rows.
#[derive(Default)]
pub(crate) struct Noted {
    /// Columns without a heading in which a row has content.
    unnamed: Vec<bool>,
    /// The first row that is not UTF-8 and the number of them.
    not_utf8: Option<(RowMark, u32)>,
}

impl Noted {
    /// Takes in what was noted in a piece, before which there are so many data rows.
    pub(crate) fn append(&mut self, more: &Self, rows: u32) {
        self.unnamed.resize(self.unnamed.len().max(more.unnamed.len()), false);
        self.unnamed.iter_mut().zip(&more.unnamed).for_each(|(known, more)| *known |= more);
        if let Some((mark, count)) = more.not_utf8 {
            let mark = RowMark { number: mark.number.saturating_add(rows), ..mark };
            let (first, known) = self.not_utf8.unwrap_or((mark, 0));
            self.not_utf8 = Some((first, known.saturating_add(count)));
        }
    }
}

/// Reads the headings of a file into `table`; never fails but where the file system does, whatever the bytes are.
pub(crate) fn open(
    input: Box<dyn Read + Send>,
    size: usize,
    table: &mut RawTable,
    findings: &mut Collected,
) -> io::Result<CsvFile> {
    let mut start = Vec::new();
    let mut input = input;
    input.by_ref().take(BOM.len() as u64).read_to_end(&mut start)?;
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        findings.push(table.place(not_utf8(both!("the file is written in UTF-16", "文件编码是 UTF-16"))));
        // Nothing more can be said of its columns.
        table.present.fill(true);
        return Ok(CsvFile { blocks: Blocks::new(Box::new(io::empty()), size), first: None, headings: None });
    }
    let start = if start == BOM { Vec::new() } else { start };
    let mut blocks = Blocks::new(Box::new(io::Cursor::new(start).chain(input)) as Box<dyn Read + Send>, size);
    let (mut record, mut is_first) = (ByteRecord::new(), true);
    while let Some(block) = blocks.next()? {
        // The reader leaves out a mark where it begins to read.
        let block = if std::mem::take(&mut is_first) { block } else { whole(block) };
        let mut reader = reader(&block.bytes);
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            continue;
        }
        let read = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let first = Some(block.after(read));
        let Ok(headings) = record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() else {
            let message = both!("the headings are not written in UTF-8", "表头编码不是 UTF-8");
            findings.push(table.place(not_utf8(message)));
            table.present.fill(true);
            return Ok(CsvFile { blocks, first: None, headings: None });
        };
        let headings = Some(Arc::new(Headings::new(&headings, table, findings)));
        return Ok(CsvFile { blocks, first, headings });
    }
    Ok(CsvFile { blocks, first: None, headings: None })
}

impl CsvFile {
    /// The columns of the file; none where no row can be read.
    pub(crate) fn columns(&self) -> Option<Arc<Headings>> {
        self.headings.clone()
    }

    /// The next blocks, at most so many.
    pub(crate) fn next(&mut self, most: usize) -> io::Result<Vec<Block>> {
        let mut next: Vec<Block> = self.first.take().into_iter().collect();
        while next.len() < most
            && let Some(block) = self.blocks.next()?
        {
            next.push(block);
        }
        Ok(next)
    }

    /// What is found of the file as a whole once its last block was read.
    pub(crate) fn finish(&self, noted: &Noted, table: &RawTable, findings: &mut Collected) {
        if let Some(line) = self.blocks.unclosed() {
            let message = both!("the quotation mark on line {line} is never closed", "第 {line} 行的引号未闭合");
            let remedy = both!(
                "close it, or write a quotation mark within a cell twice (\"\") and the cell between quotation marks",
                "请补上右引号；单元格内的引号应写成两个（\"\"），并给整个单元格加引号"
            );
            let mut finding = table.place(Finding::new(Code::UnclosedQuote, message).remedy(remedy));
            finding.line = Some(line);
            findings.push(finding);
        }
        if let Some(headings) = &self.headings {
            findings.extend(headings.with_content(&noted.unnamed).into_iter().map(|finding| table.place(finding)));
        }
        if let Some((first, count)) = noted.not_utf8 {
            let message = both!(
                "this row is not written in UTF-8 (rows of this file that are not: {count})",
                "该行编码不是 UTF-8（本文件共有 {count} 行如此）"
            );
            findings.push(table.place(not_utf8(message)).row(first.number, first.line));
        }
    }
}

fn reader(bytes: &[u8]) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(1 << 16).from_reader(bytes)
}

/// A block from which the reader leaves out nothing: it takes a mark at the beginning of what it reads for that of a
/// file.
fn whole(mut block: Block) -> Block {
    if block.bytes.starts_with(BOM) {
        block.bytes.insert(0, b'\n');
        block.line = block.line.saturating_sub(1);
    }
    block
}

/// Reads the rows of a block; they are counted from the block's first.
pub(crate) fn rows(block: Block, headings: &Headings, head: &RawTable, findings: &mut Collected) -> (RawTable, Noted) {
    let block = whole(block);
    let mut table = head.without_rows();
    let mut noted = Noted { unnamed: vec![false; headings.unnamed()], not_utf8: None };
    let mut reader = reader(&block.bytes);
    let mut record = ByteRecord::new();
    // An error other than the end cannot occur while reading from memory.
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let whole = record.as_slice();
        if whole.is_empty() {
            continue;
        }
        let cells = Cells { text: std::str::from_utf8(whole).unwrap_or_default(), record: &record };
        if cells.text.is_empty() || !cells.all_texts() {
            let mark = next_mark(&mut table, &record, &block);
            let (first, count) = noted.not_utf8.unwrap_or((mark, 0));
            noted.not_utf8 = Some((first, count.saturating_add(1)));
            continue;
        }
        if (0..record.len()).all(|at| cells.at(at).trim().is_empty()) {
            continue;
        }
        let mark = next_mark(&mut table, &record, &block);
        let (width, found) = (headings.width(), record.len());
        // Spreadsheets pad rows with empty cells: nothing is lost with those.
        let padded = (width..found).all(|at| cells.at(at).trim().is_empty());
        if found < width || !padded {
            let finding = wrong_cell_count(found, width);
            findings.push(table.place(finding).row(mark.number, mark.line));
            continue;
        }
        headings.note_content(&mut noted.unnamed, |at| cells.at(at));
        table.push(mark, headings.in_order(|at| cells.at(at)));
    }
    (table, noted)
}

/// The cells of a record as texts.
struct Cells<'r> {
    text: &'r str,
    record: &'r ByteRecord,
}

impl<'r> Cells<'r> {
    /// Whether each cell by itself is a text: one may begin within a letter.
    fn all_texts(&self) -> bool {
        (0..self.record.len())
            .all(|at| self.record.range(at).is_none_or(|range| self.text.is_char_boundary(range.start)))
    }

    fn at(&self, position: usize) -> &'r str {
        self.record.range(position).and_then(|range| self.text.get(range)).unwrap_or_default()
    }
}

fn next_mark(table: &mut RawTable, record: &ByteRecord, block: &Block) -> RowMark {
    table.count = table.count.saturating_add(1);
    let line = record.position().map(|position| {
        // The position is where the record before ended: lines that are empty may follow, and the end of its line.
        let begin = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = block.bytes.get(begin..).unwrap_or_default();
        let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        block.line + position.line() - 1 + ends.fold(0, |lines, byte| lines + u64::from(*byte == b'\n'))
    });
    RowMark { number: table.count, line }
}

fn wrong_cell_count(found: usize, width: usize) -> Finding {
    let message =
        both!("the row has {found} cells and the header has {width}", "该行有 {found} 个单元格，表头有 {width} 个");
    Finding::new(Code::WrongCellCount, message).remedy(both!(
        "put cells that contain a comma between quotation marks, and give every row all its cells",
        "含逗号的单元格请加英文双引号，并补齐每行的单元格"
    ))
}

fn not_utf8(message: Text) -> Finding {
    Finding::new(Code::NotUtf8, message)
        .expected(both!("UTF-8, with or without a byte-order mark", "UTF-8（有无 BOM 均可）"))
        .remedy(both!(
            "save the file again as `CSV UTF-8` (the encoding is never guessed)",
            "请另存为“CSV UTF-8（逗号分隔）”；本程序不猜测编码"
        ))
}
