//! The question "who is related": the answer's shape.

mod answer;
mod question;

pub use answer::{Entry, ExemptEntry, GroundLine, Missing, NotRelated, Register, UndeterminedEntry, Verdict};
pub use question::Question;
