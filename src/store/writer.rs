//! Writing a packed file.

use super::column::Column;
use super::error::PackError;
use super::layout::{ALIGN, Layout, MAX_SECTIONS, Section, is_name};
use super::pages::Pages;
use super::sink::Sink;
use super::spill::ColumnWriter;
use bytemuck::Pod;
use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Values of a column that are passed on at once.
const AT_ONCE: usize = 64 * 1024;

/// Writes a packed file: beside its target, which it replaces by renaming when everything is written. Dropped before
/// that, or after a failure, it leaves nothing behind.
///
/// Sections come in one of two ways. [`StoreWriter::section`] writes straight into the file, one section after the
/// other. [`StoreWriter::column`] gives columns that grow beside each other and are appended when they are complete.
#[derive(Debug)]
pub struct StoreWriter {
    target: PathBuf,
    folder: PathBuf,
    file: NamedTempFile,
    sink: Sink,
    /// The last one's count is set when the next one begins.
    sections: Vec<Section>,
    /// Whether the last section may still grow.
    growing: bool,
}

impl StoreWriter {
    /// Begins a packed file that is to stand at this path. If the path is a link, what it points to is replaced.
    ///
    /// # Errors
    ///
    /// The folder cannot be written, the path leads to something that is no file, or this machine is big-endian.
    pub fn create(path: &Path) -> Result<Self, PackError> {
        if cfg!(target_endian = "big") {
            return Err(PackError::BigEndian);
        }
        let target = match path.canonicalize() {
            Ok(real) if !real.is_file() => {
                let error = io::Error::new(io::ErrorKind::InvalidInput, "the target is no file");
                return Err(error.into());
            }
            Ok(real) => real,
            Err(_) => path.to_owned(),
        };
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.to_owned();
        let mut builder = tempfile::Builder::new();
        builder.prefix(".relata-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // A temporary file is private by default; a pack is to be as readable as any other file of the user.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(&folder)?;
        let sink = Sink::new(file.as_file().try_clone()?)?;
        Ok(Self { target, folder, file, sink, sections: Vec::new(), growing: false })
    }

    /// A column that grows on its own until it is appended.
    ///
    /// A type of no size, or aligned to more than 64 bytes, does not compile.
    ///
    /// # Errors
    ///
    /// A section cannot have this name.
    pub fn column<T: Pod>(&self, name: &str) -> Result<ColumnWriter<T>, PackError> {
        if !is_name(name) {
            return Err(PackError::Name { name: name.to_owned() });
        }
        Ok(ColumnWriter::new(name.to_owned(), &self.folder))
    }

    /// Begins a section that is written straight into the file. It ends where the next one begins.
    ///
    /// A type of no size, or aligned to more than 64 bytes, does not compile.
    ///
    /// # Errors
    ///
    /// A section cannot have this name or there is one of that name, there are too many sections, or writing fails.
    pub fn section<T: Pod>(&mut self, name: &str) -> Result<SectionWriter<'_, T>, PackError> {
        const { assert!(size_of::<T>() > 0 && align_of::<T>() <= ALIGN, "no type for a section") };
        if !is_name(name) || self.sections.iter().any(|section| section.name == name) {
            return Err(PackError::Name { name: name.to_owned() });
        }
        if self.sections.len() >= MAX_SECTIONS {
            return Err(PackError::TooManySections { limit: MAX_SECTIONS });
        }
        self.end_section();
        self.sink.pad(ALIGN)?;
        let offset = self.sink.offset();
        self.growing = true;
        self.sections.push(Section { name: name.to_owned(), element_size: size_of::<T>(), count: 0, offset });
        Ok(SectionWriter { sink: &mut self.sink, offset, kind: PhantomData })
    }

    fn end_section(&mut self) {
        if let Some(last) = self.sections.last_mut().filter(|_| self.growing) {
            last.count = (self.sink.offset() - last.offset) / last.element_size;
        }
        self.growing = false;
    }

