//! Columns named only by a school year, to the right of one whose name also has the measure: "Graduation Rate 2021", "2022".

use super::classify::{ColumnClassifier, ColumnIndex};
use super::parsed_name::ParsedName;
use super::title::TitleMeasure;
use crate::catalog::{Measure, Stat};

/// The nearest column to the left whose name has a measure.
struct NamedColumn<'a> {
    measure: &'a Measure,
    text: String,
    /// Its name without the words of the measure.
    name: ParsedName,
    /// The school year of the last column that continues it.
    last_year: i32,
}

impl<'a> ColumnClassifier<'a> {
    /// Reads columns named by the next school year, or the one before, as the measure to their left.
    pub(super) fn classify_carried_years(&mut self) {
        let mut left: Option<NamedColumn<'a>> = None;
        for index in self.indexes() {
            let name = self.parsed_name(index);
            let Some(year) = name.year_end() else {
                left = None;
                continue;
            };
            if !self.is_only_year(index) {
                left = self.named_column(index, year);
                continue;
            }
            let Some(named) = left.as_mut().filter(|named| named.last_year.abs_diff(year) == 1) else {
                left = None;
                continue;
            };
            let carried = ParsedName { year: name.year, ..named.name.clone() };
            self.classify_as_titled(index, &carried, TitleMeasure::new(named.measure, &named.text));
            named.last_year = year;
        }
    }

    /// The column as one that gives its measure to those to its right; `None` if it has none.
    fn named_column(&self, index: ColumnIndex, last_year: i32) -> Option<NamedColumn<'a>> {
        let column = self.column(index);
        let held = column.measure().filter(|held| held.stat == Stat::Value)?;
        let name = ParsedName { words: Vec::new(), ..column.parsed.clone() };
        Some(NamedColumn { measure: self.measure_of(held)?, text: column.name.clone(), name, last_year })
    }

    /// Whether a column has no meaning yet, and its name is only a school year that no other column has.
    fn is_only_year(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        let name = &column.parsed;
        column.is_open()
            && column.occurrence.is_none()
            && name.words.is_empty()
            && !name.has_group_or_grade()
            && name.subject.is_none()
    }
}
