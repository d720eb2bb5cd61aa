//! Percents and fractions, decided with the other tables of a folder that have the same measure.

use std::collections::BTreeMap;

use super::cell_profile::ColumnType;
use super::column::{Column, ColumnMeaning, MeasureColumn};
use super::folder_table::{FolderTable, TableIndex};
use super::percents_together::{are_near, doubtful_measure, mean_but_zeros};
use super::sheet::{TableSurvey, YearPlace};
use super::vocabulary::Vocabulary;
use crate::catalog::{GREATEST_SHARE, Stat};
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// The factor from fractions to percents.
const PERCENTS: f64 = 100.0;

/// A measure and the group, grade and subject that it is about.
type ScaleKey = [String; 4];

/// What one table shows of a measure's percents.
struct KnownPercents {
    index: TableIndex,
    file: String,
    /// Of the percents that are not zero.
    mean: f64,
}

/// What the tables of a folder show of the percents of measures.
#[derive(Default)]
pub(super) struct FolderScales {
    known: BTreeMap<ScaleKey, Vec<KnownPercents>>,
}

impl FolderScales {
    pub(super) fn new(tables: &[FolderTable<'_>], vocabulary: &Vocabulary<'_>) -> Self {
        let mut scales = Self::default();
        for FolderTable { index, file, table, .. } in tables {
            for column in &table.columns {
                let Some(measure) = column.measure().filter(|measure| is_percent(measure, vocabulary)) else {
                    continue;
                };
                if let (Some(mean), Some(key)) = (sure_mean(column, measure), key(measure)) {
                    let known = KnownPercents { index: *index, file: (*file).to_owned(), mean };
                    scales.known.entry(key).or_default().push(known);
                }
            }
        }
        scales
    }

    /// Decides the scale of columns with small numbers. Returns whether any changed.
    pub(super) fn apply(
        &self,
        table: &mut TableSurvey,
        index: TableIndex,
        vocabulary: &Vocabulary<'_>,
    ) -> bool {
        let has_years_in_names = table.year == YearPlace::Header;
        let mut is_changed = false;
        for column in &mut table.columns {
            if let Some(decided) = self.decide(column, index, vocabulary)
                && decided.measure.year.is_some() == has_years_in_names
            {
                column.why = decided.why;
                column.meaning = ColumnMeaning::Measure(Box::new(decided.measure));
                is_changed = true;
            }
        }
        is_changed
    }

    /// The scale of a column, if its own numbers leave a doubt and those of another table do not.
    fn decide(
        &self,
        column: &Column,
        index: TableIndex,
        vocabulary: &Vocabulary<'_>,
    ) -> Option<DecidedScale> {
        let measure = doubtful_measure(column, vocabulary)?;
        let known = self.known.get(&key(&measure)?)?.iter().find(|known| known.index != index)?;
        let mean = mean_but_zeros(column)?;
        let label = vocabulary.catalog.measures.get(measure.measure.as_ref()?).map(|known| &known.label)?;
        let (times, why) = match (are_near(mean, known.mean), are_near(mean * PERCENTS, known.mean)) {
            (true, false) => (1.0, wording::percents_like_file(label, &known.file)),
            (false, true) => (PERCENTS, wording::fractions_like_file(label, &known.file)),
            _ => return None,
        };
        let is_new = measure.times != Some(times) || column.is_unread();
        is_new.then_some(DecidedScale { measure: MeasureColumn { times: Some(times), ..measure }, why })
    }
}

/// What a column is, once its scale is known.
struct DecidedScale {
    measure: MeasureColumn,
    why: String,
}

fn key(measure: &MeasureColumn) -> Option<ScaleKey> {
    let [group, grade, subject] = measure.breakdown();
    (measure.stat == Stat::Value).then_some(())?;
    Some([measure.measure.clone()?, group, grade, subject])
}

fn is_percent(measure: &MeasureColumn, vocabulary: &Vocabulary<'_>) -> bool {
    let known = measure.measure.as_ref().and_then(|id| vocabulary.catalog.measures.get(id));
    known.is_some_and(|known| known.unit == Unit::Percent)
}

/// The mean of percents that can be nothing else; `None` if they can.
fn sure_mean(column: &Column, measure: &MeasureColumn) -> Option<f64> {
    let is_large = column.cells.most.is_some_and(|most| most > GREATEST_SHARE);
    let is_sure = !measure.is_share() && (is_large || shows_percents(column));
    is_sure.then(|| mean_but_zeros(column)).flatten()
}

/// Whether the cells are shown with a percent sign.
fn shows_percents(column: &Column) -> bool {
    column.cells.kind == ColumnType::Percent
}
