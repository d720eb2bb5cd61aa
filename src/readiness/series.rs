//! All series, one district and key at a time, as the checks walk them.

use super::Known;
use crate::catalog::Measure;
use crate::diagnostic::{Diagnostic, Place};
use crate::disclosure::{FrameRow, KeyRun};
use crate::domain::{ALL, KeyCode, SchoolYear, Status};

/// One district's values of one key.
#[derive(Debug)]
pub(super) struct Series<'a> {
    pub(super) key: KeyCode,
    pub(super) measure: &'a Measure,
    pub(super) district: u32,
    /// Whether it is of the district that is judged.
    pub(super) own: bool,
    /// Year, value and status, ascending.
    pub(super) points: Vec<SeriesPoint>,
}

/// One year of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeriesPoint {
    pub(super) year: i32,
    pub(super) value: Option<f64>,
    pub(super) status: Status,
    /// FrameRow in the frame.
    pub(super) row: usize,
    /// Whether this program computed it.
    pub(super) derived: bool,
}

impl From<FrameRow> for SeriesPoint {
    fn from(row: FrameRow) -> Self {
        let FrameRow { row, year, value, status, derived, .. } = row;
        Self { year, value, status, row, derived }
    }
}

/// Every series of published values, sorted by key and district. One at a time, since there may be millions.
pub(super) fn all<'a>(known: &'a Known<'a>) -> impl Iterator<Item = Series<'a>> {
    known.released.runs().iter().flat_map(|run| of(known, run))
}

/// The series of one key, sorted by district; none where the catalog does not know its measure.
pub(super) fn of<'a>(known: &'a Known<'a>, run: &'a KeyRun) -> impl Iterator<Item = Series<'a>> {
    let terms = known.released.terms();
    let own = terms.district(&known.comparisons.district.id);
    let measure = known.catalog.measures.get(&terms.measures[run.key.measure as usize]);
    // The columns are always of the types that the view asks for.
    let view = known.released.view().ok();
    let mut rows = run.rows.clone();
    std::iter::from_fn(move || {
        let (view, measure) = (view?, measure?);
        let district = view.row(rows.clone().next()?).district;
        let points: Vec<SeriesPoint> = view
            .rows(rows.clone())
            .take_while(|row| row.district == district)
            .map(SeriesPoint::from)
            .collect();
        rows.start += points.len();
        Some(Series { key: run.key, measure, district, own: own == Some(district), points })
    })
}

impl Series<'_> {
    /// The published values, with their years.
    pub(super) fn published(&self) -> Vec<SeriesPoint> {
        self.points.iter().copied().filter(|p| p.value.is_some() && !p.derived).collect()
    }

    /// What a value of it is called, and where it stands.
    pub(super) fn named(&self, known: &Known<'_>, point: &SeriesPoint) -> (String, Place) {
        let terms = known.released.terms();
        let key = terms.key(self.key);
        let year = SchoolYear::ending(point.year).map_or_else(|_| point.year.to_string(), |y| y.to_string());
        let parts = [&key.group, &key.subject].into_iter().filter(|p| *p != ALL).cloned();
        let grade = Some(key.grade.id().to_owned()).filter(|g| g != ALL).map(|g| format!("grade {g}"));
        let details: Vec<String> = parts.chain(grade).collect();
        let detail = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
        let what = format!(
            "{}{detail} of {} in {year}",
            self.measure.label, terms.districts[self.district as usize].name
        );
        let place = known.released.places(point.row).into_iter().next();
        (what, place.unwrap_or_else(|| Place::file("computed")))
    }

    /// A problem with one of its values: the judged district's are told one by one, the others' are counted.
    pub(super) fn told(&self, known: &Known<'_>, point: &SeriesPoint, problem: Diagnostic) -> Diagnostic {
        let like = if self.own { self.named(known, point).0 } else { self.measure.id.clone() };
        problem.like(like)
    }
}
