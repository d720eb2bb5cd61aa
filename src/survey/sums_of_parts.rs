//! Amounts that are sums or differences of others in the same rows, as their definition says.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::money_per_student::by_row;
use crate::catalog::{Derivation, Measure};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// With fewer rows than this, a comparison shows little.
const FEWEST_ROWS: usize = 3;
/// A number contradicts the definition if it is off by more than this share of what the parts give.
const MOST_OFF: f64 = 0.5;

impl ColumnClassifier<'_> {
    /// Leaves a column unread whose numbers are not what its measure's definition makes of other columns in most rows: a
    /// column called "Surplus" may have the balance at the end of the year.
    pub(super) fn compare_sums_with_parts(&mut self) {
        for index in self.indexes() {
            let Some((id, parts)) = self.contradicting_parts(index) else { continue };
            self.doubtful.insert(index);
            self.column_mut(index).leave_unread(Some(id), wording::not_sum_of_parts(&parts));
        }
    }

    /// The measure of a column, and the letters of those parts which it contradicts.
    fn contradicting_parts(&self, index: ColumnIndex) -> Option<(String, Vec<String>)> {
        let column = self.column(index).measure().filter(|column| column.is_of_everybody())?;
        let measure = self.measure_of(column)?;
        let derivation = measure.derive.as_ref().filter(|derivation| is_sum(measure, derivation))?;
        let added = self.columns_of(&derivation.numerator, column.year)?;
        let subtracted = self.columns_of(&derivation.minus, column.year)?;
        let times = column.times.unwrap_or(1.0);
        let (mut compared, mut contradicting) = (0_usize, 0_usize);
        for (row, number) in by_row(self.column(index)) {
            let (Some(plus), Some(minus)) = (self.sum(&added, row), self.sum(&subtracted, row)) else {
                continue;
            };
            compared += 1;
            let given = plus - minus;
            contradicting += usize::from((number * times - given).abs() > MOST_OFF * given.abs());
        }
        let letters = added.iter().chain(&subtracted).map(|index| self.column(*index).letters.clone());
        let contradicts = compared >= FEWEST_ROWS && contradicting * 2 > compared;
        contradicts.then(|| (measure.id.clone(), letters.collect()))
    }

    /// The columns of these measures in a year, of everybody; `None` if one is missing.
    fn columns_of(&self, measures: &[String], year: Option<i32>) -> Option<Vec<ColumnIndex>> {
        let mut columns = Vec::new();
        for id in measures {
            columns.push(self.indexes().find(|index| {
                self.column(*index).measure().is_some_and(|column| {
                    column.measure.as_ref() == Some(id) && column.year == year && column.is_of_everybody()
                })
            })?);
        }
        Some(columns)
    }

    /// The sum of several columns in a row; `None` if one has no number.
    fn sum(&self, columns: &[ColumnIndex], row: u32) -> Option<f64> {
        let mut sum = 0.0;
        for index in columns {
            let cells = &self.column(*index).cells;
            let at = cells.rows.binary_search(&row).ok()?;
            sum += cells.numbers[at] * self.column(*index).measure()?.times.unwrap_or(1.0);
        }
        Some(sum)
    }
}

/// Whether a measure is a sum or a difference of amounts of money.
fn is_sum(measure: &Measure, derivation: &Derivation) -> bool {
    measure.unit == Unit::Dollars && derivation.denominator.is_empty() && !derivation.numerator.is_empty()
}
