//! From files to facts and findings; reading never stops at the first fault.
//!
//! A reader for each format turns bytes into tables of texts, one step turns the texts into facts, and the checks
//! look across rows. Every fault becomes a [`Finding`] that says where it is, what was expected and what to do; all
//! findings of a dataset are reported together. A dataset with a finding of [`Severity::Error`] gives no answers.

mod blocks;
mod build;
mod cells;
mod checks;
mod code;
mod collected;
mod csv_file;
mod csv_folder;
mod describe;
mod digest;
mod finding;
mod findings;
mod headings;
mod json;
mod marks;
mod near;
mod proposal;
mod raw;
mod row;
mod schema;
mod settings;
mod statements;
mod text;
#[cfg(feature = "xlsx")]
mod workbook;

#[cfg(test)]
mod tests;

pub use checks::check_subject;
pub use code::{CODES, CodeInfo, Severity};
pub use describe::{CodeLabel, ColumnInfo, TableInfo, tables};
pub use digest::digest;
pub use finding::Finding;
pub use findings::Findings;
pub use proposal::Proposal;
pub use text::{Lang, Text};

use crate::facts::Facts;
use code::Code;
use collected::Collected;
use marks::RowMark;
use near::Suggester;
pub(crate) use near::nearest;
use raw::{RawDataset, RawTable, Rest, Source};
use row::mend;
#[cfg(feature = "xlsx")]
pub(crate) use schema::Column;
pub(crate) use schema::{Cell, SETTINGS, TABLES, TableSchema, named as schema_named, of as schema_of};
use std::io;
use std::path::{Path, PathBuf};
pub(crate) use text::both;
#[cfg(feature = "xlsx")]
pub use workbook::first_sheet;
#[cfg(feature = "xlsx")]
pub(crate) use workbook::{LISTS, NOTES};

/// A dataset that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What it says. Where there are errors, rows that could not be read are not among the facts; where there are
    /// none, the row at position `i` of a table is data row `i + 1`.
    pub facts: Facts,
    /// What was found, errors first.
    pub findings: Vec<Finding>,
    /// Digest of the facts, the same for every format ([`digest`]).
    pub digest: String,
    /// Data rows of all tables but `settings`, those included that could not be read.
    pub rows: usize,
}

impl Loaded {
    /// What would be read of a file that fails, where none is read from.
    fn nothing() -> Self {
        Self { facts: Facts::default(), findings: Vec::new(), digest: String::new(), rows: 0 }
    }

    /// Whether anything stops an answer.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }
}

/// Why nothing could be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is nothing at that path.
    #[error("there is no `{}`; `relata init` writes an empty dataset to be filled in", .0.display())]
    NotFound(PathBuf),
    /// It is a file of a kind that is not read.
    #[error("`{}` is neither a folder of CSV files, nor a .json or .xlsx file, nor a packed file", .0.display())]
    UnknownFormat(PathBuf),
    /// It is a workbook of a kind that is not read.
    #[error("`{}` is a workbook of a kind that is not read; open it and save it as .xlsx", .0.display())]
    OtherWorkbook(PathBuf),
    /// It is a workbook, and this program was built without what reads them.
    #[error("`{}` is a workbook, and this program was built without the feature `xlsx`", .0.display())]
    NoWorkbooks(PathBuf),
    /// The file system refused.
    #[error("`{}` cannot be read: {source}", path.display())]
    Read {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Reads a dataset: a folder of CSV files, one `.json` file, or one workbook (`.xlsx`).
///
/// # Errors
/// Where the file system has no such thing or does not give it out. Faults of the dataset are no errors here but
/// [`Loaded::findings`].
pub fn open(path: &Path) -> Result<Loaded, OpenError> {
    let metadata = std::fs::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound(path.to_owned()),
        _ => OpenError::Read { path: path.to_owned(), source },
    })?;
    if metadata.is_dir() {
        return open_folder(path, BLOCK);
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "json" => {}
        "xlsx" | "xlsm" => return open_workbook(path),
        "xls" | "xlsb" | "ods" | "et" | "numbers" => return Err(OpenError::OtherWorkbook(path.to_owned())),
        _ => return Err(OpenError::UnknownFormat(path.to_owned())),
    }
    let bytes = std::fs::read(path).map_err(|source| OpenError::Read { path: path.to_owned(), source })?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match String::from_utf8(bytes) {
        Ok(text) => load(json::read(&text, &file)),
        Err(fault) => {
            let at = fault.utf8_error().valid_up_to();
            let before = fault.as_bytes().get(..at).unwrap_or_default();
            let line = before.iter().fold(1u64, |line, byte| line + u64::from(*byte == b'\n'));
            let message = both!("line {line} of the file is not written in UTF-8", "文件第 {line} 行的编码不是 UTF-8");
            let remedy = both!("save the file again in UTF-8", "请将文件另存为 UTF-8 编码");
            let mut finding = Finding::new(Code::NotUtf8, message).file(&file, None).remedy(remedy);
            finding.line = Some(line);
            let mut findings = Collected::default();
            findings.push(finding);
            load(RawDataset { tables: Vec::new(), findings, file, unreadable: true })
        }
    }
}

/// Reads a dataset from the text of a JSON file; `file` is what findings call it. A text that is not JSON is a finding.
#[must_use]
pub fn from_json(text: &str, file: &str) -> Loaded {
    load(json::read(text, file)).unwrap_or_else(|_| Loaded::nothing())
}

/// Reads a dataset from rows of texts, cells in the order of the columns of their table; `file` is what findings call it.
pub(crate) fn from_rows<'t, R>(tables: impl IntoIterator<Item = (&'static TableSchema, R)>, file: &str) -> Loaded
where
    R: Iterator<Item = Vec<std::borrow::Cow<'t, str>>>,
{
    let mut raw = RawDataset { file: file.to_owned(), ..RawDataset::default() };
    for (schema, rows) in tables {
        let mut table = RawTable::new(file, schema);
        table.present.fill(true);
        for (number, cells) in (1u32..).zip(rows) {
            table.push(RowMark { number, line: None }, cells.iter().map(|cell| &**cell));
            table.count = number;
        }
        raw.tables.push(Source { table, rest: Rest::Nothing });
    }
    load(raw).unwrap_or_else(|_| Loaded::nothing())
}

/// Files are read in blocks of so many bytes.
const BLOCK: usize = 1 << 20;

/// Reads a folder of CSV files in blocks of some size, which makes no difference to what is read.
fn open_folder(path: &Path, block: usize) -> Result<Loaded, OpenError> {
    load(csv_folder::read(path, block)?)
}

#[cfg(feature = "xlsx")]
fn open_workbook(path: &Path) -> Result<Loaded, OpenError> {
    load(workbook::read(path)?)
}

#[cfg(not(feature = "xlsx"))]
fn open_workbook(path: &Path) -> Result<Loaded, OpenError> {
    Err(OpenError::NoWorkbooks(path.to_owned()))
}

/// From tables of texts to facts and findings.
fn load(raw: RawDataset) -> Result<Loaded, OpenError> {
    let file = raw.file.clone();
    let mut built = build::build(raw)?;
    let (checked, digest) = rayon::join(|| checks::run(&built, &file), || digest(&built.facts));
    built.findings.append(checked);
    let mut suggester = Suggester::default();
    let findings = built.findings.finish(|finding, text| mend(finding, text, suggester.party(&built.facts, text)));
    Ok(Loaded { digest, facts: built.facts, findings, rows: built.rows })
}
