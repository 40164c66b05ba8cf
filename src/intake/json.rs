//! Reads one JSON file: an object with one array for each table, one object for each row.
//!
//! Values are taken as they are written, so that a number never passes through binary floating point, and keys are
//! read as a list, so that one that is given twice is found.

use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::headings::{duplicate_column, unknown_column, unknown_table};
use super::marks::RowMark;
use super::raw::{RawDataset, RawTable, Rest, Source};
use super::schema::{self, TableSchema};
use super::text::both;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Reads a whole dataset; never fails, whatever the text is.
pub(crate) fn read(text: &str, file: &str) -> RawDataset {
    let mut dataset = RawDataset { file: file.to_owned(), ..RawDataset::default() };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let whole = match serde_json::from_str::<&RawValue>(text) {
        Ok(whole) => whole,
        Err(fault) => {
            let (line, column) = (fault.line(), fault.column());
            let message =
                both!("the file is not JSON: {fault}", "文件不是有效的 JSON：第 {line} 行第 {column} 个字符处有误");
            let mut finding = Finding::new(Code::NotJson, message).file(file, None);
            finding.line = u64::try_from(line).ok();
            dataset.findings.push(finding);
            dataset.unreadable = true;
            return dataset;
        }
    };
    let Some(Entries(entries)) = object(whole) else {
        let finding = wrong_shape(whole, "an object with one array for each table", "“表名 → 行的数组”的对象");
        dataset.findings.push(finding.file(file, None));
        dataset.unreadable = true;
        return dataset;
    };
    for (key, value) in entries {
        // Names the schema of the file, for editors; it is no data.
        if key == "$schema" {
            continue;
        }
        let Some(schema) = schema::named(&key) else {
            dataset.findings.push(unknown_table(&key).file(file, None));
            continue;
        };
        if dataset.table(schema).is_some() {
            let (en, zh) = (schema.en, schema.zh);
            let message = both!("the table {en} is given twice; here as `{key}`", "{zh}表重复，此处写作“{key}”");
            let remedy = both!("put all rows into one array", "请把所有行合并到一个数组");
            dataset.findings.push(Finding::new(Code::DuplicateTable, message).file(file, schema.table).remedy(remedy));
            continue;
        }
        let mut reader = TableReader::new(RawTable::new(file, schema));
        reader.table(value);
        dataset.tables.push(Source { table: reader.table, rest: Rest::Nothing });
        dataset.findings.append(reader.findings);
    }
    dataset
}

struct TableReader {
    table: RawTable,
    findings: Collected,
    /// Unknown keys that were found already.
    unknown: Vec<String>,
}

impl TableReader {
    fn new(table: RawTable) -> Self {
        Self { table, findings: Collected::default(), unknown: Vec::new() }
    }

    fn table(&mut self, value: &RawValue) {
        let schema = self.table.schema;
        if let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            for row in rows {
                self.row(row);
            }
        } else if let (None, Some(Entries(entries))) = (schema.table, object(value)) {
            // Settings may be written as an object of their own, as it has one value for each key.
            for (key, value) in entries {
                let key_value = [(Cow::Borrowed("key"), Cell::Text(key)), (Cow::Borrowed("value"), cell(value))];
                self.cells(key_value.into_iter().collect());
            }
        } else {
            let finding = wrong_shape(value, "an array of rows", "行的数组");
            self.findings.push(self.table.place(finding));
            self.table.present.fill(true);
        }
        if self.unknown.is_empty() && !self.table.present.contains(&true) {
            // Where no key was read at all, none can be said to be missing: there are no rows, or none is an object.
            self.table.present.fill(true);
        }
    }

    fn row(&mut self, value: &RawValue) {
        match object(value) {
            Some(Entries(entries)) => self.cells(entries.into_iter().map(|(key, raw)| (key, cell(raw))).collect()),
            None => {
                let mark = self.next_mark();
                let finding = wrong_shape(value, "an object with one value for each column", "“列名 → 值”的对象");
                self.findings.push(self.table.place(finding).row(mark.number, None));
            }
        }
    }

    fn next_mark(&mut self) -> RowMark {
        self.table.count = self.table.count.saturating_add(1);
        RowMark { number: self.table.count, line: None }
    }

    fn cells(&mut self, entries: Vec<(Cow<'_, str>, Cell<'_>)>) {
        let schema = self.table.schema;
        let blank = entries.iter().all(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim().is_empty()));
        let mark = if blank { None } else { Some(self.next_mark()) };
        let mut cells: Vec<Option<Cow<'_, str>>> = vec![None; schema.columns.len()];
        let mut readable = true;
        for (key, cell) in entries {
            let Some(at) = schema.position(key.trim()) else {
                self.unknown_key(schema, key.trim());
                continue;
            };
            if let Some(present) = self.table.present.get_mut(at) {
                *present = true;
            }
            let Some(mark) = mark else { continue };
            match (cells.get_mut(at), cell) {
                (Some(slot @ None), Cell::Text(text)) => *slot = Some(text),
                (Some(None), Cell::Nested(raw)) => {
                    readable = false;
                    let column = schema.columns.get(at).map_or("", |column| column.en);
                    let finding = wrong_shape_at(raw, column);
                    self.findings.push(self.table.place(finding).row(mark.number, None));
                }
                _ => {
                    readable = false;
                    let finding = duplicate_column(schema, at, &key);
                    self.findings.push(self.table.place(finding).row(mark.number, None));
                }
            }
        }
        if let (Some(mark), true) = (mark, readable) {
            self.table.push(mark, cells.iter().map(|cell| cell.as_deref().unwrap_or_default()));
        }
    }

    fn unknown_key(&mut self, schema: &TableSchema, key: &str) {
        if !self.unknown.iter().any(|known| known == key) {
            self.unknown.push(key.to_owned());
            self.findings.push(self.table.place(unknown_column(schema, key)));
        }
    }
}

