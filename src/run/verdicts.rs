//! What audits found of a project's data, kept between runs: which packs passed, and which districts' years had to be withheld.
//!
//! One entry of the cache for all packs of the same data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::cache::{Cache, hash};
use crate::observation::{Sign, seal, unseal};
use crate::pack_tables::DistrictYear;
use crate::project::Project;

/// The first bytes of each entry.
const SIGN: &Sign = b"retreat3";

/// Packs that are built at the same time change the entry one after the other.
static TURN: Mutex<()> = Mutex::new(());

/// The entry of the data with this hash.
pub(super) struct KeptVerdicts {
    cache: Cache,
    key: String,
}

#[derive(Default, Serialize, Deserialize)]
struct AuditVerdicts {
    /// The hashes of the tables of packs that passed.
    passed: BTreeSet<String>,
    /// What had to be withheld from a pack, by the district's id.
    withheld: BTreeMap<String, BTreeSet<DistrictYear>>,
}

/// The name of the entry of the data with this hash.
pub(super) fn key_of(cache: &Cache, inputs: &str) -> String {
    cache.key_of(&hash(&["verdicts", inputs]))
}

impl KeptVerdicts {
    /// `inputs` is a hash of everything that the data depends on.
    pub(super) fn of(project: &Project, inputs: &str) -> Self {
        let cache = Cache::open(project);
        Self { key: key_of(&cache, inputs), cache }
    }

    /// Whether the pack with these tables passed its audit.
    pub(super) fn has_passed(&self, tables: &str) -> bool {
        self.load().passed.contains(tables)
    }

    /// Keeps that the pack with these tables passed its audit.
    pub(super) fn add_passed(&self, tables: String) {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut verdicts = self.load();
        verdicts.passed.insert(tables);
        self.store(&verdicts);
    }

    /// What had to be withheld from the district's pack.
    pub(super) fn withheld(&self, district: &str) -> BTreeSet<DistrictYear> {
        self.load().withheld.remove(district).unwrap_or_default()
    }

    /// Keeps what had to be withheld from the district's pack.
    pub(super) fn add_withheld(&self, district: &str, years: &BTreeSet<DistrictYear>) {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut verdicts = self.load();
        if verdicts.withheld.get(district) != Some(years) {
            verdicts.withheld.insert(district.to_owned(), years.clone());
            self.store(&verdicts);
        }
    }

    /// What is kept; nothing if the entry is damaged.
    fn load(&self) -> AuditVerdicts {
        let bytes = self.cache.load_bytes(&self.key).unwrap_or_default();
        let json = unseal(SIGN, &bytes).map(|sealed| sealed.json);
        json.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default()
    }

    fn store(&self, verdicts: &AuditVerdicts) {
        if let Ok(json) = serde_json::to_vec(verdicts) {
            self.cache.store_bytes(&self.key, &seal(SIGN, &json, std::iter::empty()));
        }
    }
}
