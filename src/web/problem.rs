//! Why a request has no answer, as problem details (RFC 9457).

use crate::facts::{Lang, LookupError};
use crate::inquiry::{Fault, Refusal};
use crate::intake::{Finding, Text};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// Why a request has no answer (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// A reference that stays the same for one kind of problem.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What kind of problem it is, in the language asked for.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong and how to mend it, in the language asked for.
    detail: String,
    /// Parties that a name may mean: id and name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate>,
    /// What is wrong with the rows that the request brought along, or with the data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Finding>,
}

/// A party that a name may mean.
#[derive(Debug, Serialize, ToSchema)]
struct Candidate {
    /// Its id.
    party: String,
    /// Its name.
    name: String,
}

/// A kind of problem: its reference, its titles, its status.
type Kind = (&'static str, [&'static str; 2], StatusCode);

const USAGE: Kind = ("urn:relata:usage", ["请求有误", "The request cannot be understood"], StatusCode::BAD_REQUEST);
const ROWS: Kind = ("urn:relata:rows", ["所附的行有误", "The rows are faulty"], StatusCode::UNPROCESSABLE_ENTITY);
const UNKNOWN: Kind = ("urn:relata:unknown-party", ["没有该主体", "No such party"], StatusCode::NOT_FOUND);
const AMBIGUOUS: Kind = ("urn:relata:ambiguous-party", ["名称不唯一", "The name fits several"], StatusCode::CONFLICT);
const DATA: Kind = ("urn:relata:data", ["数据不能作答", "The data cannot answer"], StatusCode::UNPROCESSABLE_ENTITY);
const TOKEN: Kind = ("urn:relata:token", ["需要令牌", "A token is needed"], StatusCode::UNAUTHORIZED);
const FORBIDDEN: Kind = ("urn:relata:forbidden", ["不予提供", "Not given out here"], StatusCode::FORBIDDEN);
const NOT_FOUND: Kind = ("urn:relata:not-found", ["没有该地址", "No such address"], StatusCode::NOT_FOUND);
const METHOD: Kind = ("urn:relata:method", ["不支持该方法", "Not by this method"], StatusCode::METHOD_NOT_ALLOWED);
const TOO_LARGE: Kind =
    ("urn:relata:too-large", ["请求过大", "The request is too large"], StatusCode::PAYLOAD_TOO_LARGE);
const MEDIA: Kind =
    ("urn:relata:media-type", ["不支持该内容类型", "Not of this content type"], StatusCode::UNSUPPORTED_MEDIA_TYPE);
const TOO_LONG: Kind = ("urn:relata:too-long", ["超过时限", "It takes too long"], StatusCode::SERVICE_UNAVAILABLE);
const FAILED: Kind = ("urn:relata:failed", ["处理失败", "The request failed"], StatusCode::INTERNAL_SERVER_ERROR);

impl Problem {
    pub(super) fn new((kind, titles, status): Kind, lang: Lang, detail: impl Into<String>) -> Self {
        let [zh, en] = titles;
        Self {
            kind,
            title: lang.pick(zh, en),
            status: status.as_u16(),
            detail: detail.into(),
            candidates: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// A request that cannot be understood.
    pub(super) fn usage(lang: Lang, text: &Text) -> Self {
        Self::new(USAGE, lang, text.text(lang))
    }

    /// A client that has not shown the token.
    pub(super) fn token(lang: Lang) -> Self {
        Self::new(
            TOKEN,
            lang,
            lang.pick("请在请求头中写明 Authorization: Bearer 令牌", "send the token as Authorization: Bearer TOKEN"),
        )
    }

    /// What this server does not give out.
    pub(super) fn forbidden(lang: Lang, text: &Text) -> Self {
        Self::new(FORBIDDEN, lang, text.text(lang))
    }

    /// An address that leads nowhere.
    pub(super) fn not_found(lang: Lang, path: &str) -> Self {
        Self::new(
            NOT_FOUND,
            lang,
            lang.pick(
                format!("没有 {path}；可用的地址见 /openapi.json"),
                format!("there is no {path}; /openapi.json lists what there is"),
            ),
        )
    }

    /// An address that is asked in another way.
    pub(super) fn method(lang: Lang, method: &str) -> Self {
        Self::new(
            METHOD,
            lang,
            lang.pick(format!("该地址不支持 {method}"), format!("{method} is not a method of this address")),
        )
    }

    /// A body beyond the limit.
    pub(super) fn too_large(lang: Lang, limit: usize) -> Self {
        Self::new(
            TOO_LARGE,
            lang,
            lang.pick(format!("请求正文不得超过{limit}字节"), format!("a body has at most {limit} bytes")),
        )
    }

    /// A body that did not arrive whole.
    pub(super) fn cut_short(lang: Lang) -> Self {
        Self::new(USAGE, lang, lang.pick("请求正文不完整", "the body did not arrive whole"))
    }

    /// A body of a kind that is not read here.
    pub(super) fn media(lang: Lang, known: &str) -> Self {
        Self::new(MEDIA, lang, lang.pick(format!("此处可用：{known}"), format!("a body here is {known}")))
    }

    /// A question that was not answered within the limit.
    pub(super) fn too_long(lang: Lang, limit: Duration) -> Self {
        let seconds = limit.as_secs();
        Self::new(
            TOO_LONG,
            lang,
            lang.pick(
                format!("{seconds}秒内未能作答；请稍后重试，或者改用命令行"),
                format!("there was no answer within {seconds} s; try again later, or ask on the command line"),
            ),
        )
    }

    /// Something went wrong here.
    pub(super) fn failed(lang: Lang) -> Self {
        Self::new(
            FAILED,
            lang,
            lang.pick("内部错误；请查看服务器的输出", "an internal error; see the server's own output"),
        )
    }

    /// A question that has no answer.
    pub(super) fn refused(lang: Lang, refusal: Refusal) -> Self {
        let detail = refusal.message(lang);
        match refusal {
            Refusal::Lookup(LookupError::Ambiguous { candidates, .. }) => {
                Self::named(AMBIGUOUS, lang, detail, candidates)
            }
            Refusal::Lookup(LookupError::Unknown { near, .. }) => Self::named(UNKNOWN, lang, detail, near),
            Refusal::Rows(findings) => Self { findings, ..Self::new(ROWS, lang, detail) },
            Refusal::Findings(findings) => Self { findings, ..Self::new(DATA, lang, detail) },
            other => {
                let kind = match other.fault() {
                    Fault::Usage => USAGE,
                    Fault::Name => UNKNOWN,
                    Fault::Data => DATA,
                    Fault::Failed => FAILED,
                };
                Self::new(kind, lang, detail)
            }
        }
    }

    fn named(kind: Kind, lang: Lang, detail: String, parties: Vec<(String, String)>) -> Self {
        let candidates = parties.into_iter().map(|(party, name)| Candidate { party, name }).collect();
        Self { candidates, ..Self::new(kind, lang, detail) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
