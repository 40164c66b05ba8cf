//! Charts as drawings: SVG that stands in a memo, on paper or on a page. No scripts, no fonts of its own, the same bytes
//! for the same chart.

mod draw;
mod figure;
mod fold;
mod letters;
mod place;
mod plan;
mod style;
mod thin;

pub use figure::{Drawn, Figure, Label, Line, Rect, Stretch};
pub use plan::Shape;

use super::Context;
use crate::facts::Lang;
use crate::proof::chart::{Chart, TieKind};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeSet;

/// The room around everything, and between parts.
const MARGIN: i32 = 28;
const GAP: i32 = 24;
/// No drawing is narrower than this, so that its title and legend fit.
const NARROWEST: i32 = 680;
/// Ties that are told one by one to those who cannot see the drawing.
const TOLD: usize = 60;
const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','微软雅黑','PingFang SC','Hiragino Sans GB',\
                     'WenQuanYi Micro Hei',system-ui,'Segoe UI',Arial,sans-serif";

/// Where the boxes, lines and labels of a chart stand.
#[must_use]
pub fn figure(chart: &Chart<'_>) -> Figure {
    let mut plan = plan::Plan::new(chart);
    let noted = plan.thin();
    Figure { noted, ..place::place(&plan) }
}

/// One or several charts one below another, with a title, a legend and a footer.
pub struct Picture {
    lang: Lang,
    title: String,
    footer: Vec<String>,
    told: Vec<String>,
    parts: Vec<(String, Figure)>,
    kinds: BTreeSet<TieKind>,
}

/// A text with its place.
struct Text {
    at: (i32, i32),
    size: i32,
    bold: bool,
    text: String,
}

impl Picture {
    /// A drawing without charts yet, headed by what it shows.
    #[must_use]
    pub fn new(context: &Context<'_>, title: &str) -> Self {
        let (lang, day, pack) = (context.lang, context.question.as_of, context.pack());
        let company = context.in_full(context.question.subject);
        let title = lang.pick(format!("{company}：{title}（{day}）"), format!("{company}: {title}, {day}"));
        let mut footer = vec![lang.pick(format!("规则：{}", pack.title_zh), format!("Rules: {}", pack.title_en))];
        let departures = context.question.readings.departures(&pack.switches);
        if !departures.is_empty() {
            let list: Vec<String> = departures.iter().map(|(name, reading)| format!("{name}={reading}")).collect();
            let list = list.join(lang.pick("，", ", "));
            footer.push(lang.pick(format!("所取解释：{list}"), format!("Readings taken: {list}")));
        }
        let digest: String = context.dataset.digest.chars().take("sha256:".len() + 12).collect();
        let rows = context.dataset.rows;
        footer.push(lang.pick(format!("数据：{digest}…，{rows}行"), format!("Data: {digest}…, {rows} rows")));
        Self { lang, title, footer, told: Vec::new(), parts: Vec::new(), kinds: BTreeSet::new() }
    }

    /// Adds a chart below a heading, which may be empty.
    pub fn add(&mut self, heading: &str, chart: &Chart<'_>) {
        let (parties, ties) = (chart.parties().len(), chart.ties().len());
        let count = self.lang.pick(format!("{parties}个主体，{ties}项关系"), format!("{parties} parties, {ties} ties"));
        self.told.push(if heading.is_empty() { count } else { format!("{heading}: {count}") });
        if ties <= TOLD {
            let name =
                |id: &str| chart.parties().find(|party| party.id == id).map_or(id.to_owned(), |party| party.name);
            self.told
                .extend(chart.ties().map(|(tie, _)| format!("{} → {}: {}", name(&tie.from), name(&tie.to), tie.label)));
        }
        let figure = figure(chart);
        self.kinds.extend(figure.lines.iter().filter_map(|line| line.kind));
        if figure.noted {
            let note = self.lang.pick(
                "关系过密：每一主体只画一条连线，其余关系以“→”写在方框内。",
                "Too dense for lines: each party has one, its other ties stand in its box after “→”.",
            );
            if !self.footer.iter().any(|line| line == note) {
                self.footer.push(note.to_owned());
            }
        }
        self.parts.push((heading.to_owned(), figure));
    }

