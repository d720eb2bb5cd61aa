//! `retreat plan`: from the plan that people filled in to its check, its scorecard, and what changed.

use std::io::{self, Write};

use super::arguments::PlanArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::session::{open_project, or_problems, read_project};
use crate::catalog::PlanColumn;
use crate::pack::{PLAN, PlanOutput};
use crate::plan::{PlanGoal, PlanState};
use crate::room::EVERYBODY;
use crate::run::{PLANS, RunError};
use crate::wording::feedback as feedback_wording;
use crate::wording::plan as wording;
use crate::wording::run::file_written;

/// Reads the plan, writes the results, and prints the status of each goal.
pub(super) fn plan(arguments: &PlanArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = open_project(&arguments.project)?;
    let session = read_project(&project, reporter)?;
    let district = or_problems(session.district(&project.file.retreat.district), &session, reporter)?;
    let read = district.plan()?;
    if read.files == 0 {
        reporter.problems(read.state.problems)?;
        let [folder, pack] =
            [project.folder.join(PLANS), project.out.join(PLAN)].map(|path| path.display().to_string());
        return Err(CliError::Unknown(wording::no_plan(&folder, &pack)));
    }
    let own = &district.comparisons.district;
    let output = PlanOutput {
        district: &own.name,
        state: &read.state,
        numbered: &read.numbered,
        feedback: read.feedback.as_ref(),
        menu: &read.menu,
        required: read.required.as_ref(),
        spec: &project.catalog.plan,
        room: &project.catalog.room,
    };
    let written = read.folder.write(&output).map_err(RunError::from)?;
    io::stdout().lock().write_all(goals_text(&read.state).as_bytes())?;
    let PlanState { goals, changes, .. } = &read.state;
    reporter.progress(&wording::plan_read(goals.len(), read.files, changes.len()))?;
    if let Some(feedback) = &read.feedback {
        let people = feedback.people.get(EVERYBODY).copied().unwrap_or_default();
        reporter.progress(&feedback_wording::read(people, feedback.comments.len()))?;
    }
    for path in &written.files {
        reporter.progress(&file_written(&path.display()))?;
    }
    for file in &written.beside {
        let [kept, beside] = [&file.kept, &file.beside].map(|path| path.display().to_string());
        reporter.progress(&wording::written_beside(&kept, &beside))?;
    }
    reporter.problems(read.state.problems)
}

fn goals_text(state: &PlanState) -> String {
    state.goals.iter().map(|goal| goal_text(goal) + "\n").collect()
}

fn goal_text(goal: &PlanGoal) -> String {
    let checked = &goal.checked;
    let [what, indicator] =
        [PlanColumn::Goal, PlanColumn::Indicator].map(|column| checked.typed.text(column));
    let said = checked.sentence().unwrap_or_else(|| wording::goal_and_indicator(what, indicator));
    let status = wording::goal_line(&goal.score.status.label(), &said);
    let verdict = [checked.gain(), checked.did_it(), checked.verdict().to_owned()];
    let verdict: Vec<String> = verdict.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{status}\n{}", wording::goal_line("", &verdict.join("; ")))
}
