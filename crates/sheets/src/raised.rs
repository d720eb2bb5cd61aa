//! Raised and lowered text, such as a footnote mark after a number, kept apart from the text that it follows.
//!
//! A spreadsheet shows `784` with a small raised `2`; without the formatting that would be the number 7842. So raised
//! text becomes Unicode superscripts (`784²`) and lowered text subscripts. Text for which that is not possible is put in
//! parentheses: `784 (Q)`.

use std::ops::Range;

use super::tags::shown_by_tags;

/// Where a part of a text is relative to the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Raised,
    Lowered,
}

/// A part of a text that is not on the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ShiftedPart {
    bytes: Range<usize>,
    shift: Shift,
}

/// The raised and lowered parts of a text that is being assembled.
#[derive(Debug, Default)]
pub(super) struct ShiftedParts(Vec<ShiftedPart>);

/// The most parts of one text that are kept apart; further ones are left as they are.
const MOST_PARTS: usize = 1000;
/// Raised endings of ordinal numbers.
const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

const PLAIN: &str = "0123456789abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW+-=()";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ⁺⁻⁼⁽⁾";
const PLAIN_BELOW: &str = "0123456789aehijklmnoprstuvx+-=()";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌₍₎";
/// Characters that are marks already.
const MARKS: &str = "*†‡§¶#®™, ";

impl ShiftedParts {
    /// None.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds the part of the text in `bytes`, which must be whole characters after all earlier parts.
    pub(super) fn add(&mut self, bytes: Range<usize>, shift: Shift) {
        if bytes.is_empty() {
            return;
        }
        let has_room = self.0.len() < MOST_PARTS;
        match self.0.last_mut() {
            Some(last) if last.bytes.end == bytes.start && last.shift == shift => last.bytes.end = bytes.end,
            _ if has_room => self.0.push(ShiftedPart { bytes, shift }),
            _ => {}
        }
    }

    /// Whether there are any.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets all parts.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Rewrites the parts in `text`, in which the current cell's text begins at `start`, and forgets them. If all of
    /// that text is raised, it stays as it is.
    pub(super) fn write_to(&mut self, text: &mut String, start: usize) {
        if self.0.is_empty() {
            return;
        }
        let parts = std::mem::take(&mut self.0);
        if is_all_shifted(text, start, &parts) {
            return;
        }
        let tail = text.split_off(start);
        let mut at = 0;
        for part in &parts {
            let bytes = part.bytes.start - start..part.bytes.end - start;
            text.push_str(&tail[at..bytes.start]);
            push_shifted(text, &tail[bytes.clone()], part.shift);
            at = bytes.end;
        }
        text.push_str(&tail[at..]);
    }
}

/// Whether nothing but whitespace is outside the parts.
fn is_all_shifted(text: &str, start: usize, parts: &[ShiftedPart]) -> bool {
    let mut at = start;
    for part in parts {
        if !text[at..part.bytes.start].trim().is_empty() {
            return false;
        }
        at = part.bytes.end;
    }
    text[at..].trim().is_empty()
}

/// Appends a raised or lowered part to the text before it.
fn push_shifted(text: &mut String, part: &str, shift: Shift) {
    let bare = part.trim();
    let is_ordinal =
        ORDINALS.iter().any(|o| bare.eq_ignore_ascii_case(o)) && text.ends_with(|c: char| c.is_ascii_digit());
    if bare.is_empty() || is_ordinal {
        return text.push_str(part);
    }
    match shifted(bare, shift) {
        Some(shifted) => text.push_str(&shifted),
        None => text.push_str(&format!(" ({bare})")),
    }
    if part.ends_with(char::is_whitespace) {
        text.push(' ');
    }
}

/// `text` in superscripts or subscripts; `None` if Unicode lacks one of them.
fn shifted(text: &str, shift: Shift) -> Option<String> {
    let (plain, shifted) = match shift {
        Shift::Raised => (PLAIN, RAISED),
        Shift::Lowered => (PLAIN_BELOW, LOWERED),
    };
    text.chars().map(|c| shifted_char(c, plain, shifted)).collect()
}

