//! What a project says about its findings.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Target};

/// The thresholds and targets of a project.
#[derive(Debug, Clone, Default)]
pub struct ProjectChoices {
    /// Its own thresholds, by `RULE.NAME`.
    pub thresholds: BTreeMap<String, f64>,
    /// Its targets, by the slug of their series (the measure's id for the whole district).
    pub targets: BTreeMap<String, Target>,
}

impl ProjectChoices {
    /// Whether every threshold belongs to a rule.
    ///
    /// # Errors
    /// The first one that does not, with the nearest name.
    pub fn check(&self, catalog: &Catalog) -> Result<(), String> {
        let mut names = catalog.perception.threshold_names();
        for rule in &catalog.rules {
            names.extend(rule.thresholds.keys().map(|threshold| format!("{}.{threshold}", rule.id)));
        }
        for name in self.thresholds.keys() {
            crate::catalog::check_known("[thresholds]", "rule's threshold", name, names.iter())
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}
