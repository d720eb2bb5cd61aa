//! Strings, lists and comments as TOML writes them.

use std::fmt::Write as _;

/// A string as TOML writes it.
pub(super) fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

/// A list of strings as TOML writes it.
pub(super) fn toml_list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let strings: Vec<String> = texts.into_iter().map(|text| toml_string(text)).collect();
    format!("[{}]", strings.join(", "))
}

/// A text that may stand in a comment: on one line.
pub(super) fn comment_text(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
