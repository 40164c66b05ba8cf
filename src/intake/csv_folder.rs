//! Reads a folder with one CSV file for each table.

use super::OpenError;
use super::code::Code;
use super::finding::Finding;
use super::headings::{Headings, unknown_table};
use super::raw::{RawDataset, RawTable, RowMark};
use super::schema::{self, TableSchema};
use super::text::both;
use csv::{ByteRecord, ReaderBuilder};
use std::path::Path;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Reads every table of the folder.
pub(crate) fn read(folder: &Path) -> Result<RawDataset, OpenError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| OpenError::Read { path, source }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files and the lock files of office programs are no tables.
        if is_csv && path.is_file() && !name.starts_with(['.', '~']) {
            files.push((name, path));
        }
    }
    files.sort();
    let missing = folder.join("parties.csv");
    let mut dataset = RawDataset { file: name_of(&missing), ..RawDataset::default() };
    for (name, path) in files {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(schema) = schema::named(&stem) else {
            dataset.findings.push(unknown_table(&stem).file(&name, None));
            continue;
        };
        if let Some(first) = dataset.tables.iter().find(|table| std::ptr::eq(table.schema, schema)) {
            let (first, en, zh) = (&first.file, schema.en, schema.zh);
            let message = both!("the table {en} stands in `{first}` already", "{zh}表已在“{first}”中");
            let remedy = both!("put all rows into one of the two files", "请把两个文件的行合并到一个文件");
            dataset.findings.push(Finding::new(Code::DuplicateTable, message).file(&name, schema.table).remedy(remedy));
            continue;
        }
        let bytes = std::fs::read(&path).map_err(failed(&path))?;
        let (table, findings) = read_table(&bytes, &name, schema);
        dataset.tables.push(table);
        dataset.findings.extend(findings);
    }
    Ok(dataset)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads one table; never fails, whatever the bytes are.
pub(crate) fn read_table(bytes: &[u8], file: &str, schema: &'static TableSchema) -> (RawTable, Vec<Finding>) {
    let mut table = RawTable::new(file, schema);
    let mut findings = Vec::new();
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        findings.push(table.place(not_utf8(both!("the file is written in UTF-16", "文件编码是 UTF-16"))));
        // Nothing more can be said of its columns.
        table.present.fill(true);
        return (table, findings);
    }
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if let Some(line) = unclosed_quote(body) {
        let message = both!("the quotation mark on line {line} is never closed", "第 {line} 行的引号未闭合");
        let remedy = both!(
            "close it, or write a quotation mark within a cell twice (\"\") and the cell between quotation marks",
            "请补上右引号；单元格内的引号应写成两个（\"\"），并给整个单元格加引号"
        );
        let mut finding = table.place(Finding::new(Code::UnclosedQuote, message).remedy(remedy));
        finding.line = Some(line);
        findings.push(finding);
    }
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body);
    let mut record = ByteRecord::new();
    if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
        return (table, findings);
    }
    let Ok(headings) = record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() else {
        findings.push(table.place(not_utf8(both!("the headings are not written in UTF-8", "表头编码不是 UTF-8"))));
        table.present.fill(true);
        return (table, findings);
    };
    let headings = Headings::new(&headings, &mut table, &mut findings);
    Rows { headings, table: &mut table, findings: &mut findings, not_utf8: None }.read(&mut reader, record);
    (table, findings)
}

/// Reading the data rows of one file.
struct Rows<'t> {
    headings: Headings,
    table: &'t mut RawTable,
    findings: &'t mut Vec<Finding>,
    /// The first row that is not UTF-8 and the number of them.
    not_utf8: Option<(RowMark, u32)>,
}

impl Rows<'_> {
    fn read(mut self, reader: &mut csv::Reader<&[u8]>, mut record: ByteRecord) {
        // An error other than the end cannot occur while reading from memory.
        while matches!(reader.read_byte_record(&mut record), Ok(true)) {
            if record.iter().all(<[u8]>::is_empty) {
                continue;
            }
            let Ok(cells) = record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() else {
                let mark = self.next_mark(&record);
                self.not_utf8 = Some(self.not_utf8.map_or((mark, 1), |(first, count)| (first, count + 1)));
                continue;
            };
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let mark = self.next_mark(&record);
            self.row(mark, &cells);
        }
        for finding in self.headings.unnamed_with_content() {
            self.findings.push(self.table.place(finding));
        }
        if let Some((first, count)) = self.not_utf8 {
            let message = both!(
                "this row is not written in UTF-8 (rows of this file that are not: {count})",
                "该行编码不是 UTF-8（本文件共有 {count} 行如此）"
            );
            self.findings.push(self.table.place(not_utf8(message)).row(first.number, first.line));
        }
    }

    fn next_mark(&mut self, record: &ByteRecord) -> RowMark {
        self.table.count = self.table.count.saturating_add(1);
        RowMark { number: self.table.count, line: record.position().map(csv::Position::line) }
    }

    fn row(&mut self, mark: RowMark, cells: &[&str]) {
        let (width, found) = (self.headings.width(), cells.len());
        // Spreadsheets pad rows with empty cells: nothing is lost with those.
        let padded = cells.iter().skip(width).all(|cell| cell.trim().is_empty());
        if found < width || !padded {
            let message = both!(
                "the row has {found} cells and the header has {width}",
                "该行有 {found} 个单元格，表头有 {width} 个"
            );
            let remedy = both!(
                "put cells that contain a comma between quotation marks, and give every row all its cells",
                "含逗号的单元格请加英文双引号，并补齐每行的单元格"
            );
            let finding = Finding::new(Code::WrongCellCount, message).remedy(remedy);
            self.findings.push(self.table.place(finding).row(mark.number, mark.line));
            return;
        }
        self.headings.note_content(cells);
        let ordered = self.headings.in_order(cells);
        self.table.push(mark, ordered);
    }
}

fn not_utf8(message: super::Text) -> Finding {
    Finding::new(Code::NotUtf8, message)
        .expected(both!("UTF-8, with or without a byte-order mark", "UTF-8（有无 BOM 均可）"))
        .remedy(both!(
            "save the file again as `CSV UTF-8` (the encoding is never guessed)",
            "请另存为“CSV UTF-8（逗号分隔）”；本程序不猜测编码"
        ))
}

/// The line on which a quoted cell begins that the end of the file cuts off. The rows it swallows would else be lost
/// without a word.
fn unclosed_quote(bytes: &[u8]) -> Option<u64> {
    let mut line = 1;
    let mut opened = None;
    let mut cell_begins = true;
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        if *byte == b'\n' {
            line += 1;
        }
        if opened.is_some() {
            if *byte == b'"' && rest.next_if(|next| **next == b'"').is_none() {
                opened = None;
            }
            continue;
        }
        if *byte == b'"' && cell_begins {
            opened = Some(line);
        }
        cell_begins = matches!(byte, b',' | b'\n' | b'\r');
    }
    opened
}
