//! The input of the readiness report.

use crate::catalog::{Catalog, ExhibitSpec};
use crate::compare::Comparisons;
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::Released;
use crate::domain::CalendarDate;
use crate::exhibit::Exhibit;

/// The data that the readiness of a district is judged by.
#[derive(Debug)]
pub struct ReadinessInput<'a> {
    /// Title of the retreat.
    pub title: &'a str,
    /// The day of the retreat, if it is known.
    pub date: Option<CalendarDate>,
    /// Everything that may be published.
    pub released: &'a Released,
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The district's comparisons.
    pub comparisons: &'a Comparisons,
    /// The charts that can be drawn.
    pub exhibits: &'a [Exhibit],
    /// Why the other charts cannot be drawn.
    pub left_out: &'a [Diagnostic],
    /// What was read from each file.
    pub sources: &'a [SourceRead],
    /// Problems found while reading.
    pub diagnostics: &'a [Diagnostic],
}

impl<'a> ReadinessInput<'a> {
    /// The exhibits of surveys.
    pub(super) fn survey_exhibits(&self) -> impl Iterator<Item = &'a ExhibitSpec> {
        self.catalog.exhibits.iter().filter(|exhibit| exhibit.survey.is_some())
    }
}
