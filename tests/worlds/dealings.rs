//! Dealings put into a world: transactions, forecasts, statements, restrictions of votes, more designations and directors.
//!
//! Amounts cluster around the thresholds and days around the ends of the twelve months that are added up. Every day has a
//! statement before it, so that nothing is undetermined.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::Value;

use super::build::{Row, put, row};
use super::dice::Dice;
use super::{SUBJECT, boundary_days};

const AMOUNTS: [&str; 20] = [
    "1",
    "0.01",
    "299999.99",
    "300000",
    "300000.01",
    "600000",
    "1500000",
    "2999999",
    "2999999.99",
    "3000000",
    "3000000.01",
    "9999999.99",
    "10000000",
    "12000000",
    "15000000",
    "27000000",
    "29999999.99",
    "30000000",
    "30000000.01",
    "100000000",
];
/// Of the first two, 0.5 % and 5 % are the thresholds in yuan; of the next, a hair more and less; the others part the two.
const NET_ASSETS: [&str; 9] = [
    "600000000",
    "-600000000",
    "600000000.2",
    "599999999.8",
    "-100000000",
    "2000000000",
    "-2000000000",
    "200000000",
    "0",
];
const DAILY: [&str; 5] = ["9.12", "9.13", "9.14", "9.15", "9.16"];
const OTHER_KINDS: [&str; 13] =
    ["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7", "9.8", "9.9", "9.10", "9.11", "9.17", "9.18"];

struct Dealer {
    dice: Dice,
    as_of: NaiveDate,
    days: Vec<NaiveDate>,
    /// All parties but the subject.
    others: Vec<String>,
    persons: Vec<String>,
    /// Holder and company of every holding and controls row.
    links: Vec<(String, String)>,
    /// The few counterparties that most transactions are with, so that there is something to add up.
    usual: Vec<String>,
    /// A kind that many of the transactions are of, for the same reason.
    usual_kind: &'static str,
}

fn text(row: &Value, column: &str) -> String {
    row.get(column).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn rows<'v>(dataset: &'v Value, table: &str) -> &'v [Value] {
    dataset.get(table).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The day itself, the ends of the twelve months around it and a day beside each, and days well inside and outside.
fn days(as_of: NaiveDate) -> Vec<NaiveDate> {
    let year_before = as_of.checked_sub_months(Months::new(12)).expect("a day");
    let mut days = boundary_days(as_of);
    days.extend([as_of, as_of, as_of, as_of - Days::new(1), year_before, year_before, year_before + Days::new(1)]);
    days.extend([as_of - Days::new(90), as_of - Days::new(30), as_of - Days::new(29)]);
    days
}

/// `dataset` with dealings in it.
pub fn deal(mut dataset: Value, as_of: NaiveDate, seed: u64) -> Value {
    let parties = rows(&dataset, "parties");
    let ids = |kept: &dyn Fn(&Value) -> bool| -> Vec<String> {
        parties.iter().filter(|party| kept(party)).map(|party| text(party, "id")).collect()
    };
    let others = ids(&|party| party["id"] != SUBJECT);
    let persons = ids(&|party| party["kind"] == "person");
    let mut links = Vec::new();
    for (table, above, below) in [("holdings", "holder", "company"), ("controls", "controller", "controlled")] {
        links.extend(rows(&dataset, table).iter().map(|row| (text(row, above), text(row, below))));
    }
    let mut dice = Dice::new(seed ^ 0xdea1);
    let usual = (0..2).map(|_| dice.pick(&others).clone()).collect();
    let usual_kind = *dice.pick(&["9.1", "9.2", "9.2", "9.3", "9.5", "9.17", "9.17", "9.18"]);
    let mut dealer = Dealer { dice, as_of, days: days(as_of), others, persons, links, usual, usual_kind };
    let forecasts = dealer.forecasts();
    let added = [
        ("financials", dealer.financials()),
        ("transactions", dealer.transactions(&forecasts)),
        ("forecasts", forecasts),
        ("vote_restrictions", dealer.restrictions()),
        ("designations", dealer.designations()),
        ("positions", dealer.directors()),
    ];
    let tables = dataset.as_object_mut().expect("a dataset is an object");
    for (name, rows) in added {
        if !rows.is_empty() {
            let table = tables.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            table.as_array_mut().expect("a table is an array").extend(rows.into_iter().map(Value::Object));
        }
    }
    dataset
}

impl Dealer {
    fn any_day(&mut self) -> NaiveDate {
        *self.dice.pick(&self.days)
    }

