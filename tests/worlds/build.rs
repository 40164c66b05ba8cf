//! A world of certain facts from a seed.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Map, Value};

use super::dice::Dice;
use super::{SUBJECT, boundary_days};

/// Amounts in hundredths of a percent, at the thresholds and a step beside them.
const AMOUNTS: [i64; 17] =
    [500, 500, 499, 250, 1000, 1500, 2000, 3000, 3001, 3333, 4999, 5000, 5001, 5100, 6000, 6667, 10_000];
const KINDS: [&str; 8] =
    ["company", "company", "company", "company", "company", "partnership", "state_body", "organisation"];
const ROLES: [&str; 9] = [
    "chair",
    "director",
    "director",
    "independent_director",
    "supervisor",
    "general_manager",
    "senior_manager",
    "legal_representative",
    "partner_delegate",
];
const RELATIONS: [&str; 9] = [
    "spouse",
    "parent",
    "child",
    "sibling",
    "spouse_parent",
    "child_spouse",
    "sibling_spouse",
    "spouse_sibling",
    "child_spouse_parent",
];
const BASES: [&str; 6] = ["agreement", "general_partner", "board_majority", "actual_controller", "trust", "other"];

struct Builder {
    dice: Dice,
    as_of: NaiveDate,
    days: Vec<NaiveDate>,
    organisations: Vec<String>,
    persons: Vec<String>,
    kinds: Vec<&'static str>,
    /// Holdings that a theme wants before chance has its turn: holder, company, hundredths of a percent.
    wanted: Vec<(String, String, i64)>,
}

pub(super) type Row = Map<String, Value>;

pub(super) fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(column, value)| ((*column).to_owned(), Value::from(*value))).collect()
}

pub(super) fn put(row: &mut Row, column: &str, value: impl ToString) {
    row.insert(column.to_owned(), Value::from(value.to_string()));
}

/// Hundredths of a percent as a decimal text.
pub fn percent_text(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}

/// The world of `seed`, its days laid around the window of `as_of`.
pub fn world(seed: u64, as_of: NaiveDate) -> Value {
    let mut dice = Dice::new(seed);
    let organisations = (0..dice.between(2, 6)).map(|n| format!("o{n}")).collect();
    let persons = (0..dice.between(2, 6)).map(|n| format!("p{n}")).collect();
    let mut builder = Builder {
        dice,
        as_of,
        days: boundary_days(as_of),
        organisations,
        persons,
        kinds: Vec::new(),
        wanted: Vec::new(),
    };
    let mut tables = Map::new();
    let mut add = |name: &str, rows: Vec<Row>| {
        if !rows.is_empty() {
            tables.insert(name.to_owned(), rows.into_iter().map(Value::Object).collect());
        }
    };
    add("parties", builder.parties());
    let holdings = builder.holdings();
    add("proxies", builder.proxies(&holdings));
    add("controls", builder.controls(&holdings));
    add("concert", builder.concert(&holdings));
    add("holdings", holdings);
    add("positions", builder.positions());
    add("kinships", builder.kinships());
    add("designations", builder.designations());
    Value::Object(tables)
}

impl Builder {
    fn any_organisation(&mut self) -> String {
        self.dice.pick(&self.organisations).clone()
    }

    fn any_person(&mut self) -> String {
        self.dice.pick(&self.persons).clone()
    }

    fn any_party(&mut self) -> String {
        if self.dice.chance(50) { self.any_organisation() } else { self.any_person() }
    }

    /// The subject, more often than any other organisation.
    fn an_organisation_near_the_subject(&mut self) -> String {
        if self.dice.chance(35) { SUBJECT.to_owned() } else { self.any_organisation() }
    }

    /// Sets `from`, `until` and, where the table has it, `agreed`.
    fn times(&mut self, row: &mut Row, has_agreed: bool) {
        if self.dice.chance(45) {
            return;
        }
        let from = self.dice.chance(55).then(|| *self.dice.pick(&self.days));
        let until = self.dice.chance(55).then(|| *self.dice.pick(&self.days));
        let (from, until) = match (from, until) {
            (Some(from), Some(until)) if until < from => (Some(until), Some(from)),
            same => same,
        };
        if let Some(until) = until {
            put(row, "until", until);
        }
        let Some(from) = from else { return };
        put(row, "from", from);
        let wanted = if from > self.as_of { 80 } else { 20 };
        if has_agreed && self.dice.chance(wanted) {
            let year_before = from.checked_sub_months(Months::new(12)).expect("a day");
            let agreed = [
                self.as_of,
                self.as_of,
                self.as_of - Days::new(1),
                self.as_of + Days::new(1),
                self.as_of - Days::new(100),
                year_before,
                year_before - Days::new(1),
                year_before + Days::new(1),
                from,
            ];
            // What is agreed only after it has begun is a slip, not a fact.
            put(row, "agreed", (*self.dice.pick(&agreed)).min(from));
        }
    }

