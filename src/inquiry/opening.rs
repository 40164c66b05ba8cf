//! What is said where data cannot be opened.

use crate::intake;
use crate::intake::{Text, both};
use crate::packed::{CONTENT, OpenError};
use crate::store::PackError;
use std::path::Path;

/// Data that cannot be read at all.
pub(super) fn text(error: &OpenError) -> Text {
    use intake::OpenError::{NoWorkbooks, NotFound, OtherWorkbook, Read, UnknownFormat};
    let zh = match error {
        OpenError::Dataset(NotFound(path)) => format!("`{}`不存在；relata init 可生成空白数据集", path.display()),
        OpenError::Dataset(UnknownFormat(path)) => {
            format!("`{}`既不是CSV文件夹，也不是 .json 文件、.xlsx 工作簿或者打包文件", path.display())
        }
        OpenError::Dataset(OtherWorkbook(path)) => {
            format!("`{}`是本程序不读取的工作簿格式；请打开后另存为 .xlsx", path.display())
        }
        OpenError::Dataset(NoWorkbooks(path)) => {
            format!("`{}`是工作簿，而本程序构建时未启用 xlsx 功能", path.display())
        }
        OpenError::Dataset(Read { path, source }) => format!("无法读取`{}`：{source}", path.display()),
        OpenError::Pack { path, source } => return packed(path, source),
        OpenError::OtherVersion { path, found } => format!(
            "`{}`由另一版本的 relata 打包（内容版本{found}，本程序读取{CONTENT}）；请将数据重新打包",
            path.display()
        ),
        OpenError::NoDataset(path) => format!("`{}`是打包文件，但内容不是数据集；请将数据重新打包", path.display()),
    };
    both!("{error}", "{zh}")
}

/// A packed file that cannot be used.
pub(super) fn packed(path: &Path, error: &PackError) -> Text {
    let (path, zh) = (path.display(), chinese(error));
    both!("`{path}`: {error}", "`{path}`：{zh}")
}

/// What is wrong with a packed file and what to do about it, as the error itself says in English.
fn chinese(error: &PackError) -> String {
    const AGAIN: &str = "请重新复制该文件，或者将数据重新打包";
    match error {
        PackError::NotAPack => "不是 relata 的打包文件；请使用 relata pack 写出的文件，或者先将数据打包".to_owned(),
        PackError::Newer { found, known } => {
            format!("由更新版本的 relata 打包：格式{found}，本程序最高读取格式{known}；请升级 relata 或者重新打包")
        }
        PackError::Older { found } => format!("打包格式{found}本程序不再读取；请将数据重新打包"),
        PackError::BigEndian => "打包文件为小端字节序，该文件或者本机为大端；请直接使用数据本身".to_owned(),
        PackError::Truncated { expected, found } => {
            format!("打包文件不完整：应有{expected}字节，实有{found}字节；{AGAIN}")
        }
        PackError::TooLong { expected, found } => {
            format!("打包文件过长：应有{expected}字节，实有{found}字节；{AGAIN}")
        }
        PackError::DamagedHeader { what } => format!("打包文件的文件头已损坏（{what}）；{AGAIN}"),
        PackError::Damaged(damage) => match &damage.section {
            Some(section) => format!("`{section}`段在第{}字节处已损坏；{AGAIN}", damage.offset),
            None => format!("校验和在第{}字节处已损坏；{AGAIN}", damage.offset),
        },
        PackError::MissingSection { name } => format!("打包文件缺少`{name}`段；请用本程序将数据重新打包"),
        PackError::ElementSize { name, expected, found } => {
            format!("`{name}`段每个值为{found}字节，应为{expected}字节；请用本程序将数据重新打包")
        }
        PackError::Unfinished => "打包文件此前写入失败；请将数据重新打包".to_owned(),
        PackError::Io(error) => format!("无法读写打包文件：{error}"),
        // Of these only a program that writes sections of its own can hear.
        other => other.to_string(),
    }
}
