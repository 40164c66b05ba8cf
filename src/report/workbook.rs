//! An answer as a workbook: a sheet for each table of its page, one for all that the page says in sentences, and what
//! stands beside it.

use super::beside::{NamedGrid, about_name};
use super::{Answer, Block, Grid, Page};
use crate::export::sheet;
use crate::facts::Lang;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};
use std::io::{self, Write};

/// Letters that a cell holds at most, with room for what Excel counts twice.
const LONGEST: usize = 16_000;

/// Letters of a sheet's name.
const NAME: usize = 31;

/// Writes the answer.
pub(super) fn write(answer: &dyn Answer, out: &mut dyn Write) -> io::Result<()> {
    let (page, beside) = (answer.page(), answer.beside());
    let mut book = sheet::workbook().map_err(sheet::failed)?;
    let mut names = Vec::new();
    let lang = lang(&page);
    // The same as a CSV file has it: codes and days of their own, to be filtered and counted.
    let data = (lang.pick("数据", "data").to_owned(), answer.grid());
    for (name, grid) in parts(page, lang).into_iter().chain([data]).chain(beside) {
        let name = unique(&name, &names);
        add(&mut book, &name, &grid).map_err(sheet::failed)?;
        names.push(name);
    }
    out.write_all(&book.save_to_buffer().map_err(sheet::failed)?)
}

/// The language of a page: that of what it is about, and where that is not said, of its title.
fn lang(page: &Page) -> Lang {
    let chinese = |text: &str| text.chars().any(|letter| letter >= '\u{2E80}');
    page.about.lang.unwrap_or_else(|| match page.blocks.first() {
        Some(Block::Title(title)) if !chinese(title) => Lang::En,
        _ => Lang::Zh,
    })
}

/// The tables of a page under their headings, and before them all else that it says.
fn parts(page: Page, lang: Lang) -> Vec<NamedGrid> {
    let mut said = Grid::new(lang.pick(["部分", "内容"], ["part", "text"]));
    let (mut tables, mut heading, mut part) = (Vec::new(), String::new(), String::new());
    for block in page.blocks {
        match block {
            Block::Title(text) => said.push(vec![about_name(lang), text]),
            Block::Heading(text) => {
                part.clone_from(&text);
                heading = text;
            }
            Block::Subheading(text) => part = format!("{heading}{}{text}", lang.pick("——", ": ")),
            Block::Text(text) => said.push(vec![part.clone(), text]),
            Block::List(points) => points.into_iter().for_each(|point| said.push(vec![part.clone(), point])),
            Block::Checklist(points) => points.into_iter().for_each(|(done, point)| {
                said.push(vec![part.clone(), format!("{} {point}", if done { '☑' } else { '☐' })]);
            }),
            Block::Table(grid) => tables.push((part.clone(), grid)),
        }
    }
    tables.insert(0, (lang.pick("概要", "overview").to_owned(), said));
    tables
}

/// A name for a sheet that no other has: short, and without the letters that no name may have.
fn unique(name: &str, taken: &[String]) -> String {
    let legal = |letter: char| if letter.is_control() || "[]:*?/\\'".contains(letter) { ' ' } else { letter };
    let plain: String = name.chars().map(legal).collect();
    let plain = if plain.trim().is_empty() { "-" } else { plain.trim() };
    let short = |room: usize| {
        let mut units = 0;
        let fits = |letter: &char| {
            units += letter.len_utf16();
            units <= room
        };
        plain.chars().take_while(fits).collect::<String>().trim_end().to_owned()
    };
    let is_free = |name: &String| taken.iter().all(|other| other.to_lowercase() != name.to_lowercase());
    let numbered = (2..).map(|number: usize| {
        let number = format!(" {number}");
        format!("{}{number}", short(NAME - number.len()))
    });
    std::iter::once(short(NAME)).chain(numbered).find(is_free).unwrap_or_default()
}

/// What a cell holds.
enum Value {
    Text,
    Day(rust_xlsxwriter::ExcelDateTime),
    /// A number, and how it is shown.
    Number(f64, String),
}

