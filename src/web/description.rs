//! The addresses, and their description (OpenAPI 3.1), made from the code that answers them.

use super::app::App;
use super::problem::Problem;
use super::request::language;
use super::safety::{Known, guard};
use super::{assets, dealings, lists, parties, whatif, whole};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The published schemas of answers, by the name of the question.
const SCHEMAS: &[(&str, &str)] = &[
    ("register", include_str!("../../data/schema/register.schema.json")),
    ("check", include_str!("../../data/schema/check.schema.json")),
    ("explain", include_str!("../../data/schema/explain.schema.json")),
    ("owners", include_str!("../../data/schema/owners.schema.json")),
    ("owned", include_str!("../../data/schema/owned.schema.json")),
    ("groups", include_str!("../../data/schema/groups.schema.json")),
    ("chart", include_str!("../../data/schema/chart.schema.json")),
    ("diff", include_str!("../../data/schema/diff.schema.json")),
    ("declarations", include_str!("../../data/schema/declarations.schema.json")),
    ("filing", include_str!("../../data/schema/filing.schema.json")),
    ("assess", include_str!("../../data/schema/assess.schema.json")),
    ("announce", include_str!("../../data/schema/announce.schema.json")),
    ("recuse", include_str!("../../data/schema/recuse.schema.json")),
    ("daily", include_str!("../../data/schema/daily.schema.json")),
    ("calendar", include_str!("../../data/schema/calendar.schema.json")),
    ("whatif", include_str!("../../data/schema/whatif.schema.json")),
    ("screen", include_str!("../../data/schema/screen.schema.json")),
];

/// What an address may answer besides what was asked for.
const PROBLEMS: [(&str, &str); 11] = [
    ("400", "The request cannot be understood"),
    ("401", "A token is needed"),
    ("403", "Not given out here"),
    ("404", "No such party, or no such address"),
    ("405", "Not by this method"),
    ("409", "A name fits several parties"),
    ("413", "The body is too large"),
    ("415", "The body is of another content type"),
    ("422", "The data cannot answer, or the rows are faulty"),
    ("500", "The request failed"),
    ("503", "It takes too long"),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "relata",
        description = "Who is a related party (关联人) of a listed company, and why. Answers are those of the command line, byte for byte."
    ),
    components(schemas(Problem))
)]
struct Description;

/// Every address, with what stands before them.
pub(super) fn router(app: Arc<App>) -> Router {
    let (questions, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(whole::dataset))
        .routes(routes!(whole::tables))
        .routes(routes!(whole::parties))
        .routes(routes!(parties::register))
        .routes(routes!(parties::check))
        .routes(routes!(parties::explain))
        .routes(routes!(parties::owners))
        .routes(routes!(parties::owned))
        .routes(routes!(parties::groups))
        .routes(routes!(parties::chart))
        .routes(routes!(parties::diff))
        .routes(routes!(parties::declarations))
        .routes(routes!(parties::filing))
        .routes(routes!(dealings::assess))
        .routes(routes!(dealings::announce))
        .routes(routes!(dealings::recuse))
        .routes(routes!(dealings::daily))
        .routes(routes!(dealings::calendar))
        .routes(routes!(whole::rows))
        .routes(routes!(lists::screen))
        .routes(routes!(whatif::whatif))
        .split_for_parts();
    let description = completed(&serde_json::to_value(&description).unwrap_or_default(), app.is_guarded());
    let known = parameters(&description);
    let text = description.to_string();
    questions
        .route("/openapi.json", get(move || async move { openapi(text) }))
        .merge(assets::router())
        .fallback(nowhere)
        .method_not_allowed_fallback(otherwise)
        .layer(middleware::from_fn_with_state((Arc::clone(&app), known), guard))
        .layer(DefaultBodyLimit::max(app.limits.body))
        .layer(RequestBodyTimeoutLayer::new(app.limits.time))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom({
            let app = Arc::clone(&app);
            move |_| Problem::failed(app.terms.lang).into_response()
        }))
        .with_state(app)
}

fn openapi(text: String) -> Response {
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn nowhere(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    Problem::not_found(language(&parts, &app, &app.dataset()), parts.uri.path()).into_response()
}

async fn otherwise(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    Problem::method(language(&parts, &app, &app.dataset()), parts.method.as_str()).into_response()
}

/// The description with the published schemas of the answers, what every address may answer besides, and the token.
fn completed(description: &Value, is_guarded: bool) -> Value {
    let mut description = description.clone();
    let mut schemas = Map::new();
    for (name, text) in SCHEMAS {
        schemas.insert((*name).to_owned(), component(name, text));
    }
    let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    for (_, operations) in description["paths"].as_object_mut().into_iter().flatten() {
        for (_, operation) in operations.as_object_mut().into_iter().flatten() {
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            if let Some(responses) = operation["responses"].as_object_mut() {
                for (status, what) in PROBLEMS {
                    responses.insert(status.to_owned(), json!({"description": what, "content": problem}));
                }
                responses.insert("304".to_owned(), json!({"description": "The client has the answer already"}));
                let answer = responses.entry("200").or_insert_with(|| json!({}));
                answer["description"] = json!("The answer");
                if schemas.contains_key(&id) {
                    let schema = json!({"$ref": format!("#/components/schemas/{id}")});
                    answer["content"] = json!({"application/json": {"schema": schema}, "*/*": {}});
                }
            }
        }
    }
    if let Some(known) = description["components"]["schemas"].as_object_mut() {
        known.extend(schemas);
    }
    if is_guarded {
        description["components"]["securitySchemes"] = json!({"token": {"type": "http", "scheme": "bearer"}});
        description["security"] = json!([{"token": []}]);
    }
    description
}

/// A published schema as a component: what it refers to within itself stands one level deeper there.
fn component(name: &str, text: &str) -> Value {
    let text = text.replace("\"#/$defs/", &format!("\"#/components/schemas/{name}/$defs/"));
    let mut schema: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
        schema.remove("$id");
    }
    schema
}

/// The names of the parameters of every address.
fn parameters(description: &Value) -> Known {
    let mut known = BTreeMap::new();
    for (path, operations) in description["paths"].as_object().into_iter().flatten() {
        let mut names: Vec<String> = Vec::new();
        for operation in operations.as_object().into_iter().flat_map(Map::values) {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                names.extend(parameter["name"].as_str().map(str::to_owned));
            }
        }
        known.insert(path.clone(), names);
    }
    Arc::new(known)
}
