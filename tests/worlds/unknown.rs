//! Unknown amounts and days put into a world, and values put in their place again.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::boundary_days;
use super::build::percent_text;
use super::dice::Dice;

type Row = Map<String, Value>;

const DATED: [&str; 7] = ["holdings", "proxies", "controls", "concert", "positions", "kinships", "designations"];

fn text<'v>(row: &'v Row, column: &str) -> &'v str {
    row.get(column).map_or("", |value| value.as_str().expect("cells are texts"))
}

fn put(row: &mut Row, column: &str, value: impl ToString) {
    row.insert(column.to_owned(), Value::from(value.to_string()));
}

/// Rows of a table as they can be changed; none where the table is missing.
fn rows<'v>(dataset: &'v mut Value, table: &str) -> impl Iterator<Item = &'v mut Row> {
    let all = dataset.get_mut(table).and_then(Value::as_array_mut).map(|rows| rows.iter_mut());
    all.into_iter().flatten().map(|row| row.as_object_mut().expect("rows are objects"))
}

/// Hundredths of a percent.
fn hundredths(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{rest:0<2}").parse().expect("a number of at most two decimals")
}

/// What a row holds at least and at most of the capital; an empty amount is at least a hundredth of a percent here, and
/// no more than that as far as room is left for others.
fn bounds(row: &Row) -> (i64, i64) {
    let percent = text(row, "percent");
    if !text(row, "total_shares").is_empty() {
        let total: i64 = text(row, "total_shares").parse().expect("a number");
        let shares: i64 = text(row, "shares").parse().expect("a number");
        let rounded_up = (shares * 10_000 + total - 1) / total;
        return (rounded_up, rounded_up);
    }
    match percent.split_once('-') {
        Some((least, most)) => (hundredths(least), hundredths(most)),
        None if percent.is_empty() => (1, 1),
        None => (hundredths(percent), hundredths(percent)),
    }
}

/// Replaces some amounts by ranges or nothing and some days by `?`, so that what the world said stays possible.
pub fn blur(dataset: &Value, as_of: NaiveDate, seed: u64) -> Value {
    let mut dice = Dice::new(seed ^ 0x0b1u64);
    let days = boundary_days(as_of);
    let mut blurred = dataset.clone();
    let mut taken: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows(&mut blurred, "holdings") {
        *taken.entry(text(row, "company").to_owned()).or_default() += bounds(row).1;
    }
    for row in rows(&mut blurred, "holdings") {
        if text(row, "percent").is_empty() || !dice.chance(35) {
            continue;
        }
        let amount = bounds(row).1;
        if dice.chance(35) {
            put(row, "percent", "");
            continue;
        }
        // A range reaches up only into what nobody holds, so that its upper end is possible together with all others.
        let taken = taken.get_mut(text(row, "company")).expect("counted above");
        let up = dice.between(0, 2000).min(usize::try_from((10_000 - *taken).max(0)).expect("small"));
        let up = i64::try_from(up).expect("small");
        *taken += up;
        let down = *dice.pick(&[0, 1, 100, amount / 2, amount - 1]);
        let least = (amount - down).max(1);
        if least < amount + up {
            put(row, "percent", format!("{}-{}", percent_text(least), percent_text(amount + up)));
        }
    }
    for table in DATED {
        for row in rows(&mut blurred, table) {
            for column in ["from", "until"] {
                let known = text(row, column).parse::<NaiveDate>().ok();
                match known {
                    _ if dice.chance(85) => {}
                    Some(day) if dice.chance(50) => put(row, column, format!("{day}?")),
                    None if dice.chance(50) => {
                        let day = *dice.pick(&days);
                        let (from, until) = (text(row, "from"), text(row, "until"));
                        let fits = if column == "from" {
                            until.is_empty() || until >= day.to_string().as_str()
                        } else {
                            from.is_empty() || from == "?" || from <= day.to_string().as_str()
                        };
                        if fits {
                            put(row, column, format!("{day}?"));
                        }
                    }
                    _ => put(row, column, "?"),
                }
            }
        }
    }
    blurred
}

