//! What an answer says of the items that it names: to a question without the number of an item ("Which items do you object to?").

use std::sync::LazyLock;

use regex::Regex;

use super::named_items::{ItemMention, is_range, mentions, without_between, without_statement};
use crate::catalog::RoomSpec;
use crate::domain::ItemNumber;
use crate::form_export::{has_words, plain};

/// The mark of a line in a list.
static LIST_MARK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:[•*·–—-]\s+|\(?\d{1,2}[.)]\s*|#\d{1,2}[.):]?\s+)").ok());

/// How a list begins and goes on, numbered or with the same mark (`1. The roof 2. The buses`, `- The roof - The buses`).
static LISTS: LazyLock<[Option<Regex>; 4]> = LazyLock::new(|| {
    [
        r"^\s*\(?1[.)]\s*\p{L}.*\s\(?2[.)]\s*\p{L}",
        r"^\s*[•*·]\s*\p{L}.*\s[•*·]\s*\p{L}",
        r"^\s*-\s+\p{L}.*\s-\s+\p{L}",
        r"^\s*[–—]\s+\p{L}.*\s[–—]\s+\p{L}",
    ]
    .map(|text| Regex::new(text).ok())
});

/// What an answer says of one item, or of several at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ItemStatement {
    pub(super) numbers: Vec<ItemNumber>,
    /// What stands before their numbers; empty if nothing does.
    pub(super) lead: String,
    /// What follows their numbers.
    pub(super) after: String,
    /// All of it.
    pub(super) whole: String,
}

/// All that an answer says of items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ItemStatements {
    pub(super) said: Vec<ItemStatement>,
    /// Lines that name no item.
    pub(super) rest: Vec<String>,
    /// Whether nobody can say from the answer what is said of which item.
    pub(super) is_unclear: bool,
}

/// Items that are named together, as "S4, S5, and W1".
struct MentionGroup {
    numbers: Vec<ItemNumber>,
    start: usize,
    end: usize,
    /// Whether only blanks separate some of them. Each may have been on a line of its own: line breaks within a cell are spaces by now.
    is_spaced: bool,
}

impl ItemStatements {
    /// Reads an answer. `statement` gives the words of an item, which may stand beside its number. If `is_loose`, each item with words
    /// of its own is a statement ("S4 to threats, W1 to strengths"); otherwise, only one that a colon or the like follows is, because
    /// the words about one item may name another.
    pub(super) fn read(
        text: &str,
        is_loose: bool,
        spec: &RoomSpec,
        statement: &dyn Fn(ItemNumber) -> String,
    ) -> Self {
        let mut read = Self::default();
        for line in text.split(';').filter(|line| !plain(line).is_empty()) {
            let line = without_mark(line);
            read.read_line(line, is_loose, spec, statement);
        }
        read
    }

    fn read_line(
        &mut self,
        line: &str,
        is_loose: bool,
        spec: &RoomSpec,
        statement: &dyn Fn(ItemNumber) -> String,
    ) {
        let mentions = mentions(line);
        let groups = groups(line, &mentions);
        let Some(first) = groups.first() else { return self.rest.push(line.trim().to_owned()) };
        self.is_unclear |= mentions.iter().enumerate().any(|(index, mention)| {
            let next = mentions.get(index + 1);
            is_range(mention, &line[mention.end..next.map_or(line.len(), |next| next.start)], next, spec)
        });
        let lead = without_between(&line[..first.start]);
        let leads_on = plain(lead);
        self.is_unclear |= spec.lists.excepts.iter().any(|word| has_words(&leads_on, word));
        let is_split = groups.iter().enumerate().all(|(index, group)| {
            let end = groups.get(index + 1).map_or(line.len(), |next| next.start);
            (index == 0
                || ends_part(&line[..group.start])
                || begins_statement(line, &groups[index - 1], group, spec))
                && (is_loose || lead.is_empty() && begins_words(&line[group.end..end], spec))
        });
        if groups.len() > 1 && !is_split {
            self.is_unclear = true;
            return;
        }
        for (index, group) in groups.iter().enumerate() {
            let end = groups.get(index + 1).map_or(line.len(), |next| next.start);
            let after = &line[group.end..end];
            let after = match group.numbers.as_slice() {
                [number] => without_statement(after, &statement(*number)),
                _ => after.to_owned(),
            };
            // The words may be about the last item only ("S2", and on the next line "W3 one year only").
            self.is_unclear |= group.is_spaced && !words_of(&after).is_empty();
            self.said.push(ItemStatement {
                numbers: group.numbers.clone(),
                lead: if index == 0 { lead.to_owned() } else { String::new() },
                after: words_of(&after).to_owned(),
                whole: if groups.len() == 1 { line.trim() } else { line[group.start..end].trim() }.to_owned(),
            });
        }
    }
}

