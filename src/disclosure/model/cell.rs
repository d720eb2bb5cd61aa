//! The cells of a district's year, with those of its schools: published values, suppressed ones, and what each is about.

use std::collections::BTreeMap;

use super::system::{CellIndex, CountIndex};
use crate::catalog::{Bounds, Derivation, Measure};
use crate::domain::{ALL, Grade, Unit};

/// One value of a district and year, or of one of its schools, or the cell of a masked one.
#[derive(Debug, Clone)]
pub(crate) struct ModelCell<'a> {
    /// The measure.
    pub(crate) measure: &'a Measure,
    /// Id of the school; empty for the district itself.
    pub(crate) school: &'a str,
    /// Id of the student group.
    pub(crate) group: &'a str,
    /// The grade.
    pub(crate) grade: &'a Grade,
    /// Id of the subject.
    pub(crate) subject: &'a str,
    /// The value in the measure's unit; `None` if masked or suppressed.
    pub(crate) value: Option<f64>,
    /// The numerator of a rate, if stated.
    pub(crate) numerator: Option<f64>,
    /// The number of people that the value is based on, if stated.
    pub(crate) n: Option<f64>,
    /// The interval that the publisher's mask states.
    pub(crate) bounds: Bounds,
    /// Whether this program computed the value from others.
    pub(crate) is_computed: bool,
    /// Whether the publisher masks the value.
    pub(crate) is_masked: bool,
    /// Whether the publisher has released the cell as is, masks included.
    pub(crate) is_public: bool,
}

impl ModelCell<'_> {
    /// Whether nobody publishes this cell: it states nothing, and no mask stands in its place.
    pub(super) const fn is_unpublished(&self) -> bool {
        self.is_public && self.value.is_none() && !self.is_masked
    }

    /// The cell as a pack shows it: without any numbers if it is suppressed.
    pub(crate) fn as_published(&self, is_suppressed: bool) -> Self {
        if is_suppressed {
            Self { value: None, numerator: None, n: None, ..self.clone() }
        } else {
            self.clone()
        }
    }
}

/// Whether a measure is a count of people who must be protected.
pub(super) fn counts_people(measure: &Measure) -> bool {
    measure.unit == Unit::Count && measure.smallest_group > 1
}

/// The counts that a cell is about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CellCounts {
    /// The people counted: by a count itself, or by the numerator of a rate.
    pub(crate) counted: Option<CountIndex>,
    /// The people in a rate's base who are not counted; `None` for anything else.
    pub(crate) complement: Option<CountIndex>,
    /// The people that the value is based on (its n); `None` for a count.
    pub(crate) base: Option<CountIndex>,
}

impl CellCounts {
    /// Whether the cell is about people at all.
    pub(crate) const fn is_about_people(&self) -> bool {
        self.counted.is_some() || self.base.is_some()
    }

    /// The count in a role.
    pub(super) const fn in_role(&self, role: CountRole) -> Option<CountIndex> {
        match role {
            CountRole::Counted => self.counted,
            CountRole::Base => self.base,
        }
    }
}

/// The role of a count in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountRole {
    /// The people counted.
    Counted,
    /// The people that the value is based on.
    Base,
}

/// The breakdowns that identify a cell within a district's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellPlace<'a> {
    /// Id of the measure.
    pub(crate) measure: &'a str,
    /// Id of the school; empty for the district itself.
    pub(crate) school: &'a str,
    /// Id of the student group.
    pub(crate) group: &'a str,
    /// Id of the grade.
    pub(crate) grade: &'a str,
    /// Id of the subject.
    pub(crate) subject: &'a str,
}

impl<'a> CellPlace<'a> {
    /// The place of a cell.
    pub(crate) fn of(cell: &ModelCell<'a>) -> Self {
        Self {
            measure: &cell.measure.id,
            school: cell.school,
            group: cell.group,
            grade: cell.grade.id(),
            subject: cell.subject,
        }
    }

    /// The same group, grade and subject for another measure.
    pub(crate) const fn of_measure(self, measure: &'a str) -> Self {
        Self { measure, ..self }
    }
}

/// Maps places to cells.
pub(crate) type CellsByPlace<'a> = BTreeMap<CellPlace<'a>, CellIndex>;

/// The cells by their places.
pub(crate) fn cells_by_place<'a>(cells: &[ModelCell<'a>]) -> CellsByPlace<'a> {
    cells.iter().enumerate().map(|(i, cell)| (CellPlace::of(cell), CellIndex(i))).collect()
}

/// Whether a cell was computed from other cells, so that it is about the same counts as these. A rate that was computed from its own
/// numerator and denominator is about counts that no other cell states.
pub(crate) fn is_of_other_cells<'a>(cell: &ModelCell<'a>, by_place: &CellsByPlace<'a>) -> bool {
    let own = CellPlace::of(cell);
    let mut parts = cell.measure.derive.iter().flat_map(|derive| derive.parts());
    cell.is_computed && parts.any(|part| by_place.contains_key(&own.of_measure(part)))
}

/// Group, grade and subject of the denominator of a quotient: all students, or those of the cell itself.
pub(super) fn denominator_place<'a>(derivation: &Derivation, cell: &ModelCell<'a>) -> CellPlace<'a> {
    let own = CellPlace::of(cell);
    if derivation.denominator_is_whole {
        CellPlace { group: ALL, grade: ALL, subject: ALL, ..own }
    } else {
        own
    }
}
