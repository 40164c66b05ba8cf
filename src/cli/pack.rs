//! `relata pack DATA -o FILE`: the data in one file that is opened at once, however large it is.

use super::failure::{Failure, Status};
use super::options::Options;
use super::output;
use super::progress::Progress;
use super::session::Session;
use crate::inquiry::Refusal;
use crate::packed;
use std::path::PathBuf;

/// What the command does with the file.
const ABOUT: &str = "\
Every other command takes the packed file in place of DATA and answers the same. It is opened at once, however large it \
is; a good name ends in .relata. It is made for this version of relata: keep the data themselves.
其他命令均可用打包文件代替 DATA，答案完全相同；无论多大，打开即用。文件名建议以 .relata 结尾。打包文件只供本版本的 relata 使用：请保留原始数据。";

/// Arguments of `pack`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a .json or .xlsx file or a packed file
    data: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    options.choose(&["pack"], |format| format)?;
    let early = options.early_lang();
    let Some(target) = &options.output else {
        return Err(Failure::usage(early, "请用 -o 指定要写入的文件", "name the file to write with -o"));
    };
    let session = Session::open(options, &args.data)?;
    let (lang, rows) = (session.lang, session.dataset.rows());
    let mut progress = None;
    let mut watch = |total, more| {
        let label = lang.pick("打包", "packing");
        progress.get_or_insert_with(|| Progress::start(label, total)).advance(more);
    };
    let opened = session.dataset.into_opened();
    packed::write(opened, target, &mut watch).map_err(|error| match error {
        crate::store::PackError::Io(error) => Failure::io(lang, &target.display().to_string(), &error),
        error => Failure::Refused(lang, Refusal::Pack(args.data.clone(), error)),
    })?;
    drop(progress);
    let shown = target.display();
    output::say(&lang.pick(format!("已写入{shown}：{rows}行"), format!("wrote {shown}: {rows} rows")));
    Ok(Status::Answered)
}
