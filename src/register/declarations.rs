//! What insiders declared to the board, held against the register (articles 10 and 11).
//!
//! Readings taken: a declaration counts from its day on; declarations of one party are taken together, and where any of
//! them states grounds, what they state together is compared with all grounds found, looked-back and arranged ones
//! too. Insiders are the company's own directors, supervisors and senior managers (7.2), those who hold 5 % or more,
//! alone or in concert (5.4, 7.1), and whoever controls the company, all on the day asked about. Who ought to have
//! declared a party is taken from the proofs of its grounds: the insider it is itself, or the insiders through whom it
//! is related; a designated party (8.2) has none.

use super::resolve::Resolver;
use super::{Certainty, GroundLine, Question, Register, Verdict};
use crate::facts::{PartyId, RowRef, Table};
use crate::graph::{Side, node};
use crate::law::Pack;
use crate::packs::sse_2022::{Deemed, Number};
use crate::proof::{Conclusion, Step, StepId, find};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How what was declared of a party stands to what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationStatus {
    /// Related, and nobody declared it.
    NotDeclared,
    /// Declared and related, on other grounds than those stated.
    GroundsDiffer,
    /// Declared, and not related.
    NotFound,
    /// Whether it is related depends on what is not known; declared or not.
    Undetermined,
    /// Declared, and article 6 exempts it.
    Exempt,
    /// Declared and related, on the grounds stated or with none stated.
    Agrees,
}

impl DeclarationStatus {
    /// Every status, in the order in which they ask for something to be done.
    pub const ALL: [Self; 6] =
        [Self::NotDeclared, Self::GroundsDiffer, Self::NotFound, Self::Undetermined, Self::Exempt, Self::Agrees];
}

/// Somebody whom article 10 obliges, or obliged, to declare a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insider {
    /// Who.
    pub party: PartyId,
    /// As what, on the day of the proof: `5.1`, `5.4`, `7.1`, `7.2`.
    pub grounds: Vec<&'static str>,
    /// Whether they are an insider on the day asked about.
    pub insider: Certainty,
}

/// One party that was declared, is related, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredParty {
    /// Who.
    pub party: PartyId,
    /// How declarations and register stand to each other.
    pub status: DeclarationStatus,
    /// What the register says.
    pub verdict: Verdict,
    /// The declarations of it that count, in the order of their rows.
    pub declarations: Vec<RowRef>,
    /// The numbers of grounds stated in them, each once, in order.
    pub stated: Vec<String>,
    /// The grounds found, by number.
    pub grounds: Vec<GroundLine>,
    /// The step that proves it exempt.
    pub exempt: Option<StepId>,
    /// The grounds that may hold, where it is undetermined.
    pub possible: Vec<&'static str>,
    /// Who ought to have declared it, by id, where nobody did.
    pub ought: Vec<Insider>,
    /// The switches that would change the verdict.
    pub contested_by: Vec<String>,
}

/// Somebody who declared without being an insider for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declarant {
    /// Who.
    pub party: PartyId,
    /// No, or it depends on what is not known.
    pub insider: Certainty,
    /// Their declarations that count.
    pub rows: Vec<RowRef>,
}

/// A text in a declaration's grounds that is no ground of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownGround {
    /// The declaration.
    pub row: RowRef,
    /// What stands there.
    pub text: String,
}

/// Declarations held against a register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declarations {
    /// Every party declared, related or undetermined, by id.
    pub parties: Vec<DeclaredParty>,
    /// Declarants who are no insiders for certain, by id.
    pub outsiders: Vec<Declarant>,
    /// Grounds stated that the pack does not have, by row.
    pub unknown_grounds: Vec<UnknownGround>,
    /// Declarations of a day after the one asked about: not yet made.
    pub later: Vec<RowRef>,
}

/// What was declared of one party.
#[derive(Default)]
struct Told {
    rows: Vec<RowRef>,
    stated: BTreeSet<String>,
}

