//! The estimates that may be published.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use polars::prelude::PolarsError;

use crate::catalog::{Catalog, Derivation, Measure};
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::observation::{Frame, FrameRow};
use crate::pack_tables::DistrictYear;

/// The estimates that may be published. Only [`release`](super::release) makes one.
#[derive(Debug, Clone)]
pub struct Released {
    pub(super) frame: Frame,
    pub(super) withheld: u64,
    pub(super) uneven: Vec<UnevenTotal>,
    pub(super) disclosed_by_public: Vec<KeyedRow>,
    pub(super) unknown_base: Vec<KeyedRow>,
    pub(super) for_earlier_pack: u64,
}

/// A row of the frame as it was before suppression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyedRow {
    /// The series.
    pub key: KeyCode,
    /// The row.
    pub row: FrameRow,
}

/// A total of people, among values that are not public, that is slightly smaller than the sum of its parts:
/// either one of them is wrong, or people are counted twice.
#[derive(Debug, Clone, PartialEq)]
pub struct UnevenTotal {
    /// The series of the total.
    pub key: KeyCode,
    /// The total before suppression.
    pub total: FrameRow,
    /// The sum of the parts, in people.
    pub parts: f64,
}

impl Deref for Released {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

impl Released {
    /// Whether the value, mask or blank at this position is public.
    #[must_use]
    pub fn is_public(&self, key: KeyCode, district: u32, year: SchoolYear) -> bool {
        let row = self.frame.view().ok().and_then(|view| self.frame.find(&view, (key, district, year)));
        row.is_some_and(|row| row.public)
    }

    /// The totals that do not quite add up, which made more suppression necessary.
    #[must_use]
    pub fn uneven(&self) -> &[UnevenTotal] {
        &self.uneven
    }

    /// The suppressed values that public values disclose anyway.
    #[must_use]
    pub fn disclosed_by_public(&self) -> &[KeyedRow] {
        &self.disclosed_by_public
    }

    /// The values suppressed because it is unknown how many students they are based on.
    #[must_use]
    pub fn with_unknown_base(&self) -> &[KeyedRow] {
        &self.unknown_base
    }

    /// How many values are suppressed because an earlier pack and this one together would disclose others.
    #[must_use]
    pub const fn withheld_for_earlier_pack(&self) -> u64 {
        self.for_earlier_pack
    }

    /// The values without private ones about students in some districts' years, and without anything computed
    /// from those.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub fn without(&self, years: &BTreeSet<DistrictYear>, catalog: &Catalog) -> Result<Self, PolarsError> {
        self.without_rows(&self.private_rows(years, catalog)?)
    }

    /// The values without those of some rows.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub fn without_rows(&self, rows: &[usize]) -> Result<Self, PolarsError> {
        let frame = self.frame.clone().withhold(rows, &[])?;
        Ok(Self { withheld: self.withheld + rows.len() as u64, frame, ..self.clone() })
    }

    /// The rows with private values about students in some districts' years.
    ///
    /// # Errors
    /// If a column has the wrong type, which never happens.
    pub fn private_rows(
        &self,
        years: &BTreeSet<DistrictYear>,
        catalog: &Catalog,
    ) -> Result<Vec<usize>, PolarsError> {
        let view = self.frame.view()?;
        let years_by_code = self.years_by_code(years);
        let measures = &self.frame.terms().measures;
        let mut rows = Vec::new();
        for run in self.frame.runs() {
            let measure = catalog.measures.get(&measures[run.key.measure as usize]);
            if !measure.is_some_and(|measure| is_about_students(measure, catalog)) {
                continue;
            }
            for (code, years) in &years_by_code {
                let own = view.rows(view.of_district(run, *code));
                let private = own.filter(|row| years.contains(&row.year) && is_private_value(row));
                rows.extend(private.map(|row| row.row));
            }
        }
        Ok(rows)
    }

    /// The years of each of these districts, by its code, and the same years of its schools.
    fn years_by_code(&self, district_years: &BTreeSet<DistrictYear>) -> BTreeMap<u32, BTreeSet<i32>> {
        let terms = self.frame.terms();
        let mut years_by_code = BTreeMap::new();
        for (code, district) in (0..).zip(&terms.districts) {
            let own = district_years.iter().filter(|at| at.district == district.shown_id);
            let years: BTreeSet<i32> = own.map(|at| at.year).collect();
            if !years.is_empty() {
                years_by_code.extend(terms.schools_of(code).map(|(school, _)| (school, years.clone())));
                years_by_code.insert(code, years);
            }
        }
        years_by_code
    }

    /// The indexes of the series that some rows belong to.
    #[must_use]
    pub fn series_of(&self, rows: &[usize]) -> BTreeSet<usize> {
        let runs = self.frame.runs();
        rows.iter().map(|row| runs.partition_point(|run| run.rows.end <= *row)).collect()
    }

    /// How many values are suppressed.
    #[must_use]
    pub const fn withheld(&self) -> u64 {
        self.withheld
    }
}

/// Whether a row is not public and has a value or a mask.
fn is_private_value(row: &FrameRow) -> bool {
    !row.public && (row.value.is_some() || row.status == Status::Masked)
}

/// Whether a measure is about students, or computed from one that is.
fn is_about_students(measure: &Measure, catalog: &Catalog) -> bool {
    let mut parts =
        measure.derive.iter().flat_map(Derivation::parts).filter_map(|id| catalog.measures.get(id));
    measure.smallest_group > 1 || parts.any(|part| part.smallest_group > 1)
}
