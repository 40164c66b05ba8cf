//! Words of the answers in both languages: verdicts, footings, kinds, what is missing.

use crate::facts::{Lang, PartyKind, RowRef, Table};
use crate::law::Basis;
use crate::proof::Measure;
use crate::proof::rows::Rows;
use crate::proof::words as proof_words;
use crate::register::{Certainty, ChangeKind, Missing, Range, Verdict};
use std::collections::BTreeMap;

/// `person` or `organisation`, as the rules divide parties.
#[must_use]
pub fn category(kind: PartyKind) -> &'static str {
    if kind.is_organisation() { "organisation" } else { "person" }
}

/// A kind of party.
#[must_use]
pub fn kind(kind: PartyKind, lang: Lang) -> String {
    lang.pick(kind.zh().to_owned(), kind.code().replace('_', " "))
}

/// A verdict.
#[must_use]
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Related => lang.pick("关联方", "related"),
        Verdict::NotRelated => lang.pick("非关联方", "not related"),
        Verdict::Undetermined => lang.pick("无法确定", "undetermined"),
    }
}

/// The code of a verdict.
#[must_use]
pub fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Related => "related",
        Verdict::NotRelated => "not_related",
        Verdict::Undetermined => "undetermined",
    }
}

/// On what footing a ground holds, with its days.
#[must_use]
pub fn basis(basis: Basis, lang: Lang) -> String {
    match basis {
        Basis::Current => lang.pick("现时", "current").to_owned(),
        Basis::LookedBack { last_day, expires } => lang.pick(
            format!("追溯：{last_day} 止，{expires} 届满"),
            format!("looked back: last on {last_day}, expires {expires}"),
        ),
        Basis::Arranged { begins } => lang.pick(format!("安排：{begins} 起"), format!("arranged: begins {begins}")),
    }
}

/// The days of a footing for a spreadsheet: last day, expiry, beginning.
#[must_use]
pub fn basis_days(basis: Basis) -> [String; 3] {
    match basis {
        Basis::Current => [const { String::new() }; 3],
        Basis::LookedBack { last_day, expires } => [last_day.to_string(), expires.to_string(), String::new()],
        Basis::Arranged { begins } => [String::new(), String::new(), begins.to_string()],
    }
}

/// Yes, no or not known.
#[must_use]
pub fn certainty(certainty: Certainty, lang: Lang) -> &'static str {
    match certainty {
        Certainty::Yes => lang.pick("是", "yes"),
        Certainty::No => lang.pick("否", "no"),
        Certainty::Unknown => lang.pick("不确定", "unknown"),
    }
}

/// A share that may be known only within bounds.
#[must_use]
pub fn range(range: &Range, lang: Lang) -> String {
    // Bounds that differ only beyond what is printed are printed once.
    let (least, greatest) = (range.least.to_string(), range.greatest.to_string());
    let alike = least.trim_start_matches('≈') == greatest.trim_start_matches('≈');
    let least = if alike && greatest.starts_with('≈') { &greatest } else { &least };
    match (alike, lang) {
        (true, Lang::Zh) => format!("{least}%"),
        (true, Lang::En) => format!("{least} %"),
        (false, Lang::Zh) => format!("{least}%至{greatest}%"),
        (false, Lang::En) => format!("{least} to {greatest} %"),
    }
}

/// A cell that is not known.
#[must_use]
pub fn missing(missing: &Missing, lang: Lang) -> String {
    let row = proof_words::row(RowRef { table: missing.table, row: missing.row }, lang);
    lang.pick(
        format!("{row}“{}”列", column_zh(missing.table, missing.column)),
        format!("{row}, column {}", missing.column),
    )
}

fn column_zh(table: Table, column: &'static str) -> &'static str {
    match column {
        "percent" if table == Table::Movements => "变动比例",
        "since" => "起算日",
        "percent" => "持股比例",
        "votes_percent" => "表决权比例",
        "from" => "起始日",
        "until" => "截止日",
        "birth_date" => "出生日期",
        other => other,
    }
}

/// The unknown cells, row by row: what the row says, and which of its columns leave it open.
#[must_use]
pub fn missing_rows(missing: &[Missing], rows: &Rows<'_>, lang: Lang) -> Vec<String> {
    let mut columns: BTreeMap<RowRef, Vec<&str>> = BTreeMap::new();
    for cell in missing {
        let open = columns.entry(RowRef { table: cell.table, row: cell.row }).or_default();
        open.push(lang.pick(column_zh(cell.table, cell.column), cell.column));
    }
    columns
        .into_iter()
        .map(|(row, columns)| {
            let (line, columns) = (rows.line(row), columns.join(lang.pick("、", ", ")));
            lang.pick(format!("{line}——未定：{columns}"), format!("{line} – not known: {columns}"))
        })
        .collect()
}

/// Rows in one line, separated as the language has it.
#[must_use]
pub fn rows(rows: &[RowRef], lang: Lang) -> String {
    rows.iter().map(|row| proof_words::row(*row, lang)).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

/// Rows beside a reason, in brackets: the first few, and how many there are where there are more; nothing for none.
#[must_use]
pub fn rows_beside(all: &[RowRef], lang: Lang) -> String {
    const MOST: usize = 6;
    let first = rows(all.get(..MOST).unwrap_or(all), lang);
    match all.len() {
        0 => String::new(),
        count if count > MOST => lang.pick(format!("〔{first}等{count}行〕"), format!(" [{first} … {count} rows]")),
        _ => lang.pick(format!("〔{first}〕"), format!(" [{first}]")),
    }
}

/// How a stake is measured.
#[must_use]
pub fn measure(measure: Measure, lang: Lang) -> &'static str {
    match measure {
        Measure::Controlled => lang.pick("合计控制口径", "counting all it controls and those in concert"),
        Measure::LookThrough => lang.pick("逐层穿透口径", "by look-through"),
        Measure::Direct => lang.pick("直接持股口径", "counting own stakes and those in concert"),
        Measure::Multiply => lang.pick("逐层相乘口径", "by multiplying along chains"),
    }
}

/// How an entry changed.
#[must_use]
pub fn change(change: ChangeKind, lang: Lang) -> &'static str {
    match change {
        ChangeKind::Entered => lang.pick("新增", "entered"),
        ChangeKind::Left => lang.pick("退出", "left"),
        ChangeKind::Changed => lang.pick("变动", "changed"),
    }
}

/// The code of a change.
#[must_use]
pub fn change_code(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Entered => "entered",
        ChangeKind::Left => "left",
        ChangeKind::Changed => "changed",
    }
}
