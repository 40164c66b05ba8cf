//! What is exempt (articles 33, 48 and 49; `rules-sse-2022.md`, section 11.5): what the data can show is checked, what
//! they cannot show is listed as taken on trust.

use crate::facts::{Kind, Percent, Transaction};
use crate::law::LoanPrimeRates;
use serde::Serialize;
use std::collections::BTreeMap;

/// The codes there are: nine of article 48, article 49 and article 33.
pub const EXEMPTIONS: [&str; 11] = ["48.1", "48.2", "48.3", "48.4", "48.5", "48.6", "48.7", "48.8", "48.9", "49", "33"];

/// Why an exemption that is relied on is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Shortcoming {
    /// There is no such code.
    UnknownCode,
    /// The kind of transaction does not fit.
    Kind,
    /// The counterparty is on none of the grounds 7.2 to 7.4.
    Grounds,
    /// A fact the exemption needs is not stated (`key`).
    Fact {
        /// Its name in `exemption_facts`.
        key: &'static str,
    },
    /// A stated fact is not as the exemption needs it.
    Otherwise {
        /// Its name in `exemption_facts`.
        key: &'static str,
        /// What is stated.
        value: String,
    },
    /// The rate is above the loan prime rate of the day.
    Rate {
        /// The rate stated, in percent.
        rate: String,
        /// The loan prime rate of the day, in percent.
        prime: String,
    },
    /// The company does not control what is invested in (article 33).
    Target,
}

/// An exemption that is relied on, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exemption {
    /// The code relied on.
    pub code: String,
    /// Why it is not accepted; none where it is.
    pub shortcomings: Vec<Shortcoming>,
    /// What was checked: names of facts.
    pub checked: Vec<&'static str>,
    /// What the data cannot show and is taken on trust: names of assumptions.
    pub assumed: Vec<&'static str>,
}

impl Exemption {
    /// Whether it is accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.shortcomings.is_empty()
    }

    /// Whether it frees from all duties (article 48).
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.code.starts_with("48.")
    }
}

/// What an exemption is checked against besides the row itself.
pub(super) struct Circumstances<'a> {
    /// The grounds of the counterparty on the day, on any basis.
    pub(super) grounds: &'a [&'static str],
    /// The loan prime rates.
    pub(super) rates: &'a LoanPrimeRates,
    /// Whether the company controls the target; `None` where no target is named.
    pub(super) controls_target: Option<bool>,
}

/// Judges the exemption that a transaction relies on, if it relies on one.
pub(super) fn judge(transaction: &Transaction<'_>, around: &Circumstances<'_>) -> Option<Exemption> {
    let code = transaction.exemption?;
    let facts = Stated::new(transaction.exemption_facts.unwrap_or_default());
    let mut found =
        Exemption { code: code.to_owned(), shortcomings: Vec::new(), checked: Vec::new(), assumed: Vec::new() };
    match code {
        "48.1" => found.assumed.extend(["no_consideration", "no_obligation"]),
        "48.2" => {
            rate(transaction, &facts, around.rates, &mut found);
            facts.need(&mut found, "security", false);
        }
        "48.3" => found.assumed.extend(["cash", "public_issue"]),
        "48.4" => found.assumed.extend(["underwriting_syndicate", "public_issue"]),
        "48.5" => found.assumed.push("shareholders_resolution"),
        "48.6" => found.assumed.extend(["public_tender", "fair_price"]),
        "48.7" => {
            kind(transaction, &[Kind::Sale, Kind::Services], &mut found);
            found.checked.push("grounds");
            if !around.grounds.iter().any(|ground| matches!(*ground, "7.2" | "7.3" | "7.4")) {
                found.shortcomings.push(Shortcoming::Grounds);
            }
            found.assumed.push("same_terms");
        }
        "48.8" => found.assumed.push("price_set_by_state"),
        "48.9" => found.assumed.push("found_by_exchange"),
        "49" => {
            kind(transaction, &[Kind::Investment, Kind::JointInvestment], &mut found);
            facts.need(&mut found, "cash", true);
            facts.need(&mut found, "proportional", true);
            found.assumed.push("joint_establishment");
        }
        "33" => {
            kind(transaction, &[Kind::Investment, Kind::JointInvestment], &mut found);
            facts.need(&mut found, "cash", true);
            facts.need(&mut found, "proportional", true);
            match around.controls_target {
                Some(true) => found.checked.push("target"),
                Some(false) => found.shortcomings.push(Shortcoming::Target),
                None => found.assumed.push("target_controlled"),
            }
            found.assumed.push("same_price");
        }
        _ => found.shortcomings.push(Shortcoming::UnknownCode),
    }
    if !found.is_accepted() {
        found.assumed.clear();
    }
    Some(found)
}

fn kind(transaction: &Transaction<'_>, fitting: &[Kind], found: &mut Exemption) {
    found.checked.push("kind");
    if !fitting.contains(&transaction.kind) {
        found.shortcomings.push(Shortcoming::Kind);
    }
}

/// The rate stated against the loan prime rate of the day, for so many `years` (one where none are stated).
fn rate(transaction: &Transaction<'_>, facts: &Stated<'_>, rates: &LoanPrimeRates, found: &mut Exemption) {
    let Some(text) = facts.get("rate") else {
        found.shortcomings.push(Shortcoming::Fact { key: "rate" });
        return;
    };
    let Ok(rate) = text.trim_end_matches(['%', '％']).trim().parse::<Percent>() else {
        found.shortcomings.push(Shortcoming::Otherwise { key: "rate", value: text.to_owned() });
        return;
    };
    let years = match facts.get("years").map(str::parse::<u32>) {
        None => 1,
        Some(Ok(years)) => years,
        Some(Err(_)) => {
            let value = facts.get("years").unwrap_or_default().to_owned();
            found.shortcomings.push(Shortcoming::Otherwise { key: "years", value });
            return;
        }
    };
    match rates.on(transaction.date, years) {
        Some(prime) if rate > *prime => {
            found.shortcomings.push(Shortcoming::Rate { rate: rate.display(), prime: prime.display() });
        }
        Some(_) => found.checked.push("rate"),
        None => found.assumed.push("loan_prime_rate"),
    }
}

/// What `exemption_facts` states: `key=value`, separated by `;`.
struct Stated<'t>(BTreeMap<&'static str, &'t str>);

/// The names of facts, English and Chinese.
const KEYS: [(&str, &str); 5] =
    [("rate", "利率"), ("security", "担保"), ("years", "年限"), ("cash", "现金"), ("proportional", "同比例")];

impl<'t> Stated<'t> {
    fn new(text: &'t str) -> Self {
        let pairs = text.split([';', '；']).filter_map(|pair| pair.split_once(['=', '＝']));
        let named = pairs.filter_map(|(key, value)| {
            let key = key.trim();
            let known = KEYS.iter().find(|(en, zh)| key.eq_ignore_ascii_case(en) || key == *zh)?;
            Some((known.0, value.trim()))
        });
        Self(named.collect())
    }

    fn get(&self, key: &str) -> Option<&'t str> {
        self.0.get(key).copied()
    }

    /// A fact that has to be stated as yes, or as no.
    fn need(&self, found: &mut Exemption, key: &'static str, yes: bool) {
        let (wanted, zh) = if yes { ("yes", "是") } else { ("no", "否") };
        match self.get(key) {
            None => found.shortcomings.push(Shortcoming::Fact { key }),
            Some(value) if value.eq_ignore_ascii_case(wanted) || value == zh => found.checked.push(key),
            Some(value) => found.shortcomings.push(Shortcoming::Otherwise { key, value: value.to_owned() }),
        }
    }
}
