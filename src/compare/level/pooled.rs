//! Regressions of a series on the matching variables, each computed once for all districts that share it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use statistics::robust_regression::{huber_regression, round_to_nine_digits};

use super::result::Expected;
use crate::compare::peers::group::{MatchCandidates, PoolAttributes};
use crate::domain::SchoolYear;

/// The minimum number of districts.
const FEWEST_DISTRICTS: usize = 50;

/// The minimum share of the differences that the variables must explain.
const LEAST_R_SQUARED: f64 = 0.2;

/// What a regression is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FitKey {
    /// Index of the series among the released runs.
    pub(super) position: usize,
    /// The year of its values.
    pub(super) year: SchoolYear,
    /// The year of the matching variables.
    pub(super) matched_in: SchoolYear,
    /// What the districts share.
    pub(super) pool: PoolAttributes,
}

/// A regression over the districts of a pool.
#[derive(Debug)]
pub(super) struct PooledFit {
    /// The districts with a value, ascending.
    districts: Vec<u32>,
    /// Their values.
    values: Vec<f64>,
    /// Their fitted values.
    fitted: Vec<f64>,
    scale: f64,
    r_squared: f64,
}

/// A regression that is computed by the first district that needs it; `None` if there is none.
type SharedFit = Arc<OnceLock<Option<PooledFit>>>;

/// Regressions by what they are of.
type FitsByKey = Arc<Mutex<BTreeMap<FitKey, SharedFit>>>;

/// The regressions computed so far.
#[derive(Debug, Clone, Default)]
pub(in crate::compare) struct PooledFits {
    /// Those of series that have not changed, shared with the data before the change.
    unchanged: FitsByKey,
    /// The indexes of the series that have changed.
    changed: BTreeSet<usize>,
    /// Their regressions.
    of_changed: FitsByKey,
}

impl PooledFits {
    /// The regressions once some series have changed, given by their indexes among the runs.
    pub(in crate::compare) fn with_changed(&self, changed: &BTreeSet<usize>) -> Self {
        let changed = self.changed.union(changed).copied().collect();
        Self { unchanged: Arc::clone(&self.unchanged), changed, of_changed: FitsByKey::default() }
    }

    /// The regression of this key, which `fit` computes if nobody has.
    pub(super) fn get(&self, key: FitKey, fit: impl FnOnce() -> Option<PooledFit>) -> SharedFit {
        let is_changed = self.changed.contains(&key.position);
        let fits = if is_changed { &self.of_changed } else { &self.unchanged };
        let mut fits = fits.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Arc::clone(fits.entry(key).or_default());
        drop(fits);
        shared.get_or_init(fit);
        shared
    }
}

impl PooledFit {
    /// Regresses the districts' values on their variables; `None` if they are too few.
    pub(super) fn new(matched: &MatchCandidates, values: &BTreeMap<u32, f64>) -> Option<Self> {
        let mut rows: Vec<&[f64]> = Vec::new();
        let (mut districts, mut y) = (Vec::new(), Vec::new());
        for candidate in &matched.districts {
            let Some(value) = values.get(&candidate.district) else { continue };
            districts.push(candidate.district);
            rows.push(&candidate.variables);
            y.push(*value);
        }
        if districts.len() < FEWEST_DISTRICTS {
            return None;
        }
        let fit = huber_regression(&rows, &y)?;
        let (scale, r_squared) = (round_to_nine_digits(fit.scale), round_to_nine_digits(fit.r_squared));
        Some(Self { districts, values: y, fitted: fit.fitted, scale, r_squared })
    }

    /// What is expected of a district; `None` if it has no value, or if the variables explain too little.
    pub(super) fn expected(
        &self,
        district: u32,
        year: SchoolYear,
        matched_in: SchoolYear,
    ) -> Option<Expected> {
        let own = self.districts.binary_search(&district).ok()?;
        let Self { scale, r_squared, .. } = *self;
        let value = round_to_nine_digits(self.fitted[own]);
        let (distance, n) = (self.values[own] - value, self.districts.len());
        let is_explained = scale > 0.0 && r_squared >= LEAST_R_SQUARED;
        is_explained.then_some(Expected { year, matched_in, value, distance, scale, n, r_squared })
    }
}