impl Resolver<'_> {
    /// Holds the declarations made by the day asked about against the register of that day.
    /// O(declarations + steps of the proofs), beside one sweep of the window.
    #[must_use]
    pub fn declarations(&self, question: &Question, register: &Register) -> Declarations {
        let facts = self.facts();
        let mut answer = Declarations::default();
        let mut told: BTreeMap<PartyId, Told> = BTreeMap::new();
        let mut declarants: BTreeMap<PartyId, Vec<RowRef>> = BTreeMap::new();
        for (index, row) in facts.declarations().iter().enumerate() {
            let at = RowRef::new(Table::Declarations, index);
            if row.date > question.as_of {
                answer.later.push(at);
                continue;
            }
            let party = told.entry(row.party).or_default();
            party.rows.push(at);
            declarants.entry(row.declarant).or_default().push(at);
            for number in numbers(row.grounds.unwrap_or_default()) {
                if !is_ground(question.pack, number) {
                    answer.unknown_grounds.push(UnknownGround { row: at, text: number.to_owned() });
                }
                party.stated.insert(number.to_owned());
            }
        }
        let mut parties = listed(register);
        for party in told.keys() {
            parties.entry(*party).or_insert_with(|| unlisted(*party));
        }
        for contested in &register.contested {
            if let Some(party) = parties.get_mut(&contested.party) {
                party.contested_by.clone_from(&contested.contested_by);
            }
        }
        let mut ought: BTreeMap<PartyId, BTreeMap<PartyId, BTreeSet<&'static str>>> = BTreeMap::new();
        for (id, party) in &mut parties {
            let Told { rows, stated } = told.remove(id).unwrap_or_default();
            (party.declarations, party.stated) = (rows, stated.into_iter().collect());
            party.status = status(party);
            if party.status == DeclarationStatus::NotDeclared {
                let proofs = party.grounds.iter().map(|line| line.proof);
                ought.insert(*id, self.obliged(&register.proofs, proofs));
            }
        }
        // An exempt party that nobody declared is neither related nor declared.
        parties.retain(|_, party| party.status != DeclarationStatus::Exempt || !party.declarations.is_empty());
        let asked = ought.values().flat_map(BTreeMap::keys).chain(declarants.keys()).copied().collect();
        let insiders = self.insiders(question, &asked);
        let standing = |party: &PartyId| insiders.get(party).copied().unwrap_or(Certainty::Unknown);
        for (id, obliged) in ought {
            let obliged = obliged.into_iter().map(|(party, grounds)| Insider {
                party,
                grounds: grounds.into_iter().collect(),
                insider: standing(&party),
            });
            if let Some(party) = parties.get_mut(&id) {
                party.ought = obliged.collect();
                party.ought.sort_by_key(|insider| facts.id(insider.party));
            }
        }
        let outsiders = declarants.into_iter().map(|(party, rows)| {
            let insider = standing(&party);
            Declarant { party, insider, rows }
        });
        answer.outsiders = outsiders.filter(|declarant| declarant.insider != Certainty::Yes).collect();
        answer.outsiders.sort_by_key(|declarant| facts.id(declarant.party));
        answer.parties = parties.into_values().collect();
        answer.parties.sort_by_key(|party| facts.id(party.party));
        answer
    }

    /// Which of these are insiders of article 10 on the day asked about.
    fn insiders(&self, question: &Question, asked: &BTreeSet<PartyId>) -> BTreeMap<PartyId, Certainty> {
        if asked.is_empty() {
            return BTreeMap::new();
        }
        let mut case = self.case(question, false);
        let mut on = |side: Side| -> BTreeSet<PartyId> {
            case.with_state(question.as_of, side, &Deemed::nobody(), |state| {
                let subject = state.subject;
                let mut insider = |party: &PartyId| {
                    let party = node(*party);
                    state.kernel().is_controller(party, subject)
                        || [Number::N72, Number::N71, Number::N54].iter().any(|number| state.is_on(*number, party))
                };
                asked.iter().copied().filter(|party| insider(party)).collect()
            })
        };
        let (least, greatest) = (on(Side::Least), on(Side::Greatest));
        let certainty = |party: &PartyId| match (least.contains(party), greatest.contains(party)) {
            (true, _) => Certainty::Yes,
            (false, true) => Certainty::Unknown,
            (false, false) => Certainty::No,
        };
        asked.iter().map(|party| (*party, certainty(party))).collect()
    }

    /// The insiders through whom these proofs show a party related, and as what.
    fn obliged(
        &self,
        steps: &[Step],
        proofs: impl Iterator<Item = StepId>,
    ) -> BTreeMap<PartyId, BTreeSet<&'static str>> {
        let mut obliged: BTreeMap<PartyId, BTreeSet<&'static str>> = BTreeMap::new();
        let mut note = |id: &str, ground: &str| {
            if let (Some(party), Some(number)) = (self.facts().party_id(id), Number::from_text(ground)) {
                obliged.entry(party).or_default().insert(number.text());
            }
        };
        let mut pending: Vec<StepId> = proofs.collect();
        while let Some(step) = pending.pop().and_then(|id| find(steps, id)) {
            match step.rule.as_str() {
                "8.1" => pending.extend(&step.premises),
                "5.1" | "5.4" | "5.4.common_control" | "7.1" | "7.2" => {
                    if let Some((party, ground)) = step.ground() {
                        note(party, ground);
                    }
                }
                "5.2" | "5.2.exception" => {
                    let control = step.premises.first().and_then(|id| find(steps, *id));
                    if let Some(Conclusion::Controls { controller, .. }) = control.map(|step| &step.conclusion) {
                        note(controller, Number::N51.text());
                    }
                }
                // Pairs: who is related, and the tie to them.
                "5.3" | "7.3" | "7.4" => pending.extend(step.premises.iter().step_by(2)),
                _ => {}
            }
        }
        obliged
    }
}

