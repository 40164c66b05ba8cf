//! `relata init DIR`: an empty dataset with headings.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use crate::intake::{self, TemplateFormat};
use std::path::PathBuf;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to write it: a folder (csv) or a file (json)
    dir: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let lang = options.early_lang();
    let format = options.choose(&[TemplateFormat::Csv, TemplateFormat::Json], |format| match format {
        TemplateFormat::Csv => "csv",
        TemplateFormat::Json => "json",
    })?;
    let mut dir = args.dir.clone();
    if matches!(format, TemplateFormat::Json) && dir.extension().is_none() {
        // Only a file of that name is read as a dataset.
        dir.set_extension("json");
    }
    intake::write_template(&dir, format, lang).map_err(|error| Failure::template(lang, &error))?;
    let dir = dir.display();
    output::say(&lang.pick(
        format!("已写入{dir}；填写后请运行 relata validate {dir}"),
        format!("wrote {dir}; fill it in, then run: relata validate {dir}"),
    ));
    Ok(Status::Answered)
}
