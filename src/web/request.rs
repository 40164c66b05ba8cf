//! What every request says: the terms of its question, its language, and what its client has already.

use super::answer::not_modified;
use super::app::App;
use super::problem::Problem;
use super::stamp::etag;
use crate::facts::Lang;
use crate::inquiry::{Dataset, Terms};
use crate::intake::both;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::Query;
use chrono::NaiveDate;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// What every question may say.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Common {
    /// The listed company, by id, name, alias or identifier [default: the dataset's settings]
    pub(super) subject: Option<String>,
    /// The day asked about [default: today]
    pub(super) as_of: Option<NaiveDate>,
    /// The rule pack [default: the dataset's settings, else sse-2022]
    pub(super) rules: Option<String>,
    /// Another reading of a contested phrase, as NAME=READING; may be repeated
    #[serde(default)]
    #[param(required = false)]
    pub(super) switch: Vec<String>,
    /// The language of the answer: zh or en [default: by Accept-Language, else the dataset's settings]
    #[param(pattern = "^(zh|en)$")]
    pub(super) lang: Option<String>,
    /// The form of the answer [default: json]
    pub(super) format: Option<String>,
    /// Show identifiers in full; the server must have been started so
    #[param(required = false)]
    pub(super) show_identifiers: Option<bool>,
}

/// A request with what it is asked of.
pub(super) struct Asked {
    pub(super) app: Arc<App>,
    pub(super) dataset: Arc<Dataset>,
    pub(super) terms: Terms,
    pub(super) format: Option<String>,
    /// The answer's tag; none where the method is one whose answers are not kept.
    pub(super) etag: Option<String>,
}

impl FromRequestParts<Arc<App>> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let dataset = app.dataset();
        let lang = language(parts, app, &dataset);
        let Query(common) = query::<Common>(parts, app, lang).await?;
        if common.lang.as_deref().is_some_and(|tag| Lang::from_tag(tag).is_none()) {
            return Err(Problem::usage(lang, &both!("`lang` is zh or en", "lang 为 zh 或者 en")).into_response());
        }
        if common.show_identifiers == Some(true) && !app.terms.show_identifiers {
            let text = both!(
                "this server shows no identifiers in full; start it with --show-identifiers",
                "本服务不完整显示证件号码；如需显示，请以 --show-identifiers 启动"
            );
            return Err(Problem::forbidden(lang, &text).into_response());
        }
        let terms = Terms {
            subject: common.subject.or_else(|| app.terms.subject.clone()),
            as_of: common.as_of.or(app.terms.as_of),
            today: (app.today)(),
            rules: common.rules.or_else(|| app.terms.rules.clone()),
            switches: if common.switch.is_empty() { app.terms.switches.clone() } else { common.switch },
            lang,
            show_identifiers: common.show_identifiers == Some(true),
        };
        // All that the answer depends on: the terms hold what the server was started with, too.
        let etag = (parts.method == Method::GET || parts.method == Method::HEAD)
            .then(|| etag(&[dataset.digest(), &format!("{terms:?}"), &parts.uri.to_string()]));
        if let Some(etag) = &etag
            && has_already(parts, etag)
        {
            return Err(not_modified(etag));
        }
        Ok(Self { app: Arc::clone(app), dataset, terms, format: common.format, etag })
    }
}

/// The parameters of a request.
pub(super) struct Params<T>(pub(super) T);

impl<T: for<'de> Deserialize<'de>> FromRequestParts<Arc<App>> for Params<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let lang = language(parts, app, &app.dataset());
        query(parts, app, lang).await.map(|Query(params)| Self(params))
    }
}

async fn query<T: for<'de> Deserialize<'de>>(
    parts: &mut Parts,
    app: &Arc<App>,
    lang: Lang,
) -> Result<Query<T>, Response> {
    Query::<T>::from_request_parts(parts, app).await.map_err(|fault| {
        let fault = fault.body_text();
        Problem::usage(lang, &both!("{fault}", "查询参数有误：{fault}")).into_response()
    })
}

/// The language a request asks for: by its parameter, else by its header, else as the data has it.
pub(super) fn language(parts: &Parts, app: &App, dataset: &Dataset) -> Lang {
    let query = parts.uri.query().unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Lang::from_tag);
    let header = || {
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        accepted.split(',').find_map(|tag| Lang::from_tag(tag.split(';').next().unwrap_or_default()))
    };
    asked.or_else(header).unwrap_or_else(|| app.language(dataset))
}

/// Whether the client has the answer of this tag already.
pub(super) fn has_already(parts: &Parts, etag: &str) -> bool {
    let known = parts.headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| matches!(known.trim(), tag if tag == etag || tag == "*"))
}
