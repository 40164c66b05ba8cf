//! What a change would make of the register: rows added, ended or changed, without touching the data.
//!
//! The facts are written out as rows, changed there, and read again, so that a supposed row is checked as any other.
//! O(rows of the dataset).

use super::cells::{cells, value};
use super::{Dataset, Inquiry, Refusal, Terms};
use crate::export;
use crate::facts::{Facts, RowRef};
use crate::intake::{self, Finding, TABLES, TableSchema, both, nearest, schema_named};
use crate::report::WhatifReport;
use chrono::NaiveDate;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What findings about supposed rows call their place.
const SUPPOSED: &str = "whatif";

/// One change that is supposed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Supposition {
    /// A row is added.
    Add {
        /// To this table.
        add: String,
        /// Its cells, by column.
        cells: BTreeMap<String, String>,
    },
    /// A row ends.
    End {
        /// Of this table.
        end: String,
        /// Which, counted from 1.
        row: u32,
        /// The last day on which it holds.
        day: NaiveDate,
    },
    /// Cells of a row are changed.
    Set {
        /// Of this table.
        set: String,
        /// Which, counted from 1.
        row: u32,
        /// The cells, by column; an empty one is emptied.
        cells: BTreeMap<String, String>,
    },
}

/// Changes as a file or a request gives them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppositions {
    /// The changes, all at once.
    pub changes: Vec<Supposition>,
}

impl Suppositions {
    /// Reads them from JSON.
    ///
    /// # Errors
    /// Where the text says something else.
    pub fn from_json(text: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(text).map_err(|fault| {
            Refusal::Usage(both!(
                "the changes: {fault}; write {{\"changes\": [{{\"add\": \"holdings\", \"cells\": {{…}}}}, {{\"end\": \"positions\", \"row\": 5, \"day\": \"2022-05-31\"}}]}}",
                "变更：{fault}；请写作 {{\"changes\": [{{\"add\": \"holdings\", \"cells\": {{…}}}}, {{\"end\": \"positions\", \"row\": 5, \"day\": \"2022-05-31\"}}]}}"
            ))
        })
    }
}

impl Supposition {
    /// Reads `TABLE:column=value,…`: a row that is added.
    ///
    /// # Errors
    /// Where the text is no such thing.
    pub fn add(text: &str) -> Result<Self, Refusal> {
        let (add, cells) =
            text.split_once([':', '：']).ok_or_else(|| not_so(text, "holdings:holder=X,company=L,percent=6"))?;
        Ok(Self::Add { add: add.trim().to_owned(), cells: read(cells)? })
    }

    /// Reads `TABLE:ROW=DAY`: a row that ends.
    ///
    /// # Errors
    /// Where the text is no such thing.
    pub fn end(text: &str) -> Result<Self, Refusal> {
        let read = || {
            let (end, rest) = text.split_once([':', '：'])?;
            let (row, day) = rest.split_once(['=', '＝'])?;
            Some(Self::End { end: end.trim().to_owned(), row: row.trim().parse().ok()?, day: day.trim().parse().ok()? })
        };
        read().ok_or_else(|| not_so(text, "positions:5=2022-05-31"))
    }

    /// Reads `TABLE:ROW:column=value,…`: a row that is changed.
    ///
    /// # Errors
    /// Where the text is no such thing.
    pub fn set(text: &str) -> Result<Self, Refusal> {
        let parts = || {
            let (set, rest) = text.split_once([':', '：'])?;
            let (row, cells) = rest.split_once([':', '：'])?;
            Some((set.trim().to_owned(), row.trim().parse().ok()?, cells))
        };
        let (set, row, cells) = parts().ok_or_else(|| not_so(text, "holdings:3:percent=4.99"))?;
        Ok(Self::Set { set, row, cells: read(cells)? })
    }

    fn table(&self) -> &str {
        match self {
            Self::Add { add, .. } => add,
            Self::End { end, .. } => end,
            Self::Set { set, .. } => set,
        }
    }
}

