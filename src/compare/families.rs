//! Multiple tests: which of all tests made for a district are more than chance.
//!
//! The false discovery rate ([`benjamini_hochberg`]) is q = 0.10 within each family: levels compared with peers, trends,
//! gaps between groups, and changes since the base year, over five years, and over one year. Grades and groups of one
//! measure are positively dependent, for which the method is valid.
//!
//! Degenerate: a series that could not be tested is in no family and is never significant.

use statistics::false_discovery::benjamini_hochberg;

use super::comparison::{Comparison, TestResult};

/// A family: the tests of one kind on all series of a district.
type Family = fn(&mut Comparison) -> Option<&mut TestResult>;

/// Adjusts the p-values of all comparisons of a district, within each family.
pub(super) fn adjust(all: &mut [Comparison]) {
    adjust_family(all, |one| one.tests.level.as_mut());
    adjust_family(all, |one| one.tests.trend.as_mut());
    adjust_family(all, |one| one.tests.gap.as_mut());
    adjust_family(all, |one| one.changes.since_base.as_mut()?.test.as_mut());
    adjust_family(all, |one| one.changes.five_years.as_mut()?.test.as_mut());
    adjust_family(all, |one| one.changes.one_year.as_mut()?.test.as_mut());
}

fn adjust_family(all: &mut [Comparison], family: Family) {
    let mut tests: Vec<&mut TestResult> = all.iter_mut().filter_map(family).collect();
    let p: Vec<f64> = tests.iter().map(|test| test.p).collect();
    for (test, adjusted) in tests.iter_mut().zip(benjamini_hochberg(&p)) {
        test.adjusted = adjusted;
    }
}
