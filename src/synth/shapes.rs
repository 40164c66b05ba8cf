//! Plain shapes by name, each with a subject, an owner or two and a few insiders.

use super::rows::{Outline, Ref, Sink, Term, WHOLE};
use super::scribe::Scribe;
use super::{Options, Shape};
use crate::facts::{PartyKind, Relation, Role};
use std::io;

/// Writes a plain shape.
pub(super) fn write<S: Sink + ?Sized>(shape: Shape, options: &Options, sink: &mut S) -> io::Result<()> {
    let holdings = u32::try_from(options.holdings).unwrap_or(u32::MAX / 8).min(u32::MAX / 8);
    let companies = companies(shape, holdings);
    let rows = options.holdings * 2;
    let outline = Outline { organisations: companies, holdings: options.holdings, rows };
    let mut scribe = Scribe::new(sink, options.seed, outline, options.unknown)?;
    let subject = match shape {
        Shape::Market | Shape::Tree => 1.min(companies - 1),
        Shape::Chain => companies - 1,
        Shape::Everything => self::companies(Shape::Chain, holdings / PARTS) - 1,
        _ => 0,
    };
    let mut drawing = Drawing { first: 0, companies, holdings, scribe: &mut scribe };
    for place in 0..companies {
        drawing.scribe.organisation(place, PartyKind::Company, (place == subject).then_some("SSE"))?;
    }
    match shape {
        Shape::Everything => drawing.everything(subject)?,
        _ => drawing.shape(shape)?,
    }
    drawing.insiders(subject)
}

/// The shapes that everything at once is made of, the subject's first.
const ALL: [Shape; PARTS as usize] =
    [Shape::Chain, Shape::Tree, Shape::Core, Shape::MajorityCircle, Shape::Circles, Shape::Star];
const PARTS: u32 = 6;

/// How many companies a shape has.
fn companies(shape: Shape, holdings: u32) -> u32 {
    match shape {
        Shape::Core => (holdings / 3).max(12),
        Shape::Star => holdings / 3 + 2,
        Shape::Circle | Shape::MajorityCircle | Shape::Circles => holdings.max(3),
        Shape::Everything => ALL.iter().map(|part| companies(*part, holdings / PARTS)).sum(),
        Shape::Market | Shape::Tree | Shape::Chain => holdings.max(1),
    }
}

struct Drawing<'d, 's, S: Sink + ?Sized> {
    /// The place of its first company.
    first: u32,
    companies: u32,
    holdings: u32,
    scribe: &'d mut Scribe<'s, S>,
}

