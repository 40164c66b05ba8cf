//! `relata convert IN OUT`: a dataset in another format.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::session::Session;
use crate::export::{self, DatasetFormat};
use crate::intake::Finding;
use crate::report::findings_text;
use std::path::PathBuf;

/// What the command does with the data.
const ABOUT: &str = "\
OUT is a folder of CSV files, a .json file or a .xlsx file, by its name or by --format; headings and codes are in the \
language of --lang. The facts stay the same, and so does their digest; a holding given by shares is written as the exact \
percentage. Data with errors is not converted; what was not read is not carried over, and is listed.
OUT 为 CSV 文件夹、.json 文件或者 .xlsx 文件，由文件名或者 --format 决定；表头与代码的语言由 --lang 决定。事实及其摘要不变；\
按股数填写的持股写为精确比例。数据有错误的不予转换；未读取的内容不会转入，并逐项列出。";

/// Findings of what was not read, and so is not carried over.
const LOST: [&str; 4] = ["unknown-table", "unknown-column", "unknown-setting", "rows-above-headings"];

/// Arguments of `convert`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    #[arg(value_name = "IN")]
    data: PathBuf,
    /// What to write; nothing is overwritten
    #[arg(value_name = "OUT")]
    target: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let early = options.early_lang();
    let named = options.format.is_none().then(|| DatasetFormat::of(&args.target)).flatten();
    let format = match named {
        Some(format) => format,
        None if options.format.is_some() => options.choose(DatasetFormat::ALL, DatasetFormat::name)?,
        None => {
            let target = args.target.display();
            return Err(Failure::usage(
                early,
                format!(
                    "无法从`{target}`看出格式；请用 .json 或者 .xlsx 结尾、不带扩展名（CSV 文件夹），或者使用 --format"
                ),
                format!(
                    "`{target}` names no format: end it in .json or .xlsx, leave out the extension for a folder of CSV files, or use --format"
                ),
            ));
        }
    };
    Session::open(options, &args.data)?.answered(|session| {
        session.dataset.check_file().map_err(session.refused())?;
        let lang = session.lang;
        let lost: Vec<Finding> = session.dataset.findings().iter().filter(|finding| LOST.contains(&finding.code)).collect();
        if !lost.is_empty() {
            output::say(lang.pick("以下内容未读取，不会转入：", "this was not read and is NOT carried over:"));
            output::say(&findings_text(&lost, lang));
        }
        export::write_dataset(session.dataset.facts(), &args.target, format, lang)
            .map_err(|error| Failure::export(lang, &error))?;
        let (rows, shown) = (session.dataset.rows(), args.target.display());
        output::say(&lang.pick(format!("已写入{shown}：{rows}行"), format!("wrote {shown}: {rows} rows")));
        Ok(Status::Answered)
    })
}
