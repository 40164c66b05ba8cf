//! What is exempt (articles 33, 48 and 49), judged by the row again.

use super::dealing_answer::DealDoc;
use super::ledger::{OnDay, row_of};
use super::reach::reach;
use super::reason::Reason;
use crate::facts::{Kind, Percent, Transaction};
use crate::law::LoanPrimeRates;

/// Whether an exemption that is relied on holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// It depends on what is not known, or on what the answer does not tell of a proposed transaction.
    Open,
}

/// The exemption relied on and whether it holds; the answer's own `exempt` must fit.
pub(super) fn relief(
    day: &OnDay<'_, '_>,
    doc: &DealDoc,
    ours: bool,
    rates: &LoanPrimeRates,
) -> Result<(String, Holds), Reason> {
    let facts = day.book.facts;
    let (code, holds) = match row_of(facts, doc) {
        Some(row) => match row.exemption {
            Some(code) => (code.to_owned(), judge(day, doc, &row, rates)),
            None => (String::new(), Holds::No),
        },
        None => {
            let code = doc.exempt.clone().unwrap_or_default();
            let holds = proposed(doc, &code);
            (code, holds)
        }
    };
    // A transaction that is none with a related party, or not the company's, needs no exemption.
    let holds = if doc.related == Some(true) && ours { holds } else { Holds::No };
    match &doc.exempt {
        Some(stated) if *stated != code || holds == Holds::No => {
            Err(Reason::ExemptionUnfounded { code: stated.clone() })
        }
        None if holds == Holds::Yes => Err(Reason::ExemptionLeftOut { code }),
        _ => Ok((code, holds)),
    }
}

/// An exemption that a proposed transaction relies on: what is stated for it, the answer does not tell.
fn proposed(doc: &DealDoc, code: &str) -> Holds {
    let of_kind = |kinds: [Kind; 2]| kinds.iter().any(|kind| kind.code() == doc.kind);
    let family = doc.grounds.iter().any(|line| matches!(line.ground.as_str(), "7.2" | "7.3" | "7.4"));
    let may = match code {
        "48.1" | "48.2" | "48.3" | "48.4" | "48.5" | "48.6" | "48.8" | "48.9" => true,
        "48.7" => family && of_kind([Kind::Sale, Kind::Services]),
        "49" | "33" => of_kind([Kind::Investment, Kind::JointInvestment]),
        _ => false,
    };
    // One that is not taken leaves nothing to judge.
    if may || code.is_empty() { Holds::Open } else { Holds::No }
}

fn judge(day: &OnDay<'_, '_>, doc: &DealDoc, row: &Transaction<'_>, rates: &LoanPrimeRates) -> Holds {
    let stated = row.exemption_facts.unwrap_or_default();
    let says = |names: [&str; 2], values: [&str; 2]| {
        fact(stated, names).is_some_and(|value| values.iter().any(|wanted| value.eq_ignore_ascii_case(wanted)))
    };
    let yes = ["yes", "是"];
    let shared = matches!(row.kind, Kind::Investment | Kind::JointInvestment)
        && says(["cash", "现金"], yes)
        && says(["proportional", "同比例"], yes);
    let certain = |holds: bool| if holds { Holds::Yes } else { Holds::No };
    match row.exemption.unwrap_or_default() {
        "48.1" | "48.3" | "48.4" | "48.5" | "48.6" | "48.8" | "48.9" => Holds::Yes,
        "48.2" => certain(says(["security", "担保"], ["no", "否"]) && is_cheap(row, stated, rates)),
        "48.7" if !matches!(row.kind, Kind::Sale | Kind::Services) => Holds::No,
        "48.7" => {
            let family = doc.grounds.iter().any(|line| matches!(line.ground.as_str(), "7.2" | "7.3" | "7.4"));
            match (family, doc.category.as_str()) {
                (true, _) => Holds::Yes,
                // Another ground of the same person may be undetermined.
                (false, "person") => Holds::Open,
                (false, _) => Holds::No,
            }
        }
        "49" => certain(shared),
        "33" if !shared => Holds::No,
        "33" => row.target.map_or(Holds::Yes, |target| {
            let book = day.book;
            if target == book.subject() || day.plain.controls(book.subject(), target) {
                Holds::Yes
            } else if reach(book, book.subject(), day.day()).contains(&target) {
                Holds::Open
            } else {
                Holds::No
            }
        }),
        _ => Holds::No,
    }
}

/// The last value stated of a fact, by its English or its Chinese name.
fn fact<'t>(stated: &'t str, [english, chinese]: [&str; 2]) -> Option<&'t str> {
    let pairs = stated.split([';', '；']).filter_map(|pair| pair.split_once(['=', '＝']));
    let mut of = pairs.map(|(name, value)| (name.trim(), value.trim()));
    of.rfind(|(name, _)| name.eq_ignore_ascii_case(english) || *name == chinese).map(|(_, value)| value)
}

/// Whether the rate stated is at most the loan prime rate of the day, as far as that is known.
fn is_cheap(row: &Transaction<'_>, stated: &str, rates: &LoanPrimeRates) -> bool {
    let rate = fact(stated, ["rate", "利率"]).map(|text| text.trim_end_matches(['%', '％']).trim().parse::<Percent>());
    let years = fact(stated, ["years", "年限"]).map_or(Ok(1), str::parse::<u32>);
    match (rate, years) {
        (Some(Ok(rate)), Ok(years)) => rates.on(row.date, years).is_none_or(|prime| rate <= *prime),
        _ => false,
    }
}
