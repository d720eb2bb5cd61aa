//! Texts inside style sheets.

/// A text as a string of CSS: it can neither end the string nor the style sheet.
pub(super) fn string(text: &str) -> String {
    let mut css = String::from("\"");
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' {
            css.push(c);
        } else {
            css.push_str(&format!("\\{:x} ", u32::from(c)));
        }
    }
    css.push('"');
    css
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn no_text_ends_its_string_or_the_style() {
        assert_eq!(string("Ash 4"), "\"Ash 4\"");
        assert_eq!(string("a\"b</style>"), "\"a\\22 b\\3c \\2f style\\3e \"");
        assert_eq!(string("a\\\n"), "\"a\\5c \\a \"");
    }
}
