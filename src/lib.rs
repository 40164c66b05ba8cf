//! relata
pub mod facts;
pub mod graph;
pub mod intake;
pub mod law;
pub mod packs;
pub mod proof;
pub mod register;
