//! What a project's own measures say of themselves, held against their values.

use super::RunError;
use crate::catalog::{Catalog, CatalogError, Measure};
use crate::domain::ALL;
use crate::observation::Observations;
use crate::project::ProjectError;

/// Fails where a measure of the project's own catalog says that it rests on nobody, and has values of a student group that are
/// not public: these are about students.
///
/// # Errors
/// The first such measure; or where polars refuses the columns, which it does not.
pub(super) fn check(observations: &Observations, catalog: &Catalog) -> Result<(), RunError> {
    let (terms, view) = (observations.terms(), observations.view()?);
    for run in observations.runs() {
        let key = terms.key(run.key);
        let Some(file) = catalog.own.measures.get(&key.measure).filter(|_| key.group != ALL) else {
            continue;
        };
        if catalog.measures.get(&key.measure).is_none_or(Measure::protects_people) {
            continue;
        }
        if let Some(row) = view.rows(run.rows.clone()).find(|row| !row.public) {
            let place = observations.places(row.row).into_iter().next().unwrap_or_default();
            let least =
                catalog.measures.values().map(|measure| measure.smallest_group).max().unwrap_or_default();
            return Err(RunError::Project(ProjectError::Catalog(CatalogError {
                file: file.clone(),
                message: format!(
                    "measure {:?}: its smallest-group says that it rests on nobody, but it has values of student groups ({place}): \
                     say smallest-group = {least} or more",
                    key.measure
                ),
            })));
        }
    }
    Ok(())
}
