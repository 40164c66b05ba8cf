//! In which language to speak, and which day it is: the two things taken from the machine.

use crate::facts::Lang;
use chrono::{Local, NaiveDate};

/// The language of the locale; English where it is neither Chinese nor English.
pub(super) fn language() -> Lang {
    // The variables of POSIX come first, as the system's own setting cannot be changed for one command.
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let posix = variables.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let tag = posix.or_else(sys_locale::get_locale).unwrap_or_default();
    Lang::from_tag(&tag).unwrap_or(Lang::En)
}

/// Today, which only the command line ever asks.
#[allow(clippy::disallowed_methods)]
pub(super) fn today() -> NaiveDate {
    Local::now().date_naive()
}
