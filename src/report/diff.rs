//! What differs between two days (`relata.diff/1`).

use super::beside::NamedGrid;
use super::header::Header;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::RowRef;
use crate::law::Basis;
use crate::proof::rows::Rows;
use crate::register::{Change, ChangeKind, Verdict};
use chrono::NaiveDate;
use serde::Serialize;
use std::io;

/// Differences between the registers of two days.
pub struct DiffReport<'a> {
    /// What they are about; its day is the later one.
    pub context: &'a Context<'a>,
    /// The earlier day.
    pub from: NaiveDate,
    /// The later day.
    pub to: NaiveDate,
    /// The differences.
    pub changes: &'a [Change],
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    from: String,
    to: String,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    party: &'a str,
    name: &'a str,
    change: ChangeKind,
    verdict_before: Verdict,
    verdict_after: Verdict,
    before: Vec<GroundJson>,
    after: Vec<GroundJson>,
    causes: &'a [RowRef],
}

#[derive(Serialize)]
struct GroundJson {
    ground: &'static str,
    #[serde(flatten)]
    basis: Basis,
}

fn grounds_json(grounds: &[(&'static str, Basis)]) -> Vec<GroundJson> {
    grounds.iter().map(|(ground, basis)| GroundJson { ground, basis: *basis }).collect()
}

impl DiffReport<'_> {
    fn grounds(&self, grounds: &[(&'static str, Basis)], verdict: Verdict) -> String {
        let lang = self.context.lang;
        if grounds.is_empty() {
            return words::verdict(verdict, lang).to_owned();
        }
        let lines = grounds.iter().map(|(ground, basis)| {
            let footing = words::basis(*basis, lang);
            lang.pick(format!("{ground}（{footing}）"), format!("{ground} ({footing})"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Answer for DiffReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let (from, to) = (self.from, self.to);
        let mut page = context.opening("", "");
        let subject = context.in_full(context.question.subject);
        page.retitle(lang.pick(
            format!("{subject}：关联人的变动（{from}至{to}）"),
            format!("{subject}: changes of the register from {from} to {to}"),
        ));
        if self.changes.is_empty() {
            page.text(
                lang.pick(format!("{from}与{to}之间没有变动。"), format!("Nothing changed between {from} and {to}.")),
            );
        }
        let rows = Rows::new(context.facts, context.names, lang);
        for kind in [ChangeKind::Entered, ChangeKind::Left, ChangeKind::Changed] {
            let mut grid =
                Grid::new(lang.pick(["主体", "变动前", "变动后", "原因"], ["party", "before", "after", "because of"]))
                    .narrow([(0, 22), (1, 22), (2, 22)]);
            for change in self.changes.iter().filter(|change| change.kind == kind) {
                let causes: Vec<String> = change.causes.iter().map(|row| rows.short(*row)).collect();
                grid.push(vec![
                    context.in_full(change.party),
                    self.grounds(&change.before, change.verdicts.0),
                    self.grounds(&change.after, change.verdicts.1),
                    causes.join("\n"),
                ]);
            }
            let heading = words::change(kind, lang);
            let count = grid.rows.len();
            page.table(lang.pick(format!("{heading}（{count}）"), format!("{} ({count})", title(heading))), grid);
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid =
            Grid::new(["party", "name", "change", "verdict_before", "verdict_after", "before", "after", "causes"]);
        let grounds = |grounds: &[(&'static str, Basis)]| {
            let texts: Vec<String> =
                grounds.iter().map(|(ground, basis)| format!("{ground} {}", basis.code())).collect();
            texts.join(";")
        };
        for change in self.changes {
            let causes: Vec<String> =
                change.causes.iter().map(|row| format!("{} {}", row.table.code(), row.row)).collect();
            grid.push(vec![
                self.context.id(change.party).to_owned(),
                self.context.name(change.party).to_owned(),
                words::change_code(change.kind).to_owned(),
                words::verdict_code(change.verdicts.0).to_owned(),
                words::verdict_code(change.verdicts.1).to_owned(),
                grounds(&change.before),
                grounds(&change.after),
                causes.join(";"),
            ]);
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        self.context.beside()
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            header: self.context.header("relata.diff/1"),
            from: self.from.to_string(),
            to: self.to.to_string(),
            changes: self
                .changes
                .iter()
                .map(|change| ChangeJson {
                    party: self.context.id(change.party),
                    name: self.context.name(change.party),
                    change: change.kind,
                    verdict_before: change.verdicts.0,
                    verdict_after: change.verdicts.1,
                    before: grounds_json(&change.before),
                    after: grounds_json(&change.after),
                    causes: &change.causes,
                })
                .collect(),
        };
        forms::json(&document, out)
    }
}

fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