    fn put_amount(&mut self, row: &mut Row) {
        put(row, "amount", self.dice.pick(&AMOUNTS));
    }

    fn counterparty(&mut self) -> String {
        let parties = if self.dice.chance(70) { &self.usual } else { &self.others };
        self.dice.pick(parties).clone()
    }

    /// Who stands directly above or below `party`, or it itself where nobody does.
    fn neighbour(&mut self, party: &str, below: bool) -> String {
        let ways = self.links.iter().filter(|(up, down)| if below { up == party } else { down == party });
        let found: Vec<&String> = ways.map(|(up, down)| if below { down } else { up }).collect();
        let found: Vec<&String> = found.into_iter().filter(|other| *other != SUBJECT).collect();
        if found.is_empty() { party.to_owned() } else { (*self.dice.pick(&found)).clone() }
    }

    /// Sets `approved` and often the day of it, around `day`.
    fn approval(&mut self, row: &mut Row, day: NaiveDate, bodies: &[&str]) {
        put(row, "approved", self.dice.pick(bodies));
        if row["approved"] != "none" && self.dice.chance(60) {
            let around = [day, day - Days::new(1), day + Days::new(1), day + Days::new(200), self.as_of];
            put(row, "approved_on", self.dice.pick(&around));
        }
    }

    fn financials(&mut self) -> Vec<Row> {
        let earliest = NaiveDate::from_ymd_opt(2019, 12, 31).expect("a day");
        let mut ends = vec![earliest];
        for _ in 0..self.dice.below(3) {
            let end = if self.dice.chance(50) { self.any_day() } else { self.as_of - Days::new(180) };
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
        let mut rows = Vec::new();
        for end in ends {
            let net_assets = if self.dice.chance(40) { NET_ASSETS[0] } else { *self.dice.pick(&NET_ASSETS) };
            let mut row = row(&[("party", SUBJECT), ("net_assets", net_assets)]);
            put(&mut row, "period_end", end);
            rows.push(row);
        }
        if self.dice.chance(20) {
            let party = self.dice.pick(&self.others).clone();
            let mut row = row(&[("party", &party), ("net_assets", "1000000")]);
            put(&mut row, "period_end", self.as_of - Days::new(1));
            rows.push(row);
        }
        rows
    }

    fn transactions(&mut self, forecasts: &[Row]) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..self.dice.between(3, 8) {
            rows.push(self.transaction());
        }
        for forecast in forecasts {
            for _ in 0..self.dice.between(1, 3) {
                let mut row = self.transaction();
                self.put_under(&mut row, forecast);
                let place = self.dice.below(rows.len() + 1);
                rows.insert(place, row);
            }
        }
        for (number, row) in rows.iter_mut().enumerate() {
            put(row, "id", format!("t{number}"));
        }
        rows
    }

    fn transaction(&mut self) -> Row {
        let day = self.any_day();
        let kind = match self.dice.below(10) {
            0..3 => *self.dice.pick(&DAILY),
            3..6 => self.usual_kind,
            _ => *self.dice.pick(&OTHER_KINDS),
        };
        let mut row = row(&[("id", ""), ("counterparty", &self.counterparty()), ("kind", kind)]);
        put(&mut row, "date", day);
        if !(DAILY.contains(&kind) && self.dice.chance(15)) {
            self.put_amount(&mut row);
        }
        if self.dice.chance(20) {
            let own = self.neighbour(SUBJECT, true);
            let sides = [own.clone(), own, SUBJECT.to_owned(), self.dice.pick(&self.others).clone()];
            put(&mut row, "side", self.dice.pick(&sides));
        }
        if self.dice.chance(50) {
            put(&mut row, "subject_matter", self.dice.pick(&["s1", "s1", "s2"]));
        }
        if self.dice.chance(if ["9.2", "9.17"].contains(&kind) { 45 } else { 25 }) {
            self.exemption(&mut row);
        }
        self.approval(&mut row, day, &["none", "none", "disclosed", "board", "shareholders"]);
        row
    }

    fn exemption(&mut self, row: &mut Row) {
        let fits_49 = ["9.2", "9.17"].contains(&row["kind"].as_str().expect("a text"));
        let fits_48_7 = ["9.13", "9.14"].contains(&row["kind"].as_str().expect("a text"));
        let code = match self.dice.below(10) {
            0..6 if fits_49 => "49",
            0..6 if fits_48_7 => "48.7",
            0..2 => "48.2",
            2 => "48.10",
            _ => self.dice.pick(&["48.1", "48.3", "48.4", "48.5", "48.6", "48.7", "48.8", "48.9", "49"]),
        };
        put(row, "exemption", code);
        let facts: &[&str] = match code {
            "48.2" => &["rate=2; security=no", "rate=2; security=no", "rate=9; security=no", "rate=2; security=yes"],
            "49" => &["cash=yes; proportional=yes", "cash=yes; proportional=yes", "cash=yes; proportional=no"],
            _ => &[""],
        };
        put(row, "exemption_facts", self.dice.pick(facts));
    }

