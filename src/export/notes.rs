//! The first sheet of a workbook: how to fill it in, and an example for each table. Examples stand here and not on the
//! sheets of the tables, so that none is ever taken for a fact.

use super::sheet;
use super::{Content, meanings, rows};
use crate::facts::{Facts, Lang};
use crate::intake::{NOTES, TABLES, from_json};
use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};
use serde_json::json;

const RULES: [(&str, &str); 9] = [
    (
        "一张工作表为一张表，首行为表头；列的顺序不限，用不到的列和表可以留空。",
        "One sheet is one table, with headings in its first row. Columns may stand in any order; what is not needed stays empty.",
    ),
    (
        "底色较深的表头为必填列。鼠标移到表头上可查看填写说明。",
        "Columns with a darker heading are required. Point at a heading to read what it means.",
    ),
    (
        "先填“主体”表；其他各表以其中的编号引用各主体，不用名称。",
        "Fill in `parties` first; all other sheets refer to parties by their ids, not by name.",
    ),
    (
        "日期可用日期格式，也可写作文本 2022-01-05。起始日、截止日可填“?”（日期不详）。",
        "A day may be a date cell or the text 2022-01-05. `from` and `until` may be `?` (not known).",
    ),
    (
        "比例以百分数表示：5 即 5%；百分比格式的单元格照其显示读取。可填区间 25-50 或者分数 100/3。",
        "Percentages are in percent: 5 is 5 %; cells formatted as percentages are read as they show. A range 25-50 or a fraction 100/3 may be written.",
    ),
    (
        "金额单位为元。证件号码、编号等请保持文本格式：表格软件只保留数字的前 15 位。",
        "Amounts are in yuan. Keep ids and numbers of papers as text: spreadsheets keep only the first 15 digits of a number.",
    ),
    ("有下拉列表的单元格请从列表中选取。", "Choose from the list where a cell offers one."),
    ("“设置”表中的“上市公司”填写其编号。", "In `settings`, `subject` is the id of the listed company."),
    (
        "填好后运行 relata validate 文件名，逐项查看问题及处理办法。本说明页不作为数据读取。",
        "When done, run: relata validate FILE. This sheet is not read as data.",
    ),
];

/// Writes the sheet.
pub(super) fn write(content: &Content<'_>, book: &mut Workbook) -> Result<(), XlsxError> {
    let lang = content.lang;
    let [en, zh] = NOTES;
    let page = book.add_worksheet().set_name(lang.pick(zh, en))?;
    page.set_column_width(0, 28)?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    for column in 1..=24 {
        page.set_column_width(column, 16)?;
    }
    let bold = Format::new().set_bold().set_font_size(14);
    page.write_string_with_format(0, 0, lang.pick("填写说明", "How to fill in this workbook"), &bold)?;
    let mut row = 1;
    for (zh, en) in RULES {
        page.write_string(row, 0, format!("{}. {}", row, lang.pick(zh, en)))?;
        row += 1;
    }
    examples(page, lang, row + 1)
}

/// For each table what it is for, and one row as it might be.
fn examples(page: &mut Worksheet, lang: Lang, from: u32) -> Result<(), XlsxError> {
    let facts = example(lang);
    let (bold, grey) = (Format::new().set_bold(), Format::new().set_italic().set_font_color(Color::Gray));
    let mut row = from;
    let title =
        lang.pick("各表用途与示例（示例均为虚构，仅供参考）", "What each sheet is for, with an invented example");
    page.write_string_with_format(row, 0, title, &Format::new().set_bold().set_font_size(12))?;
    row += 2;
    for schema in TABLES.iter() {
        let (name, purpose) = (lang.pick(schema.zh, schema.en), meanings::of_table(schema, lang));
        page.write_string_with_format(row, 0, format!("{name}{}{purpose}", lang.pick("：", ": ")), &bold)?;
        let Some(first) = schema.table.and_then(|table| rows::of(&facts, table, lang).next()) else {
            row += 2;
            continue;
        };
        page.write_string_with_format(row + 2, 0, lang.pick("示例", "example:"), &grey)?;
        for (at, (column, cell)) in (1u16..).zip(schema.columns.iter().zip(&first)) {
            page.write_string_with_format(row + 1, at, lang.pick(column.zh, column.en), &sheet::heading())?;
            page.write_string_with_format(row + 2, at, cell.as_ref(), &grey)?;
        }
        row += 4;
    }
    Ok(())
}

/// A dataset with one row of everything.
pub(super) fn example(lang: Lang) -> Facts {
    let source = lang.pick("2021年年度报告第30页", "annual report 2021, page 30");
    let dataset = json!({
        "parties": [
            {"id": "C01", "name": lang.pick("甲股份有限公司", "Alpha Co., Ltd."), "kind": "company", "listed": "SSE",
             "aliases": lang.pick("甲有限;甲厂", "Alpha Works;Alpha"), "country": "CN"},
            {"id": "C02", "name": lang.pick("乙投资有限公司", "Beta Investment"), "kind": "company"},
            {"id": "P01", "name": lang.pick("张三", "Zhang San"), "kind": "person", "birth_date": "1970-01-01"},
            {"id": "P02", "name": lang.pick("李四", "Li Si"), "kind": "person"},
        ],
        "holdings": [{"holder": "C02", "company": "C01", "percent": "42.86", "from": "2020-01-01", "source": source}],
        "proxies": [{"principal": "P02", "agent": "C02", "company": "C01", "votes_percent": "3.5", "from": "2021-06-01",
                     "until": "2024-05-31"}],
        "controls": [{"controller": "P01", "controlled": "C02", "basis": "actual_controller", "from": "2020-01-01",
                      "source": source}],
        "concert": [{"group": lang.pick("张李一致行动", "Zhang and Li"), "member": "P01", "company": "C01", "lead": "yes"}],
        "positions": [{"person": "P01", "organisation": "C01", "role": "chair", "from": "2020-05-20", "source": source}],
        "kinships": [{"person": "P01", "relative": "P02", "relation": "spouse"}],
        "designations": [{"party": "C02", "authority": "company", "reason": lang.pick("实质重于形式", "substance over form")}],
        "vote_restrictions": [{"shareholder": "P02", "beneficiary": "C02", "company": "C01",
                               "reason": lang.pick("股份转让尚未过户", "shares sold and not yet transferred"), "until": "?"}],
        "financials": [{"party": "C01", "period_end": "2021-12-31", "net_assets": "1000000000", "source": source}],
        "transactions": [{"id": "T01", "date": "2022-03-01", "counterparty": "C02", "kind": "9.12", "amount": "1500000",
                          "approved": "none", "forecast": "2022-01"}],
        "forecasts": [{"forecast": "2022-01", "group": "C02", "kind": "9.12", "year": "2022", "amount": "20000000",
                       "approved": "board", "approved_on": "2022-03-20"}],
        "particulars": [{"transaction": "T01", "item": "purpose",
                         "text": lang.pick("补充原材料供应", "a second source of raw materials")}],
        "declarations": [{"declarant": "P01", "party": "C02", "date": "2022-01-05",
                          "relation": lang.pick("本人控制的企业", "a company I control")}],
        "movements": [{"holder": "C02", "company": "C01", "kind": "bought", "percent": "1.2", "date": "2021-09-30"}],
    });
    from_json(&dataset.to_string(), "example").facts
}
