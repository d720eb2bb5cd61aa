//! Building a pack until its audit finds nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Built, Data, RunError, Session};
use crate::catalog::Catalog;
use crate::disclosure;
use crate::pack::{Formats, PackError};
use crate::pack_tables::DistrictYear;

/// The maximum number of times that a pack is built again because of the audit.
const ROUNDS: usize = 5;

/// Builds a pack. If its audit finds that a withheld value could be worked out, everything about students in
/// that district and year that is not public is withheld, and the pack is built again.
pub(super) fn build(
    session: &Session<'_>,
    id: &str,
    out: &Path,
    formats: &Formats,
) -> Result<Built, RunError> {
    let mut built = session.district(id)?.build(out, formats, &*session.progress);
    let mut disclosed: BTreeSet<DistrictYear> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let Err(RunError::Pack(PackError::Exposed { years, .. })) = &built else { break };
        if years.iter().all(|year| disclosed.contains(year)) {
            break;
        }
        disclosed.extend(years.iter().cloned());
        let without = session.data.without(&disclosed, &session.project.catalog)?;
        built = session.with(without).district(id)?.build(out, formats, &*session.progress);
    }
    let mut built = built?;
    built.of_this_pack.extend(disclosed.iter().map(disclosure::whole_year_withheld));
    Ok(built)
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
