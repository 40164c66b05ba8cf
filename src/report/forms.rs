//! The forms an answer can take, and how each is written.

use super::{Answer, Block, Grid, Page, html};
use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};
use serde::Serialize;
use std::io::{self, Write};

/// Codes up to this width are kept on one line of their cell.
const LONGEST_CODE: u16 = 18;

/// The form of a tabular answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Tables for a terminal.
    Table,
    /// JSON.
    Json,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
    /// What a reader is shown, part by part, as JSON for a program that lays it out.
    Page,
    /// A workbook.
    Xlsx,
    /// A page for a browser, in one file.
    Html,
}

impl Form {
    /// Every form.
    pub const ALL: &'static [Self] =
        &[Self::Table, Self::Json, Self::Csv, Self::Markdown, Self::Html, Self::Page, Self::Xlsx];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Page => "page",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
        }
    }
}

/// A terminal that an answer is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Its width: tables are wrapped to it.
    pub columns: u16,
    /// Whether it shows colours and bold letters.
    pub is_coloured: bool,
}

/// Writes an answer in one form; tables are fitted to the terminal where there is one.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(answer: &dyn Answer, form: Form, terminal: Option<Terminal>, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Table => on_terminal(&answer.page(), terminal, out),
        Form::Json => answer.json(out),
        Form::Csv => csv(&answer.grid(), out),
        Form::Markdown => markdown(&answer.page(), out),
        Form::Page => json(&Parts { format: "relata.page/1", blocks: &answer.page().blocks }, out),
        #[cfg(feature = "xlsx")]
        Form::Xlsx => super::workbook::write(answer, out),
        #[cfg(not(feature = "xlsx"))]
        Form::Xlsx => Err(io::Error::other("this program was built without the feature `xlsx`")),
        Form::Html => html::write(&answer.page(), &answer.annex(), out),
    }
}

/// What a reader is shown, as JSON.
#[derive(Serialize)]
struct Parts<'a> {
    format: &'static str,
    blocks: &'a [Block],
}

/// A value as indented JSON with a newline at its end.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn json(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A value as JSON on a line of its own.
pub(super) fn json_line(value: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(super) fn on_terminal(page: &Page, terminal: Option<Terminal>, out: &mut dyn Write) -> io::Result<()> {
    let colours = Colours::of(terminal);
    for (i, block) in page.blocks.iter().enumerate() {
        match block {
            Block::Title(text) => writeln!(out, "{}", colours.title.shown(&one_line(text)))?,
            Block::Heading(text) | Block::Subheading(text) => {
                if i > 0 {
                    writeln!(out)?;
                }
                writeln!(out, "{}", colours.heading.shown(&one_line(text)))?;
            }
            Block::Text(text) => writeln!(out, "{text}")?,
            Block::List(points) => {
                for point in points {
                    writeln!(out, "  · {point}")?;
                }
            }
            Block::Checklist(points) => {
                for (done, point) in points {
                    writeln!(out, "  {} {point}", if *done { '☑' } else { '☐' })?;
                }
            }
            Block::Table(grid) => {
                writeln!(out, "{}", colours.table(&layout(grid, terminal.map(|known| known.columns))))?
            }
        }
    }
    Ok(())
}

/// How the parts of a page are set off on a terminal that shows colours. What they say never rests on a colour alone.
#[derive(Default)]
struct Colours {
    title: Shade,
    heading: Shade,
    columns: Shade,
    rule: Shade,
}

/// A style that may be none.
#[derive(Default, Clone, Copy)]
struct Shade(Style);

impl Shade {
    fn shown(self, text: &str) -> String {
        format!("{}{text}{}", self.0.render(), self.0.render_reset())
    }
}

impl Colours {
    fn of(terminal: Option<Terminal>) -> Self {
        if !terminal.is_some_and(|known| known.is_coloured) {
            return Self::default();
        }
        let bold = Style::new().bold();
        let heading = Shade(bold.fg_color(Some(AnsiColor::Cyan.into())));
        Self { title: Shade(bold.underline()), heading, columns: Shade(bold), rule: Shade(Style::new().dimmed()) }
    }

    /// A table that was laid out: its rules stand back, and what stands between the first two of them are its headings.
    fn table(&self, text: &str) -> String {
        let mut rules = 0;
        let lines = text.lines().map(|line| {
            if line.chars().all(|letter| matches!(letter, '─' | '┄')) {
                rules += 1;
                self.rule.shown(line)
            } else if rules == 1 {
                self.columns.shown(line)
            } else {
                line.to_owned()
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn layout(grid: &Grid, width: Option<u16>) -> String {
    let mut table = Table::new();
    let rule = LineStyle::none().fill('─').junction('─');
    let style = TableStyle::new().top_border(rule).header_separator(rule).bottom_border(rule);
    match width {
        // Wrapped cells need a line between rows; what is piped keeps a row on a line.
        Some(width) => table
            .load_style(style.row_separator(LineStyle::none().fill('┄').junction('┄')))
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.load_style(style).set_content_arrangement(ContentArrangement::Disabled),
    };
    table.set_header(&grid.columns);
    for row in &grid.rows {
        table.add_row(row.iter().map(|cell| visible(cell)));
    }
    let widths = table.column_max_content_widths();
    for column in grid.unwrapped.iter().copied() {
        let short = widths.get(column).is_some_and(|width| *width <= LONGEST_CODE);
        if let Some(column) = table.column_mut(column).filter(|_| short) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for (column, part) in grid.narrow.iter().copied() {
        if let Some(column) = table.column_mut(column).filter(|_| width.is_some()) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(part)));
        }
    }
    table.trim_fmt()
}

fn csv(grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    // Written to memory first: an error of the `csv` crate would hide that a pipe was closed.
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&grid.columns)?;
    for row in &grid.rows {
        writer.write_record(row)?;
    }
    let text = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    out.write_all(&text)
}

fn markdown(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    for (i, block) in page.blocks.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Title(text) => writeln!(out, "# {}", escaped(text))?,
            Block::Heading(text) => writeln!(out, "## {}", escaped(text))?,
            Block::Subheading(text) => writeln!(out, "### {}", escaped(text))?,
            Block::Text(text) => writeln!(out, "{}", opened(text))?,
            Block::List(points) => {
                for point in points {
                    writeln!(out, "- {}", opened(point))?;
                }
            }
            Block::Checklist(points) => {
                for (done, point) in points {
                    writeln!(out, "- [{}] {}", if *done { 'x' } else { ' ' }, escaped(point))?;
                }
            }
            Block::Table(grid) => {
                markdown_row(&grid.columns, out)?;
                writeln!(out, "|{}", " --- |".repeat(grid.columns.len()))?;
                for row in &grid.rows {
                    markdown_row(row, out)?;
                }
            }
        }
    }
    Ok(())
}

fn markdown_row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "|")?;
    for cell in cells {
        write!(out, " {} |", escaped(cell))?;
    }
    writeln!(out)
}