impl<'s, S: Sink + ?Sized> Drawing<'_, 's, S> {
    fn hold(&mut self, holder: Ref, company: u32, units: u32) -> io::Result<()> {
        self.scribe.holding(holder, self.at(company), units, Term::ALWAYS)
    }

    /// A company of the drawing.
    fn at(&self, company: u32) -> Ref {
        at(self.first + company)
    }

    fn shape(&mut self, shape: Shape) -> io::Result<()> {
        match shape {
            Shape::Market | Shape::Tree => self.tree(),
            Shape::Chain => self.chain(),
            Shape::Core => self.core(),
            Shape::Circle => self.circle(300_000),
            Shape::MajorityCircle => self.circle(510_000),
            Shape::Circles => self.circles(),
            Shape::Star => self.star(),
            Shape::Everything => Ok(()),
        }
    }

    /// The subject at the end of a chain, held by a core, both kinds of circles and a nominee, and above a tree.
    fn everything(&mut self, subject: u32) -> io::Result<()> {
        let holdings = self.holdings / PARTS;
        let mut first = 0;
        for part in ALL {
            let companies = companies(part, holdings);
            let mut drawing = Drawing { first, companies, holdings, scribe: &mut *self.scribe };
            if part == Shape::Tree {
                drawing.hold(at(subject), 0, 600_000)?;
                drawing.branches()?;
            } else {
                drawing.shape(part)?;
            }
            let stake = match part {
                Shape::Core => Some((first, 150_000)),
                Shape::MajorityCircle => Some((first, 80_000)),
                Shape::Circles => Some((first + companies - 1, 100_000)),
                Shape::Star => Some((first + companies - 1, WHOLE / 100)),
                _ => None,
            };
            if let Some((holder, units)) = stake {
                self.hold(at(holder), subject, units)?;
            }
            first += companies;
        }
        Ok(())
    }

    fn person(&mut self, company: u32, units: u32) -> io::Result<()> {
        let person = self.scribe.newcomer()?;
        self.hold(person, company, units)
    }

    /// A person above a tree in which every company has 60 % of ten others.
    fn tree(&mut self) -> io::Result<()> {
        self.person(0, 600_000)?;
        self.branches()
    }

    fn branches(&mut self) -> io::Result<()> {
        for company in 1..self.companies {
            self.hold(self.at((company - 1) / 10), company, 600_000)?;
        }
        Ok(())
    }

    /// A person above a chain of companies, each with 60 % of the next.
    fn chain(&mut self) -> io::Result<()> {
        self.person(0, 600_000)?;
        for company in 1..self.companies {
            self.hold(self.at(company - 1), company, 600_000)?;
        }
        Ok(())
    }

    /// Companies that hold parts of one another, three holdings for each, with two persons outside.
    fn core(&mut self) -> io::Result<()> {
        for company in 0..self.companies {
            for step in [1, 7, 11] {
                let share = self.scribe.dice.between(80_000, 250_000);
                self.hold(self.at(company), (company + step) % self.companies, share)?;
            }
        }
        self.person(1, 200_000)?;
        self.person(self.companies / 2, 200_000)
    }

    /// One circle, with a person outside who holds a part of one company.
    fn circle(&mut self, units: u32) -> io::Result<()> {
        for company in 0..self.companies {
            self.hold(self.at(company), (company + 1) % self.companies, units)?;
        }
        self.person(self.companies / 2, 400_000)
    }

    /// A circle in each run of about twenty-two companies, the others below it; a stake leads from each run to the next.
    fn circles(&mut self) -> io::Result<()> {
        let runs = (self.companies * 39 / 852).max(1);
        for run in 0..runs {
            let start = (u64::from(self.companies) * u64::from(run) / u64::from(runs)) as u32;
            let end = (u64::from(self.companies) * u64::from(run + 1) / u64::from(runs)) as u32;
            let length = (3 + run % 6).min(end - start);
            for order in 0..length {
                self.hold(self.at(start + order), start + (order + 1) % length, 300_000)?;
            }
            for company in start + length..end {
                let parent = start + self.scribe.dice.below(company - start);
                self.hold(self.at(parent), company, 550_000)?;
            }
            if run == 0 {
                self.person(start, 400_000)?;
            } else {
                self.hold(self.at(start - 1), start, 300_000)?;
            }
        }
        Ok(())
    }

    /// A nominee with 1 % of every company, each of which has an owner; and the subject, which has as many holders.
    fn star(&mut self) -> io::Result<()> {
        let nominee = self.companies - 1;
        for company in 0..nominee {
            self.hold(self.at(nominee), company, WHOLE / 100)?;
            if company > 0 {
                self.person(company, 510_000)?;
            }
        }
        self.person(0, 200_000)?;
        let holders = (self.holdings / 3).clamp(1, 700_000);
        for _ in 0..holders {
            self.person(0, 700_000 / holders)?;
        }
        Ok(())
    }

    /// A chair with a family, a director who holds a company of the shape, and the settings.
    fn insiders(&mut self, subject: u32) -> io::Result<()> {
        let mut relatives = Vec::new();
        let chair = self.scribe.with_family(&mut relatives)?;
        let director = self.scribe.newcomer()?;
        let spouse = self.scribe.newcomer()?;
        self.scribe.post_for(chair, at(subject), Role::Chair, Term::ALWAYS)?;
        self.scribe.post_for(director, at(subject), Role::Director, Term::ALWAYS)?;
        self.scribe.post_for(spouse, at(self.companies / 2), Role::GeneralManager, Term::ALWAYS)?;
        self.scribe.kin(director, spouse, Relation::Spouse)?;
        self.scribe.sink.listed(at(subject))?;
        self.scribe.sink.subject(at(subject))
    }
}

/// The organisation at this place.
fn at(place: u32) -> Ref {
    Ref { place, serial: place + 1, person: false }
}
