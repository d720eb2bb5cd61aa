//! Splits a name into words.

/// The most words in the name of a student group or subject.
const LONGEST_TERM: usize = 8;

/// The words of a text in lower case, split at punctuation, before digits, and before a capital that follows
/// a lowercase letter. `%`, `#` and `$` become the words `percent`, `number` and `dollar`; apostrophes are
/// removed.
pub(super) fn tokenize(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut previous = ' ';
    for c in text.chars() {
        if matches!(c, '\'' | '’') {
            continue;
        }
        if !word.is_empty() && starts_new_token(previous, c) {
            tokens.push(std::mem::take(&mut word));
        }
        if let Some(name) = sign_name(c) {
            tokens.push(name.to_owned());
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        previous = c;
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

fn starts_new_token(previous: char, c: char) -> bool {
    let is_capital_within = previous.is_lowercase() && c.is_uppercase();
    let is_first_digit = previous.is_alphabetic() && c.is_ascii_digit();
    !c.is_alphanumeric() || is_capital_within || is_first_digit
}

const fn sign_name(c: char) -> Option<&'static str> {
    match c {
        '%' => Some("percent"),
        '#' => Some("number"),
        '$' => Some("dollar"),
        _ => None,
    }
}

/// Removes the longest run of tokens for which `find_id` returns an id, and returns that id. A single letter
/// counts only if it is the only token.
pub(super) fn take_term<'a>(
    tokens: &mut Vec<String>,
    find_id: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    for length in (1..=LONGEST_TERM.min(tokens.len())).rev() {
        for start in 0..=tokens.len() - length {
            let text = tokens[start..start + length].join(" ");
            if text.len() == 1 && tokens.len() > 1 {
                continue;
            }
            if let Some(id) = find_id(&text) {
                tokens.drain(start..start + length);
                return Some(id.to_owned());
            }
        }
    }
    None
}

/// Whether a text has one of these phrases, word by word.
pub(super) fn has_phrase(text: &str, phrases: &[String]) -> bool {
    let words = format!(" {} ", tokenize(text).join(" "));
    phrases.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
}
