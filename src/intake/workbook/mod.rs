//! Reads a workbook (`.xlsx`): one sheet for each table.
//!
//! `calamine` reads the parts of the file. Its cells are gone through one by one, as ranges would be allocated in the
//! size that a sheet claims to have, and with their styles, as only the number format says whether a cell that holds
//! 0.05 shows `0.05` or `5%`.

mod cell;
mod guard;
mod sheet;

use super::OpenError;
use super::code::Code;
use super::finding::Finding;
use super::headings::unknown_table;
use super::raw::{RawDataset, RawTable, Rest, Source};
use super::schema;
use super::text::both;
use calamine::{Reader, Sheet, SheetType, SheetVisible, Xlsx};
use sheet::SheetReader;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The most bytes that the parts of a workbook may come to, and the texts that are read from it: a small file can
/// claim to hold any number.
const LIMIT: u64 = 1 << 30;

/// Sheets that no table stands on: how to fill in the template, and the lists its cells choose from.
pub(crate) const NOTES: [&str; 2] = ["notes", "说明"];
/// The sheet of the lists.
pub(crate) const LISTS: &str = "codes";

/// Reads the workbook at `path`.
pub(crate) fn read(path: &Path) -> Result<RawDataset, OpenError> {
    let failed = |source| OpenError::Read { path: path.to_owned(), source };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = File::open(path).map_err(failed)?;
    // What is wrong with the file is a finding; only what the file system refuses is an error.
    file.metadata().map_err(failed)?;
    Ok(tables(BufReader::new(file), &name, LIMIT))
}

/// Reads every table; never fails, whatever the bytes are. What reads the parts of the file was found to panic on
/// nonsense (a range that ends before it begins): that is a fault of the file as any other.
fn tables<R: Read + Seek>(input: R, file: &str, limit: u64) -> RawDataset {
    catch_unwind(AssertUnwindSafe(|| parts(input, file, limit))).unwrap_or_else(|_| {
        let mut dataset = RawDataset { file: file.to_owned(), unreadable: true, ..RawDataset::default() };
        dataset.findings.push(guard::damaged("its parts contradict each other").file(file, None));
        dataset
    })
}

fn parts<R: Read + Seek>(mut input: R, file: &str, limit: u64) -> RawDataset {
    let mut dataset = RawDataset { file: file.to_owned(), ..RawDataset::default() };
    let opened = guard::examine(&mut input, limit).and_then(|contents| {
        let book = Xlsx::new(input).map_err(|fault| guard::damaged(&fault.to_string()))?;
        Ok((contents, book))
    });
    let (contents, mut book) = match opened {
        Ok(opened) => opened,
        Err(finding) => {
            dataset.findings.push(finding.file(file, None));
            dataset.unreadable = true;
            return dataset;
        }
    };
    let mut texts = limit;
    for Sheet { name, typ, visible } in book.sheets_metadata().to_vec() {
        let silent = NOTES.iter().any(|notes| name.eq_ignore_ascii_case(notes)) || name.eq_ignore_ascii_case(LISTS);
        // A chart has no cells.
        if typ != SheetType::WorkSheet || silent {
            continue;
        }
        let schema = schema::named(&name);
        if visible != SheetVisible::Visible || schema.is_none() {
            if sheet::has_content(&mut book, &name) {
                let finding = if schema.is_some() { hidden(&name) } else { unknown_table(&name) };
                dataset.findings.push(finding.file(file, None).sheet(&name));
            }
            continue;
        }
        let Some(schema) = schema else { continue };
        if let Some(first) = dataset.table(schema) {
            let (first, en, zh) = (first.sheet.as_deref().unwrap_or_default(), schema.en, schema.zh);
            let message = both!("the table {en} stands on the sheet `{first}` already", "{zh}表已在工作表“{first}”中");
            let remedy = both!("put all rows onto one of the two sheets", "请把两张工作表的行合并到一张");
            let finding = Finding::new(Code::DuplicateTable, message).file(file, schema.table).sheet(&name);
            dataset.findings.push(finding.remedy(remedy));
            continue;
        }
        let mut table = RawTable::new(file, schema);
        table.sheet = Some(name);
        let mut reader = SheetReader::new(table, &mut texts);
        reader.read(&mut book, contents.formulas);
        let (table, findings) = reader.finish();
        dataset.findings.append(findings);
        if let Some(table) = table {
            dataset.tables.push(Source { table, rest: Rest::Nothing });
        }
    }
    dataset
}

/// Nobody sees what a hidden sheet says, so that no answer may rest on it.
fn hidden(name: &str) -> Finding {
    let message = both!("the sheet `{name}` is hidden; it was not read", "工作表“{name}”处于隐藏状态，未读取");
    let remedy = both!("unhide it, or delete it", "请取消隐藏，或者删除该工作表");
    Finding::new(Code::UnknownTable, message).value(name).remedy(remedy)
}

#[cfg(test)]
mod tests;
