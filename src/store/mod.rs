//! Columns of plain values: in memory, or in a packed file that is mapped and checked where it is read.
//!
//! A packed file is a header, a body and a tree of checksums.
//!
//! * The **header** (16 KiB, with a checksum of its own) says what the file is, names the sections of the body and
//!   carries the checksum of the tree's topmost block.
//! * The **body** holds the sections one after the other, each an array of values of fixed size, little-endian, from
//!   an offset divisible by 64.
//! * The **tree** holds a checksum for every 4 KiB of the body, then one for every 4 KiB of those checksums, and so on
//!   until one block is left.
//!
//! Opening reads the header and the topmost block; a block of the body is checked when it is first read. The checksums
//! find what disks, copies and programs damage by accident; they are no seal against someone who means to deceive.
//!
//! ```
//! use relata::store::{Store, StoreWriter};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("market.pack");
//!
//! let mut writer = StoreWriter::create(&path)?;
//! let mut ends = writer.column::<u64>("ends")?; // grows beside other columns
//! let mut names = writer.section::<u8>("names")?; // goes straight into the file
//! for name in ["甲", "乙"] {
//!     names.extend_from_slice(name.as_bytes())?;
//!     ends.push(names.len())?;
//! }
//! writer.append(ends)?;
//! writer.finish()?;
//!
//! let store = Store::open(&path)?;
//! let (names, ends) = (store.bytes("names")?, store.column::<u64>("ends")?);
//! assert_eq!(names.slice(0..ends.at(0) as usize), "甲".as_bytes());
//! assert_eq!(store.damage(), None); // asked before an answer goes out
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod column;
mod error;
mod layout;
mod pages;
mod reader;
mod sink;
mod spill;
mod writer;

pub use column::Column;
pub use error::{Damage, PackError};
pub use layout::{FORMAT, Section};
pub use reader::Store;
pub use spill::ColumnWriter;
pub use writer::{SectionWriter, StoreWriter};
