//! Writes datasets: as a folder of CSV files, as one JSON file, as one workbook; and empty ones to be filled in.
//!
//! One place turns facts into rows of texts (`rows`), as the readers of [`crate::intake`] turn texts into facts; a
//! writer for each format puts them down. Reading what was written gives the same facts, with the same digest.

mod csv_folder;
mod json_file;
#[cfg(feature = "xlsx")]
mod lists;
#[cfg(feature = "xlsx")]
mod meanings;
#[cfg(feature = "xlsx")]
mod notes;
mod rows;
#[cfg(feature = "xlsx")]
pub(crate) mod sheet;
#[cfg(feature = "xlsx")]
mod workbook;

use crate::facts::{Facts, Lang};
use crate::intake::{SETTINGS, TableSchema};
use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

/// The formats of datasets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatasetFormat {
    /// A folder with one CSV file for each table.
    Csv,
    /// One JSON file.
    Json,
    /// One workbook, with one sheet for each table.
    Xlsx,
}

impl DatasetFormat {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Csv, Self::Json, Self::Xlsx];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format that a path names: a file by its extension, anything without one a folder.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let Some(extension) = path.extension() else { return Some(Self::Csv) };
        let extension = extension.to_string_lossy().to_ascii_lowercase();
        [Self::Json, Self::Xlsx].into_iter().find(|format| format.name() == extension)
    }
}

/// Why a dataset could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// There is something at that path.
    #[error("`{}` exists already, and nothing is overwritten", .0.display())]
    Exists(PathBuf),
    /// The file system refused.
    #[error("`{}` cannot be written: {source}", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A workbook cannot hold it.
    #[error("a workbook cannot hold row {row} of {table}: {limit}; write the dataset as CSV or JSON")]
    TooLarge {
        /// The table.
        table: &'static str,
        /// The data row, counted from 1.
        row: usize,
        /// What it goes beyond.
        limit: String,
    },
    /// This program was built without what writes workbooks.
    #[error("this program was built without the feature `xlsx`, which writes workbooks")]
    NoWorkbooks,
}

impl From<io::Error> for ExportError {
    fn from(source: io::Error) -> Self {
        Self::Write { path: PathBuf::new(), source }
    }
}

/// Writes the facts as a dataset with headings and codes in one language. It is written beside its place and then moved
/// there, so that no half of it is ever seen.
///
/// # Errors
/// [`ExportError::Exists`] where there is a file or a folder that is not empty, [`ExportError::Write`] where the file
/// system refuses, [`ExportError::TooLarge`] where a workbook has no room for a row or a text.
pub fn write_dataset(facts: &Facts, path: &Path, format: DatasetFormat, lang: Lang) -> Result<(), ExportError> {
    write(&Content { facts: Some(facts), lang }, path, format)
}

/// Writes an empty dataset with the headings of every table, in the same way.
///
/// # Errors
/// As [`write_dataset`].
pub fn write_template(path: &Path, format: DatasetFormat, lang: Lang) -> Result<(), ExportError> {
    write(&Content { facts: None, lang }, path, format)
}

/// The rows of a table with codes in English, cells in the order of its columns.
pub(crate) fn table_rows<'f>(facts: &'f Facts, schema: &'static TableSchema) -> Rows<'f> {
    Content { facts: Some(facts), lang: Lang::En }.rows(schema)
}

/// One row of a table with codes in English; no cells where there is no such row.
pub(crate) fn table_row<'f>(facts: &'f Facts, schema: &'static TableSchema, at: usize) -> Vec<Cow<'f, str>> {
    schema.table.and_then(|table| rows::of(facts, table, Lang::En, at).next()).unwrap_or_default()
}

/// What is to be written.
struct Content<'f> {
    /// Nothing: an empty dataset to be filled in.
    facts: Option<&'f Facts>,
    lang: Lang,
}

impl<'f> Content<'f> {
    fn name(&self, schema: &TableSchema) -> &'static str {
        self.lang.pick(schema.zh, schema.en)
    }

    fn headings(&self, schema: &TableSchema) -> Vec<&'static str> {
        schema.columns.iter().map(|column| self.lang.pick(column.zh, column.en)).collect()
    }

    /// Whether the table is to be written where tables without rows need not be.
    fn is_needed(&self, schema: &TableSchema) -> bool {
        let Some(facts) = self.facts else { return true };
        match schema.table {
            Some(table) => table == crate::facts::Table::Parties || facts.rows_of(table) > 0,
            None => !facts.settings.is_empty(),
        }
    }

    /// The rows of a table, cells in the order of its columns.
    fn rows(&self, schema: &'static TableSchema) -> Rows<'f> {
        match (self.facts, schema.table) {
            (Some(facts), Some(table)) => rows::of(facts, table, self.lang, 0),
            (Some(facts), None) => settings(self.lang, move |key| facts.settings.get(key).map(String::as_str)),
            (None, Some(_)) => Box::new(std::iter::empty()),
            // The settings there are, to be filled in.
            (None, None) => {
                let language = self.lang.pick("zh", "en");
                settings(self.lang, move |key| Some(if key == "language" { language } else { "" }))
            }
        }
    }
}

/// Rows of texts.
pub(crate) type Rows<'f> = Box<dyn Iterator<Item = Vec<Cow<'f, str>>> + 'f>;

/// The settings that have a value.
fn settings<'f>(lang: Lang, value: impl Fn(&str) -> Option<&'f str> + 'f) -> Rows<'f> {
    Box::new(SETTINGS.iter().filter_map(move |(en, zh)| Some(vec![lang.pick(*zh, *en).into(), value(en)?.into()])))
}

fn write(content: &Content<'_>, path: &Path, format: DatasetFormat) -> Result<(), ExportError> {
    let is_empty_folder = format == DatasetFormat::Csv
        && path.is_dir()
        && std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if path.symlink_metadata().is_ok() && !is_empty_folder {
        return Err(ExportError::Exists(path.to_owned()));
    }
    let written = match format {
        DatasetFormat::Csv => csv_folder::write(content, path, is_empty_folder).map_err(ExportError::from),
        DatasetFormat::Json => beside(path, |out| json_file::write(content, out).map_err(ExportError::from)),
        #[cfg(feature = "xlsx")]
        DatasetFormat::Xlsx => beside(path, |out| workbook::write(content, out)),
        #[cfg(not(feature = "xlsx"))]
        DatasetFormat::Xlsx => Err(ExportError::NoWorkbooks),
    };
    written.map_err(|fault| match fault {
        ExportError::Write { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
            ExportError::Exists(path.to_owned())
        }
        ExportError::Write { source, .. } => ExportError::Write { path: path.to_owned(), source },
        fault => fault,
    })
}

/// Writes a file beside its place, and moves it there once it is whole.
fn beside(path: &Path, produce: impl FnOnce(&mut std::fs::File) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".relata-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A temporary file is private by default; a dataset is to be as readable as any other file of the user.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(parent(path))?;
    produce(file.as_file_mut())?;
    file.persist_noclobber(path).map(drop).map_err(|fault| fault.error.into())
}

/// The folder in which `path` stands.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}
