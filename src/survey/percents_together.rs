//! Percents and fractions, decided from all columns of a table together.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{ColumnMeaning, MeasureColumn};
use crate::wording::survey_columns as wording;

/// A column of percents has numbers above this.
const GREATEST_SHARE: f64 = 1.5;

impl ColumnClassifier<'_> {
    /// Reads small numbers as percents, not as fractions, if the same measure has percents in another column: a group
    /// may be less than one percent of the students.
    pub(super) fn compare_percents(&mut self) {
        let shares: Vec<ColumnIndex> = self
            .indexes()
            .filter(|index| self.column(*index).measure().is_some_and(MeasureColumn::is_share))
            .collect();
        for index in shares {
            let Some(measure) = self.column(index).measure().cloned() else { continue };
            if let Some(letters) = self.column_of_percents(&measure) {
                let label = self.measure_of(&measure).map_or_else(String::new, |known| known.label.clone());
                let column = self.column_mut(index);
                column.why = wording::percents_like_column(&label, &letters);
                column.meaning =
                    ColumnMeaning::Measure(Box::new(MeasureColumn { times: Some(1.0), ..measure }));
            }
        }
    }

    /// The letters of a column with the same measure whose numbers can only be percents.
    fn column_of_percents(&self, measure: &MeasureColumn) -> Option<String> {
        let mut columns = self.columns.iter();
        let percents = columns.find(|column| {
            column.measure().is_some_and(|other| {
                other.measure == measure.measure && other.stat == measure.stat && other.times.is_none()
            }) && column.cells.most.is_some_and(|most| most > GREATEST_SHARE)
        });
        percents.map(|column| column.letters.clone())
    }
}
