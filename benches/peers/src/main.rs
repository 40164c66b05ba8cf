//! relata beside what else one would work this out with, on the same generated market: see the README.

mod control;
mod edges;
mod registers;
mod rows;
mod run;
mod shared;
mod table;
mod tally;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("--child") => run::child(&arguments[1..]),
        Some("--make") => run::make(&arguments[1..]),
        _ => run::all(&arguments),
    }
}
