//! Who is a related party (关联人) of a listed company, and why.
//!
//! A dataset ([`intake`], [`facts`]) and a rule pack ([`packs`], [`law`]) go in; a register comes out
//! ([`register`]), every line of it with a proof ([`proof`]) that a second, independent reading of the rules accepts
//! ([`proof::check`]). Answers are written by [`report`] and asked for by [`cli`].
//!
//! ```
//! use relata::law::Basis;
//! use relata::register::{Question, Resolver};
//!
//! let dataset = r#"{
//!   "parties": [
//!     {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
//!     {"id": "H", "name": "乙投资有限公司", "kind": "company"}
//!   ],
//!   "holdings": [{"holder": "H", "company": "L", "percent": "5", "source": "年报"}]
//! }"#;
//! let loaded = relata::intake::from_json(dataset, "dataset.json");
//! assert!(!loaded.has_errors());
//!
//! let pack = relata::packs::load("sse-2022")?;
//! let subject = loaded.facts.party_id("L").ok_or("no such party")?;
//! let as_of = "2022-06-30".parse()?;
//! let question = Question { subject, as_of, pack: &pack, readings: pack.default_readings() };
//!
//! let register = Resolver::new(&loaded.facts).register(&question);
//! let entry = &register.related[0];
//! assert_eq!(loaded.facts.party(entry.party).name, "乙投资有限公司");
//! assert_eq!((entry.grounds[0].ground, entry.grounds[0].basis), ("5.4", Basis::Current));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod store;

pub mod facts;

pub mod intake;

pub mod export;

pub mod synth;

pub mod law;

pub mod graph;

pub mod packed;

pub mod proof;

pub mod packs;

pub mod register;

pub mod dealings;

pub mod report;

pub mod inquiry;

#[cfg(feature = "server")]
pub mod web;

pub mod cli;

pub use inquiry::{Dataset, Refusal, Register, Terms};
