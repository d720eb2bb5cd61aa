//! Columns whose usual names mean something else, as other columns of the table or the text around it say: the dropout rate of a
//! cohort, the enrollment of a program, the attendance of one level of school.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning};
use super::tokens::{has_phrase, tokenize};
use crate::catalog::{OtherMeaning, Role};
use crate::domain::ALL;

/// A text with more words is a note, which mentions more than the table is about.
const LONGEST_TITLE: usize = 14;

impl<'a> ColumnClassifier<'a> {
    /// Leaves columns unread whose names mean something else next to others of the table, or below its title.
    pub(super) fn settle_other_meanings(&mut self) {
        for other in self.vocabulary.catalog.synonyms.beside.iter().filter(|other| !other.bare) {
            let is_beside =
                self.columns.iter().any(|column| self.vocabulary.is_one_of(&column.name, &other.columns));
            if !is_beside && !self.is_said_in(self.context, other) {
                continue;
            }
            for index in self.indexes() {
                let column = self.column(index);
                let named = column.measure().and_then(|measure| measure.measure.clone());
                let is_other = named.as_ref().is_some_and(|id| other.measures.contains(id));
                if is_other && !column.parsed.has_any(&other.unless) && !self.says_part(index, other) {
                    self.question(index, named.filter(|_| other.part), other.why.clone());
                }
            }
        }
    }

    /// Why a measure's usual name means something else in a line of this table, as its title says. What files and sheets are
    /// called is compared with others of the folder.
    pub(super) fn other_meaning_titled(&self, measure: &str) -> Option<&'a str> {
        let titles = self.context.get(..self.titles).unwrap_or_default();
        let mut others = self.vocabulary.catalog.synonyms.beside.iter();
        let other = others.find(|other| {
            !other.bare && other.measures.iter().any(|id| id == measure) && self.is_said_in(titles, other)
        })?;
        Some(&other.why)
    }

    /// Whether one of these texts says that a measure's usual name means something else.
    fn is_said_in(&self, texts: &[String], other: &OtherMeaning) -> bool {
        let harmless = &self.vocabulary.catalog.synonyms.left_over.harmless;
        texts.iter().any(|text| {
            says_otherwise(text, other, harmless) && (!other.part || self.names_part(text, other))
        })
    }

    /// Whether a text names a part of the district outside the district's own name, and no grade that the table is read for.
    fn names_part(&self, text: &str, other: &OtherMeaning) -> bool {
        let spaced = text.replace('_', " ");
        let district = self.vocabulary.district_in(&spaced);
        let rest = district.map_or_else(|| spaced.clone(), |name| spaced.replace(&name, ", "));
        tokenize(&rest).len() <= LONGEST_TITLE
            && has_phrase(&rest, &other.around)
            && self.vocabulary.title_terms(text).grade.is_none()
    }

    /// Whether the table itself says which part of the district the numbers in a column are about.
    fn says_part(&self, index: ColumnIndex, other: &OtherMeaning) -> bool {
        let roles = [Role::SchoolId, Role::SchoolName, Role::Grade];
        let is_of_grade = self.column(index).measure().is_some_and(|measure| measure.grade != ALL);
        other.part
            && (is_of_grade
                || roles.into_iter().any(|role| self.has_role(role))
                || self.columns.iter().any(|column| !column.graded.is_empty())
                || self.columns.iter().any(|column| tells_parts(column, other)))
    }
}

/// Whether a column tells rows about a part of the district from others: only some of its texts have one of the phrases.
fn tells_parts(column: &Column, other: &OtherMeaning) -> bool {
    let is_district = matches!(column.meaning, ColumnMeaning::Role(Role::DistrictId | Role::DistrictName));
    let texts = column.cells.texts.keys();
    let named = texts.filter(|text| has_phrase(text, &other.around)).count();
    !is_district && named > 0 && named < column.cells.texts.len()
}

/// Whether a text has a word, or all words of a list, with which a measure's name keeps its meaning.
fn takes_back(text: &str, other: &OtherMeaning) -> bool {
    let words = tokenize(text);
    has_phrase(text, &other.unless)
        || other.unless_all.iter().any(|list| list.iter().all(|word| words.contains(word)))
}

/// Whether a text says that a measure's usual name means something else. `harmless` words say nothing.
pub(super) fn says_otherwise(text: &str, other: &OtherMeaning, harmless: &[String]) -> bool {
    (has_phrase(text, &other.around) || is_alone_in(text, &other.alone, harmless)) && !takes_back(text, other)
}

/// Whether a text is one of these phrases, apart from numbers and words that say nothing.
fn is_alone_in(text: &str, phrases: &[String], harmless: &[String]) -> bool {
    let mut words = tokenize(text);
    words.retain(|word| {
        word.len() > 1 && !harmless.contains(word) && !word.contains(|c: char| c.is_ascii_digit())
    });
    !phrases.is_empty() && phrases.contains(&words.join(" "))
}
