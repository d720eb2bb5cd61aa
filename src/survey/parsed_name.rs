//! A column's name, parsed into school year, grade, student group, subject and the words of its measure.

use std::borrow::Cow;
use std::ops::Range;

use super::tokens::{take_term, tokenize};
use super::vocabulary::Vocabulary;
use super::year_mention::YearMention;
use crate::domain::{ALL, Grade};

/// A column's name, parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ParsedName {
    /// The remaining words.
    pub(super) words: Vec<String>,
    pub(super) group: Option<String>,
    pub(super) grade: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) year: Option<YearMention>,
}

impl ParsedName {
    pub(super) const fn has_group_or_grade(&self) -> bool {
        self.group.is_some() || self.grade.is_some()
    }

    /// Whether one of its words is in a list.
    pub(super) fn has_any(&self, list: &[String]) -> bool {
        self.words.iter().any(|word| list.contains(word))
    }

    /// Whether all of its words are in a list; true if it has no words.
    pub(super) fn has_only(&self, list: &[String]) -> bool {
        self.words.iter().all(|word| list.contains(word))
    }

    /// The end of the school year in the name.
    pub(super) fn year_end(&self) -> Option<i32> {
        self.year.as_ref().map(|mention| mention.year.end())
    }

    /// Group, grade and subject; `all` if the name has none.
    pub(super) fn breakdown(&self) -> [String; 3] {
        [&self.group, &self.grade, &self.subject].map(|id| id.clone().unwrap_or_else(|| ALL.to_owned()))
    }
}

impl Vocabulary<'_> {
    /// The parsed name.
    pub(super) fn parse_name(&self, text: &str) -> ParsedName {
        let (mut name, rest) = self.take_year_and_grade(text);
        let mut tokens = tokenize(&rest);
        let groups = &self.catalog.groups;
        // "Total Female Count" is of female students: a word for everybody counts only if no other group is named.
        name.group = take_term(&mut tokens, |term| groups.group_id(term).filter(|id| *id != ALL))
            .or_else(|| take_term(&mut tokens, |term| groups.group_id(term)));
        name.subject = take_term(&mut tokens, |term| groups.subject_id(term).filter(|id| *id != ALL))
            .or_else(|| take_term(&mut tokens, |term| groups.subject_id(term)));
        name.words = self.canonical_words(&tokens);
        name
    }

    /// The parsed name, with the words for a group or subject kept among its words.
    pub(super) fn parse_name_with_terms(&self, text: &str) -> ParsedName {
        let (mut name, rest) = self.take_year_and_grade(text);
        name.words = self.words(&rest);
        name
    }

    /// A name with the year and grade found in `text`, and the text without them.
    pub(super) fn take_year_and_grade(&self, text: &str) -> (ParsedName, String) {
        let mut name = ParsedName::default();
        let bare = self.without_pivot(text);
        let mut rest = bare.to_owned();
        if let Some(mention) = self.find_year(bare) {
            rest.replace_range(mention.phrase_start..mention.span.end, " ");
            // A layout looks for the year in the whole name.
            let before = text.find(bare).unwrap_or_default();
            let span = before + mention.span.start..before + mention.span.end;
            let people = self.people_beside(text, &span);
            let phrase_start = before + mention.phrase_start;
            name.year = Some(YearMention { people, phrase_start, span, ..mention });
            for pattern in &self.patterns.sample_sizes {
                rest = pattern.replace_all(&rest, " ").into_owned();
            }
        }
        if let Cow::Owned(without) = self.without_remarks(&rest) {
            rest = without;
        }
        if let Some((grade, span)) = self.find_grade(&rest) {
            rest.replace_range(span, " › ");
            name.grade = Some(grade.id().to_owned());
        }
        (name, rest)
    }

    /// The digits of the number of people that a name gives next to its school year.
    fn people_beside(&self, name: &str, year: &Range<usize>) -> Option<Range<usize>> {
        let found = self.patterns.sample_sizes.iter().find_map(|pattern| pattern.find(name))?;
        let start = found.start() + found.as_str().find(|c: char| c.is_ascii_digit())?;
        let digits = name.get(start..found.end())?;
        let length = digits.find(|c: char| c != ',' && !c.is_ascii_digit()).unwrap_or(digits.len());
        let people = start..start + length;
        (people.end <= year.start || year.end <= people.start).then_some(people)
    }

    /// The first grade in a text, and the byte range of the phrase for it.
    pub(super) fn find_grade(&self, text: &str) -> Option<(Grade, Range<usize>)> {
        self.patterns.grades.iter().find_map(|pattern| {
            let captures = pattern.captures(text)?;
            let grade = Grade::parse(captures.name("grade")?.as_str())?;
            Some((grade, captures.get(0)?.range()))
        })
    }
}
