//! The column with the total of levels of achievement, by which numbers of people are told from percents.

use std::collections::BTreeMap;

use super::achievement_levels::{GREATEST_FRACTION, LEAST_ADDING_UP};
use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::money_per_student::by_row;

/// The factor from fractions to percents.
const PERCENTS: f64 = 100.0;

impl ColumnClassifier<'_> {
    /// The column whose numbers are the sums of these numbers of people in each row.
    pub(super) fn total_of(&self, parts: &[ColumnIndex]) -> Option<ColumnIndex> {
        if !parts.iter().all(|index| self.column(*index).cells.are_counts()) {
            return None;
        }
        let greatest = parts.iter().filter_map(|index| self.column(*index).cells.most).fold(0.0, f64::max);
        self.indexes().find(|index| {
            let column = self.column(*index);
            !parts.contains(index)
                && !column.is_label()
                && column.cells.most.is_some_and(|most| most >= greatest)
                && column.cells.are_counts()
                && self.are_sum_of(*index, parts, 0.0)
        })
    }

    /// Whether the names of all these columns, or the title, say that people are counted.
    pub(super) fn are_numbers_of_people(&self, columns: &[ColumnIndex]) -> bool {
        let numbers = &self.vocabulary.catalog.synonyms.left_over.number;
        let is_titled = self.context.iter().any(|title| {
            let words = self.vocabulary.words(title);
            words.iter().any(|word| numbers.contains(word)) && !self.vocabulary.has_percent_word(&words)
        });
        let may_be = columns.iter().all(|index| {
            let column = self.column(*index);
            !self.vocabulary.says_rate(&column.name) && column.cells.kind != ColumnType::Percent
        });
        may_be && (is_titled || columns.iter().all(|index| self.column(*index).parsed.has_any(numbers)))
    }

    /// Whether a column has different numbers.
    pub(super) fn changes(&self, index: ColumnIndex) -> bool {
        let cells = &self.column(index).cells;
        matches!((cells.least, cells.most), (Some(least), Some(most)) if least < most)
    }

    /// Whether a column's name says that it counts people.
    pub(super) fn is_named_after_people(&self, index: ColumnIndex) -> bool {
        let people = &self.vocabulary.catalog.synonyms.levels.people;
        let words = self.vocabulary.words(&self.column(index).name);
        words.iter().any(|word| people.contains(word)) && !self.vocabulary.has_percent_word(&words)
    }

    /// Whether the numbers of a column are the sums of others in nearly all rows that have all of them; each may be off by
    /// `rounding`.
    pub(super) fn are_sum_of(&self, sum: ColumnIndex, parts: &[ColumnIndex], rounding: f64) -> bool {
        let by_part: Vec<BTreeMap<u32, f64>> = parts.iter().map(|part| by_row(self.column(*part))).collect();
        let is_fraction = parts
            .iter()
            .all(|part| self.column(*part).cells.most.is_some_and(|most| most <= GREATEST_FRACTION));
        let off = if is_fraction { rounding / PERCENTS } else { rounding } * parts.len() as f64;
        let (mut compared, mut equal) = (0_usize, 0_usize);
        for (row, number) in by_row(self.column(sum)) {
            let Some(numbers) = by_part.iter().map(|part| part.get(&row)).collect::<Option<Vec<_>>>() else {
                continue;
            };
            compared += 1;
            equal += usize::from((numbers.into_iter().sum::<f64>() - number).abs() <= off);
        }
        equal > 1 && equal as f64 >= LEAST_ADDING_UP * compared as f64
    }
}
