//! Plausibility: which published values cannot be true, and which are merely unlikely.
//!
//! This is the only place that judges it, so `build` leaves out what `check` calls wrong. What is impossible is left out
//! before anything is computed from it: a value far outside its measure's range, a value in another unit than those of all
//! other years, a part that is many times its whole, zeros that stand for a year that is not there yet, and years that were not counted as
//! others. What is unlikely
//! is kept and reported.

mod judgment;
mod jump;
mod odd_year;
mod part_family;
mod range;
mod series;
mod shift;
mod total;
mod zero;

use polars::prelude::PolarsError;

use self::judgment::Judgment;
use self::series::JudgedData;
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::domain::{DistrictId, clean};
use crate::observation::Observations;

/// Leaves out the values that cannot be true, and reports them and those that are unlikely. Problems of the district with
/// the id `own` are listed one by one; those of others are counted.
///
/// # Errors
/// If polars rejects the columns, which it does not for columns of equal length.
pub fn judge(
    observations: Observations,
    catalog: &Catalog,
    own: &str,
) -> Result<Warned<Observations>, PolarsError> {
    let own = DistrictId::new(&clean(own)).and_then(|id| observations.terms().district(&id));
    let data = JudgedData { frame: &observations, view: observations.view()?, catalog, own };
    let mut judgment = range::judge(&data);
    judgment.extend(jump::judge(&data, &judgment.impossible));
    judgment.extend(zero::judge(&data));
    judgment.extend(odd_year::judge(&data));
    judgment.extend(total::judge(&data, &judgment.impossible));
    judgment.problems.extend(shift::problems(&data, &judgment.impossible));
    let Judgment { impossible, problems } = judgment;
    let rows: Vec<usize> = impossible.into_iter().collect();
    Ok(Warned { value: observations.without(&rows)?, diagnostics: problems.into_iter().collect() })
}
