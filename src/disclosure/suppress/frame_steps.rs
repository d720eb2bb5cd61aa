//! The steps of the suppression, each applied to all districts' years of a frame.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::model::{RoundingObserver, RoundingSteps, TotalExcess};
use super::super::released::{KeyedRow, UnevenTotal};
use super::complementary::{disclosed_cells, protect, protect_combined};
use super::context::SuppressionContext;
use super::district_years::{DistrictYearCode, RelatedCells, RelatedRows};
use super::earlier_pack::{CellVersion, CombinedCells, combine, suppressed_as_before, versions_in};
use super::measure_families::MeasureFamilies;
use crate::catalog::{Derivation, Measure};
use crate::domain::{KeyCode, Unit};
use crate::observation::{FrameRow, KeyRun};
use crate::pack_tables::PackTables;

/// The result of complementary suppression for one district's year.
#[derive(Debug, Default)]
struct YearSuppression {
    /// The rows of the frame to suppress.
    rows: Vec<usize>,
    uneven: Vec<UnevenTotal>,
}

impl<'a> SuppressionContext<'a> {
    /// The units to which the private rates of each measure are rounded.
    pub(super) fn rounding_steps(&self) -> RoundingSteps<'a> {
        let mut observer = RoundingObserver::default();
        for run in self.frame.runs() {
            let Some(measure) = self.measure(run.key).filter(|measure| is_rate_of_people(measure)) else {
                continue;
            };
            let rows = self.rows(run).filter(|row| !row.public && !row.derived);
            rows.filter_map(|row| row.value).for_each(|value| observer.observe(&measure.id, value));
        }
        observer.steps()
    }

    /// Suppresses more rows so that suppressed values cannot be worked out; returns the totals that do not
    /// quite add up.
    pub(super) fn suppress_complementary(
        &self,
        years: &[RelatedRows],
        suppressed: &mut [bool],
    ) -> Vec<UnevenTotal> {
        let before: &[bool] = suppressed;
        let found: Vec<YearSuppression> =
            years.par_iter().map(|year| self.complementary_in(year, before)).collect();
        let mut uneven = Vec::new();
        for year in found {
            year.rows.into_iter().for_each(|row| suppressed[row] = true);
            uneven.extend(year.uneven);
        }
        uneven
    }

    fn complementary_in(&self, year: &RelatedRows, suppressed: &[bool]) -> YearSuppression {
        let related = year.cells(self);
        let policy = self.policy_for(&related.cells);
        let protection = protect(&related.cells, &related.suppressed(suppressed), policy);
        let uneven = protection.excesses.into_iter().map(|excess| uneven_total(&related, excess));
        YearSuppression {
            rows: protection.cells.into_iter().map(|cell| related.rows[cell.0].row.row).collect(),
            uneven: uneven.collect(),
        }
    }

    /// Suppresses values computed from suppressed ones, and whatever must then also be suppressed, until
    /// nothing changes.
    pub(super) fn suppress_follow_on(
        &self,
        private: &[&KeyRun],
        years: &[RelatedRows],
        suppressed: &mut [bool],
    ) {
        let terms = self.frame.terms();
        loop {
            let changed = self.suppress_computed_rows(private, suppressed);
            if changed.is_empty() {
                return;
            }
            let is_changed =
                |year: &&RelatedRows| year.district_year(terms).is_some_and(|at| changed.contains(&at));
            let years: Vec<RelatedRows> = years.iter().filter(is_changed).cloned().collect();
            self.suppress_complementary(&years, suppressed);
        }
    }

    /// Suppresses values computed from suppressed ones unless they are public themselves; returns the
    /// districts' years where it suppressed any.
    fn suppress_computed_rows(
        &self,
        private: &[&KeyRun],
        suppressed: &mut [bool],
    ) -> BTreeSet<DistrictYearCode> {
        let mut changed = BTreeSet::new();
        for run in private {
            let parts = self.series_of_parts(run.key);
            for row in self.rows(run).filter(|row| row.derived && !row.public) {
                if !suppressed[row.row] && self.is_any_suppressed(&parts, &row, suppressed) {
                    suppressed[row.row] = true;
                    changed.insert(DistrictYearCode::of(self.frame.terms(), &row));
                }
            }
        }
        changed
    }

    /// The series from which a computed series was computed.
    fn series_of_parts(&self, key: KeyCode) -> Vec<KeyCode> {
        let derivation = self.measure(key).and_then(|measure| measure.derive.as_ref());
        let measures = &self.frame.terms().measures;
        let parts = derivation.into_iter().flat_map(Derivation::parts);
        let codes = parts.filter_map(|id| measures.binary_search(id).ok());
        codes.map(|measure| KeyCode { measure: measure as u32, ..key }).collect()
    }

    fn is_any_suppressed(&self, series: &[KeyCode], row: &FrameRow, suppressed: &[bool]) -> bool {
        let mut rows = series.iter().filter_map(|key| self.row_beside(*key, row));
        rows.any(|row| suppressed[row.row])
    }

    /// Suppresses what would disclose a suppressed value to an attacker with an earlier pack; returns how
    /// many values it suppressed.
    pub(super) fn suppress_for_earlier_pack(
        &self,
        earlier: &PackTables,
        years: &[RelatedRows],
        suppressed: &mut [bool],
    ) -> u64 {
        if earlier.years().is_empty() {
            return 0;
        }
        let families = MeasureFamilies::of(self.catalog);
        let before: &[bool] = suppressed;
        let years = years.par_iter();
        let rows = years.flat_map_iter(|year| self.disclosing_with(earlier, year, &families, before));
        let rows: BTreeSet<usize> = rows.collect();
        rows.iter().for_each(|row| suppressed[*row] = true);
        rows.len() as u64
    }

    /// The rows of a district's year that, together with an earlier pack, would disclose a suppressed value.
    fn disclosing_with(
        &self,
        earlier: &PackTables,
        year: &RelatedRows,
        families: &MeasureFamilies<'_>,
        suppressed: &[bool],
    ) -> Vec<usize> {
        let Some(first) = year.rows.first() else { return Vec::new() };
        let family = self.measure(first.key).and_then(|measure| families.family(measure));
        let mut earlier = versions_in(earlier, &self.district_year(&first.row), self.catalog);
        earlier.retain(|version| families.family(version.cell.measure) == family);
        if earlier.is_empty() {
            return Vec::new();
        }
        let related = year.cells(self);
        let new = versions_of(&related, suppressed);
        let combinations = combine(&new, &earlier);
        let disclosing: Vec<usize> =
            combinations.iter().flat_map(|combined| self.disclosing_rows(combined, &related)).collect();
        if disclosing.is_empty() {
            return disclosing;
        }
        match suppressed_as_before(&new, &earlier) {
            Some(cells) => cells.into_iter().map(|cell| related.rows[cell.0].row.row).collect(),
            None => disclosing,
        }
    }

    /// The rows to suppress so that combined cells disclose nothing.
    fn disclosing_rows(&self, combined: &CombinedCells<'a>, related: &RelatedCells<'a>) -> Vec<usize> {
        let policy = self.policy_for(&combined.cells);
        let cells = protect_combined(&combined.cells, &combined.suppressed, policy);
        let new_cells = cells.into_iter().filter_map(|cell| combined.new_cells[cell.0]);
        new_cells.map(|cell| related.rows[cell.0].row.row).collect()
    }

    /// The suppressed rows of a district's year that public rows disclose.
    pub(super) fn disclosed_by_public(&self, year: &RelatedRows, suppressed: &[bool]) -> Vec<KeyedRow> {
        if !year.rows.iter().any(|keyed| keyed.row.public) {
            return Vec::new();
        }
        let related = year.cells(self);
        let is_private: Vec<bool> = related.cells.iter().map(|cell| !cell.is_public).collect();
        let disclosed = disclosed_cells(&related.cells, &is_private, self.policy_for(&related.cells));
        let rows = disclosed.into_iter().map(|disclosed| related.rows[disclosed.cell.0]);
        rows.filter(|keyed| suppressed[keyed.row.row] && !keyed.row.derived).collect()
    }
}

fn is_rate_of_people(measure: &Measure) -> bool {
    measure.unit == Unit::Percent && measure.smallest_group > 1
}

/// The cells of the new pack.
fn versions_of<'a>(related: &RelatedCells<'a>, suppressed: &[bool]) -> Vec<CellVersion<'a>> {
    let rows = related.rows.iter().zip(&related.cells);
    rows.map(|(keyed, cell)| CellVersion { cell: cell.clone(), is_suppressed: suppressed[keyed.row.row] })
        .collect()
}

fn uneven_total(related: &RelatedCells<'_>, excess: TotalExcess) -> UnevenTotal {
    let KeyedRow { key, row } = related.rows[excess.total.0];
    UnevenTotal { key, total: row, parts: excess.parts }
}
