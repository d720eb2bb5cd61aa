//! The items that an answer names, and how many dots it gives to each.

use std::sync::LazyLock;

use regex::Regex;

use super::dots_beside::{GapNumbers, GapSides, dots_of_items};
use crate::catalog::RoomSpec;
use crate::domain::ItemNumber;
use crate::form_export::{has_words, plain};

/// The number of an item in an answer, as people write it (`W3`, `w-3`).
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b([SWOT])-?(\d{1,3})\b").ok());
/// A number of an item that stands right beside a number of dots (`3xW3`, `3W3`, `W3x3`).
static JOINED: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    [r"(?i)(\d\s*[x×*]?)([SWOT]-?\d{1,3})", r"(?i)\b([SWOT]-?\d{1,3})([x×*]\s*\d)"]
        .map(|text| Regex::new(text).ok())
});
/// The number of an item in a list that people number (`1. W3`, `2) S1`, `#3 T4`), which is not a number of dots: at the beginning of
/// the text or of a line, or after `#`.
static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?im)((?:^|[\s,;])\s*)#\s*\d{1,2}\s*[.):]?\s*([SWOT]-?\d{1,3}\b)",
        r"|(^\s*)\(?\d{1,2}\s*[.)]\s*([SWOT]-?\d{1,3}\b)",
    ))
    .ok()
});
/// Such a number within a line, or alone on one, in a text that begins with one.
static LIST_GOES_ON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?im)((?:^|[\s,;])\s*)\d{1,2}\s*[.)]\s*([SWOT]-?\d{1,3}\b)",
        r"|(^\s*)\d{1,2}\s*[.)]\s*$",
    ))
    .ok()
});
/// The same in parentheses.
static LIST_IN_PARENTHESES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)((?:^|[\s,;])\s*)\(\d{1,2}\)\s*([SWOT]-?\d{1,3}\b)").ok());

/// What stands between items, and says nothing.
const BETWEEN: [char; 15] = [',', ';', '/', '+', '&', '|', ':', '=', '-', '–', '—', '.', '>', '→', '⇒'];

/// An item with its dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedItem {
    pub(super) number: ItemNumber,
    /// How many dots it gets: one for each time that it is named, or the number beside it.
    pub(super) dots: u32,
}

/// All items that an answer names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedItems {
    /// Each once, in the order of the answer.
    pub(super) items: Vec<NamedItem>,
    /// What else the answer says.
    pub(super) rest: Vec<String>,
    /// Whether nobody can say from the answer which items it means.
    pub(super) has_unclear_items: bool,
    /// Whether nobody can say from the answer how many dots each item gets.
    pub(super) has_unclear_dots: bool,
}

impl NamedItems {
    /// Reads an answer. `statement` gives the words of an item, which may stand beside its number.
    pub(super) fn read(text: &str, spec: &RoomSpec, statement: &dyn Fn(ItemNumber) -> String) -> Self {
        let mut named = Self::default();
        let list = bare_list(text);
        let text = apart(&list.text);
        let mentions = mentions(&text);
        let Some(first) = mentions.first() else { return named };
        named.has_unclear_dots = list.has_unclear_numbers;
        let last = mentions.len();
        let mut gaps = vec![GapNumbers::read(
            &text[..first.start],
            GapSides { has_next: true, ..GapSides::default() },
            spec,
        )];
        for (index, mention) in mentions.iter().enumerate() {
            let next = mentions.get(index + 1);
            let after = &text[mention.end..next.map_or(text.len(), |next| next.start)];
            named.has_unclear_items |= is_range(mention, after, next, spec);
            let words = without_statement(after, &statement(mention.number));
            let sides = GapSides { has_item_before: true, has_next: index + 1 < last };
            gaps.push(GapNumbers::read(&words, sides, spec));
        }
        for gap in &gaps {
            named.rest.extend(gap.rest.iter().cloned());
        }
        named.has_unclear_items |= text.contains('?') || named.rest.iter().any(|part| has_doubt(part, spec));
        named.has_unclear_dots |= named.has_unclear_items || gaps.iter().any(|gap| gap.is_unclear);
        let dots = dots_of_items(&gaps);
        named.has_unclear_dots |= dots.is_none();
        // A number beside an item that is only kept or dropped may be the number of another item ("S1, 2, 3").
        named.has_unclear_items |= gaps.iter().any(|gap| gap.has_other_number());
        for (index, mention) in mentions.iter().enumerate() {
            named.add(mention.number, dots.as_ref().map_or(1, |dots| dots[index]));
        }
        named
    }

    fn add(&mut self, number: ItemNumber, dots: u32) {
        match self.items.iter_mut().find(|item| item.number == number) {
            Some(item) => item.dots = item.dots.saturating_add(dots),
            None => self.items.push(NamedItem { number, dots }),
        }
    }
}

