//! Columns going into sections, and coming from them.

use crate::facts::{Columns, Facts, Outgoing};
use crate::store::{Column, ColumnWriter, PackError, Store, StoreWriter};
use bytemuck::Pod;
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};

/// Gives every column what stands in the section of its name.
pub(super) struct Reading<'s> {
    store: &'s Store,
    failure: Option<PackError>,
}

impl<'s> Reading<'s> {
    pub(super) fn new(store: &'s Store) -> Self {
        Self { store, failure: None }
    }

    /// The first section that was missing or of another kind.
    pub(super) fn done(self) -> Result<(), PackError> {
        self.failure.map_or(Ok(()), Err)
    }
}

impl Columns for Reading<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        match self.store.column(name) {
            Ok(found) => *column = found,
            Err(error) => {
                self.failure.get_or_insert(error);
            }
        }
    }
}

/// Writes every column that is not written yet into the section of its name, and leaves it mapped from there.
pub(super) struct Writing<'w> {
    writer: &'w mut StoreWriter,
    done: BTreeSet<&'static str>,
    failure: Option<PackError>,
    /// Is told how many more bytes are written.
    watch: &'w mut dyn FnMut(u64),
}

impl<'w> Writing<'w> {
    pub(super) fn new(writer: &'w mut StoreWriter, watch: &'w mut dyn FnMut(u64)) -> Self {
        Self { writer, done: BTreeSet::new(), failure: None, watch }
    }

    /// Passes over a column that was written otherwise.
    pub(super) fn pass_over(&mut self, name: &'static str) {
        self.done.insert(name);
    }

    /// The first failure.
    pub(super) fn done(self) -> Result<(), PackError> {
        self.failure.map_or(Ok(()), Err)
    }

    fn write<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) -> Result<(), PackError> {
        self.writer.append_column(name, column)?;
        let bytes = column.len() * size_of::<T>();
        // What was in memory is there no longer.
        *column = self.writer.written(name)?;
        (self.watch)(bytes as u64);
        Ok(())
    }
}

impl Columns for Writing<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        if self.failure.is_none()
            && self.done.insert(name)
            && let Err(error) = self.write(name, column)
        {
            self.failure = Some(error);
        }
    }
}

/// Counts the bytes of all columns.
#[derive(Default)]
pub(super) struct Bytes(pub(super) u64);

impl Columns for Bytes {
    fn visit<T: Pod>(&mut self, _: &'static str, column: &mut Column<T>) {
        self.0 += (column.len() * size_of::<T>()) as u64;
    }
}

/// Columns that grow on the disk, by the names of their sections.
#[derive(Default)]
pub(super) struct Spilling {
    /// A [`ColumnWriter`] each, of the type that its column has; none once it was appended.
    columns: BTreeMap<&'static str, Option<Box<dyn Any>>>,
}

impl Spilling {
    /// Takes what the columns hold.
    pub(super) fn take(&mut self, writer: &StoreWriter, from: &mut Outgoing) -> Result<(), PackError> {
        let mut taking = Taking { writer, columns: &mut self.columns, failure: None };
        from.hand_over(&mut taking);
        taking.failure.map_or(Ok(()), Err)
    }

    /// Appends every column as a section, and gives it to the facts from there; what it was spilled to is freed before
    /// the next one is appended.
    pub(super) fn append(&mut self, writer: &mut StoreWriter, to: &mut Facts) -> Result<(), PackError> {
        let mut appending = Appending { writer, columns: &mut self.columns, failure: None };
        to.visit_columns(&mut appending);
        appending.failure.map_or(Ok(()), Err)
    }

    /// The names of the columns.
    pub(super) fn appended(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.columns.keys().copied()
    }
}

struct Taking<'s> {
    writer: &'s StoreWriter,
    columns: &'s mut BTreeMap<&'static str, Option<Box<dyn Any>>>,
    failure: Option<PackError>,
}

impl Taking<'_> {
    fn take<T: Pod>(&mut self, name: &'static str, column: &Column<T>) -> Result<(), PackError> {
        let kept = self.columns.entry(name).or_default();
        let kept = match kept {
            Some(kept) => kept,
            none => none.insert(Box::new(self.writer.column::<T>(name)?)),
        };
        match kept.downcast_mut::<ColumnWriter<T>>() {
            Some(kept) => kept.extend_from_slice(column.slice(0..column.len())),
            None => Err(PackError::Name { name: name.to_owned() }),
        }
    }
}

impl Columns for Taking<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        if self.failure.is_none() {
            self.failure = self.take(name, column).err();
        }
    }
}

struct Appending<'s> {
    writer: &'s mut StoreWriter,
    columns: &'s mut BTreeMap<&'static str, Option<Box<dyn Any>>>,
    failure: Option<PackError>,
}

impl Appending<'_> {
    fn append<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) -> Result<(), PackError> {
        let Some(kept) = self.columns.get_mut(name).and_then(Option::take) else { return Ok(()) };
        if let Ok(kept) = kept.downcast::<ColumnWriter<T>>() {
            self.writer.append(*kept)?;
            *column = self.writer.written(name)?;
        }
        Ok(())
    }
}

impl Columns for Appending<'_> {
    fn visit<T: Pod>(&mut self, name: &'static str, column: &mut Column<T>) {
        if self.failure.is_none() {
            self.failure = self.append(name, column).err();
        }
    }
}
