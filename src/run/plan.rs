//! Reads the plan that people wrote, and checks it against the newest data.

use super::room::{PLAN_FEEDBACK, PLANS, SCORECARD, files_in};
use super::{DistrictSession, RunError};
use crate::diagnostic::Warned;
use crate::domain::FeedbackForm;
use crate::pack::PlanFolder;
use crate::plan::{
    NumberedGoal, PlanInput, PlanMenu, PlanState, RequiredTable, asked_about_goals, numbered_goals,
    read_plan, required_table,
};
use crate::project::Project;
use crate::room::{Feedback, FeedbackInput, read_feedback};

/// A plan that was read.
#[derive(Debug)]
pub struct PlanRead {
    /// Goals, changes, and all problems.
    pub state: PlanState,
    /// The goals with their numbers, and those that the plan had before.
    pub numbered: Vec<NumberedGoal>,
    /// What others say of the goals; `None` if nobody answered yet.
    pub feedback: Option<Feedback>,
    /// The newest menu.
    pub menu: PlanMenu,
    /// The table that the district's state requires; `None` if it requires none.
    pub required: Option<RequiredTable>,
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
        let numbered = numbered_goals(folder.numbered(), &state);
        let feedback = plan_feedback(self.project, &numbered).into(&mut state.problems);
        let us_state = self.comparisons.district.state.as_deref();
        let required = required_table(us_state, &menu, &self.project.catalog);
        Ok(PlanRead { state, numbered, feedback, menu, required, folder, files: read.value.len() })
    }
}

/// What others say about the goals of the draft plan; `None` if there is no answer yet.
fn plan_feedback(project: &Project, goals: &[NumberedGoal]) -> Warned<Option<Feedback>> {
    let read = files_in(project, PLAN_FEEDBACK);
    if read.value.is_empty() {
        return Warned { value: None, diagnostics: read.diagnostics };
    }
    let settings = &project.file.plan_feedback;
    let feedback = read_feedback(&FeedbackInput {
        files: &read.value,
        form: FeedbackForm::Plan,
        asked: &asked_about_goals(goals),
        invited: &settings.invited,
        codes: &settings.codes,
        groups: &settings.groups,
        spec: &project.catalog.room,
    });
    Warned { value: Some(feedback.value), diagnostics: [read.diagnostics, feedback.diagnostics].concat() }
}