/// The parties of a register, nothing declared of them yet.
fn listed(register: &Register) -> BTreeMap<PartyId, DeclaredParty> {
    let related = register.related.iter().map(|entry| DeclaredParty {
        verdict: Verdict::Related,
        grounds: entry.grounds.clone(),
        contested_by: entry.contested_by.clone(),
        ..unlisted(entry.party)
    });
    let exempt = register.exempt.iter().map(|entry| DeclaredParty {
        exempt: Some(entry.proof),
        contested_by: entry.contested_by.clone(),
        ..unlisted(entry.party)
    });
    let undetermined = register.undetermined.iter().map(|entry| DeclaredParty {
        verdict: Verdict::Undetermined,
        possible: entry.grounds.clone(),
        contested_by: entry.contested_by.clone(),
        ..unlisted(entry.party)
    });
    related.chain(exempt).chain(undetermined).map(|party| (party.party, party)).collect()
}

fn unlisted(party: PartyId) -> DeclaredParty {
    DeclaredParty {
        party,
        status: DeclarationStatus::NotFound,
        verdict: Verdict::NotRelated,
        declarations: Vec::new(),
        stated: Vec::new(),
        grounds: Vec::new(),
        exempt: None,
        possible: Vec::new(),
        ought: Vec::new(),
        contested_by: Vec::new(),
    }
}

fn status(party: &DeclaredParty) -> DeclarationStatus {
    let found: BTreeSet<&str> = party.grounds.iter().map(|line| line.ground).collect();
    let stated: BTreeSet<&str> = party.stated.iter().map(String::as_str).collect();
    match party.verdict {
        Verdict::Related if party.declarations.is_empty() => DeclarationStatus::NotDeclared,
        Verdict::Related if stated.is_empty() || stated == found => DeclarationStatus::Agrees,
        Verdict::Related => DeclarationStatus::GroundsDiffer,
        Verdict::Undetermined => DeclarationStatus::Undetermined,
        Verdict::NotRelated if party.exempt.is_some() => DeclarationStatus::Exempt,
        Verdict::NotRelated => DeclarationStatus::NotFound,
    }
}

/// The numbers in a declaration's grounds, as people separate them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', ',', '，', '、']).map(str::trim).filter(|number| !number.is_empty())
}

fn is_ground(pack: &Pack, number: &str) -> bool {
    pack.ground(number).is_some()
}
