//! What all commands start from: the project's data after disclosure control.

use super::{Activity, Progress, RunError, earlier, own_measures, reading};
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::{self, Released};
use crate::measure;
use crate::observation::{Gathered, Revision};
use crate::pack_tables::PackTables;
use crate::plausibility;
use crate::project::Project;

/// The data that was read and may be shown; the same for every district of the project.
#[derive(Debug, Clone)]
pub struct Data {
    /// The values after disclosure control.
    pub released: Released,
    /// What an earlier pack shows; readers may have it as well as the new one.
    pub earlier: PackTables,
    /// What was read from each file.
    pub sources: Vec<SourceRead>,
    /// How many observations there are.
    pub observations: u64,
    /// The values that a later file revised.
    pub revisions: Vec<Revision>,
    /// Problems found so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Data {
    /// Reads all sources of a project and applies disclosure control.
    ///
    /// # Errors
    /// See [`RunError`].
    pub(super) fn read(project: &Project, progress: &dyn Progress) -> Result<Self, RunError> {
        progress.begin(Activity::Reading);
        let mut gathered = reading::observe(project)?;
        let mut diagnostics = std::mem::take(&mut gathered.diagnostics);
        diagnostics.extend(project.notices.iter().cloned());
        match Self::of_gathered(project, gathered, progress, &mut diagnostics) {
            Ok(data) => Ok(Self { diagnostics, ..data }),
            Err(error) if diagnostics.is_empty() => Err(error),
            Err(error) => Err(RunError::AfterReading { problems: diagnostics, error: Box::new(error) }),
        }
    }

    /// The data that was read, without its problems, which are added to `diagnostics`.
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
        let earlier = earlier::earlier(project, &estimates)?.into(diagnostics);
        let smallest_group = project.file.privacy.smallest_group;
        let released = disclosure::release(estimates, &project.catalog, smallest_group, &earlier)?;
        diagnostics.extend(disclosure::problems(&released, &project.catalog));
        Ok(Self {
            released,
            earlier,
            sources: reports,
            observations: count,
            revisions,
            diagnostics: Vec::new(),
        })
    }
}