    /// Shapes that chance alone seldom makes: an authority over two companies, a chain of majorities, a circle.
    fn theme(&mut self) {
        let last = self.organisations.len() - 1;
        let holding = |holder: usize, company: usize, amount| (format!("o{holder}"), format!("o{company}"), amount);
        let majority = *self.dice.pick(&[5001, 5100, 6000, 10_000]);
        match self.dice.below(10) {
            0 | 1 if last >= 2 => {
                self.kinds[1] = "state_body";
                self.wanted = vec![holding(1, 0, majority), holding(1, 2, majority)];
                if last >= 3 {
                    self.wanted.push(holding(2, 3, 6000));
                }
            }
            2 => self.wanted = (0..last).map(|n| holding(n + 1, n, majority)).collect(),
            3 if last >= 2 => {
                let (one, other) = (*self.dice.pick(&AMOUNTS), *self.dice.pick(&AMOUNTS));
                self.wanted = vec![holding(1, 2, one), holding(2, 1, other), holding(2, 0, 500)];
            }
            4 if last >= 2 => self.wanted = vec![holding(1, 0, 500), holding(0, 2, majority), holding(2, 1, 3333)],
            _ => {}
        }
    }

    fn parties(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        for number in 0..self.organisations.len() {
            let kind = if number == 0 { "company" } else { *self.dice.pick(&KINDS) };
            self.kinds.push(kind);
        }
        self.theme();
        for (number, id) in self.organisations.clone().into_iter().enumerate() {
            let subject = id == SUBJECT;
            let kind = self.kinds[number];
            let listed = subject || kind == "company" && self.dice.chance(25);
            let mut row = row(&[("id", &id), ("name", &format!("机构{}", &id[1..])), ("kind", kind)]);
            if listed {
                put(&mut row, "listed", if subject { "SSE" } else { "SZSE" });
            }
            rows.push(row);
        }
        for id in self.persons.clone() {
            let mut row = row(&[("id", &id), ("name", &format!("自然人{}", &id[1..])), ("kind", "person")]);
            if self.dice.chance(25) {
                put(&mut row, "birth_date", self.dice.pick(&["1950-01-17", "1985-08-24", "2012-05-05"]));
            } else if self.dice.chance(45) {
                // Somebody who turns 18 on a day that matters.
                let adult = *self.dice.pick(&self.days);
                let year = adult.year() - 18;
                let birth = adult.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28)).expect("a day");
                put(&mut row, "birth_date", birth);
            } else if self.dice.chance(10) {
                put(&mut row, "birth_date", "2004-02-29");
            }
            rows.push(row);
        }
        rows
    }

    fn holdings(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        for company in self.organisations.clone() {
            let (mut capital, mut votes) = (10_000_i64, 10_000_i64);
            let wanted: Vec<(String, i64)> = self
                .wanted
                .iter()
                .filter(|(_, of, _)| *of == company)
                .map(|(holder, _, amount)| (holder.clone(), *amount))
                .collect();
            for n in 0..wanted.len() + self.dice.between(usize::from(company == SUBJECT), 4) {
                let (holder, amount) = match wanted.get(n) {
                    Some((holder, amount)) => (holder.clone(), *amount),
                    None => (self.any_party(), *self.dice.pick(&AMOUNTS)),
                };
                let amount = amount.min(capital);
                if amount == 0 || holder == company && self.dice.chance(70) {
                    continue;
                }
                let mut row = row(&[("holder", &holder), ("company", &company)]);
                let total = *self.dice.pick(&[3_i64, 6, 20]);
                let in_shares = (10_000 + total - 1) / total;
                let amount = if self.dice.chance(8) && in_shares <= capital {
                    put(&mut row, "shares", "1");
                    put(&mut row, "total_shares", total);
                    in_shares
                } else {
                    put(&mut row, "percent", percent_text(amount));
                    amount
                };
                capital -= amount;
                if self.dice.chance(10) || amount > votes {
                    let stated = (*self.dice.pick(&[0, amount / 2, amount + 1, amount + 1000, 3001, 5001])).min(votes);
                    put(&mut row, "votes_percent", percent_text(stated));
                    votes -= stated;
                } else {
                    votes -= amount;
                }
                self.times(&mut row, true);
                rows.push(row);
            }
        }
        rows
    }

    /// Holder and company of some holding, or of none where nothing is held.
    fn somebody_holding(&mut self, holdings: &[Row]) -> Option<(String, String)> {
        if holdings.is_empty() {
            return None;
        }
        let row = self.dice.pick(holdings);
        let text = |column: &str| row[column].as_str().expect("a text").to_owned();
        Some((text("holder"), text("company")))
    }

    fn proxies(&mut self, holdings: &[Row]) -> Vec<Row> {
        let mut rows = Vec::new();
        if !self.dice.chance(35) {
            return rows;
        }
        for _ in 0..self.dice.between(1, 3) {
            let Some((mut principal, company)) = self.somebody_holding(holdings) else { break };
            // Votes that somebody was given can be passed on.
            if let Some(earlier) = rows.last().filter(|_| self.dice.chance(40)) {
                let earlier: &Row = earlier;
                if earlier["company"] == company.as_str() {
                    principal = earlier["agent"].as_str().expect("a text").to_owned();
                }
            }
            let agent = if self.dice.chance(5) { company.clone() } else { self.any_party() };
            if agent == principal {
                continue;
            }
            let mut row = row(&[("principal", &principal), ("agent", &agent), ("company", &company)]);
            if self.dice.chance(60) {
                put(&mut row, "votes_percent", self.dice.pick(&["1", "10", "50", "0.01"]));
            }
            self.times(&mut row, true);
            rows.push(row);
        }
        rows
    }

    fn controls(&mut self, holdings: &[Row]) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..self.dice.below(4) {
            if self.dice.chance(30) {
                // A denial matters only to who has votes in a listed company.
                let Some((controller, controlled)) = self.somebody_holding(holdings) else { continue };
                if controller != controlled {
                    let mut row =
                        row(&[("controller", &controller), ("controlled", &controlled), ("effect", "denies")]);
                    self.times(&mut row, true);
                    rows.push(row);
                }
                continue;
            }
            let controlled = self.an_organisation_near_the_subject();
            let joint = self.dice.chance(25);
            for _ in 0..=usize::from(joint) {
                let controller = self.any_party();
                if controller == controlled {
                    continue;
                }
                let number: usize = controlled[1..].parse().expect("a number");
                let basis =
                    if self.kinds[number] == "partnership" { "general_partner" } else { self.dice.pick(&BASES) };
                let mut row = row(&[("controller", &controller), ("controlled", &controlled), ("basis", basis)]);
                if joint {
                    put(&mut row, "joint", "j");
                }
                if self.dice.chance(80) {
                    put(&mut row, "effect", "asserts");
                }
                self.times(&mut row, true);
                rows.push(row);
            }
        }
        rows
    }

    fn concert(&mut self, holdings: &[Row]) -> Vec<Row> {
        let mut rows = Vec::new();
        for group in 0..*self.dice.pick(&[0_usize, 0, 1, 1, 2]) {
            let company = match self.somebody_holding(holdings) {
                _ if self.dice.chance(15) => None,
                Some((_, company)) if self.dice.chance(50) => Some(company),
                _ => Some(SUBJECT.to_owned()),
            };
            let led = self.dice.chance(30);
            let mut members = Vec::new();
            for _ in 0..self.dice.between(2, 4) {
                let member = match self.somebody_holding(holdings) {
                    Some((holder, of)) if Some(&of) == company.as_ref() || self.dice.chance(30) => holder,
                    _ => self.any_party(),
                };
                if members.contains(&member) {
                    continue;
                }
                let mut row = row(&[("group", &format!("g{group}")), ("member", &member)]);
                members.push(member);
                if let Some(company) = &company {
                    put(&mut row, "company", company);
                }
                if led && self.dice.chance(50) {
                    put(&mut row, "lead", "yes");
                }
                if self.dice.chance(35) {
                    self.times(&mut row, true);
                }
                rows.push(row);
            }
        }
        rows
    }

    fn positions(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..self.dice.between(1, 10) {
            let role = if self.dice.chance(8) { "employee" } else { *self.dice.pick(&ROLES) };
            let (person, organisation) = (self.any_person(), self.an_organisation_near_the_subject());
            let mut row = row(&[("person", &person), ("organisation", &organisation), ("role", role)]);
            self.times(&mut row, true);
            rows.push(row);
        }
        rows
    }

    fn kinships(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..self.dice.below(6) {
            let (person, relative) = (self.any_person(), self.any_person());
            if person == relative {
                continue;
            }
            let relation = if self.dice.chance(55) {
                *self.dice.pick(&["spouse", "parent", "child", "child", "sibling"])
            } else {
                *self.dice.pick(&RELATIONS)
            };
            let mut row = row(&[("person", &person), ("relative", &relative), ("relation", relation)]);
            if self.dice.chance(50) {
                self.times(&mut row, false);
            }
            rows.push(row);
        }
        rows
    }

    fn designations(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.dice.chance(20) {
            let party = self.any_party();
            let authority = *self.dice.pick(&["csrc", "exchange", "company"]);
            let mut row = row(&[("party", &party), ("authority", authority), ("reason", "t")]);
            self.times(&mut row, false);
            rows.push(row);
        }
        rows
    }
}