fn shifted_char(c: char, plain: &str, shifted: &str) -> Option<char> {
    if MARKS.contains(c) || is_shifted(c) {
        return Some(c);
    }
    let index = plain.chars().position(|p| p == c)?;
    shifted.chars().nth(index)
}

/// Whether a character is a superscript or a subscript.
fn is_shifted(c: char) -> bool {
    !c.is_ascii() && (RAISED.contains(c) || LOWERED.contains(c))
}

/// `text` without the superscripts and subscripts after its words and numbers, which lead to notes: `Sales¹` and
/// `Sales<sup>1</sup>` are `Sales`. `None` if it has none, or has nothing else.
#[must_use]
pub fn without_raised_marks(text: &str) -> Option<String> {
    match shown_by_tags(text) {
        Some(shown) => Some(without_marks(&shown).unwrap_or(shown)),
        None => without_marks(text),
    }
}

fn without_marks(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(is_shifted) {
        return None;
    }
    let mut bare = String::with_capacity(text.len());
    let mut is_in_mark = false;
    for c in text.chars() {
        let is_between = is_in_mark && matches!(c, ',' | '*' | '†' | '‡');
        is_in_mark = is_shifted(c) || is_between;
        if !is_in_mark {
            bare.push(c);
        }
    }
    let bare = bare.trim();
    (!bare.is_empty()).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{LOWERED, PLAIN, PLAIN_BELOW, RAISED, Shift, ShiftedParts, without_raised_marks};

    /// The text of these pieces, of which those with a shift are not on the baseline.
    fn written(pieces: &[(&str, Option<Shift>)]) -> String {
        let mut text = "before".to_owned();
        let mut parts = ShiftedParts::default();
        for (piece, shift) in pieces {
            let start = text.len();
            text.push_str(piece);
            if let Some(shift) = shift {
                parts.add(start..text.len(), *shift);
            }
        }
        parts.write_to(&mut text, 6);
        text.split_off(6)
    }

    #[test]
    fn each_plain_character_has_its_own_mark() {
        assert_eq!(PLAIN.chars().count(), RAISED.chars().count());
        assert_eq!(PLAIN_BELOW.chars().count(), LOWERED.chars().count());
    }

    #[test]
    fn a_mark_is_not_part_of_what_it_follows() {
        let (up, down) = (Some(Shift::Raised), Some(Shift::Lowered));
        for (pieces, expected) in [
            (vec![("784", None), ("2", up)], "784²"),
            (vec![("784", None), ("1", up), (",2", up)], "784¹,²"),
            (vec![("Sales", None), ("a", up), (" (all)", None)], "Salesᵃ (all)"),
            (vec![("784", None), ("Q", up)], "784 (Q)"),
            (vec![("784", None), ("*", up)], "784*"),
            (vec![("10", None), ("3", up)], "10³"),
            (vec![("CO", None), ("2", down)], "CO₂"),
            // Not marks: an ordinal, a text that is raised as a whole, a raised space.
            (vec![("3", None), ("rd", up), (" Grade", None)], "3rd Grade"),
            (vec![(" ", None), ("784", up)], " 784"),
            (vec![("78", up), ("4", down)], "784"),
            (vec![("784", None), (" ", up)], "784 "),
        ] {
            assert_eq!(written(&pieces), expected);
        }
    }

    #[test]
    fn names_are_read_without_their_marks() {
        for (text, bare) in [
            ("Sales¹", Some("Sales")),
            ("Sales ¹,²", Some("Sales")),
            ("Salesᵃ (all)", Some("Sales (all)")),
            ("Sales<sup>1</sup>", Some("Sales")),
            ("<sup>784</sup>", Some("784")),
            ("Sales", None),
            ("²", None),
            ("Señor Ñandú", None),
        ] {
            assert_eq!(without_raised_marks(text).as_deref(), bare, "{text}");
        }
    }
}
