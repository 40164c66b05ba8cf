//! What all requests share: the dataset that answers now, and the limits.

use super::{Config, Limits};
use crate::facts::Lang;
use crate::inquiry::{Dataset, Terms};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::Semaphore;

/// What all requests share.
pub(super) struct App {
    dataset: RwLock<Arc<Dataset>>,
    /// Why the last change of the data was not taken.
    refused: Mutex<Option<String>>,
    /// The digest of the token: compared are digests, so that the time it takes tells nothing.
    token: Option<[u8; 32]>,
    pub(super) path: PathBuf,
    /// What a question is taken to say where it does not say it.
    pub(super) terms: Terms,
    pub(super) today: fn() -> NaiveDate,
    pub(super) limits: Limits,
    pub(super) questions: Arc<Semaphore>,
    /// Whether the address is one that only this machine reaches.
    pub(super) is_loopback: bool,
}

impl App {
    pub(super) fn new(config: Config) -> Self {
        let Config { dataset, address, token, terms, today, limits } = config;
        Self {
            path: dataset.path().to_owned(),
            dataset: RwLock::new(Arc::new(dataset)),
            refused: Mutex::new(None),
            token: token.map(|token| digest(&token)),
            terms,
            today,
            limits,
            questions: Arc::new(Semaphore::new(limits.questions.max(1))),
            is_loopback: address.ip().is_loopback(),
        }
    }

    /// The dataset that answers now.
    pub(super) fn dataset(&self) -> Arc<Dataset> {
        Arc::clone(&self.dataset.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has a new dataset answer from now on. Questions that are being answered keep the old one.
    pub(super) fn take(&self, dataset: Dataset) {
        *self.dataset.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(dataset);
        self.refuse(None);
    }

    /// Keeps in mind why a change of the data was not taken, or that there is nothing to keep in mind.
    pub(super) fn refuse(&self, why: Option<String>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    /// Why the last change of the data was not taken.
    pub(super) fn refused(&self) -> Option<String> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a client that shows this may ask.
    pub(super) fn admits(&self, shown: Option<&str>) -> bool {
        match self.token {
            None => true,
            Some(token) => shown.is_some_and(|shown| digest(shown) == token),
        }
    }

    /// Whether a token is asked for.
    pub(super) fn is_guarded(&self) -> bool {
        self.token.is_some()
    }

    /// The language of a dataset's settings, else the server's.
    pub(super) fn language(&self, dataset: &Dataset) -> Lang {
        dataset.facts().settings.get("language").and_then(|tag| Lang::from_tag(tag)).unwrap_or(self.terms.lang)
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
