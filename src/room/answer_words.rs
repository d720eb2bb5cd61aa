//! What people type for yes and no, for quadrants, and for numbers.

use crate::catalog::RoomSpec;
use crate::domain::Quadrant;
use crate::form_export::plain;

/// What a cell of the column "keep" says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeepCell {
    pub(super) decision: KeepWord,
    /// What is written after the answer ("yes, but …").
    pub(super) rest: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeepWord {
    Yes,
    No,
    Change,
    /// It moves; without a quadrant, the next column says where to.
    Move(Option<Quadrant>),
}

/// What separates an answer from what follows it.
const AFTER_ANSWER: [char; 8] = [',', ';', ':', '.', '(', '–', '—', '\n'];

/// The answer that a cell begins with; `None` if it is none.
pub(super) fn keep_cell(text: &str, spec: &RoomSpec) -> Option<KeepCell> {
    if let Some(decision) = keep_word(text, spec) {
        return Some(KeepCell { decision, rest: None });
    }
    let end = text.find(AFTER_ANSWER)?;
    // A single letter before a period is the beginning of a name or an abbreviation.
    if text[end..].starts_with('.') && text[..end].trim().chars().count() == 1 {
        return None;
    }
    let decision = keep_word(&text[..end], spec)?;
    let rest = text[end..].trim_start_matches(AFTER_ANSWER).trim();
    Some(KeepCell { decision, rest: (!rest.is_empty()).then(|| rest.to_owned()) })
}

fn keep_word(text: &str, spec: &RoomSpec) -> Option<KeepWord> {
    let words = plain(text);
    let answers = &spec.answers;
    if answers.yes.contains(&words) {
        Some(KeepWord::Yes)
    } else if answers.no.contains(&words) {
        Some(KeepWord::No)
    } else if answers.change.contains(&words) {
        Some(KeepWord::Change)
    } else if answers.moves.contains(&words) {
        Some(KeepWord::Move(None))
    } else {
        quadrant(text, spec).map(|quadrant| KeepWord::Move(Some(quadrant)))
    }
}

/// The quadrant that a text names (`Threats`, `T`, `move to threat`).
pub(super) fn quadrant(text: &str, spec: &RoomSpec) -> Option<Quadrant> {
    let words = plain(text);
    let moved = spec.headings.get(&crate::catalog::BallotColumn::MoveTo);
    let after = moved.into_iter().flatten().find_map(|prefix| words.strip_prefix(&format!("{prefix} ")));
    spec.quadrant(&words).or_else(|| spec.quadrant(after?))
}

/// The number of dots that a text says: digits (`3`, `3 dots`), a word (`three`), or signs (`●●●`). `None` if it says none.
pub(super) fn dots(text: &str, spec: &RoomSpec) -> Option<u32> {
    let text = text.trim();
    let mark = text.chars().next().filter(|first| spec.numbers.marks.contains(*first));
    let count = text.chars().filter(|letter| !letter.is_whitespace()).count() as u32;
    if let Some(mark) =
        mark.filter(|mark| text.chars().all(|letter| letter == *mark || letter.is_whitespace()))
    {
        return (mark != '-').then_some(count);
    }
    let is_signed = text.starts_with(['-', '−', '–']);
    let words = plain(text.strip_suffix(".0").unwrap_or(text));
    let mut parts = words.split(' ');
    let number = parts.next().filter(|_| !is_signed)?;
    let rest: Vec<&str> = parts.collect();
    let names = spec.headings.get(&crate::catalog::BallotColumn::Dots);
    let is_noun = rest.is_empty() || names.is_some_and(|names| names.contains(&rest.join(" ")));
    let in_words = spec.numbers.words.iter().position(|word| word == number).map(|index| index as u32);
    number.parse().ok().or(in_words).filter(|_| is_noun)
}

/// Whether a text says that there is nothing to say.
pub(super) fn is_nothing(text: &str, spec: &RoomSpec) -> bool {
    let text = text.trim().to_lowercase();
    text.is_empty() || spec.answers.nothing.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::{KeepWord, dots, is_nothing, keep_cell, quadrant};
    use crate::catalog::Catalog;
    use crate::domain::Quadrant;

    #[test]
    fn people_answer_in_many_ways() {
        let spec = Catalog::embedded().unwrap().room;
        let word = |text: &str| keep_cell(text, &spec).map(|cell| cell.decision);
        for yes in ["yes", "Yes!", "KEEP", "x", "✓", "TRUE"] {
            assert_eq!(word(yes), Some(KeepWord::Yes), "{yes}");
        }
        assert_eq!(word("Drop it"), Some(KeepWord::No));
        assert_eq!(word("move to Threats"), Some(KeepWord::Move(Some(Quadrant::Threat))));
        let but = keep_cell("yes, but only for grade 3", &spec).unwrap();
        assert_eq!((but.decision, but.rest.as_deref()), (KeepWord::Yes, Some("but only for grade 3")));
        assert_eq!(word("we could not agree"), None);
    }

    #[test]
    fn dots_are_digits_words_or_marks() {
        let spec = Catalog::embedded().unwrap().room;
        for (text, count) in
            [("3", 3), ("3.0", 3), ("3 dots", 3), ("three", 3), ("●●●", 3), ("x x", 2), ("0", 0), ("***", 3)]
        {
            assert_eq!(dots(text, &spec), Some(count), "{text}");
        }
        for text in ["-3", "−3", "a lot", "2.5", "3 or 4", "1e9 dots", "99999999999", ""] {
            assert_eq!(dots(text, &spec), None, "{text}");
        }
        assert!(is_nothing(" N/A ", &spec) && !is_nothing("no", &spec));
        assert_eq!(quadrant("T", &spec), Some(Quadrant::Threat));
    }
}
