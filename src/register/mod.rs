//! The question "who is related": the window, the answer with its proofs, the difference of two days.

mod answer;
mod around;
mod calendar;
mod controllers;
mod declarations;
mod diff;
mod filing;
mod groups;
mod missing;
mod movements;
mod near;
mod pool;
mod question;
mod range;
mod resolve;
mod review;
mod screen;
mod stakes;
mod sweep;
mod workshop;

pub use answer::*;
pub use controllers::{ControlCounts, ControlQuestion, Controlled, Controllers};
pub use declarations::{Declarant, DeclarationStatus, Declarations, DeclaredParty, Insider, UnknownGround};
pub use filing::{FiledParty, Filing, Layer};
pub use groups::CommonControl;
pub use movements::{Causes, Count, Holders, MovementLine, Movements, PoolMember, Unexplained};
pub use question::Question;
pub use resolve::Resolver;
pub use screen::{Candidate, Match, Screened, Wanted, screen, verdict_of};
pub use workshop::Workshop;
