//! What all commands start from: the project's data after disclosure control.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::data_version::DataVersion;
use super::earlier::EarlierPacks;
use super::estimated::Estimated;
use super::kept_data::KeptData;
use super::kept_decision::KeptDecision;
use super::{Activity, Progress, RunError, earlier, kept_earlier, surveys};
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::disclosure::{self, Perception, Released, SuppressionDecision};
use crate::domain::SchoolScope;
use crate::measure::Estimates;
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
    /// Whether nothing about students is private, so that earlier packs do not matter.
    pub(super) is_public: bool,
    /// Its version; `None` if a file could not be read.
    pub(super) version: Option<DataVersion>,
}

/// How much was read of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCounts {
    /// Observations.
    pub observations: u64,
    /// Districts.
    pub districts: usize,
    /// Files.
    pub files: usize,
}

impl Data {
    /// How much was read.
    #[must_use]
    pub fn counts(&self) -> ReadCounts {
        let files: BTreeSet<&String> = self.sources.iter().map(|source| &source.path).collect();
        ReadCounts {
            observations: self.observations,
            districts: self.released.terms().districts.len(),
            files: files.len(),
        }
    }

    /// Reads all sources of a project and applies disclosure control. What an earlier run kept of the same sources is not computed
    /// again.
    ///
    /// # Errors
    /// See [`RunError`].
    pub(super) fn read(project: &Project, progress: &dyn Progress) -> Result<Self, RunError> {
        progress.begin(Activity::Reading);
        let cache = Cache::open(project);
        let kept = KeptData::of(project, &cache);
        // Shards that begin at the same time compute what they share once: the first one does, and the others read it.
        let is_to_wait = project.schools == SchoolScope::EveryDistrict;
        let is_missing = kept.as_ref().is_some_and(|kept| !kept.is_stored(&cache));
        let _turn = (is_to_wait && is_missing).then(|| cache.wait());
        let mut estimated = Self::estimated(project, kept.as_ref(), cache, progress)?;
        let mut diagnostics = std::mem::take(&mut estimated.diagnostics);
        let read = surveys::read(project).into(&mut diagnostics);
        estimated.sources.extend(read.sources);
        let perception = surveys::released(project, read.counts);
        match Self::released(project, estimated, kept, &mut diagnostics) {
            Ok(data) => Ok(Self { perception, diagnostics, ..data }),
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
            kept.keep_what_follows(&cache);
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
        kept: Option<KeptData>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, RunError> {
        let Estimated { estimates, decision, sources, revisions, observations, .. } = estimated;
        let is_public = earlier::is_public(&estimates, &project.catalog)?;
        let inputs = kept.map(KeptData::into_inputs);
        let EarlierPacks { tables, fingerprint } =
            kept_earlier::earlier_packs(project, &estimates, is_public, inputs.as_deref())?;
        let version = inputs.zip(fingerprint).map(|(inputs, earlier)| DataVersion::new(inputs, &earlier));
        let earlier = tables.into(diagnostics);
        let decision = if earlier.years().is_empty() {
            decision
        } else {
            for_earlier_pack(project, version.as_ref(), &estimates, &earlier, decision)?
        };
        let released = disclosure::release(estimates, decision)?;
        diagnostics.extend(disclosure::problems(&released, &project.catalog));
        Ok(Self {
            released,
            perception: Perception::default(),
            earlier,
            sources,
            observations,
            revisions,
            diagnostics: Vec::new(),
            is_public,
            version,
        })
    }
}

/// What was decided, with what an earlier pack makes necessary: what an earlier run kept of that is not decided again.
fn for_earlier_pack(
    project: &Project,
    version: Option<&DataVersion>,
    estimates: &Estimates,
    earlier: &PackTables,
    decision: SuppressionDecision,
) -> Result<SuppressionDecision, RunError> {
    let kept = version.map(|version| KeptDecision::of(project, version));
    if let Some(decision) = kept.as_ref().and_then(|kept| kept.load(estimates)) {
        return Ok(decision);
    }
    let (catalog, smallest_group) = (&project.catalog, project.file.privacy.smallest_group);
    let mut decision = decision;
    disclosure::decide_for_earlier_pack(estimates, catalog, smallest_group, earlier, &mut decision)?;
    if let Some(kept) = kept {
        kept.store(&decision);
    }
    Ok(decision)
}
