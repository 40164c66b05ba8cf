//! Synthetic datasets: seeded, the same on every machine, written row by row.
//!
//! A [`Shape`] is written into a [`Sink`]; [`CsvFolder`] is the one that makes a folder of CSV files. Nothing of a
//! market is held in memory but a few numbers for each planted group and each listed company: what one company has to
//! know of another is computed from its index.

mod boards;
mod csv_folder;
mod dice;
mod families;
mod listed;
mod market;
mod names;
mod plan;
mod rows;
mod scribe;
mod shapes;

pub use csv_folder::CsvFolder;
pub use rows::{
    ConcertRow, ControlRow, Day, DesignationRow, HoldingRow, KinshipRow, Outline, PartyRow, PositionRow, ProxyRow, Ref,
    RestrictionRow, Share, Sink, Term, WHOLE,
};

use dice::Keys;
use market::Market;
use plan::Plan;
use scribe::Scribe;
use std::io;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A market with groups, listed companies, boards, families and changes.
    Market,
    /// A tree in which every company has 60 % of ten others.
    Tree,
    /// One chain of companies, each with 60 % of the next.
    Chain,
    /// Companies that hold parts of one another, three holdings for each.
    Core,
    /// One circle of companies, each with 30 % of the next.
    Circle,
    /// One circle of companies, each with 51 % of the next.
    MajorityCircle,
    /// Circles and trees below them, one circle for about twenty-two companies.
    Circles,
    /// A nominee with 1 % of many companies, and a company with as many holders.
    Star,
    /// A chain, a tree, a core, both kinds of circles and a star, all at one company.
    Everything,
}

impl Shape {
    /// Every shape.
    pub const ALL: &'static [Self] = &[
        Self::Market,
        Self::Tree,
        Self::Chain,
        Self::Core,
        Self::Circle,
        Self::MajorityCircle,
        Self::Circles,
        Self::Star,
        Self::Everything,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Market => "market",
            Self::Tree => "tree",
            Self::Chain => "chain",
            Self::Core => "core",
            Self::Circle => "circle",
            Self::MajorityCircle => "majority-circle",
            Self::Circles => "circles",
            Self::Star => "star",
            Self::Everything => "everything",
        }
    }

    /// The shape with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|shape| shape.name() == name)
    }

    /// The holdings it has where nobody says otherwise.
    #[must_use]
    pub fn usual_holdings(self) -> u64 {
        match self {
            Self::Market | Self::Chain | Self::Everything => 100_000,
            Self::Tree => 10_000,
            Self::Core => 90,
            Self::Circle | Self::MajorityCircle => 500,
            Self::Circles => 852,
            Self::Star => 30_000,
        }
    }

    /// The holdings of a dataset with about so many parties.
    #[must_use]
    pub fn holdings_for(self, parties: u64) -> u64 {
        match self {
            Self::Market => parties * 100 / 104,
            Self::Core => parties * 3,
            _ => parties,
        }
    }
}

/// How much to write, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Holdings, about so many.
    pub holdings: u64,
    /// The seed: the same seed gives the same rows.
    pub seed: u64,
    /// Listed companies of a market; one in eight hundred organisations where not given.
    pub listed: Option<u32>,
    /// How many shares and days in a thousand are ranges or unknown.
    pub unknown: u32,
}

/// Writes a dataset of this shape into the sink.
///
/// # Errors
/// Where the sink cannot take a row, or more is asked for than ids can be given to.
pub fn write<S: Sink + ?Sized>(shape: Shape, options: &Options, sink: &mut S) -> io::Result<()> {
    if options.holdings > MOST_HOLDINGS || options.listed.is_some_and(|listed| listed > MOST_LISTED) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "more holdings or listed companies than can be made"));
    }
    if shape != Shape::Market {
        return shapes::write(shape, options, sink);
    }
    let organisations = u32::try_from(options.holdings * 2 / 5).unwrap_or(u32::MAX / 4).max(200);
    let plan = Plan::new(Keys::new(options.seed), organisations, options.listed);
    let rows = options.holdings * 5 / 2;
    let outline = Outline { organisations: plan.count, holdings: options.holdings, rows };
    let scribe = Scribe::new(sink, options.seed, outline, options.unknown)?;
    Market::new(plan, scribe).write()
}

/// The most holdings that can be asked for.
pub const MOST_HOLDINGS: u64 = 1_000_000_000;
/// The most listed companies that can be asked for.
pub const MOST_LISTED: u32 = 1_000_000;
