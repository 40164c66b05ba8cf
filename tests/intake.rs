//! Reading datasets: one fixture for every single fault, and what must not be a fault.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use relata::export::{DatasetFormat, ExportError, write_template};
use relata::facts::{Amount, Bound, Percent, Table};
use relata::intake::{CODES, Finding, Lang, Loaded, OpenError, Severity, check_subject, from_json, open};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/invalid");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn open_fixture(folder: &Path) -> Loaded {
    let files = ["dataset.json", "dataset.xlsx"].map(|name| folder.join(name));
    open(files.iter().find(|file| file.exists()).map_or(folder, |file| file)).unwrap()
}

fn seen(finding: &Finding) -> Value {
    let severity = if finding.is_error() { "error" } else { "warning" };
    json!({
        "code": finding.code, "severity": severity, "table": finding.table.map(Table::code),
        "row": finding.row, "column": finding.column,
    })
}

fn texts(loaded: &Loaded) -> Vec<String> {
    loaded.findings.iter().map(|finding| finding.text(Lang::En)).collect()
}

/// A dataset without findings, read from JSON.
fn clean(dataset: &Value) -> Loaded {
    let loaded = from_json(&dataset.to_string(), "test.json");
    assert_eq!(texts(&loaded), [""; 0]);
    loaded
}

fn folder(files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    open(folder.path()).unwrap()
}

#[test]
fn every_fixture_gives_its_finding_and_no_other() {
    for folder in fixtures() {
        let expected: Value = serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
        let loaded = open_fixture(&folder);
        let found: Vec<Value> = loaded.findings.iter().map(seen).collect();
        assert_eq!(found, std::slice::from_ref(&expected), "{}: {:#?}", folder.display(), texts(&loaded));
        assert_eq!(loaded.has_errors(), expected["severity"] == "error");
        for finding in &loaded.findings {
            assert!(!finding.text(Lang::En).contains(char::is_control), "{}", finding.text(Lang::En));
            assert!(!finding.file.is_empty());
        }
    }
}

#[test]
fn every_code_has_a_fixture() {
    let of_fixtures: BTreeSet<String> = fixtures()
        .iter()
        .map(|folder| folder.file_name().unwrap().to_str().unwrap().split("--").next().unwrap().to_owned())
        .collect();
    let of_table: BTreeSet<String> = CODES.iter().map(|code| code.code.to_owned()).collect();
    assert_eq!(of_table, of_fixtures);
    assert_eq!(of_table.len(), CODES.len(), "a code stands twice in the table");
    assert!(CODES.is_sorted_by_key(|code| code.severity), "errors come first");
}

#[test]
fn identifiers_are_masked_in_every_output() {
    for folder in fixtures() {
        let text = fs::read_to_string(folder.join("dataset.json")).unwrap_or_default();
        let Ok(dataset) = serde_json::from_str::<Value>(&text) else { continue };
        let rows = dataset["parties"].as_array().cloned().unwrap_or_default();
        for identifier in rows.iter().filter_map(|row| row["identifier"].as_str()) {
            let output = serde_json::to_string(&open_fixture(&folder).findings).unwrap();
            assert!(!output.contains(identifier), "{output}");
            assert!(output.contains("*"), "{output}");
        }
    }
}

const PARTIES: &str = "\u{FEFF}名称,编号,类型,上市地,曾用名,出生日期\n\
    甲股份有限公司, L ,公司,SSE,甲有限;甲厂；甲社,\n乙集团,A,公司,,,\n张三,p,自然人,,,1970-01-01\n李四,q,自然人,,,2010-01-01\n";

