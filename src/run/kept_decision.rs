//! What an earlier pack makes necessary to withhold, kept between runs for each version of the data.

use super::cache::{Cache, hash};
use super::data_version::DataVersion;
use super::district_entries::DistrictEntries;
use crate::disclosure::{EncodedDecision, SuppressionDecision};
use crate::measure::Estimates;
use crate::observation::{Sign, seal, unseal};
use crate::project::Project;

/// The first bytes of the entry.
const SIGN: &Sign = b"retreat6";

/// The entry of data of one version.
pub(super) struct KeptDecision<'v> {
    cache: Cache,
    version: &'v DataVersion,
}

impl<'v> KeptDecision<'v> {
    pub(super) fn of(project: &Project, version: &'v DataVersion) -> Self {
        Self { cache: Cache::open(project), version }
    }

    fn key(&self) -> String {
        self.cache.key_of(&hash(&["earlier-pack", &self.version.released]))
    }

    /// What an earlier run decided; `None` if there is nothing, or it is damaged.
    pub(super) fn load(&self, estimates: &Estimates) -> Option<SuppressionDecision> {
        let bytes = self.cache.load_bytes(&self.key())?;
        let encoded: EncodedDecision = serde_json::from_slice(unseal(SIGN, &bytes)?.json).ok()?;
        encoded.decision(estimates)
    }

    /// Keeps what was decided.
    pub(super) fn store(&self, decision: &SuppressionDecision) {
        let Ok(json) = serde_json::to_vec(&EncodedDecision::new(decision)) else { return };
        self.cache.store_bytes(&self.key(), &seal(SIGN, &json, std::iter::empty()));
        let mut entries = DistrictEntries::load(&self.cache, &self.version.inputs);
        if let Some(forgotten) = entries.add(self.key()) {
            self.cache.remove(&forgotten);
        }
        entries.store(&self.cache, &self.version.inputs);
    }
}
