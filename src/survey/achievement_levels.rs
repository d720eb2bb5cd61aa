//! Levels of achievement. `Percent Proficient` next to `Percent Advanced` and `Percent Basic` is one level if the columns add up
//! to 100, and not the share of students at or above it.

use std::collections::BTreeMap;

use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::Column;
use crate::catalog::Stat;
use crate::wording::survey_levels as wording;

/// Fewer columns are a rate and its complement.
pub(super) const FEWEST_LEVELS: usize = 3;
/// More columns than this are not levels of one test.
pub(super) const MOST_LEVELS: usize = 8;
/// The percents of all levels, and how far each may be from its exact value because of rounding.
const WHOLE: f64 = 100.0;
const ROUNDING: f64 = 0.5;
/// At least this share of the rows must add up.
pub(super) const LEAST_ADDING_UP: f64 = 0.9;
/// Fractions of 1 are not above this.
pub(super) const GREATEST_FRACTION: f64 = 1.0;

impl ColumnClassifier<'_> {
    /// Leaves a column unread that is named like the share of students at or above a level, but is one of several levels
    /// that add up to all students.
    pub(super) fn settle_levels(&mut self) {
        self.add_up_levels();
        for index in self.indexes() {
            if !self.is_named_at_or_above(index) {
                continue;
            }
            let Some(levels) = self.levels_with(index) else { continue };
            let names: Vec<String> = levels.iter().map(|level| self.column(*level).name.clone()).collect();
            let why = wording::level_of_achievement(&names);
            let nearest = self.level_measure(index);
            if self.has_other_column_like(index) {
                self.close(index, nearest, why);
            } else {
                self.question(index, nearest, why);
            }
        }
    }

    /// The measure that a level is named like; `None` if its numbers are fractions, which other tables may be thought to explain.
    fn level_measure(&self, index: ColumnIndex) -> Option<String> {
        let column = self.column(index);
        let are_percents = column.cells.most.is_some_and(|most| most > GREATEST_FRACTION);
        column.measure().and_then(|measure| measure.measure.clone()).filter(|_| are_percents)
    }

    pub(super) fn is_named_at_or_above(&self, index: ColumnIndex) -> bool {
        let column = self.column(index);
        // Where levels are added up, the sum is the share at or above.
        let Some(measure) = column.measure().filter(|_| column.sum.is_empty()) else { return false };
        let listed = &self.vocabulary.catalog.synonyms.levels.at_or_above;
        measure.stat == Stat::Value && measure.measure.as_ref().is_some_and(|id| listed.contains(id))
    }

    /// Whether another column has the same measure for the same students, grade, subject and year.
    fn has_other_column_like(&self, index: ColumnIndex) -> bool {
        let content = self.column(index).measure().map(|measure| measure.content());
        self.indexes()
            .filter(|other| *other != index)
            .any(|other| self.column(other).measure().map(|measure| measure.content()) == content)
    }

    /// The columns next to each other that add up to all students, this one among them, if one of them is named like a
    /// higher level.
    fn levels_with(&self, index: ColumnIndex) -> Option<Vec<ColumnIndex>> {
        let columns = self.percents_like(index);
        let own = columns.iter().position(|column| *column == index)?;
        for first in 0..=own {
            for last in own..columns.len().min(first + MOST_LEVELS) {
                let run = &columns[first..=last];
                if run.len() >= FEWEST_LEVELS
                    && self.has_higher_level(run, index)
                    && self.rows_adding_up(run).is_some()
                {
                    return Some(run.to_vec());
                }
            }
        }
        None
    }

    /// The columns of percents, or of numbers like them, for the same group, grade, subject and year, in their order.
    pub(super) fn percents_like(&self, index: ColumnIndex) -> Vec<ColumnIndex> {
        let own = self.column(index);
        let says_rate = self.vocabulary.says_rate(&own.name);
        let mut alike: Vec<ColumnIndex> = self.indexes().collect();
        alike.retain(|other| {
            let column = self.column(*other);
            may_be_percents(column)
                && column.parsed.breakdown() == own.parsed.breakdown()
                && column.parsed.year_end() == own.parsed.year_end()
                && self.vocabulary.says_rate(&column.name) == says_rate
        });
        alike
    }

    fn has_higher_level(&self, run: &[ColumnIndex], index: ColumnIndex) -> bool {
        let above = &self.vocabulary.catalog.synonyms.levels.above;
        run.iter().any(|level| *level != index && self.column(*level).parsed.has_any(above))
    }

    /// The number of rows in which the numbers of columns add up to 100, or to 1; `None` unless nearly all rows that have all
    /// of them do.
    pub(super) fn rows_adding_up(&self, columns: &[ColumnIndex]) -> Option<usize> {
        let mut sums: BTreeMap<u32, RowSum> = BTreeMap::new();
        let mut most: f64 = 0.0;
        for index in columns {
            let cells = &self.column(*index).cells;
            most = most.max(cells.most.unwrap_or(0.0));
            for (row, number) in cells.rows.iter().zip(&cells.numbers) {
                let sum = sums.entry(*row).or_default();
                sum.numbers += 1;
                sum.sum += number;
            }
        }
        let scale = if most <= GREATEST_FRACTION { WHOLE } else { 1.0 };
        let off = ROUNDING * columns.len() as f64;
        sums.retain(|_, sum| sum.numbers == columns.len());
        let near = sums.values().filter(|sum| (sum.sum * scale - WHOLE).abs() <= off).count();
        (near > 0 && near as f64 >= LEAST_ADDING_UP * sums.len() as f64).then_some(near)
    }
}

/// The sum of a row's numbers.
#[derive(Default)]
struct RowSum {
    numbers: usize,
    sum: f64,
}

fn may_be_percents(column: &Column) -> bool {
    column.role().is_none()
        && column.cells.least.is_some_and(|least| least >= 0.0)
        && column.cells.most.is_some_and(|most| most <= WHOLE)
}
