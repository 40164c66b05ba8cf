//! The whole proof about one party (`relata.explain/1`), as text, JSON or a drawing.

use super::check::{PartyJson, party_json, remainder, verdict_line};
use super::header::Header;
use super::{Block, ChartReport, Context, Page, forms, html, words};
use crate::proof::render::Narrator;
use crate::proof::words::article;
use crate::proof::{Step, StepId};
use crate::register::{Answers, PartyAnswer};
use serde::Serialize;
use std::io;

/// The forms a proof can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExplainForm {
    /// Sentences.
    Text,
    /// JSON.
    Json,
    /// Graphviz DOT.
    Dot,
    /// Mermaid.
    Mermaid,
    /// A drawing as SVG.
    Svg,
    /// Sentences and drawing as a page for a browser.
    Html,
}

impl ExplainForm {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Text, Self::Json, Self::Dot, Self::Mermaid, Self::Svg, Self::Html];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }
}

/// The proof of an answer about one party.
pub struct ExplainReport<'a> {
    /// What it is about.
    pub context: &'a Context<'a>,
    /// The answers among which the party's is.
    pub answers: &'a Answers,
    /// The party's answer.
    pub answer: &'a PartyAnswer,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    header: Header<'a>,
    #[serde(flatten)]
    party: PartyJson<'a>,
    proofs: &'a [Step],
}

impl ExplainReport<'_> {
    /// Writes the proof in one form.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, form: ExplainForm, out: &mut dyn io::Write) -> io::Result<()> {
        match form {
            ExplainForm::Text => out.write_all(self.text().as_bytes()),
            ExplainForm::Json => self.json(out),
            ExplainForm::Dot => out.write_all(self.chart().chart().dot().as_bytes()),
            ExplainForm::Mermaid => out.write_all(self.chart().chart().mermaid().as_bytes()),
            ExplainForm::Html => self.html(out),
            ExplainForm::Svg => out.write_all(self.chart().picture().svg().as_bytes()),
        }
    }

    fn roots(&self) -> Vec<StepId> {
        self.answer.grounds.iter().map(|line| line.proof).chain(self.answer.exempt).collect()
    }

    fn chart(&self) -> ChartReport<'_> {
        ChartReport::party(self.context, self.answers, self.answer)
    }

    fn text(&self) -> String {
        let (context, lang) = (self.context, self.context.lang);
        let mut text = lines(&context.opening("关联关系的证明", "proof"));
        text.push('\n');
        text.push_str(&verdict_line(self.answer, context));
        if let Some(identifier) = context.identifier(self.answer.party) {
            text.push_str(&lang.pick(format!("，证件号码{identifier}"), format!(", identifier {identifier}")));
        }
        text.push('\n');
        let roots = self.roots();
        let subject = context.id(context.question.subject);
        let mut narrator =
            Narrator::new(context.facts, context.pack(), context.names, subject, lang, &self.answers.proofs, &roots);
        for line in &self.answer.grounds {
            let title = context.pack().ground(line.ground).map(|ground| lang.pick(&ground.title_zh, &ground.title_en));
            let (title, footing) = (title.map_or("", String::as_str), words::basis(line.basis, lang));
            let number = capital(&article(line.ground, lang));
            text.push_str(
                &lang
                    .pick(format!("\n{number}　{title}（{footing}）\n"), format!("\n{number} – {title} ({footing})\n")),
            );
            text.push_str(&narrator.tell(line.proof, 1));
        }
        if let Some(exempt) = self.answer.exempt {
            text.push_str(&format!("\n{}\n", capital(&article("6", lang))));
            text.push_str(&narrator.tell(exempt, 1));
        }
        let mut rest = Page::default();
        remainder(self.answer, context, true, &mut rest);
        if !rest.blocks.is_empty() {
            text.push('\n');
            text.push_str(&lines(&rest));
        }
        text
    }

    fn html(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut page = self.context.opening("关联关系的证明", "proof");
        let opening = page.blocks.len();
        page.blocks.truncate(1);
        // The first lines of the text are the opening's.
        let text = self.text();
        let rest: Vec<&str> = text.lines().skip(opening).collect();
        let annex = maud::html! { (html::told(&rest.join("\n"))) (html::drawing(&self.chart().picture())) };
        html::write(&page, &annex, out)
    }

    fn json(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = Document {
            header: self.context.header("relata.explain/1"),
            party: party_json(self.answer, self.context),
            proofs: &self.answers.proofs,
        };
        forms::json(&document, out)
    }
}

/// The page's sentences and lists as plain lines (a proof has no tables).
fn lines(page: &Page) -> String {
    let mut text = String::new();
    for block in &page.blocks {
        match block {
            Block::Title(line) | Block::Heading(line) | Block::Subheading(line) | Block::Text(line) => {
                text.push_str(line);
                text.push('\n');
            }
            Block::List(points) => {
                for point in points {
                    text.push_str(&format!("  · {point}\n"));
                }
            }
            Block::Checklist(_) | Block::Table(_) => {}
        }
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
