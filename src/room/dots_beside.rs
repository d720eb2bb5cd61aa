//! The numbers of dots beside the items that an answer lists, and to which of them they belong.

use std::sync::LazyLock;

use regex::Regex;

use super::answer_words::dots;
use super::named_items::without_between;
use crate::catalog::RoomSpec;
use crate::form_export::plain;

/// A number of dots before an item (`3x W3`, `three dots on W3`, `(3) W3`, `●● W3`).
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:^|[\s,;/(+&])[(\[]?(\d{1,2}|\p{L}+|[●•○*✓✔]+)",
        r"\s*[x×*]?\s*(?:(?:dots?|votes?|points?)\s*)?[)\]]?\s*(?:on|for|to)?\s*(?:[:=>→–—-]+\s*)?$",
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
/// What leads from an item to the number after it, and from a number to the item after it.
static LEADS: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| {
    [r"(?i)^\s*(?:[:=]|[–—-]\s|[x×*]\s*\d)", r"(?i)(?:\b(?:on|for|to)|[:=>→]|\s[–—-])\s*$"]
        .map(|text| Regex::new(text).ok())
});

/// The signs that separate an item with its dots from the next.
const SEPARATORS: [char; 6] = [',', ';', '/', '|', '+', '&'];
/// A text with more words than this beside items is a sentence, and a number in it counts something else.
const SHORT: usize = 4;

/// The items beside a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GapSides {
    pub(super) has_item_before: bool,
    pub(super) has_next: bool,
}

/// A number of dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SomeDots {
    dots: u32,
    /// Whether it is only a number, which may also be that of a list.
    is_bare: bool,
    /// Whether it stands before its item.
    is_before: bool,
}

/// The numbers of dots in the text between two items, or before the first, or after the last.
#[derive(Debug, Clone, Default)]
pub(super) struct GapNumbers {
    /// Those of the item before.
    after: Option<SomeDots>,
    /// Those of the next item.
    before: Option<SomeDots>,
    /// A number with no sign between it and either item.
    between: Option<SomeDots>,
    /// Numbers with a sign between them and each item ("W3, 3, S1, 2").
    apart: Vec<SomeDots>,
    /// What else the text says.
    pub(super) rest: Vec<String>,
    /// Whether there is a number in it that may be one of dots.
    pub(super) is_unclear: bool,
}

/// A number of dots in a text, and the text without it.
#[derive(Debug, Clone)]
struct DotsBeside {
    dots: u32,
    is_bare: bool,
    rest: String,
}

impl GapNumbers {
    pub(super) fn read(text: &str, sides: GapSides, spec: &RoomSpec) -> Self {
        let mut gap = Self::default();
        let parts = parts(text);
        for (index, part) in parts.iter().enumerate() {
            let has_item_before = sides.has_item_before && index == 0;
            let has_next = sides.has_next && index + 1 == parts.len();
            gap.read_part(part, GapSides { has_item_before, has_next }, spec);
        }
        gap
    }

    /// Whether it has a number that is not that of a list.
    pub(super) fn has_other_number(&self) -> bool {
        self.after.is_some() || self.between.is_some() || !self.apart.is_empty()
    }

    fn read_part(&mut self, part: &str, sides: GapSides, spec: &RoomSpec) {
        let leads = LEADS.each_ref().map(|lead| lead.as_ref().is_some_and(|lead| lead.is_match(part)));
        let is_after = sides.has_item_before && (!sides.has_next || leads == [true, false]);
        let is_before = sides.has_next && (!sides.has_item_before || leads == [false, true]);
        let found = match (is_after, is_before) {
            (true, _) => number_after(part, spec),
            (_, true) => number_before(part, spec),
            _ => number_after(part, spec).or_else(|| number_before(part, spec)).filter(DotsBeside::is_all),
        };
        let Some(DotsBeside { dots, is_bare, rest }) = found else { return self.keep_rest(part, spec) };
        self.keep_rest(&rest, spec);
        let found = SomeDots { dots, is_bare, is_before };
        if is_after {
            self.after = Some(found);
        } else if is_before {
            self.before = Some(found);
        } else if sides.has_item_before && sides.has_next {
            self.between = Some(found);
        } else {
            self.apart.push(found);
        }
    }

    /// Keeps words that are neither an item nor its dots.
    fn keep_rest(&mut self, text: &str, spec: &RoomSpec) {
        let rest = without_between(text);
        if !plain(rest).is_empty() {
            self.is_unclear |= has_small_number(rest, spec);
            self.rest.push(rest.to_owned());
        }
    }
}

impl DotsBeside {
    /// Whether the text says nothing else.
    fn is_all(&self) -> bool {
        plain(&self.rest).is_empty()
    }
}

/// How many dots each item gets, with the texts before, between, and after the items; `None` if it can be read in two ways.
pub(super) fn dots_of_items(gaps: &[GapNumbers]) -> Option<Vec<u32>> {
    match [false, true].map(|is_before| reading(gaps, is_before)) {
        [Some(after), Some(before)] => (after == before).then_some(after),
        [after, before] => after.or(before),
    }
}