/// Where the number of an item stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemMention {
    pub(super) number: ItemNumber,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The numbers of items in a text.
pub(super) fn mentions(text: &str) -> Vec<ItemMention> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let found = pattern.find_iter(text).filter_map(|at| {
        Some(ItemMention { number: ItemNumber::parse(at.as_str())?, start: at.start(), end: at.end() })
    });
    found.collect()
}

/// Whether a text names the first and the last of several items ("W1-W4", "W1 to W4", "W1-4").
pub(super) fn is_range(
    first: &ItemMention,
    after: &str,
    next: Option<&ItemMention>,
    spec: &RoomSpec,
) -> bool {
    let between = after.trim();
    let is_dash = ["-", "–", "—", "..", "..."].contains(&between);
    let is_joined = is_dash || spec.lists.ranges.contains(&plain(between)) && !between.is_empty();
    if let Some(next) = next.filter(|_| is_joined) {
        return next.number.quadrant == first.number.quadrant
            && next.number.rank.abs_diff(first.number.rank) > 1;
    }
    let joined = after.strip_prefix(['-', '–']).unwrap_or_default();
    let digits: String = joined.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().is_ok_and(|last: u32| last > first.number.rank)
}

/// Whether words beside items leave open which items, or how many dots, are meant.
fn has_doubt(part: &str, spec: &RoomSpec) -> bool {
    let words = plain(part);
    let listed = spec.lists.excepts.iter().chain(&spec.lists.doubts);
    listed.into_iter().any(|word| has_words(&words, word))
}

/// A text without the numbers of the list that it is.
struct BareList {
    text: String,
    /// Whether its numbers may be dots: those of a list are 1, 2, and so on.
    has_unclear_numbers: bool,
}

/// A text without the numbers of the list that it is.
fn bare_list(text: &str) -> BareList {
    let text = text.trim();
    let Some(list) = LIST.as_ref() else {
        return BareList { text: text.to_owned(), has_unclear_numbers: false };
    };
    let is_list = list.find(text).is_some_and(|first| first.start() == 0);
    let is_in_parentheses = text.starts_with('(');
    let goes_on = if is_in_parentheses { &LIST_IN_PARENTHESES } else { &LIST_GOES_ON };
    let counted = goes_on.as_ref().filter(|_| is_list).unwrap_or(list);
    let removed: Vec<&str> = counted.find_iter(text).map(|found| found.as_str()).collect();
    let is_marked = removed.iter().all(|number| number.contains('#'));
    let numbers: Vec<u32> = removed.iter().filter_map(|number| first_number(number)).collect();
    let is_counted = numbers.iter().zip(1..).all(|(number, place)| *number == place);
    if is_in_parentheses && !is_counted {
        return BareList { text: text.to_owned(), has_unclear_numbers: false };
    }
    let has_unclear_numbers = !is_counted && !is_marked || is_in_parentheses && is_list && numbers.len() == 2;
    let bare = list.replace_all(text, "$1$3$2$4");
    let text = match goes_on.as_ref().filter(|_| is_list) {
        Some(pattern) => pattern.replace_all(&bare, "$1$2").into_owned(),
        None => bare.into_owned(),
    };
    BareList { text, has_unclear_numbers }
}

/// The first number in a text.
fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// A text with blanks between the numbers of items and those of dots.
fn apart(text: &str) -> String {
    let mut text = text.to_owned();
    for pattern in JOINED.iter().flatten() {
        text = pattern.replace_all(&text, "$1 $2").into_owned();
    }
    text
}

/// What follows the number of an item without the words of the item.
pub(super) fn without_statement(after: &str, statement: &str) -> String {
    let bare = after.trim_start_matches(|letter: char| letter.is_whitespace() || BETWEEN.contains(&letter));
    match bare.strip_prefix(statement).filter(|_| !statement.is_empty()) {
        Some(rest) => rest.to_owned(),
        None if !statement.is_empty() && plain(bare).starts_with(&plain(statement)) => {
            plain(bare).replacen(&plain(statement), "", 1)
        }
        None => after.to_owned(),
    }
}

/// A text without the signs at its ends that only stand between items.
pub(super) fn without_between(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || BETWEEN.contains(&letter))
}

#[cfg(test)]
mod tests {
    use super::NamedItems;
    use crate::catalog::Catalog;
    use crate::domain::ItemNumber;

    fn statement(number: ItemNumber) -> String {
        if number.to_string() == "W3" { "One in 4 misses school, often".to_owned() } else { String::new() }
    }

    fn named(text: &str) -> NamedItems {
        NamedItems::read(text, &Catalog::embedded().unwrap().room, &statement)
    }

    fn read(text: &str) -> (String, Vec<String>) {
        let named = named(text);
        let items: Vec<String> =
            named.items.iter().map(|item| format!("{} {}", item.number, item.dots)).collect();
        (items.join(", "), named.rest)
    }

