//! Reading the released values of one series.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Measure};
use crate::disclosure::{FrameRow, FrameView, KeyRun, Released};

/// The released rows of one series: a measure, group, grade and subject.
#[derive(Clone, Copy)]
pub(super) struct ReportedSeries<'a> {
    view: FrameView<'a>,
    run: &'a KeyRun,
}

impl<'a> ReportedSeries<'a> {
    pub(super) const fn new(view: FrameView<'a>, run: &'a KeyRun) -> Self {
        Self { view, run }
    }

    /// The rows of all districts, sorted by district and year.
    pub(super) fn all(self) -> impl Iterator<Item = FrameRow> + 'a {
        self.view.rows(self.run.rows.clone())
    }

    /// The rows of all districts in the school year that ends in `year`.
    pub(super) fn in_year(self, year: i32) -> impl Iterator<Item = FrameRow> + 'a {
        self.all().filter(move |row| row.year == year)
    }

    /// The rows of a district, by its code, ascending by year.
    pub(super) fn of_district(self, district: u32) -> impl Iterator<Item = FrameRow> + 'a {
        self.view.rows(self.view.of_district(self.run, district))
    }

    /// The reported values of a district by the year in which the school year ends.
    pub(super) fn by_year(self, district: u32) -> BTreeMap<i32, f64> {
        self.of_district(district).filter_map(|row| Some((row.year, reported(&row)?))).collect()
    }

    /// A district's value in one year; `None` if not reported.
    pub(super) fn value(self, district: u32, year: i32) -> Option<f64> {
        self.of_district(district).find(|row| row.year == year).and_then(|row| reported(&row))
    }
}

/// The value of a row, if it is reported.
pub(super) fn reported(row: &FrameRow) -> Option<f64> {
    row.value.filter(|v| v.is_finite())
}

/// The measure of a series, if the catalog has it.
pub(super) fn measure_of<'c>(released: &Released, catalog: &'c Catalog, run: &KeyRun) -> Option<&'c Measure> {
    catalog.measures.get(released.terms().measures.get(run.key.measure as usize)?)
}
