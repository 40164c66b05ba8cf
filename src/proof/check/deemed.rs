//! Article 8(1): the window, and grounds of other days in it that count on the day asked about.

use super::book::Book;
use super::case::{Case, same_day};
use super::grounds::outside_group;
use super::reason::Reason;
use crate::facts::{add_months, sub_months};
use crate::proof::Conclusion;
use chrono::{Days, NaiveDate};

/// The first and the last day of the window of `day`.
fn window(book: &Book<'_>, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let months = book.claim.numbers.window_months;
    let (first, last) = (sub_months(day, months), add_months(day, months));
    if book.reads("window_end", "exclusive") {
        (first.succ_opt().unwrap_or(first), last.pred_opt().unwrap_or(last))
    } else {
        (first, last)
    }
}

/// The last day whose window still contains `day`. Month ends make several days share a corresponding day, so the
/// days around it are tried.
pub(super) fn expiry(book: &Book<'_>, day: NaiveDate) -> NaiveDate {
    let near = add_months(day, book.claim.numbers.window_months);
    let mut last = near.checked_sub_days(Days::new(2)).unwrap_or(near);
    while let Some(next) = last.succ_opt() {
        if window(book, next).0 > day {
            break;
        }
        last = next;
    }
    last
}

/// That `day` lies in the window of the day asked about, on the side the basis wants.
pub(super) fn in_window(book: &Book<'_>, basis: &str, day: NaiveDate) -> Result<(), Reason> {
    let asked = book.claim.as_of;
    let (first, last) = window(book, asked);
    let fits = match basis {
        "looked_back" => first <= day && day < asked,
        "arranged" => asked < day && day <= last,
        _ => return Err(Reason::UnknownBasis { basis: basis.to_owned() }),
    };
    if fits { Ok(()) } else { Err(Reason::OutsideWindow { day }) }
}

/// `8.1`
pub(super) fn deemed(case: &Case<'_, '_>) -> Result<(), Reason> {
    let Conclusion::Deemed { party, ground, basis, day, as_of } = &case.step.conclusion else {
        return Err(Reason::WrongConclusion {});
    };
    let book = case.book;
    case.no_rows()?;
    case.count(1)?;
    same_day(*as_of, book.claim.as_of)?;
    in_window(book, basis, *day)?;
    // A designation is neither looked back nor arranged.
    if ground == "8.2" {
        return Err(Reason::WrongGround { ground: ground.clone() });
    }
    let held = Conclusion::Ground { party: party.clone(), ground: ground.clone(), day: *day };
    if *case.premise(0)? != held {
        return Err(Reason::WrongPremises {});
    }
    // What the company controls on the day asked about is deemed nothing.
    outside_group(book, book.id(party)?, *as_of)
}
