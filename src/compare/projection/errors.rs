//! The errors of past projections: the method's track record, and the spread that determines the bands.

use statistics::prediction_interval::{ErrorSpread, FEWEST_ERRORS};

use super::result::{ErrorSource, ProjectionRecord};

/// How wrong one past projection was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PastError {
    /// How many years ahead it was, minus one.
    pub(super) horizon: usize,
    /// The relative error of the method.
    pub(super) error: f64,
    /// The relative error of "as many as now".
    pub(super) error_of_same: f64,
}

/// The record, if it is better than "as many as now": the district's own if it is long enough.
pub(super) fn record(own: &[PastError], of_like_size: &[PastError]) -> Option<ProjectionRecord> {
    let (whose, errors) = match own.len() {
        FEWEST_ERRORS.. => (ErrorSource::Own, own),
        _ => (ErrorSource::LikeSize, of_like_size),
    };
    let n = errors.len();
    let mean = errors.iter().map(|e| e.error.abs()).sum::<f64>() / n as f64;
    let mean_same = errors.iter().map(|e| e.error_of_same.abs()).sum::<f64>() / n as f64;
    (n >= FEWEST_ERRORS && mean < mean_same).then_some(ProjectionRecord::Errors { whose, n, mean, mean_same })
}

/// The spread of the relative errors at a horizon; `None` if there are too few.
pub(super) fn spread_at(errors: &[PastError], horizon: usize) -> Option<ErrorSpread> {
    ErrorSpread::of(errors.iter().filter(|e| e.horizon == horizon).map(|e| e.error).collect())
}

#[cfg(test)]
mod tests {
    use super::{ErrorSource, ErrorSpread, PastError, ProjectionRecord, record, spread_at};

    /// Relative errors −0.05, −0.04 … 0.05 at each of `horizons`, where "as many as now" was off by `same`.
    fn eleven(horizons: std::ops::Range<usize>, same: f64) -> Vec<PastError> {
        let error = |horizon, i| PastError { horizon, error: f64::from(i) / 100.0, error_of_same: same };
        let at = |horizon| (-5..=5).map(move |i| error(horizon, i));
        horizons.flat_map(at).collect()
    }

    #[test]
    fn the_band_covers_eight_in_ten_errors() {
        // Type 7 of eleven values: the second and the second to last, −0.04 and 0.04.
        let errors = eleven(0..1, 0.1);
        let ErrorSpread { n, low, high } = spread_at(&errors, 0).unwrap();
        assert!(n == 11 && (low + 0.04).abs() < 1e-12 && (high - 0.04).abs() < 1e-12);
        assert_eq!((spread_at(&errors, 1), spread_at(&errors[..7], 0)), (None, None));
    }

    #[test]
    fn a_district_is_judged_by_its_own_past_and_by_others_only_if_that_is_short() {
        // The mean absolute value of the eleven errors is 0.3 / 11.
        let (better, worse) = (eleven(0..1, 0.1), eleven(0..1, 0.01));
        let judged = |own: &[PastError], others: &[PastError]| match record(own, others) {
            Some(ProjectionRecord::Errors { whose, n, mean, mean_same }) => {
                assert!((mean - 0.3 / 11.0).abs() < 1e-12 && (mean_same - 0.1).abs() < 1e-12);
                Some((whose, n))
            }
            _ => None,
        };
        assert_eq!(judged(&better, &worse), Some((ErrorSource::Own, 11)));
        assert_eq!(judged(&worse, &better), None);
        assert_eq!(judged(&worse[..7], &better), Some((ErrorSource::LikeSize, 11)));
        assert_eq!(judged(&better[..7], &worse), None);
        assert_eq!(judged(&better[..7], &[]), None);
    }
}
