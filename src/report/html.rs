//! A page as one HTML file: it opens offline, can be mailed, prints, and is read to those who cannot see it. What the
//! dataset says is text and never markup; the only script is the one below, allowed by its hash.

use super::picture::Picture;
use super::{Block, Grid, Page};
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes a page, what belongs below it, and what it is about.
pub(super) fn write(page: &Page, annex: &Markup, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(document(page, annex).into_string().as_bytes())?;
    out.write_all(b"\n")
}

fn document(page: &Page, annex: &Markup) -> Markup {
    let hash = |text: &str| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let title = page.blocks.iter().find_map(|block| match block {
        Block::Title(text) => Some(visible(text)),
        _ => None,
    });
    let lang = page.about.lang;
    let filter = lang.map_or("筛选 / filter", |lang| lang.pick("筛选", "filter"));
    html! {
        (DOCTYPE)
        html lang=[lang.map(|lang| lang.pick("zh-CN", "en"))] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                title { (title.as_deref().unwrap_or("relata")) }
                style { (PreEscaped(STYLE)) }
            }
            body data-filter=(filter) {
                main {
                    (blocks(&page.blocks))
                    (annex)
                }
                @if !page.about.lines.is_empty() {
                    footer { @for line in &page.about.lines { p { (visible(line)) } } }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// The blocks of a page as elements.
pub(super) fn blocks(blocks: &[Block]) -> Markup {
    let mut heading = "";
    let mut parts = Vec::new();
    for block in blocks {
        if let Block::Title(text) | Block::Heading(text) | Block::Subheading(text) = block {
            heading = text;
        }
        parts.push(html! {
            @match block {
                Block::Title(text) => h1 { (visible(text)) },
                Block::Heading(text) => h2 { (visible(text)) },
                Block::Subheading(text) => h3 { (visible(text)) },
                Block::Text(text) => p { (visible(text)) },
                Block::List(points) => ul { @for point in points { li { (visible(point)) } } },
                Block::Checklist(points) => ul class="checks" {
                    @for (done, point) in points { li { (if *done { "☑" } else { "☐" }) " " (visible(point)) } }
                },
                Block::Table(grid) => (table(grid, heading)),
            }
        });
    }
    html! { @for part in parts { (part) } }
}

fn table(grid: &Grid, caption: &str) -> Markup {
    html! {
        div class="wide" {
            table {
                caption { (visible(caption)) }
                thead { tr { @for column in &grid.columns { th scope="col" { (visible(column)) } } } }
                tbody {
                    @for row in &grid.rows {
                        tr {
                            @for (i, cell) in row.iter().enumerate() {
                                td class=[grid.unwrapped.contains(&i).then_some("code")] { (visible(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text without control characters, its line breaks kept.
fn visible(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

/// A drawing, which is scrolled where it is wider than the page.
pub(super) fn drawing(picture: &Picture) -> Markup {
    html! { div class="wide" { (picture.markup()) } }
}

/// Text told in indented lines, as proofs are.
pub(super) fn told(text: &str) -> Markup {
    html! {
        div class="told" {
            @for line in text.lines().filter(|line| !line.trim().is_empty()) {
                @let indent = line.len() - line.trim_start_matches(' ').len();
                p class={ "in" ((indent / 2).min(17)) } { (visible(line.trim_start())) }
            }
        }
    }
}
