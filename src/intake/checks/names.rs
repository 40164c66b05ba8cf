//! Two parties that may be one: names that are the same but for their writing, or for one character.
//!
//! Comparing every name with every other would be hopeless for millions of parties. Two names that differ by one
//! character have a text in common that one gets by leaving out one character of either (or of the longer one), so
//! only names that share such a text are compared.

use super::Checker;
use crate::facts::{Facts, PartyId, Table, folded};
use crate::intake::code::Code;
use crate::intake::finding::Finding;
use crate::intake::text::both;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

/// Shorter names differ by one character all too often.
const SHORTEST: usize = 6;
/// Longer ones are compared by their writing only.
const LONGEST: usize = 120;
/// Texts held at once; more are taken in several passes.
const AT_ONCE: usize = 1 << 24;
/// Names that one thread goes through before it asks for more.
const NAMES: usize = 1 << 12;

/// A later party, whether the names are not the same, and the earlier party.
type Similar = (u32, bool, u32);

/// The hash of a name's key, its party, and how long the key is; nought where it is not compared letter by letter.
type Key = (u64, u32, u8);

pub(super) fn check(checker: &mut Checker<'_>) {
    let facts = checker.facts;
    let (distinct, mut similar) = written_alike(facts);
    for (earlier, later) in one_apart(&distinct, |party, letters| key_into(facts.name(party_of(party)), letters)) {
        if !told_apart(facts, earlier, later) {
            similar.push((later, true, earlier));
        }
    }
    // The first of each later party is the one to name: of the same name, else the earliest.
    similar.par_sort_unstable();
    similar.dedup_by_key(|similar| similar.0);
    for (later, differs, earlier) in similar {
        let (same, later, earlier) = (!differs, later as usize, earlier as usize);
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

fn party_of(party: u32) -> PartyId {
    PartyId::new(party as usize)
}

/// Parties whose names differ by more than their writing, the first of each name; and those with the name of another.
fn written_alike(facts: &Facts) -> (Vec<Key>, Vec<Similar>) {
    let parties = u32::try_from(facts.parties().len()).unwrap_or(u32::MAX);
    let mut keys: Vec<Key> = Vec::new();
    let begin = |letters: &mut Vec<char>, party| {
        key_into(facts.name(party_of(party)), letters);
        let length = if (SHORTEST..=LONGEST).contains(&letters.len()) { letters.len() } else { 0 };
        (xxh3_64(bytemuck::cast_slice(letters)), party, u8::try_from(length).unwrap_or(0))
    };
    (0..parties).into_par_iter().map_init(Vec::new, begin).collect_into_vec(&mut keys);
    keys.par_sort_unstable();
    let mut similar = Vec::new();
    let (mut first, mut other) = (Vec::new(), Vec::new());
    let mut head: Option<Key> = None;
    keys.retain(|key| {
        let before = head.filter(|head| head.0 == key.0);
        let Some((_, earlier, _)) = before else {
            head = Some(*key);
            return true;
        };
        key_into(facts.name(party_of(earlier)), &mut first);
        key_into(facts.name(party_of(key.1)), &mut other);
        if first != other {
            return true;
        }
        if !told_apart(facts, earlier, key.1) {
            similar.push((key.1, false, earlier));
        }
        false
    });
    keys.retain(|key| key.2 != 0);
    keys.par_sort_unstable_by_key(|key| key.1);
    (keys, similar)
}

/// Whether identifiers, kinds or ids show that two rows speak of two parties (or of one, which has its own finding).
fn told_apart(facts: &Facts, a: u32, b: u32) -> bool {
    let (a, b) = (party_of(a), party_of(b));
    facts.id(a) == facts.id(b)
        || facts.kind(a).is_organisation() != facts.kind(b).is_organisation()
        || matches!((facts.identifier(a), facts.identifier(b)), (Some(a), Some(b)) if a != b)
}

/// The name without what is only writing ([`folded`]), quickly where it is written in one way only.
fn key_into(name: &str, letters: &mut Vec<char>) {
    letters.clear();
    for c in name.chars() {
        match c {
            // What is written in one way only.
            '0'..='9' | 'a'..='z' | '(' | ')' | '\u{4E00}'..='\u{9FFF}' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            _ => {
                letters.clear();
                letters.extend(folded(name));
                return;
            }
        }
    }
}

/// Pairs of parties, the earlier first, whose names differ by one character which is no numeral: `一号` and `二号` are
/// meant to differ. `key` writes the key of a party's name.
fn one_apart(names: &[Key], key: impl Fn(u32, &mut Vec<char>) + Sync) -> Vec<(u32, u32)> {
    let texts: usize = names.iter().map(|name| usize::from(name.2) + 1).sum();
    let passes = u64::try_from(texts / AT_ONCE).unwrap_or_default() + 1;
    let mut pairs = Vec::new();
    for pass in 0..passes {
        let parts = names.par_chunks(NAMES).map_init(Vec::new, |letters, names| {
            let mut hashes: Vec<(u64, u32)> = Vec::new();
            for (_, party, _) in names {
                key(*party, letters);
                deletions(letters, |hash| {
                    if hash % passes == pass {
                        hashes.push((hash, *party));
                    }
                });
            }
            hashes
        });
        let parts: Vec<_> = parts.collect();
        let mut hashes = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        parts.into_iter().for_each(|part| hashes.extend(part));
        hashes.par_sort_unstable();
        hashes.dedup();
        let runs = hashes.par_chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1);
        pairs.par_extend(runs.flat_map_iter(|run| within(run, &key)));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The pairs among names that share a text. Neighbours and the first are enough to bring every member to light without
/// comparing all with all.
fn within(run: &[(u64, u32)], key: impl Fn(u32, &mut Vec<char>)) -> Vec<(u32, u32)> {
    let (mut head, mut before, mut later) = (Vec::new(), Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    let Some((_, first)) = run.first() else { return pairs };
    key(*first, &mut head);
    before.clone_from(&head);
    for two in run.windows(2) {
        let [(_, neighbour), (_, party)] = two else { continue };
        key(*party, &mut later);
        for (earlier, letters) in [(first, &head), (neighbour, &before)] {
            if differ_by_one(letters, &later) {
                pairs.push((*earlier, *party));
            }
        }
        std::mem::swap(&mut before, &mut later);
    }
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
    use crate::facts::{Party, PartyKind};

    fn letters(name: &str) -> Vec<char> {
        let mut letters = Vec::new();
        key_into(name, &mut letters);
        assert_eq!(letters, folded(name).collect::<Vec<_>>());
        letters
    }

    fn pairs(names: &[&str]) -> Vec<(u32, u32)> {
        let facts = Facts::with_parties(names.iter().map(|name| Party::new(name, name, PartyKind::Company)));
        let (distinct, _) = written_alike(&facts);
        one_apart(&distinct, |party, letters| key_into(facts.name(party_of(party)), letters))
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
        assert_eq!(letters("ＡＢ（中国） 公司"), letters("Ab(中国)公司"));
        assert_eq!(letters("东方【集团】"), letters("东方(集团)"));
    }
}
