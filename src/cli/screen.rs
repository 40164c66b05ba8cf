//! `relata screen DATA LIST`: a list of counterparties held against the register at once.

use super::failure::{Failure, Status};
use super::options::Options;
use super::session::Session;
use crate::inquiry;
use std::path::PathBuf;

/// How a list is read.
const ABOUT: &str = "\
LIST is a CSV file or a workbook with a column headed name (名称, 供应商名称, …), identifier (证件号码, 统一社会信用代码, …) or \
id (编号), or a text file with a name on each line. Full-width and half-width letters, kinds of brackets, blanks and capitals \
make no difference. A name that fits several parties is not decided; one that is not in the data is offered the parties of the \
register with a name like it, with a score from 70 to 99, and is not decided either.
LIST 为 CSV 文件或者工作簿，含表头为名称、证件号码或者编号的列；也可以是每行一个名称的文本。全角与半角、括号、空格、大小写不影响比对。\
名称不唯一的不作判断；数据中没有的，列出名录中名称相近者及其相似度（70至99），同样不作判断。";

/// Arguments of `screen`.
#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(super) struct Args {
    /// A folder of CSV files, a workbook, a .json file or a packed file
    data: PathBuf,
    /// The list: CSV, workbook, or a name on each line
    list: PathBuf,
}

pub(super) fn run(options: &Options, args: &Args) -> Result<Status, Failure> {
    let form = options.form()?;
    let early = options.early_lang();
    let bytes = std::fs::read(&args.list).map_err(|error| {
        let list = args.list.display();
        Failure::failed(early, format!("无法读取`{list}`：{error}"), format!("cannot read `{list}`: {error}"))
    })?;
    let list = inquiry::read_list(&bytes).map_err(|refusal| Failure::Refused(early, refusal))?;
    Session::open(options, &args.data)?.answered(|session| {
        session.inquiry_today()?.screen(&list, |report| {
            session.answer(form, report)?;
            let counts = report.counts();
            let open = counts.undetermined + counts.ambiguous + counts.unknown;
            match session.status(open > 0) {
                Status::Answered if options.exit_code && counts.related > 0 => Ok(Status::Related),
                status => Ok(status),
            }
        })
    })
}
