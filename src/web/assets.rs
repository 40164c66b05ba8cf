//! The page and everything it is made of, built into the program.

use super::app::App;
use axum::Router;
use std::sync::Arc;

/// The addresses of the page.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
}
