//! `relata completions SHELL`: completions for a shell.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use clap_complete::Shell;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(options: &Options, args: &Args, command: &mut clap::Command) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "relata", &mut script);
    output::emit(options, options.early_lang(), |out| out.write_all(&script))?;
    Ok(Status::Answered)
}
