//! Tables about a test: a number of students is that of those who took it, and a test that only some students take is not the
//! state's test.

use super::by_name::matched_measure;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{ColumnMeaning, MeasureColumn};
use super::tokens::{has_phrase, tokenize};
use crate::catalog::{OtherTest, Role, Stat, TestWords};
use crate::domain::{ALL, Unit};
use crate::wording::survey_columns as wording;
use crate::wording::survey_subjects::{COUNTED_BY_SUBJECT, PEOPLE_OF_RESULTS};

impl<'a> ColumnClassifier<'a> {
    /// Leaves results unread that are not of the test of all students, and reads counts of students as those tested.
    pub(super) fn settle_tests(&mut self) {
        self.leave_other_tests_unread();
        if self.is_about_test() {
            self.count_takers();
        }
        self.settle_counts_by_subject();
    }

    /// Reads counts of all students as those of a test if they are given for each subject: all students are enrolled in none.
    fn settle_counts_by_subject(&mut self) {
        let has_subjects = self.has_subjects();
        for index in self.indexes() {
            let Some(counted) = self.column(index).measure() else { continue };
            let is_by_subject = has_subjects || counted.subject != ALL;
            if !is_by_subject || !self.counts_all_students(counted) {
                continue;
            }
            let nearest = counted.measure.clone();
            let takers = if self.counts_students(index) { self.rate_of_takers(index) } else { None };
            match takers.or_else(|| self.rate_of_enrolled(index)) {
                Some(rate) => {
                    let part = rate.part(Stat::Denominator);
                    self.set_measure(index, part, COUNTED_BY_SUBJECT.to_owned());
                }
                None => self.question(index, nearest, COUNTED_BY_SUBJECT.to_owned()),
            }
        }
    }

    /// Weights a district's own results by the number of students of a test that is not read otherwise, if it is the only one. Medians
    /// cannot be averaged.
    pub(super) fn weight_own_results(&mut self) {
        let counts: Vec<ColumnIndex> = self.indexes().filter(|index| self.counts_takers(*index)).collect();
        let [count] = counts[..] else { return };
        let name = self.column(count).name.clone();
        let results: Vec<ColumnIndex> = self.indexes().filter(|index| self.is_own_result(*index)).collect();
        for index in &results {
            if let ColumnMeaning::Measure(measure) = &mut self.column_mut(*index).meaning {
                measure.weight = Some(name.clone());
            }
        }
        if !results.is_empty() {
            let why = std::mem::replace(&mut self.column_mut(count).why, PEOPLE_OF_RESULTS.to_owned());
            let said = wording::column_left_out(&name, &why);
            self.notes.retain(|note| *note != said);
        }
    }

    /// Whether a column counts the students of a test, and is not read as anything.
    fn counts_takers(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let is_said = [COUNTED_BY_SUBJECT, wording::TESTED].contains(&column.why.as_str());
        is_said && column.is_unread() && column.occurrence.is_none() && column.parsed.year.is_none()
    }

    /// Whether a column holds one of the district's own averages or percents, of all the students in each row.
    fn is_own_result(&self, index: ColumnIndex) -> bool {
        let Some(held) = self.column(index).measure() else { return false };
        let medians = &self.vocabulary.catalog.synonyms.own.medians;
        let words = self.vocabulary.words(&self.column(index).name);
        let is_rate = held.own.as_ref().is_some_and(|own| own.mean || own.unit == Unit::Percent);
        is_rate
            && held.weight.is_none()
            && held.year.is_none()
            && held.is_of_everybody()
            && !words.iter().any(|word| medians.contains(word))
    }

    /// Whether a column tells subjects apart.
    fn has_subjects(&self) -> bool {
        let mut columns =
            self.columns.iter().filter(|column| column.meaning == ColumnMeaning::Role(Role::Subject));
        columns.any(|column| column.cells.texts.keys().any(|text| !self.vocabulary.means_all(text)))
    }

    /// Whether a column counts students of whom none belongs to one subject.
    fn counts_all_students(&self, counted: &MeasureColumn) -> bool {
        let listed = &self.vocabulary.catalog.synonyms.tests.all_students;
        counted.stat == Stat::Value && counted.measure.as_ref().is_some_and(|id| listed.contains(id))
    }

    /// The only rate of those who were enrolled when a test was taken, for the same students, grade, subject and year.
    fn rate_of_enrolled(&self, count: ColumnIndex) -> Option<MeasureColumn> {
        self.only_rate_for(count, &self.vocabulary.catalog.synonyms.tests.rates_of_enrolled)
    }

