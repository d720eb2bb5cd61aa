//! Many tests: which of all that were made on a district are more than chance.
//!
//! Benjamini & Hochberg (1995) at q = 0.10, within each family: levels against peers, trends, gaps between groups. Of m
//! p-values, sorted, the i-th smallest is adjusted to `min over j ≥ i of p(j) · m / j`, at most 1; a test passes where
//! that is at most q. Of the tests that pass, the expected share of false ones is at most q (for independent tests, and
//! for positively dependent ones: Benjamini & Yekutieli 2001; grades and groups of one measure are such).
//!
//! Small m: with one test the adjusted p is p. Degenerate: a series that could not be tested is in no family and passes
//! nothing.

use super::comparison::{Comparison, Tested, Tests};

/// The share of false findings that is put up with among those that pass.
pub(super) const Q: f64 = 0.10;

/// Adjusts the p-values of all comparisons of a district, family by family.
pub(super) fn adjust(all: &mut [Comparison]) {
    let families: [fn(&mut Tests) -> &mut Option<Tested>; 3] =
        [|t| &mut t.level, |t| &mut t.trend, |t| &mut t.gap];
    for family in families {
        let mut tests: Vec<&mut Tested> =
            all.iter_mut().filter_map(|c| family(&mut c.tests).as_mut()).collect();
        let p: Vec<f64> = tests.iter().map(|t| t.p).collect();
        tests.iter_mut().zip(benjamini_hochberg(&p)).for_each(|(test, adjusted)| test.adjusted = adjusted);
    }
}

/// The adjusted p-values, in the order of `p`.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (above, index) in order.into_iter().enumerate() {
        let rank = p.len() - above;
        least = least.min(p[index] * p.len() as f64 / rank as f64);
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Q, benjamini_hochberg};
    use crate::compare::tests::{close, numbers, oracle};

    #[test]
    fn adjusted_as_by_statsmodels() {
        let case = &oracle()["benjamini_hochberg"];
        let adjusted = benjamini_hochberg(&numbers(&case["p"]));
        for (found, wanted) in adjusted.iter().zip(numbers(&case["adjusted"])) {
            close(*found, wanted);
        }
        let passes: Vec<bool> = adjusted.iter().map(|p| *p <= Q).collect();
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
