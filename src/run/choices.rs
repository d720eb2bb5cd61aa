//! What a project says about its findings.

use crate::finding::ProjectChoices;
use crate::project::Project;

/// The thresholds and targets of a project.
pub(super) fn choices(project: &Project) -> ProjectChoices {
    ProjectChoices { thresholds: project.file.thresholds.clone(), targets: project.file.targets.clone() }
}
