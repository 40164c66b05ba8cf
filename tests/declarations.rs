//! What insiders declared against the register, and the filing form (articles 10 to 12).
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use assert_cmd::Command;
use relata::facts::Facts;
use relata::register::{Certainty, DeclarationStatus, Declarations, DeclaredParty, Filing, Resolver};
use serde_json::{Value, json};
use std::path::Path;
use support::{day, facts, pack, question};

const DAY: &str = "2022-06-30";

/// Declarant, party, day, grounds.
type Told<'a> = (&'a str, &'a str, &'a str, &'a str);

/// L under TOP → MID → HOLD with a sister; directors with family and companies; holders of 5 % and about 5 %.
fn world(told: &[Told<'_>]) -> Value {
    let company = |id: &str| json!({"id": id, "name": id, "kind": "company"});
    let person = |id: &str| json!({"id": id, "name": id, "kind": "person", "birth_date": "1970-01-01"});
    let mut parties = vec![json!({"id": "L", "name": "L", "kind": "company", "listed": "SSE"})];
    parties.push(json!({"id": "STATE", "name": "STATE", "kind": "state_body"}));
    parties.push(json!({"id": "DIR", "name": "DIR", "kind": "person", "identifier": "119901197011050013"}));
    parties.push(json!({"id": "HOLD", "name": "HOLD", "kind": "company", "identifier": "91119901TR0000026A"}));
    parties.extend(["TOP", "MID", "SIS", "SHOP", "BOARD", "OWN", "PCO", "INV", "DES", "EXCO"].map(company));
    parties.extend(["MAYBE", "FAR", "NEW", "COUSIN"].map(company));
    parties.extend(["WIFE", "CHAIR", "P", "EX", "LATE", "OPEN", "NOBODY"].map(person));
    let told: Vec<Value> = told
        .iter()
        .map(|(declarant, party, date, grounds)| {
            let mut row = json!({"declarant": declarant, "party": party, "date": date});
            if !grounds.is_empty() {
                row["grounds"] = json!(grounds);
            }
            row
        })
        .collect();
    let holds =
        |holder: &str, company: &str, percent: &str| json!({"holder": holder, "company": company, "percent": percent});
    json!({
        "parties": parties,
        "holdings": [
            holds("STATE", "TOP", "100"), holds("STATE", "COUSIN", "100"),
            holds("TOP", "MID", "100"), holds("MID", "HOLD", "80"), holds("HOLD", "L", "51"),
            holds("MID", "SIS", "70"), holds("WIFE", "SHOP", "90"), holds("CHAIR", "OWN", "100"),
            holds("P", "L", "6"), holds("P", "PCO", "100"), holds("INV", "L", "8"), holds("MAYBE", "L", "4-6"),
            holds("EX", "EXCO", "80"), holds("FAR", "L", "1"),
            {"holder": "NEW", "company": "L", "percent": "5.5", "from": "2022-09-01", "agreed": "2022-06-01"},
        ],
        "positions": [
            {"person": "DIR", "organisation": "L", "role": "director"},
            {"person": "DIR", "organisation": "BOARD", "role": "director"},
            {"person": "CHAIR", "organisation": "HOLD", "role": "chair"},
            {"person": "EX", "organisation": "L", "role": "director", "until": "2022-03-31"},
            {"person": "LATE", "organisation": "L", "role": "supervisor", "from": "2022-07-01"},
            {"person": "OPEN", "organisation": "L", "role": "supervisor", "from": "2020-01-01", "until": "2021-01-01?"},
        ],
        "kinships": [{"person": "DIR", "relative": "WIFE", "relation": "spouse"}],
        "designations": [{"party": "DES", "authority": "company"}],
        "declarations": told,
    })
}

fn reconcile(facts: &Facts, as_of: &str) -> Declarations {
    let pack = pack();
    let question = question(facts, &pack, "L", day(as_of), &[]);
    let resolver = Resolver::new(facts);
    let register = resolver.register(&question);
    resolver.declarations(&question, &register)
}

fn find<'d>(facts: &Facts, all: &'d Declarations, party: &str) -> Option<&'d DeclaredParty> {
    all.parties.iter().find(|one| facts.id(one.party) == party)
}

