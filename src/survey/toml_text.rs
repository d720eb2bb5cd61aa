//! Strings, lists and comments in TOML syntax.

use std::fmt::Write as _;

/// A string in TOML syntax.
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

/// A list of strings in TOML syntax.
pub(super) fn toml_list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let strings: Vec<String> = texts.into_iter().map(|text| toml_string(text)).collect();
    format!("[{}]", strings.join(", "))
}

/// Text that can be used in a comment: on one line.
pub(super) fn comment_text(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
