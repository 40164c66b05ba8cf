//! What a page needs besides answers: the dataset as a whole, its tables, its parties.

use super::form::{Written, choose};
use super::request::{Asked, Common, Params};
use crate::facts::PartyKind;
use crate::inquiry::{Refusal, Row, readings};
use crate::intake::{self, TableInfo, both};
use crate::report::json;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Parties offered where no other number is asked for.
const OFFERED: usize = 20;

/// The most parties that are offered.
const MOST: usize = 200;

/// Part of a name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Typed {
    /// Part of an id, a name or an alias, or a whole identifier
    q: String,
    /// How many parties are offered [default: 20]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// The dataset that answers, and whether its last change was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct About {
    format: &'static str,
    digest: String,
    rows: usize,
    parties: usize,
    subject: Option<String>,
    subject_name: Option<String>,
    rules: String,
    title: BTreeMap<&'static str, String>,
    language: &'static str,
    today: String,
    /// The day of questions that name none.
    day: String,
    window_months: u32,
    grounds: Vec<GroundJson>,
    /// Readings that depart from the default where a question names none.
    readings: BTreeMap<String, String>,
    switches: Vec<SwitchJson>,
    warnings: usize,
    reload: Reload,
}

/// A ground with what it catches, in both languages.
#[derive(Serialize, ToSchema)]
struct GroundJson {
    ground: String,
    zh: String,
    en: String,
}

#[derive(Serialize, ToSchema)]
struct SwitchJson {
    name: String,
    readings: Vec<String>,
}

/// Whether the last change of the data was taken.
#[derive(Serialize, ToSchema)]
struct Reload {
    /// `sound`, or `refused` where the files hold something that could not take its place.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// The tables of a dataset.
#[derive(Serialize, ToSchema)]
pub(super) struct Tables {
    format: &'static str,
    #[schema(value_type = Vec<Object>)]
    tables: Vec<TableInfo>,
}

/// The parties that a text may mean.
#[derive(Serialize, ToSchema)]
pub(super) struct Offered<'a> {
    format: &'static str,
    parties: Vec<OfferedParty<'a>>,
}

#[derive(Serialize, ToSchema)]
struct OfferedParty<'a> {
    party: &'a str,
    name: &'a str,
    #[schema(value_type = String)]
    kind: PartyKind,
    listed: Option<&'a str>,
    aliases: Vec<&'a str>,
    score: u8,
}

/// The dataset that answers: its digest, its company and rules, and whether its last change was taken
#[utoipa::path(get, path = "/api/v1/dataset", params(Common), responses((status = 200, body = About)))]
pub(super) async fn dataset(mut asked: Asked) -> Response {
    // What is said of a refused change is not determined by the data.
    asked.etag = None;
    let (app, dataset, terms) = (Arc::clone(&asked.app), Arc::clone(&asked.dataset), asked.terms.clone());
    let format = asked.format.clone();
    asked
        .send("dataset", move || {
            choose(format.as_deref(), &["json"], |name| name)?;
            let (pack, facts) = (dataset.pack(&terms)?, dataset.facts());
            let subject = dataset.named_subject(&terms)?;
            let refused = app.refused();
            let about = About {
                format: "relata.dataset/1",
                digest: dataset.digest().to_owned(),
                rows: dataset.rows(),
                parties: facts.parties().len(),
                subject: subject.map(|party| facts.id(party).to_owned()),
                subject_name: subject.map(|party| facts.name(party).to_owned()),
                rules: pack.name.clone(),
                title: BTreeMap::from([("zh", pack.title_zh.clone()), ("en", pack.title_en.clone())]),
                language: app.language(&dataset).pick("zh", "en"),
                today: terms.today.to_string(),
                day: app.terms.as_of.unwrap_or(terms.today).to_string(),
                window_months: pack.numbers(terms.as_of.unwrap_or(terms.today)).window_months,
                grounds: pack
                    .grounds
                    .iter()
                    .map(|each| GroundJson {
                        ground: each.number.clone(),
                        zh: each.title_zh.clone(),
                        en: each.title_en.clone(),
                    })
                    .collect(),
                readings: readings(&pack, &terms)?.departures(&pack.switches),
                switches: pack
                    .switches
                    .iter()
                    .map(|switch| SwitchJson { name: switch.name.clone(), readings: switch.readings.clone() })
                    .collect(),
                warnings: dataset.findings().len(),
                reload: Reload { state: if refused.is_some() { "refused" } else { "sound" }, message: refused },
            };
            dataset.undamaged()?;
            Written::json(|out| json(&about, out))
        })
        .await
}

/// The tables of a dataset with their columns and codes, in English and in Chinese
#[utoipa::path(get, path = "/api/v1/tables", params(Common), responses((status = 200, body = Tables)))]
pub(super) async fn tables(asked: Asked) -> Response {
    let format = asked.format.clone();
    asked
        .send("tables", move || {
            choose(format.as_deref(), &["json"], |name| name)?;
            let tables = Tables { format: "relata.tables/1", tables: intake::tables() };
            Written::json(|out| json(&tables, out))
        })
        .await
}

/// Rows of the dataset.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Named {
    /// A row, as holdings:12; may be repeated
    #[serde(default)]
    #[param(required = true)]
    row: Vec<String>,
}

/// Rows of the dataset as they were written.
#[derive(Serialize, ToSchema)]
pub(super) struct Rows {
    format: &'static str,
    #[schema(value_type = Vec<Object>)]
    rows: Vec<Row>,
}

/// Rows of the dataset as they were written, with the names of the parties in them
#[utoipa::path(get, path = "/api/v1/rows", params(Common, Named), responses((status = 200, body = Rows)))]
pub(super) async fn rows(asked: Asked, Params(named): Params<Named>) -> Response {
    let (dataset, format, shown) = (Arc::clone(&asked.dataset), asked.format.clone(), asked.terms.show_identifiers);
    asked
        .send("rows", move || {
            choose(format.as_deref(), &["json"], |name| name)?;
            let rows = Rows { format: "relata.rows/1", rows: dataset.rows_named(&named.row, shown)? };
            dataset.undamaged()?;
            Written::json(|out| json(&rows, out))
        })
        .await
}

/// The parties that a text may mean, the likeliest first
#[utoipa::path(get, path = "/api/v1/parties", params(Common, Typed), responses((status = 200, body = Offered)))]
pub(super) async fn parties(asked: Asked, Params(typed): Params<Typed>) -> Response {
    let (dataset, format) = (Arc::clone(&asked.dataset), asked.format.clone());
    asked
        .send("parties", move || {
            choose(format.as_deref(), &["json"], |name| name)?;
            let limit = typed.limit.unwrap_or(OFFERED);
            if !(1..=MOST).contains(&limit) {
                return Err(Refusal::Usage(both!("`limit` is from 1 to {MOST}", "limit 应在 1 至 {MOST} 之间")));
            }
            let facts = dataset.facts();
            let offered = dataset.search(&typed.q, limit).into_iter().map(|hit| {
                let row = facts.party(hit.party);
                OfferedParty {
                    party: row.id,
                    name: row.name,
                    kind: row.kind,
                    listed: row.listed,
                    aliases: row.aliases,
                    score: hit.score,
                }
            });
            let offered = Offered { format: "relata.parties/1", parties: offered.collect() };
            dataset.undamaged()?;
            Written::json(|out| json(&offered, out))
        })
        .await
}
