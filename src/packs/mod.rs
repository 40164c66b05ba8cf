//! The rule packs there are.

pub(crate) mod book;
pub mod sse_2022;

pub use book::Book;

use crate::law::{Pack, PackError};

/// The names of the packs.
pub const NAMES: &[&str] = &["sse-2022"];

/// The pack of that name.
///
/// # Errors
/// Where there is no such pack.
pub fn load(name: &str) -> Result<Pack, PackError> {
    match name {
        "sse-2022" => Pack::from_toml(
            include_str!("../../data/packs/sse-2022/pack.toml"),
            include_str!("../../data/packs/sse-2022/parameters.toml"),
            include_str!("../../data/packs/sse-2022/loan_prime_rates.toml"),
        ),
        _ => Err(PackError::Unknown { name: name.to_owned(), known: NAMES.iter().map(|n| (*n).to_owned()).collect() }),
    }
}
