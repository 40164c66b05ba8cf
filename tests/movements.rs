//! Pooled holdings over time: the figures of the regulator's reply from end to end, and small tables worked by hand.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assert_cmd::Command;
use relata::facts::{Facts, RowRef, Table};
use relata::register::{Certainty, Holders, Movements, Range, Resolver};
use serde_json::{Value, json};

#[allow(dead_code, reason = "shared with tests that use all of it")]
mod support;
use support::{day, facts, pack, question};

fn run(args: &[&str]) -> String {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    let out = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().expect("it runs");
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

/// A company `L` with holders `A`, `B`, `C`, and these tables.
fn data(tables: &Value) -> Facts {
    let mut dataset = json!({ "parties": [
        {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
        {"id": "A", "name": "张甲", "kind": "person"},
        {"id": "B", "name": "李乙", "kind": "person"},
        {"id": "C", "name": "王丙", "kind": "person"},
    ]});
    for (name, rows) in tables.as_object().unwrap() {
        dataset[name] = rows.clone();
    }
    facts(&dataset)
}

/// `holder percent from until`, `-` for an empty cell.
fn holdings(rows: &[&str]) -> Value {
    let row = |row: &&str| {
        let cells: Vec<&str> = row.split(' ').map(|cell| if cell == "-" { "" } else { cell }).collect();
        json!({"holder": cells[0], "company": "L", "percent": cells[1], "from": cells[2], "until": cells[3]})
    };
    rows.iter().map(row).collect()
}

/// `holder kind percent date since`, `-` for an empty cell; a holder `g` is the group.
fn movements(rows: &[&str]) -> Value {
    let row = |row: &&str| {
        let cells: Vec<&str> = row.split(' ').map(|cell| if cell == "-" { "" } else { cell }).collect();
        let column = if cells[0] == "g" { "group" } else { "holder" };
        json!({column: cells[0], "company": "L", "kind": cells[1], "percent": cells[2], "date": cells[3], "since": cells[4]})
    };
    rows.iter().map(row).collect()
}

fn concert(rows: &[(&str, &str, &str)]) -> Value {
    let row = |(member, from, until): &(&str, &str, &str)| json!({"group": "g", "member": member, "company": "L", "from": from, "until": until});
    rows.iter().map(row).collect()
}

fn asked(facts: &Facts, holders: &str, to: &str) -> Movements {
    let (pack, to) = (pack(), day(to));
    let question = question(facts, &pack, "L", to, &[]);
    let holders = facts.party_id(holders).map_or(Holders::Group(holders), Holders::Party);
    Resolver::new(facts).movements(&question, holders, question.subject, None)
}

fn text(range: &Range) -> String {
    if range.is_exact() { range.least.exact() } else { format!("{}..{}", range.least.exact(), range.greatest.exact()) }
}

/// `day before>after cumulative reached` of every line.
fn lines(found: &Movements) -> Vec<String> {
    let line = |line: &relata::register::MovementLine| {
        let reached = match line.reached {
            Certainty::Yes => "yes",
            Certainty::No => "no",
            Certainty::Unknown => "unknown",
        };
        format!("{} {}>{} {} {reached}", line.day, text(&line.before), text(&line.after), text(&line.cumulative))
    };
    found.lines.iter().map(line).collect()
}

/// First possible and first certain day of each count.
fn reached(found: &Movements) -> Vec<[Option<String>; 2]> {
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    found.counts.iter().map(|count| [text(count.possibly), text(count.certainly)]).collect()
}

fn on(day: &str) -> [Option<String>; 2] {
    [Some(day.to_owned()), Some(day.to_owned())]
}

#[test]
fn the_figures_of_the_reply_come_out() {
    let args = ["movements", "data/samples/winning", "ZW-WY-ZC", "--from", "2011-08-18", "--to", "2019-10-30"];
    let answer: Value = serde_json::from_str(&run(&[&args[..], &["--format", "json"]].concat())).unwrap();
    let totals = &answer["totals"];
    assert_eq!(totals["sold"], "5.95");
    assert_eq!(totals["diluted"], "3.58");
    assert_eq!(totals["bought"], "0.42");
    assert_eq!(answer["change"], "-9.11");
    let count = &answer["counts"][0];
    assert_eq!((&count["since"], &count["certainly"]), (&json!("2011-08-18"), &json!("2017-12-22")));
    assert_eq!(count["possibly"], "2017-12-22");
    assert_eq!(count["stated"], json!({"table": "movements", "row": 5}));
    assert_eq!(
        (&count["report"], &answer["unexplained"], &answer["contradicted"]),
        (&Value::Null, &json!([]), &json!([]))
    );
    let days: Vec<&str> = answer["lines"].as_array().unwrap().iter().map(|l| l["day"].as_str().unwrap()).collect();
    assert_eq!(days, ["2017-12-22", "2018-06-15", "2019-10-30"]);
    // Without the dilution the step could not have been reached on the day named.
    assert_eq!(answer["lines"][0]["cumulative"], json!({"least": "-5.88", "greatest": "-5"}));

    let text = run(&[&args[..], &["--lang", "zh"]].concat());
    assert!(text.contains("增持0.42%，减持5.95%，被动稀释3.58%；变动-9.11%"), "{text}");
    assert!(text.contains("2017-12-22达到5%（依权益变动表第5行所载）"), "{text}");
}

#[test]
fn a_party_is_pooled_with_its_group_and_a_report_ends_the_count() {
    let args = ["movements", "data/samples/winning", "周炜", "--to", "2019-12-31", "--format", "json"];
    let answer: Value = serde_json::from_str(&run(&args)).unwrap();
    let members: Vec<&str> =
        answer["members"].as_array().unwrap().iter().map(|m| m["party"].as_str().unwrap()).collect();
    assert_eq!(members, ["ZW", "WY", "ZC"]);
    assert_eq!(answer["counts"][0]["report"], json!({"table": "movements", "row": 6}));
    assert_eq!((&answer["counts"][1]["since"], &answer["counts"][1]["possibly"]), (&json!("2019-12-22"), &Value::Null));
}

#[test]
fn just_under_the_step_is_not_reached_and_at_it_is() {
    for (end, expected) in [("25.000001", [None, None]), ("25", on("2021-03-01")), ("35", on("2021-03-01"))] {
        let rows = ["A 30 2020-01-01 2021-02-28", &format!("A {end} 2021-03-01 -")];
        let found = asked(&data(&json!({"holdings": holdings(&rows)})), "A", "2021-12-31");
        assert_eq!(reached(&found), [expected], "{end}");
        // Holdings that change with no movement told are a finding, and count all the same.
        assert_eq!((found.lines.len(), found.unexplained.len()), (1, 1));
        assert!(!found.is_undetermined());
    }
}

#[test]
fn sold_bought_and_diluted_are_told_apart_and_add_up() {
    let facts = data(&json!({
        "holdings": holdings(&[
            "A 20 2020-01-01 2020-03-31", "A 18 2020-04-01 2020-06-30", "A 16 2020-07-01 2020-09-30", "A 16.5 2020-10-01 -",
            "B 10 2020-01-01 2020-06-30", "B 9 2020-07-01 -",
        ]),
        "concert": concert(&[("A", "", ""), ("B", "", "")]),
        "movements": movements(&[
            "A sold 2 2020-04-01 -", "A diluted 2 2020-07-01 -", "B diluted 1 2020-07-01 -", "A bought 0.5 2020-10-01 -",
        ]),
    }));
    for holders in ["A", "B", "g"] {
        let found = asked(&facts, holders, "2020-12-31");
        let expected = ["2020-04-01 30>28 -2 no", "2020-07-01 28>25 -5 yes", "2020-10-01 25>25.5 -4.5 yes"];
        assert_eq!(lines(&found), expected);
        let totals = &found.totals;
        let texts = [&totals.sold, &totals.diluted, &totals.bought, &totals.joined, &found.change].map(text);
        assert_eq!(texts, ["2", "3", "0.5", "0", "-4.5"]);
        assert_eq!((found.unexplained.len(), found.missing.len()), (0, 0));
    }
    // Alone, its own rows count and nothing else.
    let alone = data(&json!({"holdings": holdings(&["A 20 2020-01-01 -", "B 10 2020-01-01 2020-06-30"])}));
    assert!(asked(&alone, "A", "2020-12-31").lines.is_empty());
}

#[test]
fn a_report_begins_a_new_count() {
    let facts = data(&json!({
        "holdings": holdings(&["A 30 2020-01-01 2020-03-31", "A 26 2020-04-01 2020-06-30", "A 22 2020-07-01 2020-09-30", "A 20.5 2020-10-01 -"]),
        "movements": movements(&["A sold 4 2020-04-01 -", "A reported - 2020-04-03 -", "A sold 4 2020-07-01 -", "A sold 1.5 2020-10-01 -"]),
    }));
    let found = asked(&facts, "A", "2020-12-31");
    let expected =
        ["2020-04-01 30>26 -4 no", "2020-04-03 26>26 -4 no", "2020-07-01 26>22 -4 no", "2020-10-01 22>20.5 -5.5 yes"];
    assert_eq!(lines(&found), expected);
    assert_eq!(reached(&found), [[None, None], on("2020-10-01")]);
    assert_eq!(found.counts[0].report, Some(RowRef::new(Table::Movements, 1)));
    assert_eq!(text(&found.change), "-9.5");
}

#[test]
fn a_member_that_leaves_takes_its_holding_along() {
    let facts = data(&json!({
        "holdings": holdings(&["A 20 2020-01-01 -", "B 4 2020-01-01 2020-12-31", "B 3 2021-01-01 -", "C 1 2020-01-01 -"]),
        "concert": concert(&[("A", "", ""), ("B", "", "2020-05-31"), ("C", "2020-09-01", "")]),
        "movements": movements(&["B sold 1 2021-01-01 -"]),
    }));
    let found = asked(&facts, "A", "2021-12-31");
    assert_eq!(lines(&found), ["2020-06-01 24>20 -4 no", "2020-09-01 20>21 -3 no"]);
    assert_eq!((text(&found.totals.joined), text(&found.totals.sold)), ("-3".to_owned(), "0".to_owned()));
    assert!(found.unexplained.is_empty());
    // Asked about the one that left, the pool is what it holds with the others and then alone.
    assert_eq!(lines(&asked(&facts, "B", "2021-12-31")), ["2020-06-01 24>4 -20 yes", "2021-01-01 4>3 -21 yes"]);
}

#[test]
fn what_is_not_known_stays_within_bounds() {
    let facts = data(&json!({
        "holdings": holdings(&["A 30 2020-01-01 2020-06-30?", "B 5 2020-01-01 -"]),
        "concert": concert(&[("A", "", ""), ("B", "", "")]),
    }));
    let found = asked(&facts, "A", "2020-12-31");
    assert_eq!(lines(&found), ["2020-07-01 35>5..35 -30..0 unknown"]);
    assert_eq!(reached(&found), [[Some("2020-07-01".to_owned()), None]]);
    assert!(found.is_undetermined());
    let cells: Vec<(Table, u32, &str)> = found.missing.iter().map(|cell| (cell.table, cell.row, cell.column)).collect();
    assert_eq!(cells, [(Table::Holdings, 1, "until")]);

    // A range: 3 to 6 sold of an unknown holding, after which 2 more settle it.
    let facts = data(&json!({
        "holdings": holdings(&["A - 2020-01-01 -"]),
        "movements": movements(&["A sold 3-6 2020-04-01 -", "A sold 2 2020-07-01 -"]),
    }));
    let found = asked(&facts, "A", "2020-12-31");
    assert_eq!(lines(&found), ["2020-04-01 0..100>0..100 -6..-3 unknown", "2020-07-01 0..100>0..100 -8..-5 yes"]);
    assert_eq!(reached(&found), [[Some("2020-04-01".to_owned()), Some("2020-07-01".to_owned())]]);

    // Told over a year: on a day between, any part of it. Membership that is not certain: any part as well.
    let facts = data(&json!({
        "holdings": holdings(&["A - 2020-01-01 -"]),
        "concert": concert(&[("A", "", ""), ("B", "2020-06-30?", "")]),
        "movements": movements(&["g sold 4 2020-12-31 2020-01-01", "B bought 1 2020-05-05 -"]),
    }));
    let found = asked(&facts, "g", "2021-01-31");
    assert_eq!(lines(&found)[0], "2020-05-05 0..100>0..100 -4..1 no");
    assert_eq!(text(&found.totals.sold), "4");
    assert_eq!(text(&found.totals.bought), "0..1");
}

#[test]
fn a_movement_the_holdings_do_not_show_is_a_finding() {
    let facts = data(&json!({
        "holdings": holdings(&["A 30 2020-01-01 2020-06-30", "A 26 2020-07-01 -"]),
        "movements": movements(&["A sold 3 2020-03-01 -", "A sold 3 2020-07-01 -"]),
    }));
    let found = asked(&facts, "A", "2020-12-31");
    assert_eq!(lines(&found), ["2020-03-01 30>30 0 no", "2020-07-01 30>26 -4 no"]);
    let gaps: Vec<[String; 4]> = found
        .unexplained
        .iter()
        .map(|gap| [gap.first.to_string(), gap.last.to_string(), text(&gap.shown), text(&gap.told)])
        .collect();
    assert_eq!(gaps, [["2020-03-01", "2020-03-01", "0", "-3"], ["2020-07-01", "2020-07-01", "-4", "-3"]]);
    // Told over all these days, they are held against the holdings at both ends.
    let facts = data(&json!({
        "holdings": holdings(&["A 30 2020-01-01 2020-06-30", "A 26 2020-07-01 -"]),
        "movements": movements(&["A sold 4 2020-07-31 2020-03-01"]),
    }));
    assert!(asked(&facts, "A", "2020-12-31").unexplained.is_empty());
}

#[test]
fn what_is_held_on_the_first_day_is_no_change_unless_it_was_acquired_then() {
    let held = holdings(&["A 6 2020-01-01 -"]);
    assert!(asked(&data(&json!({"holdings": held})), "A", "2020-12-31").lines.is_empty());
    let acquired = data(&json!({"holdings": held, "movements": movements(&["A bought 6 2020-01-01 -"])}));
    assert_eq!(lines(&asked(&acquired, "A", "2020-12-31")), ["2020-01-01 0>6 6 yes"]);
}

#[test]
fn a_day_that_is_named_settles_only_what_is_open() {
    let told = |reached: &str| {
        let row = format!("A reached 5 {reached} -");
        data(&json!({
            "holdings": holdings(&["A - 2020-01-01 -"]),
            "movements": movements(&["A sold 6 2020-12-31 2020-03-01", &row]),
        }))
    };
    let found = asked(&told("2020-07-07"), "A", "2021-12-31");
    assert_eq!((reached(&found), found.contradicted.len()), (vec![on("2020-07-07")], 0));
    assert_eq!(lines(&found)[0], "2020-07-07 0..100>0..100 -6..-5 yes");
    for wrong in ["2020-02-01", "2021-02-01"] {
        let found = asked(&told(wrong), "A", "2021-12-31");
        assert_eq!(found.contradicted, [RowRef::new(Table::Movements, 1)], "{wrong}");
        assert_eq!(reached(&found), [[Some("2020-03-01".to_owned()), Some("2020-12-31".to_owned())]], "{wrong}");
    }
}

#[test]
fn another_company_a_wrong_order_and_an_unknown_group() {
    let tour = ["movements", "data/samples/winning", "WN", "--company", "KX", "--to", "2020-11-27", "--lang", "en"];
    assert!(run(&tour).contains("Nothing changed."));
    for (args, part) in [
        (vec!["ZW", "--from", "2020-01-02", "--to", "2020-01-01"], "exchange them"),
        (vec!["ZW-WY", "--to", "2020-01-01"], "ZW-WY"),
    ] {
        let mut command = Command::cargo_bin("relata").expect("the binary");
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["movements", "data/samples/winning", "--lang", "en"]);
        let out = command.args(&args).output().expect("it runs");
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert!(!out.status.success() && stderr.contains(part), "{args:?}: {stderr}");
    }
}
