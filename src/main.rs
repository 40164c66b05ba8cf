//! The `relata` command: everything happens in [`relata::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    relata::cli::run()
}
