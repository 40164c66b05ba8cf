//! One JSON file: an object with one array for each table, one object of texts for each row.

use super::Content;
use crate::intake::{TABLES, TableSchema};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

/// Writes the file.
pub(super) fn write(content: &Content<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &Dataset(content))?;
    out.write_all(b"\n")?;
    out.flush()
}

struct Dataset<'a, 'f>(&'a Content<'f>);

impl Serialize for Dataset<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tables = serializer.serialize_map(None)?;
        for schema in TABLES.iter().filter(|schema| self.0.is_needed(schema)) {
            tables.serialize_entry(self.0.name(schema), &Table { content: self.0, schema })?;
        }
        tables.end()
    }
}

struct Table<'a, 'f> {
    content: &'a Content<'f>,
    schema: &'static TableSchema,
}

impl Serialize for Table<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headings = self.content.headings(self.schema);
        let rows = self.content.rows(self.schema);
        // A dataset to be filled in shows the keys of every table in a row whose cells are empty, which says nothing.
        let shown = self.content.facts.is_none();
        let empty = (shown && self.schema.table.is_some()).then(|| vec![Cow::Borrowed(""); headings.len()]);
        serializer.collect_seq(rows.chain(empty).map(|cells| Row { headings: &headings, cells, shown }))
    }
}

struct Row<'a, 'f> {
    headings: &'a [&'static str],
    cells: Vec<Cow<'f, str>>,
    /// Whether empty cells are written, too.
    shown: bool,
}

impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.headings.iter().zip(&self.cells);
        serializer.collect_map(entries.filter(|(_, cell)| self.shown || !cell.is_empty()))
    }
}
