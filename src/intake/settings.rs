//! The table of settings.

use super::code::Code;
use super::collected::Collected;
use super::finding::Finding;
use super::headings::suggest;
use super::near::nearest;
use super::raw::RawTable;
use super::schema::SETTINGS;
use super::text::{Lang, both};
use std::collections::BTreeMap;

/// Reads the settings under their English names; a setting without a value is one that is not given.
pub(crate) fn read(table: &RawTable, settings: &mut BTreeMap<String, String>, findings: &mut Collected) {
    for (index, mark) in table.rows.iter().enumerate() {
        let (key, value) = (table.cell(index, 0), table.cell(index, 1));
        let mut found = |finding: Finding| findings.push(table.place(finding).row(mark.number, mark.line));
        if key.is_empty() {
            let message = both!("key is empty, and every row needs one", "“键”为必填，此处为空");
            found(Finding::new(Code::RequiredCellEmpty, message).column("key").value(key));
            continue;
        }
        let Some((name, _)) = SETTINGS.iter().find(|(en, zh)| *en == key || *zh == key) else {
            let message = both!("`{key}` is no setting; it was not used", "“{key}”不是已知设置，未使用");
            let finding = Finding::new(Code::UnknownSetting, message).column("key").value(key);
            let finding = finding.expected(both!("one of subject, rules, language", "以下之一：上市公司、规则、语言"));
            found(suggest(finding, &nearest(key, SETTINGS.iter().flat_map(|(en, zh)| [*en, *zh]))));
            continue;
        };
        if value.is_empty() {
            continue;
        }
        if *name == "language" && Lang::from_tag(value).is_none() {
            let message = both!("`{value}` is no language of this program", "本程序不支持语言“{value}”");
            let finding = Finding::new(Code::NotOnList, message).column("value").value(value);
            found(finding.expected(both!("zh or en", "zh 或 en")));
            continue;
        }
        if settings.insert((*name).to_owned(), value.to_owned()).is_some() {
            let message = both!("the setting {name} is given twice", "设置“{name}”出现两次");
            let remedy = both!("keep one of the two", "请只保留一行");
            found(Finding::new(Code::DuplicateSetting, message).column("key").value(key).remedy(remedy));
        }
    }
}