impl Inquiry<'_> {
    /// What the changes would make of the register, on the day asked about.
    ///
    /// # Errors
    /// Where a change names a table, column or row that there is not, or the changed data would have errors.
    pub fn whatif<R>(&self, changes: &[Supposition], then: impl FnOnce(&WhatifReport<'_>) -> R) -> Result<R, Refusal> {
        let (supposed, moved) = self.dataset.supposing(changes)?;
        let after = Inquiry::new(&supposed, Terms { subject: Some(self.subject_id()), ..self.terms.clone() })?;
        let (question, otherwise) = (self.question(), after.question());
        let changed = self.resolver().compare(&question, (&after.resolver(), &otherwise), &moved);
        let before = self.dataset.stamp();
        Ok(after.show(&otherwise, |context| {
            then(&WhatifReport { context, before: &before, moved: &moved, changes: &changed })
        }))
    }

    fn subject_id(&self) -> String {
        self.dataset.facts().id(self.subject).to_owned()
    }
}

impl Dataset {
    /// The dataset as it would be, and the rows that differ from what it is. Every other row stands where it stood.
    ///
    /// # Errors
    /// Where a change names a table, column or row that there is not, or the changed data would have errors.
    pub fn supposing(&self, changes: &[Supposition]) -> Result<(Self, BTreeSet<RowRef>), Refusal> {
        if changes.is_empty() {
            return Err(Refusal::Usage(both!("no change is named", "没有指明任何变更")));
        }
        let facts = self.facts();
        let (mut edits, mut faults): (Edits<'_>, Vec<Refusal>) = (Edits::default(), Vec::new());
        for change in changes {
            if let Err(fault) = edits.take(facts, change) {
                faults.push(fault);
            }
        }
        if let Some(refusal) = Refusal::of(faults) {
            return Err(refusal);
        }
        let tables = TABLES.iter().map(|schema| (schema, edits.rows(facts, schema)));
        let loaded = intake::from_rows(tables, SUPPOSED);
        let errors: Vec<Finding> = loaded.findings.iter().filter(|finding| finding.is_error()).cloned().collect();
        if !errors.is_empty() {
            return Err(Refusal::Rows(errors));
        }
        self.undamaged()?;
        Ok((Self::from_loaded(loaded, self.path()), edits.moved))
    }
}

/// Cells of a row with the places of their columns.
type Placed<'c> = Vec<(usize, Cow<'c, str>)>;

/// Changes by table.
#[derive(Default)]
struct Edits<'c> {
    /// Cells of rows that are changed; rows counted from 0.
    set: BTreeMap<&'static str, BTreeMap<usize, Placed<'c>>>,
    added: BTreeMap<&'static str, Vec<Vec<Cow<'c, str>>>>,
    moved: BTreeSet<RowRef>,
}

impl<'c> Edits<'c> {
    fn take(&mut self, facts: &Facts, change: &'c Supposition) -> Result<(), Refusal> {
        let name = change.table();
        let known = schema_named(name).and_then(|schema| Some((schema, schema.table?)));
        let (schema, table) = known.ok_or_else(|| unknown_table(name))?;
        let rows = facts.rows_of(table);
        let added = self.added.entry(schema.en).or_default();
        match change {
            Supposition::Add { cells, .. } => {
                let mut row = vec![Cow::Borrowed(""); schema.columns.len()];
                for (at, value) in placed(facts, schema, cells)? {
                    if let Some(cell) = row.get_mut(at) {
                        *cell = value;
                    }
                }
                self.moved.insert(RowRef::new(table, rows + added.len()));
                added.push(row);
            }
            Supposition::End { row, day, .. } => {
                let at = existing(schema, *row, rows)?;
                let until = schema.position("until").ok_or_else(|| no_end(schema))?;
                self.change(schema, at, vec![(until, Cow::Owned(day.to_string()))]);
                self.moved.insert(RowRef::new(table, at));
            }
            Supposition::Set { row, cells, .. } => {
                let at = existing(schema, *row, rows)?;
                self.change(schema, at, placed(facts, schema, cells)?);
                self.moved.insert(RowRef::new(table, at));
            }
        }
        Ok(())
    }

