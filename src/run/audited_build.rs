//! Building a pack until its audit finds nothing.

use std::collections::BTreeSet;

use super::{Built, Data, Order, RunError, State, try_build, withheld};
use crate::pack::PackError;
use crate::pack_tables::DistrictYear;
use crate::project::Project;

/// How often a pack is built anew for what the audit finds.
const ROUNDS: usize = 5;

impl Data {
    /// The data without any value about students in some districts' years that is not public, and with a problem that says so of each.
    fn without(&self, years: &BTreeSet<DistrictYear>, project: &Project) -> Result<Self, RunError> {
        let mut less = Self { released: self.released.without(years, &project.catalog)?, ..self.clone() };
        less.diagnostics.extend(years.iter().map(withheld::whole_year));
        Ok(less)
    }
}

/// Builds a pack. Where its audit finds that a reader could work out a withheld value, everything about students in that district
/// and year that is not public is withheld, and the pack is built again.
///
/// # Errors
/// See [`RunError`].
pub fn build_in(state: &State, data: &Data, order: Order<'_>) -> Result<Built, RunError> {
    let mut built = try_build(state, data, order);
    let mut exposed: BTreeSet<DistrictYear> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let Err(RunError::Pack(PackError::Exposed { years, .. })) = &built else { break };
        if years.iter().all(|year| exposed.contains(year)) {
            break;
        }
        exposed.extend(years.iter().cloned());
        let less = data.without(&exposed, order.project)?;
        built = try_build(&State::of(order.project, &less), &less, order);
    }
    let mut built = built?;
    built.of_this_pack.extend(exposed.iter().map(withheld::whole_year));
    Ok(built)
}
