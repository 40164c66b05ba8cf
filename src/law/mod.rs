//! What a rule pack is, for any law: numbers with a date and a source, switches with their readings, grounds in
//! the order of the articles, and how a ground can hold.
//!
//! Nothing here knows a particular law; see [`crate::packs`].

mod outcome;
mod pack;
mod parameter;
mod rates;
mod switch;

pub use outcome::Basis;
pub use pack::{GroundTitle, Pack, PackError};
pub use parameter::{Numbers, Parameter, Unit, Value};
pub use rates::LoanPrimeRates;
pub use switch::{Readings, Switch, SwitchError};
