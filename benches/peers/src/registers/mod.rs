//! Registers of listed companies over the whole window, by the default readings.

mod by_petgraph;
pub mod ours;

use crate::rows::Rows;
use crate::tally::{Tally, mix};
pub use by_petgraph::ByPetgraph;
pub use ours::Ours;

/// One way to them.
pub trait Registers: Sized {
    fn load(rows: &Rows) -> Self;
    /// Adds every related party of every subject with its grounds and what they rest on.
    fn all(&mut self, subjects: &[u32]) -> Tally;
}

/// On what footing a ground stands: a kind and a day.
fn add_line(tally: &mut Tally, subject: u32, party: u32, ground: &str, kind: u64, day: i32) {
    let number = ground.bytes().fold(0u64, |number, byte| number << 8 | u64::from(byte));
    let line =
        mix(u64::from(subject) << 32 | u64::from(party)) ^ mix(number << 34 | kind << 32 | u64::from(day as u32));
    tally.hash = tally.hash.wrapping_add(mix(line));
}