/// Least and greatest day that a cell allows; the outer ones are far outside every window.
fn days_allowed(cell: &str, is_from: bool) -> (NaiveDate, NaiveDate) {
    let far =
        (NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day"), NaiveDate::from_ymd_opt(2050, 1, 1).expect("a day"));
    match cell.strip_suffix('?') {
        Some("") => far,
        Some(day) if is_from => (far.0, day.parse().expect("a day")),
        Some(day) => (day.parse().expect("a day"), far.1),
        None if cell.is_empty() => {
            if is_from {
                (far.0, far.0)
            } else {
                (far.1, far.1)
            }
        }
        None => (cell.parse().expect("a day"), cell.parse().expect("a day")),
    }
}

/// A day from `least` to `most`, with a liking for the ends and for days on which readings part.
fn day_between(dice: &mut Dice, days: &[NaiveDate], (least, most): (NaiveDate, NaiveDate)) -> NaiveDate {
    let mut possible: Vec<NaiveDate> = days.iter().copied().filter(|day| least <= *day && *day <= most).collect();
    possible.extend([least, most]);
    if least < most {
        possible.push(least + Days::new(1));
    }
    *dice.pick(&possible)
}

/// Whether a row of certain days is in force on a day; an empty `from` is before all days.
fn in_force(row: &Row, day: &str) -> bool {
    let (from, until) = (text(row, "from"), text(row, "until"));
    from <= day && (until.is_empty() || day <= until)
}

/// A world in which every unknown of `dataset` has some value that it may have, chosen by `seed`.
pub fn fix(dataset: &Value, as_of: NaiveDate, seed: u64) -> Value {
    let mut dice = Dice::new(seed ^ 0xf1f);
    let days = boundary_days(as_of);
    let mut fixed = dataset.clone();
    for table in DATED {
        for row in rows(&mut fixed, table) {
            if !text(row, "from").ends_with('?') && !text(row, "until").ends_with('?') {
                continue;
            }
            let (from, until) = (days_allowed(text(row, "from"), true), days_allowed(text(row, "until"), false));
            let start = day_between(&mut dice, &days, (from.0, from.1.min(until.1)));
            let end = day_between(&mut dice, &days, (until.0.max(start), until.1));
            if text(row, "from").ends_with('?') {
                put(row, "from", start);
            }
            if text(row, "until").ends_with('?') {
                put(row, "until", end);
            }
        }
    }
    for row in rows(&mut fixed, "holdings") {
        if text(row, "percent").contains('-') {
            let (least, most) = bounds(row);
            let value = *dice.pick(&[least, most, least, most, least + (most - least) / 2]);
            put(row, "percent", percent_text(value));
        }
    }
    fill_empty(&mut dice, &mut fixed);
    fixed
}

/// Gives every empty amount a value above zero within what all rows that run beside it leave of 100 %.
fn fill_empty(dice: &mut Dice, fixed: &mut Value) {
    let all: Vec<Row> = rows(fixed, "holdings").map(|row| row.clone()).collect();
    let empty = |row: &Row| text(row, "percent").is_empty() && text(row, "total_shares").is_empty();
    let mut done = all.clone();
    for n in 0..all.len() {
        if !empty(&all[n]) {
            continue;
        }
        // Sums are greatest on a day on which a row begins. Rows still empty count with the least they need.
        let company = |row: &&Row| text(row, "company") == text(&all[n], "company");
        let begins = all.iter().filter(company).map(|row| text(row, "from"));
        let most_beside = begins
            .chain([text(&all[n], "from")])
            .filter(|day| in_force(&all[n], day))
            .map(|day| {
                let beside = done.iter().enumerate().filter(|(m, row)| *m != n && company(row) && in_force(row, day));
                beside.map(|(_, row)| bounds(row).1).sum::<i64>()
            })
            .max();
        let left = 10_000 - most_beside.expect("a row is in force on its first day");
        assert!(left > 0, "blurring leaves room for every empty amount");
        let possible: Vec<i64> = [1, 499, 500, 3001, 5001, left / 2, left]
            .into_iter()
            .filter(|value| 0 < *value && *value <= left)
            .collect();
        put(&mut done[n], "percent", percent_text(*dice.pick(&possible)));
    }
    for (row, value) in rows(fixed, "holdings").zip(done) {
        *row = value;
    }
}
