//! A list of counterparties held against the register: by identifier, id, name and alias.
//!
//! Names are matched exactly or with all made alike that people write in more than one way ([`fold`]). What merely
//! looks like the name of a party of the register is offered as a candidate with a score; nothing is decided by likeness.

use super::{Standing, Verdict};
use crate::facts::{Facts, PartyId, core, fold};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// The least score of a candidate.
const LIKE: u8 = 70;

/// The shortest name, without its legal form, that makes a candidate by being part of another.
const SHORTEST: usize = 3;

/// The most candidates of one line; the rest are counted.
const CANDIDATES: usize = 5;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The line, counted from 1 without the heading.
    pub row: u32,
    /// The id of a party.
    pub id: Option<String>,
    /// A name.
    pub name: Option<String>,
    /// An identity-card number or unified social credit code.
    pub identifier: Option<String>,
}

/// Whom a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The party that bears the identifier, the id or exactly the name.
    Exact(PartyId),
    /// The party whose name is the same but for width, brackets, blanks and capitals.
    Alike(PartyId),
    /// Several parties, by id.
    Ambiguous(Vec<PartyId>),
    /// Nobody in the data.
    Unknown,
}

impl Match {
    /// The party meant, where it is one.
    #[must_use]
    pub fn party(&self) -> Option<PartyId> {
        match self {
            Self::Exact(party) | Self::Alike(party) => Some(*party),
            Self::Ambiguous(_) | Self::Unknown => None,
        }
    }
}

/// A party of the register whose name is like one of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub party: PartyId,
    /// How like, from 70 to 99.
    pub score: u8,
}

/// What a line of the list came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// Whom it means.
    pub found: Match,
    /// For whom nobody was found: parties of the register with a name like it, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Candidates beyond those.
    pub more: usize,
}

/// Holds every line of a list against the facts and the register. O(parties + lines), and for a line that means nobody
/// as much as the names of the register share with it.
#[must_use]
pub fn screen(facts: &Facts, standing: &Standing, list: &[Wanted]) -> Vec<Screened> {
    let alike = Alike::new(facts, list);
    let register = Register::new(facts, standing);
    list.par_iter()
        .map(|wanted| {
            let found = find(facts, &alike, wanted);
            let (candidates, more) = match (&found, &wanted.name) {
                (Match::Unknown, Some(name)) => register.like(facts, name),
                _ => (Vec::new(), 0),
            };
            Screened { found, candidates, more }
        })
        .collect()
}

/// How a party stands, by what is in the register.
#[must_use]
pub fn verdict_of(standing: &Standing, party: PartyId) -> Verdict {
    if standing.related.contains_key(&party) {
        Verdict::Related
    } else if standing.undetermined.contains_key(&party) {
        Verdict::Undetermined
    } else {
        Verdict::NotRelated
    }
}

/// Whom a line means. Where its cells mean different parties it is not decided which is right.
fn find(facts: &Facts, alike: &Alike, wanted: &Wanted) -> Match {
    let mut exact: Vec<PartyId> = Vec::new();
    exact.extend(wanted.id.as_deref().and_then(|id| facts.party_id(id.trim())));
    for text in [&wanted.identifier, &wanted.name].into_iter().flatten() {
        exact.extend(facts.called(text));
    }
    // A list of names often has ids in the same column.
    exact.extend(wanted.name.as_deref().and_then(|name| facts.party_id(name.trim())));
    let folded = || {
        let texts = [&wanted.identifier, &wanted.name].into_iter().flatten();
        texts.flat_map(|text| alike.of(&fold(text))).copied().collect::<Vec<_>>()
    };
    // An exact name of one party may be the name of another but for its brackets.
    match one_of(facts, exact) {
        Match::Unknown => match one_of(facts, folded()) {
            Match::Exact(party) => Match::Alike(party),
            other => other,
        },
        Match::Exact(party) => {
            let mut all = folded();
            all.push(party);
            match one_of(facts, all) {
                ambiguous @ Match::Ambiguous(_) => ambiguous,
                _ => Match::Exact(party),
            }
        }
        other => other,
    }
}

fn one_of(facts: &Facts, mut found: Vec<PartyId>) -> Match {
    found.sort_by_key(|party| facts.id(*party));
    found.dedup();
    match found.as_slice() {
        [] => Match::Unknown,
        [party] => Match::Exact(*party),
        _ => Match::Ambiguous(found),
    }
}

/// The parties whose folded names the list asks for.
struct Alike {
    parties: FxHashMap<String, Vec<PartyId>>,
}

