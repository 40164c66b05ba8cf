//! The lines of an answer: each is tied to a step with exactly its conclusion, and says the right days.

use super::answer::{AnswerDoc, AnswerLine};
use super::book::Book;
use super::deemed::{expiry, in_window};
use super::exempt::deemed_head;
use super::reason::{Reason, Refusal};
use super::steps::{Known, known};
use crate::law::Basis;
use crate::proof::{Conclusion, StepId, line_conclusion};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Checks everything of an answer but its steps.
pub(super) fn check(book: &Book<'_>, answer: &AnswerDoc) -> Vec<Refusal> {
    let mut shown: Shown<'_> = FxHashMap::default();
    let mut deemed = Vec::new();
    for step in &answer.proofs {
        match &step.conclusion {
            Conclusion::Ground { party, ground, day } => {
                shown.entry((party, ground)).or_default().push((*day, step.id));
            }
            Conclusion::Deemed { ground, .. } if ground == "5.1" => deemed.push(&step.conclusion),
            _ => {}
        }
    }
    let mut lines = Lines { book, answer, known: known(&answer.proofs), shown, deemed, refusals: Vec::new() };
    lines.header();
    match answer.format.as_str() {
        "relata.register/1" => lines.register(),
        "relata.check/1" | "relata.declarations/1" | "relata.filing/1" => lines.parties(),
        "relata.explain/1" => lines.explanation(),
        _ => lines.refuse(None, Reason::Header { field: "format" }),
    }
    lines.refusals
}

/// What an answer says of itself, against the question.
pub(super) fn header(
    book: &Book<'_>,
    (subject, as_of): (&str, NaiveDate),
    switches: &BTreeMap<String, String>,
) -> Vec<Refusal> {
    let claim = book.claim;
    let departs = switches.iter().any(|(switch, reading)| claim.readings.reading(switch) != reading);
    let wrong =
        [("subject", subject != book.name(claim.subject)), ("as_of", as_of != claim.as_of), ("switches", departs)];
    let wrong = wrong.into_iter().filter(|(_, wrong)| *wrong);
    wrong.map(|(field, _)| Refusal::of_all(Reason::Header { field })).collect()
}

/// On which days the steps show a party on a ground.
type Shown<'l> = FxHashMap<(&'l str, &'l str), Vec<(NaiveDate, StepId)>>;

struct Lines<'l, 'a> {
    book: &'l Book<'a>,
    answer: &'l AnswerDoc,
    known: Known<'l>,
    shown: Shown<'l>,
    deemed: Vec<&'l Conclusion>,
    refusals: Vec<Refusal>,
}

impl Lines<'_, '_> {
    fn refuse(&mut self, party: Option<&str>, reason: Reason) {
        self.refusals.push(match party {
            Some(party) => Refusal::of_party(party, reason),
            None => Refusal::of_all(reason),
        });
    }

    fn note(&mut self, party: &str, outcome: Result<(), Reason>) {
        if let Err(reason) = outcome {
            self.refuse(Some(party), reason);
        }
    }

    fn header(&mut self) {
        let answer = self.answer;
        self.refusals.extend(header(self.book, (&answer.subject, answer.as_of), &answer.switches));
    }

    fn register(&mut self) {
        let answer = self.answer;
        let mut related: BTreeSet<&str> = BTreeSet::new();
        let mut before: Option<&str> = None;
        for entry in &answer.related {
            let party = entry.party.as_str();
            self.order(&mut before, party);
            related.insert(party);
            if entry.grounds.is_empty() {
                self.refuse(Some(party), Reason::NoGrounds {});
            }
            self.grounds(party, &entry.grounds);
        }
        before = None;
        for entry in &answer.exempt {
            let party = entry.party.as_str();
            self.order(&mut before, party);
            // A party with a ground, on whatever basis, is related and not exempt.
            if related.contains(party) {
                self.refuse(Some(party), Reason::Contradiction {});
            }
            if entry.article != "6" {
                self.refuse(Some(party), Reason::WrongGround { ground: entry.article.clone() });
            }
            self.exempt(party, entry.proof);
        }
        // A check's or an explanation's lines have no place in a register; they would go unread.
        if !answer.parties.is_empty() || !answer.grounds.is_empty() {
            self.refuse(None, Reason::Header { field: "format" });
        }
    }

    fn parties(&mut self) {
        let answer = self.answer;
        for entry in &answer.parties {
            self.entry(&entry.party, Some(&entry.verdict), &entry.grounds, entry.exempt_proof);
        }
        if !answer.related.is_empty() || !answer.exempt.is_empty() || !answer.grounds.is_empty() {
            self.refuse(None, Reason::Header { field: "format" });
        }
    }

    fn explanation(&mut self) {
        let answer = self.answer;
        match &answer.party {
            Some(party) => self.entry(party, answer.verdict.as_deref(), &answer.grounds, answer.exempt_proof),
            None => self.refuse(None, Reason::Header { field: "party" }),
        }
        if !answer.related.is_empty() || !answer.exempt.is_empty() || !answer.parties.is_empty() {
            self.refuse(None, Reason::Header { field: "format" });
        }
    }

