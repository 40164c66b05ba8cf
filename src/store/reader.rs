//! A packed file that is open.

use super::column::Column;
use super::error::{Damage, PackError};
use super::layout::{ALIGN, MAGIC, Section};
use super::pages::Pages;
use bytemuck::Pod;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// An open packed file. A clone is a second handle to the same file.
///
/// Its columns are checked where they are read. Reading never fails: what is damaged reads as zeros, and the store
/// keeps it in mind. So whoever has computed something asks [`Store::damage`] before the answer goes out.
#[derive(Debug, Clone)]
pub struct Store {
    pages: Arc<Pages>,
}

impl Store {
    /// Opens a packed file and maps it into memory. The time it takes hardly depends on the length of the file.
    ///
    /// The file must stay as it is while it is open. It may be renamed, deleted and replaced by renaming; if another
    /// program writes into it, values may change after they were checked, and if one shortens it, the system ends this
    /// program where it reads beyond the new end.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is no packed file this program reads, has another length than it says, or has a
    /// damaged header or a damaged topmost block of checksums.
    pub fn open(path: &Path) -> Result<Self, PackError> {
        // Asked of the path, for opening a pipe would wait for somebody to write into it.
        if !fs::metadata(path)?.is_file() {
            return Err(PackError::NotAPack);
        }
        Ok(Self { pages: Arc::new(Pages::open(&File::open(path)?)?) })
    }

    /// Whether the file begins as packed files do, whatever else it is and whatever it is called. What cannot be read
    /// does not.
    #[must_use]
    pub fn is_pack(path: &Path) -> bool {
        let begins = || {
            // Asked of the path, as above.
            if !fs::metadata(path).ok()?.is_file() {
                return None;
            }
            let mut magic = [0; MAGIC.len()];
            File::open(path).ok()?.read_exact(&mut magic).ok()?;
            Some(magic == MAGIC)
        };
        begins().unwrap_or(false)
    }

    /// Opens a packed file from a copy of its bytes.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        Ok(Self { pages: Arc::new(Pages::copy(bytes)?) })
    }

    /// The sections of the file in their order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.pages.layout.sections
    }

    /// A section as values of a type. It costs a search of the table of sections and reads no value.
    ///
    /// A type of no size, or aligned to more than 64 bytes, does not compile.
    ///
    /// # Errors
    ///
    /// There is no such section, or its values have another size than the type.
    pub fn column<T: Pod>(&self, name: &str) -> Result<Column<T>, PackError> {
        const { assert!(size_of::<T>() > 0 && align_of::<T>() <= ALIGN, "no type for a section") };
        let Some(section) = self.sections().iter().find(|section| section.name == name) else {
            return Err(PackError::MissingSection { name: name.to_owned() });
        };
        if section.element_size != size_of::<T>() {
            return Err(PackError::ElementSize {
                name: name.to_owned(),
                expected: size_of::<T>(),
                found: section.element_size,
            });
        }
        Ok(Column::mapped(Arc::clone(&self.pages), section.offset, section.count))
    }

    /// A section of plain bytes.
    ///
    /// # Errors
    ///
    /// There is no such section, or its values are larger than a byte.
    pub fn bytes(&self, name: &str) -> Result<Column<u8>, PackError> {
        self.column(name)
    }

    /// The damage met so far, of several the one nearest to the beginning of the file. While there is none, everything
    /// read so far is what was written.
    #[must_use]
    pub fn damage(&self) -> Option<Damage> {
        self.pages.damage()
    }

    /// Reads and checks the whole file, with all processors. If it is undamaged, later reads are no longer checked.
    ///
    /// # Errors
    ///
    /// The file is damaged; then [`Store::damage`] tells the same, too.
    pub fn verify_all(&self) -> Result<(), PackError> {
        self.pages.check_everything();
        match self.damage() {
            Some(damage) => Err(damage.into()),
            None => Ok(()),
        }
    }
}
