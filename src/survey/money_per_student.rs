//! Amounts of money that are totals by their name, but per student by their size.

use std::collections::BTreeMap;

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use crate::catalog::{Catalog, Measure};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// With fewer rows than this, a comparison shows little.
const FEWEST_ROWS: usize = 3;
/// Amounts for each student differ by so much less than the same divided by the students.
const LEAST_DISTINCT: f64 = 1.5;

/// The students of each row, and how they are known.
struct RowHeads {
    by_row: BTreeMap<u32, f64>,
    /// The letters of the column with the students, or of a total and the same amounts per student.
    letters: Vec<String>,
}

impl<'a> ColumnClassifier<'a> {
    /// Compares each column of total dollars with the students in its row. If a total would be a few dollars for each
    /// student, the numbers are amounts per student.
    pub(super) fn compare_money_with_enrollment(&mut self) {
        let least = self.vocabulary.catalog.synonyms.amounts.least_for_each_student;
        for index in self.indexes() {
            let Some((per_student, measure)) = self.measure_per_student(index) else { continue };
            let Some(heads) = self.row_heads(per_student, index) else { continue };
            let amounts =
                AmountsByHeads::new(self.column(index), &heads.by_row, measure.times.unwrap_or(1.0));
            if !amounts.as_ref().is_some_and(|amounts| amounts.median < least) {
                continue;
            }
            if amounts.is_some_and(|amounts| amounts.are_for_each_head()) {
                let column = self.column_mut(index);
                column.why = match &heads.letters[..] {
                    [total, per_head] => {
                        wording::money_per_implied_student(&per_student.label, total, per_head)
                    }
                    letters => wording::money_per_student(&per_student.label, &letters.concat()),
                };
                let id = Some(per_student.id.clone());
                column.meaning =
                    ColumnMeaning::Measure(Box::new(MeasureColumn { measure: id, times: None, ..measure }));
            } else {
                let why = wording::per_student_or_thousands(&heads.letters);
                self.doubtful.insert(index);
                self.column_mut(index).leave_unread(measure.measure, why);
            }
        }
    }

    /// For a column of total dollars: the measure of the same amounts per student, and the column's own.
    fn measure_per_student(&self, index: ColumnIndex) -> Option<(&'a Measure, MeasureColumn)> {
        let column = self.column(index).measure()?;
        let total = self.measure_of(column).filter(|measure| measure.unit == Unit::Dollars)?;
        Some((measure_for_each(self.vocabulary.catalog, &total.id)?, column.clone()))
    }

    /// The students of each row: of a column, or, without one, as a total and the same amounts per student show. `index` is
    /// the column in question.
    fn row_heads(&self, per_student: &Measure, index: ColumnIndex) -> Option<RowHeads> {
        match self.column_of_heads(per_student) {
            Some(heads) => {
                let column = self.column(heads);
                Some(RowHeads { by_row: by_row(column), letters: vec![column.letters.clone()] })
            }
            None => self.implied_heads(index),
        }
    }

    /// The students of each row, if one column has a total and another the same per student.
    fn implied_heads(&self, index: ColumnIndex) -> Option<RowHeads> {
        let year = self.column(index).measure()?.year;
        let mut others = self.indexes().filter(|other| *other != index);
        others.find_map(|other| {
            let (per_student, total) = self.measure_per_student(other)?;
            let column = self.columns.iter().find(|column| {
                column.measure().is_some_and(|found| {
                    found.measure.as_ref() == Some(&per_student.id)
                        && found.year == total.year
                        && total.year == year
                        && found.is_of_everybody()
                })
            })?;
            let times = total.times.unwrap_or(1.0);
            let totals = by_row(self.column(other));
            let mut heads = BTreeMap::new();
            for (row, amount) in by_row(column).into_iter().filter(|(_, amount)| *amount > 0.0) {
                heads.extend(totals.get(&row).map(|total| (row, total * times / amount)));
            }
            let letters = vec![self.column(other).letters.clone(), column.letters.clone()];
            (!heads.is_empty()).then_some(RowHeads { by_row: heads, letters })
        })
    }

