//! Two parties that may be one: names that are the same but for their writing, or for one character.
//!
//! Comparing every name with every other would be hopeless for millions of parties. Two names that differ by one
//! character have a text in common that one gets by leaving out one character of either (or of the longer one), so
//! only names that share such a text are compared.

use super::Checker;
use crate::facts::{PartyId, Table};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::both;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Shorter names differ by one character all too often.
const SHORTEST: usize = 6;
/// Longer ones are compared by their writing only.
const LONGEST: usize = 120;
/// Texts held at once; more are taken in several passes.
const AT_ONCE: usize = 1 << 24;

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let keys: Vec<Vec<char>> = facts.parties().iter().map(|party| key(party.name)).collect();
    let mut similar: FxHashMap<usize, (usize, bool)> = FxHashMap::default();
    let mut first: FxHashMap<&[char], usize> = FxHashMap::default();
    let mut distinct: Vec<usize> = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        match first.get(key.as_slice()) {
            Some(earlier) if !told_apart(checker, *earlier, index) => {
                similar.insert(index, (*earlier, true));
            }
            Some(_) => {}
            None => {
                first.insert(key, index);
                distinct.push(index);
            }
        }
    }
    for (earlier, later) in one_apart(&keys, &distinct) {
        if !told_apart(checker, earlier, later) {
            let known = similar.entry(later).or_insert((earlier, false));
            if !known.1 {
                known.0 = known.0.min(earlier);
            }
        }
    }
    let mut similar: Vec<_> = similar.into_iter().collect();
    similar.sort_unstable();
    for (later, (earlier, same)) in similar {
        let (a, b) = (checker.name(PartyId::new(earlier)), checker.name(PartyId::new(later)));
        let row = checker.places.number(Table::Parties, earlier);
        let message = if same {
            both!(
                "{b} has the name of {a} (row {row}), but for how it is written",
                "{b}与{a}（第 {row} 行）名称相同或仅写法不同"
            )
        } else {
            both!(
                "the name of {b} differs from that of {a} (row {row}) by one character",
                "{b}与{a}（第 {row} 行）名称仅一字之差"
            )
        };
        let remedy = both!(
            "if they are one party, keep one row and write the other name in aliases; if not, their identifiers tell them apart",
            "若为同一主体，请保留一行并将另一名称写入曾用名；若不是，填写证件号码即可区分"
        );
        let name = facts.name(PartyId::new(later)).to_owned();
        let finding = Finding::new(Code::SimilarNames, message).column("name").value(&name).remedy(remedy);
        checker.found(Table::Parties, later, finding);
    }
}

/// Whether identifiers, kinds or ids show that two rows speak of two parties (or of one, which has its own finding).
fn told_apart(checker: &Checker<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (checker.facts.party(PartyId::new(a)), checker.facts.party(PartyId::new(b)));
    a.id == b.id
        || a.is_person() != b.is_person()
        || matches!((&a.identifier, &b.identifier), (Some(a), Some(b)) if a != b)
}

/// The name without what is only writing: width, case, spaces, kinds of brackets.
fn key(name: &str) -> Vec<char> {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '[' | '{' | '【' | '〔' | '〈' | '《' => '(',
            ']' | '}' | '】' | '〕' | '〉' | '》' => ')',
            '•' | '・' | '‧' | '∙' => '·',
            other => other,
        })
        .collect()
}

