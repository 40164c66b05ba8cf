//! Who is a related party (关联人) of a listed company, and why.
//!
//! A dataset goes in, a register comes out, every line of it with a proof down to the rows it rests on. Three types are
//! enough for most programs: a [`Dataset`] that is opened, [`Terms`] that say for which company and day, by which rules and
//! readings, and the [`Register`] that is resolved.
//!
//! ```
//! use relata::{Dataset, Register, Terms};
//!
//! let dataset = r#"{
//!   "parties": [
//!     {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
//!     {"id": "H", "name": "乙投资有限公司", "kind": "company"}
//!   ],
//!   "holdings": [{"holder": "H", "company": "L", "percent": "5", "source": "年报"}],
//!   "settings": [{"key": "subject", "value": "L"}]
//! }"#;
//! let dataset = Dataset::from_json(dataset, "dataset.json");
//! dataset.sound()?;
//!
//! let day = "2022-06-30".parse()?;
//! let register = Register::resolve(&dataset, Terms { as_of: Some(day), ..Terms::new(day) })?;
//! let entry = register.related().next().ok_or("H holds five percent")?;
//! assert_eq!((entry.id, entry.grounds[0].0), ("H", "5.4"));
//! println!("{}", register.explain("乙投资有限公司")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every other question ("is X related?", who stands aside, what a deal sets off, what a change would make of it) is a method of
//! [`inquiry::Inquiry`], which hands over a report that can be written in any [`report::Form`]:
//!
//! ```
//! use relata::inquiry::{Dataset, Inquiry, Terms};
//! use relata::report::{Form, write};
//!
//! let dataset = Dataset::open("data/samples/tour")?;
//! let day = "2022-06-30".parse()?;
//! let inquiry = Inquiry::new(&dataset, Terms { as_of: Some(day), ..Terms::new(day) })?;
//! let mut table = Vec::new();
//! inquiry.check(&["REED".to_owned()], |report| write(report, Form::Csv, None, &mut table))??;
//! assert!(String::from_utf8(table)?.contains("REED"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How to read the rest
//!
//! What a dataset says is in [`facts`]; [`intake`] reads it and finds what is wrong with it, [`export`] writes it, [`packed`] keeps it
//! in one file that opens at once. [`law`] is what a rule is, [`packs`] what the rules are, [`graph`] the ties of one day. [`register`]
//! answers who is related, [`dealings`] what follows for transactions. [`proof`] is the shape of proofs, and [`proof::check`] a second,
//! independent reading of the rules that judges them. [`report`] writes answers, [`inquiry`] asks as people do; `cli` and `web` are the
//! command line and the server.
//!
//! Nothing panics on any input. Data with errors refuse every question, and what is not known is never taken for a no. The features
//! `xlsx` (workbooks) and `server` (the page and HTTP) can be left out.

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
