//! A deadline as somebody typed it: a date or a school year, in numbers or in words.

use crate::catalog::{DeadlineWords, PlanSpec};
use crate::domain::{CalendarDate, LoneYear, SchoolYear};
use crate::form_export::plain;

/// A deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deadline {
    /// Its school year; `None` if nothing was typed, or nothing that is understood.
    pub year: Option<SchoolYear>,
    /// What was typed, as it follows the word "by"; empty if it is open.
    pub text: String,
}

impl Deadline {
    /// The deadline in a cell.
    pub(super) fn new(typed: &str, spec: &PlanSpec) -> Self {
        let words = &spec.deadlines;
        let is_open = plain(typed).is_empty() || spec.targets.open.iter().any(|word| *word == plain(typed));
        if is_open {
            return Self::default();
        }
        let text = without_first(typed.trim(), &words.lead);
        Self { year: school_year(text, words), text: text.to_owned() }
    }

    /// As people say it: a date that a spreadsheet wrote as `2030-06-30` is June 30, 2030.
    #[must_use]
    pub fn in_words(&self) -> String {
        CalendarDate::parse(&self.text).map_or_else(|| self.text.clone(), |date| date.to_string())
    }

    /// Whether something was typed that is not understood.
    #[must_use]
    pub const fn is_unclear(&self) -> bool {
        self.year.is_none() && !self.text.is_empty()
    }
}

/// The school year that a text names, or that its date is in.
fn school_year(text: &str, words: &DeadlineWords) -> Option<SchoolYear> {
    let mut text = without_first(text, &words.fillers).to_lowercase();
    for (word, same) in &words.same_as {
        text = replaced(&text, word, same);
    }
    let text = text.trim_end_matches(['.', ',']);
    if let Ok(year) = SchoolYear::parse(text, LoneYear::End) {
        return Some(year);
    }
    let days = words.dates.iter().find_map(|pattern| CalendarDate::parse_as(text, pattern));
    let first_day = format!("1 {text}");
    let mut months = words.months.iter().map(|pattern| format!("%d {pattern}"));
    let day = days.or_else(|| months.find_map(|pattern| CalendarDate::parse_as(&first_day, &pattern)));
    day?.school_year()
}

/// The text with one of its words replaced.
fn replaced(text: &str, word: &str, same: &str) -> String {
    let words: Vec<&str> = text.split(' ').map(|known| if known == word { same } else { known }).collect();
    words.join(" ")
}

/// The text without any of these words at its beginning.
fn without_first<'t>(text: &'t str, words: &[String]) -> &'t str {
    let mut rest = text;
    while let Some(shorter) = words.iter().find_map(|word| without_word(rest, word)) {
        rest = shorter;
    }
    rest
}

/// The text without a word at its beginning, in any case; `None` if it does not begin with that word, or has no other.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let beginning = text.get(..word.len())?;
    let rest = text[word.len()..].trim_start_matches([',', ':']);
    let after = rest.trim_start();
    (beginning.eq_ignore_ascii_case(word) && after.len() < rest.len() && !after.is_empty()).then_some(after)
}
