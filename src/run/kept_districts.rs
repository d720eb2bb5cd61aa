//! The comparisons of the districts that were asked for last, kept between runs: commands on unchanged files start from them.
//!
//! One entry of the cache for each district, and one that lists them.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use super::choices::choices;
use super::data::{Data, ReadCounts};
use super::data_version::DataVersion;
use super::district::capacities;
use super::district_entries::DistrictEntries;
use super::earlier;
use super::kept_data::KeptData;
use super::surveys;
use crate::compare::{Comparisons, PerceptionComparison};
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::{DistrictId, clean};
use crate::finding::ProjectChoices;
use crate::observation::{Sign, seal, unseal};
use crate::perception::SurveyCounts;
use crate::project::Project;

/// The first bytes of each entry.
const SIGN: &Sign = b"retreat4";

/// A district compared with its own past, its peers, and the state.
#[derive(Debug)]
pub struct ComparedDistrict {
    /// Its comparisons.
    pub comparisons: Comparisons,
    /// The problems found while comparing it, then those found while reading.
    pub diagnostics: Vec<Diagnostic>,
    /// What the project says about its findings.
    pub choices: ProjectChoices,
    /// How much was read.
    pub read: ReadCounts,
}

/// The districts that are kept of data of one version.
pub(super) struct KeptDistricts {
    cache: Cache,
    version: DataVersion,
}

#[derive(Serialize, Deserialize)]
struct KeptComparisons {
    read: ReadCounts,
    comparisons: Comparisons,
    /// Found while comparing it.
    own_problems: Vec<EncodedProblem>,
    /// Found while reading.
    problems: Vec<EncodedProblem>,
}

/// A problem, with the text by which problems of the same kind are combined.
#[derive(Serialize, Deserialize)]
struct EncodedProblem {
    problem: Diagnostic,
    like: String,
}

/// The district with this id, in any spelling, as an earlier run kept it; `None` if it did not, or if anything that the
/// comparisons depend on has changed since.
#[must_use]
pub fn kept_district(project: &Project, id: &str) -> Option<ComparedDistrict> {
    let cache = Cache::open(project);
    // Of surveys nothing is kept, so their files must be read.
    if cache.is_empty() || !project.file.surveys.is_empty() {
        return None;
    }
    let inputs = KeptData::of(project, &cache)?.into_inputs();
    let is_public = DistrictEntries::load(&cache, &inputs).is_public;
    let version = DataVersion::new(inputs, &earlier::fingerprint(project, is_public)?);
    let id = DistrictId::new(&clean(id))?;
    let kept = KeptDistricts { cache, version }.load(&id)?;
    let mut comparisons = kept.comparisons;
    let of_capacities = capacities(&mut comparisons, &project.file.schools);
    let problems = kept.own_problems.into_iter().map(EncodedProblem::decoded).chain(of_capacities);
    let diagnostics = problems.chain(kept.problems.into_iter().map(EncodedProblem::decoded));
    if DistrictId::new(&project.file.retreat.district).as_ref() == Some(&comparisons.district.id) {
        // There are no surveys.
        comparisons.perception =
            PerceptionComparison::of(surveys::released(project, SurveyCounts::default()));
    }
    Some(ComparedDistrict {
        comparisons,
        diagnostics: diagnostics.collect(),
        choices: choices(project),
        read: kept.read,
    })
}

impl KeptDistricts {
    /// `None` if the data is not known to be the same in the next run.
    pub(super) fn of(project: &Project, data: &Data) -> Option<Self> {
        Some(Self { cache: Cache::open(project), version: data.version.clone()? })
    }

    /// A district's comparisons, with the problems found while comparing it.
    pub(super) fn comparisons(&self, id: &DistrictId) -> Option<Warned<Comparisons>> {
        let KeptComparisons { comparisons: value, own_problems, .. } = self.load(id)?;
        Some(Warned { value, diagnostics: own_problems.into_iter().map(EncodedProblem::decoded).collect() })
    }

    fn load(&self, id: &DistrictId) -> Option<KeptComparisons> {
        let bytes = self.cache.load_bytes(&self.key(id))?;
        serde_json::from_slice(unseal(SIGN, &bytes)?.json).ok()
    }

    /// Keeps a district, and forgets the one that was kept first if there are too many.
    pub(super) fn store(&self, compared: &Warned<Comparisons>, data: &Data) {
        let encoded = KeptComparisons {
            read: data.counts(),
            comparisons: compared.value.clone(),
            own_problems: compared.diagnostics.iter().map(EncodedProblem::new).collect(),
            problems: data.diagnostics.iter().map(EncodedProblem::new).collect(),
        };
        let Ok(json) = serde_json::to_vec(&encoded) else { return };
        let name = self.key(&compared.value.district.id);
        self.cache.store_bytes(&name, &seal(SIGN, &json, std::iter::empty()));
        let mut entries = DistrictEntries::load(&self.cache, &self.version.inputs);
        entries.is_public = data.is_public;
        if let Some(forgotten) = entries.add(name) {
            self.cache.remove(&forgotten);
        }
        entries.store(&self.cache, &self.version.inputs);
    }

    fn key(&self, id: &DistrictId) -> String {
        self.cache.key_of(&hash(&["district", &self.version.released, id.as_str()]))
    }
}

impl EncodedProblem {
    fn new(problem: &Diagnostic) -> Self {
        Self { problem: problem.clone(), like: problem.like.clone() }
    }

    fn decoded(self) -> Diagnostic {
        Diagnostic { like: self.like, ..self.problem }
    }
}
