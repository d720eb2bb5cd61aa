//! Correction for multiple tests by the false discovery rate of Benjamini & Hochberg (1995).
//!
//! The i-th smallest of m p-values is adjusted to `min over j ≥ i of p(j) · m / j`, at most 1. If the tests
//! with an adjusted p-value of at most q are called significant, the expected share of false ones among them
//! is at most q (for independent tests, and for positively dependent ones: Benjamini & Yekutieli 2001).
//!
//! Small m: with one test the adjusted p-value is p. Degenerate: no tests give no p-values.

/// The adjusted p-values, in the order of `p` (each 0–1).
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut largest_first: Vec<usize> = (0..p.len()).collect();
    largest_first.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (above, index) in largest_first.into_iter().enumerate() {
        let rank = p.len() - above;
        least = least.min(p[index] * p.len() as f64 / rank as f64);
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::benjamini_hochberg;
    use crate::for_tests::{close, numbers, oracle};

    #[test]
    fn adjusted_as_by_statsmodels() {
        let case = &oracle()["benjamini_hochberg"];
        let adjusted = benjamini_hochberg(&numbers(&case["p"]));
        for (found, wanted) in adjusted.iter().zip(numbers(&case["adjusted"])) {
            close(*found, wanted);
        }
        let passes: Vec<bool> = adjusted.iter().map(|p| *p <= 0.10).collect();
        let wanted: Vec<bool> =
            case["rejected_q10"].as_array().unwrap().iter().map(|b| b.as_bool().unwrap()).collect();
        assert_eq!(passes, wanted);
    }

    #[test]
    fn none_and_one() {
        assert_eq!(benjamini_hochberg(&[]), [0.0; 0]);
        assert_eq!(benjamini_hochberg(&[0.03]), [0.03]);
    }

    proptest! {
        #[test]
        fn never_less_than_p_and_in_the_same_order(p in prop::collection::vec(0.0..=1.0f64, 1..40)) {
            let adjusted = benjamini_hochberg(&p);
            for (i, p_i) in p.iter().enumerate() {
                prop_assert!(adjusted[i] >= p_i - 1e-15 && adjusted[i] <= 1.0);
                for (j, p_j) in p.iter().enumerate() {
                    prop_assert!(p_i > p_j || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