/// Pairs of positions, the earlier first, of names that differ by one character which is no numeral: `一号` and `二号`
/// are meant to differ.
fn one_apart(keys: &[Vec<char>], distinct: &[usize]) -> Vec<(usize, usize)> {
    let usable: Vec<usize> =
        distinct.iter().copied().filter(|index| (SHORTEST..=LONGEST).contains(&keys[*index].len())).collect();
    let texts: usize = usable.iter().map(|index| keys[*index].len() + 1).sum();
    let passes = u64::try_from(texts / AT_ONCE).unwrap_or_default() + 1;
    let mut pairs = Vec::new();
    for pass in 0..passes {
        let mut hashes: Vec<(u64, usize)> = Vec::new();
        for index in &usable {
            deletions(&keys[*index], |hash| {
                if hash % passes == pass {
                    hashes.push((hash, *index));
                }
            });
        }
        hashes.sort_unstable();
        hashes.dedup();
        for same in hashes.chunk_by(|a, b| a.0 == b.0) {
            // Names that share a text form a run; neighbours and the first are enough to bring every member to light
            // without comparing all with all.
            let Some((_, head)) = same.first() else { continue };
            for two in same.windows(2) {
                let [(_, before), (_, later)] = two else { continue };
                for earlier in [head, before] {
                    if differ_by_one(&keys[*earlier], &keys[*later]) {
                        pairs.push((*earlier, *later));
                    }
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Calls `each` with a hash of the whole text and of every text that leaves out one character.
fn deletions(text: &[char], mut each: impl FnMut(u64)) {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let code = |c: char| u64::from(u32::from(c)).wrapping_add(1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    // A polynomial hash of prefixes and suffixes, so that each text costs one step.
    let mut suffixes = Vec::with_capacity(text.len() + 1);
    let (mut suffix, mut power) = (0u64, 1u64);
    suffixes.push((suffix, power));
    for c in text.iter().rev() {
        suffix = suffix.wrapping_add(code(*c).wrapping_mul(power));
        power = power.wrapping_mul(BASE);
        suffixes.push((suffix, power));
    }
    suffixes.reverse();
    if let Some((whole, _)) = suffixes.first() {
        each(mix(*whole));
    }
    let mut prefix = 0u64;
    for (c, (suffix, power)) in text.iter().zip(suffixes.iter().skip(1)) {
        each(mix(prefix.wrapping_mul(*power).wrapping_add(*suffix)));
        prefix = prefix.wrapping_mul(BASE).wrapping_add(code(*c));
    }
}

/// Spreads the bits, as the passes look at the low ones.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 31)).wrapping_mul(0x7FB5_D329_728E_A185);
    hash ^ (hash >> 29)
}

/// Whether one character is replaced, added or left out, and it is not a matter of numbering.
fn differ_by_one(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (short.get(start..).unwrap_or_default(), long.get(start..).unwrap_or_default());
    match (short, long) {
        ([x, a @ ..], [y, b @ ..]) if short.len() == long.len() => a == b && !(is_ordinal(*x) && is_ordinal(*y)),
        (a, [y, b @ ..]) if a.len() == b.len() => a == b && !is_ordinal(*y),
        _ => false,
    }
}

/// Whether the character numbers things: digits, single letters, Chinese numerals and heavenly stems.
fn is_ordinal(c: char) -> bool {
    c.is_ascii_alphanumeric() || "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛壬癸".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(names: &[&str]) -> Vec<(usize, usize)> {
        let keys: Vec<_> = names.iter().map(|name| key(name)).collect();
        one_apart(&keys, &(0..names.len()).collect::<Vec<_>>())
    }

    #[test]
    fn one_character_more_less_or_other() {
        assert_eq!(pairs(&["东方科技有限公司", "东方料技有限公司"]), [(0, 1)]);
        assert_eq!(pairs(&["东方科技有限公司", "东方科技股有限公司"]), [(0, 1)]);
        assert_eq!(pairs(&["方科技有限公司", "东方科技有限公司"]), [(0, 1)]);
        assert_eq!(pairs(&["东方科技有限公司", "西方料技有限公司"]), []);
    }

    #[test]
    fn numbering_and_short_names_are_meant_to_differ() {
        assert_eq!(pairs(&["东方投资一号基金", "东方投资二号基金"]), []);
        assert_eq!(pairs(&["东方科技公", "东方料技公"]), []);
    }

    #[test]
    fn writing_does_not_count() {
        assert_eq!(key("ＡＢ（中国） 公司"), key("ab(中国)公司"));
        assert_eq!(key("东方【集团】"), key("东方(集团)"));
    }
}