/// The same facts in the other format, with English headings, other column orders and other ways to write numbers.
fn same_as_json() -> Value {
    json!({
        "settings": {"subject": "L", "rules": "sse-2022"},
        "kinships": [{"relative": "q", "person": "p", "relation": "child", "until": "2019-04-30?", "from": null}],
        "holdings": [
            {"company": "L", "holder": "A", "percent": 5.00, "agreed": "2021-05-01", "from": "2021-06-01"},
            {"company": "L", "holder": "p", "percent": "25.0-30", "votes_percent": 12.50, "from": "?"},
            {"company": "A", "holder": "p", "percent": null, "source": "年报 第 3 页"},
            {"company": "A", "holder": "q", "shares": 1, "total_shares": 3e2},
        ],
        "parties": [
            {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE", "aliases": "甲有限; 甲厂;甲社"},
            {"id": "A", "name": "乙集团", "kind": "company", "listed": ""},
            {"id": "p", "name": "张三", "kind": "person", "birth_date": "1970-01-01"},
            {"id": "q", "name": "李四", "kind": "person", "birth_date": "2010-01-01"},
        ],
        "concert": [{"group": "g", "member": "A", "lead": true}, {"group": "g", "member": "p", "lead": false}],
        "transactions": [{"id": 1, "date": "2022-01-01", "counterparty": "A", "kind": 9.10, "amount": 1250000.50}],
    })
}

fn same_as_csv() -> Loaded {
    folder(&[
        ("主体.csv", PARTIES),
        (
            "持股.csv",
            "来源,被持有主体,持有人,持股比例,持股数,总股本,表决权比例,起始日,截止日,协议生效日\r\n\
             ,L,A,5,,,,2021-06-01,,2021-05-01\r\n,L,p,25-30,,,12.5,?,,\r\n年报 第 3 页,A,p,,,,,,,\r\n,A,q,,1,300,,,,\r\n",
        ),
        ("kinships.csv", "本人,亲属,亲属关系,起始日,截止日\np,q,子女,,2019-04-30?\n"),
        ("一致行动.csv", "一致行动组,成员,主导方\ng,A,是\n\n,,\ng,p,否\n"),
        ("交易.csv", "编号,日期,交易对方,交易类型,金额\n1,2022-01-01,A,转让或者受让研究与开发项目,1250000.5\n"),
        ("设置.csv", "键,值\n上市公司,L\n规则,sse-2022\n语言,\n"),
    ])
}

#[test]
fn formats_headings_and_notations_give_one_digest() {
    // The numbers are written out, as this test's own JSON would carry them in binary.
    let json = same_as_json().to_string().replace("9.1,", "9.10,").replace("300.0", "3e2");
    let (from_json, from_csv) = (from_json(&json, "test.json"), same_as_csv());
    assert_eq!(texts(&from_json), [""; 0]);
    assert_eq!(texts(&from_csv), [""; 0]);
    assert_eq!(from_json.facts.transactions().row(0).kind, relata::facts::Kind::Research);
    assert_eq!(from_json.digest, from_csv.digest);
    assert_eq!((from_json.rows, from_csv.rows), (12, 12));
    assert!(from_csv.digest.starts_with("sha256:") && from_csv.digest.len() == 71);
}

#[test]
fn every_change_of_a_fact_changes_the_digest() {
    let digest = |change: fn(&mut Value)| {
        let mut dataset = same_as_json();
        change(&mut dataset);
        from_json(&dataset.to_string(), "test.json").digest
    };
    let digests: BTreeSet<String> = [
        digest(|_| {}),
        digest(|d| d["holdings"][0]["percent"] = json!("5.01")),
        digest(|d| d["holdings"][0]["agreed"] = json!("")),
        digest(|d| d["holdings"][1]["from"] = json!("")),
        digest(|d| d["holdings"][2]["source"] = json!("")),
        digest(|d| d["concert"][1]["lead"] = json!("yes")),
        digest(|d| d["kinships"][0]["until"] = json!("2019-04-30")),
        digest(|d| d["settings"]["subject"] = json!("甲厂")),
        digest(|d| d["parties"][0]["aliases"] = json!("甲有限")),
        digest(|d| d["holdings"].as_array_mut().unwrap().swap(0, 1)),
    ]
    .into();
    assert_eq!(digests.len(), 10);
}

#[test]
fn cells_become_typed_facts() {
    let loaded = same_as_csv();
    let facts = &loaded.facts;
    let number = |text: &str| text.parse::<Percent>().unwrap();
    assert_eq!(facts.parties().row(0).aliases, ["甲有限", "甲厂", "甲社"]);
    assert_eq!(facts.holdings().row(1).percent, Amount::Range(number("25"), number("30")));
    assert_eq!(facts.holdings().row(1).votes_percent, Some(Amount::Exact(number("12.5"))));
    assert_eq!(facts.holdings().row(1).period.from, Bound::Unknown);
    assert_eq!(facts.holdings().row(2).percent, Amount::Unknown);
    assert_eq!(facts.holdings().row(2).votes_percent, None);
    assert_eq!(facts.holdings().row(3).percent, Amount::Exact(number("1/3")));
    assert_eq!(facts.kinships().row(0).period.until, Bound::Near("2019-04-30".parse().unwrap()));
    assert!(facts.concert().row(0).lead && !facts.concert().row(1).lead);
    assert_eq!(facts.settings.len(), 2, "a setting without a value is not given");
    assert!(check_subject(facts, facts.party_id("L").unwrap()).is_none());
    let finding = check_subject(facts, facts.party_id("A").unwrap()).unwrap();
    assert_eq!((finding.code, finding.row), ("subject-not-listed", Some(2)));
}

fn with_holdings(holdings: &Value) -> Value {
    json!({
        "parties": [
            {"id": "L", "name": "L", "kind": "company"},
            {"id": "A", "name": "A", "kind": "company"},
            {"id": "B", "name": "B", "kind": "company"},
        ],
        "holdings": holdings,
    })
}

#[test]
fn boundaries_are_no_faults() {
    let whole = ["0", "100", "100.0", "0-100", "100/3", "25-25"];
    for percent in whole {
        clean(&with_holdings(&json!([{"holder": "A", "company": "L", "percent": percent}])));
    }
    // Exactly the whole, exactly by thirds, and nothing beside it.
    clean(&with_holdings(&json!([
        {"holder": "A", "company": "L", "shares": "1", "total_shares": "3"},
        {"holder": "B", "company": "L", "percent": "200/3"},
    ])));
    // A first day that is the last, a seller who holds to the day before the buyer does, an end that may be sooner.
    clean(&with_holdings(&json!([
        {"holder": "A", "company": "L", "percent": "100", "from": "2022-01-01", "until": "2022-01-01"},
        {"holder": "B", "company": "L", "percent": "100", "from": "2022-01-02", "agreed": "2022-01-02"},
        {"holder": "A", "company": "B", "percent": "60", "until": "?"},
        {"holder": "L", "company": "B", "percent": "60", "from": "2022-01-01"},
    ])));
    // The known holders leave nothing, and the one of unknown amount came later.
    clean(&with_holdings(&json!([
        {"holder": "A", "company": "L", "percent": "100", "until": "2022-01-01"},
        {"holder": "B", "company": "L", "from": "2022-01-02"},
    ])));
    // The filing rounds: 1/6 is 16.67 % and 16.7 %.
    for percent in ["16.67", "16.7", "17", "16-17", "16.666667", "16.6666666666666666666667"] {
        clean(&with_holdings(
            &json!([{"holder": "A", "company": "L", "percent": percent, "shares": 10, "total_shares": "60"}]),
        ));
    }
}

#[test]
fn more_than_the_whole_says_when_and_who() {
    let loaded = from_json(
        &with_holdings(&json!([
            {"holder": "A", "company": "L", "percent": "60"},
            {"holder": "B", "company": "L", "percent": "40.0001", "from": "2022-03-01"},
        ]))
        .to_string(),
        "test.json",
    );
    let [finding] = loaded.findings.as_slice() else { panic!("{:?}", texts(&loaded)) };
    assert_eq!((finding.code, finding.row), ("capital-over-100", Some(2)));
    assert_eq!(finding.value.as_deref(), Some("100.0001"));
    assert!(finding.message.en.contains("on 2022-03-01 at least 100.0001 %"), "{}", finding.message.en);
    assert!(finding.message.en.contains("A 60 % [1]; B 40.0001 % [2]"), "{}", finding.message.en);
    assert!(finding.message.zh.contains("2022-03-01 当日"), "{}", finding.message.zh);
}

#[test]
fn remedies_say_what_to_write() {
    let remedy = |fixture: &str| {
        let folder = fixtures().into_iter().find(|folder| folder.ends_with(fixture)).unwrap();
        let loaded = open_fixture(&folder);
        loaded.findings[0].remedy.as_ref().map(|text| text.en.clone()).unwrap_or_default()
    };
    assert!(remedy("bad-number").starts_with("write `42.86`"));
    assert!(remedy("bad-number--thousands").starts_with("write `1000`"));
    assert_eq!(remedy("bad-date--slashes"), "write 2022-01-05");
    assert_eq!(remedy("unknown-code"), "did you mean `director`?");
    assert_eq!(remedy("unknown-party"), "did you mean `A`?");
    assert!(remedy("unknown-party--name").contains("is the name of party `A`"));
    assert_eq!(remedy("unknown-column"), "did you mean `name`?");
    assert_eq!(remedy("unknown-table"), "did you mean `holdings`?");
}

#[test]
fn all_findings_come_at_once_and_in_order() {
    let loaded = folder(&[
        ("parties.csv", "id,name,kind,备注\nL,甲,company,x\nA,乙,firm,x\n"),
        ("holdings.csv", "holder,company,percent,from,until\nA,L,120,2022-13-01,\nZ,Y,5,,\nL,L,5,,x\n"),
        ("other.csv", "a\n"),
    ]);
    let found: Vec<_> =
        loaded.findings.iter().map(|f| (f.file.as_str(), f.row, f.line, f.column.as_deref(), f.code)).collect();
    let expected = [
        ("parties.csv", Some(2), Some(3), Some("kind"), "unknown-code"),
        ("holdings.csv", Some(1), Some(2), Some("percent"), "percent-out-of-bounds"),
        ("holdings.csv", Some(1), Some(2), Some("from"), "bad-date"),
        ("holdings.csv", Some(2), Some(3), Some("holder"), "unknown-party"),
        ("holdings.csv", Some(2), Some(3), Some("company"), "unknown-party"),
        ("holdings.csv", Some(3), Some(4), Some("until"), "bad-date"),
        ("parties.csv", None, None, Some("备注"), "unknown-column"),
        ("other.csv", None, None, None, "unknown-table"),
    ];
    assert_eq!(found, expected);
    assert_eq!(loaded.rows, 5);
    let zh = loaded.findings[0].text(Lang::Zh);
    assert!(zh.starts_with("错误[unknown-code] parties.csv，第 2 行，文件第 3 行，“类型”列: "), "{zh}");
}

#[test]
fn rows_keep_their_numbers_after_rows_that_cannot_be_read() {
    let loaded = from_json(
        &with_holdings(&json!([
            {"holder": "A", "company": "L", "percent": "x"},
            {},
            {"holder": "L", "company": "L", "percent": "1"},
        ]))
        .to_string(),
        "test.json",
    );
    let rows: Vec<_> = loaded.findings.iter().map(|finding| (finding.code, finding.row)).collect();
    assert_eq!(rows, [("bad-number", Some(1)), ("self-holding", Some(2))], "a row without content is no data row");
}

#[test]
fn nothing_makes_the_readers_panic() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_cell = format!(r#"{{"parties": [{{"id": {deep}}}]}}"#);
    let number = r#"{"parties": [{"id": 1e999999999, "name": -0, "kind": 1E-400}]}"#;
    let surrogate = r#"{"parties": [{"id": "\ud800", "\u0069d": "a", "name": "\u0000", "kind": "company"}]}"#;
    for text in [
        "",
        "\u{FEFF}",
        "null",
        "[]",
        "{}",
        "{\"parties\": null}",
        "1e999",
        &deep,
        &deep_cell,
        number,
        surrogate,
        "{\"\":1}",
    ] {
        let loaded = from_json(text, "test.json");
        assert!(loaded.has_errors(), "{}", &text[..text.len().min(60)]);
        for finding in &loaded.findings {
            assert!(finding.text(Lang::En).len() < 2000 && !finding.text(Lang::Zh).is_empty());
        }
    }
    for bytes in
        [&b""[..], b"\0\0\0", b"\xFF\xD8\xFF\xE0\n\n\"", b"\"", b"id,name,kind\n\"\n\"\"\"", b",,,\n,,,\n", b"\n\n"]
    {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("parties.csv"), bytes).unwrap();
        fs::write(folder.path().join("settings.csv"), bytes).unwrap();
        assert!(open(folder.path()).unwrap().has_errors(), "{bytes:?}");
    }
    let huge = "9".repeat(100_000);
    let dataset = with_holdings(&json!([
        {"holder": huge, "company": "L", "percent": huge, "from": huge, "shares": huge, "total_shares": "0"},
        {"holder": "A", "company": "L", "percent": format!("{huge}/{huge}"), "from": "9999-12-31", "until": "0000-01-01"},
    ]));
    assert!(from_json(&dataset.to_string(), "test.json").has_errors());
}

