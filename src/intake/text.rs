//! What is said to a reader, in both languages at once.

use serde::Serialize;

/// A language that findings speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English
    En,
    /// 中文
    Zh,
}

impl Lang {
    /// Reads `en` or `zh`.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        match text {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }
}

/// One statement in English and in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
        $crate::intake::text::Text { en: format!($en), zh: format!($zh) }
    };
}
pub(crate) use both;
