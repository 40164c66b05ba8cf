//! Writes an empty dataset with the headings of every table.

use super::schema::{SETTINGS, TABLES, TableSchema};
use super::text::Lang;
use serde_json::{Map, Value};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What kind of dataset to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateFormat {
    /// A folder with one CSV file for each table.
    Csv,
    /// One JSON file, each table with one row whose cells are empty, which says nothing.
    Json,
}

/// Why a template could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
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
}

/// Writes an empty dataset. It is written beside its place and then moved there, so that no half of it is ever seen.
///
/// # Errors
/// [`TemplateError::Exists`] where there is a file or a folder that is not empty, [`TemplateError::Write`] where the
/// file system refuses.
pub fn write_template(path: &Path, format: TemplateFormat, lang: Lang) -> Result<(), TemplateError> {
    let is_empty_folder = format == TemplateFormat::Csv
        && path.is_dir()
        && std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if path.symlink_metadata().is_ok() && !is_empty_folder {
        return Err(TemplateError::Exists(path.to_owned()));
    }
    let written = match format {
        TemplateFormat::Csv => write_folder(path, lang, is_empty_folder),
        TemplateFormat::Json => write_file(path, lang),
    };
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => TemplateError::Exists(path.to_owned()),
        _ => TemplateError::Write { path: path.to_owned(), source },
    })
}

/// The folder in which `path` stands.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

fn write_folder(path: &Path, lang: Lang, replaces_empty: bool) -> io::Result<()> {
    let beside = tempfile::Builder::new().prefix(".relata-").tempdir_in(parent(path))?;
    let folder = beside.path().join("dataset");
    std::fs::create_dir(&folder)?;
    for schema in &TABLES {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(headings(schema, lang))?;
        for (key, value) in settings(schema, lang) {
            writer.write_record([key, value])?;
        }
        let rows = writer.into_inner().map_err(|fault| io::Error::other(fault.to_string()))?;
        let mut file = std::fs::File::create_new(folder.join(format!("{}.csv", name(schema, lang))))?;
        // Without the mark, spreadsheets open Chinese text as something else.
        file.write_all(b"\xEF\xBB\xBF")?;
        file.write_all(&rows)?;
    }
    if replaces_empty {
        std::fs::remove_dir(path)?;
    }
    std::fs::rename(&folder, path)
}

fn write_file(path: &Path, lang: Lang) -> io::Result<()> {
    let mut tables = Map::new();
    for schema in &TABLES {
        let headings = headings(schema, lang);
        let row = |cells: &mut dyn Iterator<Item = &str>| {
            let entries = headings.iter().map(|heading| (*heading).to_owned());
            Value::Object(entries.zip(cells.map(|cell| Value::String(cell.to_owned()))).collect())
        };
        let settings = settings(schema, lang);
        let rows = if settings.is_empty() {
            vec![row(&mut std::iter::repeat(""))]
        } else {
            settings.iter().map(|(key, value)| row(&mut [*key, *value].into_iter())).collect()
        };
        tables.insert(name(schema, lang).to_owned(), Value::Array(rows));
    }
    let mut file = tempfile::Builder::new().prefix(".relata-").tempfile_in(parent(path))?;
    serde_json::to_writer_pretty(&mut file, &Value::Object(tables))?;
    file.write_all(b"\n")?;
    file.persist_noclobber(path).map(drop).map_err(|fault| fault.error)
}

fn name(schema: &TableSchema, lang: Lang) -> &'static str {
    if lang == Lang::Zh { schema.zh } else { schema.en }
}

fn headings(schema: &TableSchema, lang: Lang) -> Vec<&'static str> {
    schema.columns.iter().map(|column| if lang == Lang::Zh { column.zh } else { column.en }).collect()
}

/// The settings there are, to be filled in; of other tables nothing.
fn settings(schema: &TableSchema, lang: Lang) -> Vec<(&'static str, &'static str)> {
    if schema.table.is_some() {
        return Vec::new();
    }
    let value = |key: &str| match (key, lang) {
        ("language", Lang::Zh) => "zh",
        ("language", Lang::En) => "en",
        _ => "",
    };
    SETTINGS.iter().map(|(en, zh)| (if lang == Lang::Zh { *zh } else { *en }, value(en))).collect()
}
