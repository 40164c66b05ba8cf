//! How a command ends: the exit statuses and what is said where there is no answer.

use crate::export::ExportError;
use crate::facts::Lang;
use crate::inquiry::{Fault, Refusal};
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

/// Why a command gives no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments do not say what to do.
    Usage(Lang, String),
    /// The question has no answer.
    Refused(Lang, Refusal),
    /// Anything else.
    Failed(Lang, String),
    /// Nobody reads the output any more.
    ClosedPipe,
}

impl Failure {
    pub(super) fn usage(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Usage(lang, lang.pick(zh.into(), en.into()))
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

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failed(..) => 1,
            Self::Usage(..) => Status::USAGE,
            Self::Refused(_, refusal) => match refusal.fault() {
                Fault::Usage | Fault::Name => Status::USAGE,
                Fault::Data => Status::DataErrors.code(),
                Fault::Failed => 1,
            },
        }
    }

    /// What is said on standard error.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Usage(lang, text) | Self::Failed(lang, text) => {
                lang.pick(format!("错误：{text}"), format!("error: {text}"))
            }
            Self::Refused(lang, refusal) => refusal.text(*lang),
            Self::ClosedPipe => String::new(),
        }
    }
}
