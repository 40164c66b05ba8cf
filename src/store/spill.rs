//! A column that grows beside others, in memory first and then in a file without a name.

use super::column::Column;
use super::error::PackError;
use super::pages::Pages;
use bytemuck::Pod;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes a column keeps in memory before they go to its file.
const KEPT: usize = 256 * 1024;

/// A column being written. It holds at most 256 KiB in memory; the rest is in a file without a name in the folder of
/// the packed file, which vanishes with the writer. Columns are independent of each other: several may grow at once,
/// on several threads.
#[derive(Debug)]
pub struct ColumnWriter<T> {
    name: String,
    folder: PathBuf,
    kept: Vec<T>,
    file: Option<File>,
    /// How many values are in the file.
    spilled: usize,
    /// Whether a write failed, so that what follows would stand in the wrong place.
    failed: bool,
}

impl<T: Pod> ColumnWriter<T> {
    const LIMIT: usize = {
        assert!(size_of::<T>() > 0 && align_of::<T>() <= super::layout::ALIGN, "no type for a section");
        if size_of::<T>() < KEPT { KEPT / size_of::<T>() } else { 1 }
    };

    pub(super) fn new(name: String, folder: &Path) -> Self {
        Self { name, folder: folder.to_owned(), kept: Vec::new(), file: None, spilled: 0, failed: false }
    }

    /// The section's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many values there are so far.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.spilled + self.kept.len()
    }

    /// Whether there is none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends a value.
    ///
    /// # Errors
    ///
    /// The column's file cannot be written, or could not be earlier.
    #[inline]
    pub fn push(&mut self, value: T) -> Result<(), PackError> {
        if self.kept.len() >= Self::LIMIT {
            self.spill()?;
        }
        self.kept.push(value);
        Ok(())
    }

    /// Appends values.
    ///
    /// # Errors
    ///
    /// As [`ColumnWriter::push`].
    pub fn extend_from_slice(&mut self, values: &[T]) -> Result<(), PackError> {
        for part in values.chunks(Self::LIMIT) {
            if self.kept.len() + part.len() > Self::LIMIT {
                self.spill()?;
            }
            self.kept.extend_from_slice(part);
        }
        Ok(())
    }

    /// Moves what is kept in memory to the file.
    #[inline(never)]
    fn spill(&mut self) -> Result<(), PackError> {
        if self.failed {
            return Err(PackError::Unfinished);
        }
        self.failed = true;
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.folder)?),
        };
        file.write_all(bytemuck::cast_slice(&self.kept))?;
        self.failed = false;
        self.spilled += self.kept.len();
        self.kept.clear();
        Ok(())
    }

    /// The values so far, to be read before the packed file is written. They are mapped from the column's file if they
    /// have outgrown the memory, and stay readable whatever becomes of the writer. The column may go on growing; what
    /// is returned does not.
    ///
    /// # Errors
    ///
    /// The column's file cannot be written or mapped.
    pub fn seal(&mut self) -> Result<Column<T>, PackError> {
        if self.file.is_none() && !self.failed {
            return Ok(Column::from(self.kept.clone()));
        }
        self.spill()?;
        let Some(file) = &self.file else { return Err(PackError::Unfinished) };
        // The file only grows, so the part that is mapped stays as it is.
        Ok(Column::mapped(Arc::new(Pages::trusted(file)?), 0, self.spilled))
    }
}
