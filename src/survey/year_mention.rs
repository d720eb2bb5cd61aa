//! School years within names and titles.

use std::borrow::Cow;
use std::ops::Range;

use regex::Regex;

use super::compiled_patterns::any_match;
use super::vocabulary::Vocabulary;
use crate::domain::{LoneYear, SchoolYear};

/// Text no longer than `11-12` may be grades instead of a school year.
const SHORT_YEAR: usize = 5;

/// A school year in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearMention {
    pub(super) year: SchoolYear,
    /// As written.
    pub(super) text: String,
    /// The byte range of the year itself.
    pub(super) span: Range<usize>,
    /// The byte where the phrase starts: it includes words that announce the year (`SY`).
    pub(super) phrase_start: usize,
    /// Whether the words around a single year say that a school year begins in it (`Fall Enrollment 2022`).
    pub(super) begins: bool,
    /// The byte range of the digits of a number of people next to it (`2021-22 (n=812)`).
    pub(super) people: Option<Range<usize>>,
}

impl YearMention {
    /// Whether it is a single year, which may be the first or the last of a school year.
    pub(super) fn is_lone(&self) -> bool {
        is_all_digits(&self.text)
    }

    /// Whether it is a whole date.
    pub(super) fn is_date(&self) -> bool {
        let numbers = number_count(&self.text);
        numbers > 2 || numbers > 1 && self.text.contains(char::is_alphabetic)
    }

    /// The text before the phrase.
    fn text_before<'t>(&self, text: &'t str) -> &'t str {
        text.get(..self.phrase_start).unwrap_or("")
    }
}

/// A text of the same length in which underscores are spaces, except between digits (`2022_23`): to a regular expression,
/// an underscore is a letter.
fn with_spaces(text: &str) -> Cow<'_, str> {
    if !text.contains('_') {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let is_before_digit = rest.as_str().starts_with(|next: char| next.is_ascii_digit());
        let is_space = c == '_' && !(previous.is_ascii_digit() && is_before_digit);
        spaced.push(if is_space { ' ' } else { c });
        previous = c;
    }
    Cow::Owned(spaced)
}

/// How many numbers a text has.
fn number_count(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).count()
}

fn is_all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

impl Vocabulary<'_> {
    /// The first school year in a text.
    pub(super) fn find_year(&self, text: &str) -> Option<YearMention> {
        let spaced = with_spaces(text);
        self.patterns.years.iter().find_map(|pattern| self.match_year(pattern, text, &spaced))
    }

    /// The school year that a pattern finds in `spaced`, as `text` has it in the same place.
    fn match_year(&self, pattern: &Regex, text: &str, spaced: &str) -> Option<YearMention> {
        let captures = pattern.captures(spaced)?;
        let (year, phrase) = (captures.name("year")?, captures.get(0)?);
        // Grades 11-12 are not a year.
        if year.len() <= SHORT_YEAR && self.overlaps_grade(text, &year.range()) {
            return None;
        }
        let written = text.get(year.range())?;
        let begins = is_all_digits(written) && any_match(&self.patterns.year_begins, spaced);
        let meaning = if begins { LoneYear::Start } else { LoneYear::End };
        Some(YearMention {
            year: SchoolYear::parse(written, meaning).ok()?,
            text: written.to_owned(),
            span: year.range(),
            phrase_start: captures.name("before").map_or(phrase.start(), |before| before.end()),
            begins,
            people: None,
        })
    }

    fn overlaps_grade(&self, text: &str, span: &Range<usize>) -> bool {
        let mut grades = self.patterns.grades.iter().filter_map(|p| p.captures(text)?.name("grade"));
        grades.any(|grade| grade.start() < span.end && span.start < grade.end())
    }

    /// The school year of a title, or of a sheet or file name; `None` for the date of the report, which does
    /// not indicate the year of its data.
    pub(super) fn year_of_title(&self, text: &str) -> Option<YearMention> {
        let mention = self.find_year(text)?;
        let is_report_date = mention.is_date()
            && any_match(&self.patterns.report_dates, mention.text_before(&with_spaces(text)));
        (!is_report_date).then_some(mention)
    }

    /// Whether text without a year says that the years next to it are those in which a school year begins
    /// (`Fall Membership`).
    pub(super) fn says_year_begins(&self, text: &str) -> bool {
        any_match(&self.patterns.year_begins, text) && self.find_year(text).is_none()
    }
}
