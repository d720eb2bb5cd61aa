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

/// Signs around words that say nothing.
const PUNCTUATION: [char; 19] =
    ['.', ',', ';', ':', '!', '?', '"', '\'', '“', '”', '‘', '’', '…', '(', ')', '[', ']', '*', '_'];

/// What a text says, in small letters: without punctuation, but with the signs of numbers, since +3% is not -3%.
pub(crate) fn said_words(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.trim_matches(PUNCTUATION));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a text has these words one after the other.
pub(crate) fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::{has_words, plain, said_words};

    #[test]
    fn texts_are_compared_without_case_and_signs() {
        assert_eq!(plain("  Keep?\n(yes/no) "), "keep yes no");
        assert_eq!(plain("✓"), "✓");
        assert_eq!(said_words("Up by \u{2212}3%!  (“Now”)"), "up by \u{2212}3% now");
        assert!(has_words("should we keep it", "keep it") && !has_words("keeping", "keep"));
    }
}
