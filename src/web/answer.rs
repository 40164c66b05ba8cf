//! Answering a question on a thread of its own, within the limits.

use super::form::Written;
use super::problem::Problem;
use super::request::Asked;
use crate::inquiry::{Inquiry, Refusal};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

impl Asked {
    /// Asks the question and sends what `work` writes. `name` is that of a file that is kept.
    pub(super) async fn answer(
        self,
        name: &'static str,
        work: impl FnOnce(&Inquiry<'_>, Option<&str>) -> Result<Written, Refusal> + Send + 'static,
    ) -> Response {
        let (dataset, terms, format) = (Arc::clone(&self.dataset), self.terms.clone(), self.format.clone());
        self.send(name, move || {
            let written = work(&Inquiry::new(&dataset, terms)?, format.as_deref())?;
            // Whatever was drawn from a damaged file is wrong.
            dataset.undamaged().map(|()| written)
        })
        .await
    }

    /// Sends what `work` writes, done on a thread of its own.
    pub(super) async fn send(
        self,
        name: &'static str,
        work: impl FnOnce() -> Result<Written, Refusal> + Send + 'static,
    ) -> Response {
        let lang = self.terms.lang;
        let questions = Arc::clone(&self.app.questions);
        let answered = timeout(self.app.limits.time, async move {
            // The permit goes with the work: a question that takes too long still counts until it is done.
            let permit = questions.acquire_owned().await.ok()?;
            spawn_blocking(move || {
                let written = work();
                drop(permit);
                written
            })
            .await
            .ok()
        });
        match answered.await {
            Err(_) => Problem::too_long(lang, self.app.limits.time).into_response(),
            Ok(None) => Problem::failed(lang).into_response(),
            Ok(Some(Err(refusal))) => Problem::refused(lang, refusal).into_response(),
            Ok(Some(Ok(written))) => self.respond(name, written),
        }
    }

    fn respond(&self, name: &str, written: Written) -> Response {
        let (kind, disposition) = (written.content_type(), written.disposition(name));
        let mut response = written.bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        if let Some(disposition) = disposition {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        match &self.etag {
            Some(etag) => tag(&mut response, etag),
            None => {
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
        }
        response
    }
}

/// The client has the answer already.
pub(super) fn not_modified(etag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    tag(&mut response, etag);
    response
}

/// A client keeps the answer, and asks again whether it is still the same.
pub(super) fn tag(response: &mut Response, etag: &str) {
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Authorization"));
}
