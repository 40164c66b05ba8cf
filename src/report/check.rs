//! The verdicts on the parties asked about (`relata.check/1`).

use super::beside::{Chain, NamedGrid};
use super::header::Header;
use super::misses::{self, NearJson};
use super::register::GroundJson;
use super::{Answer, Context, Grid, Page, forms, words};
use crate::facts::PartyKind;
use crate::proof::brief::Brief;
use crate::proof::rows::Rows;
use crate::proof::words::article;
use crate::proof::{Step, StepId};
use crate::register::{Answers, Miss, Missing, Near, PartyAnswer, Verdict};
use serde::Serialize;
use std::io;

/// Answers about several parties.
pub struct CheckReport<'a> {
    /// What they are about.
    pub context: &'a Context<'a>,
    /// The answers.
    pub answers: &'a Answers,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    parties: Vec<PartyJson<'a>>,
    proofs: &'a [Step],
}

/// The answer about one party in JSON.
#[derive(Serialize)]
pub(super) struct PartyJson<'a> {
    party: &'a str,
    name: &'a str,
    kind: PartyKind,
    category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    verdict: Verdict,
    grounds: Vec<GroundJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exempt_proof: Option<StepId>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    possible: &'a [&'static str],
    #[serde(skip_serializing_if = "<[Missing]>::is_empty")]
    missing: &'a [Missing],
    contested_by: &'a [String],
    looked_at: Vec<NearJson<'a>>,
}

pub(super) fn party_json<'a>(answer: &'a PartyAnswer, context: &'a Context<'a>) -> PartyJson<'a> {
    let party = context.facts.party(answer.party);
    PartyJson {
        party: party.id,
        name: party.name,
        kind: party.kind,
        category: words::category(party.kind),
        identifier: context.identifier(answer.party),
        verdict: answer.verdict,
        grounds: answer.grounds.iter().map(GroundJson::from).collect(),
        exempt_proof: answer.exempt,
        possible: &answer.possible,
        missing: &answer.missing,
        contested_by: &answer.contested_by,
        looked_at: answer.looked_at.iter().map(|near| misses::json(near, context)).collect(),
    }
}

/// `X (x): not related`, and that article 6 exempts it where that is why.
pub(super) fn verdict_line(answer: &PartyAnswer, context: &Context<'_>) -> String {
    let lang = context.lang;
    let who = context.in_full(answer.party);
    let verdict = words::verdict(answer.verdict, lang);
    let exempt = match answer.exempt {
        Some(_) => {
            let six = article("6", lang);
            lang.pick(format!("（依{six}豁免）"), format!(" (exempt by {six})"))
        }
        None => String::new(),
    };
    lang.pick(format!("{who}：{verdict}{exempt}"), format!("{who}: {verdict}{exempt}"))
}

/// What is to be said below the verdict where no ground is certain: what it depends on, or how close it came; what the
/// rows looked at say stands there `in_words`.
pub(super) fn remainder(answer: &PartyAnswer, context: &Context<'_>, in_words: bool, page: &mut Page) {
    let lang = context.lang;
    let colon = lang.pick("：", ": ");
    let window = context.window();
    if !answer.possible.is_empty() {
        page.text(lang.pick(
            format!("{window}期间，没有一项情形可以确定成立，但下列情形可能成立："),
            format!("Between {window}, nothing makes it related for certain; these may:"),
        ));
        page.list(answer.possible.iter().map(|ground| titled(ground, context)).collect());
    }
    if !answer.missing.is_empty() {
        page.text(lang.pick(
            "取决于下列未定之处，补全即可得出结论：",
            "It depends on what these rows leave open; filling it in settles the answer:",
        ));
        let rows = Rows::new(context.facts, context.names, lang);
        page.list(words::missing_rows(&answer.missing, &rows, lang));
    }
    if !answer.looked_at.is_empty() {
        page.text(lang.pick(format!("逐条核查（{window}）："), format!("What was looked at, between {window}:")));
        page.list(near_lines(&answer.looked_at, context, in_words));
    }
    if !answer.contested_by.is_empty() {
        let switches = answer.contested_by.join(lang.pick("、", ", "));
        page.text(format!(
            "{}{colon}{switches}",
            lang.pick("结论取决于下列解释开关", "Another reading of these would change the verdict")
        ));
    }
}

/// `article 5.3, organisation that a related person controls or directs`.
pub(super) fn titled(ground: &str, context: &Context<'_>) -> String {
    let lang = context.lang;
    let title = context.pack().ground(ground).map(|ground| lang.pick(&ground.title_zh, &ground.title_en));
    let (number, title) = (article(ground, lang), title.map_or("", String::as_str));
    lang.pick(format!("{number}　{title}"), format!("{number}, {title}"))
}

