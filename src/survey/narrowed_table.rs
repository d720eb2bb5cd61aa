//! Tables about a part of each district, as a column with one text in it says: of one fund, program, or cohort. Their numbers
//! are not read as those of the whole. The same for tables of which some years are projections, and nothing shows which.

use super::code_column::{CodedPart, is_code};
use super::column::{Column, ColumnMeaning};
use super::compiled_patterns::any_match;
use super::report_filters::report_filters;
use super::sheet::TableSurvey;
use super::tokens::{has_phrase, tokenize};
use super::vocabulary::Vocabulary;
use super::whole_table::{constant_text, last_part};
use crate::catalog::{NarrowingWords, Role};
use crate::wording::survey_subjects as wording;

/// Why the numbers of a table may not be those of whole districts, or not all be known yet.
pub(super) fn problem(
    survey: &TableSurvey,
    surroundings: &[String],
    vocabulary: &Vocabulary<'_>,
) -> Option<String> {
    let words = &vocabulary.catalog.synonyms.whom.narrows;
    let finder = NarrowingFinder { survey, vocabulary, words };
    if let Some(problem) = finder.unknown_code() {
        return Some(problem);
    }
    if !finder.has_known_measures() {
        return None;
    }
    finder
        .part_in_column()
        .or_else(|| finder.part_in_filters(surroundings))
        .or_else(|| finder.projections(surroundings))
}

/// Finds what narrows a table.
struct NarrowingFinder<'a> {
    survey: &'a TableSurvey,
    vocabulary: &'a Vocabulary<'a>,
    words: &'a NarrowingWords,
}

