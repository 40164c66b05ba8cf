//! What a reader is shown, before it is laid out.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A table: column names and rows of cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The column names.
    pub columns: Vec<String>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
    /// Columns of short codes, which are not to be wrapped.
    pub unwrapped: Vec<usize>,
    /// Columns of names and the like, each with the part of a terminal it may take, in percent; the rest is for the
    /// others.
    pub narrow: Vec<(usize, u16)>,
    /// Columns of amounts and percentages, which are numbers in a workbook.
    pub numbers: Vec<usize>,
    /// Columns that are left empty where they are the same as in the row above.
    pub repeated: Vec<usize>,
}

impl Grid {
    /// An empty table with these columns.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        Self { columns: columns.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// The same table with these columns never wrapped.
    #[must_use]
    pub fn unwrapped(mut self, columns: impl IntoIterator<Item = usize>) -> Self {
        self.unwrapped = columns.into_iter().collect();
        self
    }

    /// The same table with these columns kept narrow.
    #[must_use]
    pub fn narrow(mut self, columns: impl IntoIterator<Item = (usize, u16)>) -> Self {
        self.narrow = columns.into_iter().collect();
        self
    }

    /// The same table with amounts or percentages in these columns.
    #[must_use]
    pub fn numbers(mut self, columns: impl IntoIterator<Item = usize>) -> Self {
        self.numbers = columns.into_iter().collect();
        self
    }

    /// The same table with these columns left empty where they are the same as above; the first tells.
    #[must_use]
    pub fn repeated(mut self, columns: impl IntoIterator<Item = usize>) -> Self {
        self.repeated = columns.into_iter().collect();
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }
}

/// One part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The page's title.
    Title(String),
    /// The heading of a part.
    Heading(String),
    /// The heading of a part of a part.
    Subheading(String),
    /// A sentence or two.
    Text(String),
    /// Points of a list.
    List(Vec<String>),
    /// Points to be ticked off, and whether each is.
    Checklist(Vec<(bool, String)>),
    /// A table.
    Table(Grid),
}

/// A page: its blocks from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Adds the title.
    pub fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title(text.into()));
    }

    /// Puts another title in the place of the page's.
    pub fn retitle(&mut self, text: impl Into<String>) {
        self.blocks.retain(|block| !matches!(block, Block::Title(_)));
        self.blocks.insert(0, Block::Title(text.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a heading below the last one.
    pub fn subheading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Subheading(text.into()));
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds a list, if it has points.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    /// Adds a checklist, if it has points.
    pub fn checklist(&mut self, points: Vec<(bool, String)>) {
        if !points.is_empty() {
            self.blocks.push(Block::Checklist(points));
        }
    }

    /// Adds a table with its heading, if it has rows.
    pub fn table(&mut self, heading: impl Into<String>, grid: Grid) {
        if !grid.rows.is_empty() {
            self.heading(heading);
            self.blocks.push(Block::Table(grid));
        }
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut part = serializer.serialize_map(None)?;
        match self {
            Self::Title(text) => told(&mut part, "title", text)?,
            Self::Heading(text) => told(&mut part, "heading", text)?,
            Self::Subheading(text) => told(&mut part, "subheading", text)?,
            Self::Text(text) => told(&mut part, "text", text)?,
            Self::List(points) => {
                part.serialize_entry("kind", "list")?;
                part.serialize_entry("points", points)?;
            }
            Self::Checklist(points) => {
                part.serialize_entry("kind", "checklist")?;
                let points: Vec<Point<'_>> = points.iter().map(|(done, text)| Point { done: *done, text }).collect();
                part.serialize_entry("points", &points)?;
            }
            Self::Table(grid) => {
                part.serialize_entry("kind", "table")?;
                part.serialize_entry("columns", &grid.columns)?;
                part.serialize_entry("rows", &grid.rows)?;
            }
        }
        part.end()
    }
}

/// A point of a checklist.
#[derive(serde::Serialize)]
struct Point<'a> {
    done: bool,
    text: &'a str,
}

fn told<M: SerializeMap>(part: &mut M, kind: &str, text: &str) -> Result<(), M::Error> {
    part.serialize_entry("kind", kind)?;
    part.serialize_entry("text", text)
}
