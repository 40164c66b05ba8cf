//! Who is a related party (关联人) of a listed company, and why.
//!
//! A dataset ([`intake`], [`facts`]) and a rule pack ([`packs`], [`law`]) go in; a register comes out
//! ([`register`]), every line of it with a proof ([`proof`]) that a second, independent reading of the rules accepts
//! ([`proof::check`]). Answers are written by [`report`] and asked for by [`cli`].
pub mod cli;
pub mod facts;
pub mod graph;
pub mod intake;
pub mod law;
pub mod packs;
pub mod proof;
pub mod register;
pub mod report;
