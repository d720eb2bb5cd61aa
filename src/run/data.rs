//! What all commands start from: the project's data after disclosure control.

use super::cache::Cache;
use super::estimated::Estimated;
use super::kept_data::KeptData;
use super::{Activity, Progress, RunError, earlier, surveys};
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::{self, Perception, Released};
use crate::observation::Revision;
use crate::pack_tables::PackTables;
use crate::project::Project;

/// The data that was read and may be shown; the same for every district of the project.
#[derive(Debug, Clone)]
pub struct Data {
    /// The values after disclosure control.
    pub released: Released,
    /// What people say in surveys, after disclosure control.
    pub perception: Perception,
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
    /// A hash of everything that the data depends on but an earlier pack; `None` if a file could not be read.
    pub(super) inputs: Option<String>,
}

impl Data {
    /// Reads all sources of a project and applies disclosure control. What an earlier run kept of the same sources is not computed
    /// again.
    ///
    /// # Errors
    /// See [`RunError`].
    pub(super) fn read(project: &Project, progress: &dyn Progress) -> Result<Self, RunError> {
        progress.begin(Activity::Reading);
        let cache = Cache::open(project);
        let kept = KeptData::of(project, &cache);
        let mut estimated = Self::estimated(project, kept.as_ref(), cache, progress)?;
        let mut diagnostics = std::mem::take(&mut estimated.diagnostics);
        let read = surveys::read(project).into(&mut diagnostics);
        estimated.sources.extend(read.sources);
        let smallest = project.file.privacy.smallest_group.unwrap_or_default();
        let smallest = smallest.max(project.catalog.perception.smallest_group);
        let perception = disclosure::release_surveys(read.counts, smallest);
        match Self::released(project, estimated, &mut diagnostics) {
            Ok(data) => Ok(Self { perception, diagnostics, inputs: kept.map(KeptData::into_inputs), ..data }),
            Err(error) if diagnostics.is_empty() => Err(error),
            Err(error) => Err(RunError::AfterReading { problems: diagnostics, error: Box::new(error) }),
        }
    }

    fn estimated(
        project: &Project,
        kept: Option<&KeptData>,
        cache: Cache,
        progress: &dyn Progress,
    ) -> Result<Estimated, RunError> {
        if let Some(kept) = kept {
            kept.keep_verdicts(&cache);
        }
        let estimated = match kept.and_then(|kept| kept.load(&cache)) {
            Some(estimated) => Ok(estimated),
            None => Self::computed(project, kept, &cache, progress),
        };
        cache.close();
        estimated
    }

    fn computed(
        project: &Project,
        kept: Option<&KeptData>,
        cache: &Cache,
        progress: &dyn Progress,
    ) -> Result<Estimated, RunError> {
        let estimated = Estimated::read(project, cache, progress)?;
        if let Some(kept) = kept {
            kept.store(cache, &estimated);
        }
        Ok(estimated)
    }

    /// What may be shown, without the problems, which are added to `diagnostics`.
    fn released(
        project: &Project,
        estimated: Estimated,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, RunError> {
        let Estimated { estimates, decision, sources, revisions, observations, .. } = estimated;
        let (catalog, smallest_group) = (&project.catalog, project.file.privacy.smallest_group);
        let earlier = earlier::earlier(project, &estimates)?.into(diagnostics);
        let released = disclosure::release(estimates, catalog, smallest_group, decision, &earlier)?;
        diagnostics.extend(disclosure::problems(&released, catalog));
        Ok(Self {
            released,
            perception: Perception::default(),
            earlier,
            sources,
            observations,
            revisions,
            diagnostics: Vec::new(),
            inputs: None,
        })
    }
}
