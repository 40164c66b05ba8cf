//! What can be wrong with a packed file.

use std::fmt;
use std::io;

/// Where a packed file is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The section the damaged block belongs to, the first one where it holds parts of several; none where the damage
    /// is in the checksums themselves.
    pub section: Option<String>,
    /// Where the damaged block begins, in bytes from the beginning of the file.
    pub offset: u64,
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.section {
            Some(section) => write!(out, "the section `{section}` is damaged at byte {}", self.offset),
            None => write!(out, "the checksums are damaged at byte {}", self.offset),
        }
    }
}

/// Why a packed file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The file begins otherwise than every packed file does.
    #[error("not a packed file of relata; give a file that relata has packed, or pack the dataset first")]
    NotAPack,
    /// The file's format came after this program.
    #[error("written by a newer relata: format {found}, this one reads up to {known}; update relata or pack again")]
    Newer {
        /// The format of the file.
        found: u32,
        /// The newest format this program reads.
        known: u32,
    },
    /// The file's format is no longer read.
    #[error("written in format {found}, which this relata does not read; pack the dataset again")]
    Older {
        /// The format of the file.
        found: u32,
    },
    /// The machine, or the machine the file comes from, puts the highest byte first.
    #[error("packed files are little-endian; this one or this machine is big-endian; use the dataset itself")]
    BigEndian,
    /// The file ends too early.
    #[error("the packed file is cut short: expected {expected} bytes, found {found}; copy it or pack it again")]
    Truncated {
        /// Bytes the file should have, as far as known.
        expected: u64,
        /// Bytes it has.
        found: u64,
    },
    /// Something follows the end.
    #[error("the packed file is too long: expected {expected} bytes, found {found}; copy it or pack it again")]
    TooLong {
        /// Bytes the file should have.
        expected: u64,
        /// Bytes it has.
        found: u64,
    },
    /// The header contradicts its checksum or itself.
    #[error("the header of the packed file is damaged ({what}); copy the file or pack it again")]
    DamagedHeader {
        /// What is wrong.
        what: &'static str,
    },
    /// The body or the checksums were changed after they were written.
    #[error("{0}; copy the file or pack it again")]
    Damaged(Damage),
    /// A section that is asked for is not there.
    #[error("the packed file has no section `{name}`; pack the dataset again with this relata")]
    MissingSection {
        /// The section asked for.
        name: String,
    },
    /// The values of a section are of another size than those asked for.
    #[error(
        "the section `{name}` has values of {found} bytes, not of {expected}; pack the dataset again with this relata"
    )]
    ElementSize {
        /// The section asked for.
        name: String,
        /// Bytes of a value as asked for.
        expected: usize,
        /// Bytes of a value in the file.
        found: usize,
    },
    /// A section cannot have this name.
    #[error("a section cannot be named `{name}`: a name has 1 to 31 bytes, none of them zero, and is used once")]
    Name {
        /// The name.
        name: String,
    },
    /// More sections than a header has room for.
    #[error("a packed file has room for {limit} sections")]
    TooManySections {
        /// How many there may be.
        limit: usize,
    },
    /// An earlier write failed, and what followed it would stand in the wrong place.
    #[error("an earlier write of the packed file failed; pack the dataset again")]
    Unfinished,
    /// The file system refused.
    #[error("cannot read or write the packed file: {0}")]
    Io(#[from] io::Error),
}

impl From<Damage> for PackError {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage)
    }
}
