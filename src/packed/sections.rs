//! Columns going into sections, and coming from them.

use crate::facts::Columns;
use crate::store::{Column, PackError, Store, StoreWriter};
use bytemuck::Pod;
use std::collections::BTreeSet;

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
