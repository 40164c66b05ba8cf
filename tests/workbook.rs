//! Workbooks: as data, as templates, as answers.
#![cfg(feature = "xlsx")]
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use assert_cmd::Command;
use calamine::{Data, Reader, SheetVisible, Xlsx, open_workbook};
use relata::export::{DatasetFormat, write_template};
use relata::facts::Lang;
use relata::intake::{Finding, Loaded, OpenError, from_json, open};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name)
}

/// Saves a workbook and reads it as a dataset.
fn read(mut book: Workbook) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    book.save(&path).unwrap();
    open(&path).unwrap()
}

fn sheet<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let page = book.add_worksheet().set_name(name).unwrap();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            page.write_string(row, column, *cell).unwrap();
        }
    }
    page
}

fn parties(book: &mut Workbook) {
    let rows: [&[&str]; 4] = [
        &["编号", "名称", "类型", "上市地"],
        &["L", "甲股份有限公司", "公司", "SSE"],
        &["A", "乙集团", "公司"],
        &["p", "张三", "自然人"],
    ];
    sheet(book, "主体", &rows);
}

fn lines(findings: &[Finding], lang: Lang) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code, finding.place(lang), finding.message.text(lang)))
        .collect()
}

/// The same holdings in JSON.
fn expected(holdings: serde_json::Value) -> Loaded {
    let dataset = json!({
        "parties": [
            {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
            {"id": "A", "name": "乙集团", "kind": "company"},
            {"id": "p", "name": "张三", "kind": "person"},
        ],
        "holdings": holdings,
    });
    from_json(&dataset.to_string(), "expected.json")
}

#[test]
fn a_board_offices_own_workbook_is_read() {
    let mut book = Workbook::new();
    parties(&mut book);
    let page = book.add_worksheet().set_name("持股").unwrap();
    page.merge_range(0, 0, 0, 5, "甲股份有限公司股权结构表", &Format::new().set_bold()).unwrap();
    page.write_string(1, 3, "单位：%").unwrap();
    for (column, heading) in (0u16..).zip(["持有人", "被持有主体", "持股比例", "起始日", "截止日", "来源", "是否"])
    {
        page.write_string(3, column, heading).unwrap();
    }
    let (percent, day) =
        (Format::new().set_num_format("0.00%"), Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""));
    let put = |page: &mut Worksheet, row: u32, holder: &str, company: &str| {
        page.write_string(row, 0, holder).unwrap();
        page.write_string(row, 1, company).unwrap();
    };
    put(page, 4, "A", "L");
    page.write_number_with_format(4, 2, 0.4286, &percent).unwrap();
    page.write_datetime_with_format(4, 3, ExcelDateTime::from_ymd(2022, 1, 5).unwrap(), &day).unwrap();
    page.write_string(4, 4, "2023-04-30?").unwrap();
    page.write_number(4, 5, 12).unwrap();
    page.write_string(4, 8, "旁注").unwrap();
    // A row that is only formatted, then one below it.
    page.write_blank(5, 2, &percent).unwrap();
    put(page, 6, "p", "A");
    page.write_number(6, 2, 5).unwrap();
    page.write_string(6, 3, "2020-02-29").unwrap();
    put(page, 7, "p", "L");
    page.write_formula_with_format(7, 2, Formula::new("=0.07*1").set_result("0.07"), &percent).unwrap();
    page.write_formula(7, 5, Formula::new("=\"年\"&\"报\"").set_result("年报")).unwrap();
    let loaded = read(book);
    assert_eq!(
        lines(&loaded.findings, Lang::Zh),
        [
            "rows-above-headings book.xlsx: 工作表“持股”，工作表第 1 行: 工作表第 1 至 2 行在表头之上，未读取",
            "unknown-column book.xlsx: 工作表“持股”，“”列: I 列有内容而无表头，未读取",
            "unknown-column book.xlsx: 工作表“持股”，“是否”列: “是否”不是持股表的列，未读取",
        ]
    );
    let same = expected(json!([
        {"holder": "A", "company": "L", "percent": "42.86", "from": "2022-01-05", "until": "2023-04-30?", "source": "12"},
        {"holder": "p", "company": "A", "percent": "5", "from": "2020-02-29"},
        {"holder": "p", "company": "L", "percent": "7", "source": "年报"},
    ]));
    assert_eq!(loaded.digest, same.digest);
    assert_eq!(loaded.rows, 6);
}

