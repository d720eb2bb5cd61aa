//! The column `method` of the data tables: how a row was computed.

/// Of `gaps.csv`.
pub(crate) const GAP: &str = "interval: Newcombe; test: two proportions, latest three years combined, p is 1 if they point in different \
                              directions; small group: fewer than 20 people on either side; trend of the gap: Theil-Sen, Mann-Kendall";

/// Of `comparisons.csv`.
pub(crate) const STANDING: &str = "interval of the value: Wilson, 95%; quantiles: type 7; percentiles: mid-ranks; funnel: Spiegelhalter; \
                                   expected value: Huber regression";

pub(crate) const ONE_VALUE: &str = "one value";
pub(crate) const TWO_VALUES: &str = "first and last value; Theil-Sen";
pub(crate) const EXACT_TREND: &str = "Theil-Sen; Mann-Kendall, exact; change from the year before: Newcombe";
pub(crate) const NORMAL_TREND: &str =
    "Theil-Sen; Mann-Kendall, normal approximation with ties; change from the year before: Newcombe";

/// Of a trend of money that cannot be adjusted for inflation.
pub(crate) const NO_PRICE_INDEX: &str = "not judged: no price index for the latest year";

pub(crate) const AS_PUBLISHED: &str = "as published";

/// A sum of cells.
pub(crate) fn sum_of(cells: usize) -> String {
    format!("sum of {cells} cells")
}

/// A weighted average of cells.
pub(crate) fn average_of(cells: usize) -> String {
    format!("average of {cells} cells, weighted by their number of people")
}

/// Whether a method, as a pack states it, puts several cells together.
pub(crate) fn is_of_cells(method: &str) -> bool {
    method.contains(" cells")
}

/// A method with the interval of a rate.
pub(crate) fn with_interval(method: &str) -> String {
    format!("{method}; interval: Wilson, 95%")
}

/// The formula of a value whose measure defines none.
pub(crate) const UNNAMED_RATIO: &str = "numerator / denominator";

/// A term of a weighted sum of points.
pub(crate) fn points_term(weight: f64, measure: &str) -> String {
    format!("{weight} * points of {measure}")
}

/// A denominator for all students, whatever the group of the numerator.
pub(crate) fn of_all_students(denominator: &str) -> String {
    format!("{denominator} of all students")
}

/// Where the band of a projection comes from.
pub(crate) const FLOWS: &str = "flows of the last three years";
pub(crate) const THIS_DISTRICT: &str = "this district";
pub(crate) const SIMILAR_SIZE: &str = "districts of similar size";

#[cfg(test)]
mod tests {
    use super::{AS_PUBLISHED, average_of, is_of_cells, sum_of, with_interval};

    #[test]
    fn what_is_put_together_of_cells_is_recognized() {
        assert!(is_of_cells(&sum_of(2)) && is_of_cells(&with_interval(&average_of(3))));
        assert!(!is_of_cells(AS_PUBLISHED) && !is_of_cells(&with_interval(AS_PUBLISHED)));
    }
}
