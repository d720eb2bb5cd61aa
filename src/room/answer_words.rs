//! What people type for yes and no, for quadrants, and for numbers.

use super::answer::Said;
use crate::catalog::{BallotColumn, RoomSpec};
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
const AFTER_ANSWER: [char; 10] = [',', ';', ':', '.', '!', '…', '(', '–', '—', '\n'];
/// Hyphens, which separate an answer from what follows it if a blank is beside them; otherwise, they join two words.
const HYPHENS: [char; 2] = ['-', '−'];

/// The answer that a cell begins with; `None` if it is none, or if another follows that contradicts it.
pub(super) fn keep_cell(text: &str, spec: &RoomSpec) -> Option<KeepCell> {
    let found = first_answer(text, spec)?;
    let is_contradicted = found.rest.as_deref().is_some_and(|rest| contradicts(found.decision, rest, spec));
    (!is_contradicted).then_some(found)
}

/// The answer that a cell begins with, whatever follows.
pub(super) fn first_answer(text: &str, spec: &RoomSpec) -> Option<KeepCell> {
    if let Some(decision) = keep_word(text, spec) {
        return Some(KeepCell { decision, rest: None });
    }
    let mark = text.find(AFTER_ANSWER).filter(|end| !is_initial(text, *end));
    let mut ends = mark.into_iter().chain(reason_starts(text, spec));
    ends.find_map(|end| {
        let decision = keep_word(&text[..end], spec)?;
        let rest = after_answer(&text[end..]);
        let is_doubted = rest.as_deref().is_some_and(|rest| is_asked(rest) && plain(rest).is_empty());
        (!is_doubted).then_some(KeepCell { decision, rest })
    })
}

/// Whether what follows an answer is another answer ("yes, but as a threat", "no - keep as is"): nobody can say which one holds.
fn contradicts(decision: KeepWord, rest: &str, spec: &RoomSpec) -> bool {
    let answers = &spec.answers;
    // "yes, or drop it?" contradicts itself as well.
    let rest = rest.replace('?', " ");
    let mut rest = rest.trim_start_matches(is_gap);
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        let is_leading = is_listed(&plain(word), &answers.before_reason)
            || is_listed(&plain(word), &answers.before_quadrant);
        if !is_leading {
            break;
        }
        rest = after.trim_start_matches(is_gap);
    }
    match (decision, first_answer(rest, spec).map(|cell| cell.decision)) {
        (_, None)
        | (KeepWord::Yes, Some(KeepWord::Change))
        | (KeepWord::Move(None), Some(KeepWord::Move(_)))
        | (KeepWord::Move(_) | KeepWord::Change, Some(KeepWord::Yes)) => false,
        (first, Some(second)) => first != second,
    }
}

/// Whether a period at `end` follows a single letter, which is the beginning of a name or an abbreviation.
fn is_initial(text: &str, end: usize) -> bool {
    text[end..].starts_with('.') && text[..end].trim().chars().count() == 1
}

/// Where a reason may begin after a hyphen, or with a word such as "but".
fn reason_starts(text: &str, spec: &RoomSpec) -> Vec<usize> {
    let between =
        text.char_indices().filter(|(_, letter)| letter.is_whitespace() || HYPHENS.contains(letter));
    between.map(|(at, _)| at).filter(|at| is_before_reason(text, *at, spec)).collect()
}

/// Whether a reason begins after the blank or the hyphen at `at`.
fn is_before_reason(text: &str, at: usize, spec: &RoomSpec) -> bool {
    let after = text[at..].trim_start_matches(is_gap);
    let gap = &text[at..text.len() - after.len()];
    let is_dash = gap.contains(HYPHENS) && gap.contains(char::is_whitespace);
    let word: String = after.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    is_dash || spec.answers.before_reason.contains(&word.to_lowercase())
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || HYPHENS.contains(&letter) || AFTER_ANSWER.contains(&letter)
}

