//! Which districts are kept between runs: an entry of the cache that lists those of the districts.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use crate::observation::{Sign, seal, unseal};

/// The first bytes of the entry.
const SIGN: &Sign = b"retreat5";
/// How many districts are kept.
const MOST_DISTRICTS: usize = 8;

/// The entries of districts, for all versions of the data that differ in earlier packs only.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct DistrictEntries {
    /// Whether everything is public, so that earlier packs do not matter.
    pub(super) is_public: bool,
    /// Their names, the last one kept last.
    names: Vec<String>,
}

impl DistrictEntries {
    fn key(cache: &Cache, inputs: &str) -> String {
        cache.key_of(&hash(&["districts", inputs]))
    }

    /// What is listed for the data with these inputs; nothing if the entry is damaged.
    pub(super) fn load(cache: &Cache, inputs: &str) -> Self {
        let bytes = cache.load_bytes(&Self::key(cache, inputs)).unwrap_or_default();
        let json = unseal(SIGN, &bytes).map(|sealed| sealed.json);
        json.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default()
    }

    pub(super) fn store(&self, cache: &Cache, inputs: &str) {
        if let Ok(json) = serde_json::to_vec(self) {
            cache.store_bytes(&Self::key(cache, inputs), &seal(SIGN, &json, std::iter::empty()));
        }
    }

    /// Adds an entry; the name of the one to forget if there are too many.
    pub(super) fn add(&mut self, name: String) -> Option<String> {
        self.names.retain(|known| *known != name);
        self.names.push(name);
        (self.names.len() > MOST_DISTRICTS).then(|| self.names.remove(0))
    }

    /// Keeps the entries, and the one that lists them, when the cache is closed.
    pub(super) fn mark_used(cache: &Cache, inputs: &str) {
        cache.mark_used(&Self::key(cache, inputs));
        Self::load(cache, inputs).names.iter().for_each(|name| cache.mark_used(name));
    }
}
