//! What a transaction sets off (articles 9, 13 to 17, 21 to 37, 48 and 49), who must stand aside (articles 18, 19,
//! 52 and 53), and what an announcement has to say (articles 28 to 30, 37 and 39 to 45).
//!
//! Transactions are taken in the order of date, then row. What is not known is counted twice: once as it sets off the
//! least, once as it sets off the most ([`Both`]); where the two differ, the answer says which cells settle it.
//!
//! ```
//! use relata::dealings::{Assessor, Duty, Ledger};
//! use relata::register::{Question, Resolver};
//!
//! let dataset = r#"{
//!   "parties": [
//!     {"id": "L", "name": "甲股份有限公司", "kind": "company", "listed": "SSE"},
//!     {"id": "H", "name": "乙投资有限公司", "kind": "company"}
//!   ],
//!   "holdings": [{"holder": "H", "company": "L", "percent": "5"}],
//!   "financials": [{"party": "L", "period_end": "2021-12-31", "net_assets": "600000000"}],
//!   "transactions": [
//!     {"id": "t1", "date": "2022-03-01", "counterparty": "H", "kind": "9.1", "amount": "2000000"},
//!     {"id": "t2", "date": "2022-06-01", "counterparty": "H", "kind": "9.5", "amount": "1000000"}
//!   ]
//! }"#;
//! let loaded = relata::intake::from_json(dataset, "dataset.json");
//! let pack = relata::packs::load("sse-2022")?;
//! let subject = loaded.facts.party_id("L").ok_or("no such party")?;
//! let question = Question { subject, as_of: "2022-06-30".parse()?, pack: &pack, readings: pack.default_readings() };
//!
//! let resolver = Resolver::new(&loaded.facts);
//! let found = Assessor::new(&resolver, &question).assess(&Ledger::new(&loaded.facts, &[]));
//! assert!(found.all[0].duties[0].is_empty());
//! assert_eq!(found.all[1].duties[0], [Duty::Disclose]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod announcement;
mod assess;
mod assessment;
mod calendar;
mod checks;
mod circle;
mod cumulation;
mod daily;
mod day;
mod dealt;
mod duties;
mod elements;
mod exemption;
mod forecasts;
mod headroom;
mod ledger;
mod pricing;
mod recusal;
mod remark;

pub use announcement::{Announcement, Need, Past, Point, Publish, Reason, State};
pub use assess::Assessor;
pub use assessment::{Assessment, Assessments, DayProofs, Link, NetAssets, Sum, Term, Unknown};
pub use calendar::{Entry, Occasion, calendar};
pub use cumulation::in_window;
pub use daily::{Daily, ForecastDuties, Line, Published, daily};
pub use dealt::{Dealt, dealt};
pub use duties::{Case, Duty};
pub use elements::{Element, Part};
pub use exemption::{EXEMPTIONS, Exemption, Shortcoming};
pub use forecasts::{Coverage, ForecastLine, ForecastStanding};
pub use headroom::{Before, Drop, Headroom, Room, headroom};
pub use ledger::{Deal, Ledger};
pub use recusal::{Board, Item, Recusal, Stander, recusal};
pub use remark::Remark;

/// A value as it sets off the least, and as it sets off the most.
pub type Both<T> = [T; 2];
