//! Many tests: which of all that were made on a district are more than chance.
//!
//! The false discovery rate ([`benjamini_hochberg`]) at q = 0.10, within each family: levels against peers, trends, gaps
//! between groups. Grades and groups of one measure depend positively on each other, for which the method holds.
//!
//! Degenerate: a series that could not be tested is in no family and passes nothing.

use statistics::false_discovery::benjamini_hochberg;

use super::comparison::{Comparison, Tested, Tests};

/// Adjusts the p-values of all comparisons of a district, family by family.
pub(super) fn adjust(all: &mut [Comparison]) {
    let families: [fn(&mut Tests) -> &mut Option<Tested>; 3] =
        [|t| &mut t.level, |t| &mut t.trend, |t| &mut t.gap];
    for family in families {
        let mut tests: Vec<&mut Tested> =
            all.iter_mut().filter_map(|c| family(&mut c.tests).as_mut()).collect();
        let p: Vec<f64> = tests.iter().map(|t| t.p).collect();
        for (test, adjusted) in tests.iter_mut().zip(benjamini_hochberg(&p)) {
            test.adjusted = adjusted;
        }
    }
}
