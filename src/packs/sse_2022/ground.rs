//! What a ground is to this pack: a number, who falls under it on a day, and why.

use super::{Standing, State};
use crate::graph::Node;
use crate::packs::Book;
use crate::proof::StepId;
use std::collections::BTreeSet;

/// A ground of the pack by its place in the order of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// 5.1
    N51,
    /// 5.2
    N52,
    /// 5.3
    N53,
    /// 5.4
    N54,
    /// 7.1
    N71,
    /// 7.2
    N72,
    /// 7.3
    N73,
    /// 7.4
    N74,
    /// 8.2
    N82,
}

impl Number {
    /// How many grounds there are.
    pub const COUNT: usize = 9;

    /// All, in order.
    pub const ALL: [Self; Self::COUNT] =
        [Self::N51, Self::N52, Self::N53, Self::N54, Self::N71, Self::N72, Self::N73, Self::N74, Self::N82];

    /// Article and item: `5.3`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::N51 => "5.1",
            Self::N52 => "5.2",
            Self::N53 => "5.3",
            Self::N54 => "5.4",
            Self::N71 => "7.1",
            Self::N72 => "7.2",
            Self::N73 => "7.3",
            Self::N74 => "7.4",
            Self::N82 => "8.2",
        }
    }

    /// Whether the ground is one of natural persons.
    #[must_use]
    pub fn is_of_persons(self) -> bool {
        matches!(self, Self::N71 | Self::N72 | Self::N73 | Self::N74)
    }

    /// The ground of that number.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|number| number.text() == text)
    }
}

/// One ground of the law.
pub trait Ground: Sync {
    /// Its place in the order of the articles.
    fn number(&self) -> Number;

    /// Everyone who falls under it on some day of the window, with the days, the subject never among them.
    fn parties(&self, state: &mut State) -> Standing;

    /// Why a party falls under it on the day looked at: the step with the conclusion `ground`, or `None` where it does not.
    fn prove(&self, state: &mut State, party: Node, book: &mut Book) -> Option<StepId>;
}

/// Premises in pairs, each pair once: two rows may show one post.
pub(super) fn each_once(pairs: Vec<(StepId, StepId)>) -> Vec<StepId> {
    let mut seen: BTreeSet<(StepId, StepId)> = BTreeSet::new();
    pairs.into_iter().filter(|pair| seen.insert(*pair)).flat_map(|(first, second)| [first, second]).collect()
}