/// Whether a text is a list of several things. Line breaks within a cell are spaces by now.
pub(super) fn is_list(text: &str) -> bool {
    LISTS.iter().flatten().any(|list| list.is_match(text))
}

/// A line without the mark of a list.
pub(super) fn without_mark(line: &str) -> &str {
    let mark = LIST_MARK.as_ref().and_then(|mark| mark.find(line));
    mark.map_or(line, |mark| &line[mark.end()..])
}

/// The items of a line, those together that only signs or "and" separate.
fn groups(line: &str, mentions: &[ItemMention]) -> Vec<MentionGroup> {
    let mut groups: Vec<MentionGroup> = Vec::new();
    for mention in mentions {
        match groups.last_mut() {
            Some(last) if is_between(&line[last.end..mention.start]) => {
                last.is_spaced |= line[last.end..mention.start].trim().is_empty();
                last.numbers.push(mention.number);
                last.end = mention.end;
            }
            _ => groups.push(MentionGroup {
                numbers: vec![mention.number],
                start: mention.start,
                end: mention.end,
                is_spaced: false,
            }),
        }
    }
    groups
}

/// Whether a colon after items shows that something else begins with them, as after the items before ("W3: one year S1: few people",
/// which were two lines). After a word such as "than", it does not.
fn begins_statement(line: &str, before: &MentionGroup, group: &MentionGroup, spec: &RoomSpec) -> bool {
    let words = plain(&line[before.end..group.start]);
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_led_to = last.is_empty() || spec.similar.small.iter().any(|word| word == last);
    [before, group].iter().all(|items| line[items.end..].trim_start().starts_with(':')) && !is_led_to
}

/// Whether a text between two items says nothing.
fn is_between(text: &str) -> bool {
    let words = plain(text);
    words.is_empty() && !text.contains(':') || words == "and"
}

/// Whether a text ends with a sign, or the word "and", after which something else begins.
fn ends_part(text: &str) -> bool {
    let text = text.trim_end();
    let is_and = text.len() > 4 && text.to_ascii_lowercase().ends_with(" and");
    is_and || text.ends_with([',', '.', ')', '!', '/', '|', '&', '+'])
}

/// Whether what follows an item is said of it: after a colon, a dash, a parenthesis, or a word such as "because".
fn begins_words(text: &str, spec: &RoomSpec) -> bool {
    let text = text.trim_start();
    let first = plain(text.split_whitespace().next().unwrap_or_default());
    text.starts_with([':', '=', '(', '>', '→'])
        || ["- ", "– ", "— ", "-> "].iter().any(|dash| text.starts_with(dash))
        || spec.answers.before_reason.contains(&first)
}

/// The words after an item, without the signs around them and the "and" before the next item.
fn words_of(text: &str) -> &str {
    let text = without_between(text);
    let text = if text.to_ascii_lowercase().ends_with(" and") {
        without_between(&text[..text.len() - 4])
    } else {
        text
    };
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inside.filter(|inside| !inside.contains(['(', ')'])).unwrap_or(text)
}
