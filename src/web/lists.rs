//! A list of counterparties, screened.

use super::body::Body;
use super::form::Written;
use super::problem::Problem;
use super::request::{Asked, Common};
use crate::inquiry::{Refusal, names, read_list};
use crate::intake::both;
use crate::register::Wanted;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

/// What a list may come as.
const KINDS: &str = "application/json, text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A list of names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// Names, identifiers or ids
    #[schema(min_items = 1)]
    names: Vec<String>,
}

/// A list of counterparties held against the register at once (名单核查); CSV and workbooks need a column headed name,
/// identifier or id
#[utoipa::path(
    post, path = "/api/v1/screen", params(Common),
    request_body(content(
        (List = "application/json"),
        (String = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses((status = 200))
)]
pub(super) async fn screen(asked: Asked, body: Body) -> Response {
    if !KINDS.split(", ").any(|kind| kind == body.kind) {
        return Problem::media(asked.terms.lang, KINDS).into_response();
    }
    asked
        .answer("screen", move |inquiry, format| {
            let list = read(&body)?;
            inquiry.screen(&list, |report| Written::answer(report, format))
        })
        .await
}

fn read(body: &Body) -> Result<Vec<Wanted>, Refusal> {
    if body.kind != "application/json" {
        return read_list(&body.bytes);
    }
    let list: List = serde_json::from_slice(&body.bytes)
        .map_err(|fault| Refusal::Usage(both!("the body: {fault}", "请求正文：{fault}")))?;
    let list = names(list.names);
    if list.is_empty() {
        return Err(Refusal::Usage(both!("the list names nobody", "名单中没有任何主体")));
    }
    Ok(list)
}
