//! What is feasible: what districts of the state that began like ours did over the same span of years.

use std::collections::BTreeMap;

use statistics::similar_starts::{BandRule, PastChange, SimilarStarts};

use crate::catalog::{Catalog, Measure, PlanSpec};
use crate::compare::SeriesBreaks;
use crate::disclosure::{FrameRow, FrameView, KeyRun, Released};
use crate::domain::{SchoolYear, Unit};

/// What districts that began like ours did over a span of years.
#[derive(Debug, Clone, PartialEq)]
pub struct FeasibleRange {
    /// How many years.
    pub span: i32,
    /// The year in which they began.
    pub first: SchoolYear,
    /// The year in which it ended: that of our baseline, or one shortly before it.
    pub last: SchoolYear,
    /// Their changes toward the better side; for money in dollars of our baseline's year.
    pub starts: SimilarStarts,
    /// Our baseline.
    baseline: f64,
    /// `+1` if higher is better, `−1` if lower is.
    sign: f64,
    /// The least and the most that a value can be.
    bounds: [f64; 2],
}

impl FeasibleRange {
    /// The value that this share of the similar districts reached or exceeded (0–1).
    #[must_use]
    pub fn reached_by(&self, share: f64) -> f64 {
        let [low, high] = self.bounds;
        (self.baseline + self.sign * self.starts.change(1.0 - share)).clamp(low, high)
    }

    /// How many similar districts there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.starts.count()
    }

    /// How many of them gained at least as much; `gain` is toward the better side.
    #[must_use]
    pub fn gained(&self, gain: f64) -> usize {
        self.starts.reached(gain)
    }
}

/// A district's start for which ranges are asked.
#[derive(Debug, Clone, Copy)]
pub struct RangeStart {
    /// The code of the district, which is not compared with itself.
    pub district: u32,
    /// The year of the baseline, by its end.
    pub year: i32,
    /// The baseline.
    pub value: f64,
}

/// Finds ranges in the released values of a state.
#[derive(Debug)]
pub struct RangeFinder<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    breaks: SeriesBreaks<'a>,
}

/// A district's values by year.
struct DistrictValues {
    district: u32,
    by_year: BTreeMap<i32, f64>,
}

/// The first and the last year of a span, by their ends.
#[derive(Debug, Clone, Copy)]
struct RangeYears {
    first: i32,
    last: i32,
    /// The year in whose dollars money is compared.
    dollars_of: i32,
}

impl<'a> RangeFinder<'a> {
    /// For the values of `released`; `None` if they cannot be read.
    #[must_use]
    pub fn new(released: &'a Released, catalog: &'a Catalog) -> Option<Self> {
        let view = released.view().ok()?;
        Some(Self { released, view, catalog, breaks: SeriesBreaks::new(released, view, catalog) })
    }

    /// The ranges for a start, one for each span of years for which there are enough similar districts, the shortest first. None
    /// for measures that are neither good nor bad, and for totals, which grow with the district.
    #[must_use]
    pub fn ranges(&self, run: &KeyRun, start: RangeStart) -> Vec<FeasibleRange> {
        let terms = self.released.terms();
        let measure =
            terms.measures.get(run.key.measure as usize).and_then(|id| self.catalog.measures.get(id));
        let Some(measure) = measure.filter(|measure| is_offered(measure)) else { return Vec::new() };
        let all = self.values(run, start.district);
        let spans = 1..=self.catalog.plan.longest;
        spans.filter_map(|span| self.range(run, measure, start, span, &all)).collect()
    }

    /// The range over a span that ended with the baseline's year, or as shortly before it as there are enough districts.
    fn range(
        &self,
        run: &KeyRun,
        measure: &Measure,
        start: RangeStart,
        span: i32,
        all: &[DistrictValues],
    ) -> Option<FeasibleRange> {
        (0..=self.catalog.plan.back).find_map(|back| {
            let years = RangeYears {
                first: start.year - back - span,
                last: start.year - back,
                dollars_of: start.year,
            };
            let changes = all.iter().filter_map(|district| self.past_change(run, measure, district, years));
            let changes: Vec<PastChange> = changes.collect();
            Some(FeasibleRange {
                span,
                first: SchoolYear::ending(years.first).ok()?,
                last: SchoolYear::ending(years.last).ok()?,
                starts: SimilarStarts::around(start.value, &changes, band(&self.catalog.plan))?,
                baseline: start.value,
                sign: measure.better.sign(),
                bounds: bounds(measure),
            })
        })
    }

    /// The values of all districts but one.
    fn values(&self, run: &KeyRun, except: u32) -> Vec<DistrictValues> {
        let mut all: Vec<DistrictValues> = Vec::new();
        for row in self.view.rows(run.rows.clone()).filter(|row| row.district != except) {
            let Some(value) = reported(&row) else { continue };
            match all.last_mut().filter(|last| last.district == row.district) {
                Some(last) => {
                    last.by_year.insert(row.year, value);
                }
                None => all.push(DistrictValues {
                    district: row.district,
                    by_year: BTreeMap::from([(row.year, value)]),
                }),
            }
        }
        all
    }

    /// A district's change over a span; `None` if a value or the price index of a year is missing, or if they cannot be compared.
    fn past_change(
        &self,
        run: &KeyRun,
        measure: &Measure,
        district: &DistrictValues,
        years: RangeYears,
    ) -> Option<PastChange> {
        let RangeYears { first, last, .. } = years;
        let (start, end) = (district.by_year.get(&first)?, district.by_year.get(&last)?);
        let breaks = self.breaks.of(run.key, district.district);
        if breaks.iter().any(|found| first < found.year && found.year <= last) {
            return None;
        }
        let (mut start, mut end) = (*start, *end);
        if measure.unit.is_money() {
            start = self.catalog.in_dollars_of(years.dollars_of, first, start)?;
            end = self.catalog.in_dollars_of(years.dollars_of, last, end)?;
        }
        Some(PastChange { start, change: measure.better.sign() * (end - start) })
    }
}

/// Whether a measure can be an indicator: it is good or bad, and no total, which grows with the district.
pub(super) fn is_offered(measure: &Measure) -> bool {
    measure.better.sign() != 0.0 && !measure.adds_up()
}

const fn band(spec: &PlanSpec) -> BandRule {
    BandRule { first: spec.first_band, widest: spec.widest_band, fewest: spec.fewest }
}

/// The least and the most that a value can be.
fn bounds(measure: &Measure) -> [f64; 2] {
    match measure.unit {
        Unit::Percent if !measure.may_be_negative() => [0.0, 100.0],
        _ if measure.may_be_negative() => [f64::NEG_INFINITY, f64::INFINITY],
        _ => [0.0, f64::INFINITY],
    }
}

fn reported(row: &FrameRow) -> Option<f64> {
    row.value.filter(|value| value.is_finite())
}
