//! Questions about transactions.

use super::form::Written;
use super::parties::One;
use super::request::{Asked, Common, Params};
use crate::inquiry::Deals;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// Transactions of the books, or proposed ones.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// A transaction of the books; may be repeated [default: all, where nothing is proposed]
    #[serde(default)]
    #[param(required = false)]
    id: Vec<String>,
    /// A transaction that is not in the books, as counterparty=X,kind=9.1,amount=5000000,date=2022-06-01; may be repeated
    #[serde(default)]
    #[param(required = false)]
    propose: Vec<String>,
}

/// A first and a last day, if any.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Span {
    /// The first day [default: the day asked about]
    from: Option<NaiveDate>,
    /// The last day [default: twelve months after the first]
    to: Option<NaiveDate>,
}

/// What transactions set off: sums, thresholds, duties, exemptions
#[utoipa::path(get, path = "/api/v1/assess", params(Common, Which), responses((status = 200)))]
pub(super) async fn assess(asked: Asked, Params(which): Params<Which>) -> Response {
    asked
        .answer("assess", move |inquiry, format| {
            let deals = Deals { ids: &which.id, proposals: &which.propose };
            inquiry.assess(deals, |report| Written::answer(report, format))?
        })
        .await
}

/// A draft of the announcement of a transaction, what is missing marked
#[utoipa::path(get, path = "/api/v1/announce", params(Common, Which), responses((status = 200)))]
pub(super) async fn announce(asked: Asked, Params(which): Params<Which>) -> Response {
    asked
        .answer("announce", move |inquiry, format| {
            let deals = Deals { ids: &which.id, proposals: &which.propose };
            inquiry.announce(deals, |report| Written::answer(report, format))?
        })
        .await
}

/// Who must stand aside for a counterparty (回避)
#[utoipa::path(get, path = "/api/v1/recuse", params(Common, One), responses((status = 200)))]
pub(super) async fn recuse(asked: Asked, Params(one): Params<One>) -> Response {
    asked
        .answer("recuse", move |inquiry, format| {
            inquiry.recuse(&one.party, |report| Written::answer(report, format))?
        })
        .await
}

/// Daily business of the year against its forecasts (日常关联交易)
#[utoipa::path(get, path = "/api/v1/daily", params(Common), responses((status = 200)))]
pub(super) async fn daily(asked: Asked) -> Response {
    asked.answer("daily", |inquiry, format| inquiry.daily(|report| Written::answer(report, format))).await
}

/// What ends or begins by itself (日历); also as iCalendar, with format=ics
#[utoipa::path(get, path = "/api/v1/calendar", params(Common, Span), responses((status = 200)))]
pub(super) async fn calendar(asked: Asked, Params(span): Params<Span>) -> Response {
    asked
        .answer("calendar", move |inquiry, format| {
            inquiry.calendar((span.from, span.to), |report| match format {
                Some("ics") => Written::file("text/calendar; charset=utf-8", "ics", |out| report.ics(out)),
                format => Written::answer(report, format),
            })?
        })
        .await
}
