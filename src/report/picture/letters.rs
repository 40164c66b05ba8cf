//! How wide a text is, and where it breaks. No font is at hand, so widths are estimated: a full-width letter takes one
//! em, others about half of one.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text without what XML does not allow, on one line.
#[must_use]
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let sound = |letter: char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    if text.chars().all(sound) {
        return Cow::Borrowed(text);
    }
    let shown = |letter: char| match letter {
        '\n' | '\r' | '\t' => Some(' '),
        letter => sound(letter).then_some(letter),
    };
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// The width of a text in a font of `size` pixels, on the safe side.
#[must_use]
pub(super) fn width(text: &str, size: i32) -> i32 {
    let tenths = |letter: char| match letter.width().unwrap_or(0) {
        0 => 0,
        1 if letter.is_ascii_uppercase() || matches!(letter, 'm' | 'w' | '%' | '&' | '@') => 8,
        1 => 6,
        _ => 10,
    };
    text.chars().map(tenths).sum::<i32>() * size / 10 + 1
}

/// Words that a line of Chinese does not part, the longer before the shorter.
const WHOLE: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "合伙企业",
    "有限合伙",
    "委员会",
    "实际控制人认定",
    "共同控制",
    "表决权",
];
/// Between two letters, forbids a break.
const JOINER: char = '\u{2060}';

/// The text in lines of at most `columns` half-width letters, of about the same length. Breaks stand where the script
/// allows them; a word that is longer than a line is cut.
#[must_use]
pub(super) fn lines(text: &str, columns: usize) -> Vec<String> {
    let mut text = clean(text).replace(JOINER, "");
    for word in WHOLE {
        let letters: Vec<String> = word.chars().map(String::from).collect();
        text = text.replace(word, &letters.join(&JOINER.to_string()));
    }
    // As many lines as are needed, each no wider than it has to be.
    let rows = text.width().div_ceil(columns).max(1);
    let even = text.width().div_ceil(rows) + 2;
    let wrapped = |columns: usize| -> Vec<String> {
        textwrap::wrap(text.trim(), columns).into_iter().map(|line| line.replace(JOINER, "")).collect()
    };
    let full = wrapped(columns);
    (even.min(columns)..columns).map(wrapped).find(|lines| lines.len() <= full.len()).unwrap_or(full)
}
