//! Process behavior charts: whether a series varies as it usually does, or something changed.
//!
//! **I chart** (individuals; Shewhart 1931, Wheeler 2000) of values in the order of time: the center is their mean, and the limits
//! are `mean ± 3 · MR / 1.128`, with `MR` the mean absolute difference of neighbors (the moving range) and 1.128 its expected value
//! in standard deviations of a normal distribution. (`3 / 1.128 = 2.66`.) The moving range is used instead of the standard deviation,
//! because a shift would increase the latter and so hide itself.
//!
//! **P chart** of proportions with their n: the center is `p = Σx / Σn`, and the limits of each are
//! `p ± 3 · √(p(1 − p) / n)`, cut at 0 and 1.
//!
//! Small n: an I chart needs [`FEWEST`] values (`None` below), and its limits are provisional below [`FIRM`]. A P chart needs two
//! proportions. Degenerate: equal values have limits equal to their mean; an n of 0 or less gives no P chart (`None`).

use crate::newcombe::Proportion;

/// The fewest values of an I chart.
pub const FEWEST: usize = 8;
/// With fewer values than this, the limits of an I chart are provisional.
pub const FIRM: usize = 15;
/// The expected moving range of two normal values, in standard deviations.
const MOVING_RANGE: f64 = 1.128;
/// How many standard deviations the limits are from the center.
const SIGMAS: f64 = 3.0;

/// Center and limits, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessLimits {
    /// What the values vary around.
    pub center: f64,
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

impl ProcessLimits {
    /// Whether a value is outside the limits, so that something is likely to have changed.
    #[must_use]
    pub fn is_signal(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }
}

/// The limits of an I chart of values in the order of time.
#[must_use]
pub fn i_chart(values: &[f64]) -> Option<ProcessLimits> {
    if values.len() < FEWEST {
        return None;
    }
    let center = values.iter().sum::<f64>() / values.len() as f64;
    let moves: f64 = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    let half = SIGMAS * moves / (values.len() - 1) as f64 / MOVING_RANGE;
    Some(ProcessLimits { center, low: center - half, high: center + half })
}

/// The limits of each proportion of a P chart, in their order.
#[must_use]
pub fn p_chart(all: &[Proportion]) -> Option<Vec<ProcessLimits>> {
    if all.len() < 2 || !all.iter().copied().all(is_usable) {
        return None;
    }
    let people: f64 = all.iter().map(|one| one.n).sum();
    let center = all.iter().map(|one| one.p * one.n).sum::<f64>() / people;
    Some(all.iter().map(|one| limits_of(center, one.n)).collect())
}

fn is_usable(one: Proportion) -> bool {
    one.n > 0.0 && (0.0..=1.0).contains(&one.p)
}

fn limits_of(center: f64, n: f64) -> ProcessLimits {
    let half = SIGMAS * (center * (1.0 - center) / n).sqrt();
    ProcessLimits { center, low: (center - half).max(0.0), high: (center + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{i_chart, p_chart};
    use crate::newcombe::Proportion;

    /// Flow rates of the example in the NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2.
    const FLOW: [f64; 10] = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    /// Defective chips among the 50 on each wafer, in the example of section 6.3.3.2.
    const WAFERS: [f64; 30] = [
        12.0, 15.0, 8.0, 10.0, 4.0, 7.0, 16.0, 9.0, 14.0, 10.0, 5.0, 6.0, 17.0, 12.0, 22.0, 8.0, 10.0, 5.0,
        13.0, 11.0, 20.0, 18.0, 24.0, 15.0, 9.0, 12.0, 7.0, 13.0, 9.0, 6.0,
    ];

    #[test]
    fn the_i_chart_is_that_of_the_handbook() {
        let limits = i_chart(&FLOW).unwrap();
        let shown = [limits.low, limits.center, limits.high].map(|value| format!("{value:.4}"));
        assert_eq!(shown, ["45.8159", "50.8100", "55.8041"]);
        assert!(limits.is_signal(55.9) && !limits.is_signal(55.8));
        assert_eq!(i_chart(&FLOW[..7]), None);
    }

    #[test]
    fn the_p_chart_is_that_of_the_handbook() {
        let wafers = WAFERS.map(|count| Proportion { p: count / 50.0, n: 50.0 });
        let limits = p_chart(&wafers).unwrap();
        let shown = [limits[0].low, limits[0].center, limits[0].high].map(|value| format!("{value:.4}"));
        assert_eq!(shown, ["0.0524", "0.2313", "0.4102"]);
        // The handbook finds the wafers 15 and 23 above the limit.
        let outside: Vec<usize> =
            (0..30).filter(|at| limits[*at].is_signal(wafers[*at].p)).map(|at| at + 1).collect();
        assert_eq!(outside, [15, 23]);
    }

    #[test]
    fn what_has_no_people_has_no_limits() {
        assert_eq!(p_chart(&[Proportion { p: 0.5, n: 10.0 }]), None);
        assert_eq!(p_chart(&[Proportion { p: 0.5, n: 10.0 }, Proportion { p: 0.5, n: 0.0 }]), None);
        let same = i_chart(&[3.0; 8]).unwrap();
        assert_eq!((same.low, same.high), (3.0, 3.0));
    }

    proptest! {
        #[test]
        fn larger_schools_have_narrower_limits(p in 0.05..0.95f64, n in 20.0..500.0f64) {
            let limits = p_chart(&[Proportion { p, n }, Proportion { p, n: 2.0 * n }]).unwrap();
            prop_assert!(limits[1].high - limits[1].low <= limits[0].high - limits[0].low + 1e-12);
            prop_assert!(limits.iter().all(|one| one.low >= 0.0 && one.high <= 1.0));
        }
    }
}
