//! The value that districts with similar students have ("beating the odds").
//!
//! Huber regression (see [`robust_regression`](statistics::robust_regression)) of the measure on the matching
//! variables, over the district and all districts that it could have been matched with, in one year. The
//! expected value is the fitted one; the district's distance from it is given in the measure's unit, and as a
//! multiple of the residuals' scale.
//!
//! With fewer than 50 districts, or an R² below 0.2, there is no expected value.
//!
//! An expected value describes districts; it does not estimate an effect of anything. Degenerate: if all
//! districts have their expected value, the scale is 0 and there is no result.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pooled::{FitKey, PooledFit, PooledFits};
use super::result::Expected;
use crate::compare::peers::group::MatchCandidates;
use crate::domain::SchoolYear;

/// A district's value in a series and year.
#[derive(Debug, Clone, Copy)]
pub(in crate::compare) struct ValuePlace {
    /// The district's code.
    pub(in crate::compare) district: u32,
    /// Index of the series among the released runs.
    pub(in crate::compare) position: usize,
    pub(in crate::compare) year: SchoolYear,
}

/// The expected value at a place, from the variables of the districts that its district could have been `matched`
/// with and all districts' `values` in that year. The variables are from the latest year up to that one.
pub(in crate::compare) fn expected(
    place: ValuePlace,
    matched: &[Arc<MatchCandidates>],
    fits: &PooledFits,
    values: impl FnOnce() -> BTreeMap<u32, f64>,
) -> Option<Expected> {
    let ValuePlace { district, position, year } = place;
    let matched = matched.iter().filter(|m| m.year <= year).max_by_key(|m| m.year)?;
    let key = FitKey { position, year, matched_in: matched.year, pool: Arc::clone(&matched.pool) };
    let shared = fits.get(key, || PooledFit::new(matched, &values()));
    shared.get()?.as_ref()?.expected(district, year, matched.year)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use std::sync::Arc;

    use super::{Expected, MatchCandidates, PooledFits, ValuePlace};
    use crate::compare::peers::group::MatchCandidate;
    use crate::domain::SchoolYear;

    /// Matching variables and values of districts.
    type State = (Vec<MatchCandidates>, BTreeMap<u32, f64>);

    /// What is expected of a district, by a regression of its own.
    fn expected(
        district: u32,
        year: SchoolYear,
        matched: &[MatchCandidates],
        values: &BTreeMap<u32, f64>,
    ) -> Option<Expected> {
        let matched: Vec<Arc<MatchCandidates>> = matched.iter().cloned().map(Arc::new).collect();
        let place = ValuePlace { district, position: 0, year };
        super::expected(place, &matched, &PooledFits::default(), || values.clone())
    }

    fn year(end: i32) -> SchoolYear {
        SchoolYear::ending(end).unwrap()
    }

    /// `n` districts whose value follows the variable with a wave of amplitude 1, with the first district 10
    /// above.
    fn state(n: u32) -> State {
        let x = |i: u32| f64::from(i % 17);
        let candidate = |i: u32| MatchCandidate { district: i, variables: vec![x(i)] };
        let matched = vec![MatchCandidates {
            pool: Arc::default(),
            year: year(2024),
            districts: (0..n).map(candidate).collect(),
        }];
        let wave = |i: u32| [1.0, -1.0, 0.5, -0.5][i as usize % 4];
        let value = |i: u32| 40.0 + 2.0 * x(i) + wave(i) + if i == 0 { 10.0 } else { 0.0 };
        (matched, (0..n).map(|i| (i, value(i))).collect())
    }

    #[test]
    fn an_outlier_is_found_and_few_districts_give_no_result() {
        let (matched, values) = state(100);
        let found = expected(0, year(2024), &matched, &values).unwrap();
        assert!((found.distance - 11.0).abs() < 0.5 && found.standardized() > 5.0, "{found:?}");
        assert_eq!(found.n, 100);
        let (matched, values) = state(49);
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn nothing_is_expected_if_the_variables_explain_little() {
        let (matched, mut values) = state(100);
        values.iter_mut().for_each(|(i, value)| *value = f64::from(i * 7919 % 101));
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn an_outcome_is_matched_with_the_students_of_its_own_year_or_before() {
        let (mut matched, values) = state(100);
        // A year later the district has other students; before 2024, no matching variables are known.
        let mut later = matched[0].clone();
        later.year = year(2025);
        later.districts.iter_mut().for_each(|c| c.variables[0] = f64::from((c.district + 5) % 17));
        matched.insert(0, later);
        let then = |end| expected(0, year(end), &matched, &values).map(|e| e.matched_in.end());
        assert_eq!([then(2023), then(2024)], [None, Some(2024)]);
        assert_eq!(then(2026), expected(0, year(2025), &matched, &values).map(|e| e.matched_in.end()));
        assert_eq!(
            expected(0, year(2024), &matched, &values),
            expected(0, year(2024), &matched[1..], &values)
        );
    }

    #[test]
    fn districts_share_a_regression_only_within_their_pool() {
        let (matched, values) = state(100);
        let other = MatchCandidates {
            pool: Arc::new(vec![Some("charter".to_owned())]),
            districts: matched[0].districts[..60].to_vec(),
            ..matched[0].clone()
        };
        let (all, other) = (vec![Arc::new(matched[0].clone())], vec![Arc::new(other)]);
        let fits = PooledFits::default();
        for district in [3, 7] {
            let place = ValuePlace { district, position: 0, year: year(2024) };
            for pool in [&all, &other] {
                let shared = super::expected(place, pool, &fits, || values.clone());
                let alone = super::expected(place, pool, &PooledFits::default(), || values.clone());
                assert_eq!(shared, alone);
                assert_eq!(shared.unwrap().n, pool[0].districts.len());
            }
        }
        // Nobody reads the values again once a regression is there.
        let place = ValuePlace { district: 5, position: 0, year: year(2024) };
        assert!(super::expected(place, &all, &fits, BTreeMap::new).is_some());
        assert_eq!(super::expected(ValuePlace { position: 1, ..place }, &all, &fits, BTreeMap::new), None);
    }
}
