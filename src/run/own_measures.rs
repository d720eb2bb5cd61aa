//! Checks what a project's own measures declare against their values.

use super::RunError;
use crate::catalog::{Catalog, Measure};
use crate::domain::ALL;
use crate::observation::{KeyRun, Observations};
use crate::project::ProjectError;
use crate::wording::project::own_measure_of_students;

/// Fails if a measure of the project's own catalog declares that it is about no people, and has values of a student group that
/// are not public: these are about students.
///
/// # Errors
/// The first such measure; or if polars refuses the columns, which it does not.
pub(super) fn check(observations: &Observations, catalog: &Catalog) -> Result<(), RunError> {
    for run in observations.runs() {
        check_series(observations, run, catalog)?;
    }
    Ok(())
}

/// Checks one series.
fn check_series(observations: &Observations, run: &KeyRun, catalog: &Catalog) -> Result<(), RunError> {
    let key = observations.terms().key(run.key);
    let Some(entry) = catalog.own.measures.get(&key.measure).filter(|_| key.group != ALL) else {
        return Ok(());
    };
    if catalog.measures.get(&key.measure).is_none_or(Measure::protects_people) {
        return Ok(());
    }
    let Some(row) = observations.view()?.rows(run.rows.clone()).find(|row| !row.public) else {
        return Ok(());
    };
    let place = observations.places(row.row).into_iter().next().unwrap_or_default();
    let least = catalog.measures.values().map(|measure| measure.smallest_group).max().unwrap_or_default();
    let explained = own_measure_of_students(&key.measure, &place.to_string(), least);
    Err(RunError::Project(ProjectError::Catalog(entry.fault(explained).into())))
}
