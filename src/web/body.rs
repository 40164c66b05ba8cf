//! What a request brings along.

use super::app::App;
use super::problem::Problem;
use super::request::language;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The whole body of a request, and what kind of content it is.
pub(super) struct Body {
    pub(super) kind: String,
    pub(super) bytes: Bytes,
}

impl FromRequest<Arc<App>> for Body {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let lang = language(&parts, app, &app.dataset());
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let request = Request::from_parts(parts, body);
        let bytes = Bytes::from_request(request, app).await.map_err(|fault| {
            if fault.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return Problem::too_large(lang, app.limits.body).into_response();
            }
            Problem::cut_short(lang).into_response()
        })?;
        Ok(Self { kind, bytes })
    }
}
