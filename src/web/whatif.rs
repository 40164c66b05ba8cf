//! What changes would make of the register.

use super::body::Body;
use super::form::Written;
use super::problem::Problem;
use super::request::{Asked, Common};
use crate::inquiry::Suppositions;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Changes that are supposed, all at once.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what is read as suppositions")]
pub(super) struct Changes {
    #[schema(min_items = 1)]
    changes: Vec<Change>,
}

/// One change.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes what is read as a supposition")]
enum Change {
    /// A row is added.
    Add {
        /// To this table
        add: String,
        /// Its cells, by column
        cells: BTreeMap<String, String>,
    },
    /// A row ends.
    End {
        /// Of this table
        end: String,
        /// Which, counted from 1
        #[schema(minimum = 1)]
        row: u32,
        /// The last day on which it holds
        day: NaiveDate,
    },
    /// Cells of a row are changed.
    Set {
        /// Of this table
        set: String,
        /// Which, counted from 1
        #[schema(minimum = 1)]
        row: u32,
        /// The cells, by column; an empty one is emptied
        cells: BTreeMap<String, String>,
    },
}

/// What rows added, ended or changed would make of the register, without touching the data (假设分析)
#[utoipa::path(
    post, path = "/api/v1/whatif", params(Common), request_body(content = Changes, content_type = "application/json"),
    responses((status = 200))
)]
pub(super) async fn whatif(asked: Asked, body: Body) -> Response {
    if body.kind != "application/json" {
        return Problem::media(asked.terms.lang, "application/json").into_response();
    }
    asked
        .answer("whatif", move |inquiry, format| {
            let changes = Suppositions::from_json(&body.bytes)?.changes;
            inquiry.whatif(&changes, |report| Written::answer(report, format))?
        })
        .await
}
