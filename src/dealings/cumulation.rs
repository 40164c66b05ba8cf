//! Adding up over twelve months (article 16; `rules-sse-2022.md`, section 11.3).

use crate::facts::{Approval, Transaction, add_months, sub_months};
use chrono::NaiveDate;

/// Whether a day lies in the months that end on `end`: after the corresponding day before, and not after `end`.
#[must_use]
pub fn in_window(day: NaiveDate, end: NaiveDate, months: u32) -> bool {
    sub_months(end, months) < day && day <= end
}

/// Whether the shareholders' meeting has decided on a transaction on or before a day (article 16).
pub(super) fn is_decided(transaction: &Transaction<'_>, day: NaiveDate) -> bool {
    transaction.approved == Some(Approval::Shareholders) && transaction.approved_on.is_none_or(|on| on <= day)
}

/// The first day on which something of `day` is no longer added up.
pub(super) fn drops_on(day: NaiveDate, months: u32) -> NaiveDate {
    let mut drops = add_months(day, months);
    while in_window(day, drops, months) {
        let Some(next) = drops.succ_opt() else { return drops };
        drops = next;
    }
    drops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_corresponding_day_is_out_and_the_next_is_in() {
        for (dealt, end, within) in [
            ("2021-06-30", "2022-06-30", false),
            ("2021-07-01", "2022-06-30", true),
            ("2022-06-30", "2022-06-30", true),
            ("2022-07-01", "2022-06-30", false),
            ("2020-02-28", "2021-02-28", false),
            ("2020-02-29", "2021-02-28", true),
            ("2023-02-28", "2024-02-29", false),
            ("2023-03-01", "2024-02-29", true),
        ] {
            assert_eq!(in_window(day(dealt), day(end), 12), within, "{dealt} {end}");
        }
    }

    #[test]
    fn the_day_a_deal_drops_is_the_first_without_it() {
        for (dealt, drops) in [("2021-06-30", "2022-06-30"), ("2020-02-29", "2021-03-01"), ("2021-02-28", "2022-02-28")]
        {
            assert_eq!(drops_on(day(dealt), 12), day(drops));
            assert!(in_window(day(dealt), day(drops).pred_opt().unwrap(), 12));
        }
    }
}
