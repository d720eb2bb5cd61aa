//! Building a pack until its audit finds nothing.

use std::path::Path;

use super::{Built, Data, RunError, State, try_build, withheld};
use crate::pack::{Formats, PackError};
use crate::pack_tables::DistrictYear;
use crate::project::Project;

/// How often a pack is built anew for what the audit finds.
const ROUNDS: usize = 5;

impl Data {
    /// It without any value of people in some districts' years that is not public, and a problem that says so of each.
    fn without(&self, years: &[DistrictYear], project: &Project) -> Result<Self, RunError> {
        let mut less = Self { released: self.released.without(years, &project.catalog)?, ..self.clone() };
        less.diagnostics.extend(years.iter().map(withheld::whole_year));
        Ok(less)
    }
}

/// Builds the pack of one district of several into `out`. Where the audit finds that a reader of it could tell a withheld value,
/// everything of people in that district and year is withheld that is not public, and the pack is built again.
///
/// # Errors
/// See [`RunError`].
pub fn build_in(
    state: &State,
    project: &Project,
    data: &Data,
    district: &str,
    (out, formats): (&Path, &Formats),
) -> Result<Built, RunError> {
    let mut exposed = match try_build(state, project, data, district, (out, formats)) {
        Err(RunError::Pack(PackError::Exposed { years, .. })) => years,
        done => return done,
    };
    let mut rounds = 0;
    loop {
        let less = data.without(&exposed, project)?;
        match try_build(&State::of(project, &less), project, &less, district, (out, formats)) {
            Err(RunError::Pack(PackError::Exposed { years, .. }))
                if rounds < ROUNDS && years.iter().any(|year| !exposed.contains(year)) =>
            {
                exposed.extend(years);
                rounds += 1;
            }
            done => return done,
        }
    }
}
