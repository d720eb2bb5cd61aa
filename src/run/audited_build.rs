//! Building a pack until its audit finds nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::verdicts::KeptVerdicts;
use super::{Built, Data, RunError, Session};
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
    let version = session.data.version.as_ref();
    let kept = version.map(|version| KeptVerdicts::of(session.project, &version.inputs));
    let mut disclosed = kept.as_ref().map(|kept| kept.withheld(id)).unwrap_or_default();
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
        kept.add_withheld(id, &disclosed);
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
    session.without(years)?.district(id)?.build(out, formats, &*session.progress)
}

impl Data {
    /// The data without private values about students in some districts' years, which are in these rows, with a problem for each of
    /// these years.
    pub(super) fn without(&self, years: &BTreeSet<DistrictYear>, rows: &[usize]) -> Result<Self, RunError> {
        let version = self.version.as_ref().map(|version| version.without(years));
        let mut less = Self { released: self.released.without_rows(rows)?, version, ..self.clone() };
        less.diagnostics.extend(years.iter().map(disclosure::whole_year_withheld));
        Ok(less)
    }
}