/// Text of the dataset must not become markup: what Markdown would read is escaped, a line break becomes a space.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => safe.push_str("<br>"),
            '\r' => {}
            '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            _ => safe.push(letter),
        }
    }
    safe
}

/// The same of a text at the beginning of a line, where `-`, `1.` and the like begin a list, and blanks a block of code.
fn opened(text: &str) -> String {
    let text = escaped(text.trim_start());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let opens = match digits {
        0 => rest.starts_with(['-', '+', '=', '~']),
        _ => rest.starts_with(". ") || rest.starts_with(") "),
    };
    if opens { format!("{number}\\{rest}") } else { text }
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// Control characters of the dataset (an escape sequence, say) must not reach the terminal.
fn visible(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let mut page = Page::default();
        page.title("标题");
        let mut grid = Grid::new(["名称", "ground"]);
        grid.push(vec!["江苏某某投资管理有限公司".into(), "a|b\u{1b}[31m".into()]);
        grid.push(vec!["A".into(), "5.3".into()]);
        page.table("Part", grid);
        page
    }

    fn text(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        assert!(write(&mut out).is_ok());
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn wide_letters_keep_columns_straight() {
        let text = text(|out| on_terminal(&page(), None, out));
        let lines: Vec<&str> = text.lines().collect();
        // Every Chinese letter takes two columns of the terminal.
        let wide = |line: &str, upto: &str| -> Option<usize> {
            line.find(upto).map(|at| line[..at].chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum())
        };
        let columns: Vec<_> = lines.iter().filter_map(|line| wide(line, "a|b").or_else(|| wide(line, "5.3"))).collect();
        assert_eq!(columns.len(), 2, "{text}");
        assert_eq!(columns.first(), columns.get(1), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn colours_add_nothing_but_themselves() {
        let shown = |is_coloured| text(|out| on_terminal(&page(), Some(Terminal { columns: 60, is_coloured }), out));
        let (plain, coloured) = (shown(false), shown(true));
        assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}[1m"), "{coloured}");
        let mut stripped = String::new();
        for piece in coloured.split('\u{1b}') {
            let rest = piece.strip_prefix('[').and_then(|code| code.split_once('m')).map_or(piece, |(_, rest)| rest);
            stripped.push_str(rest);
        }
        assert_eq!(stripped, plain);
    }

    #[test]
    fn a_narrow_terminal_wraps() {
        let text = text(|out| on_terminal(&page(), Some(Terminal { columns: 24, is_coloured: false }), out));
        let widest =
            text.lines().map(|line| line.chars().map(|c| if c > '\u{2e7f}' { 2 } else { 1 }).sum::<usize>()).max();
        assert!(widest <= Some(24), "{text}");
    }

    #[test]
    fn markdown_keeps_a_bar_inside_its_cell() {
        let text = text(|out| markdown(&page(), out));
        assert!(text.contains("a\\|b"), "{text}");
    }

    #[test]
    fn markdown_keeps_a_text_from_opening_a_list() {
        let text = text(|out| {
            let mut page = Page::default();
            ["- a", "  1. b", "10) c", "2.5 d", "=e", "f - g"].iter().for_each(|text| page.text(*text));
            page.checklist(vec![(true, "h".into()), (false, "[i]".into())]);
            markdown(&page, out)
        });
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["\\- a", "1\\. b", "10\\) c", "2.5 d", "\\=e", "f - g", "- [x] h", "- [ ] \\[i\\]"]);
    }

    #[test]
    fn csv_is_the_grid() {
        let mut grid = Grid::new(["a", "b"]);
        grid.push(vec!["1,2".into(), "\"".into()]);
        assert_eq!(text(|out| csv(&grid, out)), "a,b\n\"1,2\",\"\"\"\"\n");
    }
}