/// How many dots each item gets if numbers that could belong to either side belong to the next item, or else to the one before;
/// `None` if an item then has two numbers, or if the numbers may be those of a list.
fn reading(gaps: &[GapNumbers], is_before: bool) -> Option<Vec<u32>> {
    let items = gaps.len().checked_sub(1)?;
    let mut numbers: Vec<Vec<SomeDots>> = vec![Vec::new(); items];
    for (index, gap) in gaps.iter().enumerate() {
        if let Some(after) = gap.after {
            numbers.get_mut(index.checked_sub(1)?)?.push(after);
        }
        if let Some(before) = gap.before {
            numbers.get_mut(index)?.push(before);
        }
        for undecided in gap.between.iter().chain(&gap.apart) {
            let item = if is_before { index } else { index.checked_sub(1)? };
            numbers.get_mut(item)?.push(SomeDots { is_before, ..*undecided });
        }
    }
    let has_apart = gaps.iter().any(|gap| !gap.apart.is_empty());
    let is_regular = numbers.iter().all(|of_item| of_item.len() == 1 || of_item.is_empty() && !has_apart);
    let is_list = items > 1
        && numbers.iter().zip(1..).all(|(of_item, place)| {
            of_item.iter().any(|one| one.is_bare && one.is_before && one.dots == place)
        });
    let dots = numbers.iter().map(|of_item| of_item.first().map_or(1, |one| one.dots)).collect();
    (is_regular && !is_list).then_some(dots)
}

/// The parts of a text between the signs and words that separate items. A tally (`|||`) is no such sign.
fn parts(text: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for (index, (at, letter)) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| letters[index].1);
        let next = letters.get(index + 1).map(|next| next.1);
        let is_tally = matches!(letter, '|' | '/') && (before == Some(*letter) || next == Some(*letter));
        let is_end = *letter == '.' && next.is_none_or(char::is_whitespace);
        if *at >= start && (SEPARATORS.contains(letter) && !is_tally || is_end) {
            parts.push(&text[start..*at]);
            start = at + letter.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().flat_map(parts_at_and).collect()
}

/// The parts of a text between the word "and".
fn parts_at_and(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].to_ascii_lowercase().find("and").map(|at| at + from) {
        let end = at + "and".len();
        let is_word =
            !rest[..at].ends_with(char::is_alphanumeric) && !rest[end..].starts_with(char::is_alphanumeric);
        if is_word {
            parts.push(&rest[..at]);
            rest = &rest[end..];
            from = 0;
        } else {
            from = end;
        }
    }
    parts.push(rest);
    parts
}

/// The number at the end of a text.
fn number_before(text: &str, spec: &RoomSpec) -> Option<DotsBeside> {
    let found = BEFORE.as_ref()?.captures(text)?;
    let (whole, number) = (found.get(0)?, found.get(1)?);
    let dots = some_dots(number.as_str(), spec)?;
    Some(DotsBeside {
        dots,
        is_bare: !whole.as_str().contains(is_of_dots),
        rest: text[..whole.start()].to_owned(),
    })
}

/// A number of dots that people have.
fn some_dots(text: &str, spec: &RoomSpec) -> Option<u32> {
    let times = spec.lists.times.iter().position(|word| *word == plain(text)).map(|index| index as u32 + 1);
    dots(text, spec).or(times).filter(|count| *count < 100)
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
        return Some(DotsBeside {
            dots,
            is_bare: !whole.as_str().contains(char::is_alphabetic),
            rest: sides.concat(),
        });
    }
    if let Some(found) = SAID.as_ref()?.captures(text) {
        let whole = found.get(0)?;
        let dots = some_dots(found.get(1)?.as_str(), spec)?;
        let rest = [&text[..whole.start()], &text[whole.end()..]].concat();
        return Some(DotsBeside { dots, is_bare: false, rest });
    }
    let bare = without_between(text);
    let dots = some_dots(text, spec).or_else(|| some_dots(bare, spec))?;
    Some(DotsBeside { dots, is_bare: first_is_digit(bare), rest: String::new() })
}

/// Whether a sign beside a number shows that it is one of dots.
fn is_of_dots(letter: char) -> bool {
    letter.is_alphabetic() || "×*●•○✓✔".contains(letter)
}

fn first_is_digit(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Whether a few words beside an item have a number that may be one of dots ("2 each", "2 or 3").
fn has_small_number(text: &str, spec: &RoomSpec) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let known = &spec.lists;
    let mut before = String::new();
    let mut is_found = false;
    for word in &words {
        let is_other = word.contains(['%', '$']) || known.not_dots.contains(&before);
        is_found |= !is_other && is_small_number(word, spec);
        before = plain(word);
    }
    is_found && words.len() <= SHORT
}

/// Whether a word is a number of one or two digits, or one in words from two on.
fn is_small_number(word: &str, spec: &RoomSpec) -> bool {
    let word = word.trim_end_matches(['.', ',', ':', ')']);
    let mut pieces = word.split(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let is_long = word.contains(|letter: char| letter.is_ascii_digit())
        && word.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() > 2);
    let in_words = spec.numbers.words.iter().skip(2).chain(&spec.lists.times);
    let named: Vec<&String> = in_words.collect();
    !is_long
        && pieces.any(|piece| {
            piece.parse::<u32>().is_ok() || named.iter().any(|known| **known == piece.to_lowercase())
        })
}
