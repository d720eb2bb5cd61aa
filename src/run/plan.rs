//! Reads the plan that people wrote, and checks it against the newest data.

use super::room::{PLANS, SCORECARD, files_in};
use super::{DistrictSession, RunError};
use crate::pack::PlanFolder;
use crate::plan::{PlanInput, PlanMenu, PlanState, read_plan};

/// A plan that was read.
#[derive(Debug)]
pub struct PlanRead {
    /// Goals, changes, and all problems.
    pub state: PlanState,
    /// The newest menu.
    pub menu: PlanMenu,
    /// Where the result is written.
    pub folder: PlanFolder,
    /// How many files were read.
    pub files: usize,
}

impl DistrictSession<'_> {
    /// Reads the plan of the project. Nothing is written.
    ///
    /// # Errors
    /// If the folder of an earlier result cannot be read.
    pub fn plan(&self) -> Result<PlanRead, RunError> {
        let read = files_in(self.project, PLANS);
        let mut folder = PlanFolder::open(&self.project.folder.join(SCORECARD))?;
        let menu = self.menu();
        let mut state = read_plan(&PlanInput {
            files: &read.value,
            menu: &menu,
            spec: &self.project.catalog.plan,
            targets_before: folder.targets(),
        });
        let unread = std::mem::take(&mut folder.problems);
        state.problems.splice(0..0, read.diagnostics.into_iter().chain(unread));
        Ok(PlanRead { state, menu, folder, files: read.value.len() })
    }
}
