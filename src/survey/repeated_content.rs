//! Columns that seem to contain the same data.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnContent, MeasureColumn};
use crate::wording::survey_columns as wording;

impl ColumnClassifier<'_> {
    /// Among columns with the same content, reads only the one with the highest confidence.
    pub(super) fn reject_repeated_content(&mut self) {
        let mut order: Vec<ColumnIndex> = self.indexes().collect();
        order.sort_by(|a, b| self.cmp_surest_first(*a, *b));
        let mut first_of: BTreeMap<ColumnContent, ColumnIndex> = BTreeMap::new();
        for index in order {
            let Some(content) = self.column(index).measure().map(MeasureColumn::content) else { continue };
            match first_of.get(&content) {
                Some(first) => self.reject_repeated(index, *first),
                None => {
                    first_of.insert(content, index);
                }
            }
        }
    }

    fn cmp_surest_first(&self, a: ColumnIndex, b: ColumnIndex) -> Ordering {
        score(self.column(b)).total_cmp(&score(self.column(a))).then(a.cmp(&b))
    }

    /// Marks a column as not read because it has the same content as `first`. If they are months or halves of
    /// a school year, `first` is not read either, since nothing shows which represents the year.
    fn reject_repeated(&mut self, index: ColumnIndex, first: ColumnIndex) {
        let (own, other) = (self.column(index), self.column(first));
        let nearest = own.measure().and_then(|measure| measure.measure.clone());
        let (letters, other_letters) = (own.letters.clone(), other.letters.clone());
        let are_parts_of_year = year_text(own).zip(year_text(other)).is_some_and(|(own, other)| own != other);
        let why = if are_parts_of_year || other.is_unread() {
            wording::same_year_as_column(&other_letters)
        } else if own.cells.numbers == other.cells.numbers {
            wording::repeats_column(&other_letters)
        } else {
            wording::means_the_same_as_column(&other_letters, &other.name)
        };
        if are_parts_of_year {
            self.column_mut(first).leave_unread(nearest.clone(), wording::same_year_as_column(&letters));
        }
        self.column_mut(index).leave_unread(nearest, why);
    }
}

fn score(column: &Column) -> f64 {
    column.measure().map_or(0.0, |measure| measure.score)
}

fn year_text(column: &Column) -> Option<&str> {
    column.measure()?.year_text()
}
