//! Text without invisible characters, such as control characters and marks that change the text direction.
//!
//! They get into spreadsheets when people copy from web pages and word processors. They can make one name
//! look like two, control a terminal, or stop an XML parser. So text is cleaned once, where it enters: in
//! cells, in file and sheet names, and in the text of a catalog or project.

use std::borrow::Cow;

/// `text` on one line: each run of tabs and line breaks becomes one space, invisible characters are removed,
/// and everything else is unchanged.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut after_break = false;
    for c in text.chars() {
        match Visibility::of(c) {
            Visibility::Shown => cleaned.push(c),
            Visibility::Break if !after_break => cleaned.push(' '),
            Visibility::Break | Visibility::Invisible => {}
        }
        after_break = Visibility::of(c) == Visibility::Break;
    }
    Cow::Owned(cleaned)
}

/// The same for multi-line text, which keeps its tabs and line feeds.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if is_clean(text) || text.chars().all(stays_in_lines) {
        return Cow::Borrowed(text);
    }
    // Line breaks of other systems become line feeds.
    Cow::Owned(text.replace("\r\n", "\n").chars().filter_map(clean_in_lines).collect())
}

/// Whether a character is kept in multi-line text.
fn stays_in_lines(c: char) -> bool {
    matches!(c, '\n' | '\t') || Visibility::of(c) == Visibility::Shown
}

/// What a character becomes in multi-line text; `None` if it is removed.
fn clean_in_lines(c: char) -> Option<char> {
    match Visibility::of(c) {
        _ if stays_in_lines(c) => Some(c),
        Visibility::Break => Some('\n'),
        _ => None,
    }
}

/// Whether [`clean`] would leave `text` unchanged.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    // Nearly all text is printable ASCII, which is fast to check.
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        || text.chars().all(|c| Visibility::of(c) == Visibility::Shown)
}

/// How a character is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// As a visible character or a space.
    Shown,
    /// As a line break or a tab.
    Break,
    /// Invisible.
    Invisible,
}

impl Visibility {
    /// Based on Unicode properties. Invisible are control characters (`Cc`), characters that should be
    /// ignored in display (`Default_Ignorable_Code_Point`, including the byte-order mark, soft hyphen,
    /// zero-width spaces and joiners, and everything that changes the text direction), annotation anchors,
    /// and noncharacters (`Noncharacter_Code_Point`).
    fn of(c: char) -> Self {
        match c {
            ' '..='~' => Self::Shown,
            '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::Break,
            '\0'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}' => Self::Invisible,
            // The last two code points of each plane.
            c if u32::from(c) & 0xfffe == 0xfffe => Self::Invisible,
            _ => Self::Shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Visibility, clean, clean_lines, is_clean};

    #[test]
    fn invisible_characters_are_those_of_unicode() {
        let not = r"\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\x{FFF9}-\x{FFFB}";
        let not = regex::Regex::new(&format!("[{not}]")).unwrap();
        let breaks = regex::Regex::new(r"[\t\n\v\f\r\u{85}\p{Zl}\p{Zp}]").unwrap();
        for c in char::MIN..=char::MAX {
            let text = c.to_string();
            let expected = match () {
                () if breaks.is_match(&text) => Visibility::Break,
                () if not.is_match(&text) => Visibility::Invisible,
                () => Visibility::Shown,
            };
            assert_eq!(Visibility::of(c), expected, "{c:?}");
            assert_eq!(is_clean(&text), expected == Visibility::Shown, "{c:?}");
        }
    }

    #[test]
    fn names_with_and_without_marks_are_one() {
        let marked =
            ["Bi\u{200b}rch", "\u{feff}Birch", "Bir\u{ad}ch", "\u{202e}Birch\u{202c}", "B\u{1f}irch\u{ffff}"];
        marked.iter().for_each(|name| assert_eq!(clean(name), "Birch", "{name:?}"));
        assert_eq!(clean("San José\u{a0}Año 北京"), "San José\u{a0}Año 北京");
        assert_eq!(clean("School\r\n\tyear\u{2028}end"), "School year end");
        assert_eq!(clean("\u{1b}[31mred"), "[31mred");
        assert_eq!(clean("a  b "), "a  b ");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(clean_lines("a\r\n\tb\u{1b}\n\u{200b}c\rd"), "a\n\tb\nc\nd");
        assert!(matches!(clean_lines("a\n\tb é"), std::borrow::Cow::Borrowed(_)));
    }
}
