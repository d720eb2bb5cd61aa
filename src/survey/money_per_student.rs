//! Amounts of money that are totals by their name, but per student by their size.

use std::collections::BTreeMap;

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use crate::catalog::{Measure, Stat};
use crate::domain::{ALL, Unit};
use crate::wording::survey_columns as wording;

/// With fewer rows than this, a comparison shows little.
const FEWEST_ROWS: usize = 3;

impl<'a> ColumnClassifier<'a> {
    /// Compares each column of total dollars with the enrollment in its row. If a total would be a few dollars for each
    /// student, the numbers are amounts per student.
    pub(super) fn compare_money_with_enrollment(&mut self) {
        let least = self.vocabulary.catalog.synonyms.amounts.least_for_each_student;
        for index in self.indexes() {
            let Some((per_student, measure)) = self.measure_per_student(index) else { continue };
            let Some(heads) = self.column_of_heads(per_student) else { continue };
            let ratio = median_ratio(self.column(index), self.column(heads), measure.times.unwrap_or(1.0));
            if ratio.is_some_and(|ratio| ratio < least) {
                let letters = self.column(heads).letters.clone();
                let column = self.column_mut(index);
                column.why = wording::money_per_student(&per_student.label, &letters);
                let id = Some(per_student.id.clone());
                column.meaning =
                    ColumnMeaning::Measure(Box::new(MeasureColumn { measure: id, times: None, ..measure }));
            }
        }
    }

    /// For a column of total dollars: the measure of the same amounts per student, and the column's own.
    fn measure_per_student(&self, index: ColumnIndex) -> Option<(&'a Measure, MeasureColumn)> {
        let column = self.column(index).measure()?;
        let total = self.measure_of(column).filter(|measure| measure.unit == Unit::Dollars)?;
        let mut measures = self.vocabulary.catalog.measures.values();
        let per_student = measures.find(|measure| is_per_student(measure, &total.id))?;
        Some((per_student, column.clone()))
    }

    /// The column of those by whom the measure is divided: of all students.
    fn column_of_heads(&self, per_student: &Measure) -> Option<ColumnIndex> {
        let derivation = per_student.derive.as_ref()?;
        self.indexes().find(|index| {
            self.column(*index).measure().is_some_and(|column| {
                column.stat == Stat::Value
                    && column.group == ALL
                    && column.grade == ALL
                    && column.measure.as_ref().is_some_and(|id| derivation.denominator[..] == [id.as_str()])
            })
        })
    }
}

/// Whether a measure is `total` for each student.
fn is_per_student(measure: &Measure, total: &str) -> bool {
    measure.unit == Unit::DollarsPerStudent
        && measure.derive.as_ref().is_some_and(|derivation| derivation.numerator[..] == [total])
}

/// The median over the rows of the amount, multiplied by `times`, for each person; `None` if there are few rows.
fn median_ratio(amounts: &Column, heads: &Column, times: f64) -> Option<f64> {
    let by_row: BTreeMap<u32, f64> =
        heads.cells.rows.iter().copied().zip(heads.cells.numbers.iter().copied()).collect();
    let rows = amounts.cells.rows.iter().zip(&amounts.cells.numbers);
    let mut ratios: Vec<f64> = rows
        .filter_map(|(row, amount)| {
            let heads = by_row.get(row).filter(|heads| **heads > 0.0)?;
            (*amount != 0.0).then(|| (amount * times / heads).abs())
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    (ratios.len() >= FEWEST_ROWS).then(|| ratios[ratios.len() / 2])
}
