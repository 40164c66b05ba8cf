//! Boxes, lines and labels as SVG elements. Heads of lines are shapes of their own, since word processors and inline
//! drawings deal badly with markers.

use super::figure::{Drawn, Figure, Label, Line, Rect, Stretch};
use super::plan::{NAME_LINE, NAME_SIZE, SMALL_LINE, SMALL_SIZE, Shape, text_height};
use super::style::{Head, stroke};
use crate::proof::chart::TieKind;
use maud::{Markup, html};
use std::fmt::Write as _;

/// A figure with its corner at a point.
pub(super) fn figure(figure: &Figure, (x, y): (i32, i32)) -> Markup {
    html! {
        g transform={ "translate(" (x) " " (y) ")" } {
            @for line in &figure.lines { (self::line(line)) }
            @for drawn in &figure.boxes { (party(drawn)) }
            @for label in &figure.labels { (self::label(label)) }
        }
    }
}

pub(super) fn line(line: &Line) -> Markup {
    let style = stroke(line.kind);
    let (end, before) = ends(line);
    let head = if line.arrow { style.head } else { Head::None };
    let mut way = format!("M{} {}", line.start.0, line.start.1);
    let mut at = line.start;
    for (i, stretch) in line.path.iter().enumerate() {
        let (mut x, mut y) = stretch.end();
        if i + 1 == line.path.len() {
            (x, y) = back(end, before, inset(head));
        }
        let _ = match stretch {
            Stretch::Straight(..) => write!(way, " L{x} {y}"),
            Stretch::Bend(..) => {
                let middle = (at.1 + y) / 2;
                write!(way, " C{} {middle} {x} {middle} {x} {y}", at.0)
            }
        };
        at = (x, y);
    }
    html! {
        path d=(way) fill="none" stroke=(style.colour) stroke-width=(style.width)
            stroke-dasharray=[Some(style.dashes).filter(|dashes| !dashes.is_empty())] {}
        @if style.double { path d=(way) fill="none" stroke="#fff" stroke-width="2" {} }
        @if style.ring && line.tail {
            circle cx=(line.start.0) cy=(line.start.1) r="4" fill="#fff" stroke=(style.colour) stroke-width="1.3" {}
        }
        (arrow(head, end, before, style.colour))
    }
}

/// The end of a line and a point on its last stretch.
fn ends(line: &Line) -> ((i32, i32), (i32, i32)) {
    let end = line.path.last().map_or(line.start, |stretch| stretch.end());
    let earlier = line.path.iter().rev().map(|stretch| stretch.end()).chain([line.start]);
    let before = earlier.into_iter().find(|point| *point != end).unwrap_or(line.start);
    // A bend arrives upright.
    match line.path.last() {
        Some(Stretch::Bend(..)) => (end, (end.0, before.1)),
        _ => (end, before),
    }
}

/// How much of the line its head covers.
fn inset(head: Head) -> i32 {
    match head {
        Head::None | Head::Open => 0,
        Head::Filled(long) => long - 2,
        Head::Hollow => 11,
        Head::Diamond => 14,
    }
}

/// A point so far before the end; lines end upright or level.
fn back(end: (i32, i32), before: (i32, i32), by: i32) -> (i32, i32) {
    let (x, y) = ((end.0 - before.0).signum(), (end.1 - before.1).signum());
    if y != 0 { (end.0, end.1 - y * by) } else { (end.0 - x * by, end.1) }
}

fn arrow(head: Head, end: (i32, i32), before: (i32, i32), colour: &str) -> Markup {
    let upright = end.1 != before.1;
    // A point so far back along the line and so far beside it.
    let point = |by: i32, beside: i32| {
        let (x, y) = back(end, before, by);
        if upright { format!("{} {}", x + beside, y) } else { format!("{} {}", x, y + beside) }
    };
    let (way, fill) = match head {
        Head::None => return Markup::default(),
        Head::Filled(long) => {
            let wide = long / 2;
            (format!("M{} L{} L{} Z", point(0, 0), point(long, wide), point(long, -wide)), colour)
        }
        Head::Hollow => (format!("M{} L{} L{} Z", point(0, 0), point(11, 6), point(11, -6)), "#fff"),
        Head::Open => (format!("M{} L{} L{}", point(9, 5), point(0, 0), point(9, -5)), "none"),
        Head::Diamond => (format!("M{} L{} L{} L{} Z", point(0, 0), point(7, 5), point(14, 0), point(7, -5)), colour),
    };
    html! { path d=(way) fill=(fill) stroke=(colour) stroke-width="1.3" stroke-linejoin="round" {} }
}

