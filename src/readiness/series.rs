//! All series, one district and key at a time, for the checks.

use super::input::ReadinessInput;
use crate::catalog::Measure;
use crate::diagnostic::{Diagnostic, Place};
use crate::disclosure::{FrameRow, KeyRun};
use crate::domain::{ALL, Break, KeyCode, SchoolYear, Status};
use crate::wording::readiness as wording;
use crate::wording::reading::value_name;

/// One district's values of one key.
#[derive(Debug)]
pub(super) struct Series<'a> {
    pub(super) key: KeyCode,
    pub(super) measure: &'a Measure,
    /// The district's code.
    pub(super) district: u32,
    /// Whether the series belongs to the district whose readiness is judged.
    pub(super) is_own: bool,
    /// Ascending by year.
    pub(super) points: Vec<SeriesPoint>,
    /// Its breaks in comparability.
    breaks: Vec<Break>,
}

/// One year of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeriesPoint {
    /// End of the school year.
    pub(super) year: i32,
    pub(super) value: Option<f64>,
    pub(super) status: Status,
    /// Row in the frame.
    pub(super) row: usize,
    /// Whether this program computed the value.
    pub(super) derived: bool,
}

impl From<FrameRow> for SeriesPoint {
    fn from(row: FrameRow) -> Self {
        let FrameRow { row, year, value, status, derived, .. } = row;
        Self { year, value, status, row, derived }
    }
}

/// A description of a value, and where it was read.
pub(super) struct PointLabel {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Every series of published values, sorted by key and district. They are produced one at a time, because
/// there may be millions.
pub(super) fn all_series<'a>(input: &'a ReadinessInput<'a>) -> impl Iterator<Item = Series<'a>> {
    input.released.runs().iter().flat_map(|run| series_of(input, run))
}

/// The series of one key, sorted by district; none if the catalog does not know its measure.
pub(super) fn series_of<'a>(
    input: &'a ReadinessInput<'a>,
    run: &'a KeyRun,
) -> impl Iterator<Item = Series<'a>> {
    let terms = input.released.terms();
    let own = terms.district(&input.comparisons.district.id);
    let measure = input.catalog.measures.get(&terms.measures[run.key.measure as usize]);
    // The columns always have the types that the view expects.
    let view = input.released.view().ok();
    let mut rows = run.rows.clone();
    std::iter::from_fn(move || {
        let (view, measure) = (view?, measure?);
        let district = view.row(rows.clone().next()?).district;
        let of_district = view.rows(rows.clone()).take_while(|row| row.district == district);
        let points: Vec<SeriesPoint> = of_district.map(SeriesPoint::from).collect();
        rows.start += points.len();
        let breaks = breaks(input, run.key, measure, district);
        Some(Series { key: run.key, measure, district, is_own: own == Some(district), points, breaks })
    })
}

/// The breaks of a published series.
fn breaks(input: &ReadinessInput<'_>, key: KeyCode, measure: &Measure, district: u32) -> Vec<Break> {
    let terms = input.released.terms();
    let district = &terms.districts[district as usize];
    let mut breaks = input.catalog.breaks(measure, &terms.subjects[key.subject as usize], district);
    breaks.extend(district.breaks.iter().cloned());
    breaks
}

impl Series<'_> {
    /// The published values, with their years.
    pub(super) fn published(&self) -> Vec<SeriesPoint> {
        self.points.iter().copied().filter(|point| point.value.is_some() && !point.derived).collect()
    }

    /// Whether the measure has a break after the year `before`, up to and including the year `after`.
    pub(super) fn has_break_between(&self, before: i32, after: i32) -> bool {
        self.breaks.iter().any(|entry| before < entry.year && entry.year <= after)
    }

    /// A description of one of its values, and where it was read.
    pub(super) fn label(&self, input: &ReadinessInput<'_>, point: &SeriesPoint) -> PointLabel {
        let district = &input.released.terms().districts[self.district as usize].name;
        let measure = format!("{}{}", self.measure.label, self.breakdown(input));
        let text = value_name(&measure, district, &year_text(point.year));
        let place = input.released.places(point.row).into_iter().next();
        PointLabel { text, place: place.unwrap_or_else(|| Place::file(wording::COMPUTED)) }
    }

    /// Group, subject and grade in parentheses, unless the series is about all.
    fn breakdown(&self, input: &ReadinessInput<'_>) -> String {
        let key = input.released.terms().key(self.key);
        let mut parts: Vec<String> = Vec::new();
        for part in [key.group, key.subject] {
            if part != ALL {
                parts.push(part);
            }
        }
        if key.grade.id() != ALL {
            parts.push(wording::grade(key.grade.id()));
        }
        wording::breakdown(&parts)
    }

    /// The problem with one of its values: listed individually for the district being judged, counted with
    /// those of the same measure for others.
    pub(super) fn listed_or_counted(
        &self,
        input: &ReadinessInput<'_>,
        point: &SeriesPoint,
        problem: Diagnostic,
    ) -> Diagnostic {
        if self.is_own {
            problem.like(self.label(input, point).text)
        } else {
            problem.like(self.measure.id.clone())
        }
    }
}

/// A school year by its end, as text.
pub(super) fn year_text(end: i32) -> String {
    SchoolYear::ending(end).map_or_else(|_| end.to_string(), |year| year.to_string())
}
