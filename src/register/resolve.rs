//! Registers and answers about single parties: from what the sweep found to entries with proofs.

use super::sweep::{Found, Sweep, Swept};
use super::{
    Answers, Entry, ExemptEntry, GroundLine, NotRelated, PartyAnswer, PartyStanding, Question, Register, Standing,
    UndeterminedEntry, Verdict, Workshop, missing, near,
};
use crate::facts::{Facts, PartyId};
use crate::graph::{Links, Network, Node, Side, node, party};
use crate::law::Basis;
use crate::packs::Book;
use crate::packs::sse_2022::{Deemed, GROUNDS, Number, State, prove_exempt};
use crate::proof::{StepId, line_conclusion};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Answers questions about one set of facts.
pub struct Resolver<'f> {
    facts: &'f Facts,
    network: Network<'f>,
}

/// A question swept: what it found by its own readings, and which switches would change whose verdict.
pub(super) struct Case<'n, 'f> {
    pub(super) sweep: Sweep<'n, 'f>,
    pub(super) swept: Swept,
    contested: BTreeMap<Node, Vec<String>>,
}

fn verdict(swept: &Swept, party: Node) -> Verdict {
    if swept.least.has(party) {
        Verdict::Related
    } else if swept.greatest.has(party) {
        Verdict::Undetermined
    } else {
        Verdict::NotRelated
    }
}

impl Case<'_, '_> {
    pub(super) fn verdict(&self, party: Node) -> Verdict {
        verdict(&self.swept, party)
    }

    pub(super) fn contested_by(&self, party: Node) -> Vec<String> {
        self.contested.get(&party).cloned().unwrap_or_default()
    }

    /// The subject's state on a day under the question's own readings.
    pub(super) fn with_state<T>(
        &mut self,
        day: NaiveDate,
        side: Side,
        deemed: &Deemed,
        work: impl FnOnce(&mut State) -> T,
    ) -> T {
        let reading = &self.sweep.readings[0];
        let kernels = &mut self.sweep.kernels[reading.kernels];
        kernels.move_to(day);
        let mut state = State::new(kernels, side, self.sweep.subject, &self.sweep.numbers, &reading.choices, deemed);
        work(&mut state)
    }
}

impl<'f> Resolver<'f> {
    /// Prepares the facts for questions. O(rows log rows).
    #[must_use]
    pub fn new(facts: &'f Facts) -> Self {
        Self { facts, network: Network::new(facts) }
    }

    /// The same with links that are known: O(1) where both were packed.
    #[must_use]
    pub fn with_links(facts: &'f Facts, links: impl Into<Arc<Links>>) -> Self {
        Self { facts, network: Network::with_links(facts, links) }
    }

