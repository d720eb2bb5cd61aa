//! The items that an answer names, and how many dots it gives to each.

use std::sync::LazyLock;

use regex::Regex;

use super::answer_words::dots;
use crate::catalog::RoomSpec;
use crate::domain::ItemNumber;
use crate::form_export::plain;

/// The number of an item in an answer, as people write it (`W3`, `w-3`).
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b([SWOT])-?(\d{1,3})\b").ok());
/// A number of an item that stands right beside a number of dots (`3xW3`, `3W3`, `W3x3`).
static JOINED: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    [r"(?i)(\d\s*[x×*]?)([SWOT]-?\d{1,3})", r"(?i)\b([SWOT]-?\d{1,3})([x×*]\s*\d)"]
        .map(|text| Regex::new(text).ok())
});
/// A number of dots before an item (`3x W3`, `three dots on W3`, `●● W3`).
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:^|[\s,;/(+&])(\d{1,2}|\p{L}+|[●•○*✓✔]+)",
        r"\s*[x×*]?\s*(?:(?:dots?|votes?|points?)\s*)?(?:on|for|to)?\s*$",
    ))
    .ok()
});
/// A number of dots that says so (`gets 3 dots`).
static SAID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(\d{1,2}|\p{L}+)\s*(?:dots?|votes?|points?)\b").ok());
/// A number of dots after an item, in parentheses or beside a sign for "times" (`W3 (3)`, `W3 x3`, `W3 3x`).
static MARKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)[(\[]\s*[x×*]?\s*(\d{1,2})\s*[x×*]?\s*(?:dots?|votes?|points?)?\s*[)\]]",
        r"|(?:^|\s)[x×*]\s*(\d{1,2})\b|\b(\d{1,2})\s*[x×](?:[\s,;]|$)",
    ))
    .ok()
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
const BETWEEN: [char; 12] = [',', ';', '/', '+', '&', '|', ':', '=', '-', '–', '—', '.'];

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
}

/// A number of an item in a text, with what follows it up to the next.
struct NumberAt<'t> {
    number: ItemNumber,
    after: &'t str,
}

impl NamedItems {
    /// Reads an answer. `statement` gives the words of an item, which may stand beside its number.
    pub(super) fn read(text: &str, spec: &RoomSpec, statement: &dyn Fn(ItemNumber) -> String) -> Self {
        let mut named = Self::default();
        let Some(pattern) = NUMBER.as_ref() else { return named };
        let text = &apart(&without_list_numbers(text));
        let found: Vec<_> = pattern.find_iter(text).collect();
        let mentions: Vec<NumberAt<'_>> = found
            .iter()
            .enumerate()
            .filter_map(|(index, at)| {
                let end = found.get(index + 1).map_or(text.len(), |next| next.start());
                Some(NumberAt { number: ItemNumber::parse(at.as_str())?, after: &text[at.end()..end] })
            })
            .collect();
        let before = found.first().map_or("", |first| &text[..first.start()]);
        let mut leading = number_before(before, spec);
        let is_before = leading.is_some();
        named.keep_rest(leading.as_ref().map_or(before, |count| &count.rest));
        for mention in mentions {
            let words = without_statement(mention.after, &statement(mention.number));
            let beside = if is_before { number_before(&words, spec) } else { number_after(&words, spec) };
            named.keep_rest(beside.as_ref().map_or(&words, |count| &count.rest));
            // A number after one item is before the next, if the answer begins with a number.
            let own = if is_before { std::mem::replace(&mut leading, beside) } else { beside };
            named.add(mention.number, own.map_or(1, |count| count.dots));
        }
        named
    }

    fn add(&mut self, number: ItemNumber, dots: u32) {
        match self.items.iter_mut().find(|item| item.number == number) {
            Some(item) => item.dots = item.dots.saturating_add(dots),
            None => self.items.push(NamedItem { number, dots }),
        }
    }

    /// Keeps words that are neither an item nor its dots.
    fn keep_rest(&mut self, text: &str) {
        let rest = without_between(text);
        let words = plain(rest);
        if !words.is_empty() && words != "and" {
            self.rest.push(rest.to_owned());
        }
    }
}