    fn change(&mut self, schema: &'static TableSchema, row: usize, cells: Placed<'c>) {
        self.set.entry(schema.en).or_default().entry(row).or_default().extend(cells);
    }

    /// The rows of a table as they would be.
    fn rows<'r>(
        &'r self,
        facts: &'r Facts,
        schema: &'static TableSchema,
    ) -> impl Iterator<Item = Vec<Cow<'r, str>>> + use<'r, 'c> {
        let set = self.set.get(schema.en);
        let rows = export::table_rows(facts, schema).enumerate().map(move |(at, mut cells)| {
            for (column, value) in set.and_then(|rows| rows.get(&at)).into_iter().flatten() {
                if let Some(cell) = cells.get_mut(*column) {
                    *cell = Cow::Borrowed(value);
                }
            }
            cells
        });
        rows.chain(self.added.get(schema.en).into_iter().flatten().cloned())
    }
}

/// Cells with the places of their columns; parties may be named as anywhere.
fn placed<'c>(
    facts: &Facts,
    schema: &'static TableSchema,
    cells: &'c BTreeMap<String, String>,
) -> Result<Placed<'c>, Refusal> {
    let mut placed = Vec::with_capacity(cells.len());
    for (column, text) in cells {
        let column = column.trim();
        let at = schema.position(column).ok_or_else(|| unknown_column(schema, column))?;
        // Whoever is not there yet may be added by another change; who is nowhere is found when the rows are read.
        let value = value(facts, schema, column, text).unwrap_or(Cow::Borrowed(text));
        placed.push((at, value));
    }
    Ok(placed)
}

fn existing(schema: &TableSchema, row: u32, rows: usize) -> Result<usize, Refusal> {
    let (en, zh) = (schema.en, schema.zh);
    (row as usize).checked_sub(1).filter(|at| *at < rows).ok_or_else(|| {
        Refusal::Usage(both!("{en} has no row {row}; its rows are 1 to {rows}", "{zh}表没有第{row}行；共{rows}行"))
    })
}

fn read(text: &str) -> Result<BTreeMap<String, String>, Refusal> {
    Ok(cells(text, "holder=X,company=L,percent=6")?.into_iter().collect())
}

fn not_so(text: &str, example: &str) -> Refusal {
    Refusal::Usage(both!("`{text}` is no change; write it as {example}", "“{text}”不是变更；请写作 {example}"))
}

fn unknown_table(name: &str) -> Refusal {
    let names = TABLES.iter().filter(|schema| schema.table.is_some()).flat_map(|schema| [schema.en, schema.zh]);
    let near = nearest(name, names);
    let (en, zh) = if near.is_empty() {
        let list = |name: fn(&TableSchema) -> &'static str| {
            TABLES.iter().filter(|s| s.table.is_some()).map(name).collect::<Vec<_>>()
        };
        (list(|schema| schema.en).join(", "), list(|schema| schema.zh).join("、"))
    } else {
        (near.join(", "), near.join("、"))
    };
    Refusal::Usage(both!("`{name}` is no table; there is {en}", "“{name}”不是数据集的表；可用：{zh}"))
}

fn unknown_column(schema: &TableSchema, name: &str) -> Refusal {
    let (table, biao) = (schema.en, schema.zh);
    let en = schema.columns.iter().map(|column| column.en).collect::<Vec<_>>().join(", ");
    let zh = schema.columns.iter().map(|column| column.zh).collect::<Vec<_>>().join("、");
    Refusal::Usage(both!("{table} has no column `{name}`; it has {en}", "{biao}表没有“{name}”列；可用：{zh}"))
}

fn no_end(schema: &TableSchema) -> Refusal {
    let (en, zh) = (schema.en, schema.zh);
    Refusal::Usage(both!(
        "rows of {en} do not end; change their cells instead",
        "{zh}表的行没有截止日；请改为变更单元格"
    ))
}
