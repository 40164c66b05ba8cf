//! What stands before every request: who may ask, under which name of this machine, with which parameters, and what a
//! browser is told about the answer.

use super::app::App;
use super::problem::Problem;
use super::request::language;
use crate::intake::both;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The parameters that each address knows, by its path.
pub(super) type Known = Arc<BTreeMap<String, Vec<String>>>;

/// What a browser may do with the page: nothing but talk to the server it came from.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
                      img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request pass that may be asked here, and adds the headers of every answer.
pub(super) async fn guard(State((app, known)): State<(Arc<App>, Known)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match refuse(&parts, &app, &known) {
        Some(problem) => problem.into_response(),
        None => next.run(Request::from_parts(parts, body)).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(parts: &Parts, app: &App, known: &Known) -> Option<Problem> {
    let path = parts.uri.path();
    let lang = language(parts, app, &app.dataset());
    let header = |name: &HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    // A foreign page must not ask through its visitor's browser, whatever name it has given to this address.
    let foreign_host = app.is_loopback && !header(&header::HOST).is_some_and(is_this_machine);
    if foreign_host || header(&HeaderName::from_static("sec-fetch-site")) == Some("cross-site") {
        let text = both!(
            "ask for localhost or 127.0.0.1, from a page of this server",
            "请以 localhost 或者 127.0.0.1 访问本服务"
        );
        return Some(Problem::forbidden(lang, &text));
    }
    let is_question = path.starts_with("/api/");
    let token = header(&header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    if is_question && !app.admits(token.map(str::trim)) {
        return Some(Problem::token(lang));
    }
    unknown_parameter(parts, known.get(path)?).map(|name| {
        let list = known.get(path).map(|names| names.join(", ")).unwrap_or_default();
        Problem::usage(
            lang,
            &both!("there is no parameter `{name}` here; there are: {list}", "此处没有参数`{name}`；可用：{list}"),
        )
    })
}

/// The first parameter that the address does not know: a misspelt one must not be passed over.
fn unknown_parameter(parts: &Parts, known: &[String]) -> Option<String> {
    if parts.method == Method::OPTIONS {
        return None;
    }
    let names = parts.uri.query()?.split('&').filter(|pair| !pair.is_empty());
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    names.map(name).find(|name| !known.contains(name))
}

/// Whether a `Host` is a name of this machine for itself.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_this_machine;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in ["localhost", "localhost:8320", "127.0.0.1:8320", "127.0.0.1", "[::1]:8320", "[::1]", "LOCALHOST:1"]
        {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["example.com", "127.0.0.1.example.com", "localhost.example.com:8320", "10.0.0.1:8320", "", ":80"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
