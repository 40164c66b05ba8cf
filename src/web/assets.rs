//! The page and everything it is made of, built into the program.

use super::answer::{not_modified, tag};
use super::app::App;
use super::problem::Problem;
use super::request::{has_already, language};
use super::stamp::etag;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

macro_rules! files {
    ($($path:literal),+ $(,)?) => { &[$(($path, include_str!(concat!("page/", $path)))),+] };
}

/// Every file by its path under `/page/`; `index.html` is at `/` as well.
const FILES: &[(&str, &str)] = files![
    "api.js",
    "app.js",
    "base.css",
    "blocks.js",
    "cells.js",
    "chart.js",
    "chart_model.js",
    "chart_style.js",
    "chart_table.js",
    "chart_view.js",
    "dataset.js",
    "days.js",
    "deals.js",
    "dictionary.js",
    "dom.js",
    "downloads.js",
    "drawing.js",
    "entries.js",
    "frame.css",
    "groups.js",
    "icon.svg",
    "index.html",
    "layout.js",
    "layout_worker.js",
    "legend.js",
    "linked.js",
    "links.js",
    "notes.js",
    "party.js",
    "party_box.js",
    "print.css",
    "proof.js",
    "register.js",
    "register_table.js",
    "screen.js",
    "search.svg",
    "slider.js",
    "sources.js",
    "state.js",
    "token.js",
    "vendor/LICENCES.md",
    "vendor/cytoscape.esm.min.mjs",
    "vendor/dagre.esm.js",
    "views.css",
    "whatif.js",
    "words.js",
];

/// Each file with its tag, by its address.
static ASSETS: LazyLock<BTreeMap<String, (&str, String)>> = LazyLock::new(|| {
    let mut assets: BTreeMap<_, _> =
        FILES.iter().map(|(path, text)| (format!("/page/{path}"), (*text, etag(&[path, text])))).collect();
    if let Some(page) = assets.get("/page/index.html").cloned() {
        assets.insert("/".to_owned(), page);
    }
    assets
});

/// The addresses of the page.
pub(super) fn router() -> Router<Arc<App>> {
    Router::new().route("/", get(asset)).route("/page/{*path}", get(asset))
}

async fn asset(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path();
    let Some((text, etag)) = ASSETS.get(path) else {
        return Problem::not_found(language(&parts, &app, &app.dataset()), path).into_response();
    };
    if has_already(&parts, etag) {
        return not_modified(etag);
    }
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    tag(&mut response, etag);
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::{ASSETS, FILES, content_type};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_file_of_the_page_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/page");
        let list = |below: &str| {
            let folder = folder.join(below);
            let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
            files.map(|path| format!("{below}{}", path.file_name().unwrap().to_str().unwrap())).collect::<Vec<_>>()
        };
        let there: BTreeSet<String> = [list(""), list("vendor/")].concat().into_iter().collect();
        let known: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(there, known);
    }

    #[test]
    fn the_page_is_at_the_root() {
        assert_eq!(ASSETS["/"], ASSETS["/page/index.html"]);
        assert_eq!(content_type("/"), "text/html; charset=utf-8");
        assert_eq!(content_type("/page/vendor/cytoscape.esm.min.mjs"), "text/javascript; charset=utf-8");
    }
}
