//! What was read and estimated, before anything is withheld.

use super::cache::Cache;
use super::{Activity, Progress, RunError, own_measures, reading};
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::{self, SuppressionDecision};
use crate::measure::{self, Estimates};
use crate::observation::{Gathered, Revision};
use crate::plausibility;
use crate::project::Project;

/// The estimates of a project, and what must be withheld of them whatever readers have of earlier packs.
pub(super) struct Estimated {
    pub(super) estimates: Estimates,
    pub(super) decision: SuppressionDecision,
    /// What was read from each file.
    pub(super) sources: Vec<SourceRead>,
    /// The values that a later file revised.
    pub(super) revisions: Vec<Revision>,
    /// How many observations there are.
    pub(super) observations: u64,
    /// Problems found so far.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Estimated {
    /// Reads all sources of a project, and computes what follows from them.
    ///
    /// # Errors
    /// See [`RunError`].
    pub(super) fn read(project: &Project, cache: &Cache, progress: &dyn Progress) -> Result<Self, RunError> {
        let mut gathered = reading::observe_with(project, cache)?;
        let mut diagnostics = std::mem::take(&mut gathered.diagnostics);
        diagnostics.extend(project.notices.iter().cloned());
        match Self::of_gathered(project, gathered, progress, &mut diagnostics) {
            Ok(estimated) => Ok(Self { diagnostics, ..estimated }),
            Err(error) if diagnostics.is_empty() => Err(error),
            Err(error) => Err(RunError::AfterReading { problems: diagnostics, error: Box::new(error) }),
        }
    }

    /// Without the problems, which are added to `diagnostics`.
    fn of_gathered(
        project: &Project,
        gathered: Gathered,
        progress: &dyn Progress,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, RunError> {
        let Gathered { observations, reports, revisions, .. } = gathered;
        progress.begin(Activity::Estimating);
        own_measures::check(&observations, &project.catalog)?;
        let own = &project.file.retreat.district;
        let observations = plausibility::judge(observations, &project.catalog, own)?.into(diagnostics);
        let estimates = measure::estimate(&observations, &project.catalog)?.into(diagnostics);
        let count = observations.len() as u64;
        drop(observations);
        progress.begin(Activity::Withholding);
        let decision = disclosure::decide(&estimates, &project.catalog, project.file.privacy.smallest_group)?;
        Ok(Self {
            estimates,
            decision,
            sources: reports,
            revisions,
            observations: count,
            diagnostics: Vec::new(),
        })
    }
}