impl NarrowingFinder<'_> {
    /// Whether it has measures other than the district's own indicators, whose names say all that is known of them.
    fn has_known_measures(&self) -> bool {
        let mut measures = self.survey.columns.iter().filter_map(Column::measure);
        measures.any(|measure| measure.own.is_none())
    }

    /// Why the students, the test, or the subject are in doubt: all rows have one code in a column for them.
    fn unknown_code(&self) -> Option<String> {
        self.survey.columns.iter().filter_map(Column::measure).next()?;
        self.survey.unread_columns().find_map(|column| {
            let code = self.vocabulary.constant_code(self.survey, column)?;
            let is_asked = self.is_unknown_code(column, code) && !self.has_explained_companion(column);
            is_asked.then(|| wording::unknown_code(&column.name, code))
        })
    }

    /// Whether a text that all rows have in a column may be a code whose meaning is not known.
    fn is_unknown_code(&self, column: &Column, text: &str) -> bool {
        let vocabulary = self.vocabulary;
        if vocabulary.is_unread_name(&column.name)
            || vocabulary.is_everybody(text)
            || vocabulary.group_in_column(&column.name, text).is_some()
        {
            return false;
        }
        // Of another column, the letter would mean a group.
        let is_like_group = vocabulary.catalog.groups.group_id(text).is_some();
        let is_whole = !is_code(text) && self.means_whole(&column.name, text);
        let is_unknown = match vocabulary.coded_part(&column.name) {
            Some(CodedPart::Groups) => self.survey.about.group.is_none() && !is_whole,
            Some(CodedPart::Tests) => {
                !is_whole && !has_phrase(text, &vocabulary.catalog.synonyms.tests.about)
            }
            None => false,
        };
        is_like_group || is_unknown
    }

    /// Whether another column says what a code means: one that tells the rows apart by the same, or has the name of the code.
    fn has_explained_companion(&self, code: &Column) -> bool {
        self.survey.columns.iter().any(|column| {
            let is_explained = match column.meaning {
                ColumnMeaning::Role(role) => matches!(role, Role::Group | Role::Subject),
                ColumnMeaning::Unread(_) => constant_text(self.survey, column)
                    .is_some_and(|text| !is_code(text) && !self.is_unknown_code(column, text)),
                _ => false,
            };
            is_explained && column.column != code.column && self.vocabulary.gives_names_of(column, code)
        })
    }

    fn part_in_column(&self) -> Option<String> {
        let mut unread = self.survey.columns.iter().filter(|column| column.is_unread());
        unread.find_map(|column| {
            let text = constant_text(self.survey, column).filter(|text| self.narrows(&column.name, text))?;
            Some(wording::narrowed(&column.name, text))
        })
    }

    /// A filter in the text around the table that says that its rows are about a part of each district.
    fn part_in_filters(&self, surroundings: &[String]) -> Option<String> {
        let filters = report_filters(surroundings).into_iter().chain(report_filters(&self.survey.below));
        let tests = &self.vocabulary.catalog.synonyms.codes.tests;
        let mut parts = filters.filter(|filter| {
            let (name, value) = (filter.name.as_str(), filter.value.as_str());
            // Of any other filter, words of a part may be those of a name: "District: Charter Oak".
            let is_told = has_any(name, &self.words.columns) || has_any(name, tests);
            is_told && !self.vocabulary.is_unfiltered(value) && self.narrows(name, value)
        });
        parts.next().map(|filter| wording::unknown_filter(filter.text))
    }

    /// Whether a text that all rows have in a column says that they are about a part of each district.
    fn narrows(&self, name: &str, text: &str) -> bool {
        let is_explained = self.vocabulary.is_unread_name(name)
            || self.vocabulary.find_year(text).is_some()
            || self.vocabulary.group_in_column(name, text).is_some()
            || self.means_whole(name, text);
        !is_explained && (self.tells_parts(name) || self.is_part(name, text))
    }

    /// Whether the name of a column says that its texts tell parts apart.
    fn tells_parts(&self, name: &str) -> bool {
        let name = last_part(name);
        has_any(name, &self.words.columns)
            || has_any(name, &self.words.kinds) && has_any(name, &self.words.words_for_kinds)
    }

    /// Whether a text is about a part, whatever its column is called.
    fn is_part(&self, name: &str, text: &str) -> bool {
        let is_short = tokenize(text).len() <= self.words.most_words;
        let other = &self.vocabulary.catalog.synonyms.left_over.other;
        let is_other = self.vocabulary.is_role_name(Role::Measure, name) && has_any(text, other);
        let is_place = has_any(last_part(name), &self.words.places);
        is_short && (has_phrase(text, &self.words.texts) || is_other)
            || is_place && any_match(&self.vocabulary.patterns.beyond, text.trim())
    }

    /// Whether a text means the whole: all of its words do, or are those of the column, or of the measures.
    fn means_whole(&self, name: &str, text: &str) -> bool {
        if self.words.upper_grades.contains(&text.to_lowercase()) && self.are_of_upper_grades() {
            return true;
        }
        let mut rest = format!(" {} ", tokenize(text).join(" "));
        for phrase in &self.words.whole {
            while rest.contains(&format!(" {phrase} ")) {
                rest = rest.replace(&format!(" {phrase} "), " ");
            }
        }
        let rest = self.vocabulary.words(&rest);
        let name = self.vocabulary.words(name);
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        rest.iter().all(|word| name.contains(word) || harmless.contains(word))
            || self.are_words_of_measures(&rest)
    }

    /// Whether one spelling of a measure in the table has all of these words.
    fn are_words_of_measures(&self, words: &[String]) -> bool {
        let measures = self.survey.columns.iter().filter_map(Column::measure);
        let ids: Vec<&str> = measures.filter_map(|column| column.measure.as_deref()).collect();
        let mut spellings =
            self.vocabulary.spellings.iter().filter(|spelling| ids.contains(&spelling.measure));
        spellings.any(|spelling| words.iter().all(|word| spelling.words.contains(word)))
    }

    /// Whether all measures are about the upper grades by definition.
    fn are_of_upper_grades(&self) -> bool {
        let own = &self.vocabulary.catalog.synonyms.whole_table.own_grades;
        let mut measures = self.survey.columns.iter().filter_map(Column::measure);
        measures.all(|column| {
            let id = column.measure.as_ref();
            id.is_some_and(|id| own.iter().any(|own| own.grades.is_empty() && own.measures.contains(id)))
        })
    }

    /// Why it is not known which years have been counted: the title mentions projections, and no name or cell does.
    fn projections(&self, surroundings: &[String]) -> Option<String> {
        let title = surroundings.iter().find(|title| has_any(title, &self.words.projected))?;
        let around = TextsAround { texts: surroundings, titles: self.survey.title.len() };
        if around.are_past(self.words) {
            return None;
        }
        let signs = &self.words.told_apart;
        let are_told_apart = self.survey.columns.iter().any(|column| {
            has_any(&column.name, signs) || column.cells.texts.keys().any(|text| has_any(text, signs))
        });
        (!are_told_apart).then(|| wording::projections(title))
    }
}

/// The texts around a table: its titles, the sheet's name, the file's name.
#[derive(Clone, Copy)]
pub(super) struct TextsAround<'a> {
    pub(super) texts: &'a [String],
    /// How many of them are titles.
    pub(super) titles: usize,
}

impl TextsAround<'_> {
    /// Whether one of the texts mentions projections, and another one says that the years of this table are past.
    pub(super) fn are_past(self, words: &NarrowingWords) -> bool {
        let Some(position) = self.texts.iter().position(|text| has_any(text, &words.projected)) else {
            return false;
        };
        let mut others = self.texts.iter().enumerate();
        others.any(|(other, text)| {
            // Of several titles, none is nearer than another.
            let is_nearer = other < position && position >= self.titles;
            !has_any(text, &words.projected)
                && (has_any(text, &words.past) || is_nearer && has_any(text, &words.history))
        })
    }
}

/// Whether a name says that its numbers are not projections.
pub(super) fn names_past(name: &str, words: &NarrowingWords) -> bool {
    has_any(name, &words.past)
}

/// Whether a title mentions projections.
pub(super) fn names_projections(title: &str, words: &NarrowingWords) -> bool {
    has_any(title, &words.projected)
}

/// Whether a text has one of these words.
fn has_any(text: &str, words: &[String]) -> bool {
    tokenize(text).iter().any(|word| words.contains(word))
}
