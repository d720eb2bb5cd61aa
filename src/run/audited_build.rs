//! Building a pack until its audit finds nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::cache::{Cache, hash};
use super::{Built, Data, RunError, Session};
use crate::catalog::Catalog;
use crate::disclosure;
use crate::pack::{Formats, PackError};
use crate::pack_tables::DistrictYear;

/// The maximum number of times that a pack is built again because of the audit.
const ROUNDS: usize = 5;

/// Builds a pack. If its audit finds that a withheld value could be worked out, everything about students in
/// that district and year that is not public is withheld, and the pack is built again. What an earlier run found of the same data
/// is withheld from the start.
pub(super) fn build(
    session: &Session<'_>,
    id: &str,
    out: &Path,
    formats: &Formats,
) -> Result<Built, RunError> {
    let kept = KeptYears::of(session, id);
    let mut disclosed = kept.as_ref().map(KeptYears::load).unwrap_or_default();
    let mut built = build_without(session, &disclosed, id, out, formats);
    for _ in 0..ROUNDS {
        let Err(RunError::Pack(PackError::Exposed { years, .. })) = &built else { break };
        if years.iter().all(|year| disclosed.contains(year)) {
            break;
        }
        disclosed.extend(years.iter().cloned());
        built = build_without(session, &disclosed, id, out, formats);
    }
    let mut built = built?;
    if let Some(kept) = kept.filter(|_| !disclosed.is_empty()) {
        kept.store(&disclosed);
    }
    built.of_this_pack.extend(disclosed.iter().map(disclosure::whole_year_withheld));
    Ok(built)
}

/// Builds a pack without what is private about students in some districts' years.
fn build_without(
    session: &Session<'_>,
    years: &BTreeSet<DistrictYear>,
    id: &str,
    out: &Path,
    formats: &Formats,
) -> Result<Built, RunError> {
    if years.is_empty() {
        return session.district(id)?.build(out, formats, &*session.progress);
    }
    let without = session.data.without(years, &session.project.catalog)?;
    session.with(without).district(id)?.build(out, formats, &*session.progress)
}

/// The entry of the cache with the districts' years that had to be withheld from a district's pack.
struct KeptYears {
    cache: Cache,
    key: String,
}

impl KeptYears {
    /// `None` if the data is not known to be the same in the next run.
    fn of(session: &Session<'_>, id: &str) -> Option<Self> {
        let cache = Cache::open(session.project);
        let key = cache.key_of(&hash(&["withheld years", session.data.inputs.as_ref()?, id]));
        Some(Self { cache, key })
    }

    /// The years; none if nothing is kept.
    fn load(&self) -> BTreeSet<DistrictYear> {
        let bytes = self.cache.load_bytes(&self.key);
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    fn store(&self, years: &BTreeSet<DistrictYear>) {
        if let Ok(bytes) = serde_json::to_vec(years) {
            self.cache.store_bytes(&self.key, &bytes);
        }
    }
}

impl Data {
    /// The data without private values about students in some districts' years, with a problem for each of
    /// these years.
    fn without(&self, years: &BTreeSet<DistrictYear>, catalog: &Catalog) -> Result<Self, RunError> {
        let mut less = Self { released: self.released.without(years, catalog)?, ..self.clone() };
        less.diagnostics.extend(years.iter().map(disclosure::whole_year_withheld));
        Ok(less)
    }
}
