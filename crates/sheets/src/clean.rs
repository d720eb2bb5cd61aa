//! Text without invisible characters: control characters, marks that change the direction of writing, and the like.
//!
//! They come into spreadsheets by copying from web pages and word processors, and split one name in two, control a
//! terminal, or stop an XML parser. So text is cleaned once, where it enters: in the cells of a sheet, in the names
//! of files and sheets, and in the texts of a catalog or project.

use std::borrow::Cow;

/// `text` in one line: a tab or line break, or several in a row, becomes one space; invisible characters are left out; all
/// others stay as they are.
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

/// The same for a text of several lines, whose tabs and line feeds stay.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if is_clean(text) || text.chars().all(stays_in_lines) {
        return Cow::Borrowed(text);
    }
    // A line break of another system is one line feed.
    Cow::Owned(text.replace("\r\n", "\n").chars().filter_map(clean_in_lines).collect())
}

/// Whether a character stays in a text of several lines.
fn stays_in_lines(c: char) -> bool {
    matches!(c, '\n' | '\t') || Visibility::of(c) == Visibility::Shown
}

/// What a character becomes in a text of several lines; `None` where it is left out.
fn clean_in_lines(c: char) -> Option<char> {
    match Visibility::of(c) {
        _ if stays_in_lines(c) => Some(c),
        Visibility::Break => Some('\n'),
        _ => None,
    }
}

/// Whether [`clean`] leaves `text` as it is.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    // Nearly all text is printable ASCII, which is quick to check.
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        || text.chars().all(|c| Visibility::of(c) == Visibility::Shown)
}

/// How a character is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visibility {
    /// As a character of its own.
    Shown,
    /// As the end of a line, or a gap.
    Break,
    /// Not at all.
    Invisible,
}

impl Visibility {
    /// By Unicode's properties: not shown are control characters (`Cc`), characters that a reader is to ignore
    /// (`Default_Ignorable_Code_Point`, among them the byte-order mark, soft hyphen, zero-width blanks and joiners, and
    /// all that change the direction of writing), anchors of annotations, and what is no character at all
    /// (`Noncharacter_Code_Point`).
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
            // The last two of each plane.
            c if u32::from(c) & 0xfffe == 0xfffe => Self::Invisible,
            _ => Self::Shown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Visibility, clean, clean_lines, is_clean};

    #[test]
    fn what_is_not_shown_is_what_unicode_says() {
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