#[test]
fn an_empty_dataset_is_written_and_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for (format, lang) in
        [DatasetFormat::Csv, DatasetFormat::Json, DatasetFormat::Xlsx].map(|f| [(f, Lang::En), (f, Lang::Zh)]).concat()
    {
        let name = format!("{format:?}-{lang:?}");
        let path =
            folder.path().join(if format == DatasetFormat::Csv { name } else { format!("{name}.{}", format.name()) });
        write_template(&path, format, lang).unwrap();
        let loaded = open(&path).unwrap();
        assert_eq!(texts(&loaded), [""; 0], "{}", path.display());
        assert_eq!((loaded.rows, loaded.facts.settings.len()), (0, 1));
        assert!(matches!(write_template(&path, format, lang), Err(ExportError::Exists(_))));
    }
    assert!(folder.path().join("Csv-Zh/主体.csv").exists());
    let headings = fs::read_to_string(folder.path().join("Csv-Zh/持股.csv")).unwrap();
    assert_eq!(headings, "\u{FEFF}持有人,被持有主体,持股比例,持股数,总股本,表决权比例,起始日,截止日,协议生效日,来源\n");
    // An empty folder may be there already; nothing is left beside what was written.
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    write_template(&empty, DatasetFormat::Csv, Lang::En).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 7);
    assert!(matches!(
        write_template(&folder.path().join("no/such"), DatasetFormat::Json, Lang::En),
        Err(ExportError::Write { .. })
    ));
}