fn status(told: &[Told<'_>], party: &str, as_of: &str) -> Option<DeclarationStatus> {
    let facts = facts(&world(told));
    let all = reconcile(&facts, as_of);
    find(&facts, &all, party).map(|one| one.status)
}

#[test]
fn every_status_holds_where_it_should_and_not_where_it_should_not() {
    use DeclarationStatus::*;
    let cases: &[(&[Told<'_>], &str, Option<DeclarationStatus>)] = &[
        // Related: nobody, somebody without grounds, with the right ones, with too few, too many, others.
        (&[], "BOARD", Some(NotDeclared)),
        (&[("DIR", "SHOP", "2022-01-01", "5.3")], "BOARD", Some(NotDeclared)),
        (&[("DIR", "BOARD", "2022-01-01", "")], "BOARD", Some(Agrees)),
        (&[("DIR", "BOARD", "2022-01-01", "5.3")], "BOARD", Some(Agrees)),
        (&[("DIR", "BOARD", "2022-01-01", "5.4")], "BOARD", Some(GroundsDiffer)),
        (&[("DIR", "BOARD", "2022-01-01", "5.3;5.4")], "BOARD", Some(GroundsDiffer)),
        (&[("HOLD", "HOLD", "2022-01-01", "5.1")], "HOLD", Some(GroundsDiffer)),
        (&[("HOLD", "HOLD", "2022-01-01", "5.1;5.2;5.3;5.4")], "HOLD", Some(Agrees)),
        // As people write lists, and shared among several declarants.
        (&[("HOLD", "HOLD", "2022-01-01", " 5.4；5.3、5.2，5.1,")], "HOLD", Some(Agrees)),
        (&[("HOLD", "HOLD", "2022-01-01", "5.1;5.2"), ("TOP", "HOLD", "2022-02-01", "5.3;5.4")], "HOLD", Some(Agrees)),
        (&[("DIR", "BOARD", "2022-01-01", "5.3"), ("P", "BOARD", "2022-01-02", "")], "BOARD", Some(Agrees)),
        // A looked-back and an arranged ground are found too.
        (&[("EX", "EXCO", "2022-01-01", "5.3")], "EXCO", Some(Agrees)),
        (&[("NEW", "NEW", "2022-06-15", "5.4")], "NEW", Some(Agrees)),
        (&[], "NEW", Some(NotDeclared)),
        // Not related, exempt, undetermined.
        (&[("DIR", "FAR", "2022-01-01", "5.4")], "FAR", Some(NotFound)),
        (&[], "FAR", None),
        (&[("TOP", "COUSIN", "2022-01-01", "5.2")], "COUSIN", Some(Exempt)),
        (&[], "COUSIN", None),
        (&[("MAYBE", "MAYBE", "2022-01-01", "5.4")], "MAYBE", Some(Undetermined)),
        (&[], "MAYBE", Some(Undetermined)),
        (&[("DIR", "L", "2022-01-01", "")], "L", Some(NotFound)),
    ];
    for (told, party, expected) in cases {
        assert_eq!(status(told, party, DAY), *expected, "{party}: {told:?}");
    }
}

#[test]
fn a_declaration_counts_from_its_day_on() {
    let told = [("DIR", "BOARD", "2022-06-30", "5.3")];
    for (as_of, expected, later) in [
        ("2022-06-29", DeclarationStatus::NotDeclared, 1),
        ("2022-06-30", DeclarationStatus::Agrees, 0),
        ("2022-07-01", DeclarationStatus::Agrees, 0),
    ] {
        let facts = facts(&world(&told));
        let all = reconcile(&facts, as_of);
        assert_eq!(find(&facts, &all, "BOARD").unwrap().status, expected, "{as_of}");
        assert_eq!(all.later.len(), later, "{as_of}");
    }
    // The grounds of a later declaration do not count either, nor does who makes it, nor what is wrong with it.
    let facts = facts(&world(&[("DIR", "BOARD", DAY, "5.3"), ("NOBODY", "BOARD", "2022-07-01", "5.9")]));
    let all = reconcile(&facts, DAY);
    assert_eq!(find(&facts, &all, "BOARD").unwrap().status, DeclarationStatus::Agrees);
    assert!(all.outsiders.is_empty() && all.unknown_grounds.is_empty());
    assert_eq!(all.later.iter().map(|row| row.row).collect::<Vec<_>>(), [2]);
}

#[test]
fn several_declarations_of_a_party_are_taken_together() {
    let facts = facts(&world(&[
        ("DIR", "SHOP", "2022-01-01", "5.3"),
        ("P", "PCO", "2022-01-01", ""),
        ("WIFE", "SHOP", "2022-02-01", "5.4"),
    ]));
    let all = reconcile(&facts, DAY);
    let shop = find(&facts, &all, "SHOP").unwrap();
    assert_eq!(shop.status, DeclarationStatus::GroundsDiffer);
    assert_eq!(shop.stated, ["5.3", "5.4"]);
    assert_eq!(shop.grounds.iter().map(|line| line.ground).collect::<Vec<_>>(), ["5.3"]);
    assert_eq!(shop.declarations.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn who_ought_to_have_declared_follows_from_the_ground() {
    let facts = facts(&world(&[]));
    let all = reconcile(&facts, DAY);
    for (party, expected) in [
        // On a ground of insiders: itself.
        ("DIR", &["DIR 7.2 Yes"][..]),
        ("P", &["P 7.1 Yes"]),
        ("INV", &["INV 5.4 Yes"]),
        ("STATE", &["STATE 5.1 Yes"]),
        // 5.2: who controls it and the company; of several the one of the proof.
        ("SIS", &["TOP 5.1 Yes"]),
        // 5.3: the director, the holder, through the family to the director, through 7.3 to the controller.
        ("BOARD", &["DIR 7.2 Yes"]),
        ("PCO", &["P 7.1 Yes"]),
        ("SHOP", &["DIR 7.2 Yes"]),
        ("OWN", &["HOLD 5.1 Yes"]),
        ("WIFE", &["DIR 7.2 Yes"]),
        ("CHAIR", &["HOLD 5.1 Yes"]),
        // No insider any more, or not yet.
        ("EX", &["EX 7.2 No"]),
        ("EXCO", &["EX 7.2 No"]),
        ("NEW", &["NEW 5.4 No"]),
        // Designated: nobody.
        ("DES", &[]),
    ] {
        let one = find(&facts, &all, party).unwrap_or_else(|| panic!("{party} is related"));
        assert_eq!(one.status, DeclarationStatus::NotDeclared, "{party}");
        let ought: Vec<String> = one
            .ought
            .iter()
            .map(|insider| format!("{} {} {:?}", facts.id(insider.party), insider.grounds.join(";"), insider.insider))
            .collect();
        assert_eq!(ought, expected, "{party}");
    }
}

#[test]
fn whoever_declared_nobody_is_asked_about_it() {
    let facts = facts(&world(&[("DIR", "BOARD", "2022-01-01", "5.4")]));
    let all = reconcile(&facts, DAY);
    assert!(find(&facts, &all, "BOARD").unwrap().ought.is_empty());
    assert!(!find(&facts, &all, "SHOP").unwrap().ought.is_empty());
}

#[test]
fn declarants_who_are_no_insiders_are_named() {
    let told: Vec<Told<'_>> =
        ["DIR", "P", "INV", "TOP", "STATE", "WIFE", "CHAIR", "EX", "LATE", "NEW", "OPEN", "MAYBE", "NOBODY", "L"]
            .map(|declarant| (declarant, "FAR", "2022-01-01", ""))
            .into();
    let facts = facts(&world(&told));
    let named = |as_of: &str| -> Vec<(String, Certainty)> {
        let all = reconcile(&facts, as_of);
        all.outsiders.iter().map(|one| (facts.id(one.party).to_owned(), one.insider)).collect()
    };
    let expect = |rows: &[(&str, Certainty)]| -> Vec<(String, Certainty)> {
        rows.iter().map(|(id, insider)| ((*id).to_owned(), *insider)).collect()
    };
    use Certainty::{No, Unknown};
    let on_the_day = [("CHAIR", No), ("EX", No), ("L", No), ("LATE", No), ("MAYBE", Unknown), ("NEW", No)];
    let rest = [("NOBODY", No), ("OPEN", Unknown), ("WIFE", No)];
    assert_eq!(named(DAY), expect(&[&on_the_day[..], &rest].concat()));
    // On the first day of a term and on the last.
    let begun = named("2022-07-01");
    assert!(begun.iter().all(|(id, _)| id != "LATE"), "{begun:?}");
    let last = named("2022-03-31");
    assert!(last.iter().all(|(id, _)| id != "EX") && last.iter().any(|(id, _)| id == "LATE"), "{last:?}");
    assert!(named("2022-04-01").iter().any(|(id, _)| id == "EX"));
}

#[test]
fn an_unknown_ground_is_a_finding_and_agrees_with_nothing() {
    let facts = facts(&world(&[
        ("DIR", "BOARD", "2022-01-01", "5.3;5.9"),
        ("P", "PCO", "2022-01-01", "第五条"),
        ("DIR", "SHOP", "2022-01-01", "5.3"),
    ]));
    let all = reconcile(&facts, DAY);
    let unknown: Vec<(u32, &str)> = all.unknown_grounds.iter().map(|one| (one.row.row, one.text.as_str())).collect();
    assert_eq!(unknown, [(1, "5.9"), (2, "第五条")]);
    assert_eq!(find(&facts, &all, "BOARD").unwrap().status, DeclarationStatus::GroundsDiffer);
    assert_eq!(find(&facts, &all, "PCO").unwrap().status, DeclarationStatus::GroundsDiffer);
    assert_eq!(find(&facts, &all, "SHOP").unwrap().status, DeclarationStatus::Agrees);
}

/// The layers of one party: `1 HOLD>L holdings 5`.
fn layers(facts: &Facts, subject: &str, party: &str) -> Vec<String> {
    let pack = pack();
    let question = question(facts, &pack, subject, day(DAY), &[]);
    let register = Resolver::new(facts).register(&question);
    let filing = Filing::new(facts, question.subject, &register);
    let order: Vec<_> = register.related.iter().map(|entry| entry.party).collect();
    assert_eq!(order, filing.parties.iter().map(|filed| filed.party).collect::<Vec<_>>());
    let filed = filing.parties.iter().find(|filed| facts.id(filed.party) == party).expect("it is related");
    let text = |layer: &relata::register::Layer| {
        let (holder, held) = (facts.id(layer.holder), facts.id(layer.held));
        format!("{} {holder}>{held} {} {}", layer.layer, layer.row.table.code(), layer.row.row)
    };
    filed.layers.iter().map(text).collect()
}

#[test]
fn every_layer_between_the_company_and_the_party_is_filed() {
    let facts = facts(&world(&[]));
    for (party, expected) in [
        ("TOP", &["1 HOLD>L holdings 5", "2 MID>HOLD holdings 4", "3 TOP>MID holdings 3"][..]),
        // Controlled by an organisation of 5.1 as well, so 5.2: the layers above it too.
        ("HOLD", &["1 HOLD>L holdings 5", "2 MID>HOLD holdings 4", "3 TOP>MID holdings 3"]),
        ("SIS", &["1 HOLD>L holdings 5", "2 MID>HOLD holdings 4", "3 TOP>MID holdings 3", "3 MID>SIS holdings 6"]),
        // A family tie and a seat are no layers; a company of the family is the first.
        ("SHOP", &["1 WIFE>SHOP holdings 7"]),
        ("WIFE", &[]),
        ("BOARD", &[]),
        ("P", &["1 P>L holdings 9"]),
        ("PCO", &["1 P>L holdings 9", "2 P>PCO holdings 10"]),
        ("OWN", &["1 HOLD>L holdings 5", "2 CHAIR>OWN holdings 8"]),
        ("EXCO", &["1 EX>EXCO holdings 13"]),
        ("NEW", &["1 NEW>L holdings 15"]),
        ("DES", &[]),
    ] {
        assert_eq!(layers(&facts, "L", party), expected, "{party}");
    }
}

#[test]
fn declared_control_proxies_and_a_state_body_s_chain_are_layers_too() {
    let tour = relata::intake::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/tour")).unwrap();
    for (party, expected) in [
        (
            "DUSK1",
            &[
                "1 DUSK1>LARK holdings 7",
                "1 DUSK2>LARK holdings 8",
                "2 DUSK>DUSK1 controls 1",
                "2 DUSK>DUSK2 controls 2",
            ][..],
        ),
        (
            "MILL",
            &[
                "1 LAKE>LARK holdings 13",
                "1 REN>LARK holdings 14",
                "2 REN>LAKE holdings 15",
                "2 REN>MILL holdings 22",
                "2 FERN>MILL holdings 23",
                "2 REN>MILL proxies 1",
            ],
        ),
        // The chair it shares with the company is no layer, and does not shorten the chain of control.
        ("PORT", &["1 HILL>LARK holdings 2", "2 SASAC>HILL holdings 1", "3 SASAC>PORT holdings 19"]),
    ] {
        assert_eq!(layers(&tour.facts, "LARK", party), expected, "{party}");
    }
}

fn run(args: &[&str]) -> String {
    let mut command = Command::cargo_bin("relata").expect("the binary");
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().expect("it runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn identifiers_are_masked_unless_asked_for_and_never_left_blank() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data.json");
    std::fs::write(&data, world(&[]).to_string()).expect("written");
    let data = data.display().to_string();
    let args = ["filing", &data, "--subject", "L", "--as-of", DAY];
    let form = |more: &[&str]| run(&[&args[..], more].concat());
    for format in ["table", "json", "csv", "md"] {
        let masked = form(&["--format", format]);
        assert!(!masked.contains("119901197011050013") && !masked.contains("91119901TR0000026A"), "{masked}");
        let shown = form(&["--format", format, "--show-identifiers"]);
        assert!(shown.contains("119901197011050013") && shown.contains("91119901TR0000026A"), "{format}: {shown}");
    }
    let csv = form(&["--format", "csv", "--lang", "zh"]);
    assert!(csv.contains("DIR,DIR,person,person,11**************13,7.2"), "{csv}");
    assert!(csv.contains("WIFE,WIFE,person,person,缺,7.4"), "{csv}");
    assert!(csv.contains("SIS,SIS,company,organisation,缺,5.2"), "{csv}");
    assert!(form(&["--format", "csv", "--lang", "en"]).contains("WIFE,WIFE,person,person,missing,7.4"));
    let answer: Value = serde_json::from_str(&form(&["--format", "json"])).expect("JSON");
    assert_eq!(answer["identifiers"], "masked");
    let wife = answer["parties"].as_array().unwrap().iter().find(|party| party["party"] == "WIFE").unwrap();
    assert_eq!(wife["identifier"], Value::Null);
    let missing = answer["missing_identifiers"].as_array().unwrap();
    assert!(missing.contains(&json!("WIFE")) && !missing.contains(&json!("DIR")));
    assert_eq!(answer["undetermined"], json!(["MAYBE", "OPEN"]));
    assert!(form(&["--lang", "zh"]).contains("须补全（"));
}

#[test]
fn the_form_tells_the_relation_back_to_the_company() {
    let tour = ["filing", "data/samples/tour", "--as-of", DAY];
    let zh = run(&tour);
    assert!(zh.contains("受丙示例（7.4）控制（100%）；丙示例：乙示例（7.2）的配偶；乙示例：公司董事"), "{zh}");
    let en = run(&[&tour[..], &["--lang", "en"]].concat());
    assert!(en.contains("looked back: last on 2021-12-31, expires 2022-12-31): controlled by 庚示例 (7.2)"), "{en}");
}

#[test]
fn the_sample_shows_every_status() {
    let text = run(&["declarations", "data/samples/tour", "--as-of", DAY, "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let with = |status: &str| -> Vec<&str> {
        let parties = answer["parties"].as_array().unwrap().iter().filter(|party| party["status"] == status);
        parties.map(|party| party["party"].as_str().unwrap()).collect()
    };
    assert_eq!(with("agrees"), ["BING", "BRIDGE", "HILL", "HOUSE", "MAPLE", "ORCHID"]);
    assert_eq!(with("grounds_differ"), ["PORT", "WILLOW"]);
    assert_eq!(with("not_found"), ["YIXIAO"]);
    assert_eq!(with("undetermined"), ["FOG", "MAO"]);
    assert_eq!(with("exempt"), ["WATER"]);
    assert_eq!(with("not_declared").len(), 23);
    assert_eq!(answer["later"][0]["row"], 13);
    let zh = run(&["declarations", "data/samples/tour", "--as-of", DAY]);
    for part in ["是关联人而无人申报（23）", "当日尚未申报，未计入（1）", "“5.9”不是规则中的情形", "关联人申报表第13行"]
    {
        assert!(zh.contains(part), "{part}: {zh}");
    }
    let en = run(&["declarations", "data/samples/tour", "--as-of", DAY, "--lang", "en"]);
    assert!(en.contains("on 2022-07-01 晨雾投资有限公司（示例） declared"), "{en}");
}

#[test]
fn what_is_undetermined_is_in_the_status_with_strict() {
    for command in ["declarations", "filing"] {
        let mut binary = Command::cargo_bin("relata").expect("the binary");
        let args = [command, "data/samples/tour", "--as-of", DAY, "--strict"];
        let output = binary.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().expect("it runs");
        assert_eq!(output.status.code(), Some(4), "{command}");
    }
}
