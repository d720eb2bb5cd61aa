//! Tables with places across: columns named after the schools of a district, next to one with the district's own numbers.

use std::collections::BTreeSet;

use super::classify::{ColumnClassifier, ColumnIndex};
use super::compiled_patterns::any_match;
use super::district_values::is_called_district;
use super::whole_table::last_part;
use crate::wording::survey_tables as wording;

/// One column with such a name may be about something else.
const FEWEST: usize = 2;

impl ColumnClassifier<'_> {
    /// Leaves columns unread that are named after schools: no layout reads schools from the names of columns.
    pub(super) fn question_schools(&mut self) {
        let schools = self.school_columns();
        if schools.is_empty() {
            return;
        }
        let names: Vec<String> = schools.iter().map(|index| self.column(*index).name.clone()).collect();
        self.notes.push(wording::schools_across(&names));
        for index in schools {
            self.close(index, None, wording::SCHOOL_ACROSS.to_owned());
        }
    }

    /// The open columns that are named after schools; empty if there are not several.
    fn school_columns(&self) -> Vec<ColumnIndex> {
        let mut found = self.open_columns();
        found.retain(|index| self.is_named_after_school(*index));
        if found.len() < FEWEST { Vec::new() } else { found }
    }

    /// Whether a name has a word for the kind of a school and one that is unknown, and nothing that is counted or rated: `Maple
    /// Elementary`, but not `Elementary Teachers`.
    fn is_named_after_school(&self, index: ColumnIndex) -> bool {
        let (column, vocabulary) = (self.column(index), self.vocabulary);
        let kinds = &vocabulary.patterns.school_kinds;
        let parsed = &column.parsed;
        let is_of_part = parsed.has_group_or_grade() || parsed.subject.is_some() || parsed.year.is_some();
        if is_of_part || !any_match(kinds, &column.name) {
            return false;
        }
        let mut rest = column.name.clone();
        for kind in kinds {
            rest = kind.replace_all(&rest, " ").into_owned();
        }
        let left_over = &vocabulary.catalog.synonyms.left_over;
        let mut words = vocabulary.words(&rest);
        words.retain(|word| !left_over.harmless.contains(word));
        !words.is_empty()
            && !vocabulary.own.is_never_read(&vocabulary.words(&column.name))
            && !words.iter().any(|word| vocabulary.own.is_known(word) || left_over.other.contains(word))
    }

    /// The only one of these columns that has the district's numbers, if all others are about its schools or about places beyond
    /// it.
    pub(super) fn district_among_places(&self, open: &[ColumnIndex]) -> Option<ColumnIndex> {
        let schools: BTreeSet<ColumnIndex> = self.school_columns().into_iter().collect();
        let mut others = open.to_vec();
        others.retain(|index| {
            let name = last_part(&self.column(*index).name);
            !schools.contains(index) && !any_match(&self.vocabulary.patterns.beyond, name)
        });
        let [only] = others[..] else { return None };
        let column = self.column(only);
        let is_district =
            is_called_district(self.vocabulary, column) || self.vocabulary.means_all(last_part(&column.name));
        is_district.then_some(only)
    }
}
