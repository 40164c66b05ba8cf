//! A dataset that is open for questions.

use super::Refusal;
use crate::facts::Facts;
use crate::graph::Links;
use crate::intake::{self, Finding, Findings};
use crate::packed::{self, OpenError, Opened};
use crate::register::Resolver;
use crate::report;
use crate::store::Store;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A dataset that is open for questions: what it says, what was found about it, and the links between its rows. It can be
/// asked by many threads at once.
#[derive(Debug)]
pub struct Dataset {
    facts: Facts,
    findings: Findings,
    digest: String,
    rows: usize,
    /// The packed file it comes from.
    store: Option<Store>,
    links: OnceLock<Arc<Links>>,
    path: PathBuf,
}

impl Dataset {
    /// Opens a dataset: a folder of CSV files, a workbook, a `.json` file or a packed file. O(rows); a packed file
    /// takes the same time whatever its length.
    ///
    /// # Errors
    /// Where nothing can be read at all. Faults of the dataset are [`Dataset::findings`]; those that are errors refuse
    /// every question.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        Ok(Self::new(packed::open(path)?, path))
    }

    /// Reads a dataset from the text of a JSON file; `file` is what findings call it.
    #[must_use]
    pub fn from_json(text: &str, file: &str) -> Self {
        Self::new(Opened::from_loaded(intake::from_json(text, file)), Path::new(file))
    }

    fn new(opened: Opened, path: &Path) -> Self {
        let Opened { facts, links, findings, digest, rows, store } = opened;
        let links = links.map(Arc::new).map(OnceLock::from).unwrap_or_default();
        Self { facts, findings, digest, rows, store, links, path: path.to_owned() }
    }

    /// What it says; where there are errors, only in part.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What was found about it, errors first.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// `sha256:` and the digest of the facts, the same in every format.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Data rows of all tables but `settings`.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Where it was opened.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What an answer says of the data it was given on.
    #[must_use]
    pub fn stamp(&self) -> report::Dataset {
        report::Dataset { digest: self.digest.clone(), rows: self.rows }
    }

    /// Whether it can be asked.
    ///
    /// # Errors
    /// The errors among the findings, or the damage met so far in a packed file.
    pub fn sound(&self) -> Result<(), Refusal> {
        self.undamaged()?;
        if self.findings.iter().next().is_some_and(|first| first.is_error()) {
            let findings: Vec<Finding> = self.findings.iter().collect();
            return self.undamaged().and(Err(Refusal::Findings(findings)));
        }
        Ok(())
    }

    /// Whether all that was read so far of a packed file is sound. Whatever was drawn from a damaged one is wrong: ask
    /// before an answer goes out.
    ///
    /// # Errors
    /// The damage.
    pub fn undamaged(&self) -> Result<(), Refusal> {
        match self.store.as_ref().and_then(Store::damage) {
            Some(damage) => Err(Refusal::Pack(self.path.clone(), damage.into())),
            None => Ok(()),
        }
    }

    /// Whether it comes from a packed file, so that damage may be met only while it is asked.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        self.store.is_some()
    }

    /// Reads the whole of a packed file.
    ///
    /// # Errors
    /// The first damage found.
    pub fn check_file(&self) -> Result<(), Refusal> {
        let checked = self.store.as_ref().map_or(Ok(()), Store::verify_all);
        checked.map_err(|error| Refusal::Pack(self.path.clone(), error))
    }

    /// The facts, ready for questions. O(rows log rows) the first time for a dataset that was not packed, then O(1).
    #[must_use]
    pub fn resolver(&self) -> Resolver<'_> {
        let links = self.links.get_or_init(|| Arc::new(Links::new(&self.facts)));
        Resolver::with_links(&self.facts, Arc::clone(links))
    }

    /// The parts, to be packed.
    #[must_use]
    pub fn into_opened(self) -> Opened {
        let Self { facts, findings, digest, rows, store, links, path: _ } = self;
        let links = links.into_inner().map(Arc::unwrap_or_clone);
        Opened { facts, links, findings, digest, rows, store }
    }
}