    /// A section that was written, to be read before the file is complete. It is mapped from the file, so that what it
    /// was written from can go. A section being written ends here.
    ///
    /// # Errors
    ///
    /// There is no such section, its values have another size than the type, or the file cannot be written or mapped.
    pub fn written<T: Pod>(&mut self, name: &str) -> Result<Column<T>, PackError> {
        const { assert!(size_of::<T>() > 0 && align_of::<T>() <= ALIGN, "no type for a section") };
        self.end_section();
        let Some(section) = self.sections.iter().find(|section| section.name == name) else {
            return Err(PackError::MissingSection { name: name.to_owned() });
        };
        let (expected, found) = (size_of::<T>(), section.element_size);
        if expected != found {
            return Err(PackError::ElementSize { name: name.to_owned(), expected, found });
        }
        let (offset, count) = (section.offset, section.count);
        self.sink.settle()?;
        if count == 0 {
            return Ok(Column::default());
        }
        // What follows is appended, or written once more as it is, so the part that is mapped keeps its values.
        Ok(Column::mapped(Arc::new(Pages::trusted(self.file.as_file())?), offset, count))
    }

    /// Appends a column that has grown on its own, as a section.
    ///
    /// # Errors
    ///
    /// As [`StoreWriter::section`], or the column's file cannot be read.
    pub fn append<T: Pod>(&mut self, mut column: ColumnWriter<T>) -> Result<(), PackError> {
        let values = column.seal()?;
        self.append_column(column.name(), &values)
    }

    /// Appends a column as a section.
    ///
    /// # Errors
    ///
    /// As [`StoreWriter::section`], or the column is of a file that is damaged.
    pub fn append_column<T: Pod>(&mut self, name: &str, column: &Column<T>) -> Result<(), PackError> {
        let mut section = self.section(name)?;
        let mut start = 0;
        while start < column.len() {
            let end = column.len().min(start + AT_ONCE);
            section.extend_from_slice(column.slice(start..end))?;
            start = end;
        }
        match column.damage() {
            Some(damage) => {
                // What was copied is not what the column held: this file is never to be completed.
                self.sink.spoil();
                Err(damage.into())
            }
            None => Ok(()),
        }
    }

    /// Completes the file, waits until it is on the disk, and puts it in the place of its target.
    ///
    /// # Errors
    ///
    /// Writing or renaming fails, or an earlier write failed. Then the target is as it was.
    pub fn finish(mut self) -> Result<(), PackError> {
        self.end_section();
        let (mut file, levels, root) = self.sink.finish()?;
        let header = Layout { sections: self.sections, levels, root }.encode();
        file.rewind()?;
        file.write_all(&header)?;
        file.sync_all()?;
        self.file.persist(&self.target).map_err(|error| error.error)?;
        // The file is there; whether the folder's own entry is on the disk yet decides at worst between the old file
        // and the new one, and not every file system can be asked for it.
        let _ = File::open(&self.folder).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

/// A section being written straight into the file.
#[derive(Debug)]
pub struct SectionWriter<'writer, T> {
    sink: &'writer mut Sink,
    offset: usize,
    kind: PhantomData<T>,
}

impl<T: Pod> SectionWriter<'_, T> {
    /// How many values there are so far.
    #[must_use]
    pub fn len(&self) -> u64 {
        ((self.sink.offset() - self.offset) / size_of::<T>()) as u64
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
    /// The file cannot be written, or could not be earlier.
    #[inline]
    pub fn push(&mut self, value: T) -> Result<(), PackError> {
        self.sink.write(bytemuck::bytes_of(&value))
    }

    /// Appends values.
    ///
    /// # Errors
    ///
    /// As [`SectionWriter::push`].
    pub fn extend_from_slice(&mut self, values: &[T]) -> Result<(), PackError> {
        self.sink.write(bytemuck::cast_slice(values))
    }
}