    /// A file of its own.
    #[must_use]
    pub fn svg(&self) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.push_str(&self.markup().into_string());
        text.push('\n');
        text
    }

    /// An element for a page.
    #[must_use]
    pub fn markup(&self) -> Markup {
        let widest = self.parts.iter().map(|(_, figure)| figure.width).max().unwrap_or(0).max(NARROWEST);
        let width = widest + 2 * MARGIN;
        let mut texts = Vec::new();
        let mut y = MARGIN;
        let mut write = |text: &str, size: i32, bold: bool, y: &mut i32| {
            let columns = usize::try_from(widest * 9 / (size * 5)).unwrap_or(1);
            for line in letters::lines(text, columns) {
                *y += size * 7 / 5;
                texts.push(Text { at: (MARGIN, *y - size * 2 / 5), size, bold, text: line });
            }
        };
        write(&self.title, 18, true, &mut y);
        let mut figures = Vec::new();
        for (heading, figure) in &self.parts {
            y += GAP;
            if !heading.is_empty() {
                write(heading, 15, true, &mut y);
                y += GAP / 2;
            }
            figures.push((figure, (MARGIN + (widest - figure.width) / 2, y)));
            y += figure.height;
        }
        y += GAP + 8;
        let rule = y;
        y += 8;
        let (legend, height) = self.legend(widest);
        let legend_at = (MARGIN, y);
        y += height;
        for line in &self.footer {
            write(line, 12, false, &mut y);
        }
        let height = y + MARGIN;
        html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" width=(width) height=(height)
                viewBox={ "0 0 " (width) " " (height) } font-family=(FONTS) {
                title { (letters::clean(&self.title)) }
                desc { (letters::clean(&self.told.join("; "))) }
                rect width=(width) height=(height) fill="#fff" {}
                @for (figure, at) in figures { (draw::figure(figure, at)) }
                path d={ "M" (MARGIN) " " (rule) " H" (width - MARGIN) } stroke="#999" stroke-width="1" {}
                g transform={ "translate(" (legend_at.0) " " (legend_at.1) ")" } { (legend) }
                @for text in texts {
                    text x=(text.at.0) y=(text.at.1) font-size=(text.size) font-weight=[text.bold.then_some("bold")]
                        fill=(if text.size < 14 { "#444" } else { "#111" }) { (text.text) }
                }
            }
        }
    }

    /// The kinds of tie and of party that occur, in rows, and how high they stand.
    fn legend(&self, width: i32) -> (Markup, i32) {
        let (mut x, mut y, mut entries) = (0, 0, Vec::new());
        let mut push = |sample: i32, words: &str, draw: &dyn Fn(i32, i32) -> Markup| {
            let wide = sample + 8 + letters::width(words, 12) + 22;
            if x > 0 && x + wide > width {
                (x, y) = (0, y + 26);
            }
            let text = html! { text x=(x + sample + 8) y=(y + 18) font-size="12" fill="#111" { (words) } };
            entries.push(html! { (draw(x, y)) (text) });
            x += wide;
        };
        for kind in TieKind::ALL.iter().filter(|kind| self.kinds.contains(kind)) {
            let sample = |x: i32, y: i32| {
                let path = vec![Stretch::Straight(x + 44, y + 14)];
                draw::line(&Line { kind: Some(*kind), start: (x + 2, y + 14), path, arrow: true, tail: true })
            };
            push(46, style::tie(*kind, self.lang), &sample);
        }
        let boxes = || self.parts.iter().flat_map(|(_, figure)| &figure.boxes);
        let shapes: BTreeSet<Shape> = boxes().map(|drawn| drawn.shape).collect();
        let sample = |shape: Shape, subject: bool| {
            move |x: i32, y: i32| {
                let rect = Rect { x: x + 6, y: y + 6, w: 34, h: 16 };
                draw::party(&Drawn { party: None, rect, shape, subject, name: Vec::new(), small: Vec::new() })
            }
        };
        for shape in shapes {
            if let Some(words) = style::shape(shape, self.lang) {
                push(46, words, &sample(shape, false));
            }
        }
        if boxes().any(|drawn| drawn.subject) {
            push(46, self.lang.pick("上市公司", "the listed company"), &sample(Shape::Company, true));
        }
        let height = if entries.is_empty() { 0 } else { y + 32 };
        (PreEscaped(entries.into_iter().map(PreEscaped::into_string).collect()), height)
    }
}
