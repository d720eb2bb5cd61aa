//! All series, one district and key at a time, for the checks.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::catalog::{Catalog, Measure, MeasureBreaks};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ALL, Break, KeyCode, SchoolYear, Status};
use crate::observation::{Frame, FrameRow, FrameView, KeyRun};
use crate::wording::readiness as wording;
use crate::wording::reading::value_name;

/// One district's values of one key.
#[derive(Debug)]
pub(super) struct Series<'a> {
    pub(super) key: KeyCode,
    pub(super) measure: &'a Measure,
    /// The district's code.
    pub(super) district: u32,
    /// Whether the series belongs to the project's district.
    pub(super) is_own: bool,
    /// Ascending by year.
    pub(super) points: Vec<SeriesPoint>,
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
}

impl From<FrameRow> for SeriesPoint {
    fn from(row: FrameRow) -> Self {
        let FrameRow { row, year, value, status, .. } = row;
        Self { year, value, status, row }
    }
}

/// A description of a value, and where it was read.
pub(super) struct PointLabel {
    pub(super) text: String,
    pub(super) place: Place,
}

/// What is judged.
pub(super) struct JudgedData<'a> {
    pub(super) frame: &'a Frame,
    pub(super) view: FrameView<'a>,
    pub(super) catalog: &'a Catalog,
    /// The code of the project's district; `None` if no source has it.
    pub(super) own: Option<u32>,
}

impl<'a> JudgedData<'a> {
    /// The measure of a series; `None` if the catalog does not know it.
    pub(super) fn measure(&self, key: KeyCode) -> Option<&'a Measure> {
        self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize])
    }

    /// The series of one key, sorted by district; none if the catalog does not know its measure. They are produced one at a
    /// time, because there may be millions.
    pub(super) fn series_of(&self, run: &KeyRun) -> impl Iterator<Item = Series<'a>> + use<'a> {
        self.series_in(run.key, run.rows.clone())
    }

    /// The series of one key, also those of schools, which come last.
    pub(super) fn series_of_all(&self, run: &KeyRun) -> impl Iterator<Item = Series<'a>> + use<'a> {
        self.series_in(run.key, run.all())
    }

    fn series_in(&self, key: KeyCode, mut rows: Range<usize>) -> impl Iterator<Item = Series<'a>> + use<'a> {
        let (view, measure, own, terms) = (self.view, self.measure(key), self.own, self.frame.terms());
        std::iter::from_fn(move || {
            let measure = measure?;
            let district = view.row(rows.clone().next()?).district;
            let of_district = view.rows(rows.clone()).take_while(|row| row.district == district);
            let points: Vec<SeriesPoint> = of_district.map(SeriesPoint::from).collect();
            rows.start += points.len();
            let is_own = own == Some(terms.district_of(district));
            Some(Series { key, measure, district, is_own, points })
        })
    }

    /// What a check finds in the series of each measure, in the order of the measures, which are checked in parallel.
    pub(super) fn of_each_measure<T: Send>(&self, check: impl Fn(&'a [KeyRun]) -> T + Send + Sync) -> Vec<T> {
        let frame: &'a Frame = self.frame;
        let measures: Vec<&[KeyRun]> = frame.runs().chunk_by(|a, b| a.key.measure == b.key.measure).collect();
        measures.into_par_iter().map(check).collect()
    }

    /// The breaks in comparability of a measure's series with this key, in any district.
    pub(super) fn measure_breaks(&self, key: KeyCode, measure: &'a Measure) -> MeasureBreaks<'a> {
        self.catalog.measure_breaks(measure, &self.frame.terms().subjects[key.subject as usize])
    }

    /// The breaks in comparability of a series, of whose measure all are known.
    pub(super) fn breaks(&self, of_measure: &MeasureBreaks<'_>, series: &Series<'_>) -> Vec<Break> {
        let district = &self.frame.terms().districts[series.district as usize];
        let mut breaks = of_measure.in_district(district);
        breaks.extend(district.breaks.iter().cloned());
        breaks
    }
}

/// Whether there is a break after the year `before`, up to and including the year `after`.
pub(super) fn has_break_between(breaks: &[Break], before: i32, after: i32) -> bool {
    breaks.iter().any(|entry| before < entry.year && entry.year <= after)
}

impl Series<'_> {
    /// The values that are not impossible, with their years.
    pub(super) fn possible(&self, impossible: &BTreeSet<usize>) -> Vec<SeriesPoint> {
        let points = self.points.iter().copied();
        points.filter(|point| point.value.is_some() && !impossible.contains(&point.row)).collect()
    }

    /// A description of one of its values, and where it was read.
    pub(super) fn label(&self, data: &JudgedData<'_>, point: &SeriesPoint) -> PointLabel {
        let district = data.frame.terms().organization(self.district).name();
        let text = value_name(&self.measure_label(data), district, &SchoolYear::text_of(point.year));
        let place = data.frame.places(point.row).into_iter().next();
        PointLabel { text, place: place.unwrap_or_else(|| Place::file(wording::COMPUTED)) }
    }

    /// The measure's label, with group, subject and grade.
    pub(super) fn measure_label(&self, data: &JudgedData<'_>) -> String {
        format!("{}{}", self.measure.label, self.breakdown(data))
    }

    /// Group, subject and grade in parentheses, unless the series is about all.
    fn breakdown(&self, data: &JudgedData<'_>) -> String {
        let key = data.frame.terms().key(self.key);
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

    /// The problem with one of its values: listed individually for the project's district, counted with
    /// those of the same measure for others.
    pub(super) fn listed_or_counted(
        &self,
        data: &JudgedData<'_>,
        point: &SeriesPoint,
        problem: Diagnostic,
    ) -> Diagnostic {
        if self.is_own {
            problem.like(self.label(data, point).text)
        } else {
            problem.like(self.measure.id.clone())
        }
    }
}
