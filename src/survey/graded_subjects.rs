//! Columns whose texts name a subject and a grade together: `Mathematics 3`, `ELA3`, `Grade 3 ELA`.

use std::collections::BTreeMap;

use super::classify::ColumnClassifier;
use super::column::{Column, ColumnMeaning};
use super::graded_subject::GradedSubject;
use super::role::is_categorical;
use super::split_cells::has_digit;
use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::domain::Grade;
use crate::wording::survey_subjects::SUBJECT_AND_GRADE;

/// With fewer such texts than this, it may be chance.
const FEWEST: usize = 2;
/// The share of the texts, in tenths, that must name both.
const MOST: usize = 6;
/// A longer text (in bytes) is a sentence.
const LONGEST: usize = 60;
/// Numbers without a word for grades are also those of courses (English 1, Math 3) unless all are at least the first of these, or
/// one is at least the second.
const FIRST_TESTED: i8 = 3;
const BEYOND_COURSES: i8 = 5;

impl ColumnClassifier<'_> {
    /// Finds the column whose texts name a subject and a grade together, if no other column names either.
    pub(super) fn find_graded_subjects(&mut self) {
        if self.has_role(Role::Measure) || self.has_role(Role::Grade) {
            return;
        }
        let has_subjects = self.has_role(Role::Subject);
        for index in self.indexes() {
            let column = self.column(index);
            let may_be = column.role() == Some(Role::Subject)
                || !has_subjects && column.is_unread() && self.may_name_grades(column);
            if !may_be || !is_categorical(&column.cells) {
                continue;
            }
            let Some(graded) = self.vocabulary.graded_subjects(column) else { continue };
            let column = self.column_mut(index);
            column.meaning = ColumnMeaning::Role(Role::Subject);
            SUBJECT_AND_GRADE.clone_into(&mut column.why);
            column.graded = graded;
            return;
        }
    }
}

impl ColumnClassifier<'_> {
    fn may_name_grades(&self, column: &Column) -> bool {
        is_categorical(&column.cells)
            && column
                .cells
                .mostly(FEWEST, |text| has_digit(text) || self.vocabulary.find_grade(text).is_some())
    }
}

impl Vocabulary<'_> {
    /// The texts of a column that name a subject and a grade; `None` if most do not. In a column of subjects a few may.
    fn graded_subjects(&self, column: &Column) -> Option<BTreeMap<String, GradedSubject>> {
        let texts = &column.cells.texts;
        let mut found = BTreeMap::new();
        for text in texts.keys() {
            if let Some(graded) = self.graded_subject(text) {
                found.insert(text.clone(), graded);
            }
        }
        let are_most = found.len() * 10 >= texts.len() * MOST || column.role() == Some(Role::Subject);
        (found.len() >= FEWEST && are_most && are_grades(&found)).then_some(found)
    }

    /// The subject and the grade that make up a text, apart from words for tests: `STAAR Grade 3 Math`.
    fn graded_subject(&self, text: &str) -> Option<GradedSubject> {
        if text.len() > LONGEST {
            return None;
        }
        self.subject_within(text).or_else(|| {
            let about = &self.catalog.synonyms.tests.about;
            let mut words = tokenize(text);
            let all = words.len();
            words.retain(|word| !about.contains(word));
            if words.len() < all { self.subject_within(&words.join(" ")) } else { None }
        })
    }

    /// The subject and the grade of which a text consists.
    fn subject_within(&self, text: &str) -> Option<GradedSubject> {
        let mut places = text.char_indices().map(|(place, _)| place).skip(1);
        places.find_map(|place| {
            let (before, after) = text.split_at(place);
            self.subject_beside(before, after).or_else(|| self.subject_beside(after, before))
        })
    }

    fn subject_beside(&self, subject: &str, grade: &str) -> Option<GradedSubject> {
        let [subject, grade] = [subject, grade].map(without_signs);
        let id = self.catalog.groups.subject_id(subject)?;
        let parsed = if self.means_all(grade) { Some(Grade::all()) } else { Grade::parse(grade) };
        let is_bare = grade.chars().all(|c| !c.is_alphabetic());
        Some(GradedSubject { subject: id.to_owned(), grade: parsed?, is_bare })
    }
}

fn without_signs(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the numbers beside the subjects are grades and not those of courses.
fn are_grades(found: &BTreeMap<String, GradedSubject>) -> bool {
    let mut bare = found.values().filter(|graded| graded.is_bare).map(|graded| graded.grade.order());
    bare.clone().all(|grade| grade >= FIRST_TESTED) || bare.any(|grade| grade >= BEYOND_COURSES)
}
