//! Names and identifiers, made from small tables; a number keeps every name apart from every other.

use super::dice::date;
use super::rows::push_number;
use crate::facts::PartyKind;
use chrono::Datelike as _;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀英", "建国",
    "志强", "丽华", "海燕", "文博", "晓东", "雪梅", "国栋", "玉兰", "家豪", "思远", "子涵", "雨桐", "浩然", "佳怡",
];
const PLACES: &[&str] = &[
    "江州", "云港", "海宁", "北岭", "南浦", "青川", "临江", "宁海", "华阳", "东山", "西河", "安平", "永康", "新城",
    "平湖", "长兴",
];
const WORDS: &[&str] = &[
    "恒泰", "瑞丰", "金石", "远航", "中和", "天成", "宏达", "明德", "汇通", "鼎新", "启明", "广源", "博雅", "嘉禾",
    "润泽", "正大", "凯旋", "盛世", "同创", "华岳", "银河", "星辰", "百川", "万象", "锦绣", "光华", "兴业", "聚力",
    "立信", "泰和", "安信", "德邦",
];
const TRADES: &[&str] = &[
    "科技", "实业", "投资", "贸易", "置业", "能源", "医药", "电子", "材料", "物流", "食品", "机械", "环保", "文化",
    "化工", "农业",
];
/// Where facts come from.
pub(super) const SOURCES: &[&str] = &[
    "工商登记",
    "公司章程",
    "股东名册",
    "年报2019",
    "年报2020",
    "年报2021",
    "半年报2022",
    "公告2021-037",
    "公告2022-012",
    "权益变动报告书",
    "招股说明书",
    "问卷",
];
/// Exchanges, most common first.
pub(super) const EXCHANGES: &[&str] = &["SSE", "SZSE", "SSE", "SZSE", "BSE"];

/// An entry of a table by one part of a number; the number without that part is left.
fn take<'t>(table: &[&'t str], number: &mut u64) -> &'t str {
    let length = table.len() as u64;
    let entry = table.get((*number % length) as usize).copied().unwrap_or_default();
    *number /= length;
    entry
}

/// Writes the name of a person.
pub(super) fn person(name: &mut Vec<u8>, mut number: u64, serial: u32) {
    name.clear();
    name.extend_from_slice(take(SURNAMES, &mut number).as_bytes());
    name.extend_from_slice(take(GIVEN, &mut number).as_bytes());
    push_number(name, serial);
}

/// Writes the name of an organisation.
pub(super) fn organisation(name: &mut Vec<u8>, mut number: u64, serial: u32, kind: PartyKind, listed: bool) {
    name.clear();
    name.extend_from_slice(take(PLACES, &mut number).as_bytes());
    if kind == PartyKind::StateBody {
        name.extend_from_slice("国资委".as_bytes());
        push_number(name, serial);
        return;
    }
    name.extend_from_slice(take(WORDS, &mut number).as_bytes());
    name.extend_from_slice(take(TRADES, &mut number).as_bytes());
    push_number(name, serial);
    let end = match kind {
        PartyKind::Partnership => "合伙企业（有限合伙）",
        PartyKind::Organisation => "促进会",
        _ if listed => "股份有限公司",
        _ => "有限公司",
    };
    name.extend_from_slice(end.as_bytes());
}

/// Appends `width` digits of a number.
fn padded(text: &mut Vec<u8>, number: u32, width: u32) {
    for place in (0..width).rev() {
        text.push(b'0'.wrapping_add((number / 10u32.pow(place) % 10) as u8));
    }
}

/// Writes an identity-card number (GB 11643) with this birth date.
pub(super) fn identity_card(text: &mut Vec<u8>, serial: u32, born: i32) {
    text.clear();
    let (region, order) = (serial / 1000 % 6200, serial % 1000);
    padded(text, 11 + region % 31, 2);
    padded(text, 1 + region / 31 % 20, 2);
    padded(text, 1 + region / 620, 2);
    let born = date(born);
    padded(text, born.year().unsigned_abs(), 4);
    padded(text, born.month(), 2);
    padded(text, born.day(), 2);
    padded(text, order, 3);
    let weights = [7u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = text.iter().zip(weights).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    text.push(b"10X98765432".get((sum % 11) as usize).copied().unwrap_or(b'0'));
}

/// Writes a unified social credit code (GB 32100).
pub(super) fn credit_code(text: &mut Vec<u8>, serial: u32) {
    text.clear();
    text.extend_from_slice(b"91");
    padded(text, 110_101 + serial % 40 * 10_000, 6);
    padded(text, serial, 9);
    let (mut weight, mut sum) = (1, 0);
    for digit in text.iter() {
        sum += u32::from(digit.wrapping_sub(b'0')) * weight;
        weight = weight * 3 % 31;
    }
    let check = b"0123456789ABCDEFGHJKLMNPQRTUWXY".get(((31 - sum % 31) % 31) as usize);
    text.push(check.copied().unwrap_or(b'0'));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers() {
        let mut text = Vec::new();
        person(&mut text, 0, 12);
        assert_eq!(text, "王伟12".as_bytes());
        organisation(&mut text, 0, 7, PartyKind::Company, true);
        assert_eq!(text, "江州恒泰科技7股份有限公司".as_bytes());
        identity_card(&mut text, 5, super::super::dice::ASKED);
        assert_eq!(text.len(), 18);
        assert!(text.starts_with(b"11010120220630005"));
        credit_code(&mut text, 5);
        assert_eq!(text.len(), 18);
    }
}
