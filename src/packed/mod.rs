//! Datasets packed into one file: the facts, their links, what was found about them and their digest, as they stand in
//! memory, so that the file is mapped and not read.
//!
//! A packed file says what the dataset it was made from says, row by row; every answer from it is the same, to the
//! byte. It is opened in the same time whatever its length, for nothing in it is looked at before it is asked for.
//! What is looked at is checked ([`crate::store`]): what is damaged reads as zeros, so that whoever has an answer asks
//! [`Opened::damage`] before it goes out.

mod about;
mod market;
mod open;
mod sections;
mod write;

pub use about::CONTENT;
pub use market::MarketPack;
pub use open::{OpenError, Opened, is_named_so, open};
pub use write::write;
