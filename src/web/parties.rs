//! Questions about parties.

use super::form::{Written, choose};
use super::request::{Asked, Common, Params};
use crate::inquiry::{self, Drawn, Refusal};
use crate::intake::both;
use crate::report::Direction;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

/// One party.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct One {
    /// The party, by id, exact name, alias or identifier
    pub(super) party: String,
}

/// Several parties.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Several {
    /// A party, by id, exact name, alias or identifier; may be repeated
    #[serde(default)]
    #[param(required = false)]
    party: Vec<String>,
}

/// A party and how small a stake still counts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Stake {
    /// The party, by id, exact name, alias or identifier
    party: String,
    /// Leave out look-through shares below this many percent; their sum is stated
    at_least: Option<String>,
}

/// Two days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Days {
    /// The earlier day
    from: NaiveDate,
    /// The later day
    to: NaiveDate,
}

/// The related-party register (关联人名录), with a proof for every line
#[utoipa::path(get, path = "/api/v1/register", params(Common), responses((status = 200)))]
pub(super) async fn register(asked: Asked) -> Response {
    asked.answer("register", |inquiry, format| inquiry.register(|report| Written::answer(report, format))).await
}

/// The verdict on each party (核查), or what was looked at and how close it came
#[utoipa::path(get, path = "/api/v1/check", params(Common, Several), responses((status = 200)))]
pub(super) async fn check(asked: Asked, Params(several): Params<Several>) -> Response {
    asked
        .answer("check", move |inquiry, format| {
            if several.party.is_empty() {
                return Err(Refusal::Usage(both!("name at least one `party`", "请至少指明一个主体（party）")));
            }
            inquiry.check(&several.party, |report| Written::answer(report, format))?
        })
        .await
}

/// The whole proof about one party: as JSON, text, or a drawing
#[utoipa::path(get, path = "/api/v1/explain", params(Common, One), responses((status = 200)))]
pub(super) async fn explain(asked: Asked, Params(one): Params<One>) -> Response {
    asked
        .answer("explain", move |inquiry, format| {
            inquiry.explain(&one.party, |report| Written::proof(format, |form, out| report.write(form, out)))?
        })
        .await
}

/// Who stands behind a party (向上穿透)
#[utoipa::path(get, path = "/api/v1/owners", params(Common, Stake), responses((status = 200)))]
pub(super) async fn owners(asked: Asked, Params(stake): Params<Stake>) -> Response {
    stakes(asked, "owners", stake, Direction::Owners).await
}

/// What a party holds and controls (向下穿透)
#[utoipa::path(get, path = "/api/v1/owned", params(Common, Stake), responses((status = 200)))]
pub(super) async fn owned(asked: Asked, Params(stake): Params<Stake>) -> Response {
    stakes(asked, "owned", stake, Direction::Owned).await
}

async fn stakes(asked: Asked, name: &'static str, stake: Stake, direction: Direction) -> Response {
    asked
        .answer(name, move |asked, format| {
            let at_least = stake.at_least.as_deref().map(inquiry::at_least).transpose()?;
            asked.stakes(&stake.party, direction, at_least.as_ref(), |report| Written::answer(report, format))?
        })
        .await
}

/// What is drawn; the whole register where no party is named.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Chart {
    /// The chain of this party
    party: Option<String>,
    /// The direct ties of this party
    around: Option<String>,
    /// The group of this party, from its top down
    top: Option<String>,
}

/// An equity chart (股权穿透图) as data: the register, a chain, the ties of a party, or a group
#[utoipa::path(get, path = "/api/v1/chart", params(Common, Chart), responses((status = 200)))]
pub(super) async fn chart(asked: Asked, Params(chart): Params<Chart>) -> Response {
    asked
        .answer("chart", move |inquiry, format| {
            choose(format, &["json"], |name| name)?;
            let drawn = match (&chart.party, &chart.around, &chart.top) {
                (None, None, None) => Drawn::Register,
                (Some(party), None, None) => Drawn::Chain(party),
                (None, Some(party), None) => Drawn::Around(party),
                (None, None, Some(party)) => Drawn::Group(party),
                _ => {
                    return Err(Refusal::Usage(both!(
                        "name one of `party`, `around` and `top`",
                        "party、around、top 只能指明一个"
                    )));
                }
            };
            inquiry.chart(drawn, |report| Written::json(|out| report.json(out)))?
        })
        .await
}

/// Counterparties under common control (同一控制下的交易对方), with the dealings of twelve months; all where no party is named
#[utoipa::path(get, path = "/api/v1/groups", params(Common, Several), responses((status = 200)))]
pub(super) async fn groups(asked: Asked, Params(several): Params<Several>) -> Response {
    asked
        .answer("groups", move |inquiry, format| {
            inquiry.groups(&several.party, |report| Written::answer(report, format))?
        })
        .await
}

/// What changed in the register between two days, and because of which rows
#[utoipa::path(get, path = "/api/v1/diff", params(Common, Days), responses((status = 200)))]
pub(super) async fn diff(asked: Asked, Params(days): Params<Days>) -> Response {
    asked
        .answer("diff", move |inquiry, format| {
            if inquiry.terms().as_of.is_some() {
                return Err(Refusal::Usage(both!(
                    "diff takes its days from `from` and `to`; leave out `as_of`",
                    "diff 以 from 和 to 指明日期，不使用 as_of"
                )));
            }
            inquiry.diff((days.from, days.to), |report| Written::answer(report, format))?
        })
        .await
}

/// What insiders declared, held against the register (关联人申报)
#[utoipa::path(get, path = "/api/v1/declarations", params(Common), responses((status = 200)))]
pub(super) async fn declarations(asked: Asked) -> Response {
    asked
        .answer("declarations", |inquiry, format| inquiry.declarations(|report, _| Written::answer(report, format)))
        .await
}

/// The form in which related parties are filed (关联人填报表)
#[utoipa::path(get, path = "/api/v1/filing", params(Common), responses((status = 200)))]
pub(super) async fn filing(asked: Asked) -> Response {
    asked.answer("filing", |inquiry, format| inquiry.filing(|report| Written::answer(report, format))).await
}
