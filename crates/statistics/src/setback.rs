//! How far a series that moves in one direction goes back on its way: the largest difference between a value and the
//! farthest one before it, also known as its maximum drawdown. In the unit of the values.
//!
//! Degenerate: for no values and for one value, it is 0.

/// The largest setback of `points` (year, value), ascending by year; `direction` is 1 up and −1 down.
pub(crate) fn largest_setback(points: &[(i32, f64)], direction: f64) -> f64 {
    let (mut farthest, mut largest) = (f64::NEG_INFINITY, 0.0_f64);
    for (_, value) in points {
        farthest = farthest.max(value * direction);
        largest = largest.max(farthest - value * direction);
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::largest_setback;
    use crate::for_tests::in_years;

    #[test]
    fn it_is_counted_from_the_farthest_value_before() {
        let points = in_years(&[1.0, 4.0, 3.0, 2.0, 6.0, 5.0]);
        assert_eq!(largest_setback(&points, 1.0), 2.0);
        assert_eq!(largest_setback(&points, -1.0), 5.0);
        assert_eq!(largest_setback(&points[..2], 1.0), 0.0);
        assert_eq!(largest_setback(&[], 1.0), 0.0);
    }
}
