//! Opening a dataset, packed or not.

use super::about::{About, CONTENT, SECTION};
use super::sections::Reading;
use crate::facts::Facts;
use crate::graph::Links;
use crate::intake::{self, Finding, Findings};
use crate::store::{Damage, PackError, Store};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How the names of packed files end, where nobody says otherwise.
const ENDING: &str = "relata";

/// A dataset that is open for questions.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What it says; where there are errors, only in part ([`intake::Loaded`]).
    pub facts: Facts,
    /// The links of the facts, where they were packed.
    pub links: Option<Links>,
    /// What was found about it, errors first.
    pub findings: Findings,
    /// The digest of the facts.
    pub digest: String,
    /// Data rows of all tables but `settings`.
    pub rows: usize,
    /// The packed file it comes from.
    pub store: Option<Store>,
}

impl Opened {
    /// A dataset that was read.
    #[must_use]
    pub fn from_loaded(loaded: intake::Loaded) -> Self {
        let intake::Loaded { facts, findings, digest, rows } = loaded;
        Self { facts, links: None, findings: Findings::new(&findings), digest, rows, store: None }
    }

    /// Whether anything stops an answer.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().next().is_some_and(|first| Finding::is_error(&first))
    }

    /// The damage met so far in the packed file; nothing read so far can be trusted where there is any.
    #[must_use]
    pub fn damage(&self) -> Option<Damage> {
        self.store.as_ref().and_then(Store::damage)
    }
}

/// Why nothing could be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A dataset that is not packed cannot be read at all.
    #[error(transparent)]
    Dataset(#[from] intake::OpenError),
    /// A packed file is foreign, cut short, damaged, or cannot be read.
    #[error("`{}`: {source}", path.display())]
    Pack {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: PackError,
    },
    /// A packed file was made by a relata that keeps facts in another way.
    #[error(
        "`{}` was made by another version of relata (contents of version {found}, this one reads {CONTENT}); pack the \
         dataset again",
        path.display()
    )]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The version of its contents.
        found: u64,
    },
    /// A packed file that does not say what a dataset says of itself.
    #[error("`{}` is a packed file, but not of a dataset; pack the dataset again", .0.display())]
    NoDataset(PathBuf),
}

/// Whether the path ends as those of packed files do where nobody says otherwise.
#[must_use]
pub fn is_named_so(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// Opens a dataset: a packed file, whatever it is called, a folder of CSV files, or one `.json` file. A packed file
/// takes the same time whatever its length.
///
/// # Errors
/// Where the file system has no such thing or does not give it out, or a packed file cannot be used. Faults of the
/// dataset are no errors here but [`Opened::findings`].
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    if (is_named_so(path) && path.is_file()) || Store::is_pack(path) {
        return packed(path);
    }
    Ok(Opened::from_loaded(intake::open(path)?))
}

fn packed(path: &Path) -> Result<Opened, OpenError> {
    let fail = |source: PackError| OpenError::Pack { path: path.to_owned(), source };
    let store = Store::open(path).map_err(fail)?;
    let about = store.bytes(SECTION).map_err(fail)?;
    let about = about.slice(0..about.len());
    if let Some(damage) = store.damage() {
        return Err(fail(damage.into()));
    }
    let no_dataset = || OpenError::NoDataset(path.to_owned());
    let about: Value = serde_json::from_slice(about).map_err(|_| no_dataset())?;
    // The version first: what else there is depends on it.
    let found = about.get("content").and_then(Value::as_u64).ok_or_else(no_dataset)?;
    if found != u64::from(CONTENT) {
        return Err(OpenError::OtherVersion { path: path.to_owned(), found });
    }
    let about: About = serde_json::from_value(about).map_err(|_| no_dataset())?;
    let (mut facts, mut links, mut findings) = (Facts::default(), Links::default(), Findings::default());
    let mut reading = Reading::new(&store);
    facts.visit_columns(&mut reading);
    links.visit_columns(&mut reading);
    findings.visit_columns(&mut reading);
    reading.done().map_err(fail)?;
    facts.settings = about.settings;
    Ok(Opened { facts, links: Some(links), findings, digest: about.digest, rows: about.rows, store: Some(store) })
}