#[test]
fn findings_name_the_sheet_and_its_row() {
    let mut book = Workbook::new();
    parties(&mut book);
    let rows: [&[&str]; 4] = [
        &["holder", "company", "percent", "from"],
        &["A", "L", "120", ""],
        &["", "", "", ""],
        &["A", "L", "5", "5 Jan"],
    ];
    sheet(&mut book, "Holdings", &rows);
    let loaded = read(book);
    let (en, zh) = (lines(&loaded.findings, Lang::En), lines(&loaded.findings, Lang::Zh));
    assert_eq!(
        en,
        [
            "percent-out-of-bounds book.xlsx: sheet Holdings, row 1, line 2 of the sheet, column percent: `120` lies outside 0 to 100 %",
            "bad-date book.xlsx: sheet Holdings, row 2, line 4 of the sheet, column from: `5 Jan` cannot be read as a date",
        ]
    );
    assert_eq!(
        zh[0],
        "percent-out-of-bounds book.xlsx: 工作表“Holdings”，第 1 行，工作表第 2 行，“持股比例”列: “120”不在 0 至 100% 之间"
    );
    assert_eq!(serde_json::to_value(&loaded.findings[0]).unwrap()["sheet"], "Holdings");
}

#[test]
fn sheets_that_are_no_tables_are_told_of_and_notes_are_not() {
    let mut book = Workbook::new();
    sheet(&mut book, "说明", &[&["如何填写"]]);
    sheet(&mut book, "Sheet1", &[]);
    sheet(&mut book, "备忘", &[&["随手记"]]);
    parties(&mut book);
    sheet(&mut book, "持股", &[&["持有人", "被持有主体"], &["A", "L"]]).set_hidden(true);
    sheet(&mut book, "任职", &[&["任职人", "任职单位", "职务"], &["p", "L", "董事长"]]);
    sheet(&mut book, "positions", &[&["person", "organisation", "role"], &["p", "A", "chair"]]);
    let loaded = read(book);
    assert_eq!(
        lines(&loaded.findings, Lang::En),
        [
            "duplicate-table book.xlsx: sheet positions: the table positions stands on the sheet `任职` already",
            "unknown-table book.xlsx: sheet 备忘: `备忘` is no table of a dataset; it was not read",
            "unknown-table book.xlsx: sheet 持股: the sheet `持股` is hidden; it was not read",
        ]
    );
}

#[test]
fn other_workbooks_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.xls", "a.xlsb", "a.ods", "a.ET"] {
        let path = folder.path().join(name);
        fs::write(&path, "").unwrap();
        assert!(matches!(open(&path), Err(OpenError::OtherWorkbook(_))), "{name}");
    }
    let path = folder.path().join("a.xlsx");
    fs::write(&path, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old").unwrap();
    let loaded = open(&path).unwrap();
    assert_eq!(loaded.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["not-a-workbook"]);
}

fn opened(path: &Path) -> Xlsx<BufReader<fs::File>> {
    open_workbook(path).unwrap()
}

#[test]
fn a_template_holds_nothing_and_helps_to_fill_it_in() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, first, lists) in [(Lang::Zh, "说明", "亲属"), (Lang::En, "notes", "kinships")] {
        let path = folder.path().join(format!("{first}.xlsx"));
        write_template(&path, DatasetFormat::Xlsx, lang).unwrap();
        let loaded = open(&path).unwrap();
        assert_eq!(lines(&loaded.findings, lang), [""; 0]);
        assert_eq!((loaded.rows, loaded.facts.row_count(), loaded.facts.settings.len()), (0, 0, 1));
        let mut book = opened(&path);
        let names = book.sheet_names();
        assert_eq!((names.len(), names[0].as_str(), names[17].as_str()), (18, first, "codes"));
        assert!(names.iter().any(|name| name == lists));
        assert_eq!(book.sheets_metadata()[17].visible, SheetVisible::Hidden);
        let texts: BTreeSet<String> =
            cells(&mut book, "codes").into_iter().flatten().map(|cell| cell.to_string()).collect();
        for code in lang.pick(["配偶", "董事长", "普通合伙人"], ["spouse", "chair", "9.10"]) {
            assert!(texts.contains(code), "{code}");
        }
        // One example for each table but the settings, on the notes alone.
        let notes = cells(&mut book, first);
        let mark = lang.pick("示例", "example:");
        assert_eq!(notes.iter().filter(|row| row[0] == Data::String(mark.into())).count(), 15);
        // Filled in as a person would: what looks like a date or a percentage is typed as one.
        let again = folder.path().join(format!("{first}-2.xlsx"));
        write_template(&again, DatasetFormat::Xlsx, lang).unwrap();
        assert_eq!(fs::read(&path).unwrap(), fs::read(&again).unwrap());
    }
}