#[test]
fn what_cannot_be_opened_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open(&folder.path().join("none")), Err(OpenError::NotFound(_))));
    let text = folder.path().join("data.txt");
    fs::write(&text, "").unwrap();
    assert!(matches!(open(&text), Err(OpenError::UnknownFormat(_))));
}

#[test]
fn a_large_market_is_checked_in_one_go() {
    let mut parties = String::from("id,name,kind,listed\n");
    let mut holdings = String::from("holder,company,percent\n");
    for i in 0..30_000u32 {
        let character = char::from_u32(0x4E00 + i % 20_000).unwrap();
        parties
            .push_str(&format!("c{i},中国{character}方科技有限公司{},company,\n", "股".repeat((i / 20_000) as usize)));
        holdings.push_str(&format!("c{},c{i},51\nc{},c{i},49\n", i / 2 + 40_000, i / 3));
    }
    let loaded = folder(&[("parties.csv", &parties), ("holdings.csv", &holdings)]);
    assert_eq!(loaded.rows, 90_000);
    // The first thousand of each kind in full, in their order, and after them how many more there are.
    for code in ["similar-names", "unknown-party"] {
        let of_kind: Vec<_> = loaded.findings.iter().filter(|finding| finding.code == code).collect();
        assert_eq!(of_kind.len(), 1001, "{code}");
        assert!(of_kind[..1000].is_sorted_by_key(|finding| finding.row));
        assert!(
            of_kind[..1000].iter().all(|finding| finding.row.is_some() && finding.severity == of_kind[1000].severity)
        );
        let rest: Vec<&str> = of_kind[1000].message.en.split(' ').collect();
        let ["and", more, "more", "of", "this", "kind"] = rest[..] else { panic!("{rest:?}") };
        assert!(more.parse::<usize>().unwrap() > 18_000, "{code}: {more}");
    }
    let first = loaded.findings.iter().find(|finding| finding.code == "unknown-party").unwrap();
    assert_eq!((first.row, first.line), (Some(1), Some(2)));
    assert!(loaded.findings.iter().all(|f| f.severity == Severity::Warning || f.code == "unknown-party"));
}
