//! `relata man [DIR]`: manual pages, one for each command into a folder, or the first one to standard output.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use std::path::PathBuf;

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder the pages are written to [default: the main page to standard output]
    dir: Option<PathBuf>,
}

pub(super) fn run(options: &Options, args: &Args, command: clap::Command) -> Result<Status, Failure> {
    let lang = options.early_lang();
    match &args.dir {
        None => output::emit(options, lang, |out| clap_mangen::Man::new(command).render(out))?,
        Some(dir) => {
            let fault = |error: &std::io::Error| Failure::io(lang, &dir.display().to_string(), error);
            std::fs::create_dir_all(dir).map_err(|error| fault(&error))?;
            clap_mangen::generate_to(command, dir).map_err(|error| fault(&error))?;
        }
    }
    Ok(Status::Answered)
}