/// What follows an answer, without the signs between them; `None` if nothing does.
fn after_answer(text: &str) -> Option<String> {
    let rest = text.trim_start_matches(is_gap).trim();
    let is_in_parentheses = rest.ends_with(')') && !rest.contains('(');
    let rest = if is_in_parentheses { rest.trim_end_matches(')') } else { rest };
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// The answer that a text is; `None` also if it asks, because nobody can say whether "yes?" means yes.
fn keep_word(text: &str, spec: &RoomSpec) -> Option<KeepWord> {
    let words = plain(text);
    let answers = &spec.answers;
    if is_asked(text) {
        None
    } else if answers.yes.contains(&words) {
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

/// Whether a text asks rather than answers ("no?").
fn is_asked(text: &str) -> bool {
    text.contains('?')
}

/// The quadrant that a text below "move to" names, also after words that lead to it (`to the threats`, `→ T`).
pub(super) fn new_quadrant(text: &str, spec: &RoomSpec) -> Option<Quadrant> {
    let text = text.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '?');
    let words = plain(text);
    let mut rest = words.as_str();
    while let Some((word, after)) = rest.split_once(' ') {
        if !is_listed(word, &spec.answers.before_quadrant) {
            break;
        }
        rest = after;
    }
    let named = quadrant(text, spec).or_else(|| quadrant(rest, spec)).or_else(|| spec.new_quadrant(rest));
    named.filter(|_| !is_asked(text))
}

/// The quadrant that a text names (`Threats`, `T`, `move to threat`).
pub(super) fn quadrant(text: &str, spec: &RoomSpec) -> Option<Quadrant> {
    if is_asked(text) {
        return None;
    }
    let words = plain(text);
    let moved = spec.headings.get(&BallotColumn::MoveTo);
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
    // "3?" is no number of dots, and neither is "-3".
    let is_signed = text.starts_with(['-', '−', '–']) || is_asked(text);
    let words = plain(text.strip_suffix(".0").unwrap_or(text));
    let mut parts = words.split(' ');
    let number = parts.next().filter(|_| !is_signed)?;
    let rest: Vec<&str> = parts.collect();
    let names = spec.headings.get(&BallotColumn::Dots);
    let is_noun = rest.is_empty() || names.is_some_and(|names| names.contains(&rest.join(" ")));
    let in_words = spec.numbers.words.iter().position(|word| word == number).map(|index| index as u32);
    number.parse().ok().or(in_words).filter(|_| is_noun)
}

/// Whether a text says that there is nothing to say.
pub(super) fn is_nothing(text: &str, spec: &RoomSpec) -> bool {
    let (text, words) = (text.trim().to_lowercase(), plain(text));
    let mut known = spec.answers.nothing.iter();
    text.is_empty() || known.any(|known| *known == text || !words.is_empty() && plain(known) == words)
}

/// Whether a text says that there is nothing to say in a column: "no" answers a question about an objection, and objects to nothing.
pub(super) fn is_nothing_in(column: BallotColumn, text: &str, spec: &RoomSpec) -> bool {
    let known = spec.nothing_in.get(&column);
    let is_known = known.is_some_and(|known| known.contains(&plain(text)));
    is_nothing(text, spec) || is_known && !is_asked(text)
}

/// Whether a text says in several words that there is nothing to add or to object to.
pub(super) fn is_empty_talk(text: &str, spec: &RoomSpec) -> bool {
    let known = &spec.empty_words;
    let mut words = plain(text);
    for phrase in known.others.iter().filter(|known| known.contains(' ')) {
        words = format!(" {words} ").replace(&format!(" {phrase} "), " ").trim().to_owned();
    }
    let is_known =
        words.split(' ').all(|word| is_listed(word, &known.says_no) || is_listed(word, &known.others));
    is_known && words.split(' ').any(|word| is_listed(word, &known.says_no))
}

/// Whether a text says of nobody that the item holds ("none of us can say this"), which is an objection and no empty talk.
fn is_said_of_nobody(text: &str, spec: &RoomSpec) -> bool {
    let (words, known) = (plain(text), &spec.empty_words);
    let begins = known.nobody.iter().any(|start| words.starts_with(&format!("{start} ")));
    let claims = words.split(' ').any(|word| is_listed(word, &known.claims));
    begins && claims && !words.split(' ').any(|word| is_listed(word, &known.objects))
}

/// Whether a text below a question about an objection agrees with the item, and says nothing else.
fn is_agreement(text: &str, spec: &RoomSpec) -> bool {
    let known = &spec.empty_words;
    let words = plain(after_no(text, spec).unwrap_or(text));
    let agrees = words.split(' ').any(|word| is_listed(word, &known.agrees));
    agrees && words.split(' ').all(|word| is_listed(word, &known.agrees) || is_listed(word, &known.others))
}

/// What follows a "no" that stands for itself ("No, it's fine"). In "no good" and "nobody agrees", it belongs to the next word.
fn after_no<'t>(text: &'t str, spec: &RoomSpec) -> Option<&'t str> {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_alphanumeric())?;
    let (no, after) = text.split_at(end);
    let rest = after.trim_start_matches(is_gap);
    let gap = &after[..after.len() - rest.len()];
    let next = plain(rest.split_whitespace().next().unwrap_or_default());
    let begins_anew = next.split(' ').next().is_some_and(|word| is_listed(word, &spec.empty_words.subjects));
    let stands_alone = !gap.trim().is_empty() || begins_anew && is_listed(&plain(no), &spec.answers.no);
    (is_listed(&plain(no), &spec.empty_words.says_no) && stands_alone).then_some(rest)
}

