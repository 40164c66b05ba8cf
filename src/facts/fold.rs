//! Names with all made alike that people write in more than one way.

use unicode_normalization::UnicodeNormalization;

/// Endings that say what kind of legal person bears a name, longest first.
const LEGAL_FORMS: [&str; 16] = [
    "(特殊普通合伙)",
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "(有限合伙)",
    "(普通合伙)",
    "co.,ltd.",
    "有限公司",
    "co.,ltd",
    "limited",
    "集团",
    "公司",
    "ltd.",
    "ltd",
];

/// The letters of a name in half-width and lower case, without blanks, with one kind of bracket, middle dot and dash.
pub fn folded(name: &str) -> impl Iterator<Item = char> {
    let alike = |letter: char| match letter {
        '[' | '{' | '【' | '〔' | '〖' | '「' | '『' | '〈' | '《' | '<' => '(',
        ']' | '}' | '】' | '〕' | '〗' | '」' | '』' | '〉' | '》' | '>' => ')',
        '•' | '・' | '‧' | '∙' | '⋅' => '·',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    };
    let visible = |letter: &char| {
        !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    // Compatibility forms first: what is a full-width bracket there is a plain one after it.
    name.nfkc().flat_map(char::to_lowercase).filter(visible).map(alike)
}

/// The same as a text. O(length).
#[must_use]
pub fn fold(name: &str) -> String {
    folded(name).collect()
}

/// What is left of a folded name without the ending that says what kind of legal person it is.
#[must_use]
pub fn core(folded: &str) -> &str {
    let stripped = LEGAL_FORMS.iter().find_map(|form| folded.strip_suffix(form));
    stripped.filter(|core| !core.is_empty()).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_in_many_ways_is_made_alike() {
        for (one, other) in [
            ("宁波（甲）投资有限公司", "宁波(甲)投资有限公司"),
            ("宁波【甲】投资", "宁波〔甲〕 投 资"),
            ("ＡＢＣ Co., Ltd.", "abc co.,ltd."),
            ("约翰·史密斯", "约翰•史密斯"),
            ("中远海运—能源", "中远海运-能源"),
            ("\u{feff}甲公司\u{200b}", "甲公司"),
            ("甲\u{3000}公司", "甲公司"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("甲公司"), fold("乙公司"));
        assert_ne!(fold("江苏（南京）公司"), fold("江苏南京公司"));
    }

    #[test]
    fn the_legal_form_is_left_out() {
        for (name, expected) in [
            ("甲乙股份有限公司", "甲乙"),
            ("甲乙有限责任公司", "甲乙"),
            ("甲乙中心（有限合伙）", "甲乙中心"),
            ("Alpha Co., Ltd.", "alpha"),
            ("公司", "公司"),
            ("张三", "张三"),
        ] {
            assert_eq!(core(&fold(name)), expected, "{name}");
        }
    }
}