fn cells(book: &mut Xlsx<BufReader<fs::File>>, name: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn relata(args: &[&str], data: &Path, out: &Path) {
    let (command, rest) = args.split_first().unwrap();
    let mut relata = Command::cargo_bin("relata").unwrap();
    relata.arg(command).arg(data).args(rest).args(["--format", "xlsx", "-o"]).arg(out).assert().success();
}

#[test]
fn a_register_is_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("register.xlsx");
    relata(&["register", "--as-of", "2022-06-30", "--lang", "zh"], &sample("tour"), &out);
    let mut book = opened(&out);
    let names = book.sheet_names();
    assert_eq!(names.first().map(String::as_str), Some("概要"));
    assert_eq!(names[names.len() - 3..], ["证明", "数据提示", "关于本表"]);
    let name = names.iter().find(|name| name.starts_with("关联法人")).unwrap().clone();
    let table = cells(&mut book, &name);
    assert_eq!(table[0], ["编号", "名称", "条款", "事由", "状态"].map(|text| Data::String(text.into())));
    // Every row says whom it is about.
    assert!(table.iter().all(|row| row[0] != Data::Empty), "{table:?}");
    let chains = cells(&mut book, "证明");
    assert_eq!(chains[0].last(), Some(&Data::String("证明".into())));
    let days: Vec<&Data> = chains[1..].iter().flat_map(|row| &row[4..7]).filter(|cell| **cell != Data::Empty).collect();
    assert!(days.len() > 2 && days.iter().all(|cell| matches!(cell, Data::DateTime(_))), "{days:?}");
    // Articles are texts: 5.10 is not 5.1.
    assert!(chains[1..].iter().all(|row| matches!(&row[2], Data::String(_)) && row[7].to_string().contains("1. ")));
    let about = cells(&mut book, "关于本表");
    let value = |what: &str| about.iter().find(|row| row[0] == Data::String(what.into())).unwrap()[1].clone();
    let loaded = open(&sample("tour")).unwrap();
    assert_eq!(value("数据摘要"), Data::String(loaded.digest));
    assert_eq!(value("数据行数"), Data::String(loaded.rows.to_string()));
    assert_eq!(value("日期"), Data::String("2022-06-30".into()));
    let again = folder.path().join("again.xlsx");
    relata(&["register", "--as-of", "2022-06-30", "--lang", "zh"], &sample("tour"), &again);
    assert_eq!(fs::read(&out).unwrap(), fs::read(&again).unwrap());
}

#[test]
fn every_command_writes_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let day = ["--as-of", "2022-06-30"];
    let commands: [(&[&str], &[&str]); 13] = [
        (&["check", "REED", "PORT"], &day),
        (&["owners", "PORT"], &day),
        (&["owned", "PORT"], &day),
        (&["groups"], &day),
        (&["assess"], &[]),
        (&["recuse", "WILLOW"], &["--as-of", "2022-06-01"]),
        (&["daily"], &day),
        (&["announce", "T22"], &[]),
        (&["declarations"], &day),
        (&["filing"], &day),
        (&["calendar", "--from", "2022-06-01"], &[]),
        (&["diff", "--from", "2021-12-31", "--to", "2022-06-30"], &[]),
        (&["validate"], &day),
    ];
    for (args, more) in commands {
        for lang in ["zh", "en"] {
            let out = folder.path().join(format!("{}-{lang}.xlsx", args[0]));
            let args: Vec<&str> = args.iter().chain(more).chain(&["--lang", lang]).copied().collect();
            relata(&args, &sample("tour"), &out);
            let mut book = opened(&out);
            let names = book.sheet_names();
            assert!(
                names.len() >= 2 && names.last().is_some_and(|name| name == "关于本表" || name == "about"),
                "{args:?}: {names:?}"
            );
            for name in &names {
                assert!(name.encode_utf16().count() <= 31);
                let table = cells(&mut book, name);
                assert!(table[0].iter().all(|cell| matches!(cell, Data::String(_))), "{args:?}: {name}");
            }
        }
    }
    // Amounts are numbers, days are days.
    let mut book = opened(&folder.path().join("assess-en.xlsx"));
    let name = book.sheet_names().into_iter().find(|name| name.starts_with("Transactions")).unwrap();
    let table = cells(&mut book, &name);
    assert!(table[1..].iter().all(|row| matches!(row[1], Data::DateTime(_))), "{table:?}");
    assert!(table[1..].iter().any(|row| matches!(row[4], Data::Float(_))), "{table:?}");
    assert!(book.sheet_names().contains(&"chains".to_owned()));
    let chains = cells(&mut book, "chains");
    assert_eq!(chains[0][0], Data::String("transaction".into()));
}

#[test]
fn warnings_about_the_data_stand_in_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data.json"), folder.path().join("out.xlsx"));
    let dataset = json!({
        "parties": [{"id": "L", "name": "=1+1", "kind": "company", "listed": "SSE", "mood": "x"}],
        "settings": {"subject": "L"},
    });
    fs::write(&data, dataset.to_string()).unwrap();
    relata(&["register", "--as-of", "2022-06-30", "--lang", "en"], &data, &out);
    let mut book = opened(&out);
    let findings = cells(&mut book, "findings");
    assert_eq!(findings[1][1], Data::String("unknown-column".into()));
    // A name that looks like a formula is a text.
    assert!(book.worksheet_formula("about").unwrap().is_empty());
    assert!(cells(&mut book, "about")[1][1].to_string().contains("=1+1"));
}
