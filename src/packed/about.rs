//! What a packed file says of itself, and what is too small for a column.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of what stands in the sections: of the records, the indexes and the links. It changes with any of them,
/// and a file of another version is to be packed again.
pub const CONTENT: u32 = 4;

/// The section with this, as JSON.
pub(super) const SECTION: &str = "about";

/// What a packed file says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct About {
    /// [`CONTENT`] of the program that wrote it.
    pub(super) content: u32,
    /// The digest of the dataset.
    pub(super) digest: String,
    /// Data rows of all tables.
    pub(super) rows: usize,
    /// The dataset's settings.
    pub(super) settings: BTreeMap<String, String>,
}