    /// The column of those by whom the measure is divided: of all students.
    fn column_of_heads(&self, per_student: &Measure) -> Option<ColumnIndex> {
        let derivation = per_student.derive.as_ref()?;
        self.indexes().find(|index| {
            self.column(*index).measure().is_some_and(|column| {
                column.is_of_everybody()
                    && column.measure.as_ref().is_some_and(|id| derivation.denominator[..] == [id.as_str()])
            })
        })
    }
}

/// The measure of the amounts of `total` for each student.
pub(super) fn measure_for_each<'a>(catalog: &'a Catalog, total: &str) -> Option<&'a Measure> {
    catalog.measures.values().find(|measure| is_per_student(measure, total))
}

/// Whether a measure is `total` for each student.
fn is_per_student(measure: &Measure, total: &str) -> bool {
    measure.unit == Unit::DollarsPerStudent
        && measure.derive.as_ref().is_some_and(|derivation| derivation.numerator[..] == [total])
}

/// The numbers of a column by row.
pub(super) fn by_row(column: &Column) -> BTreeMap<u32, f64> {
    column.cells.rows.iter().copied().zip(column.cells.numbers.iter().copied()).collect()
}

/// Amounts of money beside the people of the same rows.
pub(super) struct AmountsByHeads {
    /// Over the rows: of the amount for each person.
    pub(super) median: f64,
    /// How many times as large as the least amount the greatest is.
    spread: f64,
    /// The same of the amounts for each person.
    spread_for_each: f64,
}

impl AmountsByHeads {
    /// The amounts of a column, multiplied by `times`; `None` if there are few rows.
    fn new(amounts: &Column, heads: &BTreeMap<u32, f64>, times: f64) -> Option<Self> {
        let (mut plain, mut for_each) = (Vec::new(), Vec::new());
        for (row, amount) in amounts.cells.rows.iter().zip(&amounts.cells.numbers) {
            let Some(heads) = heads.get(row).filter(|heads| **heads > 0.0 && *amount != 0.0) else {
                continue;
            };
            plain.push((amount * times).abs());
            for_each.push((amount * times / heads).abs());
        }
        for_each.sort_by(f64::total_cmp);
        plain.sort_by(f64::total_cmp);
        (plain.len() >= FEWEST_ROWS).then(|| Self {
            median: for_each[for_each.len() / 2],
            spread: spread(&plain),
            spread_for_each: spread(&for_each),
        })
    }

    /// The same of amounts and people that are in different tables; `None` if there are few.
    pub(super) fn of_columns(amounts: &[f64], heads: &[f64], times: f64) -> Option<Self> {
        let mut plain: Vec<f64> = amounts.iter().map(|amount| (amount * times).abs()).collect();
        let mut heads = heads.to_vec();
        for numbers in [&mut plain, &mut heads] {
            numbers.retain(|number| *number > 0.0);
            numbers.sort_by(f64::total_cmp);
        }
        (plain.len() >= FEWEST_ROWS && heads.len() >= FEWEST_ROWS).then(|| Self {
            median: plain[plain.len() / 2] / heads[heads.len() / 2],
            spread: spread(&plain),
            spread_for_each: spread(&heads),
        })
    }

    /// Whether the amounts are for each person, and no totals in thousands: they are alike in small districts and large
    /// ones.
    pub(super) fn are_for_each_head(&self) -> bool {
        self.spread * LEAST_DISTINCT < self.spread_for_each
    }
}

/// How many times as large as the least number the greatest is, without a tenth of them at each end.
fn spread(sorted: &[f64]) -> f64 {
    let end = sorted.len() / 10;
    sorted[sorted.len() - 1 - end] / sorted[end]
}