fn add(book: &mut Workbook, name: &str, grid: &Grid) -> Result<(), XlsxError> {
    let page = book.add_worksheet().set_name(name)?;
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format(sheet::DAY).set_align(FormatAlign::Top);
    let mut widths: Vec<usize> = grid.columns.iter().map(|heading| sheet::width(heading) + 2).collect();
    for (at, heading) in (0u16..).zip(&grid.columns) {
        page.write_string_with_format(0, at, heading, &sheet::heading())?;
    }
    let are_days: Vec<bool> = (0..grid.columns.len()).map(|column| are_days(grid, column)).collect();
    let (mut row, mut above): (u32, Vec<String>) = (1, Vec::new());
    for cells in &grid.rows {
        let cells = filled(cells, &above, grid);
        let mut more = 1;
        for (at, (cell, is_day)) in (0u16..).zip(cells.iter().zip(&are_days)) {
            let value = match (sheet::day(cell).filter(|_| *is_day), grid.numbers.contains(&usize::from(at))) {
                (Some(day), _) => Value::Day(day),
                (None, true) => number(cell),
                _ => Value::Text,
            };
            match value {
                Value::Day(value) => drop(page.write_datetime_with_format(row, at, &value, &day)?),
                Value::Number(value, shown) => {
                    let format = Format::new().set_num_format(shown).set_align(FormatAlign::Top);
                    page.write_number_with_format(row, at, value, &format)?;
                }
                Value::Text if cell.is_empty() => continue,
                Value::Text => {
                    let letters: Vec<char> = cell.chars().collect();
                    // What is too long for a cell goes on in the cells below.
                    for (below, piece) in (0u32..).zip(letters.chunks(LONGEST)) {
                        let piece: String = piece.iter().collect();
                        page.write_string_with_format(row + below, at, piece, &text)?;
                        more = more.max(below + 1);
                    }
                }
            }
            if let Some(width) = widths.get_mut(usize::from(at)) {
                *width = (*width).max(sheet::width(cell));
            }
        }
        row += more;
        above = cells;
    }
    for (at, width) in (0u16..).zip(&widths) {
        sheet::set_width(page, at, *width)?;
    }
    let last = u16::try_from(grid.columns.len()).unwrap_or_default().saturating_sub(1);
    page.set_freeze_panes(1, 0)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    page.autofilter(0, 0, (row - 1).max(1), last)?;
    Ok(())
}

/// The cells of a row; what a page leaves out because it is the same as above stands in every row, so that rows can be
/// filtered and sorted.
fn filled(cells: &[String], above: &[String], grid: &Grid) -> Vec<String> {
    let mut cells = cells.to_vec();
    let same = grid.repeated.first().and_then(|first| cells.get(*first)).is_some_and(String::is_empty);
    for column in grid.repeated.iter().filter(|_| same) {
        if let (Some(cell), Some(before)) = (cells.get_mut(*column), above.get(*column)) {
            cell.clone_from(before);
        }
    }
    cells
}

/// Whether every cell of a column that is not empty is a day.
fn are_days(grid: &Grid, column: usize) -> bool {
    let mut cells = grid.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| sheet::day(cell).is_some())
}

/// An amount or a percentage as a number, where it is exactly one: no range, no rounded value.
fn number(text: &str) -> Value {
    let (digits, is_percent) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let plain = digits.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let decimals = if part.is_empty() { String::new() } else { format!(".{}", "0".repeat(part.len())) };
    if !is_percent {
        return sheet::number(&plain).map_or(Value::Text, |number| Value::Number(number, format!("#,##0{decimals}")));
    }
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let whole = format!("{whole:0>3}");
    let moved = whole.split_at_checked(whole.len() - 2).map(|(left, right)| format!("{sign}{left}.{right}{part}"));
    let number = moved.and_then(|moved| sheet::number(&moved)).filter(|_| !digits.is_empty());
    number.map_or(Value::Text, |number| Value::Number(number, format!("0{decimals}%")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_legal_short_and_unique() {
        let mut taken = Vec::new();
        for (name, expected) in [
            ("关联法人（12）", "关联法人（12）"),
            ("关联法人（12）", "关联法人（12） 2"),
            ("a/b[c]:d", "a b c  d"),
            ("A B C  D", "A B C  D 2"),
            ("'", "-"),
            ("", "- 2"),
            ("Related organisations of everybody (12)", "Related organisations of everyb"),
            ("Related organisations of everybody else", "Related organisations of ever 2"),
        ] {
            let found = unique(name, &taken);
            assert_eq!(found, expected);
            taken.push(found);
        }
    }

    #[test]
    fn amounts_and_percentages_are_numbers_where_they_are_exact() {
        for (text, expected) in [
            ("1,250,000.50", Some((1_250_000.5, "#,##0.00"))),
            ("-3", Some((-3.0, "#,##0"))),
            ("42.86%", Some((0.4286, "0.00%"))),
            ("42.86 %", Some((0.4286, "0.00%"))),
            ("5%", Some((0.05, "0%"))),
            ("100 %", Some((1.0, "0%"))),
            ("≈33.333333%", None),
            ("25%至50%", None),
            ("25 to 50 %", None),
            ("–", None),
            ("%", None),
            ("", None),
            ("9,999,999,999,999,999", None),
        ] {
            let found = match number(text) {
                Value::Number(number, shown) => Some((number, shown)),
                _ => None,
            };
            assert_eq!(found, expected.map(|(number, shown): (f64, &str)| (number, shown.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_the_same_as_above_is_written_again() {
        let grid = Grid::new(["id", "name", "why"]).repeated([0, 1]);
        let (above, row) = (["a", "b", "c"].map(str::to_owned), ["", "", "d"].map(str::to_owned));
        assert_eq!(filled(&row, &above, &grid), ["a", "b", "d"]);
        let nameless = ["e", "", ""].map(str::to_owned);
        assert_eq!(filled(&nameless, &above, &grid), ["e", "", ""]);
    }
}
