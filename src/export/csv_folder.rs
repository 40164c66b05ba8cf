//! A folder with one CSV file for each table.

use super::{Content, parent};
use crate::intake::TABLES;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

/// Writes the folder; `replaces_empty` says that an empty one is in its place.
pub(super) fn write(content: &Content<'_>, path: &Path, replaces_empty: bool) -> io::Result<()> {
    let beside = tempfile::Builder::new().prefix(".relata-").tempdir_in(parent(path))?;
    let folder = beside.path().join("dataset");
    std::fs::create_dir(&folder)?;
    for schema in TABLES.iter().filter(|schema| content.is_needed(schema)) {
        let file = std::fs::File::create_new(folder.join(format!("{}.csv", content.name(schema))))?;
        let mut out = BufWriter::new(file);
        // Without the mark, spreadsheets open Chinese text as something else.
        out.write_all(b"\xEF\xBB\xBF")?;
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(content.headings(schema))?;
        for row in content.rows(schema) {
            writer.write_record(row.iter().map(|cell| cell.as_bytes()))?;
        }
        writer.flush()?;
    }
    if replaces_empty {
        std::fs::remove_dir(path)?;
    }
    std::fs::rename(&folder, path)
}
