//! Why a question has no answer, in both languages.

use super::opening;
use crate::facts::{Lang, LookupError};
use crate::intake::{Finding, Text, both};
use crate::packed::OpenError;
use crate::report::findings_text;
use crate::store::PackError;
use std::fmt;
use std::path::PathBuf;

/// Whose fault it is that there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The question's.
    Usage,
    /// A name in the question fits nobody, or several.
    Name,
    /// The data's.
    Data,
    /// The machine's, or a file's.
    Failed,
}

/// Why a question has no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The question does not say what it needs to, or what cannot be.
    Usage(Text),
    /// A text names no single party.
    Lookup(LookupError),
    /// Several complaints.
    Several(Vec<Refusal>),
    /// What is wrong with rows that the question brings along.
    Rows(Vec<Finding>),
    /// The data does not say what the question needs.
    Data(Text),
    /// The data has errors.
    Findings(Vec<Finding>),
    /// A packed file is damaged.
    Pack(PathBuf, PackError),
    /// Nothing could be opened.
    Open(OpenError),
    /// Anything else.
    Failed(Text),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message(Lang::En).trim_end())
    }
}

impl std::error::Error for Refusal {}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl Refusal {
    /// All of these together; none where there is none.
    #[must_use]
    pub(super) fn of(mut faults: Vec<Self>) -> Option<Self> {
        match faults.len() {
            0 => None,
            1 => faults.pop(),
            _ => Some(Self::Several(faults)),
        }
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn unreadable(path: &dyn std::fmt::Display, error: &std::io::Error) -> Self {
        Self::Failed(both!("cannot read `{path}`: {error}", "无法读取`{path}`：{error}"))
    }

    /// Whose fault it is.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Usage(_) | Self::Rows(_) => Fault::Usage,
            Self::Lookup(_) => Fault::Name,
            Self::Several(faults) => faults.first().map_or(Fault::Usage, Self::fault),
            Self::Data(_) | Self::Findings(_) => Fault::Data,
            Self::Pack(..) | Self::Open(_) | Self::Failed(_) => Fault::Failed,
        }
    }

    /// What is said, without a word that it is an error; a line for each complaint.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Usage(text) | Self::Data(text) | Self::Failed(text) => text.text(lang).to_owned(),
            Self::Lookup(error) => lookup(error).text(lang).to_owned(),
            Self::Several(faults) => faults.iter().map(|fault| fault.message(lang)).collect::<Vec<_>>().join("\n"),
            Self::Rows(findings) | Self::Findings(findings) => findings_text(findings, lang),
            Self::Pack(path, error) => opening::packed(path, error).text(lang).to_owned(),
            Self::Open(error) => opening::text(error).text(lang).to_owned(),
        }
    }

    /// The whole, each line saying what it is: what a terminal shows.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Several(faults) => faults.iter().map(|fault| fault.text(lang)).collect::<Vec<_>>().join("\n"),
            Self::Rows(_) | Self::Findings(_) => self.message(lang),
            _ => {
                let message = self.message(lang);
                lang.pick(format!("错误：{message}"), format!("error: {message}"))
            }
        }
    }
}

/// A text that names no single party: the candidates are listed.
fn lookup(error: &LookupError) -> Text {
    let list = |parties: &[(String, String)]| {
        let list = |lang: Lang| {
            let one =
                |(id, name): &(String, String)| lang.pick(format!("`{id}`（{name}）"), format!("`{id}` ({name})"));
            parties.iter().map(one).collect::<Vec<_>>().join(lang.pick("、", ", "))
        };
        (list(Lang::En), list(Lang::Zh))
    };
    match error {
        LookupError::Ambiguous { text, candidates } => {
            let (en, zh) = list(candidates);
            both!("`{text}` may be any of {en}; name it by its id", "`{text}`可能是{zh}；请改用编号")
        }
        LookupError::Unknown { text, near } if near.is_empty() => both!(
            "no party is called `{text}`; use an id, a full name, an alias or an identifier",
            "没有名为`{text}`的主体；可用编号、全称、曾用名或者证件号码"
        ),
        LookupError::Unknown { text, near } => {
            let (en, zh) = list(near);
            both!("no party is called `{text}`; did you mean {en}?", "没有名为`{text}`的主体；是否指{zh}？")
        }
    }
}