    #[test]
    fn dots_are_named_once_each_or_with_a_number() {
        for text in [
            "W3, W3, W3, S1, S1",
            "W3 (3), S1 (2)",
            "3x W3, 2x S1",
            "3 W3 and 2 S1",
            "3 dots on W3; 2 dots on S1",
            "W3 x3, S1 x2",
            "W3: 3\nS1: 2",
            "W3 - 3, S1 - 2",
            "w3 three, s1 two",
            "W3 3 dots, S1 2 dots",
            "W3 ●●●, S1 ●●",
            "3xW3, 2xS1",
            "W3x3, S1x2",
            "3W3 2S1",
            "three for W3, two for S1",
            "●●● W3, ●● S1",
            "W3: One in 4 misses school, often (3), S1 (2)",
            "3 on W3, 2 on S1",
            "3 on W3 2 on S1",
            "W3 3 S1 2",
            "W3 (3) S1 (2)",
            "(3) W3, (2) S1",
            "W3, 3, S1, 2",
            "W3 |||, S1 ||",
            "W3=3, S1=2",
            "3 -> W3, 2 -> S1",
            "Three dots: W3; two dots: S1",
            "W3 (3), 2x S1",
            "3x W3, S1 twice",
            "W3 +3, S1 +2",
        ] {
            assert_eq!(read(text), ("W3 3, S1 2".to_owned(), vec![]), "{text}");
        }
        assert_eq!(read("W3: One in 4 misses school, often, S1"), ("W3 1, S1 1".to_owned(), vec![]));
    }

    #[test]
    fn a_number_belongs_to_the_item_beside_it() {
        for (text, dots) in [
            ("S1, 2x W3", "S1 1, W3 2"),
            ("S1 (2), 2x W3", "S1 2, W3 2"),
            ("W1, 3 W3", "W1 1, W3 3"),
            ("T3; 2 dots on W3", "T3 1, W3 2"),
            ("(2) W3, (1) S1", "W3 2, S1 1"),
            ("W3 - 2; S1 - 1", "W3 2, S1 1"),
            ("• W3\n• W3\n• S1", "W3 2, S1 1"),
            ("W3 0, S1 2", "W3 0, S1 2"),
            ("W2: Grade 3 reading, S1: Math 53.7%", "W2 1, S1 1"),
        ] {
            assert_eq!(read(text).0, dots, "{text}");
            assert!(!named(text).has_unclear_dots, "{text}");
        }
    }

    #[test]
    fn dots_that_can_be_read_in_two_ways_are_unclear() {
        for text in [
            "W3 2 S1",
            "1 W3, 2 S1",
            "(1) W3, (2) S1",
            "2) W3, 1) S1",
            "W3, S1, 2",
            "2 each on W3 and S1",
            "W3 and S1 (2 each)",
            "W3 2 or 3, S1",
            "W3 (3)?",
            "2x W3 (3)",
            "S1-S3",
            "W1-3",
            "S1 to S4",
            "all but W3",
            "both dots on W3",
            "W3 and maybe S1",
            "W3, not S1",
        ] {
            assert!(named(text).has_unclear_dots, "{text}");
        }
        for text in ["S1-S4", "all but W3", "S1, not W3", "S1, 2, 3", "S1 or S2", "S1?"] {
            assert!(named(text).has_unclear_items, "{text}");
        }
        for text in ["S1, W3", "S1-S2", "1. S1\n2. W3", "S1 & W3", "We drop S1"] {
            assert!(!named(text).has_unclear_items, "{text}");
        }
    }

    #[test]
    fn the_numbers_of_a_list_are_no_dots() {
        for text in [
            "1. W3\n2. S1\n3. T4",
            "1) W3\n2) S1\n3) T4",
            "#1 W3, #2 S1, #3 T4",
            "1. W3, 2. S1, 3. T4",
            "1.W3 2.S1 3.T4",
            "(1) W3 (2) S1 (3) T4",
            "1. W3\n2. S1\n3. T4\n4.\n5.",
        ] {
            assert_eq!(read(text), ("W3 1, S1 1, T4 1".to_owned(), vec![]), "{text}");
        }
        assert_eq!(read("1. W3 (3)\n2. S1 (2)").0, "W3 3, S1 2");
        assert_eq!(read("W3 3. S1 2.").0, "W3 3, S1 2");
    }

    #[test]
    fn what_else_is_said_is_kept() {
        let (items, rest) = read("W3 and S1, because 3 of us ride the bus");
        assert_eq!((items.as_str(), rest.len()), ("W3 1, S1 1", 1), "{rest:?}");
        let (items, rest) = read("We think W3 gets 3 dots and S1 2");
        assert_eq!((items.as_str(), rest.is_empty()), ("W3 3, S1 2", false));
    }
}
