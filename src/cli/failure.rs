//! How a command ends: the exit statuses and what is said where there is no answer.

use crate::export::ExportError;
use crate::facts::{Lang, LookupError};
use std::io;

/// How a command that gave an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Answered, whatever the verdict.
    Answered,
    /// A saved answer is refused.
    Refused,
    /// The data has errors, which have been listed.
    DataErrors,
    /// With `--strict`: something is undetermined.
    Undetermined,
    /// With `--exit-code`: a party asked about is related.
    Related,
}

impl Status {
    /// Wrong usage.
    pub(super) const USAGE: u8 = 2;

    pub(super) fn code(self) -> u8 {
        match self {
            Self::Answered => 0,
            Self::Refused => 1,
            Self::DataErrors => 3,
            Self::Undetermined => 4,
            Self::Related => 10,
        }
    }
}

/// Why a command gives no answer. Texts are in the reader's language already.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments do not say what to do.
    Usage(Lang, String),
    /// The same, with several complaints, a line each.
    Several(String),
    /// The data has errors: every finding, a line each.
    Data(String),
    /// Anything else.
    Failed(Lang, String),
    /// Nobody reads the output any more.
    ClosedPipe,
}

impl Failure {
    pub(super) fn usage(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Usage(lang, lang.pick(zh.into(), en.into()))
    }

    pub(super) fn data(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Data(lang.pick(format!("错误：{}", zh.into()), format!("error: {}", en.into())))
    }

    pub(super) fn failed(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Failed(lang, lang.pick(zh.into(), en.into()))
    }

    /// A failure to read or write; a closed pipe is told apart.
    pub(super) fn io(lang: Lang, what: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::failed(lang, format!("无法写入`{what}`：{error}"), format!("cannot write `{what}`: {error}"))
    }

    /// A dataset that cannot be written.
    pub(super) fn export(lang: Lang, error: &ExportError) -> Self {
        let zh = match error {
            ExportError::Exists(path) => format!("`{}`已存在，不予覆盖", path.display()),
            ExportError::Write { path, source } => format!("无法写入`{}`：{source}", path.display()),
            ExportError::TooLarge { table, row, limit } => {
                format!("工作簿容纳不下 {table} 表第 {row} 行（{limit}）；请改用 CSV 或者 JSON 格式")
            }
            ExportError::NoWorkbooks => "本程序构建时未启用 xlsx 功能，不能写工作簿".to_owned(),
        };
        Self::failed(lang, zh, error.to_string())
    }

    /// A text that names no single party is wrong usage: the candidates are listed.
    pub(super) fn lookup(lang: Lang, error: &LookupError) -> Self {
        let list = |parties: &[(String, String)]| {
            let names =
                parties.iter().map(|(id, name)| lang.pick(format!("`{id}`（{name}）"), format!("`{id}` ({name})")));
            names.collect::<Vec<_>>().join(lang.pick("、", ", "))
        };
        match error {
            LookupError::Ambiguous { text, candidates } => {
                let list = list(candidates);
                Self::usage(
                    lang,
                    format!("`{text}`可能是{list}；请改用编号"),
                    format!("`{text}` may be any of {list}; name it by its id"),
                )
            }
            LookupError::Unknown { text, near } if near.is_empty() => Self::usage(
                lang,
                format!("没有名为`{text}`的主体；可用编号、全称、曾用名或者证件号码"),
                format!("no party is called `{text}`; use an id, a full name, an alias or an identifier"),
            ),
            LookupError::Unknown { text, near } => {
                let list = list(near);
                Self::usage(
                    lang,
                    format!("没有名为`{text}`的主体；是否指{list}？"),
                    format!("no party is called `{text}`; did you mean {list}?"),
                )
            }
        }
    }

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failed(..) => 1,
            Self::Usage(..) | Self::Several(_) => Status::USAGE,
            Self::Data(..) => 3,
        }
    }

    /// What is said on standard error.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Usage(lang, text) | Self::Failed(lang, text) => {
                lang.pick(format!("错误：{text}"), format!("error: {text}"))
            }
            Self::Data(text) | Self::Several(text) => text.clone(),
            Self::ClosedPipe => String::new(),
        }
    }
}
