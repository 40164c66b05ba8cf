//! Packing a dataset that is open.

use super::about::{About, CONTENT, SECTION};
use super::open::Opened;
use super::sections::{Bytes, Writing};
use crate::graph::Links;
use crate::store::{PackError, StoreWriter};
use std::path::Path;

/// Packs a dataset into a file, which is written beside its place and moved there when it is complete. `watch` is told
/// how many bytes there will be in all, and how many more are written.
///
/// # Errors
/// Where the file system refuses, or the dataset is packed itself and damaged.
pub fn write(mut opened: Opened, path: &Path, watch: &mut dyn FnMut(u64, u64)) -> Result<(), PackError> {
    let mut links = opened.links.take().unwrap_or_else(|| Links::new(&opened.facts));
    let mut bytes = Bytes::default();
    opened.facts.visit_columns(&mut bytes);
    links.visit_columns(&mut bytes);
    let mut writer = StoreWriter::create(path)?;
    let about = About {
        content: CONTENT,
        digest: std::mem::take(&mut opened.digest),
        rows: opened.rows,
        settings: std::mem::take(&mut opened.facts.settings),
    };
    write_about(&mut writer, &about)?;
    let mut watch = |more| watch(bytes.0, more);
    let mut writing = Writing::new(&mut writer, &mut watch);
    opened.findings.visit_columns(&mut writing);
    opened.facts.visit_columns(&mut writing);
    links.visit_columns(&mut writing);
    writing.done()?;
    if let Some(damage) = opened.damage() {
        // The links may have been made from what was damaged.
        return Err(damage.into());
    }
    writer.finish()
}

pub(super) fn write_about(writer: &mut StoreWriter, about: &About) -> Result<(), PackError> {
    let text = serde_json::to_vec(about).map_err(std::io::Error::from)?;
    writer.section::<u8>(SECTION)?.extend_from_slice(&text)
}