/// Whether a text begins with words that say in full that nobody objects ("no objections, but name the grades").
fn begins_without_objection(text: &str, spec: &RoomSpec) -> bool {
    let (words, known) = (plain(text), &spec.empty_words);
    let first = plain(text.split(AFTER_ANSWER).next().unwrap_or_default());
    known.begins.iter().any(|begin| {
        let next = words.strip_prefix(&format!("{begin} ")).and_then(|rest| rest.split(' ').next());
        let says_so = begin.split(' ').any(|word| is_listed(word, &known.objects));
        *begin == first || next.is_some_and(|word| says_so || is_listed(word, &known.denies))
    })
}

fn is_listed(word: &str, list: &[String]) -> bool {
    list.iter().any(|known| known == word)
}

/// Whether a text is only an answer such as "yes", and so not the wording of an item.
pub(super) fn is_bare_answer(text: &str, spec: &RoomSpec) -> bool {
    keep_word(&text.replace('?', ""), spec).is_some()
}

/// What a text in a column for objections says; `None` if nobody objects.
pub(super) fn objection(text: &str, spec: &RoomSpec) -> Option<Said> {
    if is_nothing_in(BallotColumn::Objection, text, spec) {
        return None;
    }
    let is_empty = is_empty_talk(text, spec) && !is_said_of_nobody(text, spec)
        || is_agreement(text, spec)
        || begins_without_objection(text, spec);
    Some(if is_empty { Said::Comment(text.to_owned()) } else { Said::Object(text.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::{KeepWord, dots, is_nothing, is_nothing_in, keep_cell, objection, quadrant};
    use crate::catalog::{BallotColumn, Catalog};
    use crate::domain::Quadrant;
    use crate::room::Said;

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
    fn a_reason_follows_an_answer_after_a_hyphen_or_a_word() {
        let spec = Catalog::embedded().unwrap().room;
        for (text, decision, rest) in [
            ("yes - but only juniors", KeepWord::Yes, "but only juniors"),
            ("no because pay is fair", KeepWord::No, "because pay is fair"),
            ("Keep -- it matters", KeepWord::Yes, "it matters"),
            ("yes-but name the grades", KeepWord::Yes, "but name the grades"),
            ("Yes (only juniors)", KeepWord::Yes, "only juniors"),
            ("No! Pay is fair.", KeepWord::No, "Pay is fair."),
        ] {
            let cell = keep_cell(text, &spec).unwrap();
            assert_eq!((cell.decision, cell.rest.as_deref()), (decision, Some(rest)), "{text}");
        }
        for text in ["no-one said so", "no opinion", "keeping it is fine", "out of date"] {
            assert_eq!(keep_cell(text, &spec), None, "{text}");
        }
    }

    #[test]
    fn an_answer_that_another_contradicts_is_none() {
        let spec = Catalog::embedded().unwrap().room;
        for text in [
            "keep as weakness",
            "keep as a weakness because pay is low",
            "yes, but as a threat",
            "Yes, but move to weaknesses",
            "Yes (move to weaknesses)",
            "No - keep as is",
            "no, it belongs in threats",
            "drop - move to T",
        ] {
            assert_eq!(keep_cell(text, &spec), None, "{text}");
        }
        for (text, decision) in [
            ("keep as is", KeepWord::Yes),
            ("yes, but the threat is small", KeepWord::Yes),
            ("no, as pay is fair", KeepWord::No),
            ("yes - no change", KeepWord::Yes),
            ("move to threats, but keep the words", KeepWord::Move(Some(Quadrant::Threat))),
        ] {
            assert_eq!(keep_cell(text, &spec).map(|cell| cell.decision), Some(decision), "{text}");
        }
    }

    #[test]
    fn nothing_to_object_to_is_no_objection() {
        let spec = Catalog::embedded().unwrap().room;
        for text in ["No", "no objections.", "None", "N/A", "Nope!", "We don't object"] {
            assert_eq!(objection(text, &spec), None, "{text}");
        }
        for text in [
            "No objection from our table",
            "No objections, but name the grades",
            "No, it's fine",
            "I agree",
            "None that I know of",
            "Nothing right now",
            "No, that's right",
            "No it's fine",
            "None, all good",
            "None of us has any objection",
            "No concerns, but name the grades",
        ] {
            assert_eq!(objection(text, &spec), Some(Said::Comment(text.to_owned())), "{text}");
        }
        for text in [
            "No, pay is set by the state",
            "Not true",
            "Yes",
            "This is not good",
            "No, it is not fine",
            "One bad year",
            "Nobody agrees",
            "None of us agree with this",
            "No good",
            "None of this is right",
            "Nothing here is right",
            "No one at our table can support this",
            "None of us think this is so",
            "Nobody here can say this",
            "No, nobody agrees",
            "No, good teachers leave",
            "Nothing we can support",
            "No support from us",
            "Not at all true",
        ] {
            assert_eq!(objection(text, &spec), Some(Said::Object(text.to_owned())), "{text}");
        }
        assert!(!is_nothing_in(BallotColumn::Keep, "no", &spec) && is_nothing("None.", &spec));
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