    /// Leaves the results of a test unread that only some students take.
    fn leave_other_tests_unread(&mut self) {
        let Some(test) = self.other_test() else { return };
        for index in self.indexes() {
            let named = self.column(index).measure().and_then(|measure| measure.measure.clone());
            if let Some(id) = named.filter(|id| test.measures.contains(id)) {
                self.question(index, Some(id), wording::of_other_test(&test.label));
            }
        }
    }

    /// The test that the text around the table names, if not all students take it.
    fn other_test(&self) -> Option<&'a OtherTest> {
        let words = &self.vocabulary.catalog.synonyms.tests;
        words.other.iter().find(|test| self.context.iter().any(|text| is_about_other(text, test, words)))
    }

    /// Whether the table is about a test: the text around it or the name of a measure says so, and it has no measures of
    /// anything else.
    fn is_about_test(&self) -> bool {
        let words = &self.vocabulary.catalog.synonyms.tests;
        let mut results = 0;
        for index in self.indexes().filter(|index| !self.counts_students(*index)) {
            let Some(known) = self.column(index).measure().and_then(|measure| self.measure_of(measure))
            else {
                continue;
            };
            if known.domain != words.domain {
                return false;
            }
            results += 1;
        }
        let mut names =
            self.columns.iter().filter(|column| column.role().is_none()).map(|column| &column.name);
        let is_said = self.context.iter().any(|text| has_phrase(text, &words.about));
        results > 0 && (is_said || names.any(|name| has_phrase(name, &words.about)))
            || is_said && self.title_measure().is_none()
    }

    /// Reads counts of students as those who took the test: as the denominator of the only rate of them, if there is one.
    fn count_takers(&mut self) {
        for index in self.indexes() {
            if !self.counts_students(index) {
                continue;
            }
            match self.rate_of_takers(index) {
                Some(rate) => {
                    let why = wording::TESTED.to_owned();
                    self.set_measure(index, rate.part(Stat::Denominator), why);
                }
                None => {
                    let nearest = self.column(index).measure().and_then(|measure| measure.measure.clone());
                    self.question(index, nearest, wording::TESTED.to_owned());
                }
            }
        }
    }

    /// Whether a column counts students by a name that does not say which students it means.
    fn counts_students(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let is_count = column.measure().is_some_and(|measure| {
            measure.stat == Stat::Value
                && self.measure_of(measure).is_some_and(|known| known.unit == Unit::Count)
        });
        is_count
            && matched_measure(self.vocabulary, &column.name)
                .is_some_and(|found| found.is_bare_count(self.vocabulary))
    }

    /// The only rate of those who took the test for the same students, grade, subject and year.
    fn rate_of_takers(&self, count: ColumnIndex) -> Option<MeasureColumn> {
        self.only_rate_for(count, &self.vocabulary.catalog.synonyms.tests.rates_of_takers)
    }

    /// The only one of these rates for the same students, grade, subject and year as those counted.
    fn only_rate_for(&self, count: ColumnIndex, listed: &[String]) -> Option<MeasureColumn> {
        let counted = self.column(count).measure()?;
        let mut rates = self.measures().filter(|rate| {
            rate.measure.as_ref().is_some_and(|id| listed.contains(id))
                && rate.breakdown() == counted.breakdown()
                && rate.year == counted.year
        });
        let only = rates.next()?.clone();
        (rates.next().is_none() && only.stat == Stat::Value).then_some(only)
    }
}

/// Whether a text names a test that only some students take, and does not only say that the results include or exclude it.
fn is_about_other(text: &str, test: &OtherTest, all: &TestWords) -> bool {
    let words = tokenize(text).join(" ");
    for name in &test.names {
        for (at, found) in words.match_indices(name.as_str()) {
            let (before, after) = (&words[..at], &words[at + found.len()..]);
            let is_whole =
                (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '));
            if is_whole
                && !ends_with_one(before.trim_end(), &all.beside_before)
                && !begins_with_one(after.trim_start(), &all.beside_after)
            {
                return true;
            }
        }
    }
    false
}

/// Whether the last words of a text are one of these phrases.
fn ends_with_one(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| {
        text.strip_suffix(phrase.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    })
}

/// Whether the first words of a text are one of these phrases.
fn begins_with_one(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| {
        text.strip_prefix(phrase.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}
