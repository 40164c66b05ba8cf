//! The HTTP interface and the page: the questions of [`crate::inquiry`], asked over a socket.
//!
//! The only place with `async`. A question is answered on a thread of its own, several at a time and each within a limit;
//! an answer is the same to the byte as that of the command line. Nothing is kept between requests but the dataset,
//! which is opened again when its files change: the old one answers until the new one is sound.

mod answer;
mod app;
mod assets;
mod body;
mod dealings;
mod description;
mod form;
mod listen;
mod lists;
mod parties;
mod problem;
mod reload;
mod request;
mod safety;
mod stamp;
mod whatif;
mod whole;

pub use listen::serve;

use crate::inquiry::{Dataset, Terms};
use chrono::NaiveDate;
use std::net::SocketAddr;
use std::time::Duration;

/// How a server is run.
pub struct Config {
    /// The dataset; its files are watched.
    pub dataset: Dataset,
    /// Where to listen.
    pub address: SocketAddr,
    /// What a client has to show, as `Authorization: Bearer …`.
    pub token: Option<String>,
    /// What a question is taken to say where it does not say it; identifiers are shown in full to those who ask for them
    /// only where this allows it, and its today is not used.
    pub terms: Terms,
    /// Today.
    pub today: fn() -> NaiveDate,
    /// What one client can take.
    pub limits: Limits,
}

/// Limits on what is asked at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body: usize,
    /// From the arrival of a request to its answer.
    pub time: Duration,
    /// Questions that are answered at a time; others wait.
    pub questions: usize,
    /// Connections that are open at a time; others wait.
    pub connections: usize,
    /// How often the dataset's files are looked at.
    pub watch: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 16 << 20,
            time: Duration::from_secs(60),
            questions: std::thread::available_parallelism().map_or(2, usize::from),
            connections: 512,
            watch: Duration::from_secs(1),
        }
    }
}

/// What is told while a server runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// It listens there.
    Listening(SocketAddr),
    /// The dataset changed, and the new one answers: its digest.
    Reloaded(&'a str),
    /// The dataset changed, and the new one is not sound, so the old one answers: why.
    Refused(&'a str),
    /// It was asked to stop, and finishes what it has begun.
    Stopping,
}