/// A value of a row.
enum Cell<'j> {
    /// A plain value, as the text that a CSV file would have.
    Text(Cow<'j, str>),
    /// An object, an array or a text that is none.
    Nested(&'j RawValue),
}

fn cell(value: &RawValue) -> Cell<'_> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => match raw.get(1..raw.len() - 1) {
            Some(text) if !text.contains('\\') => Cell::Text(Cow::Borrowed(text)),
            _ => serde_json::from_str::<String>(raw).map_or(Cell::Nested(value), |text| Cell::Text(Cow::Owned(text))),
        },
        Some(b'n') => Cell::Text(Cow::Borrowed("")),
        Some(b't') => Cell::Text(Cow::Borrowed("yes")),
        Some(b'f') => Cell::Text(Cow::Borrowed("no")),
        Some(b'{' | b'[') | None => Cell::Nested(value),
        Some(_) => match Decimal::from_scientific(raw) {
            // Some writers put large numbers as 1.5e9; the value is the same.
            Ok(number) if raw.contains(['e', 'E']) => Cell::Text(Cow::Owned(number.normalize().to_string())),
            _ => Cell::Text(Cow::Borrowed(raw)),
        },
    }
}

fn wrong_shape(value: &RawValue, en: &str, zh: &str) -> Finding {
    let (kind_en, kind_zh) = kind(value);
    let message = both!("found {kind_en}", "此处是{kind_zh}");
    Finding::new(Code::WrongShape, message).expected(both!("{en}", "{zh}"))
}

fn wrong_shape_at(value: &RawValue, column: &str) -> Finding {
    let finding = wrong_shape(value, "a text, a number, true, false or null", "文字、数字、true、false 或 null");
    finding.column(column).value(value.get()).remedy(both!(
        "write one plain value; several names go into one text, separated by `;`",
        "请写成单个值；多个名称写在一个文本里，以“;”分隔"
    ))
}

fn kind(value: &RawValue) -> (&'static str, &'static str) {
    match value.get().as_bytes().first() {
        Some(b'{') => ("an object", "对象"),
        Some(b'[') => ("an array", "数组"),
        Some(b'"') => ("a text", "文本"),
        Some(b'n') => ("null", "null"),
        Some(b't' | b'f') => ("a truth value", "布尔值"),
        _ => ("a number", "数字"),
    }
}

fn object(value: &RawValue) -> Option<Entries<'_>> {
    serde_json::from_str(value.get()).ok()
}

/// The entries of an object in their order, with those given twice.
struct Entries<'j>(Vec<(Cow<'j, str>, &'j RawValue)>);

impl<'de: 'j, 'j> Deserialize<'de> for Entries<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    entries.push((key, map.next_value()?));
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(EntriesVisitor).map(Entries)
    }
}

/// A key, borrowed from the file where it has no escapes.
struct Key<'j>(Cow<'j, str>);

impl<'de: 'j, 'j> Deserialize<'de> for Key<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Cow<'de, str>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(key))
            }

            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(key.to_owned()))
            }
        }

        deserializer.deserialize_str(KeyVisitor).map(Key)
    }
}
