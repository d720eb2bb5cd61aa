//! An item as a file shows it.

use std::collections::BTreeSet;

use crate::domain::Quadrant;

/// An item as a file of the consensus shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownItem {
    /// What it is, whatever its number; empty if the file does not say.
    pub about: String,
    /// The quadrants in which it stands.
    pub quadrants: BTreeSet<Quadrant>,
    /// Its words, in each of its rows.
    pub statements: Vec<String>,
}

impl ShownItem {
    /// Whether one of its rows has these words.
    #[must_use]
    pub fn has_statement(&self, words: &str) -> bool {
        self.statements.iter().any(|known| is_same_text(known, words))
    }
}

/// Whether a text is as it was written but for blanks, the apostrophe that keeps a spreadsheet from running a text, and letters that
/// a spreadsheet program replaces when it saves a text table: dashes and quotation marks by others, and letters that its encoding
/// does not have by a question mark.
#[must_use]
pub fn is_same_text(written: &str, now: &str) -> bool {
    let [written, now] = [written, now].map(bare_letters);
    written.len() == now.len()
        && written.iter().zip(&now).all(|(one, another)| is_same_letter(*one, *another))
}

fn bare_letters(text: &str) -> Vec<char> {
    let words: Vec<&str> = text.trim().trim_start_matches('\'').split_whitespace().collect();
    words.join(" ").chars().map(plain_mark).collect()
}

/// A dash or a quotation mark as a keyboard has it.
const fn plain_mark(letter: char) -> char {
    match letter {
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        letter => letter,
    }
}

/// What stands for a letter that an encoding does not have.
const REPLACED: [char; 2] = ['?', '\u{fffd}'];

/// Whether a letter is as it was written, or stands for it. The minus sign was a letter beyond ASCII before.
fn is_same_letter(written: char, now: char) -> bool {
    let may_be_replaced = !written.is_ascii() || matches!(written, '-' | '\'' | '"');
    written == now || REPLACED.contains(&now) && may_be_replaced
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn a_text_is_the_same_after_a_spreadsheet_program_saved_it() {
        let written = "Enrollment fell by \u{2212}14.9%  to “few”";
        for now in [
            "Enrollment fell by ?14.9% to \"few\"",
            " Enrollment fell by -14.9% to ?few?",
            "'Enrollment fell by \u{2212}14.9% to “few”",
        ] {
            assert!(is_same_text(written, now), "{now}");
        }
        for now in
            ["Enrollment fell by +14.9% to “few”", "Enrollment fell by 14.9% to “few”", "Enrollment fell"]
        {
            assert!(!is_same_text(written, now), "{now}");
        }
    }
}
