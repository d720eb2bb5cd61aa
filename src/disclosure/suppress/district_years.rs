//! The parts of the frame that are protected separately: rows of a district's year whose measures are
//! related.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::ModelCell;
use super::super::released::KeyedRow;
use super::context::{SuppressionContext, has_value_or_mask};
use super::measure_families::{MeasureFamilies, related_measures};
use crate::domain::Terms;
use crate::observation::{FrameRow, KeyRun};

/// The rows of a district's year, with those of its schools, whose measures belong to one family.
#[derive(Debug, Clone, Default)]
pub(super) struct RelatedRows {
    pub(super) rows: Vec<KeyedRow>,
}

/// A district and year, by the codes of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DistrictYearCode {
    district: u32,
    year: i32,
}

impl DistrictYearCode {
    /// Of a row of a district or of one of its schools.
    pub(super) fn of(terms: &Terms, row: &FrameRow) -> Self {
        Self { district: terms.district_of(row.district), year: row.year }
    }
}

/// Rows and their cells in the model, in the same order.
#[derive(Debug, Default)]
pub(super) struct RelatedCells<'a> {
    pub(super) rows: Vec<KeyedRow>,
    pub(super) cells: Vec<ModelCell<'a>>,
}

impl RelatedRows {
    /// The district and year; `None` if there is no row.
    pub(super) fn district_year(&self, terms: &Terms) -> Option<DistrictYearCode> {
        self.rows.first().map(|keyed| DistrictYearCode::of(terms, &keyed.row))
    }

    /// The rows as cells of the model.
    pub(super) fn cells<'a>(&self, context: &SuppressionContext<'a>) -> RelatedCells<'a> {
        let mut related = RelatedCells::default();
        for row in &self.rows {
            if let Some(cell) = context.cell(row) {
                related.rows.push(*row);
                related.cells.push(cell);
            }
        }
        related
    }
}

impl RelatedCells<'_> {
    /// For each cell, whether its row is suppressed, given the suppression of all rows of the frame.
    pub(super) fn suppressed(&self, suppressed_rows: &[bool]) -> Vec<bool> {
        self.rows.iter().map(|keyed| suppressed_rows[keyed.row.row]).collect()
    }
}

/// The rows of each district's year with a private value about people, by family. `private` lists the series
/// with any private row.
pub(super) fn district_years(context: &SuppressionContext<'_>, private: &[&KeyRun]) -> Vec<RelatedRows> {
    let terms = context.frame.terms();
    let families = MeasureFamilies::of(context.catalog);
    let family = |run: &KeyRun| families.family(context.measure(run.key)?);
    let mut years: BTreeMap<(&str, DistrictYearCode), RelatedRows> = BTreeMap::new();
    for run in private.iter().filter(|run| is_about_people(context, run)) {
        let Some(family) = family(run) else { continue };
        let private = context.rows(run).filter(|row| !row.public && has_value_or_mask(row));
        for row in private.filter(|row| !context.is_too_detailed(run.key, row)) {
            let at = DistrictYearCode::of(terms, &row);
            years.entry((family, at)).or_default();
        }
    }
    for run in related_runs(context, private) {
        let Some(family) = family(run) else { continue };
        let rows = context.rows(run).filter(has_value_or_mask);
        for row in rows.filter(|row| !context.is_too_detailed(run.key, row)) {
            if let Some(year) = years.get_mut(&(family, DistrictYearCode::of(terms, &row))) {
                year.rows.push(KeyedRow { key: run.key, row });
            }
        }
    }
    years.into_values().collect()
}

fn is_about_people(context: &SuppressionContext<'_>, run: &KeyRun) -> bool {
    context.measure(run.key).is_some_and(|measure| measure.smallest_group > 1)
}

/// The series whose measures are related to those of private series.
fn related_runs<'a>(context: &SuppressionContext<'a>, private: &[&KeyRun]) -> Vec<&'a KeyRun> {
    let private: BTreeSet<&str> =
        private.iter().filter_map(|run| Some(context.measure(run.key)?.id.as_str())).collect();
    let related = related_measures(&private, context.catalog);
    let is_related =
        |run: &&KeyRun| context.measure(run.key).is_some_and(|measure| related.contains(measure.id.as_str()));
    context.frame.runs().iter().filter(is_related).collect()
}
