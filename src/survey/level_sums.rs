//! A level of achievement and a higher one that another column adds up: of `Proficient`, `Advanced` and `Met`, the last has the
//! share of students at or above the level.

use super::achievement_levels::{GREATEST_FRACTION, LEAST_ADDING_UP};
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::Column;
use super::money_per_student::by_row;
use crate::wording::survey_levels as wording;

/// At least this many rows must add up.
const FEWEST_ROWS: usize = 3;
/// How far a sum of two rounded percents may be from the rounded sum.
const ROUNDING: f64 = 1.05;

/// The columns with a higher level, and with the sum of that and a lower one.
struct LevelSum {
    higher: ColumnIndex,
    sum: ColumnIndex,
}

impl ColumnClassifier<'_> {
    /// Reads the sum of two levels instead of the lower one, whose name could mean the students at or above it.
    pub(super) fn settle_level_sums(&mut self) {
        for index in self.indexes().filter(|index| self.is_named_at_or_above(*index)).collect::<Vec<_>>() {
            let Some(LevelSum { higher, sum }) = self.level_sum(index) else { continue };
            let Some(measure) = self.column(index).measure().cloned() else { continue };
            let [own, higher, whole] = [index, higher, sum].map(|column| self.column(column).name.clone());
            self.close(index, measure.measure.clone(), wording::level_within(&higher, &whole));
            if self.column(sum).is_open() {
                self.set_measure(sum, measure, wording::sum_of_levels(&own, &higher));
            }
        }
    }

    fn level_sum(&self, index: ColumnIndex) -> Option<LevelSum> {
        let above = &self.vocabulary.catalog.synonyms.levels.above;
        let other = &self.vocabulary.catalog.synonyms.left_over.other;
        let columns = self.percents_like(index);
        let own = self.column(index);
        for higher in columns.iter().copied().filter(|column| *column != index) {
            if !self.column(higher).parsed.has_any(above) {
                continue;
            }
            let mut sums = columns.iter().copied().filter(|sum| {
                let column = self.column(*sum);
                ![index, higher].contains(sum)
                    && !column.parsed.has_any(other)
                    && adds_up(own, self.column(higher), column)
            });
            if let Some(sum) = sums.next() {
                return Some(LevelSum { higher, sum });
            }
        }
        None
    }
}

/// Whether the third column is the sum of the two others in nearly all rows that have all three, and neither is nothing.
fn adds_up(one: &Column, other: &Column, sum: &Column) -> bool {
    let rounding =
        if sum.cells.most.is_some_and(|most| most > GREATEST_FRACTION) { ROUNDING } else { ROUNDING / 100.0 };
    let (others, sums) = (by_row(other), by_row(sum));
    let (mut rows, mut near) = (0_usize, 0_usize);
    for (row, number) in one.cells.rows.iter().zip(&one.cells.numbers) {
        let (Some(other), Some(sum)) = (others.get(row), sums.get(row)) else { continue };
        if *number > rounding && *other > rounding {
            rows += 1;
            near += usize::from((number + other - sum).abs() <= rounding);
        }
    }
    rows >= FEWEST_ROWS && near as f64 >= LEAST_ADDING_UP * rows as f64
}
