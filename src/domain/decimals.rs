//! How many decimal places a number is written with.

/// A number with this many decimal places or more was never rounded.
const MOST: i32 = 6;

/// How many decimal places a number is written with, 0 to 5; `None` if it has more, like a number that was
/// never rounded.
#[must_use]
pub fn decimal_places(number: f64) -> Option<i32> {
    (0..MOST).find(|places| has_decimals(number, *places))
}

/// Whether a number is a multiple of 10^−`places`, apart from binary rounding error.
fn has_decimals(number: f64, places: i32) -> bool {
    let steps = number * 10f64.powi(places);
    (steps - steps.round()).abs() < 1e-6
}

#[cfg(test)]
mod tests {
    use super::decimal_places;

    #[test]
    fn numbers_are_as_exact_as_they_are_written() {
        let of = [25.0, 41.2, 0.05, 48.275_86, 100.0 / 3.0].map(decimal_places);
        assert_eq!(of, [Some(0), Some(1), Some(2), Some(5), None]);
    }
}