    fn entry(&mut self, party: &str, verdict: Option<&str>, lines: &[AnswerLine], exempt: Option<StepId>) {
        let fits = match verdict {
            Some("related") => !lines.is_empty(),
            Some("not_related" | "undetermined") => lines.is_empty(),
            Some(_) => false,
            None => true,
        };
        if !fits || (exempt.is_some() && (!lines.is_empty() || verdict == Some("related"))) {
            self.refuse(Some(party), Reason::Contradiction {});
        }
        if lines.is_empty() {
            let outcome = self.book.id(party).map(|_| ());
            self.note(party, outcome);
        }
        self.grounds(party, lines);
        if let Some(proof) = exempt {
            self.exempt(party, proof);
        }
    }

    fn order<'p>(&mut self, before: &mut Option<&'p str>, party: &'p str) {
        if before.is_some_and(|last| last >= party) {
            self.refuse(Some(party), Reason::NotSorted {});
        }
        *before = Some(party);
    }

    fn grounds(&mut self, party: &str, lines: &[AnswerLine]) {
        if lines.is_empty() {
            return;
        }
        let known = self.known_and_no_subject(party);
        self.note(party, known);
        let mut before: Option<&str> = None;
        for line in lines {
            self.order_of_grounds(party, &mut before, &line.ground);
            let outcome = self.line(party, line);
            self.note(party, outcome);
        }
    }

    fn order_of_grounds<'p>(&mut self, party: &str, before: &mut Option<&'p str>, ground: &'p str) {
        if before.is_some_and(|last| last >= ground) {
            self.refuse(Some(party), Reason::NotSorted {});
        }
        *before = Some(ground);
    }

    fn known_and_no_subject(&self, party: &str) -> Result<(), Reason> {
        if self.book.id(party)? == self.book.subject() { Err(Reason::IsSubject {}) } else { Ok(()) }
    }

    fn line(&self, party: &str, line: &AnswerLine) -> Result<(), Reason> {
        let basis = self.basis(line)?;
        let as_of = self.book.claim.as_of;
        self.proves(line.proof, &line_conclusion(party, &line.ground, basis, as_of))?;
        let days = self.shown.get(&(party, line.ground.as_str())).map_or(&[][..], Vec::as_slice);
        let ruled_out = days.iter().find(|(day, _)| self.rules_out(basis, *day));
        ruled_out.map_or(Ok(()), |(_, proof)| Err(Reason::WrongBasis { proof: *proof }))
    }

    /// Whether the ground, shown on this day, would stand on another basis or on another day of it.
    fn rules_out(&self, basis: Basis, day: NaiveDate) -> bool {
        let as_of = self.book.claim.as_of;
        match basis {
            Basis::Current => false,
            Basis::LookedBack { last_day, .. } => last_day < day && day <= as_of,
            Basis::Arranged { begins } => {
                day == as_of
                    || (as_of < day && day < begins)
                    || (day < as_of && in_window(self.book, "looked_back", day).is_ok())
            }
        }
    }

    fn basis(&self, line: &AnswerLine) -> Result<Basis, Reason> {
        match (line.basis.as_str(), line.last_day, line.expires, line.begins) {
            ("current", None, None, None) => Ok(Basis::Current),
            ("looked_back", Some(last_day), Some(expires), None) => {
                in_window(self.book, "looked_back", last_day)?;
                let expected = expiry(self.book, last_day);
                if expires != expected {
                    return Err(Reason::WrongExpiry { ground: line.ground.clone(), expected });
                }
                Ok(Basis::LookedBack { last_day, expires })
            }
            ("arranged", None, None, Some(begins)) => {
                in_window(self.book, "arranged", begins)?;
                Ok(Basis::Arranged { begins })
            }
            ("current" | "looked_back" | "arranged", ..) => Err(Reason::WrongDates { ground: line.ground.clone() }),
            _ => Err(Reason::UnknownBasis { basis: line.basis.clone() }),
        }
    }

    fn proves(&self, proof: StepId, conclusion: &Conclusion) -> Result<(), Reason> {
        let step = self.known.get(&proof).ok_or(Reason::NoSuchProof { proof })?;
        if step.conclusion == *conclusion { Ok(()) } else { Err(Reason::OtherProof { proof }) }
    }

    fn exempt(&mut self, party: &str, proof: StepId) {
        let outcome = self.exempt_line(party, proof);
        self.note(party, outcome);
    }

    fn exempt_line(&self, party: &str, proof: StepId) -> Result<(), Reason> {
        self.known_and_no_subject(party)?;
        let day = self.book.claim.as_of;
        self.proves(proof, &Conclusion::Exempt { party: party.to_owned(), day })?;
        let x = self.book.id(party)?;
        self.deemed.iter().try_for_each(|conclusion| deemed_head(self.book, conclusion, x, day))
    }
}
