//! The frame and its policy, which every step of the suppression looks up.

use polars::prelude::PolarsError;

use super::super::model::{ModelCell, ProtectionPolicy};
use super::super::released::KeyedRow;
use crate::catalog::{Catalog, Measure};
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::observation::{Frame, FrameRow, FrameView, KeyRun};
use crate::pack_tables::DistrictYear;

/// A frame with the policy under which it is published.
pub(super) struct SuppressionContext<'a> {
    pub(super) frame: &'a Frame,
    pub(super) view: FrameView<'a>,
    pub(super) catalog: &'a Catalog,
    /// The project's own smallest group, if it has one.
    smallest_group: Option<u32>,
}

impl<'a> SuppressionContext<'a> {
    /// # Errors
    /// If a column has the wrong type, which never happens.
    pub(super) fn new(
        frame: &'a Frame,
        catalog: &'a Catalog,
        smallest_group: Option<u32>,
    ) -> Result<Self, PolarsError> {
        Ok(Self { frame, view: frame.view()?, catalog, smallest_group })
    }

    /// The measure of a series.
    pub(super) fn measure(&self, key: KeyCode) -> Option<&'a Measure> {
        self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize])
    }

    /// The rows of a series, also those about schools.
    pub(super) fn rows(&self, run: &KeyRun) -> impl Iterator<Item = FrameRow> + use<'a> {
        self.view.rows(run.all())
    }

    /// Whether a row is withheld in any case: one student group within one grade of one school, unless it is public.
    pub(super) fn is_too_detailed(&self, key: KeyCode, row: &FrameRow) -> bool {
        let terms = self.frame.terms();
        !row.public && terms.school(row.district).is_some() && terms.is_group_within_grade(key)
    }

    /// The row of a series in the district or school, and year, of another row.
    pub(super) fn row_beside(&self, key: KeyCode, row: &FrameRow) -> Option<FrameRow> {
        let year = SchoolYear::ending(row.year).ok()?;
        self.frame.find(&self.view, (key, row.district, year))
    }

    /// The district and year of a row, as in a pack's tables; for a school, those of its district.
    pub(super) fn district_year(&self, row: &FrameRow) -> DistrictYear {
        let terms = self.frame.terms();
        let district = terms.districts[terms.district_of(row.district) as usize].shown_id.clone();
        DistrictYear { district, year: row.year }
    }

    /// The smallest number of people that may be published for a measure.
    pub(super) fn smallest_group(&self, measure: &Measure) -> f64 {
        f64::from(measure.smallest_group.max(self.smallest_group.unwrap_or(0)))
    }

    /// The policy for some cells: their protection level is the largest of their smallest groups.
    pub(super) fn policy_for(&self, cells: &[ModelCell<'_>]) -> ProtectionPolicy<'a> {
        let groups = cells.iter().map(|cell| self.smallest_group(cell.measure));
        ProtectionPolicy { catalog: self.catalog, protection_level: groups.fold(0.0, f64::max) }
    }

    /// A row as a cell of the model; `None` if the catalog has no such measure.
    pub(super) fn cell(&self, keyed: &KeyedRow) -> Option<ModelCell<'a>> {
        let (key, row, terms) = (keyed.key, &keyed.row, self.frame.terms());
        // A private row without a value publishes neither n nor numerator.
        let is_published = row.public || row.value.is_some();
        Some(ModelCell {
            measure: self.measure(key)?,
            school: terms.school(row.district).map_or("", |school| school.id.as_str()),
            group: &terms.groups[key.group as usize],
            grade: &terms.grades[key.grade as usize],
            subject: &terms.subjects[key.subject as usize],
            value: row.value,
            numerator: row.numerator.filter(|_| is_published),
            n: row.n.filter(|_| is_published),
            bounds: self.frame.bounds(row.row).unwrap_or_default(),
            is_computed: row.derived,
            is_masked: row.status == Status::Masked,
            is_public: row.public,
        })
    }
}

/// Whether there is a value, or a mask, which shows that a value exists.
pub(super) fn has_value_or_mask(row: &FrameRow) -> bool {
    row.value.is_some() || row.status == Status::Masked
}
