//! One register among many: a line of JSON, or rows of one table.

use super::{forms, words};
use crate::facts::{Facts, PartyId, PartyKind};
use crate::law::Basis;
use crate::register::Standing;
use serde::Serialize;
use std::io;

/// The columns of a batch as a table: one row for each ground of each party.
pub const BATCH_COLUMNS: [&str; 9] =
    ["subject", "party", "name", "standing", "ground", "basis", "last_day", "expires", "begins"];

#[derive(Serialize)]
struct Line<'a> {
    format: &'static str,
    subject: &'a str,
    related: Vec<Related<'a>>,
    exempt: Vec<&'a str>,
    undetermined: Vec<Undetermined<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contested: Vec<Contested<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    party: &'a str,
    name: &'a str,
    kind: PartyKind,
    category: &'static str,
    grounds: Vec<Ground>,
}

#[derive(Serialize)]
struct Ground {
    ground: &'static str,
    #[serde(flatten)]
    basis: Basis,
}

#[derive(Serialize)]
struct Undetermined<'a> {
    party: &'a str,
    name: &'a str,
    grounds: &'a [&'static str],
}

#[derive(Serialize)]
struct Contested<'a> {
    party: &'a str,
    contested_by: &'a [String],
}

/// Parties in the order of their ids.
fn by_id<'a, T>(facts: &Facts, parties: impl Iterator<Item = (PartyId, T)>) -> Vec<(PartyId, T)>
where
    T: 'a,
{
    let mut parties: Vec<(PartyId, T)> = parties.collect();
    parties.sort_by(|a, b| facts.id(a.0).cmp(facts.id(b.0)));
    parties
}

/// Who stands where about one company, as a line of JSON (`relata.batch/1`).
///
/// # Errors
/// Where `out` cannot be written to.
pub fn batch_line(facts: &Facts, subject: PartyId, standing: &Standing, out: &mut dyn io::Write) -> io::Result<()> {
    let related = by_id(facts, standing.related.iter().map(|(party, grounds)| (*party, grounds)));
    let undetermined = by_id(facts, standing.undetermined.iter().map(|(party, grounds)| (*party, grounds)));
    let contested = by_id(facts, standing.contested.iter().map(|(party, switches)| (*party, switches)));
    let line = Line {
        format: "relata.batch/1",
        subject: facts.id(subject),
        related: related
            .into_iter()
            .map(|(party, grounds)| Related {
                party: facts.id(party),
                name: facts.name(party),
                kind: facts.kind(party),
                category: words::category(facts.kind(party)),
                grounds: grounds.iter().map(|(ground, basis)| Ground { ground, basis: *basis }).collect(),
            })
            .collect(),
        exempt: by_id(facts, standing.exempt.iter().map(|party| (*party, ()))).iter().map(|p| facts.id(p.0)).collect(),
        undetermined: undetermined
            .into_iter()
            .map(|(party, grounds)| Undetermined { party: facts.id(party), name: facts.name(party), grounds })
            .collect(),
        contested: contested
            .into_iter()
            .map(|(party, contested_by)| Contested { party: facts.id(party), contested_by })
            .collect(),
    };
    forms::json_line(&line, out)
}

/// The same as rows of a table.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn batch_rows(facts: &Facts, subject: PartyId, standing: &Standing, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    let subject = facts.id(subject);
    for (party, grounds) in by_id(facts, standing.related.iter().map(|(party, grounds)| (*party, grounds))) {
        for (ground, basis) in grounds {
            let [last_day, expires, begins] = match basis {
                Basis::Current => [None; 3],
                Basis::LookedBack { last_day, expires } => [Some(last_day), Some(expires), None],
                Basis::Arranged { begins } => [None, None, Some(begins)],
            }
            .map(|day| day.map(ToString::to_string).unwrap_or_default());
            let name = facts.name(party);
            writer.write_record([
                subject,
                facts.id(party),
                name,
                "related",
                ground,
                basis.code(),
                &last_day,
                &expires,
                &begins,
            ])?;
        }
    }
    for (party, ()) in by_id(facts, standing.exempt.iter().map(|party| (*party, ()))) {
        writer.write_record([subject, facts.id(party), facts.name(party), "exempt", "6", "", "", "", ""])?;
    }
    for (party, grounds) in by_id(facts, standing.undetermined.iter().map(|(party, grounds)| (*party, grounds))) {
        for ground in grounds {
            writer.write_record([
                subject,
                facts.id(party),
                facts.name(party),
                "undetermined",
                ground,
                "",
                "",
                "",
                "",
            ])?;
        }
    }
    writer.flush()
}
