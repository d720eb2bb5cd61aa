//! Percents and fractions, decided from all columns of a table together.

use std::collections::BTreeMap;

use super::cell_profile::ColumnType;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::matching::matches_of_column;
use super::numeric_fit::NumericFit;
use super::vocabulary::Vocabulary;
use crate::catalog::{GREATEST_SHARE, Stat};
use crate::domain::Unit;
use crate::wording::survey_percents as wording;

/// Fewer groups than this may add up to one by chance.
const FEWEST_GROUPS: usize = 3;
/// How far the fractions of all groups may be from one, which rounding and a group that is not listed explain.
const OFF_ONE: f64 = 0.05;

/// The means of a measure in two tables, or of two groups, differ by at most this factor.
const MOST_APART: f64 = 4.0;
/// The confidence that groups whose fractions add up to one are shares.
const SCORE: f64 = 0.85;
/// The factor from fractions to percents.
const PERCENTS: f64 = 100.0;

/// The groups that add up to all students, in one measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct DimensionKey {
    measure: String,
    dimension: String,
}

impl ColumnClassifier<'_> {
    /// Reads small numbers as percents, not as fractions, if the same measure has percents in another column: a group
    /// may be less than one percent of the students. But a group whose numbers are a hundredth of those of everybody has
    /// fractions, or leaves a doubt if the measure may be that small.
    pub(super) fn compare_percents(&mut self) {
        for index in self.indexes() {
            let Some(measure) = self.may_be_fractions(index) else { continue };
            let Some(percents) = self.column_of_percents(&measure) else { continue };
            let letters = percents.letters.clone();
            let are_hundredths = are_hundredths(self.column(index), &measure, percents);
            let Some(known) = self.measure_of(&measure) else { continue };
            let (label, may_be_small) = (known.label.clone(), known.usual.is_some());
            if are_hundredths && may_be_small {
                self.doubtful.insert(index);
                let column = self.column_mut(index);
                column.leave_unread(measure.measure, wording::fractions_beside_percents(&letters));
                continue;
            }
            let (times, why) = if are_hundredths {
                (PERCENTS, wording::fractions_like_column(&label, &letters))
            } else {
                (1.0, wording::percents_like_column(&label, &letters))
            };
            self.doubtful.remove(&index);
            let column = self.column_mut(index);
            column.why = why;
            column.meaning =
                ColumnMeaning::Measure(Box::new(MeasureColumn { times: Some(times), ..measure }));
        }
        self.question_fractions_beside_small_percents();
    }

    /// Reads small numbers as fractions if those of all groups of a dimension add up to one in most rows.
    pub(super) fn add_up_fractions(&mut self) {
        let mut dimensions: BTreeMap<DimensionKey, Vec<ColumnIndex>> = BTreeMap::new();
        for index in self.indexes() {
            if let Some((key, _)) = self.doubtful_group(index) {
                dimensions.entry(key).or_default().push(index);
            }
        }
        for columns in dimensions.into_values().filter(|columns| columns.len() >= FEWEST_GROUPS) {
            if !self.add_up_to_one(&columns) {
                continue;
            }
            for index in columns {
                if let Some((_, measure)) = self.doubtful_group(index) {
                    self.doubtful.remove(&index);
                    let column = self.column_mut(index);
                    wording::FRACTIONS_ADD_UP.clone_into(&mut column.why);
                    let times = Some(PERCENTS);
                    column.meaning = ColumnMeaning::Measure(Box::new(MeasureColumn { times, ..measure }));
                }
            }
        }
    }

    /// The dimension and the measure of a column of a group, if its small numbers leave a doubt.
    fn doubtful_group(&self, index: ColumnIndex) -> Option<(DimensionKey, MeasureColumn)> {
        let column = self.column(index);
        let measure = doubtful_measure(column, self.vocabulary).or_else(|| self.doubtful_share(index))?;
        let dimension = self.vocabulary.catalog.groups.group(&measure.group)?.dimension.clone();
        let key = DimensionKey { measure: measure.measure.clone()?, dimension };
        Some((key, measure))
    }

    /// The share of a group in an unread column, if its small numbers leave a doubt.
    fn doubtful_share(&self, index: ColumnIndex) -> Option<MeasureColumn> {
        let column = self.column(index);
        let ColumnMeaning::Unread(Some(nearest)) = &column.meaning else { return None };
        let share = self.vocabulary.catalog.measures.get(nearest)?;
        let [least, most] = [column.cells.least?, column.cells.most?];
        let is_small = least >= 0.0 && most <= 1.0 && column.cells.kind != ColumnType::Percent;
        let name = self.parsed_name(index);
        let is_share = is_small && share.unit == Unit::Percent && name.has_group_or_grade();
        let fit = NumericFit::default();
        is_share.then(|| MeasureColumn::new(&name, share, Stat::Value, SCORE, fit))
    }

    /// Whether the numbers of columns add up to one in most rows.
    fn add_up_to_one(&self, columns: &[ColumnIndex]) -> bool {
        let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
        for index in columns {
            let cells = &self.column(*index).cells;
            for (row, number) in cells.rows.iter().zip(&cells.numbers) {
                *sums.entry(*row).or_default() += number;
            }
        }
        let near = sums.values().filter(|sum| (**sum - 1.0).abs() <= OFF_ONE).count();
        near * 2 > sums.len()
    }

    /// The measure of a column that is read as fractions, or that is not read because its numbers may be fractions.
    fn may_be_fractions(&self, index: ColumnIndex) -> Option<MeasureColumn> {
        let column = self.column(index);
        match column.measure() {
            Some(measure) => measure.is_share().then(|| measure.clone()),
            None => doubtful_measure(column, self.vocabulary)
                .or_else(|| self.doubtful_share(index).filter(|share| self.has_percents_of_others(share))),
        }
    }

    /// Whether a column has percents of another group of the same dimension: they add up to all students.
    fn has_percents_of_others(&self, share: &MeasureColumn) -> bool {
        let groups = &self.vocabulary.catalog.groups;
        let Some(group) = groups.group(&share.group) else { return false };
        self.columns.iter().any(|column| {
            column.measure().is_some_and(|other| {
                let dimension = groups.group(&other.group).map(|known| &known.dimension);
                other.measure == share.measure && !other.is_share() && dimension == Some(&group.dimension)
            }) && column.cells.most.is_some_and(|most| most > GREATEST_SHARE)
        })
    }

    /// Whether a column has percents, written as they are and not all small, by its measure or its name.
    pub(super) fn has_percents(&self) -> bool {
        self.columns.iter().any(|column| {
            let is_percent = match column.measure() {
                Some(measure) => self.is_percent(measure) && !measure.is_share(),
                None => column.is_open() && self.vocabulary.says_rate(&column.name),
            };
            let most = column.cells.most.unwrap_or_default();
            is_percent
                && column.cells.kind != ColumnType::Percent
                && most > GREATEST_SHARE
                && most <= PERCENTS
        })
    }

    /// Asks about small numbers that are read as fractions although another column of the table has percents that are as small.
    fn question_fractions_beside_small_percents(&mut self) {
        let mut small = self.columns.iter();
        let small = small.find(|column| {
            column.measure().is_some_and(MeasureColumn::is_small_percent)
                && column.cells.most.is_some_and(|most| most <= 1.0)
        });
        let Some(letters) = small.map(|column| column.letters.clone()) else { return };
        for index in self.indexes() {
            let column = self.column(index);
            let Some(measure) = column.measure().filter(|measure| measure.is_share()) else { continue };
            let lowest =
                self.measure_of(measure).and_then(|known| known.plausible).map_or(0.0, |range| range[0]);
            let may_be_percents = column.cells.least.is_some_and(|least| least >= lowest);
            if may_be_percents && !column.cells.are_precise() {
                let nearest = measure.measure.clone();
                self.question(index, nearest, wording::fractions_beside_small_percents(&letters));
            }
        }
    }

    /// A column with the same measure whose numbers can only be percents.
    fn column_of_percents(&self, measure: &MeasureColumn) -> Option<&Column> {
        self.columns.iter().find(|column| {
            column.measure().is_some_and(|other| {
                other.measure == measure.measure && other.stat == measure.stat && !other.is_share()
            }) && column.cells.most.is_some_and(|most| most > GREATEST_SHARE)
        })
    }
}

/// Whether the numbers of a group are about a hundredth of the percents of everybody.
fn are_hundredths(column: &Column, measure: &MeasureColumn, percents: &Column) -> bool {
    let is_group_of_all =
        !measure.is_of_everybody() && percents.measure().is_some_and(MeasureColumn::is_of_everybody);
    let means = mean_but_zeros(column).zip(mean_but_zeros(percents));
    is_group_of_all
        && means.is_some_and(|(mean, of_all)| !are_near(mean, of_all) && are_near(mean * PERCENTS, of_all))
}

/// Whether the means of a measure may be those of two tables, or of two groups, on one scale.
pub(super) fn are_near(mean: f64, other: f64) -> bool {
    (1.0 / MOST_APART..=MOST_APART).contains(&(mean / other))
}

/// The mean of the numbers that are not zero; `None` if there are none.
pub(super) fn mean_but_zeros(column: &Column) -> Option<f64> {
    let numbers = column.cells.numbers.iter().filter(|number| **number > 0.0);
    let count = numbers.clone().count();
    (count > 0).then(|| numbers.sum::<f64>() / count as f64)
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
