//! A list of counterparties as people keep it: a CSV file with a column of names, identifiers or ids, or names a line.

use super::{Inquiry, Refusal};
use crate::facts::fold;
use crate::intake::both;
use crate::register::{Wanted, Workshop, screen};
use crate::report::ScreenReport;

/// Headings of columns of ids.
const IDS: [&str; 4] = ["id", "编号", "party", "主体编号"];

/// Headings of columns of names.
const NAMES: [&str; 18] = [
    "name",
    "名称",
    "姓名",
    "公司名称",
    "单位名称",
    "企业名称",
    "供应商",
    "供应商名称",
    "客户",
    "客户名称",
    "交易对方",
    "交易对方名称",
    "counterparty",
    "supplier",
    "customer",
    "company",
    "主体",
    "全称",
];

/// Headings of columns of identifiers.
const IDENTIFIERS: [&str; 9] = [
    "identifier",
    "证件号码",
    "统一社会信用代码",
    "信用代码",
    "社会信用代码",
    "身份证号",
    "身份证号码",
    "税号",
    "纳税人识别号",
];

/// Rows among which the heading is looked for: titles may stand above it.
const ABOVE: usize = 10;

impl Inquiry<'_> {
    /// A list of counterparties held against the register at once.
    pub fn screen<R>(&self, list: &[Wanted], then: impl FnOnce(&ScreenReport<'_>) -> R) -> R {
        let (question, resolver) = (self.question(), self.resolver());
        let standing = resolver.standing_in(&mut Workshop::default(), &question, true);
        let screened = screen(self.dataset().facts(), &standing, list);
        self.show(&question, |context| then(&ScreenReport { context, list, screened: &screened, standing: &standing }))
    }
}

/// A list that is nothing but names, one for each line; blank ones are left out.
#[must_use]
pub fn names(names: impl IntoIterator<Item = String>) -> Vec<Wanted> {
    let names = names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    (1u32..).zip(names).map(|(row, name)| Wanted { row, name: Some(name), ..Wanted::default() }).collect()
}

/// A list in the bytes of a file, whatever it is.
///
/// # Errors
/// Where it cannot be read or names nobody.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Wanted>, Refusal> {
    csv_list(bytes)
}

/// A list in the text of a CSV file.
///
/// # Errors
/// Where it is not UTF-8 or names nobody.
pub fn csv_list(bytes: &[u8]) -> Result<Vec<Wanted>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let line = bytes.iter().take(fault.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        Refusal::Usage(both!(
            "line {line} of the list is not written in UTF-8; save it again as CSV UTF-8",
            "名单第{line}行的编码不是 UTF-8；请另存为“CSV UTF-8”"
        ))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|fault| Refusal::Usage(both!("the list: {fault}", "名单：{fault}")))?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    list(&rows)
}

/// A list in rows of cells. The heading is the first row that has one of the headings known; where there is none, the
/// first column holds the names.
///
/// # Errors
/// Where it names nobody.
pub fn list(rows: &[Vec<String>]) -> Result<Vec<Wanted>, Refusal> {
    let is_one_of = |cell: &str, headings: &[&str]| headings.iter().any(|heading| fold(heading) == fold(cell));
    let place = |row: &[String], headings: &[&str]| row.iter().position(|cell| is_one_of(cell, headings));
    let heads = rows.iter().take(ABOVE).map(|row| [place(row, &IDS), place(row, &NAMES), place(row, &IDENTIFIERS)]);
    let heading = heads.enumerate().find(|(_, places)| places.iter().any(Option::is_some));
    let (first, [id, name, identifier]) = match heading {
        Some((at, places)) => (at + 1, places),
        None => (0, [None, Some(0), None]),
    };
    let filled = rows.iter().skip(first).filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    let mut wanted = Vec::new();
    for (row, cells) in (1u32..).zip(filled) {
        let cell = |place: Option<usize>| {
            let text = cells.get(place?)?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        wanted.push(Wanted { row, id: cell(id), name: cell(name), identifier: cell(identifier) });
    }
    if wanted.iter().all(|one| one.id.is_none() && one.name.is_none() && one.identifier.is_none()) {
        return Err(Refusal::Usage(both!(
            "the list names nobody; it needs a column headed name, id or identifier, or a name on each line",
            "名单中没有任何主体；请提供表头为“名称”“编号”或者“证件号码”的列，或者每行一个名称"
        )));
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, String, String, String)> {
        let cell = |text: &Option<String>| text.clone().unwrap_or_default();
        let list = csv_list(text.as_bytes()).unwrap_or_default();
        list.iter().map(|one| (one.row, cell(&one.id), cell(&one.name), cell(&one.identifier))).collect()
    }

    fn row(row: u32, id: &str, name: &str, identifier: &str) -> (u32, String, String, String) {
        (row, id.to_owned(), name.to_owned(), identifier.to_owned())
    }

    #[test]
    fn lists_are_read_as_people_keep_them() {
        for (text, expected) in [
            ("甲公司\n乙公司\n", vec![row(1, "", "甲公司", ""), row(2, "", "乙公司", "")]),
            ("供应商名称,统一社会信用代码\n甲公司,91\n,92\n", vec![row(1, "", "甲公司", "91"), row(2, "", "", "92")]),
            ("\u{feff}合格供应商名单,,\n序号,供应商 名称,备注\n1,甲公司,\n", vec![row(1, "", "甲公司", "")]),
            ("ID,Name\nX,\n\n , \nY,\"a,b\"\n", vec![row(1, "X", "", ""), row(2, "Y", "a,b", "")]),
            ("甲公司,91\n", vec![row(1, "", "甲公司", "")]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_list_of_nobody_is_refused() {
        for text in ["", "\n\n", "名称,备注\n,x\n"] {
            assert!(csv_list(text.as_bytes()).is_err(), "{text}");
        }
        let refusal = csv_list(b"a\n\xff\n").err().map(|refusal| refusal.message(crate::facts::Lang::En));
        assert!(refusal.is_some_and(|text| text.contains("line 2") && text.contains("UTF-8")));
    }
}
