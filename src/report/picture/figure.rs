//! A drawing as geometry: boxes, lines and labels in whole pixels.

use super::plan::Shape;
use crate::proof::chart::TieKind;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// How wide it is.
    pub w: i32,
    /// How high it is.
    pub h: i32,
}

impl Rect {
    /// Whether two rectangles have more in common than their edges.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    fn moved(&mut self, x: i32, y: i32) {
        self.x += x;
        self.y += y;
    }
}

/// A box with its text.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The party's id; `None` for a concert group.
    pub party: Option<String>,
    /// Where it is.
    pub rect: Rect,
    /// How it looks.
    pub shape: Shape,
    /// Whether it is the listed company asked about.
    pub subject: bool,
    /// The lines of the name.
    pub name: Vec<String>,
    /// The smaller lines below it.
    pub small: Vec<String>,
}

/// What is written on a line.
#[derive(Debug, Clone)]
pub struct Label {
    /// Where it is.
    pub rect: Rect,
    /// Its lines.
    pub text: Vec<String>,
}

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// Straight to a point.
    Straight(i32, i32),
    /// In a bend that leaves and arrives upright.
    Bend(i32, i32),
}

impl Stretch {
    /// Where it ends.
    #[must_use]
    pub fn end(self) -> (i32, i32) {
        match self {
            Self::Straight(x, y) | Self::Bend(x, y) => (x, y),
        }
    }
}

/// A line.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it stands for; `None` for the rail that several ties share.
    pub kind: Option<TieKind>,
    /// Where it begins.
    pub start: (i32, i32),
    /// How it goes on.
    pub path: Vec<Stretch>,
    /// Whether it ends where the tie ends, so that the arrow belongs there.
    pub arrow: bool,
    /// Whether it begins where the tie begins.
    pub tail: bool,
}

/// A drawing.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The boxes.
    pub boxes: Vec<Drawn>,
    /// The labels.
    pub labels: Vec<Label>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether ties are written in boxes, since there are too many to draw.
    pub noted: bool,
}

impl Figure {
    /// Moves all of it.
    pub(super) fn shift(&mut self, x: i32, y: i32) {
        self.boxes.iter_mut().for_each(|drawn| drawn.rect.moved(x, y));
        self.labels.iter_mut().for_each(|label| label.rect.moved(x, y));
        for line in &mut self.lines {
            line.start = (line.start.0 + x, line.start.1 + y);
            for stretch in &mut line.path {
                *stretch = match *stretch {
                    Stretch::Straight(a, b) => Stretch::Straight(a + x, b + y),
                    Stretch::Bend(a, b) => Stretch::Bend(a + x, b + y),
                };
            }
        }
    }

    /// Takes over all of another one, as it stands.
    pub(super) fn take(&mut self, other: Self) {
        self.boxes.extend(other.boxes);
        self.labels.extend(other.labels);
        self.lines.extend(other.lines);
    }

    /// Sets figures side by side, in rows no wider than the widest of them or about as wide as the whole is high.
    #[must_use]
    pub(super) fn packed(figures: Vec<Self>, gap: i32) -> Self {
        let area: i64 = figures.iter().map(|f| i64::from(f.width + gap) * i64::from(f.height + gap)).sum();
        let side = i32::try_from(area.isqrt()).unwrap_or(i32::MAX / 2);
        let limit = figures.iter().map(|figure| figure.width).max().unwrap_or(0).max(side).max(900);
        let (mut whole, mut x, mut y, mut row) = (Self::default(), 0, 0, 0);
        for mut figure in figures {
            if x > 0 && x + figure.width > limit {
                (x, y, row) = (0, y + row + gap, 0);
            }
            figure.shift(x, y);
            x += figure.width + gap;
            row = row.max(figure.height);
            whole.width = whole.width.max(x - gap);
            whole.height = y + row;
            whole.take(figure);
        }
        whole
    }
}
