//! Robust standard deviations, in the unit of the values.
//!
//! - [`median_absolute_deviation`]: the median distance from the median / 0.6745, which for normal values
//!   equals their standard deviation (Hampel 1974). Up to half of the values may be arbitrarily wrong.
//! - [`outer_scale`]: the standard deviation about 0 of distances that may include a few outliers, estimated
//!   from the outer part. It is the larger of (1) the 85th percentile / 1.4395, its value for a normal
//!   distribution (no other quantile estimates a normal scale with less noise), and (2) the tenth largest
//!   distance divided by its expected position in a normal sample of that size. A few outliers do not widen
//!   it, and with long tails ordinary distances do not become outliers.
//!
//! Small n: `median_absolute_deviation` needs one value; `outer_scale` needs 30 (`None` below). Degenerate:
//! no values give `None`; if most values are equal, the first is 0, and an outer scale of 0 is `None`.

use crate::normal::two_sided_point;
use crate::quantile::{median_of, quantile, sort_ascending};

/// Half of a standard normal distribution is within this distance from 0.
const NORMAL_MEDIAN_SIZE: f64 = 0.674_489_750_196_081_7;

/// The fewest distances needed for an outer scale.
const FEWEST_DISTANCES: usize = 30;

/// The rank, from the largest, of the distance that must fit the tail of a normal distribution.
const TAIL: usize = 10;

/// The quantile of the sizes that is used to estimate the scale.
const UPPER: f64 = 0.85;

/// The median distance of values from their median, scaled to a standard deviation.
#[must_use]
pub fn median_absolute_deviation(values: &[f64]) -> Option<f64> {
    let middle = median_of(values.to_vec())?;
    Some(median_of(values.iter().map(|v| (v - middle).abs()).collect())? / NORMAL_MEDIAN_SIZE)
}

/// The standard deviation about 0 of distances, given by their `sizes` (not negative), which are sorted.
#[must_use]
pub fn outer_scale(sizes: &mut [f64]) -> Option<f64> {
    let count = sizes.len();
    if count < FEWEST_DISTANCES {
        return None;
    }
    sort_ascending(sizes);
    let upper = quantile(sizes, UPPER)? / two_sided_point(1.0 - UPPER);
    let tail = sizes[count - TAIL] / two_sided_point(TAIL as f64 / (count + 1) as f64);
    Some(upper.max(tail)).filter(|scale| *scale > 0.0)
}

#[cfg(test)]
mod tests {
    use super::{median_absolute_deviation, outer_scale};
    use crate::for_tests::close;
    use crate::normal::two_sided_point;

    #[test]
    fn one_wild_value_does_not_widen_the_deviation() {
        // Distances from the median of 3: 2, 1, 0, 1 and 97.
        close(median_absolute_deviation(&[1.0, 2.0, 3.0, 4.0, 100.0]).unwrap(), 1.482_602_218_505_602);
        assert_eq!(median_absolute_deviation(&[]), None);
        assert_eq!(median_absolute_deviation(&[7.0]), Some(0.0));
    }

    #[test]
    fn the_outer_scale_of_a_normals_points_is_about_one() {
        let mut sizes: Vec<f64> = (1..=400).map(|i| two_sided_point(f64::from(i) / 401.0)).collect();
        assert!((outer_scale(&mut sizes).unwrap() - 1.0).abs() < 0.01);
        sizes[395..].fill(1e6);
        assert!((outer_scale(&mut sizes).unwrap() - 1.0).abs() < 0.01);
    }

    #[test]
    fn few_or_equal_distances_have_no_outer_scale() {
        assert_eq!(outer_scale(&mut [1.0; 29]), None);
        assert_eq!(outer_scale(&mut [0.0; 40]), None);
    }
}