impl Alike {
    /// Folds the texts of the list, and then looks at every name of the facts once: the list is the smaller of the two.
    fn new(facts: &Facts, list: &[Wanted]) -> Self {
        let texts = |wanted: &Wanted| [wanted.identifier.clone(), wanted.name.clone()].into_iter().flatten();
        let asked: FxHashSet<String> = list.iter().flat_map(texts).map(|text| fold(&text)).collect();
        let parties: Vec<PartyId> = facts.party_ids().collect();
        let found: Vec<(String, PartyId)> = parties
            .into_par_iter()
            .flat_map_iter(|party| {
                let row = facts.party(party);
                let names = [Some(row.name), row.identifier].into_iter().flatten().chain(row.aliases);
                names.map(fold).filter(|name| asked.contains(name)).map(move |name| (name, party)).collect::<Vec<_>>()
            })
            .collect();
        let mut parties: FxHashMap<String, Vec<PartyId>> = FxHashMap::default();
        for (name, party) in found {
            parties.entry(name).or_default().push(party);
        }
        Self { parties }
    }

    fn of(&self, folded: &str) -> &[PartyId] {
        self.parties.get(folded).map_or(&[], Vec::as_slice)
    }
}

/// The names of the register by the pairs of letters in them.
struct Register {
    names: Vec<(String, PartyId)>,
    pairs: FxHashMap<[char; 2], Vec<u32>>,
}

impl Register {
    fn new(facts: &Facts, standing: &Standing) -> Self {
        let mut parties: Vec<PartyId> = standing.related.keys().chain(standing.undetermined.keys()).copied().collect();
        parties.extend(standing.exempt.iter().chain(standing.contested.keys()));
        parties.sort_by_key(|party| facts.id(*party));
        parties.dedup();
        let mut register = Self { names: Vec::new(), pairs: FxHashMap::default() };
        for party in parties {
            let row = facts.party(party);
            let names = std::iter::once(row.name).chain(row.aliases);
            for name in names.map(fold) {
                let name = core(&name).to_owned();
                let number = u32::try_from(register.names.len()).unwrap_or(u32::MAX);
                for pair in distinct_pairs(&name) {
                    register.pairs.entry(pair).or_default().push(number);
                }
                register.names.push((name, party));
            }
        }
        register
    }

    /// Parties with a name like this one, and how many more there are.
    fn like(&self, facts: &Facts, name: &str) -> (Vec<Candidate>, usize) {
        let folded = fold(name);
        let name = core(&folded);
        let letters = name.chars().count();
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for pair in distinct_pairs(name) {
            for number in self.pairs.get(&pair).into_iter().flatten() {
                *shared.entry(*number).or_default() += 1;
            }
        }
        let mut best: FxHashMap<PartyId, u8> = FxHashMap::default();
        for (number, shared) in shared {
            let Some((other, party)) = self.names.get(number as usize) else { continue };
            // One letter changed spoils two pairs, so names that are 70 % alike share a third of them at least.
            if shared * 3 + 2 < letters.min(other.chars().count()) {
                continue;
            }
            let score = likeness(name, other);
            if score >= LIKE {
                let known = best.entry(*party).or_default();
                *known = score.max(*known);
            }
        }
        let mut candidates: Vec<Candidate> =
            best.into_iter().map(|(party, score)| Candidate { party, score }).collect();
        candidates.sort_by_key(|candidate| (Reverse(candidate.score), facts.id(candidate.party)));
        let more = candidates.len().saturating_sub(CANDIDATES);
        candidates.truncate(CANDIDATES);
        (candidates, more)
    }
}

fn distinct_pairs(name: &str) -> FxHashSet<[char; 2]> {
    name.chars().zip(name.chars().skip(1)).map(|(one, next)| [one, next]).collect()
}

/// How like two names are that differ, legal forms left out: the part of the longer one that need not be changed, in
/// percent; one that holds the other whole is at least 80.
fn likeness(one: &str, other: &str) -> u8 {
    let lengths = (one.chars().count(), other.chars().count());
    let longer = lengths.0.max(lengths.1).max(1);
    let same = 100 * longer.saturating_sub(strsim::levenshtein(one, other)) / longer;
    let (short, long) = if lengths.0 <= lengths.1 { (one, other) } else { (other, one) };
    let contains = lengths.0.min(lengths.1) >= SHORTEST && long.contains(short);
    let score = if contains { same.max(80) } else { same };
    // Only the legal form differs: like enough to look at, and still not the same name.
    u8::try_from(score.min(99)).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(one: &str, other: &str) -> u8 {
        likeness(core(&fold(one)), core(&fold(other)))
    }

    #[test]
    fn likeness_leaves_the_legal_form_aside() {
        for (one, other, expected) in [
            ("江苏宏图科技有限公司", "江苏宏图科技股份有限公司", 99),
            ("江苏宏图科技有限公司", "江苏宏图高科技有限公司", 85),
            ("江苏宏图科技有限公司", "江苏宏途科技有限公司", 83),
            ("江苏宏图科技有限公司", "浙江海川物流有限公司", 0),
            ("宏图科技", "江苏宏图科技发展有限公司", 80),
            ("张三", "张三丰", 66),
            ("甲", "乙", 0),
        ] {
            assert_eq!(score(one, other), expected, "{one} {other}");
        }
    }
}
