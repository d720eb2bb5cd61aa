//! Texts as they are compared: small letters, no signs, one blank between words.

/// A text in small letters, with its words and numbers and nothing else.
pub(crate) fn plain(text: &str) -> String {
    let letters: String = text.chars().map(plain_letter).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Signs become blanks. Marks that mean something by themselves (✓) stay.
fn plain_letter(letter: char) -> char {
    let is_sign = letter.is_ascii_punctuation()
        || matches!(letter, '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '−' | '\u{a0}' | '\u{fffd}');
    if is_sign { ' ' } else { letter }
}

/// Whether a text has these words one after the other.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::{has_words, plain};

    #[test]
    fn texts_are_compared_without_case_and_signs() {
        assert_eq!(plain("  Keep?\n(yes/no) "), "keep yes no");
        assert_eq!(plain("✓"), "✓");
        assert!(has_words("should we keep it", "keep it") && !has_words("keeping", "keep"));
    }
}
