//! Percents and fractions, decided from all columns of a table together.

use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::matching::matches_of_column;
use super::numeric_fit::NumericFit;
use super::vocabulary::Vocabulary;
use crate::catalog::Stat;
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// A column of percents has numbers above this.
const GREATEST_SHARE: f64 = 1.5;

impl ColumnClassifier<'_> {
    /// Reads small numbers as percents, not as fractions, if the same measure has percents in another column: a group
    /// may be less than one percent of the students.
    pub(super) fn compare_percents(&mut self) {
        for index in self.indexes() {
            let Some(measure) = self.may_be_fractions(index) else { continue };
            if let Some(letters) = self.column_of_percents(&measure) {
                let label = self.measure_of(&measure).map_or_else(String::new, |known| known.label.clone());
                self.doubtful.remove(&index);
                let column = self.column_mut(index);
                column.why = wording::percents_like_column(&label, &letters);
                column.meaning =
                    ColumnMeaning::Measure(Box::new(MeasureColumn { times: Some(1.0), ..measure }));
            }
        }
    }

    /// The measure of a column that is read as fractions, or that is not read because its numbers may be fractions.
    fn may_be_fractions(&self, index: ColumnIndex) -> Option<MeasureColumn> {
        let column = self.column(index);
        match column.measure() {
            Some(measure) => measure.is_share().then(|| measure.clone()),
            None => doubtful_measure(column, self.vocabulary),
        }
    }

    /// The letters of a column with the same measure whose numbers can only be percents.
    fn column_of_percents(&self, measure: &MeasureColumn) -> Option<String> {
        let mut columns = self.columns.iter();
        let percents = columns.find(|column| {
            column.measure().is_some_and(|other| {
                other.measure == measure.measure && other.stat == measure.stat && !other.is_share()
            }) && column.cells.most.is_some_and(|most| most > GREATEST_SHARE)
        });
        percents.map(|column| column.letters.clone())
    }
}

/// The measure of a column of small numbers, if they may be percents or fractions.
pub(super) fn doubtful_measure(column: &Column, vocabulary: &Vocabulary<'_>) -> Option<MeasureColumn> {
    let [least, most] = [column.cells.least?, column.cells.most?];
    if column.cells.kind == ColumnType::Percent || least < 0.0 || most > 1.0 || most == 0.0 {
        return None;
    }
    match &column.meaning {
        ColumnMeaning::Measure(measure) => {
            let known = vocabulary.catalog.measures.get(measure.measure.as_ref()?)?;
            (known.unit == Unit::Percent && measure.stat == Stat::Value).then(|| (**measure).clone())
        }
        ColumnMeaning::Unread(Some(nearest)) => {
            let matches = matches_of_column(vocabulary, &column.name);
            let best = matches.first().filter(|best| {
                best.is_sure_by_itself()
                    && best.stat == Stat::Value
                    && best.measure.id == *nearest
                    && best.measure.unit == Unit::Percent
            })?;
            let fit = NumericFit::default();
            Some(MeasureColumn::new(&best.name, best.measure, best.stat, best.score, fit))
        }
        _ => None,
    }
}
