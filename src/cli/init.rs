//! `relata init DIR`: an empty dataset with headings.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use crate::export::{self, DatasetFormat};
use std::path::PathBuf;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to write it: a folder (csv) or a file (json, xlsx)
    dir: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let lang = options.early_lang();
    let format = options.choose(DatasetFormat::ALL, DatasetFormat::name)?;
    let mut dir = args.dir.clone();
    if format != DatasetFormat::Csv && dir.extension().is_none() {
        // Only a file of that name is read as a dataset.
        dir.set_extension(format.name());
    }
    export::write_template(&dir, format, lang).map_err(|error| Failure::export(lang, &error))?;
    let dir = dir.display();
    output::say(&lang.pick(
        format!("已写入{dir}；填写后请运行 relata validate {dir}"),
        format!("wrote {dir}; fill it in, then run: relata validate {dir}"),
    ));
    Ok(Status::Answered)
}
