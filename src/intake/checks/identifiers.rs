//! Identity-card numbers (GB 11643) and unified social credit codes (GB 32100).

use super::Checker;
use crate::facts::{Party, PartyId, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::{Text, both};
use chrono::NaiveDate;

/// What is wrong with an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Length,
    Letters,
    Date,
    CheckDigit,
}

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    checker.each(facts.parties().len(), |checker, index| {
        let Some(identifier) = facts.identifier(PartyId::new(index)) else { return };
        let party = facts.party(PartyId::new(index));
        // Numbers of other countries follow other rules, and a number that is masked already cannot be checked.
        if party.country.is_some_and(|country| !matches!(country, "CN" | "CHN" | "中国")) || identifier.contains('*')
        {
            return;
        }
        let fault = if party.is_person() { identity_card(identifier) } else { credit_code(identifier) };
        let finding = match (fault, party.birth_date) {
            (Some(fault), _) => Finding::new(Code::BadIdentifier, fault_text(fault, &party)),
            (None, Some(birth)) if party.is_person() && card_birth(identifier).is_some_and(|day| day != birth) => {
                let message = both!(
                    "the birth date in the identity-card number is not the one in birth_date",
                    "身份证号码中的出生日期与“出生日期”列不一致"
                );
                Finding::new(Code::BirthDateDiffers, message)
            }
            _ => return,
        };
        let remedy = both!("check the number against the document", "请对照证件核对");
        checker.found(Table::Parties, index, finding.column("identifier").value(identifier).remedy(remedy));
    });
}

fn fault_text(fault: Fault, party: &Party<'_>) -> Text {
    let (en, zh) = if party.is_person() {
        ("identity-card number", "身份证号码")
    } else {
        ("unified social credit code", "统一社会信用代码")
    };
    match fault {
        Fault::Length => both!("the {en} has not 18 characters", "{zh}不是 18 位"),
        Fault::Letters => both!("the {en} has characters that such a code never has", "{zh}含有不应出现的字符"),
        Fault::Date => both!("the {en} has no day of the calendar in it", "{zh}中的出生日期不存在"),
        Fault::CheckDigit => both!("the check digit of the {en} is wrong", "{zh}的校验码不正确"),
    }
}

/// Checks what looks like an identity-card number; passports and other papers pass, as do old numbers of 15 digits.
fn identity_card(text: &str) -> Option<Fault> {
    let body = text.strip_suffix(['X', 'x']).unwrap_or(text);
    let looks_like_one = body.bytes().all(|byte| byte.is_ascii_digit()) && (16..=20).contains(&text.len());
    if !looks_like_one {
        return None;
    }
    if text.len() != 18 {
        return Some(Fault::Length);
    }
    if card_birth(text).is_none() {
        return Some(Fault::Date);
    }
    // Weights are the powers of two modulo 11 (GB 11643-1999).
    let weights = [7u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = text.bytes().zip(weights).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    let expected = b"10X98765432".get(usize::try_from(sum % 11).unwrap_or_default());
    let last = text.bytes().last().map(|byte| byte.to_ascii_uppercase());
    (last.as_ref() != expected).then_some(Fault::CheckDigit)
}

/// The birth date in a number of 18 characters.
fn card_birth(text: &str) -> Option<NaiveDate> {
    if text.len() != 18 {
        return None;
    }
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(number(6..10)?).ok()?, number(10..12)?, number(12..14)?)
}

/// The characters of a unified social credit code, each with its value (GB 32100-2015: no I, O, S, V, Z).
const CREDIT_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Checks what looks like a unified social credit code; older registration numbers and foreign ones pass.
fn credit_code(text: &str) -> Option<Fault> {
    let looks_like_one = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.get(0..8).is_some_and(|start| start.bytes().skip(2).all(|byte| byte.is_ascii_digit()));
    match text.len() {
        18 if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {}
        17 | 19 if looks_like_one => return Some(Fault::Length),
        _ => return None,
    }
    let mut values = Vec::with_capacity(18);
    for character in text.chars() {
        let Some(value) = CREDIT_ALPHABET.find(character.to_ascii_uppercase()) else { return Some(Fault::Letters) };
        values.push(value);
    }
    // Weights are the powers of three modulo 31.
    let mut weight = 1;
    let mut sum = 0;
    for value in values.iter().take(17) {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (values.last() != Some(&((31 - sum % 31) % 31))).then_some(Fault::CheckDigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_cards() {
        // The example of the standard.
        assert_eq!(identity_card("11010519491231002X"), None);
        assert_eq!(identity_card("11010519491231002x"), None);
        assert_eq!(identity_card("110105194912310021"), Some(Fault::CheckDigit));
        assert_eq!(identity_card("110105194913310021"), Some(Fault::Date));
        assert_eq!(identity_card("1101051949123100"), Some(Fault::Length));
        assert_eq!(identity_card("110105491231002"), None);
        assert_eq!(identity_card("E12345678"), None);
    }

    #[test]
    fn credit_codes() {
        assert_eq!(credit_code("91350100M000100Y43"), None);
        assert_eq!(credit_code("91350100M000100Y44"), Some(Fault::CheckDigit));
        assert_eq!(credit_code("91350100M000100Y4O"), Some(Fault::Letters));
        assert_eq!(credit_code("91350100M000100Y4"), Some(Fault::Length));
        assert_eq!(credit_code("5493001KJTIIGC8Y1R12"), None);
    }
}
