//! Facts written as datasets: JSON text, and a folder of CSV files.

use relata::facts::{Amount, Bound, Facts, PartyId, Period};
use std::fmt::Write;
use std::path::Path;

/// A table: its name, its headings, its rows.
type Table = (&'static str, &'static [&'static str], Vec<Vec<String>>);

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Exact(percent) => percent.exact(),
        Amount::Range(least, greatest) => format!("{}-{}", least.exact(), greatest.exact()),
        Amount::Unknown => String::new(),
    }
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Open => String::new(),
        Bound::On(day) => day.to_string(),
        Bound::Unknown => "?".to_owned(),
        Bound::Near(day) => format!("{day}?"),
    }
}

fn with_period(mut cells: Vec<String>, period: &Period) -> Vec<String> {
    cells.extend([bound(period.from), bound(period.until)]);
    cells
}

fn with_agreement(cells: Vec<String>, period: &Period) -> Vec<String> {
    let mut cells = with_period(cells, period);
    cells.push(period.agreed.map(|day| day.to_string()).unwrap_or_default());
    cells
}

fn tables(facts: &Facts) -> Vec<Table> {
    let id = |party: PartyId| facts.id(party).to_owned();
    let code = |code: &str| code.to_owned();
    vec![
        (
            "parties",
            &["id", "name", "kind", "birth_date", "listed"],
            facts
                .parties()
                .iter()
                .map(|p| {
                    let birth = p.birth_date.map(|day| day.to_string()).unwrap_or_default();
                    let listed = p.listed.unwrap_or_default().to_owned();
                    vec![p.id.to_owned(), p.name.to_owned(), code(p.kind.code()), birth, listed]
                })
                .collect(),
        ),
        (
            "holdings",
            &["holder", "company", "percent", "from", "until", "agreed"],
            facts
                .holdings()
                .iter()
                .map(|r| with_agreement(vec![id(r.holder), id(r.company), amount(&r.percent)], &r.period))
                .collect(),
        ),
        (
            "controls",
            &["controller", "controlled", "basis", "effect", "from", "until", "agreed"],
            facts
                .controls()
                .iter()
                .map(|r| {
                    let basis = r.basis.map(|basis| code(basis.code())).unwrap_or_default();
                    with_agreement(vec![id(r.controller), id(r.controlled), basis, code(r.effect.code())], &r.period)
                })
                .collect(),
        ),
        (
            "concert",
            &["group", "member", "company", "lead", "from", "until", "agreed"],
            facts
                .concert()
                .iter()
                .map(|r| {
                    let company = r.company.map(id).unwrap_or_default();
                    let lead = if r.lead { "yes" } else { "" };
                    with_agreement(vec![r.group.to_owned(), id(r.member), company, code(lead)], &r.period)
                })
                .collect(),
        ),
        (
            "positions",
            &["person", "organisation", "role", "from", "until", "agreed"],
            facts
                .positions()
                .iter()
                .map(|r| with_agreement(vec![id(r.person), id(r.organisation), code(r.role.code())], &r.period))
                .collect(),
        ),
        (
            "kinships",
            &["person", "relative", "relation", "from", "until"],
            facts
                .kinships()
                .iter()
                .map(|r| with_period(vec![id(r.person), id(r.relative), code(r.relation.code())], &r.period))
                .collect(),
        ),
        (
            "designations",
            &["party", "authority", "from", "until"],
            facts
                .designations()
                .iter()
                .map(|r| with_period(vec![id(r.party), code(r.authority.code())], &r.period))
                .collect(),
        ),
    ]
}

/// The dataset as one JSON text, empty cells left out.
pub fn json(facts: &Facts) -> String {
    let mut text = String::from("{");
    for (t, (name, headings, rows)) in tables(facts).into_iter().enumerate() {
        let _ = write!(text, "{}\n\"{name}\": [", if t == 0 { "" } else { "," });
        for (r, row) in rows.iter().enumerate() {
            text.push_str(if r == 0 { "\n {" } else { ",\n {" });
            let cells = headings.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            for (c, (heading, cell)) in cells.enumerate() {
                let _ = write!(text, "{}\"{heading}\": \"{cell}\"", if c == 0 { "" } else { ", " });
            }
            text.push('}');
        }
        text.push(']');
    }
    text.push_str("}\n");
    text
}

/// The dataset as a folder of CSV files.
pub fn csv(facts: &Facts, folder: &Path) {
    for (name, headings, rows) in tables(facts) {
        let mut text = headings.join(",");
        text.push('\n');
        for row in rows {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        std::fs::write(folder.join(format!("{name}.csv")), text).expect("the folder takes files");
    }
}
