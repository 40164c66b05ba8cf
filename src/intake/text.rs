//! What is said to a reader, in both languages at once.

pub use crate::facts::Lang;
use serde::{Deserialize, Serialize};

/// One statement in English and in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// English
    pub en: String,
    /// 中文
    pub zh: String,
}

impl Text {
    /// The statement in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// Formats one statement in both languages from the same values.
macro_rules! both {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::intake::Text { en: format!($en), zh: format!($zh) }
    };
}
pub(crate) use both;
