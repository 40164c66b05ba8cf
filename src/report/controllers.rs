//! Ultimate controllers of every company: a summary for a reader, a stream of rows or lines (`relata.controllers/1`).

use super::{Block, Dataset, Grid, Page, Terminal, forms};
use crate::facts::{Facts, Lang, PartyId};
use crate::proof::words::Names;
use crate::register::{ControlCounts, ControlQuestion, Controlled, Controllers};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The largest controllers in a summary.
const LARGEST: usize = 20;
/// Parties whose rows are made at a time by one thread, and how many of such parts are kept before they are written.
const PART: usize = 1 << 13;
const PARTS: usize = 16;

/// The form of a stream of controllers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControllersForm {
    /// A summary for a terminal.
    Table,
    /// A row for each company and ultimate controller.
    Csv,
    /// A line with the summary, then one for each company.
    JsonLines,
}

impl ControllersForm {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Table, Self::Csv, Self::JsonLines];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Ultimate controllers.
pub struct ControllersReport<'a> {
    /// The question.
    pub question: &'a ControlQuestion<'a>,
    /// Who controls whom.
    pub controllers: &'a Controllers<'a>,
    /// Which data.
    pub dataset: Dataset,
    /// The reader's language.
    pub lang: Lang,
}

#[derive(Serialize)]
struct HeadJson<'a> {
    format: &'static str,
    subject: Option<&'a str>,
    as_of: String,
    rules: &'a str,
    switches: BTreeMap<String, String>,
    dataset: &'a Dataset,
    companies: u64,
    controlled: u64,
    several: u64,
    ultimate: u64,
    circles: u64,
    pairs: u64,
}

#[derive(Serialize)]
struct LineJson<'a> {
    company: &'a str,
    name: &'a str,
    controllers: usize,
    ultimate: Vec<PartyJson<'a>>,
}

#[derive(Serialize)]
struct PartyJson<'a> {
    party: &'a str,
    name: &'a str,
}

impl ControllersReport<'_> {
    /// Writes it in one form; the summary is wrapped to `width` columns where one is given. O(companies).
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, form: ControllersForm, terminal: Option<Terminal>, out: &mut dyn Write) -> io::Result<()> {
        match form {
            ControllersForm::Table => forms::on_terminal(&self.page(), terminal, out),
            ControllersForm::Csv => {
                out.write_all(b"company,company_name,controller,controller_name,controllers\n")?;
                self.stream(out, csv_rows)
            }
            ControllersForm::JsonLines => {
                serde_json::to_writer(&mut *out, &self.head())?;
                out.write_all(b"\n")?;
                self.stream(out, json_line)
            }
        }
    }

    /// Makes rows in parallel and writes them in the order of the parties.
    fn stream(
        &self,
        out: &mut dyn Write,
        row: impl Fn(&Facts, &Controlled, &mut Vec<u8>) -> io::Result<()> + Sync,
    ) -> io::Result<()> {
        let facts = self.controllers.facts();
        let parties = facts.parties().len();
        let part = |begin: usize| -> io::Result<Vec<u8>> {
            let mut text = Vec::new();
            for party in begin..(begin + PART).min(parties) {
                if let Some(controlled) = self.controllers.company(PartyId::new(party)) {
                    row(facts, &controlled, &mut text)?;
                }
            }
            Ok(text)
        };
        let begins: Vec<usize> = (0..parties).step_by(PART).collect();
        for begins in begins.chunks(PARTS) {
            let texts: Vec<io::Result<Vec<u8>>> = begins.par_iter().map(|begin| part(*begin)).collect();
            for text in texts {
                out.write_all(&text?)?;
            }
        }
        Ok(())
    }

    fn head(&self) -> HeadJson<'_> {
        let ControlCounts { companies, controlled, several, ultimate, circles, pairs } = self.controllers.counts();
        HeadJson {
            format: "relata.controllers/1",
            subject: self.question.subject.map(|subject| self.controllers.facts().id(subject)),
            as_of: self.question.as_of.to_string(),
            rules: &self.question.pack.name,
            switches: self.question.readings.departures(&self.question.pack.switches),
            dataset: &self.dataset,
            companies,
            controlled,
            several,
            ultimate,
            circles,
            pairs,
        }
    }

    fn page(&self) -> Page {
        let (lang, counts, day) = (self.lang, self.controllers.counts(), self.question.as_of);
        let mut page = Page::default();
        page.blocks
            .push(Block::Title(lang.pick(format!("最终控制方（{day}）"), format!("Ultimate controllers on {day}"))));
        page.text(lang.pick(
            "控制按规则第二节认定；国家机关与其他主体同样视为控制方（groups 命令则不计）。仅计确定的控制；相互控制的各方视为一方，以编号最小者代表。",
            "Control is that of section 2 of the rules; a state body controls like anyone else here (the command `groups` leaves \
             state bodies out). Only what is certain counts; parties that control each other count as one, for which the \
             smallest id stands.",
        ));
        let mut grid = Grid::new(lang.pick(["项目", "数量"], ["what", "how many"]));
        for (zh, en, count) in [
            ("公司及其他组织", "companies and other organisations", counts.companies),
            ("其中：有控制方", "of these, controlled", counts.controlled),
            ("其中：有两个以上最终控制方", "of these, with several ultimate controllers", counts.several),
            ("最终控制方", "ultimate controllers", counts.ultimate),
            ("相互控制的圈", "circles of parties that control each other", counts.circles),
            ("控制关系（控制方与被控制方的对数）", "pairs of controller and controlled", counts.pairs),
        ] {
            grid.push(vec![lang.pick(zh, en).to_owned(), count.to_string()]);
        }
        page.table(lang.pick("合计", "Counts"), grid);
        let names = Names::new(self.controllers.facts(), lang);
        let mut grid =
            Grid::new(lang.pick(["最终控制方", "控制的主体数"], ["ultimate controller", "parties controlled"]));
        for (top, count) in self.controllers.largest(LARGEST) {
            grid.push(vec![names.in_full(self.controllers.facts().id(top)), count.to_string()]);
        }
        page.table(lang.pick("控制主体最多的", "Those that control most"), grid);
        page
    }
}

/// A cell, in quotation marks where it needs them.
fn cell(text: &str, out: &mut Vec<u8>) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

fn csv_rows(facts: &Facts, controlled: &Controlled, out: &mut Vec<u8>) -> io::Result<()> {
    let row = |ultimate: Option<PartyId>, out: &mut Vec<u8>| {
        for party in [Some(controlled.company), ultimate] {
            for text in [party.map(|party| facts.id(party)), party.map(|party| facts.name(party))] {
                cell(text.unwrap_or_default(), out);
                out.push(b',');
            }
        }
        writeln!(out, "{}", controlled.controllers)
    };
    if controlled.ultimate.is_empty() {
        return row(None, out);
    }
    controlled.ultimate.iter().try_for_each(|ultimate| row(Some(*ultimate), out))
}

fn json_line(facts: &Facts, controlled: &Controlled, out: &mut Vec<u8>) -> io::Result<()> {
    let ultimate = controlled.ultimate.iter();
    let line = LineJson {
        company: facts.id(controlled.company),
        name: facts.name(controlled.company),
        controllers: controlled.controllers,
        ultimate: ultimate.map(|party| PartyJson { party: facts.id(*party), name: facts.name(*party) }).collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}