    /// Labels, kinds and years of forecasts are never the same twice.
    fn forecasts(&mut self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for number in 0..*self.dice.pick(&[0_usize, 1, 1, 2, 3]) {
            let counterparty = self.counterparty();
            let above = self.neighbour(&counterparty, false);
            let group = self.dice.pick(&[counterparty, above]).clone();
            // Sometimes a label serves two kinds.
            let label = if number > 0 && self.dice.chance(25) { number - 1 } else { number };
            let mut row = row(&[("group", &group), ("kind", DAILY[(number + self.dice.below(2) * 3) % DAILY.len()])]);
            put(&mut row, "forecast", format!("f{label}"));
            let day = self.any_day();
            put(&mut row, "year", day.year());
            self.put_amount(&mut row);
            self.approval(&mut row, day, &["none", "board", "board", "shareholders"]);
            let key = |row: &Row| (row["forecast"].clone(), row["kind"].clone(), row["year"].clone());
            if rows.iter().all(|other| key(other) != key(&row)) {
                rows.push(row);
            }
        }
        rows
    }

    /// Makes a transaction one that `forecast` is meant for, or nearly.
    fn put_under(&mut self, row: &mut Row, forecast: &Row) {
        row.insert("forecast".to_owned(), forecast["forecast"].clone());
        if self.dice.chance(92) {
            row.insert("kind".to_owned(), forecast["kind"].clone());
        }
        let group = forecast["group"].as_str().expect("a text").to_owned();
        let below = self.neighbour(&group, true);
        put(row, "counterparty", self.dice.pick(&[group.clone(), group, below]));
        let year = forecast["year"].as_str().expect("a text").to_owned();
        let days: Vec<NaiveDate> = self.days.iter().copied().filter(|day| day.year().to_string() == year).collect();
        if self.dice.chance(92) {
            put(row, "date", self.dice.pick(&days));
        }
        if self.dice.chance(70) {
            row.remove("exemption");
            row.remove("exemption_facts");
        }
        if self.dice.chance(70) {
            row.remove("side");
        }
        if !row.contains_key("amount") && !DAILY.contains(&row["kind"].as_str().expect("a text")) {
            self.put_amount(row);
        }
    }

    /// A shareholder of the subject, or anybody where it has none.
    fn shareholder(&mut self) -> String {
        let party = self.neighbour(SUBJECT, false);
        if party == SUBJECT { self.dice.pick(&self.others).clone() } else { party }
    }

    fn sometimes_until(&mut self, row: &mut Row) {
        if self.dice.chance(25) {
            put(row, "until", self.dice.pick(&[self.as_of, self.as_of - Days::new(1)]));
        }
    }

    fn restrictions(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        for _ in 0..self.dice.below(3) {
            let (shareholder, beneficiary) = (self.shareholder(), self.dice.pick(&self.others).clone());
            let company = if self.dice.chance(90) { SUBJECT.to_owned() } else { self.neighbour(SUBJECT, true) };
            let mut row = row(&[
                ("shareholder", &shareholder),
                ("beneficiary", &beneficiary),
                ("company", &company),
                ("reason", "t"),
            ]);
            self.sometimes_until(&mut row);
            rows.push(row);
        }
        rows
    }

    fn designations(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.dice.chance(40) {
            let person = self.dice.pick(&self.persons).clone();
            let holder = self.shareholder();
            let authority = *self.dice.pick(&["csrc", "exchange", "company"]);
            let party = self.dice.pick(&[person, holder]).clone();
            let mut row = row(&[("party", &party), ("authority", authority), ("reason", "t")]);
            self.sometimes_until(&mut row);
            rows.push(row);
        }
        rows
    }

    /// In some worlds most persons sit on the board, so that some of it is left when others stand aside.
    fn directors(&mut self) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.dice.chance(50) {
            for person in self.persons.clone() {
                if self.dice.chance(75) {
                    let role = *self.dice.pick(&["chair", "director", "independent_director"]);
                    rows.push(row(&[("person", &person), ("organisation", SUBJECT), ("role", role)]));
                }
            }
        }
        rows
    }
}
