//! The register for a program: resolved once, then asked.

use super::{Dataset, Inquiry, Refusal, Terms};
use crate::facts::PartyId;
use crate::law::Basis;
use crate::register::{self, Remark, Verdict};
use crate::report::{Answer, ExplainForm, Form, RegisterReport};
use std::io;

/// The related-party register of one company on one day, with a proof for every line.
///
/// ```
/// use relata::{Dataset, Register, Terms};
///
/// let dataset = Dataset::open("data/samples/tour")?;
/// let terms = Terms { as_of: Some("2022-06-30".parse()?), ..Terms::new("2022-06-30".parse()?) };
/// let register = Register::resolve(&dataset, terms)?;
///
/// let port = register.related().find(|entry| entry.id == "PORT").ok_or("PORT is related")?;
/// assert_eq!(port.grounds[0].0, "5.2");
/// assert!(register.explain("PORT")?.contains("云山港口"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Register<'d> {
    inquiry: Inquiry<'d>,
    register: register::Register,
    remarks: Vec<Remark>,
}

/// A related party.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related<'r> {
    /// Its id in the dataset.
    pub id: &'r str,
    /// Its name.
    pub name: &'r str,
    /// Its grounds, by number, each with its footing.
    pub grounds: Vec<(&'static str, Basis)>,
    /// The switches another reading of which would change the verdict.
    pub contested_by: &'r [String],
}

impl<'d> Register<'d> {
    /// Resolves the register. The cost is that of what hangs together with the company, not of the dataset.
    ///
    /// # Errors
    /// Where the data has errors, or the company, the rules or a reading cannot be found.
    pub fn resolve(dataset: &'d Dataset, terms: Terms) -> Result<Self, Refusal> {
        let inquiry = Inquiry::new(dataset, terms)?;
        let (register, remarks) = {
            let (question, resolver) = (inquiry.question(), inquiry.resolver());
            let register = resolver.register(&question);
            let remarks = resolver.review(&question, Some(&register));
            (register, remarks)
        };
        // Whatever was drawn from a damaged file is wrong.
        dataset.undamaged()?;
        Ok(Self { inquiry, register, remarks })
    }

    /// The related parties, by id.
    pub fn related(&self) -> impl Iterator<Item = Related<'_>> {
        let facts = self.inquiry.dataset().facts();
        self.register.related.iter().map(|entry| Related {
            id: facts.id(entry.party),
            name: facts.name(entry.party),
            grounds: entry.grounds.iter().map(|line| (line.ground, line.basis)).collect(),
            contested_by: &entry.contested_by,
        })
    }

    /// Whether a party (id, exact name, alias or identifier) is related. O(log parties).
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn verdict(&self, party: &str) -> Result<Verdict, Refusal> {
        let party: PartyId = self.inquiry.party(party)?;
        let register = &self.register;
        Ok(if register.related.iter().any(|entry| entry.party == party) {
            Verdict::Related
        } else if register.undetermined.iter().any(|entry| entry.party == party) {
            Verdict::Undetermined
        } else {
            Verdict::NotRelated
        })
    }

    /// The whole proof about a party as text in the reader's language: why it is related, or what was looked at and how
    /// close it came.
    ///
    /// # Errors
    /// Where the text names no single party.
    pub fn explain(&self, party: &str) -> Result<String, Refusal> {
        let mut text = Vec::new();
        // Writing to memory does not fail.
        let _ = self.inquiry.explain(party, |report| report.write(ExplainForm::Text, &mut text))?;
        self.inquiry.dataset().undamaged()?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Writes the register, as `relata register` does.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn write(&self, form: Form, out: &mut dyn io::Write) -> io::Result<()> {
        self.inquiry.show(&self.inquiry.question(), |context| {
            let report = RegisterReport { context, register: &self.register, remarks: &self.remarks };
            crate::report::write(&report as &dyn Answer, form, None, out)
        })
    }

    /// All that was found, proofs included.
    #[must_use]
    pub fn answer(&self) -> &register::Register {
        &self.register
    }

    /// The question it answers.
    #[must_use]
    pub fn inquiry(&self) -> &Inquiry<'d> {
        &self.inquiry
    }
}
