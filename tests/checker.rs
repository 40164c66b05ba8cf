//! The proof checker against hand-written proofs: sound ones are accepted, forgeries refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "checker/answers.rs"]
mod answers;
#[path = "checker/control.rs"]
mod control;
#[path = "checker/family.rs"]
mod family;
#[path = "checker/grounds.rs"]
mod grounds;
#[path = "checker/stakes.rs"]
mod stakes;
#[path = "checker/world.rs"]
mod world;
