//! relata
pub mod facts;
pub mod graph;
pub mod law;
pub mod packs;
pub mod proof;
pub mod register;