    /// The facts.
    #[must_use]
    pub fn facts(&self) -> &'f Facts {
        self.facts
    }

    pub(super) fn network(&self) -> &Network<'f> {
        &self.network
    }

    /// Sweeps the window; with `contested`, by every flip of a switch as well.
    pub(super) fn case(&self, question: &Question, contested: bool) -> Case<'_, 'f> {
        self.case_in(&mut Workshop::default(), question, contested)
    }

    /// The same with kernels that may have been used before.
    fn case_in<'n>(&'n self, workshop: &mut Workshop<'n, 'f>, question: &Question, contested: bool) -> Case<'n, 'f> {
        let mut names = Vec::new();
        let mut all = vec![question.readings.clone()];
        if contested {
            for (name, readings) in question.readings.flips(&question.pack.switches) {
                names.push(name);
                all.push(readings);
            }
        }
        let mut sweep =
            Sweep::new(&self.network, question, question.pack.numbers(question.as_of).clone(), &all, workshop);
        let mut results = sweep.run().into_iter();
        let swept = results.next().unwrap_or_default();
        let mut by_party: BTreeMap<Node, Vec<String>> = BTreeMap::new();
        for (name, flipped) in names.into_iter().zip(results) {
            let mut parties = swept.greatest.parties();
            for found in [&swept.least, &flipped.least, &flipped.greatest] {
                parties.extend(found.parties());
            }
            for party in parties {
                if verdict(&swept, party) != verdict(&flipped, party) {
                    let switches = by_party.entry(party).or_default();
                    if switches.last() != Some(&name) {
                        switches.push(name.clone());
                    }
                }
            }
        }
        Case { sweep, swept, contested: by_party }
    }

    /// Parties in the order of their ids.
    pub(super) fn by_id(&self, parties: impl IntoIterator<Item = Node>) -> Vec<Node> {
        let mut parties: Vec<Node> = parties.into_iter().collect();
        parties.sort_by_key(|node| self.facts.id(party(*node)));
        parties
    }

    /// The whole register, with proofs and contested readings.
    #[must_use]
    pub fn register(&self, question: &Question) -> Register {
        self.register_in(&mut Workshop::default(), question)
    }

    /// The same with kernels that may have been used before, for many questions of one day.
    #[must_use]
    pub fn register_in<'n>(&'n self, workshop: &mut Workshop<'n, 'f>, question: &Question) -> Register {
        let mut case = self.case_in(workshop, question, true);
        let related = case.swept.least.parties();
        let undetermined: BTreeSet<Node> =
            case.swept.greatest.parties().into_iter().filter(|party| !related.contains(party)).collect();
        let exempt: BTreeSet<Node> =
            case.swept.least.exempt.iter().copied().filter(|party| !case.swept.greatest.has(*party)).collect();
        let mut book = Book::new(self.facts);
        let mut proofs = self.prove_lines(&mut case, &related, &mut book);
        let exempt_proofs = self.prove_exempt(&mut case, &exempt, &mut book);

        let mut register = Register::default();
        for node in self.by_id(related.iter().copied()) {
            register.related.push(Entry {
                party: party(node),
                grounds: proofs.remove(&node).unwrap_or_default(),
                contested_by: case.contested_by(node),
            });
        }
        for node in self.by_id(exempt.iter().copied()) {
            if let Some(proof) = exempt_proofs.get(&node) {
                let contested_by = case.contested_by(node);
                register.exempt.push(ExemptEntry { party: party(node), proof: *proof, contested_by });
            }
        }
        for node in self.by_id(undetermined.iter().copied()) {
            let grounds = possible(&case.swept.greatest, node);
            let missing = missing::cells(self.facts, &mut case, node);
            let contested_by = case.contested_by(node);
            register.undetermined.push(UndeterminedEntry { party: party(node), grounds, missing, contested_by });
        }
        let outside: Vec<Node> = case
            .contested
            .keys()
            .copied()
            .filter(|node| case.verdict(*node) == Verdict::NotRelated && !exempt.contains(node))
            .collect();
        for node in self.by_id(outside) {
            register.contested.push(NotRelated { party: party(node), contested_by: case.contested_by(node) });
        }
        register.controlling_persons = self.controlling_persons(&mut case);
        register.proofs = book.into_steps();
        case.sweep.give_back(workshop);
        register
    }

    /// Who stands where, without proofs and contested readings.
    #[must_use]
    pub fn standing(&self, question: &Question) -> Standing {
        self.standing_in(&mut Workshop::default(), question, false)
    }

    /// The same with kernels that may have been used before, for many questions of one day; with `contested`, by every
    /// flip of a switch as well.
    #[must_use]
    pub fn standing_in<'n>(
        &'n self,
        workshop: &mut Workshop<'n, 'f>,
        question: &Question,
        contested: bool,
    ) -> Standing {
        let case = self.case_in(workshop, question, contested);
        let mut standing = Standing::default();
        for node in case.swept.least.parties() {
            let grounds = case.swept.least.of(node).map(|(number, basis)| (number.text(), basis)).collect();
            standing.related.insert(party(node), grounds);
        }
        for node in case.swept.greatest.parties() {
            if !case.swept.least.has(node) {
                standing.undetermined.insert(party(node), possible(&case.swept.greatest, node));
            }
        }
        let exempt = case.swept.least.exempt.iter().filter(|node| !case.swept.greatest.has(**node));
        standing.exempt = exempt.map(|node| party(*node)).collect();
        standing.contested = case.contested.iter().map(|(node, by)| (party(*node), by.clone())).collect();
        case.sweep.give_back(workshop);
        standing
    }

    /// Persons who control the subject and are certainly not on 7.1.
    fn controlling_persons(&self, case: &mut Case) -> Vec<PartyId> {
        let asked = case.sweep.asked;
        let persons = case.with_state(asked, Side::Least, &Deemed::nobody(), |state| {
            let subject = state.subject;
            let controllers = state.kernel().controllers_on_day(subject);
            controllers.into_iter().filter(|party| state.is_person(*party)).collect::<Vec<_>>()
        });
        let persons: Vec<Node> = case.with_state(asked, Side::Greatest, &Deemed::nobody(), |state| {
            persons.into_iter().filter(|person| !state.is_on(Number::N71, *person)).collect()
        });
        self.by_id(persons).into_iter().map(party).collect()
    }

    /// Where each of these parties stands on the day asked about, with the proofs written into `book`; without contested
    /// readings.
    #[must_use]
    pub fn stand(
        &self,
        question: &Question,
        parties: impl IntoIterator<Item = PartyId>,
        book: &mut Book,
    ) -> BTreeMap<PartyId, PartyStanding> {
        self.standings(&mut self.case(question, false), parties, book)
    }

    /// The same of a case.
    fn standings(
        &self,
        case: &mut Case,
        parties: impl IntoIterator<Item = PartyId>,
        book: &mut Book,
    ) -> BTreeMap<PartyId, PartyStanding> {
        let asked: BTreeSet<Node> = parties.into_iter().map(node).collect();
        let related: BTreeSet<Node> = asked.iter().copied().filter(|p| case.swept.least.has(*p)).collect();
        let exempt: BTreeSet<Node> = asked
            .iter()
            .copied()
            .filter(|p| case.swept.least.exempt.contains(p) && !case.swept.greatest.has(*p))
            .collect();
        let mut proofs = self.prove_lines(case, &related, book);
        let exempt_proofs = self.prove_exempt(case, &exempt, book);
        let mut standings = BTreeMap::new();
        for node in asked {
            let verdict = case.verdict(node);
            let undetermined = verdict == Verdict::Undetermined;
            let standing = PartyStanding {
                verdict,
                grounds: proofs.remove(&node).unwrap_or_default(),
                exempt: exempt_proofs.get(&node).copied(),
                possible: possible(&case.swept.greatest, node),
                missing: if undetermined { missing::cells(self.facts, case, node) } else { Vec::new() },
            };
            standings.insert(party(node), standing);
        }
        standings
    }

    /// What is to be said of each of these parties.
    #[must_use]
    pub fn check(&self, question: &Question, parties: &[PartyId]) -> Answers {
        let mut case = self.case(question, true);
        let mut book = Book::new(self.facts);
        let mut standings = self.standings(&mut case, parties.iter().copied(), &mut book);
        let mut answers = Answers::default();
        for id in parties {
            let node = node(*id);
            let standing = standings.remove(id).unwrap_or_default();
            let undetermined = standing.verdict == Verdict::Undetermined;
            let looked_at =
                if standing.verdict == Verdict::NotRelated { near::looked_at(&mut case, node) } else { Vec::new() };
            answers.parties.push(PartyAnswer {
                party: *id,
                verdict: standing.verdict,
                grounds: standing.grounds,
                exempt: standing.exempt,
                possible: if undetermined { standing.possible } else { Vec::new() },
                missing: standing.missing,
                contested_by: case.contested_by(node),
                looked_at,
            });
        }
        answers.proofs = book.into_steps();
        answers
    }

    /// Proves every line of these parties: earlier and later days first, so that on the day asked about those deemed
    /// related have their steps already.
    pub(super) fn prove_lines(
        &self,
        case: &mut Case,
        parties: &BTreeSet<Node>,
        book: &mut Book,
    ) -> BTreeMap<Node, Vec<GroundLine>> {
        let asked = case.sweep.asked;
        let composed = case.sweep.readings[0].choices.composed;
        let mut by_day: BTreeMap<NaiveDate, Vec<(Node, Number, Basis)>> = BTreeMap::new();
        for ((node, number), basis) in &case.swept.least.lines {
            // Under `composed` anyone deemed related may be a premise of somebody else's ground.
            if parties.contains(node) || (composed && *basis != Basis::Current) {
                by_day.entry(basis.day(asked)).or_default().push((*node, *number, *basis));
            }
        }
        let today = by_day.remove(&asked);
        let deemed = if composed { case.swept.least.deemed.clone() } else { Deemed::nobody() };
        let mut lines: BTreeMap<Node, Vec<GroundLine>> = BTreeMap::new();
        for (day, goals) in by_day.into_iter().chain(today.map(|goals| (asked, goals))) {
            let nobody = Deemed::nobody();
            let deemed = if day == asked { &deemed } else { &nobody };
            let proved: Vec<(Node, GroundLine)> = case.with_state(day, Side::Least, deemed, |state| {
                goals
                    .into_iter()
                    .map(|(node, number, basis)| {
                        let proof = prove_line(state, node, number, basis, asked, book);
                        (node, GroundLine { ground: number.text(), basis, proof })
                    })
                    .collect()
            });
            for (node, line) in proved {
                if parties.contains(&node) {
                    lines.entry(node).or_default().push(line);
                }
            }
        }
        for lines in lines.values_mut() {
            lines.sort_by_key(|line| line.ground);
        }
        lines
    }

    fn prove_exempt(&self, case: &mut Case, parties: &BTreeSet<Node>, book: &mut Book) -> BTreeMap<Node, StepId> {
        let asked = case.sweep.asked;
        let composed = case.sweep.readings[0].choices.composed;
        let deemed = if composed { case.swept.least.deemed.clone() } else { Deemed::nobody() };
        case.with_state(asked, Side::Least, &deemed, |state| {
            parties.iter().filter_map(|node| Some((*node, prove_exempt(state, *node, book)?))).collect()
        })
    }
}

/// The grounds that may hold, by number.
fn possible(greatest: &Found, party: Node) -> Vec<&'static str> {
    greatest.of(party).map(|(number, _)| number.text()).collect()
}

/// Proves a ground on the state's day and, where it holds by article 8(1), that the party is deemed related.
fn prove_line(
    state: &mut State,
    party: Node,
    number: Number,
    basis: Basis,
    asked: NaiveDate,
    book: &mut Book,
) -> StepId {
    let conclusion = line_conclusion(&book.name(party), number.text(), basis, asked);
    match GROUNDS[number as usize].prove(state, party, book) {
        Some(ground) if basis == Basis::Current => ground,
        Some(ground) => book.add(conclusion, "8.1", vec![ground], Vec::new()),
        // A line is never left out for want of a proof; the checker refuses this one.
        None => book.add(conclusion, "unproved", Vec::new(), Vec::new()),
    }
}