/// A number of dots in a text, and the text without it.
#[derive(Debug, Clone)]
struct DotsBeside {
    dots: u32,
    rest: String,
}

/// A text without the numbers of the list that it is.
fn without_list_numbers(text: &str) -> String {
    let text = text.trim();
    let Some(list) = LIST.as_ref() else { return text.to_owned() };
    let is_list = list.find(text).is_some_and(|first| first.start() == 0);
    let bare = list.replace_all(text, "$1$3$2$4");
    let goes_on = if text.starts_with('(') { &LIST_IN_PARENTHESES } else { &LIST_GOES_ON };
    match goes_on.as_ref().filter(|_| is_list) {
        Some(pattern) => pattern.replace_all(&bare, "$1$2").into_owned(),
        None => bare.into_owned(),
    }
}

/// A text with blanks between the numbers of items and those of dots.
fn apart(text: &str) -> String {
    let mut text = text.to_owned();
    for pattern in JOINED.iter().flatten() {
        text = pattern.replace_all(&text, "$1 $2").into_owned();
    }
    text
}

/// The number at the end of a text.
fn number_before(text: &str, spec: &RoomSpec) -> Option<DotsBeside> {
    let found = BEFORE.as_ref()?.captures(text)?;
    let (whole, number) = (found.get(0)?, found.get(1)?);
    let dots = some_dots(number.as_str(), spec)?;
    Some(DotsBeside { dots, rest: text[..whole.start()].to_owned() })
}

/// A number of dots that people have.
fn some_dots(text: &str, spec: &RoomSpec) -> Option<u32> {
    dots(text, spec).filter(|count| (1..100).contains(count))
}

/// The number in a text that follows an item: one that is marked as such, or one that is all that the text says.
fn number_after(text: &str, spec: &RoomSpec) -> Option<DotsBeside> {
    if let Some(found) = MARKED.as_ref()?.captures(text) {
        let number = (1..4).find_map(|group| found.get(group))?;
        let whole = found.get(0)?;
        let sides = [&text[..whole.start()], &text[whole.end()..]];
        // In the middle of a sentence, a number is not a number of dots.
        let is_apart = sides.iter().any(|side| plain(side).is_empty());
        let dots = number.as_str().parse().ok().filter(|_| is_apart)?;
        return Some(DotsBeside { dots, rest: sides.concat() });
    }
    if let Some(found) = SAID.as_ref()?.captures(text) {
        let whole = found.get(0)?;
        let dots = some_dots(found.get(1)?.as_str(), spec)?;
        return Some(DotsBeside { dots, rest: [&text[..whole.start()], &text[whole.end()..]].concat() });
    }
    let bare = without_between(text);
    let bare = bare.strip_suffix(" and").unwrap_or(bare);
    let dots = some_dots(text, spec).or_else(|| some_dots(bare, spec))?;
    Some(DotsBeside { dots, rest: String::new() })
}

fn without_between(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || BETWEEN.contains(&letter))
}

/// What follows the number of an item without the words of the item.
fn without_statement(after: &str, statement: &str) -> String {
    let bare = after.trim_start_matches(|letter: char| letter.is_whitespace() || BETWEEN.contains(&letter));
    match bare.strip_prefix(statement).filter(|_| !statement.is_empty()) {
        Some(rest) => rest.to_owned(),
        None if !statement.is_empty() && plain(bare).starts_with(&plain(statement)) => {
            plain(bare).replacen(&plain(statement), "", 1)
        }
        None => after.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::NamedItems;
    use crate::catalog::Catalog;
    use crate::domain::ItemNumber;

    fn statement(number: ItemNumber) -> String {
        if number.to_string() == "W3" { "One in 4 misses school, often".to_owned() } else { String::new() }
    }

    fn read(text: &str) -> (String, Vec<String>) {
        let spec = Catalog::embedded().unwrap().room;
        let named = NamedItems::read(text, &spec, &statement);
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
        ] {
            assert_eq!(read(text), ("W3 3, S1 2".to_owned(), vec![]), "{text}");
        }
        assert_eq!(read("W3: One in 4 misses school, often, S1"), ("W3 1, S1 1".to_owned(), vec![]));
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