/// One line for each ground, with the rows looked at, in words where there is room; grounds that fail because of
/// what the party is share a line.
fn near_lines(looked_at: &[Near], context: &Context<'_>, in_words: bool) -> Vec<String> {
    let lang = context.lang;
    let rows = Rows::new(context.facts, context.names, lang);
    let mut lines = Vec::new();
    for near in looked_at {
        // A reason that has nothing to do with the ground is given once for all of them.
        let shared = matches!(near.miss, Miss::OwnGroup | Miss::Itself);
        let alike: Vec<&str> =
            looked_at.iter().filter(|other| other.miss == near.miss).map(|other| other.ground).collect();
        let title = match shared {
            true if alike.first() != Some(&near.ground) => continue,
            true => lang.pick(
                alike.iter().map(|ground| article(ground, lang)).collect::<Vec<_>>().join("、"),
                format!("articles {}", alike.join(", ")),
            ),
            false => titled(near.ground, context),
        };
        let text = misses::text(near, context);
        let looked = if near.rows.is_empty() {
            String::new()
        } else if in_words {
            near.rows.iter().map(|row| format!("\n    – {}", rows.line(*row))).collect()
        } else {
            let looked = words::rows(&near.rows, lang);
            lang.pick(format!("（{looked}）"), format!(" [{looked}]"))
        };
        lines.push(lang.pick(format!("{title}：{text}{looked}"), format!("{title}: {text}{looked}")));
    }
    lines
}

impl Answer for CheckReport<'_> {
    fn page(&self) -> Page {
        let (context, lang) = (self.context, self.context.lang);
        let mut page = context.opening("关联关系核查", "check of parties");
        let subject = context.id(context.question.subject);
        let brief = Brief::new(context.facts, context.names, subject, lang, &self.answers.proofs);
        for answer in &self.answers.parties {
            page.heading(verdict_line(answer, context));
            let identifier = context.identifier(answer.party);
            let identifier = identifier
                .map(|text| lang.pick(format!("，证件号码{text}"), format!(", identifier {text}")))
                .unwrap_or_default();
            page.text(format!("{}{identifier}", context.kind(answer.party)));
            let lines = answer.grounds.iter().map(|line| {
                let (title, footing) = (titled(line.ground, context), words::basis(line.basis, lang));
                let why = brief.reason(line.proof);
                lang.pick(format!("{title}：{why}（{footing}）"), format!("{title}: {why} ({footing})"))
            });
            page.list(lines.collect());
            remainder(answer, context, false, &mut page);
        }
        page
    }

    fn grid(&self) -> Grid {
        let mut grid = Grid::new([
            "party",
            "name",
            "kind",
            "category",
            "verdict",
            "ground",
            "basis",
            "last_day",
            "expires",
            "begins",
            "contested_by",
            "looked_at",
        ]);
        for answer in &self.answers.parties {
            let party = self.context.facts.party(answer.party);
            let mut push = |ground: &str, basis: &str, days: [String; 3], looked_at: String| {
                let [last_day, expires, begins] = days;
                grid.push(vec![
                    party.id.to_owned(),
                    party.name.to_owned(),
                    party.kind.code().to_owned(),
                    words::category(party.kind).to_owned(),
                    words::verdict_code(answer.verdict).to_owned(),
                    ground.to_owned(),
                    basis.to_owned(),
                    last_day,
                    expires,
                    begins,
                    answer.contested_by.join(";"),
                    looked_at,
                ]);
            };
            for line in &answer.grounds {
                push(line.ground, line.basis.code(), words::basis_days(line.basis), String::new());
            }
            for ground in &answer.possible {
                push(ground, "possible", Default::default(), String::new());
            }
            for near in &answer.looked_at {
                push(near.ground, "", Default::default(), misses::text(near, self.context));
            }
            if answer.grounds.is_empty() && answer.possible.is_empty() && answer.looked_at.is_empty() {
                push("", "", Default::default(), String::new());
            }
        }
        grid
    }

    fn beside(&self) -> Vec<NamedGrid> {
        let steps = &self.answers.proofs;
        let chain = |party, ground, basis, proof| Chain { of: None, party, ground, basis, proof, steps };
        let chains: Vec<Chain> = self
            .answers
            .parties
            .iter()
            .flat_map(|answer| {
                let lines =
                    answer.grounds.iter().map(|line| chain(answer.party, line.ground, Some(line.basis), line.proof));
                lines.chain(answer.exempt.map(|proof| chain(answer.party, "6", None, proof)))
            })
            .collect();
        self.context.beside_chains(&chains)
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            header: self.context.header("relata.check/1"),
            parties: self.answers.parties.iter().map(|answer| party_json(answer, self.context)).collect(),
            proofs: &self.answers.proofs,
        };
        forms::json(&document, out)
    }
}
