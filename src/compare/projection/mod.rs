//! What comes next: where enrollment and the fund balance are headed if they continue as they have, with the
//! uncertainty that the past shows.
//!
//! Fund balance: [`roll_forward`]. Enrollment: [`cohort`], five years ahead. Its uncertainty is its track
//! record: the same method is run from each earlier year that has enough years before it, and compared with
//! what happened. The district is judged by its own past: there is a projection only if the mean absolute
//! relative error, over all years of all past projections, is less than that of "as many as now" over the
//! same years. With fewer than 8 errors in all, its past is too short to judge by, and the state's districts
//! of similar size (half to twice as many students) are used instead.
//!
//! The [spread](statistics::prediction_interval) of the relative errors at each horizon determines the band:
//! eight in ten past projections were this close. At a horizon where the district has fewer than 8 errors of
//! its own, the errors of districts of similar size are used instead.
//!
//! Degenerate: if there are fewer than 8 errors at a horizon from either source, the projection ends before
//! it. Nothing is projected across a break.

mod cohort;
mod errors;
mod horizon;
mod past;
pub(super) mod result;
pub(super) mod roll_forward;

use std::borrow::Cow;
use std::collections::BTreeMap;

use statistics::prediction_interval::ErrorSpread;

use self::cohort::YEARS;
use self::errors::{PastError, record, spread_at};
use self::horizon::years_up_to;
use self::past::{Past, read_pasts};
use self::result::{ErrorSource, ProjectedYear, Projection};
use super::breaks::SeriesBreaks;
use crate::catalog::{Catalog, Measure, ProjectionMethod};
use crate::disclosure::{FrameView, Released};
use crate::domain::SchoolYear;

/// The pasts of all districts, for the measures that are projected by cohort survival.
#[derive(Debug, Clone, Default)]
pub(super) struct Pasts(BTreeMap<String, Vec<Past>>);

impl Pasts {
    pub(super) fn new(released: &Released, view: FrameView<'_>, catalog: &Catalog) -> Self {
        let measures = catalog.measures.values().filter(|measure| is_by_cohorts(measure));
        let breaks = SeriesBreaks::new(released, view, catalog);
        Self(measures.map(|m| (m.id.clone(), read_pasts(released, view, &breaks, m))).collect())
    }

    /// The projection of a measure for a district; `None` if it has none.
    pub(super) fn projection(&self, measure: &str, district: u32) -> Option<Projection> {
        let pasts = self.0.get(measure)?;
        let own = pasts.get(district as usize)?;
        let (last, now) = own.years.last_key_value()?;
        let values = own.project_from(*last)?;
        let of_like_size = errors_of_like_size(pasts, now.all?);
        let record = record(&own.errors, &of_like_size)?;
        let mut years = Vec::new();
        for (horizon, value) in values.into_iter().enumerate() {
            let Some((whose, spread)) = spread(&own.errors, &of_like_size, horizon) else { break };
            let year = SchoolYear::ending(*last + 1 + horizon as i32).ok()?;
            let (low, high) = spread.around(value);
            years.push(ProjectedYear { year, value, low, high, band_of: Some((whose, spread.n)) });
        }
        let (first, from) = years_up_to(*last, YEARS)?;
        (!years.is_empty()).then_some(Projection {
            method: Cow::Borrowed("cohort-survival"),
            first,
            from,
            years,
            record,
        })
    }
}

/// Whether a measure is projected by cohort survival.
pub(super) fn is_by_cohorts(measure: &Measure) -> bool {
    measure.projection == Some(ProjectionMethod::CohortSurvival)
}

/// The errors of all districts with half to twice as many students.
fn errors_of_like_size(pasts: &[Past], students: f64) -> Vec<PastError> {
    let like = pasts.iter().filter(|past| past.is_of_like_size(students));
    like.flat_map(|past| past.errors.iter().copied()).collect()
}

/// The spread of the errors at a horizon: of the district's own if there are enough.
fn spread(
    own: &[PastError],
    of_like_size: &[PastError],
    horizon: usize,
) -> Option<(ErrorSource, ErrorSpread)> {
    match spread_at(own, horizon) {
        Some(spread) => Some((ErrorSource::Own, spread)),
        None => Some((ErrorSource::LikeSize, spread_at(of_like_size, horizon)?)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::cohort::Membership;
    use super::result::ProjectionRecord;
    use super::{ErrorSource, Past, Pasts, Projection};

    /// A district with two grades over `years`: of the 100 students in grade 1 (160 every third year), a
    /// tenth more are in grade 2 a year later.
    fn past(years: std::ops::Range<i32>) -> Past {
        let entry = |year: i32| if year % 3 == 0 { 160.0 } else { 100.0 };
        let of = |year: i32| {
            let grades = [entry(year), 1.1 * entry(year - 1)];
            Membership { all: Some(grades.iter().sum()), grades: grades.map(Some).to_vec() }
        };
        let years: BTreeMap<i32, Membership> = years.map(|year| (year, of(year))).collect();
        Past::new(years, vec![false, true])
    }

    #[test]
    fn each_band_says_whose_past_it_is_from() {
        let projected = |pasts: Vec<Past>| -> Option<Projection> {
            Pasts([("enrollment".to_owned(), pasts)].into()).projection("enrollment", 0)
        };
        // Twelve years: eight projections can be checked for one year ahead, and seven of them for two.
        let whose = |p: &Projection| p.years.iter().map(|y| y.band_of.unwrap()).collect::<Vec<_>>();
        let alone = projected(vec![past(2009..2021)]).unwrap();
        assert_eq!(whose(&alone), [(ErrorSource::Own, 8)]);
        assert!(
            matches!(alone.record, ProjectionRecord::Errors { whose: ErrorSource::Own, n: 30, .. }),
            "{:?}",
            alone.record
        );
        let beside = projected(vec![past(2009..2021), past(2009..2021)]).unwrap();
        let like = |n| (ErrorSource::LikeSize, n);
        assert_eq!(whose(&beside), [(ErrorSource::Own, 8), like(14), like(12), like(10), like(8)]);
        // Six years of its own give 2 + 1 errors, too few to judge by.
        let short = projected(vec![past(2015..2021), past(2009..2021)]).unwrap();
        assert_eq!(whose(&short), [like(10), like(8)]);
        assert!(matches!(short.record, ProjectionRecord::Errors { whose: ErrorSource::LikeSize, n: 33, .. }));
    }
}