pub(super) fn party(drawn: &Drawn) -> Markup {
    let Rect { x, y, w, h } = drawn.rect;
    let (fill, colour, width) = if drawn.subject { ("#e8eef7", "#123a6d", "2.4") } else { ("#fff", "#333", "1.3") };
    html! {
        @if drawn.subject {
            rect x=(x - 5) y=(y - 5) width=(w + 10) height=(h + 10) fill="none" stroke=(colour) stroke-width="1.2" {}
        }
        @match drawn.shape {
            Shape::Person => rect x=(x) y=(y) width=(w) height=(h) rx=(h.min(44) / 2) fill=(fill) stroke=(colour)
                stroke-width=(width) {},
            Shape::Company => rect x=(x) y=(y) width=(w) height=(h) fill=(fill) stroke=(colour) stroke-width=(width) {},
            Shape::Partnership => {
                rect x=(x) y=(y) width=(w) height=(h) fill=(fill) stroke=(colour) stroke-width=(width) {}
                path d={ "M" (x + 6) " " (y) " V" (y + h) " M" (x + w - 6) " " (y) " V" (y + h) } fill="none"
                    stroke=(colour) stroke-width=(width) {}
            },
            Shape::StateBody => path d={
                "M" (x + 12) " " (y) " H" (x + w - 12) " L" (x + w) " " (y + h / 2) " L" (x + w - 12) " " (y + h)
                " H" (x + 12) " L" (x) " " (y + h / 2) " Z"
            } fill=(fill) stroke=(colour) stroke-width=(width) {},
            Shape::Organisation => path d={
                "M" (x) " " (y) " H" (x + w - 12) " L" (x + w) " " (y + 12) " V" (y + h) " H" (x) " Z"
            } fill=(fill) stroke=(colour) stroke-width=(width) {},
            Shape::Hub => rect x=(x) y=(y) width=(w) height=(h) rx=(h / 2) fill="#eef6f3"
                stroke=(stroke(Some(TieKind::Concert)).colour) stroke-width="1.3" stroke-dasharray="4 3" {},
        }
        (words(drawn))
    }
}

fn words(drawn: &Drawn) -> Markup {
    let Rect { x, y, w, h } = drawn.rect;
    let top = y + (h - text_height(&drawn.name, &drawn.small)) / 2;
    let weight = drawn.subject.then_some("bold");
    let mut lines = Vec::new();
    let mut at = top;
    for text in &drawn.name {
        // Letters stand on a line about four fifths down.
        lines.push((text, at + NAME_LINE * 3 / 4, NAME_SIZE, weight, "#111"));
        at += NAME_LINE;
    }
    for text in &drawn.small {
        lines.push((text, at + SMALL_LINE * 3 / 4, SMALL_SIZE, None, "#333"));
        at += SMALL_LINE;
    }
    html! {
        @for (text, y, size, weight, colour) in lines {
            text x=(x + w / 2) y=(y) font-size=(size) font-weight=[weight] text-anchor="middle" fill=(colour) { (text) }
        }
    }
}

fn label(label: &Label) -> Markup {
    let Rect { x, y, w, h } = label.rect;
    html! {
        rect x=(x) y=(y) width=(w) height=(h) fill="#fff" {}
        @for (i, text) in (0..).zip(&label.text) {
            text x=(x + w / 2) y=(y + 2 + i * SMALL_LINE + SMALL_LINE * 3 / 4) font-size=(SMALL_SIZE) text-anchor="middle"
                fill="#111" { (text) }
        }
    }
}
